//! `samconfig.toml` (or `.yaml`, `.yml`, `.json`): what the SAM CLI gives to a template's parameters, by environment.
//! <https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/serverless-sam-cli-config.html>
//!
//! Every environment is a deployment that somebody makes with `--config-env`, so none of them is the one to judge by.
//! With a single environment its values simply hold. With several, a parameter is a choice over the environment, which
//! conditions know like a parameter with these allowed values: what is judged is judged once for each environment that
//! makes a difference, a finding says in which ones it holds, and a secret is found in all of them. An environment that
//! says nothing of a parameter leaves it its default. What `sam build` and the local commands are given reaches no
//! deployment: it decides nothing, but is looked through for secrets.

use super::assignments::{self, Assignment, Wrong};
use super::files::{Loaded, join};
use super::given::Given;
use crate::findings::{Problem, ProblemKind};
use crate::model::{Condition, Domain};
use crate::source::folder_of;
use crate::syntax::doc::{NodeKind, NodeRef};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The names under which the SAM CLI looks for it, in this order.
pub const FILE_NAMES: [&str; 4] = ["samconfig.toml", "samconfig.yaml", "samconfig.yml", "samconfig.json"];

/// The templates that it means where it names none, in this order.
pub const TEMPLATE_NAMES: [&str; 3] = ["template.yaml", "template.yml", "template.json"];

/// Environments of one file.
const MAX_ENVIRONMENTS: usize = 32;

/// Commands that deploy, each with the word by which its environment is told from that of `sam deploy`.
const DEPLOYS: [(&str, &str); 2] = [("deploy", ""), ("sync", " (sync)")];

#[derive(Debug, Default)]
pub struct SamConfig {
    pub environments: Vec<Environment>,
    /// Everything that any command gives to a parameter.
    pub assignments: Vec<Assignment>,
    pub problems: Vec<Problem>,
}

/// What one environment deploys.
#[derive(Debug)]
pub struct Environment {
    /// Empty where a file says nothing but what is deployed.
    pub name: Arc<str>,
    /// Paths from the root that the template may have, the first one that is there.
    pub templates: Vec<String>,
    pub(super) overrides: BTreeMap<Arc<str>, Assignment>,
}

/// Reads a file of the SAM CLI. `read` reads a file of parameters that it names.
#[must_use]
pub fn samconfig(of: &Loaded, read: &mut dyn FnMut(&str) -> Option<Vec<Assignment>>) -> SamConfig {
    let mut config = SamConfig::default();
    let Some(root) = of.document.root(of.source.text()) else { return config };
    let mut reader = Reader { of, read, config: &mut config };
    for (name, environment) in root.entries() {
        if let Some(name) = name.scalar_text().filter(|_| environment.is_mapping()) {
            reader.environment(&name, environment);
        }
    }
    if config.environments.len() > MAX_ENVIRONMENTS {
        config.environments.truncate(MAX_ENVIRONMENTS);
        let message = format!("more than {MAX_ENVIRONMENTS} environments; the rest is not analysed");
        let path = of.source.path.clone();
        config.problems.push(Problem { kind: ProblemKind::Limit, path, start: None, message });
    }
    config
}

struct Reader<'r> {
    of: &'r Loaded,
    read: &'r mut dyn FnMut(&str) -> Option<Vec<Assignment>>,
    config: &'r mut SamConfig,
}

impl<'r> Reader<'r> {
    fn environment(&mut self, name: &str, environment: NodeRef<'_>) {
        let parameters = |command: &str| environment.get(command)?.get("parameters");
        let mut given: BTreeMap<String, Vec<Assignment>> = BTreeMap::new();
        for (command, body) in environment.entries() {
            let overrides = body.get("parameters").and_then(|body| body.get("parameter_overrides"));
            if let (Some(command), Some(overrides)) = (command.scalar_text(), overrides) {
                let assignments = self.overrides(overrides);
                self.config.assignments.extend(assignments.iter().cloned());
                given.insert(command.into_owned(), assignments);
            }
        }
        let named = |command: &str| {
            let option =
                |name: &str| parameters(command)?.get(name).filter(|node| node.scalar_text().is_some());
            option("template_file").or_else(|| option("template"))
        };
        for (command, word) in DEPLOYS {
            let deploys = match command {
                // What `sam init` writes of `sam sync` is about watching files.
                "sync" => given.contains_key(command),
                _ => parameters(command).is_some() || parameters("global").is_some(),
            };
            if !deploys {
                continue;
            }
            let assignments = given.get(command).or_else(|| given.get("global"));
            let overrides: BTreeMap<_, _> = assignments
                .into_iter()
                .flatten()
                .map(|assignment| (Arc::clone(&assignment.name), assignment.clone()))
                .collect();
            let templates = [command, "global", "build"].into_iter().find_map(named);
            let templates = self.templates(templates);
            let name = format!("{name}{word}").into();
            self.config.environments.push(Environment { name, templates, overrides });
        }
    }

    /// What was built is built from what stands beside.
    fn templates(&mut self, named: Option<NodeRef<'_>>) -> Vec<String> {
        let folder = self.folder();
        let written = named.and_then(|node| Some((node, node.scalar_text()?)));
        let named = match written.filter(|(_, written)| !written.contains(".aws-sam")) {
            Some((node, written)) => match join(folder, &written) {
                Some(path) => Some(path),
                None => {
                    self.outside(node, &written);
                    return Vec::new();
                }
            },
            None => None,
        };
        named.into_iter().chain(TEMPLATE_NAMES.iter().filter_map(|name| join(folder, name))).collect()
    }

    fn overrides(&mut self, node: NodeRef<'_>) -> Vec<Assignment> {
        let file = self.of.file;
        let (mut found, mut wrong, mut files) = (Vec::new(), Vec::new(), Vec::new());
        // A list holds lines and maps.
        for part in std::iter::once(node).chain(node.items()) {
            match part.kind() {
                NodeKind::Mapping(_) => {
                    for (name, value) in part.entries() {
                        match assignments::of_pair(file, name, value) {
                            Ok(assignment) => found.push(assignment),
                            Err(other) => wrong.push(other),
                        }
                    }
                }
                NodeKind::Sequence(_) | NodeKind::Scalar(..) => {
                    match assignments::of_line(file, part, &mut files) {
                        Ok(more) => found.extend(more),
                        Err(other) => wrong.push(other),
                    }
                }
                NodeKind::Null => {}
            }
        }
        for file in files {
            if join(self.folder(), &file).is_none() {
                self.outside(node, &file);
            }
            found.extend((self.read)(&file).unwrap_or_default());
        }
        self.config.problems.extend(wrong.iter().map(|wrong| self.problem(wrong)).collect::<Vec<_>>());
        found
    }

    fn folder(&self) -> &'r str {
        folder_of(&self.of.source.root_path)
    }

    /// What an environment deploys is said in a file that is not read.
    fn outside(&mut self, at: NodeRef<'_>, written: &str) {
        let start = self.of.source.position(at.span().start);
        self.config.problems.push(Problem {
            kind: ProblemKind::Io,
            path: self.of.source.path.clone(),
            start: Some((start.line, start.column)),
            message: format!("`{written}` is no path inside the repository, not read"),
        });
    }

    fn problem(&self, wrong: &Wrong) -> Problem {
        let start = self.of.source.position(wrong.span.start);
        Problem {
            kind: ProblemKind::Config,
            path: self.of.source.path.clone(),
            start: Some((start.line, start.column)),
            message: wrong.message.to_owned(),
        }
    }
}

/// What a template's parameters are given from outside of it.
#[derive(Debug, Default)]
pub struct Inputs {
    pub(super) given: BTreeMap<Arc<str>, Given>,
    pub(super) domain: Domain,
}

impl Inputs {
    pub(in crate::frontends) fn into_parts(self) -> (BTreeMap<Arc<str>, Given>, Domain) {
        (self.given, self.domain)
    }

    /// `environments` are those that deploy the template, each with the path of its file. What `named` says holds over
    /// them.
    #[must_use]
    pub fn new(named: &[Assignment], environments: &[(&str, &Environment)]) -> Self {
        let mut inputs = Self::default();
        match environments {
            [] => {}
            [(_, only)] => {
                for (name, assignment) in &only.overrides {
                    inputs.given.insert(Arc::clone(name), Given::Value(assignment.value.clone()));
                }
            }
            [(first, _), ..] => inputs.choice(first, environments),
        }
        for assignment in named {
            inputs.given.insert(Arc::clone(&assignment.name), Given::Value(assignment.value.clone()));
        }
        inputs
    }

    /// A choice of one of several environments, which `first` is a file of.
    fn choice(&mut self, first: &str, environments: &[(&str, &Environment)]) {
        let one_file = environments.iter().all(|(path, _)| *path == first);
        let are_named = environments.iter().all(|(_, environment)| !environment.name.is_empty());
        let file_name = first.rsplit('/').next().unwrap_or_default();
        let choice: Arc<str> = match (one_file, are_named) {
            (true, _) => format!("the environment of {file_name}").into(),
            (false, true) => "the environment of the SAM CLI".into(),
            (false, false) => "the file of the deployment".into(),
        };
        let mut either: BTreeMap<Arc<str>, Vec<_>> = BTreeMap::new();
        let mut names = Vec::new();
        for (path, environment) in environments {
            let value: Arc<str> = match (one_file, &*environment.name) {
                (true, _) => Arc::clone(&environment.name),
                (false, "") => (*path).into(),
                (false, name) => format!("{name} of {path}").into(),
            };
            names.push(Arc::clone(&value));
            let when = Arc::new(Condition::Equals { name: Arc::clone(&choice), value });
            for (name, assignment) in &environment.overrides {
                let values = either.entry(Arc::clone(name)).or_default();
                values.push((Arc::clone(&when), assignment.value.clone()));
            }
        }
        self.domain.allowed.insert(choice, names);
        self.given.extend(either.into_iter().map(|(name, values)| (name, Given::Either(values))));
    }
}
