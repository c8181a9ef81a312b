//! Secrets in environments, scripts, documents and free settings: entry by entry by their names, and by their form where
//! the text is put together or encoded. What stands there as it is is found by its form in the file's text.

use super::attribute::{Found, literals, used};
use super::document;
use super::leaf;
use super::locate::{Literals, Sought};
use super::named::{generated_piece, is_harmless, last_of};
use super::sighting::{Form, Sighting};
use crate::catalog;
use crate::facts::fact::{SecretPlace, SecretValue};
use crate::facts::holes::{HOLE, with_holes};
use crate::facts::{place, provenance};
use crate::model::{BlockKind, Entry, Frontend, Kind, Object, Origin, Part, Unknown, Value};
use crate::secrets::{self, Carried, Detection};
use crate::source::Site;
use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

/// A container of a resource.
pub(super) struct Inside<'a> {
    pub(super) path: &'a str,
    /// Whether names in it say what their values are. In the description of an API they name fields of messages.
    pub(super) named: bool,
}

/// A value in a container, and how it is called there.
pub(super) struct Item<'a> {
    pub(super) inside: &'a Inside<'a>,
    pub(super) name: &'a str,
    pub(super) entry: &'a Entry,
    pub(super) value: &'a Value,
}

impl Found<'_> {
    pub(super) fn containers(&self, seen: &mut Vec<Sighting>) {
        let type_name = &*self.resource.type_name;
        for path in catalog::containers(type_name).iter().chain(catalog::inline_code(type_name)) {
            let (parent, last) = path.rsplit_once('.').unwrap_or(("", path));
            let inside = Inside { path, named: !catalog::describes_api(path) };
            for object in self.resource.body.objects_at(parent) {
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

    pub(super) fn walk(&self, item: &Item<'_>, seen: &mut Vec<Sighting>) {
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
                for text in texts(item.value, unknown) {
                    if text.chars().any(|c| c != HOLE) {
                        self.in_part(item, &text, seen);
                    }
                }
                self.handed(item, seen);
            }
        }
    }

    /// What a template that is not here was handed, as if it were the entry of a map.
    fn handed(&self, item: &Item<'_>, seen: &mut Vec<Sighting>) {
        for (name, step) in provenance::handed(&item.value.origin) {
            let text: String = step.from.iter().map(|from| leaf::written(from, self.sources)).collect();
            if text.is_empty() || text.contains(HOLE) {
                continue;
            }
            let origin = Origin::Derived(Arc::clone(step));
            self.walk(&Item { name, value: &Value { origin, ..Value::string(text) }, ..*item }, seen);
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
                    Some(kind) if catalog::names_a_store(kind) => continue,
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
        if item.inside.named {
            self.command(item, items, seen);
        }
    }

    /// What the whole of a command says of one of its arguments: `curl`, `-u`, `user:…`.
    fn command(&self, item: &Item<'_>, items: &[Value], seen: &mut Vec<Sighting>) {
        let arguments: Vec<&str> = items.iter().map(|value| value.as_str().unwrap_or_default()).collect();
        for one in secrets::in_arguments(&arguments) {
            let (Some(text), Some(value)) = (arguments.get(one.at), items.get(one.at)) else { continue };
            if !value.origin.is_given() {
                let item = Item { name: &one.name, value, ..*item };
                self.part_named(&item, &Carried::of(text), one.value, seen);
            }
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
        let carried = Carried::of(text);
        // What stands in place is found in the file's text.
        let first = usize::from(!leaf::is_assembled(&item.value.origin));
        self.scan(item, &carried, first, seen);
        self.note_cut(item, &carried, seen);
        if !item.inside.named || self.refers(item) || leaf::is_checksum(&item.value.origin) {
            return;
        }
        if catalog::maps_parameters(item.inside.path) {
            return self.mapping(item, &carried, seen);
        }
        if self.header(item, &carried, seen) {
            return;
        }
        let known = seen.len();
        let is_secret = self.resource.kind != BlockKind::Call && secrets::is_named_secret(item.name, text);
        if !is_secret || carried.decoded().is_some() {
            self.texts(item, &carried, seen);
        }
        // A document in base 64 is what its entries are; a word is the secret still.
        let harmless = || carried.decoded().is_some_and(is_harmless) || self.encodes_no_secret(item);
        if is_secret && seen.len() == known && !harmless() {
            let entry = item.value.to_text().is_some().then_some(item.entry);
            let site = provenance::site(item.value, entry);
            self.entry_named(&self.told(item), item.name, text, site, false, seen);
        }
    }

    fn in_part(&self, item: &Item<'_>, text: &str, seen: &mut Vec<Sighting>) {
        let carried = Carried::of(text);
        self.scan(item, &carried, 0, seen);
        self.note_cut(item, &carried, seen);
        if item.inside.named {
            self.texts(item, &carried, seen);
            self.generated_piece(item, &carried, seen);
        }
    }

    /// Whether the code encodes what is no secret by itself, however short it is.
    fn encodes_no_secret(&self, item: &Item<'_>) -> bool {
        if !leaf::is_encoded(&item.value.origin) {
            return false;
        }
        let inner = leaf::written(&item.value.origin, self.sources);
        is_harmless(&inner) || !inner.starts_with('{') && !secrets::may_be_secret(item.name, &inner)
    }

    /// What follows `Bearer` in a header that says who calls.
    fn header(&self, item: &Item<'_>, carried: &Carried<'_>, seen: &mut Vec<Sighting>) -> bool {
        let text = carried.text(0);
        let Some(value) = secrets::credential_in_header(item.name, text) else { return false };
        self.part_named(item, carried, value, seen);
        true
    }

    /// Beside what is only known when it runs, what nobody but a machine makes.
    fn generated_piece(&self, item: &Item<'_>, carried: &Carried<'_>, seen: &mut Vec<Sighting>) {
        if let Some(value) = generated_piece(item.name, carried.text(0)) {
            self.part_named(item, carried, value, seen);
        }
    }

    pub(super) fn part_named(
        &self,
        item: &Item<'_>,
        carried: &Carried<'_>,
        value: Range<usize>,
        seen: &mut Vec<Sighting>,
    ) {
        let sought = Sought { carried, layer: 0, whole: value.clone(), value };
        let site = sought.site(&Literals::of(&literals(item.value), self.sources));
        self.entry_named(&self.told(item), item.name, sought.text(), site, false, seen);
    }

    /// The entries of documents, or what scripts give to names.
    fn texts(&self, item: &Item<'_>, carried: &Carried<'_>, seen: &mut Vec<Sighting>) {
        let found = self.searched.named(carried, literals(item.value), self.sources);
        let (found, cut) = &*found;
        let mut told = None;
        for one in found {
            let told = told.get_or_insert_with(|| self.told(item));
            self.entry_named(told, &one.name, &one.text, one.site, one.by_script, seen);
        }
        if let Some(why) = cut {
            self.cut(item, why, seen);
        }
    }

    fn note_cut(&self, item: &Item<'_>, carried: &Carried<'_>, seen: &mut Vec<Sighting>) {
        if let Some(cut) = carried.cut() {
            self.cut(item, cut.reason(), seen);
        }
    }

    /// Says that there may be more in a value than was looked for.
    fn cut(&self, item: &Item<'_>, why: &'static str, seen: &mut Vec<Sighting>) {
        seen.push(Sighting::cut(
            why,
            self.subject(item.inside.path, item.value, item.entry, &Form::none("")),
        ));
    }

    /// Secrets by their form in the layers of a text, from one on.
    fn scan(&self, item: &Item<'_>, carried: &Carried<'_>, first: usize, seen: &mut Vec<Sighting>) {
        for (layer, text) in carried.texts().skip(first) {
            for detection in self.forms_in(item.name, text) {
                self.detected(item, (carried, layer), text, &detection, seen);
            }
        }
    }

    fn detected(
        &self,
        item: &Item<'_>,
        (carried, layer): (&Carried<'_>, usize),
        text: &str,
        detection: &Detection,
        seen: &mut Vec<Sighting>,
    ) {
        let literals = literals(item.value);
        let place = detection.start..detection.end;
        let located = Sought { carried, layer, whole: place.clone(), value: place }
            .site(&Literals::of(&literals, self.sources));
        let secret = detection.secret(text);
        let form = match located {
            Some(site) if detection.decoded.is_none() => {
                Form::of(text, detection).standing(site, secret, self.sources)
            }
            Some(_) | None => Form::of(text, detection),
        };
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
        let sites = match located {
            Some(site) => {
                let used = used(item.inside.path, self.resource);
                subject.header.site = self.own(site, &[]);
                subject.header.chain = provenance::chain(item.value, Some(item.entry), &used, Some(site));
                vec![site]
            }
            None if literals.is_empty() => leaf::sites(item.value, Some(item.entry)),
            None => literals,
        };
        seen.push(self.sighting(fact, subject, sites, Some(Arc::from(secret))));
    }
}

/// The name of a pair of a name and a value; of one that is known in part, its end.
pub(super) fn name_beside(object: &Object) -> Cow<'_, str> {
    let end = |value: &Value| match value.as_unknown()?.parts.last()? {
        Part::Text { text, .. } => Some(Arc::clone(text)),
        Part::Unknown(_) => None,
    };
    let text = |value: &Value| value.to_text().or_else(|| end(value));
    let name = document::NAMES.iter().find_map(|key| text(&object.get(key)?.value));
    name.map_or(Cow::Borrowed(""), |name| Cow::Owned(last_of(&name).to_owned()))
}

/// What a value that is known in part says: itself, unless it is but an encoding, and each text that it holds in one.
pub(in crate::facts) fn texts(value: &Value, unknown: &Unknown) -> Vec<String> {
    let own = (!leaf::is_encoded(&value.origin)).then_some(&unknown.parts);
    own.into_iter().chain(unknown.encoded.texts()).map(|parts| with_holes(parts)).collect()
}
