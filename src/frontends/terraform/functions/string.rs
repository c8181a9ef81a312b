//! Texts.

use super::frame::{Call, CallError, Needs, Spec, Takes, too_long, too_many};
use super::pieces::Pieces;
use super::{MAX_ELEMENTS, MAX_TEXT};
use crate::model::{Part, Unknown, Value};
use unicode_segmentation::UnicodeSegmentation;

pub(super) const SPECS: &[Spec] = &[
    Spec::new("chomp", &[Takes::Text], |call| {
        trim_ends(call, |text| text, |text| text.trim_end_matches(['\r', '\n']))
    })
    .needs(Needs::Nothing),
    Spec::new("endswith", &[Takes::Text, Takes::Text], endswith).needs(Needs::Nothing),
    Spec::new("indent", &[Takes::Number, Takes::Text], indent).needs(Needs::Nothing),
    Spec::new("join", &[Takes::Text], join).rest(Takes::Texts).needs(Needs::Nothing),
    Spec::new("lower", &[Takes::Text], |call| Ok(each_part(call, 0, &lower))).needs(Needs::Nothing),
    Spec::new("split", &[Takes::Text, Takes::Text], split).uniform(),
    Spec::new("startswith", &[Takes::Text, Takes::Text], startswith).needs(Needs::Nothing),
    Spec::new("strcontains", &[Takes::Text, Takes::Text], strcontains).needs(Needs::Nothing),
    Spec::new("strrev", &[Takes::Text], |call| {
        Ok(Value::string(call.text(0).graphemes(true).rev().collect::<String>()))
    }),
    Spec::new("substr", &[Takes::Text, Takes::Number, Takes::Number], substr),
    Spec::new("title", &[Takes::Text], |call| Ok(Value::string(title(call.text(0))))),
    Spec::new("trim", &[Takes::Text, Takes::Text], trim),
    Spec::new("trimprefix", &[Takes::Text, Takes::Text], trimprefix),
    Spec::new("trimspace", &[Takes::Text], |call| trim_ends(call, trim_start, trim_end))
        .needs(Needs::Nothing),
    Spec::new("trimsuffix", &[Takes::Text, Takes::Text], trimsuffix),
    Spec::new("upper", &[Takes::Text], |call| Ok(each_part(call, 0, &upper))).needs(Needs::Nothing),
];

/// Unicode's simple case mapping: one character for one, as Go does it.
fn upper(text: &str) -> String {
    text.chars()
        .map(|c| {
            let mut mapped = c.to_uppercase();
            if mapped.len() == 1 { mapped.next().unwrap_or(c) } else { c }
        })
        .collect()
}

fn lower(text: &str) -> String {
    text.chars().map(|c| c.to_lowercase().next().unwrap_or(c)).collect()
}

/// The four digraphs have a form of their own for the start of a word.
fn title_case(c: char) -> String {
    match c {
        '\u{1c4}'..='\u{1c6}' => "\u{1c5}".to_owned(),
        '\u{1c7}'..='\u{1c9}' => "\u{1c8}".to_owned(),
        '\u{1ca}'..='\u{1cc}' => "\u{1cb}".to_owned(),
        '\u{1f1}'..='\u{1f3}' => "\u{1f2}".to_owned(),
        _ => upper(c.encode_utf8(&mut [0; 4])),
    }
}

/// Go's `strings.Title`: a letter is raised where no letter, digit or underscore stands before it.
fn title(text: &str) -> String {
    let mut before = ' ';
    let raise = |c: char| {
        let starts = if before.is_ascii() {
            !before.is_ascii_alphanumeric() && before != '_'
        } else {
            !before.is_alphanumeric() && before.is_whitespace()
        };
        before = c;
        if starts { title_case(c) } else { c.to_string() }
    };
    text.chars().map(raise).collect()
}

/// The text of an argument, known in part or wholly, with each part changed. For changes that look at no neighbours.
pub(super) fn each_part(call: &Call<'_>, at: usize, change: &dyn Fn(&str) -> String) -> Value {
    let arg = call.arg(at);
    match arg.as_unknown() {
        Some(unknown) => {
            let mut pieces = Pieces::default();
            pieces.unknown_parts(unknown, change);
            pieces.finish(call.name)
        }
        None => Value::string(change(call.text(at))),
    }
}

fn trim_ends(call: &Call<'_>, start: fn(&str) -> &str, end: fn(&str) -> &str) -> Result<Value, CallError> {
    let Some(unknown) = call.arg(0).as_unknown() else {
        return Ok(Value::string(end(start(call.text(0)))));
    };
    let mut pieces = Pieces::default();
    let last = unknown.parts.len().saturating_sub(1);
    if unknown.parts.is_empty() {
        pieces.unknown(&unknown.reason);
    }
    pieces.encoded.join(&unknown.encoded);
    for (at, part) in unknown.parts.iter().enumerate() {
        match part {
            Part::Text { text, origin } => {
                let text = if at == 0 { start(text) } else { text };
                pieces.text(if at == last { end(text) } else { text }, origin);
            }
            Part::Unknown(reason) => pieces.unknown(reason),
        }
    }
    Ok(pieces.finish(call.name))
}

fn trim_start(text: &str) -> &str {
    text.trim_start()
}

fn trim_end(text: &str) -> &str {
    text.trim_end()
}

/// The first of the arguments that is not known.
fn open(call: &Call<'_>) -> Value {
    let unknown = call.args.iter().find_map(Value::as_unknown);
    unknown.map_or_else(Value::null, |unknown| Value::unknown(unknown.reason.clone()))
}

fn parts_of(value: &Value) -> Option<&Unknown> {
    value.as_unknown().map(|unknown| &**unknown)
}

fn startswith(call: &Call<'_>) -> Result<Value, CallError> {
    let Some(prefix) = call.arg(1).as_str() else { return Ok(open(call)) };
    match parts_of(call.arg(0)) {
        None => Ok(Value::bool(call.text(0).starts_with(prefix))),
        Some(unknown) => Ok(match unknown.parts.first() {
            Some(Part::Text { text, .. }) if text.starts_with(prefix) => Value::bool(true),
            Some(Part::Text { text, .. }) if !prefix.starts_with(&**text) => Value::bool(false),
            Some(Part::Text { .. } | Part::Unknown(_)) | None => open(call),
        }),
    }
}

fn endswith(call: &Call<'_>) -> Result<Value, CallError> {
    let Some(suffix) = call.arg(1).as_str() else { return Ok(open(call)) };
    match parts_of(call.arg(0)) {
        None => Ok(Value::bool(call.text(0).ends_with(suffix))),
        Some(unknown) => Ok(match unknown.parts.last() {
            Some(Part::Text { text, .. }) if text.ends_with(suffix) => Value::bool(true),
            Some(Part::Text { text, .. }) if !suffix.ends_with(&**text) => Value::bool(false),
            Some(Part::Text { .. } | Part::Unknown(_)) | None => open(call),
        }),
    }
}

fn strcontains(call: &Call<'_>) -> Result<Value, CallError> {
    let Some(wanted) = call.arg(1).as_str() else { return Ok(open(call)) };
    match parts_of(call.arg(0)) {
        None => Ok(Value::bool(call.text(0).contains(wanted))),
        Some(unknown) => {
            let holds = |part: &Part| matches!(part, Part::Text { text, .. } if text.contains(wanted));
            Ok(if unknown.parts.iter().any(holds) { Value::bool(true) } else { open(call) })
        }
    }
}

fn indent(call: &Call<'_>) -> Result<Value, CallError> {
    if let Some(unknown) = call.arg(0).as_unknown() {
        return Ok(Value::unknown(unknown.reason.clone()));
    }
    let spaces = call.count(0)?;
    let breaks = match call.arg(1).as_unknown() {
        Some(unknown) => unknown.parts.iter().map(breaks_in).sum(),
        None => call.text(1).matches('\n').count(),
    };
    if spaces.saturating_mul(1 + breaks) > MAX_TEXT {
        return Ok(too_long(call.name));
    }
    let pad = format!("\n{}", " ".repeat(spaces));
    Ok(each_part(call, 1, &|text| text.replace('\n', &pad)))
}

fn breaks_in(part: &Part) -> usize {
    match part {
        Part::Text { text, .. } => text.matches('\n').count(),
        Part::Unknown(_) => 0,
    }
}

fn join(call: &Call<'_>) -> Result<Value, CallError> {
    if call.len() < 2 {
        return Err(CallError::new("at least one list is required"));
    }
    let separator = call.arg(0);
    let mut pieces = Pieces::default();
    let mut is_first = true;
    for at in 1..call.len() {
        if let Some(unknown) = call.arg(at).as_unknown() {
            if !is_first {
                pieces.value(separator);
            }
            pieces.unknown(&unknown.reason);
            is_first = false;
        }
        for item in call.items(at) {
            if !is_first {
                pieces.value(separator);
            }
            is_first = false;
            if !pieces.value(item) {
                return Err(CallError::at(at, "an element is null; a null value cannot be joined"));
            }
        }
    }
    Ok(pieces.finish(call.name))
}

fn split(call: &Call<'_>) -> Result<Value, CallError> {
    let (separator, text) = (call.text(0), call.text(1));
    if text.len() >= MAX_ELEMENTS && text.matches(separator).count() >= MAX_ELEMENTS {
        return Ok(too_many(call.name));
    }
    if separator.is_empty() {
        return Ok(Value::list(text.chars().map(|c| Value::string(c.to_string()))));
    }
    Ok(Value::list(text.split(separator).map(Value::string)))
}

/// Counts grapheme clusters; a negative offset counts from the end, a negative length means all that is left.
fn substr(call: &Call<'_>) -> Result<Value, CallError> {
    let (offset, length) = (call.integer(1)?, call.integer(2)?);
    let clusters: Vec<&str> = call.text(0).graphemes(true).collect();
    let total = i64::try_from(clusters.len()).unwrap_or(i64::MAX);
    let start = if offset < 0 { (total.saturating_add(offset)).max(0) } else { offset.min(total) };
    let end = if length < 0 { total } else { start.saturating_add(length).min(total) };
    let range = usize::try_from(start).unwrap_or(0)..usize::try_from(end).unwrap_or(0);
    Ok(Value::string(clusters.get(range).unwrap_or_default().concat()))
}

fn trim(call: &Call<'_>) -> Result<Value, CallError> {
    let cut = call.text(1);
    Ok(Value::string(call.text(0).trim_matches(|c| cut.contains(c))))
}

fn trimprefix(call: &Call<'_>) -> Result<Value, CallError> {
    let text = call.text(0);
    Ok(Value::string(text.strip_prefix(call.text(1)).unwrap_or(text)))
}

fn trimsuffix(call: &Call<'_>) -> Result<Value, CallError> {
    let text = call.text(0);
    Ok(Value::string(text.strip_suffix(call.text(1)).unwrap_or(text)))
}
