//! `Fn::ToJsonString`: a value as JSON text, with what is unknown in it left open.

use super::evaluate::Evaluator;
use super::text::Glue;
use crate::model::{Hop, Kind, Value};
use crate::source::Site;
use std::sync::Arc;

impl Evaluator<'_, '_> {
    pub(super) fn json(&mut self, value: &Value, site: Site) -> Value {
        let mut pieces = Vec::new();
        self.json_pieces(value, site, &mut pieces);
        let hop = Some(Hop::Function(Arc::from("Fn::ToJsonString")));
        self.concat(pieces, &Glue { hop, site, delimiter: None })
    }

    fn json_pieces(&mut self, value: &Value, site: Site, pieces: &mut Vec<Value>) {
        match &value.kind {
            Kind::Null => pieces.push(Value::string("null")),
            Kind::Bool(_) | Kind::Number(_) => pieces.push(value.clone()),
            Kind::String(text) => {
                let quoted = serde_json::Value::from(&**text).to_string();
                pieces.push(Value {
                    origin: value.origin.clone(),
                    marks: value.marks,
                    ..Value::string(quoted)
                });
            }
            Kind::List(items) => {
                for (at, item) in items.iter().enumerate() {
                    pieces.push(Value::string(if at == 0 { "[" } else { "," }));
                    self.json_pieces(item, site, pieces);
                }
                pieces.push(Value::string(if items.is_empty() { "[]" } else { "]" }));
            }
            Kind::Object(object) => {
                for (at, entry) in object.entries.iter().enumerate() {
                    let key = serde_json::Value::from(&*entry.key);
                    pieces.push(Value::string(format!("{}{key}:", if at == 0 { "{" } else { "," })));
                    self.json_pieces(&entry.value, site, pieces);
                }
                pieces.push(Value::string(if object.entries.is_empty() { "{}" } else { "}" }));
            }
            Kind::Choice(_) => {
                let piece = self.lift(value.clone(), &mut |me, side| me.json(&side, site));
                pieces.push(piece);
            }
            Kind::Unknown(_) => {
                pieces.push(Value::string("\""));
                pieces.push(value.clone());
                pieces.push(Value::string("\""));
            }
        }
    }
}
