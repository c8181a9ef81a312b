//! Unified diffs as `patch` and `git apply` read them.

use crate::findings::mended::{Change, Hunk, Line, Patch};
use crate::report::Style;
use crate::report::escape::visible;
use std::borrow::Cow;
use std::fmt::Write;

/// Without colours.
pub(super) fn plain(patch: &Patch) -> String {
    draw(patch, &Style::plain())
}

pub(super) fn draw(patch: &Patch, style: &Style) -> String {
    let mut drawn = String::new();
    for (sign, side) in [("---", 'a'), ("+++", 'b')] {
        // Writing to a string does not fail.
        let _ = writeln!(drawn, "{sign} {}", name(side, &patch.path));
    }
    for Hunk { before, after, lines } in &patch.hunks {
        let head = format!("@@ -{} +{} @@", range(*before), range(*after));
        let _ = writeln!(drawn, "{}", style.theme.styles.advice.style(head));
        for line in lines {
            let text = inert(line);
            let _ = match line.change {
                Change::Kept => writeln!(drawn, " {text}"),
                Change::Removed => {
                    writeln!(drawn, "{}", style.theme.styles.error.style(format!("-{text}")))
                }
                Change::Added => match style.theme.styles.highlights.get(2) {
                    Some(green) => writeln!(drawn, "{}", green.style(format!("+{text}"))),
                    None => writeln!(drawn, "+{text}"),
                },
            };
            if !line.is_ended {
                drawn.push_str("\\ No newline at end of file\n");
            }
        }
    }
    drawn
}

/// Why a patch can only be read.
pub(super) fn only_read(patch: &Patch) -> Option<&'static str> {
    let is_obeyed = |line: &Line| matches!(inert(line), Cow::Owned(_));
    let outside = || patch.path.starts_with("../") || patch.path.starts_with('/');
    patch.only_read.or_else(|| outside().then_some("the file lies outside of the working directory")).or_else(
        || {
            let mut lines = patch.hunks.iter().flat_map(|hunk| &hunk.lines);
            lines.any(is_obeyed).then_some("what a terminal or a runner would obey is escaped in it")
        },
    )
}

/// A line that nothing obeys: tabs, what ends lines and marks of byte order stay.
fn inert(line: &Line) -> Cow<'_, str> {
    let (body, end) = match line.text.strip_suffix('\r') {
        Some(body) => (body, "\r"),
        None => (line.text.as_str(), ""),
    };
    let (mark, body) = match body.strip_prefix('\u{feff}') {
        Some(body) => ("\u{feff}", body),
        None => ("", body),
    };
    let shown = body.split('\t').map(visible).collect::<Vec<_>>().join("\t");
    if shown == body { Cow::Borrowed(&line.text) } else { Cow::Owned(format!("{mark}{shown}{end}")) }
}

/// `3,2`, and `3` for one line, as GNU diff has it.
fn range((start, count): (u32, u32)) -> String {
    if count == 1 { start.to_string() } else { format!("{start},{count}") }
}

/// A file's name in a head: as git has it, in quotes where it holds what a line may not, and ended where it holds spaces.
fn name(side: char, path: &str) -> String {
    let is_plain = |c: char| !c.is_control() && !matches!(c, '"' | '\\') && visible_char(c);
    if path.chars().all(is_plain) && !path.contains("##[") {
        let end = if path.contains(' ') { "\t" } else { "" };
        return format!("{side}/{path}{end}");
    }
    let mut quoted = format!("\"{side}/");
    for byte in path.bytes() {
        if matches!(byte, b' '..=b'~') && !matches!(byte, b'"' | b'\\' | b'[') {
            quoted.push(char::from(byte));
        } else {
            let _ = write!(quoted, "\\{byte:03o}");
        }
    }
    quoted + "\""
}

fn visible_char(c: char) -> bool {
    matches!(visible(c.encode_utf8(&mut [0; 4])), Cow::Borrowed(_))
}
