//! Digests, as hex or base64. The digests themselves come from the RustCrypto crates.

use super::frame::{Call, CallError, Spec, Takes};
use crate::model::Value;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use md5::Md5;
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha512};
use std::fmt::Write as _;

const TEXT: &[Takes] = &[Takes::Text];

pub(super) const SPECS: &[Spec] = &[
    Spec::new("base64sha256", TEXT, |call| of_text(call, base64_of::<Sha256>)),
    Spec::new("base64sha512", TEXT, |call| of_text(call, base64_of::<Sha512>)),
    Spec::new("filebase64sha256", TEXT, |call| of_file(call, base64_of::<Sha256>)),
    Spec::new("filebase64sha512", TEXT, |call| of_file(call, base64_of::<Sha512>)),
    Spec::new("filemd5", TEXT, |call| of_file(call, hex_of::<Md5>)),
    Spec::new("filesha1", TEXT, |call| of_file(call, hex_of::<Sha1>)),
    Spec::new("filesha256", TEXT, |call| of_file(call, hex_of::<Sha256>)),
    Spec::new("filesha512", TEXT, |call| of_file(call, hex_of::<Sha512>)),
    Spec::new("md5", TEXT, |call| of_text(call, hex_of::<Md5>)),
    Spec::new("sha1", TEXT, |call| of_text(call, hex_of::<Sha1>)),
    Spec::new("sha256", TEXT, |call| of_text(call, hex_of::<Sha256>)),
    Spec::new("sha512", TEXT, |call| of_text(call, hex_of::<Sha512>)),
    Spec::new("uuidv5", &[Takes::Text, Takes::Text], uuidv5),
];

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a String does not fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn hex_of<D: Digest>(bytes: &[u8]) -> String {
    hex(&D::digest(bytes))
}

fn base64_of<D: Digest>(bytes: &[u8]) -> String {
    STANDARD.encode(D::digest(bytes))
}

fn of_text(call: &Call<'_>, digest: fn(&[u8]) -> String) -> Result<Value, CallError> {
    Ok(Value::string(digest(call.text(0).as_bytes())))
}

fn of_file(call: &Call<'_>, digest: fn(&[u8]) -> String) -> Result<Value, CallError> {
    Ok(match call.files.read_bytes(call.text(0)) {
        Ok(bytes) => Value::string(digest(&bytes)),
        Err(reason) => Value::unknown(reason),
    })
}

/// With or without dashes, in braces, or as a URN.
fn parse_uuid(text: &str) -> Option<u128> {
    let text = text.strip_prefix("urn:uuid:").unwrap_or(text);
    let text = text.strip_prefix('{').and_then(|text| text.strip_suffix('}')).unwrap_or(text);
    let parts: Vec<&str> = text.split('-').collect();
    let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    let digits = parts.concat();
    let shaped = lengths == [8, 4, 4, 4, 12] || lengths == [32];
    if !shaped || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    u128::from_str_radix(&digits, 16).ok()
}

/// RFC 4122, section 4.3. The namespace is a UUID or one of its four names.
fn uuidv5(call: &Call<'_>) -> Result<Value, CallError> {
    let namespace = match call.text(0) {
        "dns" => "6ba7b810-9dad-11d1-80b4-00c04fd430c8",
        "url" => "6ba7b811-9dad-11d1-80b4-00c04fd430c8",
        "oid" => "6ba7b812-9dad-11d1-80b4-00c04fd430c8",
        "x500" => "6ba7b814-9dad-11d1-80b4-00c04fd430c8",
        other => other,
    };
    let refused = || CallError::at(0, "uuidv5() doesn't support the namespace");
    let value = parse_uuid(namespace).ok_or_else(refused)?;
    let digest = Sha1::new().chain_update(value.to_be_bytes()).chain_update(call.text(1)).finalize();
    let mut uuid: Vec<u8> = digest.iter().copied().take(16).collect();
    uuid[6] = uuid[6] & 0x0f | 0x50;
    uuid[8] = uuid[8] & 0x3f | 0x80;
    let text = hex(&uuid);
    let groups = [&text[..8], &text[8..12], &text[12..16], &text[16..20], &text[20..]];
    Ok(Value::string(groups.join("-")))
}
