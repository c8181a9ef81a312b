//! What a run of base 64 decodes to: a text, a compressed text, a text in UTF-16, or something else.

use super::base64::Run;
use super::map::{Map, to_u32};
use super::{Inner, MAX_DEPTH};
use std::io::Read as _;

/// How a compressed text begins ([RFC 1952](https://www.rfc-editor.org/rfc/rfc1952#section-2.3.1)).
const GZIP: &[u8] = &[0x1f, 0x8b];
/// Bytes that tell whether a run is worth decoding.
const HEAD: usize = 18;

pub(super) enum Decoded {
    /// `whole`: to its end.
    Text {
        inner: Inner,
        whole: bool,
    },
    /// Compressed over and over.
    TooDeep,
    Other,
}

/// Decodes a run, `left` bytes at most.
pub(super) fn decode(text: &str, run: &Run, left: usize) -> Decoded {
    let head = run.bytes(text, HEAD);
    if head.starts_with(GZIP) {
        let bytes = run.bytes(text, usize::MAX);
        let (mut unpacked, mut whole) = unpack(&bytes, left);
        for _ in 1..MAX_DEPTH {
            if !unpacked.starts_with(GZIP) {
                break;
            }
            let (inner, is_all) = unpack(&unpacked, left);
            (unpacked, whole) = (inner, whole && is_all);
        }
        if unpacked.starts_with(GZIP) {
            return Decoded::TooDeep;
        }
        return match readable(unpacked) {
            Some(text) => {
                let map = Map::Whole(run.range());
                Decoded::Text { inner: Inner { text, map, is_decoded: true }, whole }
            }
            None => Decoded::Other,
        };
    }
    let wide = is_wide(&head);
    if !wide && !begins_text(&head) && !is_run(&head) {
        return Decoded::Other;
    }
    let mut bytes = run.bytes(text, left.saturating_add(1));
    let whole = bytes.len() <= left;
    bytes.truncate(left);
    let places = run.places(bytes.len());
    let decoded = if wide { narrow(&bytes, &places) } else { plain(bytes, &places) };
    match decoded {
        Some((text, map)) => {
            Decoded::Text { inner: Inner { text, map: Map::Bytes(map), is_decoded: true }, whole }
        }
        None => Decoded::Other,
    }
}

type Mapped = (String, Vec<(u32, u32)>);

fn plain(bytes: Vec<u8>, places: &[(usize, usize)]) -> Option<Mapped> {
    let text = readable(bytes)?;
    let map = places.iter().take(text.len()).map(|(start, end)| (to_u32(*start), to_u32(*end))).collect();
    Some((text, map))
}

/// UTF-16 as PowerShell's `-EncodedCommand` has it.
fn narrow(bytes: &[u8], places: &[(usize, usize)]) -> Option<Mapped> {
    let units = bytes.chunks_exact(2).map(|two| u16::from_le_bytes([two[0], two[1]]));
    let (mut text, mut map) = (String::new(), Vec::new());
    let mut at = 0;
    for c in char::decode_utf16(units) {
        let c = c.ok()?;
        let start = places.get(at).map_or(0, |place| place.0);
        at += c.len_utf16() * 2;
        let end = places.get(at - 1).map_or(start, |place| place.1);
        text.push(c);
        map.extend((0..c.len_utf8()).map(|_| (to_u32(start), to_u32(end))));
    }
    Some((text, map))
}

fn is_wide(head: &[u8]) -> bool {
    let head = head.strip_prefix(&[0xff, 0xfe]).unwrap_or(head);
    head.len() >= 8 && head.chunks_exact(2).all(|two| two[1] == 0 && is_text(two[0]))
}

fn is_text(byte: u8) -> bool {
    byte >= b' ' && byte != 0x7f || matches!(byte, b'\n' | b'\r' | b'\t')
}

fn begins_text(head: &[u8]) -> bool {
    let valid = match std::str::from_utf8(head) {
        Ok(_) => true,
        Err(error) => error.error_len().is_none(),
    };
    valid && head.iter().all(|byte| is_text(*byte))
}

/// What a person, or an archive of a person's texts, may hold; up to where a cut text is whole.
fn readable(bytes: Vec<u8>) -> Option<String> {
    let (mut text, bad) = match String::from_utf8(bytes) {
        Ok(text) => (text, 0),
        Err(error) => {
            let valid = error.utf8_error().valid_up_to();
            // A character at the end that the limit cut, or digits that were none of the run's.
            let cut = error.as_bytes().len() - valid < 4;
            let mut bytes = error.into_bytes();
            if cut {
                bytes.truncate(valid);
            }
            patched(&bytes)
        }
    };
    if text.contains('\0') {
        text = text.replace('\0', "\n");
    }
    let strange = bad + text.bytes().filter(|byte| !is_text(*byte)).count();
    (strange * 50 <= text.len() || is_run(text.as_bytes())).then_some(text)
}

/// How texts begin that are run whatever comes behind: an archive at the end of a script, a part of a message that is none.
const RUN: &[&str] = &[
    "#!/",
    "#cloud-config",
    "#cloud-boothook",
    "Content-Type:",
    "MIME-Version:",
    "<powershell>",
    "<script>",
];

fn is_run(text: &[u8]) -> bool {
    RUN.iter().any(|start| text.starts_with(start.as_bytes()))
}

/// With a question mark for each byte that is of no character (a comment in Latin-1), and how many there are.
fn patched(bytes: &[u8]) -> (String, usize) {
    let mut text = String::with_capacity(bytes.len());
    let mut bad = 0;
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        bad += chunk.invalid().len();
        text.extend(std::iter::repeat_n('?', chunk.invalid().len()));
    }
    (text, bad)
}

/// At most `limit` bytes of a compressed text, and whether these are all.
fn unpack(bytes: &[u8], limit: usize) -> (Vec<u8>, bool) {
    let mut unpacked = Vec::new();
    let most = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    // What comes before a damage is read all the same.
    let _ = flate2::read::MultiGzDecoder::new(bytes).take(most).read_to_end(&mut unpacked);
    let whole = unpacked.len() <= limit;
    unpacked.truncate(limit);
    (unpacked, whole)
}
