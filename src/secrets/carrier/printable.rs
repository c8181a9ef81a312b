//! Parts of a message that are quoted-printable ([RFC 2045](https://www.rfc-editor.org/rfc/rfc2045#section-6.7)).

use super::Inner;
use super::map::{Map, to_u32};
use memchr::memmem;

const HEADER: &[u8] = b"quoted-printable";

pub(super) fn parts(text: &str) -> Vec<Inner> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = text.as_bytes().get(from..).and_then(|rest| memmem::find(rest, HEADER)) {
        let header = from + at;
        from = header + HEADER.len();
        let line = text.get(..header).and_then(|before| before.rsplit('\n').next()).unwrap_or_default();
        if !line.trim_start().to_ascii_lowercase().starts_with("content-transfer-encoding:") {
            continue;
        }
        let rest = text.get(from..).unwrap_or_default();
        let Some(blank) = ["\n\n", "\r\n\r\n", "\n \n"]
            .iter()
            .filter_map(|blank| Some(rest.find(blank)? + blank.len()))
            .min()
        else {
            continue;
        };
        let body = rest.get(blank..).unwrap_or_default();
        let end = body.find("\n--").unwrap_or(body.len());
        found.extend(decode(body.get(..end).unwrap_or_default(), from + blank));
        from += blank + end;
    }
    found
}

/// Nothing where nothing is encoded.
fn decode(body: &str, start: usize) -> Option<Inner> {
    let bytes = body.as_bytes();
    let (mut decoded, mut map) = (Vec::with_capacity(bytes.len()), Vec::with_capacity(bytes.len()));
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let rest = &bytes[at + 1..];
        let (made, length) = match (byte, rest) {
            (b'=', [b'\r', b'\n', ..]) => (None, 3),
            (b'=', [b'\n', ..]) => (None, 2),
            (b'=', [high, low, ..]) if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => {
                let digits = std::str::from_utf8(&rest[..2]).unwrap_or_default();
                (u8::from_str_radix(digits, 16).ok(), 3)
            }
            _ => (Some(*byte), 1),
        };
        if let Some(made) = made {
            decoded.push(made);
            map.push((to_u32(start + at), to_u32(start + at + length)));
        }
        at += length;
    }
    let text = String::from_utf8(decoded).ok().filter(|text| text != body)?;
    Some(Inner { text, map: Map::Bytes(map), is_decoded: true })
}
