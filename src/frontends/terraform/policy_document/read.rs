//! Policy documents that are given as text, as the provider reads and writes them again.

use super::node::Node;
use super::{Document, Statement, refused};
use crate::model::{Reason, Value};

/// A document that is given as text.
pub(super) fn read(source: &Value) -> Result<Document, Reason> {
    let Some(text) = source.as_str() else {
        let reason = source.as_unknown().map(|unknown| unknown.reason.clone());
        let open = reason.ok_or_else(|| refused("a policy document that is no text"))?;
        let statements = vec![Statement { sid: None, node: Node::Open(open) }];
        return Ok(Document { statements, ..Document::default() });
    };
    let invalid = || refused("a policy document that is no valid JSON");
    let json: serde_json::Value = serde_json::from_str(text).map_err(|_| invalid())?;
    let leaf = |text: &str| Value { origin: source.origin.clone(), ..Value::string(text) };
    let field = |name: &str| json.get(name).and_then(serde_json::Value::as_str).map(leaf);
    let statements = match json.get("Statement") {
        None | Some(serde_json::Value::Null) => &[][..],
        Some(serde_json::Value::Array(statements)) => statements,
        Some(_) => return Err(invalid()),
    };
    let statement = |json: &serde_json::Value| Statement {
        sid: json.get("Sid").and_then(serde_json::Value::as_str).map(leaf),
        node: reread(json, &leaf),
    };
    Ok(Document {
        version: field("Version"),
        id: field("Id"),
        statements: statements.iter().map(statement).collect(),
    })
}

/// A statement that was given as text, as the provider writes it again.
fn reread(statement: &serde_json::Value, leaf: &dyn Fn(&str) -> Value) -> Node {
    const FIELDS: [&str; 9] = [
        "Sid",
        "Effect",
        "Action",
        "NotAction",
        "Resource",
        "NotResource",
        "Principal",
        "NotPrincipal",
        "Condition",
    ];
    let written = FIELDS.iter().filter_map(|name| {
        let node = json_node(statement.get(*name)?, leaf)?;
        let node = match *name {
            "Principal" | "NotPrincipal" => node.reread_principals(),
            "Condition" => node.reread_conditions(),
            "Sid" | "Effect" if node.is_text("") => return None,
            _ => node,
        };
        Some((Value::string(*name), node))
    });
    Node::Object(written.collect())
}

fn json_node(json: &serde_json::Value, leaf: &dyn Fn(&str) -> Value) -> Option<Node> {
    Some(match json {
        serde_json::Value::Null => return None,
        serde_json::Value::Bool(flag) => Node::Text(leaf(if *flag { "true" } else { "false" })),
        serde_json::Value::Number(number) => Node::Text(leaf(&number.to_string())),
        serde_json::Value::String(text) => Node::Text(leaf(text)),
        serde_json::Value::Array(items) => {
            Node::List(items.iter().filter_map(|item| json_node(item, leaf)).collect())
        }
        serde_json::Value::Object(members) => Node::Object(
            members.iter().filter_map(|(key, value)| Some((leaf(key), json_node(value, leaf)?))).collect(),
        ),
    })
}

impl Node {
    fn reread_principals(self) -> Self {
        let anyone = || Self::Text(Value::string("*"));
        let Self::Object(entries) = self else { return anyone() };
        if let [(kind, who)] = entries.as_slice()
            && kind.as_str() == Some("*")
            && who.clone().flattened().is_text("*")
        {
            return anyone();
        }
        let listed = entries.into_iter().map(|(kind, who)| match who {
            Self::List(mut items) => {
                let text = |node: &Self| match node {
                    Self::Text(text) => text.as_str().map(str::to_owned),
                    Self::List(_) | Self::Object(_) | Self::Open(_) => None,
                };
                items.sort_by_cached_key(|item| std::cmp::Reverse(text(item)));
                (kind, Self::List(items))
            }
            Self::Text(_) | Self::Object(_) | Self::Open(_) => (kind, who),
        });
        Self::Object(listed.collect())
    }

    fn reread_conditions(self) -> Self {
        let Self::Object(tests) = self else { return self };
        let flat = |variables| match variables {
            Self::Object(variables) => {
                let flat = variables.into_iter().map(|(variable, values)| (variable, values.flattened()));
                Self::Object(flat.collect())
            }
            Self::Text(_) | Self::List(_) | Self::Open(_) => variables,
        };
        Self::Object(tests.into_iter().map(|(test, variables)| (test, flat(variables))).collect())
    }
}
