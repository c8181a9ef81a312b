//! Templates to units: which stand by themselves and which are nested in others, and what is deployed with them.

use super::Read;
use super::configurations::{self, Deployments};
use super::inline;
use super::learned::Asked;
use super::library::{Library, Reader, Template};
use super::load::Loader;
use super::parameters::Parameters;
use super::templates::Counter;
use super::values::{self, Values};
use crate::catalog::Breadth;
use crate::discover::Ignored;
use crate::findings::{AbsentKind, AbsentModule, Problem};
use crate::frontends::cloudformation::{self, Inputs, Missing, Program};
use crate::source::FileId;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

/// What was found below one analysis root.
#[derive(Debug, Default)]
pub(super) struct Items {
    pub(super) templates: Vec<Template>,
    /// Named files of the SAM CLI, by their paths from the root.
    pub(super) configurations: Vec<String>,
    pub(super) values: Vec<Values>,
}

/// Evaluates the templates below one analysis root. A file of the SAM CLI that is named brings its templates.
///
/// One that another nests is judged as that one calls it, as modules are that others call; by itself only where
/// no evaluated template reaches it, or where a file of the SAM CLI deploys it.
pub(super) fn read(
    loader: &Loader<'_>,
    root: usize,
    items: Items,
    parameters: &mut Parameters,
    read: &mut Read,
) {
    let Items { templates, configurations: mut named, values } = items;
    let is_needed = !templates.is_empty() || !named.is_empty() || !values.is_empty();
    let Some(place) = loader.inventory.roots.get(root).filter(|_| is_needed) else { return };
    let is_named = |path: &str| loader.inventory.names(&loader.inventory.shown(&place.path().join(path)));
    let by_path = |values: Values| (values.loaded.source.root_path.clone(), values);
    let known = templates.into_iter().map(|template| (template.loaded.source.root_path.clone(), template));
    let library = Library {
        loader,
        place,
        ignored: Ignored::of_root(place, loader.system),
        known: Mutex::new(known.collect()),
        values: Mutex::new(values.into_iter().map(by_path).collect()),
        snippets: Mutex::default(),
    };
    let mut configured = configurations::all(&library, &named, read);
    let is_given = |path: &str| parameters.are_of(&place.path().join(path));
    let (deployments, values) = values::left(&library, &is_given, read);
    named.extend(deployments.iter().map(|(path, _)| path.clone()).filter(|path| is_named(path)));
    configured.extend(deployments);
    for (path, config) in configured.iter().filter(|(path, _)| named.contains(path)) {
        library.bring(path, config, read);
    }
    let deployments = Deployments::new(&library, &configured);
    let inputs = |path: &str| Inputs::new(parameters.assignments(), &deployments.of(path));
    let (evaluated, judged) = evaluate_all(&library, &deployments, &inputs);
    for loaded in judged.iter().filter_map(|path| library.known_template(path)) {
        parameters.declared_by(&loaded);
    }
    for (_, config) in &configured {
        read.problems.extend(config.problems.iter().cloned());
        parameters.declare(&config.assignments, read);
    }
    values::declare(&values, &library, read);
    let shown = |path: &str| loader.inventory.shown(&place.path().join(path));
    let known = library.known.into_inner().unwrap_or_else(PoisonError::into_inner);
    let snippets = library.snippets.into_inner().unwrap_or_else(PoisonError::into_inner);
    // A file that a template includes is a part of it.
    let included: BTreeMap<FileId, String> = snippets
        .values()
        .flatten()
        .map(|snippet| (snippet.loaded.file, snippet.loaded.source.path.clone()))
        .collect();
    for (one, path) in evaluated.iter().zip(&judged) {
        if !included.is_empty() && loader.inventory.reports([shown(path).as_str()].into_iter()) {
            let files = &one.program.unit.files;
            read.brought.extend(files.iter().filter_map(|file| included.get(file).cloned()));
        }
    }
    for template in known.into_values().chain(snippets.into_values().flatten()) {
        read.files += 1;
        if !template.detections.is_empty() {
            read.detections.push((template.loaded.file, template.detections));
        }
    }
    for (one, path) in evaluated.into_iter().zip(&judged) {
        let configured = deployments.of(path).into_iter().map(|(path, _)| path);
        let asked = one.asked.iter().map(String::as_str).chain(configured).map(shown).collect();
        read.asked.push(Asked::of_next(&read.project.units, asked));
        one.finish(read);
    }
}

/// Evaluates those that stand by themselves, then what none of them reached. Returns also which these are.
fn evaluate_all(
    library: &Library<'_>,
    deployments: &Deployments<'_>,
    inputs: &(dyn Fn(&str) -> Inputs + Sync),
) -> (Vec<Evaluated>, Vec<String>) {
    let all = library.templates();
    let nested: BTreeSet<String> = all
        .iter()
        .flat_map(|(_, loaded)| {
            cloudformation::nested_in(loaded).into_iter().chain(cloudformation::included_in(loaded))
        })
        .collect();
    let paths = all.into_iter().map(|(path, _)| path);
    let (judged, rest): (Vec<String>, Vec<String>) =
        paths.partition(|path| !nested.contains(path) || !deployments.of(path).is_empty());
    let one = |path: String| {
        let evaluated = (!library.loader.skips(1)).then(|| evaluate(library, &path, inputs(&path)))?;
        Some((evaluated, path))
    };
    let (mut evaluated, mut judged): (Vec<Evaluated>, Vec<String>) =
        judged.into_par_iter().filter_map(one).unzip();
    let mut reached = BTreeSet::new();
    evaluated.iter().for_each(|one| reached.extend(one.program.nested.iter().cloned()));
    for path in rest {
        if !reached.contains(&path) && !library.loader.skips(1) {
            let one = evaluate(library, &path, inputs(&path));
            reached.extend(one.program.nested.iter().cloned());
            judged.push(path);
            evaluated.push(one);
        }
    }
    (evaluated, judged)
}

/// A template's unit, and what its evaluation left.
struct Evaluated {
    program: Program,
    problems: Vec<Problem>,
    resources: usize,
    /// Paths that it led to.
    asked: BTreeSet<String>,
}

impl Evaluated {
    fn finish(self, read: &mut Read) {
        let Program { unit, problems, absent, .. } = self.program;
        read.problems.extend(problems);
        read.problems.extend(self.problems);
        read.resources += self.resources;
        read.absent.extend(inline::open(&unit));
        read.absent.extend(absent.into_iter().map(|stack| AbsentModule {
            kind: match stack.what {
                Missing::Stack => AbsentKind::Stack,
                Missing::Include => AbsentKind::Include,
                Missing::Module => AbsentKind::RegistryModule,
            },
            address: stack.address,
            source: stack.source,
            site: stack.site,
            calls: stack.calls,
        }));
        read.project.units.push(unit);
    }
}

fn evaluate(library: &Library<'_>, path: &str, inputs: Inputs) -> Evaluated {
    let breadth = if library.has_detections() { Breadth::Whole } else { library.loader.breadth };
    let counter = Counter::new(breadth);
    let mut reader = Reader::new(library);
    let keep = |type_name: &str| counter.keep(type_name);
    let program = cloudformation::evaluate(path, inputs, &mut reader, &keep, breadth);
    let Reader { problems, asked, .. } = reader;
    Evaluated { program, problems, resources: counter.count(), asked }
}
