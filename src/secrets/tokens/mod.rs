//! Tokens with a form of their own: a distinctive beginning (or middle), an alphabet, a length, sometimes a checksum.
//!
//! A new one is a row of a family's table. Rows hold what their vendor's documentation says, or, where it says nothing, what
//! gitleaks (MIT), Trivy and kingfisher (Apache-2.0) agree on. A checksum that neither the vendor describes nor a
//! published token confirms is none: it would drop what is real.

mod cloud;
mod code;
mod data;
mod messaging;
mod models;
mod observability;
mod security;

use super::shape::{self, Part};
use super::{Class, Confidence, Detector};

/// What a table's row finds and how.
#[derive(Debug)]
pub(crate) struct Rule {
    pub detector: Detector,
    /// Any of these starts a closer look.
    pub keywords: &'static [&'static str],
    /// At least and at most so many characters stand before the keyword.
    back: (usize, usize),
    pub shape: &'static [Part],
    /// A last look at the whole token.
    pub check: fn(&str) -> bool,
    /// Whether the token's own checksum fits.
    pub checksum: Option<fn(&str) -> bool>,
}

const fn rule(
    id: &'static str,
    label: &'static str,
    keywords: &'static [&'static str],
    shape: &'static [Part],
) -> Rule {
    let detector = Detector { id, label, class: Class::Token, confidence: Confidence::High, prefix_len: 4 };
    Rule { detector, keywords, back: (0, 0), shape, check: |_| true, checksum: None }
}

impl Rule {
    const fn medium(mut self) -> Self {
        self.detector.confidence = Confidence::Medium;
        self
    }

    /// No part of it is public, so none is shown.
    const fn hidden(mut self) -> Self {
        self.detector.prefix_len = 0;
        self
    }

    const fn shown(mut self, len: u8) -> Self {
        self.detector.prefix_len = len;
        self
    }

    const fn class(mut self, class: Class) -> Self {
        self.detector.class = class;
        self
    }

    const fn back(self, back: usize) -> Self {
        self.back_up_to(back, back)
    }

    const fn back_up_to(mut self, least: usize, most: usize) -> Self {
        self.back = (least, most);
        self
    }

    const fn check(mut self, check: fn(&str) -> bool) -> Self {
        self.check = check;
        self
    }

    const fn checksum(mut self, fits: fn(&str) -> bool) -> Self {
        self.checksum = Some(fits);
        self
    }

    /// How many characters before the keyword belong to the token, of the alphabet that the shape begins with.
    pub(super) fn before(&self, bytes: &[u8], hit: usize) -> Option<usize> {
        let (least, most) = self.back;
        let (Some(Part::Run(set, ..)), true) = (self.shape.first(), least < most) else { return Some(least) };
        let count = bytes.get(..hit)?.iter().rev().take(most).take_while(|b| set(**b)).count();
        (count >= least).then_some(count)
    }
}

const FAMILIES: &[&[Rule]] = &[
    cloud::RULES,
    code::RULES,
    data::RULES,
    messaging::RULES,
    models::RULES,
    observability::RULES,
    security::RULES,
];

pub(super) fn rules() -> impl Iterator<Item = &'static Rule> {
    FAMILIES.iter().copied().flatten()
}

fn has_digit(token: &str) -> bool {
    token.bytes().any(|b| b.is_ascii_digit())
}

/// Capitals, small letters and digits: no word, no number and no hash in hex.
fn is_mixed(token: &str) -> bool {
    has_digit(token)
        && token.bytes().any(|b| b.is_ascii_uppercase())
        && token.bytes().any(|b| b.is_ascii_lowercase())
}

/// [`is_mixed`] from the last `_`, `-` or `.` on, where prefixes are not counted.
fn ends_mixed(token: &str) -> bool {
    is_mixed(token.rsplit(['_', '-', '.']).next().unwrap_or_default())
}

/// The parts of a UUID.
const UUID: &[Part] = &[
    Part::Run(shape::hex, 8, 8),
    Part::Lit("-"),
    Part::Run(shape::hex, 4, 4),
    Part::Lit("-"),
    Part::Run(shape::hex, 4, 4),
    Part::Lit("-"),
    Part::Run(shape::hex, 4, 4),
    Part::Lit("-"),
    Part::Run(shape::hex, 12, 12),
];
