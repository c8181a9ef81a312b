//! What deploying an edit of a template does, in words.

use super::template::{Resource, Template, uses};
use crate::catalog::compute::{self, Role};
use crate::catalog::updates::{self, Behaviour};
use crate::findings::{Effect, Safety};
use crate::fixes::doc::{child, parts};
use crate::syntax::doc::NodeRef;

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
        Behaviour::OneWay => (
            Effect::OneWay,
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
    let joint = if update.behaviour == Behaviour::OneWay { ", " } else { ": " };
    let beside = if update.beside.is_empty() { String::new() } else { format!("{joint}{}", update.beside) };
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
    let users = launched(resource).map(|id| of_users(template, &id)).unwrap_or_default();
    users.into_iter().fold(own, Blast::graver)
}

/// Who is given the new version of a launch template, so that it is not known what follows it; empty: nobody.
pub(super) fn handed_on(template: &Template, resource: &Resource<'_>) -> String {
    let Some(id) = launched(resource) else { return String::new() };
    let resources = template.all_resources().into_iter();
    let others = resources.filter(|(_, type_name)| updates::of_launched(type_name).is_none());
    let outputs = template.section("Outputs").map(|section| parts(section.node)).unwrap_or_default();
    let all = others.map(|(step, _)| (step, "")).chain(outputs.into_iter().map(|step| (step, "output ")));
    let takes: Vec<String> = all
        .filter(|(step, _)| step.name() != id && takes_version(step.node, &id))
        .map(|(step, what)| format!("{what}`{}`", step.name()))
        .collect();
    match takes.as_slice() {
        [] => String::new(),
        all => format!(
            "the number of the new version goes to {}: what follows it from there, and may be replaced, is not known here",
            all.join(", ")
        ),
    }
}

/// The logical id of what others are launched from.
fn launched(resource: &Resource<'_>) -> Option<String> {
    let role = compute::find(&resource.type_name)?.role;
    let is_template = matches!(role, Role::LaunchTemplate | Role::LaunchConfiguration);
    is_template.then(|| resource.step.name())
}

/// What those do that launch from a template or configuration and take its newest version at once.
fn of_users(template: &Template, id: &str) -> Vec<Blast> {
    let mut found = Vec::new();
    for (user, type_name) in template.all_resources() {
        let Some(behaviour) = updates::of_launched(&type_name) else { continue };
        let Some(properties) = child(user.node, "Properties") else { continue };
        if !takes_version(properties.node, id) && !takes_configuration(properties.node, id) {
            continue;
        }
        // A group replaces what runs only where it is told to.
        let is_group = type_name == "AWS::AutoScaling::AutoScalingGroup";
        if is_group && child(user.node, "UpdatePolicy").is_none() {
            continue;
        }
        let (effect, what) = match behaviour {
            Behaviour::InPlace => continue,
            Behaviour::Interruption => (Effect::Restart, "and replaces its instances"),
            Behaviour::MayReplace => (Effect::Replacement, "and may be replaced"),
            Behaviour::Replacement => (Effect::Replacement, "and is replaced"),
            Behaviour::OneWay => (Effect::OneWay, "for good"),
        };
        let because = format!("`{}` takes the new version at once {what}", user.name());
        found.push(Blast { effect, because });
    }
    found
}

/// Whether something is given the number of the newest or default version of a launch template, in whatever form.
fn takes_version(node: NodeRef<'_>, id: &str) -> bool {
    const ATTRIBUTES: [&str; 2] = ["LatestVersionNumber", "DefaultVersionNumber"];
    uses(node, &|name, text| match name {
        "GetAtt" => ATTRIBUTES.iter().any(|attribute| {
            text.strip_suffix(attribute)
                .and_then(|rest| rest.strip_suffix('.'))
                .is_some_and(|name| is_same_id(name, id))
        }),
        "Sub" => ATTRIBUTES.iter().any(|attribute| {
            let attribute = format!(".{attribute}}}");
            let mut ends = text.match_indices(&attribute);
            ends.any(|(end, _)| {
                let before = &text[..end];
                let starts = before.match_indices("${").map(|(at, _)| at + 2);
                starts.into_iter().any(|start| is_same_id(&before[start..], id))
            })
        }),
        _ => false,
    })
}

/// A launch configuration is taken as it is.
fn takes_configuration(properties: NodeRef<'_>, id: &str) -> bool {
    child(properties, "LaunchConfigurationName").is_some_and(|step| {
        uses(step.node, &|name, text| match name {
            "Ref" => is_same_id(text, id),
            "Sub" => text
                .strip_prefix("${")
                .and_then(|rest| rest.strip_suffix('}'))
                .is_some_and(|name| is_same_id(name, id)),
            _ => false,
        })
    })
}

/// Whether two logical ids may be of one resource: those of loops are known up to what the loop puts in.
fn is_same_id(name: &str, id: &str) -> bool {
    let fixed = |id: &str| id.find(['$', '&']).unwrap_or(id.len());
    match (fixed(name), fixed(id)) {
        (whole, known) if whole == name.len() && known == id.len() => name == id,
        (a, b) => {
            let (a, b) = (&name[..a], &id[..b]);
            (a.starts_with(b) || b.starts_with(a)) && !a.contains(['}', '.'])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::doc;

    #[track_caller]
    fn takes(text: &str, id: &str) -> bool {
        let document = doc::parse(text).expect("parses");
        takes_version(document.root(text).expect("holds a value"), id)
    }

    #[test]
    fn a_version_is_taken_in_every_form() {
        for text in [
            "!GetAtt Lt.LatestVersionNumber",
            "!GetAtt [Lt, DefaultVersionNumber]",
            "Fn::GetAtt: Lt.DefaultVersionNumber",
            "{\"Fn::GetAtt\": [\"Lt\", \"LatestVersionNumber\"]}",
            "!Sub '${Lt.DefaultVersionNumber}'",
            "Fn::Sub: ['${Other} ${Lt.LatestVersionNumber}', {Other: 1}]",
            "!Sub ['${Version}', {Version: !GetAtt Lt.LatestVersionNumber}]",
            "a: [{b: !If [c, !Ref d, !GetAtt Lt.LatestVersionNumber]}]",
        ] {
            assert!(takes(text, "Lt"), "{text}");
        }
        for text in [
            "Lt.LatestVersionNumber",
            "'${Lt.LatestVersionNumber}'",
            "!Ref Lt",
            "!GetAtt Lt.LaunchTemplateId",
            "!GetAtt OtherLt.LatestVersionNumber",
            "!Sub '${!Lt.LatestVersionNumber}'",
            "!Sub '${Lt} and ${Other.LatestVersionNumber}'",
        ] {
            assert!(!takes(text, "Lt"), "{text}");
        }
    }

    #[test]
    fn a_loop_makes_templates_that_are_known_in_part() {
        assert!(takes("!GetAtt LtBlue.LatestVersionNumber", "Lt${Name}"));
        assert!(takes("Fn::Sub: '${Lt${Name}.LatestVersionNumber}'", "Lt${Name}"));
        assert!(takes("Fn::GetAtt: ['Lt&{Name}', LatestVersionNumber]", "LtBlue"));
        assert!(!takes("!GetAtt Other.LatestVersionNumber", "Lt${Name}"));
    }
}
