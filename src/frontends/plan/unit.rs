//! A plan as a unit: instances matched with the source's resources, the rest made of the plan alone.

use super::address;
use super::alone::{Alone, expression_decides, literal};
use super::change::{Change, Planned};
use super::configuration::Configuration;
use super::overlay::overlay;
use super::read::{Group, Plan};
use crate::catalog;
use crate::model::{self, BlockKind, Domain, Entry, Frontend, Hop, Kind, Object, Unit, Value};
use crate::secrets::{self, Detection};
use crate::source::{FileId, Site, SourceFile, Sources, Span};
use crate::syntax::doc::{self, Document, NodeRef};
use crate::syntax::pieces::Piece;
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;
use std::sync::Arc;

/// The file that a plan was read from.
#[derive(Debug, Clone)]
pub struct Origin {
    /// Relative to the working directory.
    pub shown: String,
    /// Relative to the root.
    pub root_path: String,
    pub git_ignored: bool,
}

/// What the source says.
#[derive(Debug)]
pub struct Written {
    pub unit: Unit,
    /// Calls of modules whose source is not here, by address: what they create stands at the call.
    pub absent: Vec<(Arc<str>, Site)>,
}

/// What a plan came to.
#[derive(Debug)]
pub struct Unified {
    pub unit: Unit,
    /// Token formats in what is written, where only the plan shows it.
    pub detections: Vec<(FileId, Vec<Detection>)>,
}

impl Plan {
    /// What the root module declares, without keys: by this the source is recognised.
    #[must_use]
    pub fn outline(&self) -> Vec<String> {
        let Some(piece) = &self.configuration else { return Vec::new() };
        let Ok(document) = doc::parse_json(&piece.text) else { return Vec::new() };
        document.root(&piece.text).map(Configuration::outline).unwrap_or_default()
    }

    /// The values of the root's variables that the plan was made with, those that are null left out.
    #[must_use]
    pub fn given(&self) -> Vec<(String, Value)> {
        let Some(piece) = &self.variables else { return Vec::new() };
        let Ok(document) = doc::parse_json(&piece.text) else { return Vec::new() };
        let site = |span| Site::new(FileId(0), span);
        let variables = document.root(&piece.text).into_iter().flat_map(NodeRef::entries);
        let given = variables.filter_map(|(name, variable)| {
            let value = literal(variable.get("value")?, &site);
            Some((name.scalar_text()?.into_owned(), value)).filter(|(_, value)| !value.is_null())
        });
        given.collect()
    }
}

/// Makes a unit of a plan. `written` is the source's, evaluated with the variables that the plan was made with.
pub fn unit(plan: &Plan, origin: &Origin, written: Option<Written>, sources: &Sources) -> Unified {
    let mut unit = Unit {
        frontend: Frontend::Plan,
        name: origin.root_path.as_str().into(),
        resources: Vec::new(),
        declarations: Vec::new(),
        domain: Domain::default(),
        files: Vec::new(),
        alike: FxHashMap::default(),
        hidden: Vec::new(),
    };
    let has_source = written.is_some();
    let mut absent = Vec::new();
    let mut left: Vec<(&Group, Vec<Arc<str>>)> = Vec::new();
    let groups = || plan.groups.iter().chain(&plan.data);
    match written {
        None => left.extend(groups().map(|group| (group, group.addresses.clone()))),
        Some(written) => {
            absent = written.absent;
            let index = Index::new(&written.unit);
            for group in groups() {
                left.extend(matched(group, group.addresses.clone(), &index, &mut unit));
            }
            take_rest(&mut unit, written.unit);
        }
    }
    for group in groups() {
        hide(group, &mut unit.hidden);
    }
    let mut detections = Vec::new();
    if !has_source || !left.is_empty() {
        let here = Here { has_source, absent: &absent };
        detections = alone(plan, origin, &left, &here, &mut unit, sources);
    }
    unit.hidden.sort_unstable();
    unit.hidden.dedup();
    Unified { unit, detections }
}

/// The source's resources by address, with keys and without.
struct Index<'u> {
    unit: &'u Unit,
    by_address: FxHashMap<&'u str, usize>,
    by_base: FxHashMap<String, usize>,
}

impl<'u> Index<'u> {
    fn new(unit: &'u Unit) -> Self {
        let mut found = Self { unit, by_address: FxHashMap::default(), by_base: FxHashMap::default() };
        for (at, resource) in unit.resources.iter().enumerate() {
            if matches!(resource.kind, BlockKind::Managed | BlockKind::Data) {
                found.by_address.entry(&resource.address).or_insert(at);
                found.by_base.entry(address::base(&resource.address)).or_insert(at);
            }
        }
        found
    }
}

/// Puts the plan's values over the source's resources; returns the instances that the source does not have.
fn matched<'g>(
    group: &'g Group,
    addresses: Vec<Arc<str>>,
    written: &Index<'_>,
    unit: &mut Unit,
) -> Option<(&'g Group, Vec<Arc<str>>)> {
    let document = doc::parse_json(&group.piece.text).ok()?;
    let change = document.root(&group.piece.text).and_then(Change::of)?;
    let is_data = change.mode == "data";
    let mut rest = Vec::new();
    for address in addresses {
        match written.by_address.get(&*address).and_then(|at| written.unit.resources.get(*at)) {
            Some(resource) => unit.resources.push(overlay(resource, change.planned, is_data)),
            None => rest.push(address),
        }
    }
    let first = rest.first().cloned()?;
    let alike = written.by_base.get(&address::base(&first)).and_then(|at| written.unit.resources.get(*at));
    let Some(resource) = alike else { return Some((group, rest)) };
    let mut resource = overlay(resource, change.planned, is_data);
    resource.address = Arc::clone(&first);
    unit.resources.push(resource);
    note_alike(unit, rest);
    None
}

fn note_alike(unit: &mut Unit, mut addresses: Vec<Arc<str>>) {
    if addresses.len() > 1 {
        let first = addresses.remove(0);
        unit.alike.insert(first, addresses);
    }
}

/// What no plan shows, or shows only in part: it is as it is written.
fn take_rest(unit: &mut Unit, written: Unit) {
    let known: BTreeSet<Arc<str>> =
        unit.resources.iter().map(|resource| Arc::clone(&resource.address)).collect();
    let rest = written.resources.into_iter().filter(|resource| match resource.kind {
        BlockKind::Managed => false,
        BlockKind::Data => !known.contains(&resource.address),
        BlockKind::Ephemeral | BlockKind::Provider | BlockKind::Backend => true,
    });
    unit.resources.extend(rest);
    unit.declarations.extend(written.declarations);
    unit.files.extend(written.files);
}

/// Planned texts that are secrets by mark or place.
fn hide(group: &Group, hidden: &mut Vec<Arc<str>>) {
    let Ok(document) = doc::parse_json(&group.piece.text) else { return };
    let Some(change) = document.root(&group.piece.text).and_then(Change::of) else { return };
    let mut found = Vec::new();
    change.planned.secrets(false, &mut found);
    sensitive(change.planned, change.type_name, "", &mut found);
    hidden.extend(found.into_iter().filter_map(|node| Some(Arc::from(&*node.scalar_text()?))));
}

fn sensitive<'d>(planned: Planned<'d>, type_name: &str, path: &str, found: &mut Vec<NodeRef<'d>>) {
    let is_sensitive = |path: &str| {
        catalog::sensitive(type_name).iter().any(|known| known.path == path)
            || catalog::sensitive_output(type_name, path)
    };
    if let Some(items) = planned.items() {
        return items.into_iter().for_each(|item| sensitive(item, type_name, path, found));
    }
    let Some(after) = planned.after else { return };
    if after.is_mapping() {
        for key in planned.keys() {
            let path = if path.is_empty() { key.to_string() } else { format!("{path}.{key}") };
            sensitive(planned.key(&key), type_name, &path, found);
        }
    } else if is_sensitive(path) && after.scalar_text().is_some_and(|text| !text.is_empty()) {
        found.push(after);
    }
}

/// What of the source is here.
struct Here<'w> {
    has_source: bool,
    absent: &'w [(Arc<str>, Site)],
}

impl Here<'_> {
    /// The call of an absent module that an instance comes from.
    fn call(&self, address: &str) -> Option<&(Arc<str>, Site)> {
        let base = address::base(address);
        let inside = |module: &str| {
            base.strip_prefix(&address::base(module)).is_some_and(|rest| rest.starts_with('.'))
        };
        self.absent.iter().filter(|(module, _)| inside(module)).max_by_key(|(module, _)| module.len())
    }
}

/// The value as it is, and all of it standing at one place.
fn standing_at(value: &Value, site: Site) -> Value {
    let kind = match &value.kind {
        Kind::List(items) => Kind::List(items.iter().map(|item| standing_at(item, site)).collect()),
        Kind::Object(object) => {
            let entries = object.entries.iter().map(|entry| Entry {
                site: Some(site),
                ..Entry::new(Arc::clone(&entry.key), standing_at(&entry.value, site))
            });
            Kind::Object(Arc::new(Object { entries: entries.collect(), rest: object.rest.clone() }))
        }
        Kind::Null
        | Kind::Bool(_)
        | Kind::Number(_)
        | Kind::String(_)
        | Kind::Choice(_)
        | Kind::Unknown(_) => value.kind.clone(),
    };
    let mut bare = Value::new(kind);
    // Links are followed by the attribute that a value was taken from.
    if let model::Origin::Derived(step) = &value.origin
        && let Hop::Attribute(_) = &step.hop
    {
        bare = bare.via(step.hop.clone(), None);
    }
    bare
}

/// Resources from the plan alone, standing in a file of those parts of the plan that are looked at.
fn alone(
    plan: &Plan,
    origin: &Origin,
    left: &[(&Group, Vec<Arc<str>>)],
    here: &Here<'_>,
    unit: &mut Unit,
    sources: &Sources,
) -> Vec<(FileId, Vec<Detection>)> {
    let shared = [&plan.configuration, &plan.variables];
    let pieces = shared.into_iter().flatten().chain(left.iter().map(|(group, _)| &group.piece));
    let parts = pieces.map(|piece| (piece.text.as_str(), piece.start));
    let file =
        SourceFile::of_parts(origin.shown.clone(), origin.root_path.clone(), parts, origin.git_ignored);
    let (id, file) = sources.add(file);
    let parsed = plan.configuration.as_ref().and_then(|piece| doc::parse_json(&piece.text).ok());
    let variables = plan.variables.as_ref().and_then(|piece| doc::parse_json(&piece.text).ok());
    let configuration = root_of(&parsed, plan.configuration.as_ref())
        .map(|node| Configuration::new(node, root_of(&variables, plan.variables.as_ref()), id));
    let mut offset = shared.into_iter().flatten().map(|piece| piece.text.len() + 1).sum();
    let from = unit.resources.len();
    for (group, addresses) in left {
        instance(group, addresses, configuration.as_ref(), (id, offset), here, unit);
        offset += group.piece.text.len() + 1;
    }
    if let Some(configuration) = configuration.filter(|_| !here.has_source) {
        unit.resources.extend(configuration.provider_resources());
        unit.declarations.extend(configuration.declarations());
    }
    unit.files.push(id);
    let mut sites: Vec<Site> = Vec::new();
    for resource in unit.resources.iter().skip(from) {
        written_sites(&resource.body, &resource.type_name, "", &mut sites);
    }
    sites.extend(unit.declarations.iter().flat_map(|declaration| declaration.value.origin.literals()));
    let sites: Vec<Span> = sites.into_iter().filter(|site| site.file == id).map(|site| site.span).collect();
    let mut found = secrets::scan(file.text());
    found.retain(|found| sites.iter().any(|span| span.contains(Span::new(found.start, found.end))));
    if found.is_empty() { Vec::new() } else { vec![(id, found)] }
}

fn root_of<'d>(document: &'d Option<Document>, piece: Option<&'d Piece>) -> Option<NodeRef<'d>> {
    document.as_ref()?.root(&piece?.text)
}

fn instance<'d>(
    group: &'d Group,
    addresses: &[Arc<str>],
    configuration: Option<&Configuration<'_>>,
    (file, offset): (FileId, usize),
    here: &Here<'_>,
    unit: &mut Unit,
) {
    let Ok(document) = doc::parse_json(&group.piece.text) else { return };
    let Some(change) = document.root(&group.piece.text).and_then(Change::of) else { return };
    let site = |span: Span| {
        let range = span.range();
        Site::new(file, Span::new(range.start + offset, range.end + offset))
    };
    let Some(first) = addresses.first() else { return };
    let whole = Span::new(0, group.piece.text.len());
    let alone = Alone { configuration, change: &change, site: &site, whole };
    let mut resource = alone.resource(first);
    if let Some((module, site)) = here.call(first) {
        resource.body = standing_at(&resource.body, *site);
        (resource.header, resource.block) = (*site, *site);
        resource.calls = Arc::from([(Arc::clone(module), *site)]);
    }
    unit.resources.push(resource);
    note_alike(unit, addresses.to_vec());
}

/// Where values stand that are literals of the code.
fn written_sites(value: &Value, type_name: &str, path: &str, found: &mut Vec<Site>) {
    match &value.kind {
        Kind::Object(object) => {
            for entry in &object.entries {
                let path =
                    if path.is_empty() { entry.key.to_string() } else { format!("{path}.{}", entry.key) };
                written_sites(&entry.value, type_name, &path, found);
            }
        }
        Kind::List(items) => items.iter().for_each(|item| written_sites(item, type_name, path, found)),
        Kind::String(_) if expression_decides(type_name, path) => found.extend(value.origin.literals()),
        Kind::Null
        | Kind::Bool(_)
        | Kind::Number(_)
        | Kind::String(_)
        | Kind::Choice(_)
        | Kind::Unknown(_) => {}
    }
}
