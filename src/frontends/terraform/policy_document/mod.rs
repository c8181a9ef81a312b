//! `data "aws_iam_policy_document"`: the one data source whose result the code alone decides.
//!
//! What it makes of its arguments follows the provider's own source:
//! <https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/iam/policy_document_data_source.go> and
//! `policy_model.go` beside it: lists of several texts are sorted backwards, one text stands without a list, statements
//! of a later document replace those of the same `Sid`.

mod node;
mod read;
mod statement;
#[cfg(test)]
mod tests;

use super::functions::Pieces;
use crate::model::{Entry, Hop, Kind, Object, Origin, Reason, Value};
use crate::source::Site;
use node::Node;
use read::read;
use statement::statement;

pub(crate) const TYPE: &str = "aws_iam_policy_document";
pub(crate) const JSON: &str = "json";

const OLD: &str = "2008-10-17";
const CURRENT: &str = "2012-10-17";

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
