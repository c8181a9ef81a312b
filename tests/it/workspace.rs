//! What a workspace says after edits is what a run over everything says: of the files that it says so of at once, of all
//! of them after a whole run.

use crate::chance::Chance;
use keyless::engine::{self, CheckRequest};
use keyless::findings::{Finding, Outcome};
use keyless::source::Sources;
use keyless::system::{Disk, Overlay, System, Texts};
use keyless::workspace::{Answer, Workspace};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What is said at a place, in one line.
type Line = (PathBuf, usize, usize, String);

fn line(path: &Path, at: std::ops::Range<usize>, answer: &[&str], places: &[String]) -> Line {
    let at = range(&path.to_string_lossy(), at);
    (path.to_owned(), at.start, at.end, format!("{} | {}", answer.join(" | "), places.join(" > ")))
}

/// Of plans a run holds only parts, in which it counts bytes.
fn range(path: &str, range: std::ops::Range<usize>) -> std::ops::Range<usize> {
    if path.ends_with("plan.json") { 0..0 } else { range }
}

/// Everything that a run says, by the file that it stands in.
fn said(outcome: &Outcome, sources: &Sources, folder: &Path) -> BTreeMap<PathBuf, Vec<Line>> {
    let path = |finding: &Finding| folder.join(&sources.get(finding.primary.site.file).path);
    let mut said: BTreeMap<PathBuf, Vec<Line>> = BTreeMap::new();
    for finding in outcome.findings.iter().chain(&outcome.cannot_tell).chain(&outcome.suppressed) {
        let place = |place: &keyless::findings::Place| {
            let source = sources.get(place.site.file);
            format!("{}:{:?}:{}", source.path, range(&source.path, place.site.span.range()), place.label)
        };
        let places: Vec<String> = finding.chain.iter().chain(&finding.related).map(place).collect();
        let words = [
            &*finding.code,
            &finding.title,
            &finding.help,
            &finding.primary.label,
            &finding.fingerprint,
            finding.reason.as_deref().unwrap_or("-"),
            finding.suppression.as_ref().map_or("-", |said| &said.reason),
            &finding.addresses.join(","),
        ];
        let path = path(finding);
        said.entry(path.clone()).or_default().push(line(
            &path,
            finding.primary.site.span.range(),
            &words,
            &places,
        ));
    }
    said.values_mut().for_each(|lines| lines.sort());
    said
}

fn told(workspace: &Workspace<'_>, path: &Path) -> Vec<Line> {
    let of = |answer: &Answer| {
        let place = |place: &keyless::workspace::Place| {
            let shown = keyless::discover::relative(workspace.folder(), &place.path);
            format!("{shown}:{:?}:{}", range(&shown, place.range.clone()), place.label)
        };
        let places: Vec<String> = answer.chain.iter().chain(&answer.related).map(place).collect();
        let words = [
            &*answer.code,
            &answer.title,
            &answer.help,
            &answer.place.label,
            &answer.fingerprint,
            answer.reason.as_deref().unwrap_or("-"),
            answer.suppressed.as_ref().map_or("-", |said| &said.reason),
            &answer.addresses.join(","),
        ];
        line(path, answer.place.range.clone(), &words, &places)
    };
    let mut lines: Vec<Line> = workspace.told(path).answers.iter().map(of).collect();
    lines.sort();
    lines
}

/// The disk with a working directory of one's own.
struct From<'a>(&'a Path);

macro_rules! as_on_disk {
    ($($name:ident($($of:ident: $type:ty),*) -> $result:ty;)*) => {
        $(fn $name(&self, $($of: $type),*) -> $result { Disk.$name($($of),*) })*
    };
}

impl System for From<'_> {
    as_on_disk! {
        kind(path: &Path) -> std::io::Result<keyless::system::FileKind>;
        list(folder: &Path) -> std::io::Result<Vec<keyless::system::Listed>>;
        read(path: &Path, limit: u64) -> Result<Vec<u8>, keyless::system::ReadError>;
        open(path: &Path) -> Result<Box<dyn std::io::Read + Send>, keyless::system::ReadError>;
        head(path: &Path, length: u64) -> Result<Vec<u8>, keyless::system::ReadError>;
        show(plan: &Path, folder: &Path) -> Result<Box<dyn std::io::Read + Send>, keyless::system::ReadError>;
        run(program: &std::ffi::OsStr, arguments: &[std::ffi::OsString]) -> std::io::Result<u8>;
        worker() -> Result<Box<dyn keyless::system::Worker>, keyless::system::Gone>;
        create(path: &Path, text: &str) -> std::io::Result<()>;
        replace(path: &Path, bytes: &[u8]) -> std::io::Result<()>;
        canonical(path: &Path) -> std::io::Result<PathBuf>;
        now() -> std::time::SystemTime;
    }

    fn working_folder(&self) -> std::io::Result<PathBuf> {
        Ok(self.0.to_owned())
    }
}

/// What a run over everything says, with these texts in front of the disk.
fn whole(folder: &Path, texts: &Texts) -> BTreeMap<PathBuf, Vec<Line>> {
    let request = CheckRequest { paths: vec![".".into()], ..CheckRequest::default() };
    let sources = Sources::default();
    let from = From(folder);
    let outcome = engine::check(&request, &Overlay::new(&from, texts), &sources);
    said(&outcome, &sources, folder)
}

/// Files that may be edited.
fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            files(&path, found);
        } else if keyless::discover::kind_of_name(&path.file_name().unwrap().to_string_lossy()).is_some()
            && !path.components().any(|part| part.as_os_str() == "cdk.out" || part.as_os_str() == ".git")
        {
            found.push(path);
        }
    }
}

/// The text with something else in it, as people edit; mostly it stays what it is to its parser.
fn edited(text: &str, others: &[String], chance: &mut Chance) -> String {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let at = chance.below(lines.len() + 1);
    let (before, after) = (lines[..at].concat(), lines.get(at..).unwrap_or_default());
    match chance.below(7) {
        0 => format!("{before}\n{}", after.concat()),
        1 => format!("{before}# keyless:ignore IMDS01 because of a test\n{}", after.concat()),
        2 => before + &after.iter().skip(1).copied().collect::<String>(),
        3 => {
            let twice = after.first().copied().unwrap_or_default();
            format!("{before}{twice}{}", after.concat())
        }
        4 => {
            let words = [
                ("\"optional\"", "\"required\""),
                ("\"required\"", "\"optional\""),
                ("true", "false"),
                ("false", "true"),
                ("t3.micro", "t2.large"),
                ("1", "2"),
            ];
            let (from, to) = words[chance.below(words.len())];
            text.replacen(from, to, 1)
        }
        5 => others[chance.below(others.len())].clone(),
        _ => format!("{text}\n{}", others[chance.below(others.len())]),
    }
}

/// Edits files of a tree, and holds what is said against runs over everything.
fn edit_and_compare(folder: &Path, rounds: usize, seed: u64) {
    let folder = &fs::canonicalize(folder).unwrap();
    let mut paths = Vec::new();
    files(folder, &mut paths);
    let all: BTreeMap<PathBuf, String> =
        paths.iter().filter_map(|path| Some((path.clone(), fs::read_to_string(path).ok()?))).collect();
    let mut workspace = Workspace::open(folder, CheckRequest::default(), &Disk).unwrap();
    workspace.refresh();
    let mut texts = Texts::new();
    let first = whole(folder, &texts);
    for path in first.keys() {
        assert_eq!(told(&workspace, path), first[path], "at first: {}", path.display());
    }
    let mut chance = Chance::new(seed);
    let names: Vec<&PathBuf> = all.keys().collect();
    for round in 0..rounds {
        let path = names[chance.below(names.len())];
        let ending = path.extension();
        let others: Vec<String> = all
            .iter()
            .filter(|(other, _)| other.extension() == ending)
            .map(|(_, text)| text.clone())
            .collect();
        let now = workspace.text(path).unwrap();
        let text = edited(&now, &others, &mut chance);
        let is_broken = breaks(path, &text);
        if is_broken {
            continue;
        }
        workspace.set_buffer(path, Some(&text));
        texts.insert(path.clone(), Arc::from(text.as_bytes()));
        let done = workspace.reanalyse(std::slice::from_ref(path));
        let expected = whole(folder, &texts);
        assert!(done.exact.contains(path) || done.needs_whole, "{}", path.display());
        for exact in &done.exact {
            let wanted = expected.get(exact).cloned().unwrap_or_default();
            assert_eq!(
                told(&workspace, exact),
                wanted,
                "round {round} of {seed}: {} after an edit of {}:\n{text}",
                exact.display(),
                path.display()
            );
        }
        if chance.below(3) == 0 {
            workspace.refresh();
            let files: BTreeSet<PathBuf> = expected.keys().cloned().chain(workspace.files()).collect();
            for file in files {
                assert_eq!(
                    told(&workspace, &file),
                    expected.get(&file).cloned().unwrap_or_default(),
                    "round {round} of {seed}, refreshed: {}",
                    file.display()
                );
            }
        }
    }
}

/// Broken texts are judged as they last were, which no other run does.
fn breaks(path: &Path, text: &str) -> bool {
    let name = path.file_name().unwrap().to_string_lossy();
    let hcl = [".tf", ".tofu", ".hcl", ".tfvars", ".tfbackend"].iter().any(|end| name.ends_with(end));
    if hcl {
        return !keyless::syntax::hcl::parse(text).errors.is_empty();
    }
    keyless::syntax::doc::parse(text).is_err()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else if entry.file_type().unwrap().is_file() {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

#[test]
fn edits_of_known_trees_are_judged_as_a_whole_run_judges_them() {
    let testdata = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata");
    for (at, part) in ["parity", "policies", "demo", "frontends/cloudformation", "cdk"].iter().enumerate() {
        let from = testdata.join(part);
        if !from.is_dir() {
            continue;
        }
        let folder = tempfile::tempdir().unwrap();
        copy(&from, folder.path());
        edit_and_compare(folder.path(), 6, 7 + at as u64);
    }
}

#[test]
fn edits_of_public_code_are_judged_as_a_whole_run_judges_them() {
    let shared = std::env::var_os("KEYLESS_SHARED").map_or_else(|| PathBuf::from("../shared"), PathBuf::from);
    for (at, part) in ["terragoat", "terraform-aws-autoscaling", "cfngoat"].iter().enumerate() {
        let from = shared.join("corpora").join(part);
        if !from.is_dir() {
            eprintln!("skipped: {} is not here", from.display());
            continue;
        }
        let folder = tempfile::tempdir().unwrap();
        copy(&from, folder.path());
        edit_and_compare(folder.path(), 8, 40 + at as u64);
    }
}

/// A tree in which much bears on much: modules that several roots call, files that are read, values given in files, one
/// secret in several places, templates that nest others, exceptions.
fn generate(folder: &Path, chance: &mut Chance) {
    let secret = format!("Zq8{}Lm{}", "vRt5", "Yp2Kd9");
    let write = |path: &str, text: String| {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    for at in 0..3 {
        write(
            &format!("modules/m{at}/main.tf"),
            format!(
                "resource \"aws_instance\" \"this\" {{\n  ami       = var.ami\n  user_data = templatefile(\"${{path.module}}/start.sh.tpl\", {{ name = var.name }})\n\n  metadata_options {{\n    http_tokens = var.tokens\n  }}\n}}\n\nresource \"aws_db_instance\" \"db\" {{\n  password = {}\n}}\n",
                ["var.name", "\"changeme\"", "local.password"][chance.below(3)]
            ),
        );
        write(
            &format!("modules/m{at}/variables.tf"),
            format!(
                "variable \"ami\" {{}}\n\nvariable \"name\" {{\n  default = \"x\"\n}}\n\nvariable \"tokens\" {{\n  default = \"optional\"\n}}\n\nlocals {{\n  password = \"{secret}\"\n}}\n"
            ),
        );
        write(
            &format!("modules/m{at}/start.sh.tpl"),
            format!("#!/bin/sh\nexport DB_PASSWORD={secret}\necho ${{name}}\n"),
        );
    }
    for at in 0..6 {
        let (first, second) = (chance.below(3), chance.below(3));
        let tokens = ["\"required\"", "\"optional\"", "var.tokens"][chance.below(3)];
        write(
            &format!("live/r{at}/main.tf"),
            format!(
                "module \"one\" {{\n  source = \"../../modules/m{first}\"\n  ami    = \"ami-1\"\n  name   = \"{secret}\"\n  tokens = {tokens}\n}}\n\n# keyless:ignore IMDS01 because it is a test\nmodule \"two\" {{\n  source   = \"../../modules/m{second}\"\n  for_each = toset([\"a\", \"b\"])\n  ami      = each.key\n}}\n\nvariable \"tokens\" {{}}\n"
            ),
        );
        write(&format!("live/r{at}/terraform.tfvars"), "tokens = \"optional\"\n".to_owned());
        write(&format!("live/r{at}/.env"), format!("DB_PASSWORD={secret}\n"));
    }
    for at in 0..3 {
        write(
            &format!("stacks/s{at}.yaml"),
            format!(
                "Parameters:\n  Image:\n    Type: String\nResources:\n  Web:\n    Type: AWS::EC2::Instance\n    Properties:\n      ImageId: !Ref Image\n  Inner:\n    Type: AWS::CloudFormation::Stack\n    Properties:\n      TemplateURL: nested/n{}.yaml\n      Parameters:\n        Password: {secret}\n",
                chance.below(2)
            ),
        );
    }
    for at in 0..2 {
        write(
            &format!("stacks/nested/n{at}.yaml"),
            "Parameters:\n  Password:\n    Type: String\nResources:\n  Database:\n    Type: AWS::RDS::DBInstance\n    Properties:\n      MasterUserPassword: !Ref Password\n".to_owned(),
        );
    }
    write(
        "stacks/samconfig.toml",
        "version = 0.1\n[default.deploy.parameters]\nparameter_overrides = \"Image=ami-1\"\n".to_owned(),
    );
    write(
        "stacks/params/prod.json",
        format!(
            "[\n{{\"ParameterKey\": \"Password\", \"ParameterValue\": \"{secret}\"}},\n{{\"ParameterKey\": \"Image\", \"ParameterValue\": \"ami-1\"}}\n]\n"
        ),
    );
    write("stacks/nested/values.json", format!("{{\"Parameters\": {{\n\"Password\": \"{secret}\"\n}}}}\n"));
    write(
        "deployments/one.yaml",
        format!("template-file-path: stacks/nested/n0.yaml\nparameters:\n  Password: {secret}\n"),
    );
    write(
        "images/web.pkr.hcl",
        format!(
            "variable \"key\" {{\n  default = \"{secret}\"\n}}\n\nsource \"amazon-ebs\" \"web\" {{\n  access_key = \"x\"\n  secret_key = var.key\n}}\n"
        ),
    );
    write("images/prod.pkrvars.hcl", format!("db_password = \"{secret}\"\n"));
    write(
        "modules/m0/tests/m0.tftest.hcl",
        format!("provider \"aws\" {{\n  secret_key = \"{secret}\"\n}}\n\nvariables {{\n  name = \"x\"\n}}\n"),
    );
    write(
        "terragrunt/root.hcl",
        "locals {\n  tokens = \"optional\"\n}\n\ninputs = {\n  tokens = local.tokens\n}\n".to_owned(),
    );
    for at in 0..2 {
        write(
            &format!("terragrunt/u{at}/terragrunt.hcl"),
            format!(
                "include \"root\" {{\n  path = find_in_parent_folders(\"root.hcl\")\n}}\n\nterraform {{\n  source = \"../../modules/m{at}\"\n}}\n\ninputs = {{\n  ami  = \"ami-1\"\n  name = \"{secret}\"\n}}\n"
            ),
        );
    }
    write(".git/HEAD", "ref: refs/heads/main\n".to_owned());
}

#[test]
fn edits_of_made_up_trees_are_judged_as_a_whole_run_judges_them() {
    for seed in 0..4 {
        let folder = tempfile::tempdir().unwrap();
        generate(folder.path(), &mut Chance::new(seed));
        edit_and_compare(folder.path(), 12, 200 + seed);
    }
}
