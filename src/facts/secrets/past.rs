//! Secrets that stood in files once.

use super::sighting::{Form, standing_on};
use crate::facts::Facts;
use crate::facts::fact::{SecretPlace, SecretValue};
use crate::model::Frontend;
use crate::secrets::Detection;
use crate::source::{FileId, Site, Sources, Span};
use std::sync::Arc;

/// A secret in a piece of a file's past text.
#[derive(Debug)]
pub struct Past {
    pub file: FileId,
    pub detection: Detection,
}

/// States a secret of the past. Nothing is known of the resource that it was for.
pub fn past(past: &Past, sources: &Sources, facts: &mut Facts) {
    let source = sources.get(past.file);
    let site = Site::new(past.file, Span::new(past.detection.start, past.detection.end));
    let form = Form::of(source.text(), &past.detection);
    let mut subject = standing_on(site, Frontend::Terraform);
    // Its own, so that what is told of the present keeps its fingerprints.
    subject.header.attribute = format!("history.{}", form.detector);
    subject.words = form.words("code".to_owned());
    facts.secret_sites.push(site);
    facts.secret_texts.push(Arc::from(source.slice(site.span)));
    facts.push(form.fact(SecretPlace::History, SecretValue::Known), subject);
}
