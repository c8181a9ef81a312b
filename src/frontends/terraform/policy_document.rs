//! `data "aws_iam_policy_document"`: the one data source whose result the code alone decides.
//!
//! What it makes of its arguments follows the provider's own source:
//! <https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/iam/policy_document_data_source.go> and
//! `policy_model.go` beside it: lists of several texts are sorted backwards, one text stands without a list, statements
//! of a later document replace those of the same `Sid`.

use super::functions::{Pieces, json_escape};
use crate::model::{Entry, Hop, Kind, Object, Origin, Reason, Value};
use crate::source::Site;

pub(crate) const TYPE: &str = "aws_iam_policy_document";

const OLD: &str = "2008-10-17";
const CURRENT: &str = "2012-10-17";

/// A piece of the document as JSON.
#[derive(Debug, Clone)]
enum Node {
    /// A string, or an unknown that will be one.
    Text(Value),
    List(Vec<Node>),
    Object(Vec<(Value, Node)>),
    /// Not known, not even whether it is one text or several.
    Open(Reason),
}

/// A statement; without a known `Sid` it replaces no other one.
#[derive(Debug, Clone)]
struct Statement {
    sid: Option<Value>,
    node: Node,
}

#[derive(Debug, Default)]
struct Document {
    version: Option<Value>,
    id: Option<Value>,
    statements: Vec<Statement>,
}

/// What the provider computes from the data source's arguments: `json`, `minified_json`, `id`, `version`.
pub(crate) fn attributes(body: &Object, site: Site) -> Vec<Entry> {
    let document = match document(body) {
        Ok(document) => document.node(),
        Err(reason) => Node::Open(reason),
    };
    let mut origins = Vec::new();
    document.origins(&mut origins);
    let rendered = |indented: bool| {
        let mut pieces = Pieces::default();
        match &document {
            Node::Open(reason) => pieces.unknown(reason),
            Node::Text(_) | Node::List(_) | Node::Object(_) => {
                document.render(indented.then_some(0), &mut pieces);
            }
        }
        let mut value = pieces.finish(TYPE);
        if value.as_unknown().is_none() {
            value.origin = Origin::made_of(Hop::Function(TYPE.into()), Some(site), origins.clone());
        }
        value
    };
    let json = rendered(true);
    let id = match (json.as_str(), json.as_unknown()) {
        (Some(text), _) => Value::string(crc32fast::hash(text.as_bytes()).to_string()),
        (None, Some(unknown)) => Value::unknown(unknown.reason.clone()),
        (None, None) => Value::null(),
    };
    let version = argument(body, "version").cloned().unwrap_or_else(|| Value::string(CURRENT));
    vec![
        Entry::new("id", id),
        Entry::new("json", json),
        Entry::new("minified_json", rendered(false)),
        Entry::new("version", version),
    ]
}

fn document(body: &Object) -> Result<Document, Reason> {
    let mut whole = Document::default();
    let mut known_sids: Vec<String> = Vec::new();
    for source in documents(body, "source_policy_documents")? {
        let read = read(&source)?;
        for sid in read.statements.iter().filter_map(|statement| statement.sid.as_ref()?.as_str()) {
            if known_sids.iter().any(|known| known == sid) {
                return Err(refused("two source documents with the same `Sid`"));
            }
            known_sids.push(sid.to_owned());
        }
        whole.merge(read);
    }
    whole.merge(own(body)?);
    for over in documents(body, "override_policy_documents")? {
        whole.merge(read(&over)?);
    }
    Ok(whole)
}

fn refused(message: &str) -> Reason {
    Reason::Invalid { message: message.into() }
}

/// The value of an argument; `None` where it is null or not written.
fn argument<'o>(object: &'o Object, name: &str) -> Option<&'o Value> {
    object.get(name).map(|entry| &entry.value).filter(|value| !value.is_null())
}

/// The documents that an argument lists; null ones are passed over. An old name for one document counts as well.
fn documents(body: &Object, name: &str) -> Result<Vec<Value>, Reason> {
    let old = if name.starts_with("source") { "source_json" } else { "override_json" };
    let mut found: Vec<Value> =
        argument(body, old).filter(|value| value.as_str() != Some("")).cloned().into_iter().collect();
    match argument(body, name).map(|value| &value.kind) {
        None => {}
        Some(Kind::List(items)) => found.extend(items.iter().filter(|item| !item.is_null()).cloned()),
        Some(Kind::Unknown(unknown)) => found.push(Value::unknown(unknown.reason.clone())),
        Some(
            Kind::Null
            | Kind::Bool(_)
            | Kind::Number(_)
            | Kind::String(_)
            | Kind::Object(_)
            | Kind::Choice(_),
        ) => return Err(refused("policy documents that are no list")),
    }
    Ok(found)
}

impl Document {
    fn merge(&mut self, other: Self) {
        self.id = other.id.or(self.id.take());
        let newer = match (&self.version, &other.version) {
            (_, None) => false,
            (None, Some(_)) => true,
            // An unknown one is taken for the newer.
            (Some(mine), Some(other)) => {
                mine.as_str().is_some_and(|mine| other.as_str().is_none_or(|other| other > mine))
            }
        };
        if newer {
            self.version = other.version;
        }
        for statement in other.statements {
            let sid = statement.sid.as_ref().and_then(Value::as_str).filter(|sid| !sid.is_empty());
            let same = |known: &&mut Statement| known.sid.as_ref().and_then(Value::as_str) == sid;
            match sid.and_then(|_| self.statements.iter_mut().find(same)) {
                Some(known) => *known = statement,
                None => self.statements.push(statement),
            }
        }
    }

    fn node(self) -> Node {
        let mut entries = Vec::new();
        let mut text = |name: &str, value: Option<Value>| {
            let said = value.filter(|value| value.as_str() != Some(""));
            entries.extend(said.map(|value| (Value::string(name), Node::Text(value))));
        };
        text("Version", self.version);
        text("Id", self.id);
        if !self.statements.is_empty() {
            let statements = self.statements.into_iter().map(|statement| statement.node).collect();
            entries.push((Value::string("Statement"), Node::List(statements)));
        }
        Node::Object(entries)
    }
}

/// What stands in the data source itself.
fn own(body: &Object) -> Result<Document, Reason> {
    let version = argument(body, "version").cloned().unwrap_or_else(|| Value::string(CURRENT));
    let old = version.as_str() == Some(OLD);
    let mut statements: Vec<Statement> = Vec::new();
    for block in blocks(body, "statement")? {
        let statement = match block {
            Ok(block) => statement(block, old)?,
            Err(reason) => Statement { sid: None, node: Node::Open(reason) },
        };
        let sid = statement.sid.as_ref().and_then(Value::as_str);
        let twice = |known: &Statement| known.sid.as_ref().and_then(Value::as_str) == sid;
        if sid.is_some_and(|sid| !sid.is_empty()) && statements.iter().any(twice) {
            return Err(refused("two statements with the same `Sid`"));
        }
        statements.push(statement);
    }
    Ok(Document { version: Some(version), id: argument(body, "policy_id").cloned(), statements })
}

/// Nested blocks of one type; one may be unknown as a whole.
fn blocks<'o>(object: &'o Object, name: &str) -> Result<Vec<Result<&'o Object, Reason>>, Reason> {
    let Some(value) = argument(object, name) else { return Ok(Vec::new()) };
    let one = |value: &'o Value| match &value.kind {
        Kind::Object(object) => Ok(Ok(&**object)),
        Kind::Unknown(unknown) => Ok(Err(unknown.reason.clone())),
        Kind::Choice(_) => Ok(Err(Reason::Condition { text: "a condition".into() })),
        Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) | Kind::List(_) => {
            Err(refused("a block that is no object"))
        }
    };
    match value.as_list() {
        Some(items) => items.iter().map(one).collect(),
        None => Ok(vec![one(value)?]),
    }
}

fn statement(block: &Object, old: bool) -> Result<Statement, Reason> {
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

/// A document that is given as text.
fn read(source: &Value) -> Result<Document, Reason> {
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
    fn is_text(&self, wanted: &str) -> bool {
        matches!(self, Self::Text(text) if text.as_str() == Some(wanted))
    }

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

    /// A list of one is that one.
    fn flattened(self) -> Self {
        match self {
            Self::List(mut items) if items.len() == 1 => items.pop().unwrap_or(Self::List(items)),
            Self::List(_) | Self::Text(_) | Self::Object(_) | Self::Open(_) => self,
        }
    }

    /// `&{aws:username}` stands for IAM's own `${aws:username}`, which Terraform would take for its own.
    fn with_variables(self, old: bool) -> Result<Self, Reason> {
        Ok(match self {
            Self::Text(value) => match value.as_str() {
                Some(text) if text.contains("&{") && old => {
                    return Err(refused("a policy variable in a document of version 2008-10-17"));
                }
                Some(text) if text.contains("&{") => {
                    Self::Text(Value { kind: Kind::String(text.replace("&{", "${").into()), ..value })
                }
                _ => Self::Text(value),
            },
            Self::List(items) => {
                Self::List(items.into_iter().map(|item| item.with_variables(old)).collect::<Result<_, _>>()?)
            }
            Self::Object(_) | Self::Open(_) => self,
        })
    }

    fn origins(&self, found: &mut Vec<Origin>) {
        let mut add = |value: &Value| {
            if value.origin != Origin::None && !found.contains(&value.origin) {
                found.push(value.origin.clone());
            }
        };
        match self {
            Self::Text(value) => add(value),
            Self::List(items) => items.iter().for_each(|item| item.origins(found)),
            Self::Object(entries) => {
                for (key, value) in entries {
                    value.origins(found);
                    if key.origin != Origin::None && !found.contains(&key.origin) {
                        found.push(key.origin.clone());
                    }
                }
            }
            Self::Open(_) => {}
        }
    }

    /// As Go writes it: without spaces, or indented by two for each level.
    fn render(&self, level: Option<usize>, pieces: &mut Pieces) {
        let none = Origin::None;
        let inner = level.map(|level| level + 1);
        let line = |pieces: &mut Pieces, level: Option<usize>| {
            if let Some(level) = level {
                pieces.text(&format!("\n{}", "  ".repeat(level)), &none);
            }
        };
        match self {
            Self::Text(value) => quoted(value, pieces),
            Self::Open(reason) => pieces.unknown(reason),
            Self::List(items) if items.is_empty() => pieces.text("[]", &none),
            Self::Object(entries) if entries.is_empty() => pieces.text("{}", &none),
            Self::List(items) => {
                for (at, item) in items.iter().enumerate() {
                    pieces.text(if at == 0 { "[" } else { "," }, &none);
                    line(pieces, inner);
                    item.render(inner, pieces);
                }
                line(pieces, level);
                pieces.text("]", &none);
            }
            Self::Object(entries) => {
                for (at, (key, value)) in entries.iter().enumerate() {
                    pieces.text(if at == 0 { "{" } else { "," }, &none);
                    line(pieces, inner);
                    quoted(key, pieces);
                    pieces.text(if level.is_some() { ": " } else { ":" }, &none);
                    value.render(inner, pieces);
                }
                line(pieces, level);
                pieces.text("}", &none);
            }
        }
    }
}

/// A text in quotes, known or not.
fn quoted(value: &Value, pieces: &mut Pieces) {
    pieces.text("\"", &Origin::None);
    match &value.kind {
        Kind::Unknown(unknown) => pieces.unknown_parts(unknown, json_escape),
        Kind::Null
        | Kind::Bool(_)
        | Kind::Number(_)
        | Kind::String(_)
        | Kind::List(_)
        | Kind::Object(_)
        | Kind::Choice(_) => {
            pieces.text(&json_escape(&value.to_text().unwrap_or_default()), &value.origin);
        }
    }
    pieces.text("\"", &Origin::None);
}
