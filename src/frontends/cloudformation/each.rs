//! `Fn::ForEach`: loops over conditions, resources, outputs and properties.
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-foreach.html>

use super::call::call;
use super::evaluate::Evaluator;
use crate::model::{Entry, Kind, Reason, Value};
use crate::syntax::doc::{NodeKind, NodeRef};
use std::borrow::Cow;
use std::sync::Arc;

/// Iterations of all loops of a template.
pub(super) const MAX_ITERATIONS: usize = 2_000;

/// Bytes of all loops' bodies, as often as they run.
pub(super) const MAX_LOOPED: usize = 16 << 20;

/// A member of a section with the loop variables that it stands under.
#[derive(Debug, Clone)]
pub(super) struct Expanded<'d> {
    pub(super) id: Arc<str>,
    pub(super) key: NodeRef<'d>,
    pub(super) body: NodeRef<'d>,
    pub(super) bindings: Vec<(Arc<str>, Value)>,
}

impl<'d> Evaluator<'_, 'd> {
    /// Runs over the body of a loop once for each item; once with an unknown item where the items are unknown.
    pub(super) fn each(
        &mut self,
        node: NodeRef<'d>,
        run: &mut dyn FnMut(&mut Self, NodeRef<'d>),
    ) -> Result<(), Reason> {
        let items: Vec<NodeRef<'d>> = node.items().collect();
        let (names, rows, body) = match *items.as_slice() {
            [identifier, collection, body] if body.is_mapping() => {
                let names = self.identifiers(identifier);
                let rows = names.rows(&self.value(collection));
                (names, rows, body)
            }
            [.., body] if body.is_mapping() => (Identifiers::Several(Vec::new()), vec![Vec::new()], body),
            [..] => return Err(self.is_no_loop(node)),
        };
        if names.are_nameless() {
            drop(self.is_no_loop(node));
        }
        let around = self.bindings.len();
        for row in rows {
            self.iterations += 1;
            self.looped += body.span().len();
            if self.iterations > MAX_ITERATIONS || self.looped > MAX_LOOPED {
                self.notes.limit("the loops of `Fn::ForEach` make too much");
                return Err(Reason::Limit { what: "Fn::ForEach".into() });
            }
            self.bindings.extend(row);
            run(self, body);
            self.bindings.truncate(around);
        }
        Ok(())
    }

    /// Says of what stands in a loop's place that it is none; a macro may yet make one of it.
    fn is_no_loop(&mut self, node: NodeRef<'d>) -> Reason {
        let message = "`Fn::ForEach` takes an identifier or a list of them, a collection and a body";
        if !self.template.has_macros {
            self.notes.wrong(node, message);
        }
        Reason::Invalid { message: message.into() }
    }

    fn identifiers(&mut self, node: NodeRef<'d>) -> Identifiers {
        if call(node).is_none() && matches!(node.kind(), NodeKind::Sequence(_)) {
            return Identifiers::Several(node.items().map(|item| self.identifier(item)).collect());
        }
        match self.identifier(node) {
            Some(name) => Identifiers::One(name),
            None => Identifiers::Several(Vec::new()),
        }
    }

    /// As it is written, or what a parameter is by default.
    fn identifier(&mut self, node: NodeRef<'d>) -> Option<Arc<str>> {
        match call(node) {
            Some(_) => self.value(node).to_text(),
            None => node.scalar_text().map(Arc::from),
        }
    }

    /// A text with the loop variables in it replaced.
    pub(super) fn bound<'n>(&self, text: &'n str) -> Cow<'n, str> {
        bound(text, &self.bindings)
    }

    /// All members of a section, loops run.
    pub(super) fn expand(&mut self, section: NodeRef<'d>, found: &mut Vec<Expanded<'d>>) {
        for (key, body) in self.template.resolved(section).entries() {
            let Some(name) = key.scalar_text() else { continue };
            if name == "Fn::Transform" {
                if let Some(included) = self.template.included(body) {
                    self.expand(included, found);
                }
            } else if name.starts_with("Fn::ForEach::") {
                // What is no loop is noted, and so is a limit.
                drop(self.each(body, &mut |me, body| me.expand(body, found)));
            } else {
                let bindings = self.bindings.clone();
                let body = self.template.resolved(body);
                found.push(Expanded { id: self.bound(&name).into(), key, body, bindings });
            }
        }
    }
}

/// Replaces `${Name}`, and `&{Name}` by its letters and digits alone, for each loop variable that is known.
pub(super) fn bound<'n>(text: &'n str, bindings: &[(Arc<str>, Value)]) -> Cow<'n, str> {
    if bindings.is_empty() || !text.contains("${") && !text.contains("&{") {
        return Cow::Borrowed(text);
    }
    let mut bound = text.to_owned();
    for (variable, value) in bindings.iter().rev() {
        if let Some(text) = value.to_text() {
            let letters: String = text.chars().filter(char::is_ascii_alphanumeric).collect();
            bound = bound
                .replace(&format!("${{{variable}}}"), &text)
                .replace(&format!("&{{{variable}}}"), &letters);
        }
    }
    Cow::Owned(bound)
}

/// What the items of a loop's collection are known by in its body.
enum Identifiers {
    One(Arc<str>),
    /// Of each item's own items, or of a map's keys and values. An identifier that only the deployment knows is `None`.
    /// <https://github.com/aws-cloudformation/cfn-lint/pull/4285>
    Several(Vec<Option<Arc<str>>>),
}

/// What the identifiers stand for in one run of a loop.
type Row = Vec<(Arc<str>, Value)>;

impl Identifiers {
    fn are_nameless(&self) -> bool {
        match self {
            Self::One(_) => false,
            Self::Several(names) => names.is_empty(),
        }
    }

    /// What a loop runs over. Of collections that depend on a condition, the items of all.
    fn rows(&self, collection: &Value) -> Vec<Row> {
        match (&collection.kind, self) {
            (_, Self::Several(names)) if names.iter().all(Option::is_none) => vec![Row::new()],
            (Kind::List(items), _) => items.iter().map(|item| self.bind(item)).collect(),
            (Kind::Object(object), Self::Several(names)) if names.len() == 2 => {
                let pair = |entry: &Entry| {
                    let key = Value::string(Arc::clone(&entry.key));
                    let key = entry.key_site.map_or_else(|| key.clone(), |site| key.clone().at(site));
                    self.row(&[key, entry.value.clone()])
                };
                let open = object.rest.is_some().then(|| self.unknown());
                object.entries.iter().map(pair).chain(open).collect()
            }
            (Kind::Choice(choice), _) => {
                let mut rows = self.rows(&choice.then);
                for row in self.rows(&choice.otherwise) {
                    if !rows.iter().any(|known| are_alike(known, &row)) {
                        rows.push(row);
                    }
                }
                rows
            }
            (
                Kind::Null
                | Kind::Bool(_)
                | Kind::Number(_)
                | Kind::String(_)
                | Kind::Object(_)
                | Kind::Unknown(_),
                _,
            ) => vec![self.unknown()],
        }
    }

    fn bind(&self, item: &Value) -> Row {
        match (self, &item.kind) {
            (Self::One(_), _) => self.row(std::slice::from_ref(item)),
            (Self::Several(names), Kind::List(items)) if items.len() == names.len() => self.row(items),
            (Self::Several(_), _) => self.unknown(),
        }
    }

    fn row(&self, items: &[Value]) -> Row {
        self.names().zip(items).filter_map(|(name, item)| Some((Arc::clone(name?), item.clone()))).collect()
    }

    fn unknown(&self) -> Row {
        let unknown =
            |name: &Arc<str>| (Arc::clone(name), Value::unknown(Reason::Instance { what: Arc::clone(name) }));
        self.names().flatten().map(unknown).collect()
    }

    fn names(&self) -> impl Iterator<Item = Option<&Arc<str>>> {
        let (one, several) = match self {
            Self::One(name) => (Some(Some(name)), [].as_slice()),
            Self::Several(names) => (None, names.as_slice()),
        };
        one.into_iter().chain(several.iter().map(Option::as_ref))
    }
}

fn are_alike(one: &Row, other: &Row) -> bool {
    one.iter().map(|(_, value)| &value.kind).eq(other.iter().map(|(_, value)| &value.kind))
}
