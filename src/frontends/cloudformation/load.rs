//! A template, evaluated with what surrounds it.

use super::conditions::Conditions;
use super::each::Expanded;
use super::evaluate::Evaluator;
use super::given::Given;
use super::include::{self, Includes};
use super::metadata;
use super::notes::Notes;
use super::parameters;
use super::resources::{CHUNK, Chosen, Loader};
use super::template::{MAX_INCLUDED, Template, has_own_macros, root_of, type_of};
use crate::catalog::Breadth;
use crate::findings::Problem;
use crate::model::{Declaration, Domain, Resource, Value};
use crate::source::{FileId, Site, SourceFile};
use crate::syntax::doc::Document;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A template and what surrounds it.
pub(in crate::frontends) struct Input<'a> {
    pub(in crate::frontends) file: FileId,
    pub(in crate::frontends) source: &'a SourceFile,
    pub(in crate::frontends) document: &'a Document,
    pub(in crate::frontends) keep: &'a dyn Fn(&str) -> bool,
    /// Where in the unit the template stands; empty at the top.
    pub(in crate::frontends) scope: &'a str,
    pub(in crate::frontends) includes: &'a Includes,
    /// What parameters are given in place of their defaults.
    pub(in crate::frontends) given: BTreeMap<Arc<str>, Given>,
    /// What is known of names that stand in what is given.
    pub(in crate::frontends) domain: &'a Domain,
    /// Addresses of the unit that other templates have taken.
    pub(in crate::frontends) taken: &'a BTreeSet<Arc<str>>,
    /// Addresses begin with the scope, whether they are taken or not.
    pub(in crate::frontends) scoped: bool,
    /// Whose questions the properties that are evaluated are to answer.
    pub(in crate::frontends) breadth: Breadth,
}

#[derive(Debug, Default)]
pub(in crate::frontends) struct Evaluated {
    pub(in crate::frontends) resources: Vec<LoadedResource>,
    pub(in crate::frontends) declarations: Vec<Declaration>,
    pub(in crate::frontends) domain: Domain,
    /// Only of nested stacks.
    pub(in crate::frontends) outputs: BTreeMap<Arc<str>, Value>,
    /// Includes of resources that are not here: as written, and where.
    pub(in crate::frontends) absent: Vec<(Arc<str>, Site)>,
    /// Whether a macro may add resources.
    pub(in crate::frontends) open: bool,
    pub(in crate::frontends) problems: Vec<Problem>,
}

#[derive(Debug)]
pub(in crate::frontends) struct LoadedResource {
    pub(in crate::frontends) logical_id: Arc<str>,
    pub(in crate::frontends) resource: Resource,
    /// `Metadata["aws:asset:path"]`.
    pub(in crate::frontends) asset: Option<Arc<str>>,
    /// What a nested stack is handed.
    pub(in crate::frontends) arguments: BTreeMap<Arc<str>, Given>,
}

pub(in crate::frontends) fn evaluate_template(input: Input<'_>) -> Evaluated {
    let Some(root) = root_of(input.document, input.source.text()) else { return Evaluated::default() };
    let mut template = Template::new(input.file, root, input.includes, input.scope);
    let mut given = input.given;
    // Nobody else has them yet.
    for (name, parameter) in Arc::get_mut(&mut template.parameters).into_iter().flatten() {
        match given.remove(name) {
            Some(given) => parameter.give(given),
            None if !input.scope.is_empty() && parameter.has_default() => parameter.give(Given::Unsaid),
            None => {}
        }
    }
    let mut domain = parameters::domain(&template, input.domain);
    let mut notes = Notes::default();
    let bodies = expand(&template, "Conditions", &Conditions::default(), &domain, &mut notes);
    let conditions = Conditions::read(&template, bodies, &mut notes);
    domain.rules.extend(conditions.rules.iter().cloned());
    let resources = expand(&template, "Resources", &conditions, &domain, &mut notes);
    // The names that loops make are known from here on.
    template.resource_ids = Arc::new(resources.iter().map(|resource| Arc::clone(&resource.id)).collect());
    let scoped = |id: &&Arc<str>| input.scoped && !input.scope.is_empty() || input.taken.contains(*id);
    let ids = resources.iter().map(|resource| &resource.id).filter(scoped);
    let addresses = ids.map(|id| (Arc::clone(id), format!("{}/{id}", input.scope).into())).collect();
    template.addresses = Arc::new(addresses);
    let parameters = Arc::clone(&template.parameters);
    let hidden = parameters.iter().filter(|(_, parameter)| parameter.is_no_echo());
    let hidden: Vec<&str> = hidden.map(|(name, _)| &**name).collect();
    let told = (!hidden.is_empty() || metadata::may_tell(input.source.text())).then_some(hidden.as_slice());
    let types = resources.par_iter().with_min_len(CHUNK).map(|found| type_of(found.body));
    let types: Vec<Option<Arc<str>>> = types.collect();
    let chosen = resources.into_iter().zip(types).filter_map(|(found, type_name)| {
        let chosen = Chosen { found, type_name: type_name? };
        chosen.is_wanted(&template, input.keep, told).then_some(chosen)
    });
    let chosen: Vec<Chosen<'_>> = chosen.collect();
    let mut loader = Loader::new(Evaluator::new(&template, &conditions, &domain), input.breadth);
    let at_once = input.includes.is_empty().then(|| loader.in_chunks(&chosen)).flatten();
    let resources = at_once.unwrap_or_else(|| loader.resources(&chosen));
    let mut declarations = parameters::declarations(&template);
    declarations.extend(loader.mappings());
    let outputs = loader.outputs(&mut declarations);
    notes.append(&mut loader.evaluator.notes);
    let demanded = std::mem::take(&mut loader.evaluator.demanded);
    // A nested stack may not be deployed: what it demands holds for what is its own, and for nothing around it.
    let own = format!("{}/", input.scope);
    let is_own = |name: &str| input.scope.is_empty() || name.starts_with(&own);
    for (name, keys) in demanded.into_iter().filter(|(name, _)| is_own(name)) {
        parameters::demand(&mut domain, name, &keys);
    }
    domain.rules.truncate(input.domain.rules.len());
    domain.rules.extend(conditions.rules.iter().filter(|rule| rule.names_pass(&is_own)).cloned());
    if template.includes_too_much() {
        notes.limit(format!("the files that are included come to more than {MAX_INCLUDED} bytes"));
    }
    if let Some(cut) = input.includes.cut() {
        notes.limit(cut);
    }
    let includes = !input.includes.is_empty() || include::is_mentioned(input.source.text());
    let absent = if includes { template.absent() } else { Vec::new() };
    Evaluated {
        resources,
        declarations,
        domain,
        outputs,
        absent,
        open: has_own_macros(root),
        problems: notes.into_problems(input.file, input.source),
    }
}

/// The members of a section, with its loops run.
fn expand<'d>(
    template: &Template<'d>,
    section: &str,
    conditions: &Conditions,
    domain: &Domain,
    notes: &mut Notes,
) -> Vec<Expanded<'d>> {
    let mut expanded = Vec::new();
    let mut evaluator = Evaluator::new(template, conditions, domain);
    for section in template.sections(section) {
        evaluator.expand(section, &mut expanded);
    }
    notes.append(&mut evaluator.notes);
    expanded
}
