//! Which lines of a text another one has as well.
//!
//! What ends a line is no part of it: a checkout with other line breaks than the repository's has the same lines.

use imara_diff::{Algorithm, Diff, InternedInput};
use std::ops::Range;

/// Lines, counted from 0, that stand for others. One of the ranges may be empty, never both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Hunk {
    pub(super) before: Range<u32>,
    pub(super) after: Range<u32>,
}

/// What a change makes of a text. Lines count from 1.
#[derive(Debug, Clone, Default)]
pub struct Change(Vec<Hunk>);

impl Change {
    #[must_use]
    pub fn between(before: &str, after: &str) -> Self {
        Self(hunks(before, after))
    }

    /// Whether lines of the later text, the last one included, have been added or modified, or whether some were taken out
    /// between them.
    #[must_use]
    pub fn touches(&self, first: u32, last: u32) -> bool {
        let (first, last) = (first.saturating_sub(1), last.saturating_sub(1));
        self.0.iter().any(|Hunk { after, .. }| {
            let is_cut = after.is_empty() && first < after.start && after.start <= last;
            let is_new = !after.is_empty() && after.start <= last && first < after.end;
            is_cut || is_new
        })
    }

    /// Where a line of the later text stood; `None`: it was not there.
    #[must_use]
    pub fn earlier(&self, line: u32) -> Option<u32> {
        earlier(&self.0, line.checked_sub(1)?).map(|line| line + 1)
    }

    /// Lines of the later text that were added or modified, and for lines that were taken out the one that follows them.
    pub fn lines(&self) -> impl Iterator<Item = u32> {
        self.0
            .iter()
            .flat_map(|Hunk { after, .. }| after.start..after.end.max(after.start + 1))
            .map(|line| line + 1)
    }
}

/// What makes one text the other, in order; what lies between is the same in both.
pub(super) fn hunks(before: &str, after: &str) -> Vec<Hunk> {
    if before == after {
        return Vec::new();
    }
    let mut input = InternedInput::default();
    input.update_before(of(before));
    input.update_after(of(after));
    let mut diff = Diff::compute(Algorithm::Histogram, &input);
    diff.postprocess_lines(&input);
    diff.hunks().map(|hunk| Hunk { before: hunk.before, after: hunk.after }).collect()
}

/// The lines of a text, without what ends them.
pub(super) fn of(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive('\n').map(|line| {
        let line = line.strip_suffix('\n').unwrap_or(line);
        line.strip_suffix('\r').unwrap_or(line)
    })
}

/// Where a line of the later text stands in the earlier one; `None`: it was not there.
pub(super) fn earlier(hunks: &[Hunk], line: u32) -> Option<u32> {
    // The last hunk that begins at or before the line.
    let next = hunks.partition_point(|hunk| hunk.after.start <= line);
    let Some(hunk) = next.checked_sub(1).and_then(|at| hunks.get(at)) else { return Some(line) };
    if line < hunk.after.end { None } else { Some(hunk.before.end + (line - hunk.after.end)) }
}

/// How much of the longer of two texts is in both, in percent of its bytes.
#[must_use]
pub fn similarity(before: &str, after: &str) -> u32 {
    let longer = before.len().max(after.len());
    if longer == 0 {
        return 100;
    }
    let lost: usize = {
        let lengths: Vec<usize> = before.split_inclusive('\n').map(str::len).collect();
        let gone = hunks(before, after).into_iter().flat_map(|hunk| hunk.before);
        gone.filter_map(|line| lengths.get(line as usize)).sum()
    };
    let kept = before.len().saturating_sub(lost);
    u32::try_from(kept.saturating_mul(100) / longer).unwrap_or(100).min(100)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn all(text: &str) -> Vec<&str> {
        of(text).collect()
    }

    /// The later text, put together from the earlier one and what the hunks bring in.
    fn applied<'t>(before: &'t str, after: &'t str) -> Vec<&'t str> {
        let (old, new) = (all(before), all(after));
        let mut out = Vec::new();
        let mut at = 0;
        for hunk in hunks(before, after) {
            out.extend(&old[at..hunk.before.start as usize]);
            out.extend(&new[hunk.after.start as usize..hunk.after.end as usize]);
            at = hunk.before.end as usize;
        }
        out.extend(&old[at..]);
        out
    }

    #[test]
    fn line_breaks_are_no_change() {
        assert_eq!(hunks("a\nb\n", "a\r\nb\r\n"), []);
        assert_eq!(hunks("a\nb", "a\nb\n"), []);
        assert_eq!(hunks("a\nb\n", "a\r\nc\r\n"), [Hunk { before: 1..2, after: 1..2 }]);
    }

    #[test]
    fn lines_are_found_where_they_stood() {
        let hunks = hunks("a\nb\nc\nd\n", "new\na\nc\nd\nend\n");
        let before: Vec<_> = (0..5).map(|line| earlier(&hunks, line)).collect();
        assert_eq!(before, [None, Some(0), Some(2), Some(3), None]);
    }

    #[test]
    fn a_change_touches_what_it_brings_and_what_it_takes_from_between() {
        let change = Change::between("a\nb\nc\nd\n", "a\nc\nd\nnew\n");
        // `b` was taken out between the first and the second line.
        for (lines, touched) in
            [((1, 1), false), ((1, 2), true), ((2, 3), false), ((4, 4), true), ((3, 9), true)]
        {
            assert_eq!(change.touches(lines.0, lines.1), touched, "{lines:?}");
        }
        assert_eq!(change.lines().collect::<Vec<_>>(), [2, 4]);
    }

    #[test]
    fn texts_are_as_similar_as_they_share_bytes() {
        assert_eq!(similarity("a\nb\n", "a\nb\n"), 100);
        assert_eq!(similarity("a\nb\n", "a\nc\n"), 50);
        assert_eq!(similarity("", ""), 100);
        assert_eq!(similarity("a\n", "b\n"), 0);
        assert_eq!(similarity("a\n", "a\nb\nc\nd\n"), 25);
    }

    proptest! {
        #[test]
        fn hunks_make_one_text_the_other(before in "([a-e]\r?\n){0,40}", after in "([a-e]\r?\n){0,40}") {
            prop_assert_eq!(applied(&before, &after), all(&after));
            let hunks = hunks(&before, &after);
            for (line, text) in all(&after).iter().enumerate() {
                if let Some(stood) = earlier(&hunks, u32::try_from(line).unwrap()) {
                    prop_assert_eq!(all(&before)[stood as usize], *text);
                }
            }
        }
    }
}
