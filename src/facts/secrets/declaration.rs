//! Secrets as defaults and values of names that say so.

use super::attribute::literals;
use super::container::name_beside;
use super::document;
use super::leaf;
use super::locate::{Literals, Sought};
use super::sighting::{Form, Sighting, standing_on};
use super::uses::Uses;
use crate::facts::fact::{Class, SecretPlace, SecretValue};
use crate::facts::provenance;
use crate::model::{Declaration, DeclarationKind, Entry, Kind, Unit, Value};
use crate::secrets::{self, Carried};
use crate::source::{Site, Sources};
use std::sync::Arc;

pub(super) fn collect(
    unit: &Unit,
    declaration: &Declaration,
    (sources, uses): (&Sources, &Uses<'_>),
    seen: &mut Vec<Sighting>,
) {
    if declaration.kind == DeclarationKind::RootOutput {
        return;
    }
    let named =
        Named { unit, declaration, sources, uses, several: secrets::holds_secrets(&declaration.name) };
    named.walk(&declaration.name, None, &declaration.value, seen);
}

struct Named<'u> {
    unit: &'u Unit,
    declaration: &'u Declaration,
    sources: &'u Sources,
    uses: &'u Uses<'u>,
    /// Whether the declared name stands for several secrets.
    several: bool,
}

impl Named<'_> {
    /// Secrets by their form that are put together; what stands as it is is found in the file's text.
    fn forms(&self, value: &Value, entry: Option<&Entry>, text: &Arc<str>, seen: &mut Vec<Sighting>) {
        for detection in secrets::scan(text) {
            let form = Form::of(text, &detection);
            let site = provenance::expression(&value.origin).unwrap_or(self.declaration.name_site);
            let mut subject = standing_on(site, self.unit.frontend);
            subject.header.attribute = format!("Outputs.{}", self.declaration.name);
            subject.words = form.words(format!("output `{}`", self.declaration.name));
            seen.push(Sighting {
                fact: form.fact(SecretPlace::Container, SecretValue::Known),
                subject,
                resource: None,
                sites: leaf::sites(value, entry),
                text: Some(Arc::from(detection.secret(text))),
                given: false,
                cut: None,
            });
        }
    }

    /// What an output tells people of where a secret is.
    fn is_prose(&self, text: &str) -> bool {
        self.declaration.kind == DeclarationKind::Output && text.trim().contains(char::is_whitespace)
    }

    /// `name` is the nearest key above the value.
    fn walk(&self, name: &str, entry: Option<&Entry>, value: &Value, seen: &mut Vec<Sighting>) {
        match &value.kind {
            Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::Unknown(_) => {}
            Kind::String(text) => self.text(name, entry, value, text, seen),
            Kind::List(items) => items.iter().for_each(|item| self.walk(name, entry, item, seen)),
            Kind::Object(object) => {
                let mut beside = None;
                for inner in &object.entries {
                    let is_value = document::VALUES.contains(&&*inner.key);
                    let named = is_value.then(|| &**beside.get_or_insert_with(|| name_beside(object)));
                    let name = named.filter(|name| !name.is_empty()).unwrap_or(&inner.key);
                    self.walk(name, Some(inner), &inner.value, seen);
                }
            }
            Kind::Choice(choice) => {
                self.walk(name, entry, &choice.then, seen);
                self.walk(name, entry, &choice.otherwise, seen);
            }
        }
    }

    fn text(
        &self,
        name: &str,
        entry: Option<&Entry>,
        value: &Value,
        text: &Arc<str>,
        seen: &mut Vec<Sighting>,
    ) {
        // Keys of several secrets need not say so again.
        let said = secrets::says_secret(name)
            || secrets::is_key_material(name, text)
            || entry.is_some()
                && self.several
                && !secrets::only_describes(name)
                && secrets::is_generated(text);
        if value.origin.is_given() {
            if said || self.declaration.marked_secret {
                let subject = standing_on(self.declaration.name_site, self.unit.frontend);
                seen.push(Sighting::given(Arc::clone(text), subject));
            }
            return;
        }
        // Who hands a text to a variable that is marked as sensitive writes a secret down, whatever its name.
        let marked = self.declaration.marked_secret
            && self.declaration.value.as_str().is_some()
            && !secrets::only_describes(name)
            && !secrets::is_placeholder(text)
            && match handed(self.declaration.kind) {
                Handed::Over => true,
                // What is used where nobody says otherwise may be a mere setting.
                Handed::ByDefault => secrets::may_be_secret("", text),
                Handed::Neither => false,
            };
        if self.declaration.kind == DeclarationKind::Output && leaf::is_assembled(&value.origin) {
            self.forms(value, entry, text, seen);
        }
        if self.is_prose(text) || leaf::is_checksum(&value.origin) {
            return;
        }
        // What becomes of it is not known here, so that name and value together have to tell.
        let is_passed =
            matches!(self.declaration.kind, DeclarationKind::ModuleInput | DeclarationKind::ModuleOutput);
        let is_data = is_passed && !secrets::only_speaks(&self.declaration.name);
        if let Some(fields) = document::pairs(text).filter(|_| is_data) {
            return self.fields(entry, value, &fields, seen);
        }
        if !(said || marked) || !may_be_secret(text) || !marked && is_harmless_document(text) {
            return;
        }
        if !marked && secrets::chooses_a_way(name, text) {
            return;
        }
        if is_passed && !secrets::may_be_secret(name, text) || !marked && secrets::calls_one(name, text) {
            return;
        }
        let says_so = |name: &str| secrets::says_stand_in(name);
        if (says_so(name) || says_so(&self.declaration.name)) && secrets::is_placeholder(text) {
            return;
        }
        let has_no_form = || Form::in_secret_place(text).class == Class::None;
        // What tells people where to get it.
        let is_speech = said && text.trim().contains(' ') && !secrets::may_be_secret(name, text);
        if is_speech && has_no_form() {
            return;
        }
        if has_no_form() && self.uses.only_call(self.unit, self.declaration, entry.map(|_| name)) {
            return;
        }
        let site = provenance::site(value, entry)
            .or_else(|| self.standing(value, text))
            .or_else(|| provenance::expression(&value.origin))
            .unwrap_or(self.declaration.name_site);
        let told = match (said, self.declaration.kind) {
            (true, _) => "the name says that",
            (false, DeclarationKind::ParameterValue | DeclarationKind::Parameter) => {
                "the parameter is not to be echoed, so"
            }
            (false, _) => "the variable is marked as sensitive, so",
        };
        let sites = match leaf::sites(value, entry) {
            sites if sites.is_empty() => vec![site],
            sites => sites,
        };
        self.tell((entry.map(|_| name), value), text, (site, sites), told, seen);
    }

    /// Where the characters of a text stand that was decoded.
    fn standing(&self, value: &Value, text: &str) -> Option<Site> {
        let carried = Carried::of(text);
        let whole = 0..text.len();
        let sought = Sought { carried: &carried, layer: 0, whole: whole.clone(), value: whole };
        sought.site(&Literals::of(&literals(value), self.sources))
    }

    /// The entries of a document that becomes an input.
    fn fields(
        &self,
        entry: Option<&Entry>,
        value: &Value,
        fields: &[document::Field],
        seen: &mut Vec<Sighting>,
    ) {
        let literals = value.origin.literals();
        for field in fields.iter().filter(|field| field.is_known()) {
            if !secrets::is_named_secret(&field.name, &field.text) {
                continue;
            }
            let located = document::locate(field, &literals, self.sources);
            let site = located.or_else(|| provenance::site(value, entry)).unwrap_or(self.declaration.block);
            let text = Arc::from(field.text.as_str());
            self.tell((Some(&field.name), value), &text, (site, vec![site]), "the name says that", seen);
        }
    }

    /// `inner`: the key within the declared value.
    fn tell(
        &self,
        (inner, value): (Option<&str>, &Value),
        text: &Arc<str>,
        (site, sites): (Site, Vec<Site>),
        told: &str,
        seen: &mut Vec<Sighting>,
    ) {
        let form = Form::in_secret_place(text);
        let mut subject = standing_on(site, self.unit.frontend);
        let path = [Some(&*self.declaration.module), Some(&*self.declaration.name), inner];
        let path: Vec<&str> = path.into_iter().flatten().filter(|part| !part.is_empty()).collect();
        subject.header.attribute = path.join(".");
        let noun = match self.declaration.kind {
            DeclarationKind::Variable => "default of variable",
            DeclarationKind::Local => "local",
            DeclarationKind::VariableValue => "value of variable",
            DeclarationKind::ModuleInput => "input",
            DeclarationKind::Parameter => "default of parameter",
            DeclarationKind::ParameterValue => "value of parameter",
            DeclarationKind::Mapping => "mapping",
            DeclarationKind::Output | DeclarationKind::RootOutput | DeclarationKind::ModuleOutput => "output",
        };
        let inner = inner.map_or_else(String::new, |name| format!(", `{name}`"));
        let of = match self.declaration.kind {
            DeclarationKind::ModuleInput => format!(" of `{}`", self.declaration.module),
            DeclarationKind::Variable
            | DeclarationKind::Local
            | DeclarationKind::VariableValue
            | DeclarationKind::Parameter
            | DeclarationKind::ParameterValue
            | DeclarationKind::Mapping
            | DeclarationKind::Output
            | DeclarationKind::RootOutput
            | DeclarationKind::ModuleOutput => String::new(),
        };
        let of = format!("{noun} `{}`{inner}{of}", self.declaration.name);
        let used = format!("it becomes the {of} here");
        subject.words = form.words(of);
        subject.words.insert("told", told.into());
        if self.declaration.kind == DeclarationKind::ModuleInput {
            subject.header.chain =
                provenance::chain_to(value, Some(self.declaration.block), &used, Some(site));
        }
        seen.push(Sighting {
            fact: form.fact(SecretPlace::Declaration, SecretValue::Known),
            subject,
            resource: None,
            sites,
            text: Some(Arc::clone(text)),
            given: false,
            cut: None,
        });
    }
}

/// How a named value comes to what takes it.
enum Handed {
    Over,
    ByDefault,
    Neither,
}

fn handed(kind: DeclarationKind) -> Handed {
    match kind {
        DeclarationKind::VariableValue | DeclarationKind::ParameterValue => Handed::Over,
        DeclarationKind::Variable | DeclarationKind::Parameter => Handed::ByDefault,
        DeclarationKind::Local
        | DeclarationKind::ModuleInput
        | DeclarationKind::Mapping
        | DeclarationKind::Output
        | DeclarationKind::RootOutput
        | DeclarationKind::ModuleOutput => Handed::Neither,
    }
}

/// A JSON document under a name that says secret, in which no name does: what is known of credentials, not these.
fn is_harmless_document(text: &str) -> bool {
    let is_secret = |field: &document::Field| field.is_known() && secrets::says_secret(&field.name);
    let by_form = || !secrets::scan(text).is_empty();
    document::secret_fields(text).is_some_and(|fields| !fields.iter().any(is_secret) && !by_form())
}

/// Not what only refers to a secret, switches something, or shows where one is to be put.
fn may_be_secret(text: &str) -> bool {
    let text = text.trim();
    let marked = (text.starts_with('<') && text.ends_with('>')) || text.contains("${") || text.contains("{{");
    let stands_in = secrets::is_stand_in(text) || secrets::is_ciphertext(text);
    // `CHANGE_ME` has the form of a variable's name, and is what `changeme` is.
    let is_capital = text.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_');
    let is_weak = is_capital && secrets::is_placeholder(text) && !stands_in;
    let refers = !is_weak && secrets::looks_like_reference(text) || secrets::is_route(text);
    !text.is_empty() && !marked && text != "true" && text != "false" && !refers && !stands_in
}
