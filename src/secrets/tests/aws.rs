//! Access key ids and their secrets.

use super::*;

#[test]
fn access_keys_by_every_prefix() {
    for (prefix, class) in [
        ("AKIA", Class::AwsAccessKeyId),
        ("ABIA", Class::AwsAccessKeyId),
        ("ACCA", Class::AwsAccessKeyId),
        ("A3TX", Class::AwsAccessKeyId),
        ("ASIA", Class::AwsTemporaryKey),
    ] {
        let id = format!("{prefix}{}", "QNZGKIQY56JQ7WML");
        for text in [
            id.clone(),
            format!("access_key = \"{id}\""),
            format!("AWS_ACCESS_KEY_ID={id}"),
            format!("\"x\\n{id}\\n\""),
            format!("{id}:"),
            format!("X-Amz-Credential={id}/20260101/eu-west-1/s3"),
            format!("X-Amz-Credential={id}%2F20260101"),
            format!("key%3D{id}"),
        ] {
            let found = scan(&text);
            assert_eq!(texts(&text, &found), [id.as_str()], "{text}");
            assert_eq!(found[0].detector.class, class);
            assert_eq!(found[0].account.as_deref(), Some("029608264753"));
            assert!(!found[0].example);
        }
    }
}

#[test]
fn a_secret_belongs_to_the_id_beside_it() {
    let (lasting, passing) = (key_id(), format!("ASIA{}", "QNZGKIQY56JQ7WML"));
    let one = format!("{}{}", "uN4vT7cWq2Lk9sZx0Hb3", "Yp6Rj8MdFe1AoGiVtQnC");
    let other = format!("{}{}", "vM5uS8dXp3Nj8rYw1Ia4", "Zq7Qi9LcEf2BnHjUkRoD");
    let session = format!("IQoJb3JpZ2lu{}", "X2VjEJr9aBcD3fGhIjKl".repeat(12));
    let classes =
        |text: &str| -> Vec<Class> { scan(text).iter().map(|found| found.detector.class).collect() };
    use Class::{AwsAccessKeyId, AwsSecretKey, AwsTemporaryKey};
    for (text, expected) in [
        (format!("id={lasting}\nsecret_key={one}\n"), vec![AwsAccessKeyId, AwsSecretKey]),
        (format!("id={passing}\nsecret_key={one}\n"), vec![AwsTemporaryKey, AwsTemporaryKey]),
        (format!("secret_key={one}\nid={passing}\n"), vec![AwsTemporaryKey, AwsTemporaryKey]),
        (
            format!("aws_secret_access_key={one}\naws_session_token={session}\n"),
            vec![AwsTemporaryKey, AwsTemporaryKey],
        ),
        (
            format!("id={lasting}\nsecret_key={one}\nid={passing}\nsecret_key={other}\n"),
            vec![AwsAccessKeyId, AwsSecretKey, AwsTemporaryKey, AwsTemporaryKey],
        ),
        (format!("secret_key={one}\n"), vec![AwsSecretKey]),
    ] {
        assert_eq!(classes(&text), expected, "{text}");
    }
    let presigned = format!("X-Amz-Security-Token={}&X-Amz-Date=1", session.replace("9a", "%2F"));
    assert_eq!(classes(&presigned), [AwsTemporaryKey]);
}

#[test]
fn nothing_is_right_before_the_host_of_a_repository() {
    for (text, credential) in [
        ("https://me:word@bitbucket.org/me/r.git", Some("word")),
        ("https://access-token@github.com/me/r.git", Some("access-token")),
        ("https://github.com/me/r.git", None),
        ("https://me@bitbucket.org/me/r.git", None),
        ("https://git@github.com/me/r.git", None),
        ("https://me:${TOKEN}@github.com/me/r.git", None),
        ("git@github.com:me/r.git", None),
        ("me/r", None),
        ("://@", None),
    ] {
        let found = repository_credential(text);
        assert_eq!(found.map(|found| &text[found.start..found.end]), credential, "{text}");
    }
}

#[test]
fn what_is_no_access_key() {
    let id = key_id();
    for text in [
        format!("x{id}"),
        format!("{id}A"),
        format!("{id}a"),
        format!("+{id}"),
        format!("{id}+"),
        format!("{id}=="),
        format!("{}/{id}/{}", base64_noise(60), base64_noise(60)),
        format!("AKIA{}", "X".repeat(16)),
        format!("AKIA{}", "0".repeat(16)),
        format!("AKIA{}", "XXXXXXXXEXAMPLE1"),
        format!("AIDA{}A", "QNZGKIQY56JQ7WML"),
        format!("AROA{}A", "QNZGKIQY56JQ7WML"),
        format!("AGPA{}A", "QNZGKIQY56JQ7WML"),
        format!("ANPA{}A", "QNZGKIQY56JQ7WML"),
        "ASIAPACIFICSOUTHEAST".to_string(),
        "AKIA".to_string(),
    ] {
        assert!(ids(&text).is_empty(), "{text}");
    }
}

#[test]
fn documentation_examples_are_marked() {
    let id = format!("AKIA{}{}", "IOSFODNN7", "EXAMPLE");
    let key = format!("wJalrXUtnFEMI/K7MDENG/{}{}", "bPxRfiCY", "EXAMPLEKEY");
    let text = format!("access_key = \"{id}\"\nsecret_key = \"{key}\"\n");
    let found = scan(&text);
    assert_eq!(texts(&text, &found), [id.as_str(), key.as_str()]);
    assert!(found.iter().all(|d| d.example));
    let other = format!("AKIA{}{}", "I44QH8DHB", "EXAMPLE");
    assert!(scan(&other)[0].example && scan(&other)[0].account.is_none());
}

#[test]
fn secret_keys_by_their_name() {
    let s = secret();
    for text in [
        format!("secret_key = \"{s}\""),
        format!("  secret_key            =     \"{s}\""),
        format!("\"secretKey\": \"{s}\""),
        format!("SecretKey: {s}"),
        format!("aws_secret_access_key = {s}\n"),
        format!("export AWS_SECRET_ACCESS_KEY={s}"),
        format!("AWS_SECRET_ACCESS_KEY: '{s}'"),
        format!("aws configure set aws_secret_access_key {s}"),
        format!("{{\\\"AWS_SECRET_ACCESS_KEY\\\":\\\"{s}\\\"}}"),
        format!("- Name: AWS_SECRET_ACCESS_KEY\n  Value: {s}\n"),
        format!("{{\"Name\": \"AWS_SECRET_ACCESS_KEY\",\n \"Value\": \"{s}\"}}"),
        format!("{{\"value\": \"{s}\",\n \"name\": \"AWS_SECRET_ACCESS_KEY\"}}"),
        format!("variable \"aws_secret_key\" {{\n  type    = string\n  default = \"{s}\"\n}}"),
        format!("Parameters:\n  SecretAccessKey:\n    Type: String\n    Default: {s}\n"),
        format!("# the secret access key: {s}"),
        format!("x\\naws_secret_access_key={s}\\n"),
    ] {
        let found = scan(&text);
        assert_eq!(texts(&text, &found), [s.as_str()], "{text}");
        assert_eq!(found[0].detector.class, Class::AwsSecretKey);
    }
}

#[test]
fn secret_keys_beside_their_id() {
    let (id, s) = (key_id(), secret());
    for text in [
        format!("{id}\n{s}"),
        format!("foo = \"{id}\"\nbar = \"{s}\"\n"),
        format!("{s}\n# c\n{id}"),
        format!("{id}:{s}"),
        format!("{id}/{s}"),
        format!("\"{id}\\n{s}\\n\""),
    ] {
        let found = scan(&text);
        let mut both = texts(&text, &found);
        both.sort_unstable();
        let mut wanted = [id.as_str(), s.as_str()];
        wanted.sort_unstable();
        assert_eq!(both, wanted, "{text}");
    }
    let far = format!("{id}\n\n\n\n\n\n\n\n{s}");
    assert_eq!(ids(&far), ["aws-access-key-id"]);
}

#[test]
fn what_is_no_secret_key() {
    let (id, s) = (key_id(), secret());
    let sha = noise(HEX, 40);
    for text in [
        format!("x = \"{s}\""),
        format!("secret_key = \"{sha}\""),
        format!("secret_key = \"{}\"", sha.to_uppercase()),
        format!("secret_key = \"{}\"", &s[..39]),
        format!("secret_key = \"{s}A\""),
        format!("secret_key = \"{s}=\""),
        format!("secret_key_id = \"{s}\""),
        format!("secret_name = \"{s}\""),
        format!("secret_key = \"{}\"", "x".repeat(40)),
        format!("secret_key = \"{}A1\"", "modules/of/the/project/with/some/names"),
        format!("- Name: AWS_SECRET_ACCESS_KEY\n  Value: !Ref X\n- Name: Digest\n  Value: {s}"),
    ] {
        assert!(ids(&text).is_empty(), "{text}: {:?}", ids(&text));
    }
    for text in [format!("{id}\n{sha}"), format!("{id}\nDisableRollbackOnFailureForStackSet2Upda")] {
        assert_eq!(ids(&text), ["aws-access-key-id"], "{text}");
    }
}

#[test]
fn a_name_that_says_less_makes_less_sure() {
    let s = secret();
    assert_eq!(scan(&format!("secret_key = {s}"))[0].detector.confidence, Confidence::Medium);
    assert_eq!(scan(&format!("aws_secret_key = {s}"))[0].detector.confidence, Confidence::High);
    assert_eq!(scan(&format!("{}\nsecret_key = {s}", key_id()))[1].detector.confidence, Confidence::High);
}

#[test]
fn a_key_id_without_a_digit_is_one_and_a_word_is_none() {
    for prefix in ["AKIA", "ASIA", "ABIA", "ACCA"] {
        let text = format!("x = \"{prefix}{}\"", "TKCTWJAWCCMOBOUV");
        assert_eq!(ids(&text).len(), 1, "{text}");
    }
    assert!(ids(&format!("ASIA{}", "PACIFICREGIONALS")).is_empty());
}

#[test]
fn a_named_secret_may_begin_with_a_slash() {
    let s = format!("/{}", &secret()[1..]);
    for text in [
        format!("aws_secret_access_key={s}\n"),
        format!("# old: {} / aws_secret_access_key={s}\n", key_id()),
        format!("aws_secret_access_key = \"{s}\""),
        format!("AWS_SECRET_ACCESS_KEY: {s}"),
    ] {
        assert!(texts(&text, &scan(&text)).contains(&s.as_str()), "{text}");
    }
}

#[test]
fn what_a_name_says_is_of_others_is_no_key_of_aws() {
    let s = secret();
    for name in ["DJANGO_SECRET_KEY", "flask_secret_key", "sessionSecret", "jwt_secret_key"] {
        for text in [format!("{name} = \"{s}\""), format!("id = \"{}\"\n{name} = \"{s}\"", key_id())] {
            assert!(!texts(&text, &scan(&text)).contains(&s.as_str()), "{text}");
        }
    }
    for name in [
        "secret_key",
        "s3_secret_key",
        "BACKUP_SECRET_KEY",
        "secretKey",
        "django_aws_secret_key",
        "app_secret_access_key",
    ] {
        let text = format!("{name} = \"{s}\"");
        assert_eq!(texts(&text, &scan(&text)), [s.as_str()], "{text}");
    }
}

#[test]
fn a_key_of_that_name_may_have_slashes() {
    let s = ["", "uN4vT7cW", "q2Lk9sZx0", "Hb3Yp6Rj", "8MdFe1AoGi", ""].join("/");
    assert_eq!(s.len(), 40);
    let text = format!("aws_secret_access_key={s}\n");
    assert_eq!(texts(&text, &scan(&text)), [s.as_str()]);
}

#[test]
fn what_is_said_to_keyless_between_an_id_and_its_secret_changes_nothing() {
    let (id, s) = (key_id(), secret());
    let apart = |between: &str| format!("id: {id}\n{between}value: {s}\n");
    let six = "a: 1\n".repeat(5);
    for note in ["# keyless: ignore[SEC01] the key is revoked\n", "  // keyless:ignore[SEC01] why\n"] {
        for (plain, expected) in [(apart(&six), true), (apart(&format!("{six}b: 2\n")), false)] {
            assert_eq!(texts(&plain, &scan(&plain)).contains(&s.as_str()), expected, "{plain}");
            let said = plain.replace("a: 1\n", &format!("a: 1\n{note}"));
            assert_eq!(texts(&said, &scan(&said)).contains(&s.as_str()), expected, "{said}");
            let before = plain.replace("value", &format!("{note}value"));
            assert_eq!(texts(&before, &scan(&before)).contains(&s.as_str()), expected, "{before}");
        }
    }
    let turned = |note: &str| format!("value: {s}\n{six}{note}id: {id}\n");
    for note in ["", "# keyless: ignore[SEC01] the key is revoked\n"] {
        assert!(texts(&turned(note), &scan(&turned(note))).contains(&s.as_str()));
    }
}
