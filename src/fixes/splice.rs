//! Edits put into a text: everything outside of them stays as it is, byte for byte.

use crate::findings::Edit;
use crate::source::Span;
use std::fmt;

/// Why edits cannot be put into a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// An edit lies outside of the text, or begins or ends inside of a character.
    Outside,
    /// Two edits are about the same bytes, or insert at the same point.
    Overlap,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Outside => "an edit lies outside of the text",
            Self::Overlap => "two edits are about the same place",
        })
    }
}

/// A text with edits, which are all of this file and in no order. One that is there twice counts once.
pub fn splice<'e>(text: &str, edits: impl IntoIterator<Item = &'e Edit>) -> Result<String, Fault> {
    let mut edits: Vec<(Span, &str)> =
        edits.into_iter().map(|edit| (edit.site.span, edit.text.as_str())).collect();
    edits.sort_unstable();
    edits.dedup();
    // What is inserted where another edit begins or ends stands before or behind it.
    let overlap = |a: Span, b: Span| b.start < a.end || a.is_empty() && a == b;
    if edits.windows(2).any(|pair| matches!(pair, [(a, _), (b, _)] if overlap(*a, *b))) {
        return Err(Fault::Overlap);
    }
    let mut result =
        String::with_capacity(text.len() + edits.iter().map(|(_, new)| new.len()).sum::<usize>());
    let mut at = 0;
    for (span, new) in edits {
        let (start, end) = (span.start as usize, span.end as usize);
        text.get(start..end).ok_or(Fault::Outside)?;
        result.push_str(text.get(at..start).ok_or(Fault::Outside)?);
        result.push_str(new);
        at = end;
    }
    result.push_str(text.get(at..).ok_or(Fault::Outside)?);
    Ok(result)
}

/// Whether edits of one file that know nothing of each other are about the same bytes, or one inserts where the other begins,
/// ends or inserts: then one may not be what it was meant to be beside the other.
#[must_use]
pub fn clash(a: Span, b: Span) -> bool {
    if a.is_empty() || b.is_empty() {
        return a.start <= b.end && b.start <= a.end;
    }
    a.start < b.end && b.start < a.end
}

/// A text of several lines with the line breaks of its neighbour: of the line that it begins in or behind, or where it begins a
/// line, of the one above.
pub(super) fn with_breaks_of(text: &str, edit: &mut Edit) {
    if !edit.text.contains('\n') {
        return;
    }
    let start = edit.site.span.start as usize;
    let ends = |at: usize| text.get(..at).is_some_and(|before| before.ends_with('\r'));
    let before = text.get(..start).and_then(|before| before.rfind('\n'));
    let after = text.get(start..).and_then(|rest| rest.find('\n')).map(|at| start + at);
    let begins_a_line = before.is_some_and(|at| at + 1 == start);
    let near = if begins_a_line { before } else { after.or(before) };
    let plain = edit.text.replace("\r\n", "\n");
    edit.text = match near {
        Some(at) if ends(at) => plain.replace('\n', "\r\n"),
        Some(_) | None => plain,
    };
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{FileId, Site};
    use proptest::prelude::*;

    fn edit(start: usize, end: usize, text: &str) -> Edit {
        Edit { site: Site::new(FileId(0), Span::new(start, end)), text: text.to_owned() }
    }

    #[test]
    fn edits_are_put_in_whatever_their_order() {
        for (edits, expected) in [
            (vec![], Ok("aäb\r\n")),
            (vec![edit(3, 4, "B"), edit(0, 1, "")], Ok("äB\r\n")),
            (vec![edit(0, 0, "x"), edit(0, 0, "x")], Ok("xaäb\r\n")),
            (vec![edit(0, 1, "x"), edit(1, 3, "y")], Ok("xyb\r\n")),
            (vec![edit(6, 6, "end")], Ok("aäb\r\nend")),
            (vec![edit(0, 2, "x")], Err(Fault::Outside)),
            (vec![edit(7, 7, "x")], Err(Fault::Outside)),
            (vec![edit(0, 3, "x"), edit(1, 3, "y")], Err(Fault::Overlap)),
            (vec![edit(0, 1, "x"), edit(0, 1, "y")], Err(Fault::Overlap)),
            (vec![edit(1, 1, "x"), edit(1, 1, "y")], Err(Fault::Overlap)),
            (vec![edit(1, 1, "y"), edit(0, 1, "x")], Ok("xyäb\r\n")),
            (vec![edit(1, 3, "y"), edit(1, 1, "x")], Ok("axyb\r\n")),
            (vec![edit(0, 3, "y"), edit(1, 1, "x")], Err(Fault::Overlap)),
        ] {
            assert_eq!(splice("aäb\r\n", &edits), expected.map(str::to_owned), "{edits:?}");
        }
    }

    #[test]
    fn edits_that_touch_clash_unless_they_replace_one_after_the_other() {
        for (a, b, expected) in [
            ((0, 1), (1, 2), false),
            ((0, 2), (1, 3), true),
            ((0, 1), (1, 1), true),
            ((1, 1), (1, 1), true),
            ((1, 1), (2, 2), false),
            ((0, 0), (1, 3), false),
        ] {
            let (a, b) = (Span::new(a.0, a.1), Span::new(b.0, b.1));
            assert_eq!((clash(a, b), clash(b, a)), (expected, expected), "{a:?} {b:?}");
        }
    }

    #[test]
    fn line_breaks_are_those_of_the_lines_around() {
        for (text, at, new, expected) in [
            ("a\r\nb\r\n", 3, "x\ny\r\n", "x\r\ny\r\n"),
            ("a\nb\n", 2, "x\r\n", "x\n"),
            ("a\r\nb\n", 0, "x\n", "x\r\n"),
            ("a\nb\r\n", 2, "x\n", "x\n"),
            ("a\nb\r\nc\n", 3, "\nx", "\r\nx"),
            ("a\r\nb\nc\r\n", 4, "\nx", "\nx"),
            ("a\r\nb", 4, "\nx", "\r\nx"),
            ("a", 1, "\nx", "\nx"),
        ] {
            let mut edit = edit(at, at, new);
            with_breaks_of(text, &mut edit);
            assert_eq!(edit.text, expected, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn what_no_edit_is_about_stays(
            pieces in prop::collection::vec(("[a-cä\r\n]{1,4}", prop::option::of("[x-z]{0,3}")), 1..8)
        ) {
            let (mut text, mut expected, mut edits) = (String::new(), String::new(), Vec::new());
            for (old, new) in &pieces {
                if let Some(new) = new {
                    edits.push(edit(text.len(), text.len() + old.len(), new));
                }
                expected.push_str(new.as_ref().unwrap_or(old));
                text.push_str(old);
            }
            edits.reverse();
            prop_assert_eq!(splice(&text, &edits), Ok(expected));
        }
    }
}
