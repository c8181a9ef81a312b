//! Rows of `name = value` that follow each other, and the columns that `terraform fmt` gives to their `=` and to the
//! comments behind them. <https://github.com/hashicorp/hcl/blob/main/hclwrite/format.go> (`formatCells`)

use super::Splice;
use super::layout::Layout;
use crate::source::Span;
use std::collections::BTreeSet;

/// `name = value`, as it stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row {
    pub(super) name: Span,
    /// The `=`; none where something else stands in its place.
    pub(super) equals: Option<usize>,
    pub(super) value: Span,
    /// Behind the value and a comma after it.
    pub(super) end: usize,
    pub(super) comment: Option<Span>,
}

/// What becomes of a row.
#[derive(Debug, Clone, Default)]
pub(super) enum Fate {
    #[default]
    Stays,
    Goes,
    /// Another value, and perhaps another name.
    Becomes(Option<String>, String),
}

/// What a line is to be.
#[derive(Debug)]
pub(super) enum Line<'e> {
    /// No row that is aligned with others, and whether a comment ends it.
    Other {
        comment: bool,
    },
    Old {
        row: &'e Row,
        name: Option<&'e str>,
        value: Option<&'e str>,
    },
    New {
        name: &'e str,
        value: &'e str,
        end: &'e str,
    },
}

/// Spaces before `=` and before the comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Spaces {
    pub(super) equals: usize,
    comment: Option<usize>,
}

fn width(text: &str) -> usize {
    text.chars().count()
}

impl Line<'_> {
    /// Whether it is a row with a column for its `=`: what begins a value of several lines is none.
    fn is_cell(&self, layout: &Layout<'_>) -> bool {
        let is_whole = |value: &str| !value.contains('\n') || value.starts_with("<<");
        match self {
            Self::Other { .. } => false,
            Self::Old { row, value, .. } => {
                row.equals.is_some() && is_whole(value.unwrap_or_else(|| layout.slice(row.value)))
            }
            Self::New { value, .. } => is_whole(value),
        }
    }

    fn has_comment(&self) -> bool {
        match self {
            Self::Other { comment } => *comment,
            Self::Old { row, .. } => row.comment.is_some(),
            Self::New { .. } => false,
        }
    }

    fn name_width(&self, layout: &Layout<'_>) -> usize {
        match self {
            Self::Other { .. } => 0,
            Self::Old { row, name, .. } => width(name.unwrap_or_else(|| layout.slice(row.name))),
            Self::New { name, .. } => width(name),
        }
    }

    /// `= value` with what stands directly behind it.
    fn rest_width(&self, layout: &Layout<'_>) -> usize {
        match self {
            Self::Other { .. } => 0,
            Self::Old { row, value, .. } => {
                let value = value.map_or_else(|| width(layout.slice(row.value)), width);
                "= ".len() + value + row.end.saturating_sub(row.value.end as usize)
            }
            Self::New { value, end, .. } => "= ".len() + width(value) + width(end),
        }
    }

    /// The spaces that stand there now; none where it is no plain row.
    fn spaces(&self, layout: &Layout<'_>) -> Option<Spaces> {
        let Self::Old { row, .. } = self else { return None };
        let spaces = |from: usize, to: usize| {
            let text = layout.between(from, to);
            (!text.is_empty() && text.bytes().all(|byte| byte == b' ')).then_some(text.len())
        };
        let equals = row.equals?;
        if layout.between(equals + 1, row.value.start as usize) != " " {
            return None;
        }
        let comment = match row.comment {
            Some(comment) => Some(spaces(row.end, comment.start as usize)?),
            None => None,
        };
        Some(Spaces { equals: spaces(row.name.end as usize, equals)?, comment })
    }
}

/// Runs of lines for which a condition holds.
fn runs(count: usize, holds: impl Fn(usize) -> bool) -> Vec<std::ops::Range<usize>> {
    let mut runs: Vec<std::ops::Range<usize>> = Vec::new();
    for at in (0..count).filter(|at| holds(*at)) {
        match runs.last_mut() {
            Some(run) if run.end == at => run.end = at + 1,
            Some(_) | None => runs.push(at..at + 1),
        }
    }
    runs
}

/// The spaces that `terraform fmt` gives to each line.
pub(super) fn formatted(lines: &[Line<'_>], layout: &Layout<'_>) -> Vec<Spaces> {
    let mut spaces = vec![Spaces { equals: 1, comment: None }; lines.len()];
    for run in runs(lines.len(), |at| lines[at].is_cell(layout)) {
        let widest = lines[run.clone()].iter().map(|line| line.name_width(layout)).max().unwrap_or(0);
        for at in run {
            spaces[at].equals = widest - lines[at].name_width(layout) + 1;
        }
    }
    for run in runs(lines.len(), |at| lines[at].has_comment()) {
        // How wide other lines are is not known here.
        if !lines[run.clone()].iter().all(|line| line.is_cell(layout)) {
            continue;
        }
        let widths: Vec<usize> = run
            .clone()
            .map(|at| lines[at].name_width(layout) + spaces[at].equals + lines[at].rest_width(layout))
            .collect();
        let widest = widths.iter().max().copied().unwrap_or(0);
        for (at, width) in run.zip(widths) {
            spaces[at].comment = Some(widest - width + 1);
        }
    }
    spaces
}

/// The column of the `=` that a run has in common, though it is not `terraform fmt`'s.
fn common_column(lines: &[Line<'_>], layout: &Layout<'_>) -> Option<usize> {
    let columns: Vec<usize> =
        lines.iter().filter_map(|line| Some(line.name_width(layout) + line.spaces(layout)?.equals)).collect();
    let old = lines.iter().filter(|line| matches!(line, Line::Old { .. })).count();
    let first = columns.first().copied()?;
    (columns.len() == old && old > 1 && columns.iter().all(|column| *column == first)).then_some(first)
}

/// The spaces that each line is to have. Lines that were not as `terraform fmt` has them stay as they are.
pub(super) fn aligned(before: &[Line<'_>], after: &[Line<'_>], layout: &Layout<'_>) -> Vec<Option<Spaces>> {
    let was = formatted(before, layout);
    let rows = before.iter().zip(&was).filter_map(|(line, wanted)| {
        let Line::Old { row, .. } = line else { return None };
        let now = line.spaces(layout)?;
        let same = now.equals == wanted.equals && (wanted.comment.is_none() || now.comment == wanted.comment);
        same.then_some(row.name.start)
    });
    let formatted_rows: BTreeSet<u32> = rows.collect();
    let is_formatted = |row: &Row| formatted_rows.contains(&row.name.start);
    let wanted = formatted(after, layout);
    let mut result: Vec<Option<Spaces>> = vec![None; after.len()];
    for (at, line) in after.iter().enumerate() {
        if matches!(line, Line::New { .. }) {
            result[at] = Some(Spaces { equals: 1, comment: None });
        }
    }
    for run in runs(after.len(), |at| after[at].is_cell(layout)) {
        let lines = &after[run.clone()];
        let all_formatted = lines.iter().all(|line| match line {
            Line::Old { row, .. } => is_formatted(row),
            Line::New { .. } | Line::Other { .. } => true,
        });
        if all_formatted {
            for at in run {
                result[at] = Some(wanted[at]);
            }
        } else if let Some(column) = common_column(lines, layout) {
            for at in run.filter(|at| matches!(after[*at], Line::New { .. })) {
                let equals = column.saturating_sub(after[at].name_width(layout)).max(1);
                result[at] = Some(Spaces { equals, comment: None });
            }
        }
    }
    result
}

/// The splices of a row that stays or becomes another.
pub(super) fn splices(line: &Line<'_>, spaces: Option<Spaces>, layout: &Layout<'_>, out: &mut Vec<Splice>) {
    let Line::Old { row, name, value } = line else { return };
    if let Some(name) = name {
        out.push((row.name, (*name).to_owned()));
    }
    if let Some(value) = value {
        out.push((row.value, (*value).to_owned()));
    }
    let Some(spaces) = spaces else { return };
    if let Some(equals) = row.equals {
        out.push((Span::new(row.name.end as usize, equals), " ".repeat(spaces.equals)));
    }
    if let (Some(comment), Some(width)) = (row.comment, spaces.comment)
        && layout.between(row.end, comment.start as usize).bytes().all(|byte| byte == b' ')
    {
        out.push((Span::new(row.end, comment.start as usize), " ".repeat(width)));
    }
}
