//! Resources of Cloud Control: `aws_cloudcontrolapi_resource` makes whatever type of CloudFormation's it names, of a document
//! with that type's properties. It is judged as a resource of that type, with the names that the document has.
//! <https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/cloudcontrolapi_resource>

use super::document::{self, Node, Text};
use super::holes::HOLE;
use super::worlds::{self, Fork, World};
use crate::catalog;
use crate::catalog::access_key::GENERIC;
use crate::model::{
    BlockKind, Entry, Frontend, Hop, Kind, Object, Origin, Part, Resource, Unit, Unknown, Value,
};
use crate::source::{Site, Sources};
use std::borrow::Cow;
use std::sync::Arc;

const TYPE: &str = "type_name";
const STATE: &str = "desired_state";

/// The unit with such resources as what they make.
pub(crate) fn resolved<'u>(unit: &'u Unit, sources: &Sources) -> Cow<'u, Unit> {
    match unit.frontend {
        Frontend::Terraform | Frontend::Plan => {}
        Frontend::CloudFormation | Frontend::Cdk => return Cow::Borrowed(unit),
    }
    let mut resolved = Cow::Borrowed(unit);
    for (at, resource) in unit.resources.iter().enumerate().filter(|(_, resource)| is_generic(resource)) {
        let Some(made) = made(unit, resource, sources) else { continue };
        if let Some(place) = resolved.to_mut().resources.get_mut(at) {
            *place = made;
        }
    }
    resolved
}

fn is_generic(resource: &Resource) -> bool {
    resource.kind == BlockKind::Managed && &*resource.type_name == GENERIC
}

/// The resource as the one that it makes, where the catalogue knows its type and there is one answer to what it says.
/// Access keys are told of as what Cloud Control makes.
fn made(unit: &Unit, resource: &Resource, sources: &Sources) -> Option<Resource> {
    let own = resource.condition.as_ref();
    let answers = worlds::ask(&unit.domain, own, |world| read(world, resource, sources))?;
    let [(_, Some((type_name, state)))] = answers.as_slice() else { return None };
    if !catalog::is_relevant(type_name) || catalog::access_key::find(type_name).is_some() {
        return None;
    }
    let body = match state {
        Node::Object(_) | Node::Unknown { .. } => {
            Maker { whole: resource.body.as_object()?.get(STATE)? }.value(state)
        }
        Node::Null | Node::Text(_) | Node::List(_) => return None,
    };
    Some(Resource { type_name: Arc::clone(type_name), body, ..resource.clone() })
}

fn read(world: &World<'_>, resource: &Resource, sources: &Sources) -> Result<Option<(Arc<str>, Node)>, Fork> {
    let Some(type_name) = world.one(&resource.body, TYPE)?.text() else { return Ok(None) };
    let state = document::read(world, &world.one(&resource.body, STATE)?, sources)?;
    Ok(Some((type_name, state)))
}

/// Makes values of a document.
struct Maker<'d> {
    /// The attribute that holds it.
    whole: &'d Entry,
}

impl Maker<'_> {
    fn value(&self, node: &Node) -> Value {
        let value = match node {
            Node::Null => Value::null(),
            Node::Text(text) => self.text(text),
            Node::List(items) => Value::list(items.iter().map(|item| self.value(item))),
            Node::Object(object) => self.object(object),
            Node::Unknown { reason, .. } => Value::unknown(reason.clone()),
        };
        value.marked(self.whole.value.marks)
    }

    fn object(&self, object: &document::Object) -> Value {
        let entry = |member: &document::Member| Entry {
            key_site: member.key.site,
            site: member.value.site().or(member.key.site).or(self.whole.site),
            ..Entry::new(member.key.text.as_str(), self.value(&member.value))
        };
        let rest = object.open.clone().map(|reason| Arc::new(Unknown::new(reason)));
        Value::object(Object { rest, ..Object::new(object.members.iter().map(entry).collect()) })
    }

    fn text(&self, text: &Text) -> Value {
        let origin = self.origin(text.site);
        if let Some(known) = text.known() {
            return Value { origin, ..Value::string(known) };
        }
        let mut parts = Vec::new();
        let mut holes = text.holes.iter();
        for (at, piece) in text.text.split(HOLE).enumerate() {
            if at > 0 {
                parts.extend(holes.next().cloned().map(Part::Unknown));
            }
            if !piece.is_empty() {
                parts.push(Part::Text { text: piece.into(), origin: origin.clone() });
            }
        }
        let Some(reason) = text.holes.first().cloned() else { return Value::string(text.text.as_str()) };
        let unknown = Unknown { parts: parts.into(), ..Unknown::new(reason) };
        Value { origin, ..Value::new(Kind::Unknown(Arc::new(unknown))) }
    }

    /// Where a text of the document came from: by the way of that piece, where the document was encoded of several. What stands
    /// in no file came with the whole.
    fn origin(&self, site: Option<Site>) -> Origin {
        let whole = &self.whole.value.origin;
        let Some(site) = site else { return whole.clone() };
        let piece = match whole {
            Origin::Derived(step) if matches!(step.hop, Hop::Function(_) | Hop::Template) => {
                step.from.iter().find(|from| from.literals().contains(&site)).cloned()
            }
            Origin::Derived(_) | Origin::Literal(_) | Origin::None => None,
        };
        piece.unwrap_or(Origin::Literal(site))
    }
}
