//! What may be shown of a secret, and the forms in which one could slip into output.

use super::Detection;
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD};
use std::fmt::Write as _;

/// The most that is shown of any secret.
const MOST: usize = 4;
/// Pieces of an encoding that are shorter than this stand in any text by chance.
const SHORTEST_PIECE: usize = 8;
/// Shorter lines are words.
const SHORTEST_LINE: usize = 24;
/// Encodings of longer secrets are not looked for: twenty copies of megabytes would be.
const LONGEST_ENCODED: usize = 64 << 10;

/// `AKIA…` where the beginning is public, else `<40 characters>`.
pub fn shown(text: &str, detection: &Detection) -> String {
    let encoded = if detection.decoded.is_some() { ", encoded" } else { "" };
    let secret = detection.secret(text);
    let public = usize::from(detection.detector.prefix_len).min(MOST);
    match secret.get(..public) {
        Some(prefix) if public > 0 && secret.len() > 2 * public => format!("{prefix}…{encoded}"),
        Some(_) | None => {
            let count = secret.chars().count();
            format!("<{count} character{}>{encoded}", if count == 1 { "" } else { "s" })
        }
    }
}

/// The forms of a secret that redaction must look for: as it is, escaped for JSON and HCL, percent-encoded, and in base 64
/// by itself or within a longer text. The same without the white space around it, as a heredoc's line break, and for what
/// is encoded over several lines also each line. Longest first, without doubles.
pub fn forms(secret: &str) -> Vec<String> {
    let mut all = forms_of(secret);
    let trimmed = secret.trim();
    if trimmed.len() < secret.len() {
        all.extend(forms_of(trimmed));
    }
    if trimmed.contains(['\n', '\r']) {
        all.extend(
            trimmed.split(['\n', '\r']).map(str::trim).filter(|line| is_encoded(line)).map(str::to_string),
        );
    }
    all.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
    all.dedup();
    all
}

/// A line of an encoding rather than of a document.
fn is_encoded(line: &str) -> bool {
    line.len() >= SHORTEST_LINE
        && line.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'=' | b'-' | b'_'))
        && [u8::is_ascii_digit, u8::is_ascii_uppercase, u8::is_ascii_lowercase]
            .iter()
            .all(|kind: &fn(&u8) -> bool| line.as_bytes().iter().any(kind))
}

fn forms_of(secret: &str) -> Vec<String> {
    if secret.is_empty() {
        return Vec::new();
    }
    let json = json_escaped(secret);
    if secret.len() > LONGEST_ENCODED {
        return vec![json, secret.to_string()];
    }
    let mut all = vec![
        secret.to_string(),
        json_escaped(&json),
        ascii_escaped(secret),
        secret.replace("${", "$${").replace("%{", "%%{"),
        json.replace("${", "$${").replace("%{", "%%{"),
        json.replace('/', "\\/"),
        json.replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026"),
        json,
    ];
    for unreserved in ["-._~", "-._~/", "-._*"] {
        let upper = percent_encoded(secret, unreserved);
        all.push(upper.replace("%20", "+"));
        all.push(lower_escapes(&upper));
        all.push(upper);
    }
    all.push(STANDARD.encode(secret));
    all.push(URL_SAFE.encode(secret));
    for lead in 0..3 {
        all.extend(base64_core(secret.as_bytes(), lead));
    }
    all
}

fn json_escaped(text: &str) -> String {
    let quoted = serde_json::to_string(text).unwrap_or_default();
    quoted.strip_prefix('"').and_then(|q| q.strip_suffix('"')).map_or_else(String::new, str::to_string)
}

/// JSON as others write it, with every other letter than ASCII as `\u…`.
fn ascii_escaped(text: &str) -> String {
    let mut out = String::new();
    for c in json_escaped(text).chars() {
        if c.is_ascii() {
            out.push(c);
        } else {
            for unit in c.encode_utf16(&mut [0; 2]) {
                let _ = write!(out, "\\u{unit:04x}");
            }
        }
    }
    out
}

fn percent_encoded(text: &str, unreserved: &str) -> String {
    let mut out = String::new();
    for b in text.bytes() {
        if b.is_ascii_alphanumeric() || unreserved.as_bytes().contains(&b) {
            out.push(char::from(b));
        } else {
            let _ = write!(out, "%{b:02X}");
        }
    }
    out
}

/// `%2F` as `%2f`.
fn lower_escapes(encoded: &str) -> String {
    let mut out = String::new();
    let mut left = 0;
    for c in encoded.chars() {
        if c == '%' {
            left = 3;
        }
        out.push(if left > 0 { c.to_ascii_lowercase() } else { c });
        left = usize::saturating_sub(left, 1);
    }
    out
}

/// What every base 64 of a text holds when `lead` bytes (modulo three) stand before the secret: the digits made of the
/// secret's bytes alone.
fn base64_core(secret: &[u8], lead: usize) -> Vec<String> {
    let mut padded = vec![0u8; lead];
    padded.extend_from_slice(secret);
    let first = (lead * 8).div_ceil(6);
    let last = padded.len() * 8 / 6;
    [STANDARD_NO_PAD.encode(&padded), URL_SAFE_NO_PAD.encode(&padded)]
        .iter()
        .filter_map(|encoded| encoded.get(first..last))
        .filter(|core| core.len() >= SHORTEST_PIECE)
        .map(str::to_string)
        .collect()
}
