//! Bounds of `docs/limits.md` that nothing else reaches: each beyond its bound is a problem with its file, and what stands
//! beside it is judged.

use crate::bombs::bounded;
use crate::harness::Repo;

/// Runs on a tree beside one violation: this is said of this file.
#[track_caller]
fn assert_reached(make: impl Fn(&Repo), args: &[&str], path: &str, message: &str) {
    let repo = Repo::with_violation();
    make(&repo);
    let ran = bounded(&repo, &[&["check", "--format", "concise"], args].concat());
    let short: String = ran.stdout.chars().take(2_000).collect();
    assert_eq!(ran.code, 2, "{short}{}", ran.stderr);
    let told = |line: &str| {
        line.starts_with(path) && line.contains(": problem[limit]") && line.contains(message)
            || line.starts_with(path) && line.contains(": problem[config]") && line.contains(message)
    };
    assert!(ran.stdout.lines().any(told), "{message}: {short}");
    let is_judged = ran.stdout.contains("good/main.tf:6:20: error[IMDS01]");
    assert!(is_judged, "{message}: {short}");
}

fn lines(count: usize, line: impl Fn(usize) -> String) -> String {
    (0..count).map(|at| line(at) + "\n").collect()
}

fn instance(user_data: &str) -> String {
    format!(
        "resource \"aws_instance\" \"a\" {{\n  iam_instance_profile = \"w\"\n  user_data = {user_data}\n}}\n"
    )
}

#[test]
fn what_terraform_code_asks_for() {
    let assert = |code: String, message: &str| {
        assert_reached(|repo| repo.write("a.tf", &code), &[], "a.tf", message);
    };
    let chain = lines(4_100, |at| format!("  l{} = local.l{at}", at + 1));
    let chain = format!("locals {{\n  l0 = 1\n{chain}}}\n") + &instance("local.l4100");
    assert(chain, "an expression nested too deeply was not analysed");
    let product = "length([for x in setproduct(range(1000), range(300)) : x])";
    assert(instance(product), "a result of `setproduct` with more than 250000 elements");
    assert(instance("format(\"%17000000s\", \"x\")"), "a width of more than 16 MiB in `format`");
    let long = "join(\"\", [for x in range(1000) : format(\"%20000s\", x)])";
    assert(instance(long), "a result of `join` with more than 16 MiB");
    let open = "variable \"v\" {}\nlocals {\n  r = setproduct(range(250), range(250))\n}\n";
    let parts = "join(\"\", [for x in local.r : var.v])";
    assert(open.to_owned() + &instance(parts), "a result of `join` with more than 50000 parts");
}

#[test]
fn modules_without_end() {
    let make = |repo: &Repo| {
        repo.write("a.tf", "module \"a\" {\n  source = \"./a\"\n  count  = 200\n}\n");
        repo.write("a/main.tf", "module \"b\" {\n  source = \"./b\"\n  count  = 60\n}\n");
        repo.write("a/b/main.tf", instance("null"));
    };
    assert_reached(make, &[], "a/main.tf", "a root module with more than 10,000 instances of modules");
}

#[test]
fn templates_that_render_each_other() {
    let make = |repo: &Repo| {
        repo.write("a.tf", instance("templatefile(\"${path.module}/t0\", {})"));
        for at in 0..20 {
            repo.write(&format!("t{at}"), format!("${{templatefile(\"t{}\", {{}})}}", at + 1));
        }
        repo.write("t20", "end");
    };
    assert_reached(make, &[], "t15", "a template that renders itself");
}

const HEAD: &str = "AWSTemplateFormatVersion: '2010-09-09'\n";

#[test]
fn what_templates_ask_for() {
    let long = format!(
        "{HEAD}Parameters:\n  P: {{Type: String, Default: {}}}\nResources:\n  Web:\n    Type: AWS::EC2::Instance\n    \
         Properties:\n      IamInstanceProfile: w\n      UserData: !Sub '{}'\n",
        "x".repeat(100_000),
        "${P}".repeat(1_000)
    );
    let message = "strings put together come to more than 67108864 bytes";
    assert_reached(|repo| repo.write("t.yaml", &long), &[], "t.yaml", message);
    let doubled = |repo: &Repo| {
        for at in 0..16 {
            let nested = format!(
                "{{TemplateURL: ./s{}.yaml, Parameters: {{P: !Sub '{}'}}}}",
                at + 1,
                "${P}".repeat(4)
            );
            let stack = format!("  A: {{Type: AWS::CloudFormation::Stack, Properties: {nested}}}\n");
            let database = "  D: {Type: AWS::RDS::DBInstance, Properties: {MasterUserPassword: !Ref P}}\n";
            let template =
                format!("{HEAD}Parameters: {{P: {{Type: String}}}}\nResources:\n{stack}{database}");
            repo.write(&format!("s{at}.yaml"), template);
        }
    };
    let message = "a string that is put together has more than 50000 parts";
    assert_reached(doubled, &[], "s", message);
    let stacks = lines(520, |at| {
        format!("  S{at}: {{Type: AWS::CloudFormation::Stack, Properties: {{TemplateURL: n.yaml}}}}")
    });
    let make = |repo: &Repo| {
        repo.write("t.yaml", format!("{HEAD}Resources:\n{stacks}"));
        repo.write("n.yaml", format!("{HEAD}Resources:\n  T: {{Type: AWS::SNS::Topic}}\n"));
    };
    assert_reached(make, &[], "n.yaml", "too many nested stacks");
}

fn include(location: &str) -> String {
    format!("{{'Fn::Transform': {{Name: AWS::Include, Parameters: {{Location: {location}}}}}}}")
}

#[test]
fn what_templates_include() {
    let message = "more than 200 files are included, or more than 8 inside each other";
    let roles = |include: &dyn Fn(usize) -> String, count: usize| {
        let role = |at: usize| format!("  R{at}: {{Type: AWS::EC2::Instance, Properties: {}}}", include(at));
        format!("{HEAD}Resources:\n{}", lines(count, role))
    };
    let many = |repo: &Repo| {
        repo.write("t.yaml", roles(&|at| include(&format!("p{at}.yaml")), 201));
        (0..201).for_each(|at| repo.write(&format!("p{at}.yaml"), "Path: /a/\n"));
    };
    assert_reached(many, &[], "t.yaml", message);
    let deep = |repo: &Repo| {
        repo.write("t.yaml", roles(&|_| include("p0.yaml"), 1));
        (0..9).for_each(|at| {
            repo.write(&format!("p{at}.yaml"), format!("Path: {}\n", include(&format!("p{}.yaml", at + 1))));
        });
        repo.write("p9.yaml", "Path: /a/\n");
    };
    assert_reached(deep, &[], "t.yaml", message);
    let large = |repo: &Repo| {
        repo.write("t.yaml", roles(&|_| include("p.yaml"), 20));
        repo.write("p.yaml", format!("Description: {}\n", "x".repeat(1 << 20)));
    };
    assert_reached(large, &[], "t.yaml", "the files that are included come to more than 16777216 bytes");
}

#[test]
fn environments_and_stages_without_end() {
    let make = |repo: &Repo| {
        let environment = |at: usize| format!("[e{at}.deploy.parameters]\nparameter_overrides = \"A={at}\"");
        repo.write("app/samconfig.toml", format!("version = 0.1\n{}", lines(33, environment)));
        repo.write("app/template.yaml", format!("{HEAD}Resources:\n  T: {{Type: AWS::SNS::Topic}}\n"));
    };
    assert_reached(make, &[], "app/samconfig.toml", "more than 32 environments; the rest is not analysed");
    let make = |repo: &Repo| {
        let mut folder = "cdk.out".to_owned();
        for _ in 0..20 {
            let nested =
                "{\"N\": {\"type\": \"cdk:cloud-assembly\", \"properties\": {\"directoryName\": \"n\"}}}";
            repo.write(
                &format!("{folder}/manifest.json"),
                format!("{{\"version\": \"36.0.0\", \"artifacts\": {nested}}}"),
            );
            folder.push_str("/n");
        }
        repo.write(&format!("{folder}/manifest.json"), "{\"version\": \"36.0.0\", \"artifacts\": {}}");
    };
    assert_reached(make, &[], "cdk.out/", "more than 16 stages inside each other");
}

#[test]
fn texts_with_secrets_without_end() {
    let assert = |script: String, message: &str| {
        let code = instance(&format!("<<-EOT\n#!/bin/bash\n{script}EOT\n  "));
        assert_reached(|repo| repo.write("a.tf", &code), &[], "a.tf", message);
    };
    let word = |at: usize| format!("export A{at}_PASSWORD=\"{}{at}\"", ["quiet", "Harbour"].concat());
    assert(lines(2_100, word), "gives secrets to more than 2,000 names");
    assert("echo 1234567890\n".repeat(80_000), "is longer than 1 MiB");
}

#[test]
fn what_configuration_asks_for() {
    let make = |repo: &Repo| {
        repo.write("keyless.toml", "extends = \"c0.toml\"\n");
        for at in 0..70 {
            repo.write(&format!("c{at}.toml"), format!("extends = \"c{}.toml\"\n", at + 1));
        }
        repo.write("c70.toml", "");
    };
    assert_reached(make, &[], "c", "extends more than 64 files");
    let pattern = |at: usize| {
        format!(
            "[[secrets.patterns]]\nid = \"x-{at}\"\ndescription = \"d\"\nkeyword = \"abc{at}\"\nregex = \"abc{at}[0-9]{{20}}\""
        )
    };
    let make = |repo: &Repo| repo.write("keyless.toml", lines(101, pattern));
    assert_reached(make, &[], "keyless.toml", "more than 100 patterns in a file");
}

#[test]
fn policies_that_are_not_read_are_told() {
    let rule =
        "# id: ORG01\n# title: t\n# input: facts\nrule r when access_keys !empty { access_keys.* exists }\n";
    let deep = format!("rules/{}x.guard", "d/".repeat(17));
    let assert = |make: &dyn Fn(&Repo), path: &str, message: &str| {
        let make = |repo: &Repo| {
            repo.write("rules/own.guard", rule);
            make(repo);
        };
        let repo = Repo::with_violation();
        make(&repo);
        let ran = bounded(&repo, &["check", "--format", "concise", "--policy", "rules"]);
        assert!(ran.code == 2 && ran.stdout.contains(path) && ran.stdout.contains(message), "{ran:?}");
    };
    let is_deep = "rules in more than 16 folders inside each other are not read";
    assert(&|repo| repo.write(&deep, rule), "problem[limit]", is_deep);
    let large = rule.to_owned() + &"# a\n".repeat(300_000);
    assert(&|repo| repo.write("rules/large.guard", &large), "rules/large.guard", "larger than 1 MiB");
    #[cfg(unix)]
    assert(&|repo| repo.link("rules/linked.guard", "own.guard"), "rules/linked.guard", "a link or no file");
}
