//! Credentials in the arguments of providers, backends and remote states: taken out, the whole group of them.

use super::modules::{Folder, Modules};
use super::{Draft, listed};
use super::{comments, literal};
use crate::catalog::authentication::{self, Authentication};
use crate::findings::{Effect, Fix, Safety};
use crate::fixes::Ailing;
use crate::fixes::hcl::{Block, Change, Code};
use crate::frontends::kindred::Language;
use crate::source::{Site, Span};
use std::sync::Arc;

const BECAUSE: &str = "it decides how Terraform signs in, and nothing of what is deployed";

pub(super) fn propose(ailing: Ailing<'_>, modules: &Modules) -> Option<Fix> {
    let header = &ailing.subject.header;
    let site = header.chain.last().map_or(header.site, |last| last.site);
    let source = ailing.file(site.file)?;
    // Neither is signed in as Terraform is where somebody runs it.
    if matches!(Language::of(&source.path), Some(Language::Stack | Language::Packer)) {
        return None;
    }
    if source.path.ends_with(".tfbackend") {
        return backend_file(ailing, site);
    }
    let code = Code::read(site.file, Arc::clone(&source))?;
    let place = code.block_at(site).and_then(|block| Place::of(block, site));
    let Some(place) = place else { return Some(by_hand(ailing)) };
    let arguments = place.arguments();
    let flagged = header.attribute.rsplit('.').next().unwrap_or_default();
    if !arguments.iter().any(|argument| argument.name == flagged) {
        return Some(by_hand(ailing));
    }
    let mut draft = draft(place.subject, &arguments);
    if place.is_backend {
        draft.say("run `terraform init -reconfigure` then");
    }
    let changes: Vec<Change<'_>> =
        arguments.iter().map(|argument| Change::Remove(argument.path.as_str())).collect();
    let spans: Vec<Span> = arguments.iter().flat_map(|argument| place.block.values(&argument.path)).collect();
    draft.edits.extend(place.block.change(&changes)?);
    if !code.is_json() {
        let names: Vec<&str> = arguments.iter().map(|argument| argument.name).collect();
        for span in comments::of(&source, &spans, &names) {
            draft.replace(&ailing, Site::new(site.file, span), "")?;
        }
    }
    let uses: Vec<Site> = spans.iter().map(|span| Site::new(site.file, *span)).collect();
    for literal in literals(ailing, modules, &uses) {
        // Left there, it would only be one without a use.
        if literal::take_out(&mut draft, (&ailing, modules), literal, &uses).is_none() {
            let file = ailing.sources.get(literal.file);
            let line = file.position(literal.span.start).line;
            draft.say(format!("take it out at {}:{line} as well", file.path));
            return Some(draft.shown());
        }
    }
    say_what_stays(&mut draft, ailing, modules, &uses);
    draft.done(&ailing)
}

/// The literals that are not where they are used: the one that the finding is about, and what variables and locals have.
fn literals(ailing: Ailing<'_>, modules: &Modules, uses: &[Site]) -> Vec<Site> {
    let own = ailing.origin();
    let is_used = |site: Site| uses.iter().any(|of| of.file == site.file && of.span.contains(site.span));
    let mut found: Vec<Site> = (!is_used(own)).then_some(own).into_iter().collect();
    for (folder, name) in named(ailing, modules, uses) {
        let value = match name.split_once('.') {
            Some(("var", name)) => folder
                .named("variable", &[name])
                .and_then(|(file, block)| Some((file, file.attribute(&block.body, "default")?))),
            Some(("local", name)) => folder
                .blocks("locals")
                .find_map(|(file, block)| Some((file, file.attribute(&block.body, name)?))),
            _ => None,
        };
        let literal = value.filter(|(file, id)| file.plain(*id).is_some_and(|text| !text.is_empty()));
        let literal = literal.map(|(file, id)| file.site(file.tree.expr(id).span));
        let is_new =
            |site: &Site| !found.iter().any(|of| of.file == site.file && site.span.contains(of.span));
        found.extend(literal.filter(is_new));
    }
    found
}

/// What the values are, where each is a reference and nothing else: `var.secret_key`.
fn named<'m>(ailing: Ailing<'_>, modules: &'m Modules, uses: &[Site]) -> Vec<(&'m Folder, String)> {
    let name = |site: &Site| {
        let source = ailing.file(site.file)?;
        let text = source.slice(site.span).trim_matches(['"', '$', '{', '}']).to_owned();
        let is_name = text
            .strip_prefix("var.")
            .or(text.strip_prefix("local."))
            .is_some_and(|name| name.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-'));
        Some((modules.of_file(&source)?, text)).filter(|_| is_name)
    };
    uses.iter().filter_map(name).collect()
}

fn say_what_stays(draft: &mut Draft, ailing: Ailing<'_>, modules: &Modules, uses: &[Site]) {
    let mut names: Vec<String> = named(ailing, modules, uses)
        .into_iter()
        .filter(|(folder, name)| {
            let is_used =
                |site: &Site| uses.iter().any(|of| of.file == site.file && of.span.contains(site.span));
            let says = format!("`{name}` is needed");
            name.starts_with("var.")
                && literal::references(folder, name).iter().all(is_used)
                && !draft.notes.iter().any(|note| note.starts_with(&says))
        })
        .map(|(_, name)| format!("`{name}`"))
        .collect();
    names.sort();
    names.dedup();
    if !names.is_empty() {
        let are = if names.len() > 1 { "are" } else { "is" };
        draft.say(format!("{} {are} needed by nothing more", listed(names.into_iter())));
    }
    if ailing.case == "literal" || ailing.case == "partial" {
        draft.say("what stood in the code stays in its history: deactivate it");
    }
}

/// What stands in a text of code that is to be made, or in a provider that nothing is known of.
fn by_hand(ailing: Ailing<'_>) -> Fix {
    let header = &ailing.subject.header;
    let name = header.attribute.rsplit('.').next().unwrap_or_default();
    let mut draft = Draft::new(format!("take `{name}` out"), Effect::None, BECAUSE);
    let subject = ailing.subject.words.get("subject").map(|subject| subject.replace('`', ""));
    let known = subject.as_deref().and_then(|subject| match subject.split_once(' ')? {
        ("provider", name) => authentication::provider(name),
        ("backend", name) => authentication::backend(name),
        _ => None,
    });
    let variable =
        known.and_then(|known| Some((known, known.arguments.iter().find(|(known, _)| *known == name)?.1)));
    match variable {
        Some((known, variable)) => draft.say(known.otherwise(std::iter::once(variable))),
        None => draft.say("its documentation names the environment variable that it may come from instead"),
    }
    draft.shown()
}

/// What is signed in, and where its arguments stand.
struct Place<'c> {
    subject: &'static Authentication,
    block: Block<'c>,
    /// The path to the arguments, with a dot at its end.
    below: &'static str,
    /// Of the backend that this code has, for which `terraform init` notes how it is signed in.
    is_backend: bool,
}

struct Argument {
    name: &'static str,
    path: String,
    instead: &'static str,
}

impl<'c> Place<'c> {
    fn of(block: Block<'c>, site: Site) -> Option<Self> {
        let label = block.labels.first().map_or("", String::as_str);
        let is_backend = block.keyword == "remote_state";
        let kind = |block: &Block<'_>| block.value("backend").map(|text| text.trim_matches('"').to_owned());
        match block.keyword.as_str() {
            "provider" => {
                Some(Self { subject: authentication::provider(label)?, block, below: "", is_backend: false })
            }
            "terraform" => {
                if let Some(cloud) = block.nested_at("cloud", site) {
                    return Some(Self {
                        subject: authentication::backend("cloud")?,
                        block: cloud,
                        below: "",
                        is_backend: true,
                    });
                }
                let nested = block.nested_at("backend", site)?;
                let kind = nested.labels.first().cloned();
                if let Some(kind) = kind {
                    return Some(Self {
                        subject: authentication::backend(&kind)?,
                        block: nested,
                        below: "",
                        is_backend: true,
                    });
                }
                authentication::backends().find_map(|kind| {
                    let block = nested.nested_at(kind, site)?;
                    Some(Self { subject: authentication::backend(kind)?, block, below: "", is_backend: true })
                })
            }
            "data" if label == "terraform_remote_state" => Some(Self {
                subject: authentication::backend(&kind(&block)?)?,
                block,
                below: "config.",
                is_backend,
            }),
            "remote_state" => Some(Self {
                subject: authentication::backend(&kind(&block)?)?,
                block,
                below: "config.",
                is_backend,
            }),
            _ => None,
        }
    }

    /// Those of its credentials that are written.
    fn arguments(&self) -> Vec<Argument> {
        let argument = |(name, instead): &(&'static str, &'static str)| Argument {
            name,
            path: format!("{}{name}", self.below),
            instead,
        };
        let arguments = self.subject.arguments.iter().map(argument);
        arguments.filter(|argument| !self.block.values(&argument.path).is_empty()).collect()
    }
}

fn draft(subject: &Authentication, arguments: &[Argument]) -> Draft {
    let names = listed(arguments.iter().map(|argument| format!("`{}`", argument.name)));
    let mut draft = Draft::new(format!("take {names} out"), Effect::None, BECAUSE);
    draft.lower(Safety::Unsafe, subject.otherwise(arguments.iter().map(|argument| argument.instead)));
    draft
}

/// A file of settings for a backend: its name says which.
fn backend_file(ailing: Ailing<'_>, site: Site) -> Option<Fix> {
    let source = ailing.file(site.file)?;
    let tree = crate::syntax::hcl::parse(source.text()).tree;
    let named = |name: &str| {
        tree.body.attributes.iter().find(|attribute| tree.text(source.text(), attribute.name) == name)
    };
    let flagged = ailing.subject.header.attribute.rsplit('.').next().unwrap_or_default();
    let file = source.path.rsplit('/').next().unwrap_or_default();
    let kinds: Vec<&Authentication> = authentication::backends()
        .filter(|kind| file.split('.').any(|part| part == *kind) || ailing_is_of(ailing, kind))
        .filter_map(authentication::backend)
        .collect();
    let subject = kinds.into_iter().find(|kind| kind.arguments.iter().any(|(name, _)| *name == flagged))?;
    let arguments: Vec<Argument> = subject
        .arguments
        .iter()
        .filter(|(name, _)| named(name).is_some())
        .map(|(name, instead)| Argument { name, path: (*name).to_owned(), instead })
        .collect();
    let mut draft = draft(subject, &arguments);
    let mut values = Vec::new();
    for argument in &arguments {
        let attribute = named(argument.name)?;
        values.push(tree.file_span(tree.expr(attribute.expr).span));
        let start = source.line_span(source.line_at(attribute.name.start))?.start;
        let line = source.line_at(tree.expr(attribute.expr).span.end.saturating_sub(1));
        let end = source.line_span(line + 1).map_or(source.text().len(), |next| next.start as usize);
        draft.replace(&ailing, Site::new(site.file, Span::new(start as usize, end)), "")?;
    }
    let names: Vec<&str> = arguments.iter().map(|argument| argument.name).collect();
    for span in comments::of(&source, &values, &names) {
        draft.replace(&ailing, Site::new(site.file, span), "")?;
    }
    draft.say("run `terraform init -reconfigure` then");
    draft.say("what stood in the code stays in its history: deactivate it");
    draft.done(&ailing)
}

fn ailing_is_of(ailing: Ailing<'_>, kind: &str) -> bool {
    ailing.subject.words.get("subject").is_some_and(|subject| **subject == format!("backend `{kind}`"))
}
