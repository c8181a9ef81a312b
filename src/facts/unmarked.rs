//! Secrets that nothing marks as such: variables and parameters that are shown wherever they are used, and what is marked
//! but shown all the same.

use super::fact::{Unmarked, UnmarkedWhat};
use super::secrets::{only_describes, standing_on};
use super::subject::{Spot, Subject};
use super::{cdk, place, provenance};
use crate::catalog::{self, Condition, Strength, containers, sensitive};
use crate::model::{
    BlockKind, Declaration, DeclarationKind, Entry, Frontend, Hop, Kind, Marks, Origin, Part, Reason,
    Resource, Step, Unit, Value,
};
use crate::secrets;
use crate::source::{Site, Sources, Span};
use litemap::LiteMap;
use std::collections::BTreeSet;
use std::sync::Arc;

/// A fact of an unmarked secret, and where it stands if a literal is it.
#[derive(Debug)]
pub(crate) struct Stated {
    pub(crate) fact: Unmarked,
    pub(crate) subject: Subject,
    pub(crate) literals: Vec<Site>,
}

/// Functions that keep the secret in what they make.
const CARRIERS: [&str; 17] = [
    "nonsensitive",
    "jsonencode",
    "yamlencode",
    "base64encode",
    "urlencode",
    "join",
    "format",
    "coalesce",
    "try",
    "tostring",
    "trimspace",
    "chomp",
    "concat",
    "one",
    "element",
    "lookup",
    "merge",
];

pub(crate) fn lower(unit: &Unit, sources: &Sources) -> Vec<Stated> {
    let mut stated = Vec::new();
    for resource in &unit.resources {
        let walk = Walk { unit, resource, sources };
        match resource.kind {
            BlockKind::Managed => walk.managed(&mut stated),
            BlockKind::Provider => walk.inputs(&mut stated),
            BlockKind::Data | BlockKind::Ephemeral | BlockKind::Backend => {}
        }
    }
    stated
}

/// What a unit shows of secrets that are marked.
pub(crate) fn declared(unit: &Unit) -> Vec<Stated> {
    let shown = |declaration| {
        let (what, name, site) = uncovered(declaration)?;
        let mut subject = standing_on(site, unit.frontend);
        subject.header.attribute = format!("Outputs.{}", declaration.name);
        let output = format!("output `{}`", declaration.name);
        subject.words = LiteMap::from_iter([("name", name.into()), ("subject", output.into())]);
        Some(Stated { fact: Unmarked { what }, subject, literals: Vec::new() })
    };
    unit.declarations.iter().filter_map(shown).collect()
}

fn uncovered(declaration: &Declaration) -> Option<(UnmarkedWhat, String, Site)> {
    match declaration.kind {
        DeclarationKind::Output => {
            let name = hidden(&declaration.value)?;
            Some((UnmarkedWhat::StackOutput, name, declaration.name_site))
        }
        DeclarationKind::RootOutput if !declaration.marked_secret => {
            let name = nonsensitive(&declaration.value)?;
            Some((UnmarkedWhat::Output, name, declaration.block))
        }
        DeclarationKind::RootOutput
        | DeclarationKind::Variable
        | DeclarationKind::Local
        | DeclarationKind::VariableValue
        | DeclarationKind::ModuleInput
        | DeclarationKind::ModuleOutput
        | DeclarationKind::Parameter
        | DeclarationKind::ParameterValue
        | DeclarationKind::Mapping => None,
    }
}

/// The parameter that is not to be echoed and is a part of the value, in any branch.
fn hidden(value: &Value) -> Option<String> {
    match &value.kind {
        Kind::Null | Kind::Bool(_) | Kind::Number(_) => None,
        Kind::List(items) => items.iter().find_map(hidden),
        Kind::Object(object) => object.entries.iter().find_map(|entry| hidden(&entry.value)),
        Kind::Choice(choice) => hidden(&choice.then).or_else(|| hidden(&choice.otherwise)),
        Kind::String(text) => {
            let marked = value.marks.has(Marks::NO_ECHO) && !text.is_empty();
            marked.then(|| default_of(&value.origin).unwrap_or_default())
        }
        Kind::Unknown(unknown) => {
            let of = |reason: &Reason| match reason {
                Reason::Parameter { name, no_echo: true } => Some(name.to_string()),
                _ => None,
            };
            let mut parts = unknown.parts.iter();
            of(&unknown.reason).or_else(|| {
                parts.find_map(|part| match part {
                    Part::Unknown(reason) => of(reason),
                    Part::Text { .. } => None,
                })
            })
        }
    }
}

fn default_of(origin: &Origin) -> Option<String> {
    let is_parameter = |hop: &Hop| matches!(hop, Hop::ParameterDefault(_) | Hop::ParameterValue(_));
    let way = origin.way_from(&is_parameter)?;
    match way.first().map(|step| &step.hop) {
        Some(Hop::ParameterDefault(name) | Hop::ParameterValue(name)) => Some(name.to_string()),
        _ => None,
    }
}

/// The secret that `nonsensitive` uncovers in a value.
fn nonsensitive(value: &Value) -> Option<String> {
    let inside = match &value.kind {
        Kind::List(items) => items.iter().find_map(nonsensitive),
        Kind::Object(object) => object.entries.iter().find_map(|entry| nonsensitive(&entry.value)),
        Kind::Choice(choice) => nonsensitive(&choice.then).or_else(|| nonsensitive(&choice.otherwise)),
        Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) | Kind::Unknown(_) => None,
    };
    let uncovers = |hop: &Hop| matches!(hop, Hop::Function(name) if &**name == "nonsensitive");
    inside.or_else(|| {
        let way = value.origin.way_from(&uncovers)?;
        let (call, after) = way.split_first()?;
        let kept = after.iter().all(|step| keeps(&step.hop));
        call.from.iter().filter(|_| kept).find_map(secret_of)
    })
}

fn keeps(hop: &Hop) -> bool {
    match hop {
        Hop::Function(name) => CARRIERS.contains(&&**name),
        _ => true,
    }
}

/// What a value is, if it is a secret as it was made or handed over.
fn secret_of(origin: &Origin) -> Option<String> {
    let Origin::Derived(step) = origin else { return None };
    match &step.hop {
        Hop::MadeSecret(name) => return Some(name.to_string()),
        Hop::VariableDefault(name) | Hop::Attribute(name) if secrets::says_secret(place::last(name)) => {
            return Some(name.to_string());
        }
        hop if !keeps(hop) => return None,
        _ => {}
    }
    step.from.iter().find_map(secret_of)
}

struct Walk<'u> {
    unit: &'u Unit,
    resource: &'u Resource,
    sources: &'u Sources,
}

impl Walk<'_> {
    fn managed(&self, stated: &mut Vec<Stated>) {
        self.inputs(stated);
        let type_name = &*self.resource.type_name;
        let body = &self.resource.body;
        for path in containers(type_name) {
            for entry in body.entries_at(path) {
                self.named(path, entry, &entry.value, stated);
            }
        }
        if type_name == "aws_ssm_parameter" {
            self.insecure(stated);
        }
        if !self.resource.metadata.is_null() {
            self.metadata(&self.resource.metadata, None, stated);
        }
    }

    /// Inputs that are secrets.
    fn inputs(&self, stated: &mut Vec<Stated>) {
        for input in sensitive(&self.resource.type_name) {
            let is_certain = match input.condition {
                Condition::Always | Condition::When { .. } | Condition::Unless { .. } => true,
                // What is handed over may be a path, or an address without a password.
                Condition::UnlessFilePath | Condition::WhenPasswordInside => false,
            };
            // Static keys of the provider are told of as such.
            let is_static_key = &*self.resource.type_name == "provider.aws" && input.path != "token";
            if !is_certain || is_static_key || input.strength == Strength::Identifier {
                continue;
            }
            let (parent, name) = input.path.rsplit_once('.').unwrap_or(("", input.path));
            for object in self.resource.body.objects_at(parent) {
                let entry = object
                    .get(name)
                    .filter(|_| input.condition.holds_beside(|attribute, text| object.says(attribute, text)));
                let entry =
                    entry.filter(|entry| !only_describes(self.resource, input.condition, &entry.value));
                if let Some(entry) = entry {
                    self.secret(input.path, entry, &entry.value, stated);
                }
            }
        }
    }

    /// A value at the place of a secret.
    fn secret(&self, path: &str, entry: &Entry, value: &Value, stated: &mut Vec<Stated>) {
        match &value.kind {
            Kind::Bool(_) | Kind::Number(_) => {}
            Kind::List(items) => items.iter().for_each(|item| self.secret(path, entry, item, stated)),
            Kind::Object(object) => object.entries.iter().for_each(|inner| {
                // Of a document the fields that say so.
                if secrets::says_secret(&inner.key) {
                    self.secret(path, inner, &inner.value, stated);
                }
            }),
            Kind::Choice(choice) => {
                self.secret(path, entry, &choice.then, stated);
                self.secret(path, entry, &choice.otherwise, stated);
            }
            Kind::Unknown(unknown) if !unknown.parts.is_empty() => {
                self.parts(path, entry, value, &unknown.parts, true, stated);
            }
            Kind::Unknown(unknown) if !is_handed_over(&unknown.reason) => {}
            Kind::String(_) if is_put_together(&value.origin) => {
                for name in self.told(&value.origin) {
                    self.variable(path, entry, value, &|known| known == &*name, stated);
                }
            }
            Kind::Null | Kind::String(_) | Kind::Unknown(_) => {
                self.variable(path, entry, value, &|_| true, stated);
            }
        }
    }

    /// Values of an environment, script or setting: what a name says is a secret.
    fn named(&self, path: &str, entry: &Entry, value: &Value, stated: &mut Vec<Stated>) {
        match &value.kind {
            Kind::Bool(_) | Kind::Number(_) => {}
            Kind::List(items) => items.iter().for_each(|item| self.named(path, entry, item, stated)),
            Kind::Object(object) => {
                let text = |key: &str| object.get(key).and_then(|entry| entry.value.to_text());
                let is_fetched = ["type", "Type"]
                    .iter()
                    .filter_map(|key| text(key))
                    .any(|kind| catalog::names_a_store(&kind));
                let called = ["name", "Name"].iter().find_map(|key| text(key));
                if is_fetched || called.is_some_and(|name| secrets::only_describes(&name)) {
                    return;
                }
                for inner in &object.entries {
                    if !is_reference(&inner.key) {
                        self.named(path, inner, &inner.value, stated);
                    }
                }
            }
            Kind::Choice(choice) => {
                self.named(path, entry, &choice.then, stated);
                self.named(path, entry, &choice.otherwise, stated);
            }
            Kind::Unknown(unknown) if !unknown.parts.is_empty() => {
                self.parts(path, entry, value, &unknown.parts, false, stated);
            }
            Kind::Unknown(unknown) if !is_handed_over(&unknown.reason) => {}
            Kind::Null | Kind::String(_) | Kind::Unknown(_) => {
                self.variable(path, entry, value, &secrets::says_secret, stated);
            }
        }
    }

    /// A text that is put together: a document, an address, a script. What stands before a variable tells what it is.
    fn parts(
        &self,
        path: &str,
        entry: &Entry,
        value: &Value,
        parts: &[Part],
        is_secret: bool,
        stated: &mut Vec<Stated>,
    ) {
        let mut before = String::new();
        let whole = parts.iter().all(|part| match part {
            Part::Text { text, .. } => !text.contains(char::is_alphanumeric),
            Part::Unknown(_) => true,
        });
        for part in parts {
            match part {
                Part::Text { text, .. } => before.push_str(text),
                Part::Unknown(Reason::Variable { name } | Reason::Parameter { name, no_echo: false }) => {
                    let key = key_before(&before);
                    let told = match key {
                        Some(key) if is_reference(key) => false,
                        Some(key) => secrets::says_secret(key) || secrets::says_secret(name) && !is_secret,
                        None => secrets::says_secret(name) || is_secret && whole,
                    };
                    if told {
                        self.variable(path, entry, value, &|known| known == &**name, stated);
                    }
                    before.clear();
                }
                Part::Unknown(_) => before.clear(),
            }
        }
    }

    /// The variables that are a secret of a text which is known and was put together: by the name before the place where
    /// each is referred to, else by its own.
    fn told(&self, origin: &Origin) -> BTreeSet<Arc<str>> {
        let mut found = BTreeSet::new();
        self.collect_told(origin, None, &mut found);
        found
    }

    /// `within` are the places of the steps below the one that puts together, outermost first.
    fn collect_told(&self, origin: &Origin, within: Option<&[Site]>, found: &mut BTreeSet<Arc<str>>) {
        let Origin::Derived(step) = origin else { return };
        if let Hop::UnmarkedVariable(name) = &step.hop {
            let mut keys = within.unwrap_or_default().iter().rev().filter_map(|site| self.key_at(*site));
            let told = keys.find_map(|key| match secrets::says_secret(&key) {
                true => Some(true),
                false => secrets::only_describes(&key).then_some(false),
            });
            if told.unwrap_or_else(|| secrets::says_secret(place::last(name))) {
                found.insert(Arc::clone(name));
            }
            return;
        }
        let inner = match within {
            Some(sites) => Some(sites.iter().copied().chain(step.site).collect()),
            None => puts_together(step).then(Vec::new),
        };
        step.from.iter().for_each(|from| self.collect_told(from, inner.as_deref(), found));
    }

    /// The name before a place in the code: `password = var.x`, `"password": "${var.x}"`.
    fn key_at(&self, site: Site) -> Option<String> {
        let file = self.sources.get(site.file);
        let before = file.slice(Span::new(0, site.span.start as usize));
        let line = before.rsplit('\n').next().unwrap_or_default();
        key_before(line.trim_end().trim_end_matches("${")).map(str::to_owned)
    }

    fn variable(
        &self,
        path: &str,
        entry: &Entry,
        value: &Value,
        is_it: &dyn Fn(&str) -> bool,
        stated: &mut Vec<Stated>,
    ) {
        let hidden = [Marks::SENSITIVE, Marks::EPHEMERAL, Marks::NO_ECHO];
        let is_number = [Marks::NUMBER, Marks::BOOL].contains(&value.marks.scalar());
        if is_number || hidden.into_iter().any(|mark| value.marks.has(mark)) {
            return;
        }
        let wanted = |hop: &Hop| matches!(hop, Hop::UnmarkedVariable(name) if is_it(name));
        let Some(way) = value.origin.way_from(&wanted) else { return };
        let Some((name, site)) = way.first().and_then(|step| match &step.hop {
            Hop::UnmarkedVariable(name) => Some((name, step.site?)),
            _ => None,
        }) else {
            return;
        };
        let mut subject = standing_on(site, self.unit.frontend);
        subject.addresses = vec![Arc::clone(&self.resource.address)];
        subject.calls = place::calls(self.resource);
        let attribute = place::last(path);
        let of = format!("`{attribute}` of `{}`", self.resource.address);
        let mut chain: Vec<Spot> = provenance::way(&value.origin, &wanted);
        if let Some(end) = entry.site.or(entry.key_site) {
            let inside = |spot: &Spot| spot.site.file == end.file && end.span.contains(spot.site.span);
            chain.retain(|spot| !inside(spot));
            chain.push(Spot::new(end, format!("it becomes {of} here")));
        }
        subject.header.chain = chain;
        subject.header.attribute = name.to_string();
        let shown = name.rsplit_once('.').map_or(&**name, |(_, name)| name).to_owned();
        subject.words = LiteMap::from_iter([("name", shown.into()), ("subject", of.into())]);
        let what = match self.unit.frontend {
            Frontend::Terraform | Frontend::Plan => UnmarkedWhat::Variable,
            Frontend::CloudFormation | Frontend::Cdk => UnmarkedWhat::Parameter,
        };
        stated.push(Stated { fact: Unmarked { what }, subject, literals: Vec::new() });
    }

    /// A text that Terraform shows on purpose, under a name that says secret.
    fn insecure(&self, stated: &mut Vec<Stated>) {
        for entry in self.resource.body.entries_at("insecure_value") {
            let name = self.resource.body.entries_at("name");
            let name = name.first().and_then(|entry| entry.value.to_text());
            let name = name.as_deref().map(|name| name.rsplit('/').next().unwrap_or(name).to_owned());
            let is_set = match &entry.value.kind {
                Kind::Null => false,
                Kind::String(text) => !text.is_empty() && !secrets::looks_like_reference(text),
                Kind::Bool(_) => false,
                Kind::Number(_) | Kind::List(_) | Kind::Object(_) | Kind::Choice(_) | Kind::Unknown(_) => {
                    true
                }
            };
            let Some(name) = name.filter(|name| is_set && secrets::says_secret(name)) else { continue };
            let mut subject = place::subject(self.unit, self.resource);
            subject.header.site = entry.site.or(entry.key_site).unwrap_or(self.resource.header);
            subject.header.attribute = "insecure_value".to_owned();
            let of = format!("`{}`", self.resource.address);
            subject.words.extend([("name", name.into()), ("subject", of.into())]);
            let fact = Unmarked { what: UnmarkedWhat::InsecureValue };
            stated.push(Stated { fact, subject, literals: entry.value.origin.literals() });
        }
    }

    /// What stands in a resource's metadata is shown, whatever it was before.
    fn metadata(&self, value: &Value, entry: Option<&Entry>, stated: &mut Vec<Stated>) {
        match &value.kind {
            Kind::Null | Kind::Bool(_) | Kind::Number(_) => {}
            Kind::List(items) => items.iter().for_each(|item| self.metadata(item, entry, stated)),
            Kind::Object(object) => {
                object.entries.iter().for_each(|inner| self.metadata(&inner.value, Some(inner), stated));
            }
            Kind::Choice(choice) => {
                self.metadata(&choice.then, entry, stated);
                self.metadata(&choice.otherwise, entry, stated);
            }
            Kind::String(_) | Kind::Unknown(_) => {
                let Some(name) = hidden(value) else { return };
                let mut subject = place::subject(self.unit, self.resource);
                let site = entry.and_then(|entry| entry.key_site.or(entry.site));
                subject.header.site = site.unwrap_or(self.resource.header);
                let key = entry.map_or("", |entry| &entry.key);
                subject.header.attribute = format!("Metadata.{key}");
                let of = format!("the metadata of `{}`", self.resource.address);
                subject.words.extend([("name", name.into()), ("subject", of.into())]);
                cdk::stand_on_user_code(&mut subject, self.resource);
                let fact = Unmarked { what: UnmarkedWhat::Metadata };
                stated.push(Stated { fact, subject, literals: Vec::new() });
            }
        }
    }
}

/// Whether somebody gives the value: what is fetched under a name that is given is no such thing.
fn is_handed_over(reason: &Reason) -> bool {
    matches!(reason, Reason::Variable { .. } | Reason::Parameter { no_echo: false, .. })
}

/// Names under which something is fetched from where secrets are kept, or is only described.
fn is_reference(key: &str) -> bool {
    matches!(key, "valueFrom" | "ValueFrom" | "value_from" | "credentialsParameter")
        || secrets::only_describes(key)
}

/// Whether a text was put together, of several or into a document, rather than carried.
fn is_put_together(origin: &Origin) -> bool {
    let Origin::Derived(step) = origin else { return false };
    puts_together(step) || step.from.iter().any(is_put_together)
}

fn puts_together(step: &Step) -> bool {
    let is_document = match &step.hop {
        Hop::Function(name) => ["jsonencode", "yamlencode"].contains(&&**name),
        _ => false,
    };
    is_document || step.from.len() > 1
}

/// The name that a value, which begins where the text ends, is given: `NAME=`, `"name": "`.
pub(super) fn key_before(text: &str) -> Option<&str> {
    let blank = |c: char| c == '"' || c == '\'' || c == '\\' || c == ' ';
    let text = text.trim_end_matches(blank).strip_suffix(['=', ':'])?;
    let text = text.trim_end_matches(blank);
    let key = text.rsplit(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))).next();
    key.filter(|key| !key.is_empty())
}

#[cfg(test)]
mod tests {
    use super::key_before;

    #[test]
    fn what_stands_before_a_value_names_it() {
        for (text, key) in [
            ("export DB_PASSWORD=", Some("DB_PASSWORD")),
            ("{\"user\":\"a\",\"password\":\"", Some("password")),
            ("mysql -p '", None),
            ("url: ", Some("url")),
            ("https://user:", Some("user")),
            ("", None),
        ] {
            assert_eq!(key_before(text), key, "{text}");
        }
    }
}
