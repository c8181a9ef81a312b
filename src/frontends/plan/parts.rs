//! Resources from the plan alone, in a file of those parts of the plan that are looked at.

use super::address;
use super::alone::{Alone, expression_decides};
use super::configuration::Configuration;
use super::read::{Group, Parsed, Plan};
use super::unit::Origin;
use crate::model::{self, Hop, Kind, Unit, Value};
use crate::secrets::{self, Detection};
use crate::source::{FileId, Site, SourceFile, Sources, Span};
use std::sync::Arc;

/// What of the source is here.
pub(super) struct Here<'w> {
    pub(super) has_source: bool,
    pub(super) absent: &'w [(Arc<str>, Site)],
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

/// Resources from the plan alone, standing in a file of those parts of the plan that are looked at.
pub(super) fn alone(
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
    let [configured, variables] = shared.map(|piece| piece.as_ref().and_then(Parsed::of));
    let variables = variables.as_ref().and_then(Parsed::root);
    let configured = configured.as_ref().and_then(Parsed::root);
    let configuration = configured.map(|node| Configuration::new(node, variables, id));
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

fn instance(
    group: &Group,
    addresses: &[Arc<str>],
    configuration: Option<&Configuration<'_>>,
    (file, offset): (FileId, usize),
    here: &Here<'_>,
    unit: &mut Unit,
) {
    let Some(parsed) = Parsed::of(&group.piece) else { return };
    let Some(change) = parsed.change() else { return };
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
    unit.note_alike(addresses.to_vec());
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
