//! SAM: `Globals` as its translator merges them, and what its types become.

use crate::harness::{Repo, findings};
use serde_json::Value as Json;

/// A token that only evaluation puts together, as an expression that takes its first half from a parameter.
fn token() -> String {
    format!("!Sub \"${{Start}}{}\"", "4eC39HqLyjWDarjtT1zdp7dc")
}

fn template(globals: &str, resources: &str) -> Repo {
    let repo = Repo::new();
    repo.write(
        "template.yaml",
        format!(
            "AWSTemplateFormatVersion: \"2010-09-09\"\nTransform: AWS::Serverless-2016-10-31\nParameters:\n  \
             Start: {{Type: String, Default: {}}}\n  Stage: {{Type: String}}\nConditions:\n  IsProd: !Equals [!Ref Stage, prod]\n\
             Globals:\n{globals}Resources:\n{resources}",
            "sk_live_"
        ),
    );
    repo
}

fn function(name: &str, attributes: &str, properties: &str) -> String {
    format!(
        "  {name}:\n    Type: AWS::Serverless::Function\n{attributes}    Properties:\n      Handler: a.b\n{properties}"
    )
}

/// The functions that a token in `Globals` reaches.
#[track_caller]
fn reached(repo: &Repo) -> Vec<String> {
    let (_, report) = repo.json(&["."]);
    let findings = report["findings"].as_array().unwrap();
    assert!(findings.len() == 1 && findings[0]["code"] == "SEC02", "{report:#}");
    let addresses = findings[0]["addresses"].as_array().unwrap();
    addresses.iter().map(|address| address.as_str().unwrap().to_owned()).collect()
}

#[test]
fn variables_of_globals_reach_the_functions_that_do_not_say_otherwise() {
    let globals = format!(
        "  Function:\n    Timeout: 3\n    Environment:\n      Variables:\n        STRIPE: {}\n",
        token()
    );
    let other = "      Environment:\n        Variables:\n";
    let resources = [
        function("None", "", ""),
        function("Other", "", &format!("{other}          LEVEL: debug\n")),
        function("Overridden", "", &format!("{other}          STRIPE: \"-\"\n")),
        function("Empty", "", "      Environment: {}\n"),
        function(
            "ByFunction",
            "",
            "      Environment: !If [IsProd, {Variables: {A: b}}, !Ref AWS::NoValue]\n",
        ),
        function("NoValue", "", &format!("{other}          STRIPE: !Ref AWS::NoValue\n")),
        function("IgnoresAll", "    IgnoreGlobals: \"*\"\n", ""),
        function("IgnoresOne", "    IgnoreGlobals: [Environment]\n", ""),
        function("IgnoresAnother", "    IgnoreGlobals: [Timeout]\n", ""),
    ];
    let repo = template(&globals, &resources.concat());
    assert_eq!(reached(&repo), ["Empty", "IgnoresAnother", "None", "Other"]);
}

#[test]
fn sections_are_those_of_their_types() {
    let variables = |name: &str| format!("    {name}:\n      STRIPE: {}\n", token());
    let globals = format!("  Api:\n{}", variables("Variables"));
    let api = |name: &str, kind: &str| {
        format!("  {name}:\n    Type: AWS::Serverless::{kind}\n    Properties:\n      StageName: prod\n")
    };
    let repo = template(
        &globals,
        &format!("{}{}{}", api("Rest", "Api"), api("Http", "HttpApi"), function("F", "", "")),
    );
    assert_eq!(reached(&repo), ["Rest"]);
    let globals = format!("  HttpApi:\n{}", variables("StageVariables"));
    let repo = template(&globals, &format!("{}{}", api("Rest", "Api"), api("Http", "HttpApi")));
    assert_eq!(reached(&repo), ["Http"]);
}

#[test]
fn what_the_types_become_is_judged() {
    let resources = format!(
        "  Machine:\n    Type: AWS::Serverless::StateMachine\n    Properties:\n      Definition: {{States: {{A: {{Key: {}}}}}}}\n",
        token()
    );
    let repo = template("  Function: {}\n", &resources);
    assert_eq!(reached(&repo), ["Machine"]);
    let repo = template(
        "  Function: {}\n",
        &function("F", "", &format!("      Environment: {{Variables: {{KEY: {}}}}}\n", token())),
    );
    assert_eq!(reached(&repo), ["F"]);
}

#[test]
fn instances_beside_serverless_resources_are_judged_as_ever() {
    let repo = template(
        "  Function: {Timeout: 3}\n",
        "  Web:\n    Type: AWS::EC2::Instance\n    Properties:\n      IamInstanceProfile: web\n      MetadataOptions: {HttpTokens: optional}\n",
    );
    let (_, report): (_, Json) = repo.json(&["."]);
    assert_eq!(findings(&report), ["IMDS01 template.yaml:15"], "{report:#}");
}
