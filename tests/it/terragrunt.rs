//! Paths of Terragrunt and the SAM CLI that lead out of the root, from outside: what is not read is said, once each.

use crate::harness::{Repo, findings, problems};
use serde_json::Value as Json;

/// What stays open, as `path:line label`.
fn open(report: &Json) -> Vec<String> {
    let open = report["cannot_tell"].as_array().unwrap().iter();
    let open = open.map(|one| {
        format!(
            "{}:{} {}",
            one["path"].as_str().unwrap(),
            one["start"]["line"],
            one["label"].as_str().unwrap()
        )
    });
    open.collect()
}

/// A tree with a module, a file for all units above them, and one unit.
fn tree(unit: &str) -> Repo {
    let repo = Repo::new();
    repo.write("modules/db/main.tf", "variable \"tokens\" {}\n");
    repo.write("live/terragrunt.hcl", "locals {\n  a = 1\n}\ninputs = {}\n");
    repo.write("live/db/terragrunt.hcl", unit);
    repo
}

#[test]
fn a_source_that_is_not_here_is_an_open_question() {
    for (source, shown) in [
        ("\"../../modules/db\"", None),
        ("\"../../modules//db\"", None),
        ("\"${get_repo_root()}/modules/db\"", None),
        ("\"../../../modules/db\"", Some("../../../modules/db")),
        ("\"/opt/modules/db\"", Some("/opt/modules/db")),
        ("\"../../modules/none\"", Some("../../modules/none")),
        ("\"${get_repo_root()}/modules/none\"", Some("./modules/none")),
        ("\"git::https://example.com/db.git?ref=v1\"", Some("git::https://example.com/db.git?ref=v1")),
        (
            "\"tfr:///terraform-aws-modules/vpc/aws?version=5.0.0\"",
            Some("tfr:///terraform-aws-modules/vpc/aws?version=5.0.0"),
        ),
        ("\"${get_env(\"BASE\")}/db\"", Some("not a literal")),
    ] {
        let repo = tree(&format!("inputs = {{}}\nterraform {{\n  source = {source}\n}}\n"));
        let (code, report) = repo.json(&["--strict"]);
        let label =
            |shown| format!("live/db/terragrunt.hcl:2 its source, {shown}, is not in this repository");
        assert_eq!(
            (code, open(&report)),
            (0, shown.map(label).into_iter().collect()),
            "{source}: {report:#}"
        );
        assert_eq!((findings(&report), problems(&report)), (vec![], vec![]), "{source}");
    }
}

#[test]
fn an_include_that_leads_out_of_the_root_is_an_open_question() {
    for (path, shown) in [
        ("find_in_parent_folders()", None),
        ("find_in_parent_folders(\"terragrunt.hcl\")", None),
        ("find_in_parent_folders(\"common.hcl\", \"none.hcl\")", None),
        ("\"../terragrunt.hcl\"", None),
        ("\"${get_terragrunt_dir()}/../terragrunt.hcl\"", None),
        ("\"${get_repo_root()}/live/terragrunt.hcl\"", None),
        ("\"${dirname(find_in_parent_folders())}/terragrunt.hcl\"", None),
        ("find_in_parent_folders(\"root.hcl\")", Some("root.hcl")),
        ("\"../../../terragrunt.hcl\"", Some("../../../terragrunt.hcl")),
        ("\"../none.hcl\"", Some("../none.hcl")),
        ("\"/etc/terragrunt.hcl\"", Some("/etc/terragrunt.hcl")),
    ] {
        let repo = tree(&format!("inputs = {{}}\ninclude \"root\" {{\n  path = {path}\n}}\n"));
        let (code, report) = repo.json(&["--strict"]);
        let label =
            |shown| format!("live/db/terragrunt.hcl:2 the included file, {shown}, is not in this repository");
        assert_eq!((code, open(&report)), (0, shown.map(label).into_iter().collect()), "{path}: {report:#}");
    }
}

#[test]
fn an_open_question_of_a_unit_can_be_excepted() {
    let repo = tree(
        "# keyless:ignore[IMDS02] it is checked where it is written\nterraform {\n  source = \"../../../db\"\n}\n",
    );
    let (_, report) = repo.json(&["--strict"]);
    assert_eq!(open(&report), [] as [&str; 0], "{report:#}");
    assert_eq!(report["suppressed"].as_array().unwrap().len(), 1, "{report:#}");
}

const TEMPLATE: &str = "AWSTemplateFormatVersion: '2010-09-09'\nTransform: AWS::Serverless-2016-10-31\nParameters:\n  \
    T: {Type: String, Default: required}\nResources:\n  Web:\n    Type: AWS::EC2::Instance\n    Properties:\n      \
    IamInstanceProfile: web\n      MetadataOptions: {HttpTokens: !Ref T}\n";

#[test]
fn what_the_sam_cli_is_given_from_outside_is_a_problem() {
    let repo = Repo::new();
    repo.write("app/template.yaml", TEMPLATE);
    repo.write("app/p.yaml", "T: optional\n");
    for (parameters, expected) in [
        ("parameter_overrides = \"file://p.yaml\"", &[][..]),
        ("parameter_overrides = \"file://../../p.yaml\"", &["io app/samconfig.toml"]),
        ("parameter_overrides = \"file:///etc/p.yaml\"", &["io app/samconfig.toml"]),
        ("parameter_overrides = \"file://../p.yaml\"", &["io p.yaml"]),
        ("template_file = \"../../template.yaml\"", &["io app/samconfig.toml"]),
        ("template_file = \"/srv/template.yaml\"", &["io app/samconfig.toml"]),
        ("template_file = \".aws-sam/build/template.yaml\"", &[]),
    ] {
        let text = format!("version = 0.1\n[default.deploy.parameters]\n{parameters}\n");
        repo.write("app/samconfig.toml", text);
        let (code, report) = repo.json(&["--strict"]);
        assert_eq!(problems(&report), expected, "{parameters}");
        assert_eq!(code == 2, !expected.is_empty(), "{parameters}");
    }
}

/// Values for a template elsewhere are none of the template's that stands beside.
#[test]
fn values_for_a_template_outside_reach_no_other() {
    let repo = Repo::new();
    repo.write("app/template.yaml", TEMPLATE);
    let config = |template: &str| {
        format!(
            "version = 0.1\n[default.deploy.parameters]\ntemplate_file = \"{template}\"\nparameter_overrides = \"T=optional\"\n"
        )
    };
    repo.write("app/samconfig.toml", config("template.yaml"));
    assert_eq!(findings(&repo.json(&[]).1), ["IMDS01 app/samconfig.toml:4"]);
    repo.write("app/samconfig.toml", config("../../template.yaml"));
    assert_eq!(findings(&repo.json(&[]).1), [] as [&str; 0]);
}

#[test]
fn a_resource_that_is_an_include_from_elsewhere_is_an_open_question() {
    let repo = Repo::new();
    let include = "Fn::Transform: {Name: AWS::Include, Parameters: {Location: ../../part.yaml}}";
    repo.write("app/template.yaml", format!("{TEMPLATE}  Other:\n    {include}\n"));
    let (code, report) = repo.json(&["--strict"]);
    let expected = ["app/template.yaml:12 the included file, ../../part.yaml, is not in this repository"];
    assert_eq!((code, open(&report)), (0, expected.map(str::to_owned).to_vec()), "{report:#}");
    repo.write("app/part.yaml", "Type: AWS::IAM::AccessKey\nProperties: {UserName: bob}\n");
    repo.write(
        "app/template.yaml",
        format!("{TEMPLATE}  Other:\n    {include}\n").replace("../../part", "part"),
    );
    let (_, report) = repo.json(&["--strict"]);
    assert_eq!((findings(&report), open(&report)), (vec!["KEY01 app/template.yaml:11".to_owned()], vec![]));
}
