//! What deploying an edit of a template does, in words.

use super::template::{Resource, Template};
use crate::catalog::compute::{self, Role};
use crate::catalog::updates::{self, Behaviour};
use crate::findings::{Effect, Safety};
use crate::fixes::doc::child;
use crate::syntax::doc::{NodeKind, NodeRef};

/// An effect with its reason.
#[derive(Debug, Clone)]
pub(in crate::fixes) struct Blast {
    pub(in crate::fixes) effect: Effect,
    pub(in crate::fixes) because: String,
}

impl Blast {
    pub(in crate::fixes) fn nothing(because: &str) -> Self {
        Self { effect: Effect::None, because: because.to_owned() }
    }

    /// Whoever applies it has to look first, where it interrupts or replaces anything.
    pub(in crate::fixes) fn safety(&self) -> Safety {
        match self.effect {
            Effect::None | Effect::InPlace => Safety::Safe,
            Effect::Restart | Effect::Replacement | Effect::OneWay => Safety::Unsafe,
        }
    }

    fn graver(self, other: Self) -> Self {
        if other.effect > self.effect { other } else { self }
    }
}

/// What a change of a property does; `None`: that is not known, and nothing is claimed.
pub(in crate::fixes) fn of_property(type_name: &str, path: &str) -> Option<Blast> {
    let update = updates::of(type_name, path)?;
    let property = update.property;
    let (effect, what) = match update.behaviour {
        Behaviour::InPlace => (
            Effect::InPlace,
            format!("CloudFormation changes `{property}` of `{type_name}` without replacing it"),
        ),
        Behaviour::Interruption => {
            (Effect::Restart, format!("a change of `{property}` of `{type_name}` interrupts what runs"))
        }
        Behaviour::MayReplace => (
            Effect::Replacement,
            format!(
                "it depends on the `{type_name}` whether CloudFormation changes `{property}` or replaces all"
            ),
        ),
        Behaviour::Replacement => {
            (Effect::Replacement, format!("CloudFormation replaces `{type_name}` where `{property}` changes"))
        }
    };
    let beside = if update.beside.is_empty() { String::new() } else { format!(": {}", update.beside) };
    Some(Blast { effect, because: format!("{what}{beside}") })
}

/// What a change of a property of a resource does, with what it does to others that are launched from it.
pub(super) fn of(template: &Template, resource: &Resource<'_>, path: &str) -> Blast {
    let own = of_property(&resource.type_name, path).unwrap_or(Blast {
        effect: Effect::Replacement,
        because: format!(
            "what a change of `{path}` does to a deployed `{}` is not known here",
            resource.type_name
        ),
    });
    let role = compute::find(&resource.type_name).map(|kind| kind.role);
    let is_template = matches!(role, Some(Role::LaunchTemplate | Role::LaunchConfiguration));
    match resource.plain_id().filter(|_| is_template) {
        Some(id) => own.graver(of_users(template, &id).unwrap_or(Blast::nothing(""))),
        None => own,
    }
}

/// What those do that launch from a template or configuration and take its newest version at once.
fn of_users(template: &Template, id: &str) -> Option<Blast> {
    let mut gravest: Option<Blast> = None;
    for (user, type_name) in template.resources() {
        let Some(behaviour) = updates::of_launched(&type_name) else { continue };
        let Some(properties) = child(user.node, "Properties") else { continue };
        if !follows(properties.node, id) {
            continue;
        }
        // A group replaces what runs only where it is told to.
        let is_group = type_name == "AWS::AutoScaling::AutoScalingGroup";
        if is_group && child(user.node, "UpdatePolicy").is_none() {
            continue;
        }
        let name = user.key.and_then(NodeRef::scalar_text).unwrap_or_default();
        let (effect, what) = match behaviour {
            Behaviour::InPlace => continue,
            Behaviour::Interruption => (Effect::Restart, "and replaces its instances"),
            Behaviour::MayReplace => (Effect::Replacement, "and may be replaced"),
            Behaviour::Replacement => (Effect::Replacement, "and is replaced"),
        };
        let blast = Blast { effect, because: format!("`{name}` takes the new version at once {what}") };
        gravest = Some(match gravest {
            Some(known) => known.graver(blast),
            None => blast,
        });
    }
    gravest
}

/// Whether something takes the newest or default version of a launch template, or a launch configuration as it is.
fn follows(node: NodeRef<'_>, id: &str) -> bool {
    let says = |node: NodeRef<'_>, text: &str| node.scalar_text().is_some_and(|found| found == text);
    match node.kind() {
        NodeKind::Null => false,
        NodeKind::Scalar(..) => match node.tag() {
            Some("GetAtt") => ["LatestVersionNumber", "DefaultVersionNumber"]
                .iter()
                .any(|attribute| says(node, &format!("{id}.{attribute}"))),
            Some("Sub") => node
                .scalar_text()
                .is_some_and(|text| text.contains(&format!("${{{id}.LatestVersionNumber}}"))),
            Some(_) | None => false,
        },
        NodeKind::Sequence(_) => {
            let items: Vec<_> = node.items().collect();
            let is_attribute = matches!(items.as_slice(), [name, attribute]
                if says(*name, id) && (says(*attribute, "LatestVersionNumber") || says(*attribute, "DefaultVersionNumber")));
            is_attribute || items.into_iter().any(|item| follows(item, id))
        }
        NodeKind::Mapping(_) => node.entries().any(|(key, value)| {
            let is_configuration = says(key, "LaunchConfigurationName")
                && super::template::reference(value).is_some_and(|name| name == id);
            is_configuration || follows(value, id)
        }),
    }
}
