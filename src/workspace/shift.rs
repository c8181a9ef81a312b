//! Where a place of one text stands in another one that it became.

use imara_diff::{Algorithm, Diff, InternedInput};
use std::ops::Range;

/// What makes one text the other: bytes that stand for others, in order. What lies between is the same in both.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Shift(Vec<(Range<usize>, Range<usize>)>);

impl Shift {
    pub(super) fn between(before: &str, after: &str) -> Self {
        if before == after {
            return Self::default();
        }
        // Most edits are one of a few characters.
        let (start, end) = common(before, after);
        let (old, new) = (inner(before, start, end), inner(after, start, end));
        let is_small = |text: &str| memchr::memchr(b'\n', text.as_bytes()).is_none();
        if old.is_empty() || new.is_empty() || is_small(old) || is_small(new) {
            let start = at_line_start(before, after, start, (old.len(), new.len()));
            return Self(vec![(start..start + old.len(), start..start + new.len())]);
        }
        // Whole lines, so that what the ends of both have in common by chance is no part of a change.
        let start = before.get(..start).and_then(|text| text.rfind('\n')).map_or(0, |at| at + 1);
        let (old, new) = (inner(before, start, end), inner(after, start, end));
        let (of_old, of_new) = (starts(old), starts(new));
        let at =
            |starts: &[usize], line: u32, whole: usize| starts.get(line as usize).copied().unwrap_or(whole);
        let mut input = InternedInput::default();
        input.update_before(old.split_inclusive('\n'));
        input.update_after(new.split_inclusive('\n'));
        let mut diff = Diff::compute(Algorithm::Histogram, &input);
        diff.postprocess_lines(&input);
        let hunks = diff.hunks().map(|hunk| {
            let (lines, others) = (hunk.before, hunk.after);
            let before_range = at(&of_old, lines.start, old.len())..at(&of_old, lines.end, old.len());
            let after_range = at(&of_new, others.start, new.len())..at(&of_new, others.end, new.len());
            let (from, to) = (slice(old, &before_range), slice(new, &after_range));
            let (head, tail) = common(from, to);
            let moved = |range: Range<usize>, inner: usize| {
                let first = start + range.start + head;
                first..first + inner
            };
            (moved(before_range, from.len() - head - tail), moved(after_range, to.len() - head - tail))
        });
        Self(hunks.collect())
    }

    /// Both texts are the same.
    pub(super) fn is_none(&self) -> bool {
        self.0.is_empty()
    }

    /// Where a range stands now; `None`: what it was is gone.
    pub(super) fn range(&self, range: &Range<usize>) -> Option<Range<usize>> {
        let of = |at: usize| self.0.iter().find(|(before, _)| before.start <= at && at <= before.end);
        let whole = of(range.start).filter(|(before, _)| range.end <= before.end && before.len() > 1);
        if let Some((before, after)) = whole
            && after.is_empty()
            && before.start < range.end
            && range.start < before.end
        {
            return None;
        }
        let start = self.start(range.start);
        Some(start..self.end(range.end).max(start))
    }

    /// Where a range of a text stands in one that does not parse: what is left of it, else of its line, else of the nearest
    /// line that it is indented below. `None`: nothing of all that is left.
    pub(super) fn nearest(&self, text: &str, range: &Range<usize>) -> Option<Range<usize>> {
        if self.has_kept(text, range) {
            return self.range(range);
        }
        let ending =
            |at: usize| text.get(at..).and_then(|rest| rest.find('\n')).map_or(text.len(), |end| at + end);
        let starting =
            |at: usize| text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
        let indent = |line: &str| line.len() - line.trim_start_matches([' ', '\t']).len();
        let mut start = starting(range.start.min(text.len()));
        let mut below = usize::MAX;
        loop {
            let line = start..ending(start);
            let written = text.get(line.clone()).unwrap_or("");
            let is_above = !written.trim().is_empty() && indent(written) < below;
            if is_above && self.has_kept(text, &line) {
                let at = start + indent(written)..start + written.trim_end().len();
                return self.range(&at);
            }
            if is_above {
                below = indent(written);
            }
            if below == 0 || start == 0 {
                return None;
            }
            start = starting(start - 1);
        }
    }

    /// Whether some letter or digit of a range is in both texts.
    fn has_kept(&self, text: &str, range: &Range<usize>) -> bool {
        let is_word = |kept: Range<usize>| {
            text.get(kept).is_some_and(|kept| kept.bytes().any(|byte| byte.is_ascii_alphanumeric()))
        };
        self.kept(range).into_iter().any(is_word)
    }

    /// Where a range stands that is the same in both texts.
    pub(super) fn same(&self, range: &Range<usize>) -> Option<Range<usize>> {
        (self.kept(range) == [range.clone()]).then(|| self.range(range)).flatten()
    }

    /// What is inserted right before a place is no part of it.
    fn start(&self, at: usize) -> usize {
        let mut by = 0_isize;
        for (before, after) in &self.0 {
            if at < before.start {
                break;
            }
            if at < before.end {
                return (after.start + (at - before.start)).min(after.end);
            }
            by += gain(before, after);
        }
        at.saturating_add_signed(by)
    }

    /// Nor is what is inserted right behind it.
    fn end(&self, at: usize) -> usize {
        let mut by = 0_isize;
        for (before, after) in &self.0 {
            if at <= before.start {
                break;
            }
            if at < before.end {
                return after.end;
            }
            by += gain(before, after);
        }
        at.saturating_add_signed(by)
    }

    /// Where an offset stands now.
    pub(super) fn offset(&self, at: usize) -> usize {
        self.start(at)
    }

    /// Whether any of the bytes of a range are the same in both texts.
    pub(super) fn kept(&self, range: &Range<usize>) -> Vec<Range<usize>> {
        let mut kept = Vec::new();
        let mut at = range.start;
        for (before, _) in &self.0 {
            if before.start > at && at < range.end {
                kept.push(at..before.start.min(range.end));
            }
            at = at.max(before.end);
        }
        if at < range.end {
            kept.push(at..range.end);
        }
        kept
    }
}

fn gain(before: &Range<usize>, after: &Range<usize>) -> isize {
    isize::try_from(after.len()).unwrap_or(isize::MAX) - isize::try_from(before.len()).unwrap_or(isize::MAX)
}

/// How many bytes two texts have in common at their starts, and behind these at their ends; whole characters.
fn common(a: &str, b: &str) -> (usize, usize) {
    let mut start = a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count();
    while !a.is_char_boundary(start) || !b.is_char_boundary(start) {
        start -= 1;
    }
    let (left, right) = (a.get(start..).unwrap_or(""), b.get(start..).unwrap_or(""));
    let mut end = left.bytes().rev().zip(right.bytes().rev()).take_while(|(a, b)| a == b).count();
    while !a.is_char_boundary(a.len() - end) || !b.is_char_boundary(b.len() - end) {
        end -= 1;
    }
    (start, end)
}

/// Whole lines that are added or taken out begin at a line's start, and not somewhere in the line before because that begins
/// alike. Lengths are those of what is taken out and put in, of which one is none.
fn at_line_start(before: &str, after: &str, start: usize, (old, new): (usize, usize)) -> usize {
    let (text, length) = match (old, new) {
        (0, length) => (after, length),
        (length, 0) => (before, length),
        (_, _) => return start,
    };
    let bytes = text.as_bytes();
    let mut at = start;
    while at > 0 && bytes.get(at - 1) != Some(&b'\n') {
        if bytes.get(at - 1) != bytes.get(at + length - 1) {
            return start;
        }
        at -= 1;
    }
    at
}

fn inner(text: &str, start: usize, end: usize) -> &str {
    text.get(start..text.len() - end).unwrap_or("")
}

fn slice<'t>(text: &'t str, range: &Range<usize>) -> &'t str {
    text.get(range.clone()).unwrap_or("")
}

/// Where each line starts.
fn starts(text: &str) -> Vec<usize> {
    std::iter::once(0).chain(memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1)).collect()
}

#[cfg(test)]
mod tests {
    use super::Shift;
    use proptest::prelude::*;

    fn moved<'t>(before: &str, after: &'t str, part: &str) -> Option<&'t str> {
        let at = before.find(part).unwrap();
        let range = Shift::between(before, after).range(&(at..at + part.len()))?;
        Some(&after[range])
    }

    #[test]
    fn places_move_with_their_text() {
        let before = "one\ntwo = \"x\"\nthree\nfour\n";
        for (after, part, expected) in [
            ("zero\none\ntwo = \"x\"\nthree\nfour\n", "three", Some("three")),
            ("one\ntwo = \"xyz\"\nthree\nfour\n", "\"x\"", Some("\"xyz\"")),
            ("one\ntwo = \"x\"\nfour\n", "three", None),
            ("one\ntwo = \"x\"\nthree\n", "four", None),
            ("one\n two = \"x\"\nthree\nfour\n", "two", Some("two")),
            ("one\ntwo = \"x\"\nthree\nfour\nfive", "four", Some("four")),
            ("zero\ntwo = \"x\"\nthree\nfour five\n", "three", Some("three")),
            ("", "two", None),
            ("one\ntwo = \"x\"\nthree\nthin\nfour\n", "three", Some("three")),
        ] {
            assert_eq!(moved(before, after, part), expected, "{after:?}");
        }
    }

    #[test]
    fn in_a_broken_text_places_stand_at_what_is_left_of_them() {
        let before = "resource \"a\" \"b\" {\n  options {\n    tokens = \"optional\"\n  }\n}\nlast = 1\n";
        let nearest = |after: &str| {
            let at = before.find("\"optional\"").unwrap();
            let range = Shift::between(before, after).nearest(before, &(at..at + 10))?;
            Some(after[range].to_owned())
        };
        let cut = |from: &str, to: &str| before.replace(from, to);
        for (after, expected) in [
            (cut("\"optional\"", "\"optional"), Some("\"optional")),
            (cut("\"optional\"", ""), Some("tokens =")),
            (cut("    tokens = \"optional\"\n", ""), Some("options {")),
            (cut("  options {\n    tokens = \"optional\"\n  }\n", "  ["), Some("resource \"a\" \"b\" {")),
            ("last = 1\n[".to_owned(), None),
            ("[".to_owned(), None),
        ] {
            assert_eq!(nearest(&after).as_deref().map(str::trim), expected, "{after:?}");
        }
    }

    proptest! {
        #[test]
        fn ranges_stay_within_the_text(before in "[a-cä\n]{0,40}", after in "[a-cä\n]{0,40}", at in 0_usize..40, length in 0_usize..20) {
            let start = at.min(before.len());
            let end = (start + length).min(before.len());
            let shift = Shift::between(&before, &after);
            if let Some(range) = shift.range(&(start..end)) {
                prop_assert!(range.start <= range.end && range.end <= after.len());
            }
            for kept in shift.kept(&(start..end)) {
                if kept.start < kept.end && before.is_char_boundary(kept.start) && before.is_char_boundary(kept.end) {
                    let range = shift.range(&kept).unwrap();
                    prop_assert_eq!(&before[kept], after.get(range).unwrap_or(""));
                }
            }
        }
    }
}
