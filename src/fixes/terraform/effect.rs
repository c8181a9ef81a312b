//! From what is known of an update to what a fix says of itself.

use super::super::Ailing;
use super::super::hcl::ignores;
use super::module::Module;
use super::users::{self, User, Way};
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
            "aws_launch_template" => impact.add_users(ailing, ailing.subject.header.site, false),
            "aws_launch_configuration" => impact.notes.extend(successor(ailing).map(str::to_owned)),
            _ => {}
        }
        Some(impact)
    }

    /// What launches from a template may change with it: with its default version too, where that is the newest, or is about to be.
    pub(super) fn add_users(&mut self, ailing: Ailing<'_>, template: Site, becomes_default: bool) {
        let users = users::of(ailing, template, becomes_default);
        for User { type_name, address, way, refreshes } in &users.following {
            let (change, what) = match (way, follows_template(type_name, *refreshes)) {
                (Way::Triggered, _) => {
                    (Change::Replacement, "is created anew for each change of the template".to_owned())
                }
                (Way::Surely, Some((change, what))) => (change, what.to_owned()),
                (Way::Perhaps, Some((change, what))) => {
                    (change, format!("{what}, unless its `version` comes to an older one"))
                }
                (Way::Surely | Way::Perhaps, None) => continue,
            };
            self.safety = Safety::Unsafe;
            let what = format!("`{address}` {what}");
            if effect(change) > self.effect {
                self.effect = effect(change);
                self.because = what;
            } else {
                self.notes.push(what);
            }
        }
        let mut more: Vec<String> = Vec::new();
        more.extend(
            users
                .taking
                .iter()
                .map(|address| format!("`{address}` takes the version of the template, and changes with it")),
        );
        more.extend(users.is_handed_on.then(|| {
            "a module or an output takes the template: what follows its version there is not here".to_owned()
        }));
        if !more.is_empty() {
            self.safety = Safety::Unsafe;
            self.notes.append(&mut more);
        }
    }

    /// Of what Terraform is told to leave as it is, by a block of this address: nothing changes.
    pub(super) fn unless_ignored(self, ailing: Ailing<'_>, paths: &[String]) -> Self {
        if !is_ignored(ailing, paths) {
            return self;
        }
        let note = "`ignore_changes` names it: nothing that runs changes until it is taken out";
        Self { effect: Effect::None, because: String::new(), notes: Vec::new(), ..self }.unsafe_since(note)
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

/// Whether the resource is told so, in an override of it too.
fn is_ignored(ailing: Ailing<'_>, paths: &[String]) -> bool {
    let header = ailing.subject.header.site;
    let Some(code) = ailing.codes.read(header.file, &ailing.sources.get(header.file)) else { return false };
    let Some(own) = code.block_at(header) else { return false };
    let codes = Module::of(ailing, header.file).codes("ignore_changes");
    codes.iter().flat_map(|code| code.at_address(&own.address())).any(|block| {
        let written = block.texts("lifecycle.ignore_changes");
        written.into_iter().any(|written| paths.iter().any(|path| ignores(written, path)))
    })
}

/// What a launch configuration needs so that another one can take its place while a group uses it.
/// <https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/launch_configuration#using-with-autoscaling-groups>
fn successor(ailing: Ailing<'_>) -> Option<&'static str> {
    let header = ailing.subject.header.site;
    let code = ailing.codes.read(header.file, &ailing.sources.get(header.file))?;
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
