//! The intrinsic functions, one method each.
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html>

use super::call::{Call, call, literal};
use super::evaluate::Evaluator;
use super::sub;
use super::text::{self, Glue};
use crate::model::{Hop, Kind, Reason, Value};
use crate::source::Site;
use crate::syntax::doc::{NodeKind, NodeRef, Places};
use std::sync::Arc;

pub(super) fn invalid(message: &str) -> Value {
    Value::unknown(Reason::Invalid { message: message.into() })
}

fn function(name: &str) -> Hop {
    Hop::Function(name.into())
}

impl<'d> Evaluator<'_, 'd> {
    pub(super) fn intrinsic(&mut self, node: NodeRef<'d>, call: &Call<'d>) -> Value {
        let site = self.site(node);
        let argument = call.argument;
        match &*call.name {
            "Ref" => match literal(argument) {
                Some(name) => self.reference(&name, site),
                None if super::call::call(argument).is_some() => {
                    let name = self.value(argument);
                    self.named(name, "a name", &mut |me, name| me.reference(name, site))
                }
                None => invalid("`Ref` takes a name"),
            },
            "Fn::GetAtt" => self.get_att(argument),
            "Fn::Sub" => self.sub(argument, site),
            "Fn::If" => self.if_(argument, site),
            "Fn::Join" => self.join(argument, site),
            "Fn::Base64" => {
                // The text stays as it is: user data is read by what looks for secrets in it, and AWS decodes it again.
                let value = self.value(argument);
                self.lift(value, &mut |_, value| value.via(function("Fn::Base64"), Some(site)))
            }
            "Fn::FindInMap" => self.find_in_map(argument, site),
            "Fn::Select" => self.select(argument, site),
            "Fn::Split" => self.split(argument, site),
            "Fn::ToJsonString" => {
                let value = self.value(argument);
                self.json(&value, site)
            }
            "Fn::Length" => self.length(argument, site),
            "Fn::ImportValue" => {
                let name = text::outline(&self.value(argument));
                Value::unknown(Reason::Import { name })
            }
            "Fn::Cidr" => self.cidr(argument, site),
            "Fn::GetAZs" => Value::unknown(Reason::Function { name: (*call.name).into() }),
            "Fn::Transform" => match self.template.included(argument) {
                Some(included) => self.value(included),
                None => Value::unknown(Reason::Unsupported { what: "Fn::Transform".into() }),
            },
            other => Value::unknown(Reason::Unsupported { what: other.into() }),
        }
    }

    /// What a name stands for: a loop's variable, a pseudo parameter, a parameter or a resource.
    fn reference(&mut self, name: &str, site: Site) -> Value {
        let name = &*self.bound(name).into_owned();
        if let Some((bound, value)) = self.bindings.iter().rev().find(|(bound, _)| **bound == *name) {
            return value.clone().via(Hop::Iterator(Arc::clone(bound)), Some(site));
        }
        if name == "AWS::NoValue" {
            return Value::null();
        }
        if name.starts_with("AWS::") {
            let pinned = self.pinned(&name.into());
            return pinned.map_or_else(
                || Value::unknown(Reason::PseudoParameter { name: name.into() }),
                |only| Value::string(&*only),
            );
        }
        if let Some((name, parameter)) = self.template.parameters.get_key_value(name) {
            let scoped = self.template.scoped(name);
            if let Some(atom) = parameter.atom(Arc::clone(&scoped)) {
                let default = parameter.default_text();
                let ruled_out = default.is_some_and(|default| self.rules_out(&atom, &default));
                if ruled_out || parameter.is_open() {
                    let pinned = self.pinned(&atom);
                    if ruled_out || pinned.is_some() {
                        return parameter.given(&atom, pinned.as_deref());
                    }
                }
            }
            return self.pruned(parameter.value(name, &scoped, site));
        }
        self.computed(name, "Ref")
    }

    fn computed(&self, logical_id: &str, attribute: &str) -> Value {
        let logical_id = self.bound(logical_id);
        if !self.template.resource_ids.contains(&*logical_id) {
            return Value::unknown(Reason::Undeclared { name: (&*logical_id).into() });
        }
        let address = self.template.address(&logical_id);
        Value::unknown(Reason::Computed { address, attribute: attribute.into() })
    }

    fn get_att(&mut self, argument: NodeRef<'d>) -> Value {
        if let Some(path) = literal(argument) {
            return match self.bound(&path).split_once('.') {
                Some((id, attribute)) => self.computed(id, attribute),
                None => invalid("`Fn::GetAtt` takes a resource and an attribute"),
            };
        }
        let (mut items, call) = (argument.items(), call(argument));
        match (items.next(), items.next()) {
            (Some(id), Some(attribute)) if call.is_none() => {
                let (id, attribute) = (self.value(id), self.value(attribute));
                let what = "a resource and an attribute";
                self.named(id, what, &mut |me, id| {
                    me.named(attribute.clone(), what, &mut |me, attribute| me.computed(id, attribute))
                })
            }
            _ if call.is_some() => {
                let path = self.value(argument);
                self.named(path, "a resource and an attribute", &mut |me, path| match path.split_once('.') {
                    Some((id, attribute)) => me.computed(id, attribute),
                    None => invalid("`Fn::GetAtt` takes a resource and an attribute"),
                })
            }
            (_, _) => invalid("`Fn::GetAtt` takes a resource and an attribute"),
        }
    }

    /// What a name that had to be evaluated stands for.
    fn named(&mut self, name: Value, what: &str, read: &mut dyn FnMut(&mut Self, &str) -> Value) -> Value {
        self.lift(name, &mut |me, name| match (name.to_text(), name.as_unknown()) {
            (Some(name), _) => read(me, &name),
            (None, Some(unknown)) => Value::unknown(unknown.reason.clone()).marked(name.marks),
            (None, None) => invalid(&format!("a reference takes {what}")),
        })
    }

    fn sub(&mut self, argument: NodeRef<'d>, site: Site) -> Value {
        let (template, variables) = match argument.kind() {
            NodeKind::Sequence(_) => {
                let mut items = argument.items();
                (items.next(), items.next())
            }
            NodeKind::Null | NodeKind::Scalar(..) | NodeKind::Mapping(_) => (Some(argument), None),
        };
        let Some(template) = template else { return invalid("`Fn::Sub` takes a string") };
        let Some(text) = literal(template) else {
            // What a tool puts there before deployment, say; CloudFormation itself takes no function.
            let value = self.value(template);
            return if value.as_unknown().is_some() { value } else { invalid("`Fn::Sub` takes a string") };
        };
        let mut places = Places::of(template);
        let text = if text.contains("&{") { self.bound(&text).into_owned().into() } else { text };
        let pieces = sub::pieces(&text);
        let plain = pieces.iter().all(|piece| !matches!(piece, sub::Piece::Variable(..)));
        let mut values = Vec::with_capacity(pieces.len());
        for piece in pieces {
            values.push(match piece {
                sub::Piece::Text(text, range) => {
                    Value::string(text).at(self.template.site(places.span(range)))
                }
                sub::Piece::Escaped(name, range) => {
                    Value::string(format!("${{{name}}}")).at(self.template.site(places.span(range)))
                }
                sub::Piece::Variable(name, range) => {
                    let site = self.template.site(places.span(range));
                    match variables.and_then(|variables| variables.get(name)) {
                        Some(variable) => self.value(variable),
                        None => match name.split_once('.') {
                            Some((id, attribute)) => self.computed(id, attribute),
                            None => self.reference(name, site),
                        },
                    }
                }
            });
        }
        if values.is_empty() {
            return Value::string("").at(self.template.site(template.span()));
        }
        let hop = (!plain || values.len() > 1).then(|| function("Fn::Sub"));
        let site = if hop.is_some() { site } else { self.template.site(template.span()) };
        self.concat(values, &Glue { hop, site, delimiter: None })
    }

    fn if_(&mut self, argument: NodeRef<'d>, site: Site) -> Value {
        let items: Vec<NodeRef<'d>> = argument.items().collect();
        let [condition, then, otherwise] = *items.as_slice() else {
            return invalid("`Fn::If` takes a condition and two values");
        };
        let Some(name) = condition_name(condition) else {
            return invalid("`Fn::If` takes the name of a condition");
        };
        let pair = self.condition(&name, condition);
        let side = |node: NodeRef<'d>| {
            move |me: &mut Self| {
                let value = me.value(node);
                if value.is_null() { value } else { value.via(Hop::Branch, Some(site)) }
            }
        };
        self.choose(&pair, side(then), side(otherwise))
    }

    fn join(&mut self, argument: NodeRef<'d>, site: Site) -> Value {
        let mut arguments = argument.items();
        let (Some(delimiter), Some(list)) = (arguments.next(), arguments.next()) else {
            return invalid("`Fn::Join` takes a delimiter and a list");
        };
        let delimiter = self.value(delimiter);
        let list = self.value(list);
        self.lift(list, &mut |me, list| match &list.kind {
            Kind::List(items) => {
                let delimiter = Some(delimiter.clone());
                me.concat(items.to_vec(), &Glue { hop: Some(function("Fn::Join")), site, delimiter })
            }
            Kind::Unknown(_) => list.via(function("Fn::Join"), Some(site)),
            Kind::Null
            | Kind::Bool(_)
            | Kind::Number(_)
            | Kind::String(_)
            | Kind::Object(_)
            | Kind::Choice(_) => invalid("`Fn::Join` takes a list"),
        })
    }

    fn select(&mut self, argument: NodeRef<'d>, site: Site) -> Value {
        let mut arguments = argument.items();
        let (Some(index), Some(list)) = (arguments.next(), arguments.next()) else {
            return invalid("`Fn::Select` takes an index and a list");
        };
        let (index, list) = (self.value(index), self.value(list));
        self.lift(list, &mut |me, list| {
            me.lift(index.clone(), &mut |_, index| match (&list.kind, index.to_text()) {
                (Kind::List(items), Some(index)) => {
                    let item = index.trim().parse::<usize>().ok().and_then(|index| items.get(index));
                    let item = item.cloned().unwrap_or_else(|| invalid("no item has this index"));
                    item.via(function("Fn::Select"), Some(site))
                }
                (Kind::Unknown(unknown), _) => Value::unknown(unknown.reason.clone()).marked(list.marks),
                (_, None) => match index.as_unknown() {
                    Some(unknown) => Value::unknown(unknown.reason.clone()).marked(index.marks),
                    None => invalid("an index is a number"),
                },
                (
                    Kind::Null
                    | Kind::Bool(_)
                    | Kind::Number(_)
                    | Kind::String(_)
                    | Kind::Object(_)
                    | Kind::Choice(_),
                    Some(_),
                ) => invalid("`Fn::Select` takes a list"),
            })
        })
    }

    fn split(&mut self, argument: NodeRef<'d>, site: Site) -> Value {
        let mut arguments = argument.items();
        let (Some(delimiter), Some(source)) = (arguments.next(), arguments.next()) else {
            return invalid("`Fn::Split` takes a delimiter and a string");
        };
        let delimiter = self.value(delimiter).to_text().filter(|delimiter| !delimiter.is_empty());
        let source = self.value(source);
        self.lift(source, &mut |_, source| match (source.to_text(), &delimiter) {
            (Some(text), Some(delimiter)) => {
                let via = |value: Value| value.via(function("Fn::Split"), Some(site)).marked(source.marks);
                let item = |item: &str| via(Value { origin: source.origin.clone(), ..Value::string(item) });
                let items: Vec<Value> = text.split(&**delimiter).map(item).collect();
                Value::list(items)
            }
            (None, _) => match source.as_unknown() {
                Some(unknown) => Value::unknown(unknown.reason.clone()).marked(source.marks),
                None => invalid("`Fn::Split` takes a string"),
            },
            (Some(_), None) => invalid("`Fn::Split` takes a delimiter"),
        })
    }

    fn length(&mut self, argument: NodeRef<'d>, site: Site) -> Value {
        let list = self.value(argument);
        self.lift(list, &mut |_, list| match list.as_list() {
            Some(items) => {
                let length = i128::try_from(items.len()).unwrap_or_default();
                Value::int(length).via(function("Fn::Length"), Some(site))
            }
            None => Value::unknown(Reason::Function { name: "Fn::Length".into() }),
        })
    }
}

/// A condition by its name, as a string or as `!Condition Name`.
fn condition_name(node: NodeRef<'_>) -> Option<std::borrow::Cow<'_, str>> {
    match call(node) {
        Some(call) if call.name == "Condition" => call.argument.scalar_text(),
        Some(_) => None,
        None => node.scalar_text(),
    }
}
