//! What holds for a file: flags over the file's configuration over what that extends over what policies say of
//! themselves; and mandatory policies as the outermost file says that calls them so.

use super::file::Layer;
use super::written::{SaidSet, SaidSeverity, Written, WrittenPolicy};
use crate::facts::AccountDefault;
use crate::findings::selection::matches;
use crate::findings::{FailOn, Selection, Severity};
use crate::policies::{Policy, Set, Verdict};
use crate::secrets::Pattern;
use serde_json::Value as Json;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What the command line says of policies.
#[derive(Debug, Clone, Default)]
pub struct Flags {
    pub selection: Selection,
    pub strict: bool,
    pub fail_on: Option<FailOn>,
}

/// A file's layers, the extended ones first, and which of each one's overrides hold.
pub(super) type Layers = Vec<(Arc<Layer>, Vec<bool>)>;

/// What holds for some files.
#[derive(Debug)]
pub struct Settings {
    flags: Flags,
    layers: Layers,
    /// Of configuration files further up, the outermost first.
    outer: Vec<Layers>,
}

/// What holds of a policy.
#[derive(Debug, Clone)]
pub struct State {
    pub on: bool,
    pub set: Set,
    /// Where it is not what the policy says itself.
    pub severity: Option<Severity>,
    pub mandatory: bool,
    /// Options with their values, and whether these are configured.
    pub options: Vec<(String, Json, bool)>,
    /// The files, and the command line, that say it; empty: the policy itself.
    pub said_by: Vec<String>,
}

/// A file or folder with policies of one's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Own {
    /// Relative to the working directory, without links.
    pub path: PathBuf,
    /// Named by a configuration file further up: only what that one calls mandatory holds here.
    pub only_mandatory: bool,
}

impl Own {
    /// Whether a file of rules is this one, or in this folder.
    #[must_use]
    pub fn holds(&self, shown: &str) -> bool {
        Path::new(shown).starts_with(&self.path)
    }
}

/// Where the command line says something.
const FLAGS: &str = "command line";

impl Settings {
    pub(super) fn new(flags: Flags, layers: Layers, outer: Vec<Layers>) -> Self {
        Self { flags, layers, outer }
    }

    fn written(&self) -> impl DoubleEndedIterator<Item = &Written> {
        self.layers.iter().map(|(layer, _)| &layer.written)
    }

    /// Whether the policies of the strict set are on.
    #[must_use]
    pub fn strict(&self) -> bool {
        self.flags.strict || strict(&self.layers)
    }

    #[must_use]
    pub fn fail_on(&self) -> FailOn {
        let said = || self.written().rev().find_map(|written| written.fail_on).map(FailOn::from);
        self.flags.fail_on.or_else(said).unwrap_or_default()
    }

    /// What the account's metadata default is, where code does not say it.
    #[must_use]
    pub fn account_default(&self) -> Option<AccountDefault> {
        self.written().rev().find_map(|written| written.imds.account_default).map(AccountDefault::from)
    }

    /// Forms of tokens. One of the same id that is said nearer takes the place of the other.
    pub fn patterns(&self) -> impl Iterator<Item = &Arc<Pattern>> {
        let all = || self.layers.iter().flat_map(|(layer, _)| &layer.patterns);
        let holds = move |at: &usize, id: &str| !all().skip(at + 1).any(|later| later.detector.id == id);
        all()
            .enumerate()
            .filter(move |(at, pattern)| holds(at, pattern.detector.id))
            .map(|(_, pattern)| pattern)
    }

    /// Policies of one's own that are named in configuration files.
    #[must_use]
    pub fn own(&self) -> Vec<Own> {
        let of = |layers: &Layers, only_mandatory: bool| -> Vec<Own> {
            let paths = layers.iter().flat_map(|(layer, _)| layer.own.clone());
            paths.map(|path| Own { path, only_mandatory }).collect()
        };
        let mut all = of(&self.layers, false);
        for own in self.outer.iter().rev().flat_map(|outer| of(outer, true)) {
            if !all.iter().any(|known| known.path == own.path) {
                all.push(own);
            }
        }
        all
    }

    /// The configuration files that hold, the extended ones first, as reports show them.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        self.layers.iter().map(|(layer, _)| layer.shown.as_str())
    }

    /// What holds of a policy.
    #[must_use]
    pub fn state(&self, policy: &Policy) -> State {
        let commanding = self.outer.iter().chain([&self.layers]).find(|layers| is_mandatory(layers, policy));
        if let Some(layers) = commanding {
            // As that file has it for all paths: nothing that is said for some takes away from it.
            let plain: Layers = layers
                .iter()
                .map(|(layer, overrides)| (Arc::clone(layer), vec![false; overrides.len()]))
                .collect();
            let state = state(policy, &plain, self.strict());
            return State { on: true, mandatory: true, ..state };
        }
        let mut state = state(policy, &self.layers, self.strict());
        let Selection { select, ignore } = &self.flags.selection;
        let means = |terms: &[String]| is_listed(terms, policy);
        if !select.is_empty() || means(ignore) || self.flags.strict && policy.set == Set::Strict {
            state.said_by.push(FLAGS.to_owned());
        }
        if !select.is_empty() {
            state.on = means(select);
        }
        state.on &= !means(ignore);
        state
    }

    /// A policy as it is to be judged; `None` where it is off.
    #[must_use]
    pub fn configure(&self, policy: &Policy) -> Option<Policy> {
        let state = self.state(policy);
        if !state.on {
            return None;
        }
        let mut policy = policy.clone();
        policy.mandatory = state.mandatory;
        policy.set = state.set;
        for (name, value, configured) in &state.options {
            if *configured {
                policy = policy.with_option(name, value);
            }
        }
        for case in &mut policy.cases {
            if let Some(severity) = state.severity
                && case.verdict != Verdict::CannotTell
            {
                case.verdict = match severity {
                    Severity::Error => Verdict::Error,
                    Severity::Warning => Verdict::Warning,
                    Severity::Note => Verdict::Note,
                };
            }
        }
        Some(policy)
    }

    /// Whether a case of a policy that is on is judged.
    #[must_use]
    pub fn judges(&self, set: Option<Set>) -> bool {
        match set {
            None | Some(Set::Default) => true,
            Some(Set::Strict) => self.strict(),
        }
    }
}

fn strict(layers: &Layers) -> bool {
    layers.iter().rev().find_map(|(layer, _)| layer.written.strict).unwrap_or(false)
}

fn is_listed(terms: &[String], policy: &Policy) -> bool {
    terms.iter().any(|term| matches(term, &policy.id, &policy.name))
}

/// Whether the key of a table means a policy.
pub(super) fn is_called(key: &str, id: &str, name: &str) -> bool {
    key.eq_ignore_ascii_case(id) || key.eq_ignore_ascii_case(name)
}

fn tables<'l>(layer: &'l Layer, policy: &Policy) -> impl Iterator<Item = &'l WrittenPolicy> {
    let (id, name) = (policy.id.clone(), policy.name.clone());
    layer.written.policy.iter().filter(move |(key, _)| is_called(key, &id, &name)).map(|(_, table)| table)
}

fn is_mandatory(layers: &Layers, policy: &Policy) -> bool {
    let said =
        layers.iter().rev().find_map(|(layer, _)| tables(layer, policy).find_map(|table| table.mandatory));
    said.unwrap_or(false)
}

/// What layers say of a policy, in their order: each one's own word, then its overrides.
fn state(policy: &Policy, layers: &Layers, is_strict: bool) -> State {
    let mut state = State {
        on: false,
        set: policy.set,
        severity: None,
        mandatory: false,
        options: policy
            .options
            .iter()
            .map(|option| (option.name.clone(), option.default.clone(), false))
            .collect(),
        said_by: Vec::new(),
    };
    // Whether a set is on is known before what is selected and ignored.
    let sets = layers.iter().flat_map(|(layer, _)| tables(layer, policy)).filter_map(|table| table.set);
    if let Some(set) = sets.last() {
        state.set = match set {
            SaidSet::Default => Set::Default,
            SaidSet::Strict => Set::Strict,
        };
    }
    state.on = is_strict || state.set == Set::Default;
    for (layer, overrides) in layers {
        let mut said = layer.written.strict.is_some() && policy.set == Set::Strict;
        let written = &layer.written;
        said |= select(&mut state, policy, written.select.as_deref(), &written.ignore);
        for table in tables(layer, policy) {
            said |= severity(&mut state, table.severity);
            said |= table.set.is_some() || table.mandatory.is_some();
        }
        said |= options(&mut state, layer, policy);
        for (one, _) in written.overrides.iter().zip(overrides).filter(|(_, holds)| **holds) {
            said |= select(&mut state, policy, one.select.as_deref(), &one.ignore);
            for (_, table) in one.policy.iter().filter(|(key, _)| is_called(key, &policy.id, &policy.name)) {
                said |= severity(&mut state, table.severity);
            }
        }
        if said {
            state.said_by.push(layer.shown.clone());
        }
    }
    state
}

/// Takes what is selected and ignored; whether that concerns the policy.
fn select(state: &mut State, policy: &Policy, select: Option<&[String]>, ignore: &[String]) -> bool {
    if let Some(select) = select {
        state.on = is_listed(select, policy);
    }
    let ignored = is_listed(ignore, policy);
    state.on &= !ignored;
    select.is_some() || ignored
}

fn severity(state: &mut State, said: Option<SaidSeverity>) -> bool {
    state.severity = said.map(Severity::from).or(state.severity);
    said.is_some()
}

fn options(state: &mut State, layer: &Layer, policy: &Policy) -> bool {
    let mut said = false;
    for (name, value, configured) in &mut state.options {
        let configured_here = match name.split_once('.') {
            Some((table, key)) => layer.json.get(table).and_then(|table| table.get(key)),
            None => tables(layer, policy).find_map(|table| table.options.get(name)),
        };
        if let Some(here) = configured_here {
            *value = here.clone();
            *configured = true;
            said = true;
        }
    }
    said
}

/// Which of a layer's overrides hold for a path.
pub(super) fn overrides(layer: &Layer, path: &Path) -> Vec<bool> {
    layer.overrides.iter().map(|globs| globs.cover(path, false)).collect()
}
