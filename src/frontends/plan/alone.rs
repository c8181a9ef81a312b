//! Resources from the plan alone: the configuration says what was written, the plan what it comes to.
//!
//! Where secrets stand the expression decides: a value is a literal only if all that it is made of stands in the code. A
//! generated password, in clear in every second plan, is unknown here.

use super::change::{Change, Planned, is_true, scalar};
use super::configuration::{Configuration, Expression, not_shown};
use crate::catalog::{self, SensitivePath, handover};
use crate::frontends::made;
use crate::model::{
    BlockKind, Declaration, DeclarationKind, Entry, Hop, Kind, Object, Reason, Resource, Value,
    terraform_type,
};
use crate::source::{Site, Span};
use crate::syntax::doc::{NodeKind, NodeRef};
use std::borrow::Cow;
use std::sync::Arc;

/// A JSON value as it stands.
pub(super) fn literal(node: NodeRef<'_>, site: &dyn Fn(Span) -> Site) -> Value {
    let here = site(node.span());
    match node.kind() {
        NodeKind::Sequence(_) => Value::list(node.items().map(|item| literal(item, site))).at(here),
        NodeKind::Mapping(_) => {
            let entries = node.entries().filter_map(|(key, value)| {
                let mut entry = Entry::new(&*key.scalar_text()?, literal(value, site));
                entry.key_site = Some(site(key.span()));
                entry.site = Some(site(value.span()));
                Some(entry)
            });
            Value::object(Object::new(entries.collect())).at(here)
        }
        NodeKind::Null | NodeKind::Scalar(..) => scalar(node).unwrap_or_else(Value::null).at(here),
    }
}

/// One instance of a plan and where its text is.
pub(super) struct Alone<'c, 'd> {
    pub(super) configuration: Option<&'c Configuration<'d>>,
    pub(super) change: &'c Change<'d>,
    /// From the piece to the file of all pieces.
    pub(super) site: &'c dyn Fn(Span) -> Site,
    /// Where the instance stands as a whole.
    pub(super) whole: Span,
    /// The attributes of the type that anybody asks for; `None`: all.
    pub(super) reads: Option<&'c [&'static str]>,
    pub(super) decides: Decides,
}

impl<'d> Alone<'_, 'd> {
    pub(super) fn resource(&self, address: &Arc<str>) -> Resource {
        let configured = self.configuration.and_then(|found| found.resource(&self.change.address));
        let expressions = configured.and_then(|found| found.get("expressions"));
        let expressions = expressions.map(|node| Expression::new(node, &self.change.module));
        // Without a word of its configuration every planned value may have been written.
        let said = match (&expressions, configured) {
            (Some(expressions), _) => Said::Block(expressions.clone()),
            (None, Some(_)) => Said::Nothing,
            (None, None) => Said::Unclear,
        };
        let mut entries = self.entries(self.change.planned, &said, "", self.reads);
        if let Some(provider) = configured.and_then(|found| found.get("provider_config_key")?.scalar_text()) {
            entries.push(Entry::new("provider", Value::string(&*provider)));
        }
        if let (Some(configuration), Some(configured)) = (self.configuration, configured) {
            entries.extend(configuration.provisioners(configured, &self.change.module));
        }
        let kind = if self.change.mode == "data" { BlockKind::Data } else { BlockKind::Managed };
        let of = (self.change.type_name.into(), Arc::clone(address));
        let sites = ((self.site)(self.change.header.span()), (self.site)(self.whole));
        Resource::new(kind, of, sites, Value::object(Object::new(entries)))
    }

    /// `reads`: the keys that are wanted, if not all are.
    fn entries(
        &self,
        planned: Planned<'d>,
        said: &Said<'d>,
        path: &str,
        reads: Option<&[&'static str]>,
    ) -> Vec<Entry> {
        let wanted = |key: &str| reads.is_none_or(|reads| reads.binary_search(&key).is_ok());
        let mut members = planned.members(&wanted);
        if let Said::Block(expression) = said {
            for key in expression.keys().into_iter().filter(|key| wanted(key)) {
                if !members.iter().any(|(known, _, _)| **known == key) {
                    members.push((Cow::Owned(key), None, Planned::NOTHING));
                }
            }
        }
        let entries = members.into_iter().filter_map(|(key, name, member)| {
            let path = if path.is_empty() { key.to_string() } else { format!("{path}.{key}") };
            let value = self.value(member, &said.key(&key), &path)?;
            let mut entry = Entry::new(&*key, value);
            entry.site = member.after.map(|node| (self.site)(node.span()));
            entry.key_site = name.map(self.site);
            Some(entry)
        });
        let mut entries: Vec<Entry> = entries.collect();
        entries.shrink_to_fit();
        entries
    }

    /// `None`: not written, or null.
    fn value(&self, planned: Planned<'d>, said: &Said<'d>, path: &str) -> Option<Value> {
        match said {
            Said::Nothing if !is_block(planned) => None,
            // No dynamic block shows in a configuration.
            Said::Nothing => self.collection(planned, &Said::Unclear, path),
            Said::Block(_) => self.collection(planned, said, path),
            Said::Unclear => match self.collection(planned, said, path) {
                Some(collection) => Some(collection),
                None if planned.is_unknown() && self.is_set(path) => Some(Value::unknown(not_shown())),
                None if planned.is_null() => None,
                None if self.decides.at(path) => Some(Value::unknown(not_shown())),
                None => self.scalar(planned),
            },
            Said::Attribute(expression) => self.attribute(planned, expression, path),
        }
    }

    /// Whether what is known later in a dynamic block was set there. Options of the metadata service are filled in by the
    /// provider where they are not.
    fn is_set(&self, path: &str) -> bool {
        self.configuration.is_some() && !path.split('.').any(|part| part == "metadata_options")
    }

    fn attribute(&self, planned: Planned<'d>, expression: &Expression<'d>, path: &str) -> Option<Value> {
        let configuration = self.configuration?;
        let reason = || configuration.reason(expression);
        let decides = self.decides.at(path);
        // What is planned may be a hash of what is written.
        let stated = if decides { configuration.stated(expression) } else { None };
        if let Some(stated) = stated.filter(|stated| !stated.is_null()) {
            return Some(stated);
        }
        if planned.is_unknown() || planned.is_null() {
            // An empty text that the provider takes for nothing.
            let constant = configuration.constant(expression).filter(|constant| !constant.is_null());
            let is_open = planned.is_unknown() && !configuration.is_settled(expression);
            return constant.or_else(|| is_open.then(|| configuration.unknown(expression)));
        }
        let said = Said::Attribute(expression.clone());
        if let Some(collection) = self.collection(planned, &said, path) {
            return Some(collection);
        }
        let value = self.scalar(planned)?;
        let here = planned.after.map(|node| (self.site)(node.span()))?;
        if decides {
            let Some(origin) = configuration.written(expression, here) else {
                return Some(configuration.unknown(expression));
            };
            return Some(Value { origin, ..value });
        }
        Some(match reason() {
            Reason::Computed { address, attribute } | Reason::Data { address, attribute } => {
                value.via(Hop::Attribute(format!("{address}.{attribute}").into()), None)
            }
            _ => value,
        })
    }

    fn collection(&self, planned: Planned<'d>, said: &Said<'d>, path: &str) -> Option<Value> {
        let after = planned.after?;
        if let Some(items) = planned.items() {
            let items = items.into_iter().enumerate().filter_map(|(at, item)| {
                let said = said.index(at);
                if item.is_unknown() {
                    let Said::Attribute(expression) = &said else { return None };
                    return Some(self.configuration?.unknown(expression));
                }
                self.value(item, &said, path)
            });
            let items: Vec<Value> = items.collect();
            return Some(Value::list(items))
                .filter(|list| list.as_list().is_some_and(|items| !items.is_empty()));
        }
        after.is_mapping().then(|| {
            let site = (self.site)(after.span());
            Value::object(Object::new(self.entries(planned, said, path, None))).at(site)
        })
    }

    fn scalar(&self, planned: Planned<'d>) -> Option<Value> {
        let node = planned.after?;
        scalar(node).map(|value| value.at((self.site)(node.span())))
    }
}

/// What the configuration says of a value.
#[derive(Debug, Clone)]
enum Said<'d> {
    Attribute(Expression<'d>),
    Block(Expression<'d>),
    Nothing,
    /// It says nothing of what is written here: there is no configuration, or it was written by a dynamic block.
    Unclear,
}

impl<'d> Said<'d> {
    fn of(expression: Option<Expression<'d>>) -> Self {
        match expression {
            None => Self::Nothing,
            Some(expression) if expression.is_attribute() => Self::Attribute(expression),
            Some(expression) => Self::Block(expression),
        }
    }

    fn key(&self, key: &str) -> Self {
        match self {
            Self::Block(expression) => Self::of(expression.key(key)),
            Self::Attribute(expression) => Self::Attribute(expression.part(|node| node.get(key))),
            Self::Nothing | Self::Unclear => self.clone(),
        }
    }

    fn index(&self, at: usize) -> Self {
        match self {
            // Fewer blocks in the configuration than in the plan: some are dynamic.
            Self::Block(expression) => expression.index(at).map_or(Self::Unclear, Self::Block),
            Self::Attribute(expression) => Self::Attribute(expression.part(|node| node.items().nth(at))),
            Self::Nothing | Self::Unclear => self.clone(),
        }
    }
}

/// A block or several, and something in them.
fn is_block(planned: Planned<'_>) -> bool {
    let Some(after) = planned.after else { return false };
    match planned.items() {
        Some(items) => {
            !items.is_empty() && items.iter().all(|item| item.after.is_some_and(NodeRef::is_mapping))
        }
        None => after.is_mapping() && after.entries().len() > 0,
    }
}

/// Where secrets may stand in a type: there the value must not be taken for what was written.
#[derive(Clone, Copy)]
pub(super) struct Decides {
    sensitive: &'static [SensitivePath],
    containers: &'static [&'static str],
}

impl Decides {
    pub(super) fn of(type_name: &str) -> Self {
        Self { sensitive: catalog::sensitive(type_name), containers: catalog::containers(type_name) }
    }

    pub(super) fn is_somewhere(self) -> bool {
        !self.sensitive.is_empty() || !self.containers.is_empty()
    }

    pub(super) fn at(self, path: &str) -> bool {
        let below = |whole: &str| {
            path.strip_prefix(whole).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        self.sensitive.iter().any(|sensitive| below(sensitive.path))
            || self.containers.iter().any(|container| below(container))
    }
}

impl<'d> Configuration<'d> {
    /// What an expression comes to without the plan: a constant, or a variable's default.
    fn stated(&self, expression: &Expression<'d>) -> Option<Value> {
        self.constant(expression).or_else(|| self.default_of(expression))
    }

    /// Provider blocks: static credentials stand there.
    pub(super) fn provider_resources(&self) -> Vec<Resource> {
        let providers = self.providers().filter_map(|(key, provider)| {
            let name = provider.get("name")?.scalar_text()?;
            let module = provider.get("module_address").and_then(NodeRef::scalar_text).unwrap_or_default();
            let expressions = provider.get("expressions");
            let body = expressions
                .map_or_else(Object::default, |node| self.configured(&Expression::new(node, &module)));
            let site = self.site(key.span());
            let of = (format!("provider.{name}").into(), key.scalar_text()?.into());
            let sites = (site, self.site(provider.span()));
            Some(Resource::new(BlockKind::Provider, of, sites, Value::object(body)))
        });
        providers.collect()
    }

    /// What is run when the resource is made, of which a plan has no values.
    fn provisioners(&self, resource: NodeRef<'d>, module: &str) -> Option<Entry> {
        let node = resource.get("provisioners")?;
        let expressions = node.items().filter_map(|provisioner| provisioner.get("expressions"));
        let blocks = expressions.map(|node| Value::object(self.configured(&Expression::new(node, module))));
        let site = Some(self.site(node.span()));
        Some(Entry { site, key_site: site, ..Entry::new("provisioner", Value::list(blocks)) })
    }

    /// A block that no plan has values for.
    fn configured(&self, block: &Expression<'d>) -> Object {
        let entries = block.keys().into_iter().filter_map(|key| {
            let expression = block.key(&key)?;
            let site = self.site(expression.span());
            let value = if expression.is_attribute() {
                self.stated(&expression).unwrap_or_else(|| self.unknown(&expression))
            } else if expression.items() > 0 {
                let blocks = (0..expression.items()).filter_map(|at| expression.index(at));
                Value::list(blocks.map(|block| Value::object(self.configured(&block))))
            } else {
                Value::object(self.configured(&expression))
            };
            let mut entry = Entry::new(key.as_str(), value);
            (entry.site, entry.key_site) = (Some(site), Some(site));
            Some(entry)
        });
        Object::new(entries.collect())
    }

    /// Variables of all modules with their defaults, and what the root shows of secrets that it makes.
    pub(super) fn declarations(&self) -> Vec<Declaration> {
        let mut found = Vec::new();
        if let Some(root) = self.module("") {
            self.declared(root, "", &mut found);
            found.extend(self.shown(root));
        }
        found
    }

    fn shown(&self, root: NodeRef<'d>) -> Vec<Declaration> {
        let outputs = root.get("outputs").into_iter().flat_map(NodeRef::entries);
        let outputs = outputs.filter_map(|(name, output)| {
            let expression = Expression::new(output.get("expression")?, "");
            let block = self.site(output.span());
            let value = self.unknown(&expression);
            let marked_secret = output.get("sensitive").is_some_and(is_true);
            let reason = &value.as_unknown()?.reason;
            (made::is_secret(reason) || marked_secret && is_whole_key(reason)).then_some(())?;
            Some(Declaration {
                kind: DeclarationKind::RootOutput,
                name: name.scalar_text()?.into(),
                module: "".into(),
                name_site: self.site(name.span()),
                block,
                value,
                marked_secret,
            })
        });
        outputs.collect()
    }

    fn declared(&self, module: NodeRef<'d>, address: &str, found: &mut Vec<Declaration>) {
        for (name, variable) in module.get("variables").into_iter().flat_map(NodeRef::entries) {
            let (Some(text), Some(default)) = (name.scalar_text(), variable.get("default")) else { continue };
            let value = self.literal(default);
            if matches!(value.kind, Kind::Null) {
                continue;
            }
            found.push(Declaration {
                kind: DeclarationKind::Variable,
                name: text.into(),
                module: address.into(),
                name_site: self.site(name.span()),
                block: self.site(variable.span()),
                value,
                marked_secret: variable.get("sensitive").is_some_and(is_true),
            });
        }
        for (name, call) in module.get("module_calls").into_iter().flat_map(NodeRef::entries) {
            if let (Some(name), Some(inner)) = (name.scalar_text(), call.get("module")) {
                let dot = if address.is_empty() { "" } else { "." };
                self.declared(inner, &format!("{address}{dot}module.{name}"), found);
            }
        }
    }
}

/// Whether a value is a resource that makes an access key, as it is.
fn is_whole_key(reason: &Reason) -> bool {
    match reason {
        Reason::Computed { address, attribute } if attribute.is_empty() => {
            handover::key(terraform_type(address)).is_some()
        }
        _ => false,
    }
}
