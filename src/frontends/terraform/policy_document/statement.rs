//! One `statement` block of a policy document.

use super::node::Node;
use super::{Statement, argument, blocks, refused};
use crate::model::{Kind, Object, Reason, Value};

pub(super) fn statement(block: &Object, old: bool) -> Result<Statement, Reason> {
    let sid = argument(block, "sid").cloned();
    let mut entries = Vec::new();
    let mut add = |name: &str, node: Option<Node>| {
        entries.extend(node.map(|node| (Value::string(name), node)));
    };
    add("Sid", sid.clone().filter(|sid| sid.as_str() != Some("")).map(Node::Text));
    let effect = argument(block, "effect").cloned().unwrap_or_else(|| Value::string("Allow"));
    add("Effect", Some(Node::Text(effect)));
    for (name, written) in [("Action", "actions"), ("NotAction", "not_actions")] {
        add(name, set(block, written)?);
    }
    for (name, written) in [("Resource", "resources"), ("NotResource", "not_resources")] {
        add(name, set(block, written)?.map(|node| node.with_variables(old)).transpose()?);
    }
    for (name, written) in [("Principal", "principals"), ("NotPrincipal", "not_principals")] {
        add(name, principals(block, written, old)?);
    }
    add("Condition", conditions(block, old)?);
    Ok(Statement { sid, node: Node::Object(entries) })
}

/// A set of texts: one by itself, several sorted backwards, none not at all.
fn set(block: &Object, name: &str) -> Result<Option<Node>, Reason> {
    let Some(value) = argument(block, name) else { return Ok(None) };
    let mut texts = match texts(value)? {
        Ok(texts) => texts,
        Err(reason) => return Ok(Some(Node::Open(reason))),
    };
    backwards(&mut texts);
    texts.dedup_by(|a, b| a.as_str().is_some() && a.as_str() == b.as_str());
    Ok(match texts.len() {
        0 => None,
        1 => texts.pop().map(Node::Text),
        _ => Some(Node::List(texts.into_iter().map(Node::Text).collect())),
    })
}

/// Unknown ones stand last.
fn backwards(texts: &mut [Value]) {
    texts.sort_by(|a, b| b.as_str().cmp(&a.as_str()));
}

/// The elements of a list of texts; the inner error says that they are not known.
fn texts(value: &Value) -> Result<Result<Vec<Value>, Reason>, Reason> {
    let text = |value: &Value| match &value.kind {
        Kind::String(_) | Kind::Unknown(_) => Ok(value.clone()),
        Kind::Bool(_) | Kind::Number(_) => {
            Ok(Value { kind: Kind::String(value.to_text().unwrap_or_default()), ..value.clone() })
        }
        Kind::Choice(_) => Ok(Value::unknown(Reason::Condition { text: "a condition".into() })),
        Kind::Null | Kind::List(_) | Kind::Object(_) => Err(refused("an element that is no text")),
    };
    Ok(match &value.kind {
        Kind::List(items) => Ok(items.iter().map(text).collect::<Result<_, _>>()?),
        Kind::Unknown(unknown) => Err(unknown.reason.clone()),
        Kind::Choice(_) => Err(Reason::Condition { text: "a condition".into() }),
        Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) | Kind::Object(_) => {
            return Err(refused("texts that are no list"));
        }
    })
}

fn text(block: &Object, name: &str) -> Value {
    argument(block, name).cloned().unwrap_or_else(|| Value::unknown(refused("a missing argument")))
}

fn principals(block: &Object, name: &str, old: bool) -> Result<Option<Node>, Reason> {
    let mut found: Vec<(Value, Node)> = Vec::new();
    let all = blocks(block, name)?;
    for principal in &all {
        let principal = match principal {
            Ok(principal) => principal,
            Err(reason) => return Ok(Some(Node::Open(reason.clone()))),
        };
        let kind = text(principal, "type");
        let Some(who) = set(principal, "identifiers")? else { continue };
        let who = who.with_variables(old)?;
        if all.len() == 1 && kind.as_str() == Some("*") && who.is_text("*") {
            return Ok(Some(who));
        }
        join(&mut found, kind, who);
    }
    found.sort_by(|(a, _), (b, _)| a.as_str().cmp(&b.as_str()));
    Ok((!all.is_empty()).then_some(Node::Object(found)))
}

/// Adds texts under a key; what is there already stays before them.
fn join(entries: &mut Vec<(Value, Node)>, key: Value, texts: Node) {
    let same = |(known, _): &&mut (Value, Node)| known.as_str().is_some() && known.as_str() == key.as_str();
    let Some((_, known)) = entries.iter_mut().find(same) else { return entries.push((key, texts)) };
    let items = |node: Node| match node {
        Node::List(items) => items,
        Node::Text(_) | Node::Object(_) | Node::Open(_) => vec![node],
    };
    let mut all = items(std::mem::replace(known, Node::List(Vec::new())));
    all.extend(items(texts));
    *known = Node::List(all);
}

fn conditions(block: &Object, old: bool) -> Result<Option<Node>, Reason> {
    let mut tests: Vec<(Value, Vec<(Value, Node)>)> = Vec::new();
    for condition in blocks(block, "condition")? {
        let condition = match condition {
            Ok(condition) => condition,
            Err(reason) => return Ok(Some(Node::Open(reason))),
        };
        let values = match argument(condition, "values").map(texts).transpose()? {
            Some(Ok(values)) => {
                Node::List(values.into_iter().map(Node::Text).collect()).with_variables(old)?
            }
            Some(Err(reason)) => Node::Open(reason),
            None => Node::List(Vec::new()),
        };
        let test = text(condition, "test");
        let same = |(known, _): &&mut (Value, _)| known.as_str().is_some() && known.as_str() == test.as_str();
        let variable = text(condition, "variable");
        match tests.iter_mut().find(same) {
            Some((_, variables)) => join(variables, variable, values),
            None => tests.push((test, vec![(variable, values)])),
        }
    }
    let by_name = |a: &Value, b: &Value| a.as_str().cmp(&b.as_str());
    tests.sort_by(|(a, _), (b, _)| by_name(a, b));
    let tests: Vec<(Value, Node)> = tests
        .into_iter()
        .map(|(test, mut variables)| {
            variables.sort_by(|(a, _), (b, _)| by_name(a, b));
            let variables = variables.into_iter().map(|(variable, values)| (variable, values.flattened()));
            (test, Node::Object(variables.collect()))
        })
        .collect();
    Ok((!tests.is_empty()).then_some(Node::Object(tests)))
}
