//! Type constraints of variables, and what they make of a value.
//! <https://developer.hashicorp.com/terraform/language/expressions/type-constraints>

use super::eval::distribute;
use super::module::ModuleFile;
use super::{convert, scalar};
use crate::model::{Entry, Kind, Object, Value};
use crate::syntax::hcl::{ExprId, ExprKind, ObjectItem};
use std::sync::Arc;

#[derive(Debug, Clone)]
pub(crate) enum Type {
    Any,
    String,
    Number,
    Bool,
    List(Box<Type>),
    Set(Box<Type>),
    Map(Box<Type>),
    Tuple(Vec<Type>),
    /// In the order of their names, as an object's entries are.
    Object(Vec<Attribute>),
}

#[derive(Debug, Clone)]
pub(crate) struct Attribute {
    name: Arc<str>,
    of: Type,
    /// The default of an `optional` attribute.
    default: Option<Value>,
}

/// Reads a type constraint; what is no constraint counts as `any`.
pub(crate) fn constraint(file: &ModuleFile, expr: ExprId, eval: &dyn Fn(ExprId) -> Value) -> Type {
    let tree = &file.tree;
    match &tree.expr(expr).kind {
        ExprKind::Name(name) | ExprKind::Plain(name) => match file.text(*name) {
            "string" => Type::String,
            "number" => Type::Number,
            "bool" => Type::Bool,
            "list" => Type::List(Box::new(Type::Any)),
            "set" => Type::Set(Box::new(Type::Any)),
            "map" => Type::Map(Box::new(Type::Any)),
            _ => Type::Any,
        },
        ExprKind::Call { name, args, .. } => {
            let args = tree.ids(*args);
            let Some(first) = args.first() else { return Type::Any };
            let inner = || Box::new(constraint(file, *first, eval));
            match (file.text(*name), &tree.expr(*first).kind) {
                ("list", _) => Type::List(inner()),
                ("set", _) => Type::Set(inner()),
                ("map", _) => Type::Map(inner()),
                ("optional", _) => constraint(file, *first, eval),
                ("tuple", ExprKind::Tuple(items)) => {
                    Type::Tuple(tree.ids(*items).iter().map(|item| constraint(file, *item, eval)).collect())
                }
                ("object", ExprKind::Object(items)) => {
                    let attribute = |item: &ObjectItem| Attribute {
                        name: Arc::from(file.text(tree.expr(item.key).span).trim_matches('"')),
                        of: constraint(file, item.value, eval),
                        default: optional_default(file, item.value).map(eval),
                    };
                    let mut attributes: Vec<_> = tree.items(*items).iter().map(attribute).collect();
                    attributes.sort_by(|one, other| one.name.cmp(&other.name));
                    Type::Object(attributes)
                }
                _ => Type::Any,
            }
        }
        ExprKind::Null
        | ExprKind::Bool(_)
        | ExprKind::Number
        | ExprKind::Template(_)
        | ExprKind::SplatItem
        | ExprKind::Attr { .. }
        | ExprKind::Index { .. }
        | ExprKind::Splat { .. }
        | ExprKind::Tuple(_)
        | ExprKind::Object(_)
        | ExprKind::For(_)
        | ExprKind::Conditional { .. }
        | ExprKind::Binary { .. }
        | ExprKind::Unary { .. }
        | ExprKind::Parens(_) => Type::Any,
    }
}

/// The second argument of `optional`.
pub(super) fn optional_default(file: &ModuleFile, expr: ExprId) -> Option<ExprId> {
    let ExprKind::Call { name, args, .. } = &file.tree.expr(expr).kind else { return None };
    match (file.text(*name), file.tree.ids(*args)) {
        ("optional", [_, default, ..]) => Some(*default),
        _ => None,
    }
}

/// The value as this type. What cannot be converted stays as it is: Terraform would refuse it.
pub(crate) fn convert(value: &Value, to: &Type) -> Value {
    distribute(value, &|value| match (&value.kind, to) {
        (_, Type::Any) | (Kind::Choice(_), _) => value.clone(),
        (_, Type::String) => scalar::as_string(value),
        (_, Type::Number) => convert::to_number(value).unwrap_or_else(|_| value.clone()),
        (_, Type::Bool) => convert::to_bool(value).unwrap_or_else(|_| value.clone()),
        // Elements of `any` type still have one type.
        (Kind::List(_), Type::List(of)) if matches!(**of, Type::Any) => {
            convert::to_list(value).unwrap_or_else(|_| value.clone())
        }
        (Kind::Object(_), Type::Map(of)) if matches!(**of, Type::Any) => {
            convert::to_map(value).unwrap_or_else(|_| value.clone())
        }
        (Kind::List(_), Type::Set(of)) => {
            let items = Value { kind: converted(value, of), ..value.clone() };
            shape(of).elements_of(convert::to_set(&items).unwrap_or(items))
        }
        (Kind::List(_), Type::List(of)) => {
            shape(of).elements_of(Value { kind: converted(value, of), ..value.clone() }.as_uniform())
        }
        (Kind::List(items), Type::Tuple(of)) => {
            let types = of.iter().chain(std::iter::repeat(&Type::Any));
            let items = items.iter().zip(types).map(|(item, of)| convert(item, of)).collect();
            Value { kind: Kind::List(items), ..value.clone() }.as_structure()
        }
        (Kind::Object(object), Type::Map(of)) => {
            let entries = object.entries.iter().map(|entry| with_value(entry, convert(&entry.value, of)));
            let object = Object { entries: entries.collect(), rest: object.rest.clone() };
            shape(of)
                .elements_of(Value { kind: Kind::Object(Arc::new(object)), ..value.clone() }.as_uniform())
        }
        (Kind::Object(object), Type::Object(attributes)) => {
            let kind = Kind::Object(Arc::new(object_of(object, attributes)));
            Value { kind, ..value.clone() }.as_structure()
        }
        (
            Kind::Null
            | Kind::Unknown(_)
            | Kind::Bool(_)
            | Kind::Number(_)
            | Kind::String(_)
            | Kind::List(_)
            | Kind::Object(_),
            Type::List(_) | Type::Set(_) | Type::Map(_) | Type::Tuple(_) | Type::Object(_),
        ) => value.clone(),
    })
}

/// As far as an empty collection can say it.
fn shape(of: &Type) -> convert::Shape {
    match of {
        Type::String => convert::Shape::String,
        Type::Number => convert::Shape::Number,
        Type::Bool => convert::Shape::Bool,
        Type::Any | Type::List(_) | Type::Set(_) | Type::Map(_) | Type::Tuple(_) | Type::Object(_) => {
            convert::Shape::Any
        }
    }
}

/// A list with its elements as of this type.
fn converted(list: &Value, of: &Type) -> Kind {
    Kind::List(
        list.as_list().into_iter().flat_map(|items| items.iter()).map(|item| convert(item, of)).collect(),
    )
}

/// Attributes that the type does not name are dropped; optional ones that are null or missing take their default.
fn object_of(object: &Object, attributes: &[Attribute]) -> Object {
    let entries = attributes.iter().map(|attribute| {
        let given = object.get(&attribute.name).filter(|entry| !entry.value.is_null());
        match (given, &attribute.default) {
            (Some(entry), _) => with_value(entry, convert(&entry.value, &attribute.of)),
            (None, Some(default)) => Entry::new(Arc::clone(&attribute.name), convert(default, &attribute.of)),
            (None, None) => match &object.rest {
                Some(rest) => {
                    Entry::new(Arc::clone(&attribute.name), Value::new(Kind::Unknown(Arc::clone(rest))))
                }
                None => Entry::new(Arc::clone(&attribute.name), convert(&Value::null(), &attribute.of)),
            },
        }
    });
    Object { rest: object.rest.clone(), ..Object::new(entries.collect()) }
}

fn with_value(entry: &Entry, value: Value) -> Entry {
    Entry { value, ..entry.clone() }
}
