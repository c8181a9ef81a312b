//! `format` and `formatlist`: the verbs of cty, <https://developer.hashicorp.com/terraform/language/functions/format>.

use super::digits::{float, integer, shortest};
use super::frame::{Call, CallError, Needs, Spec, Takes, too_long, too_many};
use super::inside::first_unknown;
use super::pieces::Pieces;
use super::{MAX_ELEMENTS, MAX_TEXT, json};
use crate::frontends::terraform::convert;
use crate::model::{Kind, Number, Origin, Reason, Value};
use unicode_segmentation::UnicodeSegmentation;

const fn spec(name: &'static str, run: super::frame::Run) -> Spec {
    Spec::new(name, &[Takes::Text], run).rest(Takes::Nullable).needs(Needs::Nothing)
}

pub(super) const SPECS: &[Spec] = &[
    spec("format", |call| {
        let args: Vec<&Value> = call.args.iter().skip(1).collect();
        format(call.arg(0), &args, call.name)
    }),
    spec("formatlist", formatlist).uniform(),
];

#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Verb {
    pub mode: char,
    /// From 1.
    argument: usize,
    pub zero: bool,
    pub sharp: bool,
    pub plus: bool,
    pub minus: bool,
    pub space: bool,
    pub width: Option<usize>,
    pub precision: Option<usize>,
}

/// A verb and how much text it took, after its percent sign.
fn parse_verb(text: &str, next: usize) -> Option<(Verb, usize)> {
    let mut verb = Verb { argument: next, ..Verb::default() };
    let mut rest = text;
    loop {
        match rest.chars().next()? {
            '0' => verb.zero = true,
            '#' => verb.sharp = true,
            '-' => verb.minus = true,
            '+' => verb.plus = true,
            ' ' => verb.space = true,
            _ => break,
        }
        rest = &rest[1..];
    }
    let number = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let index = |rest: &mut &str, verb: &mut Verb| -> Option<()> {
        if let Some(inner) = rest.strip_prefix('[') {
            let (digits, after) = inner.split_once(']')?;
            verb.argument = digits.parse().ok().filter(|at| *at > 0)?;
            *rest = after;
        }
        Some(())
    };
    index(&mut rest, &mut verb)?;
    let digits = number(rest);
    if digits > 0 {
        verb.width = Some(rest[..digits].parse().ok()?);
        rest = &rest[digits..];
    }
    if let Some(after) = rest.strip_prefix('.') {
        let digits = number(after);
        verb.precision = Some(if digits == 0 { 0 } else { after[..digits].parse().ok()? });
        rest = &after[digits..];
    }
    index(&mut rest, &mut verb)?;
    verb.mode = rest.chars().next().filter(char::is_ascii_alphabetic)?;
    Some((verb, text.len() - rest.len() + 1))
}

fn format(template: &Value, args: &[&Value], name: &str) -> Result<Value, CallError> {
    let Some(mut rest) = template.as_str() else {
        let reason = template.as_unknown().map(|unknown| unknown.reason.clone());
        return Ok(reason.map_or_else(Value::null, Value::unknown));
    };
    let mut pieces = Pieces::default();
    let (mut next, mut highest) = (1, 0);
    while let Some((before, after)) = rest.split_once('%') {
        pieces.text(before, &template.origin);
        if let Some(after) = after.strip_prefix('%') {
            pieces.text("%", &template.origin);
            rest = after;
            continue;
        }
        let (verb, taken) =
            parse_verb(after, next).ok_or_else(|| CallError::at(0, "unrecognized format character"))?;
        let arg = args.get(verb.argument - 1).ok_or_else(|| {
            CallError::at(0, format!("not enough arguments: need {} but have {}", verb.argument, args.len()))
        })?;
        append(&verb, arg, &mut pieces)?;
        highest = highest.max(verb.argument);
        next = verb.argument + 1;
        rest = &after[taken..];
    }
    pieces.text(rest, &template.origin);
    if highest < args.len() {
        return Err(CallError::at(highest + 1, "too many arguments; not all are used in the format string"));
    }
    Ok(pieces.finish(name))
}

fn append(verb: &Verb, arg: &Value, pieces: &mut Pieces) -> Result<(), CallError> {
    if verb.width.is_some_and(|width| width > MAX_TEXT) || verb.precision.is_some_and(|wide| wide > MAX_TEXT)
    {
        pieces.unknown(&Reason::Limit { what: "a width of more than 16 MiB in `format`".into() });
        return Ok(());
    }
    if let Some(unknown) = first_unknown(arg) {
        let plain = verb.width.is_none() && verb.precision.is_none() && !verb.sharp;
        match (verb.mode, arg.as_unknown()) {
            ('s' | 'v', Some(unknown)) if plain => pieces.unknown_parts(unknown, str::to_owned),
            ('v', None) if plain => {
                let encoded = json::encode(arg);
                pieces.value(&encoded);
            }
            _ => pieces.unknown(&unknown.reason),
        }
        return Ok(());
    }
    let refused =
        |message: String| CallError::new(format!("unsupported value for %{}: {message}", verb.mode));
    if arg.is_null() && verb.mode != 'v' {
        return Err(refused("null value cannot be formatted".to_owned()));
    }
    let text = match verb.mode {
        'v' => as_is(verb, arg),
        't' => convert::to_bool(arg).map_err(refused)?.to_text().unwrap_or_default().to_string(),
        'b' | 'd' | 'o' | 'x' | 'X' => integer(verb, &numeric(arg).map_err(refused)?)
            .ok_or_else(|| refused("an integer is required".to_owned()))?,
        'e' | 'E' | 'f' | 'g' | 'G' => float(verb, &numeric(arg).map_err(refused)?),
        's' | 'q' => text(verb, &convert::to_string(arg).map_err(refused)?),
        _ => return Err(refused("unsupported format verb".to_owned())),
    };
    pieces.text(&text, &arg.origin);
    Ok(())
}

fn numeric(arg: &Value) -> Result<Number, String> {
    match convert::to_number(arg)?.kind {
        Kind::Number(number) => Ok(number),
        Kind::Null
        | Kind::Bool(_)
        | Kind::String(_)
        | Kind::List(_)
        | Kind::Object(_)
        | Kind::Choice(_)
        | Kind::Unknown(_) => Err("a number is required".to_owned()),
    }
}

fn as_is(verb: &Verb, arg: &Value) -> String {
    let text = match &arg.kind {
        Kind::String(text) if !verb.sharp => text.to_string(),
        Kind::Number(number) if !verb.sharp => shortest(number),
        Kind::Null
        | Kind::Bool(_)
        | Kind::Number(_)
        | Kind::String(_)
        | Kind::List(_)
        | Kind::Object(_)
        | Kind::Choice(_)
        | Kind::Unknown(_) => json::encode(arg).as_str().unwrap_or_default().to_owned(),
    };
    pad(verb, text)
}

fn text(verb: &Verb, arg: &Value) -> String {
    let text = arg.as_str().unwrap_or_default();
    let text: String = match verb.precision {
        Some(wanted) if wanted > 0 => text.graphemes(true).take(wanted).collect(),
        Some(_) | None => text.to_owned(),
    };
    if verb.mode == 'q' {
        let quoted =
            json::encode(&Value { kind: Kind::String(text.into()), origin: Origin::None, ..arg.clone() });
        return pad(verb, quoted.as_str().unwrap_or_default().to_owned());
    }
    pad(verb, text)
}

/// To the width in grapheme clusters.
fn pad(verb: &Verb, text: String) -> String {
    let Some(width) = verb.width else { return text };
    let missing = width.saturating_sub(text.graphemes(true).count());
    let fill = if verb.zero { "0" } else { " " }.repeat(missing);
    if verb.minus { text + &fill } else { fill + &text }
}

/// Lists are walked side by side; everything else is repeated.
fn formatlist(call: &Call<'_>) -> Result<Value, CallError> {
    let args = &call.args[1..];
    let mut length = None;
    for (at, arg) in args.iter().enumerate() {
        let Some(items) = arg.as_list() else { continue };
        if let Some(reason) = convert::several(items) {
            return Ok(Value::unknown(reason));
        }
        if length.is_some_and(|length| length != items.len()) {
            return Err(CallError::at(at + 1, "the lists have different lengths"));
        }
        length = Some(items.len());
    }
    if length.is_none()
        && let Some(unknown) = args.iter().find_map(Value::as_unknown)
        && unknown.parts.is_empty()
    {
        // It may itself be a list.
        return Ok(Value::unknown(unknown.reason.clone()));
    }
    let length = length.unwrap_or(1);
    if length > MAX_ELEMENTS {
        return Ok(too_many(call.name));
    }
    let row = |at: usize| {
        let args: Vec<&Value> =
            args.iter().map(|arg| arg.as_list().and_then(|items| items.get(at)).unwrap_or(arg)).collect();
        format(call.arg(0), &args, call.name)
    };
    let mut rows = Vec::with_capacity(length);
    let mut size = 0;
    for at in 0..length {
        let row = row(at)?;
        size += row.as_str().map_or(0, str::len);
        if size > MAX_TEXT {
            return Ok(too_long(call.name));
        }
        rows.push(row);
    }
    Ok(Value::list(rows))
}
