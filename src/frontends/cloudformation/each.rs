//! `Fn::ForEach`: loops over resources and properties.
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-foreach.html>

use super::evaluate::Evaluator;
use crate::model::{Kind, Reason, Value};
use crate::syntax::doc::NodeRef;
use std::sync::Arc;

/// Iterations of all loops of a template.
const MAX_ITERATIONS: usize = 2_000;

/// Bytes of all loops' bodies, as often as they run.
const MAX_LOOPED: usize = 16 << 20;

/// A resource with the loop variables that it stands under.
pub(super) struct Expanded<'d> {
    pub(super) id: Arc<str>,
    pub(super) key: NodeRef<'d>,
    pub(super) body: NodeRef<'d>,
    pub(super) bindings: Vec<(Arc<str>, Value)>,
}

impl<'d> Evaluator<'_, 'd> {
    /// Runs over the body of a loop once for each item; once with an unknown item where the items are unknown.
    pub(super) fn each(
        &mut self,
        node: NodeRef<'d>,
        run: &mut dyn FnMut(&mut Self, NodeRef<'d>),
    ) -> Result<(), Reason> {
        let invalid = |message: &str| Reason::Invalid { message: message.into() };
        let items: Vec<NodeRef<'d>> = node.items().collect();
        let [identifier, collection, body] = *items.as_slice() else {
            return Err(invalid("`Fn::ForEach` takes an identifier, a collection and a body"));
        };
        let Some(identifier) = identifier.scalar_text().map(Arc::<str>::from) else {
            return Err(invalid("the identifier of `Fn::ForEach` is a string"));
        };
        let collection = self.value(collection);
        let items: Vec<Value> = match &collection.kind {
            Kind::List(items) => items.to_vec(),
            Kind::Null
            | Kind::Bool(_)
            | Kind::Number(_)
            | Kind::String(_)
            | Kind::Object(_)
            | Kind::Choice(_)
            | Kind::Unknown(_) => vec![Value::unknown(Reason::Instance { what: Arc::clone(&identifier) })],
        };
        for item in items {
            self.iterations += 1;
            self.looped += body.span().len();
            if self.iterations > MAX_ITERATIONS || self.looped > MAX_LOOPED {
                self.limits.insert("the loops of `Fn::ForEach` make too much".to_owned());
                return Err(Reason::Limit { what: "Fn::ForEach".into() });
            }
            self.bindings.push((Arc::clone(&identifier), item));
            run(self, body);
            self.bindings.pop();
        }
        Ok(())
    }

    /// A name with the loop variables in it replaced.
    pub(super) fn bound_name(&self, name: &str) -> String {
        let mut bound = name.to_owned();
        for (variable, value) in self.bindings.iter().rev() {
            if let Some(text) = value.to_text() {
                let letters: String = text.chars().filter(char::is_ascii_alphanumeric).collect();
                bound = bound
                    .replace(&format!("${{{variable}}}"), &text)
                    .replace(&format!("&{{{variable}}}"), &letters);
            }
        }
        bound
    }

    /// All resources of a mapping, loops run.
    pub(super) fn expand(&mut self, resources: NodeRef<'d>, found: &mut Vec<Expanded<'d>>) {
        for (key, body) in self.template.resolved(resources).entries() {
            let Some(name) = key.scalar_text() else { continue };
            if name == "Fn::Transform" {
                if let Some(included) = self.template.included(body) {
                    self.expand(included, found);
                }
            } else if name.starts_with("Fn::ForEach::") {
                // A loop that is none makes no resources; a limit is noted where it is reached.
                drop(self.each(body, &mut |me, body| me.expand(body, found)));
            } else {
                let bindings = self.bindings.clone();
                let body = self.template.resolved(body);
                found.push(Expanded { id: self.bound_name(&name).into(), key, body, bindings });
            }
        }
    }
}
