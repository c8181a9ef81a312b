//! Scalars of both trees as JSON.

use crate::model::Number;
use crate::syntax::doc::{NodeRef, Resolved};
use serde_json::{Number as JsonNumber, Value as Json};

/// A number; as a text where JSON's numbers do not hold it.
pub(super) fn number(number: &Number) -> Json {
    let text = number.to_string();
    match text.parse::<i64>() {
        Ok(number) => Json::from(number),
        Err(_) => float(text.parse().ok()).unwrap_or(Json::String(text)),
    }
}

fn float(number: Option<f64>) -> Option<Json> {
    JsonNumber::from_f64(number?).map(Json::Number)
}

/// A scalar of a template as it is written; `None` for what is none.
pub(super) fn scalar(node: NodeRef<'_>) -> Option<Json> {
    Some(match node.resolve()? {
        Resolved::Null => Json::Null,
        Resolved::Bool(value) => Json::Bool(value),
        Resolved::Int(value) => match i64::try_from(value) {
            Ok(value) => Json::from(value),
            Err(_) => Json::String(value.to_string()),
        },
        Resolved::Float(value) => float(Some(value)).unwrap_or_else(|| Json::String(value.to_string())),
        Resolved::Text(text) => Json::String(text.into_owned()),
    })
}
