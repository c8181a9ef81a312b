//! What is known of a folder, or of a single file: the one place at which the server asks for an analysis.

use super::item::{Item, Kind, Step};
use super::places::Places;
use super::settings::Settings;
use super::text::Encoding;
use crate::config::Wanted;
use crate::engine::{self, CheckRequest};
use crate::findings::{Effect, Finding, Fix, Outcome, Problem, Safety, Selection};
use crate::source::Sources;
use crate::system::{FileKind, Overlay, System, Texts};
use lsp_types::Range;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

type Items = BTreeMap<PathBuf, Arc<[Item]>>;
type Mends = BTreeMap<(PathBuf, String), Vec<Mend>>;

/// A folder or a file, with what was found out about it last.
pub(super) struct Analysis<'s> {
    system: &'s dyn System,
    request: CheckRequest,
    settings: Settings,
    encoding: Encoding,
    /// What paths are relative to.
    base: PathBuf,
    buffers: Texts,
    items: Items,
    /// By the file that a finding stands in, and its fingerprint.
    mends: Mends,
}

impl<'s> Analysis<'s> {
    /// Of a folder, or of a file by itself. Nothing is read yet.
    pub(super) fn open(
        target: &Path,
        settings: &Settings,
        encoding: Encoding,
        system: &'s dyn System,
    ) -> Self {
        let folder = if system.kind(target).is_ok_and(|kind| kind == FileKind::Folder) {
            target
        } else {
            target.parent().unwrap_or(target)
        };
        let request = CheckRequest {
            paths: vec![target.to_path_buf()],
            selection: Selection { select: settings.select.clone(), ignore: settings.ignore.clone() },
            strict: settings.strict,
            configuration: settings.config_from(folder).map_or(Wanted::Nearest, Wanted::File),
            fixes: true,
            ..CheckRequest::default()
        };
        let base = system.working_folder().unwrap_or_else(|_| folder.to_path_buf());
        let buffers = Texts::new();
        let (items, mends) = (BTreeMap::new(), BTreeMap::new());
        Self { system, request, settings: settings.clone(), encoding, base, buffers, items, mends }
    }

    /// The text of a file as it is edited, by its path without links; `None`: it is that of the disk again.
    pub(super) fn set_buffer(&mut self, path: &Path, text: Option<&str>) {
        match text {
            Some(text) => self.buffers.insert(path.to_path_buf(), Arc::from(text.as_bytes())),
            None => self.buffers.remove(path),
        };
    }

    /// Finds out anew. The answer is the files of which there is something else to say.
    pub(super) fn refresh(&mut self) -> Vec<PathBuf> {
        let sources = Sources::default();
        let overlay = Overlay::new(self.system, &self.buffers);
        let outcome = engine::check(&self.request, &overlay, &sources);
        let before = std::mem::take(&mut self.items);
        (self.items, self.mends) = self.told(&outcome, &sources);
        let paths = before.keys().chain(self.items.keys());
        let changed = paths.filter(|path| before.get(*path) != self.items.get(*path));
        let changed: std::collections::BTreeSet<PathBuf> = changed.cloned().collect();
        changed.into_iter().collect()
    }

    /// The same after some files changed.
    pub(super) fn reanalyse(&mut self, _changed: &[PathBuf]) -> Vec<PathBuf> {
        self.refresh()
    }

    /// What there is to say of a file.
    pub(super) fn items(&self, path: &Path) -> Arc<[Item]> {
        self.items.get(path).map_or_else(|| Arc::from([]), Arc::clone)
    }

    /// What the values at a place come to.
    pub(super) fn values_at(&self, _path: &Path, _offset: u32) -> Vec<ValueAt> {
        Vec::new()
    }

    /// How a finding of a file can be mended.
    pub(super) fn fixes(&self, path: &Path, item: &Item) -> Vec<Mend> {
        self.mends.get(&(path.to_path_buf(), item.fingerprint.clone())).cloned().unwrap_or_default()
    }

    /// Whether anything in a file may be mended without looking.
    pub(super) fn has_safe_fixes(&self, path: &Path) -> bool {
        self.items(path).iter().any(|item| self.fixes(path, item).iter().any(Mend::is_safe))
    }

    /// The edits of all safe fixes of a file; of two that meet the first.
    pub(super) fn safe_fixes(&self, path: &Path) -> Vec<EditAt> {
        let mut edits: Vec<EditAt> = Vec::new();
        for item in self.items(path).iter() {
            let Some(mend) = self.fixes(path, item).into_iter().find(Mend::is_safe) else { continue };
            let meets = |edit: &EditAt| edits.iter().any(|other| other.meets(edit));
            if !mend.edits.iter().any(meets) {
                edits.extend(mend.edits);
            }
        }
        edits
    }

    fn told(&self, outcome: &Outcome, sources: &Sources) -> (Items, Mends) {
        let buffers = self.buffers.keys().map(PathBuf::as_path);
        let places = Places::new((sources, outcome.masked(sources)), &self.base, buffers, self.encoding);
        let mut items: BTreeMap<PathBuf, Vec<Item>> = BTreeMap::new();
        let mut mends = Mends::new();
        let mut add = |finding: &Finding, kind: Kind| {
            if sources.get(finding.primary.site.file).commit.is_none() {
                let path = places.path(finding.primary.site.file);
                let fixes = finding.fixes.iter().filter_map(|fix| of_fix(fix, &places)).collect();
                mends.insert((path.clone(), finding.fingerprint.clone()), fixes);
                items.entry(path).or_default().push(of_finding(finding, kind, (&places, sources)));
            }
        };
        for finding in &outcome.findings {
            add(finding, Kind::Finding(finding.severity));
        }
        if self.settings.strict || outcome.strict {
            outcome.cannot_tell.iter().for_each(|finding| add(finding, Kind::Open));
        }
        if self.settings.suppressed {
            outcome.suppressed.iter().for_each(|finding| add(finding, Kind::Suppressed));
        }
        for problem in &outcome.problems {
            items.entry(places.path_of(&problem.path)).or_default().push(of_problem(problem, &places));
        }
        (items.into_iter().map(|(path, items)| (path, items.into())).collect(), mends)
    }
}

fn of_finding(finding: &Finding, kind: Kind, (places, sources): (&Places<'_>, &Sources)) -> Item {
    let source = sources.get(finding.primary.site.file);
    let said = finding.suppression.as_ref().map(|said| said.reason.clone());
    Item {
        kind,
        range: places.range(finding.primary.site),
        offset: finding.primary.site.span.start,
        code: Arc::clone(&finding.code),
        name: Arc::clone(&finding.name),
        url: finding.url.clone(),
        title: finding.title.clone(),
        label: finding.primary.label.clone(),
        help: finding.help.clone(),
        reason: said.or_else(|| finding.reason.clone()),
        addresses: finding.addresses.clone(),
        construct: finding.construct.clone(),
        chain: finding.chain.iter().filter_map(|place| places.step(place)).collect(),
        related: finding.related.iter().filter_map(|place| places.step(place)).collect(),
        is_exceptable: !finding.mandatory
            && !finding.code.starts_with("EXC")
            && finding.construct.is_none()
            && source.is_whole()
            && !source.git_ignored,
        fingerprint: finding.fingerprint.clone(),
    }
}

/// A fix, unless an edit of it is in a file that nobody is to see the name of.
fn of_fix(fix: &Fix, places: &Places<'_>) -> Option<Mend> {
    let edit = |edit: &crate::findings::Edit| {
        let spot = places.spot(edit.site)?;
        Some(EditAt { path: spot.path, range: spot.range, text: edit.text.clone() })
    };
    Some(Mend {
        title: fix.title.clone(),
        safety: fix.safety,
        effect: fix.effect,
        note: fix.note.clone(),
        edits: fix.edits.iter().map(edit).collect::<Option<_>>()?,
    })
}

fn of_problem(problem: &Problem, places: &Places<'_>) -> Item {
    let nothing: Arc<str> = "".into();
    Item {
        kind: Kind::Problem(problem.kind),
        range: places.rest_of_line(&problem.path, problem.start.unwrap_or((1, 1))),
        offset: 0,
        code: Arc::clone(&nothing),
        name: nothing,
        url: String::new(),
        title: problem.message.clone(),
        label: String::new(),
        help: String::new(),
        reason: None,
        addresses: Vec::new(),
        construct: None,
        chain: Vec::new(),
        related: Vec::new(),
        is_exceptable: false,
        fingerprint: String::new(),
    }
}

/// What a value at a place comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ValueAt {
    pub(super) name: String,
    pub(super) value: String,
    pub(super) range: Option<Range>,
    /// From the literal to its use.
    pub(super) chain: Vec<Step>,
}

/// A fix, at positions of the editor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mend {
    pub(super) title: String,
    pub(super) safety: Safety,
    pub(super) effect: Effect,
    pub(super) note: String,
    pub(super) edits: Vec<EditAt>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct EditAt {
    pub(super) path: PathBuf,
    pub(super) range: Range,
    pub(super) text: String,
}

impl Mend {
    fn is_safe(&self) -> bool {
        self.safety == Safety::Safe && !self.edits.is_empty()
    }
}

impl EditAt {
    fn meets(&self, other: &Self) -> bool {
        let (a, b) = (self.range, other.range);
        self.path == other.path && a.start <= b.end && b.start <= a.end
    }
}
