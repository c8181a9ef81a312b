//! Passwords within URLs (`scheme://user:PASSWORD@host`), connection strings (`Password=…;`) and Azure account keys.

use super::shape::{base64, begins, word};
use super::{
    Class, Confidence, Detection, Detector, is_generated, is_placeholder, looks_like_reference, says_secret,
};

const fn detector(id: &'static str, label: &'static str, confidence: Confidence) -> Detector {
    Detector { id, label, class: Class::CredentialUrl, confidence, prefix_len: 0 }
}

pub(super) static DATABASE_URL: Detector =
    detector("database-url-password", "password in a database URL", Confidence::High);
pub(super) static URL: Detector = detector("url-password", "password in a URL", Confidence::Medium);
pub(super) static QUERY: Detector = detector("url-token", "token in a URL", Confidence::Medium);
pub(super) static REPOSITORY: Detector =
    detector("repository-url-credential", "credential in the URL of a repository", Confidence::Medium);
pub(super) static STRING: Detector =
    detector("connection-string-password", "password in a connection string", Confidence::High);
pub(super) static ACCOUNT_KEY: Detector = Detector {
    id: "azure-connection-key",
    label: "Azure key in a connection string",
    class: Class::Token,
    confidence: Confidence::High,
    prefix_len: 0,
};
pub(super) static SIGNATURE: Detector = Detector {
    id: "azure-shared-access-signature",
    label: "Azure shared access signature",
    class: Class::Token,
    confidence: Confidence::Medium,
    prefix_len: 0,
};

/// Schemes of databases and brokers: a password there is a login, not part of an example.
#[rustfmt::skip]
const DATABASES: &[&str] = &[
    "postgres", "postgresql", "mysql", "mariadb", "mongodb", "redis", "rediss", "amqp", "amqps", "mssql",
    "sqlserver", "oracle", "clickhouse", "cassandra", "mysql2", "cockroachdb",
];

/// What stands between a scheme and an authority.
pub(super) const BEFORE_AUTHORITY: &str = "://";

/// Longer ones are looked at up to here.
const LONGEST_URL: usize = 1024;

/// A user and a password are seldom longer together.
const LONGEST_LOGIN: usize = 256;

/// What ends a scheme.
fn ends_scheme(byte: u8) -> bool {
    byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"BLPQS})\"'".contains(&byte)
}

/// The password of the URL whose `://` stands at `at`.
pub(super) fn url_at(text: &str, at: usize) -> Option<Detection> {
    let bytes = text.as_bytes();
    if !at.checked_sub(1).is_some_and(|before| ends_scheme(bytes[before])) {
        return None;
    }
    let start = at + 3;
    let authority = authority(&bytes[start..]);
    let sign = authority.iter().rposition(|b| *b == b'@')?;
    let colon = authority[..sign].iter().position(|b| *b == b':')?;
    let (user, password) = (text.get(start..start + colon)?, text.get(start + colon + 1..start + sign)?);
    let host = &authority[sign + 1..];
    let hosted = host.first().is_some_and(|b| {
        b.is_ascii_alphanumeric() || matches!(b, b'[' | b'$' | b'{' | b'%' | b'<') || *b >= 0x80
    });
    if !hosted || user.contains(char::is_whitespace) || is_stand_in(password) {
        return None;
    }
    let local = [&b"localhost"[..], b"127.0.0.1", b"example."].iter().any(|l| host.starts_with(l));
    if local && user == password {
        return None;
    }
    let scheme_len = bytes[..at]
        .iter()
        .rev()
        .take(24)
        .take_while(|b| b.is_ascii_alphanumeric() || b"+.-".contains(b))
        .count();
    let scheme = text.get(at - scheme_len..at)?.to_ascii_lowercase();
    // `mysql+pymysql`, `postgresql+psycopg2`: the driver does not matter.
    let plain = scheme.split('+').next().unwrap_or_default();
    let database = DATABASES.contains(&plain);
    let found = if database { &DATABASE_URL } else { &URL };
    Some(Detection::new(found, start + colon + 1, start + sign))
}

/// The token that the URL whose `://` stands at `at` is asked with: `?api_key=TOKEN`. What only looks like one is told where
/// its name stands by itself.
pub(super) fn query_at(text: &str, at: usize) -> Option<Detection> {
    let start = at + BEFORE_AUTHORITY.len();
    let bytes = text.as_bytes().get(start..)?;
    let bytes = bytes.get(..LONGEST_URL).unwrap_or(bytes);
    let from = memchr::memchr(b'?', bytes)? + 1;
    let ends = |b: &u8| b.is_ascii_whitespace() || b"\"'`<>\\|".contains(b);
    let length = bytes.iter().position(ends).unwrap_or(bytes.len());
    let url = text.get(start..start + length)?;
    let mut offset = start + from;
    for pair in url.get(from..)?.split('&') {
        let place = offset;
        offset += pair.len() + 1;
        let Some((name, value)) = pair.split_once('=') else { continue };
        // A number in hex, or a UUID.
        let is_hex = value.len() >= 32 && value.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-');
        let is_secret = value.len() >= 16 && (is_generated(value) || is_hex) && !is_stand_in(value);
        // What signs a request for a while is no token.
        if is_secret && says_secret(name) && !name.starts_with("X-Amz-") {
            let value_at = place + name.len() + 1;
            return Some(Detection::new(&QUERY, value_at, value_at + value.len()));
        }
    }
    None
}

/// `user:PASSWORD@tcp(host:3306)/name`, as Go's driver of MySQL has it. `at` is at the `@`.
/// <https://github.com/go-sql-driver/mysql#dsn-data-source-name>
pub(super) fn data_source_at(text: &str, at: usize) -> Option<Detection> {
    let ends = |b: &u8| b.is_ascii_whitespace() || b"\"'`=<>\\".contains(b);
    let before = text.as_bytes().get(..at)?.iter().rev().take(LONGEST_LOGIN);
    let start = at - before.take_while(|b| !ends(b)).count();
    let (user, password) = text.get(start..at)?.split_once(':')?;
    let named = !user.is_empty() && user.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-.".contains(&b));
    (named && !is_stand_in(password)).then(|| Detection::new(&DATABASE_URL, start + user.len() + 1, at))
}

/// The password of Oracle's `jdbc:oracle:thin:USER/PASSWORD@…`.
pub(super) fn oracle_at(text: &str, value: usize) -> Option<Detection> {
    let area = text.get(value..)?;
    let end = area.bytes().take(256).position(|b| b == b'@')?;
    let (user, password) = area[..end].split_once('/')?;
    let named = !user.is_empty() && user.chars().all(|c| c.is_alphanumeric() || "_#.-".contains(c));
    let plain = !password.contains(|c: char| c.is_whitespace() || "\"'/}".contains(c));
    let start = value + user.len() + 1;
    let real = named && plain && !is_stand_in(password);
    real.then(|| Detection::new(&DATABASE_URL, start, value + end))
}

/// What stands before the host in the address of a repository: a password, or a token in place of a user. Example words
/// count as well, since nothing is right there.
pub fn repository_credential(text: &str) -> Option<Detection> {
    let at = text.find("://")? + 3;
    let authority = authority(text.as_bytes().get(at..)?);
    let sign = authority.iter().rposition(|b| *b == b'@')?;
    let user = text.get(at..at + sign)?;
    let host = text.get(at + sign + 1..at + authority.len())?;
    let secret = match user.split_once(':') {
        Some((name, password)) => at + name.len() + 1..at + name.len() + 1 + password.len(),
        // Users have names at other hosts; GitHub takes a token alone.
        None if host.eq_ignore_ascii_case("github.com") && user != "git" => at..at + sign,
        None => return None,
    };
    let known = text.get(secret.clone()).is_some_and(|secret| {
        !secret.is_empty() && !secret.contains(['$', '{', '<', '\u{e000}']) && secret != "x-oauth-basic"
    });
    known.then(|| Detection::new(&REPOSITORY, secret.start, secret.end))
}

/// What stands between `//` and the path. Slashes within `${…}` do not end it.
fn authority(bytes: &[u8]) -> &[u8] {
    let mut depth = 0usize;
    for (at, b) in bytes.iter().enumerate().take(512) {
        match b {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            b'/' | b'?' | b'#' | b'"' | b'\'' | b'`' | b'<' | b'>' | b' ' | b',' | b'\\' | b'|'
                if depth == 0 =>
            {
                return &bytes[..at];
            }
            b'\n' | b'\r' | b'\t' => return &bytes[..at],
            _ => {}
        }
    }
    &bytes[..bytes.len().min(512)]
}

/// `AccountKey=…` of Azure Storage (88 characters) or `SharedAccessKey=…` of its buses (44).
pub(super) fn account_key_at(text: &str, at: usize, value: usize) -> Option<Detection> {
    let bytes = text.as_bytes();
    let length = bytes[value..].iter().take(90).take_while(|b| base64(**b)).count();
    let padding = bytes[value + length..].iter().take_while(|b| **b == b'=').count();
    let fits = matches!((length, padding), (86, 2) | (43, 1));
    let key = &bytes[value..value + length];
    let real = super::shape::distinct(key) >= 16 && begins(bytes, at, word);
    (fits && real).then(|| Detection::new(&ACCOUNT_KEY, value, value + length + padding))
}

/// `sig=…` of an address that Azure signed: 32 bytes in base 64, with or without escapes, beside what was signed.
pub(super) fn signature_at(text: &str, at: usize, value: usize) -> Option<Detection> {
    let bytes = text.as_bytes();
    let before = at.checked_sub(1).map(|before| bytes[before]);
    if !matches!(before, Some(b'?' | b'&' | b' ' | b';')) {
        return None;
    }
    let set = |b: &u8| base64(*b) || matches!(b, b'%' | b'-' | b'_');
    let length = bytes[value..].iter().take(80).take_while(|b| set(b)).count();
    let padded = usize::from(bytes.get(value + length) == Some(&b'='));
    let signature = text.get(value..value + length)?;
    let escapes = signature.matches('%').count();
    let bare = length.checked_sub(2 * escapes)?;
    // The last escape is the padding, where it is one.
    let padding = usize::from(signature.ends_with("%3D") || signature.ends_with("%3d"));
    if bare - padding.min(bare) != 43 || super::shape::distinct(signature.as_bytes()) < 16 {
        return None;
    }
    // A parameter of the same address.
    let inside = |b: &u8| !b.is_ascii_whitespace() && !matches!(b, b'"' | b'\'' | b'`' | b'<' | b'>' | b'\\');
    let start = at - bytes[..at].iter().rev().take(1024).take_while(|b| inside(b)).count();
    let end = value + length + bytes[value + length..].iter().take(1024).take_while(|b| inside(b)).count();
    let address = String::from_utf8_lossy(&bytes[start..end]);
    let signed = ["sv=", "se=", "sr=", "sp="].iter().filter(|key| address.contains(**key)).count();
    (signed >= 2).then(|| Detection::new(&SIGNATURE, value, value + length + padded))
}

/// `Password=…` as a part of a connection string, of a JDBC URL or of what JAAS is told. `at` is at the `a` of the keyword or
/// its `P`.
pub(super) fn password_at(text: &str, at: usize, value: usize) -> Option<Detection> {
    let bytes = text.as_bytes();
    let key_start = if bytes[at].eq_ignore_ascii_case(&b'a') { at.checked_sub(1)? } else { at };
    let before = bytes[key_start.checked_sub(1)?];
    if !matches!(before, b'?' | b'&' | b';' | b'"' | b'\'' | b' ') {
        return None;
    }
    let line = line_around(bytes, key_start, value);
    let connects = match before {
        b'?' | b'&' => line.contains("jdbc:") || line.contains("://"),
        _ => line.contains(';') && KEYS.iter().any(|key| line.contains(key)),
    };
    let jaas = before == b' ' && line.contains("loginmodule");
    let quote = bytes[value..].iter().take(4).take_while(|b| matches!(b, b'"' | b'\'' | b'\\')).count();
    // `Password='…'`; what follows a quote by a plus is put together by a program.
    let quoted = jaas
        || bytes.get(value) == Some(&b'\'')
            && !matches!(bytes.get(value + 1), Some(b'+' | b'.' | b',' | b'&'));
    let value = if quoted { value + quote } else { value };
    let stops = |b: &u8| matches!(b, b';' | b'"' | b'\'' | b'&' | b' ' | b'\n' | b'\r' | b'\\' | b'<' | b'`');
    let length = bytes[value..].iter().take(256).take_while(|b| !stops(b)).count();
    let password = text.get(value..value + length)?;
    ((connects || jaas) && !is_stand_in(password)).then(|| Detection::new(&STRING, value, value + length))
}

/// What else a connection string says.
#[rustfmt::skip]
const KEYS: &[&str] = &[
    "server=", "data source=", "host=", "user id=", "uid=", "database=", "initial catalog=", "jdbc:",
];

/// The line, in small letters; not the whole of it, since there are files of one line.
fn line_around(bytes: &[u8], from: usize, to: usize) -> String {
    let back = bytes[..from].iter().rev().take(1024).take_while(|b| **b != b'\n').count();
    let on = bytes[to..].iter().take(512).take_while(|b| **b != b'\n').count();
    String::from_utf8_lossy(&bytes[from - back..to + on]).to_ascii_lowercase()
}

/// A password that stands for another: a variable, a placeholder, a word of the example.
pub(super) fn is_stand_in(password: &str) -> bool {
    let words =
        ["user", "username", "pass", "passwd", "pwd", "password", "secret", "token", "mypassword", "mypass"];
    let holes = ["\u{e000}", "${", "{{", "$(", "#{", "<", "%(", "*", "..."];
    password.len() < 3
        || password.starts_with(['$', '%', '{', '['])
        || holes.iter().any(|hole| password.contains(hole))
        || words.contains(&password.to_ascii_lowercase().as_str())
        || is_placeholder(password)
        || looks_like_reference(password)
}
