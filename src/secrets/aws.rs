//! AWS access keys: key ids by their prefix, secret keys by what stands beside them.
//!
//! Prefixes: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids>. Those of
//! users, roles, groups, profiles and policies (`AIDA`, `AROA`, …) name no credential and are not looked for.

use super::checksum::account_of;
use super::names::{says_secret, words};
use super::shape::{alnum, base64, begins, distinct, entropy, longest_row, upper_alnum};
use super::{Class, Confidence, Detection, Detector};

const fn detector(id: &'static str, label: &'static str, class: Class, prefix_len: u8) -> Detector {
    Detector { id, label, class, confidence: Confidence::High, prefix_len }
}

pub(super) static KEY_ID: Detector =
    detector("aws-access-key-id", "AWS access key id", Class::AwsAccessKeyId, 4);
pub(super) static TEMPORARY_ID: Detector =
    detector("aws-temporary-key-id", "temporary AWS access key id", Class::AwsTemporaryKey, 4);
const SECRET: Detector = detector("aws-secret-access-key", "AWS secret access key", Class::AwsSecretKey, 0);

pub(super) static SURE_SECRET: Detector = SECRET;
/// Given to a name that does not say whose secret key it is.
pub(super) static LIKELY_SECRET: Detector = Detector { confidence: Confidence::Medium, ..SECRET };

pub(super) static TEMPORARY_SECRET: Detector =
    detector("aws-temporary-secret-key", "secret of a temporary AWS access key", Class::AwsTemporaryKey, 0);

const ID_LEN: usize = 20;
const SECRET_LEN: usize = 40;
/// A secret stands beside its id when it is within so many lines and bytes.
const NEAR_LINES: usize = 6;
const NEAR_BYTES: usize = 400;
/// A longer line says nothing to keyless, and no more of them than these are passed over.
const LONGEST_NOTE: usize = 1024;
const MOST_NOTES: usize = 8;

/// The key id at a prefix, and the secrets beside it.
pub(super) fn key_id_at(text: &str, at: usize, found: &mut Vec<Detection>) {
    let Some(id) = text.get(at..at + ID_LEN) else { return };
    if !id.bytes().all(upper_alnum) || !stands_alone(text.as_bytes(), at, at + ID_LEN) || is_made_up(id) {
        return;
    }
    // Words in capitals begin with these letters too (`ASIAPACIFIC…`), and one key id in thirty has no digit.
    let rare = id.bytes().filter(|b| b"JKQWXZ".contains(b)).count();
    let wordy = !id.bytes().any(|b| b.is_ascii_digit()) && rare < 2;
    if wordy && !id.starts_with("AKIA") && !names_a_key(&text.as_bytes()[at.saturating_sub(48)..at]) {
        return;
    }
    let temporary = id.starts_with("ASIA");
    let mut key = Detection::new(if temporary { &TEMPORARY_ID } else { &KEY_ID }, at, at + ID_LEN);
    key.account = account_of(id);
    key.example = id.contains("EXAMPLE");
    found.push(key);
    let (from, to) = nearby(text.as_bytes(), at, at + ID_LEN);
    for (start, end) in runs(text, from, to) {
        let secret = &text[start..end];
        let random =
            entropy(secret.as_bytes()) >= 4.25 && is_plausible_secret(secret) && !is_identifier(secret);
        if random && !is_of_others(name_before(text, start)) && !is_sent(text, start) {
            found.push(secret_at(text, start, end, &SURE_SECRET));
        }
    }
}

/// The secret which a name with `secret` in it is given: `aws_secret_access_key = …`, `SecretKey: …`, or a name and a
/// value as a pair (`Name: …`, `Value: …`; `variable "…" { default = … }`).
pub(super) fn named_secret_at(text: &str, at: usize, found: &mut Vec<Detection>) {
    if !may_name_a_key(text.as_bytes(), at) {
        return;
    }
    let Some((name_start, name_end)) = secret_key_name(text.as_bytes(), at) else { return };
    let candidate = assigned(text, name_end)
        .or_else(|| value_after(text, name_end))
        .or_else(|| value_before(text, name_start));
    let Some((start, end)) = candidate else { return };
    let name = &text[name_start..name_end];
    let lower = name.to_ascii_lowercase();
    let sure = lower.contains("aws") || lower.contains("access");
    let secret = &text[start..end];
    // What is called an AWS key is not asked for how many slashes it has.
    let plausible = is_plausible_secret(secret) || sure && is_mixed(secret);
    if plausible && entropy(secret.as_bytes()) >= 3.8 && (sure || !is_of_others(name)) {
        found.push(secret_at(text, start, end, if sure { &SURE_SECRET } else { &LIKELY_SECRET }));
    }
}

/// Words of names for a secret access key that do not say that it is somebody else's.
#[rustfmt::skip]
const OWN: &[&str] = &[
    "aws", "amazon", "s", "s3", "iam", "ec", "ec2", "ses", "sqs", "sns", "ecr", "dynamodb", "kinesis", "bucket", "storage", "object", "access",
    "secret", "secretkey", "key", "keys", "id", "my", "the", "test", "dev", "prod", "production", "staging", "user", "root", "admin", "default", "value",
    "var", "tf", "terraform", "deploy", "deployer", "ci", "cd", "backup", "provider", "account", "credentials", "credential", "local",
    "env", "main", "old", "new",
];

/// `session_secret`, `DJANGO_SECRET_KEY`: a name that says secret and whose it is, which is not AWS.
fn is_of_others(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    says_secret(name)
        && !lower.contains("aws")
        && !lower.contains("access")
        && words(name).iter().any(|word| {
            let bare = word.trim_end_matches(|c: char| c.is_ascii_digit());
            !OWN.contains(&word.as_str()) && !OWN.contains(&bare) && !bare.is_empty()
        })
}

/// What a request is sent with is no key that signs it: `Authorization: Bearer …`.
fn is_sent(text: &str, value: usize) -> bool {
    let before = text.as_bytes()[..value].trim_ascii_end();
    let apart = before.len() < value;
    apart
        && [&b"bearer"[..], b"basic", b"token"].iter().any(|scheme| {
            before.len() >= scheme.len() && before[before.len() - scheme.len()..].eq_ignore_ascii_case(scheme)
        })
}

/// The name that a value is given, on the same line; nothing where there is none.
fn name_before(text: &str, value: usize) -> &str {
    let bytes = text.as_bytes();
    let mark = |b: &&u8| b"\"'\\ \t=:>".contains(b);
    let end = value - bytes[..value].iter().rev().take(32).take_while(mark).count();
    let part = |b: &&u8| alnum(**b) || matches!(**b, b'_' | b'-' | b'.');
    let start = end - bytes[..end].iter().rev().take(64).take_while(part).count();
    let assigned = bytes[end..value].iter().any(|b| matches!(b, b'=' | b':'));
    text.get(start..end).filter(|_| assigned).unwrap_or("")
}

fn secret_at(text: &str, start: usize, end: usize, detector: &'static Detector) -> Detection {
    let example = text[start..end].contains("EXAMPLE");
    Detection { example, ..Detection::new(detector, start, end) }
}

/// Gives secrets to the ids that they stand beside: to the one before rather than the one after, and to a session token
/// where there is no id. What belongs to a temporary id is temporary as well.
pub(super) fn pair_up(text: &str, found: &mut [Detection]) {
    let temporary = |key: &Detection| key.detector.class == Class::AwsTemporaryKey;
    if !found.iter().any(temporary) {
        return;
    }
    let is_id = |key: &Detection| {
        std::ptr::eq(key.detector, &raw const KEY_ID) || std::ptr::eq(key.detector, &raw const TEMPORARY_ID)
    };
    let owners: Vec<(usize, usize, bool, bool)> = found
        .iter()
        .filter(|key| is_id(key) || temporary(key))
        .map(|key| (key.start, key.end, is_id(key), temporary(key)))
        .collect();
    for secret in found.iter_mut().filter(|key| key.detector.class == Class::AwsSecretKey) {
        let before = |(_, end, ..): &&(usize, usize, bool, bool)| {
            *end <= secret.start && apart(text, *end, secret.start) <= NEAR_BYTES
        };
        let after = |(start, ..): &&(usize, usize, bool, bool)| {
            *start >= secret.end && apart(text, secret.end, *start) <= NEAR_BYTES
        };
        let ids = || owners.iter().filter(|(_, _, id, _)| *id);
        let owner = (ids().rfind(before))
            .or_else(|| ids().find(after))
            .or_else(|| owners.iter().find(|owner| before(owner) || after(owner)));
        if owner.is_some_and(|(.., temporary)| *temporary) {
            secret.detector = &TEMPORARY_SECRET;
        }
    }
}

/// No part of a longer word or of a block in base 64.
fn stands_alone(bytes: &[u8], start: usize, end: usize) -> bool {
    if !begins(bytes, start, |b| alnum(b) || b == b'+') {
        return false;
    }
    let after = &bytes[end..];
    match after {
        [b'=', next, ..] if !base64(*next) => return false,
        [next, ..] if alnum(*next) || *next == b'+' => return false,
        _ => {}
    }
    // A slash divides a key from its scope or its secret, but it is a digit of base 64 as well.
    let date = after.len() > 8 && after[0] == b'/' && after[1..9].iter().all(u8::is_ascii_digit);
    let slash_before = start > 0 && bytes[start - 1] == b'/';
    let slashes = slash_before || after.first() == Some(&b'/');
    if !slashes || date {
        return true;
    }
    let run_start = start - bytes[..start].iter().rev().take_while(|b| base64(**b)).count();
    let run_end = end + after.iter().take_while(|b| base64(**b)).count();
    run_end - run_start <= ID_LEN + 1 + SECRET_LEN
}

/// `AKIAXXXXXXXXXXXXXXXX`: one character repeated, or a row of crosses, is nobody's key.
fn is_made_up(id: &str) -> bool {
    let body = &id.as_bytes()[4..];
    distinct(body) <= 4 || longest_row(body, |b| b == b'X') >= 4 || longest_row(body, |_| true) >= 8
}

fn names_a_key(before: &[u8]) -> bool {
    let before = before.to_ascii_lowercase();
    [&b"access"[..], b"key"].iter().any(|word| before.windows(word.len()).any(|w| w == *word))
}

/// How far what stands beside a place goes. A line that says something to keyless is none: what is detected does not depend
/// on what is said of it.
fn nearby(bytes: &[u8], start: usize, end: usize) -> (usize, usize) {
    (behind(bytes, start), ahead(bytes, end))
}

fn behind(bytes: &[u8], start: usize) -> usize {
    let (mut at, mut left, mut breaks, mut passed) = (start, NEAR_BYTES, 0, 0);
    loop {
        let before = bytes.get(..at).unwrap_or(&[]);
        let searched = before.len().saturating_sub(LONGEST_NOTE);
        let line = memchr::memrchr(b'\n', &before[searched..]).map(|found| searched + found);
        let begin = line.map_or(searched, |line| line + 1);
        if at < start && passed < MOST_NOTES && is_note(&before[begin..]) {
            passed += 1;
            let Some(line) = line else { return begin };
            at = line;
            continue;
        }
        match line {
            Some(line) if at - line <= left => {
                left -= at - line;
                breaks += 1;
                if breaks > NEAR_LINES {
                    return line;
                }
                at = line;
            }
            Some(_) | None => return at.saturating_sub(left),
        }
    }
}

fn ahead(bytes: &[u8], end: usize) -> usize {
    let (mut at, mut left, mut breaks, mut passed) = (end, NEAR_BYTES, 0, 0);
    loop {
        let rest = bytes.get(at..).unwrap_or(&[]);
        let searched = &rest[..rest.len().min(LONGEST_NOTE)];
        let line = memchr::memchr(b'\n', searched);
        if at > end && passed < MOST_NOTES && is_note(&searched[..line.unwrap_or(searched.len())]) {
            passed += 1;
            at += line.map_or(searched.len(), |line| line + 1);
            continue;
        }
        match line {
            Some(line) if line < left => {
                left -= line + 1;
                breaks += 1;
                if breaks > NEAR_LINES {
                    return at + line;
                }
                at += line + 1;
            }
            Some(_) | None => return (at + left).min(bytes.len()),
        }
    }
}

/// How many bytes lie between two places, without lines that say something to keyless.
fn apart(text: &str, from: usize, to: usize) -> usize {
    let between = text.as_bytes().get(from..to).unwrap_or(&[]);
    if between.len() <= NEAR_BYTES || between.len() > NEAR_BYTES + MOST_NOTES * LONGEST_NOTE {
        return between.len();
    }
    let notes = between.split_inclusive(|byte| *byte == b'\n').skip(1).filter(|line| is_note(line));
    between.len() - notes.map(<[u8]>::len).sum::<usize>()
}

/// Whether a line is a comment that names keyless, and nothing else.
fn is_note(line: &[u8]) -> bool {
    let line = line.trim_ascii();
    [&b"#"[..], b"//", b"/*"].iter().any(|mark| line.starts_with(mark))
        && memchr::memmem::find(line, b"keyless:").is_some()
}

/// The stretches of exactly forty characters that begin within a range and that nothing of base 64 touches.
fn runs(text: &str, from: usize, to: usize) -> Vec<(usize, usize)> {
    let bytes = text.as_bytes();
    let mut out = Vec::new();
    // A range may begin within a run.
    let mut at = from - bytes[..from].iter().rev().take(SECRET_LEN + 2).take_while(|b| base64(**b)).count();
    while at < to {
        // What is long enough for a key has a byte of base 64 here, and whatever ends with another is passed over as a whole.
        let whole = bytes.get(at..at + SECRET_LEN).unwrap_or(&[]);
        match whole.iter().rposition(|b| !base64(*b)) {
            _ if whole.is_empty() => break,
            Some(other) => at += other + 1,
            None => {
                let more = bytes[at + SECRET_LEN..].iter().take_while(|b| base64(**b)).count();
                let end = at + SECRET_LEN + more;
                out.extend(exact_run(bytes, at, end));
                at = end;
            }
        }
    }
    out
}

/// The run itself, without the last character of an escape (`\n`) or an `id/` before it.
fn exact_run(bytes: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let start = match (end - start).checked_sub(SECRET_LEN)? {
        0 => start,
        extra => {
            let begin = start + extra;
            let after_id = extra == ID_LEN + 1 && bytes[begin - 1] == b'/';
            if after_id || (extra <= 2 && begins(bytes, begin, base64)) { begin } else { return None }
        }
    };
    (bytes.get(end) != Some(&b'=')).then_some((start, end))
}

/// Upper case, lower case and digits.
fn is_mixed(secret: &str) -> bool {
    let has = |kind: fn(&u8) -> bool| secret.as_bytes().iter().any(kind);
    has(u8::is_ascii_digit) && has(u8::is_ascii_uppercase) && has(u8::is_ascii_lowercase)
}

/// Whether a text as a whole has the form of a key that AWS gave out: an id, a secret or a session token.
pub fn has_key_form(text: &str) -> bool {
    let is_key = |found: &Detection| {
        matches!(found.detector.class, Class::AwsAccessKeyId | Class::AwsSecretKey | Class::AwsTemporaryKey)
    };
    let is_secret = text.len() == 40 && text.bytes().all(base64) && is_mixed(text);
    is_secret || text.len() >= SESSION_TOKEN || super::scan(text).iter().any(is_key)
}

/// No session token is shorter.
const SESSION_TOKEN: usize = 100;

/// Mixed, no hash in hex, no path, no placeholder.
fn is_plausible_secret(secret: &str) -> bool {
    let bytes = secret.as_bytes();
    let slashes = bytes.iter().filter(|b| **b == b'/').count();
    // `Some/Path/with/Words2`: slashes are rare in a random key, and its pieces are no words.
    let path = slashes >= 5 || (slashes >= 2 && secret.split('/').all(is_word));
    let hex = bytes.iter().all(u8::is_ascii_hexdigit);
    is_mixed(secret)
        && !path
        && !hex
        && longest_row(bytes, |b| matches!(b, b'x' | b'X')) < 4
        && longest_row(bytes, |_| true) < 8
}

/// `DisableRollbackOnFailureForStackSet2`: words in camel case. Two long rows of small letters and few changes between
/// kinds of characters come together in one random key of a thousand.
fn is_identifier(text: &str) -> bool {
    let kind = |b: u8| (b.is_ascii_lowercase(), b.is_ascii_uppercase(), b.is_ascii_digit());
    let rows = || text.as_bytes().chunk_by(|a, b| kind(*a) == kind(*b));
    let long = rows().filter(|row| row.len() >= 6 && row[0].is_ascii_lowercase()).count();
    long >= 2 && rows().count() <= 18
}

/// Letters of one case but for the first, then perhaps digits; or nothing.
fn is_word(piece: &str) -> bool {
    let letters = piece.trim_end_matches(|c: char| c.is_ascii_digit());
    letters.bytes().skip(1).all(|b| b.is_ascii_lowercase())
}

/// Whether `secret` stands before `key` or `access`, or after `key` or `aws`, as far as one letter says: most of the many words
/// that hold `secret` are done with here.
fn may_name_a_key(bytes: &[u8], at: usize) -> bool {
    let mark = |b: &&u8| matches!(**b, b'_' | b'-' | b'.' | b' ');
    let next = bytes.get(at + 6..).and_then(|rest| rest.iter().find(|b| !mark(b)));
    let before = bytes[..at].iter().rev().find(|b| !mark(b));
    matches!(next, Some(b'a' | b'k' | b'A' | b'K')) || matches!(before, Some(b'y' | b's' | b'Y' | b'S'))
}

/// The whole name around `secret` where it names the secret half of an access key.
fn secret_key_name(bytes: &[u8], at: usize) -> Option<(usize, usize)> {
    let part = |b: &u8| alnum(*b) || matches!(*b, b'_' | b'-' | b'.');
    let start = at - bytes[..at].iter().rev().take(48).take_while(|b| part(b)).count();
    let mut end = at + bytes[at..].iter().take(48).take_while(|b| part(b)).count();
    for spaced in [&b"secret access key"[..], b"secret key"] {
        let here = bytes.get(at..at + spaced.len());
        if here.is_some_and(|here| here.eq_ignore_ascii_case(spaced)) {
            end = end.max(at + spaced.len());
        }
    }
    let mut name = String::with_capacity(end - start);
    name.extend(bytes[start..end].iter().filter(|b| alnum(**b)).map(|b| char::from(b.to_ascii_lowercase())));
    let says = ["secretaccesskey", "secretkey", "accesskeysecret", "secretaccess", "awssecret"];
    let refers = ["id", "arn", "name", "path", "file", "ref", "version"];
    let named = says.iter().any(|s| name.contains(s)) && !refers.iter().any(|r| name.ends_with(r));
    named.then_some((start, end))
}

/// The forty characters that follow a name and an assignment, or a name and a space as in a command line.
fn assigned(text: &str, name_end: usize) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    let between = |b: &u8| {
        matches!(
            b,
            b'"' | b'\'' | b'`' | b'\\' | b']' | b'(' | b')' | b' ' | b'\t' | b'=' | b':' | b'>' | b','
        )
    };
    let start = name_end + bytes[name_end..].iter().take(80).take_while(|b| between(b)).count();
    if start == name_end {
        return None;
    }
    let end = start + bytes[start..].iter().take(SECRET_LEN + 3).take_while(|b| base64(**b)).count();
    exact_run(bytes, start, end)
}

/// The forty characters that a `value` or `default` is given within the next lines, before another name.
fn value_after(text: &str, name_end: usize) -> Option<(usize, usize)> {
    let (_, to) = nearby(text.as_bytes(), name_end, name_end);
    let mut later = runs(text, name_end, to).into_iter().filter(|(start, _)| *start > name_end);
    later.find(|(start, _)| {
        let between = text[name_end..*start].to_ascii_lowercase();
        let key = between.trim_end_matches(|c: char| c.is_whitespace() || "\"'\\:=".contains(c));
        (key.ends_with("value") || key.ends_with("default")) && !has_key(&between, "name")
    })
}

/// The same before the name, where keys are sorted otherwise: nothing but `"Name":` between the two.
fn value_before(text: &str, name_start: usize) -> Option<(usize, usize)> {
    let (from, _) = nearby(text.as_bytes(), name_start, name_start);
    let (start, end) = runs(text, from, name_start).pop()?;
    let name_key = text.get(end..name_start)?.to_ascii_lowercase();
    let name_key = name_key.trim_matches(|c: char| c.is_whitespace() || "\"'\\:=,".contains(c));
    let before = text.as_bytes()[start.saturating_sub(24)..start].to_ascii_lowercase();
    let value_key = before.trim_ascii_end().windows(5).any(|w| w == b"value");
    (value_key && (name_key == "name" || name_key == "optionname" || name_key == "key"))
        .then_some((start, end))
}

/// Whether `name` stands in the text as a key: followed by quotes, spaces and then `:` or `=`.
fn has_key(text: &str, name: &str) -> bool {
    text.match_indices(name).any(|(at, _)| {
        let rest = text[at + name.len()..]
            .trim_start_matches(|c: char| c == ' ' || c == '\t' || "\"'\\".contains(c));
        rest.starts_with([':', '='])
    })
}
