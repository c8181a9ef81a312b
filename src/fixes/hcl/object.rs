//! Changes of an object that is written on one line: `{ a = 1, b = 2 }`.

use super::Splice;
use super::align::{self, Fate, Line};
use super::body::{Changes, Region};
use super::layout::Layout;
use crate::source::Span;

pub(super) fn one_line(layout: &Layout<'_>, region: &Region, changes: &Changes) -> Vec<Splice> {
    let mut out = Vec::new();
    for (row, fate) in region.rows.iter().zip(&changes.fates) {
        if let Fate::Becomes(name, value) = fate {
            let line = Line::Old { row, name: name.as_deref(), value: Some(value) };
            align::splices(&line, None, layout, &mut out);
        }
    }
    let stays = |at: &usize| !matches!(changes.fates.get(*at), Some(Fate::Goes));
    let kept: Vec<usize> = (0..region.rows.len()).filter(stays).collect();
    let added: Vec<String> = changes.added.iter().map(|(name, value)| format!("{name} = {value}")).collect();
    let (Some(first), Some(last)) = (kept.first(), kept.last()) else {
        let comments = comments(layout, region);
        let said = added.join(", ");
        let text = match (comments.is_empty(), said.is_empty()) {
            (true, true) => String::new(),
            (true, false) | (false, true) => format!(" {comments}{said} "),
            (false, false) => format!(" {comments} {said} "),
        };
        if !region.rows.is_empty() || !added.is_empty() {
            out.push((Span::new(region.open + 1, region.close), text));
        }
        return out;
    };
    for at in 0..region.rows.len() {
        if stays(&at) {
            continue;
        }
        let span = match at.checked_sub(1) {
            Some(before) if at > *first => {
                Span::new(region.rows[before].value.end as usize, region.rows[at].value.end as usize)
            }
            Some(_) | None => {
                let next = region.rows.get(at + 1).map_or(region.close, |next| next.name.start as usize);
                Span::new(region.rows[at].name.start as usize, next)
            }
        };
        out.push((span, String::new()));
    }
    if !added.is_empty() {
        let row = &region.rows[*last];
        let has_comma = row.end > row.value.end as usize && last + 1 == region.rows.len();
        let (at, text) = if has_comma {
            (row.end, format!(" {},", added.join(", ")))
        } else {
            (row.value.end as usize, format!(", {}", added.join(", ")))
        };
        out.push((Span::new(at, at), text));
    }
    out
}

/// What stands between the braces besides rows: comments, which stay.
fn comments(layout: &Layout<'_>, region: &Region) -> String {
    let starts = region.rows.iter().map(|row| row.name.start as usize).chain([region.close]);
    let ends = [region.open + 1].into_iter().chain(region.rows.iter().map(|row| row.end));
    let between =
        ends.zip(starts).map(|(end, start)| layout.between(end, start).trim_matches([' ', '\t', ',']));
    between.filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ")
}
