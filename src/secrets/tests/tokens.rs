//! Tokens by form, web tokens, passwords in URLs.

use super::*;

#[test]
fn the_table_is_sound() {
    assert!(LIGHT.is_some() && FAST.is_some());
    let mut seen = std::collections::BTreeMap::new();
    for rule in RULES {
        assert!(rule.detector.prefix_len <= 4, "{}", rule.detector.id);
        for word in rule.keywords {
            let other = seen.insert(head(word), rule.detector.id);
            assert!(other.is_none_or(|id| id == rule.detector.id), "{word} hides {other:?}");
        }
    }
    for (_, words) in SPECIAL {
        for word in *words {
            assert!(!seen.contains_key(word), "{word}");
        }
    }
    let mut names: Vec<_> = RULES.iter().map(|r| r.detector.id).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), RULES.len());
}

/// A token of each row, made from its own shape.
fn sample(shape: &[shape::Part]) -> String {
    let mut out = String::new();
    for part in shape {
        match part {
            shape::Part::Lit(lit) => out.push_str(lit),
            shape::Part::Any(list) => out.push_str(list[0]),
            shape::Part::Run(set, min, max) => {
                let all: String = (b'0'..=b'z').map(char::from).filter(|c| set(*c as u8)).collect();
                // A little more than the least, where there is room.
                out.push_str(&noise(&all, (*min + 20).min(*max)));
            }
            shape::Part::Maybe(_) => {}
        }
    }
    out
}

#[test]
fn every_row_finds_its_own_shape_and_nothing_longer_or_within_a_word() {
    for rule in RULES {
        let mut token = sample(rule.shape);
        match rule.detector.id {
            "github-token" | "npm-token" => {
                let body = token.len() - 6;
                let from = token.find('_').unwrap() + 1;
                let sum = checksum::crc62(&token.as_bytes()[from..body]);
                token.replace_range(body.., std::str::from_utf8(&sum).unwrap());
            }
            "slack-token" => {
                token = format!("xoxb-{}-{}-{}", noise("0123456789", 12), noise("0123456789", 13), alnum(24));
            }
            "openai-key" => token = format!("sk-proj-{}T3BlbkFJ{}", alnum(74), alnum(74)),
            "openai-legacy-key" => token = format!("sk-{}T3BlbkFJ{}", alnum(20), alnum(20)),
            "anthropic-key" => token = format!("sk-ant-api03-{}AA", alnum(93)),
            _ => {}
        }
        for text in [
            token.clone(),
            format!("token = \"{token}\"\n"),
            format!("A: {token},"),
            format!("x\\n{token}\\n"),
            format!("'{token}'"),
        ] {
            let found = scan(&text);
            assert_eq!(texts(&text, &found), [token.as_str()], "{} in {text}", rule.detector.id);
            assert_eq!(found[0].detector.id, rule.detector.id);
        }
        let within = format!("zz{token}");
        assert!(!ids(&within).contains(&rule.detector.id), "{within}");
    }
}

#[test]
fn a_wrong_checksum_is_no_token() {
    for prefix in ["ghp_", "gho_", "ghu_", "ghs_", "ghr_", "npm_"] {
        let body = alnum(30);
        let good =
            format!("{prefix}{body}{}", std::str::from_utf8(&checksum::crc62(body.as_bytes())).unwrap());
        assert_eq!(ids(&good).len(), 1, "{good}");
        assert!(ids(&format!("{prefix}{body}000000")).is_empty());
    }
}

#[test]
fn made_up_tokens_are_none() {
    for text in [
        format!("ghp_{}", "x".repeat(36)),
        format!("glpat-{}", "x".repeat(20)),
        format!("hf_{}", "X".repeat(34)),
        "https://hooks.slack.com/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX".to_string(),
        "https://hooks.slack.com/services/YOUR/WEBHOOK/URL".to_string(),
        format!("sk_live_{}", "0".repeat(24)),
        "xoxb-your-token-goes-here-please-now".to_string(),
        "task-hub-disk-us-east-1 sk-learn SG.id aws_security_group.SG.id".to_string(),
    ] {
        assert!(ids(&text).is_empty(), "{text}: {:?}", ids(&text));
    }
}

#[test]
fn web_tokens_need_an_algorithm() {
    let part = |json: &str| URL_SAFE_NO_PAD.encode(json);
    let token = |header: &str, payload: &str| format!("{}.{}.{}", part(header), part(payload), alnum(43));
    let good = token(r#"{"alg":"HS256","typ":"JWT"}"#, r#"{"sub":"me"}"#);
    let text = format!("Bearer {good}\"");
    assert_eq!(texts(&text, &scan(&text)), [good.as_str()]);
    assert!(ids(&token(r#"{"typ":"JWT"}"#, r#"{"sub":"me"}"#)).is_empty());
    assert!(ids(&token(r#"{"alg":"none"}"#, r#"{"sub":"me"}"#)).is_empty());
    assert!(ids(&token(r#"{"alg":"HS256"}"#, r#"{"role":"anon"}"#)).is_empty());
    assert!(scan(&token(r#"{"alg":"HS256"}"#, r#"{"sub":"1234567890"}"#))[0].example);
}

#[test]
fn passwords_in_urls_and_connection_strings() {
    let p = ["hun", "ter22"].concat();
    for (text, id) in [
        (format!("postgres://app:{p}@db.internal:5432/x"), "database-url-password"),
        (format!("postgresql+psycopg2://app:{p}@${{aws_db_instance.x.endpoint}}/x"), "database-url-password"),
        (format!("redis://:{p}@cache:6379"), "database-url-password"),
        (format!("\"https://bob:{p}@git.example.com/a.git\""), "url-password"),
        (
            format!("Server=tcp:x;Database=y;User ID=z;Password={p};Encrypt=true"),
            "connection-string-password",
        ),
        (format!("jdbc:mysql://h/db?user=u&password={p}"), "connection-string-password"),
    ] {
        let found = scan(&text);
        assert_eq!(texts(&text, &found), [p.as_str()], "{text}");
        assert_eq!(found[0].detector.id, id);
    }
    let key = format!("AccountKey={}==;", base64_noise(86));
    assert_eq!(ids(&key), ["azure-account-key"]);
    for text in [
        "https://example.com:8080/@scope/pkg",
        "postgres://user:password@localhost/db",
        "postgres://app:${var.password}@db/x",
        "postgres://app:{{ password }}@db/x",
        "postgres://app:$DB_PASSWORD@db/x",
        "postgres://app:<password>@db/x",
        "postgres://app:***@db/x",
        "postgres://%s:%s@%s/x",
        "ssh://git@github.com/a/b",
        "https://x-access-token:TOKEN@github.com",
        "Server=x;Password=${Pw};",
        "password=hunter22x",
        "curl https://example.com/a:b c@d",
    ] {
        assert!(ids(text).is_empty(), "{text}: {:?}", ids(text));
    }
}
