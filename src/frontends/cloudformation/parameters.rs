//! `Parameters`: types, defaults, allowed values.
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html>

use super::given::Given;
use super::pattern::AllowedPattern;
use super::template::Template;
use crate::model::{Declaration, DeclarationKind, Domain, Marks, Value};
use crate::source::{FileId, Site, Span};
use crate::syntax::doc::{NodeRef, Places, Resolved};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

#[derive(Debug)]
pub(super) struct Parameter {
    pub(super) name_site: Site,
    block: Site,
    pub(super) kind: Kind,
    pub(super) default: Option<Value>,
    /// The default as written.
    pub(super) raw: Option<Arc<str>>,
    constraints: Constraints,
    allowed: Vec<Arc<str>>,
    pub(super) no_echo: bool,
    pub(super) given: Given,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
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
    pattern: Option<AllowedPattern>,
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
            pattern: body
                .get("AllowedPattern")
                .and_then(NodeRef::scalar_text)
                .map(|text| AllowedPattern::new(&text)),
        }
    }

    fn admit(&self, text: &str) -> bool {
        let length = text.chars().count();
        self.min_length <= length
            && self.max_length.is_none_or(|max| length <= max)
            && (!self.number || text.trim().parse::<f64>().is_ok())
            && self.pattern.as_ref().is_none_or(|pattern| pattern.may_admit(text))
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

    pub(super) fn has_default(&self) -> bool {
        self.default.is_some()
    }

    pub(super) fn is_no_echo(&self) -> bool {
        self.no_echo
    }
}

/// Allowed values, for the solver. Those of a list hold for its items, those of an SSM type for the name.
pub(super) fn domain(template: &Template<'_>, around: &Domain) -> Domain {
    let mut domain = around.clone();
    domain.parameters.extend(template.parameters.keys().cloned());
    for (name, parameter) in &*template.parameters {
        if parameter.kind == Kind::Text && !parameter.allowed.is_empty() && parameter.is_free() {
            let mut allowed = parameter.allowed.clone();
            allowed.dedup();
            domain.allowed.insert(template.scoped(name), allowed);
        }
        if parameter.no_echo {
            domain.untold.insert(template.scoped(name));
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
