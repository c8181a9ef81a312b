//! Secrets by their names in texts that stand beside infrastructure code: files of variables, build specifications.

use super::named::named;
use super::sighting::{Form, Sighting, standing_on};
use crate::facts::fact::{SecretPlace, SecretValue};
use crate::model::{Frontend, TextFile, TextKind};
use crate::secrets::Carried;
use crate::source::{Site, Sources, Span};
use std::sync::Arc;

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
        let form = Form::under_name(&one.name, &one.text).standing(site, &one.text, sources);
        let mut subject = subject(site);
        subject.words.extend(form.words(format!("`{}`", source.path)));
        subject.words.insert("entry", one.name.as_str().into());
        subject.words.insert("where", place.into());
        subject.words.insert("instead", instead.into());
        subject.header.attribute = one.name;
        seen.push(Sighting {
            fact: form.fact(SecretPlace::Container, SecretValue::Known),
            subject,
            resource: None,
            sites: vec![site],
            text: Some(Arc::from(one.text)),
            given: false,
            cut: None,
        });
    }
}
