//! Secrets that a state file keeps.

use super::document;
use super::locate::{Literals, Sought};
use super::named::named;
use super::sighting::{Form, Sighting, standing_on};
use crate::catalog::{Condition, Strength};
use crate::facts::Facts;
use crate::facts::fact::{Class, Confidence, SecretPlace, SecretValue};
use crate::model::{Frontend, State, Stored, ToldBy};
use crate::secrets::{self, Carried, Detection};
use crate::source::{Site, Sources, Span};
use std::sync::Arc;

/// Looks through what a state keeps. What is marked as sensitive and is harmless all the same is not shown either, nor
/// what stands inside of a document, list or object.
pub(super) fn collect(state: &State, sources: &Sources, facts: &mut Facts, seen: &mut Vec<Sighting>) {
    let telling = |text: &&Arc<str>| text.len() >= 8 && !is_plain(text) && !is_word(text);
    facts.secret_texts.extend(state.inside.iter().filter(telling).cloned());
    for stored in &state.stored {
        if is_harmless(stored) {
            facts.secret_sites.push(stored.site);
            continue;
        }
        if stored.told_by == ToldBy::Text {
            within(stored, sources, seen);
            continue;
        }
        let fields = document::secret_fields(&stored.text).unwrap_or_default();
        facts.secret_texts.extend(fields.into_iter().map(|field| Arc::from(field.text)));
        let mut form = Form::in_secret_place(&stored.text);
        let identifier =
            matches!(stored.told_by, ToldBy::Input(path) if path.strength == Strength::Identifier);
        if identifier && form.class == Class::None {
            form.confidence = Confidence::Low;
        }
        seen.push(sighting(&form, stored.site, &stored.address, &stored.attribute, &stored.text));
    }
}

/// Secrets by their names in a script or document, and by their form where it is encoded.
fn within(stored: &Stored, sources: &Sources, seen: &mut Vec<Sighting>) {
    let carried = Carried::of(&stored.text);
    let literals = [stored.site];
    let mut push = |form: &Form, site: Option<Site>, name: &str, text: &str| {
        let site = site.unwrap_or(stored.site);
        let form = form.clone().standing(site, text, sources);
        let attribute = if name.is_empty() {
            stored.attribute.to_string()
        } else {
            format!("{}.{name}", stored.attribute)
        };
        seen.push(sighting(&form, site, &stored.address, &attribute, &Arc::from(text)));
    };
    for (layer, text) in carried.texts().skip(1) {
        for detection in secrets::scan(text) {
            let place = detection.start..detection.end;
            let sought = Sought { carried: &carried, layer, whole: place.clone(), value: place };
            let form = Form::of(text, &Detection { decoded: None, ..detection.clone() });
            push(&form, sought.site(&Literals::of(&literals, sources)), "", detection.secret(text));
        }
    }
    let (found, cut) = named(&carried, &literals, sources);
    for one in found {
        push(&Form::in_secret_place(&one.text), one.site, &one.name, &one.text);
    }
    if let Some(why) = cut {
        seen.push(Sighting::cut(why, standing_on(stored.site, Frontend::Terraform)));
    }
}

/// Secrets by their form, anywhere in a state.
pub(super) fn forms(state: &State, detections: &[Detection], sources: &Sources, seen: &mut Vec<Sighting>) {
    let source = sources.get(state.file);
    for detection in detections {
        let form = Form::of(source.text(), detection);
        let span = Span::new(detection.start, detection.end);
        let at = state.objects.partition_point(|(object, _)| object.start <= span.start);
        let holder = at.checked_sub(1).and_then(|at| state.objects.get(at));
        let address =
            holder.filter(|(object, _)| object.contains(span)).map(|(_, address)| Arc::clone(address));
        let text = detection.secret(source.text());
        let address = address.unwrap_or_else(|| Arc::from(""));
        seen.push(sighting(&form, Site::new(state.file, span), &address, form.detector, &Arc::from(text)));
    }
}

fn sighting(form: &Form, site: Site, address: &Arc<str>, attribute: &str, text: &Arc<str>) -> Sighting {
    let mut subject = standing_on(site, Frontend::Terraform);
    attribute.clone_into(&mut subject.header.attribute);
    let of = if address.is_empty() { "the outputs".to_owned() } else { address.to_string() };
    subject.words = form.words(of);
    if !address.is_empty() {
        subject.addresses.push(Arc::clone(address));
    }
    Sighting {
        fact: form.fact(SecretPlace::State, SecretValue::Known),
        subject,
        resource: None,
        sites: vec![site],
        text: Some(Arc::clone(text)),
        given: false,
        cut: None,
    }
}

/// What is no secret wherever it stands, and for what is told by a mark or a name also what only looks like one.
fn is_harmless(stored: &Stored) -> bool {
    let text = stored.text.trim();
    // Encrypted by SOPS.
    if text.is_empty() || text.starts_with("ENC[") {
        return true;
    }
    let name = stored.attribute.rsplit('.').next().unwrap_or_default();
    match stored.told_by {
        ToldBy::Input(path) => {
            let no_content = match path.condition {
                Condition::Always | Condition::When { .. } | Condition::Unless { .. } => false,
                Condition::UnlessFilePath => {
                    !text.contains(['{', '\n']) && text.contains(['/', '.', '\\', '~'])
                }
                Condition::WhenPasswordInside => !holds_password(text),
            };
            no_content || document::secret_fields(text).is_some_and(|fields| fields.is_empty())
        }
        ToldBy::Output | ToldBy::Text => false,
        ToldBy::Mark => {
            is_plain(text) || is_digest(name, text) || secrets::only_describes(name) && !holds_password(text)
        }
        ToldBy::Name => {
            is_plain(text)
                || is_digest(name, text)
                || secrets::is_placeholder(text)
                || secrets::says_stand_in(name)
                || is_word(text)
        }
    }
}

fn holds_password(text: &str) -> bool {
    secrets::scan(text).iter().any(|found| found.detector.class == secrets::Class::CredentialUrl)
        || text.to_lowercase().contains("password=")
}

/// A switch, a small number, or what names something that is kept elsewhere.
fn is_plain(text: &str) -> bool {
    let small = text.len() < 6 && text.parse::<f64>().is_ok();
    small
        || text.parse::<bool>().is_ok()
        || text.starts_with("arn:")
        || secrets::looks_like_reference(text) && !holds_password(text)
        || matches!(text, "{}" | "[]" | "null")
}

/// What was made of a secret, and does not give it back.
fn is_digest(name: &str, text: &str) -> bool {
    let crypted = ["$1$", "$2a$", "$2b$", "$2y$", "$5$", "$6$", "$y$", "$argon2", "$pbkdf2"];
    let name = name.to_lowercase();
    let says_so =
        ["hash", "sha1", "sha256", "sha384", "sha512", "md5", "checksum", "fingerprint", "digest", "etag"];
    crypted.iter().any(|start| text.starts_with(start)) || says_so.iter().any(|word| name.contains(word))
}

/// `hours`, `HEADER`, `client-credentials`: a choice of several, and nobody's password.
fn is_word(text: &str) -> bool {
    let lower =
        text.bytes().all(|byte| byte.is_ascii_lowercase() || matches!(byte, b'-' | b'_' | b'.' | b' '));
    let upper =
        text.bytes().all(|byte| byte.is_ascii_uppercase() || matches!(byte, b'-' | b'_' | b'.' | b' '));
    lower || upper
}
