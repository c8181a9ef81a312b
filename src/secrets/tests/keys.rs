//! Private keys.

use super::*;

fn pem(label: &str, body: &str) -> String {
    let dashes = "-".repeat(5);
    let lines: Vec<_> = body.as_bytes().chunks(64).map(|l| std::str::from_utf8(l).unwrap()).collect();
    format!("{dashes}BEGIN {label}{dashes}\n{}\n{dashes}END {label}{dashes}", lines.join("\n"))
}

#[test]
fn private_keys_in_every_wrapping() {
    let body = base64_noise(400);
    for label in [
        "PRIVATE KEY",
        "RSA PRIVATE KEY",
        "EC PRIVATE KEY",
        "DSA PRIVATE KEY",
        "OPENSSH PRIVATE KEY",
        "PGP PRIVATE KEY BLOCK",
    ] {
        let key = pem(label, &body);
        for text in [
            key.clone(),
            key.replace('\n', "\\n"),
            key.replace('\n', "\\\\n"),
            key.replace('\n', "\r\n"),
            key.replace('\n', "\n      "),
            key.replace('\n', " "),
            key.replace('\n', "\",\n  \""),
        ] {
            let wrapped = format!("key = \"{text}\" # after");
            let found = scan(&wrapped);
            assert_eq!(texts(&wrapped, &found), [text.as_str()]);
            assert_eq!(found[0].detector.id, "private-key");
        }
        let encoded = STANDARD.encode(&key);
        assert_eq!(texts(&encoded, &scan(&encoded)), [encoded.as_str()]);
        let lines: Vec<_> = encoded.as_bytes().chunks(76).map(|l| std::str::from_utf8(l).unwrap()).collect();
        for wrap in ["\n", "\r\n", "\n    ", "\\n"] {
            let wrapped = lines.join(wrap);
            assert_eq!(texts(&wrapped, &scan(&wrapped)), [wrapped.as_str()]);
        }
        let (cut, _) = key.rsplit_once('\n').unwrap();
        assert_eq!(texts(cut, &scan(cut)), [cut], "without its last line");
    }
    assert_eq!(ids(&pem("ENCRYPTED PRIVATE KEY", &body)), ["encrypted-private-key"]);
    let key = pem("PRIVATE KEY", &body).replace('\n', "\\n");
    let account = format!("{{\"type\": \"service_account\", \"private_key\": \"{key}\"}}");
    assert_eq!(ids(&account), ["google-service-account-key"]);
    let two = format!("{key}\n{key}");
    assert_eq!(ids(&two).len(), 2);
    let putty = format!(
        "PuTTY-User-Key-File-2: ssh-rsa\nEncryption: none\nPublic-Lines: 1\nAAAA\nPrivate-Lines: 2\n{}\n{}\nPrivate-MAC: 00",
        base64_noise(64),
        base64_noise(64)
    );
    assert_eq!(ids(&putty), ["putty-private-key"]);
}

#[test]
fn what_is_no_private_key() {
    let body = base64_noise(400);
    for text in [
        pem("PUBLIC KEY", &body),
        pem("CERTIFICATE", &body),
        STANDARD.encode(pem("CERTIFICATE", &body)),
        pem("RSA PRIVATE KEY", "..."),
        pem("RSA PRIVATE KEY", "<your key here>"),
        pem("RSA PRIVATE KEY", "${var.private_key}"),
        pem("RSA PRIVATE KEY", &"A".repeat(200)),
        pem(
            "RSA PRIVATE KEY",
            "this is a long text about how private keys are written, which holds no key by itself at all",
        ),
        format!("grep -q '{}BEGIN RSA PRIVATE KEY{}' file", "-----", "-----"),
    ] {
        assert!(ids(&text).is_empty(), "{text}");
    }
}

#[test]
fn putty_keys_of_the_third_version() {
    let key = format!(
        "PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\nComment: x\nPublic-Lines: 2\n{}\n{}\nPrivate-Lines: 1\n{}\nPrivate-MAC: {}\n",
        base64_noise(64),
        base64_noise(20),
        base64_noise(48),
        noise(HEX, 64)
    );
    for text in [key.clone(), key.replace('\n', "\n    "), key.replace('\n', "\\n")] {
        assert_eq!(ids(&text), ["putty-private-key"], "{text}");
    }
}
