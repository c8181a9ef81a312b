//! Keeps secrets out of everything that is printed.

use super::{named, unescaped};
use crate::secrets;
use crate::source::{FileId, Site, SourceFile, Span};
use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use std::collections::BTreeMap;
use std::ops::Range;

/// A shorter form is not searched for: it would hide half of every text. Its own place is masked all the same.
pub const MIN_FORM: usize = 4;

/// A shorter form is looked for only where it stands alone, since it may be part of any word.
const MIN_PART: usize = 6;

/// Longer rows of letters are pass phrases.
const LONGEST_WORD: usize = 14;

/// Longer files are made by programs, and looked through by form alone.
const LONGEST_NAMED: usize = 1 << 20;

/// What stands for a secret outside of snippets.
const MASK: &str = "********";

/// Knows every secret of a run, and where literals stand that became part of one.
#[derive(Debug, Default)]
pub struct Redactor {
    forms: Option<AhoCorasick>,
    sites: BTreeMap<FileId, Vec<Span>>,
}

impl Redactor {
    /// `forms` are the texts that give a secret away: as it is, escaped, percent- and base64-encoded. `sites` are
    /// the places whose text went into a secret.
    #[must_use]
    pub fn new(forms: impl IntoIterator<Item = String>, sites: impl IntoIterator<Item = Site>) -> Self {
        let mut forms: Vec<_> = forms.into_iter().filter(|form| form.len() >= MIN_FORM).collect();
        forms.sort();
        forms.dedup();
        let mut by_file: BTreeMap<FileId, Vec<Span>> = BTreeMap::new();
        for site in sites {
            by_file.entry(site.file).or_default().push(site.span);
        }
        // The search fails to build only beyond 2 GiB of secrets. Nothing is printed then.
        let search = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            // Linear in the secrets; the default takes a hundred times their size when they are few.
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .build(&forms)
            .ok();
        Self { forms: search.filter(|_| !forms.is_empty()), sites: by_file }
    }

    /// The text of a file with every byte of a secret replaced by `*`. Length and lines stay, so spans hold.
    #[must_use]
    pub fn masked(&self, id: FileId, file: &SourceFile) -> String {
        let text = file.text();
        let mut masked = String::with_capacity(text.len());
        for range in self.hidden(id, file) {
            masked.push_str(text.get(masked.len()..range.start).unwrap_or(""));
            let secret = text.get(range).unwrap_or("").chars();
            masked.extend(
                secret.flat_map(|character| std::iter::repeat_n(starred(character), character.len_utf8())),
            );
        }
        masked.push_str(text.get(masked.len()..).unwrap_or(""));
        masked
    }

    /// Where a file holds secrets: in order, apart from each other, at borders of characters.
    pub(super) fn hidden(&self, id: FileId, file: &SourceFile) -> Vec<Range<usize>> {
        let text = file.text();
        let mut ranges = self.found_in(text);
        ranges.extend(in_urls(text));
        ranges.extend(by_form(text));
        ranges.extend(by_name(text));
        if text.len() <= LONGEST_NAMED {
            ranges.extend(named::behind_names(text));
        }
        ranges.extend(compared(text));
        ranges.extend(self.sites.get(&id).into_iter().flatten().map(|span| span.range()));
        merged(text, ranges)
    }

    /// A title, label, address or path without any form of a secret. A secret that is a mere word (`postgres`) does not
    /// make a secret of folders and resources of that name: names stand in the code, only keys in quotes are values.
    #[must_use]
    pub fn redact(&self, text: &str) -> String {
        self.redacted(text).unwrap_or_else(|| text.to_owned())
    }

    /// The same where anything is taken out; `None`: the text may be shown as it is.
    #[must_use]
    pub fn redacted(&self, text: &str) -> Option<String> {
        let mut found = self.found_in(text);
        found.retain(|range| !is_part_of_a_name(text, range));
        found.extend(in_urls(text));
        found.extend(by_form(text));
        found.extend(compared(text));
        found.extend(given(text));
        if found.is_empty() {
            return None;
        }
        let mut redacted = String::with_capacity(text.len());
        let mut at = 0;
        for range in merged(text, found) {
            redacted.push_str(text.get(at..range.start).unwrap_or(""));
            redacted.push_str(MASK);
            at = range.end;
        }
        redacted.push_str(text.get(at..).unwrap_or(""));
        Some(redacted)
    }

    fn found_in(&self, text: &str) -> Vec<Range<usize>> {
        let Some(forms) = &self.forms else { return Vec::new() };
        // Overlapping, since one secret may begin inside another.
        let search = |text: &[u8]| -> Vec<Range<usize>> {
            let found = forms.find_overlapping_iter(text).map(|found| found.range());
            found.filter(|range| range.len() >= MIN_PART || gives_away(text, range)).collect()
        };
        let mut ranges = search(text.as_bytes());
        ranges.extend(unescaped::find(text, forms.max_pattern_len(), search));
        ranges
    }
}

/// What is shown of each byte of a character of a secret.
pub(super) fn starred(character: char) -> char {
    if matches!(character, '\n' | '\r') { character } else { '*' }
}

/// Whether a match is a plain word, and not in quotes as a whole; or words that say secret, within a longer name:
/// `db_password` in `ssm_db_password`.
fn is_part_of_a_name(text: &str, range: &Range<usize>) -> bool {
    let word = text.get(range.clone()).unwrap_or("");
    // `Password` is what properties are called.
    let letters = word.strip_prefix(|c: char| c.is_ascii_uppercase()).unwrap_or(word);
    let is_word = word.len() <= LONGEST_WORD && letters.bytes().all(|byte| byte.is_ascii_lowercase());
    let plain = is_word && (letters.len() == word.len() || secrets::says_secret(word));
    let before = text.get(..range.start).unwrap_or("");
    let behind = text.get(range.end..).unwrap_or("");
    let goes_on = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'));
    let within = || goes_on(before.chars().next_back()) || goes_on(behind.chars().next());
    let quoted = || before.ends_with('"') && behind.trim_start_matches('\\').starts_with('"');
    plain && !quoted() || is_called(word) && within()
}

/// Longer names are pass phrases.
const LONGEST_NAME: usize = 24;

fn is_called(word: &str) -> bool {
    word.len() <= LONGEST_NAME
        && word.bytes().all(|byte| byte.is_ascii_lowercase() || matches!(byte, b'_' | b'-'))
        && secrets::says_secret(word)
}

/// What is a secret by its form, whether or not a policy looks at the place: a file that could not be read to its end, a
/// resource that is never made, code of a third party.
fn by_form(text: &str) -> Vec<Range<usize>> {
    let found = secrets::scan(text).into_iter().filter(|found| !found.example);
    found.map(|found| found.start..found.end).collect()
}

/// What stands behind a name that says secret, whether or not anything is made of it.
fn by_name(text: &str) -> Vec<Range<usize>> {
    if text.len() > LONGEST_NAMED {
        return Vec::new();
    }
    let value = |value: Range<usize>| {
        let written = text.get(value.clone()).unwrap_or("");
        // The end of the object that it stands in is none of it.
        let behind = match written.contains(['{', '[', '(']) {
            true => 0,
            false => written.len() - written.trim_end_matches(['}', ']', ')', ',']).len(),
        };
        value.start..value.end - behind
    };
    secrets::assigned(text).into_iter().map(|assigned| value(assigned.value)).collect()
}

/// What code compares a secret with: `var.password == "…"`.
fn compared(text: &str) -> Vec<Range<usize>> {
    let signs = ["==", "!="].into_iter();
    let places = signs.flat_map(|sign| memchr::memmem::find_iter(text.as_bytes(), sign));
    places.filter_map(|at| compared_at(text, at)).collect()
}

fn compared_at(text: &str, at: usize) -> Option<Range<usize>> {
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    let named = |name: &str| secrets::says_secret(name.rsplit('.').next().unwrap_or(name));
    let left = text.get(..at)?.trim_end();
    let right = text.get(at + 2..)?.trim_start();
    let start = text.len() - right.len();
    // Within a text in JSON the quotes are escaped.
    if let Some(inner) = right.trim_start_matches('\\').strip_prefix('"') {
        let name = left.get(left.trim_end_matches(is_name).len()..)?;
        let start = text.len() - inner.len();
        let length = inner.split(['"', '\n']).next().unwrap_or(inner).len();
        return named(name).then(|| start..start + length);
    }
    let inner = left.strip_suffix('"')?.trim_end_matches('\\');
    let name = text.get(start..start + right.len() - right.trim_start_matches(is_name).len())?;
    let length = inner.rsplit(['"', '\n']).next().unwrap_or(inner).len();
    named(name).then(|| inner.len() - length..inner.len())
}

/// What somebody gives a name that says secret: `password=…` as arguments have it, without spaces.
fn given(text: &str) -> Vec<Range<usize>> {
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    let given = |at: usize| {
        let (left, right) = (text.get(..at)?, text.get(at + 1..)?);
        let name = left.get(left.trim_end_matches(is_name).len()..)?;
        let ends = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '`' | '&' | '\\' | ')' | ']');
        let length = right.split(ends).next()?.trim_end_matches([':', ',', ';']).len();
        let is_given = length > 0 && !right.starts_with(['=', '$', '<', '{']);
        let says = secrets::says_secret(name.rsplit('.').next().unwrap_or(name));
        (is_given && says).then_some(at + 1..at + 1 + length)
    };
    memchr::memchr_iter(b'=', text.as_bytes()).filter_map(given).collect()
}

/// Passwords and tokens in the user's part of URLs, such as the source of a module: no policy need ask for them.
fn in_urls(text: &str) -> Vec<Range<usize>> {
    memchr::memmem::find_iter(text.as_bytes(), "://").filter_map(|at| in_url(text, at)).collect()
}

fn in_url(text: &str, at: usize) -> Option<Range<usize>> {
    let start = at + "://".len();
    let rest = text.get(start..)?;
    let ends =
        |c: char| c.is_whitespace() || matches!(c, '/' | '?' | '#' | '"' | '\'' | '`' | '\\' | '<' | '>');
    let authority = rest.split(ends).next()?;
    let (user, host) = authority.rsplit_once('@')?;
    let is_http = text.get(..at)?.ends_with("http") || text.get(..at)?.ends_with("https");
    let from = match user.find(':') {
        Some(colon) => colon + 1,
        // `https://TOKEN@host`; a name is no token.
        None if is_http && user.bytes().any(|byte| byte.is_ascii_digit()) => 0,
        None => return None,
    };
    let secret = user.get(from..)?;
    // What is put in later is none, nor is a digest a host.
    let is_none = secret.is_empty() || secret.contains(['$', '{', '}']) || host.starts_with("sha256:");
    (!is_none).then(|| start + from..start + user.len())
}

/// Whether a short form at this place is more than a piece of a word. One that is itself a word, in letters of one kind
/// or a number, counts only in quotes.
fn gives_away(text: &[u8], range: &Range<usize>) -> bool {
    let form = text.get(range.clone()).unwrap_or_default();
    let before = text.get(..range.start).unwrap_or_default();
    let behind = text.get(range.end..).unwrap_or_default();
    let after_escape = [b"\\n", b"\\t", b"\\r"].iter().any(|escape| before.ends_with(*escape));
    let alone = (after_escape || !before.last().is_some_and(u8::is_ascii_alphanumeric))
        && !behind.first().is_some_and(u8::is_ascii_alphanumeric);
    let all = |kind: fn(&u8) -> bool, part: &[u8]| part.iter().all(kind);
    let is_word = all(u8::is_ascii_lowercase, form.get(1..).unwrap_or_default())
        && form.first().is_some_and(u8::is_ascii_alphabetic)
        || all(u8::is_ascii_uppercase, form)
        || all(u8::is_ascii_digit, form);
    let in_quotes = before.ends_with(b"\"") && matches!(behind, [b'"', ..] | [b'\\', b'"', ..]);
    alone && (in_quotes || !is_word)
}

/// Sorted, apart from each other, inside the text and at borders of characters.
fn merged(text: &str, mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    for range in &mut ranges {
        range.end = range.end.min(text.len());
        range.start = range.start.min(range.end);
        while !text.is_char_boundary(range.start) {
            range.start -= 1;
        }
        while !text.is_char_boundary(range.end) {
            range.end += 1;
        }
    }
    ranges.sort_by_key(|range| (range.start, range.end));
    let mut result: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match result.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            Some(_) | None => result.push(range),
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;

    fn file(text: &str) -> SourceFile {
        SourceFile::new("a".to_owned(), "a".to_owned(), text.to_owned(), false)
    }

    #[test]
    fn spans_hold_in_a_masked_text() {
        let sources = Sources::default();
        let (id, file) = sources.add(file("a = \"hunter2hunter2\"\nb = \"ü\nx\" # hunter2hunter2"));
        let site = Site::new(id, Span::new(26, 30));
        let redactor = Redactor::new(["hunter2hunter2".to_owned()], [site]);
        let masked = redactor.masked(id, &file);
        assert_eq!(masked, "a = \"**************\"\nb = \"**\n*\" # **************");
        assert_eq!(masked.len(), file.text().len());
    }

    #[test]
    fn overlapping_secrets_leave_nothing() {
        let redactor = Redactor::new(["abcd3fgh".to_owned(), "3fghijkl".to_owned(), "shy".to_owned()], []);
        assert_eq!(redactor.redact("<abcd3fghijkl> shy <abcd3fgh>"), "<********> shy <********>");
    }

    #[test]
    fn credentials_in_urls_are_never_shown() {
        let redactor = Redactor::default();
        let secret = ["h9nter", "word"].concat();
        for (text, redacted) in [
            (
                format!("(git::https://bob:{secret}@git.acme.io/x.git?ref=a@b)"),
                "(git::https://bob:********@git.acme.io/x.git?ref=a@b)",
            ),
            (format!("https://{secret}@github.com/a/b"), "https://********@github.com/a/b"),
            ("git::ssh://git@github.com/a:b".to_owned(), "git::ssh://git@github.com/a:b"),
            (
                "postgres://a:${var.b}@c \"://\" https://d/e@f".to_owned(),
                "postgres://a:${var.b}@c \"://\" https://d/e@f",
            ),
        ] {
            assert_eq!(redactor.redact(&text), redacted);
        }
    }

    #[test]
    fn what_a_secret_is_compared_with_is_never_shown() {
        let redactor = Redactor::default();
        for (text, redacted) in [
            ("it depends on `var.password == \"hunter22\"`", "it depends on `var.password == \"********\"`"),
            ("\"hunter22\" != local.db.api_token ? 1 : 0", "\"********\" != local.db.api_token ? 1 : 0"),
            ("\\\"hunter22\\\" == var.password", "\\\"********\\\" == var.password"),
            ("var.stage == \"prod\" == x =", "var.stage == \"prod\" == x ="),
            ("==", "=="),
        ] {
            assert_eq!(redactor.redact(text), redacted);
        }
    }

    #[test]
    fn what_an_argument_gives_a_secret_is_never_shown() {
        for (text, shown) in [
            ("password=quiet7: no such file", "password=********: no such file"),
            ("unrecognized subcommand 'db.api_token=a=b'", "unrecognized subcommand 'db.api_token=********'"),
            ("`http_tokens=required`", "`http_tokens=required`"),
            ("a password == b, password = c, year=2024", "a password == b, password = c, year=2024"),
            ("--var password=<value>", "--var password=<value>"),
        ] {
            assert_eq!(Redactor::default().redact(text), shown);
        }
    }

    #[test]
    fn a_short_secret_is_found_where_it_stands_alone() {
        let redactor = Redactor::new(["h7Q2".to_owned(), "admin".to_owned(), "1234".to_owned()], []);
        for (text, redacted) in [
            ("a.b[\"h7Q2\"]", "a.b[\"********\"]"),
            ("S/h7Q2/Db # h7Q2", "S/********/Db # ********"),
            ("KEY\\nh7Q2\\n xh7Q2 %68%37Q2", "KEY\\n********\\n xh7Q2 ********"),
            ("aws.admin[\"admin\"] admins", "aws.admin[\"********\"] admins"),
            ("port 1234, \"1234\"", "port 1234, \"********\""),
        ] {
            assert_eq!(redactor.redact(text), redacted);
        }
    }

    #[test]
    fn a_secret_that_is_a_part_of_a_name_leaves_the_name_alone() {
        let redactor = Redactor::new(["db_password".to_owned(), "hunter_two".to_owned()], []);
        for (text, expected) in [
            ("default of variable `ssm_db_password`", "default of variable `ssm_db_password`"),
            ("default of variable `db_password`", "default of variable `********`"),
            ("x[\"db_password\"]", "x[\"********\"]"),
            ("variable `my_hunter_two`", "variable `my_********`"),
        ] {
            assert_eq!(redactor.redact(text), expected);
        }
    }

    #[test]
    fn a_secret_that_is_a_word_leaves_names_alone() {
        let redactor = Redactor::new(["postgres".to_owned()], []);
        for name in
            ["db/postgres/main.tf", "aws_db_instance.postgres", "secret in code: `password` of `x.postgres`"]
        {
            assert_eq!(redactor.redact(name), name);
        }
        assert_eq!(redactor.redact("aws_db_instance.a[\"postgres\"]"), "aws_db_instance.a[\"********\"]");
    }

    #[test]
    fn a_secret_that_is_escaped_in_part_is_found() {
        let redactor = Redactor::new(["Tr0ub4dor/Züri".to_owned()], []);
        for escaped in [
            "Tr0ub4dor%2fZüri",
            "\\u0054r0ub4dor/Z\\u00fcri",
            "Tr0ub4dor\\/Z%C3%BCri",
            "&#84;r0ub4dor&#x2F;Züri",
        ] {
            assert_eq!(
                redactor.redact(&format!("100% {escaped} & more")),
                "100% ******** & more",
                "{escaped}"
            );
        }
    }

    #[test]
    fn a_site_that_splits_a_character_masks_all_of_it() {
        let sources = Sources::default();
        let (id, file) = sources.add(file("xüy"));
        let redactor = Redactor::new([], [Site::new(id, Span::new(2, 2)), Site::new(id, Span::new(2, 99))]);
        assert_eq!(redactor.masked(id, &file), "x***");
    }

    proptest::proptest! {
        #[test]
        fn no_secret_survives(before in ".{0,20}", secret in "[a-zA-Z/+=ü]{5,39}[0-9]", after in ".{0,20}") {
            let text = format!("{before}{secret}{after}{secret}");
            let redactor = Redactor::new([secret.clone()], []);
            let sources = Sources::default();
            let (id, file) = sources.add(file(&text));
            let masked = redactor.masked(id, &file);
            proptest::prop_assert_eq!(masked.len(), text.len());
            proptest::prop_assert!(!masked.contains(&secret));
            proptest::prop_assert!(!redactor.redact(&text).contains(&secret));
        }
    }
}
