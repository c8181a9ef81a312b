//! The tables say what sensitive.json says.

use super::*;
use serde_json::{Map, Value};

fn data() -> Value {
    serde_json::from_str(include_str!("sensitive.json")).unwrap()
}

fn rows<'a>(data: &'a Value, tables: &[&str]) -> Vec<(&'a str, Vec<&'a str>)> {
    let mut all: Vec<(&str, Vec<&str>)> = Vec::new();
    for table in tables {
        let map: &'a Map<String, Value> = data[*table].as_object().unwrap();
        for (name, paths) in map {
            all.push((name, paths.as_array().unwrap().iter().map(|p| p.as_str().unwrap()).collect()));
        }
    }
    all.sort();
    all
}

/// What a table says of the types that SAM's types become, with SAM's names of the properties.
fn serverless(data: &Value, table: &str) -> Vec<(String, Vec<String>)> {
    let mut all = Vec::new();
    for (name, entry) in data["serverless"].as_object().unwrap() {
        assert!(entry["source"].as_str().unwrap().starts_with("https://docs.aws.amazon.com/"));
        let mut paths = Vec::new();
        for (becomes, renamed) in entry["becomes"].as_object().unwrap() {
            for path in data[table][becomes].as_array().into_iter().flatten() {
                let path = path.as_str().unwrap();
                let head = path.split('.').next().unwrap();
                if let Some(to) = renamed[head].as_str() {
                    paths.push(path.replacen(head, to, 1));
                }
            }
        }
        paths.sort();
        paths.dedup();
        if !paths.is_empty() {
            all.push((name.clone(), paths));
        }
    }
    all
}

fn with_serverless(data: &Value, tables: &[&str], of: &str) -> Vec<(String, Vec<String>)> {
    let owned = |paths: Vec<&str>| paths.into_iter().map(str::to_owned).collect();
    let mut all: Vec<(String, Vec<String>)> =
        rows(data, tables).into_iter().map(|(name, paths)| (name.to_owned(), owned(paths))).collect();
    all.extend(serverless(data, of));
    all.sort();
    all
}

#[test]
fn what_a_serverless_type_becomes_is_looked_at_in_it() {
    assert_eq!(containers("AWS::Serverless::Function"), containers("AWS::Lambda::Function"));
    assert_eq!(containers("AWS::Serverless::StateMachine"), ["Definition", "DefinitionSubstitutions"]);
    assert_eq!(containers("AWS::Serverless::Application"), ["Parameters"]);
}

#[test]
fn the_generated_tables_are_fresh() {
    let data = data();
    let listed: Vec<_> = table::SENSITIVE
        .iter()
        .map(|(name, paths)| {
            ((*name).to_owned(), paths.iter().map(|p| p.path.to_owned()).collect::<Vec<_>>())
        })
        .collect();
    let tables = ["terraform", "terraform_other_providers", "cloudformation"];
    assert_eq!(listed, with_serverless(&data, &tables, "cloudformation"), "run generate.py");
    let flat = |table: &'static [(&'static str, &'static [&'static str])]| -> Vec<(String, Vec<String>)> {
        let owned = |paths: &[&str]| paths.iter().map(|path| (*path).to_owned()).collect();
        table.iter().map(|(name, paths)| ((*name).to_owned(), owned(paths))).collect()
    };
    let tables = ["terraform_containers", "cloudformation_containers"];
    assert_eq!(flat(table::CONTAINERS), with_serverless(&data, &tables, "cloudformation_containers"));
    assert_eq!(flat(table::SENSITIVE_OUTPUTS), with_serverless(&data, &["sensitive_outputs"], "none"));
    for (name, paths) in table::SENSITIVE {
        for path in *paths {
            let named =
                data["write_only"][*name].as_array().is_some_and(|w| w.iter().any(|w| w == path.path));
            assert_eq!(named, path.write_only, "{name}.{}", path.path);
            let instead: Vec<_> = data["replacement"][*name][path.path]
                .as_array()
                .map(|list| list.iter().filter_map(Value::as_str).collect())
                .unwrap_or_default();
            assert_eq!(instead, path.instead, "{name}.{}", path.path);
        }
    }
}

#[test]
fn every_condition_of_the_data_reached_a_path() {
    let data = data();
    for condition in data["conditions"].as_array().unwrap() {
        for name in condition["types"].as_array().unwrap() {
            let pattern = condition["path"].as_str().unwrap();
            let paths: Vec<_> = sensitive(name.as_str().unwrap())
                .iter()
                .filter(|p| match pattern.strip_prefix('*') {
                    Some(end) => p.path.ends_with(end),
                    None => p.path == pattern,
                })
                .collect();
            assert!(!paths.is_empty(), "{condition}");
            for path in paths {
                let plain = path.condition == Condition::Always && path.strength == Strength::Secret;
                assert!(!plain, "{condition}");
            }
        }
    }
}

#[test]
fn the_tables_are_sorted_and_without_doubles() {
    assert!(table::SENSITIVE.is_sorted_by(|a, b| a.0 < b.0));
    assert!(table::CONTAINERS.is_sorted_by(|a, b| a.0 < b.0));
    assert!(table::SENSITIVE_OUTPUTS.is_sorted_by(|a, b| a.0 < b.0));
    assert!(backends::BACKENDS.is_sorted_by(|a, b| a.0 < b.0));
    assert!(CREDENTIAL_TYPES.written().is_sorted_by(|a, b| a < b));
}

#[test]
fn look_ups_find_what_the_policies_need() {
    let has = |name: &str, path: &str| sensitive(name).iter().find(|p| p.path == path).copied();
    assert_eq!(
        has("aws_db_instance", "password").unwrap().instead,
        ["manage_master_user_password", "password_wo"]
    );
    assert!(has("aws_db_instance", "password_wo").unwrap().write_only);
    assert!(has("AWS::RDS::DBInstance", "MasterUserPassword").is_some());
    assert!(has("provider.aws", "secret_key").is_some());
    assert!(has("provider.datadog", "api_key").is_some());
    assert!(has("github_actions_secret", "plaintext_value").is_some());
    assert_eq!(
        has("aws_ssm_parameter", "value").unwrap().condition,
        Condition::When { attribute: "type", equals: "SecureString" }
    );
    assert_eq!(has("aws_api_gateway_api_key", "value").unwrap().strength, Strength::Identifier);
    let header =
        has("aws_cloudwatch_event_connection", "auth_parameters.invocation_http_parameters.header.value")
            .unwrap();
    assert_eq!(header.condition, Condition::Unless { attribute: "is_value_secret", equals: &["false"] });
    assert_eq!(header.parent(), Some("auth_parameters.invocation_http_parameters.header"));
    assert_eq!(
        containers("aws_lambda_function"),
        ["environment.variables", "image_config.command", "image_config.entry_point"]
    );
    assert!(sensitive_output("aws_iam_access_key", "secret"));
    assert!(sensitive_output("AWS::IAM::AccessKey", "SecretAccessKey"));
    assert!(!sensitive_output("aws_iam_access_key", "id"));
    let backend = |name: &str, path: &str| backend_credentials(name).iter().any(|p| p.path == path);
    assert!(backend("s3", "secret_key") && backend("remote", "token") && backend("azurerm", "client_secret"));
    assert!(!backend("s3", "bucket") && backend_credentials("local").is_empty());
    for known in [
        "aws_iam_access_key",
        "AWS::IAM::AccessKey",
        "aws_instance",
        "terraform_remote_state",
        "provider.tfe",
    ] {
        assert!(is_relevant(known), "{known}");
    }
    assert!(!is_relevant("aws_vpc") && !is_relevant(""));
}
