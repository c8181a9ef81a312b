//! Where an expression is evaluated: in which module and file, and which names stand for what.

use super::instance::Instance;
use super::module::ModuleFile;
use crate::model::Value;
use crate::syntax::hcl::ExprId;
use std::rc::Rc;
use std::sync::Arc;

/// Names bound by `for`, `each`, `count`, `self`, iterators and template variables; inner frames hide outer ones.
#[derive(Debug)]
pub(crate) struct Frame<'a> {
    pub(crate) names: Vec<(Arc<str>, Value)>,
    pub(crate) parent: Option<&'a Frame<'a>>,
}

/// The name that no code can have, under which a frame of an iteration says which one it is.
const PLACE: &str = "#";

impl Frame<'_> {
    /// The number of an iteration, bound beside its names.
    pub(crate) fn place(at: usize) -> (Arc<str>, Value) {
        (Arc::from(PLACE), Value::int(at as i128))
    }

    /// What tells this iteration from others of the same code, for people. Never a value: it may be a secret.
    fn told(&self) -> Option<String> {
        let bound =
            |name: &str| self.names.iter().find(|(known, _)| **known == *name).map(|(_, value)| value);
        let inside = |name: &str, key: &str| bound(name)?.as_object()?.get(key)?.value.to_text();
        bound(PLACE)
            .and_then(Value::to_text)
            .map(|at| format!("element {at}"))
            .or_else(|| inside("each", "key").map(|key| format!("{key:?}")))
            .or_else(|| inside("count", "index").map(|at| format!("instance {at}")))
    }
}

/// Where an expression is evaluated.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scope<'a, 'p> {
    pub(crate) instance: &'a Rc<Instance<'p>>,
    pub(crate) file: &'a ModuleFile,
    pub(crate) frame: Option<&'a Frame<'a>>,
}

impl<'a, 'p> Scope<'a, 'p> {
    pub(crate) fn with(self, frame: &'a Frame<'a>) -> Scope<'a, 'p> {
        Scope { frame: Some(frame), ..self }
    }

    fn lookup(&self, name: &str) -> Option<&'a Value> {
        let mut frame = self.frame;
        while let Some(inner) = frame {
            if let Some((_, value)) = inner.names.iter().rev().find(|(known, _)| **known == *name) {
                return Some(value);
            }
            frame = inner.parent;
        }
        None
    }

    /// The iterations that a piece of code here belongs to, innermost first: those whose names it mentions.
    pub(crate) fn places(&self, source: &str) -> Vec<String> {
        let mut told = Vec::new();
        let mut frame = self.frame;
        while let Some(inner) = frame {
            if inner.names.iter().any(|(name, _)| mentions(source, name)) {
                told.extend(inner.told());
            }
            frame = inner.parent;
        }
        told
    }

    /// The source of an expression.
    pub(crate) fn text(&self, expr: ExprId) -> &'a str {
        self.file.text(self.file.tree.expr(expr).span)
    }

    pub(crate) fn bound(&self, name: &str) -> Option<Value> {
        self.lookup(name).cloned()
    }
}

fn mentions(source: &str, name: &str) -> bool {
    let is_word = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
    source.match_indices(name).any(|(at, _)| {
        let (before, after) = (source.get(..at).unwrap_or(""), source.get(at + name.len()..).unwrap_or(""));
        !before.ends_with(is_word) && !after.starts_with(is_word)
    })
}
