//! What stands behind a name that says secret, for what is shown: wider than what is told, since a word that is masked for
//! nothing costs less than a password that is printed. Comments are read as code, and every literal of an expression counts.

use crate::secrets::{only_describes, says_secret};
use std::ops::Range;

/// Further lines of one expression are not looked at.
const MAX_LINES: usize = 100;

/// Keys beside which a value stands that they name.
const NAMES: &[&str] = &["name", "key", "parameterkey", "parametername", "option", "optionname"];
const VALUES: &[&str] = &["value", "parametervalue", "val", "default", "content"];

/// What opens a comment, at the beginning of a line or behind a space.
const COMMENTS: &[&str] = &["#", "//", "/*", "<!--", "--", ";"];

/// Functions whose argument is the name of a file.
const OF_FILES: &[&str] = &["file", "filebase64", "fileexists", "templatefile", "filemd5", "filesha256"];

/// In no order, and not apart from each other.
pub(super) fn behind_names(text: &str) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        lines.push(at..at + line.trim_end_matches(['\n', '\r']).len());
        at += line.len();
    }
    let mut file = File { text, lines, found: Vec::new() };
    let mut in_comment = false;
    for number in 0..file.lines.len() {
        in_comment = file.line(number, in_comment);
    }
    file.found
}

struct File<'t> {
    text: &'t str,
    lines: Vec<Range<usize>>,
    found: Vec<Range<usize>>,
}

impl<'t> File<'t> {
    fn get(&self, range: Range<usize>) -> &'t str {
        self.text.get(range).unwrap_or("")
    }

    /// Returns whether a comment goes on behind the line.
    fn line(&mut self, number: usize, in_comment: bool) -> bool {
        let Some(range) = self.lines.get(number).cloned() else { return false };
        let line = self.get(range.clone());
        let opened = line.rfind("/*").max(in_comment.then_some(0));
        let goes_on = opened.is_some_and(|at| !line.get(at..).unwrap_or("").contains("*/"));
        let comment = if in_comment { Some(0) } else { comment(line) };
        for word in words(line).filter(|word| says(line.get(word.clone()).unwrap_or(""))) {
            let (start, end) = (range.start + word.start, range.start + word.end);
            if comment.is_some_and(|from| from <= word.start) {
                self.found.extend(in_comment_behind(self.text, end..range.end));
            } else if let Some(value) = separated(self.get(end..range.end))
                && !in_quotes(self.get(range.start..end + value))
            {
                self.value(number, end + value..range.end);
            } else if is_name_of_a_pair(self.get(range.start..start)) {
                self.beside(number);
            }
        }
        goes_on
    }

    /// The expression that begins on a line.
    fn value(&mut self, number: usize, first: Range<usize>) {
        let mut inner = self.get(first.clone()).trim_start();
        let mut marked = false;
        // YAML's anchors and tags.
        while let Some(mark) = inner.strip_prefix(['&', '!']) {
            let behind = mark.find(' ').map_or("", |at| mark.get(at..).unwrap_or("")).trim_start();
            if mark.starts_with("Ref") || mark.starts_with("GetAtt") || mark.starts_with("ImportValue") {
                return;
            }
            (inner, marked) = (behind, true);
        }
        let from = first.end - inner.len();
        if let Some(end) = heredoc(inner) {
            let is_end = |line: &str| line.trim() == end;
            let lines = self.lines.iter().skip(number + 1).cloned();
            let body: Vec<_> =
                lines.take_while(|line| !is_end(self.get(line.clone()))).take(MAX_LINES).collect();
            self.found.extend(body);
        } else if inner.is_empty() || inner.starts_with(['|', '>']) {
            self.block(number, inner.is_empty());
        } else if marked && !inner.starts_with(['"', '\'', '{', '[']) {
            let end = inner.find(" #").unwrap_or(inner.len());
            self.found.push(from..from + end);
        } else {
            self.literals(number, from);
        }
    }

    /// A scalar of YAML on the lines below its key. `plain`: without a mark, so that it may as well be a collection.
    fn block(&mut self, number: usize, plain: bool) {
        let indent = |line: &str| line.len() - line.trim_start().len();
        let Some(depth) = self.lines.get(number).map(|line| indent(self.get(line.clone()))) else { return };
        let below = self.lines.iter().skip(number + 1).take(MAX_LINES).cloned();
        for line in below {
            let said = self.get(line.clone());
            let is_collection = || {
                said.contains(": ") || said.trim_end().ends_with([':', '{', '[', '=']) || said.contains('=')
            };
            let bare = said.trim_start();
            if !bare.is_empty() && indent(said) <= depth
                || plain && (is_collection() || bare.starts_with(['-', '!', '#']))
            {
                return;
            }
            let end = line.start + said.trim_end_matches(['}', ']', ',', ' ']).len();
            self.found.push(line.end - bare.len()..end.max(line.end - bare.len()));
            if plain {
                return;
            }
        }
    }

    /// All literals in quotes up to the end of an expression: of the line, or where its brackets close.
    fn literals(&mut self, number: usize, from: usize) {
        let mut depth = 0_i32;
        let mut chose = false;
        for line in
            self.lines.get(number..).unwrap_or(&[]).iter().take(MAX_LINES).cloned().collect::<Vec<_>>()
        {
            let mut at = from.max(line.start);
            while let Some((offset, sign)) =
                self.get(at..line.end).char_indices().find(|(_, c)| "\"'()[]?#".contains(*c))
            {
                let place = at + offset;
                at = place + 1;
                match sign {
                    '(' | '[' => depth += 1,
                    ')' | ']' => depth -= 1,
                    '?' => chose = true,
                    '#' => break,
                    quote => {
                        let Some(length) = closing(self.get(at..line.end), quote) else { return };
                        self.literal(from, at..at + length, line.end, chose);
                        at += length + 1;
                    }
                }
            }
            if depth <= 0 {
                return;
            }
        }
    }

    fn literal(&mut self, from: usize, inner: Range<usize>, end: usize, chose: bool) {
        let said = self.get(inner.clone());
        // A quote that is not escaped ends the text, not the password.
        let tail = self.get(inner.end + 1..end);
        let length =
            tail.find(|c: char| !c.is_alphanumeric() && !"$%&@#!*+-_^~.".contains(c)).unwrap_or(tail.len());
        if tail.starts_with(char::is_alphanumeric) {
            self.found.push(inner.end + 1..inner.end + 1 + length);
        }
        let before = self.get(from..inner.start.saturating_sub(1)).trim_end();
        let behind = self.get(inner.end + 1..end).trim_start();
        let is_key =
            behind.starts_with(':') && !chose || behind.starts_with('=') && !behind.starts_with("==");
        let is_index = behind.starts_with(']')
            && before
                .strip_suffix('[')
                .is_some_and(|before| before.ends_with(|c: char| c.is_alphanumeric() || "_)]".contains(c)));
        let of_file =
            before.strip_suffix('(').is_some_and(|before| OF_FILES.iter().any(|name| before.ends_with(name)));
        let key = before.strip_suffix(['=', ':']).map(|before| {
            let key = before.trim_end().trim_end_matches(['"', '\'']);
            key.get(key.rfind(|c: char| !is_word(c)).map_or(0, |at| at + 1)..).unwrap_or("")
        });
        let describes = key.is_some_and(|key| !key.is_empty() && only_describes(key));
        let named = said.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
            && says(said);
        let elsewhere = ["arn:", "{{resolve:", "AWS::"].iter().any(|start| said.starts_with(start));
        if !is_key && !is_index && !of_file && !describes && !named && !elsewhere {
            self.found.extend(
                outside_of_templates(said).map(|part| inner.start + part.start..inner.start + part.end),
            );
        }
    }

    /// The value on a line above or below one that names it.
    fn beside(&mut self, number: usize) {
        for other in [number.wrapping_sub(1), number + 1] {
            let Some(range) = self.lines.get(other).cloned() else { continue };
            let line = self.get(range.clone());
            let key = words(line).next().filter(|word| {
                let key = line.get(word.clone()).unwrap_or("").trim_start_matches('-').to_ascii_lowercase();
                VALUES.contains(&&*key)
            });
            let value = key.and_then(|key| Some(key.end + separated(line.get(key.end..)?)?));
            let Some(value) = value.map(|at| range.start + at..range.end) else { continue };
            let said = self.get(value.clone()).trim();
            let refers = said.starts_with(['!', '{', '[', '&', '*', '$']) || said.contains(['.', '(']);
            match said.contains(['"', '\'']) {
                true => self.literals(other, value.start),
                false if !refers => self.found.push(value),
                false => {}
            }
        }
    }
}

/// Whether a text in quotes goes on behind: what stands in it is looked at as a text.
fn in_quotes(before: &str) -> bool {
    ['"', '\''].iter().any(|quote| before.matches(*quote).count() % 2 == 1)
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '-')
}

fn words(line: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = line.get(at..)?;
        let start = at + rest.find(|c: char| c.is_ascii_alphanumeric() || c == '_')?;
        let word = line.get(start..)?;
        let end = start + word.find(|c: char| !is_word(c)).unwrap_or(word.len());
        at = end;
        Some(start..end)
    })
}

fn says(word: &str) -> bool {
    let word = word.trim_start_matches('-');
    word.len() <= 80 && (says_secret(word) || word.eq_ignore_ascii_case("pw"))
}

/// Where a line goes on as a comment.
fn comment(line: &str) -> Option<usize> {
    let bare = line.trim_start();
    let first = line.len() - bare.len();
    if COMMENTS.iter().any(|mark| bare.starts_with(mark)) || bare.starts_with("* ") {
        return Some(first);
    }
    [" #", "\t#", " //", " /*"].iter().filter_map(|mark| line.find(mark)).min()
}

/// Where a value begins, behind a name.
fn separated(behind: &str) -> Option<usize> {
    let bare = behind.trim_start_matches(['"', '\'', '\\']).trim_start_matches([' ', '\t']);
    let value = ["=>", ":=", "=", ":"].iter().find_map(|sign| bare.strip_prefix(sign))?;
    (!value.starts_with(['=', '~', ':'])).then_some(behind.len() - value.len())
}

/// Behind a name in a comment: what is assigned, else a word that no language has.
fn in_comment_behind(text: &str, rest: Range<usize>) -> Option<Range<usize>> {
    let behind = text.get(rest.clone())?;
    let assigned = separated(behind);
    // `secret key: …`
    let next = || {
        let word =
            words(behind).next().filter(|word| behind.get(..word.start).is_some_and(|gap| gap == " "))?;
        Some(word.end + separated(behind.get(word.end..)?)?)
    };
    let is_assigned = assigned.or_else(next);
    let from = is_assigned.unwrap_or(0);
    let said = behind.get(from..)?;
    let bare = said.trim_start_matches([' ', '\t', '(', ':', '=']);
    let bare = match is_assigned {
        Some(_) => bare,
        None => bare.strip_prefix("is ").unwrap_or(bare),
    };
    let (value, length) = match bare.chars().next()? {
        quote @ ('"' | '\'' | '`') => {
            let inner = bare.get(1..)?;
            (inner, closing(inner, quote).unwrap_or(inner.len()))
        }
        _ => (bare, bare.find(|c: char| c.is_whitespace() || matches!(c, ',' | ')')).unwrap_or(bare.len())),
    };
    let word = value.get(..length)?;
    let is_made = word.bytes().any(|byte| byte.is_ascii_digit());
    let quoted = value.len() < bare.len();
    let start = rest.end - value.len();
    (length > 0 && (is_assigned.is_some() || is_made || quoted)).then_some(start..start + length)
}

/// Whether what stands before a name says that it is the name of what stands beside.
fn is_name_of_a_pair(before: &str) -> bool {
    let before = before.trim_end_matches(['"', '\'', ' ', '\t']);
    let Some(key) = before.strip_suffix(['=', ':']) else { return false };
    let key = key.trim_end().trim_end_matches(['"', '\'']);
    let key = key.get(key.rfind(|c: char| !is_word(c)).map_or(0, |at| at + 1)..).unwrap_or("");
    NAMES.contains(&&*key.to_ascii_lowercase())
}

/// `<<-EOT`: the word that ends it.
fn heredoc(value: &str) -> Option<&str> {
    let word = value.strip_prefix("<<")?.trim_start_matches(['-', '~']).trim();
    (!word.is_empty() && word.chars().all(is_word)).then_some(word)
}

fn closing(text: &str, quote: char) -> Option<usize> {
    let mut escaped = false;
    text.char_indices().find_map(|(at, c)| {
        let ends = c == quote && !escaped;
        escaped = c == '\\' && !escaped;
        ends.then_some(at)
    })
}

/// The pieces of a text that no template puts in.
fn outside_of_templates(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = text.get(at..).filter(|rest| !rest.is_empty())?;
        let from = at;
        let length = rest.find("${").unwrap_or(rest.len());
        let behind = rest.get(length..).unwrap_or("");
        at = from + length + behind.find('}').map_or(behind.len(), |end| end + 1);
        Some(from..from + length)
    })
    .filter(|part| !part.is_empty())
}

#[cfg(test)]
mod tests;
