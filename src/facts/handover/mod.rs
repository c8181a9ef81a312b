//! Access keys that are handed on: into what runs, what is shown, what is kept.
//!
//! Told by what a value refers to (the secret half of a key that the code makes), or by the name under which a program
//! looks for a static key. Literals that are keys by their form are secrets, and stated as such.

mod carriers;
mod credentials;
mod document;
mod environment;
mod origin;
mod text;

use super::fact::{Handed, Handover, HandoverPlace};
use super::provenance;
use super::secrets::{CFN_AUTHENTICATION, sign_ins, standing_on};
use super::subject::{Anchor, Spot, Subject};
use super::{cdk, place, worlds};
use crate::catalog::handover::{self as catalog, Keeps};
use crate::catalog::{
    containers, has_row, is_judged_by_arguments, is_judged_by_names, is_no_input, sensitive,
};
use crate::model::{BlockKind, Declaration, DeclarationKind, Entry, Kind, Resource, Unit, Value};
use crate::secrets;
use crate::source::{Site, Sources};
use carriers::carriers;
pub(crate) use carriers::tell_once;
use litemap::LiteMap;
use origin::{Found, Keys};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A fact of a key that is handed on, and where the value stands if a literal is it.
#[derive(Debug)]
pub(crate) struct Stated {
    pub(crate) fact: Handover,
    pub(crate) subject: Subject,
    pub(crate) literals: Vec<Site>,
    /// The key, where it is one of the code's.
    key: Option<Arc<str>>,
    /// Whether a data source only carries it on.
    is_carrier: bool,
    /// The data sources that the value came through.
    carriers: Vec<Arc<str>>,
}

pub(crate) fn lower(unit: &Unit, sources: &Sources) -> Vec<Stated> {
    let keys = Keys::of(unit);
    let mut stated = Vec::new();
    for resource in &unit.resources {
        Walk { unit, resource, keys: &keys, sources, stated: &mut stated }.resource();
    }
    note_others(&mut stated);
    stated
}

/// Keys in what a unit shows.
pub(crate) fn declared(unit: &Unit) -> Vec<Stated> {
    let keys = Keys::of(unit);
    unit.declarations.iter().filter_map(|declaration| output(unit, declaration, &keys)).collect()
}

fn output(unit: &Unit, declaration: &Declaration, keys: &Keys<'_>) -> Option<Stated> {
    let whole = match declaration.kind {
        DeclarationKind::Output => declaration.name_site,
        DeclarationKind::RootOutput => declaration.block,
        DeclarationKind::Variable
        | DeclarationKind::Local
        | DeclarationKind::VariableValue
        | DeclarationKind::ModuleInput
        | DeclarationKind::ModuleOutput
        | DeclarationKind::Parameter
        | DeclarationKind::ParameterValue
        | DeclarationKind::Mapping => return None,
    };
    let found = keys.inside(&declaration.value).or_else(|| keys.shown(declaration))?;
    let within =
        |site: &Site| site.file == declaration.block.file && declaration.block.span.contains(site.span);
    let site = found.way.iter().map(|spot| spot.site).find(within).unwrap_or(whole);
    let mut subject = standing_on(site, unit.frontend);
    subject.header.attribute = format!("Outputs.{}", declaration.name);
    subject.header.chain = chain(&found, site, "it is handed out here");
    subject.words = words(&found, format!("output `{}`", declaration.name));
    let mut through = Vec::new();
    carriers(&declaration.value, &mut through);
    Some(Stated {
        fact: Handover { handed: found.handed, place: HandoverPlace::Output },
        subject,
        literals: Vec::new(),
        key: found.key,
        is_carrier: false,
        carriers: through,
    })
}

/// Where a key goes to several places, each says so: a key that is taken away is taken from all.
fn note_others(stated: &mut [Stated]) {
    let mut users: BTreeMap<Arc<str>, Vec<Arc<str>>> = BTreeMap::new();
    for one in stated.iter() {
        if let (Some(key), Some(address)) = (&one.key, one.subject.addresses.first()) {
            let users = users.entry(Arc::clone(key)).or_default();
            if !users.contains(address) {
                users.push(Arc::clone(address));
            }
        }
    }
    for one in stated {
        let (Some(key), Some(own)) = (&one.key, one.subject.addresses.first()) else { continue };
        let others = users.get(key).map_or(&[][..], Vec::as_slice);
        let Some(other) = others.iter().find(|other| *other != own) else { continue };
        let more = match others.len() - 2 {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        one.subject.words.insert("also", format!("; so has `{other}`{more}").into());
    }
}

fn words(found: &Found, subject: String) -> LiteMap<&'static str, Arc<str>> {
    LiteMap::from_iter([
        ("key", found.named.as_str().into()),
        ("subject", subject.into()),
        ("also", "".into()),
    ])
}

/// From where the key is taken to the place, which is left out where it is the only one.
fn chain(found: &Found, end: Site, label: &str) -> Vec<Spot> {
    let mut spots: Vec<Spot> = found.way.iter().filter(|spot| spot.site != end).cloned().collect();
    if !spots.is_empty() {
        spots.push(Spot::new(end, label));
    }
    spots
}

/// One resource, looked through.
struct Walk<'u> {
    unit: &'u Unit,
    resource: &'u Resource,
    keys: &'u Keys<'u>,
    sources: &'u Sources,
    stated: &'u mut Vec<Stated>,
}

impl Walk<'_> {
    fn resource(&mut self) {
        let type_name = &*self.resource.type_name;
        let body = &self.resource.body;
        match self.resource.kind {
            BlockKind::Managed => {}
            BlockKind::Provider => {
                self.inputs(type_name);
                return;
            }
            // What a data source renders is a script.
            BlockKind::Data => {
                self.containers(type_name);
                return;
            }
            BlockKind::Call => return self.call(),
            BlockKind::Ephemeral | BlockKind::Backend => return,
        }
        let places = catalog::places(type_name);
        for place in places {
            let (parent, name) = place.path.rsplit_once('.').unwrap_or(("", place.path));
            for object in body.objects_at(parent) {
                let Some(entry) = object.get(name) else { continue };
                let is = |(attribute, wanted): (&str, &str)| {
                    object.get(attribute).and_then(|entry| entry.value.to_text()).as_deref() == Some(wanted)
                };
                let keeps = if place.store_when.is_some_and(is) { Keeps::Store } else { place.keeps };
                self.entry(place.path, entry, keeps);
            }
        }
        self.containers(type_name);
        let known = self.stated.len();
        for (path, keeps) in catalog::PROVISIONERS {
            body.entries_at(path).iter().for_each(|entry| self.entry(path, entry, *keeps));
        }
        self.credentials_files(known);
        self.inputs(type_name);
        let whole = |key: &str, value: &Value| Entry {
            key_site: Some(self.resource.header),
            ..Entry::new(key, value.clone())
        };
        if is_judged_by_names(type_name) {
            let entry = whole("Properties", body);
            self.keys_below("Properties", &entry, &entry.value, Keeps::Compute);
        } else if is_judged_by_arguments(type_name)
            && let Some(arguments) = body.as_object()
        {
            // A reference to a key needs no table.
            let is_place = |key: &str| places.iter().any(|place| place.path.split('.').next() == Some(key));
            let is_open = |entry: &&Entry| {
                !is_no_input(&entry.key) && !is_place(&entry.key) && !has_row(type_name, &entry.key)
            };
            for entry in arguments.entries.iter().filter(is_open) {
                self.keys_below("arguments", entry, &entry.value, Keeps::Store);
            }
        }
        if !self.resource.metadata.is_null() {
            let entry = whole("Metadata", &self.resource.metadata);
            let known = self.stated.len();
            self.entry("Metadata", &entry, Keeps::Compute);
            if self.stated.len() == known {
                self.authentication();
            }
        }
    }

    /// What cfn-init signs in to S3 with: a static key, whatever it is called where it comes from.
    fn authentication(&mut self) {
        for object in sign_ins(&self.resource.metadata) {
            let is_set = |entry: &&Entry| !entry.value.is_null() && entry.value.as_str() != Some("");
            let Some(entry) = object.get("secretKey").filter(is_set) else { continue };
            let site = entry.site.or(entry.key_site).unwrap_or(self.resource.header);
            let header = Anchor::new(site).attribute(format!("Metadata.{CFN_AUTHENTICATION}.secretKey"));
            let found =
                Found { handed: Handed::Named, named: "secretKey".to_owned(), key: None, way: Vec::new() };
            let halves = ["accessKeyId", "secretKey"].iter().filter_map(|name| object.get(name));
            let literals = halves.flat_map(|half| half.value.origin.literals()).collect();
            self.state((header, entry), &found, Keeps::Compute, literals);
        }
    }

    /// What a module does with its inputs is not known here, but for scripts and environments.
    fn call(&mut self) {
        for entry in self.resource.body.as_object().iter().flat_map(|inputs| &inputs.entries) {
            let keeps = match secrets::names_what_runs(&entry.key) {
                true => Keeps::Compute,
                false => Keeps::Store,
            };
            let known = self.stated.len();
            self.keys_below("inputs", entry, &entry.value, keeps);
            if self.stated.len() == known && keeps == Keeps::Compute {
                self.names("inputs", entry, keeps);
            }
        }
    }

    fn containers(&mut self, type_name: &str) {
        let places = catalog::places(type_name);
        let paths =
            containers(type_name).iter().filter(|path| !places.iter().any(|place| place.path == **path));
        for path in paths {
            let entries = self.resource.body.entries_at(path);
            entries.iter().for_each(|entry| self.entry(path, entry, Keeps::Compute));
        }
    }

    /// Inputs that are secrets: whatever is put there is kept as one.
    fn inputs(&mut self, type_name: &str) {
        let places = catalog::places(type_name);
        for input in sensitive(type_name) {
            if !places.iter().any(|place| place.path == input.path) {
                for entry in self.resource.body.entries_at(input.path) {
                    self.keys_below(input.path, entry, &entry.value, Keeps::Store);
                }
            }
        }
    }

    fn entry(&mut self, path: &'static str, entry: &Entry, keeps: Keeps) {
        let known = self.stated.len();
        self.keys_below(path, entry, &entry.value, keeps);
        // A key that is taken from the code needs no name to be told.
        if self.stated.len() == known && keeps != Keeps::Workstation {
            self.names(path, entry, keeps);
        }
    }

    /// Every key of the code's below a value.
    fn keys_below(&mut self, path: &'static str, entry: &Entry, value: &Value, keeps: Keeps) {
        match &value.kind {
            Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) => {}
            Kind::List(items) => items.iter().for_each(|item| self.keys_below(path, entry, item, keeps)),
            Kind::Object(object) => {
                for inner in &object.entries {
                    self.keys_below(path, placed(inner, entry), &inner.value, keeps);
                }
                if let Some(found) = self.keys.whole(object) {
                    self.found(path, entry, &found, keeps);
                }
            }
            Kind::Choice(choice) => {
                self.keys_below(path, entry, &choice.then, keeps);
                self.keys_below(path, entry, &choice.otherwise, keeps);
            }
            Kind::Unknown(_) => {
                if let Some(found) = self.keys.inside(value) {
                    self.found(path, entry, &found, keeps);
                }
            }
        }
    }

    fn found(&mut self, path: &'static str, entry: &Entry, found: &Found, keeps: Keeps) {
        // A provider uses what it is given and keeps nothing: what is wrong with a static key there is said of the provider.
        if self.resource.kind == BlockKind::Provider && found.handed == Handed::Variable {
            return;
        }
        let whole = entry.site.or(entry.key_site).unwrap_or(self.resource.header);
        let within = |site: &Site| site.file == whole.file && whole.span.contains(site.span);
        let site = found.way.iter().map(|spot| spot.site).find(within).unwrap_or(whole);
        let name = place::last(path);
        let used = format!("it becomes `{name}` of `{}` here", self.resource.address);
        let mut header = Anchor::new(site).attribute(path);
        header.chain = chain(found, site, &used);
        self.state((header, entry), found, keeps, Vec::new());
    }

    fn state(&mut self, (header, entry): (Anchor, &Entry), found: &Found, keeps: Keeps, literals: Vec<Site>) {
        let place = match keeps {
            Keeps::Compute => HandoverPlace::Compute,
            Keeps::Workstation => HandoverPlace::Workstation,
            Keeps::Parameter => HandoverPlace::Parameter,
            Keeps::File => HandoverPlace::File,
            Keeps::Cluster => HandoverPlace::Cluster,
            Keeps::Store => HandoverPlace::Store,
        };
        let mut subject = place::subject(self.unit, self.resource);
        let of = match self.resource.kind {
            BlockKind::Provider => {
                format!("provider `{}`", self.resource.type_name.trim_start_matches("provider."))
            }
            BlockKind::Managed
            | BlockKind::Data
            | BlockKind::Ephemeral
            | BlockKind::Backend
            | BlockKind::Call => {
                format!("`{}`", self.resource.address)
            }
        };
        subject.words.extend(words(found, of));
        subject.header = header;
        subject.when = worlds::when(&self.unit.domain, self.resource.condition.as_ref(), &[]);
        cdk::stand_on_user_code(&mut subject, self.resource);
        let fact = Handover { handed: found.handed, place };
        let mut through = Vec::new();
        carriers(&entry.value, &mut through);
        self.stated.push(Stated {
            fact,
            subject,
            literals,
            key: found.key.clone(),
            is_carrier: self.resource.kind == BlockKind::Data,
            carriers: through,
        });
    }

    /// Static keys by the names that programs look for.
    fn names(&mut self, path: &'static str, entry: &Entry, keeps: Keeps) {
        for named in environment::named(entry, self.sources) {
            let whole = named.entry.site.or(named.entry.key_site);
            let whole = whole.or(entry.site).or(entry.key_site).unwrap_or(self.resource.header);
            let site = named.in_text.flatten().unwrap_or(whole);
            let mut header = Anchor::new(site).attribute(format!("{path}.{}", named.name));
            if named.in_text.is_none() {
                let used = format!("it becomes `{}` here", named.name);
                let literal = provenance::literal(&named.value.origin);
                header.chain = provenance::chain(named.value, Some(named.entry), &used, literal);
            }
            let found =
                Found { handed: Handed::Named, named: named.name.to_string(), key: None, way: Vec::new() };
            let keeps = if named.is_reference { Keeps::Store } else { keeps };
            self.state((header, entry), &found, keeps, named.literals);
        }
    }
}

/// The inner entry where it has a place.
fn placed<'e>(inner: &'e Entry, outer: &'e Entry) -> &'e Entry {
    if inner.site.is_some() || inner.key_site.is_some() { inner } else { outer }
}
