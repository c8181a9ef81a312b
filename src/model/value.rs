//! Values with their provenance.

use super::{Condition, Number, Reason, Unknown};
use crate::source::Site;
use rustc_hash::FxHashSet;
use std::sync::Arc;

/// A value as code states it, where it came from, and what marks travel with it. Cheap to clone.
#[derive(Debug, Clone, PartialEq)]
pub struct Value {
    pub kind: Kind,
    pub origin: Origin,
    pub marks: Marks,
}

/// Match this exhaustively: a catch-all arm hides the unknown.
#[derive(Debug, Clone, PartialEq)]
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
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Object {
    pub entries: Vec<Entry>,
    /// Attributes not listed are unknown for this reason rather than absent (a resource's computed attributes).
    pub rest: Option<Arc<Unknown>>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    pub key: Arc<str>,
    /// The key as written; for a block, its type and labels.
    pub key_site: Option<Site>,
    /// The whole expression that the value was computed from; for a block, the whole block.
    pub site: Option<Site>,
    pub value: Value,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    pub condition: Arc<Condition>,
    pub then: Value,
    pub otherwise: Value,
}

/// A piece of a string that is known in part.
#[derive(Debug, Clone, PartialEq)]
pub enum Part {
    Text { text: Arc<str>, origin: Origin },
    Unknown(Reason),
}

/// Where a value came from: the literals that it was made of, and every hop that carried it.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Origin {
    /// Made by nobody's literal (a function's result, a default of keyless).
    #[default]
    None,
    /// A literal that stands here (the quoted or plain text without its quotes).
    Literal(Site),
    /// Carried on, or put together of several.
    Derived(Arc<Step>),
}

/// One step of a value's way. `from` holds what it was made of, in order.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    pub hop: Hop,
    /// Where the step stands: the reference, the call, the template.
    pub site: Option<Site>,
    pub from: Vec<Origin>,
}

/// Steps on all ways to one value.
const MAX_WAYS: usize = 10_000;

#[derive(Default)]
struct Literals {
    sites: Vec<Site>,
    known: FxHashSet<Site>,
    steps: FxHashSet<*const Step>,
}

/// What kind of step; the text is the name of the thing that carried the value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Hop {
    /// `default` of a Terraform variable.
    VariableDefault(Arc<str>),
    /// A `*.tfvars` assignment to this variable.
    VariableValue(Arc<str>),
    /// Given to this variable from outside of the code (`--var`, a plan): its text stands in no file.
    Given(Arc<str>),
    /// Planned as this, though the code says otherwise: changes are ignored, or the code has moved on.
    Planned(Arc<str>),
    /// Input of a module call: `module.web` input `name`.
    ModuleInput(Arc<str>),
    Local(Arc<str>),
    ModuleOutput(Arc<str>),
    /// An attribute of another resource or data source.
    Attribute(Arc<str>),
    /// `Default` of a CloudFormation parameter.
    ParameterDefault(Arc<str>),
    /// `Fn::FindInMap`.
    Mapping(Arc<str>),
    /// A function or intrinsic.
    Function(Arc<str>),
    /// An interpolated string.
    Template,
    /// Read from a file of the repository.
    File(Arc<str>),
    /// `each.value`, `count.index`, a `for` variable, a dynamic block's iterator.
    Iterator(Arc<str>),
    /// One branch of a condition.
    Branch,
    /// The launch template, configuration or default that the value was taken over from.
    Inherited(Arc<str>),
}

/// Marks that travel with a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Marks(u8);

impl Marks {
    pub const NONE: Self = Self(0);
    pub const SENSITIVE: Self = Self(1);
    pub const EPHEMERAL: Self = Self(2);
    pub const NO_ECHO: Self = Self(4);
    /// On an unknown element of a list: it stands for any number of elements, none included.
    /// A list that holds one has no known length, and no known positions behind it.
    pub const SEVERAL: Self = Self(8);
    /// On a list: it is a Terraform set. Belongs to this one value and never travels.
    pub const SET: Self = Self(16);
    /// On a list or object whose elements are of one type: a Terraform list rather than a tuple, a map rather than an
    /// object. Belongs to this one value and never travels.
    pub const UNIFORM: Self = Self(32);

    /// On null or an unknown: what type it has all the same. These three exclude each other, belong to this one value
    /// and never travel.
    pub const STRING: Self = Self(64);
    pub const NUMBER: Self = Self(128);
    pub const BOOL: Self = Self(64 | 128);

    /// The bits that say what type a value has.
    const SHAPE: Self = Self(Self::SET.0 | Self::UNIFORM.0 | Self::BOOL.0);

    /// The type of null or an unknown; [`Marks::NONE`] where it may have any.
    #[must_use]
    pub fn scalar(self) -> Self {
        Self(self.0 & Self::BOOL.0)
    }

    #[must_use]
    pub fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    #[must_use]
    pub fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    #[must_use]
    pub fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }
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
        self.origin = Origin::Derived(Arc::new(Step { hop, site, from: vec![from] }));
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

    /// Every entry at a dotted path. Lists are stepped through without being named, as in the catalogue.
    /// Choices on the way are entered on both sides.
    #[must_use]
    pub fn entries_at<'a>(&'a self, path: &str) -> Vec<&'a Entry> {
        let mut found = Vec::new();
        collect_at(self, path, &mut found);
        found
    }
}

fn collect_at<'a>(value: &'a Value, path: &str, found: &mut Vec<&'a Entry>) {
    match &value.kind {
        Kind::Object(object) => {
            let (head, tail) = path.split_once('.').map_or((path, None), |(head, tail)| (head, Some(tail)));
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
        entries.reverse();
        entries.sort_by(|a, b| a.key.cmp(&b.key));
        entries.dedup_by(|a, b| a.key == b.key);
        Self { entries, rest: None }
    }

    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Entry> {
        let at = self.entries.binary_search_by(|entry| (*entry.key).cmp(key)).ok()?;
        self.entries.get(at)
    }
}

impl Entry {
    #[must_use]
    pub fn new(key: impl Into<Arc<str>>, value: Value) -> Self {
        Self { key: key.into(), key_site: None, site: None, value }
    }
}

impl Origin {
    /// The literals that the value was made of, in order.
    #[must_use]
    pub fn literals(&self) -> Vec<Site> {
        let mut found = Literals::default();
        self.collect_literals(&mut found);
        found.sites
    }

    fn collect_literals(&self, found: &mut Literals) {
        match self {
            Self::None => {}
            Self::Literal(site) => {
                if found.known.insert(*site) {
                    found.sites.push(*site);
                }
            }
            Self::Derived(step) => {
                // Steps are shared: a value put together of itself many times has more ways than steps.
                if step.from.len() < 2 || found.steps.insert(Arc::as_ptr(step)) {
                    step.from.iter().for_each(|origin| origin.collect_literals(found));
                }
            }
        }
    }

    /// A step whose value was made of all these. Where more ways lead to it than anybody can follow, only the
    /// literals are kept.
    #[must_use]
    pub fn made_of(hop: Hop, site: Option<Site>, from: Vec<Self>) -> Self {
        let mut budget = MAX_WAYS;
        if from.iter().all(|origin| origin.within(&mut budget)) {
            return Self::Derived(Arc::new(Step { hop, site, from }));
        }
        let all = Self::Derived(Arc::new(Step { hop: hop.clone(), site, from }));
        let from = all.literals().into_iter().map(Self::Literal).collect();
        Self::Derived(Arc::new(Step { hop, site, from }))
    }

    /// Whether something given from outside of the code is a part of it.
    #[must_use]
    pub fn is_given(&self) -> bool {
        match self {
            Self::None | Self::Literal(_) => false,
            Self::Derived(step) => matches!(step.hop, Hop::Given(_)) || step.from.iter().any(Self::is_given),
        }
    }

    fn within(&self, budget: &mut usize) -> bool {
        let Some(left) = budget.checked_sub(1) else { return false };
        *budget = left;
        match self {
            Self::None | Self::Literal(_) => true,
            Self::Derived(step) => step.from.iter().all(|origin| origin.within(budget)),
        }
    }
}
