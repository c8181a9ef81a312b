//! Policies of one's own: Guard files over templates, plans and facts, and the tools for them.

use crate::harness::{Repo, corpora, findings};
use keyless::policies::own::{Request, Response};
use keyless::syntax::doc::{self, NodeRef};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

const VOLUMES: &str = "# id: ORG01\n# title: volumes are encrypted\n# input: terraform\n\n\
    let volumes = resource_changes[ type == 'aws_ebs_volume' ]\n\
    rule encrypted when %volumes !empty {\n    %volumes.change.after.encrypted == true <<this volume is in clear>>\n}\n";

/// Code, path, line, title of each finding of these codes.
fn found(report: &serde_json::Value, prefix: &str) -> Vec<(String, String, u64, String)> {
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    let all = report["findings"].as_array().unwrap().iter();
    all.filter(|finding| finding["code"].as_str().unwrap().starts_with(prefix))
        .map(|finding| {
            let line = finding["start"]["line"].as_u64().unwrap();
            (text(&finding["code"]), text(&finding["path"]), line, text(&finding["title"]))
        })
        .collect()
}

fn problems(report: &serde_json::Value) -> Vec<String> {
    let all = report["problems"].as_array().unwrap().iter();
    all.map(|problem| {
        format!("{}: {}", problem["path"].as_str().unwrap(), problem["message"].as_str().unwrap())
    })
    .collect()
}

#[test]
fn rules_over_a_plan_judge_code_with_values_in_place() {
    let repo = Repo::new();
    repo.write("rules/volumes.guard", VOLUMES);
    repo.write(
        "code/main.tf",
        "variable \"encrypted\" {\n  default = false\n}\n\nmodule \"v\" {\n  source = \"./v\"\n  encrypted = var.encrypted\n}\n\n\
         resource \"aws_ebs_volume\" \"good\" {\n  encrypted = !var.encrypted\n}\n\n\
         resource \"aws_ebs_volume\" \"unsaid\" {\n  for_each = toset([\"a\", \"b\"])\n  size = 1\n}\n",
    );
    repo.write(
        "code/v/main.tf",
        "variable \"encrypted\" {}\nresource \"aws_ebs_volume\" \"in\" {\n  encrypted = var.encrypted\n}\n",
    );
    let (code, report) = repo.json(&["--policy", "rules", "code"]);
    assert_eq!(code, 1, "{report}");
    let said =
        |line| ("ORG01".to_owned(), "code/main.tf".to_owned(), line, "this volume is in clear".to_owned());
    assert_eq!(found(&report, "ORG"), [said(2), said(14)]);
    let addresses = &report["findings"][1]["addresses"];
    assert_eq!(
        addresses,
        &serde_json::json!(["aws_ebs_volume.unsaid[\"a\"]", "aws_ebs_volume.unsaid[\"b\"]"])
    );
}

#[test]
fn rules_over_templates_see_values_and_stand_on_what_decides_them() {
    let repo = Repo::new();
    repo.write(
        "types.guard",
        "rule SMALL_INSTANCES {\n  Resources.*[ Type == 'AWS::EC2::Instance' ] {\n    Properties.InstanceType in ['t3.micro', 't3.small']\n\
         <<Violation: this instance is too large. Fix: take a t3.micro>>\n  }\n}\n",
    );
    repo.write(
        "t.yaml",
        "Parameters:\n  Size:\n    Type: String\n    Default: m5.24xlarge\n  Free:\n    Type: String\n\
         Conditions:\n  Never: !Equals [a, b]\n\
         Resources:\n  Large:\n    Type: AWS::EC2::Instance\n    Properties:\n      InstanceType: !Ref Size\n\
         \x20 Small:\n    Type: AWS::EC2::Instance\n    Properties:\n      InstanceType: !Join ['.', [t3, micro]]\n\
         \x20 Gone:\n    Type: AWS::EC2::Instance\n    Condition: Never\n    Properties:\n      InstanceType: x1.32xlarge\n",
    );
    let (_, report) = repo.json(&["--policy", "types.guard", "--select", "SMALL_INSTANCES", "t.yaml"]);
    let title = "this instance is too large".to_owned();
    assert_eq!(found(&report, "SMALL"), [("SMALL_INSTANCES".to_owned(), "t.yaml".to_owned(), 4, title)]);
    assert_eq!(report["findings"][0]["help"], "take a t3.micro");
}

#[test]
fn rules_over_facts_may_count() {
    let repo = Repo::new();
    repo.write(
        "one.guard",
        "# id: ORG02\n# title: more than one key\n# input: facts\n# severity: warning\n\n\
         let keys = access_keys.*\nrule one when access_keys !empty {\n  let many = count(%keys)\n  %many <= 1\n}\n",
    );
    repo.write("a/main.tf", "resource \"aws_iam_access_key\" \"a\" {\n  user = \"a\"\n}\n");
    let (_, report) = repo.json(&["--policy", "one.guard"]);
    assert!(found(&report, "ORG").is_empty());
    repo.write(
        "b.yaml",
        "Resources:\n  K:\n    Type: AWS::IAM::AccessKey\n    Properties:\n      UserName: b\n",
    );
    let (_, report) = repo.json(&["--policy", "one.guard"]);
    let title = "more than one key".to_owned();
    assert_eq!(found(&report, "ORG"), [("ORG02".to_owned(), "b.yaml".to_owned(), 2, title)]);
    assert_eq!(findings(&report).len(), 3, "{report}");
}

#[test]
fn what_cannot_be_run_is_named_and_the_rest_is_judged() {
    let repo = Repo::with_violation();
    repo.write("rules/circle.guard", "let a = %b\nlet b = %a\nrule CIRCLE { %a exists }\n");
    repo.write("rules/broken.guard", "rule BROKEN {\n  Resources.* {\n    Type ==\n  }\n}\n");
    repo.write("rules/unknown.guard", "rule UNKNOWN {\n  %nobody exists\n}\n");
    repo.write("rules/regex.guard", "rule REGEX {\n  Resources.*.Type == /(a)\\1/\n}\n");
    repo.write(
        "rules/header.guard",
        "# id: ORG09\n# titel: x\n# input: facts\nrule h { access_keys exists }\n",
    );
    repo.write("rules/good.guard", VOLUMES);
    repo.write("v.tf", "resource \"aws_ebs_volume\" \"v\" {\n  encrypted = false\n}\n");
    repo.write("t.yaml", "Resources:\n  B:\n    Type: AWS::S3::Bucket\n");
    let (code, report) = repo.json(&["--policy", "rules"]);
    assert_eq!(code, 2);
    let problems = problems(&report);
    for (file, why) in [
        ("rules/circle.guard", "circle"),
        ("rules/broken.guard", "does not understand"),
        ("rules/unknown.guard", "nobody"),
        ("rules/header.guard", "`titel` is not a key here"),
    ] {
        assert!(
            problems.iter().any(|said| said.starts_with(file) && said.contains(why)),
            "{file}: {problems:?}"
        );
    }
    assert_eq!(found(&report, "ORG01").len(), 1);
    assert_eq!(found(&report, "IMDS01").len(), 1);
    let broken = report["problems"]
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["path"] == "rules/broken.guard")
        .unwrap();
    assert_eq!(broken["start"]["line"], 3, "{broken}");
}

#[test]
fn codes_and_names_belong_to_one_policy() {
    let repo = Repo::with_violation();
    let rules = |id: &str, name: &str| {
        format!("# id: {id}\n# name: {name}\n# title: t\n# input: facts\nrule r {{ access_keys exists }}\n")
    };
    for (id, name) in [("IMDS01", "mine"), ("imds01", "mine"), ("ORG01", "imdsv1-allowed")] {
        repo.write("mine.guard", rules(id, name));
        let (code, report) = repo.json(&["--policy", "mine.guard"]);
        assert_eq!(code, 2, "{id} {name}");
        assert!(problems(&report)[0].contains("is that of a policy of keyless"), "{report}");
        assert_eq!(found(&report, "IMDS01").len(), 1);
    }
    repo.write("rules/a.guard", rules("ORG01", "a"));
    repo.write("rules/b.guard", rules("ORG01", "b"));
    let (code, report) = repo.json(&["--policy", "rules"]);
    assert_eq!((code, problems(&report).len()), (2, 1), "{report}");
}

#[test]
fn own_policies_are_selected_like_any_other() {
    let repo = Repo::with_violation();
    repo.write("volumes.guard", VOLUMES);
    repo.write("v.tf", "resource \"aws_ebs_volume\" \"v\" {\n  encrypted = false\n}\n");
    let codes = |args: &[&str]| -> BTreeSet<String> {
        let (_, report) = repo.json(&[&["--policy", "volumes.guard"], args].concat());
        assert_eq!(problems(&report), [] as [&str; 0]);
        found(&report, "").into_iter().map(|(code, ..)| code).collect()
    };
    assert_eq!(codes(&["--select", "ORG"]), BTreeSet::from(["ORG01".to_owned()]));
    assert!(!codes(&["--ignore", "volumes"]).contains("ORG01"));
    let ran = repo.run(&["check", "--select", "ORG01"]);
    assert_eq!(ran.code, 2, "without the file there is no such policy: {ran:?}");
}

#[test]
fn a_scaffold_passes_its_own_tests_and_one_that_is_wrong_does_not() {
    for input in ["facts", "cloudformation", "terraform"] {
        let repo = Repo::new();
        let made = repo.run(&["policies", "new", "mine", "--code", "ORG07", "--input", input]);
        assert_eq!(made.code, 0, "{made:?}");
        let tried = repo.run(&["policies", "test", "policies"]);
        assert_eq!(
            (tried.code, tried.stdout.as_str()),
            (0, "1 file of rules: 1 cases passed, 0 failed\n"),
            "{input}"
        );
        assert_eq!(repo.run(&["policies", "new", "mine"]).code, 2, "what is there stays");
        let rules = fs::read_to_string(repo.path().join("policies/mine.guard")).unwrap();
        repo.write(
            "policies/mine.guard",
            rules.replace("rule mine", "# Nothing like it is there.\nrule mine").replace("==", "!="),
        );
        if input != "facts" {
            let tried = repo.run(&["policies", "test", "policies"]);
            assert_eq!(tried.code, 1, "{input}: {tried:?}");
            assert!(
                tried.stdout.contains("missing: ORG07") || tried.stdout.contains("not expected"),
                "{tried:?}"
            );
        }
        let listed = repo.run(&["policies", "--policy", "policies"]);
        assert!(listed.stdout.contains("ORG07"), "{listed:?}");
        let page = repo.run(&["explain", "--policy", "policies", "ORG07"]);
        assert!(page.stdout.starts_with("# ORG07 mine"), "{page:?}");
    }
}

#[test]
fn a_secret_that_an_own_policy_points_at_is_masked() {
    let repo = Repo::new();
    let secret = ["hunter", "2-very", "-private"].concat();
    repo.write("t.yaml", format!("Resources:\n  D:\n    Type: AWS::RDS::DBInstance\n    Properties:\n      MasterUserPassword: {secret}\n"));
    repo.write("r.guard", "rule NO_PASSWORD {\n  Resources.*.Properties.MasterUserPassword not exists <<no password here>>\n}\n");
    for format in crate::harness::FORMATS {
        let ran = repo.run(&["check", "--format", format, "--policy", "r.guard", "--select", "NO_PASSWORD"]);
        assert!(ran.stdout.replace("&#95;", "_").contains("NO_PASSWORD"), "{ran:?}");
        assert!(!ran.stdout.contains(&secret) && !ran.stderr.contains(&secret), "{format}");
    }
}

#[test]
fn the_tests_of_the_registry_of_aws_pass() {
    let Some(registry) = corpora().map(|corpora| corpora.join("guard-registry")) else { return };
    let folder = registry.to_str().unwrap();
    let repo = Repo::new();
    let tried = repo.run(&["policies", "test", folder]);
    assert_eq!(tried.code, 0, "{tried:?}");
    assert!(
        tried.stdout.starts_with("209 files of rules: ") && tried.stdout.ends_with(" 0 failed\n"),
        "{tried:?}"
    );
}

/// Every test of AWS's registry as code in a file: the verdict that `cfn-guard` has.
#[test]
#[ignore = "takes a minute"]
fn the_registry_of_aws_says_the_same_of_files() {
    let Some(registry) = corpora().map(|corpora| corpora.join("guard-registry")) else { return };
    let mut compared = 0;
    for rules in files(&registry, "guard") {
        compared += compare(&rules);
    }
    assert!(compared > 1_400, "{compared}");
}

/// Holds what `check` finds in the documents of a file's tests against what these expect; how many verdicts that are.
fn compare(rules: &Path) -> usize {
    let stem = rules.file_stem().unwrap().to_str().unwrap();
    let siblings: Vec<String> = files(rules.parent().unwrap(), "guard")
        .iter()
        .map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned())
        .collect();
    let is_ours = |test: &str| {
        let of = siblings.iter().filter(|stem| test.starts_with(stem.as_str())).max_by_key(|stem| stem.len());
        of.is_some_and(|of| of == stem)
    };
    let repo = Repo::new();
    let mut expected: BTreeMap<(String, String), bool> = BTreeMap::new();
    for test in files(&rules.parent().unwrap().join("tests"), "yml") {
        let name = test.file_stem().unwrap().to_str().unwrap();
        if is_ours(name) {
            let text = fs::read_to_string(&test).unwrap();
            let document = doc::parse(&text).unwrap();
            for (at, case) in document.roots(&text).flat_map(NodeRef::items).enumerate() {
                let file = format!("{name}-{at}.yaml");
                let input = case.get("input").unwrap();
                if input.entries().len() > 0 {
                    repo.write(&file, dedented(&text, input));
                }
                for (rule, verdict) in case.get("expectations").unwrap().get("rules").unwrap().entries() {
                    let fails = verdict.scalar_text().unwrap() == "FAIL";
                    expected.insert((file.clone(), rule.scalar_text().unwrap().into_owned()), fails);
                }
            }
        }
    }
    let Response::Parsed(parsed) = ask(&Request::Parse { rules: fs::read_to_string(rules).unwrap() }) else {
        panic!("{} is not parsed", rules.display());
    };
    let parts: BTreeSet<&String> = parsed.iter().flat_map(|rule| &rule.parts).collect();
    let said: BTreeSet<&String> =
        parsed.iter().map(|rule| &rule.name).filter(|name| !parts.contains(name)).collect();
    let (_, report) = repo.json(&["--policy", rules.to_str().unwrap()]);
    let found: BTreeSet<(String, String)> =
        found(&report, "").into_iter().map(|(code, path, ..)| (path, code)).collect();
    expected.retain(|(_, rule), _| said.contains(rule));
    for ((file, rule), fails) in &expected {
        let has = found.contains(&(file.clone(), rule.clone()));
        assert_eq!(has, *fails, "{}: {rule} in {file}: {report}", rules.display());
    }
    expected.len()
}

/// A node as a text of its own, to the end of its last line.
fn dedented(text: &str, node: NodeRef<'_>) -> String {
    let span = node.full_span();
    let (start, end) = (span.start as usize, span.end as usize);
    let column = start - text[..start].rfind('\n').map_or(0, |at| at + 1);
    let end = text[end..].find('\n').map_or(text.len(), |at| end + at);
    format!("{}{}\n", " ".repeat(column), &text[start..end])
}

fn ask(request: &Request) -> Response {
    use std::io::Write;
    let mut child = crate::harness::command(Path::new("."), &["guard-worker"])
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let line = serde_json::to_string(request).unwrap() + "\n";
    child.stdin.take().unwrap().write_all(line.as_bytes()).unwrap();
    serde_json::from_slice(&child.wait_with_output().unwrap().stdout).unwrap()
}

fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() && ending == "guard" {
            found.extend(files(&path, ending));
        } else if path.extension().is_some_and(|end| end == ending || (ending == "yml" && end == "yaml")) {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// `line:title` of what a file of rules without a header finds.
fn lines(repo: &Repo, rules: &str) -> Vec<(u64, String)> {
    repo.write("r.guard", rules);
    let (_, report) = repo.json(&["--policy", "r.guard", "t.yaml"]);
    assert_eq!(problems(&report), [] as [&str; 0]);
    let mut said: Vec<(u64, String)> =
        found(&report, "OWN").into_iter().map(|(_, _, line, title)| (line, title)).collect();
    said.sort();
    said
}

#[test]
fn what_a_loop_makes_is_judged() {
    let repo = Repo::new();
    repo.write(
        "t.yaml",
        "Transform: AWS::LanguageExtensions\nResources:\n  Fn::ForEach::Outer:\n    - Side\n    - [Left, Right]\n    - Fn::ForEach::Inner:\n\
         \x20       - Name\n        - [One, Two]\n        - Bucket${Side}${Name}:\n            Type: AWS::S3::Bucket\n            Properties:\n\
         \x20             BucketName: !Sub b-${Side}-${Name}\n",
    );
    let rules = "rule OWN_NAME { AWS::S3::Bucket { Properties.BucketName != 'b-Right-Two' <<taken>> } }\n\
                 rule OWN_COUNT when Resources exists { let b = Resources.*\n let n = count(%b)\n %n < 4 <<four>> }\n";
    let said: Vec<String> = lines(&repo, rules).into_iter().map(|(_, title)| title).collect();
    assert!(said.contains(&"taken".to_owned()) && said.contains(&"four".to_owned()), "{said:?}");
}

#[test]
fn a_nested_template_is_judged_as_each_stack_that_it_makes() {
    let repo = Repo::new();
    repo.write(
        "t.yaml",
        "Resources:\n  A:\n    Type: AWS::CloudFormation::Stack\n    Properties:\n      TemplateURL: ./n.yaml\n      Parameters: {Size: small}\n\
         \x20 B:\n    Type: AWS::CloudFormation::Stack\n    Properties:\n      TemplateURL: ./n.yaml\n      Parameters: {Size: large}\n\
         \x20 C:\n    Type: AWS::CloudFormation::Stack\n    Properties:\n      TemplateURL: ./n.yaml\n      Parameters: {Size: small}\n",
    );
    repo.write(
        "n.yaml",
        "Parameters:\n  Size: {Type: String}\nResources:\n  Q:\n    Type: AWS::SQS::Queue\n    Properties:\n      QueueName: !Ref Size\n",
    );
    let rules = |name: &str| {
        format!("rule OWN_SIZE {{ AWS::SQS::Queue {{ Properties.QueueName != '{name}' <<not this>> }} }}\n")
    };
    let line = |line| (line, "not this".to_owned());
    assert_eq!(lines(&repo, &rules("large")), [line(11)]);
    assert_eq!(lines(&repo, &rules("small")), [line(6), line(16)]);
}

#[test]
fn every_resource_and_parameter_that_fails_is_told_of() {
    let repo = Repo::new();
    repo.write(
        "t.yaml",
        "Parameters:\n  A: {Type: String, Default: x}\n  B: {Type: String, Default: y}\nResources:\n  U:\n    Type: AWS::IAM::User\n\
         \x20 V:\n    Type: AWS::IAM::User\n    DeletionPolicy: Delete\n  W:\n    Type: AWS::IAM::User\n    DeletionPolicy: Delete\n",
    );
    let rules = "rule OWN_USER { Resources.*.Type != 'AWS::IAM::User' <<user>> }\n\
                 rule OWN_KEEP { Resources.*.DeletionPolicy == 'Retain' <<keep>> }\n\
                 rule OWN_PARAMETER { Parameters.*.Default not exists <<default>> }\n";
    let said = [
        (2, "default"),
        (3, "default"),
        (5, "keep"),
        (6, "user"),
        (8, "user"),
        (9, "keep"),
        (11, "user"),
        (12, "keep"),
    ];
    assert_eq!(lines(&repo, rules), said.map(|(line, title)| (line, title.to_owned())));
}

#[test]
fn planned_values_and_actions_stand_on_their_resources() {
    let repo = Repo::new();
    repo.write(
        "main.tf",
        "module \"v\" {\n  source = \"./v\"\n}\nresource \"aws_ebs_volume\" \"a\" {\n  encrypted = false\n}\n\
         resource \"aws_ebs_volume\" \"b\" {\n  encrypted = true\n}\n",
    );
    repo.write("v/main.tf", "resource \"aws_ebs_volume\" \"in\" {\n  encrypted = false\n}\n");
    let rules = "rule OWN_CLEAR { planned_values..resources[*].values.encrypted == true <<clear>> }\n";
    let rules = rules.replace("planned_values..", "planned_values.root_module.");
    let inner = "rule OWN_INNER { planned_values.root_module.child_modules[*].resources[*].values.encrypted == true <<inner>> }\n";
    let acts = "rule OWN_ACTS { resource_changes[*].change.actions[*] != 'create' <<made>> }\n";
    repo.write("r.guard", format!("{rules}{inner}{acts}"));
    let (_, report) = repo.json(&["--policy", "r.guard"]);
    let places: Vec<(String, u64, String)> =
        found(&report, "OWN").into_iter().map(|(_, path, line, title)| (path, line, title)).collect();
    let expected = [
        ("main.tf", 4, "made"),
        ("main.tf", 5, "clear"),
        ("main.tf", 7, "made"),
        ("v/main.tf", 1, "made"),
        ("v/main.tf", 2, "inner"),
    ];
    assert_eq!(places, expected.map(|(path, line, title)| (path.to_owned(), line, title.to_owned())));
}

#[test]
fn policies_that_configuration_names_are_listed_and_explained() {
    let repo = Repo::new();
    repo.write("rules/volumes.guard", VOLUMES);
    repo.write("keyless.toml", "policies = [\"rules\"]\n");
    let listed = repo.run(&["policies"]);
    assert!(listed.stdout.contains("volumes are encrypted"), "{listed:?}");
    assert!(repo.run(&["explain", "ORG01"]).stdout.starts_with("# ORG01 volumes"));
}

#[test]
fn forms_of_tokens_are_tried_on_their_examples() {
    let repo = Repo::new();
    repo.write("rules/volumes.guard", VOLUMES);
    let pattern = |example: &str| {
        format!(
            "[[secrets.patterns]]\nid = \"acme\"\ndescription = \"ACME\"\nregex = 'acme_[0-9]{{4}}'\nexample = \"{example}\"\n"
        )
    };
    repo.write("keyless.toml", pattern("x acme_1234"));
    let tried = repo.run(&["policies", "test", "rules"]);
    assert_eq!((tried.code, tried.stdout.as_str()), (0, "1 file of rules: 1 cases passed, 0 failed\n"));
    repo.write("keyless.toml", pattern("x acme_123"));
    let tried = repo.run(&["policies", "test", "rules"]);
    assert_eq!(tried.code, 2, "{tried:?}");
    assert!(tried.stdout.contains("keyless.toml:5:"), "{tried:?}");
    assert!(tried.stdout.contains("`acme` is not found in example 1"), "{tried:?}");
}

#[test]
fn a_plan_says_what_is_done_and_what_was_there_before() {
    let repo = Repo::new();
    let change = |address: &str, index: &str, actions: &str| {
        format!(
            "{{\"address\": \"{address}\", \"mode\": \"managed\", \"type\": \"aws_ebs_volume\", \"name\": \"v\"{index}, \
             \"provider_name\": \"registry.terraform.io/hashicorp/aws\", \"change\": {{\"actions\": [{actions}], \
             \"before\": {{\"size\": 1, \"id\": \"vol-1\"}}, \"after\": {{\"size\": 2, \"encrypted\": false, \"iops\": 100}}, \
             \"after_unknown\": {{\"id\": true}}, \"before_sensitive\": {{}}, \"after_sensitive\": {{}}}}}}"
        )
    };
    let changes = [
        change("aws_ebs_volume.v[0]", ", \"index\": 0", "\"delete\", \"create\""),
        change("aws_ebs_volume.v[1]", ", \"index\": 1", "\"delete\", \"create\""),
        change("aws_ebs_volume.w", "", "\"update\""),
    ];
    let plan = format!(
        "{{\"format_version\": \"1.2\", \"terraform_version\": \"1.9.0\", \"planned_values\": {{}}, \"resource_changes\": [{}]}}",
        changes.join(", ")
    );
    repo.write("plan.json", plan);
    let rules = "rule OWN_REPLACED { resource_changes[*] { change.actions[*] != 'delete' <<replaced>> } }\n\
        rule OWN_GROWN { resource_changes[ address == 'aws_ebs_volume.w' ].change.before.size == 2 <<grown>> }\n\
        rule OWN_IOPS { planned_values.root_module.resources[*].values.iops == 200 <<slow>> }\n\
        rule OWN_MANY { let all = resource_changes[*]\n let n = count(%all)\n %n != 3 <<three>> }\n\
        rule OWN_UNKNOWN { resource_changes[*].change.after_unknown.id not exists <<later>> }\n";
    repo.write("r.guard", rules);
    let told = |args: &[&str]| -> BTreeSet<(String, String)> {
        let (_, report) = repo.json(args);
        assert_eq!(problems(&report), [] as [&str; 0]);
        let all = report["findings"].as_array().unwrap().iter();
        all.filter(|finding| finding["code"].as_str().unwrap().starts_with("OWN"))
            .map(|finding| (finding["title"].as_str().unwrap().to_owned(), finding["addresses"].to_string()))
            .collect()
    };
    let (v, w) = (r#"["aws_ebs_volume.v[0]","aws_ebs_volume.v[1]"]"#, r#"["aws_ebs_volume.w"]"#);
    let alone = told(&["--policy", "r.guard", "plan.json"]);
    for (title, addresses) in
        [("replaced", v), ("grown", w), ("slow", v), ("slow", w), ("later", v), ("later", w)]
    {
        assert!(alone.contains(&(title.to_owned(), addresses.to_owned())), "{title}: {alone:?}");
    }
    assert!(!alone.contains(&("replaced".to_owned(), w.to_owned())));
    assert!(alone.iter().any(|(title, _)| title == "three"), "{alone:?}");
    repo.write(
        "main.tf",
        "resource \"aws_ebs_volume\" \"v\" {\n  count = 2\n  size = 2\n  encrypted = false\n}\n\
         resource \"aws_ebs_volume\" \"w\" {\n  size = 2\n  encrypted = false\n}\n",
    );
    let beside = told(&["--policy", "r.guard", "--source", ".", "plan.json"]);
    for (title, addresses) in [("replaced", v), ("grown", w), ("slow", w), ("later", v)] {
        assert!(beside.contains(&(title.to_owned(), addresses.to_owned())), "{title}: {beside:?}");
    }
}
