//! What has to be known of resources to say which of them a secret reaches, be their values there or gone.

use crate::model::{Kind, Literals, Part, Project, Resource, Value};
use crate::source::Site;
use std::sync::Arc;

/// What is left of a resource without its values.
#[derive(Debug)]
pub(super) struct Left {
    address: Arc<str>,
    block: Site,
    construct: Option<Arc<str>>,
    user_site: Option<Site>,
    /// The literals that its values are made of.
    literals: Box<[Site]>,
}

impl Left {
    pub(super) fn of(resource: &Resource) -> Self {
        let mut literals = Literals::default();
        collect(&resource.body, &mut literals);
        Self {
            address: Arc::clone(&resource.address),
            block: resource.block,
            construct: resource.construct.clone(),
            user_site: resource.user_site,
            literals: literals.finish().into(),
        }
    }
}

fn collect(value: &Value, literals: &mut Literals) {
    literals.add(&value.origin);
    match &value.kind {
        Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) => {}
        Kind::List(items) => items.iter().for_each(|item| collect(item, literals)),
        Kind::Object(object) => object.entries.iter().for_each(|entry| collect(&entry.value, literals)),
        Kind::Choice(choice) => {
            collect(&choice.then, literals);
            collect(&choice.otherwise, literals);
        }
        Kind::Unknown(why) => why.parts.iter().for_each(|part| match part {
            Part::Text { origin, .. } => literals.add(origin),
            Part::Unknown(_) => {}
        }),
    }
}

/// A resource as it is, or what is left of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Met<'a> {
    pub(super) address: &'a Arc<str>,
    pub(super) block: Site,
    pub(super) construct: Option<&'a Arc<str>>,
    pub(super) user_site: Option<Site>,
    pub(super) holds: Holds<'a>,
}

/// What a resource is made of.
#[derive(Debug, Clone, Copy)]
pub(super) enum Holds<'a> {
    Body(&'a Value),
    Literals(&'a [Site]),
}

impl<'a> From<&'a Resource> for Met<'a> {
    fn from(resource: &'a Resource) -> Self {
        Self {
            address: &resource.address,
            block: resource.block,
            construct: resource.construct.as_ref(),
            user_site: resource.user_site,
            holds: Holds::Body(&resource.body),
        }
    }
}

impl<'a> From<&'a Left> for Met<'a> {
    fn from(left: &'a Left) -> Self {
        Self {
            address: &left.address,
            block: left.block,
            construct: left.construct.as_ref(),
            user_site: left.user_site,
            holds: Holds::Literals(&left.literals),
        }
    }
}

/// All resources of a project.
#[derive(Debug, Clone, Copy)]
pub(super) struct All<'a> {
    pub(super) project: &'a Project,
    /// By unit: of which resources no more is there.
    pub(super) left: &'a [Option<Vec<Left>>],
}

impl<'a> All<'a> {
    /// The resource of a unit, both by their positions.
    pub(super) fn get(&self, (unit, at): (usize, usize)) -> Option<Met<'a>> {
        match self.left.get(unit)? {
            Some(left) => left.get(at).map(Met::from),
            None => self.project.units.get(unit)?.resources.get(at).map(Met::from),
        }
    }

    /// Each with the positions of its unit and its own.
    pub(super) fn each(&self, mut take: impl FnMut((usize, usize), Met<'a>)) {
        for (at, (unit, left)) in self.project.units.iter().zip(self.left).enumerate() {
            match left {
                Some(left) => left.iter().enumerate().for_each(|(own, one)| take((at, own), one.into())),
                None => unit.resources.iter().enumerate().for_each(|(own, one)| take((at, own), one.into())),
            }
        }
    }
}
