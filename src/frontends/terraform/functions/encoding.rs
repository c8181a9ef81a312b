//! Encodings of texts and values as text.

use super::frame::{Call, CallError, Needs, Spec, Takes, too_many};
use super::inside::first_unknown;
use super::pieces::Pieces;
use super::{MAX_ELEMENTS, decode, json, yaml};
use crate::model::{Entry, Kind, Object, Origin, Part, Reason, Unknown, Value};
use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

const TEXT: &[Takes] = &[Takes::Text];

/// Go's standard encoding: padding is required, stray bits in the last character are not looked at.
const STANDARD: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::RequireCanonical)
        .with_decode_allow_trailing_bits(true),
);

pub(super) const SPECS: &[Spec] = &[
    Spec::new("base64decode", TEXT, base64decode),
    Spec::new("base64encode", TEXT, base64encode).needs(Needs::Nothing),
    Spec::new("base64gzip", TEXT, |call| Ok(hidden(call, "the compressed text of `base64gzip`")))
        .needs(Needs::Nothing),
    Spec::new("csvdecode", TEXT, csvdecode).uniform(),
    Spec::new("jsondecode", TEXT, decode::json).needs(Needs::Nothing),
    Spec::new("jsonencode", &[Takes::Nullable], |call| {
        finite(call.arg(0))?;
        Ok(json::encode(call.arg(0)))
    })
    .needs(Needs::Nothing),
    Spec::new("textdecodebase64", &[Takes::Text, Takes::Text], textdecodebase64),
    Spec::new("textencodebase64", &[Takes::Text, Takes::Text], textencodebase64).needs(Needs::Nothing),
    Spec::new("urlencode", TEXT, |call| Ok(Value::string(urlencode(call.text(0))))),
    Spec::new("yamldecode", TEXT, decode::yaml).needs(Needs::Nothing),
    Spec::new("yamlencode", &[Takes::Nullable], yamlencode).needs(Needs::Nothing),
];

/// An error where a number is infinite, which JSON and YAML cannot write.
fn finite(value: &Value) -> Result<(), CallError> {
    match &value.kind {
        Kind::Number(number) if number.is_infinite() => Err(CallError::at(0, "cannot serialize infinity")),
        Kind::List(items) => items.iter().try_for_each(finite),
        Kind::Object(object) => object.entries.iter().try_for_each(|entry| finite(&entry.value)),
        Kind::Null
        | Kind::Bool(_)
        | Kind::Number(_)
        | Kind::String(_)
        | Kind::Choice(_)
        | Kind::Unknown(_) => Ok(()),
    }
}

fn unsupported(what: &str) -> Value {
    Value::unknown(Reason::Unsupported { what: what.into() })
}

/// Go's decoder skips line breaks.
fn decode(text: &str) -> Result<Vec<u8>, CallError> {
    let joined: String = text.chars().filter(|c| !matches!(c, '\r' | '\n')).collect();
    STANDARD.decode(joined).map_err(|_| CallError::at(0, "the text is not valid base64"))
}

fn base64decode(call: &Call<'_>) -> Result<Value, CallError> {
    let text = String::from_utf8(decode(call.text(0))?);
    text.map(Value::string).map_err(|_| CallError::at(0, "the result of decoding is not valid UTF-8"))
}

fn base64encode(call: &Call<'_>) -> Result<Value, CallError> {
    let arg = call.arg(0);
    Ok(match arg.as_unknown() {
        None => Value::string(STANDARD.encode(call.text(0))),
        Some(unknown) => {
            let mut pieces = encode_start(unknown);
            pieces.encodes(arg);
            pieces.finish(call.name)
        }
    })
}

/// The encoding of a text of which nothing is known but the text, or less than that.
fn hidden(call: &Call<'_>, what: &str) -> Value {
    let mut pieces = Pieces::default();
    pieces.encodes(call.arg(0));
    match call.args.iter().find_map(Value::as_unknown) {
        Some(unknown) => pieces.unknown(&unknown.reason),
        None => pieces.unknown(&Reason::Unsupported { what: what.into() }),
    }
    pieces.finish(call.name)
}

/// Of a text known in part, base64 is known up to the last group of three bytes before the first unknown.
fn encode_start(unknown: &Unknown) -> Pieces {
    let mut known = String::new();
    let mut first_origin = Origin::None;
    for part in unknown.parts.iter() {
        match part {
            Part::Text { text, origin } => {
                if known.is_empty() {
                    first_origin = origin.clone();
                }
                known.push_str(text);
            }
            Part::Unknown(_) => break,
        }
    }
    let whole = known.len() / 3 * 3;
    let mut pieces = Pieces::default();
    pieces.text(&STANDARD.encode(&known.as_bytes()[..whole]), &first_origin);
    pieces.unknown(&unknown.reason);
    pieces
}

fn yamlencode(call: &Call<'_>) -> Result<Value, CallError> {
    Ok(match first_unknown(call.arg(0)) {
        None => Value::string(yaml::encode(call.arg(0)).unwrap_or_default()),
        Some(unknown) => {
            // JSON is YAML too: its parts say what is known of the text.
            let mut pieces = Pieces::default();
            match json::encode(call.arg(0)).as_unknown() {
                Some(encoded) => pieces.unknown_parts(encoded, str::to_owned),
                None => pieces.unknown(&unknown.reason),
            }
            pieces.finish(call.name)
        }
    })
}

/// Go's `url.QueryEscape`.
fn urlencode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => out.push(byte.into()),
            b' ' => out.push('+'),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// The encodings that are common; others are left unknown.
enum Charset {
    Utf8,
    Utf16 { little: bool, mark: bool },
    Latin1,
}

fn charset(name: &str) -> Option<Charset> {
    Some(match name.to_ascii_lowercase().as_str() {
        "utf-8" | "utf8" => Charset::Utf8,
        "utf-16le" => Charset::Utf16 { little: true, mark: false },
        "utf-16be" => Charset::Utf16 { little: false, mark: false },
        "utf-16" => Charset::Utf16 { little: false, mark: true },
        "iso-8859-1" | "latin1" => Charset::Latin1,
        _ => return None,
    })
}

fn textencodebase64(call: &Call<'_>) -> Result<Value, CallError> {
    let charset = charset(call.text(1));
    let (Some(charset), false) = (charset, call.args.iter().any(|arg| arg.as_unknown().is_some())) else {
        return Ok(hidden(call, "the encoding of `textencodebase64`"));
    };
    let text = call.text(0);
    let bytes: Option<Vec<u8>> = match charset {
        Charset::Utf8 => Some(text.as_bytes().to_vec()),
        Charset::Utf16 { little, mark } => {
            let units = mark.then_some(0xfeff).into_iter().chain(text.encode_utf16());
            Some(
                units.flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect(),
            )
        }
        Charset::Latin1 => text.chars().map(|c| u8::try_from(u32::from(c)).ok()).collect(),
    };
    bytes.map(|bytes| Value::string(STANDARD.encode(bytes))).ok_or_else(|| {
        CallError::at(0, "the text contains characters that cannot be represented in the encoding")
    })
}

fn textdecodebase64(call: &Call<'_>) -> Result<Value, CallError> {
    let Some(charset) = charset(call.text(1)) else {
        return Ok(unsupported("the encoding of `textdecodebase64`"));
    };
    let bytes = decode(call.text(0))?;
    let text = match charset {
        Charset::Utf8 => String::from_utf8(bytes).ok(),
        Charset::Utf16 { little, mark } => {
            let unit = |pair: &[u8]| match pair {
                [a, b] if little => u16::from_le_bytes([*a, *b]),
                [a, b] => u16::from_be_bytes([*a, *b]),
                _ => 0xfffd,
            };
            let units: Vec<u16> = bytes.chunks(2).map(unit).collect();
            let units = if mark { units.strip_prefix(&[0xfeff]).unwrap_or(&units) } else { &units };
            Some(String::from_utf16_lossy(units))
        }
        Charset::Latin1 => Some(bytes.iter().map(|byte| char::from(*byte)).collect()),
    };
    text.map(Value::string).ok_or_else(|| CallError::at(0, "the bytes are not valid in the encoding"))
}

/// A list of objects, one a record, named by the first record.
fn csvdecode(call: &Call<'_>) -> Result<Value, CallError> {
    let refused = |message: &str| CallError::at(0, message);
    if call.text(0).len() >= MAX_ELEMENTS && call.text(0).matches([',', '\n']).count() >= MAX_ELEMENTS {
        return Ok(too_many(call.name));
    }
    let mut records =
        csv_records(call.text(0)).ok_or_else(|| refused("the text is not valid CSV"))?.into_iter();
    let names = records.next().ok_or_else(|| refused("missing header line"))?;
    let mut seen: Vec<&String> = names.iter().collect();
    seen.sort_unstable();
    if seen.windows(2).any(|pair| pair[0] == pair[1]) {
        return Err(refused("duplicate column name"));
    }
    let mut rows = Vec::new();
    for record in records {
        if record.len() != names.len() {
            return Err(refused("wrong number of fields"));
        }
        let entries =
            names.iter().zip(record).map(|(name, field)| Entry::new(name.as_str(), Value::string(field)));
        rows.push(Value::object(Object::new(entries.collect())));
    }
    Ok(Value::list(rows))
}

/// As Go's `encoding/csv`: empty lines are skipped, `""` in quotes is a quote, a quote in a bare field is an error.
fn csv_records(text: &str) -> Option<Vec<Vec<String>>> {
    let text = text.replace("\r\n", "\n");
    let mut records = Vec::new();
    let mut rest = text.as_str();
    while !rest.is_empty() {
        if let Some(next) = rest.strip_prefix('\n') {
            rest = next;
            continue;
        }
        let mut record = Vec::new();
        loop {
            let (field, after) = csv_field(rest)?;
            record.push(field);
            rest = after;
            match rest.chars().next() {
                Some(',') => rest = &rest[1..],
                Some(_) => {
                    rest = &rest[1..];
                    break;
                }
                None => break,
            }
        }
        records.push(record);
    }
    Some(records)
}

fn csv_field(text: &str) -> Option<(String, &str)> {
    let Some(mut inner) = text.strip_prefix('"') else {
        let end = text.find([',', '\n']).unwrap_or(text.len());
        let field = &text[..end];
        return (!field.contains('"')).then(|| (field.to_owned(), &text[end..]));
    };
    let mut field = String::new();
    loop {
        let (before, after) = inner.split_once('"')?;
        field.push_str(before);
        match after.strip_prefix('"') {
            Some(next) => {
                field.push('"');
                inner = next;
            }
            None => return (after.is_empty() || after.starts_with([',', '\n'])).then_some((field, after)),
        }
    }
}
