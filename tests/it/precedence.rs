//! One finding per value and place, by the most telling policy, with the whole way of the value.

use crate::harness::Repo;
use serde_json::Value;
use std::fs;

fn key(prefix: &str) -> String {
    format!("{prefix}{}", "QNZGKIQY56JQ7WML")
}

/// Kinds of secrets, with what is found in a comment, under a name, in an environment, in an attribute that holds secrets,
/// and in a provider.
fn kinds() -> Vec<(&'static str, String, [&'static str; 5])> {
    let body = "Xk4mQ9zR7tLw2VbN8sHdXk4mQ9zR7tLw2VbN8sHdXk4mQ9zR7tLw2VbN8sHd".to_owned();
    let pem = |word: &str| format!("-----{word} RSA PRIVATE KEY-----");
    let private = format!("{}\\n{body}\\n{body}\\n{}\\n", pem("BEGIN"), pem("END"));
    vec![
        ("access key", key("AKIA"), ["KEY02", "KEY02", "KEY02", "KEY02", "KEY03"]),
        ("temporary key", key("ASIA"), ["KEY05", "KEY05", "KEY05", "KEY05", "KEY03"]),
        ("private key", private, ["SEC03", "SEC03", "SEC03", "SEC03", "KEY03"]),
        ("token", format!("glpat-{}", &body[..20]), ["SEC02", "SEC02", "SEC02", "SEC02", "KEY03"]),
        (
            "url",
            format!("postgres://app:{}@db.acme.io/x", &body[..12]),
            ["SEC06", "SEC06", "SEC06", "SEC06", "KEY03"],
        ),
        // Of a form that others have too: the place says more.
        ("browser key", format!("AIza{}", &body[..35]), ["SEC02", "SEC04", "SEC05", "SEC01", "KEY03"]),
        ("password", ["hunter", "22x"].concat(), ["", "SEC04", "SEC05", "SEC01", "KEY03"]),
        ("placeholder", ["change", "me"].concat(), ["", "SEC04", "", "SEC01", "KEY03"]),
        ("example", format!("AKIA{}", "IOSFODNN7EXAMPLE"), ["SEC09", "SEC09", "SEC09", "SEC01", "KEY03"]),
    ]
}

/// The code, the characters and the addresses of each finding of a secret.
fn found(repo: &Repo) -> Vec<(String, String, Vec<String>, Value)> {
    let (_, report) = repo.json(&["--strict", "--select", "KEY,SEC"]);
    assert_eq!(report["problems"], serde_json::json!([]), "{report:#}");
    let findings = report["findings"].as_array().unwrap().iter();
    let all = findings.map(|finding| {
        let addresses = finding["addresses"].as_array().unwrap().iter();
        let addresses = addresses.map(|address| address.as_str().unwrap().to_owned()).collect();
        (finding["code"].as_str().unwrap().to_owned(), characters(repo, finding), addresses, finding.clone())
    });
    all.collect()
}

/// The text of a place of one line.
fn characters(repo: &Repo, place: &Value) -> String {
    let text = fs::read_to_string(repo.path().join(place["path"].as_str().unwrap())).unwrap();
    let at = |end: &str, unit: &str| usize::try_from(place[end][unit].as_u64().unwrap()).unwrap();
    assert_eq!(at("start", "line"), at("end", "line"), "{place:#}");
    let line = text.lines().nth(at("start", "line") - 1).unwrap();
    let characters = line.chars().skip(at("start", "column") - 1);
    characters.take(at("end", "column") - at("start", "column")).collect()
}

fn terraform(place: usize, text: &str) -> (&'static str, String) {
    let code = match place {
        0 => format!("# {text}\nlocals {{}}\n"),
        1 => format!("variable \"db_password\" {{\n  sensitive = true\n  default = \"{text}\"\n}}\n"),
        2 => format!(
            "resource \"aws_lambda_function\" \"f\" {{\n  environment {{\n    variables = {{\n      DB_PASSWORD = \"{text}\"\n    }}\n  }}\n}}\n"
        ),
        3 => format!("resource \"aws_db_instance\" \"d\" {{\n  password = \"{text}\"\n}}\n"),
        _ => format!("provider \"aws\" {{\n  secret_key = \"{text}\"\n}}\n"),
    };
    ("main.tf", code)
}

fn template(place: usize, text: &str) -> (&'static str, String) {
    let head = "AWSTemplateFormatVersion: '2010-09-09'\n";
    let resource = |kind: &str, body: &str| {
        format!("{head}Resources:\n  X:\n    Type: {kind}\n    Properties: {body}\n")
    };
    let code = match place {
        0 => format!("{head}# \"{text}\"\nResources: {{}}\n"),
        1 => format!(
            "{head}Parameters:\n  DbPassword: {{Type: String, NoEcho: true, Default: \"{text}\"}}\nResources: {{}}\n"
        ),
        2 => resource(
            "AWS::Lambda::Function",
            &format!("{{Environment: {{Variables: {{DB_PASSWORD: \"{text}\"}}}}}}"),
        ),
        _ => resource("AWS::RDS::DBInstance", &format!("{{MasterUserPassword: \"{text}\"}}")),
    };
    ("template.yaml", code)
}

#[test]
fn the_most_telling_policy_speaks_once() {
    for (name, text, codes) in kinds() {
        for (place, code) in codes.iter().enumerate() {
            let mut written = vec![terraform(place, &text)];
            written.extend((place < 4).then(|| template(place, &text)));
            for (path, content) in written {
                let repo = Repo::new();
                repo.write(path, content);
                let found = found(&repo);
                let all: Vec<&str> = found.iter().map(|(code, ..)| code.as_str()).collect();
                let wanted: Vec<&str> = [*code].into_iter().filter(|code| !code.is_empty()).collect();
                assert_eq!(all, wanted, "{name} at place {place} of {path}");
                for (_, characters, ..) in found {
                    let is_it = text.starts_with(&characters) && text.len() < characters.len() + 3
                        || text.contains(&format!(":{characters}@"));
                    assert!(is_it, "{name} at place {place} of {path}: {characters}");
                }
            }
        }
    }
}

/// Code in which a password goes a way: its files, the code of the policy, and each step of the chain as the characters
/// that it stands on, the literal first.
struct Way {
    name: &'static str,
    files: Vec<(&'static str, String)>,
    code: &'static str,
    address: &'static str,
    chain: Vec<&'static str>,
}

const PASSWORD: &str = concat!("hunter", "22x");

fn database(password: &str) -> String {
    format!("resource \"aws_db_instance\" \"d\" {{\n  password = {password}\n}}\n")
}

fn local(text: &str) -> String {
    format!("locals {{\n  p = \"{PASSWORD}\"\n}}\n{text}")
}

fn stack(parameters: &str, password: &str) -> Vec<(&'static str, String)> {
    vec![(
        "template.yaml",
        format!(
            "AWSTemplateFormatVersion: '2010-09-09'\n{parameters}Resources:\n  D:\n    Type: AWS::RDS::DBInstance\n    Properties:\n      MasterUserPassword: {password}\n"
        ),
    )]
}

fn ways() -> Vec<Way> {
    const D: &str = "aws_db_instance.d";
    let one = |text: String| vec![("main.tf", text)];
    let way = |name, files, code, address, chain: &[&'static str]| Way {
        name,
        files,
        code,
        address,
        chain: chain.to_vec(),
    };
    let parameter = format!("Parameters:\n  P: {{Type: String, NoEcho: true, Default: {PASSWORD}}}\n");
    vec![
        way("in place", one(database(&format!("\"{PASSWORD}\""))), "SEC01", D, &[]),
        way("local", one(local(&database("local.p"))), "SEC01", D, &[PASSWORD, "local.p"]),
        way(
            "default",
            one(format!("variable \"p\" {{\n  default = \"{PASSWORD}\"\n}}\n{}", database("var.p"))),
            "SEC01",
            D,
            &[PASSWORD, "var.p"],
        ),
        way(
            "tfvars",
            vec![
                ("main.tf", format!("variable \"p\" {{\n  default = \"other\"\n}}\n{}", database("var.p"))),
                ("terraform.tfvars", format!("p = \"{PASSWORD}\"\n")),
            ],
            "SEC01",
            D,
            &[PASSWORD, "\"hunter22x\"", "var.p"],
        ),
        way(
            "module input",
            vec![
                ("main.tf", local("module \"m\" {\n  source = \"./m\"\n  p      = local.p\n}\n")),
                ("m/main.tf", format!("variable \"p\" {{}}\n{}", database("var.p"))),
            ],
            "SEC01",
            "module.m.aws_db_instance.d",
            &[PASSWORD, "local.p", "var.p"],
        ),
        way(
            "module output",
            vec![
                ("main.tf", format!("module \"m\" {{\n  source = \"./m\"\n}}\n{}", database("module.m.p"))),
                ("m/main.tf", format!("output \"p\" {{\n  value = \"{PASSWORD}\"\n}}\n")),
            ],
            "SEC01",
            D,
            &[PASSWORD, "module.m.p"],
        ),
        way(
            "jsonencode",
            one(local(
                "resource \"aws_secretsmanager_secret_version\" \"s\" {\n  secret_string = jsonencode({ password = local.p })\n}\n",
            )),
            "SEC01",
            "aws_secretsmanager_secret_version.s",
            &[PASSWORD, "jsonencode({ password = local.p })"],
        ),
        way(
            "format",
            one(local(&database("format(\"%s-7\", local.p)"))),
            "SEC01",
            D,
            &[PASSWORD, "format(\"%s-7\", local.p)"],
        ),
        way(
            "join",
            one(local(&database("join(\"-\", [local.p, \"7\"])"))),
            "SEC01",
            D,
            &[PASSWORD, "join(\"-\", [local.p, \"7\"])"],
        ),
        way(
            "templatefile",
            vec![
                (
                    "main.tf",
                    local(
                        "resource \"aws_instance\" \"i\" {\n  iam_instance_profile = \"x\"\n  user_data = templatefile(\"${path.module}/run.sh\", { h = \"host\", p = local.p })\n}\n",
                    ),
                ),
                ("run.sh", "export H=${h}; export DB_PASSWORD=${p}".to_owned()),
            ],
            "SEC05",
            "aws_instance.i",
            &[
                PASSWORD,
                "p",
                "export H=${h}; export DB_PASSWORD=${p}",
                "templatefile(\"${path.module}/run.sh\", { h = \"host\", p = local.p })",
            ],
        ),
        way("parameter", stack(&parameter, "!Ref P"), "SEC01", "D", &[PASSWORD, "!Ref P"]),
        way("sub", stack(&parameter, "!Sub ${P}"), "SEC01", "D", &[PASSWORD, "!Sub ${P}"]),
        way(
            "fn join",
            stack(&parameter, "!Join ['-', [!Ref P, 7]]"),
            "SEC01",
            "D",
            &[PASSWORD, "!Join ['-', [!Ref P, 7]]"],
        ),
        way(
            "mapping",
            stack(&format!("Mappings:\n  M: {{a: {{Pw: {PASSWORD}}}}}\n"), "!FindInMap [M, a, Pw]"),
            "SEC01",
            "D",
            &[PASSWORD, "!FindInMap [M, a, Pw]"],
        ),
    ]
}

#[test]
fn the_literal_is_the_place_and_the_chain_its_way() {
    for way in ways() {
        let repo = Repo::new();
        for (path, content) in &way.files {
            repo.write(path, content);
        }
        let found = found(&repo);
        let [(code, literal, addresses, finding)] = found.as_slice() else {
            panic!("{}: {found:#?}", way.name);
        };
        assert_eq!((code.as_str(), literal.as_str()), (way.code, PASSWORD), "{}: {finding:#}", way.name);
        assert_eq!(addresses, &[way.address], "{}", way.name);
        let chain = finding["chain"].as_array().unwrap().iter();
        let chain: Vec<String> = chain.map(|place| characters(&repo, place)).collect();
        assert_eq!(chain, way.chain, "{}: {finding:#}", way.name);
    }
}

fn codes(code: &str) -> Vec<(String, Vec<String>)> {
    let repo = Repo::new();
    repo.write("main.tf", code);
    if code.contains("./m") {
        repo.write("m/main.tf", format!("variable \"p\" {{}}\n{}", database("var.p")));
    }
    found(&repo).into_iter().map(|(code, _, addresses, _)| (code, addresses)).collect()
}

#[test]
fn one_literal_is_one_finding_and_two_are_two() {
    let said = |code: &str, addresses: &[&str]| {
        (code.to_owned(), addresses.iter().map(|address| (*address).to_owned()).collect::<Vec<_>>())
    };
    let other = database("local.p").replace("\"d\"", "\"e\"");
    assert_eq!(
        codes(&local(&format!("{}{other}", database("local.p")))),
        [said("SEC01", &["aws_db_instance.d", "aws_db_instance.e"])]
    );
    let each =
        "resource \"aws_db_instance\" \"d\" {\n  for_each = toset([\"x\", \"y\"])\n  password = local.p\n}\n";
    assert_eq!(
        codes(&local(each)),
        [said("SEC01", &["aws_db_instance.d[\"x\"]", "aws_db_instance.d[\"y\"]"])]
    );
    let call = |name: &str| format!("module \"{name}\" {{\n  source = \"./m\"\n  p = local.p\n}}\n");
    assert_eq!(
        codes(&local(&format!("{}{}", call("a"), call("b")))),
        [said("SEC01", &["module.a.aws_db_instance.d", "module.b.aws_db_instance.d"])]
    );
    // Met in an attribute and in an environment: the attribute says more.
    let environment = "resource \"aws_lambda_function\" \"f\" {\n  environment {\n    variables = { DB_PASSWORD = local.p }\n  }\n}\n";
    assert_eq!(
        codes(&local(&format!("{}{environment}", database("local.p")))),
        [said("SEC01", &["aws_db_instance.d", "aws_lambda_function.f"])]
    );
    // The same text twice.
    let literal = database(&format!("\"{PASSWORD}\""));
    assert_eq!(
        codes(&format!("{literal}{}", literal.replace("\"d\"", "\"e\""))),
        [said("SEC01", &["aws_db_instance.d"]), said("SEC01", &["aws_db_instance.e"])]
    );
    // A default that a file of values beats is still written down.
    let repo = Repo::new();
    repo.write(
        "main.tf",
        format!("variable \"db_password\" {{\n  sensitive = true\n  default = \"{PASSWORD}\"\n}}\n"),
    );
    repo.write("terraform.tfvars", format!("db_password = \"{PASSWORD}\"\n"));
    let both: Vec<_> = found(&repo).into_iter().map(|(code, ..)| code).collect();
    assert_eq!(both, ["SEC04", "SEC04"]);
}

#[test]
fn a_literal_is_not_told_again_as_a_reference_or_a_missing_mark() {
    // SEC07 and SEC08 are about values from elsewhere, KEY04 about keys that a resource makes.
    let code = format!(
        "variable \"db_password\" {{\n  default = \"{PASSWORD}\"\n}}\n{}",
        database("var.db_password")
    );
    assert_eq!(codes(&code), [("SEC01".to_owned(), vec!["aws_db_instance.d".to_owned()])]);
    let key = key("AKIA");
    let code = format!(
        "locals {{\n  k = \"{key}\"\n}}\nprovider \"aws\" {{\n  access_key = local.k\n}}\nresource \"aws_lambda_function\" \"f\" {{\n  environment {{\n    variables = {{ AWS_ACCESS_KEY_ID = local.k }}\n  }}\n}}\noutput \"k\" {{\n  value = local.k\n}}\n"
    );
    let found = codes(&code);
    assert_eq!(
        found,
        [("KEY03".to_owned(), vec!["aws_lambda_function.f".to_owned(), "provider.aws".to_owned()])]
    );
}
