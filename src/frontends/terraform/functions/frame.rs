//! What happens around every function: counting and converting arguments, choices, unknowns, marks, origins, bounds.

use super::choices::distribute;
use super::filesystem::FileAccess;
use super::inside::{collect_origins, first_unknown, marks_of, set_origin};
use super::{MAX_ELEMENTS, MAX_TEXT};
use crate::frontends::terraform::{convert, normal};
use crate::model::{Hop, Kind, Marks, Number, Object, Origin, Reason, Value};
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
    takes: &'static [Takes],
    /// Of the arguments after `takes`.
    rest: Option<Takes>,
    /// How many of `takes` may be left out at the end.
    optional: usize,
    needs: Needs,
    makes: Makes,
    /// The result is a list or map whatever the arguments are, rather than a tuple or object.
    uniform: bool,
    run: fn(&Call<'_>) -> Result<Value, CallError>,
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

    fn takes(&self, at: usize) -> Option<Takes> {
        self.takes.get(at).copied().or(self.rest)
    }

    /// Whether elements of arguments matter to the result's knowledge and marks.
    fn looks_inside(&self) -> bool {
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
}

impl Call<'_> {
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

pub(super) fn limit(what: &str) -> Value {
    Value::unknown(Reason::Limit { what: what.into() })
}

/// The result of a function that would make more than is allowed.
pub(super) fn too_many(name: &str) -> Value {
    limit(&format!("a result of `{name}` with more than {MAX_ELEMENTS} elements"))
}

pub(super) fn too_long(name: &str) -> Value {
    limit(&format!("a result of `{name}` with more than {} MiB", MAX_TEXT >> 20))
}

pub(super) fn too_many_parts(name: &str) -> Value {
    limit(&format!("a result of `{name}` with more than {} parts", super::MAX_PARTS))
}

pub(super) fn run(spec: &'static Spec, args: &[Value], files: &dyn FileAccess) -> Result<Value, CallError> {
    let least = spec.takes.len() - spec.optional;
    if args.len() < least {
        return Err(CallError::new(format!("not enough arguments: `{}` takes {least}", spec.name)));
    }
    if spec.rest.is_none() && args.len() > spec.takes.len() {
        return Err(CallError::new(format!(
            "too many arguments: `{}` takes {}",
            spec.name,
            spec.takes.len()
        )));
    }
    if spec.makes == Makes::Marks {
        return run_plain(spec, args, files);
    }
    distribute(args, spec.looks_inside(), &mut |args| run_plain(spec, args, files))
}

/// A call whose arguments hold no choice.
fn run_plain(spec: &'static Spec, args: &[Value], files: &dyn FileAccess) -> Result<Value, CallError> {
    let mut converted = Vec::with_capacity(args.len());
    for (at, arg) in args.iter().enumerate() {
        let takes = spec.takes(at).unwrap_or(Takes::Nullable);
        converted.push(prepare(arg, takes).map_err(|message| CallError::at(at, message))?);
    }
    let unknown = converted.iter().find_map(|arg| match spec.needs {
        Needs::All => first_unknown(arg),
        Needs::Outside => arg.as_unknown().cloned(),
        Needs::Nothing => None,
    });
    let call = Call { name: spec.name, args: converted, files };
    let mut result = match unknown {
        Some(unknown) => Value::unknown(unknown.reason.clone()),
        None => (spec.run)(&call)?,
    };
    if spec.uniform {
        result = uniform(result);
    }
    if spec.makes == Makes::Marks {
        return Ok(result);
    }
    if let Some(bounded) = beyond_bounds(spec.name, &result) {
        result = bounded;
    }
    let inside = spec.looks_inside();
    let marks = args.iter().fold(Marks::NONE, |all, arg| all.with(marks_of(arg, inside)));
    let mut result = result.marked(marks.without(Marks::SEVERAL));
    if spec.makes == Makes::New {
        result = normal::value(result);
    }
    if matches!(result.origin, Origin::None) || spec.makes == Makes::New {
        let mut from = Vec::new();
        args.iter().for_each(|arg| collect_origins(arg, inside, &mut from));
        if !from.is_empty() {
            let hop = Hop::Function(spec.name.into());
            let origin = Origin::made_of(hop, None, from);
            set_origin(&mut result, &origin, spec.makes == Makes::New);
        }
    }
    Ok(result)
}

/// A list as a Terraform list, an object as a map.
pub(super) fn uniform(value: Value) -> Value {
    match &value.kind {
        Kind::List(_) | Kind::Object(_) => value.as_uniform(),
        Kind::Null
        | Kind::Bool(_)
        | Kind::Number(_)
        | Kind::String(_)
        | Kind::Choice(_)
        | Kind::Unknown(_) => value,
    }
}

fn beyond_bounds(name: &str, result: &Value) -> Option<Value> {
    match &result.kind {
        Kind::String(text) => (text.len() > MAX_TEXT).then(|| too_long(name)),
        Kind::List(items) => (items.len() > MAX_ELEMENTS).then(|| too_many(name)),
        Kind::Object(object) => (object.entries.len() > MAX_ELEMENTS).then(|| too_many(name)),
        Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::Choice(_) | Kind::Unknown(_) => None,
    }
}

/// An unknown result that still says what it was made of.
pub(super) fn finish_unknown(name: &str, args: &[Value], reason: Reason) -> Value {
    let mut result = Value::unknown(reason);
    let mut from = Vec::new();
    for arg in args {
        result = result.marked(marks_of(arg, true).without(Marks::SEVERAL));
        collect_origins(arg, true, &mut from);
    }
    if !from.is_empty() {
        let hop = Hop::Function(name.into());
        result.origin = Origin::made_of(hop, None, from);
    }
    result
}

fn prepare(arg: &Value, takes: Takes) -> Result<Value, String> {
    if arg.is_null() && takes != Takes::Nullable {
        return Err("argument must not be null".to_owned());
    }
    let is_collection = match takes {
        Takes::Texts | Takes::Bools | Takes::List | Takes::Set | Takes::TextLists | Takes::Collection => true,
        Takes::Text | Takes::Number | Takes::Any | Takes::Nullable => false,
    };
    if is_collection && arg.as_unknown().is_some() && convert::Shape::of(arg) != convert::Shape::Any {
        return Err("a collection is required".to_owned());
    }
    match takes {
        Takes::Any | Takes::Collection | Takes::Nullable => Ok(arg.clone()),
        Takes::Text => convert::to_string(arg),
        Takes::Number => convert::to_number(arg),
        Takes::Texts => each(arg, &convert::to_string),
        Takes::Bools => each(arg, &convert::to_bool),
        Takes::List => convert::to_list(arg),
        Takes::Set => convert::to_set(arg),
        Takes::TextLists => {
            let Some(object) = arg.as_object() else { return convert::to_map(arg) };
            let mut object = (**object).clone();
            for entry in &mut object.entries {
                entry.value = each(&entry.value, &convert::to_string)?;
            }
            Ok(Value { kind: Kind::Object(Arc::new(object)), ..arg.clone() })
        }
    }
}

fn each(arg: &Value, convert: &dyn Fn(&Value) -> Result<Value, String>) -> Result<Value, String> {
    let Some(items) = arg.as_list() else { return convert::to_list(arg) };
    let items = items.iter().map(convert).collect::<Result<Vec<_>, _>>()?;
    Ok(Value { kind: Kind::List(items.into()), ..arg.clone() }.as_uniform())
}
