//! The little language of `Fn::Sub`.
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-sub.html>

use std::ops::Range;

/// A piece of the template string with where it stands in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece<'t> {
    Text(&'t str, Range<usize>),
    /// `${!Literal}`: the text between the braces, to be written as `${Literal}`.
    Escaped(&'t str, Range<usize>),
    Variable(&'t str, Range<usize>),
}

/// Splits a template string. What is never closed is text.
pub(super) fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let (mut from, mut search) = (0, 0);
    while let Some(start) = text.get(search..).and_then(|rest| rest.find("${")).map(|at| search + at) {
        let Some(end) = text.get(start..).and_then(|rest| rest.find('}')).map(|at| start + at) else { break };
        let name = text.get(start + 2..end).unwrap_or("");
        if let Some(inner) = name.rfind("${") {
            // `${a ${B}`: the inner one is the variable.
            search = start + 2 + inner;
            continue;
        }
        push_text(&mut pieces, text, from..start);
        let range = start..end + 1;
        pieces.push(match name.strip_prefix('!') {
            Some(literal) => Piece::Escaped(literal, range),
            None => Piece::Variable(name.trim(), range),
        });
        (from, search) = (end + 1, end + 1);
    }
    push_text(&mut pieces, text, from..text.len());
    pieces
}

fn push_text<'t>(pieces: &mut Vec<Piece<'t>>, text: &'t str, range: Range<usize>) {
    if let Some(piece) = text.get(range.clone()).filter(|piece| !piece.is_empty()) {
        pieces.push(Piece::Text(piece, range));
    }
}
