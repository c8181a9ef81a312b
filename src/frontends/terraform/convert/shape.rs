//! The types of values, and the one type that several have in common.
//! <https://github.com/zclconf/go-cty/blob/main/cty/convert/unify.go>

use super::{sort_as_set, to_bool, to_number, to_string};
use crate::model::{Hop, Kind, Marks, Origin, Value};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A type. Literal lists and objects are tuples and objects; unifying unequal ones makes lists and maps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shape {
    /// Null or unknown, or an element of what is empty: fits every type.
    Any,
    Bool,
    Number,
    String,
    Tuple(Vec<Shape>),
    List(Box<Shape>),
    Set(Box<Shape>),
    Object(BTreeMap<Arc<str>, Shape>),
    Map(Box<Shape>),
}

use Shape::{Any, Bool, List, Map, Number, Object, Set, String, Tuple};

impl Shape {
    #[must_use]
    pub fn of(value: &Value) -> Self {
        match &value.kind {
            Kind::Unknown(unknown) if !unknown.parts.is_empty() => String,
            Kind::Null | Kind::Unknown(_) => marked(value.marks),
            Kind::Bool(_) => Bool,
            Kind::Number(_) => Number,
            Kind::String(_) => String,
            // A resource's schema, which is not here, converts what is written.
            Kind::List(_) | Kind::Object(_) if is_attribute(&value.origin) => Any,
            Kind::List(items) if value.marks.has(Marks::SET) => Set(element(value, items.iter())),
            Kind::List(items) if value.marks.has(Marks::UNIFORM) => List(element(value, items.iter())),
            Kind::List(items) if super::several(items).is_some() => List(element(value, items.iter())),
            Kind::List(items) => Tuple(items.iter().map(Self::of).collect()),
            Kind::Object(object) if value.marks.has(Marks::UNIFORM) => {
                Map(element(value, object.entries.iter().map(|entry| &entry.value)))
            }
            Kind::Object(object) if object.rest.is_some() => Any,
            Kind::Object(object) => Object(
                object.entries.iter().map(|entry| (Arc::clone(&entry.key), Self::of(&entry.value))).collect(),
            ),
            Kind::Choice(choice) => {
                unify_all([Self::of(&choice.then), Self::of(&choice.otherwise)]).unwrap_or(Any)
            }
        }
    }

    fn is_open(&self) -> bool {
        match self {
            Any => true,
            Bool | Number | String => false,
            Tuple(items) => items.iter().any(Self::is_open),
            List(item) | Set(item) | Map(item) => item.is_open(),
            Object(entries) => entries.values().any(Self::is_open),
        }
    }

    /// The value in this type. What does not convert stays as it is.
    #[must_use]
    pub fn apply(&self, value: &Value) -> Value {
        self.convert(value).unwrap_or_else(|| value.clone())
    }

    /// The value in this type; `None` where it does not convert.
    pub(crate) fn convert(&self, value: &Value) -> Option<Value> {
        match &value.kind {
            Kind::Null | Kind::Unknown(_) => {
                return Some(match self.scalar() {
                    Marks::NONE => value.clone(),
                    scalar => value.clone().of_scalar(scalar),
                });
            }
            Kind::Choice(choice) => {
                let mut choice = (**choice).clone();
                choice.then = self.apply(&choice.then);
                choice.otherwise = self.apply(&choice.otherwise);
                return Some(Value { kind: Kind::Choice(Arc::new(choice)), ..value.clone() });
            }
            Kind::Bool(_) | Kind::Number(_) | Kind::String(_) | Kind::List(_) | Kind::Object(_) => {}
        }
        match self {
            Any => Some(value.clone()),
            Bool => to_bool(value).ok(),
            Number => to_number(value).ok(),
            String => to_string(value).ok(),
            Tuple(shapes) => Some(map_items(value, &|at| shapes.get(at))?.as_structure()),
            List(shape) if **shape == Any => super::to_list(value).ok(),
            Set(shape) if **shape == Any => super::to_set(value).ok(),
            Map(shape) if **shape == Any => super::to_map(value).ok(),
            List(shape) => Some(shape.elements_of(map_items(value, &|_| Some(&**shape))?.as_uniform())),
            Set(shape) => {
                let list = map_items(value, &|_| Some(&**shape))?;
                let items = sort_as_set(list.as_list()?.to_vec());
                Some(shape.elements_of(Value { kind: Kind::List(items.into()), ..list }.as_set()))
            }
            Object(shapes) => Some(map_entries(value, &|key| shapes.get(key))?.as_structure()),
            Map(shape) => Some(shape.elements_of(map_entries(value, &|_| Some(&**shape))?.as_uniform())),
        }
    }

    fn scalar(&self) -> Marks {
        match self {
            Bool => Marks::BOOL,
            Number => Marks::NUMBER,
            String => Marks::STRING,
            Any | Tuple(_) | List(_) | Set(_) | Object(_) | Map(_) => Marks::NONE,
        }
    }

    /// A collection that is empty and yet says what its elements are.
    pub(crate) fn elements_of(&self, mut collection: Value) -> Value {
        let is_empty = match &collection.kind {
            Kind::List(items) => items.is_empty(),
            Kind::Object(object) => object.entries.is_empty(),
            Kind::Null
            | Kind::Bool(_)
            | Kind::Number(_)
            | Kind::String(_)
            | Kind::Choice(_)
            | Kind::Unknown(_) => false,
        };
        if is_empty {
            collection.marks = collection.marks.with(self.scalar());
        }
        collection
    }
}

/// The type that marks say.
fn marked(marks: Marks) -> Shape {
    match marks.scalar() {
        Marks::STRING => String,
        Marks::NUMBER => Number,
        Marks::BOOL => Bool,
        _ => Any,
    }
}

/// Whether a value came out of a resource, on whatever way it was carried on since.
fn is_attribute(origin: &Origin) -> bool {
    let mut origin = origin;
    while let Origin::Derived(step) = origin {
        match (&step.hop, step.from.as_slice()) {
            (Hop::Attribute(_), _) => return true,
            (_, [one]) => origin = one,
            _ => return false,
        }
    }
    false
}

/// The type of the elements of a collection: they have one, but what is empty does not say all of it.
fn element<'v>(collection: &Value, items: impl Iterator<Item = &'v Value>) -> Box<Shape> {
    let mut all = marked(collection.marks);
    for item in items {
        all = unify_all([all, Shape::of(item)]).unwrap_or(Any);
        if !all.is_open() {
            break;
        }
    }
    Box::new(all)
}

fn map_items<'a>(value: &Value, shape_of: &dyn Fn(usize) -> Option<&'a Shape>) -> Option<Value> {
    let convert = |(at, item): (usize, &Value)| match shape_of(at) {
        Some(shape) => shape.convert(item),
        None => Some(item.clone()),
    };
    let items = value.as_list()?.iter().enumerate().map(convert).collect::<Option<Vec<_>>>()?;
    Some(Value { kind: Kind::List(items.into()), ..value.clone() })
}

fn map_entries<'a>(value: &Value, shape_of: &dyn Fn(&str) -> Option<&'a Shape>) -> Option<Value> {
    let mut object = (**value.as_object()?).clone();
    for entry in &mut object.entries {
        if let Some(shape) = shape_of(&entry.key) {
            entry.value = shape.convert(&entry.value)?;
        }
    }
    Some(Value { kind: Kind::Object(Arc::new(object)), ..value.clone() })
}

/// The type that all types convert to; `None` where there is none.
#[must_use]
pub fn unify_all(shapes: impl IntoIterator<Item = Shape>) -> Option<Shape> {
    let shapes: Vec<Shape> = shapes.into_iter().collect();
    unify_types(&shapes)
}

fn unify_types(shapes: &[Shape]) -> Option<Shape> {
    let known: Vec<&Shape> = shapes.iter().filter(|shape| **shape != Any).collect();
    let Some(first) = known.first() else { return Some(Any) };
    if known.iter().all(|shape| shape == first) {
        return Some((*first).clone());
    }
    one_kind(&known).or_else(|| shapes.contains(&Any).then_some(Any))
}

fn one_kind(known: &[&Shape]) -> Option<Shape> {
    let all = |wanted: &[fn(&Shape) -> bool]| known.iter().all(|shape| wanted.iter().any(|is| is(shape)));
    let elements = || known.iter().flat_map(|shape| inside(shape)).cloned().collect::<Vec<_>>();
    if all(&[is_tuple]) {
        return tuples(known)
            .or_else(|| Some(List(Box::new(unify_types(&elements())?))).filter(|_| uneven(known)));
    }
    if all(&[is_object]) {
        return objects(known)
            .or_else(|| Some(Map(Box::new(unify_types(&elements())?))).filter(|_| differing(known)));
    }
    if all(&[is_list, is_tuple]) {
        return Some(List(Box::new(unify_types(&elements())?)));
    }
    if all(&[is_map, is_object]) {
        return Some(Map(Box::new(unify_types(&elements())?)));
    }
    if all(&[is_set]) {
        return Some(Set(Box::new(unify_types(&elements())?)));
    }
    preferred(known)
}

fn is_tuple(shape: &Shape) -> bool {
    matches!(shape, Tuple(_))
}

fn is_list(shape: &Shape) -> bool {
    matches!(shape, List(_))
}

fn is_set(shape: &Shape) -> bool {
    matches!(shape, Set(_))
}

fn is_object(shape: &Shape) -> bool {
    matches!(shape, Object(_))
}

fn is_map(shape: &Shape) -> bool {
    matches!(shape, Map(_))
}

/// The types of what a collection holds.
fn inside(shape: &Shape) -> Vec<&Shape> {
    match shape {
        Any | Bool | Number | String => Vec::new(),
        Tuple(items) => items.iter().collect(),
        List(item) | Set(item) | Map(item) => vec![item],
        Object(entries) => entries.values().collect(),
    }
}

fn uneven(tuples: &[&Shape]) -> bool {
    tuples.windows(2).any(|pair| {
        pair.iter()
            .map(|shape| inside(shape).len())
            .collect::<Vec<_>>()
            .windows(2)
            .any(|len| len[0] != len[1])
    })
}

fn differing(objects: &[&Shape]) -> bool {
    objects.windows(2).any(|pair| match pair {
        [Object(x), Object(y)] => !x.keys().eq(y.keys()),
        _ => true,
    })
}

/// Tuples of one length, element by element.
fn tuples(shapes: &[&Shape]) -> Option<Shape> {
    if uneven(shapes) {
        return None;
    }
    let length = shapes.first().map_or(0, |shape| inside(shape).len());
    let at = |at: usize| unify_all(shapes.iter().filter_map(|shape| inside(shape).get(at).copied().cloned()));
    (0..length).map(at).collect::<Option<Vec<_>>>().map(Tuple)
}

/// Objects with the same attributes, one by one.
fn objects(shapes: &[&Shape]) -> Option<Shape> {
    if differing(shapes) {
        return None;
    }
    let Some(Object(first)) = shapes.first() else { return None };
    let unified = first.keys().map(|key| {
        let across = shapes
            .iter()
            .filter_map(|shape| if let Object(of) = shape { of.get(key).cloned() } else { None });
        Some((Arc::clone(key), unify_all(across)?))
    });
    unified.collect::<Option<BTreeMap<_, _>>>().map(Object)
}

/// The first of the types, in cty's order of preference, that all others convert to.
fn preferred(shapes: &[&Shape]) -> Option<Shape> {
    let rank = |shape: &Shape| match shape {
        String => 0,
        List(_) => 1,
        Set(_) => 2,
        Bool | Number | Tuple(_) | Object(_) | Map(_) => 3,
        Any => 4,
    };
    let mut candidates = shapes.to_vec();
    candidates.sort_by_key(|shape| rank(shape));
    candidates.into_iter().find(|wanted| shapes.iter().all(|shape| converts(shape, wanted))).cloned()
}

/// Whether there is a conversion between two types; it may still refuse a value.
fn converts(from: &Shape, to: &Shape) -> bool {
    match (from, to) {
        (Any, _) | (_, Any) => true,
        (Bool | Number | String, String) | (String | Number, Number) | (String | Bool, Bool) => true,
        (Tuple(items), List(to) | Set(to)) => items.iter().all(|item| converts(item, to)),
        (List(item) | Set(item), List(to) | Set(to)) | (Map(item), Map(to)) => converts(item, to),
        (Tuple(items), Tuple(to)) => {
            items.len() == to.len() && items.iter().zip(to).all(|(item, to)| converts(item, to))
        }
        (Object(entries), Map(to)) => entries.values().all(|entry| converts(entry, to)),
        (Object(entries), Object(to)) => {
            to.iter().all(|(key, to)| entries.get(key).is_some_and(|entry| converts(entry, to)))
        }
        (Map(item), Object(to)) => to.values().all(|to| converts(item, to)),
        (
            Bool | Number | String | Tuple(_) | List(_) | Set(_) | Object(_) | Map(_),
            Bool | Number | String | Tuple(_) | List(_) | Set(_) | Object(_) | Map(_),
        ) => false,
    }
}

/// Two branches of a conditional, converted to their common type. `None`: they have none, and Terraform refuses.
#[must_use]
pub fn unify(a: &Value, b: &Value) -> Option<(Value, Value)> {
    let (x, y) = (Shape::of(a), Shape::of(b));
    // What is unknown says no type yet, so that nothing is converted to it.
    if x == Any || y == Any || x == y {
        return Some((a.clone(), b.clone()));
    }
    let shape = unify_types(&[x, y])?;
    Some((shape.convert(a)?, shape.convert(b).unwrap_or_else(|| b.clone())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scalars_meet_in_strings() {
        let (a, b) = unify(&Value::int(1), &Value::string("x")).unwrap();
        assert_eq!((a.as_str(), b.as_str()), (Some("1"), Some("x")));
        assert!(unify(&Value::int(1), &Value::bool(true)).is_none());
        assert_eq!(unify_all([Bool, Number, String]), Some(String));
        assert_eq!(unify_all([Bool, Number]), None);
    }

    #[test]
    fn tuples_of_unequal_length_become_lists() {
        let a = Value::list([Value::int(1)]);
        let b = Value::list([Value::string("x"), Value::int(2)]);
        let (a, b) = unify(&a, &b).unwrap();
        assert_eq!(a.as_list().unwrap()[0].as_str(), Some("1"));
        assert_eq!(b.as_list().unwrap()[1].as_str(), Some("2"));
        assert!(a.marks.has(Marks::UNIFORM));
    }

    #[test]
    fn null_takes_any_type() {
        assert!(unify(&Value::null(), &Value::list([])).is_some());
    }
}
