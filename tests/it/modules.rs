//! Modules: which blocks make one, what overrides what, how providers reach them, and where findings in them stand.

use crate::harness::{Repo, findings, problems};

fn instance(tokens: &str) -> String {
    named("a", tokens)
}

fn named(name: &str, tokens: &str) -> String {
    format!(
        "resource \"aws_instance\" \"{name}\" {{\n  ami = \"ami-1\"\n  iam_instance_profile = \"web\"\n  \
         metadata_options {{\n    http_tokens = {tokens}\n  }}\n}}\n"
    )
}

/// The findings of a tree, which has no problem.
#[track_caller]
fn found(files: &[(&str, &str)]) -> Vec<String> {
    let repo = Repo::new();
    for (path, text) in files {
        repo.write(path, text);
    }
    let (_, report) = repo.json(&["."]);
    assert!(problems(&report).is_empty(), "{report:#}");
    findings(&report)
}

const BAD: &str = "\"optional\"";
const GOOD: &str = "\"required\"";

#[test]
fn overriding_files_replace_arguments_and_whole_nested_blocks() {
    let base = &instance(BAD);
    let over = |text: &str| found(&[("main.tf", base), ("main_override.tf", text)]);
    let head = "resource \"aws_instance\" \"a\" {\n";
    assert_eq!(found(&[("main.tf", base)]), ["IMDS01 main.tf:5"]);
    assert_eq!(over(&instance(GOOD)), [""; 0]);
    assert_eq!(over(&format!("{head}  instance_type = \"t3.micro\"\n}}\n")), ["IMDS01 main.tf:5"]);
    // The block as a whole: what it does not say again is gone.
    assert_eq!(
        over(&format!("{head}  metadata_options {{\n    http_endpoint = \"enabled\"\n  }}\n}}\n")),
        ["IMDS02 main_override.tf:2"]
    );
    let dynamic =
        format!("{head}  dynamic \"metadata_options\" {{\n    for_each = []\n    content {{}}\n  }}\n}}\n");
    assert_eq!(over(&dynamic), ["IMDS02 main.tf:1"]);
    assert_eq!(over(&format!("{head}  count = 0\n}}\n")), [""; 0]);
    assert_eq!(
        over(&format!("{head}  iam_instance_profile = null\n}}\n")),
        ["EC201 main.tf:1", "IMDS01 main.tf:5"]
    );
    // In the order of names, JSON as well.
    let json = "{\"resource\": {\"aws_instance\": {\"a\": {\"metadata_options\": [{\"http_tokens\": \"required\"}]}}}}";
    let both = [("main.tf", base.as_str()), ("a_override.tf", base), ("override.tf.json", json)];
    assert_eq!(found(&both), [""; 0]);
    let both = [("main.tf", base.as_str()), ("z.b_override.tf", base), ("override.tf.json", json)];
    assert_eq!(found(&both), ["IMDS01 z.b_override.tf:5"]);
    // A file is one by the end of its name alone.
    let good = instance(GOOD);
    for name in ["override_main.tf", "overrides.tf", "my-override.tf"] {
        assert_eq!(found(&[("main.tf", &good), (name, base)]), [format!("IMDS01 {name}:5")]);
    }
}

#[test]
fn overriding_files_replace_arguments_of_variables_locals_outputs_and_calls() {
    let main = format!(
        "variable \"v\" {{\n  default = {BAD}\n  type = string\n}}\nlocals {{\n  a = {BAD}\n  b = \"x\"\n}}\n\
         module \"m\" {{\n  source = \"./m\"\n  t = {BAD}\n}}\n"
    );
    let child = format!("variable \"t\" {{}}\noutput \"o\" {{\n  value = {BAD}\n}}\n{}", instance("var.t"));
    let uses = [named("v", "var.v"), named("l", "local.a"), named("o", "module.m.o")].concat();
    let with = |root: &str, module: &str| {
        let files = [
            ("main.tf", main.as_str()),
            ("uses.tf", &uses),
            ("m/main.tf", &child),
            ("override.tf", root),
            ("m/override.tf", module),
        ];
        found(&files).len()
    };
    assert_eq!(with("", ""), 4);
    assert_eq!(with(&format!("variable \"v\" {{\n  default = {GOOD}\n}}\n"), ""), 3);
    assert_eq!(with(&format!("locals {{\n  a = {GOOD}\n}}\n"), ""), 3);
    assert_eq!(with(&format!("module \"m\" {{\n  t = {GOOD}\n}}\n"), ""), 3);
    assert_eq!(with("", &format!("output \"o\" {{\n  value = {GOOD}\n}}\n")), 3);
    assert_eq!(with("module \"m\" {\n  source = \"./none\"\n}\n", ""), 2);
}

#[test]
fn blocks_of_one_name_are_judged_each_by_itself() {
    let call = |tokens: &str| format!("module \"m\" {{\n  source = \"./m\"\n  t = {tokens}\n}}\n");
    let child = format!("variable \"t\" {{}}\n{}", instance("var.t"));
    for (a, b) in [(BAD, GOOD), (GOOD, BAD)] {
        let found = found(&[("a.tf", &call(a)), ("b.tf", &call(b)), ("m/main.tf", &child)]);
        let file = if a == BAD { "a" } else { "b" };
        assert_eq!(found, [format!("IMDS01 {file}.tf:3")]);
    }
    let two = [instance(GOOD), instance(BAD)].concat();
    assert_eq!(found(&[("main.tf", &two)]), ["IMDS01 main.tf:12"]);
}

#[test]
fn opentofu_files_stand_for_those_of_the_same_name() {
    let (bad, good) = (&instance(BAD), &instance(GOOD));
    let json = |tokens: &str| {
        format!(
            "{{\"resource\": {{\"aws_instance\": {{\"j\": {{\"ami\": \"ami-1\", \"iam_instance_profile\": \"web\",\n\"metadata_options\": {{\"http_tokens\": {tokens}}}}}}}}}}}"
        )
    };
    assert_eq!(found(&[("main.tf", bad), ("main.tofu", good)]), [""; 0]);
    assert_eq!(found(&[("main.tf", good), ("main.tofu", bad)]), ["IMDS01 main.tofu:5"]);
    assert_eq!(found(&[("main.tf.json", &json(BAD)), ("main.tofu.json", &json(GOOD))]), [""; 0]);
    // Only a file of the same form.
    let found = found(&[("main.tf.json", &json(BAD)), ("main.tofu", good)]);
    assert_eq!(found, ["IMDS01 main.tf.json:2"]);
}

#[test]
fn json_is_read_with_its_comments_and_arrays_of_blocks() {
    let text = r#"{
  "//": "at the top",
  "variable": [{"tokens": {"//": ["of", "a variable"], "default": "optional"}}],
  "locals": [{"//": "c", "a": "${var.tokens}"}, {"b": "${local.a}"}],
  "terraform": [{"//": "t", "required_version": ">= 1"}],
  "moved": [{"from": "aws_instance.x", "to": "aws_instance.a"}],
  "resource": [
    {"//": "between types", "aws_instance": {
      "//": "between names",
      "a": [{
        "//": "in a resource",
        "ami": "ami-1",
        "iam_instance_profile": "web",
        "lifecycle": {"ignore_changes": ["ami"]},
        "metadata_options": [{"//": "in a block", "http_tokens": "${local.b}"}]
      }],
      "b": {
        "ami": "ami-1",
        "iam_instance_profile": "web",
        "dynamic": {"metadata_options": [{"for_each": ["x"], "content": [{"//": "c", "http_tokens": "required"}]}]}
      }
    }}
  ]
}"#;
    assert_eq!(found(&[("main.tf.json", text)]), ["IMDS01 main.tf.json:3"]);
}

#[test]
fn blocks_about_the_state_declare_nothing() {
    let text = format!(
        "moved {{\n  from = aws_instance.old\n  to = aws_instance.a\n}}\n\
         removed {{\n  from = aws_instance.gone\n  lifecycle {{\n    destroy = false\n  }}\n}}\n\
         import {{\n  for_each = toset([\"i-1\"])\n  to = aws_instance.a\n  id = each.value\n}}\n\
         check \"c\" {{\n  data \"aws_ami\" \"x\" {{\n    owners = [\"self\"]\n  }}\n  assert {{\n    condition = \
         data.aws_ami.x.id != \"\"\n    error_message = \"no\"\n  }}\n}}\n\
         check {{}}\nmoved {{}}\nremoved {{}}\nimport {{}}\n{}",
        instance("length(data.aws_ami.x.owners) == 1 ? \"optional\" : \"required\"")
    );
    assert_eq!(found(&[("main.tf", &text)]), ["IMDS01 main.tf:33"]);
}

#[test]
fn an_account_default_counts_for_the_provider_and_region_that_it_is_set_for() {
    let unsaid = |extra: &str| {
        format!(
            "resource \"aws_instance\" \"a\" {{\n  ami = \"ami-1\"\n  iam_instance_profile = \"web\"\n{extra}}}\n"
        )
    };
    let default = |extra: &str| {
        format!(
            "resource \"aws_ec2_instance_metadata_defaults\" \"d\" {{\n  http_tokens = {GOOD}\n{extra}}}\n"
        )
    };
    let credited = |root: &str, child: &str| {
        let repo = Repo::new();
        repo.write("main.tf", root);
        repo.write("m/main.tf", child);
        let (_, report) = repo.json(&["."]);
        let [finding] = report["findings"].as_array().unwrap().as_slice() else { panic!("{report:#}") };
        assert_eq!(finding["code"], "IMDS02");
        finding["severity"] == "note"
    };
    let regions = "provider \"aws\" {\n  region = \"eu-west-1\"\n}\nprovider \"aws\" {\n  alias = \"us\"\n  region = \"us-east-1\"\n}\n";
    let root = |call: &str, extra: &str| {
        format!("{regions}{}module \"m\" {{\n  source = \"./m\"\n{call}}}\n", default(extra))
    };
    let us = "  provider = aws.us\n";
    let handed = "  providers = {\n    aws = aws.us\n  }\n";
    assert!(credited(&root("", ""), &unsaid("")));
    assert!(!credited(&root("", us), &unsaid("")));
    assert!(credited(&root(handed, us), &unsaid("")));
    assert!(!credited(&root(handed, ""), &unsaid("")));
    // By another name, and quoted as in old code.
    let aliased = "terraform {\n  required_providers {\n    aws = {\n      source = \"hashicorp/aws\"\n      configuration_aliases = [aws.far]\n    }\n  }\n}\n";
    let child = format!("{aliased}{}", unsaid("  provider = aws.far\n"));
    assert!(credited(&root("  providers = {\n    aws.far = aws.us\n  }\n", us), &child));
    assert!(credited(&root("  providers = {\n    \"aws.far\" = \"aws.us\"\n  }\n", us), &child));
    assert!(!credited(&root("  providers = {\n    aws.far = aws\n  }\n", us), &child));
    // A configuration of the module's own is another one.
    let own = "provider \"aws\" {\n  region = \"eu-west-1\"\n}\n";
    assert!(!credited(&root("", ""), &format!("{own}{}", unsaid(""))));
    // Two names for one provider.
    let renamed = "terraform {\n  required_providers {\n    amazon = {\n      source = \"hashicorp/aws\"\n    }\n  }\n}\n";
    assert!(credited(&root("", ""), &format!("{renamed}{}", unsaid("  provider = amazon\n"))));
    // The region that a resource names, and the same one by the provider.
    assert!(!credited(&root("", ""), &unsaid("  region = \"us-east-1\"\n")));
    assert!(credited(&root("", ""), &unsaid("  region = \"eu-west-1\"\n")));
    assert!(credited(&root("", "  region = \"us-east-1\"\n"), &unsaid("  region = \"us-east-1\"\n")));
    assert!(!credited(&root("", ""), &format!("variable \"r\" {{}}\n{}", unsaid("  region = var.r\n"))));
}

#[test]
fn secrets_beside_a_called_module_are_found_once() {
    let tfvars = format!("db_password = \"{}\"\n", "Correct-Horse-9");
    let backend = "terraform {\n  backend \"s3\" {\n    access_key = \"abc\"\n    secret_key = \"Correct-Horse-9\"\n  }\n}\n";
    let child = format!("variable \"db_password\" {{\n  type = string\n}}\n{backend}");
    let call = "module \"m\" {\n  source = \"./m\"\n  count = 2\n  db_password = \"\"\n}\n";
    let files = [
        ("main.tf", call),
        ("m/main.tf", child.as_str()),
        ("m/terraform.tfvars", &tfvars),
        ("m/prod.tfvars.json", "{\"db_password\": \"Correct-Horse-9\"}"),
        ("m/prod.s3.tfbackend", "secret_key = \"Correct-Horse-9\"\n"),
        ("envs/eu.tfbackend", "secret_key = \"Correct-Horse-9\"\n"),
        ("envs/eu.tfvars", &tfvars),
    ];
    assert_eq!(
        found(&files),
        [
            "KEY03 envs/eu.tfbackend:1",
            "SEC04 envs/eu.tfvars:1",
            "KEY03 m/main.tf:6",
            "KEY03 m/main.tf:7",
            "KEY03 m/prod.s3.tfbackend:1",
            "SEC04 m/prod.tfvars.json:1",
            "SEC04 m/terraform.tfvars:1",
        ]
    );
}

#[test]
fn a_static_backend_stays_one_when_an_override_replaces_it() {
    let backend = "terraform {\n  backend \"s3\" {\n    secret_key = \"Correct-Horse-9\"\n  }\n}\n";
    let over = "terraform {\n  backend \"local\" {}\n}\n";
    assert_eq!(found(&[("main.tf", backend), ("backend_override.tf", over)]), ["KEY03 main.tf:3"]);
}

#[test]
fn calls_that_go_round_or_too_deep_are_said_to_be_left_out() {
    let call =
        |folder: &str| format!("module \"next\" {{\n  source = \"../{folder}\"\n}}\n{}", instance(BAD));
    let judged = |files: &[(String, String)]| {
        let repo = Repo::new();
        files.iter().for_each(|(path, text)| repo.write(path, text));
        let (code, report) = repo.json(&["."]);
        assert_eq!(code, 2);
        let messages = report["problems"].as_array().unwrap().iter();
        let messages: Vec<_> = messages.map(|it| it["message"].as_str().unwrap().to_owned()).collect();
        (messages, findings(&report).len())
    };
    let round: Vec<_> =
        [("a", "b"), ("b", "c"), ("c", "a")].map(|(from, to)| (format!("{from}/main.tf"), call(to))).into();
    assert_eq!(judged(&round), (vec!["a module that calls itself was not analysed".to_owned()], 3));
    let deep: Vec<_> = (0..50).map(|at| (format!("m{at}/main.tf"), call(&format!("m{}", at + 1)))).collect();
    let deep = [deep, vec![("m50/main.tf".to_owned(), instance(BAD))]].concat();
    assert_eq!(judged(&deep), (vec!["a module that is nested too deeply was not analysed".to_owned()], 41));
}

#[test]
fn a_block_without_its_name_is_a_problem() {
    for (block, expected) in [
        (
            "resource \"aws_instance\" {\n}\n",
            "a `resource` block has a type and a name as its labels, 2 in all",
        ),
        ("data \"a\" \"b\" \"c\" {\n}\n", "a `data` block has a type and a name as its labels, 2 in all"),
        ("module {\n}\n", "a `module` block has a name as its labels, 1 in all"),
    ] {
        let repo = Repo::new();
        repo.write("main.tf", format!("# one\n{block}"));
        let (code, report) = repo.json(&["."]);
        let problem = &report["problems"][0];
        assert_eq!(
            (code, problem["kind"].as_str(), problem["message"].as_str()),
            (2, Some("syntax"), Some(expected))
        );
        assert_eq!(problem["start"]["line"], 2);
    }
    let sound = "resource aws_iam_group g {\n}\nmoved {\n}\ncheck \"c\" {\n  data \"http\" \"h\" {\n  }\n}\n";
    assert_eq!(found(&[("main.tf", sound)]), [""; 0]);
}

#[test]
fn nobody_is_told_to_fetch_a_folder_that_is_not_there() {
    let help = |source: &str| {
        let repo = Repo::new();
        repo.write("main.tf", format!("module \"m\" {{\n  source = \"{source}\"\n}}\n"));
        let (_, report) = repo.json(&["."]);
        report["cannot_tell"][0]["help"].as_str().unwrap().to_owned()
    };
    for path in ["./modules/m", "../m"] {
        assert_eq!(help(path), "mend the path, or run keyless on a folder that holds the module as well");
    }
    assert!(help("terraform-aws-modules/iam/aws").starts_with("run `terraform init`"));
}
