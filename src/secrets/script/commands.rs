//! Commands that are given a secret: as an option, before a pipe, behind a colon.

use super::words::{is_expanded, words_of};
use super::{Assigned, Line};
use crate::secrets::http::credential_in_header;
use crate::secrets::value::may_be_secret;
use std::ops::Range;

impl<'t> Line<'t> {
    /// The value of the first of these options on the line: `-u x`, `--user=x`, `-px`.
    pub(super) fn option(&self, names: &[&str]) -> Option<(Range<usize>, Range<usize>)> {
        let line = self.from(self.start);
        for (at, word) in words_of(line) {
            let Some(name) = names.iter().find(|name| word.starts_with(**name)) else { continue };
            let rest = word.get(name.len()..)?;
            let long = name.starts_with("--");
            let from = self.start + at;
            let value = match (rest.is_empty(), rest.starts_with('=')) {
                (true, _) => self.value_at(from + name.len(), false),
                (false, true) => self.value_at(from + name.len() + 1, false),
                (false, false) if !long => self.value_at(from + name.len(), false),
                (false, false) => None,
            };
            return Some((from..from + name.len(), value?));
        }
        None
    }

    /// `user:password`: the password.
    pub(super) fn after_colon(&self, option: Range<usize>, value: Range<usize>) -> Option<Assigned<'t>> {
        let colon = self.text.get(value.clone())?.find(':')?;
        self.plain(option, value.start + colon + 1..value.end)
    }

    pub(super) fn plain(&self, option: Range<usize>, value: Range<usize>) -> Option<Assigned<'t>> {
        let text = self.text.get(value.clone())?;
        let stand_in =
            ["password", "passwd", "pass", "secret", "token"].contains(&text.to_ascii_lowercase().as_str());
        let good = !is_expanded(text) && !stand_in && may_be_secret("password", text);
        good.then(|| Assigned {
            name: &self.text[option.clone()],
            whole: option.start.min(value.start)..value.end,
            value,
        })
    }

    /// The quoted text that follows a keyword, perhaps after an option.
    pub(super) fn quoted_after(&self, word: Range<usize>) -> Option<Assigned<'t>> {
        let rest = self.from(word.end);
        let at = rest.find(['"', '\''])?;
        let option = rest.get(..at)?.trim();
        if !(option.is_empty() || option == "\\" || option.eq_ignore_ascii_case("-string")) {
            return None;
        }
        let value = self.value_at(word.end + at, false)?;
        self.plain(word, value)
    }

    /// `net user NAME PASSWORD`.
    pub(super) fn third_after(&self, word: Range<usize>) -> Option<Assigned<'t>> {
        let mut words = words_of(self.from(word.end));
        let (_, user) = words.next()?;
        let (at, value) = words.next()?;
        if user.starts_with('/') || value.starts_with(['/', '*']) {
            return None;
        }
        let value = self.value_at(word.end + at, false)?;
        self.plain(word, value)
    }

    /// `htpasswd -b FILE USER PASSWORD`, and without the file where `-n` prints the line.
    pub(super) fn written_to_htpasswd(&self, word: Range<usize>) -> Option<Assigned<'t>> {
        let rest = self.from(word.end);
        let mut flags = String::new();
        let mut operands = Vec::new();
        let mut words = words_of(rest).peekable();
        while let Some((at, one)) = words.next() {
            match one.strip_prefix('-') {
                Some(letters) if operands.is_empty() => {
                    flags.push_str(letters);
                    // The cost of bcrypt and the rounds of SHA are words of their own.
                    if letters.ends_with(['C', 'r']) {
                        words.next();
                    }
                }
                _ => operands.push(at),
            }
        }
        let last = if flags.contains('n') { 1 } else { 2 };
        let at = *operands.get(last).filter(|_| flags.contains('b'))?;
        let value = self.value_at(word.end + at, false)?;
        self.plain(word, value)
    }

    /// `echo "user:password" | chpasswd`, `chpasswd <<< "user:password"`.
    pub(super) fn fed(&self, word: Range<usize>) -> Option<Assigned<'t>> {
        let before = self.before(word.start);
        let at = match before.rfind("echo ") {
            Some(echo) => {
                let text = before.get(echo + 5..)?;
                let skipped = text.len() - text.trim_start_matches("-n ").trim_start_matches("-e ").len();
                self.start + echo + 5 + skipped
            }
            None => word.end + self.from(word.end).find("<<<")? + 3,
        };
        let value = self.value_at(at, false)?;
        self.after_colon(word, value)
    }

    /// `Authorization: Bearer …`.
    pub(super) fn header(&self, word: Range<usize>) -> Option<Assigned<'t>> {
        let name = self.text.get(word.clone())?;
        let passed = ['"', '\'', '\\', ' '];
        let rest = self.from(word.end).trim_start_matches(passed);
        let rest = rest.strip_prefix([':', '=', ','])?.trim_start_matches(passed);
        let start = self.end - rest.len();
        let given = rest.split(['"', '\'', '\\', ';', ',', ')']).next()?;
        // The scheme and what follows it; a line may go on behind them.
        let value = credential_in_header(name, given).or_else(|| {
            let words = given.match_indices(char::is_whitespace).map(|(at, _)| at);
            words.take(2).find_map(|end| credential_in_header(name, given.get(..end)?))
        })?;
        let value = start + value.start..start + value.end;
        Some(Assigned { name, whole: word.start..value.end, value })
    }

    /// `name: Authorization` with the `value` beside it.
    pub(super) fn header_beside(&self, before: &str, word: Range<usize>) -> Option<Assigned<'t>> {
        let name = self.text.get(word.clone())?;
        let (line, at) = self.beside(before, word.end)?;
        let given = line.from(at).split(" #").next()?;
        let inner = given.trim_start_matches([' ', '\t', '"', '\'']);
        let start = at + given.len() - inner.len();
        let inner = inner.split(['"', '\'', ',', '}']).next()?;
        let value = credential_in_header(name, inner)?;
        let value = start + value.start..start + value.end;
        Some(Assigned { name, whole: word.start..value.end, value })
    }
}
