//! Credentials in the arguments of providers, backends and remote states: taken out, the whole group of them.

use super::literal;
use super::modules::Modules;
use super::{Draft, listed};
use crate::catalog::authentication::{self, Authentication};
use crate::findings::{Effect, Fix, Safety};
use crate::fixes::Ailing;
use crate::fixes::hcl::{Block, Change, Code};
use crate::source::{Site, Span};

const BECAUSE: &str = "it decides how Terraform signs in, and nothing of what is deployed";

pub(super) fn propose(ailing: Ailing<'_>, modules: &Modules) -> Option<Fix> {
    let header = &ailing.subject.header;
    let site = header.chain.last().map_or(header.site, |last| last.site);
    let source = ailing.file(site.file)?;
    if source.path.ends_with(".tfbackend") {
        return backend_file(ailing, site);
    }
    let code = Code::read(site.file, source)?;
    let block = code.block_at(site)?;
    let Some(place) = Place::of(block, site) else { return unlisted(ailing, &code, site) };
    let arguments = place.arguments();
    let flagged = header.attribute.rsplit('.').next().unwrap_or_default();
    if !arguments.iter().any(|argument| argument.name == flagged) {
        return None;
    }
    let mut draft = place.draft(&arguments);
    let changes: Vec<Change<'_>> =
        arguments.iter().map(|argument| Change::Remove(argument.path.as_str())).collect();
    let spans: Vec<Span> = arguments.iter().flat_map(|argument| place.block.values(&argument.path)).collect();
    let sites: Vec<Site> = spans.iter().map(|span| Site::new(site.file, *span)).collect();
    draft.edits.extend(place.block.change(&changes)?);
    let literal = ailing.origin();
    if !sites.iter().any(|of| of.file == literal.file && of.span.contains(literal.span)) {
        // Not there: then it stands where it did, and the fix is one for hands.
        if literal::take_out(&mut draft, (&ailing, modules), literal, &sites).is_none() {
            let file = ailing.sources.get(literal.file);
            let line = file.position(literal.span.start).line;
            draft.say(format!("take it out at {}:{line} as well", file.path));
            return Some(draft.shown());
        }
    }
    say_what_stays(&mut draft, ailing, &spans);
    Some(draft.done())
}

fn say_what_stays(draft: &mut Draft, ailing: Ailing<'_>, spans: &[Span]) {
    if ailing.case == "literal" || ailing.case == "partial" {
        draft.say("what stood in the code stays in its history: deactivate it");
    }
    let Some(source) = ailing.file(ailing.subject.header.site.file) else { return };
    let mut names: Vec<&str> = spans
        .iter()
        .filter_map(|span| source.slice(*span).trim_matches(['"', '$', '{', '}']).strip_prefix("var."))
        .filter(|name| name.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-'))
        .collect();
    names.sort_unstable();
    names.dedup();
    if !names.is_empty() && ailing.case == "variable" {
        let (are, all) = if names.len() > 1 { ("are", "unless") } else { ("is", "unless") };
        let names = listed(names.into_iter().map(|name| format!("`var.{name}`")));
        draft.say(format!("{names} {are} needed by nothing more, {all} something else takes it"));
    }
}

/// A provider that nothing is known of: its documentation is.
fn unlisted(ailing: Ailing<'_>, code: &Code, site: Site) -> Option<Fix> {
    let block = code.block_at(site)?;
    let name = ailing.subject.header.attribute.rsplit('.').next()?;
    if block.keyword != "provider" || block.values(name).is_empty() {
        return None;
    }
    let mut draft = Draft::new(format!("take `{name}` out"), Effect::None, BECAUSE);
    draft.say("give it by the environment variable that the documentation of the provider names for it");
    Some(draft.shown())
}

/// What is signed in, and where its arguments stand.
struct Place<'c> {
    subject: &'static Authentication,
    block: Block<'c>,
    /// The path to the arguments, with a dot at its end.
    below: &'static str,
}

struct Argument {
    name: &'static str,
    path: String,
    instead: &'static str,
}

impl<'c> Place<'c> {
    fn of(block: Block<'c>, site: Site) -> Option<Self> {
        let label = block.labels.first().map_or("", String::as_str);
        let kind = |block: &Block<'_>| block.value("backend").map(|text| text.trim_matches('"').to_owned());
        match block.keyword.as_str() {
            "provider" => Some(Self { subject: authentication::provider(label)?, block, below: "" }),
            "terraform" => {
                if let Some(cloud) = block.nested_at("cloud", site) {
                    return Some(Self {
                        subject: authentication::backend("cloud")?,
                        block: cloud,
                        below: "",
                    });
                }
                let nested = block.nested_at("backend", site)?;
                let kind = nested.labels.first().cloned();
                if let Some(kind) = kind {
                    return Some(Self { subject: authentication::backend(&kind)?, block: nested, below: "" });
                }
                authentication::backends().find_map(|kind| {
                    let block = nested.nested_at(kind, site)?;
                    Some(Self { subject: authentication::backend(kind)?, block, below: "" })
                })
            }
            "data" if label == "terraform_remote_state" => {
                Some(Self { subject: authentication::backend(&kind(&block)?)?, block, below: "config." })
            }
            "remote_state" => {
                Some(Self { subject: authentication::backend(&kind(&block)?)?, block, below: "config." })
            }
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

    fn draft(&self, arguments: &[Argument]) -> Draft {
        draft(self.subject, arguments)
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
    for argument in &arguments {
        let attribute = named(argument.name)?;
        let start = source.line_span(source.line_at(attribute.name.start))?.start;
        let line = source.line_at(tree.expr(attribute.expr).span.end.saturating_sub(1));
        let end = source.line_span(line + 1).map_or(source.text().len(), |next| next.start as usize);
        draft.replace(&ailing, Site::new(site.file, Span::new(start as usize, end)), "")?;
    }
    say_what_stays(&mut draft, ailing, &[]);
    Some(draft.done())
}

fn ailing_is_of(ailing: Ailing<'_>, kind: &str) -> bool {
    ailing.subject.words.get("subject").is_some_and(|subject| *subject == format!("backend `{kind}`"))
}
