//! Whether a value that stands under a name which says secret is one, rather than a switch, a word, or what says where the
//! secret is.

use super::names::{asks_password, is_at_hand, is_key_secret, is_vague, may_call_one, says_secret, words};
use super::placeholder::{is_ciphertext, is_placeholder, is_random, looks_like_reference};
use super::shape::distinct;
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};

/// What a name calls a secret is seldom shorter where it is one.
const SHORTEST: usize = 6;
/// A longer text without a line break is a document.
const LONGEST: usize = 4096;

/// Whether a name and its value together are a secret.
pub fn is_named_secret(name: &str, value: &str) -> bool {
    says_secret(name) && may_be_secret(name, value) || is_key_material(name, value)
}

/// Whether the value is a secret, given that its name says so.
pub fn may_be_secret(name: &str, value: &str) -> bool {
    let value = value.trim();
    let length = value.chars().count();
    // The name of a secret access key leaves no doubt.
    let shortest = if is_key_secret(name) { 1 } else { SHORTEST };
    if length < shortest || length > LONGEST || is_placeholder(value) || looks_like_reference(value) {
        return false;
    }
    let harmless = value.parse::<f64>().is_ok()
        || value.contains(char::is_whitespace) && !is_passphrase(name, value)
        || value.contains("${")
        || value.split_once("$(").is_some_and(|(_, call)| call.contains(')'))
        || value.contains("{{")
        || value.contains('`')
        || [('{', '}'), ('[', ']'), ('<', '>')]
            .iter()
            .any(|(open, close)| value.starts_with(*open) && value.ends_with(*close))
        || is_pattern(value)
        || is_mail_address(value)
        || is_hash(value)
        || is_time(value)
        || is_ciphertext(value)
        || matches!(words(name).first().map(String::as_str), Some("encrypted" | "hashed"))
        || is_call(value);
    !harmless && (is_key_secret(name) || !(repeats(name, value) || is_words(name, value)))
}

/// A date, perhaps with a time ([ISO 8601](https://www.rfc-editor.org/rfc/rfc3339)): `2024-01-31T12:00:00Z`.
fn is_time(value: &str) -> bool {
    let shape = |b: u8| if b.is_ascii_digit() { b'0' } else { b };
    let (date, time) = value.split_at_checked(10).unwrap_or((value, ""));
    date.bytes().map(shape).eq(*b"0000-00-00")
        && (time.is_empty()
            || time.starts_with('T')
                && time.bytes().skip(1).all(|b| b.is_ascii_digit() || b":.+-Z".contains(&b)))
}

/// Whether a value is a key to encrypt with, under a name that says so: `ENCRYPTION_KEY`. Such names mostly stand for the id
/// of a key, so that the value has to be what keys are: 16 to 64 bytes in hex or base 64.
pub fn is_key_material(name: &str, value: &str) -> bool {
    if !may_name_key_material(name) {
        return false;
    }
    let hex =
        value.len() >= 32 && value.bytes().all(|b| b.is_ascii_hexdigit()) && distinct(value.as_bytes()) >= 8;
    let text = value.strip_prefix("base64:").unwrap_or(value).trim_end_matches('=');
    let bytes = STANDARD_NO_PAD.decode(text).or_else(|_| URL_SAFE_NO_PAD.decode(text));
    let sized = bytes.is_ok_and(|bytes| [16, 24, 32, 48, 64].contains(&bytes.len()));
    !is_placeholder(value) && (hex && value.len().is_multiple_of(16) || sized && is_generated(text))
}

/// Whether a name says secret, or does with what keys are made of as its value.
pub fn may_say_secret(name: &str) -> bool {
    says_secret(name) || may_name_key_material(name)
}

/// `ENCRYPTION_KEY`, `fernetKey`, Laravel's `APP_KEY`, Rails' `MASTER_KEY`.
pub fn may_name_key_material(name: &str) -> bool {
    #[rustfmt::skip]
    let kinds = [
        "encryption", "encrypt", "decryption", "crypto", "crypt", "cipher", "aes", "hmac", "fernet", "master", "session", "cookie",
        "gossip", "app",
    ];
    let ends = name.trim_end_matches(|c: char| !c.is_ascii_alphabetic());
    ends.len() > 6
        && ends.get(ends.len() - 3..).is_some_and(|end| end.eq_ignore_ascii_case("key"))
        && matches!(words(name).as_slice(), [.., what, key] if key == "key" && kinds.contains(&what.as_str()))
}

/// Words in a row under a name that asks for a password, which neither are a sentence nor speak of passwords.
fn is_passphrase(name: &str, value: &str) -> bool {
    #[rustfmt::skip]
    let speech = [
        "the", "a", "an", "of", "for", "to", "in", "is", "see", "your", "from", "and", "or", "must", "here", "this", "that", "be",
        "not", "set", "with", "by", "if", "it", "as", "on", "at", "use", "used", "using", "please", "enter", "choose", "new",
    ];
    let is_speech = |word: &str| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric()).to_ascii_lowercase();
        speech.contains(&word.as_str()) || says_secret(&word)
    };
    asks_password(name)
        && !value.contains(['\n', '\r', '\t'])
        && !value.contains("  ")
        && (2..=12).contains(&value.split(' ').count())
        && !value.split(' ').any(is_speech)
}

/// A regular expression or a wildcard.
fn is_pattern(value: &str) -> bool {
    let has = |signs: &[&str]| signs.iter().any(|sign| value.contains(sign));
    let any = |kind: fn(&u8) -> bool| value.as_bytes().iter().any(kind);
    // Of what a machine makes of letters, digits and signs anything may be a piece.
    let mixed = any(u8::is_ascii_digit) && any(u8::is_ascii_uppercase) && any(u8::is_ascii_lowercase);
    has(&["[a-z", "[A-Z", "[0-9", "\\d", "\\w", "\\s", "\\S"])
        || !mixed && has(&["[^", ".*", ".+", "(?", "%s", "%d"])
        || value.starts_with('^') && value.ends_with('$')
}

/// Functions that passwords are kept by, as they are called in front of what they made (crypt(5), PHC's string format).
#[rustfmt::skip]
const HASHES: &[&str] = &[
    "1", "5", "6", "7", "y", "gy", "2", "2a", "2b", "2x", "2y", "apr1", "argon2i", "argon2d", "argon2id", "scrypt", "bcrypt",
    "bcrypt_sha256", "pbkdf2", "pbkdf2-sha1", "pbkdf2-sha256", "pbkdf2-sha512", "pbkdf2_sha1", "pbkdf2_sha256",
];

/// What a password became to be checked against: `$2b$12$…`, `$6$…`, `$argon2id$…`, `pbkdf2_sha256$…`, `{SSHA}…`.
fn is_hash(value: &str) -> bool {
    let written = value.strip_prefix('$').unwrap_or(value);
    let mut parts = written.split('$');
    let marked = written.len() < value.len() || parts.clone().next().is_some_and(|kind| kind.len() > 4);
    let crypt = marked && parts.next().is_some_and(|kind| HASHES.contains(&kind)) && parts.next().is_some();
    let salted = value.starts_with('$') && value.matches('$').count() >= 3;
    let upper = value.to_ascii_uppercase();
    crypt && (salted || value.len() >= 30)
        || ["{SHA", "{SSHA", "{MD5}", "{SMD5}", "{CRYPT}"].iter().any(|kind| upper.starts_with(kind))
        || upper.starts_with("SCRAM-SHA-256$")
        || is_hex(value.strip_prefix('*').unwrap_or(""), 40)
        || is_hex(value.strip_prefix("md5").unwrap_or(""), 32)
}

/// As MySQL and PostgreSQL keep passwords: `*` or `md5` and digits.
fn is_hex(digits: &str, length: usize) -> bool {
    digits.len() == length && digits.bytes().all(|b| b.is_ascii_hexdigit())
}

fn is_mail_address(value: &str) -> bool {
    value.split_once('@').is_some_and(|(user, host)| {
        let word =
            |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        let ending = host.rsplit('.').next().unwrap_or_default();
        let letters = (2..=6).contains(&ending.len()) && ending.chars().all(|c| c.is_ascii_lowercase());
        user.split(['.', '+', '_']).all(word) && host.contains('.') && host.split('.').all(word) && letters
    })
}

/// `get_password()`, `os.environ["X"]`, `!Ref X`.
fn is_call(value: &str) -> bool {
    let name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | ':');
    let head = value.trim_start_matches(name);
    let called = head.len() < value.len()
        && (head.starts_with('(') && head.ends_with(')') || head.starts_with('[') && head.ends_with(']'));
    called
        || value.starts_with('!')
            && value.chars().nth(1).is_some_and(|c| c.is_ascii_uppercase())
            && value.contains(' ')
}

/// `DB_PASSWORD: db-password`: the name once more.
fn repeats(name: &str, value: &str) -> bool {
    let bare = |text: &str| -> String {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let (name, value) = (bare(name), bare(value));
    name == value || name.ends_with(&value) && says_secret(&value)
}

/// Plain words: the name of a secret (`prod/app/db`, `app-db-credentials`), of a header (`X-Auth-Token`), of a setting
/// (`spring.datasource.password`), or one of several choices (`cognito`, where the name says no more than `auth`).
fn is_words(name: &str, value: &str) -> bool {
    let slashes = is_route(value);
    let is_alphabetic = value
        .split(['-', '_', '.', ':'])
        .all(|part| !part.is_empty() && part.chars().all(|c| c.is_ascii_alphabetic()) && !is_random(part));
    let several = value.contains(['-', '_', '.', ':']);
    let header = value.starts_with("X-") || value.starts_with("x-") || value == "Authorization";
    let (last, before) = {
        let mut words = words(name);
        (words.pop().unwrap_or_default(), words.pop().unwrap_or_default())
    };
    // `secretKey` of Kubernetes: under which key of a secret the value is kept.
    let at_hand = is_at_hand(name);
    let key_of_secret = last == "key" && before == "secret" && !at_hand;
    let vague = is_vague(&last) && !at_hand || key_of_secret;
    let chosen = last == "auth"
        && (!value.bytes().any(|b| b.is_ascii_digit()) || !value.contains(':') && value.len() < 12);
    // Settings are written so, variables of an environment are not.
    let setting = name.bytes().any(|b| b.is_ascii_lowercase());
    let lower = !value.bytes().any(|b| b.is_ascii_uppercase());
    // Words are a password too, but for the name of a setting, and the name itself with what it is of: `app-db-password`.
    let is_called = || value.contains('.') || goes_by(name, value);
    let names_one = match (asks_password(name), at_hand) {
        (true, _) => says_secret(value) && several && is_called(),
        // `prod-app-secrets`
        (false, true) => {
            let called = |last: &String| is_vague(last) || last == "password" || last == "token";
            let named = words(value).last().is_some_and(called);
            several && (named || says_secret(value) && last != "key" && is_called())
        }
        (false, false) => several && (says_secret(value) || vague),
    };
    slashes
        || chosen
        || header && is_alphabetic
        || is_class(value)
        || is_alphabetic && names_one
        || vague && setting && lower && is_alphabetic
        || vague
            && several
            && (says_secret(value) || key_of_secret && setting && lower)
            && value.split(['-', '_', '.', ':', '/']).all(is_piece)
}

/// Whether a value is one of the ways to sign in, under a name that may say which: `source_auth = "OAUTH"`.
pub fn chooses_a_way(name: &str, value: &str) -> bool {
    const WAYS: [&str; 10] =
        ["oauth2", "x509", "sigv4", "ntlmv2", "password", "token", "apikey", "api_key", "secret", "key"];
    let folded = value.trim().to_ascii_lowercase();
    let is_word = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_alphabetic());
    let says_so = ["secret", "pass", "token"].iter().any(|core| folded.contains(core));
    let is_plain = folded.split(['-', '_']).all(is_word) && folded.len() < 24 && !says_so;
    words(name).last().is_some_and(|last| last == "auth")
        && !is_random(value.trim())
        && (is_plain || WAYS.contains(&folded.as_str()))
}

fn goes_by(name: &str, value: &str) -> bool {
    let own = words(name);
    own.len() > 1 && words(value).ends_with(&own)
}

/// Whether a value that a vague name is given by default is rather what a secret is called: `prod-db-secret`.
pub fn calls_one(name: &str, value: &str) -> bool {
    let pieces = || value.split(['-', '_', '.', ':', '/']);
    may_call_one(name)
        && (says_secret(value) || is_of_cluster(value))
        && pieces().count() > 1
        && pieces().all(is_piece)
}

/// `regcred-dockerhub`, `wildcard-tls`: as secrets of Kubernetes are mostly called.
fn is_of_cluster(value: &str) -> bool {
    let words = words(value);
    words.iter().any(|word| word == "regcred")
        || words
            .last()
            .is_some_and(|last| matches!(last.as_str(), "tls" | "license" | "licence" | "cert" | "certs"))
}

fn is_piece(piece: &str) -> bool {
    piece.chars().all(|c| c.is_ascii_alphanumeric()) && !is_random(piece)
}

/// `prod/app/database`: words between slashes, as secrets and parameters are called.
pub fn is_route(value: &str) -> bool {
    value.contains('/')
        && !value.contains("//")
        && !is_base64_of_a_machine(value)
        && value.split('/').all(|part| part.split(['-', '_', '.', ':', '#']).all(is_piece))
}

/// What `openssl rand -base64 12` prints has slashes too. Words have more than two letters on average, even in `MyApp2`.
fn is_base64_of_a_machine(value: &str) -> bool {
    let bytes = value.as_bytes();
    let any = |kind: fn(&u8) -> bool| bytes.iter().any(kind);
    let mixed = any(u8::is_ascii_digit) && any(u8::is_ascii_uppercase) && any(u8::is_ascii_lowercase);
    let digits = bytes.iter().filter(|b| b.is_ascii_alphanumeric()).count();
    let whole = bytes.len() >= 12 && bytes.len().is_multiple_of(4);
    let only = bytes.iter().all(|b| b.is_ascii_alphanumeric() || *b == b'/');
    let begins = |at: usize| {
        let before = at.checked_sub(1).and_then(|at| bytes.get(at)).copied().unwrap_or(b'/');
        let (own, next) = (bytes[at], bytes.get(at + 1).copied().unwrap_or(b'/'));
        match own {
            b'0'..=b'9' => !before.is_ascii_digit(),
            b'A'..=b'Z' => !before.is_ascii_uppercase() || next.is_ascii_lowercase(),
            b'a'..=b'z' => !before.is_ascii_alphabetic(),
            _ => false,
        }
    };
    let words = || (0..bytes.len()).filter(|at| begins(*at)).count();
    whole && only && mixed && words() * 11 > digits * 5
}

/// Made by a machine: long, of one piece, and with enough of everything that names have little of.
pub fn is_generated(value: &str) -> bool {
    let at_least = |kind: fn(&u8) -> bool| value.bytes().filter(kind).count() >= 3;
    let mixed =
        at_least(u8::is_ascii_digit) && at_least(u8::is_ascii_uppercase) && at_least(u8::is_ascii_lowercase);
    let one = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '=');
    is_random(value) || value.len() >= 20 && mixed && value.chars().all(one)
}

/// `org.acme.auth.TokenStore`: what a program is to load.
fn is_class(value: &str) -> bool {
    let mut parts: Vec<&str> = value.split('.').collect();
    let class = parts.pop().unwrap_or_default();
    let package = |part: &&str| {
        part.starts_with(|c: char| c.is_ascii_lowercase())
            && part.chars().all(|c| c.is_ascii_lowercase() || c == '_' || c.is_ascii_digit())
            && part.bytes().filter(u8::is_ascii_digit).count() <= 2
    };
    let named = class.starts_with(|c: char| c.is_ascii_uppercase())
        && class.bytes().any(|b| b.is_ascii_lowercase())
        && class.chars().all(|c| c.is_ascii_alphanumeric());
    parts.len() >= 2 && parts.iter().all(package) && named && !is_random(class)
}

#[cfg(test)]
mod tests {
    use super::{calls_one, chooses_a_way, is_key_material, is_route, may_be_secret};
    use base64::Engine as _;
    use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};

    #[test]
    fn a_way_to_sign_in_is_no_secret() {
        for (name, value) in [
            ("codebuild_source_auth", "OAUTH"),
            ("auth", "basic"),
            ("redisAuth", "iam"),
            ("api_auth", "oauth2"),
            ("source_auth", "personal-access-key"),
            ("git_auth", "Password"),
        ] {
            assert!(chooses_a_way(name, value), "{name}={value}");
        }
        for (name, value) in [
            ("redis_auth", "hunter2x"),
            ("redis_auth", "supersecret"),
            ("redis_auth", "ThisIsALongPassphraseOfWords"),
            ("redis_password", "basic"),
            ("auth_token", "basic"),
        ] {
            assert!(!chooses_a_way(name, value), "{name}={value}");
        }
    }

    #[test]
    fn a_password_of_a_machine_is_no_pattern() {
        for value in ["[k9Lm2Qx.*", "{aT7&zq1Wp", "<Rt5%dKw81", "Hq(?8tLm3z", "p$(Kx92mLq"] {
            assert!(may_be_secret("DB_PASSWORD", value), "{value}");
        }
        for value in
            ["[A-Za-z0-9]{8,}", "{\"a\": \"B1\"}", "<Password1>", "user-.*", "$(cat Key1)", "^Ab1.*$"]
        {
            assert!(!may_be_secret("DB_PASSWORD", value), "{value}");
        }
    }

    #[test]
    fn a_password_of_a_machine_is_no_route() {
        for value in ["EWvsywWmsx/KoY7Q", "my/JjUJb4/1ap4ZQw8Kc", "q7Rt/bX2kLm9/Zw4"] {
            assert!(!is_route(value), "{value}");
        }
        for value in ["prod/app/database", "prod/MyApp/Db2", "Prod/RDS/Master1", "Team2/Rds/Pass1"] {
            assert!(is_route(value), "{value}");
        }
    }

    #[test]
    fn what_programs_are_given_is_no_name() {
        for (name, value) in [
            ("JWT_SECRET", "my-super-secret-jwt-key"),
            ("SESSION_SECRET", "correct-horse-battery"),
            ("cookieSecret", "jwt-secret-2024"),
            ("SECRET_KEY", "my-secret-key"),
            ("DJANGO_SECRET_KEY", "some-random-string"),
            ("CLIENT_SECRET", "some-random-string"),
        ] {
            assert!(may_be_secret(name, value), "{name}={value}");
        }
        for (name, value) in [
            ("APP_SECRET", "prod-app-secrets"),
            ("JWT_SECRET", "prod-jwt-secret"),
            ("JWT_SECRET", "prod/jwt/signing"),
            ("CLIENT_SECRET", "my-app-credentials"),
            ("SECRET_KEY", "db_password"),
            ("AWS_SECRETS_MANAGER_SECRET_KEY", "my-database"),
            ("secretKey", "database-user"),
            ("DB_SECRET", "my-database"),
        ] {
            assert!(!may_be_secret(name, value), "{name}={value}");
        }
    }

    #[test]
    fn what_a_secret_is_called() {
        for (name, value) in [
            ("db_secret", "prod-db-secret"),
            ("GitHubTokenSecret", "github-token"),
            ("DatabaseSecret", "database-secret"),
            ("rds_credentials", "rds/prod_credentials2"),
        ] {
            assert!(calls_one(name, value), "{name}={value}");
        }
        for (name, value) in [
            ("client_secret", "super-secret"),
            ("db_password", "prod-db-secret"),
            ("db_secret", "hunter2-x"),
            ("db_secret", "supersecret"),
            ("db_secret", "my-secret-aB3dE6gH9jK2mN5"),
        ] {
            assert!(!calls_one(name, value), "{name}={value}");
        }
    }

    #[test]
    fn what_keys_are() {
        let hex = "0f1e2d3c4b5a69788796a5b4c3d2e1f0".repeat(2);
        let key: Vec<u8> = (0..32u8).map(|at| at.wrapping_mul(73).wrapping_add(41)).collect();
        let (base64, url) = (STANDARD_NO_PAD.encode(&key), URL_SAFE_NO_PAD.encode(&key));
        for (name, value) in [
            ("ENCRYPTION_KEY", hex.as_str()),
            ("encryptionKey", &format!("{base64}=")),
            ("FERNET_KEY", &format!("{url}=")),
            ("APP_ENCRYPTION_KEY", &format!("base64:{base64}=")),
        ] {
            assert!(is_key_material(name, value), "{name}={value}");
        }
        for (name, value) in [
            ("ENCRYPTION_KEY", "0f1e2d3c-4b5a-4978-8796-a5b4c3d2e1f0"),
            ("ENCRYPTION_KEY", "alias/app"),
            ("ENCRYPTION_KEY", "arn:aws:kms:eu-west-1:111122223333:key/0f1e2d3c-4b5a-4978-8796-a5b4c3d2e1f0"),
            ("ENCRYPTION_KEY", "mrk-0f1e2d3c4b5a69788796a5b4c3d2e1f0"),
            ("ENCRYPTION_KEY", "application-encryption-key-1"),
            ("ENCRYPTION_KEY", "00000000000000000000000000000000"),
            ("PARTITION_KEY", hex.as_str()),
            ("ENCRYPTION_KEY_ID", hex.as_str()),
        ] {
            assert!(!is_key_material(name, value), "{name}={value}");
        }
    }

    #[test]
    fn what_a_name_calls_a_secret_is_one() {
        for (name, value) in [
            ("DB_PASSWORD", "hunter2hunter2"),
            ("password", "P@ssw0rd!"),
            ("db.password", "supersecretpassword"),
            ("API_KEY", "a1b2c3d4e5f6"),
            ("aws_secret_access_key", "somesecret"),
            ("AWS_SECRET_ACCESS_KEY", "my-word"),
            ("JWT_SECRET", "supersecret"),
            ("TOKEN", "123e4567-e89b-12d3-a456-426614174000"),
            ("secret", "Zm9vYmFyYmF6/cXV4+A=="),
            ("BASIC_AUTH", "admin:hunter22"),
            ("DB_PASSWORD", "$6$short"),
            ("DB_PASSWORD", "correct$horse$battery$staple$again"),
            ("GPG_PASSPHRASE", "correct horse battery staple"),
            ("client_secret", "ab/CDef1234+xyz/09QRst"),
            ("DATABASE_PASSWORD", "oh no D:"),
            ("DB_PASSWORD", "my-password"),
            ("DB_PASSWORD", "mypassword"),
            ("DB_PASSWORD", "hardcoded-password"),
            ("DATABASE_PASSWORD", "super-secret"),
            ("DATABASE_PASSWORD", "my-secret-token"),
            ("DB_PASSWORD", "prod-password"),
            ("db_password", "plain-text-password"),
            ("dbPassword", "this-is-a-secret"),
            ("DB_PASSWORD", "correct horse battery"),
            ("DB_PASSWORD", "SuperDbPassword"),
            ("DB_PASSWORD", "prod-db2-password"),
        ] {
            assert!(may_be_secret(name, value), "{name}={value}");
        }
    }

    #[test]
    fn what_refers_or_switches_is_none() {
        for (name, value) in [
            ("DB_PASSWORD", ""),
            ("DB_PASSWORD", "short"),
            ("DB_PASSWORD", "changeme"),
            ("DB_PASSWORD", "db_password"),
            ("DB_PASSWORD", "DB_PASSWORD"),
            ("DB_PASSWORD", "/app/db/password"),
            ("DB_PASSWORD", "${DB_PASSWORD}"),
            ("DB_PASSWORD", "prefix-${X}"),
            ("DB_PASSWORD", "$(cat /run/secret)"),
            ("DB_PASSWORD", "12345678"),
            ("DB_PASSWORD", "{{resolve:secretsmanager:x}}"),
            ("TOKEN", "disabled"),
            ("TOKEN", "arn:aws:secretsmanager:eu-west-1:111122223333:secret:x"),
            ("TOKEN", "alias/token"),
            ("TOKEN", "https://example.com/oauth/token"),
            ("SECRET", "prod/app/database"),
            ("DB_SECRET", "prod-app-database"),
            ("DB_CREDENTIALS", "app-db-credentials"),
            ("AUTH", "cognito"),
            ("AUTH_TOKEN", "X-Auth-Token"),
            ("password", "spring.datasource.password"),
            ("password", "os.environ[\"X\"]"),
            ("password", "get_password()"),
            ("password", "[A-Za-z0-9]{8}"),
            ("password", "the password of the database"),
            ("PASSPHRASE", "see the page of the team"),
            ("DB_PASSWORD", "not set"),
            ("DB_PASSWORD", "Database password"),
            ("PASSWORD_CHANGED", "2024-01-31T12:00:00.5+01:00"),
            ("password", "2024-01-31"),
            ("DB_PASSWORD", "first line\nsecond line"),
            ("DB_PASSWORD", "prod-db-password"),
            ("DB_PASSWORD", "prod/app/db"),
            ("DB_SECRET", "super-secret"),
            ("API_CREDENTIAL", "my-api-credential"),
            ("DB_PASSWORD", "ENC[AES256_GCM,data:Tr7oZ19b,iv:4h8c,tag:ZLJ1,type:str]"),
            ("DB_PASSWORD", "*6BB4837EB74329105EE4568DDA7DC67ED2CA2AD9"),
            ("DB_PASSWORD", "md55f4dcc3b5aa765d61d8327deb882cf99"),
            ("PASSWORD_BACKEND_SECRET", "org.acme.auth.Argon2PasswordStore"),
            ("secretKey", "client-id"),
            ("secretKey", "auth0-client-id"),
            ("databaseSecret", "aurora"),
            ("secret_string", "nobody@example.com"),
            ("password", "$6$rounds=4096$abc$def"),
            ("password", "$y$j9T$abc$def"),
            ("encrypted_password", "AQICAHhX9abc"),
            ("argocdServerAdminPassword", "$2a$10$Mivhwzzd1MlCQbqzAJvGxe8yqIaHfzTnBGD8SpKcdEOcGIjBqfCYS"),
            ("DB_PASSWORD", "$argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHQ$RdescudvJCsgt3ub"),
            ("ADMIN_PASSWORD", "pbkdf2_sha256$600000$c29tZXNhbHQ$RdescudvJCsgt3ub"),
            ("ldap_password", "{SSHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g="),
            ("AWS_SECRET_ACCESS_KEY", "your_secret_access_key_here"),
        ] {
            assert!(!may_be_secret(name, value), "{name}={value}");
        }
    }
}
