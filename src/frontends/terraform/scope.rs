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

    /// The source of an expression.
    pub(crate) fn text(&self, expr: ExprId) -> &'a str {
        self.file.text(self.file.tree.expr(expr).span)
    }

    pub(crate) fn bound(&self, name: &str) -> Option<Value> {
        self.lookup(name).cloned()
    }
}
