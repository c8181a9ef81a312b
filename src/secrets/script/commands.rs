//! Commands that are given a secret: as an option, before a pipe, behind a colon.

use super::words::{is_expanded, words_of};
use super::{Assigned, LINE, Line};
use crate::secrets::http::credential_in_header;
use crate::secrets::names::says_secret;
use crate::secrets::value::{is_named_secret, may_be_secret};
use memchr::memmem;
use std::ops::Range;

impl<'t> Line<'t> {
    /// The value of the first of these options on the line: `-u x`, `--user=x`, `-px`.
    pub(super) fn option(&self, names: &[&str]) -> Option<(Range<usize>, Range<usize>)> {
        self.option_within(self.start..self.end, names)
    }

    fn option_within(&self, part: Range<usize>, names: &[&str]) -> Option<(Range<usize>, Range<usize>)> {
        for (at, word) in words_of(self.text.get(part.clone())?) {
            let Some(name) = names.iter().find(|name| word.starts_with(**name)) else { continue };
            let rest = word.get(name.len()..)?;
            let long = name.starts_with("--");
            let from = part.start + at;
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
        self.after_sign(option, value, ':')
    }

    /// The same with another sign between the two.
    pub(super) fn after_sign(
        &self,
        option: Range<usize>,
        value: Range<usize>,
        sign: char,
    ) -> Option<Assigned<'t>> {
        let at = self.text.get(value.clone())?.find(sign)?;
        self.plain(option, value.start + at + sign.len_utf8()..value.end)
    }

    /// The line with those that go on with what it began.
    pub(super) fn continued(text: &'t str, hit: &Range<usize>) -> Self {
        let line = Self::around(text, hit.clone());
        Self { end: line.end_within(line.start + LINE), ..line }
    }

    /// Where the lines end that go on with what this one began; those that begin behind a place are left.
    fn end_within(&self, most: usize) -> usize {
        let mut end = self.end;
        while end < self.text.len().min(most) && self.text.get(..end).is_some_and(goes_on) {
            end = Self::around(self.text, end + 1..end + 1).end;
        }
        end
    }

    /// The whole of a command that takes several lines, of which this is one.
    pub(super) fn with_neighbours(&self) -> Option<Self> {
        let mut whole = Self { end: self.end_within(self.end + COMMAND), ..*self };
        let above = |start: usize| self.text.get(..start.checked_sub(1)?).filter(|above| goes_on(above));
        while self.start - whole.start < COMMAND
            && let Some(above) = above(whole.start)
        {
            whole.start = Self::around(self.text, above.len()..above.len()).start;
        }
        (whole.start < self.start || whole.end > self.end).then_some(whole)
    }

    /// The command that begins at a place, without what comes before it and after it.
    pub(super) fn command_from(&self, start: usize) -> Self {
        let behind = self.from(start);
        let end = ["&&", "||", ";", " & "].iter().filter_map(|sign| behind.find(sign)).min();
        Self { text: self.text, start, end: end.map_or(self.end, |end| start + end) }
    }

    /// The command that a program stands in, with all that is piped into it.
    pub(super) fn statement(&self, program: usize) -> Self {
        let before = self.before(program);
        let ends = ["&&", "||", ";"].iter().filter_map(|sign| Some(before.rfind(sign)? + sign.len()));
        Self { start: self.start + ends.max().unwrap_or(0), ..self.command_from(program) }
    }

    /// Whether a word is a command, perhaps of a path or with more letters (`mongosh`), and not a piece of something else.
    pub(super) fn is_run(&self, hit: &Range<usize>) -> bool {
        let free = |c: char| c.is_whitespace() || "/;&|(\"'`".contains(c);
        let before = self.before(hit.start).chars().next_back().is_none_or(free);
        let behind = self.from(hit.end).trim_start_matches(|c: char| c.is_ascii_alphanumeric());
        before && behind.starts_with([' ', '\t'])
    }

    /// `aws ssm put-parameter --name /db/password --value … --type SecureString`.
    pub(super) fn put_as_parameter(&self) -> Option<Assigned<'t>> {
        let line = self.from(self.start);
        let named = || {
            let (_, name) = self.option(&["--name"])?;
            Some(says_secret(self.text.get(name)?.rsplit('/').next()?))
        };
        if !line.contains("SecureString") && named() != Some(true) {
            return None;
        }
        let (option, value) = self.option(&["--value"])?;
        self.plain(option, value)
    }

    /// `echo PASSWORD | kinit USER`, `realm join … <<< PASSWORD`.
    pub(super) fn asked_for(&self, word: Range<usize>) -> Option<Assigned<'t>> {
        let at = match self.before(word.start).trim_end().ends_with('|') {
            true => self.printed(word.start)?,
            false => word.end + self.from(word.end).find("<<<")? + 3,
        };
        let value = self.value_at(at, false)?;
        self.plain(word, value)
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
        // `/add` may stand anywhere.
        let mut words = words_of(self.from(word.end)).filter(|(_, word)| !word.eq_ignore_ascii_case("/add"));
        let (_, user) = words.next()?;
        let (at, value) = words.next()?;
        if user.starts_with('/') || value.starts_with(['/', '*']) {
            return None;
        }
        let value = self.value_at(word.end + at, false)?;
        self.plain(word, value)
    }

    /// `net use Z: \\\\HOST\\SHARE PASSWORD /user:NAME`.
    pub(super) fn shared(&self, word: Range<usize>) -> Option<Assigned<'t>> {
        let rest = self.from(word.end);
        let is_place = |one: &str| one.starts_with('\\') || one.ends_with(':') || one == "*";
        let (at, value) = words_of(rest).find(|(_, one)| !is_place(one))?;
        let asks = rest.to_ascii_lowercase().contains("/user:");
        (asks && !value.starts_with('/')).then_some(())?;
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
        let at = match self.printed(word.start) {
            Some(at) => at,
            None => word.end + self.from(word.end).find("<<<")? + 3,
        };
        let value = self.value_at(at, false)?;
        self.after_colon(word, value)
    }

    /// Where the text begins that the last `echo` or `printf` before a place prints.
    fn printed(&self, upto: usize) -> Option<usize> {
        let before = self.before(upto);
        let ends = ["echo ", "printf "].iter().filter_map(|print| Some(before.rfind(print)? + print.len()));
        let end = ends.max()?;
        let text = before.get(end..)?;
        let bare = ["-n ", "-e ", "-ne ", "-en ", "-n "]
            .iter()
            .fold(text, |text, option| text.strip_prefix(option).unwrap_or(text));
        Some(self.start + end + text.len() - bare.len())
    }

    /// `$(echo UEFTU1dPUkQ= | base64 -d)`: what is decoded.
    pub(super) fn encoded(&self, at: usize) -> Option<Range<usize>> {
        let rest = self.from(at).trim_start_matches(['"', ' ', '\t']);
        let inner = rest.strip_prefix("$(").or_else(|| rest.strip_prefix('`'))?;
        let printed = inner.trim_start().strip_prefix("echo ")?.trim_start_matches("-n ");
        let text = printed.trim_start_matches(['"', '\'', '\\', ' ']);
        let is_digit = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '=');
        let end = text.find(|c| !is_digit(c))?;
        let behind = text.get(end..)?.trim_start_matches(['"', '\'', '\\', ' ']).strip_prefix('|')?;
        let mut words = behind.split_ascii_whitespace();
        let decodes = words.next()? == "base64"
            && ["-d", "-D", "-di", "--decode"]
                .contains(&words.next()?.trim_end_matches([')', '`', '"', ';']));
        let start = self.end - text.len();
        decodes.then_some(start..start + end)
    }

    /// `echo PASSWORD | passwd --stdin root`, `echo TOKEN | docker login --password-stdin`, `passwd --stdin root <<< …`,
    /// `openssl passwd -6 PASSWORD`.
    pub(super) fn piped(&self, word: Range<usize>) -> Option<Assigned<'t>> {
        let (before, behind) = (self.before(word.start), self.from(word.end));
        let fed = || behind.find("<<<").map(|at| word.end + at + 3);
        let from_pipe = || before.rfind('|').and_then(|pipe| before.get(pipe + 1..));
        let at = match self.text.get(word.clone())? {
            "passwd" if before.trim_end().ends_with("openssl") => {
                word.end + operand(behind, &["-salt", "-in"])?
            }
            "passwd" => match from_pipe() {
                Some(between) if is_command(between) => self.printed(word.start)?,
                _ => fed().filter(|_| behind.contains("--stdin"))?,
            },
            "--password-stdin" if from_pipe().is_some() => self.printed(word.start)?,
            "--password-stdin" => fed()?,
            _ => return None,
        };
        let value = self.value_at(at, false)?;
        // Twice, as it is asked for.
        let text = self.text.get(value.clone())?;
        let first =
            text.find("\\n").map_or(text, |line| text.get(..line).unwrap_or(text)).trim_end_matches('\\');
        self.plain(word, value.start..value.start + first.len())
    }

    /// `useradd -p PASSWORD`, where a hash is expected.
    pub(super) fn set_for_user(&self, word: Range<usize>) -> Option<Assigned<'t>> {
        let behind = self.from(word.end);
        let ends = [" && ", " || ", " | ", ";"].iter().filter_map(|sign| behind.find(sign)).min();
        let command = word.end..word.end + ends.unwrap_or(behind.len());
        let (option, value) = self.option_within(command, &["-p", "--password"])?;
        let text = self.text.get(value.clone())?;
        // crypt(3) of old.
        let is_crypt =
            text.len() == 13 && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'/'));
        (!is_crypt).then(|| self.plain(option, value))?
    }

    /// `vault login TOKEN`.
    pub(super) fn logged_in(&self, word: Range<usize>) -> Option<Assigned<'t>> {
        let at = operand(self.from(word.end), &[])?;
        let value = self.value_at(word.end + at, false)?;
        let text = self.text.get(value.clone())?;
        let is_token = text.contains(|c: char| c.is_ascii_digit()) && !text.contains('=');
        is_token.then(|| self.plain(word, value))?
    }

    /// `IDENTIFIED WITH mysql_native_password BY '…'`.
    pub(super) fn quoted_after_plugin(&self, word: Range<usize>) -> Option<Assigned<'t>> {
        let behind = self.from(word.end);
        let (plugin, rest) = behind.trim_start().split_once(char::is_whitespace)?;
        let rest = rest.trim_start();
        let by = rest.get(..2).filter(|by| by.eq_ignore_ascii_case("by"))?;
        let quoted = rest.get(by.len()..)?.trim_start();
        let usual = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '\'' | '"' | '`');
        let is_it = plugin.chars().all(usual) && quoted.starts_with(['"', '\'', '\\']);
        let value = is_it.then(|| self.value_at(self.end - quoted.len(), false))??;
        self.plain(word, value)
    }

    /// `sed "s/password=.*/password=PASSWORD/"`: what stands in place of what is found.
    pub(super) fn replaced(&self, word: Range<usize>) -> Option<Assigned<'t>> {
        let before = self.before(word.start);
        let sign = substitution(of_sed(before)?)?;
        let rest = self.from(word.end);
        let given = rest.trim_start_matches([' ', '\t', '"', '\'']);
        let given = given.strip_prefix(['=', ':'])?.trim_start_matches([' ', '\t', '"', '\'', '\\']);
        let mut escaped = false;
        let end = given.find(|c: char| {
            let ends = c == sign && !escaped;
            escaped = c == '\\' && !escaped;
            ends
        })?;
        let text = given.get(..end)?.trim_end_matches([' ', '"', '\'', '\\']);
        let start = self.end - given.len();
        let name = self.text.get(word.clone())?.trim_start_matches(['-', '.']);
        let good = !is_expanded(text) && !text.contains("\\1") && is_named_secret(name, text);
        good.then(|| Assigned {
            name,
            whole: word.end - name.len()..start + text.len(),
            value: start..start + text.len(),
        })
    }

    /// `sed "s/password_here/PASSWORD/"`: what stands in place of a mark that says what belongs there.
    pub(super) fn marked(&self, word: &Range<usize>) -> Option<Assigned<'t>> {
        let before = self.before(word.start);
        let (sign, opened) = pattern(of_sed(before)?)?;
        let (end, given) = self.from(word.end).split_once(sign)?;
        let text = given.split(sign).next()?;
        let name = self.text.get(word.clone())?;
        let around = |mark: &str| mark.chars().all(|c| "_@%<>{}#$[]\\^".contains(c));
        let is_mark = around(opened) && around(end);
        let is_marked =
            !opened.is_empty() || !end.is_empty() || name.ends_with("_here") || name.starts_with('_');
        let is_name = is_marked || !name.contains(|c: char| c.is_ascii_lowercase());
        let start = word.end + end.len() + sign.len_utf8();
        let good =
            is_mark && is_name && !is_expanded(text) && !text.contains('\\') && is_named_secret(name, text);
        good.then(|| Assigned {
            name,
            whole: word.start..start + text.len(),
            value: start..start + text.len(),
        })
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

/// Bytes of a command before a line and behind it that are looked at.
const COMMAND: usize = 1024;

/// Whether a command goes on in the next line.
fn goes_on(line: &str) -> bool {
    line.trim_end_matches('\r').ends_with(['\\', '|'])
}

/// Whether nothing but `sudo` and a path stands between a pipe and a command.
fn is_command(between: &str) -> bool {
    let path = |word: &str| word.starts_with('/') && word.ends_with('/');
    between.split_ascii_whitespace().all(|word| word == "sudo" || path(word))
}

/// Where the first word begins that is no option. `valued`: options with a word of their own.
fn operand(behind: &str, valued: &[&str]) -> Option<usize> {
    let mut words = words_of(behind);
    while let Some((at, word)) = words.next() {
        if valued.contains(&word) {
            words.next();
        } else if !word.starts_with('-') {
            return Some(at);
        }
    }
    None
}

/// From the last command `sed` on.
fn of_sed(before: &str) -> Option<&str> {
    let is_word = |at: &usize| !before[..*at].ends_with(|c: char| c.is_ascii_alphanumeric());
    let at = memmem::find_iter(before.as_bytes(), b"sed ").filter(is_word).last()?;
    before.get(at..)
}

/// The sign between the parts of the substitution of `sed` in whose first part a text ends, and what there is of that.
fn pattern(before: &str) -> Option<(char, &str)> {
    before.match_indices('s').rev().find_map(|(at, _)| {
        let opens = before.get(..at)?.ends_with(['"', '\'', ' ', ';', '{']);
        let rest = before.get(at + 1..)?;
        let sign = rest.chars().next().filter(|c| "/|#,@:~!+".contains(*c) && opens)?;
        let begun = rest.get(sign.len_utf8()..)?;
        (!begun.contains(sign)).then_some((sign, begun))
    })
}

/// The sign between the parts of the substitution of `sed` whose second part a text ends in.
fn substitution(before: &str) -> Option<char> {
    before.match_indices('s').rev().find_map(|(at, _)| {
        let opens = before.get(..at)?.ends_with(['"', '\'', ' ', ';', '{']);
        let mut rest = before.get(at + 1..)?.chars();
        let sign = rest.next().filter(|c| "/|#,@:~!+".contains(*c) && opens)?;
        let mut escaped = false;
        let more = rest.filter(|c| {
            let counts = *c == sign && !escaped;
            escaped = *c == '\\' && !escaped;
            counts
        });
        (more.count() == 1).then_some(sign)
    })
}
