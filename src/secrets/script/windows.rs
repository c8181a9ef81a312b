//! What Windows' commands and PowerShell are given: by switches, by position, in calls.

use super::words::words_of;
use super::{Assigned, Line};
use std::ops::Range;

impl<'t> Line<'t> {
    /// What a word that says secret is given in a way of Windows.
    pub(super) fn windows(&self, word: &Range<usize>, name: &str) -> Option<Assigned<'t>> {
        let lower = name.to_ascii_lowercase();
        if lower.ends_with("securestring") {
            return self.secure_string(word.clone());
        }
        let at = match lower.as_str() {
            _ if self.is_switch(word, &lower) => word.end + 1,
            // ADSI's.
            "setpassword" | "user.setpassword" if self.from(word.end).starts_with('(') => word.end + 1,
            // The same by its name: `Invoke("SetPassword", "…")`.
            "setpassword" if self.before(word.start).to_ascii_lowercase().ends_with("invoke(\"") => {
                return self.argument(word.clone(), word.start - 1, 1);
            }
            _ if lower.ends_with("networkcredential") && self.from(word.end).starts_with('(') => {
                return self.argument(word.clone(), word.end + 1, 1);
            }
            "defaultpassword" => self.registered(word.end)?,
            _ => return None,
        };
        let value = self.value_at(at, false)?;
        self.plain(word.clone(), value)
    }

    /// `/password:…`, `/SAPWD="…"`.
    fn is_switch(&self, word: &Range<usize>, name: &str) -> bool {
        let says =
            ["pass", "pwd", "password", "passwordd", "passwordo"].iter().any(|end| name.ends_with(end));
        let before = self.before(word.start).strip_suffix('/');
        let starts = |before: &str| before.is_empty() || before.ends_with([' ', '\t', '"', '\'']);
        says && before.is_some_and(starts) && self.from(word.end).starts_with([':', '='])
    }

    /// `reg add … /v DefaultPassword /d …`, `Set-ItemProperty … -Name DefaultPassword -Value …`.
    fn registered(&self, from: usize) -> Option<usize> {
        let rest = self.command_from(from);
        let mut words = words_of(rest.from(from));
        let (at, option) =
            words.find(|(_, word)| word.eq_ignore_ascii_case("/d") || word.eq_ignore_ascii_case("-value"))?;
        Some(from + at + option.len())
    }

    /// `ConvertTo-SecureString "…" -AsPlainText`, in any order; `"…" | ConvertTo-SecureString -AsPlainText`.
    fn secure_string(&self, word: Range<usize>) -> Option<Assigned<'t>> {
        let command = self.command_from(word.end);
        let rest = command.from(word.end);
        if !rest.to_ascii_lowercase().contains("-asplaintext") {
            return None;
        }
        if let Some(before) = self.before(word.start).trim_end().strip_suffix('|') {
            let before = before.trim_end();
            let quote = before.chars().next_back().filter(|quote| matches!(quote, '"' | '\''))?;
            let inside = before.get(..before.len() - 1)?;
            let value = self.start + inside.rfind(quote)? + 1..self.start + inside.len();
            return self.plain(word, value);
        }
        let mut words = words_of(rest);
        let options = ["-asplaintext", "-force", "-string"];
        let (at, _) = words.find(|(_, one)| !options.contains(&one.to_ascii_lowercase().as_str()))?;
        let value = self.value_at(word.end + at, false)?;
        self.plain(word, value)
    }
}
