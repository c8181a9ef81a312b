//! Where places stand once edits are made.

use crate::findings::Edit;
use crate::source::{Sources, Span};
use std::collections::BTreeMap;

/// The edits of each file by its path, with what they become.
#[derive(Default)]
pub(super) struct Moved(BTreeMap<String, Vec<(Span, Span)>>);

impl Moved {
    /// Edits that do not overlap; one that is there twice counts once.
    pub(super) fn by<'e>(edits: impl IntoIterator<Item = &'e Edit>, sources: &Sources) -> Self {
        let mut files: BTreeMap<String, Vec<(Span, usize)>> = BTreeMap::new();
        for edit in edits {
            let path = &sources.get(edit.site.file).path;
            let of = match files.get_mut(path) {
                Some(of) => of,
                None => files.entry(path.clone()).or_default(),
            };
            of.push((edit.site.span, edit.text.len()));
        }
        let moved = files.into_iter().map(|(path, mut edits)| {
            edits.sort_unstable();
            edits.dedup();
            let (mut added, mut taken) = (0, 0);
            let moved = edits.into_iter().map(|(span, length)| {
                let start = span.start as usize + added - taken;
                (added, taken) = (added + length, taken + span.len());
                (span, Span::new(start, start + length))
            });
            (path, moved.collect())
        });
        Self(moved.collect())
    }

    /// Where a place stands now. What replaces a part of it is a part of it; what is inserted before or behind it is not.
    pub(super) fn span(&self, path: &str, span: Span) -> Span {
        let Some(edits) = self.0.get(path) else { return span };
        let start = match last(edits, |edit| edit.start <= span.start) {
            Some((before, after)) if span.start < before.end => after.start as usize,
            Some(edit) => behind(edit, span.start),
            None => span.start as usize,
        };
        let end = match last(edits, |edit| edit.start < span.end) {
            Some((before, after)) if span.end <= before.end => after.end as usize,
            Some(edit) => behind(edit, span.end),
            None => span.end as usize,
        };
        Span::new(start, end.max(start))
    }
}

/// The last of the edits of which this holds: it holds of all before it.
fn last(edits: &[(Span, Span)], holds: impl Fn(&Span) -> bool) -> Option<(Span, Span)> {
    let end = edits.partition_point(|(before, _)| holds(before));
    edits.get(end.checked_sub(1)?).copied()
}

fn behind((before, after): (Span, Span), at: u32) -> usize {
    after.end as usize + (at - before.end) as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Site, SourceFile};

    #[test]
    fn places_move_along_with_edits() {
        let sources = Sources::default();
        let text = "0123456789".to_owned();
        let (file, _) = sources.add(SourceFile::new("a".to_owned(), "a".to_owned(), text, false));
        let edit = |start, end, text: &str| Edit {
            site: Site::new(file, Span::new(start, end)),
            text: text.to_owned(),
        };
        // 01AA3BBB789
        let edits = [edit(4, 7, "BBB"), edit(2, 3, "AA"), edit(4, 7, "BBB"), edit(9, 9, "x")];
        let moved = Moved::by(&edits, &sources);
        for (before, after) in [
            ((0, 2), (0, 2)),
            ((0, 3), (0, 4)),
            ((2, 3), (2, 4)),
            ((3, 4), (4, 5)),
            ((3, 10), (4, 12)),
            ((5, 6), (5, 8)),
            ((7, 9), (8, 10)),
            ((9, 10), (11, 12)),
        ] {
            let expected = Span::new(after.0, after.1);
            assert_eq!(moved.span("a", Span::new(before.0, before.1)), expected, "{before:?}");
        }
        assert_eq!(moved.span("b", Span::new(3, 4)), Span::new(3, 4));
    }
}
