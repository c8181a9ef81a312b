//! `regex`, `regexall` and `replace`: RE2 as Go reads it, over the `regex` crate.

use super::frame::{Call, CallError, Needs, Spec, Takes, too_long, too_many};
use super::{MAX_ELEMENTS, MAX_TEXT};
use crate::model::{Entry, Object, Value};
use regex::{Captures, Regex, RegexBuilder};
use std::sync::Arc;

pub(super) const SPECS: &[Spec] = &[
    Spec::new("regex", &[Takes::Text, Takes::Text], first_match).needs(Needs::All),
    Spec::new("regexall", &[Takes::Text, Takes::Text], all_matches).uniform(),
    Spec::new("replace", &[Takes::Text, Takes::Text, Takes::Text], replace),
];

fn compile(pattern: &str, argument: usize) -> Result<Regex, CallError> {
    let refused = || CallError::at(argument, "invalid regular expression");
    let pattern = translate(pattern).ok_or_else(refused)?;
    RegexBuilder::new(&pattern).size_limit(4 << 20).build().map_err(|_| refused())
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
    let regex = compile(call.text(0), 0)?;
    check_groups(&regex)?;
    let captures = regex.captures(call.text(1));
    captures
        .map(|captures| result_of(&regex, &captures))
        .ok_or_else(|| CallError::new("pattern did not match any part of the given string"))
}

fn all_matches(call: &Call<'_>) -> Result<Value, CallError> {
    let regex = compile(call.text(0), 0)?;
    check_groups(&regex)?;
    let found: Vec<Value> = regex
        .captures_iter(call.text(1))
        .take(MAX_ELEMENTS + 1)
        .map(|captures| result_of(&regex, &captures))
        .collect();
    Ok(if found.len() > MAX_ELEMENTS { too_many(call.name) } else { Value::list(found) })
}

/// A pattern between slashes is a regular expression.
fn replace(call: &Call<'_>) -> Result<Value, CallError> {
    let (text, pattern, with) = (call.text(0), call.text(1), call.text(2));
    let inner = pattern.strip_prefix('/').and_then(|rest| rest.strip_suffix('/'));
    match inner {
        Some(inner) => {
            let regex = compile(inner, 1)?;
            Ok(replace_matches(&regex, text, with).map_or_else(|| too_long(call.name), Value::string))
        }
        None => {
            let added = text.matches(pattern).count().saturating_mul(with.len());
            if text.len().saturating_add(added) > MAX_TEXT.saturating_mul(2) {
                return Ok(too_long(call.name));
            }
            Ok(Value::string(text.replace(pattern, with)))
        }
    }
}

/// `None`: the result would be too long.
fn replace_matches(regex: &Regex, text: &str, with: &str) -> Option<String> {
    let mut out = String::new();
    let mut end = 0;
    for captures in regex.captures_iter(text) {
        let found = captures.get(0)?;
        out.push_str(&text[end..found.start()]);
        captures.expand(with, &mut out);
        end = found.end();
        if out.len() > MAX_TEXT {
            return None;
        }
    }
    out.push_str(&text[end..]);
    Some(out)
}
