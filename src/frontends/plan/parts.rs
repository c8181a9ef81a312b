//! Resources from the plan alone, in a file of those parts of the plan that are looked at.

use super::address;
use super::alone::{Alone, Decides};
use super::configuration::Configuration;
use super::hidden::hide;
use super::read::{Group, Parsed, Plan};
use super::unit::Origin;
use crate::catalog::Interest;
use crate::model::{self, Hop, Kind, Resource, Unit, Value};
use crate::secrets::{self, Detection};
use crate::source::{FileId, Part, Parts, Site, SourceFile, Sources, Span};
use crate::syntax::pieces::Piece;
use rayon::prelude::*;
use rustc_hash::FxHashSet;
use std::ops::Range;
use std::sync::Arc;

/// What of the source is here.
pub(super) struct Here<'w> {
    pub(super) has_source: bool,
    pub(super) absent: &'w [(Arc<str>, Site)],
    pub(super) asked: &'w Interest,
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
    let mut bare = Value::new(value.kind.map_elements(Some(site), &|inner| standing_at(inner, site)));
    // Links are followed by the attribute that a value was taken from.
    if let model::Origin::Derived(step) = &value.origin
        && let Hop::Attribute(_) = &step.hop
    {
        bare = bare.via(step.hop.clone(), None);
    }
    bare
}

/// Instances that are worth a thread of their own.
const SOME: usize = 64;

/// Resources from the plan alone, standing in a file of those parts of the plan that are looked at.
pub(super) fn alone(
    plan: Plan,
    origin: &Origin,
    here: &Here<'_>,
    unit: &mut Unit,
    sources: &Sources,
) -> Vec<(FileId, Vec<Detection>)> {
    let Plan { mut parts, groups, configuration, variables, errored, .. } = plan;
    let mut front = Parts::default();
    let front_parts =
        [configuration, variables].map(|piece| piece.map(|Piece { text, start }| front.push(&text, start)));
    let offset = parts.prepend(front);
    let file =
        SourceFile::of_parts(origin.shown.clone(), origin.root_path.clone(), parts, origin.git_ignored);
    let (id, file) = sources.add(file);
    let text = |part: &Part| file.text().get(part.range.clone()).unwrap_or("");
    let trees = front_parts.each_ref().map(|part| part.as_ref().and_then(|part| Parsed::of(text(part))));
    let [configured, variables] = trees.each_ref().map(|parsed| parsed.as_ref().and_then(Parsed::root));
    let mut configuration = configured.map(|node| Configuration::new(node, variables, id));
    if let Some(configuration) = configuration.as_mut().filter(|_| !here.has_source && !errored) {
        let planned: FxHashSet<&str> = groups.iter().map(Group::base).collect();
        configuration
            .note_empty(|address, type_name| planned.contains(address) || !here.asked.keeps(type_name));
    }
    let (instances, addresses): (Vec<Part>, Vec<Vec<Arc<str>>>) =
        groups.into_iter().map(|group| (group.part.after(offset), group.addresses)).unzip();
    let each = instances.par_iter().zip(&addresses).with_min_len(SOME);
    let made: Vec<Option<Made>> = each
        .map(|(part, addresses)| {
            let place = Place { text: text(part), file: id, offset: part.range.start };
            instance(&place, addresses.first()?, configuration.as_ref(), here)
        })
        .collect();
    let mut written: Vec<Site> = Vec::new();
    for (made, addresses) in made.into_iter().zip(addresses) {
        let Some(made) = made else { continue };
        written.extend(made.written);
        unit.hidden.extend(made.hidden);
        unit.resources.push(made.resource);
        unit.note_alike(addresses);
    }
    if let Some(configuration) = configuration.filter(|_| !here.has_source) {
        for resource in configuration.provider_resources() {
            written_sites(&resource, &mut written);
            unit.resources.push(resource);
        }
        unit.declarations.extend(configuration.declarations());
    }
    unit.files.push(id);
    written.extend(unit.declarations.iter().flat_map(|declaration| declaration.value.origin.literals()));
    let mut written: Vec<Span> =
        written.into_iter().filter(|site| site.file == id).map(|site| site.span).collect();
    written.sort_unstable();
    let parts = front_parts.into_iter().flatten().chain(instances);
    let found = detections(file.text(), parts.map(|part| part.range), &written);
    if found.is_empty() { Vec::new() } else { vec![(id, found)] }
}

/// Forms of secrets in what is written, in order. Parts in which nothing is are not looked through.
fn detections(text: &str, parts: impl Iterator<Item = Range<usize>>, mut written: &[Span]) -> Vec<Detection> {
    let mut found = Vec::new();
    for part in parts {
        let here = written.partition_point(|span| (span.start as usize) < part.end);
        let (here, later) = written.split_at(here);
        written = later;
        if here.is_empty() {
            continue;
        }
        let mut inside = secrets::scan(text.get(part.clone()).unwrap_or(""));
        for detection in &mut inside {
            (detection.start, detection.end) = (detection.start + part.start, detection.end + part.start);
        }
        inside.retain(|found| here.iter().any(|span| span.contains(Span::new(found.start, found.end))));
        found.extend(inside);
    }
    found
}

/// Where an instance stands.
struct Place<'t> {
    text: &'t str,
    file: FileId,
    offset: usize,
}

/// What is made of an instance.
struct Made {
    resource: Resource,
    /// Texts that must not be shown.
    hidden: Vec<Arc<str>>,
    /// Where values stand that are literals of the code.
    written: Vec<Site>,
}

fn instance(
    place: &Place<'_>,
    address: &Arc<str>,
    configuration: Option<&Configuration<'_>>,
    here: &Here<'_>,
) -> Option<Made> {
    let parsed = Parsed::of(place.text)?;
    let change = parsed.change()?;
    let site = |span: Span| {
        let range = span.range();
        Site::new(place.file, Span::new(range.start + place.offset, range.end + place.offset))
    };
    let whole = Span::new(0, place.text.len());
    let reads = here.asked.reads(change.type_name);
    let decides = Decides::of(change.type_name);
    let alone =
        Alone { configuration, change: &change, site: &site, whole, reads: reads.as_deref(), decides };
    let mut resource = alone.resource(address);
    if let Some((module, site)) = here.call(address) {
        resource.body = standing_at(&resource.body, *site);
        (resource.header, resource.block) = (*site, *site);
        resource.calls = Arc::from([(Arc::clone(module), *site)]);
    }
    let (mut hidden, mut written) = (Vec::new(), Vec::new());
    hide(&change, &mut hidden);
    written_sites(&resource, &mut written);
    Some(Made { resource, hidden, written })
}

fn written_sites(resource: &Resource, found: &mut Vec<Site>) {
    let decides = Decides::of(&resource.type_name);
    if decides.is_somewhere() {
        written_below(&resource.body, decides, "", found);
    }
    let provisioners = resource.body.entries_at("provisioner");
    provisioners.iter().for_each(|entry| literals_below(&entry.value, found));
}

fn literals_below(value: &Value, found: &mut Vec<Site>) {
    match &value.kind {
        Kind::Object(object) => {
            object.entries.iter().for_each(|entry| literals_below(&entry.value, found));
        }
        Kind::List(items) => items.iter().for_each(|item| literals_below(item, found)),
        Kind::String(_) => found.extend(value.origin.literals()),
        Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::Choice(_) | Kind::Unknown(_) => {}
    }
}

fn written_below(value: &Value, decides: Decides, path: &str, found: &mut Vec<Site>) {
    match &value.kind {
        Kind::Object(object) => {
            for entry in &object.entries {
                let path =
                    if path.is_empty() { entry.key.to_string() } else { format!("{path}.{}", entry.key) };
                written_below(&entry.value, decides, &path, found);
            }
        }
        Kind::List(items) => items.iter().for_each(|item| written_below(item, decides, path, found)),
        Kind::String(_) if decides.at(path) => found.extend(value.origin.literals()),
        Kind::Null
        | Kind::Bool(_)
        | Kind::Number(_)
        | Kind::String(_)
        | Kind::Choice(_)
        | Kind::Unknown(_) => {}
    }
}
