//! Detectors of secrets in text: pure functions from text to detections.
//!
//! Owns the forms of keys and tokens, the words that name secrets, placeholders, and masking. It must not know files,
//! resources or policies, and it never does I/O. One pass of a keyword automaton finds the places worth a look; each is
//! then judged by a shape, its surroundings and, where there is one, a checksum.

mod aws;
mod carrier;
mod checksum;
mod connection;
mod encoded;
mod http;
mod jwt;
mod keywords;
mod mask;
mod names;
mod pattern;
mod pem;
mod placeholder;
mod script;
mod shape;
mod tokens;
mod value;
mod vendors;

pub use aws::has_key_form;
pub use carrier::{Carried, Cut};
pub use connection::repository_credential;
pub use http::credential_in_header;
pub use mask::{forms, shown};
pub use names::{
    holds_secrets, holds_several, is_key_secret, key_half, may_name_a_way, names_a_caller, names_value,
    only_describes, says_password, says_secret, says_stand_in, says_where,
};
pub use pattern::{Pattern, scan_for};
pub use placeholder::{is_ciphertext, is_placeholder, is_stand_in, looks_like_reference, says_role};
pub use script::{
    Argument, Assigned, assigned, in_arguments, may_hold_names, names_script, names_what_runs, only_speaks,
};
pub use value::{
    calls_one, chooses_a_way, is_generated, is_key_material, is_named_secret, is_route, may_be_secret,
    may_say_secret,
};

use keywords::{Index, Keyword};
use shape::Set;
use std::sync::LazyLock;
use tokens::Rule;

/// What a secret is, as far as policies tell them apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// `AKIA…`: the id of a long-lived access key.
    AwsAccessKeyId,
    /// The secret half of an access key.
    AwsSecretKey,
    /// A long-lived credential of one AWS service, such as a Bedrock API key.
    AwsServiceKey,
    /// `ASIA…` and session tokens: short-lived.
    AwsTemporaryKey,
    PrivateKey,
    Token,
    /// The password within a URL or connection string.
    CredentialUrl,
}

/// How sure the form alone makes us.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Confidence {
    Medium,
    High,
}

/// A kind of secret.
#[derive(Debug, PartialEq, Eq)]
pub struct Detector {
    /// `github-token`; stable.
    pub id: &'static str,
    /// `GitHub token`.
    pub label: &'static str,
    pub class: Class,
    pub confidence: Confidence,
    /// How many leading characters are public and may be shown; at most 4.
    pub prefix_len: u8,
}

/// A secret in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Detection {
    pub detector: &'static Detector,
    /// Byte range of the secret itself.
    pub start: usize,
    pub end: usize,
    /// The AWS account that a key id belongs to, where it is written in it.
    pub account: Option<String>,
    /// A documentation example, such as AWS's keys that end in `EXAMPLE`.
    pub example: bool,
    /// The secret as it is once decoded, where it stands in base 64.
    pub decoded: Option<Box<str>>,
}

impl Detection {
    fn new(detector: &'static Detector, start: usize, end: usize) -> Self {
        Self { detector, start, end, account: None, example: false, decoded: None }
    }

    /// The secret itself, of the text that it was found in.
    #[must_use]
    pub fn secret<'t>(&'t self, text: &'t str) -> &'t str {
        match &self.decoded {
            Some(decoded) => decoded,
            None => text.get(self.start..self.end).unwrap_or_default(),
        }
    }
}

/// Who looks closer at a keyword.
#[derive(Debug, Clone, Copy)]
enum Look {
    Token(&'static Rule),
    AwsKeyId,
    AwsSecretName,
    Pem,
    PemInBase64,
    Jwt,
    Url,
    AccountKey,
    Signature,
    Oracle,
    DataSource,
    Password,
    Http(http::Look),
    Vendor(&'static vendors::Vendor),
    Encoded,
}

/// A look, its keywords, and what may follow those that are shorter than four bytes.
type Special = (Look, &'static [&'static str], Option<Set>);

#[rustfmt::skip]
const SPECIAL: &[Special] = &[
    (Look::AwsKeyId, &["AKIA", "ASIA", "ABIA", "ACCA", "A3T"], Some(shape::upper_alnum)),
    (Look::AwsSecretName, &["secret", "Secret", "SECRET"], None),
    (Look::Pem, &["-----BEGIN ", "PuTTY-User-Key-File-"], None),
    (Look::PemInBase64, &["LS0tLS1CRUdJTi"], None),
    (Look::Jwt, &["eyJ"], Some(shape::word_dash)),
    (Look::AccountKey, &["AccountKey=", "SharedAccessKey="], None),
    (Look::Signature, &["sig="], None),
    (Look::Oracle, &["jdbc:oracle:thin:", "jdbc:oracle:oci:"], None),
    (Look::DataSource, &["@tcp(", "@unix("], None),
    (Look::Password, &["assword=", "ASSWORD=", "Pwd=", "pwd=", "PWD="], None),
    (Look::Encoded, encoded::KEYWORDS, None),
];

static KEYWORDS: LazyLock<Index<Look>> = LazyLock::new(|| {
    let mut all = Vec::new();
    for (look, words, next) in SPECIAL {
        let keyword = |word| Keyword { word, next: next.map(|set| [set, set]), before: None, look: *look };
        all.extend(words.iter().copied().map(keyword));
    }
    all.push(Keyword { word: connection::BEFORE_AUTHORITY, next: None, before: None, look: Look::Url });
    for (look, words) in http::KEYWORDS {
        all.extend(words.iter().map(|word| Keyword {
            word,
            next: None,
            before: None,
            look: Look::Http(*look),
        }));
    }
    for vendor in vendors::VENDORS {
        all.extend(vendor.words.iter().map(|word| Keyword {
            word,
            next: None,
            before: None,
            look: Look::Vendor(vendor),
        }));
    }
    for rule in tokens::rules() {
        let words = rule.keywords.iter();
        all.extend(words.map(|word| Keyword {
            word,
            next: keywords::follows(rule, word),
            before: keywords::precedes(rule, word),
            look: Look::Token(rule),
        }));
    }
    Index::new(all)
});

/// The secrets in a text, by their form and their nearest surroundings: in order, none overlapping another. Also those
/// within base 64 that stands in it.
pub fn scan(text: &str) -> Vec<Detection> {
    scan_with(text, true)
}

fn scan_with(text: &str, decode: bool) -> Vec<Detection> {
    let mut found = Vec::new();
    let (mut done, mut decoded) = (0, 0);
    KEYWORDS.each(text, |keyword, at| {
        let end = at + keyword.word.len();
        match keyword.look {
            Look::Token(rule) => found.extend(token_at(text, at, rule)),
            Look::AwsKeyId => aws::key_id_at(text, at, &mut found),
            Look::AwsSecretName => aws::named_secret_at(text, at, &mut found),
            // What stands inside a key that was found already is not looked at again.
            Look::Pem | Look::PemInBase64 if at < done => {}
            look @ (Look::Pem | Look::PemInBase64) => {
                let encoded = matches!(look, Look::PemInBase64);
                let key = if encoded { pem::encoded_key_at(text, at) } else { pem::key_at(text, at) };
                done = key.as_ref().map_or(done, |key| key.end);
                found.extend(key);
            }
            Look::Jwt => found.extend(jwt::jwt_at(text, at)),
            Look::Url => {
                found.extend(connection::url_at(text, at));
                found.extend(connection::query_at(text, at));
            }
            Look::DataSource => found.extend(connection::data_source_at(text, at)),
            Look::AccountKey => found.extend(connection::account_key_at(text, at, end)),
            Look::Signature => found.extend(connection::signature_at(text, at, end)),
            Look::Oracle => found.extend(connection::oracle_at(text, end)),
            Look::Password => found.extend(connection::password_at(text, at, end)),
            Look::Http(look) => found.extend(http::credential_at(look, text, at, end)),
            Look::Vendor(vendor) => found.extend(vendors::named_at(text, at, vendor)),
            Look::Encoded if decode && at >= decoded => {
                decoded = encoded::secrets_around(text, at, decoded, &mut found).max(at + 1);
            }
            Look::Encoded => {}
        }
    });
    let mut found = without_overlaps(found);
    aws::pair_up(text, &mut found);
    found
}

fn token_at(text: &str, hit: usize, rule: &'static Rule) -> Option<Detection> {
    let bytes = text.as_bytes();
    let start = hit.checked_sub(rule.before(bytes, hit)?)?;
    if !shape::begins(bytes, start, shape::word) {
        return None;
    }
    let end = shape::match_at(rule.shape, bytes, start)?;
    if end <= hit || shape::goes_on(rule.shape, bytes, end) {
        return None;
    }
    let token = text.get(start..end)?;
    if !(rule.check)(token) || rule.checksum.is_some_and(|fits| !fits(token)) {
        return None;
    }
    judged(token, Detection::new(&rule.detector, start, end))
}

/// A detection unless the text says itself that it is none.
fn judged(token: &str, found: Detection) -> Option<Detection> {
    match made_up(token) {
        MadeUp::No => Some(found),
        MadeUp::Example => Some(Detection { example: true, ..found }),
        MadeUp::Placeholder => None,
    }
}

enum MadeUp {
    No,
    Example,
    Placeholder,
}

/// Whether something of the right form says itself that it is none.
fn made_up(token: &str) -> MadeUp {
    let bytes = token.as_bytes();
    let crosses = shape::longest_row(bytes, |b| matches!(b, b'x' | b'X'));
    let row = shape::longest_row(bytes, |b| b != b'A');
    if crosses >= 4 || row >= 8 || shape::distinct(bytes) < 8 {
        MadeUp::Placeholder
    } else if token.contains("EXAMPLE") || token.contains("example") {
        MadeUp::Example
    } else if is_placeholder(token) {
        MadeUp::Placeholder
    } else {
        MadeUp::No
    }
}

/// Of overlapping detections the more telling one stays: the narrower class first, then the surer, then the longer.
fn without_overlaps(mut found: Vec<Detection>) -> Vec<Detection> {
    if found.len() < 2 {
        return found;
    }
    found.sort_by_key(|d| {
        let confidence = std::cmp::Reverse(d.detector.confidence);
        (d.detector.class, confidence, d.start, std::cmp::Reverse(d.end), d.detector.id)
    });
    let mut taken: std::collections::BTreeMap<usize, usize> = std::collections::BTreeMap::new();
    found.retain(|d| {
        let free = taken.range(..d.end).next_back().is_none_or(|(_, end)| *end <= d.start);
        if free {
            taken.insert(d.start, d.end);
        }
        free
    });
    found.sort_by_key(|d| d.start);
    found
}

#[cfg(test)]
mod tests;
