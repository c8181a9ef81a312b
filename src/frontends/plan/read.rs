//! Takes a plan in, piece by piece. What is of no interest is passed over; instances that differ in nothing but their
//! address are kept once.

use super::address;
use super::change::Change;
use super::outline::Outline;
use crate::source::{Part, Parts, Position};
use crate::syntax::doc::{self, Document, NodeRef};
use crate::syntax::pieces::{Piece, Pieces};
use rustc_hash::{FxHashMap, FxHasher};
use std::collections::BTreeSet;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::io::Read;
use std::ops::Range;
use std::sync::Arc;

/// Modules inside one another in `prior_state` and `planned_values`.
const MAX_MODULES: usize = 64;

/// A plan, as far as it matters.
#[derive(Debug, Default)]
pub struct Plan {
    /// The texts of what is kept.
    pub(super) parts: Parts,
    /// Planned instances, then data sources that were read when planning; in the order of their texts.
    pub(super) groups: Vec<Group>,
    /// The types of what is kept.
    pub types: BTreeSet<Arc<str>>,
    pub(super) configuration: Option<Piece>,
    pub(super) variables: Option<Piece>,
    /// Planned instances of any type that exist after the plan is applied.
    pub resources: usize,
    /// Planning ended in an error, so that not all of it is here.
    pub errored: bool,
}

impl Plan {
    /// The `change` of every instance as the plan has it, by address. A plan that was cut down to its values has none.
    #[must_use]
    pub fn changes(&self) -> FxHashMap<Arc<str>, Arc<str>> {
        let said = |group: &Group| {
            let text = self.parts.get(&group.part);
            let parsed = Parsed::of(text)?;
            let change = parsed.root()?.get("change")?.full_span();
            text.get(change.range()).map(Arc::<str>::from)
        };
        let of_group = |group: &Group| Some((group.addresses.clone(), said(group)?));
        let all = self.groups.iter().filter_map(of_group);
        all.flat_map(|(addresses, change)| addresses.into_iter().map(move |at| (at, Arc::clone(&change))))
            .collect()
    }
}

/// Instances that differ in nothing but their address.
#[derive(Debug)]
pub(super) struct Group {
    /// At least one.
    pub(super) addresses: Vec<Arc<str>>,
    /// The first of them, as it stands in the plan.
    pub(super) part: Part,
    /// The addresses without keys.
    base: Box<str>,
    /// What of the parts' text is the same for all.
    common: Range<usize>,
}

impl Group {
    /// The addresses without keys.
    pub(super) fn base(&self) -> &str {
        &self.base
    }
}

/// A piece as a tree.
#[derive(Debug)]
pub(super) struct Parsed<'p> {
    text: &'p str,
    document: Document,
}

impl<'p> Parsed<'p> {
    /// `None` where only its brackets hold the piece together.
    pub(super) fn of(text: &'p str) -> Option<Self> {
        let document = doc::parse_json(text).ok()?;
        Some(Self { text, document })
    }

    pub(super) fn of_piece(piece: &'p Piece) -> Option<Self> {
        Self::of(&piece.text)
    }

    pub(super) fn root(&self) -> Option<NodeRef<'_>> {
        self.document.root(self.text)
    }

    pub(super) fn change(&self) -> Option<Change<'_>> {
        self.root().and_then(Change::of)
    }
}

/// Why a plan is not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadError {
    pub start: Option<Position>,
    pub message: String,
    /// Reading failed, rather than what was read.
    pub io: bool,
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

/// Whether these are the first bytes of a plan file as `terraform plan -out` writes it: a zip archive.
#[must_use]
pub fn is_binary(head: &[u8]) -> bool {
    head.starts_with(b"PK\x03\x04")
}

/// Reads a plan. `keep` says which types of resources matter; `whole`, that all is wanted that it says of them, and not
/// only what comes of them. `None`: JSON, but no plan.
///
/// # Errors
/// Where it cannot be read, or breaks off.
pub fn read(
    reader: impl Read + Send,
    keep: &dyn Fn(&str) -> bool,
    whole: bool,
) -> Result<Option<Plan>, ReadError> {
    let failed = |error: &std::io::Error, start| ReadError {
        start,
        message: error.to_string(),
        io: error.kind() != std::io::ErrorKind::InvalidData,
    };
    let mut pieces = Pieces::new(reader).map_err(|error| failed(&error, None))?;
    let mut taker = Taker {
        keep,
        whole,
        plan: Plan::default(),
        known: FxHashMap::default(),
        planned: Held::default(),
        data: Held::default(),
        versioned: false,
        marked: false,
    };
    match taker.document(&mut pieces) {
        Ok(()) => Ok(taker.is_plan().then(|| taker.finish())),
        // Other data may be as broken as it likes.
        Err(error) if error.kind() == std::io::ErrorKind::InvalidData && !taker.is_plan() => Ok(None),
        Err(error) => Err(failed(&error, Some(pieces.position()))),
    }
}

struct Taker<'k> {
    keep: &'k dyn Fn(&str) -> bool,
    whole: bool,
    plan: Plan,
    /// Groups by a hash of what they have in common.
    known: FxHashMap<u64, Vec<usize>>,
    /// From `planned_values`, for a plan that was cut down to them.
    planned: Held,
    /// Data sources that were read when planning.
    data: Held,
    /// Keys that only a plan has, both of them.
    versioned: bool,
    marked: bool,
}

/// Instances with their texts.
#[derive(Debug, Default)]
struct Held {
    parts: Parts,
    groups: Vec<Group>,
}

impl Taker<'_> {
    fn finish(mut self) -> Plan {
        let offset = self.plan.parts.append(self.data.parts);
        let data = self.data.groups.into_iter();
        self.plan.groups.extend(data.map(|group| Group { part: group.part.after(offset), ..group }));
        self.plan
    }

    fn is_plan(&self) -> bool {
        self.versioned && self.marked
    }

    fn document(&mut self, pieces: &mut Pieces<'_>) -> std::io::Result<()> {
        if !pieces.enter(b'{')? {
            return Ok(());
        }
        let mut changes = false;
        while let Some(key) = pieces.key()? {
            match key.as_str() {
                // A template, which need not be walked through to its end.
                "AWSTemplateFormatVersion" | "Resources" if !self.versioned && !self.marked => return Ok(()),
                "format_version" => {
                    self.versioned = true;
                    pieces.skip()?;
                }
                "resource_changes" if pieces.enter(b'[')? => {
                    (self.marked, changes) = (true, true);
                    self.planned = Held::default();
                    while pieces.item()? {
                        let part = self.plan.parts.push_with(|text| pieces.take_to(text))?;
                        if let Some(unwanted) = self.change(part) {
                            self.plan.parts.pop(&unwanted);
                        }
                    }
                }
                "planned_values" => {
                    self.marked = true;
                    let mut found = Held::default();
                    self.values(pieces, "managed", &mut found, 0)?;
                    self.planned = found;
                }
                "prior_state" => {
                    let mut found = Held::default();
                    self.values(pieces, "data", &mut found, 0)?;
                    self.data = found;
                }
                "configuration" => self.plan.configuration = Some(pieces.take()?),
                "variables" => self.plan.variables = Some(pieces.take()?),
                "errored" => self.plan.errored = pieces.take()?.text == "true",
                _ => pieces.skip()?,
            }
        }
        pieces.end()?;
        if !changes {
            let Held { parts, groups } = std::mem::take(&mut self.planned);
            self.plan.resources += groups.len();
            (self.plan.parts, self.plan.groups) = (parts, groups);
        }
        Ok(())
    }

    /// Takes the change in that was read last, or gives back where its text is, which is not needed.
    fn change(&mut self, part: Part) -> Option<Part> {
        let text = self.plan.parts.get(&part);
        let Some(outline) = Outline::of_change(text).filter(|outline| outline.stays) else {
            return Some(part);
        };
        self.plan.resources += usize::from(outline.mode == "managed");
        if !(self.keep)(&outline.type_name) {
            return Some(part);
        }
        note_type(&mut self.plan.types, &outline.type_name);
        let inside = |range: Range<usize>| range.start + part.range.start..range.end + part.range.start;
        let (common, repeated) = (inside(outline.common), outline.repeated.map(inside));
        let (base, address) = (address::base(&outline.address).into(), Arc::from(&*outline.address));
        let (part, common) = match repeated.filter(|_| !self.whole) {
            Some(repeated) => {
                let shorter = self.plan.parts.cut(&part, repeated);
                let end = common.end + shorter.range.end - part.range.end;
                (shorter, common.start..end)
            }
            None => (part, common),
        };
        let group = Group { addresses: vec![address], part: part.clone(), base, common };
        (!self.join(group)).then_some(part)
    }

    /// `false`: there is one like it already.
    fn join(&mut self, group: Group) -> bool {
        let text = self.plan.parts.text();
        let common = |group: &Group| text.get(group.common.clone()).unwrap_or("");
        let mut hasher = FxHasher::default();
        (&group.base, common(&group)).hash(&mut hasher);
        let alike = self.known.entry(hasher.finish()).or_default();
        for at in alike.iter() {
            if let Some(known) = self.plan.groups.get_mut(*at)
                && known.base == group.base
                && common(known) == common(&group)
            {
                known.addresses.extend(group.addresses);
                return false;
            }
        }
        alike.push(self.plan.groups.len());
        self.plan.groups.push(group);
        true
    }

    /// A `values` representation: modules with their resources, nested.
    fn values(
        &mut self,
        pieces: &mut Pieces<'_>,
        mode: &str,
        found: &mut Held,
        depth: usize,
    ) -> std::io::Result<()> {
        if depth > MAX_MODULES {
            let message = format!("modules nested more than {MAX_MODULES} levels deep are not analysed");
            return Err(std::io::Error::other(message));
        }
        if !pieces.enter(b'{')? {
            return pieces.skip();
        }
        while let Some(key) = pieces.key()? {
            match key.as_str() {
                "values" | "root_module" => self.values(pieces, mode, found, depth + 1)?,
                "child_modules" if pieces.enter(b'[')? => {
                    while pieces.item()? {
                        self.values(pieces, mode, found, depth + 1)?;
                    }
                }
                "resources" if pieces.enter(b'[')? => {
                    while pieces.item()? {
                        let part = found.parts.push_with(|text| pieces.take_to(text))?;
                        match self.instance(found.parts.get(&part), &part, mode) {
                            Some(group) => found.groups.push(group),
                            None => found.parts.pop(&part),
                        }
                    }
                }
                _ => pieces.skip()?,
            }
        }
        Ok(())
    }

    fn instance(&mut self, text: &str, part: &Part, mode: &str) -> Option<Group> {
        let outline = Outline::of_values(text)?;
        if outline.mode != mode || !(self.keep)(&outline.type_name) {
            return None;
        }
        note_type(&mut self.plan.types, &outline.type_name);
        let (base, address) = (address::base(&outline.address).into(), Arc::from(&*outline.address));
        Some(Group { addresses: vec![address], part: part.clone(), base, common: 0..0 })
    }
}

fn note_type(types: &mut BTreeSet<Arc<str>>, name: &str) {
    if !types.contains(name) {
        types.insert(name.into());
    }
}
