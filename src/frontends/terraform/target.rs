//! What references come to: several instances as one value, one of several, and what a splat makes of them.

use super::access;
use super::choice::distribute;
use super::eval::{Evaluator, Frame, Scope, invalid};
use super::instance::{Expansion, Key};
use super::loops::with_elements;
use super::reference::{Step, Target};
use super::scalar;
use crate::model::{Entry, Kind, Marks, Object, Reason, Unknown, Value};
use crate::source::{Site, Span};
use std::rc::Rc;
use std::sync::Arc;

impl<'p> Evaluator<'p> {
    /// The place that stands for a target where a step has none of its own.
    pub(super) fn target_site(&self, target: &Target<'p>) -> Site {
        let block = match target {
            Target::Resource(instance, index, _) | Target::Resources(instance, index) => instance
                .module
                .resources
                .get(*index)
                .and_then(|decl| decl.blocks.first())
                .map(|at| (instance, *at)),
            Target::Call(instance, call, _) | Target::Calls(instance, call) => {
                instance.module.calls.get(call).and_then(|call| call.blocks.first()).map(|at| (instance, *at))
            }
            Target::Value(_) => None,
        };
        block.map_or_else(
            || Site::new(crate::source::FileId(0), Span::default()),
            |(instance, at)| {
                let (file, block) = instance.module.block(at);
                file.site(block.header)
            },
        )
    }

    pub(super) fn splat(&self, target: Target<'p>, each: &[Step], scope: Scope<'_, 'p>) -> Value {
        let of = |target: Target<'p>| self.whole(self.follow(target, each, scope));
        match target {
            Target::Resources(instance, index) => match self.resource_expansion(&instance, index) {
                Expansion::Single => Value::list([of(Target::Resource(instance, index, Key::None))]),
                Expansion::Unknown { .. } => {
                    Value::list([several(of(Target::Resource(instance, index, Key::None)))])
                }
                Expansion::Count(count) => Value::list(
                    (0..count).map(|at| of(Target::Resource(Rc::clone(&instance), index, Key::Index(at)))),
                ),
                Expansion::Each(_) => Value::list([of(Target::Resources(instance, index))]),
            },
            Target::Calls(instance, call) => match self.call_expansion(&instance, &call) {
                Expansion::Single => Value::list([of(Target::Call(instance, call, Key::None))]),
                Expansion::Unknown { .. } => {
                    Value::list([several(of(Target::Call(instance, call, Key::None)))])
                }
                Expansion::Count(count) => Value::list(
                    (0..count)
                        .map(|at| of(Target::Call(Rc::clone(&instance), Arc::clone(&call), Key::Index(at)))),
                ),
                Expansion::Each(_) => Value::list([of(Target::Calls(instance, call))]),
            },
            Target::Resource(..) | Target::Call(..) => Value::list([of(target)]),
            Target::Value(value) => distribute(&value, &|value| match &value.kind {
                Kind::List(items) => like(
                    value,
                    Value::list(items.iter().map(|item| {
                        let frame = Frame { names: Vec::new(), parent: scope.frame };
                        let item =
                            self.whole(self.follow(Target::Value(item.clone()), each, scope.with(&frame)));
                        self.note(&item);
                        item
                    })),
                ),
                Kind::Null => Value::list([]),
                Kind::Unknown(_) if access::is_scalar(value) => {
                    Value::list([of(Target::Value(value.clone()))])
                }
                Kind::Unknown(unknown) => {
                    let elements = unknown.elements.iter().map(|element| {
                        several(self.whole(self.follow(Target::Value(element.clone()), each, scope)))
                    });
                    match unknown.elements.is_empty() {
                        true => Value::unknown(unknown.reason.clone()),
                        false => Value::list(elements),
                    }
                }
                Kind::Bool(_) | Kind::Number(_) | Kind::String(_) | Kind::Object(_) | Kind::Choice(_) => {
                    Value::list([of(Target::Value(value.clone()))])
                }
            })
            .marked(value.marks),
        }
    }

    /// A target used as a value: everything that is written about it, the rest unknown.
    pub(super) fn whole(&self, target: Target<'p>) -> Value {
        match target {
            Target::Value(value) => value,
            Target::Resource(instance, index, key) => self.resource_object(&instance, index, &key),
            Target::Resources(instance, index) => {
                let expansion = self.resource_expansion(&instance, index);
                collect(&expansion, |key| self.resource_object(&instance, index, &key))
            }
            Target::Call(instance, call, key) => self.module_object(&instance, &call, &key),
            Target::Calls(instance, call) => {
                let expansion = self.call_expansion(&instance, &call);
                collect(&expansion, |key| self.module_object(&instance, &call, &key))
            }
        }
    }
}

/// A splat over a list or set makes a list, over a tuple a tuple.
fn like(collection: &Value, result: Value) -> Value {
    let is_list = collection.marks.has(Marks::SET) || collection.marks.has(Marks::UNIFORM);
    if is_list { result.as_uniform() } else { result }
}

/// One element that stands for a number of them that is not known.
fn several(element: Value) -> Value {
    match element.kind {
        Kind::Unknown(_) => element.marked(Marks::SEVERAL),
        Kind::Null
        | Kind::Bool(_)
        | Kind::Number(_)
        | Kind::String(_)
        | Kind::List(_)
        | Kind::Object(_)
        | Kind::Choice(_) => element,
    }
}

/// All instances of an expansion as one value.
fn collect(expansion: &Expansion, of: impl Fn(Key) -> Value) -> Value {
    match expansion {
        Expansion::Single => of(Key::None),
        Expansion::Count(count) => Value::list((0..*count).map(|at| of(Key::Index(at)))),
        Expansion::Each(items) => Value::object(Object::new(
            items
                .iter()
                .map(|(key, _)| Entry::new(Arc::clone(key), of(Key::Name(Arc::clone(key)))))
                .collect(),
        )),
        Expansion::Unknown { each: None } => Value::list([several(of(Key::None))]),
        Expansion::Unknown { each: Some(_) } => {
            let unknown = Arc::new(Unknown::new(Reason::Instance { what: "the set of instances".into() }));
            Value::new(Kind::Unknown(with_elements(&unknown, vec![of(Key::None)])))
        }
    }
}

pub(super) fn instance_key(expansion: &Expansion, key: &Value) -> Result<Key, Value> {
    let missing = || Err(invalid("an instance that does not exist"));
    match expansion {
        // The set is unknown, so is which instance: the one that stands for all.
        Expansion::Unknown { .. } | Expansion::Single => Ok(Key::None),
        Expansion::Count(count) => match (key.as_unknown(), scalar::index(key)) {
            (_, Some(at)) if at < *count => Ok(Key::Index(at)),
            (Some(_), None) if *count == 1 => Ok(Key::Index(0)),
            (Some(unknown), None) => Err(Value::unknown(unknown.reason.clone())),
            (Some(_) | None, Some(_)) | (None, None) => missing(),
        },
        Expansion::Each(_) => match (key.as_unknown(), key.to_text()) {
            (_, Some(name)) if expansion.item(&name).is_some() => Ok(Key::Name(name)),
            (Some(unknown), None) => Err(Value::unknown(unknown.reason.clone())),
            (Some(_) | None, Some(_)) | (None, None) => missing(),
        },
    }
}
