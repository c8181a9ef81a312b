//! Bodies of blocks: attributes, nested blocks, dynamic blocks.

use super::access::computed;
use super::eval::{Evaluator, Frame, Scope, elements};
use super::expand::object;
use super::instance::{Instance, Key, memoized};
use super::module::{BlockRef, Mode, ResourceDecl, find_attribute};
use super::overrides::{block_type, is_dynamic, lifecycle, unquoted, writer};
use super::policy_document;
use crate::frontends::made;
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
        wanted: &dyn Fn(&str) -> bool,
    ) -> Object {
        let skip = |name: &str| META.contains(&name) || !wanted(name);
        let mut body = self.declared_body(instance, &decl.blocks, &skip, Some(frame));
        if let Some(provisioner) = body.get("provisioner")
            && let Some(blocks) = self.with_contents(&provisioner.value, instance)
        {
            let copied = Entry { value: blocks, ..provisioner.clone() };
            body.entries.retain(|entry| *entry.key != *copied.key);
            body.entries.push(copied);
            body = Object::new(body.entries);
        }
        if let Some(lifecycle) = lifecycle(instance.module, &decl.blocks) {
            body.entries.push(lifecycle);
            body = Object::new(body.entries);
        }
        body
    }

    /// What stands in blocks of which later ones override earlier ones: arguments of the same name are replaced, and so
    /// are all nested blocks of one type.
    /// <https://developer.hashicorp.com/terraform/language/files/override#merging-behavior>
    pub(crate) fn declared_body(
        &self,
        instance: &Rc<Instance<'p>>,
        blocks: &[BlockRef],
        skip: &dyn Fn(&str) -> bool,
        frame: Option<&Frame<'_>>,
    ) -> Object {
        let mut entries = Vec::new();
        for (at, later) in blocks.iter().zip(1..) {
            let (file, block) = instance.module.block(*at);
            let later = blocks.get(later..).unwrap_or(&[]);
            let skip = |name: &str| skip(name) || writer(instance.module, later, name).is_some();
            entries.extend(self.body(&block.body, &skip, Scope { instance, file, frame }).entries);
        }
        Object::new(entries)
    }

    /// A resource as a value: what is written, the rest unknown.
    pub(crate) fn resource_object(&self, instance: &Rc<Instance<'p>>, index: usize, key: &Key) -> Value {
        let Some(decl) = instance.module.resources.get(index) else { return Value::null() };
        let address = instance.resource_address(decl, key);
        let open = (Arc::clone(&instance.address), index, key.clone(), None);
        if !self.open_resources.borrow_mut().insert(open.clone()) {
            return Value::unknown(Reason::Cycle { what: address });
        }
        let value = self.whole_resource(instance, index, key, decl, &address);
        self.open_resources.borrow_mut().remove(&open);
        value
    }

    fn whole_resource(
        &self,
        instance: &Rc<Instance<'p>>,
        index: usize,
        key: &Key,
        decl: &ResourceDecl,
        address: &Arc<str>,
    ) -> Value {
        let expansion = self.resource_expansion(instance, index);
        let mut body = self.resource_body(instance, decl, &expansion.frame(key), &|_| true);
        if is_policy_document(decl) {
            body.entries.extend(self.policy_document(instance, index, key).iter().cloned());
            body = Object::new(body.entries);
        }
        if let Some(text) = self.rendered((instance, decl), (address, "rendered"), &expansion.frame(key)) {
            let label = Hop::Attribute(Arc::from(format!("{address}.rendered")));
            body.entries.push(Entry::new("rendered", text.via(label, None)));
            body = Object::new(body.entries);
        }
        body.rest = Some(Arc::new(Unknown::new(unwritten(decl.mode, address, ""))));
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
        let open = (Arc::clone(&instance.address), index, key.clone(), Some(Arc::from(name)));
        if !self.open_resources.borrow_mut().insert(open.clone()) {
            return Value::unknown(Reason::Cycle { what: Arc::from(name) });
        }
        let value = self.written_attribute(instance, index, key, name, site);
        self.open_resources.borrow_mut().remove(&open);
        value
    }

    fn written_attribute(
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
        if let Some((file, block)) = writer(instance.module, &decl.blocks, name) {
            let scope = Scope { instance, file, frame: Some(&frame) };
            let Some(expr) = find_attribute(file, &block.body, name) else {
                let body = self.body(&block.body, &|other| other != name, scope);
                return body.get(name).map_or_else(Value::null, |entry| entry.value.clone());
            };
            let value = self.eval(expr, scope);
            if !value.is_null() {
                return value.via(Hop::Attribute(Arc::from(format!("{address}.{name}"))), Some(site));
            }
        }
        if is_policy_document(decl)
            && let Some(entry) =
                self.policy_document(instance, index, key).iter().find(|entry| &*entry.key == name)
        {
            return entry
                .value
                .clone()
                .via(Hop::Attribute(Arc::from(format!("{address}.{name}"))), Some(site));
        }
        let label = || Hop::Attribute(Arc::from(format!("{address}.{name}")));
        let made = self.local_file((instance, decl), name, &frame);
        match made.or_else(|| self.rendered((instance, decl), (&address, name), &frame)) {
            Some(text) => text.via(label(), Some(site)),
            None => made::value(unwritten(decl.mode, &address, name), Some(site)),
        }
    }

    /// Provisioners that copy a file, with what is in it as their `content`; the path is that of whoever runs Terraform.
    /// <https://developer.hashicorp.com/terraform/language/resources/provisioners/file>
    fn with_contents(&self, blocks: &Value, instance: &Rc<Instance<'p>>) -> Option<Value> {
        let copied = |block: &Value| {
            let object = block.as_object()?;
            let source = object.get("source").filter(|_| object.get("content").is_none())?;
            object.get("destination")?;
            let path = std::slice::from_ref(&source.value);
            let read =
                self.called_with("file", path, instance).ok().filter(|read| read.as_str().is_some())?;
            let content = Entry { key: Arc::from("content"), value: read, ..source.clone() };
            let entries = object.entries.iter().cloned().chain([content]).collect();
            Some(Value { kind: Kind::Object(Arc::new(Object::new(entries))), ..block.clone() })
        };
        let known = blocks.as_list()?;
        let filled: Vec<Option<Value>> = known.iter().map(copied).collect();
        if filled.iter().all(Option::is_none) {
            return None;
        }
        let all = filled.into_iter().zip(known.iter()).map(|(new, old)| new.unwrap_or_else(|| old.clone()));
        Some(Value { kind: Kind::List(all.collect()), ..blocks.clone() })
    }

    /// What `data "local_file"` reads.
    /// <https://registry.terraform.io/providers/hashicorp/local/latest/docs/data-sources/file>
    fn local_file(
        &self,
        (instance, decl): (&Rc<Instance<'p>>, &ResourceDecl),
        name: &str,
        frame: &Frame<'_>,
    ) -> Option<Value> {
        if decl.mode != Mode::Data || &*decl.type_name != "local_file" {
            return None;
        }
        let function = match name {
            "content" => "file",
            "content_base64" => "filebase64",
            _ => return None,
        };
        let (file, block) = writer(instance.module, &decl.blocks, "filename")?;
        let expr = find_attribute(file, &block.body, "filename")?;
        let path = self.eval(expr, Scope { instance, file, frame: Some(frame) });
        let read = self.called_with(function, &[path], instance).ok()?;
        // A file that is not here may be there when it is read.
        Some(read).filter(|read| read.as_unknown().is_none())
    }

    /// What a policy document comes to, of what is wanted of it.
    pub(super) fn document_entries(
        &self,
        instance: &Rc<Instance<'p>>,
        (index, decl): (usize, &ResourceDecl),
        key: &Key,
        wanted: &dyn Fn(&str) -> bool,
    ) -> Vec<Entry> {
        if !is_policy_document(decl) || !wanted(policy_document::JSON) {
            return Vec::new();
        }
        let made = self.policy_document(instance, index, key);
        made.iter().filter(|entry| wanted(&entry.key)).cloned().collect()
    }

    /// What the provider makes of the arguments of a policy document.
    fn policy_document(&self, instance: &Rc<Instance<'p>>, index: usize, key: &Key) -> Arc<[Entry]> {
        let none = || Arc::from([]);
        memoized(&instance.documents, &(index, key.clone()), none, || {
            let decl = instance.module.resources.get(index);
            let Some((decl, first)) = decl.and_then(|decl| Some((decl, decl.blocks.first()?))) else {
                return none();
            };
            let (file, block) = instance.module.block(*first);
            let frame = self.resource_expansion(instance, index).frame(key);
            let body = self.apart(|| {
                self.declared_body(instance, &decl.blocks, &|name| META.contains(&name), Some(&frame))
            });
            policy_document::attributes(&body, file.site(block.header)).into()
        })
    }

    pub(crate) fn body(&self, body: &Body, skip: &dyn Fn(&str) -> bool, scope: Scope<'_, 'p>) -> Object {
        let mut entries = Vec::with_capacity(body.attributes.len() + body.blocks.len());
        for attribute in &body.attributes {
            let name = scope.file.text(attribute.name);
            if !skip(name) {
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
            let name = block_type(scope.file, block);
            if skip(name) {
                continue;
            }
            let values = if is_dynamic(scope.file, block) {
                self.dynamic(block, name, scope)
            } else {
                let body = Value::object(self.body(&block.body, &|_| false, scope));
                vec![body.at(scope.file.site(block.header))]
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
        let iterator = find_attribute(file, &block.body, "iterator")
            .map_or(name, |expr| unquoted(file.text(file.tree.expr(expr).span)));
        let collection = fuller(&self.eval(for_each, scope));
        let judge = |key: Value, value: Value| {
            let bound = object([("key", key), ("value", value)]);
            let frame = Frame { names: vec![(Arc::from(iterator), bound)], parent: scope.frame };
            Value::object(self.body(&content.body, &|_| false, scope.with(&frame)))
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

fn is_policy_document(decl: &ResourceDecl) -> bool {
    decl.mode == Mode::Data && &*decl.type_name == policy_document::TYPE
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
