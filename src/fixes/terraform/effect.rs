//! From what is known of an update to what a fix says of itself.

use super::super::Ailing;
use super::super::hcl::Code;
use crate::catalog::change::{Change, Part, consequence, follows_template};
use crate::findings::{Edit, Effect, Fix, Safety};
use crate::source::Site;

/// What deploying a change does, and who may decide on it.
#[derive(Debug, Clone)]
pub(super) struct Impact {
    pub(super) safety: Safety,
    pub(super) effect: Effect,
    pub(super) because: String,
    /// Clauses.
    pub(super) notes: Vec<String>,
}

impl Impact {
    /// Of a part of a resource, and of what is launched from it.
    pub(super) fn of(ailing: Ailing<'_>, type_name: &str, part: Part) -> Option<Self> {
        let known = consequence(type_name, part)?;
        let mut impact = Self {
            safety: if known.change == Change::InPlace { Safety::Safe } else { Safety::Unsafe },
            effect: effect(known.change),
            because: known.because.to_owned(),
            notes: Vec::new(),
        };
        match type_name {
            "aws_launch_template" => impact.add_users(ailing),
            "aws_launch_configuration" => impact.notes.extend(successor(ailing).map(str::to_owned)),
            _ => {}
        }
        Some(impact)
    }

    /// What launches from a template may change with it.
    fn add_users(&mut self, ailing: Ailing<'_>) {
        for spot in &ailing.anchor().related {
            let Some((type_name, address, refreshes)) = user(ailing, spot.site) else { continue };
            let Some((change, what)) = follows_template(&type_name, refreshes) else { continue };
            self.safety = Safety::Unsafe;
            let what = format!("`{address}` {what}");
            if effect(change) > self.effect {
                self.effect = effect(change);
                self.because = what;
            } else {
                self.notes.push(what);
            }
        }
    }

    /// Somebody has to look first, and why.
    pub(super) fn unsafe_since(mut self, note: impl Into<String>) -> Self {
        self.safety = Safety::Unsafe;
        self.notes.push(note.into());
        self
    }

    pub(super) fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }
}

/// What a launch configuration needs so that another one can take its place while a group uses it.
/// <https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/launch_configuration#using-with-autoscaling-groups>
fn successor(ailing: Ailing<'_>) -> Option<&'static str> {
    let header = ailing.subject.header.site;
    let code = Code::shared(header.file, &ailing.sources.get(header.file))?;
    let block = code.block_at(header)?;
    let first = block.value("lifecycle.create_before_destroy").is_some_and(|said| said.contains("true"));
    match (block.has("name"), first) {
        (true, _) => Some(
            "two configurations cannot have one name: give it a `name_prefix`, and a `lifecycle` with `create_before_destroy = true`",
        ),
        (false, false) => {
            Some("a group that uses it needs a `lifecycle` with `create_before_destroy = true` here")
        }
        (false, true) => None,
    }
}

const VERSIONS: [&str; 4] = [
    "launch_template.version",
    "mixed_instances_policy.launch_template.launch_template_specification.version",
    "launch_template_config.launch_template_specification.version",
    "compute_resources.launch_template.version",
];

/// The type and address of what launches from a template and follows its newest version, and whether it refreshes its
/// instances.
fn user(ailing: Ailing<'_>, site: Site) -> Option<(String, String, bool)> {
    let code = Code::shared(site.file, &ailing.sources.get(site.file))?;
    let block = code.block_at(site)?;
    let is_newest = |span| {
        let text = code.slice(span);
        text.contains("latest_version") || text.contains("$Latest")
    };
    let follows = |path: &str| block.values(path).into_iter().any(is_newest);
    if !VERSIONS.iter().any(|path| follows(path)) {
        return None;
    }
    let refreshes = block.has("instance_refresh");
    Some((block.labels.first()?.clone(), block.address(), refreshes))
}

fn effect(change: Change) -> Effect {
    match change {
        Change::InPlace => Effect::InPlace,
        Change::Restart => Effect::Restart,
        Change::Replacement => Effect::Replacement,
    }
}

impl Impact {
    /// The fix that does this.
    pub(super) fn fix(self, title: impl Into<String>, edits: Vec<Edit>) -> Fix {
        let Self { safety, effect, because, notes } = self;
        Fix { title: title.into(), safety, effect, because, note: notes.join("; "), edits }
    }
}

/// What nothing here can be edited for.
pub(super) fn shown(title: impl Into<String>, note: impl Into<String>) -> Fix {
    Fix {
        title: title.into(),
        safety: Safety::Display,
        effect: Effect::None,
        because: String::new(),
        note: note.into(),
        edits: Vec::new(),
    }
}
