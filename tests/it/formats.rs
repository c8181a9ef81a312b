//! The formats that other programs read: each as they get it, held against its published schema where there is one.

use crate::harness::{FORMATS, Repo, VIOLATION, corpora, run_in};
use quick_xml::events::{BytesStart, Event};
use serde_json::{Value as Json, json};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// The policies of the fixture: few, so that snapshots can be read.
const SELECTED: [&str; 4] = ["check", "--strict", "--select", "IMDS01,KEY01"];

/// A value with a chain, a user of it, a name that is not ASCII before a column, a warning, an open question, something
/// suppressed, and files that cannot be judged.
fn repo() -> Repo {
    let repo = Repo::new();
    repo.write(
        "infra/variables.tf",
        "variable \"tokens\" {\n  default = \"optional\"\n}\n\nvariable \"open\" {}\n",
    );
    repo.write(
        "infra/main.tf",
        r#"resource "aws_launch_template" "web" {
  metadata_options {
    http_tokens = var.tokens
  }
}

resource "aws_autoscaling_group" "web" {
  launch_template {
    id = aws_launch_template.web.id
  }
}

resource "aws_instance" "größe" {
  metadata_options { /* größe 漢 */ http_tokens = "optional" }
}

resource "aws_instance" "asked" {
  metadata_options {
    http_tokens = var.open
  }
}
"#,
    );
    repo.write(
        "stacks/a b#1.yaml",
        "AWSTemplateFormatVersion: 2010-09-09\nParameters:\n  Tokens:\n    Type: String\n    Default: required\n    \
         AllowedValues: [required, optional]\nResources:\n  Web:\n    Type: AWS::EC2::Instance\n    Properties:\n      \
         MetadataOptions: {HttpTokens: !Ref Tokens}\n",
    );
    repo.write("broken/main.tf", "resource \"aws_instance\" \"a\" {\n  é = = 1\n}\n");
    repo.write(
        "cdk.out/manifest.json",
        r#"{"version":"36.0.0","artifacts":{"S":{"type":"aws:cloudformation:stack","properties":{"templateFile":"S.json"},
"metadata":{"/S/Partner":[{"type":"aws:cdk:acknowledged-rules","data":{"keyless::KEY01":"the partner cannot federate before 2027"}}]}}}}"#,
    );
    repo.write(
        "cdk.out/S.json",
        r#"{"Resources":{"Key":{"Type":"AWS::IAM::AccessKey","Properties":{"UserName":"partner"},"Metadata":{"aws:cdk:path":"S/Partner/Key"}}}}"#,
    );
    repo
}

fn print(format: &str) -> String {
    let ran = repo().run(&[&SELECTED[..], &["--format", format]].concat());
    assert_eq!(ran.code, 2, "{ran:?}");
    ran.stdout
}

fn parsed(text: &str) -> Json {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

fn assert_valid(schema: &str, instance: &Json) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(schema);
    let schema = parsed(&fs::read_to_string(path).unwrap());
    let validator = jsonschema::options().should_validate_formats(true).build(&schema).unwrap();
    let errors: Vec<_> = validator
        .iter_errors(instance)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .take(5)
        .collect();
    assert!(errors.is_empty(), "{errors:#?}");
}

const SARIF: &str = "testdata/schemas/sarif-2.1.0.schema.json";

/// Valid, and within what GitHub takes and shows of a file.
/// <https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning>
fn assert_sarif(text: &str) -> Json {
    let log = parsed(text);
    assert_valid(SARIF, &log);
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    std::io::Write::write_all(&mut gzip, text.as_bytes()).unwrap();
    assert!(gzip.finish().unwrap().len() <= 10_000_000);
    let runs = log["runs"].as_array().unwrap();
    assert_eq!(runs.len(), 1);
    let (driver, results) = (&runs[0]["tool"]["driver"], runs[0]["results"].as_array().unwrap());
    let rules = driver["rules"].as_array().unwrap();
    assert!(results.len() <= 5_000 && rules.len() <= 25_000);
    for rule in rules {
        assert_rule(rule);
    }
    for result in results {
        assert_result(result, rules);
    }
    let rank =
        |level: &Json| ["error", "warning", "note", "none"].iter().position(|word| level == word).unwrap();
    let open = results.iter().filter(|result| result.get("suppressions").is_none());
    assert!(open.map(|result| rank(&result["level"])).is_sorted(), "the worst come first");
    log
}

fn assert_rule(rule: &Json) {
    let length = |text: &Json| text.as_str().unwrap().chars().count();
    assert!((1..=255).contains(&length(&rule["name"])), "{rule}");
    for description in [&rule["shortDescription"]["text"], &rule["fullDescription"]["text"]] {
        assert!((1..=1024).contains(&length(description)), "{rule}");
    }
    assert!(length(&rule["help"]["text"]) > 0);
    let properties = &rule["properties"];
    assert!(properties["tags"].as_array().unwrap().len() <= 10);
    assert!(properties["tags"].as_array().unwrap().contains(&json!("security")));
    let score: f64 = properties["security-severity"].as_str().unwrap().parse().unwrap();
    assert!(score > 0.0 && score <= 10.0);
    assert!(
        ["error", "warning", "recommendation"].contains(&properties["problem.severity"].as_str().unwrap())
    );
    assert!(["very-high", "high", "medium", "low"].contains(&properties["precision"].as_str().unwrap()));
}

fn assert_result(result: &Json, rules: &[Json]) {
    let rule = &rules[usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap()];
    assert_eq!(rule["id"], result["ruleId"]);
    assert!(!result["message"]["text"].as_str().unwrap().is_empty());
    assert!(result["partialFingerprints"]["keyless/v1"].as_str().unwrap().len() >= 32);
    let list = |value: &Json| value.as_array().cloned().unwrap_or_default();
    let (locations, related) = (list(&result["locations"]), list(&result["relatedLocations"]));
    assert_eq!(locations.len(), 1);
    assert!(related.len() < 100);
    let flows = list(&result["codeFlows"]);
    let steps: Vec<_> = flows
        .iter()
        .flat_map(|flow| list(&flow["threadFlows"]))
        .flat_map(|flow| list(&flow["locations"]))
        .collect();
    assert!(steps.len() <= 1_000);
    for location in locations.iter().chain(&related).chain(steps.iter().map(|step| &step["location"])) {
        let physical = &location["physicalLocation"];
        assert_eq!(physical["artifactLocation"]["uriBaseId"], "%SRCROOT%");
        for key in ["startLine", "startColumn", "endLine", "endColumn"] {
            assert!(physical["region"][key].as_u64().unwrap() >= 1, "{location}");
        }
    }
}

#[test]
fn sarif_as_code_scanning_gets_it() {
    let mut log = assert_sarif(&print("sarif"));
    let driver = log["runs"][0]["tool"]["driver"].as_object_mut().unwrap();
    let rules = driver.remove("rules").unwrap();
    driver.remove("notifications");
    for result in log["runs"][0]["results"].as_array_mut().unwrap() {
        result.as_object_mut().unwrap().remove("ruleIndex");
    }
    let without_version = |value: &Json| {
        serde_json::to_string_pretty(value).unwrap().replace(env!("CARGO_PKG_VERSION"), "<version>")
    };
    insta::assert_snapshot!(without_version(&log));
    let mut rule = rules.as_array().unwrap().iter().find(|rule| rule["id"] == "IMDS01").unwrap().clone();
    let page = rule["help"]["markdown"].take();
    assert_eq!(page, fs::read_to_string(policies().join("imdsv1-allowed.md")).unwrap());
    insta::assert_snapshot!("sarif_rule", without_version(&rule));
}

fn policies() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("policies")
}

#[test]
fn what_is_suppressed_can_be_left_out() {
    let suppressed = |args: &[&str]| {
        let ran = repo().run(&[&SELECTED[..], &["--format", "sarif"], args].concat());
        let log = assert_sarif(&ran.stdout);
        let results = log["runs"][0]["results"].as_array().unwrap().clone();
        results.iter().filter(|result| result.get("suppressions").is_some()).count()
    };
    assert_eq!(suppressed(&[]), 1);
    assert_eq!(suppressed(&["--hide-suppressed"]), 0);
    let junit = repo().run(&[&SELECTED[..], &["--format", "junit", "--hide-suppressed"]].concat()).stdout;
    assert!(!junit.contains("suppressed"), "{junit}");
}

/// GitHub makes an alert of every result: a question is none unless somebody asks for it.
#[test]
fn questions_are_results_only_when_asked_for() {
    let repo = repo();
    let results = |args: &[&str]| {
        let ran = repo.run(&[&["check", "--select", "IMDS01", "--format", "sarif"], args].concat());
        assert_sarif(&ran.stdout)["runs"][0].clone()
    };
    let open = |run: &Json| {
        run["results"].as_array().unwrap().iter().filter(|result| result["kind"] == "open").count()
    };
    let plain = results(&[]);
    assert_eq!(open(&plain), 0);
    let told = plain["invocations"][0]["toolExecutionNotifications"].to_string();
    assert!(told.contains("does not answer 1 of what policies ask"), "{told}");
    for args in [&["--strict"][..], &["--fail-on", "cannot-tell"]] {
        let run = results(args);
        assert_eq!(open(&run), 1, "{args:?}");
        assert_eq!(run["invocations"][0]["toolExecutionNotifications"][0]["descriptor"]["id"], "syntax");
        assert_eq!(run["invocations"][0]["toolExecutionNotifications"].as_array().unwrap().len(), 1);
    }
}

#[test]
fn gitlab_as_code_quality_gets_it() {
    let text = print("gitlab");
    insta::assert_snapshot!(text);
    let report = parsed(&text);
    let entries = report.as_array().unwrap();
    let prints: BTreeSet<_> = entries.iter().map(|entry| entry["fingerprint"].as_str().unwrap()).collect();
    assert_eq!(prints.len(), entries.len());
    for entry in entries {
        let severity = entry["severity"].as_str().unwrap();
        assert!(["info", "minor", "major", "critical", "blocker"].contains(&severity));
        assert!(entry["location"]["lines"]["begin"].as_u64().unwrap() >= 1);
        for key in ["description", "check_name"] {
            assert!(!entry[key].as_str().unwrap().is_empty());
        }
    }
}

#[test]
fn findings_with_one_fingerprint_are_told_apart() {
    let repo = Repo::new();
    repo.write("a.tf", VIOLATION.replace("tokens = ", "tokens = /* a */ "));
    let twice = |format: &str| repo.run(&["check", "--format", format]).stdout;
    let entries = parsed(&twice("gitlab"));
    let prints: BTreeSet<_> =
        entries.as_array().unwrap().iter().map(|entry| entry["fingerprint"].clone().to_string()).collect();
    assert_eq!(prints.len(), entries.as_array().unwrap().len());
}

#[test]
fn rdjson_as_reviewdog_gets_it() {
    let text = print("rdjson");
    insta::assert_snapshot!(text);
    let report = parsed(&text);
    assert_valid("testdata/schemas/rdjson.schema.json", &report);
    // Columns are bytes: the line from there on is the value.
    let place = |entry: &&Json| entry["message"].as_str().unwrap().contains("größe");
    let entry = report["diagnostics"].as_array().unwrap().iter().find(place).unwrap();
    let range = &entry["location"]["range"];
    let number = |value: &Json| usize::try_from(value.as_u64().unwrap()).unwrap() - 1;
    let repo = repo();
    let code = fs::read_to_string(repo.path().join(entry["location"]["path"].as_str().unwrap())).unwrap();
    let line = code.lines().nth(number(&range["start"]["line"])).unwrap();
    assert_eq!(&line[number(&range["start"]["column"])..number(&range["end"]["column"])], "optional");
}

#[test]
fn jsonl_is_the_report_line_by_line() {
    let text = print("jsonl");
    insta::assert_snapshot!(text);
    let lines: Vec<_> = text.lines().map(parsed).collect();
    let report = parsed(&print("json"));
    for line in &lines {
        assert_valid("schema/line.schema.json", line);
    }
    for (kind, key) in [
        ("finding", "findings"),
        ("cannot_tell", "cannot_tell"),
        ("suppressed", "suppressed"),
        ("problem", "problems"),
    ] {
        let of_kind = lines.iter().filter(|line| line["type"] == kind);
        let plain: Vec<Json> = of_kind
            .map(|line| {
                let mut line = line.clone();
                line.as_object_mut().unwrap().remove("type");
                line
            })
            .collect();
        assert!(!plain.is_empty(), "{kind}");
        assert_eq!(json!(plain), report[key], "{kind}");
    }
    let last = lines.last().unwrap();
    assert_eq!((&last["type"], &last["findings"]), (&json!("summary"), &report["summary"]["findings"]));
}

#[test]
fn junit_as_a_ci_system_gets_it() {
    let text = print("junit");
    insta::assert_snapshot!(text);
    assert_junit(&text);
}

/// What fails the run is a failure; what it only shows is not.
#[test]
fn a_test_fails_where_the_run_does() {
    let repo = repo();
    let counts = |args: &[&str]| {
        let ran =
            repo.run(&[&["check", "--select", "IMDS01", "--format", "junit"], args, &["stacks"]].concat());
        assert_junit(&ran.stdout);
        (ran.code, ran.stdout.matches("<failure ").count(), ran.stdout.matches("<skipped ").count())
    };
    assert_eq!(counts(&[]), (0, 0, 1));
    assert_eq!(counts(&["--fail-on", "warning"]), (1, 1, 0));
}

#[test]
fn checkstyle_as_its_readers_get_it() {
    let text = print("checkstyle");
    insta::assert_snapshot!(text);
    assert_checkstyle(&text);
}

/// An element with its attributes, and how deep it stands.
type Element = (usize, String, Vec<(String, String)>);

/// The elements of a document, which has to be well-formed and of characters that XML knows.
fn elements(text: &str) -> Vec<Element> {
    let is_allowed = |character: char| matches!(character, '\t' | '\n' | '\r' | '\u{20}'..='\u{fffd}' | '\u{10000}'..='\u{10ffff}');
    assert!(text.chars().all(is_allowed), "{text:?}");
    let mut reader = quick_xml::Reader::from_str(text);
    reader.config_mut().check_end_names = true;
    let mut found = Vec::new();
    let mut depth = 0;
    let element = |depth: usize, start: &BytesStart<'_>| {
        let attributes = start.attributes().map(|attribute| {
            let attribute = attribute.unwrap();
            let value = attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0).unwrap().into_owned();
            (String::from_utf8(attribute.key.as_ref().to_vec()).unwrap(), value)
        });
        (depth, String::from_utf8(start.name().as_ref().to_vec()).unwrap(), attributes.collect::<Vec<_>>())
    };
    loop {
        match reader.read_event().unwrap_or_else(|error| panic!("{error}: {text}")) {
            Event::Start(start) => {
                found.push(element(depth, &start));
                depth += 1;
            }
            Event::Empty(start) => found.push(element(depth, &start)),
            Event::End(_) => depth -= 1,
            Event::Text(text) => drop(text.decode().unwrap()),
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(depth, 0);
    found
}

/// The attributes of `junit-10.xsd`, which Jenkins' xUnit plugin demands, names that differ, and sums that are right.
fn assert_junit(text: &str) {
    let known = |name: &str| match name {
        "testsuites" => (0, &["name", "tests", "failures", "errors"][..]),
        "testsuite" => (1, &["name", "tests", "failures", "errors", "skipped"][..]),
        "testcase" => (2, &["name", "classname"][..]),
        "failure" | "error" => (3, &["message", "type"][..]),
        "skipped" => (3, &["message"][..]),
        other => panic!("{other}: {text}"),
    };
    let elements = elements(text);
    let mut names = BTreeSet::new();
    for (depth, name, attributes) in &elements {
        let (expected, allowed) = known(name);
        assert_eq!(*depth, expected, "{name}");
        let keys: Vec<_> = attributes.iter().map(|(key, _)| key.as_str()).collect();
        assert_eq!(keys, allowed, "{name}");
        if name == "testcase" {
            assert!(names.insert(attributes.clone()), "twice: {attributes:?}");
        }
    }
    let count = |wanted: &str| elements.iter().filter(|(_, name, _)| name == wanted).count().to_string();
    let sum = |suites: &str, key: &str| -> usize {
        let all =
            elements.iter().filter(|(_, name, _)| name == suites).flat_map(|(_, _, attributes)| attributes);
        all.filter(|(known, _)| known == key).map(|(_, value)| value.parse::<usize>().unwrap()).sum()
    };
    for (key, element) in [("tests", "testcase"), ("failures", "failure"), ("errors", "error")] {
        assert_eq!(sum("testsuite", key).to_string(), count(element), "{key}");
        assert_eq!(sum("testsuites", key).to_string(), count(element), "{key}");
    }
    assert_eq!(sum("testsuite", "skipped").to_string(), count("skipped"));
    assert!(sum("testsuites", "tests") > 0, "{text}");
}

fn assert_checkstyle(text: &str) {
    for (depth, name, attributes) in elements(text) {
        let keys: Vec<_> = attributes.iter().map(|(key, _)| key.as_str()).collect();
        match name.as_str() {
            "checkstyle" => assert_eq!((depth, keys), (0, vec!["version"])),
            "file" => assert_eq!((depth, keys), (1, vec!["name"])),
            "error" => {
                assert_eq!((depth, keys.first(), keys.last()), (2, Some(&"line"), Some(&"source")));
                let severity = attributes.iter().find(|(key, _)| key == "severity").unwrap();
                assert!(["error", "warning", "info"].contains(&severity.1.as_str()));
            }
            other => panic!("{other}: {text}"),
        }
    }
}

/// Holds any output of a format against what the format is.
fn assert_form(format: &str, text: &str) {
    match format {
        "sarif" => drop(assert_sarif(text)),
        "rdjson" => assert_valid("testdata/schemas/rdjson.schema.json", &parsed(text)),
        "gitlab" => assert!(parsed(text).is_array()),
        "junit" => assert_junit(text),
        "checkstyle" => assert_checkstyle(text),
        "json" => assert_valid("schema/report.schema.json", &parsed(text)),
        "jsonl" => text.lines().for_each(|line| assert_valid("schema/line.schema.json", &parsed(line))),
        _ => {}
    }
}

#[test]
fn nothing_to_say_is_said_in_due_form() {
    let nothing = Repo::new();
    let clean = Repo::new();
    clean.write("a.tf", VIOLATION.replace("optional", "required"));
    for repo in [&nothing, &clean] {
        for format in FORMATS {
            let ran = repo.run(&["check", "--format", format]);
            assert_eq!(ran.code, 0, "{ran:?}");
            assert_form(format, &ran.stdout);
        }
    }
    let junit = clean.run(&["check", "--format", "junit"]).stdout;
    assert!(
        junit.contains("nothing found: metadata options") || junit.contains("classname=\"keyless.IMDS01\"")
    );
    assert!(!junit.contains("keyless.MFA01"), "what was not judged has not passed: {junit}");
    assert!(clean.run(&["check", "--strict", "--format", "junit"]).stdout.contains("keyless.MFA01"));
}

#[test]
fn bad_usage_is_said_in_due_form() {
    let repo = Repo::with_violation();
    for format in FORMATS {
        let ran = repo.run(&["check", "--select", "NOPE", "--format", format, "not-there", "."]);
        assert_eq!(ran.code, 2, "{ran:?}");
        assert_form(format, &ran.stdout);
        assert!(ran.stdout.contains("NOPE") && ran.stdout.contains("not-there"), "{ran:?}");
    }
}

/// GitHub and GitLab know files from the root of the repository, wherever keyless runs.
#[test]
fn paths_are_those_of_the_repository() {
    let repo = repo();
    let from = |folder: &str, format: &str, path: &str| {
        let args = ["check", "--select", "IMDS01", "--format", format, path];
        parsed(&run_in(&repo.path().join(folder), &args).stdout)
    };
    let uris = |log: &Json| {
        let results = log["runs"][0]["results"].as_array().unwrap().clone();
        let uri = |result: &Json| {
            result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].as_str().unwrap().to_owned()
        };
        results.iter().map(uri).collect::<Vec<_>>()
    };
    assert_eq!(uris(&from("infra", "sarif", ".")), ["infra/main.tf", "infra/variables.tf"]);
    assert_eq!(uris(&from("infra", "sarif", "../stacks")), ["stacks/a%20b%231.yaml"]);
    assert_eq!(from("infra", "gitlab", "../stacks")[0]["location"]["path"], "stacks/a b#1.yaml");
    // reviewdog runs where keyless did.
    assert_eq!(from("infra", "rdjson", ".")["diagnostics"][0]["location"]["path"], "main.tf");
}

#[test]
fn public_code_stays_within_what_code_scanning_takes() {
    let Some(corpora) = corpora() else { return };
    let ran =
        run_in(&corpora, &["check", "--strict", "--format", "sarif", "modernisation-platform-environments"]);
    let log = assert_sarif(&ran.stdout);
    assert!(!log["runs"][0]["results"].as_array().unwrap().is_empty());
    for format in FORMATS {
        assert_form(
            format,
            &run_in(&corpora, &["check", "--strict", "--format", format, "terragoat"]).stdout,
        );
    }
}
