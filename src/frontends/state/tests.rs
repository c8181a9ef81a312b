//! What is gathered from each form of state, and what is passed over.

use super::{Form, Recognised, load, recognise, sniff};
use crate::model::{State, ToldBy};
use crate::source::{FileId, SourceFile};

fn source(text: &str) -> SourceFile {
    SourceFile::new("a".into(), "a".into(), text.to_owned(), false)
}

fn gathered(text: &str, form: Form) -> Vec<String> {
    let source = source(text);
    let (state, _, problem) = load(FileId(0), &source, form, &[]);
    assert!(problem.is_none(), "{problem:?}");
    let told = |told_by| match told_by {
        ToldBy::Input(_) => "input",
        ToldBy::Output => "output",
        ToldBy::Mark => "mark",
        ToldBy::Name => "name",
        ToldBy::Text => "text",
    };
    let line = |stored: &crate::model::Stored| {
        let at = source.slice(stored.site.span);
        format!("{} {} {} {at}", told(stored.told_by), stored.address, stored.attribute)
    };
    state.stored.iter().map(line).collect()
}

fn current(resource: &str, instance: &str) -> String {
    format!(
        r#"{{"version": 4, "terraform_version": "1.5.0", "serial": 1, "lineage": "x", "outputs": {{}},
        "resources": [{{{resource}, "instances": [{{{instance}}}]}}]}}"#
    )
}

#[test]
fn only_states_are_recognised() {
    for (text, named, form) in [
        (r#"{"version": 4, "serial": 1, "lineage": "x", "resources": []}"#, false, Some(Form::Current)),
        (r#"{"version": 4, "resources": []}"#, true, None),
        (r#"{"version": 3, "serial": 1, "modules": []}"#, false, Some(Form::Flat)),
        (r#"{"format_version": "1.0", "values": {"root_module": {}}}"#, false, Some(Form::Shown)),
        (r#"{"format_version": "1.0"}"#, true, None),
        (r#"{"format_version": "1.2", "planned_values": {"root_module": {}}, "values": {}}"#, false, None),
        (
            r#"{"format_version": "1.2", "configuration": {}, "prior_state": {"values": {"outputs": {}}}}"#,
            false,
            None,
        ),
        (r#"{"serial": 1, "lineage": "x", "encrypted_data": "AA"}"#, true, Some(Form::Encrypted)),
        (r#"{"values": {"outputs": {}}, "format_version": "9"}"#, false, Some(Form::Shown)),
        ("", true, None),
        ("$ANSIBLE_VAULT;1.1;AES256\n6162", true, None),
        ("[]", false, None),
    ] {
        let found = match recognise(&source(text), named) {
            Recognised::State(form) => Some(form),
            Recognised::PassedOver => None,
            Recognised::Broken(problem) => panic!("{text}: {problem:?}"),
        };
        assert_eq!(found, form, "{text}");
    }
}

#[test]
fn a_broken_state_is_a_problem_and_broken_json_is_none() {
    let broken = |text: &str, named| matches!(recognise(&source(text), named), Recognised::Broken(_));
    assert!(broken("{\"a\": ", true));
    assert!(broken("[]", true));
    assert!(broken("version https://git-lfs.github.com/spec/v1\n", true));
    assert!(broken(r#"{"serial": 1, "lineage": "x""#, false));
    assert!(!broken(r#"{"format_version": 1, "values": "#, false));
    assert!(!sniff("serial: 1\nlineage: x"));
    let inside = current(r#""type": "aws_db_instance", "name": "a""#, r#""attributes": {"password": tru}"#);
    let (state, _, problem) = load(FileId(0), &source(&inside), Form::Current, &[]);
    assert!(problem.is_some() && state.stored.is_empty());
}

#[test]
fn what_is_known_of_types_comes_before_marks() {
    let text = current(
        r#""module": "module.a[\"x\"]", "mode": "managed", "type": "aws_ssm_parameter", "name": "p""#,
        r#""index_key": "${k}", "attributes": {"type": "SecureString", "value": "v", "key_id": "k"},
        "sensitive_attributes": [[{"type": "get_attr", "value": "value"}], [{"type": "get_attr", "value": "key_id"}]]"#,
    );
    assert_eq!(
        gathered(&text, Form::Current),
        [
            r#"input module.a["x"].aws_ssm_parameter.p["$${k}"] value v"#,
            r#"mark module.a["x"].aws_ssm_parameter.p["$${k}"] key_id k"#,
        ]
    );
}

#[test]
fn marks_lead_into_lists_and_stop_at_sets() {
    let instance = |marks: &str| {
        let attributes = r#""attributes": {"rule": [{"blob": "a"}, {"blob": "b"}]}"#;
        current(r#""type": "x_y", "name": "z""#, &format!(r#"{attributes}, "sensitive_attributes": {marks}"#))
    };
    let into = r#"[[{"type": "get_attr", "value": "rule"}, {"type": "index", "value": {"value": 1, "type": "number"}},
        {"type": "get_attr", "value": "blob"}]]"#;
    assert_eq!(gathered(&instance(into), Form::Current), ["mark x_y.z rule.blob b"]);
    let set =
        r#"[[{"type": "get_attr", "value": "rule"}, {"type": "index", "value": {"value": {"blob": "a"}}}]]"#;
    assert_eq!(
        gathered(&instance(set), Form::Current),
        [r#"mark x_y.z rule [{"blob": "a"}, {"blob": "b"}]"#]
    );
    assert!(gathered(&instance("[[]]"), Form::Current).is_empty());
    assert!(gathered(&instance(r#"[[{"type": "get_attr", "value": "gone"}]]"#), Form::Current).is_empty());
}

#[test]
fn names_tell_in_environments_and_for_providers_that_are_not_known() {
    let lambda = current(
        r#""type": "aws_lambda_function", "name": "f""#,
        r#""attributes": {"environment": [{"variables": {"DB_PASSWORD": "a", "STAGE": "b"}}]}"#,
    );
    assert_eq!(
        gathered(&lambda, Form::Current),
        ["name aws_lambda_function.f environment.variables.DB_PASSWORD a"]
    );
    let other =
        current(r#""type": "x_y", "name": "z""#, r#""attributes": {"api_token": "a", "token_type": "b"}"#);
    assert_eq!(gathered(&other, Form::Current), ["name x_y.z api_token a"]);
}

#[test]
fn the_backend_of_a_working_folder_is_looked_at() {
    let text = r#"{"version": 3, "serial": 1, "lineage": "x", "backend": {"type": "s3",
        "config": {"bucket": "b", "secret_key": "k", "token": null}}, "modules": []}"#;
    assert_eq!(gathered(text, Form::Flat), ["input backend.s3 secret_key k"]);
}

#[test]
fn objects_are_kept_where_they_are_asked_for() {
    let text = current(r#""type": "x_y", "name": "z""#, r#""attributes": {"a": "here"}"#);
    let at = text.find("here").unwrap();
    let load = |places: &[usize]| -> State { load(FileId(0), &source(&text), Form::Current, places).0 };
    assert_eq!(load(&[at]).objects.len(), 1);
    assert!(load(&[0, text.len() - 1]).objects.is_empty());
}

#[test]
fn no_cut_or_changed_state_panics() {
    let text = current(
        r#""module": "module.a", "mode": "data", "type": "aws_db_instance", "name": "ü""#,
        r#""index_key": 0, "attributes": {"password": "a\u00e9\"b", "user": [{"password": "c"}, null, 1.5e3]},
        "sensitive_attributes": [[{"type": "get_attr", "value": "user"}, {"type": "index", "value": {"value": 0}}]]"#,
    );
    let look = |text: &str| {
        let source = source(text);
        let _ = recognise(&source, true);
        for form in [Form::Current, Form::Flat, Form::Shown] {
            let (state, _, _) = load(FileId(0), &source, form, &[3, 40]);
            assert!(state.stored.iter().all(|stored| stored.site.span.end as usize <= text.len()));
        }
    };
    for at in (0..text.len()).filter(|at| text.is_char_boundary(*at)) {
        look(&text[..at]);
        for with in ["\"", "{", "]", "0", ",", "\\"] {
            let next = at + text[at..].chars().next().map_or(0, char::len_utf8);
            look(&format!("{}{with}{}", &text[..at], &text[next..]));
        }
    }
}
