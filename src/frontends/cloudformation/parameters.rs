//! `Parameters`: types, defaults, allowed values.
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html>

use super::template::Template;
use crate::model::{Declaration, DeclarationKind, Domain, Hop, Marks, Reason, Value};
use crate::source::{FileId, Site, Span};
use crate::syntax::doc::{NodeRef, Places, Resolved};
use std::collections::BTreeMap;
use std::sync::Arc;

#[derive(Debug)]
pub(super) struct Parameter {
    name_site: Site,
    block: Site,
    kind: Kind,
    default: Option<Value>,
    allowed: Vec<Arc<str>>,
    no_echo: bool,
    /// What a parent stack passes in.
    argument: Option<Value>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    List,
    /// The default names an SSM parameter; the value is only there when deployed.
    Ssm,
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
        allowed: allowed.collect(),
        no_echo,
        argument: None,
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

impl Parameter {
    pub(super) fn argument(&self) -> Option<&Value> {
        self.argument.as_ref()
    }

    pub(super) fn pass(&mut self, argument: Value) {
        let marks = if self.no_echo { Marks::NO_ECHO } else { Marks::NONE };
        self.argument = Some(argument.marked(marks));
    }

    /// The text that holds unless somebody gives another one.
    pub(super) fn default_text(&self) -> Option<Arc<str>> {
        match (&self.argument, self.kind) {
            (None, Kind::Text) => self.default.as_ref()?.to_text(),
            (Some(_), _) | (None, Kind::List | Kind::Ssm) => None,
        }
    }

    /// Whether somebody must give a text.
    pub(super) fn is_open(&self) -> bool {
        self.kind == Kind::Text && self.argument.is_none() && self.default.is_none()
    }

    /// What somebody gives in place of the default; `only` where nothing else can be given.
    pub(super) fn given(&self, name: &Arc<str>, only: Option<&str>) -> Value {
        let marks = if self.no_echo { Marks::NO_ECHO } else { Marks::NONE };
        if let Some(only) = only {
            return Value::string(only).marked(marks);
        }
        let reason = Reason::Parameter { name: Arc::clone(name), no_echo: self.no_echo };
        Value::unknown(reason).marked(marks)
    }

    /// What a reference to the parameter yields. `site` is the reference.
    pub(super) fn value(&self, name: &Arc<str>, site: Site) -> Value {
        if let Some(argument) = &self.argument {
            return argument.clone().via(Hop::ModuleInput(Arc::clone(name)), Some(site));
        }
        let marks = if self.no_echo { Marks::NO_ECHO } else { Marks::NONE };
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

/// Allowed values, for the solver. Those of a list hold for its items, those of an SSM type for the name.
pub(super) fn domain(template: &Template<'_>) -> Domain {
    let mut domain = Domain::default();
    for (name, parameter) in &template.parameters {
        if parameter.kind == Kind::Text && !parameter.allowed.is_empty() && parameter.argument.is_none() {
            let mut allowed = parameter.allowed.clone();
            allowed.dedup();
            domain.allowed.insert(template.scoped(name), allowed);
        }
    }
    domain
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
