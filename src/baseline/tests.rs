use super::{Entry, cover, read, schema, write};
use std::collections::BTreeMap;

fn entry(path: &str, fingerprint: u8, value: &[(&str, &str)]) -> Entry {
    Entry {
        path: path.to_owned(),
        code: "IMDS01".to_owned(),
        addresses: vec!["aws_instance.a".to_owned()],
        open: false,
        history: false,
        value: value.iter().map(|(key, said)| ((*key).to_owned(), vec![(*said).to_owned()])).collect(),
        count: 1,
        fingerprint: format!("{fingerprint:032x}"),
        reason: String::new(),
        until: String::new(),
    }
}

fn covered(entries: &[Entry], found: &[Entry]) -> Vec<Option<usize>> {
    cover(&entries.iter().collect::<Vec<_>>(), found, "2026-11-22").by
}

#[test]
fn what_is_written_is_read_and_stands_one_entry_a_line() {
    let mut entries = vec![entry("b.tf", 2, &[("text", "optional")]), entry("a.tf", 1, &[])];
    entries[0].reason = "until the \"old\" agents are gone".to_owned();
    entries[0].until = "2027-01-31".to_owned();
    let text = write(entries.clone());
    entries.sort();
    let back: Vec<Entry> = read(&text).unwrap().into_iter().map(|(entry, _)| entry).collect();
    assert_eq!(back, entries);
    insta::assert_snapshot!(text);
    assert_eq!(write(Vec::new()), "{\n  \"version\": 1,\n  \"entries\": []\n}\n");
    assert_eq!(read(&write(Vec::new())).unwrap(), []);
}

#[test]
fn what_is_wrong_with_a_file_is_told_with_its_place() {
    let good = serde_json::to_string(&entry("a.tf", 1, &[])).unwrap();
    for (text, said) in [
        ("", "expected"),
        ("{\"version\": 2, \"entries\": [{}]}", "another version of the file than 1"),
        ("{\"version\": \"1\", \"entries\": []}", "another version of the file than 1"),
        ("{\"entries\": []}", "needs the key `version`"),
        ("{\"version\": 1}", "needs the key `entries`"),
        ("[]", "object"),
        ("<<<<<<< HEAD\n{}", "expected"),
        (
            &format!("{{\"version\": 1, \"entries\": [{}]}}", good.replace("path", "paht")),
            "did you mean `path`?",
        ),
        (
            &format!("{{\"version\": 1, \"entries\": [{}]}}", good.replace("00000001", "0000000")),
            "32 hexadecimal",
        ),
        (
            &format!(
                "{{\"version\": 1, \"entries\": [{}]}}",
                good.replace("{\"path\"", "{\"until\":\"soon\",\"path\"")
            ),
            "`soon` is no day",
        ),
        (
            &format!(
                "{{\"version\": 1, \"entries\": [{}]}}",
                good.replace("{\"path\"", "{\"count\":0,\"path\"")
            ),
            "has to be from 1",
        ),
    ] {
        let wrong = read(text).unwrap_err();
        assert!(wrong.iter().any(|(_, message)| message.contains(said)), "{text}: {wrong:?}");
    }
}

#[test]
fn another_value_or_address_is_not_covered() {
    let known = entry("a.tf", 1, &[("imds.tokens", "optional"), ("text", "optional")]);
    let with = |change: &dyn Fn(&mut Entry)| {
        let mut found = known.clone();
        change(&mut found);
        covered(std::slice::from_ref(&known), &[found])
    };
    assert_eq!(with(&|_| {}), [Some(0)]);
    // Versions differ in what they know.
    assert_eq!(with(&|found| drop(found.value.remove("text"))), [Some(0)]);
    assert_eq!(with(&|found| drop(found.value.insert("new".to_owned(), vec![]))), [Some(0)]);
    let other = BTreeMap::from([("text".to_owned(), vec!["other".to_owned()])]);
    assert_eq!(with(&|found| found.value = other.clone()), [None]);
    assert_eq!(with(&|found| found.addresses.push("aws_instance.b".to_owned())), [None]);
    assert_eq!(with(&|found| found.addresses.clear()), [Some(0)]);
    assert_eq!(with(&|found| found.open = true), [None]);
    assert_eq!(with(&|found| found.history = true), [None]);
    assert_eq!(with(&|found| found.code = "IMDS02".to_owned()), [None]);
}

#[test]
fn more_than_was_accepted_is_not_covered_at_all() {
    let (one, two) = (entry("a.tf", 1, &[]), entry("a.tf", 1, &[("text", "x")]));
    assert_eq!(covered(std::slice::from_ref(&one), &[one.clone(), one.clone()]), [None, None]);
    let twice = Entry { count: 2, ..one.clone() };
    assert_eq!(covered(std::slice::from_ref(&twice), &[one.clone(), one.clone()]), [Some(0), Some(0)]);
    assert_eq!(covered(&[twice], std::slice::from_ref(&one)), [Some(0)]);
    // Each has an entry of its own, wherever the other one stands.
    let other = entry("a.tf", 1, &[("text", "y")]);
    assert_eq!(covered(std::slice::from_ref(&two), &[other.clone(), two.clone()]), [None, Some(0)]);
    assert_eq!(covered(&[two.clone(), other.clone()], &[other, two]), [Some(1), Some(0)]);
}

#[test]
fn what_is_expired_meets_and_does_not_cover() {
    let found = entry("a.tf", 1, &[]);
    for (until, covers) in [("2026-11-21", None), ("2026-11-22", Some(0)), ("2027-01-01", Some(0))] {
        let known = Entry { until: until.to_owned(), ..found.clone() };
        let set = cover(&[&known], std::slice::from_ref(&found), "2026-11-22");
        assert_eq!((set.by, set.met), (vec![covers], vec![1]), "{until}");
    }
}

#[test]
fn the_schema_is_fresh() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("schema/baseline.schema.json");
    if std::env::var_os("UPDATE_SCHEMA").is_some() {
        std::fs::write(&path, schema()).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(committed, schema(), "refresh it: UPDATE_SCHEMA=1 cargo test the_schema_is_fresh");
}
