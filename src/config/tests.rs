use super::schema;
use crate::policies::builtin;

#[test]
fn the_schema_is_fresh() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("schema/config.schema.json");
    if std::env::var_os("UPDATE_SCHEMA").is_some() {
        std::fs::write(&path, schema()).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(committed, schema(), "refresh it: UPDATE_SCHEMA=1 cargo test the_schema_is_fresh");
}

#[test]
fn every_option_of_a_policy_is_a_key_of_the_schema() {
    let schema: serde_json::Value = serde_json::from_str(&schema()).unwrap();
    for policy in builtin().unwrap() {
        for option in policy.options {
            let (table, key) = option.name.split_once('.').unwrap();
            let known = &schema["properties"][table]["properties"][key];
            assert!(known.is_object(), "{}: {schema:#}", option.name);
            let range = option.range.map(|(least, most)| (Some(least), Some(most)));
            assert_eq!(range.unwrap_or_default(), (known["minimum"].as_i64(), known["maximum"].as_i64()));
        }
    }
}
