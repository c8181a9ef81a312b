//! Secrets that are handed over or made where AWS would keep them by itself: the code holds none of them.

use super::attribute::Found;
use super::document;
use super::leaf::{Leaf, leaves};
use super::sighting::{Form, Sighting};
use crate::catalog::{self, Condition, SensitivePath, handover};
use crate::facts::fact::{SecretPlace, SecretValue};
use crate::facts::unmarked::key_before;
use crate::model::{BlockKind, Entry, Hop, Kind, Marks, Part, Reason, Resource, Value, terraform_type};
use crate::secrets;

/// Types that make a secret and keep it in the state.
const GENERATORS: [&str; 2] = ["random_password", "random_string"];

impl Found<'_> {
    /// An input that the code holds no secret of, and that another input of the type makes needless.
    pub(super) fn replaceable(
        &self,
        path: &SensitivePath,
        place: SecretPlace,
        entry: &Entry,
        seen: &mut Vec<Sighting>,
    ) {
        if place != SecretPlace::SensitiveAttribute || self.resource.kind != BlockKind::Managed {
            return;
        }
        let Some((value, kind)) = handed(&entry.value) else { return };
        if kind == SecretValue::Handed && only_describes(self.resource, path.condition, value) {
            return;
        }
        let is_better = path.write_only || path.instead.is_empty();
        if is_better && kind == SecretValue::Handed {
            return;
        }
        let form = Form::none("");
        let mut subject = self.subject(path.path, value, entry, &form);
        subject.header.site = entry.site.or(entry.key_site).unwrap_or(subject.header.site);
        subject.header.chain.clear();
        let mut instead: Vec<&str> = path.instead.to_vec();
        // What a service manages needs nobody to hand it over.
        instead.sort_by_key(|name| {
            let name = name.rsplit('.').next().unwrap_or(name).to_lowercase();
            // Beside a secret's ARN stands the role that reads it.
            (!name.starts_with("manage"), name.contains("role"))
        });
        let instead = instead.first().map_or_else(
            || "a secret that is made outside of the code".to_owned(),
            |name| format!("`{}`", name.rsplit('.').next().unwrap_or(name)),
        );
        subject.words.insert("instead", instead.into());
        subject.words.insert("generator", generator(value).into());
        seen.push(self.sighting(form.fact(place, kind), subject, Vec::new(), None));
    }

    /// A parameter of Systems Manager that keeps a secret in clear.
    pub(super) fn clear_parameter(&self, seen: &mut Vec<Sighting>) {
        let Some(known) = catalog::parameter(&self.resource.type_name) else { return };
        let (name, kind, value) = (known.name, known.kind, known.value);
        let body = &self.resource.body;
        let text = |path: &str| body.entries_at(path).first().and_then(|entry| entry.value.to_text());
        if !text(kind).is_some_and(|kind| kind.starts_with("String")) {
            return;
        }
        let named =
            text(name).is_some_and(|name| secrets::says_secret(name.rsplit('/').next().unwrap_or(&name)));
        for entry in body.entries_at(value) {
            let is_secret = match (&entry.value.kind, handed(&entry.value)) {
                (Kind::String(text), _) => named && !text.is_empty() && !secrets::looks_like_reference(text),
                (_, Some((value, kind))) => named || kind == SecretValue::Generated || is_marked(value),
                (_, None) => false,
            };
            if is_secret {
                let form = Form::none("");
                let fact = form.fact(SecretPlace::SensitiveAttribute, SecretValue::ClearParameter);
                let mut subject = self.subject(value, &entry.value, entry, &form);
                subject.header.site = entry.site.or(entry.key_site).unwrap_or(subject.header.site);
                subject.header.chain.clear();
                seen.push(self.sighting(fact, subject, Vec::new(), None));
            }
        }
    }
}

/// Whether an encrypted parameter of Systems Manager, in which by habit much else is kept, holds no secret: by its name,
/// else by that of what it takes.
pub(crate) fn only_describes(resource: &Resource, condition: Condition, value: &Value) -> bool {
    if !matches!(condition, Condition::When { .. }) {
        return false;
    }
    let own = resource.body.entries_at("name").first().and_then(|entry| entry.value.to_text());
    let own = own.as_deref().map(|name| name.rsplit('/').next().unwrap_or(name));
    let label = resource.address.rsplit('.').next();
    let taken = value.as_unknown().filter(|unknown| unknown.parts.is_empty());
    let taken = taken.and_then(|unknown| name_of(&unknown.reason));
    let names = || [own, label, taken].into_iter().flatten();
    !names().any(secrets::says_secret) && names().any(secrets::only_describes)
}

/// The parts of a text or document that are not known and may be its secret: those whose names say so, else all that do
/// not merely describe another, as a user or host does; whether their names say so stands beside them.
fn secret_parts(parts: &[Part]) -> Vec<(bool, &Reason)> {
    let mut before = String::new();
    let mut found: Vec<(bool, &Reason)> = Vec::new();
    for part in parts {
        match part {
            Part::Text { text, .. } => before.push_str(text),
            Part::Unknown(reason) => {
                let key = key_before(&before).unwrap_or_default();
                if !secrets::only_describes(key) {
                    found.push((secrets::says_secret(key), reason));
                }
                before.clear();
            }
        }
    }
    let is_named = found.iter().any(|(says, _)| *says);
    found.retain(|(says, _)| *says || !is_named);
    found
}

/// The type that made a generated value.
fn generator(value: &Value) -> &'static str {
    let Some(unknown) = value.as_unknown() else { return GENERATORS[0] };
    let parts = unknown.parts.iter().filter_map(|part| match part {
        Part::Unknown(reason) => Some(reason),
        Part::Text { .. } => None,
    });
    let mut types = parts.chain([&unknown.reason]).filter_map(|reason| match reason {
        Reason::Computed { address, .. } => Some(terraform_type(address)),
        _ => None,
    });
    types.find_map(|made| GENERATORS.into_iter().find(|known| *known == made)).unwrap_or(GENERATORS[0])
}

fn name_of(reason: &Reason) -> Option<&str> {
    if let Reason::Variable { name } | Reason::Parameter { name, .. } = reason { Some(name) } else { None }
}

fn is_given(reason: &Reason) -> bool {
    matches!(
        reason,
        Reason::Variable { .. } | Reason::Parameter { .. } | Reason::Data { .. } | Reason::Module { .. }
    )
}

fn starts_a_document(parts: &[Part]) -> bool {
    matches!(parts.first(), Some(Part::Text { text, .. }) if text.trim_start().starts_with(['{', '[']))
}

fn is_marked(value: &Value) -> bool {
    value.marks.has(Marks::SENSITIVE) || value.marks.has(Marks::NO_ECHO)
}

/// A value that the code only hands over: made by the code's own generator, or somebody's. Keys are told of as such.
fn handed(value: &Value) -> Option<(&Value, SecretValue)> {
    match &value.kind {
        Kind::Null | Kind::Bool(_) | Kind::Number(_) => None,
        Kind::String(text) => {
            let is_secret = || {
                let named = |field: &document::Field| secrets::says_secret(&field.name);
                document::secret_fields(text).is_none_or(|fields| fields.iter().any(named))
            };
            let is_given = !text.is_empty() && value.origin.is_given();
            (is_given && is_secret()).then_some((value, SecretValue::Handed))
        }
        Kind::List(items) => items.iter().find_map(handed),
        Kind::Object(object) => object.entries.iter().find_map(|entry| handed(&entry.value)),
        Kind::Choice(choice) => handed(&choice.then).or_else(|| handed(&choice.otherwise)),
        Kind::Unknown(unknown) => {
            let mut found = Vec::new();
            leaves(value, &mut found);
            // A document is a piece of the secret only as far as its fields are, which have been told of.
            let is_piece = |leaf: &Leaf<'_>| match leaf {
                Leaf::Partial { text, .. } => {
                    document::secret_fields(text).is_none_or(|fields| !fields.is_empty())
                }
                Leaf::PlainParameter { .. } => true,
                Leaf::Known { .. } | Leaf::Given { .. } | Leaf::Variable { .. } => false,
            };
            let reasons: Vec<(bool, &Reason)> = match &*unknown.parts {
                [] => vec![(true, &unknown.reason)],
                parts => secret_parts(parts),
            };
            if reasons.is_empty() {
                return None;
            }
            let is_made = |types: &[&str]| {
                let hop =
                    |hop: &Hop| matches!(hop, Hop::MadeSecret(name) if types.contains(&terraform_type(name)));
                reasons.iter().any(|(_, reason)| {
                    matches!(reason, Reason::Computed { address, .. } if types.contains(&terraform_type(address)))
                }) || value.origin.way_from(&hop).is_some()
            };
            // Fetched from where secrets are kept, under a name that is put together.
            let is_fetched = |part: &Part| match part {
                Part::Text { text, .. } => {
                    text.contains("{{resolve:secretsmanager:") || text.contains("{{resolve:ssm-secure:")
                }
                Part::Unknown(_) => false,
            };
            if unknown.parts.iter().any(is_fetched) {
                return None;
            }
            if is_made(&GENERATORS) {
                return Some((value, SecretValue::Generated));
            }
            let is_key = |hop: &Hop| matches!(hop, Hop::MadeSecret(name) if handover::key(terraform_type(name)).is_some());
            if found.iter().any(is_piece) || value.origin.way_from(&is_key).is_some() {
                return None;
            }
            let is_document = starts_a_document(&unknown.parts);
            // What stands in a document under another name may be anything.
            let is_secret = |named: bool, reason: &Reason| {
                named || !is_document || name_of(reason).is_some_and(secrets::says_secret)
            };
            let mut reasons = reasons.into_iter();
            reasons
                .any(|(named, reason)| is_given(reason) && is_secret(named, reason))
                .then_some((value, SecretValue::Handed))
        }
    }
}
