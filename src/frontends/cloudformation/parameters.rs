//! `Parameters`: types, defaults, allowed values.
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html>

use super::operand::Case;
use super::template::Template;
use crate::model::Kind as ValueKind;
use crate::model::{
    Choice, Condition, Declaration, DeclarationKind, Domain, Hop, Marks, Origin, Reason, Value,
};
use crate::source::{FileId, Site, Span};
use crate::syntax::doc::{NodeRef, Places, Resolved};
use regex::{Regex, RegexBuilder};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

#[derive(Debug)]
pub(super) struct Parameter {
    name_site: Site,
    block: Site,
    kind: Kind,
    default: Option<Value>,
    /// The default as written.
    raw: Option<Arc<str>>,
    constraints: Constraints,
    allowed: Vec<Arc<str>>,
    no_echo: bool,
    given: Given,
}

/// What holds in place of the default.
#[derive(Debug, Clone, Default)]
pub(in crate::frontends) enum Given {
    #[default]
    Nothing,
    /// A parent stack says nothing, so that nobody can: the default holds.
    Unsaid,
    /// What a parent stack passes in, with what it is to conditions.
    Argument(Value, Vec<Case>),
    /// What a file says that is deployed with the template.
    Value(Value),
    /// As [`Self::Value`], each under a condition; where none of these holds, the default does.
    Either(Vec<(Arc<Condition>, Value)>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    List,
    /// The default names an SSM parameter; the value is only there when deployed.
    Ssm,
}

/// What a text must be like to be taken.
#[derive(Debug, Default)]
struct Constraints {
    min_length: usize,
    max_length: Option<usize>,
    number: bool,
    pattern: Option<Arc<str>>,
    compiled: OnceLock<Option<Regex>>,
}

pub(super) fn read(file: FileId, root: NodeRef<'_>) -> BTreeMap<Arc<str>, Parameter> {
    let section = root.get("Parameters");
    let entries = section.into_iter().flat_map(NodeRef::entries);
    entries
        .filter_map(|(name, body)| Some((name.scalar_text()?.into(), parameter(file, name, body))))
        .collect()
}

fn parameter(file: FileId, name: NodeRef<'_>, body: NodeRef<'_>) -> Parameter {
    let type_name = body.get("Type").and_then(NodeRef::scalar_text).unwrap_or_default();
    let kind = if type_name.starts_with("AWS::SSM::Parameter::Value") {
        Kind::Ssm
    } else if type_name.starts_with("List<") || type_name == "CommaDelimitedList" {
        Kind::List
    } else {
        Kind::Text
    };
    let no_echo = body.get("NoEcho").is_some_and(is_true);
    let marks = if no_echo { Marks::NO_ECHO } else { Marks::NONE };
    let raw = body.get("Default").and_then(literal_text);
    let default = body.get("Default").and_then(|node| {
        let text = literal_text(node)?;
        let site = |span: Span| Site::new(file, span);
        Some(if kind == Kind::List {
            list(node, &text, site, marks)
        } else {
            Value::string(text).at(site(node.span())).marked(marks)
        })
    });
    // Whether `yes` is compared as `true` or as `yes` is not for us to bet a branch on.
    let values = || body.get("AllowedValues").into_iter().flat_map(NodeRef::items);
    let certain = !values().any(|value| {
        let text = value.scalar_text().unwrap_or_default();
        let plain = matches!(value.resolve(), Some(Resolved::Bool(_)));
        plain && !text.eq_ignore_ascii_case("true") && !text.eq_ignore_ascii_case("false")
    });
    let allowed = values().filter(|_| certain).filter_map(literal_text);
    Parameter {
        name_site: Site::new(file, name.span()),
        block: Site::new(file, name.span().to(body.full_span())),
        kind,
        default,
        raw,
        constraints: if kind == Kind::Text {
            Constraints::read(&type_name, body)
        } else {
            Constraints::default()
        },
        allowed: allowed.collect(),
        no_echo,
        given: Given::Nothing,
    }
}

/// Parameters are text, whatever their notation: numbers stay as written, `yes` becomes `true`.
fn literal_text(node: NodeRef<'_>) -> Option<Arc<str>> {
    match node.resolve()? {
        Resolved::Null => None,
        Resolved::Bool(value) => Some(if value { "true" } else { "false" }.into()),
        Resolved::Int(_) | Resolved::Float(_) | Resolved::Text(_) => node.scalar_text().map(Arc::from),
    }
}

fn is_true(node: NodeRef<'_>) -> bool {
    match node.resolve() {
        Some(Resolved::Bool(value)) => value,
        Some(Resolved::Text(text)) => text.eq_ignore_ascii_case("true"),
        Some(Resolved::Null | Resolved::Int(_) | Resolved::Float(_)) | None => false,
    }
}

/// Items of a list's default, each with its own place.
fn list(node: NodeRef<'_>, text: &str, site: impl Fn(Span) -> Site, marks: Marks) -> Value {
    let mut places = Places::of(node);
    let mut at = 0;
    let items = text.split(',').map(|item| {
        let start = at + item.len() - item.trim_start().len();
        at += item.len() + 1;
        let item = item.trim();
        Value::string(item).at(site(places.span(start..start + item.len()))).marked(marks)
    });
    let items: Vec<Value> = items.collect();
    Value::list(items).at(site(node.span())).marked(marks)
}

impl Constraints {
    fn read(type_name: &str, body: NodeRef<'_>) -> Self {
        let number = |key: &str| body.get(key)?.scalar_text()?.trim().parse::<usize>().ok();
        Self {
            min_length: number("MinLength").unwrap_or(0),
            max_length: number("MaxLength"),
            number: type_name == "Number",
            pattern: body.get("AllowedPattern").and_then(NodeRef::scalar_text).map(Arc::from),
            compiled: OnceLock::new(),
        }
    }

    fn admit(&self, text: &str) -> bool {
        let length = text.chars().count();
        self.min_length <= length
            && self.max_length.is_none_or(|max| length <= max)
            && (!self.number || text.trim().parse::<f64>().is_ok())
            && self.pattern().is_none_or(|pattern| pattern.is_match(text))
    }

    /// Java's expressions match the whole text; those that only Java has are not judged.
    fn pattern(&self) -> Option<&Regex> {
        let compile = || {
            RegexBuilder::new(&format!("^(?:{})$", self.pattern.as_ref()?)).size_limit(1 << 20).build().ok()
        };
        self.compiled.get_or_init(compile).as_ref()
    }
}

impl Parameter {
    pub(super) fn is_list(&self) -> bool {
        self.kind == Kind::List
    }

    /// Whether somebody can give this text.
    pub(super) fn may_be(&self, text: &str) -> bool {
        self.is_given() || self.constraints.admit(text)
    }

    /// Whether it is said what holds in place of the default.
    pub(super) fn is_given(&self) -> bool {
        !matches!(self.given, Given::Nothing)
    }

    pub(super) fn give(&mut self, given: Given) {
        let marks = self.marks();
        let marked = |value: Value| value.marked(marks);
        self.given = match given {
            Given::Nothing => Given::Nothing,
            Given::Unsaid => Given::Unsaid,
            Given::Argument(value, cases) => Given::Argument(marked(self.typed(value)), cases),
            Given::Value(value) => Given::Value(marked(self.typed(value))),
            Given::Either(values) => {
                let each = values.into_iter().map(|(when, value)| (when, marked(self.typed(value))));
                Given::Either(each.collect())
            }
        };
    }

    /// A text as the parameter's type has it.
    fn typed(&self, value: Value) -> Value {
        match (self.kind, value.as_str()) {
            (Kind::List, Some(text)) => {
                let item = |item: &str| Value { origin: value.origin.clone(), ..Value::string(item.trim()) };
                let items: Vec<Value> = text.split(',').map(item).collect();
                Value { origin: value.origin.clone(), ..Value::list(items) }
            }
            (Kind::List | Kind::Text | Kind::Ssm, _) => value,
        }
    }

    pub(super) fn has_default(&self) -> bool {
        self.default.is_some()
    }

    pub(super) fn is_no_echo(&self) -> bool {
        self.no_echo
    }

    /// Whether it may be any of the allowed values.
    fn is_free(&self) -> bool {
        match self.given {
            Given::Nothing | Given::Either(_) => true,
            Given::Unsaid | Given::Argument(..) | Given::Value(_) => false,
        }
    }

    fn marks(&self) -> Marks {
        if self.no_echo { Marks::NO_ECHO } else { Marks::NONE }
    }

    /// What conditions compare; `name` is the parameter's own for them.
    pub(super) fn cases(&self, name: Arc<str>) -> Vec<Case> {
        let known = |value: &Value| value.to_text().map(Case::known);
        match &self.given {
            // What is compared is what SSM has.
            _ if self.kind == Kind::Ssm => vec![Case::named(name)],
            Given::Nothing => vec![Case::named(name)],
            Given::Unsaid => {
                let default = self.default.as_ref().filter(|_| self.kind == Kind::Text);
                vec![default.and_then(known).unwrap_or_else(|| Case::named(name))]
            }
            Given::Argument(_, cases) => cases.clone(),
            Given::Value(value) => vec![known(value).unwrap_or_else(|| Case::named(name))],
            Given::Either(values) => {
                let each = values.iter().map(|(when, value)| {
                    let case = known(value).unwrap_or_else(|| Case::named(Arc::clone(&name)));
                    case.under(Arc::clone(when))
                });
                let mut cases: Vec<Case> = each.collect();
                let any = Condition::Or(values.iter().map(|(when, _)| Arc::clone(when)).collect());
                cases.push(Case::named(name).under(Arc::new(Condition::Not(Arc::new(any)))));
                cases
            }
        }
    }

    /// The one name under which conditions compare the parameter, if there is one. `name` is its own.
    pub(super) fn atom(&self, name: Arc<str>) -> Option<Arc<str>> {
        Case::only_name(&self.cases(name)).cloned()
    }

    /// The text that holds unless somebody gives another one.
    pub(super) fn default_text(&self) -> Option<Arc<str>> {
        match (&self.given, self.kind) {
            (Given::Nothing, Kind::Text | Kind::List) => self.raw.clone(),
            // The default of a parent's parameter.
            (Given::Argument(value, cases), _) if Case::only_name(cases).is_some() => value.to_text(),
            (Given::Unsaid | Given::Argument(..) | Given::Value(_) | Given::Either(_), _)
            | (Given::Nothing, Kind::Ssm) => None,
        }
    }

    /// Whether somebody must give a text.
    pub(super) fn is_open(&self) -> bool {
        match &self.given {
            Given::Nothing | Given::Unsaid => self.kind != Kind::Ssm && self.default.is_none(),
            Given::Argument(value, _) => value
                .as_unknown()
                .is_some_and(|why| matches!(why.reason, Reason::Parameter { .. }) && why.parts.is_empty()),
            Given::Value(_) | Given::Either(_) => false,
        }
    }

    /// What somebody gives in place of the default; `only` where nothing else can be given.
    pub(super) fn given(&self, name: &Arc<str>, only: Option<&str>) -> Value {
        let marks = self.marks();
        match (only, self.kind) {
            (Some(only), Kind::List) => {
                let items = only.split(',').map(|item| Value::string(item.trim()).marked(marks));
                return Value::list(items).marked(marks);
            }
            (Some(only), Kind::Text | Kind::Ssm) => return Value::string(only).marked(marks),
            (None, _) => {}
        }
        let reason = Reason::Parameter { name: Arc::clone(name), no_echo: self.no_echo };
        Value::unknown(reason).marked(self.marks())
    }

    /// What a reference to the parameter yields. `scoped` is its own name for conditions, `site` the reference.
    pub(super) fn value(&self, name: &Arc<str>, scoped: &Arc<str>, site: Site) -> Value {
        let handed = |value: &Value, hop: fn(Arc<str>) -> Hop| {
            let via = |value: Value| value.via(hop(Arc::clone(name)), Some(site));
            // `Fn::Select` takes an item out of a list, which then has to know where it came from.
            via(match value.as_list() {
                Some(items) => {
                    let items: Vec<Value> = items.iter().cloned().map(via).collect();
                    Value { origin: value.origin.clone(), ..Value::list(items) }.marked(value.marks)
                }
                None => value.clone(),
            })
        };
        match &self.given {
            Given::Argument(value, _) if self.kind != Kind::Ssm => return handed(value, Hop::ModuleInput),
            Given::Value(value) if self.kind != Kind::Ssm => return handed(value, Hop::ParameterValue),
            Given::Either(values) if self.kind != Kind::Ssm => {
                return values.iter().rev().fold(
                    self.by_default(scoped, site),
                    |otherwise, (when, value)| {
                        let condition = Arc::clone(when);
                        let then = handed(value, Hop::ParameterValue);
                        Value::new(ValueKind::Choice(Arc::new(Choice { condition, then, otherwise })))
                    },
                );
            }
            // Of an SSM type what is given names an SSM parameter.
            Given::Nothing | Given::Unsaid | Given::Argument(..) | Given::Value(_) | Given::Either(_) => {}
        }
        self.by_default(scoped, site)
    }

    fn by_default(&self, name: &Arc<str>, site: Site) -> Value {
        let marks = self.marks();
        if self.kind == Kind::Ssm {
            return Value::unknown(Reason::DynamicReference { service: "ssm".into() }).marked(marks);
        }
        let Some(default) = &self.default else { return self.given(name, None) };
        let hop = || Hop::ParameterDefault(Arc::clone(name));
        match default.as_list() {
            Some(items) => {
                let items = items.iter().map(|item| item.clone().via(hop(), Some(site)));
                Value { origin: default.origin.clone(), ..Value::list(items) }
                    .marked(marks)
                    .via(hop(), Some(site))
            }
            None => default.clone().via(hop(), Some(site)),
        }
    }
}

/// Whether somebody who gives a value to a parameter may make another text of what has this origin.
pub(super) fn may_differ(origin: &Origin) -> bool {
    match origin {
        Origin::None | Origin::Literal(_) => false,
        Origin::Derived(step) => {
            matches!(step.hop, Hop::ParameterDefault(_)) || step.from.iter().any(may_differ)
        }
    }
}

/// Allowed values, for the solver. Those of a list hold for its items, those of an SSM type for the name.
pub(super) fn domain(template: &Template<'_>, around: &Domain) -> Domain {
    let mut domain = around.clone();
    for (name, parameter) in &template.parameters {
        if parameter.kind == Kind::Text && !parameter.allowed.is_empty() && parameter.is_free() {
            let mut allowed = parameter.allowed.clone();
            allowed.dedup();
            domain.allowed.insert(template.scoped(name), allowed);
        }
    }
    domain
}

/// Narrows what a parameter may be to the keys for which a mapping has a value: any other makes the deployment fail.
pub(super) fn demand(domain: &mut Domain, name: Arc<str>, keys: &BTreeSet<Arc<str>>) {
    let narrowed: Vec<Arc<str>> = match domain.allowed.get(&name) {
        Some(allowed) => allowed.iter().filter(|text| keys.contains(*text)).cloned().collect(),
        None => keys.iter().cloned().collect(),
    };
    if !narrowed.is_empty() {
        domain.allowed.insert(name, narrowed);
    }
}

pub(super) fn declarations(template: &Template<'_>) -> Vec<Declaration> {
    let declared = template.parameters.iter().filter(|(_, parameter)| parameter.kind != Kind::Ssm);
    let mut declarations: Vec<Declaration> = declared
        .filter_map(|(name, parameter)| {
            Some(Declaration {
                kind: DeclarationKind::Parameter,
                name: Arc::clone(name),
                module: Arc::clone(&template.scope),
                name_site: parameter.name_site,
                block: parameter.block,
                value: parameter.default.clone()?,
                marked_secret: parameter.no_echo,
            })
        })
        .collect();
    declarations.sort_by_key(|declaration| declaration.name_site);
    declarations
}
