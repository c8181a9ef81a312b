//! Secrets by their names in texts that stand beside infrastructure code: files of variables, build specifications.

use super::named::named;
use super::sighting::{Sighting, standing_on};
use crate::model::{Frontend, TextFile, TextKind};
use crate::secrets::Carried;
use crate::source::{Site, Sources, Span};

pub(super) fn collect(text: TextFile, sources: &Sources, seen: &mut Vec<Sighting>) {
    let (place, instead) = match text.kind {
        TextKind::Settings => (
            "the variables",
            "keep it out of the repository: fetch it from Secrets Manager when this runs, or let git ignore the file",
        ),
        TextKind::Build => (
            "a variable or command",
            "name the secret under `env.secrets-manager` or `env.parameter-store`, and CodeBuild fetches it",
        ),
        TextKind::Sample => return,
    };
    let source = sources.get(text.file);
    let subject = |site: Site| {
        let mut subject = standing_on(site, Frontend::Terraform);
        subject.words.insert("subject", format!("`{}`", source.path).into());
        subject
    };
    let whole = Site::new(text.file, Span::new(0, source.text().len()));
    let (found, cut) = named(&Carried::of(source.text()), &[whole], sources);
    if let Some(why) = cut {
        seen.push(Sighting::cut(why, subject(whole)));
    }
    for one in found {
        let site = one.site.unwrap_or(whole);
        let mut subject = subject(site);
        subject.header.attribute.clone_from(&one.name);
        let words = (format!("`{}`", source.path), place, instead);
        seen.push(Sighting::of_name(one, site, words, subject, sources));
    }
}
