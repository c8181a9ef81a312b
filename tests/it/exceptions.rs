//! Exceptions, wherever they may stand: what they silence, what they leave, and what is said of them.

use crate::harness::{Ran, Repo, findings, problems};
use crate::policies::with_secrets;
use proptest::prelude::*;
use serde_json::Value as Json;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

/// `CODE path:line kind reason until`.
fn suppressed(report: &Json) -> Vec<String> {
    let all = report["suppressed"].as_array().unwrap().iter();
    let text = |value: &Json| value.as_str().unwrap_or("-").to_owned();
    all.map(|finding| {
        let said = &finding["suppression"];
        let place = format!("{}:{}", text(&finding["path"]), finding["start"]["line"]);
        let words = format!("{} {} {}", text(&said["kind"]), text(&said["reason"]), text(&said["until"]));
        format!("{} {place} {words}", text(&finding["code"]))
    })
    .collect()
}

/// Files, with one line that says the exception; and what is silent because of it.
type Place = (&'static str, &'static [(&'static str, &'static str)], &'static str);

const MODULE: (&str, &str) = (
    "m/main.tf",
    "variable \"tokens\" {}\nresource \"aws_launch_template\" \"t\" {\n  iam_instance_profile { name = \"p\" }\n  metadata_options {\n    \
     http_tokens = var.tokens\n  }\n}\n",
);

const PLACES: &[Place] = &[
    (
        "above a block",
        &[(
            "a.tf",
            "# keyless: ignore[IMDS02] why\nresource \"aws_instance\" \"a\" {\n  iam_instance_profile = \"p\"\n}\n",
        )],
        "IMDS02 a.tf:2 comment why -",
    ),
    (
        "above a block, with other comments and a blank line between",
        &[(
            "a.tf",
            "// keyless: ignore[imdsv2-not-required] why\n/* more */ # and more\n\nresource \"aws_instance\" \"a\" {\n  \
             iam_instance_profile = \"p\"\n}\n",
        )],
        "IMDS02 a.tf:4 comment why -",
    ),
    (
        "behind a header",
        &[(
            "a.tf",
            "resource \"aws_instance\" \"a\" { // keyless: ignore[IMDS02] until=2999-12-31 why\n  iam_instance_profile = \"p\"\n}\n",
        )],
        "IMDS02 a.tf:1 comment why 2999-12-31",
    ),
    (
        "in a comment of several lines",
        &[(
            "a.tf",
            "/*\n * An old machine.\n * keyless: ignore[IMDS02] why\n */\nresource \"aws_instance\" \"a\" {\n  \
             iam_instance_profile = \"p\"\n}\n",
        )],
        "IMDS02 a.tf:5 comment why -",
    ),
    (
        "behind an argument",
        &[(
            "a.tf",
            "resource \"aws_db_instance\" \"a\" {\n  password = \"@RANDOM@\" # keyless: ignore[SEC01] why\n}\n",
        )],
        "SEC01 a.tf:2 comment why -",
    ),
    (
        "before an argument",
        &[(
            "a.tf",
            "resource \"aws_db_instance\" \"a\" {\n  /* keyless: ignore[SEC01] why */ password = \"@RANDOM@\"\n}\n",
        )],
        "SEC01 a.tf:2 comment why -",
    ),
    (
        "above an argument of several lines",
        &[(
            "a.tf",
            "resource \"aws_lambda_function\" \"a\" {\n  environment {\n    # keyless: ignore[SEC05] why\n    variables = {\n      A = \"b\"\n      \
             DB_PASSWORD = \"@RANDOM@\"\n    }\n  }\n}\n",
        )],
        "SEC05 a.tf:6 comment why -",
    ),
    (
        "above a nested block",
        &[(
            "a.tf",
            "resource \"aws_instance\" \"a\" {\n  iam_instance_profile = \"p\"\n  # keyless: ignore[IMDS01] why\n  metadata_options {\n    \
             http_tokens = \"optional\"\n  }\n}\n",
        )],
        "IMDS01 a.tf:5 comment why -",
    ),
    (
        "at the resource, of a literal elsewhere",
        &[(
            "a.tf",
            "variable \"p\" {\n  default = \"@RANDOM@\"\n}\n# keyless: ignore[SEC01] why\nresource \"aws_db_instance\" \"a\" {\n  \
             password = var.p\n}\n",
        )],
        "SEC01 a.tf:2 comment why -",
    ),
    (
        "in a file of values",
        &[
            (
                "a.tf",
                "variable \"tokens\" {}\nresource \"aws_instance\" \"a\" {\n  iam_instance_profile = \"p\"\n  metadata_options {\n    \
              http_tokens = var.tokens\n  }\n}\n",
            ),
            ("a.auto.tfvars", "# keyless: ignore[IMDS01] why\ntokens = \"optional\"\n"),
        ],
        "IMDS01 a.auto.tfvars:2 comment why -",
    ),
    (
        "at a module call",
        &[
            MODULE,
            (
                "a.tf",
                "# keyless: ignore[IMDS01] why\nmodule \"a\" {\n  source = \"./m\"\n  tokens = \"optional\"\n}\n",
            ),
        ],
        "IMDS01 a.tf:4 comment why -",
    ),
    (
        "on a line of the way",
        &[
            (
                "m/main.tf",
                "variable \"tokens\" {}\nresource \"aws_launch_template\" \"t\" {\n  iam_instance_profile { name = \"p\" }\n  \
              metadata_options {\n    http_tokens = var.tokens # keyless: ignore[IMDS01] why\n  }\n}\n",
            ),
            ("a.tf", "module \"a\" {\n  source = \"./m\"\n  tokens = \"optional\"\n}\n"),
        ],
        "IMDS01 a.tf:3 comment why -",
    ),
    (
        "for a file",
        &[(
            "a.tf",
            "# Old machines.\n# keyless: ignore-file[IMDS02] why\n\nlocals {}\nresource \"aws_instance\" \"a\" {\n  \
             iam_instance_profile = \"p\"\n}\n",
        )],
        "IMDS02 a.tf:5 comment why -",
    ),
    (
        "of an open question",
        &[(
            "a.tf",
            "variable \"t\" {}\n# keyless: ignore[IMDS01] why\nresource \"aws_instance\" \"a\" {\n  iam_instance_profile = \"p\"\n  \
             metadata_options {\n    http_tokens = var.t\n  }\n}\n",
        )],
        "IMDS01 a.tf:6 comment why -",
    ),
    (
        "of a module that is not here",
        &[(
            "a.tf",
            "# keyless: ignore[IMDS02] why\nmodule \"a\" {\n  source = \"example/instance/aws\"\n}\n",
        )],
        "IMDS02 a.tf:2 comment why -",
    ),
    (
        "in Terragrunt",
        &[
            ("m/main.tf", "variable \"p\" {}\nresource \"aws_db_instance\" \"a\" {\n  password = var.p\n}\n"),
            (
                "live/terragrunt.hcl",
                "terraform {\n  source = \"../m\"\n}\ninputs = {\n  # keyless: ignore[SEC01] why\n  p = \"@RANDOM@\"\n}\n",
            ),
        ],
        "SEC01 live/terragrunt.hcl:6 comment why -",
    ),
    (
        "in Terraform's JSON",
        &[(
            "a.tf.json",
            "{\"resource\": {\"aws_instance\": {\"a\": {\n\"//\": \"keyless: ignore[IMDS02] why\",\n\"iam_instance_profile\": \"p\"}}}}",
        )],
        "IMDS02 a.tf.json:1 metadata why -",
    ),
    (
        "in CDKTF's data",
        &[(
            "a.tf.json",
            "{\"resource\": {\"aws_instance\": {\"a\": [{\"//\": {\"metadata\": {\"path\": \"a/b\"},\n\"keyless\": [\"ignore[IMDS02] why\"]},\n\
             \"iam_instance_profile\": \"p\"}]}}}",
        )],
        "IMDS02 a.tf.json:1 metadata why -",
    ),
    (
        "for a file of Terraform's JSON",
        &[(
            "a.tf.json",
            "{\"//\": [\"more\", \"keyless: ignore-file[IMDS02] why\"],\n\"resource\": {\"aws_instance\": {\"a\": {\"iam_instance_profile\": \"p\"}}}}",
        )],
        "IMDS02 a.tf.json:2 metadata why -",
    ),
    (
        "above a logical id",
        &[(
            "a.yaml",
            "Resources:\n  # keyless: ignore[IMDS02] why\n  A:\n    Type: AWS::EC2::Instance\n    Properties: {IamInstanceProfile: p}\n",
        )],
        "IMDS02 a.yaml:3 comment why -",
    ),
    (
        "behind a logical id",
        &[(
            "a.yaml",
            "Resources:\n  A: # keyless: ignore[IMDS02] why\n    Type: AWS::EC2::Instance\n    Properties: {IamInstanceProfile: p}\n",
        )],
        "IMDS02 a.yaml:2 comment why -",
    ),
    (
        "behind a property",
        &[(
            "a.yaml",
            "Resources:\n  A:\n    Type: AWS::RDS::DBInstance\n    Properties:\n      MasterUserPassword: '@RANDOM@' # keyless: ignore[SEC01] why\n",
        )],
        "SEC01 a.yaml:5 comment why -",
    ),
    (
        "above an item",
        &[(
            "a.yaml",
            "Resources:\n  A:\n    Type: AWS::ECS::TaskDefinition\n    Properties:\n      TaskRoleArn: r\n      ContainerDefinitions:\n        - Name: a\n          \
             Image: i\n          Environment:\n            # keyless: ignore[SEC05] why\n            - Name: DB_PASSWORD\n              Value: '@RANDOM@'\n",
        )],
        "SEC05 a.yaml:12 comment why -",
    ),
    (
        "at a parameter",
        &[(
            "a.yaml",
            "Parameters:\n  # keyless: ignore[SEC01] why\n  P:\n    Type: String\n    NoEcho: true\n    Default: '@RANDOM@'\nResources:\n  A:\n    \
             Type: AWS::RDS::DBInstance\n    Properties:\n      MasterUserPassword: !Ref P\n",
        )],
        "SEC01 a.yaml:6 comment why -",
    ),
    (
        "for a template",
        &[(
            "a.yaml",
            "---\n# keyless: ignore-file[IMDS02] why\nResources:\n  A:\n    Type: AWS::EC2::Instance\n    Properties: {IamInstanceProfile: p}\n",
        )],
        "IMDS02 a.yaml:4 comment why -",
    ),
    (
        "in a resource's metadata",
        &[(
            "a.yaml",
            "Resources:\n  A:\n    Type: AWS::EC2::Instance\n    Metadata:\n      keyless: ignore[IMDS02] until=2999-12-31 why\n    \
             Properties: {IamInstanceProfile: p}\n",
        )],
        "IMDS02 a.yaml:2 metadata why 2999-12-31",
    ),
    (
        "in metadata of JSON",
        &[(
            "a.json",
            "{\"Resources\": {\"A\": {\"Type\": \"AWS::EC2::Instance\", \"Metadata\": {\"keyless\": [\"ignore[IMDS02] \\u0077hy\"]},\n\
             \"Properties\": {\"IamInstanceProfile\": \"p\"}}}}",
        )],
        "IMDS02 a.json:1 metadata why -",
    ),
    (
        "in a template's metadata",
        &[(
            "a.json",
            "{\"Metadata\": {\"keyless\": \"ignore[IMDS02] why\"}, \"Resources\": {\"A\": {\"Type\": \"AWS::EC2::Instance\",\n\
             \"Properties\": {\"IamInstanceProfile\": \"p\"}}}}",
        )],
        "IMDS02 a.json:1 metadata why -",
    ),
    (
        "in samconfig.toml",
        &[
            (
                "template.yaml",
                "Parameters:\n  Tokens: {Type: String}\nResources:\n  A:\n    Type: AWS::EC2::LaunchTemplate\n    Properties:\n      LaunchTemplateData:\n        \
                 IamInstanceProfile: {Name: p}\n        MetadataOptions: {HttpTokens: !Ref Tokens}\n",
            ),
            (
                "samconfig.toml",
                "version = 0.1\n[default.deploy.parameters]\n# keyless: ignore[IMDS01] why\nparameter_overrides = \"Tokens=optional\"\n",
            ),
        ],
        "IMDS01 samconfig.toml:4 comment why -",
    ),
    (
        "in a file of variables",
        &[("a.tf", "locals {}\n"), (".env", "# keyless: ignore[SEC02] why\nGITHUB_TOKEN=@GITHUB@\n")],
        "SEC02 .env:2 comment why -",
    ),
];

fn repo(files: &[(&str, &str)]) -> Repo {
    let repo = Repo::new();
    for (path, text) in files {
        repo.write(path, with_secrets(text));
    }
    repo
}

#[test]
fn an_exception_holds_wherever_it_may_stand() {
    let mut wrong = Vec::new();
    for (name, files, expected) in PLACES {
        let (code, report) = repo(files).json(&[]);
        let open = report["cannot_tell"].as_array().unwrap().len();
        if (code, findings(&report).len(), open) != (0, 0, 0) || suppressed(&report) != [*expected] {
            let open = &report["cannot_tell"];
            wrong.push(format!("{name}: {code} {:?} {:?} {open}", findings(&report), suppressed(&report)));
        }
        // Without it, or with another policy's code, the same is told.
        let others: Vec<_> = files
            .iter()
            .map(|(path, text)| {
                (*path, text.replace("keyless: ignore", "none: ignore").replace("keyless\"", "none\""))
            })
            .collect();
        let others: Vec<_> = others
            .iter()
            .map(|(path, text)| (*path, text.replace("      keyless: ", "      none: ")))
            .collect();
        let others: Vec<_> = others.iter().map(|(path, text)| (*path, text.as_str())).collect();
        let (_, report) = repo(&others).json(&[]);
        let told = findings(&report).len() + report["cannot_tell"].as_array().unwrap().len();
        if told != 1 || !suppressed(&report).is_empty() {
            wrong.push(format!("{name}, without: {:?} {:?}", findings(&report), suppressed(&report)));
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn what_is_no_comment_is_no_exception() {
    for text in [
        "resource \"aws_instance\" \"a\" {\n  iam_instance_profile = \"p\"\n  user_data = <<-EOT\n    # keyless: ignore[IMDS02] why\n  EOT\n}\n",
        "resource \"aws_instance\" \"a\" {\n  iam_instance_profile = \"p\" \n  tags = { a = \"# keyless: ignore[IMDS02] why\" }\n}\n",
        "resource \"aws_instance\" \"a\" {\n  iam_instance_profile = \"p\"\n}\n# keyless is great: ignore[IMDS02] why\n",
    ] {
        let (_, report) = repo(&[("a.tf", text)]).json(&[]);
        assert_eq!(findings(&report), ["IMDS02 a.tf:1"], "{text}");
    }
    let yaml = "Resources:\n  A:\n    Type: AWS::EC2::Instance\n    Properties:\n      IamInstanceProfile: p\n      UserData: |\n        # keyless: ignore[IMDS02] why\n";
    let (_, report) = repo(&[("a.yaml", yaml)]).json(&[]);
    assert_eq!(findings(&report), ["IMDS02 a.yaml:2"]);
}

#[test]
fn an_exception_at_a_call_leaves_the_other_calls() {
    let calls = "# keyless: ignore[IMDS01] why\nmodule \"a\" {\n  source = \"./m\"\n}\nmodule \"b\" {\n  source = \"./m\"\n}\n";
    let module = "resource \"aws_instance\" \"a\" {\n  iam_instance_profile = \"p\"\n  metadata_options {\n    http_tokens = \"optional\"\n  }\n}\n";
    let (code, report) = repo(&[("a.tf", calls), ("m/main.tf", module)]).json(&[]);
    assert_eq!((code, findings(&report)), (1, vec!["IMDS01 m/main.tf:4".to_owned()]));
    assert_eq!(report["findings"][0]["addresses"], serde_json::json!(["module.b.aws_instance.a"]));
    assert_eq!(suppressed(&report), ["IMDS01 m/main.tf:4 comment why -"]);
    assert_eq!(report["suppressed"][0]["addresses"], serde_json::json!(["module.a.aws_instance.a"]));
}

#[test]
fn a_plan_keeps_what_its_source_says() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/plans/dynamic");
    let repo = Repo::new();
    let mut lines = 0;
    for entry in fs::read_dir(&source).unwrap().map(|entry| entry.unwrap().path()) {
        let name = entry.file_name().unwrap().to_str().unwrap().to_owned();
        if entry.is_file() {
            let mut text = with_secrets(&fs::read_to_string(&entry).unwrap());
            if name.ends_with(".tf") {
                lines += 1;
                text = format!(
                    "# keyless: ignore-file[IMDS01,IMDS02,EC201,EC202,SEC01,SEC05,KEY01,KEY02] why\n{text}"
                );
            }
            repo.write(&name, text);
        }
    }
    assert!(lines > 0);
    let plan = fs::read_dir(&source)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .find(|path| path.extension().is_some_and(|end| end == "json"));
    let plan = plan.unwrap().file_name().unwrap().to_str().unwrap().to_owned();
    let (_, report) = repo.json(&[&plan]);
    assert!(!suppressed(&report).is_empty(), "{report:#}");
    assert_eq!(findings(&report), <[String; 0]>::default(), "{report:#}");
}

/// A CDK app has them in the metadata of a resource, and of a construct for all below it.
#[test]
fn an_app_of_the_cdk_says_it_in_metadata() {
    let shop = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/cdk/shop");
    let mut files = Vec::new();
    collect_texts(&shop, "", &mut files);
    let metadata = "cdk.out/assembly-Test/TestShop65BA69B7.metadata.json";
    let run = |edit: &dyn Fn(&str, &str) -> String| {
        let repo = Repo::new();
        files.iter().for_each(|(path, text)| repo.write(path, edit(path, text)));
        let (_, report) = repo.json(&["--select", "KEY01,EXC", "cdk.out/assembly-Test"]);
        report
    };
    let plain = run(&|_, text| text.replace("aws:cdk:acknowledged-rules", "other"));
    let all = findings(&plain).len();
    assert!(all > 0 && suppressed(&plain).is_empty(), "{plain:#}");
    let construct = plain["findings"][0]["construct"].as_str().unwrap().to_owned();
    let above = construct.rsplit_once('/').unwrap().0.to_owned();
    // `Node.of(construct).addMetadata('keyless', …)` above what is reported.
    let noted = |words: &str| {
        let note = format!("{{\"/{above}/\": [{{\"type\": \"keyless\", \"data\": {words}}}],");
        run(&|path, text| {
            let text = text.replace("aws:cdk:acknowledged-rules", "other");
            if path == metadata { text.replacen('{', &note, 1) } else { text }
        })
    };
    let report = noted("[\"ignore[KEY01] until=2999-12-31 why\"]");
    let kinds: Vec<&Json> =
        report["suppressed"].as_array().unwrap().iter().map(|one| &one["suppression"]).collect();
    assert!(
        !kinds.is_empty() && kinds.iter().all(|said| said["kind"] == "metadata" && said["reason"] == "why"),
        "{report:#}"
    );
    assert_eq!(findings(&report).len() + kinds.len(), all, "{report:#}");
    for (words, code) in
        [("\"ignore[KEY01]\"", "EXC02"), ("{}", "EXC01"), ("\"ignore[KEY01] until=2024-01-01 why\"", "EXC03")]
    {
        let report = noted(words);
        assert!(suppressed(&report).is_empty(), "{report:#}");
        assert_eq!(findings(&report).iter().filter(|found| found.starts_with(code)).count(), 1, "{report:#}");
    }
    // `cfnResource.addMetadata('keyless', …)`.
    let mono = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/cdk/mono");
    let (repo, mut files) = (Repo::new(), Vec::new());
    collect_texts(&mono, "", &mut files);
    let key = "\"Type\": \"AWS::IAM::AccessKey\",";
    for (path, text) in &files {
        repo.write(
            path,
            text.replace(key, &format!("{key} \"Metadata\": {{\"keyless\": \"ignore[KEY01] why\"}},")),
        );
    }
    let (_, report) = repo.json(&["--select", "KEY01", "."]);
    assert_eq!((findings(&report).len(), suppressed(&report).len()), (0, 1), "{report:#}");
    assert!(suppressed(&report)[0].ends_with("metadata why -"), "{report:#}");
}

fn collect_texts(folder: &Path, under: &str, files: &mut Vec<(String, String)>) {
    for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        let name = format!("{under}{}", path.file_name().unwrap().to_str().unwrap());
        if path.is_dir() {
            collect_texts(&path, &format!("{name}/"), files);
        } else if let Ok(text) = fs::read_to_string(&path) {
            files.push((name, text));
        }
    }
}

#[test]
fn what_is_mandatory_is_reported_and_the_exception_as_well() {
    let files = [
        ("keyless.toml", "policy.IMDS02.mandatory = true\n"),
        (
            "a.tf",
            "# keyless: ignore[IMDS02] why\nresource \"aws_instance\" \"a\" {\n  iam_instance_profile = \"p\"\n}\n",
        ),
    ];
    let (code, report) = repo(&files).json(&[]);
    assert_eq!((code, findings(&report)), (1, vec!["EXC04 a.tf:1".to_owned(), "IMDS02 a.tf:2".to_owned()]));
    assert_eq!(report["findings"][0]["title"], "exception from IMDS02, which is mandatory here");
}

#[test]
fn what_git_ignores_silences_nothing() {
    let files = [
        (".gitignore", "*.tfvars\n"),
        (
            "a.tf",
            "variable \"t\" {}\nresource \"aws_instance\" \"a\" {\n  iam_instance_profile = \"p\"\n  metadata_options {\n    http_tokens = var.t\n  }\n}\n",
        ),
        ("terraform.tfvars", "t = \"optional\" # keyless: ignore[IMDS01] why\n"),
    ];
    let (_, report) = repo(&files).json(&[]);
    assert_eq!(findings(&report), ["IMDS01 a.tf:5"]);
}

#[test]
fn what_a_run_does_not_see_is_not_called_unused() {
    let good = "# keyless: ignore[IMDS02] why\nresource \"aws_instance\" \"a\" {\n  iam_instance_profile = \"p\"\n  metadata_options {\n    http_tokens = \"required\"\n  }\n}\n";
    let repo = repo(&[
        ("a.tf", good),
        ("v.tfvars", "x = 1\n"),
        ("b/b.tf", "# keyless: ignore[SEC10] why\nlocals {}\n"),
    ]);
    let told = |args: &[&str]| findings(&repo.json(args).1);
    assert_eq!(told(&[]), ["EXC04 a.tf:1"]);
    assert_eq!(told(&["--strict"]), ["EXC04 a.tf:1", "EXC04 b/b.tf:1"]);
    for args in
        [&["a.tf"][..], &["--ignore", "IMDS"], &["--select", "EXC"], &["--var-file", "v.tfvars"], &["b"]]
    {
        assert_eq!(told(args), <[String; 0]>::default(), "{args:?}");
    }
    // A module that is not here may need it.
    repo.write(
        "a.tf",
        "# keyless: ignore[IMDS01] why\nmodule \"a\" {\n  source = \"example/instance/aws\"\n}\n",
    );
    assert_eq!(told(&[]), <[String; 0]>::default());
}

#[test]
fn policies_about_exceptions_are_configured_like_others() {
    let files = [
        ("keyless.toml", "ignore = ['EXC01']\npolicy.EXC02.severity = 'error'\n"),
        ("a.tf", "# keyless: ignore[NONE01] why\n# keyless: ignore[IMDS02]\nlocals {}\n"),
    ];
    let (code, report) = repo(&files).json(&[]);
    assert_eq!((code, findings(&report)), (1, vec!["EXC02 a.tf:2".to_owned()]));
    let ran = repo(&files).run(&["explain", "EXC03"]);
    assert!(ran.stdout.starts_with("# EXC03 exception-expired"), "{ran:?}");
}

/// A reason is as untrusted as any text, and may hold what it is about.
#[test]
fn no_reason_gives_a_secret_away() {
    let secret = with_secrets("@RANDOM@");
    let text = format!(
        "resource \"aws_db_instance\" \"a\" {{\n  password = \"{secret}\" # keyless: ignore[SEC01] {secret} is not in use\n}}\n\
         # keyless: ignore[{secret}] why\n# keyless: ignore[SEC02] until={secret} why\nlocals {{}}\n"
    );
    let repo = Repo::new();
    repo.write("a.tf", text);
    for args in [
        &["check", "--format", "json"][..],
        &["check"],
        &["check", "--format", "concise"],
        &["exceptions"],
        &["exceptions", "--format", "json"],
        &["exceptions", "--import"],
    ] {
        let Ran { stdout, stderr, .. } = repo.run(args);
        assert!(!stdout.contains(&secret) && !stderr.contains(&secret), "{args:?}: {stdout}");
    }
}

/// Whatever is found in the demonstration is silent with the exception that is written for it.
#[test]
fn every_finding_of_the_demonstration_can_be_excepted() {
    let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/demo");
    let mut files = Vec::new();
    collect_texts(&demo, "", &mut files);
    let plain: Vec<_> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let (_, before) = repo(&plain).json(&[]);
    let all = before["findings"].as_array().unwrap();
    assert!(all.len() > 3);
    for finding in all {
        let (path, code) = (finding["path"].as_str().unwrap(), finding["code"].as_str().unwrap());
        let line = usize::try_from(finding["start"]["line"].as_u64().unwrap()).unwrap();
        let excepted: Vec<(String, String)> = files
            .iter()
            .map(|(name, text)| {
                let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
                if name == path {
                    let indent: String = lines[line - 1].chars().take_while(|c| *c == ' ').collect();
                    lines.insert(
                        line - 1,
                        format!("{indent}# keyless: ignore[{code}] until=2999-01-31 known"),
                    );
                }
                (name.clone(), lines.join("\n") + "\n")
            })
            .collect();
        let excepted: Vec<_> = excepted.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        let (_, after) = repo(&excepted).json(&[]);
        let silent = after["suppressed"].as_array().unwrap();
        assert!(
            silent.iter().any(|one| one["fingerprint"] == finding["fingerprint"]),
            "{finding:#}\n{after:#}"
        );
        assert_eq!(after["findings"].as_array().unwrap().len() + silent.len(), all.len(), "{after:#}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    /// Comments that are no exceptions change nothing but lines.
    #[test]
    fn comments_that_are_no_exceptions_change_nothing(comments in prop::collection::vec("[ -~éü]{0,40}", 7)) {
        let lines = ["resource \"aws_instance\" \"a\" {", "  iam_instance_profile = \"p\"", "  metadata_options {", "    http_tokens = \"optional\"", "  }", "}", ""];
        let with: Vec<String> = lines
            .iter()
            .zip(&comments)
            .map(|(line, comment)| format!("# {}\n{line} // {}", comment.replace("keyless", "k"), comment.replace("keyless", "keyles")))
            .collect();
        let (_, plain) = repo(&[("a.tf", &lines.join("\n"))]).json(&[]);
        let (_, commented) = repo(&[("a.tf", &with.join("\n"))]).json(&[]);
        let prints = |report: &Json| -> Vec<Json> {
            report["findings"].as_array().unwrap().iter().map(|finding| finding["fingerprint"].clone()).collect()
        };
        prop_assert_eq!(prints(&plain), prints(&commented));
    }
}

#[test]
fn the_list_says_where_why_until_when_and_by_whom() {
    let files = [
        ("keyless.toml", "policy.KEY01.mandatory = true\n"),
        (
            "a.tf",
            "# keyless: ignore-file[EC201] these have none\n\n# keyless: ignore[IMDS02,IMDS01] until=2999-01-31 the agent needs version 1\n\
             resource \"aws_instance\" \"a\" {}\n\n# keyless: ignore[KEY01] until=2024-02-29 it was\nresource \"aws_iam_access_key\" \"k\" {\n  user = \"x\"\n}\n\
             # keyless: ignore[KEY01] not this one\nresource \"aws_iam_access_key\" \"l\" {\n  user = \"x\"\n}\n# keyless:ignore\nlocals {}\n\
             # keyless: ignore[IMDS02]\n# keyless: ignore[NOPE01] why\n# keyless: ignore[SEC10] strict\nterraform {}\n",
        ),
    ];
    let repo = repo(&files);
    fs::remove_dir_all(repo.path().join(".git")).unwrap();
    let git = |args: &[&str], day: &str| {
        let mut git = Command::new("git");
        git.current_dir(repo.path()).args(args);
        for (name, value) in [
            ("GIT_AUTHOR_NAME", "Ann\u{1b}[31m Lee"),
            ("GIT_AUTHOR_EMAIL", "ann@example.org"),
            ("GIT_COMMITTER_NAME", "Ann"),
            ("GIT_COMMITTER_EMAIL", "ann@example.org"),
            ("GIT_AUTHOR_DATE", day),
            ("GIT_COMMITTER_DATE", day),
            ("GIT_CONFIG_GLOBAL", "/dev/null"),
        ] {
            git.env(name, value);
        }
        git.output().is_ok_and(|output| output.status.success())
    };
    let day = "2024-01-02T10:00:00Z";
    if !git(&["init", "-q", "."], day) {
        return;
    }
    assert!(git(&["add", "a.tf"], day) && git(&["commit", "-q", "-m", "x"], day));
    let ran = repo.run(&["exceptions"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let since = regex_free(&ran.stdout);
    insta::assert_snapshot!("exceptions", since);
    let (_, json) = json(&repo, &["exceptions", "--format", "json"]);
    let first = &json["exceptions"][0];
    assert_eq!(first["reason"], "these have none");
    assert_eq!(first["commit"]["author"], "Ann\u{1b}[31m Lee <ann@example.org>");
    assert!(first["age_days"].as_i64().unwrap() > 1000);
}

/// Days that pass make other numbers.
fn regex_free(text: &str) -> String {
    let mut result = String::new();
    for line in text.lines() {
        let words: Vec<&str> = line.split(' ').filter(|word| !word.is_empty()).collect();
        let is_count = |at: usize| words.get(at + 1).is_some_and(|next| next.starts_with("days"));
        let words: Vec<String> = words
            .iter()
            .enumerate()
            .map(|(at, word)| {
                if is_count(at) {
                    word.replace(|c: char| c.is_ascii_digit(), "") + "N"
                } else {
                    (*word).to_owned()
                }
            })
            .collect();
        result.push_str(&words.join(" "));
        result.push('\n');
    }
    result
}

fn json(repo: &Repo, args: &[&str]) -> (i32, Json) {
    let ran = repo.run(args);
    (ran.code, serde_json::from_str(&ran.stdout).unwrap())
}

#[test]
fn what_other_tools_are_told_is_printed_and_not_obeyed() {
    let files = [
        (
            "a.tf",
            "resource \"aws_instance\" \"a\" {\n  #checkov:skip=CKV_AWS_79,CKV_AWS_8: the agent needs version 1\n  # checkov:skip=CKV2_AWS_41:no role\n}\n\n\
             #tfsec:ignore:aws-ec2-enforce-http-token-imds:exp:2999-01-02 tfsec:ignore:aws-vpc-no-public-egress-sgr\nresource \"aws_instance\" \"b\" {\n  iam_instance_profile = \"p\"\n}\n\n\
             # trivy:ignore:AVD-AWS-0028\nresource \"aws_instance\" \"c\" {\n  iam_instance_profile = \"p\"\n  metadata_options {\n    http_tokens = \"required\"\n  }\n}\n\n\
             resource \"aws_db_instance\" \"d\" {\n  password = \"@RANDOM@\" # pragma: allowlist secret\n}\n",
        ),
        (
            "b.yaml",
            "Resources:\n  A:\n    Type: AWS::EC2::Instance\n    Metadata:\n      checkov:\n        skip:\n          - id: CKV_AWS_79\n            comment: the agent\n      \
             cfn_nag:\n        rules_to_suppress:\n          - {id: W11, reason: none}\n    Properties: {IamInstanceProfile: p}\n",
        ),
    ];
    let repo = repo(&files);
    let (_, report) = repo.json(&[]);
    assert!(suppressed(&report).is_empty());
    let ran = repo.run(&["exceptions", "--import"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    insta::assert_snapshot!("import", ran.stdout);
    let (_, json) = json(&repo, &["exceptions", "--import", "--format", "json"]);
    assert_eq!(json["told"][0]["exception"], "ignore[IMDS02] the agent needs version 1");
    // What is printed silences what it is about.
    let mut lines: Vec<String> = with_secrets(files[0].1).lines().map(str::to_owned).collect();
    let mut told: Vec<(usize, String)> = json["told"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|told| told["place"]["path"] == "a.tf" && told["exception"].is_string())
        .map(|told| {
            let above = usize::try_from(told["above"].as_u64().unwrap()).unwrap();
            (above, format!("# keyless: {} because", told["exception"].as_str().unwrap()))
        })
        .collect();
    told.sort();
    for (above, line) in told.into_iter().rev() {
        lines.insert(above - 1, line);
    }
    repo.write("a.tf", lines.join("\n"));
    let (_, report) = repo.json(&["a.tf"]);
    assert_eq!(findings(&report), <[String; 0]>::default(), "{}", lines.join("\n"));
}

/// Every line of the table of other tools' rules names policies that there are.
#[test]
fn rules_of_other_tools_lead_to_policies() {
    let table = include_str!("../../src/exceptions/import/peers.txt");
    let repo = Repo::new();
    let listed = repo.run(&["policies"]).stdout;
    let mut known = BTreeSet::new();
    for line in table.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        let words: Vec<&str> = line.split_whitespace().collect();
        assert_eq!(words.len(), 3, "{line}");
        assert!(known.insert((words[0], words[1].to_ascii_lowercase())), "{line} stands twice");
        for code in words[2].split(',').filter(|code| *code != "secrets") {
            assert!(listed.contains(code), "{line}");
        }
    }
}

#[test]
fn an_exception_too_many_excepts_nothing_and_is_told() {
    let instance = |at: usize| {
        format!(
            "resource \"aws_instance\" \"i{at}\" {{\n  iam_instance_profile = \"a\"\n  metadata_options {{\n    \
             http_tokens = \"optional\" # keyless:ignore[IMDS01] known\n  }}\n}}\n"
        )
    };
    let repo = Repo::new();
    let filling = "# keyless:ignore[KEY01] known\n";
    repo.write("main.tf", filling.repeat(9_999) + &instance(1) + &instance(2));
    let (code, report) = repo.json(&["."]);
    assert_eq!((code, problems(&report)), (2, vec!["limit main.tf".to_owned()]));
    let findings = findings(&report);
    let open: Vec<_> = findings.iter().filter(|finding| finding.starts_with("IMDS01")).collect();
    assert_eq!(open, ["IMDS01 main.tf:10009"], "{findings:?}");
}
