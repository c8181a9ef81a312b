//! What a file hands over, and where generated code stands.

use super::{Configuration, Source, is_terragrunt, read};
use crate::frontends::terraform::{Files, ModuleFile};
use crate::model::{Kind, Reason};
use crate::source::{SourceFile, Sources};
use crate::syntax::hcl;
use std::sync::Arc;

struct NoFiles;

impl Files for NoFiles {
    fn read(&self, path: &str) -> Result<(crate::source::FileId, Arc<SourceFile>), Reason> {
        Err(Reason::File { path: Arc::from(path) })
    }

    fn read_unlisted(&self, path: &str) -> Result<String, Reason> {
        Err(Reason::File { path: Arc::from(path) })
    }

    fn exists(&self, path: &str) -> Result<bool, Reason> {
        Err(Reason::File { path: Arc::from(path) })
    }

    fn list(&self, folder: &str) -> Result<Vec<String>, Reason> {
        Err(Reason::File { path: Arc::from(folder) })
    }
}

fn file(name: &str, text: &str) -> ModuleFile {
    let source = SourceFile::new(name.to_owned(), name.to_owned(), text.to_owned(), false);
    let (id, source) = Sources::default().add(source);
    let tree = hcl::parse(source.text()).tree;
    ModuleFile { id, source, tree: tree.into() }
}

fn configuration(text: &str) -> Configuration {
    read(file("live/db/terragrunt.hcl", text), &NoFiles)
}

#[test]
fn files_of_other_tools_are_told_apart() {
    for (name, text, expected) in [
        ("a/terragrunt.hcl", "", true),
        ("a/common.hcl", "locals {\n  a = 1\n}\n", true),
        ("a/x.hcl", "inputs = {}\n", true),
        ("a/x.hcl", "terraform {\n  source = \"./m\"\n}\n", true),
        ("a/x.hcl", "terraform {\n  required_version = \"1\"\n}\n", false),
        ("a/x.hcl", "locals {\n  a = 1\n}\nsource \"amazon-ebs\" \"b\" {\n}\n", false),
        ("a/vault.hcl", "path \"secret/*\" {\n  capabilities = [\"read\"]\n}\n", false),
        ("a/bake.hcl", "target \"app\" {\n  args = {}\n}\n", false),
        ("a/x.hcl", "", false),
    ] {
        assert_eq!(is_terragrunt(&file(name, text)), expected, "{name}: {text}");
    }
}

#[test]
fn the_module_is_found_by_paths_that_are_known() {
    for (source, expected) in [
        ("\"../../modules/db\"", Some("modules/db")),
        ("\"../../modules//db?ref=v1\"", Some("modules/db")),
        ("\"${get_terragrunt_dir()}/../../modules/db\"", Some("modules/db")),
        ("\"${get_repo_root()}/modules/db\"", Some("modules/db")),
        ("\"${local.base}/db\"", Some("modules/db")),
        ("\"${find_in_parent_folders(\"modules\")}/db\"", None),
        ("\"../../../outside\"", None),
        ("\"git::https://example.com/db.git\"", None),
        ("\"tfr:///terraform-aws-modules/vpc/aws\"", None),
        ("include.root.locals.source", None),
    ] {
        let text =
            format!("locals {{\n  base = \"../../modules\"\n}}\nterraform {{\n  source = {source}\n}}\n");
        let expected = expected.map_or(Source::Elsewhere, |folder| Source::Folder(folder.to_owned()));
        assert_eq!(configuration(&text).source, expected, "{source}");
    }
    assert_eq!(configuration("").source, Source::Folder("live/db".to_owned()));
    assert_eq!(read(file("live/root.hcl", ""), &NoFiles).source, Source::Elsewhere);
}

#[test]
fn inputs_are_open_where_something_else_may_bring_more() {
    let names = |found: &Configuration| {
        found
            .inputs
            .iter()
            .map(|(name, value)| format!("{name} {}", value.to_text().is_some()))
            .collect::<Vec<_>>()
    };
    let closed = configuration("inputs = {\n  a = \"x\"\n  b = dependency.vpc.outputs.id\n}\n");
    assert_eq!(names(&closed), ["a true", "b false"]);
    assert!(closed.open.is_none());
    let Some((_, value)) = closed.inputs.last() else { panic!("no input") };
    let Kind::Unknown(unknown) = &value.kind else { panic!("{value:?}") };
    assert_eq!(unknown.reason.to_string(), "`dependency.vpc.outputs.id` is not evaluated");
    let merged = configuration("inputs = merge(local.none, { a = \"x\" }, { a = \"y\" })\n");
    assert_eq!(names(&merged), ["a true"]);
    assert_eq!(merged.inputs[0].1.as_str(), Some("y"));
    assert!(merged.open.is_some());
    assert!(configuration("include {\n  path = \"x\"\n}\ninputs = {}\n").open.is_some());
    assert!(configuration("inputs = read_terragrunt_config(\"x\").inputs\n").open.is_some());
}

#[test]
fn what_terragrunt_computes_is_no_error_to_fall_back_from() {
    let found = configuration(
        "locals {\n  c = read_terragrunt_config(\"x\").locals\n}\ninputs = {\n  a = try(local.c.tokens, \"optional\")\n  \
         b = try(dependency.vpc.outputs.id, \"none\")\n  \
         d = try({}.missing, \"known\")\n}\n",
    );
    let known: Vec<Option<&str>> = found.inputs.iter().map(|(_, value)| value.as_str()).collect();
    assert_eq!(known, [None, None, Some("known")]);
}

#[test]
fn places_in_generated_code_lead_to_where_it_stands() {
    let text = "locals {\n  r = \"eu\"\n}\ngenerate \"p\" {\n  path = \"p.tf\"\n  contents = <<-EOT\n    provider \"aws\" {\n      \
        region = \"${local.r}\"\n      profile = \"${get_env(\"P\")}-x\"\n      secret_key = \"s3cret\"\n    }\n  EOT\n}\n";
    let found = configuration(text);
    assert!(found.problems.is_empty(), "{:?}", found.problems);
    let [code] = found.generated.configuration.as_slice() else { panic!("{:?}", found.generated) };
    let block = &code.tree.body.blocks[0];
    let names: Vec<&str> = block.body.attributes.iter().map(|attribute| code.text(attribute.name)).collect();
    assert_eq!(names, ["region", "profile", "secret_key"]);
    let places: Vec<&str> = block
        .body
        .attributes
        .iter()
        .map(|attribute| code.source.slice(code.site(code.tree.expr(attribute.expr).span).span))
        .collect();
    assert_eq!(places[2], "\"s3cret\"");
    assert!(places[1].starts_with("\"${get_env"), "{places:?}");
    assert!(text.contains(code.source.slice(code.site(block.span).span)));
}

#[test]
fn broken_generated_code_is_a_problem_where_all_of_it_is_known() {
    let generate = |path: &str, contents: &str| {
        configuration(&format!("generate \"p\" {{\n  path = \"{path}\"\n  contents = {contents}\n}}\n"))
    };
    let broken = generate("p.tf", "<<EOT\nprovider \"aws\" {\n  a = \n}\nEOT\n");
    assert_eq!(broken.problems.len(), 1, "{:?}", broken.problems);
    assert_eq!(broken.problems[0].start.map(|(line, _)| line), Some(5));
    assert!(generate("p.yaml", "<<EOT\na: [\nEOT\n").problems.is_empty());
    let open = generate("p.tf", "<<EOT\n${local.nothing} {\n  a = \n}\nEOT\n");
    assert!(open.problems.is_empty());
    assert!(generate("p.tf", "get_env(\"X\")").generated.configuration.is_empty());
    let disabled = "generate \"p\" {\n  path = \"p.tf\"\n  disable = true\n  contents = \"a = \"\n}\n";
    assert!(configuration(disabled).problems.is_empty());
}

#[test]
fn what_is_around_unknown_pieces_is_read() {
    let text = "generate \"p\" {\n  path = \"p.tf\"\n  contents = <<EOT\n%{ if get_env(\"A\") == \"\" ~}\nprovider \"a\" {\n  \
        token = \"x1\"\n}\n%{ endif ~}\n${local.blocks}\nprovider \"b\" {\n  tags = ${jsonencode(local.tags)}\n  hosts = \
        [\n    ${local.host},\n  ]\n  token = \"x2\"\n}\nEOT\n}\n";
    let found = configuration(text);
    let [code] = found.generated.configuration.as_slice() else { panic!("{:?}", found.generated) };
    let places: Vec<&str> = code
        .tree
        .body
        .blocks
        .iter()
        .map(|block| {
            let token = block.body.attributes.iter().find(|attribute| code.text(attribute.name) == "token");
            code.source.slice(code.site(code.tree.expr(token.unwrap().expr).span).span)
        })
        .collect();
    assert_eq!(places, ["\"x1\"", "\"x2\""]);
}

#[test]
fn directives_in_generated_code_are_followed() {
    let text = "generate \"p\" {\n  path = \"p.tf\"\n  contents = <<EOT\n%{ for a in [\"x\", \"y\"] ~}\nprovider \"${a}\" {}\n\
        %{ endfor ~}\nEOT\n}\n";
    let found = configuration(text);
    let [code] = found.generated.configuration.as_slice() else { panic!("{:?}", found.generated) };
    assert_eq!(code.tree.body.blocks.len(), 2);
}
