//! `Fn::ForEach`: loops over conditions, resources, outputs and properties.
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-foreach.html>

use super::evaluate::Evaluator;
use crate::model::{Kind, Reason, Value};
use crate::syntax::doc::NodeRef;
use std::borrow::Cow;
use std::sync::Arc;

/// Iterations of all loops of a template.
pub(super) const MAX_ITERATIONS: usize = 2_000;

/// Bytes of all loops' bodies, as often as they run.
pub(super) const MAX_LOOPED: usize = 16 << 20;

/// A member of a section with the loop variables that it stands under.
#[derive(Debug, Clone)]
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
        let items = items_of(&collection, &identifier);
        for item in items {
            self.iterations += 1;
            self.looped += body.span().len();
            if self.iterations > MAX_ITERATIONS || self.looped > MAX_LOOPED {
                self.notes.limit("the loops of `Fn::ForEach` make too much");
                return Err(Reason::Limit { what: "Fn::ForEach".into() });
            }
            self.bindings.push((Arc::clone(&identifier), item));
            run(self, body);
            self.bindings.pop();
        }
        Ok(())
    }

    /// A text with the loop variables in it replaced.
    pub(super) fn bound<'n>(&self, text: &'n str) -> Cow<'n, str> {
        bound(text, &self.bindings)
    }

    /// All members of a section, loops run.
    pub(super) fn expand(&mut self, section: NodeRef<'d>, found: &mut Vec<Expanded<'d>>) {
        for (key, body) in self.template.resolved(section).entries() {
            let Some(name) = key.scalar_text() else { continue };
            if name == "Fn::Transform" {
                if let Some(included) = self.template.included(body) {
                    self.expand(included, found);
                }
            } else if name.starts_with("Fn::ForEach::") {
                // A loop that is none makes nothing; a limit is noted where it is reached.
                drop(self.each(body, &mut |me, body| me.expand(body, found)));
            } else {
                let bindings = self.bindings.clone();
                let body = self.template.resolved(body);
                found.push(Expanded { id: self.bound(&name).into(), key, body, bindings });
            }
        }
    }
}

/// Replaces `${Name}`, and `&{Name}` by its letters and digits alone, for each loop variable that is known.
pub(super) fn bound<'n>(text: &'n str, bindings: &[(Arc<str>, Value)]) -> Cow<'n, str> {
    if bindings.is_empty() || !text.contains("${") && !text.contains("&{") {
        return Cow::Borrowed(text);
    }
    let mut bound = text.to_owned();
    for (variable, value) in bindings.iter().rev() {
        if let Some(text) = value.to_text() {
            let letters: String = text.chars().filter(char::is_ascii_alphanumeric).collect();
            bound = bound
                .replace(&format!("${{{variable}}}"), &text)
                .replace(&format!("&{{{variable}}}"), &letters);
        }
    }
    Cow::Owned(bound)
}

/// What a loop runs over. Of lists that depend on a condition, the items of all.
fn items_of(collection: &Value, identifier: &Arc<str>) -> Vec<Value> {
    match &collection.kind {
        Kind::List(items) => items.to_vec(),
        Kind::Choice(choice) => {
            let mut items = items_of(&choice.then, identifier);
            for item in items_of(&choice.otherwise, identifier) {
                if !items.iter().any(|known| known.kind == item.kind) {
                    items.push(item);
                }
            }
            items
        }
        Kind::Null
        | Kind::Bool(_)
        | Kind::Number(_)
        | Kind::String(_)
        | Kind::Object(_)
        | Kind::Unknown(_) => {
            vec![Value::unknown(Reason::Instance { what: Arc::clone(identifier) })]
        }
    }
}
