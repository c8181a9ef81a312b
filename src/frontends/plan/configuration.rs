//! What was written, as far as a plan says it: expressions by what they refer to, never locals, never functions.

use super::address::{self, Reference, reference};
use super::change::{is_true, scalar};
use crate::frontends::made;
use crate::model::{Hop, Kind, Marks, Origin, Reason, Step, Value};
use crate::source::{FileId, Site, Span};
use crate::syntax::doc::{NodeKind, NodeRef};
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::Arc;

/// References inside one another.
const MAX_HOPS: usize = 64;

/// The `configuration` of a plan.
#[derive(Debug)]
pub(super) struct Configuration<'d> {
    root: NodeRef<'d>,
    /// Values of the root's variables, as the plan was made with them.
    variables: Option<NodeRef<'d>>,
    /// Resources by their address without keys.
    resources: FxHashMap<String, NodeRef<'d>>,
    /// Those of which the plan has no instance: `count = 0`.
    empty: FxHashSet<String>,
    file: FileId,
}

/// One expression in a module.
#[derive(Debug, Clone)]
pub(super) struct Expression<'d> {
    node: NodeRef<'d>,
    /// The module's address with keys, as far as they are known.
    module: Arc<str>,
    /// What it states by itself, of which it may be a part.
    constant: Option<NodeRef<'d>>,
    whole: bool,
}

impl<'d> Configuration<'d> {
    pub(super) fn new(root: NodeRef<'d>, variables: Option<NodeRef<'d>>, file: FileId) -> Self {
        let mut resources = FxHashMap::default();
        if let Some(module) = root.get("root_module") {
            index(module, "", &mut resources, 0);
        }
        Self { root, variables, resources, empty: FxHashSet::default(), file }
    }

    /// Notes which resources have no instance. `is_planned` gets an address without keys and a type.
    pub(super) fn note_empty(&mut self, is_planned: impl Fn(&str, &str) -> bool) {
        let type_of = |node: &NodeRef<'d>| node.get("type").and_then(NodeRef::scalar_text);
        let is_empty = |(address, node): &(&String, &NodeRef<'d>)| {
            type_of(node).is_some_and(|type_name| !is_planned(address, &type_name))
        };
        self.empty = self.resources.iter().filter(is_empty).map(|(address, _)| address.clone()).collect();
    }

    pub(super) fn site(&self, span: Span) -> Site {
        Site::new(self.file, span)
    }

    /// The resource that an instance's address belongs to.
    pub(super) fn resource(&self, address: &str) -> Option<NodeRef<'d>> {
        self.resources.get(&address::base(address)).copied()
    }

    pub(super) fn module(&self, module: &str) -> Option<NodeRef<'d>> {
        let mut found = self.root.get("root_module")?;
        for part in address::parts(module).into_iter().map(address::name).filter(|part| *part != "module") {
            if !part.is_empty() {
                found = found.get("module_calls")?.get(part)?.get("module")?;
            }
        }
        Some(found)
    }

    pub(super) fn providers(&self) -> impl Iterator<Item = (NodeRef<'d>, NodeRef<'d>)> + use<'d> {
        self.root.get("provider_config").into_iter().flat_map(NodeRef::entries)
    }

    /// What the root module declares and calls, without keys: `aws_instance.a`, `data.aws_ami.b`, `module.c`.
    pub(super) fn outline(root: NodeRef<'_>) -> Vec<String> {
        let Some(module) = root.get("root_module") else { return Vec::new() };
        let mut found: Vec<String> = module
            .get("resources")
            .into_iter()
            .flat_map(NodeRef::items)
            .filter_map(|resource| Some(resource.get("address")?.scalar_text()?.into_owned()))
            .collect();
        for (name, _) in module.get("module_calls").into_iter().flat_map(NodeRef::entries) {
            found.extend(name.scalar_text().map(|name| format!("module.{name}")));
        }
        found
    }

    /// A value that the code states by itself, whatever the plan makes of it.
    pub(super) fn constant(&self, expression: &Expression<'d>) -> Option<Value> {
        expression.constant.map(|node| self.literal(node))
    }

    /// A JSON value as a literal that stands where it is written.
    pub(super) fn literal(&self, node: NodeRef<'d>) -> Value {
        super::alone::literal(node, &|span| self.site(span))
    }

    /// Where all of a value stands in the code, if it does: constants, functions of nothing else, defaults of
    /// variables, inputs of calls. `here` is where the value itself stands.
    pub(super) fn written(&self, expression: &Expression<'d>, here: Site) -> Option<Origin> {
        self.written_within(expression, here, MAX_HOPS)
    }

    fn written_within(&self, expression: &Expression<'d>, here: Site, left: usize) -> Option<Origin> {
        let left = left.checked_sub(1)?;
        if expression.constant.is_some() {
            return Some(Origin::Literal(here));
        }
        let mut from: Vec<(&str, Origin)> = Vec::new();
        let references = expression.references();
        for text in &references {
            match reference(text) {
                Reference::Circumstance => {}
                Reference::Variable(name) => {
                    if !from.iter().any(|(known, _)| *known == name) {
                        from.push((name, self.variable(name, &expression.module, left)?));
                    }
                }
                Reference::Local(_)
                | Reference::Resource { .. }
                | Reference::Data { .. }
                | Reference::Ephemeral { .. }
                | Reference::Output { .. }
                | Reference::Each => return None,
            }
        }
        if from.is_empty() {
            return Some(Origin::Literal(here));
        }
        let hop =
            Hop::VariableDefault(from.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ").into());
        let from: Vec<Origin> = from.into_iter().map(|(_, origin)| origin).collect();
        Some(Origin::Derived(Arc::new(Step { hop, site: Some(here), from: from.into() })))
    }

    /// What the call of a module hands to one of its variables; `None` for the root's, and for what no call names.
    fn input(&self, name: &str, module: &str) -> Option<Expression<'d>> {
        let (parent, call) = parent(module)?;
        let node = self.module(&parent)?.get("module_calls")?.get(call)?.get("expressions")?.get(name)?;
        Some(Expression::of(node, parent))
    }

    /// Whether a root variable was given another value than its default: nobody can say whether the code gives it.
    fn is_given(&self, name: &str, default: Option<NodeRef<'d>>) -> bool {
        let given = self.variables.and_then(|variables| variables.get(name)?.get("value"));
        given.is_some_and(|given| default.is_none_or(|default| !same(given, default)))
    }

    fn variable(&self, name: &str, module: &Arc<str>, left: usize) -> Option<Origin> {
        let default = self.module(module)?.get("variables")?.get(name)?.get("default");
        let Some(input) = self.input(name, module) else {
            let is_given = module.is_empty() && self.is_given(name, default);
            return default.filter(|_| !is_given).map(|node| Origin::Literal(self.site(node.full_span())));
        };
        let site = self.site(input.node.full_span());
        let origin = self.written_within(&input, site, left)?;
        let hop = Hop::ModuleInput(format!("{module}.{name}").into());
        Some(Origin::Derived(Arc::new(Step { hop, site: Some(site), from: vec![origin].into() })))
    }

    /// The default of a variable, where an expression is that and nothing more.
    pub(super) fn default_of(&self, expression: &Expression<'d>) -> Option<Value> {
        self.default_within(expression, MAX_HOPS)
    }

    fn default_within(&self, expression: &Expression<'d>, left: usize) -> Option<Value> {
        let left = left.checked_sub(1)?;
        let references = expression.references();
        let [text] = references.as_slice() else { return None };
        if !expression.whole {
            return None;
        }
        let Reference::Variable(name) = reference(text) else { return None };
        // `var.x.y` also lists `var.x`; a function's call lists no less than its argument does.
        let hop = |value: Value, site| value.via(Hop::VariableDefault(name.into()), Some(site));
        let here = self.site(expression.node.full_span());
        let default = self.module(&expression.module)?.get("variables")?.get(name)?.get("default");
        let Some(input) = self.input(name, &expression.module) else {
            let is_given = expression.module.is_empty() && self.is_given(name, default);
            let default = self.literal(default.filter(|_| !is_given)?);
            // A switch is what chooses, not what is chosen.
            return Some(hop(default, here)).filter(|value| !matches!(value.kind, Kind::Bool(_)));
        };
        let value = self.constant(&input).or_else(|| self.default_within(&input, left))?;
        Some(hop(value, here))
    }

    /// Whether planning knows all that an expression is made of: constants and variables that nothing computed reaches.
    /// Where such an attribute is planned as unknown, nothing was written: it is null, and the provider will fill it in.
    pub(super) fn is_settled(&self, expression: &Expression<'d>) -> bool {
        self.is_settled_within(expression, MAX_HOPS)
    }

    fn is_settled_within(&self, expression: &Expression<'d>, left: usize) -> bool {
        let Some(left) = left.checked_sub(1) else { return false };
        if expression.constant.is_some() {
            return true;
        }
        let references = expression.references();
        // Without a word of what it refers to it may be a function of the moment.
        !references.is_empty()
            && references.iter().all(|text| {
                let Reference::Variable(name) = reference(text) else { return false };
                match self.input(name, &expression.module) {
                    Some(input) => self.is_settled_within(&input, left),
                    None => true,
                }
            })
    }

    /// Why a value is not known: by a secret that it is made of, else by the first thing that it refers to.
    pub(super) fn reason(&self, expression: &Expression<'d>) -> Reason {
        if let Some(secret) = self.reason_within(expression, true, MAX_HOPS) {
            return secret;
        }
        if !expression.whole && expression.is_of_several() {
            return not_told_apart();
        }
        self.reason_within(expression, false, MAX_HOPS).unwrap_or_else(not_shown)
    }

    fn reason_within(&self, expression: &Expression<'d>, secret: bool, left: usize) -> Option<Reason> {
        let left = left.checked_sub(1)?;
        let module = &expression.module;
        let absolute = |address: &str| -> Arc<str> {
            if module.is_empty() { address.into() } else { format!("{module}.{address}").into() }
        };
        expression.references().iter().find_map(|text| match reference(text) {
            Reference::Variable(name) => self.why_variable(name, module, secret, left),
            // Of what is not there nothing is handed on.
            Reference::Resource { address, .. }
                if self.empty.contains(&address::base(&absolute(&address))) =>
            {
                None
            }
            Reference::Resource { address, attribute } => {
                let reason = Reason::Computed { address: absolute(&address), attribute: attribute.into() };
                (!secret || made::is_secret(&reason)).then_some(reason)
            }
            // None of these is a secret that the code makes.
            _ if secret && !matches!(reference(text), Reference::Output { .. }) => None,
            Reference::Local(name) => Some(Reason::Unsupported {
                what: format!("local `{name}`, which a plan does not show,").into(),
            }),
            Reference::Data { address, attribute } => {
                Some(Reason::Data { address: absolute(&address), attribute: attribute.into() })
            }
            Reference::Ephemeral { address } => Some(Reason::Ephemeral { address: absolute(&address) }),
            Reference::Output { call, output } => {
                let inner = absolute(&format!("module.{call}"));
                let declared = self.module(&inner)?.get("outputs")?.get(output?)?.get("expression")?;
                self.reason_within(&Expression::of(declared, inner), secret, left)
            }
            Reference::Each => Some(Reason::Instance { what: text.as_str().into() }),
            Reference::Circumstance => None,
        })
    }

    fn why_variable(&self, name: &str, module: &Arc<str>, secret: bool, left: usize) -> Option<Reason> {
        let unknown = || (!secret).then(|| Reason::Variable { name: name.into() });
        let input = self.input(name, module);
        input.and_then(|input| self.reason_within(&input, secret, left)).or_else(unknown)
    }

    /// What an expression comes to as far as nothing but its reason is known.
    pub(super) fn unknown(&self, expression: &Expression<'d>) -> Value {
        let reason = self.reason(expression);
        let Reason::Variable { name } = &reason else { return made::value(reason, None) };
        let declared = self.root.get("root_module").and_then(|module| module.get("variables"));
        let declared = declared.into_iter().flat_map(NodeRef::entries);
        let mut declared = declared.filter(|(key, _)| key.scalar_text().is_some_and(|key| *key == **name));
        let Some((key, variable)) = declared.next() else { return Value::unknown(reason) };
        let is = |flag: &str| variable.get(flag).is_some_and(is_true);
        if is("sensitive") || is("ephemeral") {
            return Value::unknown(reason).marked(Marks::SENSITIVE);
        }
        let hop = Hop::UnmarkedVariable(Arc::clone(name));
        Value::unknown(reason).via(hop, Some(self.site(key.span())))
    }
}

impl<'d> Expression<'d> {
    pub(super) fn new(node: NodeRef<'d>, module: &str) -> Self {
        Self::of(node, module.into())
    }

    fn of(node: NodeRef<'d>, module: Arc<str>) -> Self {
        // Of JSON the template stands there as it is written, beside what it refers to.
        let refers = node.get("references").is_some_and(|references| references.items().len() > 0);
        let constant = node.get("constant_value").filter(|_| !refers);
        Self { node, module, constant, whole: true }
    }

    /// A part of the value of an attribute.
    pub(super) fn part(&self, step: impl FnOnce(NodeRef<'d>) -> Option<NodeRef<'d>>) -> Self {
        Self { constant: self.constant.and_then(step), whole: false, ..self.clone() }
    }

    /// Whether it is the expression of an attribute; what else stands there is a block, or several.
    pub(super) fn is_attribute(&self) -> bool {
        self.node.is_mapping()
            && self.node.entries().all(|(key, _)| {
                key.scalar_text().is_some_and(|key| matches!(&*key, "constant_value" | "references"))
            })
    }

    /// Of a block: the expression of one of its attributes or blocks.
    pub(super) fn key(&self, key: &str) -> Option<Self> {
        self.node.get(key).map(|node| Self::of(node, Arc::clone(&self.module)))
    }

    /// Of blocks: the one at this position.
    pub(super) fn index(&self, at: usize) -> Option<Self> {
        self.node.items().nth(at).map(|node| Self::of(node, Arc::clone(&self.module)))
    }

    pub(super) fn keys(&self) -> Vec<String> {
        self.node.entries().filter_map(|(key, _)| Some(key.scalar_text()?.into_owned())).collect()
    }

    /// How many blocks.
    pub(super) fn items(&self) -> usize {
        self.node.items().len()
    }

    pub(super) fn span(&self) -> Span {
        self.node.span()
    }

    /// Whether several resources are referred to: which of them a part is, a plan does not say.
    fn is_of_several(&self) -> bool {
        let references = self.references();
        let mut addresses = references.iter().filter_map(|text| match reference(text) {
            Reference::Resource { address, .. } | Reference::Data { address, .. } => Some(address),
            Reference::Circumstance
            | Reference::Variable(_)
            | Reference::Local(_)
            | Reference::Ephemeral { .. }
            | Reference::Output { .. }
            | Reference::Each => None,
        });
        let first = addresses.next();
        addresses.any(|address| first.as_ref() != Some(&address))
    }

    fn references(&self) -> Vec<String> {
        let items = self.node.get("references").into_iter().flat_map(NodeRef::items);
        items.filter_map(|item| Some(item.scalar_text()?.into_owned())).collect()
    }
}

/// Why a value is not known of which the configuration says nothing.
pub(super) fn not_shown() -> Reason {
    Reason::Unsupported { what: "an expression that the plan does not show".into() }
}

fn not_told_apart() -> Reason {
    Reason::Unsupported { what: "one of several references, which a plan does not tell apart,".into() }
}

fn index<'d>(module: NodeRef<'d>, prefix: &str, found: &mut FxHashMap<String, NodeRef<'d>>, depth: usize) {
    for resource in module.get("resources").into_iter().flat_map(NodeRef::items) {
        if let Some(address) = resource.get("address").and_then(NodeRef::scalar_text) {
            found.insert(format!("{prefix}{address}"), resource);
        }
    }
    if depth < MAX_HOPS {
        for (name, call) in module.get("module_calls").into_iter().flat_map(NodeRef::entries) {
            if let (Some(name), Some(inner)) = (name.scalar_text(), call.get("module")) {
                index(inner, &format!("{prefix}module.{name}."), found, depth + 1);
            }
        }
    }
}

/// The module that calls, with the name of the call; `None` for the root.
fn parent(module: &str) -> Option<(Arc<str>, &str)> {
    let parts = address::parts(module);
    let (call, before) = parts.split_last().filter(|_| !module.is_empty())?;
    let (_, outer) = before.split_last()?;
    Some((outer.join(".").into(), address::name(call)))
}

/// Whether two JSON values say the same.
fn same(a: NodeRef<'_>, b: NodeRef<'_>) -> bool {
    match (a.kind(), b.kind()) {
        (NodeKind::Mapping(_), NodeKind::Mapping(_)) => {
            a.entries().len() == b.entries().len()
                && a.entries().all(|(key, value)| {
                    key.scalar_text().and_then(|key| b.get(&key)).is_some_and(|other| same(value, other))
                })
        }
        (NodeKind::Sequence(_), NodeKind::Sequence(_)) => {
            a.items().len() == b.items().len() && a.items().zip(b.items()).all(|(a, b)| same(a, b))
        }
        (NodeKind::Null | NodeKind::Scalar(..), NodeKind::Null | NodeKind::Scalar(..)) => {
            scalar(a).map(|value| value.to_text()) == scalar(b).map(|value| value.to_text())
        }
        (
            NodeKind::Null | NodeKind::Scalar(..) | NodeKind::Mapping(_) | NodeKind::Sequence(_),
            NodeKind::Null | NodeKind::Scalar(..) | NodeKind::Mapping(_) | NodeKind::Sequence(_),
        ) => false,
    }
}
