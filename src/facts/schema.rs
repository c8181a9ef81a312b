//! The document of facts, told to people and programs: a contract of which each change that is no addition counts.

use super::concept::Concept;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value as Json, json};

/// The version of the document: it changes when a key or a value goes away or comes to mean something else. Rules that
/// know an older one may name it (`version == 1`).
pub const VERSION: u32 = 1;

/// The JSON schema of what `keyless facts` prints, as it stands in `schema/facts.schema.json`.
#[must_use]
pub fn schema() -> String {
    let mut generator = SchemaSettings::draft2020_12().into_generator();
    let mut properties = Map::new();
    properties.insert("version".to_owned(), json!({ "const": VERSION }));
    for concept in Concept::ALL {
        let fact = concept.schema(&mut generator);
        let pattern = format!("^{}[0-9]+$", concept.prefix());
        let group = json!({
            "type": "object", "patternProperties": { pattern: fact }, "additionalProperties": false,
        });
        properties.insert(concept.key().to_owned(), group);
    }
    let required: Vec<&String> = properties.keys().collect();
    let schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "keyless facts",
        "description": "What code says of credentials, the same for every format: by concept, keyed by position. Every \
                        key of a fact is always there. Facts hold no names and no places.",
        "type": "object",
        "required": required,
        "properties": properties,
        "additionalProperties": false,
        "$defs": Json::Object(generator.take_definitions(true)),
    });
    let text = serde_json::to_string_pretty(&schema).unwrap_or_default();
    format!("{text}\n")
}

#[cfg(test)]
mod tests {
    use super::schema;

    #[test]
    fn the_schema_of_facts_is_fresh() {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("schema/facts.schema.json");
        if std::env::var_os("UPDATE_SCHEMA").is_some() {
            std::fs::write(&path, schema()).unwrap();
        }
        let committed = std::fs::read_to_string(&path).unwrap_or_default();
        assert_eq!(
            committed,
            schema(),
            "refresh it: UPDATE_SCHEMA=1 cargo test the_schema_of_facts_is_fresh"
        );
    }
}
