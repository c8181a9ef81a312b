//! The one type that several types have in common.
//! <https://github.com/zclconf/go-cty/blob/main/cty/convert/unify.go>

use super::Shape;
use crate::model::Value;
use std::collections::BTreeMap;
use std::sync::Arc;

use Shape::{Any, Bool, List, Map, Number, Object, Set, String, Tuple};

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
    use crate::model::Marks;

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
