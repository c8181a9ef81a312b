//! Changes of what stands between two braces, line by line: rows that go, come and become others, and nested blocks.

use super::Splice;
use super::align::{self, Fate, Line, Row};
use super::layout::Layout;
use super::new::{Item, written};
use crate::source::Span;

/// What stands between two braces.
#[derive(Debug)]
pub(super) struct Region {
    /// The braces themselves.
    pub(super) open: usize,
    pub(super) close: usize,
    pub(super) rows: Vec<Row>,
    /// Nested blocks with their keywords, in order.
    pub(super) nested: Vec<(String, Span)>,
    /// Where comments begin that end a line which is no row.
    pub(super) comments: Vec<Span>,
    /// Behind each new row: a comma where the others have one.
    pub(super) row_end: &'static str,
}

/// What becomes of it.
#[derive(Debug, Default)]
pub(super) struct Changes {
    /// One for each row.
    pub(super) fates: Vec<Fate>,
    /// Nested blocks that go, by their number.
    pub(super) gone: Vec<usize>,
    pub(super) added: Vec<(String, String)>,
    /// The row that stands above what is added.
    pub(super) below: Option<usize>,
    pub(super) blocks: Vec<(String, Vec<Item>)>,
}

/// One line of a region.
#[derive(Debug)]
struct Slot {
    start: usize,
    /// Without the line break.
    end: usize,
    next: usize,
    /// The row that begins here, alone.
    row: Option<usize>,
    /// The row of which this is a further line.
    of: Option<usize>,
    blank: bool,
    gone: bool,
    comment: bool,
}

/// Arguments that say how often and by whom, which stand apart.
const META: [&str; 6] = ["count", "for_each", "provider", "depends_on", "source", "version"];

/// What stands at the end of a block.
const LAST: [&str; 4] = ["lifecycle", "provisioner", "connection", "depends_on"];

pub(super) struct Lines<'r> {
    layout: &'r Layout<'r>,
    region: &'r Region,
    changes: &'r Changes,
    slots: Vec<Slot>,
}

impl<'r> Lines<'r> {
    /// Of a region of several lines.
    pub(super) fn new(layout: &'r Layout<'r>, region: &'r Region, changes: &'r Changes) -> Self {
        let mut slots = Vec::new();
        let mut at = layout.line_start(region.open);
        loop {
            let (end, next) = (layout.line_end(at), layout.next_line(at));
            let blank = layout.between(at, end).trim().is_empty();
            let comment = region.comments.iter().any(|comment| (at..end).contains(&(comment.start as usize)));
            slots.push(Slot { start: at, end, next, row: None, of: None, blank, gone: false, comment });
            if next > region.close || next == at || next >= layout.text.len() {
                break;
            }
            at = next;
        }
        let mut lines = Self { layout, region, changes, slots };
        lines.place_rows();
        lines.mark_gone();
        lines
    }

    fn slot_at(&self, at: usize) -> usize {
        self.slots.partition_point(|slot| slot.start <= at).saturating_sub(1)
    }

    /// The last line of what ends at a place.
    fn last_slot(&self, end: usize) -> usize {
        self.slot_at(self.layout.last(end))
    }

    fn place_rows(&mut self) {
        for (number, row) in self.region.rows.iter().enumerate() {
            let (first, last) = (self.slot_at(row.name.start as usize), self.last_slot(row.end));
            for slot in self.slots.get_mut(first + 1..=last).into_iter().flatten() {
                slot.of = Some(number);
            }
            let alone = self.layout.begins_line(row.name.start as usize);
            if let Some(slot) = self.slots.get_mut(first)
                && alone
            {
                slot.row = Some(number);
            }
        }
    }

    /// Lines that go with rows and blocks, and a blank one with them where two would meet.
    fn mark_gone(&mut self) {
        let rows = self.region.rows.iter().zip(&self.changes.fates);
        let rows =
            rows.filter(|(_, fate)| matches!(fate, Fate::Goes)).map(|(row, _)| (row.name.start, row.end));
        let nested = self.changes.gone.iter().filter_map(|at| self.region.nested.get(*at));
        let nested = nested.map(|(_, span)| (span.start, span.end as usize));
        let spans: Vec<(usize, usize)> = rows.chain(nested).map(|(from, to)| (from as usize, to)).collect();
        for (from, to) in spans {
            let (first, last) = (self.slot_at(from), self.last_slot(to));
            for slot in self.slots.get_mut(first..=last).into_iter().flatten() {
                slot.gone = true;
            }
        }
        self.close_gaps();
    }

    /// Of two blank lines that would meet, one goes, and so does one that would stand beside a brace.
    fn close_gaps(&mut self) {
        let mut at = 1;
        while at < self.slots.len() {
            let from = at;
            while self.slots.get(at).is_some_and(|slot| slot.gone) {
                at += 1;
            }
            let (above, below) = (from - 1, self.slots.get(at));
            if at > from && (above == 0 || self.slots[above].blank) {
                if below.is_some_and(|below| below.blank) {
                    self.slots[at].gone = true;
                    // What follows may go as well.
                    at = from;
                    continue;
                }
                if at + 1 == self.slots.len() && above > 0 {
                    self.slots[above].gone = true;
                }
            }
            at += 1;
        }
    }

    /// The nearest line that stays, at one or above it.
    fn kept(&self, mut at: usize) -> usize {
        while at > 0 && self.slots.get(at).is_some_and(|slot| slot.gone) {
            at -= 1;
        }
        at
    }

    /// The line below which attributes are added: the first group that says what the thing is.
    fn attributes_below(&self) -> usize {
        if let Some(row) = self.changes.below.and_then(|row| self.region.rows.get(row)) {
            return self.kept(self.last_slot(row.end));
        }
        let is_meta = |row: usize| META.contains(&self.layout.slice(self.region.rows[row].name));
        let mut groups: Vec<Vec<usize>> = Vec::new();
        let mut continues = false;
        for slot in self.slots.iter().filter(|slot| !slot.gone) {
            match (slot.row, slot.of) {
                (Some(row), _) if continues => {
                    groups.last_mut().into_iter().for_each(|group| group.push(row));
                }
                (Some(row), _) => groups.push(vec![row]),
                (None, Some(_)) => {}
                (None, None) => {
                    let text = self.layout.between(slot.start, slot.end).trim_start();
                    continues &= text.starts_with('#') || text.starts_with("//");
                    continue;
                }
            }
            continues = true;
        }
        let own = groups.iter().find(|group| group.iter().any(|row| !is_meta(*row))).or(groups.first());
        let Some(group) = own else { return 0 };
        let is_plain = |row: &&usize| {
            let value = self.layout.slice(self.region.rows[**row].value);
            !value.contains('\n') && !is_meta(**row)
        };
        let row = group.iter().rev().find(is_plain).or(group.last()).map(|row| &self.region.rows[*row]);
        row.map_or(0, |row| self.kept(self.last_slot(row.end)))
    }

    /// The line below which blocks are added, and whether that is not the end of the body.
    fn blocks_below(&self) -> (usize, bool) {
        let rows = self.region.rows.iter().map(|row| (self.layout.slice(row.name), row.name.start, row.end));
        let nested =
            self.region.nested.iter().map(|(name, span)| (name.as_str(), span.start, span.end as usize));
        let mut items: Vec<(&str, u32, usize)> = rows.chain(nested).collect();
        items.sort_by_key(|(_, start, _)| *start);
        let staying = items.iter().rposition(|(name, _, _)| !LAST.contains(name));
        match staying {
            Some(at) if at + 1 < items.len() => (self.kept(self.last_slot(items[at].2)), true),
            None if !items.is_empty() => (0, true),
            Some(_) | None => {
                let last = self.slots.len().saturating_sub(2);
                let end = (0..=last).rev().find(|at| !self.slots[*at].blank && !self.slots[*at].gone);
                (end.unwrap_or(0), false)
            }
        }
    }

    /// Whether blocks stand here with a blank line before them: so they do where nothing says otherwise.
    fn is_airy(&self) -> bool {
        let mut tight = self.region.nested.iter().filter_map(|(_, span)| {
            let before = self.slot_at(span.start as usize).checked_sub(1)?;
            (before > 0).then(|| !self.slots[before].blank)
        });
        let first = tight.next();
        first.is_none_or(|first| !first || tight.any(|tight| !tight))
    }

    fn inner_indent(&self) -> String {
        let rows = self.region.rows.iter().map(|row| row.name.start as usize);
        let nested = self.region.nested.iter().map(|(_, span)| span.start as usize);
        let mut starts = rows.chain(nested).filter(|at| self.layout.begins_line(*at));
        let own = starts.next().map(|at| self.layout.indent(at).to_owned());
        own.unwrap_or_else(|| format!("{}{}", self.layout.indent(self.region.close), self.layout.unit))
    }

    fn line(&self, slot: &Slot) -> Line<'_> {
        match slot.row {
            Some(number) => {
                let (name, value) = match self.changes.fates.get(number) {
                    Some(Fate::Becomes(name, value)) => (name.as_deref(), Some(value.as_str())),
                    Some(Fate::Stays | Fate::Goes) | None => (None, None),
                };
                Line::Old { row: &self.region.rows[number], name, value }
            }
            None => Line::Other { comment: slot.comment },
        }
    }

    /// Whether a line is a further one of a value that is replaced.
    fn is_replaced(&self, slot: &Slot) -> bool {
        let fate = slot.of.and_then(|row| self.changes.fates.get(row));
        matches!(fate, Some(Fate::Becomes(..)))
    }

    /// Whether a line is a further one of a heredoc: for `terraform fmt` they are one line.
    fn is_heredoc(&self, slot: &Slot) -> bool {
        let row = slot.of.and_then(|row| self.region.rows.get(row));
        row.is_some_and(|row| self.layout.slice(row.value).starts_with("<<"))
    }

    pub(super) fn splices(&self) -> Vec<Splice> {
        let Self { layout, region, changes, .. } = self;
        let before: Vec<Line<'_>> = self
            .slots
            .iter()
            .filter(|slot| !self.is_heredoc(slot))
            .map(|slot| match slot.row {
                Some(number) => Line::Old { row: &region.rows[number], name: None, value: None },
                None => Line::Other { comment: slot.comment },
            })
            .collect();
        let rows_at = self.attributes_below();
        let (blocks_at, followed) = self.blocks_below();
        let mut after = Vec::new();
        for (at, slot) in self.slots.iter().enumerate() {
            if !slot.gone && !self.is_replaced(slot) && !self.is_heredoc(slot) {
                after.push(self.line(slot));
            }
            if at == rows_at {
                let new =
                    |(name, value): &'r (String, String)| Line::New { name, value, end: region.row_end };
                after.extend(changes.added.iter().map(new));
            }
            if at == blocks_at && !changes.blocks.is_empty() {
                after.push(Line::Other { comment: false });
            }
        }
        let spaces = align::aligned(&before, &after, layout);
        let mut out = Vec::new();
        let mut added = String::new();
        let indent = self.inner_indent();
        for (line, spaces) in after.iter().zip(spaces) {
            if let Line::New { name, value, end } = line {
                let pad = " ".repeat(spaces.map_or(1, |spaces| spaces.equals));
                let value = layout.reindented(value, &indent);
                added.push_str(&format!("{}{indent}{name}{pad}= {value}{end}", layout.eol));
            }
            align::splices(line, spaces, layout, &mut out);
        }
        // Rows that share their line with others.
        let placed: Vec<usize> = self.slots.iter().filter_map(|slot| slot.row).collect();
        for (number, fate) in changes.fates.iter().enumerate().filter(|(at, _)| !placed.contains(at)) {
            if let (Fate::Becomes(name, value), Some(row)) = (fate, region.rows.get(number)) {
                let line = Line::Old { row, name: name.as_deref(), value: Some(value) };
                align::splices(&line, None, layout, &mut out);
            }
        }
        for slot in self.slots.iter().filter(|slot| slot.gone) {
            out.push((Span::new(slot.start, slot.next), String::new()));
        }
        self.insert(&mut out, rows_at, added);
        let above = blocks_at > 0 || rows_at == blocks_at && !changes.added.is_empty();
        self.insert(&mut out, blocks_at, self.new_blocks(&indent, above, followed, blocks_at));
        out
    }

    fn insert(&self, out: &mut Vec<Splice>, below: usize, text: String) {
        if let Some(slot) = self.slots.get(below)
            && !text.is_empty()
        {
            out.push((Span::new(slot.end, slot.end), text));
        }
    }

    fn new_blocks(&self, indent: &str, above: bool, followed: bool, at: usize) -> String {
        let Self { layout, changes, .. } = self;
        let airy = self.is_airy();
        let mut out = String::new();
        for (number, (name, items)) in changes.blocks.iter().enumerate() {
            if airy && (above || number > 0) {
                out.push_str(layout.eol);
            }
            out.push_str(&format!("{}{indent}{}", layout.eol, written(name, items, layout, indent)));
        }
        let next_blank = self.slots.get(at + 1).is_none_or(|next| next.blank);
        if followed && airy && !next_blank && !out.is_empty() {
            out.push_str(layout.eol);
        }
        out
    }
}

/// The same for a block whose braces stand on one line: it holds one attribute at most.
pub(super) fn one_line(layout: &Layout<'_>, region: &Region, changes: &Changes) -> Vec<Splice> {
    let row = region.rows.first();
    let fate = changes.fates.first();
    let inside = Span::new(region.open + 1, region.close);
    let grows = !changes.added.is_empty() || !changes.blocks.is_empty();
    if !grows {
        return match (row, fate) {
            (Some(row), Some(Fate::Goes)) => vec![without(layout, inside, row)],
            (Some(row), Some(Fate::Becomes(name, value))) => {
                let mut out = Vec::new();
                let line = Line::Old { row, name: name.as_deref(), value: Some(value) };
                align::splices(&line, None, layout, &mut out);
                out
            }
            (_, Some(Fate::Stays) | None) | (None, Some(_)) => Vec::new(),
        };
    }
    let base = layout.indent(region.open);
    let indent = format!("{base}{}", layout.unit);
    let kept = row.filter(|_| !matches!(fate, Some(Fate::Goes)));
    let mut lines = Vec::new();
    if let Some(row) = kept {
        let (name, value) = match fate {
            Some(Fate::Becomes(name, value)) => (name.as_deref(), Some(value.as_str())),
            Some(Fate::Stays | Fate::Goes) | None => (None, None),
        };
        lines.push(Line::Old { row, name, value });
    }
    lines.extend(changes.added.iter().map(|(name, value)| Line::New { name, value, end: "" }));
    let text = layout.slice(inside);
    let spaces = align::formatted(&lines, layout);
    let mut out = Vec::new();
    let mut below = String::new();
    for (line, spaces) in lines.iter().zip(spaces) {
        align::splices(line, Some(spaces), layout, &mut out);
        if let Line::New { name, value, .. } = line {
            let (pad, value) = (" ".repeat(spaces.equals), layout.reindented(value, &indent));
            below.push_str(&format!("{}{indent}{name}{pad}= {value}", layout.eol));
        }
    }
    for (number, (name, items)) in changes.blocks.iter().enumerate() {
        if number > 0 || !lines.is_empty() || row.is_none() && !text.trim().is_empty() {
            below.push_str(layout.eol);
        }
        below.push_str(&format!("{}{indent}{}", layout.eol, written(name, items, layout, &indent)));
    }
    below.push_str(&format!("{}{base}", layout.eol));
    if let (None, Some(row)) = (kept, row) {
        let (gone, comments) = without(layout, inside, row);
        let comments = comments.trim();
        let above = if comments.is_empty() { "" } else { &format!("{}{indent}{comments}", layout.eol) };
        out.push((gone, format!("{above}{below}")));
        return out;
    }
    if text.trim().is_empty() {
        out.push((inside, below));
        return out;
    }
    let first = region.open + 1 + (text.len() - text.trim_start().len());
    let last = region.close - (text.len() - text.trim_end().len());
    out.push((Span::new(region.open + 1, first), format!("{}{indent}", layout.eol)));
    out.push((Span::new(last, region.close), below));
    out
}

/// What stands between two braces without the row there: comments stay.
fn without(layout: &Layout<'_>, inside: Span, row: &Row) -> Splice {
    let before = layout.between(inside.start as usize, row.name.start as usize).trim();
    let after = layout.between(row.end, inside.end as usize).trim();
    let kept: Vec<&str> = [before, after].into_iter().filter(|text| !text.is_empty()).collect();
    let text = if kept.is_empty() { String::new() } else { format!(" {} ", kept.join(" ")) };
    (inside, text)
}
