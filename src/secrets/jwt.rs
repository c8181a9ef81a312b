//! JSON Web Tokens (RFC 7519): three parts, of which the first decodes to JSON with an algorithm.

use super::shape::{begins, word_dash};
use super::{Class, Confidence, Detection, Detector};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;

pub(super) static JWT: Detector = Detector {
    id: "json-web-token",
    label: "JSON web token",
    class: Class::Token,
    confidence: Confidence::Medium,
    prefix_len: 0,
};

pub(super) fn jwt_at(text: &str, at: usize) -> Option<Detection> {
    let bytes = text.as_bytes();
    if !begins(bytes, at, |b| word_dash(b) || b == b'.') {
        return None;
    }
    let part =
        |from: usize| from + bytes[from..].iter().take(16 * 1024).take_while(|b| word_dash(**b)).count();
    let header_end = part(at);
    let payload_end = (bytes.get(header_end) == Some(&b'.')).then(|| part(header_end + 1))?;
    let end = (bytes.get(payload_end) == Some(&b'.')).then(|| part(payload_end + 1))?;
    let signature = end - payload_end - 1;
    let header = decoded(text.get(at..header_end)?)?;
    let signed =
        header.get("alg").and_then(Value::as_str).is_some_and(|alg| !alg.eq_ignore_ascii_case("none"));
    if !signed || signature < 20 {
        return None;
    }
    let payload = decoded(text.get(header_end + 1..payload_end)?)?;
    // Keys for anonymous callers are published with the page that uses them.
    if payload.get("role").and_then(Value::as_str) == Some("anon") {
        return None;
    }
    // The token on jwt.io, copied into countless documents.
    let example = payload.get("sub").and_then(Value::as_str) == Some("1234567890");
    Some(Detection { example, ..Detection::new(&JWT, at, end) })
}

fn decoded(part: &str) -> Option<Value> {
    let bytes = URL_SAFE_NO_PAD.decode(part).ok()?;
    serde_json::from_slice::<Value>(&bytes).ok().filter(Value::is_object)
}
