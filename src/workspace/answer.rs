//! What there is to say of a file: free of secrets, and of the files of the run that found it out.

use super::Shown;
use super::shift::Shift;
use crate::findings::{ProblemKind, Severity, SuppressionKind};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

/// A place with what is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    pub path: PathBuf,
    /// Bytes of the text that the file has now.
    pub range: Range<usize>,
    pub label: String,
    /// The name of the file holds a secret: it must not be shown.
    pub is_hidden: bool,
}

/// Why something is not reported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suppressed {
    pub kind: SuppressionKind,
    pub reason: String,
    /// The last day on which it holds.
    pub until: Option<String>,
    /// Where it was said; none where that is gone.
    pub place: Option<Place>,
}

/// A finding or an open question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    pub code: Arc<str>,
    pub name: Arc<str>,
    pub severity: Severity,
    pub title: String,
    pub help: String,
    pub url: String,
    pub place: Place,
    pub addresses: Vec<Arc<str>>,
    pub construct: Option<Arc<str>>,
    /// From the literal to its use.
    pub chain: Vec<Place>,
    pub related: Vec<Place>,
    /// Of an open question: why it is open.
    pub reason: Option<String>,
    pub suppressed: Option<Suppressed>,
    /// Nothing silences it.
    pub mandatory: bool,
    pub fingerprint: String,
    /// There are edits that may mend it.
    pub is_fixable: bool,
    /// Of an open question: the configuration asks for it.
    pub is_strict: bool,
}

/// What could not be read, parsed or fully analysed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    pub kind: ProblemKind,
    /// Bytes of the text that the file has now.
    pub range: Range<usize>,
    pub message: String,
}

impl Trouble {
    fn order(&self) -> impl Ord + '_ {
        (self.range.start, self.range.end, self.kind, &self.message)
    }
}

/// All that there is to say of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answers {
    pub answers: Vec<Answer>,
    pub troubles: Vec<Trouble>,
}

/// A place inside, by the name of its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Spot {
    pub(super) path: Shown,
    pub(super) range: Range<usize>,
    pub(super) label: String,
    pub(super) is_hidden: bool,
}

impl Spot {
    pub(super) fn told(&self, absolute: &dyn Fn(&str) -> PathBuf) -> Place {
        Place {
            path: absolute(&self.path),
            range: self.range.clone(),
            label: self.label.clone(),
            is_hidden: self.is_hidden,
        }
    }
}

/// An answer with its places inside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Kept {
    /// Without places.
    pub(super) answer: Answer,
    pub(super) place: Spot,
    pub(super) chain: Vec<Spot>,
    pub(super) related: Vec<Spot>,
    pub(super) said_at: Option<Spot>,
}

/// What there is to say of one file, with places inside.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Said {
    pub(super) kept: Vec<Kept>,
    pub(super) troubles: Vec<Trouble>,
    /// Something was not judged because of a trouble that the run met: not one of a broken text, which is judged as it was.
    pub(super) incomplete: bool,
}

impl Said {
    pub(super) fn is_empty(&self) -> bool {
        self.kept.is_empty() && self.troubles.is_empty() && !self.incomplete
    }

    pub(super) fn is_incomplete(&self) -> bool {
        self.incomplete
    }

    /// Moves what stands in a file along with its text. Whether that changed anything.
    pub(super) fn shift(&mut self, names: &[Shown], shift: &Shift) -> bool {
        let mut is_other = false;
        let mut moved = |spot: &mut Spot| {
            let is_kept = !names.contains(&spot.path) || follow(&mut spot.range, shift, &mut is_other);
            is_other |= !is_kept;
            is_kept
        };
        self.kept.retain_mut(|kept| {
            kept.chain.retain_mut(&mut moved);
            kept.related.retain_mut(&mut moved);
            if kept.said_at.as_mut().is_some_and(|spot| !moved(spot)) {
                kept.said_at = None;
            }
            moved(&mut kept.place)
        });
        is_other
    }

    /// Of its own file alone. Whether that changed anything.
    pub(super) fn shift_troubles(&mut self, shift: &Shift) -> bool {
        let mut is_other = false;
        self.troubles.retain_mut(|trouble| {
            let is_kept = follow(&mut trouble.range, shift, &mut is_other);
            is_other |= !is_kept;
            is_kept
        });
        is_other
    }

    /// With what policies of the user's own said before, which only whole runs ask.
    pub(super) fn with_own(mut self, before: Option<&Self>, own: &BTreeSet<&str>) -> Self {
        let of_own = before.iter().flat_map(|said| &said.kept);
        self.kept.extend(of_own.filter(|kept| own.contains(&*kept.answer.code)).cloned());
        self.sort();
        self
    }

    /// Which answers may be mended, of a file of which that was not asked: those that could before, and new ones.
    pub(super) fn mended_as(&mut self, before: Option<&Self>) {
        let known: BTreeMap<(&str, &str), bool> = (before.iter().flat_map(|said| &said.kept))
            .map(|kept| ((&*kept.answer.code, &*kept.answer.fingerprint), kept.answer.is_fixable))
            .collect();
        for Kept { answer, .. } in &mut self.kept {
            let is_open = answer.suppressed.is_none();
            answer.is_fixable = known.get(&(&*answer.code, &*answer.fingerprint)).copied().unwrap_or(is_open);
        }
    }

    pub(super) fn sort(&mut self) {
        self.kept.sort_by(|a, b| {
            let key = |kept: &Kept| (kept.place.range.start, kept.place.range.end);
            (key(a), &a.answer.code, &a.answer.fingerprint).cmp(&(
                key(b),
                &b.answer.code,
                &b.answer.fingerprint,
            ))
        });
        self.troubles.sort_by(|a, b| a.order().cmp(&b.order()));
        self.troubles.dedup();
    }

    /// Adds it to what is told.
    pub(super) fn tell(&self, absolute: &dyn Fn(&str) -> PathBuf, answers: &mut Answers) {
        let place = |spot: &Spot| spot.told(absolute);
        for kept in &self.kept {
            let mut answer = kept.answer.clone();
            answer.place = place(&kept.place);
            answer.chain = kept.chain.iter().map(place).collect();
            answer.related = kept.related.iter().map(place).collect();
            if let Some(suppressed) = &mut answer.suppressed {
                suppressed.place = kept.said_at.as_ref().map(place);
            }
            answers.answers.push(answer);
        }
        answers.troubles.extend(self.troubles.iter().cloned());
    }
}

/// Moves a range, and notes whether it moved; false where it is gone.
fn follow(range: &mut Range<usize>, shift: &Shift, is_other: &mut bool) -> bool {
    let Some(now) = shift.range(range) else { return false };
    *is_other |= now != *range;
    *range = now;
    true
}
