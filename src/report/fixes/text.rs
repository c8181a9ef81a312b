//! For people: patches with what they do, what was written, and what is left.

use super::patch::{draw, only_read};
use super::{FixReport, FixState, FixView};
use crate::findings::mended::{Mended, Patch};
use crate::report::Style;
use crate::report::concise;
use crate::report::escape::visible;
use crate::report::human::{counted, wrap};
use std::io::{self, Write};

/// Fixes of one kind that are listed where nothing is done about them.
const LISTED: usize = 20;

/// The patches, each after what it does: lines that begin with `#`, which nothing that reads patches looks at. So a patch that
/// is kept says what it is for, and what it does to what is deployed.
pub fn write_patches(
    mended: &Mended,
    report: &FixReport,
    style: &Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    let fixes = report.of_state(FixState::Mended);
    for patch in &mended.patches {
        for fix in fixes.iter().filter(|fix| fix.edits.first() == Some(&patch.shown)) {
            for line in head(fix, style) {
                writeln!(out, "# {line}")?;
            }
            let others = fix.edits.get(1..).unwrap_or_default();
            if !others.is_empty() {
                writeln!(out, "#   edits as well: {}", visible(&others.join(", ")))?;
            }
        }
        say_how(patch, style, out)?;
        out.write_all(draw(patch, style).as_bytes())?;
    }
    Ok(())
}

fn say_how(patch: &Patch, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let Some(why) = only_read(patch) else { return Ok(()) };
    let text = format!("To be read, not for `patch`: {why}. `keyless fix --write` writes the file.");
    wrap(&text, style.width, 2, 2).iter().try_for_each(|line| writeln!(out, "# {line}"))
}

/// What was written.
pub fn write_fixes(report: &FixReport, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let failed: Vec<&String> =
        report.files.iter().filter(|file| file.written == Some(false)).map(|file| &file.path).collect();
    for fix in report.of_state(FixState::Mended) {
        if fix.edits.iter().any(|file| failed.contains(&file)) {
            continue;
        }
        for line in head(fix, style) {
            writeln!(out, "{line}")?;
        }
    }
    Ok(())
}

/// What is wrong, and what a fix does about it: the first line stands alone.
fn head(fix: &FixView, style: &Style) -> Vec<String> {
    let FixView { code, finding, path, line, column, title, safety, .. } = fix;
    let mut lines = vec![format!("{}:{line}:{column}: {code} {}", visible(path), visible(finding))];
    let mut say = |word: &str, text: &str| {
        let text = visible(text);
        let indent = word.len() + 4;
        let wrapped = wrap(&text, style.width.saturating_sub(2), indent, indent);
        let between = format!("\n{}", " ".repeat(indent));
        let said = format!("  {word}: {}", wrapped.join(&between));
        lines.extend(said.lines().map(str::to_owned));
    };
    let word = match fix.state {
        FixState::Mended | FixState::Refused | FixState::Unsafe => "fix",
        FixState::ByHand => "by hand",
    };
    let asks = if safety.is_safe() || fix.state == FixState::ByHand {
        ""
    } else {
        " (unsafe: look before it is deployed)"
    };
    say(word, &format!("{title}{asks}"));
    if fix.state != FixState::ByHand || !fix.because.is_empty() {
        let because = if fix.because.is_empty() { String::new() } else { format!(": {}", fix.because) };
        say("effect", &format!("{}{because}", fix.effect.told()));
    }
    if !fix.note.is_empty() {
        say("note", &fix.note);
    }
    if let Some(why) = &fix.why {
        say("refused", why);
    }
    lines
}

/// What is not mended, and how much is.
pub fn write_left(
    report: &FixReport,
    with_unsafe: bool,
    style: &Style,
    err: &mut dyn Write,
) -> io::Result<()> {
    for problem in &report.problems {
        let painted = style.theme.styles.error.style(format!("problem[{}]", problem.kind.as_str()));
        writeln!(err, "{painted}: {}: {}", concise::place(problem), visible(&problem.message))?;
    }
    for (state, what) in [
        (FixState::Refused, "refused, since it does not hold:"),
        (FixState::Unsafe, "with --unsafe-fixes:"),
        (FixState::ByHand, "to be written by hand:"),
    ] {
        let fixes = report.of_state(state);
        if fixes.is_empty() {
            continue;
        }
        writeln!(err, "{what}")?;
        for line in fixes.iter().take(LISTED).flat_map(|fix| head(fix, style)) {
            writeln!(err, "  {line}")?;
        }
        if fixes.len() > LISTED {
            writeln!(err, "  and {} more (`--format json` lists them)", fixes.len() - LISTED)?;
        }
    }
    writeln!(err, "{}", summary(report, with_unsafe))
}

fn summary(report: &FixReport, with_unsafe: bool) -> String {
    let is_written = report.files.iter().any(|file| file.written.is_some());
    let files = report.files.iter().filter(|file| file.written != Some(false));
    let files: Vec<&String> = files.map(|file| &file.path).collect();
    let fixes = report.of_state(FixState::Mended);
    let done = fixes.iter().filter(|fix| fix.edits.iter().all(|file| files.contains(&file))).count();
    let flag = if with_unsafe { " --unsafe-fixes" } else { "" };
    let mut parts = vec![match (done, is_written) {
        (0, _) => "nothing to fix".to_owned(),
        (_, true) => format!("{} written to {}", fixes_counted(done), counted(files.len(), "file")),
        (_, false) => format!(
            "{} in {}: `keyless fix{flag} --write` writes {}",
            fixes_counted(done),
            counted(files.len(), "file"),
            if done == 1 { "it" } else { "them" }
        ),
    }];
    for (count, what) in [
        (report.of_state(FixState::Unsafe).len(), "with --unsafe-fixes"),
        (report.of_state(FixState::Refused).len(), "refused"),
        (report.of_state(FixState::ByHand).len(), "by hand"),
        (report.without_fix, "without a fix"),
    ] {
        if count > 0 {
            parts.push(format!("{count} {what}"));
        }
    }
    parts.join("; ")
}

fn fixes_counted(count: usize) -> String {
    if count == 1 { "1 fix".to_owned() } else { format!("{count} fixes") }
}
