//! Files of values for parameters that nobody names: told by their shape, whatever they are called.

use crate::harness::{Repo, findings, problems, run_in};
use serde_json::{Value as Json, json};

fn secret() -> String {
    ["c0rrect", "h0rse", "9battery"].join("-")
}

fn access_key() -> String {
    ["AKIA", "Q3EGTZ7XPLMWNRV2"].concat()
}

fn list(values: &[(&str, &str)]) -> Json {
    values.iter().map(|(name, value)| json!({"ParameterKey": name, "ParameterValue": value})).collect()
}

/// What a run over a file says, without its places.
fn told(name: &str, text: &str) -> Vec<String> {
    let repo = Repo::new();
    repo.write(name, text);
    let (_, report) = repo.json(&["."]);
    assert_eq!(problems(&report), Vec::<String>::new(), "{text}: {report:#}");
    assert!(!report.to_string().contains(&secret()), "{report:#}");
    findings(&report).iter().map(|found| found.split(' ').next().unwrap_or_default().to_owned()).collect()
}

#[test]
fn every_shape_is_looked_through_for_secrets() {
    let (secret, key) = (secret(), access_key());
    let values = list(&[("DbPassword", &secret), ("Plain", &key), ("Stage", "prod")]);
    let map = json!({"DbPassword": secret, "Plain": key, "Stage": "prod", "Count": 3, "On": true});
    for (name, text) in [
        ("params/prod.json", values.to_string()),
        ("prod", values.to_string()),
        ("cli.json", json!({"StackName": "web", "Capabilities": [], "Parameters": values}).to_string()),
        ("pipeline.json", json!({"Tags": {"team": "web"}, "Parameters": map}).to_string()),
        ("policy.json", json!({"Parameters": map, "StackPolicy": {"Statement": []}}).to_string()),
        ("git.json", json!({"parameters": map, "template-file-path": "none.yaml", "tags": {}}).to_string()),
        (
            "rain.yaml",
            format!(
                "# of the stack\n---\nParameters:\n  DbPassword: {secret}\n  Plain: {key}\nTags:\n  a: b\n"
            ),
        ),
        (
            "git.yaml",
            format!(
                "template-file-path: none.yaml\nparameters:\n  DbPassword: {secret}\n  Plain: \"{key}\"\n"
            ),
        ),
        (
            "list.yaml",
            format!(
                "- ParameterKey: DbPassword\n  ParameterValue: {secret}\n- {{ParameterKey: Plain, ParameterValue: {key}}}\n- ParameterKey: Old\n  UsePreviousValue: true\n"
            ),
        ),
    ] {
        let mut found = told(name, &text);
        found.sort();
        assert_eq!(found, ["KEY02", "SEC04"], "{name}: {text}");
    }
}

/// What other tools keep in YAML and JSON, and what is no file of values after all.
#[test]
fn other_files_are_passed_over() {
    let secret = secret();
    for (name, value) in [
        (
            "arm.json",
            json!({"$schema": "x", "contentVersion": "1", "parameters": {"password": {"value": secret}}}),
        ),
        ("package.json", json!({"name": "x", "Parameters": {"Password": secret}})),
        (
            "task.json",
            json!({"family": "x", "containerDefinitions": [{"environment": [{"name": "PASSWORD", "value": secret}]}]}),
        ),
        ("cdk.json", json!({"app": "x", "context": {"password": secret}})),
        ("db.json", json!([{"ParameterName": "password", "ParameterValue": secret}])),
        ("command.json", json!({"Parameters": {"commands": [format!("export PASSWORD={secret}")]}})),
        ("fragment.json", json!({"Parameters": {"Password": {"Type": "String", "Default": secret}}})),
        ("stacks.json", json!({"Stacks": [{"Parameters": list(&[("Password", &secret)])}]})),
        ("mixed.json", json!([{"ParameterKey": "Password", "ParameterValue": secret}, {"Key": "x"}])),
        ("flat.json", json!({"Password": secret})),
        ("values.json", json!({"parameters": {"password": secret}, "tags": {}})),
    ] {
        assert_eq!(told(name, &value.to_string()), Vec::<String>::new(), "{value}");
    }
    for text in [
        format!("[{{\"ParameterKey\": \"Password\", \"ParameterValue\": {secret} {{{{ x }}}} ]"),
        format!("Parameters:\n  Password: !Ref {secret}\n"),
        format!("aws cloudformation deploy --parameters ParameterKey=Password,ParameterValue={secret}\n"),
    ] {
        assert_eq!(told("other.yaml", &text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn what_is_no_secret_is_not_told() {
    let fine = [
        ("DbPassword", ""),
        ("PasswordArn", "arn:aws:secretsmanager:eu-west-1:123456789012:secret:x-AbCdEf"),
        ("DbSecret", "{{resolve:secretsmanager:prod/db:SecretString:password}}"),
        ("PasswordMinLength", "14"),
        ("RotateSecret", "true"),
        ("SecretName", "prod/db"),
        ("AdminPassword", "<password>"),
        ("ApiKeyParameter", "/prod/api/key"),
        ("KeyName", "my-key"),
        ("Token", "********"),
        ("TokenLifetime", "3600"),
        ("UserPassword", "${DB_PASSWORD}"),
    ];
    assert_eq!(told("p.json", &list(&fine).to_string()), Vec::<String>::new());
}

const TEMPLATE: &str = "AWSTemplateFormatVersion: \"2010-09-09\"
Parameters:
  Word: {Type: String, NoEcho: true}
  Stage: {Type: String}
Resources:
  Db:
    Type: AWS::RDS::DBInstance
    Properties:
      DBInstanceIdentifier: !Ref Stage
      MasterUserPassword: !Ref Word
";

#[test]
fn a_template_beside_says_what_is_not_to_be_echoed() {
    let values = list(&[("Word", &secret()), ("Stage", "prod")]).to_string();
    for (template, file, expected) in [
        ("template.yaml", "prod.json", 1),
        ("infra/template.yaml", "infra/params/prod.json", 1),
        // Who knows whether they are about each other.
        ("a/template.yaml", "b/prod.json", 0),
        ("template.yaml", "a/b/prod.json", 0),
    ] {
        let repo = Repo::new();
        repo.write(template, TEMPLATE);
        repo.write(file, &values);
        let (_, report) = repo.json(&["."]);
        assert_eq!(findings(&report).len(), expected, "{template} {file}: {report:#}");
    }
    let found = |templates: &[(&str, String)]| {
        let repo = Repo::new();
        repo.write("prod.json", &values);
        templates.iter().for_each(|(path, text)| repo.write(path, text));
        findings(&repo.json(&["."]).1)
    };
    let template = || TEMPLATE.to_owned();
    let plain =
        || TEMPLATE.replace(", NoEcho: true", "").replace("!Ref Word", "\"{{resolve:ssm-secure:x}}\"");
    let other = || plain().replace("  Stage: {Type: String}\n", "").replace("!Ref Stage", "a");
    assert_eq!(found(&[("a.yaml", template()), ("b.yaml", other())]), ["SEC04 prod.json:1"]);
    assert_eq!(found(&[("a.yaml", template()), ("b.yaml", plain())]), Vec::<String>::new());
    assert_eq!(found(&[("b.yaml", other())]), Vec::<String>::new());
}

#[test]
fn a_template_beside_says_what_only_calls_a_secret() {
    let text = "AWSTemplateFormatVersion: \"2010-09-09\"
Parameters:
  DbPassword: {Type: String}
Resources:
  Db:
    Type: AWS::RDS::DBInstance
    Properties:
      MasterUserPassword: !Sub \"{{resolve:secretsmanager:${DbPassword}}}\"
";
    let repo = Repo::new();
    repo.write("prod.json", list(&[("DbPassword", "ProdDatabaseMaster1")]).to_string());
    assert_eq!(findings(&repo.json(&["."]).1), ["SEC04 prod.json:1"]);
    repo.write("template.yaml", text);
    assert_eq!(findings(&repo.json(&["."]).1), Vec::<String>::new());
    repo.write(
        "template.yaml",
        text.replace("!Sub \"{{resolve:secretsmanager:${DbPassword}}}\"", "!Ref DbPassword"),
    );
    assert!(findings(&repo.json(&["."]).1).contains(&"SEC04 prod.json:1".to_owned()));
}

const DEPLOYED: &str = "AWSTemplateFormatVersion: \"2010-09-09\"
Parameters:
  Pw: {Type: String, NoEcho: true}
  Tokens: {Type: String, Default: required}
Resources:
  Db:
    Type: AWS::RDS::DBInstance
    Properties:
      MasterUserPassword: !Ref Pw
  Web:
    Type: AWS::EC2::Instance
    Properties:
      IamInstanceProfile: web
      MetadataOptions: {HttpTokens: !Ref Tokens}
";

#[test]
fn a_file_of_git_sync_is_a_deployment_of_its_template() {
    let repo = Repo::new();
    repo.write("stacks/web.yaml", DEPLOYED);
    let deployment = |tokens: &str, secret: &str| {
        format!("template-file-path: ./stacks/web.yaml\nparameters:\n  Tokens: {tokens}\n  Pw: {secret}\n")
    };
    repo.write("deployments/prod.yaml", deployment("optional", &secret()));
    let expected = ["IMDS01 deployments/prod.yaml:3", "SEC01 deployments/prod.yaml:4"];
    for path in [".", "deployments/prod.yaml"] {
        let (_, report) = repo.json(&[path]);
        let mut found = findings(&report);
        found.sort();
        assert_eq!(found, expected, "{path}: {report:#}");
    }
    repo.write("deployments/test.yaml", deployment("required", &format!("{}-2", secret())));
    insta::assert_snapshot!("deployments_of_git_sync", repo.run(&["check", "."]).stdout);
    // Nothing outside of the repository is read.
    repo.write(
        "deployments/prod.yaml",
        "template-file-path: ../../etc/passwd\nparameters:\n  Tokens: optional\n",
    );
    repo.write("deployments/test.yaml", "template-file-path: gone.yaml\nparameters:\n  Tokens: optional\n");
    let (code, report) = repo.json(&["."]);
    assert_eq!((code, findings(&report), problems(&report)), (0, vec![], vec![]), "{report:#}");
}

#[test]
fn a_file_that_somebody_names_is_told_once() {
    let repo = Repo::new();
    let template = TEMPLATE.replace("Word", "DbPassword");
    repo.write("template.yaml", &template);
    repo.write("params/prod.json", list(&[("DbPassword", &secret()), ("Stage", "prod")]).to_string());
    assert_eq!(findings(&repo.json(&["."]).1), ["SEC04 params/prod.json:1"]);
    let (_, report) = repo.json(&["--parameters", "params/prod.json", "."]);
    assert_eq!(findings(&report), ["SEC01 params/prod.json:1"], "{report:#}");
    assert_eq!(report["summary"]["files"], 2, "{report:#}");
    repo.write(
        "samconfig.toml",
        "[prod.deploy.parameters]\nparameter_overrides = [\"file://params/prod.json\"]\n",
    );
    let (_, report) = repo.json(&["."]);
    assert_eq!(findings(&report), ["SEC01 params/prod.json:1"], "{report:#}");
    assert_eq!(report["summary"]["files"], 3, "{report:#}");
}

#[test]
fn comments_except_what_stands_in_yaml() {
    let repo = Repo::new();
    let line = format!("  DbPassword: {}", secret());
    repo.write("p.yaml", format!("Parameters:\n{line} # keyless: ignore[SEC04] it is made up\n"));
    let (code, report) = repo.json(&["."]);
    assert_eq!((code, findings(&report)), (0, vec![]), "{report:#}");
    assert_eq!(report["suppressed"].as_array().map(Vec::len), Some(1), "{report:#}");
}

#[test]
fn what_is_excluded_is_not_read() {
    let repo = Repo::new();
    repo.write("params/prod.json", list(&[("DbPassword", &secret())]).to_string());
    let ran = run_in(repo.path(), &["check", "--exclude", "params", "."]);
    assert_eq!(ran.code, 0, "{}", ran.stdout);
}
