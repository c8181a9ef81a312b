//! What scripts and settings give to names that say secret: `export DB_PASSWORD=…`, `$env:TOKEN = "…"`, `password: …`,
//! `aws configure set …`, `curl -u user:…`.
//!
//! Not a parser of any of these languages: one pass of a keyword automaton finds where a name may be, and what stands
//! around it says what it is given. What only refers (`$X`, `$(…)`, `${…}`) is no value.

mod arguments;
mod calls;
mod commands;
mod fallback;
mod inputs;
mod listed;
mod program;
mod windows;
mod words;
mod xml;

use super::names::says_secret;
use super::value::{is_generated, is_named_secret, may_name_key_material};
use aho_corasick::{AhoCorasick, AhoCorasickKind};
pub use arguments::{Argument, in_arguments};
pub use inputs::{may_hold_names, names_script, names_what_runs, only_speaks};
use memchr::{memchr, memrchr};
use program::Programs;
use std::cell::OnceCell;
use std::ops::Range;
use std::sync::LazyLock;
use words::{
    Separator, closing, is_expanded, is_free, is_identifier, split_separator, takes_next, word_around,
};

/// A value that a text gives to a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assigned<'t> {
    /// As people know it: `DB_PASSWORD`, `--password`, `curl -u`.
    pub name: &'t str,
    /// From the name to the end of the value: what tells this place from others with the same value.
    pub whole: Range<usize>,
    pub value: Range<usize>,
}

/// What a name that says secret has in it, or the command that is given one.
#[rustfmt::skip]
const WORDS: &[&str] = &[
    "pass", "pw", "psk", "secret", "token", "cred", "key", "auth", "curl", "wget", "identified by", "securestring", "docker login",
    "mysql", "redis-cli", "rabbitmqctl add_user", "rabbitmqctl change_", "ldapsearch", "ldapadd", "ldapmodify", "az login",
    "identified with", "vault login", "useradd", "usermod",
    "put-parameter", "mongo", "kinit", "realm join", "smbclient", "lftp", "sqlcmd", "createaccount(",
    "cqlsh", "psexec", "net use",
];

static AUTOMATON: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    let mut builder = AhoCorasick::builder();
    builder.ascii_case_insensitive(true).kind(Some(AhoCorasickKind::DFA)).build(WORDS).ok()
});

/// Longer lines are no person's.
const LINE: usize = 4096;

/// The secrets that a text gives to names, in order.
pub fn assigned(text: &str) -> Vec<Assigned<'_>> {
    let mut found: Vec<Assigned<'_>> = Vec::new();
    let Some(automaton) = AUTOMATON.as_ref() else { return found };
    let programs = OnceCell::new();
    let mut done = 0;
    // The command that several lines are of.
    let mut whole: Option<Line<'_>> = None;
    for hit in automaton.find_iter(text) {
        if hit.start() < done {
            continue;
        }
        let name = word_around(text, hit.range());
        done = name.end.max(hit.end());
        let line = Line::around(text, name.clone());
        if line.is_comment() {
            continue;
        }
        let is_literal =
            |one: &Assigned<'_>| !line.is_variable(one, programs.get_or_init(|| Programs::of(text)));
        let alone = line.named(name.clone()).filter(is_literal).or_else(|| line.command(text, hit.range()));
        let one = alone.or_else(|| {
            if !whole.as_ref().is_some_and(|whole| whole.start <= line.start && line.end <= whole.end) {
                whole = line.with_neighbours();
            }
            let whole = whole.as_ref()?;
            whole
                .statement(name.start)
                .program(name)
                .or_else(|| whole.command_from(hit.start()).command(text, hit.range()))
        });
        if let Some(one) = one
            && found.last().is_none_or(|last| last.value.end <= one.value.start)
        {
            done = done.max(one.value.end);
            found.push(one);
        }
    }
    for hashed in listed::without_passwords(text) {
        found.retain(|one| !hashed.contains(&one.value.start));
    }
    let named = found.len();
    for one in listed::listed(text).into_iter().chain(arguments::in_lists(text)) {
        let apart =
            |known: &Assigned<'_>| known.value.end <= one.value.start || one.value.end <= known.value.start;
        let at = found[..named].partition_point(|known| known.value.end <= one.value.start);
        if found.get(at).filter(|_| at < named).is_none_or(apart) {
            found.push(one);
        }
    }
    found.sort_by_key(|one| one.value.start);
    found
}

/// The line that a name stands in.
struct Line<'t> {
    text: &'t str,
    start: usize,
    end: usize,
}

impl<'t> Line<'t> {
    fn around(text: &'t str, name: Range<usize>) -> Self {
        let bytes = text.as_bytes();
        let first = name.start.saturating_sub(LINE);
        let last = text.len().min(name.end + LINE);
        let start = memrchr(b'\n', &bytes[first..name.start]).map_or(first, |at| first + at + 1);
        let end = memchr(b'\n', &bytes[name.end..last]).map_or(last, |at| name.end + at);
        let floor = |at: usize| (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        Self { text, start: floor(start), end: floor(end) }
    }

    fn before(&self, at: usize) -> &'t str {
        self.text.get(self.start..at).unwrap_or("")
    }

    fn from(&self, at: usize) -> &'t str {
        self.text.get(at..self.end).unwrap_or("")
    }

    /// Whether a name is given what a program's variable holds.
    fn is_variable(&self, one: &Assigned<'_>, programs: &Programs) -> bool {
        let is_quoted = self.before(one.value.start).ends_with(['"', '\'']);
        let name = one.whole.start..one.whole.start + one.name.len();
        !is_quoted && programs.is_variable(self.from(self.start), self.start, name, one.value.clone())
    }

    fn is_comment(&self) -> bool {
        let line = self.from(self.start).trim_start();
        ["#", "//", ";", "rem ", "REM ", "<!--", "::"].iter().any(|mark| line.starts_with(mark))
            && !line.starts_with("#{")
    }

    /// What a command is given by an option or behind a word: `curl -u user:…`, `net user NAME …`.
    fn command(&self, text: &'t str, hit: Range<usize>) -> Option<Assigned<'t>> {
        let joined = |(at, value): (Range<usize>, Range<usize>)| {
            let between = text.get(at.end..value.start)?;
            matches!(between, "" | "\"" | "'" | "\\\"" | "\\'").then_some((at, value))
        };
        match text.get(hit.clone())?.to_ascii_lowercase().as_str() {
            "curl" | "wget" => self
                .option(&["-u", "--user", "--proxy-user", "-U"])
                .and_then(|(at, value)| self.after_colon(at, value)),
            "mysql" => self.connected(hit).or_else(|| {
                self.option(&["-p"]).and_then(joined).and_then(|(at, value)| self.plain(at, value))
            }),
            "put-parameter" => Self::continued(text, &hit).put_as_parameter(),
            "mongo" | "cqlsh" | "psexec" if self.is_run(&hit) => {
                self.option(&["-p"]).and_then(|(at, value)| self.plain(at, value))
            }
            "sqlcmd" if self.is_run(&hit) => {
                self.option(&["-P"]).and_then(|(at, value)| self.plain(at, value))
            }
            "smbclient" => self.option(&["-U"]).and_then(|(at, value)| self.after_sign(at, value, '%')),
            "lftp" => self.option(&["-u"]).and_then(|(at, value)| {
                let behind = value.end + usize::from(self.from(value.end).starts_with(','));
                let open = (behind > value.end).then(|| self.value_at(behind, false)).flatten();
                open.map_or_else(
                    || self.after_sign(at.clone(), value, ','),
                    |value| self.plain(at.clone(), value),
                )
            }),
            "kinit" | "realm join" => self.asked_for(hit),
            "createaccount(" => self.argument(hit.start..hit.end - 1, hit.end, 1),
            "ldapsearch" | "ldapadd" | "ldapmodify" => {
                self.option(&["-w"]).and_then(|(at, value)| self.plain(at, value))
            }
            "docker login" | "az login" => self.option(&["-p"]).and_then(|(at, value)| self.plain(at, value)),
            "redis-cli" => self.option(&["-a"]).and_then(|(at, value)| self.plain(at, value)),
            "useradd" | "usermod" => self.set_for_user(hit),
            "vault login" => self.logged_in(hit),
            "identified by" => self.quoted_after(hit),
            "identified with" => self.quoted_after_plugin(hit),
            "rabbitmqctl add_user" => self.third_after(hit),
            "net use" if self.from(hit.end).starts_with('r') => self.third_after(hit.start..hit.end + 1),
            "net use" => self.shared(hit),
            "rabbitmqctl change_" => {
                let rest = self.from(hit.end).strip_prefix("password ")?;
                self.third_after(hit.start..self.end - rest.len())
            }
            _ => None,
        }
    }

    /// `NAME=…`, `NAME: …`, `--name …`, `"NAME", "…"`, `aws configure set NAME …`.
    fn named(&self, word: Range<usize>) -> Option<Assigned<'t>> {
        let raw = self.text.get(word.clone())?;
        let name = raw.trim_start_matches(['-', '.']);
        let start = word.end - name.len();
        let dashes = raw.len() - name.len();
        let before = self.before(word.start);
        // What `sshpass -e` reads.
        if name == "SSHPASS" && self.from(word.end).starts_with('=') {
            let value = self.value_at(word.end + 1, false)?;
            return self.plain(word, value);
        }
        if is_program(name) {
            return self.program(word);
        }
        let given = self.piped(word.clone()).or_else(|| self.replaced(word.clone()));
        if let Some(given) = given
            .or_else(|| self.marked(&word))
            .or_else(|| self.fallback(&word))
            .or_else(|| self.element(&word))
        {
            return Some(given);
        }
        // OpenSSL's `-passout pass:…`.
        let option = || ["-passout ", "-passin ", "-pass "].iter().any(|option| before.ends_with(option));
        if name == "pass" && option() && self.from(word.end).starts_with(':') {
            let value = self.value_at(word.end + 1, false)?;
            return self.plain(word, value);
        }
        if name.eq_ignore_ascii_case("authorization") || name.eq_ignore_ascii_case("proxy-authorization") {
            return self.header(word.clone()).or_else(|| self.header_beside(before, word));
        }
        if let Some(given) = self.windows(&word, name) {
            return Some(given);
        }
        let says = says_secret(name) || may_name_key_material(name);
        if name.len() > 80 || !says || !is_free(before, self.from(word.end)) {
            return None;
        }
        let value = match self.pair(before, word.end).or_else(|| self.defined(before, word.end)) {
            Some(value) => value,
            None => self.value_of(before, word.end, dashes)?,
        };
        let text = self.text.get(value.clone())?;
        is_named_secret(name, text).then(|| Assigned {
            name: &self.text[start..word.end],
            whole: start..value.end,
            value,
        })
    }

    /// Programs whose names are hits by themselves: what they are given, by an option or from a pipe.
    fn program(&self, word: Range<usize>) -> Option<Assigned<'t>> {
        match self.text.get(word.clone())?.trim_start_matches(['-', '.']).to_ascii_lowercase().as_str() {
            "chpasswd" => self.fed(word),
            "htpasswd" => self.written_to_htpasswd(word),
            "sshpass" => {
                let (at, value) = self.command_from(word.start).option(&["-p"])?;
                self.plain(at, value)
            }
            _ => self.piped(word),
        }
    }

    /// Of `name: DB_PASSWORD` the `value` that stands beside it, or on the next line: where it begins, on its line.
    fn beside(&self, before: &str, at: usize) -> Option<(Self, usize)> {
        let key = before.trim_end_matches(['"', '\'', ' ']).strip_suffix(':')?.trim_end_matches(['"', '\'']);
        let last = key.rsplit(|c: char| !c.is_ascii_alphanumeric()).next()?;
        if !["name", "key", "optionname"].contains(&last.to_ascii_lowercase().as_str()) {
            return None;
        }
        let rest = self.text.get(at..)?;
        let key = rest.trim_start_matches(['"', '\'', ',', ' ', '\t', '\r', '\n']);
        let from = self.text.len() - key.len();
        let word = key.get(.."value".len()).filter(|word| word.eq_ignore_ascii_case("value"))?;
        let after = from + word.len();
        let line = Self::around(self.text, from..after);
        let given = line.from(after).trim_start_matches(['"', '\'', ' ']).strip_prefix(':')?;
        let start = line.end - given.len();
        Some((line, start))
    }

    fn pair(&self, before: &str, at: usize) -> Option<Range<usize>> {
        let (line, start) = self.beside(before, at)?;
        line.value_at(start, true)
    }

    /// Where the value stands that a name which ends at `at` is given.
    fn value_of(&self, before: &str, name_end: usize, dashes: usize) -> Option<Range<usize>> {
        let rest = self.from(name_end);
        let unquoted = rest.trim_start_matches(['\\', '"', '\'', ']']);
        let quoted_name = unquoted.len() < rest.len();
        let spaced = unquoted.trim_start_matches([' ', '\t']);
        let gap = unquoted.len() > spaced.len();
        let (separator, after) = split_separator(spaced, quoted_name);
        let at = self.end - after.len();
        match separator {
            Some(Separator::Equals) => {
                self.value_at(at, gap || after.starts_with(' ')).or_else(|| self.encoded(at))
            }
            Some(Separator::Colon) if self.refers_by_section(before) => None,
            Some(Separator::Colon) => self.value_at(at, true),
            Some(Separator::Comma)
                if before.trim_end_matches(['"', '\'']).ends_with("SetEnvironmentVariable(") =>
            {
                self.value_at(at, false)
            }
            Some(Separator::Comma) => None,
            None => {
                let command = ["configure set ", "setx ", "setx /M ", "setx /m ", "setenv ", "config set "];
                let set = command.iter().any(|start| before.ends_with(start))
                    || self.profile_set(before)
                    || takes_next(self.before(name_end), before, after);
                // `keytool -storepass …`, PowerShell's `-Password …`: words have one dash there.
                let option = (dashes == 2 || dashes == 1 && before.ends_with(' ')) && !after.starts_with('-');
                (gap && !quoted_name && (set || option)).then(|| self.value_at(at, false))?
            }
        }
    }

    /// `aws configure set profile.x.`, `npm config set //registry.npmjs.org/:`, `git config --global github.`.
    fn profile_set(&self, before: &str) -> bool {
        let sets = ["configure set ", "config set ", "git config "];
        let between = sets.iter().find_map(|set| Some(before.rsplit_once(set)?.1));
        between.is_some_and(|between| match between.rsplit_once(' ') {
            Some((options, _)) => options.split(' ').all(|option| option.starts_with("--")),
            None => true,
        })
    }

    /// The value that begins after spaces at `at`: in quotes, or up to what ends a word. `whole`: up to the end of
    /// the line.
    fn value_at(&self, at: usize, whole: bool) -> Option<Range<usize>> {
        match self.next_line(at).filter(|_| !whole) {
            Some(next) => Self::around(self.text, next..next).value_in_line(next, whole),
            None => self.value_in_line(at, whole),
        }
    }

    /// Where the next line begins, if a shell goes on there: behind a word stands but a backslash.
    fn next_line(&self, at: usize) -> Option<usize> {
        let (before, rest) = (self.before(at), self.text.get(at..)?);
        let behind = rest.trim_start_matches([' ', '\t']).strip_prefix('\\')?;
        let next = behind.strip_prefix('\n').or_else(|| behind.strip_prefix("\r\n"))?;
        let is_apart = before.ends_with([' ', '\t']) || rest.starts_with([' ', '\t']);
        is_apart.then(|| self.text.len() - next.len())
    }

    fn value_in_line(&self, at: usize, whole: bool) -> Option<Range<usize>> {
        let rest = self.from(at);
        let trimmed = rest.trim_start_matches([' ', '\t']);
        let mut start = self.end - trimmed.len();
        let mut inner = trimmed;
        // PowerShell's `[string]"…"`, C#'s `@"…"`, Python's `r"…"`.
        for mark in ["@", "[string]", "r", "b", "u", "f"] {
            if let Some(after) = inner.strip_prefix(mark)
                && after.starts_with(['"', '\''])
            {
                start += mark.len();
                inner = after;
                break;
            }
        }
        let escaped = inner.strip_prefix('\\').filter(|after| after.starts_with(['"', '\'']));
        let (open, slashes) = match (escaped, inner.chars().next()?) {
            (Some(after), _) => (after.chars().next(), 1),
            (None, quote @ ('"' | '\'')) => (Some(quote), 0),
            (None, _) => (None, 0),
        };
        if let Some(quote) = open {
            let from = start + slashes + 1;
            let end = match slashes {
                0 => self.word_end(from, closing(self.from(from), quote)?),
                _ => self.from(from).find(&format!("\\{quote}"))?,
            };
            // `"a"+b`, `"a"$b`: but a part of the value.
            let behind = self.from(from + end + slashes + 1);
            let goes_on = behind.starts_with(|c: char| c.is_alphanumeric() || c == '$');
            let value = self.text.get(from..from + end)?;
            let open = quote == '"' && is_expanded(value);
            return (!goes_on && !open && !value.is_empty()).then_some(from..from + end);
        }
        let stops = |c: char| c.is_whitespace() || ";&|),\"'<>\\".contains(c);
        let end = inner.find(stops).unwrap_or(inner.len());
        let end = self.flow_end(start, inner.get(..end)?).unwrap_or(end);
        let value = inner.get(..end)?;
        let behind = inner.get(end..)?;
        // Prose, a condition, a call or what a shell makes of more than the word.
        let rest_of_line = behind
            .split(" #")
            .next()
            .unwrap_or_default()
            .trim_matches([' ', '\t', '\r', ';', ',', '"', '\'', '}', ']']);
        let prose = whole
            && !rest_of_line.is_empty()
            && !behind.starts_with(['\\', '"', '\'', ';', ',', '&', '|', ')', '<', '>', '}', ']']);
        let broken = behind.starts_with(['"', '\'']) && value.is_empty();
        let code = value.contains(['(', '['])
            || value.starts_with(['$', '%', '!', '*', '&', '|', '>', '@', '-', '~', '=']);
        // What a machine made may have dots, as web tokens do.
        let dotted =
            value.contains('.') && value.split('.').all(is_identifier) && !value.split('.').any(is_generated);
        (!prose && !broken && !code && !dotted && !is_expanded(value)).then_some(start..start + end)
    }

    /// Where a word ends of which a piece in quotes ends at `end` behind `from`: shells join `'a'"b"` and `'a'\''b'`.
    fn word_end(&self, from: usize, mut end: usize) -> usize {
        loop {
            let behind = self.from(from + end + 1);
            let gap = if behind.starts_with("\\''") { 2 } else { 0 };
            let Some(quote) =
                behind.get(gap..).and_then(|rest| rest.chars().next()).filter(|c| ['"', '\''].contains(c))
            else {
                return end;
            };
            let inner = self.from(from + end + 1 + gap + 1);
            // It may as well close what the whole stands in.
            let is_inside = self.before(from.saturating_sub(1)).matches(quote).count() % 2 == 1;
            let piece = closing(inner, quote)
                .filter(|_| !is_inside)
                .filter(|at| !inner.get(..*at).is_some_and(is_expanded));
            let Some(length) = piece.filter(|length| *length > 0) else { return end };
            end += 1 + gap + 1 + length;
        }
    }

    /// Where a value ends that stands last in `{…}` or `[…]` of YAML: at the bracket that was opened on its line.
    fn flow_end(&self, start: usize, value: &str) -> Option<usize> {
        let before = self.before(start);
        [('{', '}'), ('[', ']')].into_iter().find_map(|(open, close)| {
            let end = value.find(close)?;
            let is_inner = value.get(..end)?.contains(open);
            (!is_inner && before.matches(open).count() > before.matches(close).count()).then_some(end)
        })
    }

    /// `secrets-manager:` of a build specification, `valueFrom`, `secretKeyRef`: below these stand names of secrets.
    fn refers_by_section(&self, before: &str) -> bool {
        let indent = before.len() - before.trim_start_matches([' ', '\t']).len();
        let own = before.trim_matches([' ', '\t', '-', '"', '\'']);
        if !own.is_empty() {
            return false;
        }
        let above = self.text.get(..self.start).unwrap_or("");
        let mut indent = indent;
        for line in above.lines().rev().take(400) {
            let bare = line.trim_start_matches([' ', '\t']);
            let depth = line.len() - bare.len();
            if bare.trim().is_empty() || depth >= indent {
                continue;
            }
            indent = depth;
            let key = bare
                .trim_start_matches("- ")
                .trim_matches(['"', '\'', ' ', '\r', ':', '{'])
                .to_ascii_lowercase();
            if ["secrets-manager", "parameter-store", "secretkeyref", "valuefrom", "secrets"]
                .contains(&key.as_str())
            {
                return true;
            }
            if depth == 0 {
                break;
            }
        }
        false
    }
}

fn is_program(name: &str) -> bool {
    ["chpasswd", "htpasswd", "sshpass"].iter().any(|program| name.eq_ignore_ascii_case(program))
}

#[cfg(test)]
mod tests;
