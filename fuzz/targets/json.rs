//! JSON: what serde_json reads we read, with the same values, and what it does not we do not.
#![no_main]

use keyless::syntax::doc::{self, NodeRef, ParseErrorKind, Resolved};
use keyless_fuzz::pooled;
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

fuzz_target!(|text: &str| {
    pooled(|| {
        let theirs = serde_json::from_str::<Value>(text.trim_start_matches('\u{feff}'));
        match (doc::parse_json(text), theirs) {
            (Ok(document), Ok(value)) if document.duplicates().is_empty() => {
                same(document.root(text).expect("a document has a root"), &value);
            }
            (Err(error), Ok(_)) => assert_eq!(error.kind, ParseErrorKind::Limit, "{error:?}"),
            // Depth, numbers out of its range and lone surrogates are what only serde_json minds.
            (Ok(_), Err(error)) => assert!(is_stricter(&error.to_string()), "we read it: {error}"),
            (Ok(_), Ok(_)) | (Err(_), Err(_)) => {}
        }
    });
});

fn is_stricter(error: &str) -> bool {
    ["recursion limit", "number out of range", "surrogate", "hex escape"]
        .iter()
        .any(|known| error.contains(known))
}

fn same(ours: NodeRef<'_>, theirs: &Value) {
    match theirs {
        Value::String(text) => assert_eq!(ours.scalar_text().as_deref(), Some(text.as_str())),
        Value::Array(items) => {
            assert_eq!(ours.items().count(), items.len());
            ours.items().zip(items).for_each(|(ours, theirs)| same(ours, theirs));
        }
        Value::Object(entries) => {
            assert_eq!(ours.entries().count(), entries.len());
            for ((key, value), (name, theirs)) in ours.entries().zip(entries) {
                assert_eq!(key.scalar_text().as_deref(), Some(name.as_str()));
                same(value, theirs);
            }
        }
        Value::Null => assert!(matches!(ours.resolve(), Some(Resolved::Null))),
        Value::Bool(value) => assert!(matches!(ours.resolve(), Some(Resolved::Bool(ours)) if ours == *value)),
        Value::Number(_) => assert!(ours.scalar_text().is_some()),
    }
}
