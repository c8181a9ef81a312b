//! What reaches templates from outside: files of parameters, and what the SAM CLI is configured with.

use crate::harness::{Repo, command, findings, problems, run_in};
use serde_json::Value as Json;

const TEMPLATE: &str = "AWSTemplateFormatVersion: \"2010-09-09\"
Parameters:
  DbPassword: {Type: String, NoEcho: true}
  Tokens: {Type: String, Default: required}
  Stage: {Type: String, Default: dev, AllowedValues: [dev, prod]}
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
Resources:
  Db:
    Type: AWS::RDS::DBInstance
    Properties:
      MasterUserPassword: !Ref DbPassword
  Web:
    Type: AWS::EC2::Instance
    Properties:
      IamInstanceProfile: web
      MetadataOptions: {HttpTokens: !Ref Tokens}
  Prod:
    Type: AWS::EC2::Instance
    Condition: IsProd
    Properties:
      IamInstanceProfile: web
      MetadataOptions: {HttpTokens: optional}
";

fn secret() -> String {
    ["c0rrect", "h0rse", "9battery"].join("-")
}

fn repo() -> Repo {
    let repo = Repo::new();
    repo.write("template.yaml", TEMPLATE);
    repo
}

fn titles(report: &Json) -> Vec<&str> {
    report["findings"].as_array().unwrap().iter().map(|it| it["title"].as_str().unwrap()).collect()
}

fn messages(report: &Json) -> Vec<String> {
    let said = |it: &Json| {
        let line = it["start"]["line"].as_u64().map_or_else(String::new, |line| format!(":{line}"));
        format!("{}{line}: {}", it["path"].as_str().unwrap(), it["message"].as_str().unwrap())
    };
    report["problems"].as_array().unwrap().iter().map(said).collect()
}

#[test]
fn every_shape_of_a_file_gives_the_same() {
    let secret = secret();
    for (name, text) in [
        (
            "list.json",
            format!(
                "[\n{{\"ParameterKey\": \"DbPassword\", \"ParameterValue\": \"{secret}\"}},\n\
                 {{\"ParameterKey\": \"Tokens\", \"ParameterValue\": \"optional\"}},\n\
                 {{\"ParameterKey\": \"Stage\", \"ParameterValue\": \"dev\"}}]"
            ),
        ),
        ("words.json", format!("[\n\"DbPassword={secret}\",\n\"Tokens=optional\", \"Stage=dev\"]")),
        (
            "flat.json",
            format!("{{\n\"DbPassword\": \"{secret}\",\n\"Tokens\": \"optional\", \"Stage\": \"dev\"}}"),
        ),
        ("flat.yaml", format!("\nDbPassword: {secret}\nTokens: optional\nStage: dev\n")),
        (
            "pipeline.json",
            format!(
                "{{\"Parameters\": {{\n\"DbPassword\": \"{secret}\",\n\"Tokens\": \"optional\", \"Stage\": \"dev\"}},\n\
                 \"Tags\": {{\"Department\": \"x\"}}}}"
            ),
        ),
    ] {
        let repo = repo();
        repo.write(name, text);
        let (code, report) = repo.json(&["--parameters", name, "."]);
        assert_eq!(code, 1, "{report:#}");
        let mut expected = vec![format!("IMDS01 {name}:3"), format!("SEC01 {name}:2")];
        let mut found = findings(&report);
        found.sort();
        expected.sort();
        assert_eq!(found, expected, "{report:#}");
        assert!(!report.to_string().contains(&secret));
    }
}

#[test]
fn a_finding_shows_the_way_from_the_file_to_the_use() {
    let repo = repo();
    repo.write("p.json", format!("[\"DbPassword={}\", \"Tokens=optional\", \"Stage=prod\"]\n", secret()));
    let ran = repo.run(&["check", "--parameters", "p.json", "."]);
    insta::assert_snapshot!("parameters_of_a_file", ran.stdout);
}

#[test]
fn the_last_file_holds_and_what_is_not_given_has_its_default() {
    let repo = repo();
    repo.write("a.json", "{\"Tokens\": \"optional\", \"Stage\": \"dev\"}");
    repo.write("b.json", "{\"Tokens\": \"required\"}");
    let found = |args: &[&str]| findings(&repo.json(&[args, &["."]].concat()).1);
    assert_eq!(found(&["--parameters", "b.json"]), ["IMDS01 template.yaml:23"]);
    assert_eq!(found(&["--parameters", "b.json", "--parameters", "a.json"]), ["IMDS01 a.json:1"]);
    assert_eq!(found(&["--parameters", "a.json", "--parameters", "b.json"]), Vec::<String>::new());
}

#[test]
fn a_previous_value_is_not_given() {
    let repo = repo();
    repo.write(
        "p.json",
        "[{\"ParameterKey\": \"Tokens\", \"UsePreviousValue\": true}, \"Stage=dev\", \"Tokens=required\"]",
    );
    let (code, report) = repo.json(&["--parameters", "p.json", "."]);
    assert_eq!((code, findings(&report)), (0, vec![]), "{report:#}");
}

#[test]
fn secrets_of_a_file_are_found_whatever_they_reach() {
    let repo = repo();
    // A parameter that is not to be echoed is one by what the template says, another by its name.
    repo.write("template.yaml", TEMPLATE.replace("DbPassword", "Word"));
    let (first, second) = (secret(), format!("{}-2", secret()));
    repo.write(
        "p.json",
        format!("{{\n\"Word\": \"{first}\",\n\"ApiToken\": \"{second}\", \"Stage\": \"dev\"}}"),
    );
    let args = ["--parameters", "p.json", "template.yaml"];
    let (_, report) = repo.json(&args);
    assert_eq!(findings(&report), ["SEC01 p.json:2", "SEC04 p.json:3"], "{report:#}");
    repo.write(
        "template.yaml",
        TEMPLATE.replace("DbPassword", "Word").replace("MasterUserPassword", "DBInstanceIdentifier"),
    );
    let (_, report) = repo.json(&args);
    assert_eq!(findings(&report), ["SEC04 p.json:2", "SEC04 p.json:3"], "{report:#}");
    for format in ["human", "json", "concise"] {
        let ran = repo.run(&["check", "--format", format, "--parameters", "p.json"]);
        assert!(!ran.stdout.contains(&first) && !ran.stdout.contains(&second), "{}", ran.stdout);
    }
}

#[test]
fn a_file_that_is_no_part_of_the_repository_is_not_reported_and_never_shown() {
    let repo = repo();
    repo.write(".gitignore", "local.json\n");
    repo.write("local.json", format!("{{\"DbPassword\": \"{}\", \"Stage\": \"dev\"}}", secret()));
    let outside = tempfile::tempdir().unwrap();
    let path = outside.path().join("p.json");
    std::fs::write(&path, format!("{{\"DbPassword\": \"{}\", \"Stage\": \"dev\"}}", secret())).unwrap();
    for file in ["local.json", path.to_str().unwrap()] {
        let ran = repo.run(&["check", "--format", "json", "--parameters", file]);
        assert_eq!(ran.code, 0, "{}", ran.stdout);
        assert!(!ran.stdout.contains(&secret()), "{}", ran.stdout);
    }
}

#[test]
fn a_file_beside_a_template_is_reported_where_there_is_no_work_tree() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: String| std::fs::write(folder.path().join(name), text).unwrap();
    write("template.yaml", TEMPLATE.to_owned());
    write("p.json", format!("{{\"DbPassword\": \"{}\", \"Stage\": \"dev\"}}", secret()));
    for path in ["template.yaml", "."] {
        let args = ["check", "--format", "concise", "--parameters", "p.json", path];
        let ran = run_in(folder.path(), &args);
        assert_eq!(ran.code, 1, "{}", ran.stdout);
        assert!(ran.stdout.starts_with("p.json:1:17: error[SEC01]"), "{}", ran.stdout);
    }
}

#[test]
fn what_is_no_parameters_is_a_problem_with_its_place() {
    for (text, expected) in [
        ("{\"A\": ", "p.json:1: "),
        ("\"A\"", "p.json:1: no parameters"),
        ("[\n{\"Key\": \"A\"}]", "p.json:2: a parameter has a ParameterKey and a ParameterValue"),
        ("[\n\"A\"]", "p.json:2: a parameter is given as Name=Value"),
        ("{\"Stage\":\n{\"x\": 1}}", "p.json:2: the value of a parameter is a text, or a list of texts"),
        ("{\"Nobodys\": \"x\"}", "p.json: no template among the paths declares any of these parameters"),
    ] {
        let repo = repo();
        repo.write("p.json", text);
        let (code, report) = repo.json(&["--parameters", "p.json", "."]);
        assert_eq!(code, 2, "{report:#}");
        assert!(messages(&report).iter().any(|one| one.starts_with(expected)), "{text}: {report:#}");
    }
    let repo = repo();
    repo.write("p.json", "{\"Stage\": \"dev\", \"ElsewhereUsed\": \"x\"}");
    let (code, report) = repo.json(&["--parameters", "p.json", "."]);
    assert_eq!((code, problems(&report)), (0, vec![]), "{report:#}");
    let (code, report) = repo.json(&["--parameters", "none.json", "."]);
    assert_eq!((code, messages(&report)), (2, vec!["none.json: no such file or directory".to_owned()]));
}

#[test]
fn facts_are_those_of_what_is_given() {
    let repo = repo();
    repo.write("p.json", "{\"Stage\": \"dev\", \"Tokens\": \"optional\"}");
    let output = command(repo.path(), &["facts", ".", "--parameters", "p.json"]).output().unwrap();
    let facts: Json = serde_json::from_slice(&output.stdout).unwrap();
    let computes = facts["computes"].as_object().unwrap();
    assert_eq!(computes.len(), 1, "{facts:#}");
    assert_eq!(computes["c0"]["imds"]["tokens"], "optional", "{facts:#}");
}

#[test]
fn lists_are_given_as_text_and_as_items() {
    let repo = Repo::new();
    repo.write(
        "template.yaml",
        "AWSTemplateFormatVersion: \"2010-09-09\"\nParameters:\n  Modes: {Type: CommaDelimitedList, Default: \"required\"}\n\
         Resources:\n  Web:\n    Type: AWS::EC2::Instance\n    Properties:\n      IamInstanceProfile: web\n      \
         MetadataOptions: {HttpTokens: !Select [1, !Ref Modes]}\n",
    );
    repo.write("text.json", "{\"Modes\": \"required, optional\"}");
    repo.write("items.yaml", "Modes:\n  - required\n  - optional\n");
    for (file, line) in [("text.json", 1), ("items.yaml", 3)] {
        let (_, report) = repo.json(&["--parameters", file, "."]);
        assert_eq!(findings(&report), [format!("IMDS01 {file}:{line}")], "{report:#}");
    }
}

#[test]
fn every_environment_of_the_sam_cli_is_judged() {
    let repo = repo();
    let (first, second, third) = (secret(), format!("{}-2", secret()), format!("{}-3", secret()));
    repo.write(
        "samconfig.toml",
        format!(
            "version = 0.1\n[default.deploy.parameters]\nparameter_overrides = \"Stage=dev DbPassword=\\\"{first} x\\\"\"\n\
             [staging.deploy.parameters]\nparameter_overrides = [\n  \"Stage=dev\",\n  \
             \"ParameterKey=DbPassword,ParameterValue={second}\",\n]\n\
             [prod.deploy.parameters.parameter_overrides]\nStage = \"prod\"\nDbPassword = \"{third}\"\nTokens = \"optional\"\n"
        ),
    );
    let ran = repo.run(&["check", "."]);
    assert!(![&first, &second, &third].iter().any(|secret| ran.stdout.contains(*secret)), "{}", ran.stdout);
    insta::assert_snapshot!("environments_of_samconfig", ran.stdout);
}

#[test]
fn one_environment_needs_no_telling() {
    for (name, text) in [
        (
            "samconfig.toml",
            "[default.deploy.parameters]\nparameter_overrides = \"Stage=dev Tokens=optional\"\n\
             [default.sync.parameters]\nwatch = true\n",
        ),
        (
            "samconfig.yaml",
            "default:\n  deploy:\n    parameters:\n      parameter_overrides: [Stage=dev, Tokens=optional]\n",
        ),
        (
            "samconfig.yml",
            "default:\n  deploy:\n    parameters:\n      parameter_overrides: [Stage=dev, {Tokens: optional}]\n",
        ),
        (
            "samconfig.json",
            "{\"default\": {\"global\": {\"parameters\": {\"parameter_overrides\": {\"Stage\": \"dev\", \"Tokens\": \"optional\"}}}}}",
        ),
    ] {
        let repo = repo();
        repo.write(name, text);
        let (_, report) = repo.json(&["."]);
        assert_eq!(titles(&report), ["instance accepts IMDSv1"], "{report:#}");
        assert_eq!(report["findings"][0]["path"], name, "{report:#}");
    }
}

#[test]
fn the_configuration_says_which_template_it_means() {
    let repo = Repo::new();
    let overrides = "parameter_overrides = \"Stage=dev Tokens=optional\"\n";
    repo.write("infra/stack.yaml", TEMPLATE);
    repo.write("infra/other.yaml", TEMPLATE);
    repo.write(
        "samconfig.toml",
        format!("[default.deploy.parameters]\ntemplate_file = \"infra/stack.yaml\"\n{overrides}"),
    );
    let (_, report) = repo.json(&["infra/stack.yaml"]);
    assert_eq!(findings(&report), ["IMDS01 samconfig.toml:3"], "{report:#}");
    let (_, report) = repo.json(&["infra/other.yaml"]);
    assert_eq!(findings(&report), ["IMDS01 infra/other.yaml:23"], "{report:#}");
    // What was built is built from the template beside.
    repo.write("template.yml", TEMPLATE);
    repo.write(
        "samconfig.toml",
        format!("[default.deploy.parameters]\ntemplate_file = \".aws-sam/build/template.yaml\"\n{overrides}"),
    );
    let (_, report) = repo.json(&["template.yml"]);
    assert_eq!(findings(&report), ["IMDS01 samconfig.toml:3"], "{report:#}");
}

#[test]
fn what_the_user_gives_holds_over_the_configuration() {
    let repo = repo();
    repo.write(
        "samconfig.toml",
        "[default.deploy.parameters]\nparameter_overrides = \"Stage=prod Tokens=optional\"\n",
    );
    repo.write("p.json", "{\"Stage\": \"dev\"}");
    let (_, report) = repo.json(&["--parameters", "p.json", "."]);
    assert_eq!(findings(&report), ["IMDS01 samconfig.toml:2"], "{report:#}");
}

#[test]
fn values_of_words_may_hold_spaces_and_quotes() {
    let repo = Repo::new();
    repo.write(
        "template.yaml",
        "AWSTemplateFormatVersion: \"2010-09-09\"\nParameters:\n  Mode: {Type: String}\nResources:\n  Web:\n    \
         Type: AWS::EC2::Instance\n    Properties:\n      IamInstanceProfile: web\n      \
         MetadataOptions: {HttpTokens: !Select [1, !Split [\" \", !Ref Mode]]}\n",
    );
    repo.write("words.json", "[\"Mode=is optional now\"]");
    let (_, report) = repo.json(&["--parameters", "words.json", "."]);
    assert_eq!(findings(&report), ["IMDS01 words.json:1"], "{report:#}");
    for overrides in [
        r#""Mode=\"is optional now\"""#,
        r#"'Mode="is optional now"'"#,
        r#"'''ParameterKey=Mode,ParameterValue='is optional' Other=x'''"#,
        "'''\nOther=x\nMode=is\\ optional\\ now\n'''",
        r#"["Other=x", "Mode='is optional now'"]"#,
    ] {
        repo.write(
            "samconfig.toml",
            format!("[default.deploy.parameters]\nparameter_overrides = {overrides}\n"),
        );
        let (_, report) = repo.json(&["."]);
        assert!(problems(&report).is_empty(), "{report:#}");
        let found = findings(&report);
        assert!(
            found.len() == 1 && found[0].starts_with("IMDS01 samconfig.toml:"),
            "{overrides}: {report:#}"
        );
    }
}

#[test]
fn files_that_the_configuration_names_are_read_with_it() {
    let repo = repo();
    repo.write(
        "samconfig.toml",
        "[prod.deploy.parameters]\nparameter_overrides = [\"file://config/prod.yaml\", \"Stage=dev\"]\n",
    );
    repo.write("config/prod.yaml", format!("\nTokens: optional\nDbPassword: {}\n", secret()));
    let (_, report) = repo.json(&["."]);
    assert_eq!(findings(&report), ["IMDS01 config/prod.yaml:2", "SEC01 config/prod.yaml:3"], "{report:#}");
}

#[test]
fn a_broken_configuration_is_a_problem_with_its_place() {
    let repo = repo();
    repo.write("samconfig.toml", "[default.deploy.parameters]\nstack_name = \n");
    let (code, report) = repo.json(&["."]);
    assert_eq!(code, 2);
    assert!(messages(&report)[0].starts_with("samconfig.toml:2: "), "{report:#}");
    repo.write("samconfig.toml", "[default.deploy.parameters]\nparameter_overrides = \"nonsense\"\n");
    let (code, report) = repo.json(&["."]);
    assert_eq!(code, 2);
    assert!(messages(&report)[0].starts_with("samconfig.toml:2: parameters are given as"), "{report:#}");
}

#[test]
fn what_only_builds_are_given_decides_nothing_and_is_looked_through() {
    let repo = repo();
    repo.write(
        "samconfig.toml",
        format!(
            "[default.deploy.parameters]\nparameter_overrides = \"Stage=dev\"\n[default.local_invoke.parameters]\n\
             parameter_overrides = \"Tokens=optional DbPassword={}\"\n",
            secret()
        ),
    );
    let (_, report) = repo.json(&["."]);
    assert_eq!(findings(&report), ["SEC04 samconfig.toml:4"], "{report:#}");
}

#[test]
fn stacks_of_an_assembly_take_parameters_as_well() {
    let repo = Repo::new();
    repo.write(
        "cdk.out/manifest.json",
        "{\"version\": \"36.0.0\", \"artifacts\": {\"App\": {\"type\": \"aws:cloudformation:stack\", \
         \"properties\": {\"templateFile\": \"App.template.json\"}}}}",
    );
    repo.write(
        "cdk.out/App.template.json",
        "{\"Parameters\": {\"Tokens\": {\"Type\": \"String\", \"Default\": \"required\"}, \"Word\": {\"Type\": \"String\", \"NoEcho\": true}},\n\
         \"Resources\": {\"Web\": {\"Type\": \"AWS::EC2::Instance\", \"Properties\": {\"IamInstanceProfile\": \"web\",\n\
         \"MetadataOptions\": {\"HttpTokens\": {\"Ref\": \"Tokens\"}}}},\n\
         \"Db\": {\"Type\": \"AWS::RDS::DBInstance\", \"Properties\": {\"MasterUserPassword\": {\"Ref\": \"Word\"}}}}}",
    );
    repo.write("p.json", format!("{{\n\"Tokens\": \"optional\",\n\"Word\": \"{}\"}}", secret()));
    let (_, report) = repo.json(&["--parameters", "p.json", "."]);
    assert_eq!(findings(&report), ["IMDS01 p.json:2", "SEC01 p.json:3"], "{report:#}");
    assert!(problems(&report).is_empty(), "{report:#}");
    repo.write("p.json", "{\"Nobodys\": \"x\"}");
    let (code, _) = repo.json(&["--parameters", "p.json", "."]);
    assert_eq!(code, 2);
}

#[test]
fn a_named_configuration_brings_its_template() {
    let repo = Repo::new();
    repo.write("infra/stack.yaml", TEMPLATE);
    repo.write(
        "samconfig.toml",
        format!(
            "[prod.deploy.parameters]\ntemplate_file = \"infra/stack.yaml\"\n\
             parameter_overrides = [\n\"Stage=prod\",\n\"Tokens=optional\",\n\"ApiToken={}\"]\n",
            secret()
        ),
    );
    let (_, report) = repo.json(&["samconfig.toml"]);
    // What is wrong in the template by itself is not reported.
    assert_eq!(findings(&report), ["IMDS01 samconfig.toml:5", "SEC04 samconfig.toml:6"], "{report:#}");
    repo.write("samconfig.toml", "[prod.deploy.parameters]\nstack_name = \"x\"\n");
    let (code, report) = repo.json(&["samconfig.toml"]);
    assert_eq!((code, findings(&report)), (0, vec![]), "{report:#}");
}

#[test]
fn environments_of_several_files_are_told_apart() {
    let repo = Repo::new();
    repo.write("app/template.yaml", TEMPLATE);
    let file = |template: &str, tokens: &str| {
        format!(
            "[default.deploy.parameters]\ntemplate_file = \"{template}\"\n\
             parameter_overrides = \"Stage=dev Tokens={tokens}\"\n"
        )
    };
    repo.write("samconfig.toml", file("app/template.yaml", "optional"));
    repo.write("app/samconfig.toml", file("template.yaml", "required"));
    let (_, report) = repo.json(&["."]);
    assert_eq!(
        titles(&report),
        ["instance accepts IMDSv1 when the environment of the SAM CLI is default of samconfig.toml"],
        "{report:#}"
    );
}
