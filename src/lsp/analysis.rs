//! What is known of a folder, or of a single file, at positions of the editor: the one place at which the server asks the analysis.

use super::item::{Item, Kind, Spot, Step};
use super::settings::Settings;
use super::text::{Encoding, Lines, small};
use crate::config::Wanted;
use crate::engine::CheckRequest;
use crate::findings::{Effect, Safety, Selection};
use crate::system::{FileKind, System};
use crate::workspace::{Answer, Place, Reanalysed, Snapshot, TextEdit, Trouble, Whole, Workspace};
use lsp_types::{Position, Range};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;

/// A folder or a file.
pub(super) struct Analysis<'s> {
    system: &'s dyn System,
    target: PathBuf,
    settings: Settings,
    encoding: Encoding,
    /// None as long as nothing is there.
    workspace: Option<Workspace<'s>>,
    buffers: BTreeMap<PathBuf, Arc<str>>,
}

impl<'s> Analysis<'s> {
    /// Of a folder, or of a file by itself. Nothing is read yet.
    pub(super) fn open(
        target: &Path,
        settings: &Settings,
        encoding: Encoding,
        system: &'s dyn System,
    ) -> Self {
        let mut analysis = Self {
            system,
            target: target.to_path_buf(),
            settings: settings.clone(),
            encoding,
            workspace: None,
            buffers: BTreeMap::new(),
        };
        analysis.look_for_target();
        analysis
    }

    fn look_for_target(&mut self) {
        let Self { system, target, settings, .. } = self;
        let kind = system.kind(target);
        // What was never written is there as long as somebody edits it.
        if kind.is_err() && !self.buffers.contains_key(target) {
            return;
        }
        let is_folder = kind.is_ok_and(|kind| kind == FileKind::Folder);
        let folder = if is_folder { &**target } else { target.parent().unwrap_or(target) };
        let request = CheckRequest {
            selection: Selection { select: settings.select.clone(), ignore: settings.ignore.clone() },
            strict: settings.strict,
            configuration: settings.config_from(folder).map_or(Wanted::Nearest, Wanted::File),
            ..CheckRequest::default()
        };
        let Ok(mut workspace) = Workspace::open(target, request, *system) else { return };
        for (path, text) in &self.buffers {
            workspace.set_buffer(path, Some(text));
        }
        self.workspace = Some(workspace);
    }

    pub(super) fn target(&self) -> &Path {
        &self.target
    }

    /// The text of a file as it is edited, by its path without links; `None`: it is that of the disk again.
    pub(super) fn set_buffer(&mut self, path: &Path, text: Option<Arc<str>>) {
        if let Some(workspace) = &mut self.workspace {
            workspace.set_buffer(path, text.as_deref());
        }
        match text {
            Some(text) => self.buffers.insert(path.to_path_buf(), text),
            None => self.buffers.remove(path),
        };
    }

    /// What a whole run needs. `None` where nothing is there to look at.
    pub(super) fn snapshot(&mut self) -> Option<Snapshot<'s>> {
        if self.workspace.is_none() {
            self.look_for_target();
        }
        self.workspace.as_ref().map(Workspace::snapshot)
    }

    /// Takes over what a whole run said.
    pub(super) fn adopt(&mut self, whole: Whole) -> Reanalysed {
        self.workspace.as_mut().map(|workspace| workspace.adopt(whole)).unwrap_or_default()
    }

    /// Looks again at what these files bear on.
    pub(super) fn reanalyse(&mut self, changed: &[PathBuf]) -> Reanalysed {
        let nothing = Reanalysed { needs_whole: true, ..Reanalysed::default() };
        self.workspace.as_mut().map_or(nothing, |workspace| workspace.reanalyse(changed))
    }

    /// Files that there is something to say of.
    pub(super) fn files(&self) -> BTreeSet<PathBuf> {
        self.workspace.as_ref().map(Workspace::files).unwrap_or_default()
    }

    /// What there is to say of a file.
    pub(super) fn items(&self, path: &Path) -> Arc<[Item]> {
        let Some(workspace) = &self.workspace else { return Arc::from([]) };
        let places = self.places(workspace);
        let told = workspace.told(path);
        let answers = told.answers.iter().filter(|answer| self.is_shown(answer));
        let items = answers.map(|answer| of_answer(answer, &places));
        let troubles = told.troubles.iter().map(|trouble| of_trouble(trouble, path, &places));
        items.chain(troubles).collect()
    }

    fn is_shown(&self, answer: &Answer) -> bool {
        match kind(answer) {
            Kind::Finding(_) | Kind::Problem(_) => true,
            Kind::Open => self.settings.strict || answer.is_strict,
            Kind::Suppressed => self.settings.suppressed,
        }
    }

    /// What the values at a place come to.
    pub(super) fn values_at(&self, path: &Path, offset: u32) -> Vec<ValueAt> {
        let Some(workspace) = &self.workspace else { return Vec::new() };
        let places = self.places(workspace);
        let values = workspace.values_at(path, offset as usize).into_iter().map(|value| {
            let dot = if value.attribute.is_empty() { "" } else { "." };
            ValueAt {
                name: format!("{}{dot}{}", value.address, value.attribute),
                value: value.words,
                is_known: value.is_known,
                chain: value.chain.iter().filter_map(|place| places.step(place)).collect(),
            }
        });
        values.collect()
    }

    /// How what is said of a file can be mended, the best first. What can be applied was tried.
    pub(super) fn fixes(&self, path: &Path, item: &Item) -> Vec<Mend> {
        let Some(workspace) = self.workspace.as_ref().filter(|_| item.is_fixable) else { return Vec::new() };
        let places = self.places(workspace);
        let told = workspace.told(path);
        let is_it = |answer: &&Answer| {
            answer.fingerprint == item.fingerprint
                && answer.code == item.code
                && places.range(path, &answer.place.range) == item.range
        };
        let Some(answer) = told.answers.iter().find(is_it) else { return Vec::new() };
        let mends = workspace.fixes(path, answer).into_iter().map(|mend| Mend {
            title: mend.title,
            safety: mend.safety,
            effect: mend.effect,
            note: mend.note,
            edits: mend.edits.into_iter().map(|edit| places.edit(edit)).collect(),
        });
        mends.collect()
    }

    /// Whether something of a file may perhaps be mended.
    pub(super) fn may_be_mended(&self, path: &Path) -> bool {
        self.items(path).iter().any(|item| item.is_fixable)
    }

    /// The edits of safe fixes of a file that hold together.
    pub(super) fn safe_fixes(&self, path: &Path) -> Vec<EditAt> {
        if !self.may_be_mended(path) {
            return Vec::new();
        }
        let Some(workspace) = &self.workspace else { return Vec::new() };
        let places = self.places(workspace);
        let at = |edit: TextEdit| places.edit(edit);
        workspace.safe_fixes(path).into_iter().map(at).collect()
    }

    fn places<'a>(&'a self, workspace: &'a Workspace<'s>) -> Places<'a, 's> {
        Places { analysis: self, workspace, texts: RefCell::default() }
    }
}

/// A text and its lines.
type Counted = (Arc<str>, Lines);

/// From bytes to positions.
struct Places<'a, 's> {
    analysis: &'a Analysis<'s>,
    workspace: &'a Workspace<'s>,
    texts: RefCell<BTreeMap<PathBuf, Rc<Counted>>>,
}

impl Places<'_, '_> {
    fn range(&self, path: &Path, bytes: &ops::Range<usize>) -> Range {
        let mut texts = self.texts.borrow_mut();
        let known = texts.get(path).map(Rc::clone).unwrap_or_else(|| {
            let text = self.workspace.text(path).unwrap_or_else(|| "".into());
            let lines = Lines::new(&text);
            let known = Rc::new((text, lines));
            texts.insert(path.to_path_buf(), Rc::clone(&known));
            known
        });
        let (text, lines) = &*known;
        let encoding = self.analysis.encoding;
        // An editor shows a file of the disk without its mark.
        let is_marked = text.starts_with('\u{feff}') && !self.analysis.buffers.contains_key(path);
        let mark = if is_marked { small(encoding.units("\u{feff}")) } else { 0 };
        let at = |offset| {
            let position = lines.position(text, offset, encoding);
            let character =
                if position.line == 0 { position.character.saturating_sub(mark) } else { position.character };
            Position { character, ..position }
        };
        Range::new(at(bytes.start), at(bytes.end))
    }

    fn edit(&self, edit: TextEdit) -> EditAt {
        EditAt { range: self.range(&edit.path, &edit.range), path: edit.path, text: edit.text }
    }

    /// A place, unless the name of its file holds a secret.
    fn step(&self, place: &Place) -> Option<Step> {
        let spot = Spot { path: place.path.clone(), range: self.range(&place.path, &place.range) };
        (!place.is_hidden).then(|| Step { spot, label: place.label.clone() })
    }
}

fn kind(answer: &Answer) -> Kind {
    if answer.suppressed.is_some() {
        Kind::Suppressed
    } else if answer.reason.is_some() {
        Kind::Open
    } else {
        Kind::Finding(answer.severity)
    }
}

fn of_answer(answer: &Answer, places: &Places<'_, '_>) -> Item {
    let steps = |list: &[Place]| list.iter().filter_map(|place| places.step(place)).collect();
    let said = answer.suppressed.as_ref().map(|said| said.reason.clone());
    let is_own = !answer.place.path.iter().any(|name| name == ".terraform" || name == "node_modules");
    Item {
        kind: kind(answer),
        range: places.range(&answer.place.path, &answer.place.range),
        offset: small(answer.place.range.start),
        code: Arc::clone(&answer.code),
        name: Arc::clone(&answer.name),
        url: answer.url.clone(),
        title: answer.title.clone(),
        label: answer.place.label.clone(),
        help: answer.help.clone(),
        reason: said.or_else(|| answer.reason.clone()),
        addresses: answer.addresses.clone(),
        chain: steps(&answer.chain),
        related: steps(&answer.related),
        // Nothing silences some, and what a construct made is excepted in the app.
        is_exceptable: is_own
            && !answer.mandatory
            && !answer.code.starts_with("EXC")
            && answer.construct.is_none()
            && answer.suppressed.is_none(),
        is_fixable: answer.is_fixable,
        is_hidden: answer.place.is_hidden,
        fingerprint: answer.fingerprint.clone(),
    }
}

fn of_trouble(trouble: &Trouble, path: &Path, places: &Places<'_, '_>) -> Item {
    let nothing: Arc<str> = "".into();
    Item {
        kind: Kind::Problem(trouble.kind),
        range: places.range(path, &trouble.range),
        offset: small(trouble.range.start),
        code: Arc::clone(&nothing),
        name: nothing,
        url: String::new(),
        title: trouble.message.clone(),
        label: String::new(),
        help: String::new(),
        reason: None,
        addresses: Vec::new(),
        chain: Vec::new(),
        related: Vec::new(),
        is_exceptable: false,
        is_fixable: false,
        is_hidden: false,
        fingerprint: String::new(),
    }
}

/// What a value at a place comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ValueAt {
    pub(super) name: String,
    /// Or why it is not known.
    pub(super) value: String,
    pub(super) is_known: bool,
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
    pub(super) fn is_applicable(&self) -> bool {
        self.safety != Safety::Display && !self.edits.is_empty()
    }
}
