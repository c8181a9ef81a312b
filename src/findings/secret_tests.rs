//! Secrets, from a project built by hand to what is said of them.

use super::tests::{codes, said};
use super::{Severity, Verdicts, build};
use crate::facts::{Concept, lower, testing::Case};
use crate::model::{DeclarationKind, Hop};
use crate::policies::{builtin, judge};
use crate::secrets;
use crate::source::{SourceFile, Sources};
use serde_json::json;

fn key_id() -> String {
    format!("AKIA{}", "QNZGKIQY56JQ7WML")
}

#[test]
fn a_literal_in_a_sensitive_attribute_is_refused_whatever_it_looks_like() {
    let case = Case::terraform()
        .with("aws_db_instance", "db.a", json!({"password": "changeme"}))
        .with("aws_db_instance", "db.b", json!({"password": {"$var": "p"}}))
        .with("aws_db_instance", "db.c", json!({"password": ""}))
        .with("aws_db_instance", "db.d", json!({"password": {"$ref": "random_password.x.result"}}))
        .with("aws_db_instance", "db.e", json!({"password": {"$parts": ["abc-", null]}}))
        .with("aws_db_instance", "db.f", json!({"password": {"$parts": [null, "-1-", null]}}));
    let kept = ["SEC08 db.b", "SEC08 db.d", "SEC08 db.f"];
    assert_eq!(codes(&case), [&["SEC01 db.a", "SEC01 db.e"][..], &kept].concat());
    let findings = said(&case).findings;
    let literals = findings.iter().filter(|found| &*found.code == "SEC01");
    let severities: Vec<_> = literals.map(|found| found.severity).collect();
    assert_eq!(severities, [Severity::Error, Severity::Warning]);
}

#[test]
fn a_document_is_told_by_the_fields_that_are_secret() {
    let document = |text: &str| json!({ "secret_string": text });
    let version = "aws_secretsmanager_secret_version";
    let case = Case::terraform()
        .with(version, "v.both", document(r#"{"username":"app","password":"hunter22","api_key":"abcdef1"}"#))
        .with(version, "v.changeme", document(r#"{"username":"app","password":"changeme"}"#))
        .with(version, "v.empty", document(r#"{"username":"app","password":""}"#))
        .with(version, "v.users", document(r#"{"users":[]}"#))
        .with(version, "v.fetched", document(r#"{"password":"{{resolve:secretsmanager:x:SecretString:p}}"}"#))
        .with(
            version,
            "v.mixed",
            json!({"secret_string": {"$parts": [
                r#"{"host":"#, null, r#","password":"hunter22","url":"jdbc:"#, null, r#""}"#
            ]}}),
        );
    let titles: Vec<_> = said(&case).findings.iter().map(|found| found.title.clone()).collect();
    assert!(titles.contains(&"placeholder for a secret in code: `password` of `v.changeme`".to_owned()));
    assert!(titles.contains(&"secret in code: `password` of `v.mixed`".to_owned()), "{titles:?}");
    let silent = ["v.empty", "v.users", "v.fetched"];
    assert!(!titles.iter().any(|title| silent.iter().any(|name| title.contains(name))), "{titles:?}");
    assert!(said(&case).findings.iter().all(|found| found.severity == Severity::Error));
}

#[test]
fn a_stand_in_that_says_so_twice_is_none() {
    let case = Case::terraform()
        .declaring(DeclarationKind::Local, "dummy_password", json!("iam-auth-dummy-password"))
        .declaring(DeclarationKind::Local, "dummy_password_real", json!("hunter22"))
        .declaring(DeclarationKind::Variable, "db_password", json!("changeme"));
    let titles: Vec<_> = said(&case).findings.iter().map(|found| found.title.clone()).collect();
    assert_eq!(
        titles,
        [
            "secret in code: local `dummy_password_real`",
            "placeholder for a secret in code: default of variable `db_password`"
        ]
    );
}

#[test]
fn a_dynamic_reference_is_no_literal_however_it_is_built() {
    let built = json!({"$parts": ["{{resolve:secretsmanager:", null, ":SecretString:password}}"]});
    let case = Case::cloudformation()
        .with(
            "AWS::RDS::DBInstance",
            "A",
            json!({"MasterUserPassword": "{{resolve:secretsmanager:x:SecretString:p}}"}),
        )
        .with("AWS::RDS::DBInstance", "B", json!({"MasterUserPassword": built}))
        .with(
            "AWS::RDS::DBInstance",
            "C",
            json!({"MasterUserPassword": {"$if": ["Stage", "prod", {"$var": "p"}, "hunter22"]}}),
        );
    assert_eq!(codes(&case), ["SEC01 C"]);
}

#[test]
fn a_default_that_reaches_a_sensitive_attribute_is_told_once_at_the_literal() {
    let case = Case::terraform()
        .declaring(DeclarationKind::Variable, "db_password", json!({"$at": "hunter22"}))
        .with("aws_db_instance", "db.a", json!({"password": {"$same": "hunter22"}}))
        .with("aws_db_instance", "db.b", json!({"password": {"$same": "hunter22"}}));
    assert_eq!(codes(&case), ["SEC01 db.a db.b"]);
    let found = &said(&case).findings[0];
    assert_eq!((found.primary.site.span.start, found.chain.len()), (3000, 3));
}

#[test]
fn a_default_that_reaches_none_is_told_by_its_name() {
    let case = Case::terraform()
        .declaring(DeclarationKind::Variable, "db_password", json!("hunter22"))
        .declaring(DeclarationKind::Variable, "db_password_arn", json!("arn:aws:secretsmanager:x"))
        .declaring(DeclarationKind::Variable, "api_token", json!(""))
        .declaring(DeclarationKind::Variable, "name", json!("hunter22"))
        .declaring(DeclarationKind::Local, "settings", json!({"db": {"master_password": "hunter23"}}));
    let titles: Vec<_> = said(&case).findings.iter().map(|found| found.title.clone()).collect();
    assert_eq!(
        titles,
        [
            "secret in code: default of variable `db_password`",
            "secret in code: local `settings`, `master_password`"
        ]
    );
    assert!(said(&case).findings.iter().all(|found| &*found.code == "SEC04"));
}

#[test]
fn static_credentials_of_providers_and_backends_are_refused() {
    let mock = json!({"access_key": "test", "secret_key": "test", "skip_credentials_validation": true,
        "endpoints": [{"s3": "http://localhost:4566"}]});
    let case = Case::terraform()
        .with("provider.aws", "provider.aws", json!({"access_key": key_id(), "secret_key": "x"}))
        .with("provider.aws", "provider.aws.mock", mock)
        .with("provider.aws", "provider.aws.test", json!({"secret_key": "test"}))
        .with(
            "provider.aws",
            "provider.aws.var",
            json!({"access_key": {"$var": "a"}, "secret_key": {"$var": "b"}}),
        )
        .with(
            "provider.aws",
            "provider.aws.sts",
            json!({"secret_key": {"$var": "b"}, "token": {"$var": "c"}}),
        )
        .with("backend.s3", "backend.s3", json!({"secret_key": "x"}))
        .with("terraform_remote_state", "data.s", json!({"backend": "s3", "config": {"secret_key": "x"}}));
    assert_eq!(
        codes(&case),
        [
            "KEY03 backend.s3",
            "KEY03 data.s",
            "KEY03 provider.aws",
            "KEY03 provider.aws",
            "KEY03 provider.aws.test",
            "KEY03 provider.aws.var"
        ]
    );
}

/// Judges one file of text, with what the detectors see in it.
fn judged(text: &str, git_ignored: bool) -> Verdicts {
    let sources = Sources::default();
    let (file, source) = sources.add(SourceFile::new("a.tf".into(), "a.tf".into(), text.into(), git_ignored));
    let raw = [(file, secrets::scan(source.text()))];
    let facts = lower(&crate::model::Project::default(), &sources, &raw);
    let policies = builtin().unwrap();
    let exceptions = crate::exceptions::Exceptions::default();
    let today = crate::exceptions::Day::parse("2026-11-22").unwrap();
    let silence = super::Silence { acknowledged: &facts.acknowledged, exceptions: &exceptions, today };
    build(&facts, &policies, &judge(&facts, &policies).unwrap(), silence, &sources)
}

#[test]
fn a_key_in_a_comment_is_found_and_never_printed() {
    let text = format!("# old: {}\n", key_id());
    let verdicts = judged(&text, false);
    assert_eq!(verdicts.findings.len(), 1);
    assert_eq!(&*verdicts.findings[0].code, "KEY02");
    assert!(!format!("{verdicts:?}").contains(&key_id()));
    assert!(verdicts.findings[0].primary.label.contains("AKIA…"));
    assert!(verdicts.findings[0].primary.label.contains("(account 029608264753)"));
    assert!(judged(&text, true).findings.is_empty());
    let example = judged(&format!("# AKIA{}\n", "IOSFODNN7EXAMPLE"), false).findings;
    assert!(matches!(example.as_slice(), [one] if &*one.code == "SEC09" && one.severity == Severity::Note));
}

#[test]
fn a_key_that_is_only_put_together_is_found_where_it_is_used() {
    let case = Case::terraform().with(
        "aws_instance",
        "i.a",
        json!({"iam_instance_profile": "p",
        "metadata_options": [{"http_tokens": "required"}], "user_data": format!("export K={}", key_id())}),
    );
    assert_eq!(codes(&case), [""; 0]);
    let built = case.edit(|unit| {
        let body = unit.resources[0].body.as_object().unwrap().as_ref().clone();
        let mut body = body;
        let entry = body.entries.iter_mut().find(|entry| &*entry.key == "user_data").unwrap();
        entry.value = entry.value.clone().via(Hop::Template, None);
        unit.resources[0].body = crate::model::Value::object(body);
    });
    assert_eq!(codes(&built), ["KEY02 i.a"]);
    let facts = built.facts();
    assert!(facts.secret_texts.iter().any(|text| **text == *key_id()));
    assert!(!facts.secret_sites.is_empty());
}

#[test]
fn a_fingerprint_does_not_change_with_the_secret() {
    let print = |secret: &str| {
        let case = Case::terraform().with("aws_db_instance", "db.a", json!({"password": secret}));
        said(&case).findings[0].fingerprint.clone()
    };
    assert_eq!(print("hunter22"), print("hunter23"));
}

#[test]
fn a_document_around_an_unknown_password_is_no_literal() {
    let document = |password: serde_json::Value| json!({"secret_string": {"$parts": ["{\"username\":\"admin\",\"password\":\"", password, "\"}"]}});
    let case =
        Case::terraform().with("aws_secretsmanager_secret_version", "s.a", document(json!(null))).with(
            "aws_secretsmanager_secret_version",
            "s.b",
            json!({"secret_string": {"$parts": ["{\"password\":\"hunter22\",\"host\":\"", null, "\"}"]}}),
        );
    // That it is handed over, where AWS could make it, is a note of the strict set.
    assert_eq!(codes(&case), ["SEC01 s.b", "SEC08 s.a"]);
}

#[test]
fn a_key_in_a_secret_attribute_is_told_once_and_by_its_form() {
    let case = Case::terraform().with("aws_db_instance", "db.a", json!({"password": key_id()}));
    assert_eq!(codes(&case), ["KEY02 db.a"]);
}

#[test]
fn a_literal_found_in_the_text_names_the_resources_that_it_reaches() {
    let sources = Sources::default();
    let text = format!("variable x {{ default = \"{}\" }}", key_id());
    let (file, source) = sources.add(SourceFile::new("a.tf".into(), "a.tf".into(), text.clone(), false));
    let raw = [(file, secrets::scan(source.text()))];
    let at = text.find("AKIA").unwrap();
    let literal = crate::source::Site::new(file, crate::source::Span::new(at, at + 20));
    let case = Case::terraform()
        .with("aws_ssm_parameter", "p.a", json!({"type": "String", "value": "x"}))
        .edit(|unit| {
            let value =
                crate::model::Value::string(key_id()).at(literal).via(Hop::VariableDefault("x".into()), None);
            let entry = crate::model::Entry::new("value", value);
            unit.resources[0].body = crate::model::Value::object(crate::model::Object::new(vec![entry]));
        });
    let facts = lower(&case.project, &sources, &raw);
    assert_eq!(facts.len(Concept::Secrets), 1);
    assert_eq!(facts.of(Concept::Secrets)[0].1.addresses, ["p.a".into()]);
}
