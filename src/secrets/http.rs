//! Credentials as HTTP clients are given them: `Authorization: Basic …` and `Bearer …`, `_authToken=` of npm, `"auth": "…"` of
//! Docker, `machine … login … password …` of `.netrc`.

use super::connection::is_stand_in;
use super::shape::{base64_padded, distinct};
use super::value::{is_generated, may_be_secret};
use super::{Class, Confidence, Detection, Detector, is_placeholder, judged, looks_like_reference};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::ops::Range;

pub(super) static BASIC: Detector = Detector {
    id: "http-basic-auth",
    label: "user and password for HTTP",
    class: Class::CredentialUrl,
    confidence: Confidence::High,
    prefix_len: 0,
};
pub(super) static BEARER: Detector = Detector {
    id: "http-bearer-token",
    label: "bearer token",
    class: Class::Token,
    confidence: Confidence::Medium,
    prefix_len: 0,
};
pub(super) static REGISTRY: Detector = Detector {
    id: "npm-registry-token",
    label: "token of an npm registry",
    class: Class::Token,
    confidence: Confidence::High,
    prefix_len: 0,
};
pub(super) static NETRC: Detector = Detector {
    id: "netrc-password",
    label: "password in a .netrc",
    class: Class::CredentialUrl,
    confidence: Confidence::High,
    prefix_len: 0,
};

/// How a credential is handed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    Basic,
    Bearer,
    NpmToken,
    NpmBasic,
    Docker,
    Netrc,
}

pub(super) const KEYWORDS: &[(Look, &[&str])] = &[
    (Look::Basic, &["Basic ", "basic "]),
    (Look::Bearer, &["Bearer ", "bearer "]),
    (Look::NpmToken, &[":_authToken"]),
    (Look::NpmBasic, &["_auth=", "_auth ="]),
    (Look::Docker, &["auth\":", "auth\\\":"]),
    (Look::Netrc, &["machine "]),
];

/// The credential after the keyword that stands from `at` to `end`.
pub(super) fn credential_at(look: Look, text: &str, at: usize, end: usize) -> Option<Detection> {
    match look {
        Look::Basic => basic(text, end),
        Look::Bearer if names_header(text, at) => bearer(text, end),
        Look::Bearer => None,
        Look::NpmToken => registry(text, end),
        Look::NpmBasic => basic(text, after(text, end, b" \t\"'")),
        Look::Docker => {
            let quoted = text[..at].ends_with(['"', '\\']);
            quoted.then(|| basic(text, after(text, end, b" \t\n\r\"\\")))?
        }
        Look::Netrc => netrc(text, end),
    }
}

/// How a value in such a header begins.
const SCHEMES: &[&str] = &["bearer ", "basic ", "token ", "apikey ", "key "];

/// Whether a name is that of the header which says who calls.
pub fn names_authorization(name: &str) -> bool {
    name.eq_ignore_ascii_case("authorization") || name.eq_ignore_ascii_case("proxy-authorization")
}

/// The credential in the value of a header of this name: what follows the scheme, or all of it where that is plainly
/// generated. What is put together when it runs is none.
pub fn credential_in_header(name: &str, value: &str) -> Option<Range<usize>> {
    if !names_authorization(name) {
        return None;
    }
    let begin = value.len() - value.trim_start().len();
    let scheme = SCHEMES.iter().find(|scheme| {
        value.get(begin..begin + scheme.len()).is_some_and(|head| head.eq_ignore_ascii_case(scheme))
    });
    let from = begin + scheme.map_or(0, |scheme| scheme.len());
    let rest = value.get(from..)?;
    let start = from + (rest.len() - rest.trim_start().len());
    let token = value.get(start..)?.trim_end();
    let open = token.contains(|c: char| c.is_whitespace() || "$%<>{}()'\"".contains(c));
    let real = match scheme {
        _ if open => false,
        Some(&"basic ") => basic(token, 0).is_some_and(|found| found.end == token.len()),
        Some(_) => may_be_secret("token", token),
        None => is_generated(token) && !looks_like_reference(token),
    };
    real.then(|| start..start + token.len())
}

fn after(text: &str, at: usize, passed: &[u8]) -> usize {
    at + text.as_bytes()[at..].iter().take(32).take_while(|b| passed.contains(b)).count()
}

/// Base 64 of `user:password`, which text in base 64's letters is by chance once in a thousand times.
fn basic(text: &str, start: usize) -> Option<Detection> {
    let bytes = text.as_bytes();
    let length = bytes.get(start..)?.iter().take(1024).take_while(|b| base64_padded(**b)).count();
    let encoded = text.get(start..start + length)?;
    if length < 8 {
        return None;
    }
    let decoded = String::from_utf8(STANDARD.decode(encoded).ok()?).ok()?;
    let (user, password) = decoded.split_once(':')?;
    let plain = |text: &str| text.bytes().all(|b| (b' '..=b'~').contains(&b));
    let real = plain(user) && plain(password) && !user.contains(' ') && !is_stand_in(password);
    real.then(|| Detection::new(&BASIC, start, start + length))
}

/// Whether a word belongs to a header that says who calls: it stands within the line, right before.
fn names_header(text: &str, at: usize) -> bool {
    let from = at.saturating_sub(48);
    let before = text.as_bytes()[from..at].to_ascii_lowercase();
    let line = before.rsplit(|b| *b == b'\n').next().unwrap_or_default();
    line.windows(13).any(|w| w == b"authorization")
}

fn bearer(text: &str, start: usize) -> Option<Detection> {
    let bytes = text.as_bytes();
    let inside = |b: &u8| b.is_ascii_alphanumeric() || b"-._~+/=".contains(b);
    let length = bytes[start..].iter().take(4096).take_while(|b| inside(b)).count();
    let token = text.get(start..start + length)?;
    // What goes on with a hole is put together when it runs.
    let whole = !matches!(bytes.get(start + length), Some(b'$' | b'{' | b'<' | b'%' | b'('));
    let digits = token.bytes().filter(u8::is_ascii_digit).count();
    let letters = token.bytes().filter(u8::is_ascii_alphabetic).count();
    let mixed = digits >= 2 && letters >= 4 && distinct(token.as_bytes()) >= 10;
    let real = length >= 20 && mixed && whole && !looks_like_reference(token);
    if real { judged(token, Detection::new(&BEARER, start, start + length)) } else { None }
}

fn registry(text: &str, end: usize) -> Option<Detection> {
    let start = after(text, end, b" \t=");
    let bytes = text.as_bytes();
    let assigned = bytes.get(end..start)?.contains(&b'=');
    let start = after(text, start, b"\"'");
    let inside = |b: &u8| b.is_ascii_graphic() && !b"\"'`;\\".contains(b);
    let length = bytes[start..].iter().take(4096).take_while(|b| inside(b)).count();
    let token = text.get(start..start + length)?;
    let open = token.contains(['$', '{', '<', '%']) || is_placeholder(token) || looks_like_reference(token);
    let real = assigned && length >= 8 && !open;
    if real { judged(token, Detection::new(&REGISTRY, start, start + length)) } else { None }
}

/// Words from the host on: `login USER`, perhaps `account X`, `password PASSWORD`, within a few lines.
fn netrc(text: &str, end: usize) -> Option<Detection> {
    let limit = (end..=text.len().min(end + 512)).rev().find(|at| text.is_char_boundary(*at))?;
    let area = &text[end..limit];
    let mut words = area.split_ascii_whitespace().skip(1);
    let (login, _user, mut next) = (words.next()?, words.next()?, words.next()?);
    if next == "account" {
        words.next()?;
        next = words.next()?;
    }
    if login != "login" || next != "password" {
        return None;
    }
    let password = words.next()?.trim_end_matches(['"', '\'']);
    let password = password.split("\\n").next().unwrap_or(password);
    let start = end + (password.as_ptr() as usize).checked_sub(area.as_ptr() as usize)?;
    let real = !is_stand_in(password) && !password.contains(['$', '{']);
    real.then(|| Detection::new(&NETRC, start, start + password.len()))
}

#[cfg(test)]
mod tests {
    use super::{STANDARD, credential_in_header};
    use base64::Engine as _;

    #[test]
    fn a_header_that_says_who_calls_is_given_a_credential() {
        let generated = format!("k3Jd8Fh2Ls{}", "9Qw4Er7Ty1");
        let basic = |pair: &str| format!("Basic {}", STANDARD.encode(pair));
        for (name, value, expected) in [
            ("Authorization", "Bearer corr3ct-horse-1", Some("corr3ct-horse-1")),
            ("authorization", "bearer  corr3ct-horse-1", Some("corr3ct-horse-1")),
            ("Proxy-Authorization", "token corr3ct-horse-1", Some("corr3ct-horse-1")),
            ("Authorization", "ApiKey corr3ct-horse-1 ", Some("corr3ct-horse-1")),
            ("Authorization", &generated, Some(&generated)),
            ("Authorization", &basic("bob:corr3ct-horse-1"), Some(&basic("bob:corr3ct-horse-1")[6..])),
            ("Authorization", &basic("bob:changeme"), None),
            ("Authorization", "Basic authentication", None),
            ("Authorization", "Bearer ${TOKEN}", None),
            ("Authorization", "Bearer $TOKEN", None),
            ("Authorization", "Bearer $.token", None),
            ("Authorization", "Bearer {}", None),
            ("Authorization", "Bearer <token>", None),
            ("Authorization", "Bearer your-token-here", None),
            ("Authorization", "Bearer \u{e000}", None),
            ("Authorization", "States.Format('Bearer {}', $.token)", None),
            ("Authorization", "AWS_IAM", None),
            ("Authorization", "method.request.header.Authorization", None),
            ("Authorization", "", None),
            ("Accept", "Bearer corr3ct-horse-1", None),
        ] {
            let found = credential_in_header(name, value).map(|range| &value[range]);
            assert_eq!(found, expected, "{name}: {value}");
        }
    }
}
