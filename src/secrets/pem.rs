//! Private keys in PEM: over several lines, with escaped line breaks, as a list of lines, and the whole in base 64.
//!
//! Form: RFC 7468; PuTTY's own. Certificates and public keys are no secrets.

use super::shape::{base64, base64_padded, distinct};
use super::{Class, Confidence, Detection, Detector};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;

const fn detector(id: &'static str, label: &'static str, confidence: Confidence) -> Detector {
    Detector { id, label, class: Class::PrivateKey, confidence, prefix_len: 0 }
}

pub(super) static PLAIN: Detector = detector("private-key", "private key", Confidence::High);
pub(super) static ENCRYPTED: Detector =
    detector("encrypted-private-key", "encrypted private key", Confidence::Medium);
pub(super) static SERVICE_ACCOUNT: Detector =
    detector("google-service-account-key", "Google service account key", Confidence::High);
pub(super) static PUTTY: Detector = detector("putty-private-key", "PuTTY private key", Confidence::High);

/// No private key is longer than this, escaped and indented as it may be.
const LONGEST: usize = 64 * 1024;
/// Less than this is no key but a mention of one.
const SHORTEST_BODY: usize = 64;
/// PuTTY keeps the public half elsewhere; what is left of an Ed25519 key is 36 bytes.
const SHORTEST_PUTTY: usize = 44;
const BEGIN: &str = "-----BEGIN ";

/// The key whose first line begins at `at`.
pub(super) fn key_at(text: &str, at: usize) -> Option<Detection> {
    let rest = text.get(at..)?;
    if rest.starts_with("PuTTY") {
        return putty_key(rest, at);
    }
    let label = label(rest)?;
    let body_at = at + BEGIN.len() + label.len() + 5;
    let limit = floor_boundary(text, body_at + LONGEST);
    let area = &text[body_at..limit];
    // The next dashes end this key, whether they are its last line or another's first.
    let (body, end) = match area.find("-----") {
        Some(dashes) if area[dashes..].starts_with("-----END ") => {
            let tail = &area[dashes + 9..];
            let closing = tail.find("-----").filter(|len| *len <= 64).map_or(0, |len| len + 5);
            (&area[..dashes], Some(body_at + dashes + 9 + closing))
        }
        Some(dashes) => (&area[..dashes], None),
        None => (area, None),
    };
    let (length, last) = body_of(body, end.is_some());
    if length < SHORTEST_BODY {
        return None;
    }
    let found = if label.contains("ENCRYPTED") || body.contains("4,ENCRYPTED") {
        &ENCRYPTED
    } else if is_service_account(text, at) {
        &SERVICE_ACCOUNT
    } else {
        &PLAIN
    };
    Some(Detection::new(found, at, end.unwrap_or(body_at + last)))
}

/// A run of base 64 that decodes to a private key's beginning, long enough to hold the rest.
pub(super) fn encoded_key_at(text: &str, at: usize) -> Option<Detection> {
    let bytes = text.as_bytes();
    let head = bytes.get(at..at + 64)?;
    let decoded = STANDARD_NO_PAD.decode(head).ok()?;
    let decoded = String::from_utf8_lossy(&decoded);
    let label = label(&decoded)?;
    let shortest = (BEGIN.len() + label.len() + 5 + SHORTEST_BODY) * 4 / 3;
    let (length, end) = wrapped_run(bytes, at);
    let found = if label.contains("ENCRYPTED") { &ENCRYPTED } else { &PLAIN };
    (length >= shortest).then(|| Detection::new(found, at, end))
}

/// How many characters of base 64 follow, over line breaks (also escaped ones) that wrap them, and where the last one ends.
fn wrapped_run(bytes: &[u8], at: usize) -> (usize, usize) {
    let limit = bytes.len().min(at + 2 * LONGEST);
    let (mut length, mut end) = (0, at);
    let mut next = at;
    while next < limit {
        let line = bytes[next..limit].iter().take_while(|b| base64_padded(**b)).count();
        if line == 0 {
            break;
        }
        length += line;
        end = next + line;
        let rest = &bytes[end..limit];
        let wrap = if rest.starts_with(b"\\n") {
            2
        } else if rest.starts_with(b"\n") || rest.starts_with(b"\r\n") {
            rest.iter().take_while(|b| b.is_ascii_whitespace()).count()
        } else {
            0
        };
        // A short line is the last one.
        if wrap == 0 || line < 60 {
            break;
        }
        next = end + wrap;
    }
    (length, end)
}

/// `RSA PRIVATE KEY` of `-----BEGIN RSA PRIVATE KEY-----`; nothing when it is no private key.
fn label(text: &str) -> Option<&str> {
    let rest = text.strip_prefix(BEGIN)?;
    let label = &rest[..rest.find("-----")?];
    let known =
        label.len() <= 40 && label.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b' ');
    let private = label.strip_suffix(" BLOCK").unwrap_or(label).ends_with("PRIVATE KEY");
    (known && private).then_some(label)
}

/// How many characters of base 64 a body has, and where the last of them ends. Escapes, quotes, commas, indentation and
/// headers are passed over; without a last line the body ends where something else begins.
fn body_of(body: &str, closed: bool) -> (usize, usize) {
    let bytes = body.as_bytes();
    let (mut at, mut length, mut last) = (0, 0, 0);
    let mut sample = Vec::new();
    while at < bytes.len() {
        if bytes[at] == b'\\' {
            at += escape_len(&bytes[at..]);
            continue;
        }
        if !base64_padded(bytes[at]) {
            let passed = matches!(
                bytes[at],
                b' ' | b'\t'
                    | b'\r'
                    | b'\n'
                    | b'"'
                    | b'\''
                    | b','
                    | b'-'
                    | b':'
                    | b'.'
                    | b'('
                    | b')'
                    | b'|'
                    | b'#'
            );
            if !closed && !passed {
                break;
            }
            at += 1;
            continue;
        }
        let end = at + bytes[at..].iter().take_while(|b| base64_padded(**b)).count();
        // Words are short; a key's lines are not, but for its last.
        if end - at >= 24
            || (length >= 24 && bytes[at..end].iter().all(|b| base64(*b) || *b == b'=') && end - at >= 4)
        {
            length += end - at;
            last = end;
            sample.extend(bytes[at..end].iter().take(256));
        }
        at = end;
    }
    // Sixty-four times the same letter stands for a key.
    if distinct(&sample) < 12 { (0, 0) } else { (length, last) }
}

/// `\n`, `\\n`, `\u000a`: the backslashes and what they escape.
fn escape_len(bytes: &[u8]) -> usize {
    let slashes = bytes.iter().take_while(|b| **b == b'\\').count();
    match bytes.get(slashes) {
        Some(b'n' | b'r' | b't') => slashes + 1,
        Some(b'u') => slashes + 5,
        _ => slashes,
    }
}

fn is_service_account(text: &str, at: usize) -> bool {
    let from = ceil_boundary(text, at.saturating_sub(1024));
    let to = floor_boundary(text, at + 4096);
    text[from..to].contains("service_account") && text[from..at].contains("private_key")
}

fn putty_key(rest: &str, at: usize) -> Option<Detection> {
    let area = &rest[..floor_boundary(rest, LONGEST)];
    let private = area.find("Private-Lines:")?;
    let end = area[private..].find("Private-MAC:").map_or(area.len(), |mac| private + mac);
    let (length, last) = body_of(&area[private..end], true);
    (length >= SHORTEST_PUTTY).then(|| Detection::new(&PUTTY, at, at + private + last))
}

fn floor_boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn ceil_boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at += 1;
    }
    at
}
