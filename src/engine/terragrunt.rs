//! Terragrunt's part of a run: its files read, and each unit judged with the module that it is about.

use super::Read;
use super::learned::Asked;
use super::load::{FileRole, Item, Loaded, Loader};
use super::terraform::{self, Noting, Reading, RootFiles};
use crate::discover::{Found, Kind};
use crate::facts;
use crate::findings::{AbsentKind, AbsentModule, Problem};
use crate::frontends::terraform::{Inputs, Module, ModuleFile, Options, Program};
use crate::frontends::terragrunt::{self, Configuration, Source};
use crate::model::{DeclarationKind, Value};
use crate::source::{Site, SourceFile, folder_of};
use crate::system;
use std::sync::Arc;

/// A file with the folder of the module that it is about, where that is here.
#[derive(Debug)]
pub(super) struct Unit {
    configuration: Configuration,
    folder: Option<String>,
    /// Files that were asked for while reading it.
    asked: Vec<String>,
}

impl Unit {
    pub(super) fn is_about(&self, folder: &str) -> bool {
        self.folder.as_deref() == Some(folder)
    }
}

impl Loader<'_> {
    /// An HCL file, if it is Terragrunt's, or holds the arguments of a backend. Other tools' files are no concern of
    /// keyless's, broken or not.
    pub(super) fn terragrunt(&self, found: &Found) -> (Option<Item>, Vec<Problem>) {
        let name = found.path.file_name().unwrap_or_default().to_string_lossy();
        let text = match self.inventory.read(found, self.system).and_then(system::text) {
            Ok(text) => text,
            Err(_) if !terragrunt::is_named(&name) => return (None, Vec::new()),
            Err(error) => return (None, vec![error.problem(&found.shown)]),
        };
        let source = SourceFile::new(found.shown.clone(), found.root_path.clone(), text, found.git_ignored);
        match self.terraform(Kind::Terragrunt, source) {
            Some((loaded, problems)) if terragrunt::is_terragrunt(&loaded.file) => {
                (Some(Item::Terraform { root: found.root, loaded: Box::new(loaded) }), problems)
            }
            Some((loaded, problems)) if is_of_backend(&loaded.file) => {
                let loaded = Box::new(Loaded { role: FileRole::Backend, ..loaded });
                (Some(Item::Terraform { root: found.root, loaded }), problems)
            }
            Some(_) | None => (None, Vec::new()),
        }
    }
}

/// Whether a file of any name holds the arguments of a backend in S3 and nothing else: `backend.hcl`, handed to
/// `terraform init -backend-config=backend.hcl`.
/// <https://developer.hashicorp.com/terraform/language/backend#partial-configuration>
fn is_of_backend(file: &ModuleFile) -> bool {
    let beside =
        ["key", "region", "access_key", "secret_key", "dynamodb_table", "use_lockfile", "encrypt", "profile"];
    let names = || file.tree.body.attributes.iter().map(|attribute| file.text(attribute.name));
    file.tree.body.blocks.is_empty()
        && names().any(|name| name == "bucket")
        && names().any(|name| beside.contains(&name))
}

/// Reads the files of one root, and loads the modules that they are about.
pub(super) fn read(loaded: Vec<Loaded>, files: &RootFiles<'_>, reading: &mut Reading<'_>) -> Vec<Unit> {
    let mut units = Vec::new();
    for item in loaded {
        reading.read.files += 1;
        if !item.detections.is_empty() {
            reading.traced.insert(item.file.id);
            reading.read.detections.push((item.file.id, item.detections.to_vec()));
        }
        let noting = Noting::new(files);
        let mut configuration = terragrunt::read(item.file, &noting);
        reading.read.problems.append(&mut configuration.problems);
        let kept = |kind: AbsentKind, (written, site): (&Arc<str>, Site)| AbsentModule {
            kind,
            address: if kind == AbsentKind::Source { "terraform" } else { "include" }.into(),
            source: Arc::clone(written),
            site,
            calls: Arc::from([]),
        };
        let folder = match &configuration.source {
            Source::Folder(folder) => {
                let is_here = reading.program.module(folder).is_some() || reading.add(folder, |_| true);
                is_here.then(|| folder.clone())
            }
            Source::Elsewhere => None,
        };
        let called = configuration.called.iter().filter(|_| folder.is_none());
        let called = called.map(|called| kept(AbsentKind::Source, (&called.written, called.site)));
        let absent = configuration.absent.iter();
        let included = absent.map(|one| kept(AbsentKind::Configuration, (&one.written, one.site)));
        reading.read.absent.extend(called.chain(included));
        let asked = noting.asked(std::iter::empty());
        units.push(Unit { configuration, folder, asked });
    }
    units
}

/// Judges a unit: what it says itself, the code that it generates, and its module with what it hands over.
pub(super) fn judge(
    unit: Unit,
    program: &Program,
    files: &RootFiles<'_>,
    options: &Options<'_>,
    read: &mut Read,
) {
    let Unit { mut configuration, folder, asked } = unit;
    let first = read.project.units.len();
    if let Some(module) = folder.and_then(|folder| program.module(&folder)) {
        let mut inputs = options.inputs.clone();
        for (name, value) in &configuration.inputs {
            inputs.hand_over(name, value.clone());
        }
        if let Some(reason) = &configuration.open {
            for name in module.variable_names() {
                inputs.hand_over(name, Value::unknown(reason.clone()));
            }
        }
        for declaration in &mut configuration.unit.declarations {
            declaration.marked_secret |=
                declaration.kind == DeclarationKind::VariableValue && module.marks_secret(&declaration.name);
        }
        let options = Options { inputs: &inputs, ..*options };
        terraform::judge(terraform::parts(program, &[module]), files, &options, read);
    }
    let generated = configuration.generated;
    if !generated.configuration.is_empty() || !generated.values.is_empty() {
        let name = configuration.unit.name.to_string();
        let folder = folder_of(&name).to_owned();
        let mut own = Program::default();
        own.add(Module::new(folder.clone(), generated));
        let inputs = Inputs::default();
        let options = Options { inputs: &inputs, ..*options };
        let roots: Vec<&Module> = own.module(&folder).into_iter().collect();
        terraform::judge(terraform::parts(&own, &roots), files, &options, read);
    }
    read.declared.push(facts::take_declared(&mut configuration.unit, options.sources));
    read.project.units.push(configuration.unit);
    read.asked.push(Asked { units: first..read.project.units.len(), paths: asked });
}
