//! Bodies of blocks: attributes, nested blocks, dynamic blocks.

use super::access::computed;
use super::eval::{Evaluator, Frame, Scope, elements};
use super::expand::object;
use super::instance::{Expansion, Instance, Key};
use super::module::{Mode, ResourceDecl, find_attribute};
use crate::model::{Entry, Hop, Kind, Object, Reason, Unknown, Value};
use crate::source::Site;
use crate::syntax::hcl::{Block, Body};
use std::rc::Rc;
use std::sync::Arc;

/// What steers Terraform and is no part of the resource.
const META: [&str; 5] = ["count", "for_each", "depends_on", "provider", "lifecycle"];

impl<'p> Evaluator<'p> {
    /// Everything that is written about one instance of a resource.
    pub(crate) fn resource_body(
        &self,
        instance: &Rc<Instance<'p>>,
        decl: &ResourceDecl,
        frame: &Frame<'_>,
    ) -> Object {
        let mut body: Option<Object> = None;
        for at in &decl.blocks {
            let (file, block) = instance.module.block(*at);
            let next = self.body(&block.body, &META, Scope { instance, file, frame: Some(frame) });
            body = Some(match body {
                None => next,
                Some(base) => overridden(base, next),
            });
        }
        body.unwrap_or_default()
    }

    /// A resource as a value: what is written, the rest unknown.
    pub(crate) fn resource_object(&self, instance: &Rc<Instance<'p>>, index: usize, key: &Key) -> Value {
        let Some(decl) = instance.module.resources.get(index) else { return Value::null() };
        let address = instance.resource_address(decl, key);
        let expansion = self.resource_expansion(instance, index);
        let mut body = self.resource_body(instance, decl, &expansion.frame(key));
        body.rest = Some(Arc::new(Unknown::new(unwritten(decl.mode, &address, ""))));
        Value::object(body)
    }

    /// One attribute of a resource, as referred to at `site`.
    pub(crate) fn resource_attribute(
        &self,
        instance: &Rc<Instance<'p>>,
        index: usize,
        key: &Key,
        name: &str,
        site: Site,
    ) -> Value {
        let Some(decl) = instance.module.resources.get(index) else { return Value::null() };
        let address = instance.resource_address(decl, key);
        let expansion = self.resource_expansion(instance, index);
        let frame = expansion.frame(key);
        for at in decl.blocks.iter().rev() {
            let (file, block) = instance.module.block(*at);
            let scope = Scope { instance, file, frame: Some(&frame) };
            if let Some(expr) = find_attribute(file, &block.body, name) {
                let value = self.eval(expr, scope);
                if value.is_null() {
                    break;
                }
                return value.via(Hop::Attribute(Arc::from(format!("{address}.{name}"))), Some(site));
            }
            let written = |nested: &Block| {
                let keyword = file.text(nested.keyword);
                keyword == name || (keyword == "dynamic" && label(file, nested) == Some(name))
            };
            if block.body.blocks.iter().any(written) {
                let body = self.body(&block.body, &META, scope);
                return body.get(name).map_or_else(Value::null, |entry| entry.value.clone());
            }
        }
        Value::unknown(unwritten(decl.mode, &address, name))
    }

    pub(crate) fn body(&self, body: &Body, skip: &[&str], scope: Scope<'_, 'p>) -> Object {
        let mut entries = Vec::with_capacity(body.attributes.len() + body.blocks.len());
        for attribute in &body.attributes {
            let name = scope.file.text(attribute.name);
            if !skip.contains(&name) {
                entries.push(Entry {
                    key: Arc::from(name),
                    key_site: Some(scope.file.site(attribute.name)),
                    site: Some(scope.file.site(scope.file.tree.expr(attribute.expr).span)),
                    value: self.eval(attribute.expr, scope),
                });
            }
        }
        let mut nested: Vec<(&str, &Block, Vec<Value>)> = Vec::new();
        for block in &body.blocks {
            let keyword = scope.file.text(block.keyword);
            if skip.contains(&keyword) {
                continue;
            }
            let (name, values) = match (keyword, label(scope.file, block)) {
                ("dynamic", Some(name)) => (name, self.dynamic(block, name, scope)),
                _ => {
                    let body = Value::object(self.body(&block.body, &[], scope));
                    (keyword, vec![body.at(scope.file.site(block.header))])
                }
            };
            match nested.iter_mut().find(|(known, ..)| *known == name) {
                Some((.., known)) => known.extend(values),
                None => nested.push((name, block, values)),
            }
        }
        entries.extend(nested.into_iter().filter(|(.., values)| !values.is_empty()).map(
            |(name, block, values)| Entry {
                key: Arc::from(name),
                key_site: Some(scope.file.site(block.header)),
                site: Some(scope.file.site(block.span)),
                value: Value::list(values),
            },
        ));
        Object::new(entries)
    }

    /// The blocks that a `dynamic` block makes. With an unknown `for_each` one is judged, as present.
    /// <https://developer.hashicorp.com/terraform/language/expressions/dynamic-blocks>
    fn dynamic(&self, block: &Block, name: &str, scope: Scope<'_, 'p>) -> Vec<Value> {
        let file = scope.file;
        let content = block.body.blocks.iter().find(|inner| file.text(inner.keyword) == "content");
        let for_each = find_attribute(file, &block.body, "for_each");
        let (Some(content), Some(for_each)) = (content, for_each) else { return Vec::new() };
        let iterator = find_attribute(file, &block.body, "iterator").map_or(name, |expr| {
            let named = file.text(file.tree.expr(expr).span);
            named.trim_matches('"')
        });
        let collection = fuller(&self.eval(for_each, scope));
        let judge = |key: Value, value: Value| {
            let bound = object([("key", key), ("value", value)]);
            let frame = Frame { names: vec![(Arc::from(iterator), bound)], parent: scope.frame };
            Value::object(self.body(&content.body, &[], scope.with(&frame)))
        };
        if collection.is_null() {
            return Vec::new();
        }
        match elements(&collection) {
            Ok(items) if self.within(items.len(), file.site(block.header)) => {
                items.into_iter().map(|(key, value)| judge(key, value)).collect()
            }
            Ok(_) => Vec::new(),
            Err(reason) => vec![judge(Value::unknown(reason.clone()), Value::unknown(reason))],
        }
    }

    fn within(&self, count: usize, site: Site) -> bool {
        let fits = count <= 10_000;
        if !fits {
            self.limit(Some(site), "a dynamic block with more than 10,000 elements");
        }
        fits
    }

    /// The frames of every instance of a resource.
    pub(crate) fn frames(&self, instance: &Rc<Instance<'p>>, index: usize) -> (Expansion, Vec<Key>) {
        let expansion = self.resource_expansion(instance, index);
        let keys = expansion.keys();
        (expansion, keys)
    }
}

/// Of an open condition the side that makes blocks: what may be there is judged as present.
fn fuller(collection: &Value) -> Value {
    match &collection.kind {
        Kind::Choice(choice) => {
            let then = fuller(&choice.then);
            match elements(&then) {
                Ok(items) if items.is_empty() => fuller(&choice.otherwise),
                Ok(_) => then,
                Err(_) if then.is_null() => fuller(&choice.otherwise),
                Err(_) => then,
            }
        }
        Kind::Null
        | Kind::Bool(_)
        | Kind::Number(_)
        | Kind::String(_)
        | Kind::List(_)
        | Kind::Object(_)
        | Kind::Unknown(_) => collection.clone(),
    }
}

/// Attributes of an override replace those of the same name; blocks of one type replace all of that type.
/// <https://developer.hashicorp.com/terraform/language/files/override#merging-behavior>
fn overridden(base: Object, over: Object) -> Object {
    let rest = over.rest.or(base.rest);
    let entries = base.entries.into_iter().chain(over.entries).collect();
    Object { rest, ..Object::new(entries) }
}

/// Why an attribute that is not written is not known.
fn unwritten(mode: Mode, address: &Arc<str>, attribute: &str) -> Reason {
    let whole = Unknown::new(match mode {
        Mode::Managed => Reason::Computed { address: Arc::clone(address), attribute: Arc::from("") },
        Mode::Data => Reason::Data { address: Arc::clone(address), attribute: Arc::from("") },
        Mode::Ephemeral => Reason::Ephemeral { address: Arc::clone(address) },
    });
    if attribute.is_empty() { whole.reason } else { computed(&whole, attribute) }
}

fn label<'a>(file: &'a super::module::ModuleFile, block: &Block) -> Option<&'a str> {
    block.labels.first().map(|label| file.text(label.text))
}
