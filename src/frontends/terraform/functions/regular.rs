//! `regex`, `regexall` and `replace`: RE2 as Go reads it, over the `regex` crate.

use super::frame::{Call, CallError, Needs, Spec, Takes, limit, too_long, too_many};
use super::{MAX_ELEMENTS, MAX_TEXT};
use crate::model::{Entry, Object, Value};
use regex::{Captures, Error, Regex, RegexBuilder};
use std::sync::Arc;

pub(super) const SPECS: &[Spec] = &[
    Spec::new("regex", &[Takes::Text, Takes::Text], first_match).needs(Needs::All),
    Spec::new("regexall", &[Takes::Text, Takes::Text], all_matches).uniform(),
    Spec::new("replace", &[Takes::Text, Takes::Text, Takes::Text], replace),
];

/// A regular expression that takes more memory than this is not looked for.
const MAX_SIZE: usize = 1 << 20;
/// What making one takes, in steps: some ten thousand are a second's work.
const MAKING: u64 = 1_000;
/// Bytes that the matches of one call may look at. A match may have to read up to the end of the text to be sure, and
/// the next one all of it again.
const MAX_SEARCHED: usize = 1 << 30;
/// Of these a step is as many.
const SEARCHED: usize = 1_000;

/// Why there is no regular expression.
enum Without {
    Refused(CallError),
    TooLarge,
}

fn compile(call: &Call<'_>, pattern: &str, argument: usize) -> Result<Regex, Without> {
    call.spend(MAKING);
    let refused = || Without::Refused(CallError::at(argument, "invalid regular expression"));
    let pattern = translate(pattern).ok_or_else(refused)?;
    RegexBuilder::new(&pattern).size_limit(MAX_SIZE).build().map_err(|error| match error {
        Error::CompiledTooBig(_) => Without::TooLarge,
        _ => refused(),
    })
}

/// What becomes of a call whose pattern is `pattern`.
fn with_regex(
    call: &Call<'_>,
    (pattern, argument): (&str, usize),
    then: impl FnOnce(&Regex) -> Result<Value, CallError>,
) -> Result<Value, CallError> {
    match compile(call, pattern, argument) {
        Ok(regex) => then(&regex),
        Err(Without::Refused(error)) => Err(error),
        Err(Without::TooLarge) => Ok(limit("a regular expression that takes more than 1 MiB")),
    }
}

/// Each match in turn; `Err` where they would take too long.
fn each_match<'t>(
    call: &Call<'_>,
    regex: &Regex,
    text: &'t str,
    mut take: impl FnMut(&Captures<'t>) -> Option<()>,
) -> Result<(), Value> {
    let mut searched = 0_usize;
    for captures in regex.captures_iter(text) {
        let start = captures.get(0).map_or(0, |found| found.start());
        searched = searched.saturating_add(text.len() - start);
        if searched > MAX_SEARCHED {
            call.spend((searched / SEARCHED) as u64);
            return Err(limit(&format!("a text with too many matches in `{}`", call.name)));
        }
        if take(&captures).is_none() {
            break;
        }
    }
    call.spend((searched / SEARCHED) as u64);
    Ok(())
}

/// Go's `\d`, `\w`, `\s` and `\b` mean ASCII, `\Q…\E` quotes, and `[`, `&` and `{` stand for themselves in more places.
/// `None` for what Go refuses and the `regex` crate does not: `a**`, `a{1001}`.
fn translate(pattern: &str) -> Option<String> {
    let mut out = String::with_capacity(pattern.len() + 16);
    let mut rest = pattern;
    let mut class_depth = false;
    let mut quantifiers = Quantifiers::None;
    while let Some(c) = rest.chars().next() {
        let tail = &rest[c.len_utf8()..];
        quantifiers = quantifiers.after(c, tail, class_depth)?;
        let taken = match c {
            '\\' => translate_escape(tail, class_depth, &mut out),
            '[' if class_depth => {
                let end = tail.starts_with(':').then(|| tail.find(":]")).flatten();
                match end {
                    Some(end) => out.push_str(&rest[..end + 3]),
                    None => out.push_str("\\["),
                }
                end.map_or(0, |end| end + 2)
            }
            '[' => {
                class_depth = true;
                out.push('[');
                let negated = usize::from(tail.starts_with('^'));
                out.push_str(&tail[..negated]);
                // A bracket that comes first is a member of the class.
                let literal = tail[negated..].starts_with(']');
                out.push_str(if literal { "\\]" } else { "" });
                negated + usize::from(literal)
            }
            ']' if class_depth => {
                class_depth = false;
                out.push(']');
                0
            }
            '&' | '~' if class_depth => {
                out.push('\\');
                out.push(c);
                0
            }
            '{' if !class_depth && !is_repetition(tail) => {
                out.push_str("\\{");
                0
            }
            _ => {
                out.push(c);
                0
            }
        };
        rest = &tail[taken..];
    }
    Some(out)
}

/// Whether the text just read repeats what stands before it.
#[derive(Clone, Copy, PartialEq)]
enum Quantifiers {
    None,
    /// `*`, `+`, `?` or a count; a `?` may follow.
    One,
    /// That `?` too.
    Lazy,
    /// Behind a parenthesis with a question mark.
    Group,
    /// Inside a count, until its brace closes.
    Count,
}

impl Quantifiers {
    fn after(self, c: char, tail: &str, in_class: bool) -> Option<Self> {
        match (self, c) {
            (Self::Count, '}') => Some(Self::One),
            (Self::Count, _) => Some(Self::Count),
            (_, _) if in_class => Some(Self::None),
            // `(?` opens a group of a kind.
            (_, '(') if tail.starts_with('?') => Some(Self::Group),
            (Self::Group, _) => Some(Self::None),
            (Self::None, '*' | '+' | '?') => Some(Self::One),
            (Self::One, '?') => Some(Self::Lazy),
            (Self::One | Self::Lazy, '*' | '+' | '?') => None,
            (_, '{') if is_repetition(tail) => {
                let counts = tail.split('}').next()?.split(',');
                let small = counts
                    .filter(|count| !count.is_empty())
                    .all(|count| count.parse().is_ok_and(|n: u32| n <= 1000));
                (self == Self::None && small).then_some(Self::Count)
            }
            (_, _) => Some(Self::None),
        }
    }
}

/// `{` is a repetition only as `{2}`, `{2,}` or `{2,3}`.
fn is_repetition(tail: &str) -> bool {
    let Some((inner, _)) = tail.split_once('}') else { return false };
    let (low, high) = inner.split_once(',').unwrap_or((inner, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    !low.is_empty() && digits(low) && digits(high)
}

/// Writes what follows a backslash; how many bytes of it were taken.
fn translate_escape(tail: &str, in_class: bool, out: &mut String) -> usize {
    let Some(c) = tail.chars().next() else {
        out.push('\\');
        return 0;
    };
    match (c, in_class) {
        ('d', true) => out.push_str("0-9"),
        ('w', true) => out.push_str("0-9A-Za-z_"),
        ('s', true) => out.push_str("\\t\\n\\f\\r "),
        ('d', false) => out.push_str("[0-9]"),
        ('w', false) => out.push_str("[0-9A-Za-z_]"),
        ('s', false) => out.push_str("[\\t\\n\\f\\r ]"),
        ('D', _) => out.push_str("[^0-9]"),
        ('W', _) => out.push_str("[^0-9A-Za-z_]"),
        ('S', _) => out.push_str("[^\\t\\n\\f\\r ]"),
        ('b', false) => out.push_str("(?-u:\\b)"),
        ('<' | '>', _) => out.push(c),
        ('p' | 'P' | 'x', _) if tail[1..].starts_with('{') => {
            let end = tail.find('}').map_or(tail.len(), |end| end + 1);
            out.push('\\');
            out.push_str(&tail[..end]);
            return end;
        }
        ('Q', false) => {
            let quoted = &tail[1..];
            let end = quoted.find("\\E").unwrap_or(quoted.len());
            out.push_str(&regex::escape(&quoted[..end]));
            return 1 + (end + 2).min(quoted.len());
        }
        _ => {
            out.push('\\');
            out.push(c);
        }
    }
    c.len_utf8()
}

/// What a match yields: the whole text, a list of its groups, or an object of its named groups.
fn result_of(regex: &Regex, captures: &Captures<'_>) -> Value {
    let text = |at: usize| captures.get(at).map_or_else(Value::null, |found| Value::string(found.as_str()));
    if regex.captures_len() == 1 {
        return text(0);
    }
    let names = regex.capture_names().skip(1).enumerate();
    let entries: Vec<Entry> =
        names.filter_map(|(at, name)| Some(Entry::new(Arc::<str>::from(name?), text(at + 1)))).collect();
    if entries.is_empty() {
        return Value::list((1..regex.captures_len()).map(text));
    }
    Value::object(Object::new(entries))
}

/// Groups are all named or none is.
fn check_groups(regex: &Regex) -> Result<(), CallError> {
    let named = regex.capture_names().skip(1).flatten().count();
    if named != 0 && named != regex.captures_len() - 1 {
        return Err(CallError::at(0, "cannot mix both named and unnamed capture groups"));
    }
    Ok(())
}

fn first_match(call: &Call<'_>) -> Result<Value, CallError> {
    with_regex(call, (call.text(0), 0), |regex| {
        check_groups(regex)?;
        let captures = regex.captures(call.text(1));
        captures
            .map(|captures| result_of(regex, &captures))
            .ok_or_else(|| CallError::new("pattern did not match any part of the given string"))
    })
}

fn all_matches(call: &Call<'_>) -> Result<Value, CallError> {
    with_regex(call, (call.text(0), 0), |regex| {
        check_groups(regex)?;
        let mut found = Vec::new();
        let searched = each_match(call, regex, call.text(1), |captures| {
            found.push(result_of(regex, captures));
            (found.len() <= MAX_ELEMENTS).then_some(())
        });
        Ok(match searched {
            Err(limit) => limit,
            Ok(()) if found.len() > MAX_ELEMENTS => too_many(call.name),
            Ok(()) => Value::list(found),
        })
    })
}

/// A pattern between slashes is a regular expression.
fn replace(call: &Call<'_>) -> Result<Value, CallError> {
    let (text, pattern, with) = (call.text(0), call.text(1), call.text(2));
    let inner = pattern.strip_prefix('/').and_then(|rest| rest.strip_suffix('/'));
    match inner {
        Some(inner) => with_regex(call, (inner, 1), |regex| Ok(replace_matches(call, regex, text, with))),
        None => {
            let added = text.matches(pattern).count().saturating_mul(with.len());
            if text.len().saturating_add(added) > MAX_TEXT.saturating_mul(2) {
                return Ok(too_long(call.name));
            }
            Ok(Value::string(text.replace(pattern, with)))
        }
    }
}

fn replace_matches(call: &Call<'_>, regex: &Regex, text: &str, with: &str) -> Value {
    let mut out = String::new();
    let mut end = 0;
    let searched = each_match(call, regex, text, |captures| {
        let found = captures.get(0)?;
        out.push_str(&text[end..found.start()]);
        captures.expand(with, &mut out);
        end = found.end();
        (out.len() <= MAX_TEXT).then_some(())
    });
    match searched {
        Err(limit) => limit,
        Ok(()) if out.len() > MAX_TEXT => too_long(call.name),
        Ok(()) => {
            out.push_str(&text[end..]);
            Value::string(out)
        }
    }
}
