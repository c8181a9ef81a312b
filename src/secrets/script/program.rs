//! Texts in a programming language: a word without quotes is a variable there, and no literal.

use super::words::is_identifier;
use std::ops::Range;

/// What runs programs, as it is called on the line that hands it one; versions may follow (`python3.12`).
const INTERPRETERS: &[&str] = &["python", "node", "nodejs", "ruby", "perl", "php", "deno", "ts-node"];

/// Extensions of files that hold one.
#[rustfmt::skip]
const EXTENSIONS: &[&str] = &[
    ".py", ".js", ".mjs", ".cjs", ".ts", ".jsx", ".tsx", ".rb", ".pl", ".php", ".go", ".java", ".kt", ".groovy", ".scala",
    ".cs", ".rs",
];

/// The lines of a text that are a program's, but for texts of several lines in it.
pub(super) struct Programs {
    regions: Vec<Range<usize>>,
}

/// What a here-document ends with, and whether it is a program.
struct Document<'t> {
    end: &'t str,
    is_program: Option<bool>,
}

impl Programs {
    pub(super) fn of(text: &str) -> Self {
        let mut regions: Vec<Range<usize>> = Vec::new();
        // Of lines outside of documents it shows late what they are.
        let (mut outside, mut is_program) = (Vec::new(), None);
        let (mut document, mut quoted): (Option<Document<'_>>, Option<&str>) = (None, None);
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            let range = start..start + line.len();
            start = range.end;
            let bare = line.trim();
            if let Some(open) = &mut document {
                if bare == open.end {
                    (document, quoted) = (None, None);
                    continue;
                }
                let first = open.is_program.is_none() && !bare.is_empty();
                if first {
                    open.is_program = Some(by_first_line(bare).unwrap_or(false));
                }
                if open.is_program == Some(true) && !within(bare, &mut quoted) {
                    regions.push(range);
                }
                continue;
            }
            if is_program.is_none() && !bare.is_empty() {
                is_program = Some(by_first_line(bare));
            }
            if !within(bare, &mut quoted) {
                outside.push(range);
                if is_program == Some(None) && is_statement(bare) {
                    is_program = Some(Some(true));
                }
            }
            if is_program != Some(Some(true)) {
                document = opened(bare);
                quoted = None;
            }
        }
        if is_program == Some(Some(true)) {
            regions.extend(outside);
            regions.sort_by_key(|region| region.start);
        }
        Self { regions }
    }

    fn hold(&self, at: usize) -> bool {
        let before = self.regions.partition_point(|region| region.end <= at);
        self.regions.get(before).is_some_and(|region| region.start <= at)
    }

    /// Whether what a name is given, both on a line that starts at `start`, is a variable of a program.
    pub(super) fn is_variable(
        &self,
        line: &str,
        start: usize,
        name: Range<usize>,
        value: Range<usize>,
    ) -> bool {
        let on_line = |at: usize| at.saturating_sub(start);
        let (Some(before), Some(word), Some(behind)) = (
            line.get(..on_line(name.start)),
            line.get(on_line(value.start)..on_line(value.end)),
            line.get(on_line(value.end)..),
        ) else {
            return false;
        };
        // The name's own quotes.
        let is_quoted = line.get(on_line(name.end)..).is_some_and(|rest| rest.starts_with(['"', '\'']));
        let before = if is_quoted { before.strip_suffix(['"', '\'']).unwrap_or(before) } else { before };
        if !word.trim_end_matches('!').split('.').all(is_identifier) || in_text(before) {
            return false;
        }
        self.hold(name.start) || is_argument(before, behind) || is_declaration(before)
    }
}

/// Whether the first line says what language the text is in; `None`: nothing.
fn by_first_line(line: &str) -> Option<bool> {
    if let Some(command) = line.strip_prefix("#!") {
        return Some(command.split([' ', '/']).any(is_interpreter));
    }
    (line.starts_with("#cloud-config") || line.starts_with("<powershell>")).then_some(false)
}

fn is_interpreter(word: &str) -> bool {
    let name = word.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
    INTERPRETERS.contains(&name)
}

/// The here-document that a line opens: `python3 - <<EOF`, `cat > /opt/app.py <<-'EOF'`.
fn opened(line: &str) -> Option<Document<'_>> {
    let (command, after) = line.split_once("<<")?;
    let name = after.trim_start_matches(['-', '~', ' ', '\\']).trim_start_matches(['\'', '"']);
    let length = name.bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'_').count();
    let (end, rest) = name.split_at_checked(length).filter(|(end, _)| !end.is_empty())?;
    let mut words = command
        .split([' ', '\t', '/', ';', '|', '>', '&', '"', '\''])
        .chain(rest.split([' ', '>', '"', '\'']));
    let is_program = words
        .any(|word| is_interpreter(word) || EXTENSIONS.iter().any(|extension| word.ends_with(extension)));
    Some(Document { end, is_program: is_program.then_some(true) })
}

/// Whether a line is within a text of several lines, in `quoted`'s quotes, or ends or begins one.
fn within(line: &str, quoted: &mut Option<&str>) -> bool {
    let was = quoted.is_some();
    for mark in ["\"\"\"", "'''", "`"] {
        if line.matches(mark).count() % 2 == 1 {
            match *quoted {
                Some(open) if open == mark => *quoted = None,
                Some(_) => {}
                None => *quoted = Some(mark),
            }
        }
    }
    was || quoted.is_some()
}

/// Whether a line is a statement that only programs have.
fn is_statement(line: &str) -> bool {
    let after = |start: &str| line.strip_prefix(start);
    let name = |text: &str| text.split([' ', '(', '.', ',', ';', ':']).next().is_some_and(is_identifier);
    let import = || after("import ").is_some_and(imports);
    let from = || after("from ").is_some_and(|what| what.contains(" import "));
    let function = || {
        ["def ", "async def ", "async function ", "func "].iter().filter_map(|start| after(start)).any(name)
            && line.contains('(')
    };
    let exports = || line.starts_with("module.exports") || line.starts_with("exports.");
    let class = || {
        ["public class ", "package main", "<?php", "using System"].iter().any(|start| line.starts_with(start))
    };
    is_declaration(line) && line.contains(" = ") || import() || from() || function() || exports() || class()
}

/// `a, b.c as d`; `{ a } from 'b'`.
fn imports(what: &str) -> bool {
    let one = |what: &str| {
        let mut words = what.split_ascii_whitespace();
        let named = words.next().is_some_and(|name| name.trim_end_matches(';').split('.').all(is_identifier));
        named && words.next().is_none_or(|word| word == "as")
    };
    what.split(',').all(one) || what.contains(" from ")
}

/// `const client = …`.
fn is_declaration(line: &str) -> bool {
    let line = line.trim_start();
    let line = line.strip_prefix("export ").unwrap_or(line);
    let after = ["const ", "let ", "var "].iter().find_map(|start| line.strip_prefix(start));
    after.is_some_and(|rest| {
        rest.trim_start_matches(['{', '['])
            .trim_end()
            .split([' ', ':', '=', ','])
            .next()
            .is_some_and(is_identifier)
            || rest.trim().is_empty()
    })
}

/// Whether a quote is open at the end of this piece of a line.
fn in_text(before: &str) -> bool {
    let mut open = None;
    let mut escaped = false;
    for c in before.chars() {
        match open {
            _ if escaped => escaped = false,
            _ if c == '\\' => escaped = true,
            Some(quote) if c == quote => open = None,
            Some(_) => {}
            None if matches!(c, '"' | '\'' | '`') => open = Some(c),
            None => {}
        }
    }
    open.is_some()
}

/// Whether what stands between these is handed to a function by name, or in an object: `connect(user=name, password=given)`,
/// `connect({ password: given })`.
fn is_argument(before: &str, behind: &str) -> bool {
    let Some((head, last)) = innermost(before) else { return false };
    let called = |head: &str| head.ends_with(|c: char| c.is_ascii_alphanumeric() || c == '_');
    let takes = match last {
        '(' => called(head),
        // Brackets in brackets, as nothing but code has them.
        _ => innermost(head).is_some_and(|(head, outer)| outer == '(' && called(head)),
    };
    takes && behind.trim_start().starts_with([',', ')', '}'])
}

/// The innermost bracket that is open at the end, and what stands before it.
fn innermost(before: &str) -> Option<(&str, char)> {
    let mut closed = 0_usize;
    before.char_indices().rev().find_map(|(at, c)| match c {
        ')' | '}' => {
            closed += 1;
            None
        }
        '(' | '{' if closed == 0 => Some((before.get(..at)?, c)),
        '(' | '{' => {
            closed -= 1;
            None
        }
        _ => None,
    })
}
