//! Secrets in environments, scripts, documents and free settings: entry by entry by their names, and by their form where
//! the text is put together or encoded. What stands there as it is is found by its form in the file's text.

use super::attribute::{Found, literals, objects_at, used};
use super::document;
use super::leaf;
use super::sighting::{Form, Sighting};
use crate::catalog;
use crate::facts::fact::{SecretPlace, SecretValue};
use crate::facts::{place, provenance};
use crate::model::{BlockKind, Entry, Frontend, Hop, Kind, Object, Origin, Part, Value};
use crate::secrets::{self, Assigned};
use crate::source::{Site, Span};
use base64::Engine;
use std::borrow::Cow;
use std::io::Read as _;
use std::sync::Arc;

/// Larger texts are no scripts of a person's.
const MAX_DECODED: usize = 256 * 1024;
/// Nor are they looked through for names.
const MAX_TEXT: usize = 1024 * 1024;

/// How a compressed text begins.
const GZIP: &[u8] = &[0x1f, 0x8b];

/// A container of a resource.
struct Inside<'a> {
    path: &'a str,
    /// Whether names in it say what their values are. In the description of an API they name fields of messages.
    named: bool,
}

/// A value in a container, and how it is called there.
struct Item<'a> {
    inside: &'a Inside<'a>,
    name: &'a str,
    entry: &'a Entry,
    value: &'a Value,
}

impl Found<'_> {
    pub(super) fn containers(&self, seen: &mut Vec<Sighting>) {
        for path in catalog::containers(&self.resource.type_name) {
            let (parent, last) = path.rsplit_once('.').unwrap_or(("", path));
            let inside = Inside { path, named: !catalog::describes_api(path) };
            for object in objects_at(&self.resource.body, parent) {
                let Some(entry) = object.get(last) else { continue };
                let name =
                    if document::VALUES.contains(&last) { name_beside(object) } else { Cow::Borrowed(last) };
                self.walk(&Item { inside: &inside, name: &name, entry, value: &entry.value }, seen);
            }
        }
        if self.resource.kind == BlockKind::Managed {
            for path in ["connection", "provisioner"] {
                let inside = Inside { path, named: true };
                for entry in self.resource.body.entries_at(path) {
                    self.walk(&Item { inside: &inside, name: path, entry, value: &entry.value }, seen);
                }
            }
        }
    }

    /// Addresses of repositories with a credential before the host.
    pub(super) fn repositories(&self, seen: &mut Vec<Sighting>) {
        for path in catalog::repositories(&self.resource.type_name) {
            for entry in self.resource.body.entries_at(path) {
                let Some(text) = entry.value.to_text().filter(|_| !entry.value.origin.is_given()) else {
                    continue;
                };
                let Some(found) = secrets::repository_credential(&text) else { continue };
                let form = Form::of(&text, &found);
                let subject = self.subject(path, &entry.value, entry, &form);
                let secret = text.get(found.start..found.end).map(Arc::from);
                let fact = form.fact(SecretPlace::Container, SecretValue::Known);
                seen.push(self.sighting(fact, subject, leaf::sites(&entry.value, Some(entry)), secret));
            }
        }
    }

    /// A container that is no row of the catalogue.
    pub(super) fn container(
        &self,
        path: &str,
        entry: &Entry,
        value: &Value,
        named: bool,
        seen: &mut Vec<Sighting>,
    ) {
        self.walk(&Item { inside: &Inside { path, named }, name: "", entry, value }, seen);
    }

    fn walk(&self, item: &Item<'_>, seen: &mut Vec<Sighting>) {
        match &item.value.kind {
            Kind::Null | Kind::Bool(_) => {}
            Kind::Number(_) | Kind::String(_) => {
                if let Some(text) = item.value.to_text() {
                    self.known(item, &text, seen);
                }
            }
            Kind::List(items) => self.list(item, items, seen),
            Kind::Object(object) => self.object(item, object, seen),
            Kind::Choice(choice) => {
                self.walk(&Item { value: &choice.then, ..*item }, seen);
                self.walk(&Item { value: &choice.otherwise, ..*item }, seen);
            }
            Kind::Unknown(unknown) => {
                let text = if leaf::is_encoded(&item.value.origin) {
                    leaf::written(&item.value.origin, self.sources)
                } else {
                    with_holes(&unknown.parts)
                };
                if text.chars().any(|c| c != leaf::HOLE) {
                    self.in_part(item, &text, seen);
                }
            }
        }
    }

    fn object(&self, item: &Item<'_>, object: &Object, seen: &mut Vec<Sighting>) {
        let paired = document::VALUES
            .iter()
            .find(|key| object.get(key).is_some())
            .filter(|_| !name_beside(object).is_empty());
        let kind = document::KINDS.iter().find_map(|key| object.get(key)?.value.to_text());
        for entry in &object.entries {
            let name: Cow<'_, str> = match paired {
                Some(_) if document::NAMES.contains(&&*entry.key) => continue,
                Some(value) if **value == *entry.key => match &kind {
                    Some(kind) if document::is_reference(kind) => continue,
                    _ => name_beside(object),
                },
                _ => Cow::Borrowed(&*entry.key),
            };
            self.walk(&Item { name: &name, entry, value: &entry.value, ..*item }, seen);
        }
    }

    /// Of the arguments of a command, one may be the option that the next one is the value of.
    fn list(&self, item: &Item<'_>, items: &[Value], seen: &mut Vec<Sighting>) {
        let mut option: Option<&str> = None;
        for value in items {
            let name = option.take().unwrap_or(item.name);
            self.walk(&Item { name, value, ..*item }, seen);
            option =
                value.as_str().and_then(|text| text.strip_prefix("--")).filter(|text| !text.contains('='));
        }
    }

    fn known(&self, item: &Item<'_>, text: &Arc<str>, seen: &mut Vec<Sighting>) {
        if item.value.origin.is_given() {
            self.mask_tokens(text, seen);
            if secrets::says_secret(item.name) {
                seen.push(Sighting::given(Arc::clone(text), place::subject(self.unit, self.resource)));
            }
            return;
        }
        if leaf::is_assembled(&item.value.origin) {
            self.scan(item, text, seen);
        }
        let decoded = decode(text);
        if let Some(decoded) = &decoded {
            self.scan(item, decoded, seen);
        }
        if !item.inside.named || self.refers(item) {
            return;
        }
        if secrets::says_secret(item.name)
            && secrets::may_be_secret(item.name, text)
            && decoded.as_deref().is_none_or(is_binary)
        {
            let entry = item.value.to_text().is_some().then_some(item.entry);
            let site = provenance::site(item.value, entry);
            self.entry_named(item, item.name, text, site, false, seen);
        } else {
            self.texts(item, decoded.as_deref().unwrap_or(text), seen);
        }
    }

    fn in_part(&self, item: &Item<'_>, text: &str, seen: &mut Vec<Sighting>) {
        self.scan(item, text, seen);
        if item.inside.named {
            self.texts(item, text, seen);
        }
    }

    /// The entries of a document, or what a script gives to names.
    fn texts(&self, item: &Item<'_>, text: &str, seen: &mut Vec<Sighting>) {
        if text.len() > MAX_TEXT {
            return;
        }
        let literals = literals(item.value);
        let Some(fields) = document::pairs(text) else {
            return self.script(item, text, &literals, seen);
        };
        for field in fields {
            let name = last_of(&field.name);
            if field.is_known() && secrets::says_secret(name) && secrets::may_be_secret(name, &field.text) {
                let site = document::locate(&field, &literals, self.sources);
                self.entry_named(item, name, &field.text, site, false, seen);
            } else {
                self.script(item, &field.text, &literals, seen);
            }
        }
    }

    fn script(&self, item: &Item<'_>, text: &str, literals: &[Site], seen: &mut Vec<Sighting>) {
        let all = secrets::assigned(text);
        for (at, one) in all.iter().enumerate() {
            let same = |other: &&Assigned<'_>| text.get(other.whole.clone()) == text.get(one.whole.clone());
            let nth = all.iter().take(at).filter(same).count();
            let site = self.locate(text, one, nth, literals);
            if let Some(value) = text.get(one.value.clone()) {
                self.entry_named(item, one.name, value, site, true, seen);
            }
        }
    }

    /// The characters of a value among the literals of which its text was made.
    fn locate(&self, text: &str, one: &Assigned<'_>, nth: usize, literals: &[Site]) -> Option<Site> {
        let (whole, value) = (text.get(one.whole.clone())?, text.get(one.value.clone())?);
        let found = |wanted: &str, value: usize, nth: usize| {
            let mut seen = 0;
            for site in literals {
                let file = self.sources.get(site.file);
                let slice = file.slice(site.span);
                for (at, _) in slice.match_indices(wanted) {
                    if seen == nth {
                        let end = site.span.range().start + at + wanted.len();
                        return Some(Site::new(site.file, Span::new(end - value, end)));
                    }
                    seen += 1;
                }
            }
            None
        };
        let escaped = whole.replace('\\', "\\\\").replace('"', "\\\"");
        let holds = |site: &&Site| self.sources.get(site.file).slice(site.span) == value;
        found(whole, value.len(), nth)
            .or_else(|| found(&escaped, value.len(), nth))
            .or_else(|| literals.iter().find(holds).copied())
            .or_else(|| found(value, value.len(), 0))
    }

    fn entry_named(
        &self,
        item: &Item<'_>,
        name: &str,
        text: &str,
        site: Option<Site>,
        script: bool,
        seen: &mut Vec<Sighting>,
    ) {
        // What stands in place is told with its surroundings, where the file is searched.
        let form = match item.value.origin {
            Origin::Literal(_) => Form::in_secret_place(text),
            Origin::None | Origin::Derived(_) => Form::under_name(name, text),
        };
        let mut subject = self.subject(item.inside.path, item.value, item.entry, &form);
        let used = used(item.inside.path, self.resource);
        if let Some(site) = site {
            subject.header.site = self.own(site, &[]);
            subject.header.chain = provenance::chain(item.value, Some(item.entry), &used, Some(site));
        }
        subject.header.attribute = format!("{}.{name}", item.inside.path);
        subject.words.insert("entry", name.to_owned());
        let place = place_of(item.inside.path, script);
        let instead = match catalog::instead_of_a_literal(&self.resource.type_name).filter(|_| !script) {
            Some(instead) => instead,
            None if script || place == ENVIRONMENT => {
                "fetch it from Secrets Manager when this runs, with the role of what runs it"
            }
            None => "hand it over by reference, from Secrets Manager or an ephemeral value",
        };
        subject.words.insert("where", place);
        subject.words.insert("instead", instead.to_owned());
        let sites = site.map_or_else(|| leaf::sites(item.value, Some(item.entry)), |site| vec![site]);
        let fact = form.fact(SecretPlace::Container, SecretValue::Known);
        seen.push(self.sighting(fact, subject, sites, Some(Arc::from(text))));
    }

    /// Whether the value is what another thing is called: the attribute or name that carried it says so.
    fn refers(&self, item: &Item<'_>) -> bool {
        fn says_so(origin: &Origin) -> bool {
            let Origin::Derived(step) = origin else { return false };
            let name = match &step.hop {
                Hop::VariableDefault(name)
                | Hop::VariableValue(name)
                | Hop::ModuleInput(name)
                | Hop::Local(name)
                | Hop::ModuleOutput(name)
                | Hop::Attribute(name)
                | Hop::ParameterDefault(name)
                | Hop::ParameterValue(name) => Some(name),
                Hop::Given(_)
                | Hop::Planned(_)
                | Hop::Mapping(_)
                | Hop::Function(_)
                | Hop::Template
                | Hop::File(_)
                | Hop::Iterator(_)
                | Hop::Branch
                | Hop::Inherited(_)
                | Hop::MadeSecret(_)
                | Hop::UnmarkedVariable(_) => None,
            };
            let described = name.is_some_and(|name| {
                secrets::only_describes(last_of(name.rsplit('.').next().unwrap_or(name)))
            });
            match step.from.as_slice() {
                [one] => described || says_so(one),
                _ => described,
            }
        }
        says_so(&item.value.origin)
    }

    fn scan(&self, item: &Item<'_>, text: &str, seen: &mut Vec<Sighting>) {
        for detection in secrets::scan(text) {
            let form = Form::of(text, &detection);
            let fact = form.fact(SecretPlace::Container, SecretValue::Known);
            let mut subject = self.subject(item.inside.path, item.value, item.entry, &form);
            // A map of variables holds others too: the one that is put together is the place.
            let within = |site: &Site| match self.unit.frontend {
                Frontend::Terraform | Frontend::Plan => {
                    item.entry.site.is_some_and(|all| all.file == site.file && all.span.contains(site.span))
                }
                // Also where SAM's `Globals` have it.
                Frontend::CloudFormation | Frontend::Cdk => true,
            };
            let expression = provenance::expression(&item.value.origin).filter(within);
            if let Some(site) = expression.filter(|_| provenance::literal(&item.value.origin).is_none()) {
                subject.header.site = site;
            }
            let secret = text.get(detection.start..detection.end).map(Arc::from);
            let sites = match literals(item.value) {
                sites if sites.is_empty() => leaf::sites(item.value, Some(item.entry)),
                sites => sites,
            };
            seen.push(self.sighting(fact, subject, sites, secret));
        }
    }
}

/// The name of a pair of a name and a value; of one that is known in part, its end.
fn name_beside(object: &Object) -> Cow<'_, str> {
    let end = |value: &Value| match value.as_unknown()?.parts.last()? {
        Part::Text { text, .. } => Some(Arc::clone(text)),
        Part::Unknown(_) => None,
    };
    let text = |value: &Value| value.to_text().or_else(|| end(value));
    let name = document::NAMES.iter().find_map(|key| text(&object.get(key)?.value));
    name.map_or(Cow::Borrowed(""), |name| Cow::Owned(last_of(&name).to_owned()))
}

/// Of the name of a parameter its last part: `/app/db/password`.
fn last_of(name: &str) -> &str {
    name.trim_end_matches('/').rsplit('/').next().unwrap_or(name)
}

const ENVIRONMENT: &str = "the environment";

fn place_of(path: &str, script: bool) -> String {
    let last = path.rsplit('.').next().unwrap_or(path);
    let lower = path.to_lowercase();
    match script {
        true if ["user_data", "userdata", "provisioner", "on_create", "on_start"]
            .iter()
            .any(|word| lower.contains(word)) =>
        {
            "a script".to_owned()
        }
        false if ["env", "variables", "container_definitions"].iter().any(|word| lower.contains(word)) => {
            ENVIRONMENT.to_owned()
        }
        _ => format!("`{last}`"),
    }
}

/// A text of which parts are not known, with holes for these.
fn with_holes(parts: &[Part]) -> String {
    let mut whole = String::new();
    for part in parts {
        match part {
            Part::Text { text, .. } => whole.push_str(text),
            Part::Unknown(_) => whole.push(leaf::HOLE),
        }
    }
    whole
}

fn is_binary(text: &str) -> bool {
    text.chars().any(|c| c.is_control() && !c.is_whitespace())
}

fn decode(text: &str) -> Option<String> {
    let compact: String = text.split_whitespace().collect();
    if compact.len() < 24 || compact.len() > MAX_DECODED || !compact.len().is_multiple_of(4) {
        return None;
    }
    let mut bytes = base64::engine::general_purpose::STANDARD.decode(compact).ok()?;
    if bytes.starts_with(GZIP) {
        let mut unpacked = Vec::new();
        let limit = u64::try_from(MAX_DECODED).unwrap_or(u64::MAX);
        flate2::read::GzDecoder::new(bytes.as_slice()).take(limit).read_to_end(&mut unpacked).ok()?;
        bytes = unpacked;
    }
    String::from_utf8(bytes).ok()
}
