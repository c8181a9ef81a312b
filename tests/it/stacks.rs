//! Templates that are made of several files: nested stacks and includes.

use crate::harness::{Repo, findings, problems};
use serde_json::Value as Json;

const HEAD: &str = "AWSTemplateFormatVersion: \"2010-09-09\"\n";

fn instance(name: &str, tokens: &str) -> String {
    format!(
        "  {name}:\n    Type: AWS::EC2::Instance\n    Properties:\n      IamInstanceProfile: web\n      \
         MetadataOptions: {{HttpTokens: {tokens}}}\n"
    )
}

fn open(report: &Json) -> Vec<String> {
    let open = report["cannot_tell"].as_array().unwrap();
    open.iter()
        .map(|one| {
            format!(
                "{}:{} {}",
                one["path"].as_str().unwrap(),
                one["start"]["line"],
                one["title"].as_str().unwrap()
            )
        })
        .collect()
}

/// A parent with one nested stack, and its child with an instance of a parameter's tokens.
fn family(parameters: &str) -> Repo {
    let repo = Repo::new();
    repo.write(
        "main.yaml",
        format!(
            "{HEAD}Parameters:\n  Stage: {{Type: String, Default: dev, AllowedValues: [dev, prod]}}\nConditions:\n  \
             IsProd: !Equals [!Ref Stage, prod]\nResources:\n  App:\n    Type: AWS::CloudFormation::Stack\n    \
             Properties:\n      TemplateURL: ./stacks/app.yaml\n      Parameters: {parameters}\n"
        ),
    );
    repo.write(
        "stacks/app.yaml",
        format!(
            "{HEAD}Parameters:\n  Tokens: {{Type: String, Default: optional}}\n  Stage: {{Type: String, Default: dev}}\n\
             Conditions:\n  IsProd: !Equals [!Ref Stage, prod]\nResources:\n{}",
            instance("Web", "!Ref Tokens")
        ),
    );
    repo
}

#[test]
fn a_nested_template_is_judged_as_its_parent_calls_it() {
    let repo = family("{Tokens: required}");
    let (code, report) = repo.json(&["."]);
    assert_eq!((code, findings(&report)), (0, vec![]), "{report:#}");
    let repo = family("{Tokens: optional}");
    let (_, report) = repo.json(&["."]);
    assert_eq!(findings(&report), ["IMDS01 main.yaml:11"], "{report:#}");
    assert_eq!(report["findings"][0]["addresses"][0], "App/Web", "{report:#}");
    // Named by itself it has no parent.
    let (_, report) = repo.json(&["stacks/app.yaml"]);
    assert_eq!(findings(&report), ["IMDS01 stacks/app.yaml:3"], "{report:#}");
    let ran = repo.run(&["check", "main.yaml"]);
    insta::assert_snapshot!("nested_stack", ran.stdout);
}

#[test]
fn branches_of_a_parent_are_branches_of_its_child() {
    let repo = family("{Tokens: !If [IsProd, required, optional]}");
    let (_, report) = repo.json(&["."]);
    assert_eq!(report["findings"][0]["title"], "instance accepts IMDSv1 when Stage is dev", "{report:#}");
    // The child's condition is the parent's parameter, whatever its default.
    let repo = family("{Tokens: required, Stage: !Ref Stage}");
    let mut child = std::fs::read_to_string(repo.path().join("stacks/app.yaml")).unwrap();
    child.push_str(
        &instance("Prod", "optional").replace("    Properties", "    Condition: IsProd\n    Properties"),
    );
    repo.write("stacks/app.yaml", &child);
    let (_, report) = repo.json(&["."]);
    assert_eq!(report["findings"][0]["title"], "instance accepts IMDSv1 when Stage is prod", "{report:#}");
    assert_eq!(report["findings"].as_array().unwrap().len(), 1, "{report:#}");
    // A stack that is only there in one branch has resources in that branch alone.
    let repo = family("{Tokens: optional}");
    let mut parent = std::fs::read_to_string(repo.path().join("main.yaml")).unwrap();
    parent = parent.replace(
        "    Properties:\n      TemplateURL",
        "    Condition: IsProd\n    Properties:\n      TemplateURL",
    );
    repo.write("main.yaml", parent);
    let (_, report) = repo.json(&["."]);
    assert_eq!(report["findings"][0]["title"], "instance accepts IMDSv1 when Stage is prod", "{report:#}");
}

#[test]
fn outputs_come_back_up() {
    let repo = Repo::new();
    repo.write(
        "main.yaml",
        format!(
            "{HEAD}Resources:\n  Settings:\n    Type: AWS::CloudFormation::Stack\n    Properties:\n      \
             TemplateURL: settings.json\n{}{}",
            instance("Web", "!GetAtt Settings.Outputs.Tokens"),
            instance("Sub", "!Sub \"${Settings.Outputs.Tokens}\""),
        ),
    );
    repo.write(
        "settings.json",
        "{\"AWSTemplateFormatVersion\": \"2010-09-09\", \"Resources\": {},\n\"Outputs\": {\"Tokens\": {\"Value\": \"optional\"}}}",
    );
    let (_, report) = repo.json(&["."]);
    assert_eq!(findings(&report), ["IMDS01 settings.json:2"], "{report:#}");
    assert_eq!(report["findings"][0]["addresses"], serde_json::json!(["Sub", "Web"]), "{report:#}");
}

#[test]
fn one_template_nested_twice_is_one_cause_with_two_addresses() {
    let repo = Repo::new();
    let nested = |name: &str| {
        format!(
            "  {name}:\n    Type: AWS::CloudFormation::Stack\n    Properties: {{TemplateURL: app.yaml}}\n"
        )
    };
    repo.write("main.yaml", format!("{HEAD}Resources:\n{}{}", nested("Blue"), nested("Green")));
    repo.write("app.yaml", format!("{HEAD}Resources:\n{}", instance("Web", "optional")));
    let (_, report) = repo.json(&["."]);
    assert_eq!(findings(&report), ["IMDS01 app.yaml:7"], "{report:#}");
    assert_eq!(
        report["findings"][0]["addresses"],
        serde_json::json!(["Blue/Web", "Green/Web"]),
        "{report:#}"
    );
}

#[test]
fn serverless_applications_are_nested_stacks() {
    let repo = Repo::new();
    repo.write(
        "template.yaml",
        format!(
            "{HEAD}Transform: AWS::Serverless-2016-10-31\nResources:\n  Local:\n    Type: AWS::Serverless::Application\n    \
             Properties:\n      Location: app/template.yaml\n      Parameters: {{Tokens: optional}}\n  Remote:\n    \
             Type: AWS::Serverless::Application\n    Properties:\n      Location: {{ApplicationId: arn:aws:serverlessrepo:us-east-1:123456789012:applications/x, SemanticVersion: 1.0.0}}\n"
        ),
    );
    repo.write(
        "app/template.yaml",
        format!(
            "{HEAD}Parameters:\n  Tokens: {{Type: String}}\nResources:\n{}",
            instance("Web", "!Ref Tokens")
        ),
    );
    let (_, report) = repo.json(&["."]);
    assert_eq!(findings(&report), ["IMDS01 template.yaml:8"], "{report:#}");
    assert_eq!(open(&report), ["template.yaml:9 cannot tell what this nested stack creates"], "{report:#}");
}

#[test]
fn a_template_that_is_elsewhere_is_an_open_question_and_never_guessed() {
    let repo = Repo::new();
    repo.write(
        "app.yaml",
        format!(
            "{HEAD}Parameters:\n  T: {{Type: String, Default: required}}\nResources:\n{}",
            instance("Web", "!Ref T")
        ),
    );
    for location in [
        "https://bucket.s3.amazonaws.com/app.yaml",
        "s3://bucket/app.yaml",
        "!Sub \"https://${AWS::Region}.amazonaws.com/app.yaml\"",
        "../outside.yaml",
        "missing.yaml",
        "/etc/passwd",
    ] {
        repo.write(
            "main.yaml",
            format!(
                "{HEAD}Resources:\n  App:\n    Type: AWS::CloudFormation::Stack\n    Properties:\n      \
                 TemplateURL: {location}\n      Parameters: {{T: optional}}\n"
            ),
        );
        let (code, report) = repo.json(&["."]);
        assert_eq!((code, findings(&report)), (0, vec![]), "{location}: {report:#}");
        assert_eq!(open(&report), ["main.yaml:3 cannot tell what this nested stack creates"], "{location}");
    }
}

#[test]
fn circles_and_depth_are_bounded_and_said() {
    let repo = Repo::new();
    let nest = |path: &str| {
        format!("  Next:\n    Type: AWS::CloudFormation::Stack\n    Properties: {{TemplateURL: {path}}}\n")
    };
    repo.write("a.yaml", format!("{HEAD}Resources:\n{}{}", nest("b.yaml"), instance("Web", "optional")));
    repo.write("b.yaml", format!("{HEAD}Resources:\n{}{}", nest("a.yaml"), instance("Web", "optional")));
    let (code, report) = repo.json(&["."]);
    assert_eq!(code, 2, "{report:#}");
    assert_eq!(problems(&report), ["limit a.yaml"], "{report:#}");
    assert_eq!(findings(&report), ["IMDS01 a.yaml:10", "IMDS01 b.yaml:10"], "{report:#}");
    let repo = Repo::new();
    for at in 0..30 {
        repo.write(
            &format!("t{at}.yaml"),
            format!("{HEAD}Resources:\n{}", nest(&format!("t{}.yaml", at + 1))),
        );
    }
    repo.write("t30.yaml", format!("{HEAD}Resources:\n{}", instance("Web", "optional")));
    let (code, report) = repo.json(&["."]);
    assert_eq!(code, 2, "{report:#}");
    assert!(problems(&report).iter().all(|problem| problem.starts_with("limit ")), "{report:#}");
    // What no stack reached is judged by itself.
    assert_eq!(findings(&report), ["IMDS01 t30.yaml:7"], "{report:#}");
}

#[test]
fn a_nested_template_that_cannot_be_read_is_a_problem() {
    let repo = family("{Tokens: required}");
    repo.write("stacks/app.yaml", format!("{HEAD}Resources:\n  A: [\n"));
    for paths in [["."], ["main.yaml"]] {
        let (code, report) = repo.json(&paths);
        assert_eq!(code, 2, "{report:#}");
        assert_eq!(problems(&report), ["syntax stacks/app.yaml"], "{report:#}");
    }
}

#[test]
fn included_files_keep_their_own_places() {
    let repo = Repo::new();
    repo.write(
        "template.yaml",
        format!(
            "{HEAD}Transform:\n  Name: AWS::Include\n  Parameters: {{Location: parts/all.yaml}}\nResources:\n{}  \
             Options:\n    Type: AWS::EC2::Instance\n    Properties:\n      IamInstanceProfile: web\n      MetadataOptions:\n        \
             Fn::Transform: {{Name: AWS::Include, Parameters: {{Location: ./parts/options.json}}}}\n  \
             Short:\n    Type: AWS::EC2::Instance\n    Properties:\n      IamInstanceProfile: web\n      \
             MetadataOptions: !Transform {{Name: AWS::Include, Parameters: {{Location: parts/options.json}}}}\n  \
             Fn::Transform: {{Name: AWS::Include, Parameters: {{Location: parts/resources.yaml}}}}\n",
            instance("Mapped", "!FindInMap [Modes, prod, tokens]")
        ),
    );
    repo.write(
        "parts/all.yaml",
        format!(
            "Mappings:\n  Modes:\n    prod: {{tokens: optional}}\nResources:\n{}",
            instance("Whole", "optional")
        ),
    );
    repo.write("parts/options.json", "\n{\"HttpTokens\": \"optional\"}\n");
    repo.write("parts/resources.yaml", instance("Inside", "optional"));
    let (code, report) = repo.json(&["."]);
    assert_eq!(code, 1, "{report:#}");
    let mut found: Vec<String> = report["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| format!("{}:{} {}", one["path"].as_str().unwrap(), one["start"]["line"], one["addresses"]))
        .collect();
    found.sort();
    assert_eq!(
        found,
        [
            "parts/all.yaml:3 [\"Mapped\"]",
            "parts/all.yaml:9 [\"Whole\"]",
            "parts/options.json:2 [\"Options\",\"Short\"]",
            "parts/resources.yaml:5 [\"Inside\"]",
        ],
        "{report:#}"
    );
    assert_eq!((problems(&report), open(&report)), (vec![], vec![]), "{report:#}");
}

#[test]
fn secrets_of_included_files_are_found_there() {
    let repo = Repo::new();
    repo.write(
        "template.yaml",
        format!(
            "{HEAD}Resources:\n  Db:\n    Type: AWS::RDS::DBInstance\n    Properties:\n      Engine: mysql\n      \
             Fn::Transform: {{Name: AWS::Include, Parameters: {{Location: db.yaml}}}}\n"
        ),
    );
    let secret = ["c0rrect", "h0rse"].join("-");
    repo.write("db.yaml", format!("MasterUsername: admin\nMasterUserPassword: {secret}\n"));
    let (_, report) = repo.json(&["."]);
    assert_eq!(findings(&report), ["SEC01 db.yaml:2"], "{report:#}");
    assert!(!report.to_string().contains(&secret));
}

#[test]
fn includes_from_elsewhere_are_unknown_and_none_leaves_the_root() {
    let repo = Repo::new();
    for location in ["s3://bucket/x.yaml", "../x.yaml", "missing.yaml", "!Ref Where"] {
        repo.write(
            "template.yaml",
            format!(
                "{HEAD}Parameters:\n  Where: {{Type: String}}\nResources:\n  Web:\n    Type: AWS::EC2::Instance\n    Properties:\n      IamInstanceProfile: web\n      \
                 Fn::Transform: {{Name: AWS::Include, Parameters: {{Location: {location}}}}}\n  \
                 Fn::Transform: {{Name: AWS::Include, Parameters: {{Location: {location}}}}}\n"
            ),
        );
        let (code, report) = repo.json(&["."]);
        assert_eq!((code, findings(&report)), (0, vec![]), "{location}: {report:#}");
        assert!(
            open(&report).contains(&"template.yaml:10 cannot tell what this include brings".to_owned()),
            "{location}: {report:#}"
        );
        assert!(
            open(&report).iter().any(|one| one.contains("cannot tell whether")),
            "{location}: {report:#}"
        );
    }
}

#[test]
fn includes_that_go_round_or_grow_without_end_end() {
    let repo = Repo::new();
    repo.write(
        "template.yaml",
        format!(
            "{HEAD}Resources:\n{}  Fn::Transform: {{Name: AWS::Include, Parameters: {{Location: a.yaml}}}}\n",
            instance("Web", "optional")
        ),
    );
    repo.write("a.yaml", "Fn::Transform: {Name: AWS::Include, Parameters: {Location: b.yaml}}\n");
    repo.write("b.yaml", "Fn::Transform: {Name: AWS::Include, Parameters: {Location: a.yaml}}\n");
    let (_, report) = repo.json(&["."]);
    assert_eq!(findings(&report), ["IMDS01 template.yaml:7"], "{report:#}");
    // Each file includes the next one two hundred times.
    let repo = Repo::new();
    let many = |next: usize| {
        (0..200).fold(String::from("x:\n"), |all, _| {
            all + &format!(
                "  - Fn::Transform: {{Name: AWS::Include, Parameters: {{Location: l{next}.yaml}}}}\n"
            )
        })
    };
    for at in 1..8 {
        repo.write(&format!("l{at}.yaml"), many(at + 1));
    }
    repo.write("l8.yaml", "y: z\n");
    repo.write(
        "template.yaml",
        format!(
            "{HEAD}Resources:\n{}  Db:\n    Type: AWS::RDS::DBInstance\n    Properties:\n      Fn::Transform: {{Name: AWS::Include, Parameters: {{Location: l1.yaml}}}}\n",
            instance("Web", "optional")
        ),
    );
    let started = std::time::Instant::now();
    let (code, report) = repo.json(&["."]);
    assert!(started.elapsed() < std::time::Duration::from_secs(60));
    assert_eq!(code, 2, "{report:#}");
    assert_eq!(problems(&report), ["limit template.yaml"], "{report:#}");
    assert_eq!(findings(&report), ["IMDS01 template.yaml:7"], "{report:#}");
}

#[test]
fn many_nested_stacks_with_many_conditions_are_judged() {
    let generator = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/nested.py");
    let repo = Repo::new();
    let made = std::process::Command::new("python3").arg(generator).arg(repo.path()).status();
    if !made.is_ok_and(|status| status.success()) {
        eprintln!("skipped: no python3 here");
        return;
    }
    let started = std::time::Instant::now();
    let (code, report) = repo.json(&["."]);
    // A debug build on a busy machine; benches/README.md has the figure that counts.
    assert!(started.elapsed() < std::time::Duration::from_secs(20), "{:?}", started.elapsed());
    assert_eq!(code, 1, "{}", report["problems"]);
    assert_eq!(problems(&report), Vec::<String>::new());
    assert_eq!(report["findings"].as_array().unwrap().len(), 26);
}

#[test]
fn what_a_parents_parameter_allows_is_told_of_its_child() {
    let repo = Repo::new();
    repo.write(
        "main.yaml",
        format!(
            "{HEAD}Parameters:\n  Mode: {{Type: String, Default: required, AllowedValues: [required, optional]}}\n\
             Resources:\n  App:\n    Type: AWS::CloudFormation::Stack\n    Properties:\n      TemplateURL: app.yaml\n      \
             Parameters: {{Tokens: !Ref Mode, Modes: \"required,optional\"}}\n"
        ),
    );
    repo.write(
        "app.yaml",
        format!(
            "{HEAD}Parameters:\n  Tokens: {{Type: String}}\n  Modes: {{Type: CommaDelimitedList}}\nResources:\n{}{}",
            instance("Web", "!Ref Tokens"),
            instance("List", "!Select [1, !Ref Modes]")
        ),
    );
    let (_, report) = repo.json(&["."]);
    let mut found: Vec<String> = report["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| format!("{} {} {}", one["code"], one["severity"], one["addresses"]))
        .collect();
    found.sort();
    assert_eq!(
        found,
        ["\"IMDS01\" \"error\" [\"App/List\"]", "\"IMDS01\" \"warning\" [\"App/Web\"]"],
        "{report:#}"
    );
}

#[test]
fn what_a_parent_leaves_unsaid_has_its_default_and_no_branches() {
    let repo = family("{Tokens: required}");
    let mut child = std::fs::read_to_string(repo.path().join("stacks/app.yaml")).unwrap();
    // `Stage` of the child is `dev`, since nobody but the parent could say otherwise.
    child.push_str(
        &instance("Prod", "optional").replace("    Properties", "    Condition: IsProd\n    Properties"),
    );
    repo.write("stacks/app.yaml", &child);
    let (code, report) = repo.json(&["."]);
    assert_eq!((code, findings(&report)), (0, vec![]), "{report:#}");
    let (_, report) = repo.json(&["stacks/app.yaml"]);
    let titles: Vec<&str> =
        report["findings"].as_array().unwrap().iter().map(|one| one["title"].as_str().unwrap()).collect();
    assert_eq!(
        titles,
        ["instance accepts IMDSv1", "instance accepts IMDSv1 when Stage is prod"],
        "{report:#}"
    );
}

#[test]
fn a_named_template_is_judged_with_what_it_includes_and_is_handed_out() {
    let repo = Repo::new();
    let secret = ["c0rrect", "h0rse", "9battery"].join("-");
    repo.write(
        "main.yaml",
        format!(
            "{HEAD}Resources:\n  Web:\n    Type: AWS::EC2::Instance\n    Properties:\n      \
             Fn::Transform: {{Name: AWS::Include, Parameters: {{Location: web.yaml}}}}\n  \
             Net:\n    Type: AWS::CloudFormation::Stack\n    Properties: {{TemplateURL: net.yaml}}\n  \
             Db:\n    Type: AWS::RDS::DBInstance\n    Properties: {{MasterUserPassword: !GetAtt Net.Outputs.Word}}\n"
        ),
    );
    repo.write("web.yaml", "IamInstanceProfile: web\nMetadataOptions: {HttpTokens: optional}\n");
    repo.write(
        "net.yaml",
        format!(
            "{HEAD}Resources:\n  Topic: {{Type: AWS::SNS::Topic}}\nOutputs:\n  Word:\n    Value: {secret}\n"
        ),
    );
    for paths in [&["."][..], &["main.yaml"], &["main.yaml", "net.yaml"]] {
        let (code, report) = repo.json(paths);
        assert_eq!(
            (code, findings(&report)),
            (1, vec!["SEC01 net.yaml:6".to_owned(), "IMDS01 web.yaml:2".to_owned()]),
            "{report:#}"
        );
        assert!(!report.to_string().contains(&secret));
    }
    // The child by itself hands its output to nobody.
    let (code, report) = repo.json(&["net.yaml"]);
    assert_eq!((code, findings(&report)), (0, vec![]), "{report:#}");
}

#[test]
fn what_a_stack_nests_is_read_or_told() {
    for (text, expected) in [
        ("Resources: [\n", Some("syntax app.yaml")),
        ("hello\n", Some("syntax app.yaml")),
        ("", Some("syntax app.yaml")),
        // A template by its keys, though nothing says so of a file that nobody nests.
        ("Resources: {}\n", None),
    ] {
        let repo = Repo::new();
        repo.write(
            "main.yaml",
            format!(
                "{HEAD}Resources:\n  App:\n    Type: AWS::CloudFormation::Stack\n    \
                 Properties: {{TemplateURL: app.yaml}}\n"
            ),
        );
        repo.write("app.yaml", text);
        for path in [".", "main.yaml"] {
            let (code, report) = repo.json(&[path]);
            let told = problems(&report);
            assert_eq!(told.first().map(String::as_str), expected, "{text:?}: {report:#}");
            assert_eq!((code, told.len()), if expected.is_some() { (2, 1) } else { (0, 0) }, "{report:#}");
        }
    }
}

#[test]
fn a_secret_for_a_stack_whose_template_is_elsewhere_is_one_all_the_same() {
    let repo = Repo::new();
    let secret = ["c0rrect", "h0rse", "9battery"].join("-");
    repo.write(
        "main.yaml",
        format!(
            "{HEAD}Parameters:\n  Word: {{Type: String, NoEcho: true}}\nResources:\n  App:\n    \
             Type: AWS::CloudFormation::Stack\n    Properties:\n      TemplateURL: https://example.com/app.yaml\n      \
             Parameters:\n        DbPassword: {secret}\n        ApiToken: !Ref Word\n        \
             DbPasswordSecretName: prod/db\n        AdminPassword: '{{{{resolve:ssm-secure:/a:1}}}}'\n        \
             KeyName: {secret}-x\n"
        ),
    );
    let (code, report) = repo.json(&["."]);
    assert_eq!((code, findings(&report).join(" ")), (1, "SEC05 main.yaml:10".to_owned()), "{report:#}");
    assert!(!report.to_string().contains(&secret), "{report:#}");
}
