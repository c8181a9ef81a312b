//! A picture of the findings: folders down, policies across, the number in each cell, and as much colour as there are many.

use super::escape::text;
use super::rows::folder;
use crate::report::digest::{by_policy, counted};
use crate::report::view::{Diagnostic, Level};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

/// Rows and columns that are still a picture.
const FOLDERS: usize = 14;
const POLICIES: usize = 16;
/// Fewer rows tell nothing where the folders below them would tell more.
const ENOUGH: usize = 4;
/// Pixels.
const CELL: (usize, usize) = (56, 30);
const GAP: usize = 3;
const LETTER: usize = 8;
const NAME: usize = 44;
const HEAD: usize = 34;

/// Findings of one folder and one policy.
#[derive(Clone, Copy, Default)]
struct Cell {
    count: usize,
    worst: Option<Level>,
}

impl Cell {
    fn add(&mut self, level: Level) {
        self.count += 1;
        self.worst = Some(self.worst.map_or(level, |worst| worst.min(level)));
    }
}

pub(super) fn write(ranked: &[&Diagnostic], out: &mut dyn Write) -> io::Result<()> {
    if ranked.len() < 2 {
        return Ok(());
    }
    let mut codes: Vec<(String, usize)> =
        by_policy(ranked).iter().map(|of| (of.first.code.clone(), of.total())).collect();
    codes.sort_by(|(a, many), (b, more)| more.cmp(many).then_with(|| a.cmp(b)));
    let others = codes.len() > POLICIES;
    codes.truncate(if others { POLICIES - 1 } else { POLICIES });
    codes.sort();
    let columns: Vec<&str> = codes.iter().map(|(code, _)| code.as_str()).collect();
    let (rows, depth) = folders(ranked);
    let mut cells: BTreeMap<(usize, usize), Cell> = BTreeMap::new();
    for found in ranked {
        let group = upto(folder(&found.path), depth);
        let row = rows.iter().position(|row| *row == group).unwrap_or(rows.len());
        let column = columns.iter().position(|code| *code == found.code).unwrap_or(columns.len());
        cells.entry((row, column)).or_default().add(found.severity);
    }
    let map = Map { columns, other_column: others, rows, cells };
    map.write(ranked.len(), out)
}

/// Folders as deep as they still are few; where those are too few, the most frequent ones a level deeper.
fn folders<'a>(ranked: &[&'a Diagnostic]) -> (Vec<&'a str>, usize) {
    let all: Vec<&str> = ranked.iter().map(|found| folder(&found.path)).collect();
    let deepest = all.iter().map(|folder| folder.split('/').count()).max().unwrap_or(1);
    let at = |depth: usize| all.iter().map(|folder| upto(folder, depth)).collect::<BTreeSet<_>>();
    let depth = (1..=deepest).rev().find(|depth| at(*depth).len() <= FOLDERS).unwrap_or(0);
    let few = if depth == 0 { BTreeSet::new() } else { at(depth) };
    if depth == deepest || few.len() >= ENOUGH {
        return (few.into_iter().collect(), depth);
    }
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for folder in &all {
        *counts.entry(upto(folder, depth + 1)).or_default() += 1;
    }
    let mut most: Vec<_> = counts.into_iter().collect();
    most.sort_by(|(a, many), (b, more)| more.cmp(many).then_with(|| a.cmp(b)));
    let mut rows: Vec<_> = most.into_iter().take(FOLDERS - 1).map(|(folder, _)| folder).collect();
    rows.sort_unstable();
    (rows, depth + 1)
}

/// The first names of a folder.
fn upto(folder: &str, depth: usize) -> &str {
    let end = folder.match_indices('/').filter(|(at, _)| *at > 0).nth(depth - 1).map(|(at, _)| at);
    end.and_then(|end| folder.get(..end)).unwrap_or(folder)
}

struct Map<'a> {
    columns: Vec<&'a str>,
    other_column: bool,
    rows: Vec<&'a str>,
    cells: BTreeMap<(usize, usize), Cell>,
}

impl Map<'_> {
    fn write(&self, all: usize, out: &mut dyn Write) -> io::Result<()> {
        let names: Vec<String> = (0..self.row_count()).map(|row| self.row_name(row)).collect();
        let longest = names.iter().map(|name| name.chars().count()).max().unwrap_or(0).max(6);
        let left = longest * LETTER + 16;
        let columns = self.columns.len() + usize::from(self.other_column);
        let width = left + (columns + 1) * (CELL.0 + GAP) + GAP;
        let height = HEAD + (names.len() + 1) * (CELL.1 + GAP);
        writeln!(out, "<section id=\"map\">\n<h2>Where they are</h2>")?;
        writeln!(
            out,
            "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"Findings by folder and policy\">"
        )?;
        writeln!(
            out,
            "<svg width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" xmlns=\"http://www.w3.org/2000/svg\">"
        )?;
        writeln!(out, "<title>{} by folder and policy</title>", counted(all, "finding"))?;
        let x = |column: usize| left + column * (CELL.0 + GAP);
        let y = |row: usize| HEAD + row * (CELL.1 + GAP);
        for column in 0..=columns {
            let name = if column == columns { "all" } else { self.column_name(column) };
            let middle = x(column) + CELL.0 / 2;
            writeln!(
                out,
                "<text class=\"col\" x=\"{middle}\" y=\"{}\" text-anchor=\"middle\">{}</text>",
                HEAD - 12,
                text(name)
            )?;
        }
        let most = self.cells.values().map(|cell| cell.count).max().unwrap_or(1);
        for (row, name) in names.iter().enumerate() {
            let baseline = y(row) + CELL.1 / 2 + 5;
            writeln!(
                out,
                "<text class=\"row\" x=\"{}\" y=\"{baseline}\" text-anchor=\"end\">{}</text>",
                left - 12,
                text(name)
            )?;
            for column in 0..columns {
                let cell = self.cells.get(&(row, column)).copied().unwrap_or_default();
                self.cell((row, column), cell, most, (x(column), y(row)), out)?;
            }
            let total: usize =
                self.cells.iter().filter(|((at, _), _)| *at == row).map(|(_, cell)| cell.count).sum();
            writeln!(
                out,
                "<text class=\"sum\" x=\"{}\" y=\"{baseline}\" text-anchor=\"middle\">{total}</text>",
                x(columns) + CELL.0 / 2
            )?;
        }
        let baseline = y(names.len()) + CELL.1 / 2 + 5;
        writeln!(
            out,
            "<text class=\"row\" x=\"{}\" y=\"{baseline}\" text-anchor=\"end\">all</text>",
            left - 12
        )?;
        for column in 0..=columns {
            let here = self.cells.iter().filter(|((_, at), _)| column == columns || *at == column);
            let total: usize = here.map(|(_, cell)| cell.count).sum();
            writeln!(
                out,
                "<text class=\"sum\" x=\"{}\" y=\"{baseline}\" text-anchor=\"middle\">{total}</text>",
                x(column) + CELL.0 / 2
            )?;
        }
        writeln!(out, "</svg>\n</div>\n</section>")
    }

    fn cell(
        &self,
        (row, column): (usize, usize),
        cell: Cell,
        most: usize,
        (x, y): (usize, usize),
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let (width, height) = CELL;
        let rect = |class: &str, opacity: &str| {
            format!(
                "<rect class=\"{class}\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"5\" fill-opacity=\"{opacity}\"/>"
            )
        };
        let Some(worst) = cell.worst else {
            return writeln!(out, "{}", rect("empty", "1"));
        };
        // Equal ratios are equal steps.
        let share = (cell.count as f64).ln_1p() / (most as f64).ln_1p();
        let opacity = format!("{:.2}", 0.14 + 0.5 * share);
        let folder = self.rows.get(row).map(|folder| self.filter(folder));
        let code = self.columns.get(column);
        let mut wanted = Vec::new();
        wanted.extend(code.map(|code| format!("policy={}", encoded(code))));
        wanted.extend(folder.map(|folder| format!("folder={}", encoded(&folder))));
        let said = format!(
            "{} in {}: {}, the worst: {}",
            self.column_name(column),
            self.row_name(row),
            counted(cell.count, "finding"),
            worst.as_str()
        );
        writeln!(
            out,
            "<a href=\"#{}\" aria-label=\"{}\"><title>{}</title>{}<text class=\"count\" x=\"{}\" y=\"{}\" text-anchor=\"middle\">{}</text></a>",
            wanted.join("&amp;"),
            text(&said),
            text(&said),
            rect(worst.as_str(), &opacity),
            x + width / 2,
            y + height / 2 + 5,
            cell.count
        )
    }

    fn row_count(&self) -> usize {
        self.rows.len() + usize::from(self.cells.keys().any(|(row, _)| *row == self.rows.len()))
    }

    fn row_name(&self, row: usize) -> String {
        let Some(folder) = self.rows.get(row) else { return "other folders".to_owned() };
        let shown = self.filter(folder);
        let length = shown.chars().count();
        if length <= NAME {
            return shown;
        }
        // The end of a path tells more than its beginning.
        format!("…{}", shown.chars().skip(length - NAME + 1).collect::<String>())
    }

    /// A folder with all below it, or, where others of the map are below it, its own files alone.
    fn filter(&self, folder: &str) -> String {
        let below = format!("{folder}/");
        let has_others = self.rows.iter().any(|other| other.starts_with(&below));
        if has_others { format!("{folder}/.") } else { folder.to_owned() }
    }

    fn column_name(&self, column: usize) -> &str {
        self.columns.get(column).copied().unwrap_or("others")
    }
}

/// As a part of a fragment.
fn encoded(text: &str) -> String {
    let mut result = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_./".contains(&byte) {
            result.push(char::from(byte));
        } else {
            result.push_str(&format!("%{byte:02X}"));
        }
    }
    result
}
