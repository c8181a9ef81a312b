//! What a function is, and a call of it as the function sees it.

use super::filesystem::FileAccess;
use crate::frontends::terraform::convert;
use crate::model::{Kind, Marks, Number, Object, Origin, Value};
use std::cell::Cell;
use std::sync::Arc;

/// What Terraform would reject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallError {
    /// The argument at fault, from 0.
    pub argument: Option<usize>,
    pub message: String,
}

impl CallError {
    #[must_use]
    pub fn new(message: impl Into<String>) -> Self {
        Self { argument: None, message: message.into() }
    }

    #[must_use]
    pub fn at(argument: usize, message: impl Into<String>) -> Self {
        Self { argument: Some(argument), message: message.into() }
    }
}

impl std::fmt::Display for CallError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for CallError {}

/// What a parameter takes, and so what its argument is converted to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Takes {
    Text,
    Number,
    /// Anything but null.
    Any,
    /// A list, set, map or what they are written as.
    Collection,
    /// Anything.
    Nullable,
    /// Lists of one scalar type.
    Texts,
    Bools,
    /// A list whose elements are unified.
    List,
    /// As a list, without doubles and sorted.
    Set,
    /// A map of lists of strings.
    TextLists,
}

/// How the result relates to the arguments.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Makes {
    /// Something new of all that the arguments hold.
    New,
    /// Selects or regroups what the arguments hold; elements keep their origins.
    Same,
    /// Changes marks and nothing else.
    Marks,
}

/// Which unknowns make the result unknown before the function is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Needs {
    /// Everything must be known, elements of elements too.
    All,
    /// The arguments must be known, but what they hold need not.
    Outside,
    /// The function deals with unknowns.
    Nothing,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Spec {
    pub name: &'static str,
    pub(super) takes: &'static [Takes],
    /// Of the arguments after `takes`.
    pub(super) rest: Option<Takes>,
    /// How many of `takes` may be left out at the end.
    pub(super) optional: usize,
    pub(super) needs: Needs,
    pub(super) makes: Makes,
    /// The result is a list or map whatever the arguments are, rather than a tuple or object.
    pub(super) uniform: bool,
    pub(super) run: fn(&Call<'_>) -> Result<Value, CallError>,
}

pub(super) type Run = fn(&Call<'_>) -> Result<Value, CallError>;

impl Spec {
    /// A function that computes something new of known arguments.
    pub(super) const fn new(name: &'static str, takes: &'static [Takes], run: Run) -> Self {
        Self {
            name,
            takes,
            rest: None,
            optional: 0,
            needs: Needs::All,
            makes: Makes::New,
            uniform: false,
            run,
        }
    }

    pub(super) const fn rest(mut self, takes: Takes) -> Self {
        self.rest = Some(takes);
        self
    }

    pub(super) const fn optional(mut self, count: usize) -> Self {
        self.optional = count;
        self
    }

    pub(super) const fn needs(mut self, needs: Needs) -> Self {
        self.needs = needs;
        self
    }

    pub(super) const fn makes(mut self, makes: Makes) -> Self {
        self.makes = makes;
        self
    }

    pub(super) const fn uniform(mut self) -> Self {
        self.uniform = true;
        self
    }

    pub(super) fn takes(&self, at: usize) -> Option<Takes> {
        self.takes.get(at).copied().or(self.rest)
    }

    /// Whether elements of arguments matter to the result's knowledge and marks.
    pub(super) fn looks_inside(&self) -> bool {
        match self.needs {
            Needs::All => true,
            Needs::Outside => false,
            Needs::Nothing => self.makes == Makes::New,
        }
    }
}

/// A call with its converted arguments.
pub(super) struct Call<'a> {
    pub name: &'static str,
    pub args: Vec<Value>,
    pub files: &'a dyn FileAccess,
    pub steps: &'a Cell<u64>,
}

impl Call<'_> {
    /// Counts work beyond going through the arguments once.
    pub(super) fn spend(&self, steps: u64) {
        self.steps.set(self.steps.get().saturating_add(steps));
    }

    pub(super) fn len(&self) -> usize {
        self.args.len()
    }

    pub(super) fn arg(&self, at: usize) -> &Value {
        static NULL: Value = Value { kind: Kind::Null, origin: Origin::None, marks: Marks::NONE };
        self.args.get(at).unwrap_or(&NULL)
    }

    pub(super) fn text(&self, at: usize) -> &str {
        self.arg(at).as_str().unwrap_or("")
    }

    pub(super) fn number(&self, at: usize) -> Number {
        if let Kind::Number(number) = &self.arg(at).kind { number.clone() } else { Number::Int(0) }
    }

    /// A whole number; an error otherwise.
    pub(super) fn integer(&self, at: usize) -> Result<i64, CallError> {
        convert::number::to_integer(&self.number(at))
            .and_then(|value| i64::try_from(value).ok())
            .ok_or_else(|| CallError::at(at, "value must be a whole number"))
    }

    /// A whole number that counts something.
    pub(super) fn count(&self, at: usize) -> Result<usize, CallError> {
        usize::try_from(self.integer(at)?).map_err(|_| CallError::at(at, "must not be negative"))
    }

    pub(super) fn items(&self, at: usize) -> &[Value] {
        self.arg(at).as_list().map_or(&[], |items| items)
    }

    /// The elements of an argument that must be a list.
    pub(super) fn list(&self, at: usize) -> Result<&[Value], CallError> {
        match self.arg(at).as_list() {
            Some(items) => Ok(items),
            None => Err(CallError::at(at, "list, set or tuple required")),
        }
    }

    /// The elements of an argument that has an order: no set.
    pub(super) fn sequence(&self, at: usize) -> Result<&[Value], CallError> {
        if self.arg(at).marks.has(Marks::SET) {
            return Err(CallError::at(at, "list or tuple required, but have set"));
        }
        self.list(at)
    }

    pub(super) fn object(&self, at: usize) -> Result<&Arc<Object>, CallError> {
        self.arg(at).as_object().ok_or_else(|| CallError::at(at, "map or object required"))
    }

    /// All strings of a list of strings; null is an error.
    pub(super) fn texts(&self, at: usize) -> Result<Vec<&str>, CallError> {
        let text = |item| Value::as_str(item).ok_or_else(|| CallError::at(at, "an element is null"));
        self.items(at).iter().map(text).collect()
    }
}
