//! Roles for what runs on EC2.

use super::blast::{self, Blast};
use super::metadata::{COMPUTED, add_option, option};
use super::template::{Resource, Said, Template, attribute, shown, to};
use crate::catalog::compute::{self, Launch, Profile};
use crate::findings::{Fix, Safety};
use crate::fixes::Ailing;
use crate::fixes::doc::{Change, New, Step, child, parts};
use crate::syntax::doc::NodeRef;

const RIGHTS: &str = "the role may do nothing yet: give it what the software on the instance needs, and no more; \
                      stacks with roles are deployed with `CAPABILITY_IAM`";

/// A profile for a launch that has none: with a role of its own, or one that the template has.
pub(super) fn propose(ailing: Ailing<'_>) -> Vec<Fix> {
    // There may be one already, which is not seen here.
    if ailing.case == "open" {
        return Vec::new();
    }
    let header = ailing.subject.header.site;
    let Some(template) = Template::of(ailing, header) else { return Vec::new() };
    let Some(resource) = template.resource(header) else { return Vec::new() };
    let Some(kind) = compute::find(&resource.type_name) else { return Vec::new() };
    let said_at = |launch: &&Launch| matches!(launch.profile, Profile::Paths(_) | Profile::Setting(_));
    let Some(launch) = kind.launches.iter().find(said_at) else { return Vec::new() };
    let plan = Plan { ailing, template: &template, resource: &resource, launch };
    let mut fixes: Vec<Fix> = plan.with_new().into_iter().collect();
    let known = of_type(&template, "AWS::IAM::InstanceProfile");
    if let [profile] = known.as_slice() {
        fixes.extend(plan.with_known(profile));
    }
    fixes
}

/// A role for a profile that has none.
pub(super) fn propose_role(ailing: Ailing<'_>) -> Vec<Fix> {
    let header = ailing.subject.header.site;
    let Some(template) = Template::of(ailing, header) else { return Vec::new() };
    let Some(resource) = template.resource(header) else { return Vec::new() };
    let Some(id) = resource.plain_id() else { return Vec::new() };
    let name = unused(&template, &format!("{id}Role"));
    let blast = blast::of(&template, &resource, "Roles");
    let said = |title: String, note: &str| Said {
        title,
        safety: Safety::Unsafe,
        effect: blast.effect,
        because: blast.because.clone(),
        note: note.to_owned(),
    };
    let roles = |name: &str| {
        let list = New::List(vec![to(name)]);
        template.set(resource.step, &["Properties", "Roles"], &list)
    };
    let mut fixes = Vec::new();
    if let (Some(ways), Some(added)) =
        (roles(&name), scaffold(&template, &resource, vec![(name.clone(), role())]))
    {
        let ways = with_each(ways, &added);
        fixes.extend(template.fix(ways, said(format!("give `{id}` a role of its own, `{name}`"), RIGHTS)));
    }
    let known: Vec<Step<'_>> =
        of_type(&template, "AWS::IAM::Role").into_iter().filter(|role| is_for_instances(role.node)).collect();
    if let [role] = known.as_slice()
        && let Some(name) = role.key.and_then(NodeRef::scalar_text)
        && let Some(ways) = roles(&name)
    {
        let note = "whatever runs with this profile may do all that the role may";
        fixes.extend(template.fix(ways, said(format!("give `{id}` the role `{name}`"), note)));
    }
    fixes
}

struct Plan<'a, 't> {
    ailing: Ailing<'a>,
    template: &'t Template,
    resource: &'t Resource<'t>,
    launch: &'static Launch,
}

impl Plan<'_, '_> {
    fn with_new(&self) -> Option<Fix> {
        let id = self.resource.plain_id()?;
        let role_name = unused(self.template, &format!("{id}Role"));
        let name = unused(self.template, &format!("{id}InstanceProfile"));
        let profile = New::map([
            ("Type", New::text("AWS::IAM::InstanceProfile")),
            ("Properties", New::map([("Roles", New::List(vec![to(&role_name)]))])),
        ]);
        let added =
            scaffold(self.template, self.resource, vec![(role_name, role()), (name.clone(), profile)])?;
        let said = self.said(format!("add a role and an instance profile, `{name}`"), RIGHTS);
        self.refer(&name, &added, said)
    }

    fn with_known(&self, profile: &Step<'_>) -> Option<Fix> {
        let name = profile.key?.scalar_text()?.into_owned();
        if child(profile.node, "Condition").is_some() {
            return None;
        }
        let note = "whatever runs here may do all that the role of this profile may";
        self.refer(&name, &[Change::default()], self.said(format!("use the instance profile `{name}`"), note))
    }

    fn said(&self, title: String, note: &str) -> Said {
        let Blast { effect, because } = blast::of(self.template, self.resource, &self.path());
        Said { title, safety: Safety::Unsafe, effect, because, note: note.to_owned() }
    }

    fn path(&self) -> String {
        let own = match self.launch.profile {
            Profile::Paths(paths) => paths.first().copied().unwrap_or_default(),
            Profile::Setting(_) => "OptionSettings",
            Profile::Nowhere | Profile::Required => "",
        };
        if self.launch.at.is_empty() { own.to_owned() } else { format!("{}.{own}", self.launch.at) }
    }

    fn refer(&self, profile: &str, added: &[Change], said: Said) -> Option<Fix> {
        let with = |ways: Vec<Change>| with_each(ways, added);
        match self.launch.profile {
            Profile::Paths(paths) => {
                let path = paths.first()?;
                let value = if path.ends_with("Arn") { attribute(profile, "Arn") } else { to(profile) };
                let items = self.resource.items(self.launch.at);
                let site = self.ailing.subject.header.site;
                let item = match items.as_slice() {
                    [only] => *only,
                    several => *several.iter().find(|step| step.node.span().contains(site.span))?,
                };
                let first = if self.launch.at.is_empty() { &["Properties"][..] } else { &[] };
                let steps: Vec<&str> = first.iter().copied().chain(path.split('.')).collect();
                let ways = self.template.set(item, &steps, &value)?;
                self.template.fix(with(ways), said)
            }
            Profile::Setting(name) => {
                match add_option(self.template, self.resource, &option(name, to(profile))) {
                    Some(ways) => self.template.fix(with(ways), said),
                    None => Some(shown(&said.title, COMPUTED)),
                }
            }
            Profile::Nowhere | Profile::Required => None,
        }
    }
}

/// A role that instances may take, without any right.
fn role() -> New {
    let statement = New::map([
        ("Effect", New::text("Allow")),
        ("Principal", New::map([("Service", New::text("ec2.amazonaws.com"))])),
        ("Action", New::text("sts:AssumeRole")),
    ]);
    let trust = New::map([("Version", New::text("2012-10-17")), ("Statement", New::List(vec![statement]))]);
    New::map([
        ("Type", New::text("AWS::IAM::Role")),
        ("Properties", New::map([("AssumeRolePolicyDocument", trust)])),
    ])
}

/// Each way of the one with each of the other.
fn with_each(ways: Vec<Change>, others: &[Change]) -> Vec<Change> {
    let with = |way: Change| others.iter().map(move |other| way.clone().and(other.clone()));
    ways.into_iter().flat_map(with).collect()
}

/// New resources at the end of the section, under the same condition as the one that they are for.
fn scaffold(template: &Template, resource: &Resource<'_>, new: Vec<(String, New)>) -> Option<Vec<Change>> {
    let section = template.section("Resources")?;
    let condition = child(resource.step.node, "Condition").and_then(|step| step.node.scalar_text());
    let new: Vec<(String, New)> = new
        .into_iter()
        .map(|(name, body)| match (&condition, body) {
            (Some(condition), New::Map(mut entries)) => {
                entries.insert(1, ("Condition".to_owned(), New::text(condition.to_string())));
                (name, New::Map(entries))
            }
            (_, body) => (name, body),
        })
        .collect();
    let apart = template.page.is_airy(section.node);
    Some(template.page.insert_all(section.node, Some(section.parent), &new, apart))
}

fn of_type<'t>(template: &'t Template, wanted: &str) -> Vec<Step<'t>> {
    let found = template.resources().into_iter().filter(|(_, type_name)| type_name == wanted);
    found.map(|(step, _)| step).collect()
}

/// Whether EC2 is among those that may take a role.
fn is_for_instances(role: NodeRef<'_>) -> bool {
    fn says(node: NodeRef<'_>) -> bool {
        node.scalar_text().is_some_and(|text| text.starts_with("ec2.amazonaws.com"))
            || parts(node).into_iter().any(|step| says(step.node))
    }
    let trust =
        child(role, "Properties").and_then(|properties| child(properties.node, "AssumeRolePolicyDocument"));
    trust.is_some_and(|trust| says(trust.node))
}

/// A logical id that the template does not use.
fn unused(template: &Template, wanted: &str) -> String {
    let is_used = |name: &str| {
        ["Resources", "Parameters", "Conditions"]
            .iter()
            .any(|section| template.entry_of(section, name).is_some())
    };
    let numbered = (2..).map(|number| format!("{wanted}{number}"));
    std::iter::once(wanted.to_owned()).chain(numbered).find(|name| !is_used(name)).unwrap_or_default()
}
