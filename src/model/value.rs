//! Values with their provenance.

use super::{Condition, Hop, Marks, Number, Origin, Origins, Reason, Step, Unknown};
use crate::source::Site;
use std::sync::Arc;

/// A value as code states it, where it came from, and what marks travel with it. Cheap to clone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Value {
    pub kind: Kind,
    pub origin: Origin,
    pub marks: Marks,
}

/// Match this exhaustively: a catch-all arm hides the unknown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// `null`, or removed by `AWS::NoValue`: the same as not written.
    Null,
    Bool(bool),
    Number(Number),
    String(Arc<str>),
    /// Lists, sets and tuples; repeated blocks.
    List(Arc<[Value]>),
    /// Maps, objects; single blocks.
    Object(Arc<Object>),
    /// One of two values, by a condition that is open and possible both ways.
    Choice(Arc<Choice>),
    Unknown(Arc<Unknown>),
}

/// Entries sorted by key; keys are unique.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Object {
    pub entries: Vec<Entry>,
    /// Attributes not listed are unknown for this reason rather than absent (a resource's computed attributes).
    pub rest: Option<Arc<Unknown>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub key: Arc<str>,
    /// The key as written; for a block, its type and labels.
    pub key_site: Option<Site>,
    /// The whole expression that the value was computed from; for a block, the whole block.
    pub site: Option<Site>,
    pub value: Value,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    pub condition: Arc<Condition>,
    pub then: Value,
    pub otherwise: Value,
}

/// A piece of a string that is known in part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    Text { text: Arc<str>, origin: Origin },
    Unknown(Reason),
}

impl Value {
    #[must_use]
    pub fn new(kind: Kind) -> Self {
        Self { kind, origin: Origin::None, marks: Marks::NONE }
    }

    #[must_use]
    pub fn null() -> Self {
        Self::new(Kind::Null)
    }

    #[must_use]
    pub fn bool(value: bool) -> Self {
        Self::new(Kind::Bool(value))
    }

    #[must_use]
    pub fn int(value: i128) -> Self {
        Self::new(Kind::Number(Number::Int(value)))
    }

    #[must_use]
    pub fn string(text: impl Into<Arc<str>>) -> Self {
        Self::new(Kind::String(text.into()))
    }

    #[must_use]
    pub fn list(items: impl IntoIterator<Item = Self>) -> Self {
        Self::new(Kind::List(items.into_iter().collect()))
    }

    #[must_use]
    pub fn object(object: Object) -> Self {
        Self::new(Kind::Object(Arc::new(object)))
    }

    #[must_use]
    pub fn unknown(reason: Reason) -> Self {
        Self::new(Kind::Unknown(Arc::new(Unknown::new(reason))))
    }

    #[must_use]
    pub fn at(mut self, site: Site) -> Self {
        self.origin = Origin::Literal(site);
        self
    }

    /// The same value, one hop further.
    #[must_use]
    pub fn via(mut self, hop: Hop, site: Option<Site>) -> Self {
        let from = std::mem::take(&mut self.origin);
        self.origin = Origin::Derived(Arc::new(Step { hop, site, from: Origins::One(from) }));
        self
    }

    #[must_use]
    pub fn marked(mut self, marks: Marks) -> Self {
        self.marks = self.marks.with(marks.without(Marks::SHAPE));
        self
    }

    /// Null or an unknown as of this type: [`Marks::STRING`], [`Marks::NUMBER`] or [`Marks::BOOL`].
    #[must_use]
    pub fn of_scalar(mut self, of: Marks) -> Self {
        self.marks = self.marks.without(Marks::SHAPE).with(of);
        self
    }

    /// The list as a Terraform list, the object as a map; the caller has converted the elements to one type.
    #[must_use]
    pub fn as_uniform(mut self) -> Self {
        self.marks = self.marks.without(Marks::SHAPE).with(Marks::UNIFORM);
        self
    }

    /// The list as a tuple, the map as an object.
    #[must_use]
    pub fn as_structure(mut self) -> Self {
        self.marks = self.marks.without(Marks::SHAPE);
        self
    }

    /// The list as a Terraform set; the caller has removed doubles.
    #[must_use]
    pub fn as_set(mut self) -> Self {
        self.marks = self.marks.without(Marks::SHAPE).with(Marks::SET);
        self
    }

    /// One of the elements that it may stand for.
    #[must_use]
    pub fn as_one(&self) -> Self {
        Self { marks: self.marks.without(Marks::SEVERAL), ..self.clone() }
    }

    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match &self.kind {
            Kind::String(text) => Some(text),
            Kind::Null
            | Kind::Bool(_)
            | Kind::Number(_)
            | Kind::List(_)
            | Kind::Object(_)
            | Kind::Choice(_)
            | Kind::Unknown(_) => None,
        }
    }

    #[must_use]
    pub fn as_object(&self) -> Option<&Arc<Object>> {
        if let Kind::Object(object) = &self.kind { Some(object) } else { None }
    }

    #[must_use]
    pub fn as_list(&self) -> Option<&Arc<[Self]>> {
        if let Kind::List(items) = &self.kind { Some(items) } else { None }
    }

    #[must_use]
    pub fn as_choice(&self) -> Option<&Arc<Choice>> {
        if let Kind::Choice(choice) = &self.kind { Some(choice) } else { None }
    }

    #[must_use]
    pub fn as_unknown(&self) -> Option<&Arc<Unknown>> {
        if let Kind::Unknown(unknown) = &self.kind { Some(unknown) } else { None }
    }

    #[must_use]
    pub fn is_null(&self) -> bool {
        matches!(self.kind, Kind::Null)
    }

    /// The text of a known scalar as Terraform and CloudFormation convert it to a string.
    #[must_use]
    pub fn to_text(&self) -> Option<Arc<str>> {
        match &self.kind {
            Kind::String(text) => Some(Arc::clone(text)),
            Kind::Bool(value) => Some(Arc::from(if *value { "true" } else { "false" })),
            Kind::Number(number) => Some(number.to_string().into()),
            Kind::Null | Kind::List(_) | Kind::Object(_) | Kind::Choice(_) | Kind::Unknown(_) => None,
        }
    }

    /// Every object at a dotted path, as [`Value::entries_at`] steps; an empty path is the value itself.
    #[must_use]
    pub fn objects_at(&self, path: &str) -> Vec<&Object> {
        let mut found = Vec::new();
        if path.is_empty() {
            collect_objects(self, &mut found);
        } else {
            self.entries_at(path).iter().for_each(|entry| collect_objects(&entry.value, &mut found));
        }
        found
    }

    /// Every entry at a dotted path. Lists are stepped through without being named, as in the catalogue.
    /// Choices on the way are entered on both sides.
    #[must_use]
    pub fn entries_at<'a>(&'a self, path: &str) -> Vec<&'a Entry> {
        let mut found = Vec::new();
        collect_at(self, path, &mut found);
        found
    }
}

/// The objects that a value is or lists, on both sides of choices.
fn collect_objects<'a>(value: &'a Value, found: &mut Vec<&'a Object>) {
    match &value.kind {
        Kind::Object(object) => found.push(object),
        Kind::List(items) => items.iter().for_each(|item| collect_objects(item, found)),
        Kind::Choice(choice) => {
            collect_objects(&choice.then, found);
            collect_objects(&choice.otherwise, found);
        }
        Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) | Kind::Unknown(_) => {}
    }
}

/// The first step of a dotted path, and the rest. Steps are a few letters: too few to set up a search.
fn step(path: &str) -> (&str, Option<&str>) {
    match path.bytes().position(|byte| byte == b'.') {
        Some(at) => (path.get(..at).unwrap_or(path), path.get(at + 1..)),
        None => (path, None),
    }
}

fn collect_at<'a>(value: &'a Value, path: &str, found: &mut Vec<&'a Entry>) {
    match &value.kind {
        Kind::Object(object) => {
            let (head, tail) = step(path);
            if let Some(entry) = object.get(head) {
                match tail {
                    Some(tail) => collect_at(&entry.value, tail, found),
                    None => found.push(entry),
                }
            }
        }
        Kind::List(items) => items.iter().for_each(|item| collect_at(item, path, found)),
        Kind::Choice(choice) => {
            collect_at(&choice.then, path, found);
            collect_at(&choice.otherwise, path, found);
        }
        Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) | Kind::Unknown(_) => {}
    }
}

impl Object {
    /// Sorts the entries; of equal keys the last one stays.
    #[must_use]
    pub fn new(mut entries: Vec<Entry>) -> Self {
        if !entries.is_sorted_by(|a, b| a.key < b.key) {
            entries.sort_by(|a, b| a.key.cmp(&b.key));
            entries.dedup_by(|next, kept| {
                let is_same = next.key == kept.key;
                if is_same {
                    std::mem::swap(next, kept);
                }
                is_same
            });
        }
        Self { entries, rest: None }
    }

    /// Whether a key has this text.
    #[must_use]
    pub fn says(&self, key: &str, text: &str) -> bool {
        self.get(key).and_then(|entry| entry.value.to_text()).as_deref() == Some(text)
    }

    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Entry> {
        let at = self.entries.binary_search_by(|entry| (*entry.key).cmp(key)).ok()?;
        self.entries.get(at)
    }
}

impl Kind {
    /// The same with each of its elements made anew, which all stand at `site`.
    #[must_use]
    pub fn map_elements(&self, site: Option<Site>, make: &dyn Fn(&Value) -> Value) -> Self {
        match self {
            Self::List(items) => Self::List(items.iter().map(make).collect()),
            Self::Object(object) => {
                let entry =
                    |entry: &Entry| Entry { site, ..Entry::new(Arc::clone(&entry.key), make(&entry.value)) };
                let entries = object.entries.iter().map(entry).collect();
                Self::Object(Arc::new(Object { entries, rest: object.rest.clone() }))
            }
            Self::Null
            | Self::Bool(_)
            | Self::Number(_)
            | Self::String(_)
            | Self::Choice(_)
            | Self::Unknown(_) => self.clone(),
        }
    }
}

impl Entry {
    #[must_use]
    pub fn new(key: impl Into<Arc<str>>, value: Value) -> Self {
        Self { key: key.into(), key_site: None, site: None, value }
    }
}
