//! Tables of findings, and what filters them.

use super::badge;
use super::escape::{prose, text};
use crate::report::Context;
use crate::report::digest::{self, counted, counts, cut};
use crate::report::view::{Diagnostic, Level, Point};
use crate::report::web::safe_url;
use std::collections::BTreeSet;
use std::io::{self, Write};

/// Rows of one table; the script shows as many at a time.
const PAGE: usize = 200;
/// Resources named of one finding.
const ADDRESSES: usize = 40;
/// Characters of a resource's name in a row.
const NAME: usize = 160;
/// Folders that the filter suggests.
const FOLDERS: usize = 500;

/// A kind of table: findings, existing ones, open questions, suppressed ones.
pub(super) struct Table<'a> {
    pub(super) caption: &'a str,
    pub(super) kind: &'a str,
    pub(super) context: Context<'a>,
}

pub(super) struct Row<'a> {
    pub(super) diagnostic: &'a Diagnostic,
    pub(super) at: usize,
    pub(super) frames: String,
    pub(super) open: bool,
}

impl Table<'_> {
    /// All rows. What goes beyond the first ones stands in a `noscript`: with scripts a browser takes that for text, and
    /// the script makes rows of it when they are wanted; without, it is further tables, of a size that browsers lay out soon.
    pub(super) fn write(&self, rows: &[Row<'_>], out: &mut dyn Write) -> io::Result<()> {
        let (first, rest) = rows.split_at(rows.len().min(PAGE));
        self.part("list", first, rows.len(), out)?;
        if !rest.is_empty() {
            writeln!(out, "<noscript class=\"rest\">")?;
            for part in rest.chunks(PAGE) {
                self.part("part", part, part.len(), out)?;
            }
            writeln!(out, "</noscript>")?;
        }
        Ok(())
    }

    fn part(&self, class: &str, rows: &[Row<'_>], total: usize, out: &mut dyn Write) -> io::Result<()> {
        let caption = self.caption;
        writeln!(out, "<table class=\"{class}\" data-total=\"{total}\">\n<caption>{caption}</caption>")?;
        writeln!(out, "<thead><tr>")?;
        for (key, word) in
            [("severity", "Severity"), ("policy", "Policy"), ("place", "Place"), ("what", "Finding")]
        {
            write!(out, "<th scope=\"col\" data-sort=\"{key}\">{word}</th>")?;
        }
        writeln!(out, "</tr></thead>\n<tbody>")?;
        for row in rows {
            self.row(row, out)?;
        }
        writeln!(out, "</tbody>\n</table>")
    }

    fn row(&self, row: &Row<'_>, out: &mut dyn Write) -> io::Result<()> {
        let (found, at) = (row.diagnostic, row.at + 1);
        let (rank, severity) = match self.kind {
            "open" => (3, "open"),
            _ => (found.severity as usize, found.severity.as_str()),
        };
        writeln!(
            out,
            "<tr id=\"{}-{at}\" data-at=\"{at}\" data-severity=\"{severity}\" data-rank=\"{rank}\" data-policy=\"{}\" data-path=\"{}\" data-line=\"{}\">",
            self.kind,
            text(&found.code),
            text(&found.path),
            found.start.line,
        )?;
        writeln!(out, "<td class=\"severity\">{}</td>", badge(found.severity, self.kind))?;
        writeln!(out, "<td class=\"policy\">{}</td>", policy(found))?;
        let past = found.commit.as_ref().filter(|commit| !commit.in_tree);
        let commit = past.map(|commit| commit.id.as_str());
        let place = place(&found.path, Some(found.start), Some(found.end), commit, self.context);
        writeln!(out, "<td class=\"place\">{place}</td>")?;
        let open = if row.open { " open" } else { "" };
        let who = who(found);
        writeln!(out, "<td class=\"what\"><details{open}><summary>{}{who}</summary>", prose(&found.title))?;
        writeln!(out, "<div class=\"body\">")?;
        out.write_all(row.frames.as_bytes())?;
        self.facts(found, out)?;
        writeln!(out, "</div></details></td>\n</tr>")
    }

    /// What is known beside the code.
    fn facts(&self, found: &Diagnostic, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "<dl>")?;
        let mut fact = |word: &str, html: &str| writeln!(out, "<dt>{word}</dt><dd>{html}</dd>");
        if let Some(reason) = &found.reason {
            fact("Because", &prose(reason))?;
        }
        if let Some(said) = &found.suppression {
            let until = said.until.as_deref().map_or_else(String::new, |day| format!(" until {}", text(day)));
            let place = &said.place;
            let at = self::place(&place.path, Some(place.start), Some(place.end), None, self.context);
            fact("Suppressed", &format!("{}{until}, said at {at}", prose(&said.reason)))?;
        }
        if !found.help.is_empty() {
            fact("What to do", &prose(&found.help))?;
        }
        if !found.addresses.is_empty() {
            let shown = found.addresses.iter().take(ADDRESSES);
            let mut named: Vec<_> = shown.map(|address| format!("<code>{}</code>", text(address))).collect();
            if found.addresses.len() > ADDRESSES {
                named.push(format!("and {} more", found.addresses.len() - ADDRESSES));
            }
            fact("Concerns", &named.join(", "))?;
        }
        if let Some(construct) = &found.construct {
            fact("Construct", &format!("<code>{}</code>", text(construct)))?;
        }
        if let Some(commit) = &found.commit {
            fact(if commit.in_tree { "Since" } else { "Commit" }, &text(&commit.told()))?;
        }
        let page = safe_url(&found.url);
        if let Some(url) = page {
            fact(
                "Policy",
                &format!("<a href=\"{}\" rel=\"noreferrer\">{}</a>", text(&url), text(&found.name)),
            )?;
        }
        writeln!(out, "</dl>")
    }
}

/// The resource, so that rows of one title are told apart.
fn who(found: &Diagnostic) -> String {
    let Some(first) = found.addresses.first() else { return String::new() };
    let more = match found.addresses.len() {
        1 => String::new(),
        all => format!(" and {} more", all - 1),
    };
    format!(" <span class=\"who\">{}{more}</span>", text(&cut(first, NAME)))
}

fn policy(found: &Diagnostic) -> String {
    format!("<code>{}</code> <span class=\"name\">{}</span>", text(&found.code), text(&found.name))
}

/// `path:line`, linked to its text where the job says what is checked out.
pub(super) fn place(
    path: &str,
    start: Option<Point>,
    end: Option<Point>,
    commit: Option<&str>,
    context: Context<'_>,
) -> String {
    let line = start.map_or_else(String::new, |start| format!(":{}", start.line));
    // Long paths may break after a slash.
    let name = format!("{}{line}", text(path).replace('/', "/<wbr>"));
    let lines = (start.map_or(1, |start| start.line), end.map_or(1, |end| end.line));
    match context.web.and_then(|web| web.link(path, lines, commit)) {
        Some(link) => format!("<a class=\"path\" href=\"{}\" rel=\"noreferrer\">{name}</a>", text(&link)),
        None => format!("<span class=\"path\">{name}</span>"),
    }
}

/// The filter: hidden until the script makes it work.
pub(super) fn controls(ranked: &[&Diagnostic], out: &mut dyn Write) -> io::Result<()> {
    if ranked.is_empty() {
        return Ok(());
    }
    writeln!(out, "<form id=\"filter\" role=\"search\" aria-label=\"Filter the findings\" hidden>")?;
    writeln!(
        out,
        "<label class=\"wide\">Text <input type=\"search\" name=\"q\" autocomplete=\"off\" spellcheck=\"false\" placeholder=\"title, path, resource …\"></label>"
    )?;
    writeln!(out, "<label>Policy <select name=\"policy\"><option value=\"\">all</option>")?;
    let mut policies = digest::by_policy(ranked);
    policies.sort_by(|a, b| a.first.code.cmp(&b.first.code));
    for of in policies {
        let (code, name) = (text(&of.first.code), text(&of.first.name));
        writeln!(out, "<option value=\"{code}\">{code} {name} ({})</option>", of.total())?;
    }
    writeln!(out, "</select></label>")?;
    writeln!(
        out,
        "<label>Folder <input name=\"folder\" list=\"folders\" autocomplete=\"off\" spellcheck=\"false\" placeholder=\"all\"></label>"
    )?;
    writeln!(out, "<datalist id=\"folders\">")?;
    let folders: BTreeSet<&str> = ranked.iter().map(|found| folder(&found.path)).collect();
    for folder in folders.iter().take(FOLDERS) {
        writeln!(out, "<option value=\"{}\">", text(folder))?;
    }
    writeln!(out, "</datalist>\n<fieldset><legend>Severity</legend>")?;
    let by_level = counts(ranked);
    for (level, count) in [Level::Error, Level::Warning, Level::Note].into_iter().zip(by_level) {
        let word = level.as_str();
        let off = if count == 0 { " disabled" } else { "" };
        writeln!(
            out,
            "<label><input type=\"checkbox\" name=\"severity\" value=\"{word}\" checked{off}> {}</label>",
            counted(count, word)
        )?;
    }
    writeln!(out, "</fieldset>\n<button type=\"reset\">Reset</button>")?;
    writeln!(out, "<output aria-live=\"polite\"></output>\n</form>")
}

/// Of `a/b/c.tf`, `a/b`; of a file beside which one stands, `.`.
pub(super) fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or(".", |(folder, _)| if folder.is_empty() { "/" } else { folder })
}
