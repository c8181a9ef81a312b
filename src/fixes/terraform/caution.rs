//! What speaks against requiring session tokens without a look: containers that would get none, and comments by which
//! somebody has excepted the place.

use super::super::Ailing;
use super::super::hcl::{Block, Code};
use super::module::Module;
use crate::source::{Site, SourceFile, folder_of};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Marks of this tool and others that except what they stand at.
const MARKS: [&str; 6] =
    ["checkov:skip", "tfsec:ignore", "trivy:ignore", "kics-scan ignore", "nosec", "keyless:"];

/// What such a mark says where it is about session tokens, or about everything.
const ABOUT: [&str; 9] = [
    "ckv_aws_79",
    "http-token",
    "imds",
    "aws-0028",
    "aws-0130",
    "aws079",
    "ignore:*",
    "ignore-block",
    "nosec",
];

/// What user data and images of hosts of containers speak of.
const CONTAINERS: [&str; 16] = [
    "docker",
    "podman",
    "containerd",
    "nerdctl",
    "ecs_cluster",
    "/etc/ecs",
    "ami-ecs",
    "service/ecs",
    "kubelet",
    "kubeadm",
    "/etc/eks",
    "eks.aws",
    "amazon-eks",
    "service/eks",
    "nodeadm",
    "kubernetes.io/cluster",
];

/// Whether a literal, or the resource that it is for, is marked as excepted.
pub(super) fn is_excepted(ailing: Ailing<'_>, literal: Option<Site>, block: Option<&Block<'_>>) -> bool {
    let at_literal = literal.is_some_and(|site| {
        let source = ailing.sources.get(site.file);
        let line = source.line_at(site.span.start);
        let above = line.checked_sub(1).map(|above| line_of(&source, above));
        let above = above.filter(|above| is_comment(above));
        is_marked(&line_of(&source, line)) || above.is_some_and(|above| is_marked(&above))
    });
    at_literal || block.is_some_and(|block| is_marked_within(ailing, block))
}

fn is_marked_within(ailing: Ailing<'_>, block: &Block<'_>) -> bool {
    let site = block.site();
    let source = ailing.sources.get(site.file);
    let (first, last) = (source.line_at(site.span.start), source.line_at(site.span.end));
    let above = (0..first).rev().map(|line| line_of(&source, line)).take_while(|line| is_comment(line));
    let within = (first..=last).map(|line| line_of(&source, line));
    above.chain(within).any(|line| is_marked(&line) && ABOUT.iter().any(|about| line.contains(about)))
}

/// In small letters.
fn line_of(source: &SourceFile, line: u32) -> String {
    source.line_span(line).map_or_else(String::new, |span| source.slice(span).to_lowercase())
}

fn is_comment(line: &str) -> bool {
    let line = line.trim_start();
    ["#", "//", "/*", "*"].iter().any(|start| line.starts_with(start))
}

fn is_marked(line: &str) -> bool {
    let comment = ["#", "//", "/*"].iter().filter_map(|start| line.find(start)).min();
    let comment = comment.and_then(|at| line.get(at..)).unwrap_or("");
    MARKS.iter().any(|mark| comment.contains(mark))
}

/// Whether tokens reach what is one hop away: the limit is written, and 2 or more.
pub(super) fn is_reachable(code: &Code, block: &Block<'_>, limit: &str) -> bool {
    let values = block.values(limit);
    let many = |text: &str| text.trim_matches('"').parse::<u32>().is_ok_and(|limit| limit > 1);
    !values.is_empty() && values.into_iter().all(|value| many(code.slice(value)))
}

/// Whether containers run on what is launched, as far as the module says.
pub(super) fn hosts_containers(ailing: Ailing<'_>, code: &Code, block: &Block<'_>) -> bool {
    let module = Module::of(ailing, block.site().file);
    let said = said(ailing, &module, code, block).to_lowercase();
    CONTAINERS.iter().any(|word| said.contains(word)) || serves_containers(&module, &block.address())
}

/// What is written for user data, image and tags, with the locals, data sources and files that these name.
fn said(ailing: Ailing<'_>, module: &Module<'_>, code: &Code, block: &Block<'_>) -> String {
    const PATHS: [&str; 5] = ["user_data", "user_data_base64", "ami", "image_id", "tags"];
    let written = PATHS.iter().flat_map(|path| block.values(path));
    let mut said: String = written.map(|value| format!("{}\n", code.slice(value))).collect();
    let codes = module.codes("");
    let mut followed = BTreeSet::new();
    loop {
        let mut named = references(&said);
        named.retain(|name| followed.insert(name.clone()));
        if named.is_empty() {
            break;
        }
        for (name, code) in named.iter().flat_map(|name| codes.iter().map(move |code| (name, code))) {
            match name.strip_prefix("local.") {
                Some(local) => {
                    let values =
                        code.of_keyword("locals").into_iter().flat_map(|locals| locals.values(local));
                    values.for_each(|value| said.push_str(code.slice(value)));
                }
                None => code.at_address(name).iter().for_each(|data| said.push_str(data.text())),
            }
        }
    }
    let here = folder_of(&ailing.sources.get(block.site().file).root_path).to_owned();
    let is_named = |source: &&Arc<SourceFile>| {
        let name = source.root_path.rsplit('/').next().unwrap_or("");
        source.root_path.starts_with(&here) && said.contains(&format!("/{name}\""))
    };
    let files: String =
        ailing.sources.all().iter().filter(is_named).map(|source| source.text().to_owned()).collect();
    said + &files
}

/// The locals and data sources that a text names: `local.a`, `data.b.c`.
fn references(said: &str) -> Vec<String> {
    let word = |rest: &str| -> String { rest.chars().take_while(|letter| is_part(*letter)).collect() };
    let after = |start: &'static str| {
        said.match_indices(start)
            .filter_map(|(at, _)| said.get(at + start.len()..))
            .map(move |rest| (start, rest))
    };
    let local = |(start, rest): (&str, &str)| format!("{start}{}", word(rest));
    let data = |(start, rest): (&str, &str)| {
        let (kind, name) = rest.split_once('.')?;
        (kind.chars().all(is_part)).then(|| format!("{start}{kind}.{}", word(name)))
    };
    after("local.").map(local).chain(after("data.").filter_map(data)).collect()
}

/// Whether a service that runs containers launches from a template or configuration.
fn serves_containers(module: &Module<'_>, address: &str) -> bool {
    let is_used = |types: &[&str], address: &str, test: &dyn Fn(&Block<'_>) -> bool| {
        let has_any = |code: &Arc<Code>| types.iter().any(|kind| code.has_resource(kind));
        let codes = || module.codes("");
        let holding = || module.codes(address).into_iter().filter(has_any).collect::<Vec<_>>();
        codes().iter().any(has_any)
            && holding().iter().flat_map(|code| code.holding(address)).any(|block| {
                types.iter().any(|kind| block.is("resource", kind))
                    && names(block.text(), address)
                    && test(&block)
            })
    };
    is_used(&["aws_eks_node_group", "aws_batch_compute_environment"], address, &|_| true)
        || is_used(&["aws_autoscaling_group"], address, &|group| {
            let own = ["kubernetes.io/cluster", "AmazonECSManaged"];
            own.iter().any(|tag| group.text().contains(tag))
                || is_used(&["aws_ecs_capacity_provider"], &group.address(), &|_| true)
        })
}

/// Whether a text refers to an address, and not to a longer one.
fn names(text: &str, address: &str) -> bool {
    let ends = |at: usize| {
        let next = text.get(at + address.len()..).and_then(|rest| rest.chars().next());
        !next.is_some_and(is_part)
    };
    text.match_indices(address).any(|(at, _)| ends(at))
}

fn is_part(letter: char) -> bool {
    letter.is_alphanumeric() || matches!(letter, '_' | '-')
}
