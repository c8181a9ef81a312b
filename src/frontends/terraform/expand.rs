//! `count` and `for_each`: which instances a block stands for.

use super::access;
use super::eval::{Evaluator, Frame, Scope, elements};
use super::instance::{Expansion, Instance, Key, memoized};
use super::loops::with_elements;
use super::module::{BlockRef, find_attribute};
use super::scalar;
use crate::model::{Entry, Kind, Object, Reason, Value};
use std::rc::Rc;
use std::sync::Arc;

/// Instances of one block that are judged one by one.
const MAX_INSTANCES: usize = 10_000;

impl<'p> Evaluator<'p> {
    pub(crate) fn resource_expansion(&self, instance: &Rc<Instance<'p>>, index: usize) -> Expansion {
        let unknown = || Expansion::Unknown { each: None };
        memoized(&instance.resource_expansions, &index, unknown, || {
            instance
                .module
                .resources
                .get(index)
                .map_or(Expansion::Single, |decl| self.apart(|| self.expand(instance, &decl.blocks)))
        })
    }

    pub(crate) fn call_expansion(&self, instance: &Rc<Instance<'p>>, name: &Arc<str>) -> Expansion {
        let unknown = || Expansion::Unknown { each: None };
        memoized(&instance.call_expansions, name, unknown, || {
            instance
                .module
                .calls
                .get(name)
                .map_or(Expansion::Single, |call| self.apart(|| self.expand(instance, &call.blocks)))
        })
    }

    /// Overriding blocks stand last, and their `count` and `for_each` win.
    fn expand(&self, instance: &Rc<Instance<'p>>, blocks: &[BlockRef]) -> Expansion {
        for at in blocks.iter().rev() {
            let (file, block) = instance.module.block(*at);
            let scope = Scope { instance, file, frame: None };
            if let Some(expr) = find_attribute(file, &block.body, "count") {
                return self.count(&self.eval(expr, scope), file.site(block.header));
            }
            if let Some(expr) = find_attribute(file, &block.body, "for_each") {
                return self.for_each(&self.eval(expr, scope), file.site(block.header));
            }
            // OpenTofu's: <https://opentofu.org/docs/language/meta-arguments/enabled/>.
            let lifecycle = block.body.blocks.iter().find(|nested| file.text(nested.keyword) == "lifecycle");
            if let Some(expr) = lifecycle.and_then(|nested| find_attribute(file, &nested.body, "enabled")) {
                return match scalar::truth(&self.eval(expr, scope)) {
                    Some(true) => Expansion::Single,
                    Some(false) => Expansion::Count(0),
                    None => Expansion::Unknown { each: None },
                };
            }
        }
        Expansion::Single
    }

    fn count(&self, value: &Value, site: crate::source::Site) -> Expansion {
        match scalar::index(value) {
            Some(count) if count <= MAX_INSTANCES => Expansion::Count(count),
            Some(_) => {
                self.limit(Some(site), "a block with more than 10,000 instances");
                Expansion::Unknown { each: None }
            }
            None => Expansion::Unknown { each: None },
        }
    }

    fn for_each(&self, value: &Value, site: crate::source::Site) -> Expansion {
        let unknown = || {
            let one = || Value::unknown(Reason::Instance { what: "each.value".into() });
            let each = some_element(value).unwrap_or_else(|| access::some_of(value, one()));
            Expansion::Unknown { each: Some(each) }
        };
        let Ok(items) = elements(value) else { return unknown() };
        if items.len() > MAX_INSTANCES {
            self.limit(Some(site), "a block with more than 10,000 instances");
            return unknown();
        }
        let keyed = items.into_iter().map(|(key, item)| match &value.kind {
            // A set: each element is its own key.
            Kind::List(_) => Some((item.to_text()?, item)),
            Kind::Null
            | Kind::Bool(_)
            | Kind::Number(_)
            | Kind::String(_)
            | Kind::Object(_)
            | Kind::Choice(_)
            | Kind::Unknown(_) => Some((key.to_text()?, item)),
        });
        keyed.collect::<Option<Vec<_>>>().map_or_else(unknown, |items| Expansion::Each(items.into()))
    }
}

impl Expansion {
    pub(crate) fn keys(&self) -> Vec<Key> {
        match self {
            Self::Single | Self::Unknown { .. } => vec![Key::None],
            Self::Count(count) => (0..*count).map(Key::Index).collect(),
            Self::Each(items) => items.iter().map(|(key, _)| Key::Name(Arc::clone(key))).collect(),
        }
    }

    /// The element of this key.
    pub(crate) fn item(&self, name: &str) -> Option<&(Arc<str>, Value)> {
        let Self::Each(items) = self else { return None };
        // Maps are sorted by their keys, sets are not always.
        let sorted = items.binary_search_by(|(known, _)| (**known).cmp(name)).ok();
        sorted.and_then(|at| items.get(at)).or_else(|| items.iter().find(|(known, _)| **known == *name))
    }

    /// `each` and `count` of one instance; nothing where they are unknown, so that they evaluate to unknowns.
    pub(crate) fn frame(&self, key: &Key) -> Frame<'static> {
        let names = match (self, key) {
            (Self::Count(_), Key::Index(at)) => {
                vec![(Arc::from("count"), object([("index", Value::int(*at as i128))]))]
            }
            (Self::Each(_), Key::Name(name)) => self
                .item(name)
                .map(|(name, value)| {
                    let each = object([("key", Value::string(Arc::clone(name))), ("value", value.clone())]);
                    (Arc::from("each"), each)
                })
                .into_iter()
                .collect(),
            (Self::Unknown { each: Some(value) }, _) => {
                let key = Value::unknown(Reason::Instance { what: "each.key".into() });
                vec![(Arc::from("each"), object([("key", key), ("value", value.clone())]))]
            }
            (Self::Single | Self::Count(_) | Self::Each(_) | Self::Unknown { .. }, _) => Vec::new(),
        };
        Frame { names, parent: None }
    }
}

/// Any element of what is not known whole, where each is known.
fn some_element(value: &Value) -> Option<Value> {
    match &value.kind {
        Kind::Unknown(unknown) => access::any_element(value, unknown),
        Kind::Object(object) => {
            let rest = object.rest.as_ref().filter(|rest| !rest.elements.is_empty())?;
            let entries = object.entries.iter().map(|entry| entry.value.clone());
            let elements = entries.chain(rest.elements.iter().cloned()).collect();
            access::any_element(value, &with_elements(rest, elements))
        }
        Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) | Kind::List(_) | Kind::Choice(_) => {
            None
        }
    }
}

pub(crate) fn object<const N: usize>(entries: [(&str, Value); N]) -> Value {
    Value::object(Object::new(entries.into_iter().map(|(key, value)| Entry::new(key, value)).collect()))
}
