//! Values that stand for a secret without being one: placeholders, and references to where the secret is.
//!
//! For text that is searched freely. In an attribute that holds a secret, `changeme` is a real and weak password.

use super::shape::{distinct, longest_row};

/// Whole values that are nobody's secret.
#[rustfmt::skip]
const WHOLE: &[&str] = &[
    "changeme", "changeit", "changethis", "replaceme", "replace", "example", "dummy", "placeholder", "todo",
    "tbd", "fixme", "none", "null", "nil", "undefined", "unset", "empty", "default", "redacted", "masked",
    "hidden", "omitted", "removed", "sensitive", "password", "passwd", "pwd", "secret", "token", "apikey",
    "credentials", "foo", "bar", "foobar", "test", "testing", "sample", "mock", "fake", "true", "false",
    "yes", "no", "string", "value", "na", "notused", "unused", "ignored", "disabled", "username", "enabled", "optional",
    "required", "secretkey", "accesskey", "privatekey", "yourpassword", "insecure", "abc",
    "somevalue", "anonymous", "managed", "generated", "unknown",
    // The stages of a version of a secret.
    "awscurrent", "awspending", "awsprevious",
];

/// Words whose presence as a part says that the value is to be replaced.
#[rustfmt::skip]
const PARTS: &[&str] = &[
    "manually", "secretsmanager", "changeme", "replaceme", "placeholder", "placeholders", "example", "dummy", "redacted", "todo", "fixme", "xxxx", "your",
    "insert",
];

/// Whether a value is a placeholder: empty, `changeme`, `<password>`, `${VAR}`, `xxxx`, `your-token-here`, …
pub fn is_placeholder(value: &str) -> bool {
    let value = value.trim().trim_matches(['"', '\'']);
    if value.is_empty() || is_hole(value) {
        return true;
    }
    let lower = value.to_ascii_lowercase();
    let bare: String = lower.chars().filter(|c| c.is_alphanumeric()).collect();
    if bare.is_empty() || WHOLE.contains(&bare.as_str()) {
        return true;
    }
    let bytes = lower.as_bytes();
    // One character over and over, or a row of what is used to blot things out.
    if (bytes.len() >= 3 && distinct(bytes) == 1)
        || longest_row(bytes, |b| matches!(b, b'x' | b'*' | b'.' | b'#')) >= 4
    {
        return true;
    }
    let told = |value: &str| {
        let parts: Vec<&str> = pieces(value).collect();
        parts.iter().any(|part| PARTS.contains(part)) || parts.windows(2).any(asks)
    };
    told(&lower)
        || humps(value).is_some_and(|apart| told(&apart))
        || bare.starts_with("changeme")
        || bare.starts_with("replaceme")
}

fn pieces(value: &str) -> impl Iterator<Item = &str> {
    value.split(|c: char| !c.is_alphanumeric()).filter(|piece| !piece.is_empty())
}

/// Whether two words that follow each other ask for another value, or say where it comes from.
fn asks(two: &[&str]) -> bool {
    matches!(
        two,
        ["change" | "replace", "me" | "this" | "it" | "with" | "in" | "after" | "later"]
            | ["fill" | "put" | "enter", "in" | "me" | "here" | "your" | "password" | "secret" | "value"]
            | ["set" | "update" | "override", "me"]
            | ["goes", "here"]
            | ["a", "real"]
            | ["not", "set" | "used" | "needed"]
            | ["none", "yet"]
            | ["secret" | "secrets", "manager"]
            | [
                "be",
                "changed"
                    | "replaced"
                    | "overridden"
                    | "updated"
                    | "filled"
                    | "set"
                    | "defined"
                    | "provided"
                    | "injected"
                    | "added"
                    | "determined"
            ]
            | ["initial", "value"]
            | ["place", "holder"]
            | [
                "replaced" | "overridden" | "overwritten" | "injected" | "provided" | "populated",
                "by" | "at"
            ]
            | ["managed" | "set" | "stored", "outside" | "elsewhere" | "externally"]
            | ["managed", "by" | "in"]
    )
}

/// `PlaceholderValue` as `placeholder value`: nothing but letters in words of camel case.
fn humps(value: &str) -> Option<String> {
    let is_camel = value.contains(|c: char| c.is_ascii_uppercase())
        && value.contains(|c: char| c.is_ascii_lowercase())
        && value.chars().all(|c| c.is_ascii_alphabetic() || "-_ .".contains(c));
    if !is_camel {
        return None;
    }
    let mut apart = String::with_capacity(value.len() + 8);
    for c in value.chars() {
        if c.is_ascii_uppercase() && apart.ends_with(|before: char| before.is_ascii_lowercase()) {
            apart.push(' ');
        }
        apart.push(c);
    }
    apart.make_ascii_lowercase();
    Some(apart)
}

/// Words of placeholders that people use as passwords all the same.
#[rustfmt::skip]
const WEAK: &[&str] = &[
    "password", "passwd", "pwd", "secret", "token", "apikey", "credentials", "foo", "bar", "foobar", "test", "testing", "sample",
    "example", "default", "string", "value", "username", "secretkey", "accesskey", "privatekey", "insecure", "abc", "somevalue",
    "anonymous", "true", "false", "yes", "no", "dummy", "fake", "mock", "initial", "manually",
];

/// Whether a value cannot be meant as one: blotted out, a hole, nothing at all. `changeme` may be a weak password.
pub fn is_stand_in(value: &str) -> bool {
    let lower = value.to_ascii_lowercase();
    let apart = humps(value);
    let parts = || pieces(apart.as_deref().unwrap_or(&lower));
    let asks = parts().any(|part| matches!(part, "your" | "insert"));
    let weak = |part: &str| WEAK.contains(&part) || part.starts_with("change") || part.starts_with("replace");
    is_placeholder(value) && (asks || is_hole(value.trim()) || !parts().any(weak))
}

/// What a tool deciphers: SOPS' `ENC[AES256_GCM,…]`, eyaml's `ENC[PKCS7,…]`, Jasypt's `ENC(…)`, Ansible's vault.
pub fn is_ciphertext(value: &str) -> bool {
    let value = value.trim();
    let within = |open: &str, close: &str| value.starts_with(open) && value.ends_with(close);
    within("ENC[AES256_GCM,", "]")
        || within("ENC[PKCS7,", "]")
        || within("ENC(", ")")
        || value.starts_with("$ANSIBLE_VAULT;")
}

/// A value that is one hole to be filled: `${…}`, `{{…}}`, `<…>`, `%(…)s`, `$VAR`, `[…]`, `__X__`.
fn is_hole(value: &str) -> bool {
    let within = |open: &str, close: &str| {
        value.len() > open.len() + close.len() && value.starts_with(open) && value.ends_with(close)
    };
    let variable = value.strip_prefix('$').is_some_and(|name| {
        !name.is_empty()
            && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
            && !name.starts_with(|c: char| c.is_ascii_digit())
    });
    variable
        || [
            ("${", "}"),
            ("{{", "}}"),
            ("<", ">"),
            ("%(", ")s"),
            ("#{", "}"),
            ("#{", "}#"),
            // Grafana's `$__env{…}`, `$__file{…}`.
            ("$__", "}"),
            ("$(", ")"),
            ("__", "__"),
            ("@@", "@@"),
            ("%", "%"),
        ]
        .iter()
        .any(|(open, close)| within(open, close))
        || matches!(value, "%s" | "%v" | "%d" | "{}" | "[]" | "()" | "?" | "-")
}

/// Beginnings of references to where a value is kept.
#[rustfmt::skip]
const SCHEMES: &[&str] = &[
    "arn:", "alias/", "ref::", "aws/secretsmanager", "aws/ssm", "ssm:", "ssm://", "vault:", "vault://", "secretsmanager:", "secrets-manager:",
    "aws-sm:", "awssm:", "rds!", "op://", "env:", "env://", "file:", "file://", "s3://", "gs://", "sops:", "ref+",
    "projects/", "parameterstore:", "keyvault:", "secret/data/", "kv/data/", "azurekeyvault:", "gcp-sm:",
    "sm://", "doppler:", "data.", "var.", "local.", "module.", "!ref", "!getatt", "!sub",
];

/// Endings of files that hold keys and settings.
#[rustfmt::skip]
const FILES: &[&str] = &[
    "pem", "key", "json", "yaml", "yml", "txt", "crt", "cer", "p12", "pfx", "jks", "keystore", "env", "ini",
    "conf", "cfg", "tf", "tfvars", "hcl", "toml", "xml", "properties", "pub", "ppk", "gpg", "asc", "csv",
    "sh", "py", "js", "zip", "tar", "gz", "b64",
];

/// Whether a value says where a secret is: an ARN, `ssm:…`, `{{resolve:…}}`, `${…}`, a file, a URL without a password, the
/// name of an environment variable.
pub fn looks_like_reference(value: &str) -> bool {
    let value = value.trim();
    let lower = value.to_ascii_lowercase();
    let json_path = value.starts_with("$.") || value.starts_with("$$.");
    if json_path
        || value.contains("{{resolve:")
        || is_hole(value)
        || says_role(value)
        || SCHEMES.iter().any(|s| lower.starts_with(s))
    {
        return true;
    }
    if let Some((scheme, rest)) = value.split_once("://") {
        let authority = rest.split(['/', '?', '#']).next().unwrap_or(rest);
        let password = authority.rsplit_once('@').is_some_and(|(user, _)| user.contains(':'));
        let plain = scheme.bytes().all(|b| b.is_ascii_alphanumeric() || b"+.-".contains(&b));
        return plain && !password && !rest.contains(char::is_whitespace);
    }
    is_path(value) || is_file_name(value) || is_variable_name(value)
}

/// `AWS_ROLE='arn:aws:iam::…'`, as Snowflake has it: no key, but what is taken on in place of one.
pub fn says_role(value: &str) -> bool {
    let Some((name, role)) = value.trim().split_once('=') else { return false };
    let is_name = name.trim().bytes().all(|b| b.is_ascii_alphabetic() || b == b'_');
    let role = role.trim().trim_matches(['\'', '"']);
    is_name && role.starts_with("arn:") && !role.contains(char::is_whitespace)
}

/// `/app/db/password`, `./key`, `~/.ssh/id_rsa`: pieces that are words, not pieces of base 64.
fn is_path(value: &str) -> bool {
    let rooted = ["/", "./", "../", "~/"].iter().any(|start| value.starts_with(start));
    let windows =
        value.as_bytes().get(1..3) == Some(b":\\") && value.starts_with(|c: char| c.is_ascii_alphabetic());
    let pieces = || value.split(['/', '\\']).filter(|p| !p.is_empty());
    let usual = |c: char| c.is_alphanumeric() || "/._-~\\:{}$ @".contains(c);
    (rooted || windows) && pieces().next().is_some() && value.chars().all(usual) && !pieces().any(is_random)
}

/// A long piece that mixes digits with letters of both cases over and over.
pub(super) fn is_random(piece: &str) -> bool {
    let kind = |b: &u8| match b {
        b'0'..=b'9' => 0,
        b'a'..=b'z' => 1,
        b'A'..=b'Z' => 2,
        _ => 3,
    };
    let kinds: Vec<i32> = piece.bytes().map(|b| kind(&b)).collect();
    let changes = kinds.windows(2).filter(|w| w[0] != w[1]).count();
    let all = (0..3).all(|k| kinds.contains(&k));
    piece.len() >= 12 && all && changes * 2 >= piece.len()
}

fn is_file_name(value: &str) -> bool {
    let Some((stem, ending)) = value.rsplit_once('.') else { return false };
    let usual = |c: char| c.is_ascii_alphanumeric() || "/._-~".contains(c);
    FILES.contains(&ending) && !stem.is_empty() && stem.chars().all(usual) && !stem.split('/').any(is_random)
}

/// `DB_PASSWORD`: capitals in at least two words, each with letters.
fn is_variable_name(value: &str) -> bool {
    let mut words = value.split('_');
    let capital = |w: &str| w.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    let lettered = |w: &str| w.bytes().filter(u8::is_ascii_digit).count() * 2 < w.len();
    value.contains('_') && value.len() <= 64 && words.all(|w| !w.is_empty() && capital(w) && lettered(w))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders() {
        for value in [
            "",
            " ",
            "changeme",
            "CHANGE_ME",
            "change-me",
            "ChangeMe",
            "example",
            "dummy",
            "placeholder",
            "TODO",
            "xxx",
            "XXXXXXXX",
            "***",
            "****",
            "<password>",
            "<YOUR TOKEN>",
            "${DB_PASSWORD}",
            "{{ password }}",
            "{{resolve:ssm:x}}",
            "%(pw)s",
            "$VAR",
            "REPLACE_ME",
            "aaaaaaaa",
            "00000000",
            "your-token-here",
            "YOUR_API_KEY",
            "replace-with-password",
            "example-token",
            "ghp_xxxxxxxxxxxxxxxx",
            "...",
            "password",
            "null",
            "None",
            "__TOKEN__",
            "replace in console",
            "populate-manually",
            "not-a-real-secret",
            "see-secrets-manager",
            "stored in SecretsManager",
            "INITIAL_VALUE_OVERRIDDEN",
            "initial_value_to_be_changed",
            "managed-outside-terraform",
            "to be set later",
            "replaced-by-who-calls",
            "PlaceholderValue",
            "PlaceHolderValue",
            "DummyValue",
            "dummyPassword",
            "initialValue",
            "YourPasswordHere",
            "ToBeReplaced",
            "FillMeIn",
            "SetMeLater",
            "UpdateMe",
            "enterPassword",
            "InjectedAtRuntime",
            "not-set",
            "NotSet",
            "to_be_defined",
            "override-me",
            "managed_by_console",
            "none-yet",
            "secret-goes-here",
            "$__env{GRAFANA_SECRET}",
            "$__file{/etc/secrets/oauth}",
            "AWSPENDING",
        ] {
            assert!(is_placeholder(value), "{value}");
        }
    }

    #[test]
    fn what_cannot_be_meant_as_a_secret() {
        for value in [
            "[REDACTED]",
            "**REDACTED**",
            "********",
            "xxxxxxxxxxxx",
            "XXXXXXXX",
            "000000000000",
            "#{token}#",
            "none",
            "null",
            "your-token-here",
            "YOUR_API_KEY",
            "your_password_here",
            "insert-token-here",
            "<insert>",
            "TODO",
            "placeholder",
            "n/a",
            "unused",
            "{{ secret }}",
            "$TOKEN",
            "__TOKEN__",
            "",
        ] {
            assert!(is_stand_in(value), "{value}");
        }
        for value in [
            "changeme",
            "CHANGE_ME",
            "change-me-please",
            "password",
            "secret",
            "test",
            "example-secret",
            "foobar",
            "hunter2",
            "mypassword",
            "your1secret",
            "Password1!",
            "abcdefgh",
        ] {
            assert!(!is_stand_in(value), "{value}");
        }
    }

    #[test]
    fn what_a_tool_deciphers() {
        for value in [
            "ENC[AES256_GCM,data:Tr7oZ19b,iv:4h8c,tag:ZLJ1,type:str]",
            "ENC[PKCS7,MIIB]",
            "ENC(abcd)",
            "$ANSIBLE_VAULT;1.1;AES256",
        ] {
            assert!(is_ciphertext(value), "{value}");
        }
        for value in ["ENC", "ENCHANTED[1]", "ENC[x", "sEcret(1)"] {
            assert!(!is_ciphertext(value), "{value}");
        }
    }

    #[test]
    fn weak_but_real_values_are_none() {
        for value in [
            "password123",
            "hunter2",
            "Sup3rSecret!",
            "admin",
            "correct horse",
            "letmein",
            "P@ssw0rd",
            "yourself1",
            "Password1!",
            "HunterTwo",
            "TheNotSo1",
            "SetMeUp7",
            "SuperSecretPassword",
            "mysecretpassword",
            "mypassword",
            "my-password",
            "changed-it-already",
            "a1b2c3",
            "prod-db-pass-2024",
        ] {
            assert!(!is_placeholder(value), "{value}");
        }
    }

    #[test]
    fn references() {
        for value in [
            "arn:aws:secretsmanager:eu-west-1:111122223333:secret:x",
            "alias/aws/ssm",
            "aws/secretsmanager",
            "ssm:/app/db",
            "rds!db-0f1e2d3c-4b5a-4978-8796-a5b4c3d2e1f0",
            "vault:secret/data/x#y",
            "{{resolve:secretsmanager:x:SecretString:password}}",
            "x{{resolve:ssm-secure:y:1}}",
            "${aws_db_instance.x.password}",
            "/app/prod/db/password",
            "./keys/id_rsa",
            "~/.ssh/id_rsa",
            "key.pem",
            "secrets/prod.json",
            "https://example.com/token",
            "s3://bucket/key",
            "op://vault/item/field",
            "DB_PASSWORD",
            "AWS_SECRET_ACCESS_KEY",
            "C:\\keys\\id_rsa",
            "file:///etc/x",
        ] {
            assert!(looks_like_reference(value), "{value}");
        }
    }

    #[test]
    fn secrets_are_no_references() {
        let random = ["/", "aB3dE6gH9jK2mN5pQ8sT1vW4yZ7"].concat();
        for value in [
            "hunter2",
            "https://u:hunter2@example.com/",
            "P@ss_W0rd",
            "a/b+c==",
            &random,
            "ABC123",
            "A_1",
            "pass.word",
            "_",
        ] {
            assert!(!looks_like_reference(value), "{value}");
        }
    }
}
