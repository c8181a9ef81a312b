//! Secrets by their names in texts that stand beside infrastructure code: files of variables, build specifications.

use super::sighting::{Form, Sighting, standing_on};
use crate::facts::fact::{SecretPlace, SecretValue};
use crate::model::{Frontend, TextFile, TextKind};
use crate::secrets::{self, Carried};
use crate::source::{Site, Sources, Span};
use std::sync::Arc;

/// Nobody writes more into one text.
const MAX_ASSIGNED: usize = 1000;

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
    let carried = Carried::of(source.text());
    let subject = |site: Site| {
        let mut subject = standing_on(site, Frontend::Terraform);
        subject.words.insert("subject", format!("`{}`", source.path));
        subject
    };
    let whole = || subject(Site::new(text.file, Span::new(0, 0)));
    if let Some(cut) = carried.cut() {
        seen.push(Sighting::cut(cut.reason(), whole()));
    }
    for (layer, inner) in carried.texts() {
        let all = secrets::assigned(inner);
        if all.len() > MAX_ASSIGNED {
            seen.push(Sighting::cut("gives secrets to more than 1000 names", whole()));
        }
        for one in all.into_iter().take(MAX_ASSIGNED) {
            let value = inner.get(one.value.clone()).unwrap_or_default();
            let places = carried.places(layer, one.value.clone());
            let Some((_, span)) = places.first() else { continue };
            let site = Site::new(text.file, Span::new(span.start, span.end));
            let form = Form::under_name(one.name, value).standing(site, value, sources);
            let mut subject = subject(site);
            subject.words.extend(form.words(format!("`{}`", source.path)));
            subject.words.insert("entry", one.name.to_owned());
            subject.words.insert("where", place.to_owned());
            subject.words.insert("instead", instead.to_owned());
            one.name.clone_into(&mut subject.header.attribute);
            seen.push(Sighting {
                fact: form.fact(SecretPlace::Container, SecretValue::Known),
                subject,
                resource: None,
                sites: vec![site],
                text: Some(Arc::from(value)),
                given: false,
                cut: None,
            });
        }
    }
}
