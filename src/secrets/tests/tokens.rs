//! Tokens by form, web tokens, passwords in URLs.

use super::*;
use crate::secrets::tokens as table;

#[test]
fn the_table_is_sound() {
    let mut names = Vec::new();
    for rule in table::rules() {
        assert!(rule.detector.prefix_len <= 4, "{}", rule.detector.id);
        for word in rule.keywords {
            assert!(word.len() > 1, "{word}");
            assert!(
                word.len() > 3 || keywords::follows(rule, word).is_some(),
                "{word}: what follows is not known"
            );
        }
        names.push(rule.detector.id);
    }
    names.extend(vendors::VENDORS.iter().map(|vendor| vendor.detector.id));
    let shorter = vendors::VENDORS.iter().flat_map(|vendor| vendor.words).find(|word| word.len() < 4);
    assert_eq!(shorter, None);
    let count = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), count);
    assert!(count > 120, "{count}");
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
            shape::Part::All(parts) => out.push_str(&sample(parts)),
            shape::Part::Maybe(_) => {}
        }
    }
    out
}

/// With what its check asks for.
fn good(rule: &table::Rule) -> String {
    let mut token = sample(rule.shape);
    match rule.detector.id {
        "github-token" | "npm-token" | "github-refresh-token" | "vercel-token" => {
            let body = token.len() - 6;
            let from = token.find('_').unwrap() + 1;
            let sum = checksum::crc62(&token.as_bytes()[from..body]);
            token.replace_range(body.., std::str::from_utf8(&sum).unwrap());
        }
        "grafana-service-account-token" => {
            let body = token.len() - 9;
            let sum = crc32fast::hash(&token.as_bytes()[..body]).swap_bytes();
            token.replace_range(body + 1.., &format!("{sum:08x}"));
        }
        "age-secret-key" => {
            token =
                ["AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZ", "GFPYYSJZGFPYYSJZGFPQ4EGAEX"].concat();
        }
        "slack-token" => {
            token = format!("xoxb-{}-{}-{}", noise("0123456789", 12), noise("0123456789", 13), alnum(24));
        }
        "openai-key" => token = format!("sk-proj-{}T3BlbkFJ{}", alnum(74), alnum(74)),
        "openai-legacy-key" => token = format!("sk-{}T3BlbkFJ{}", alnum(20), alnum(20)),
        "anthropic-key" => token = format!("sk-ant-api03-{}AA", alnum(93)),
        "nuget-key" => {
            token = format!("oy2m{}q{}e3m{}q", noise(LOWER, 15), noise(LOWER, 11), noise(LOWER, 11));
        }
        "discord-bot-token" => {
            let number = URL_SAFE_NO_PAD.encode("104857912345678901");
            token = format!("{number}.{}.{}", alnum(6), alnum(38));
        }
        "1password-secret-key" => {
            let part = |length| noise(&format!("{UPPER}23456789"), length);
            token = format!("A3-{}-{}-{}-{}-{}-{}", part(6), part(6), part(5), part(5), part(5), part(5));
        }
        _ => {}
    }
    token
}

#[test]
fn every_row_finds_its_own_shape_and_nothing_longer_or_within_a_word() {
    for rule in table::rules() {
        let token = good(rule);
        let id = rule.detector.id;
        for text in [
            token.clone(),
            format!("token = \"{token}\"\n"),
            format!("A: {token},"),
            format!("x\\n{token}\\n"),
            format!("'{token}'"),
            format!("{{\\u0022{token}\\u0022}}"),
            format!("https://example.com/?a=%3D{token}&b=1"),
            format!("<a>{token}</a>"),
        ] {
            let found = scan(&text);
            assert_eq!(texts(&text, &found), [token.as_str()], "{id} in {text}");
            assert_eq!(found[0].detector.id, id);
        }
        let is_found = |text: &str| ids(text).contains(&id);
        assert!(!is_found(&format!("zz{token}")), "{id} within a word");
        if rule.checksum.is_some() && id != "gitlab-token" {
            let last = if token.ends_with('1') { '2' } else { '1' };
            assert!(!is_found(&format!("{}{last}", &token[..token.len() - 1])), "{id} with another checksum");
        }
    }
}

/// One character less than the least, and one more than the most, is something else.
#[test]
fn tokens_of_fixed_length_are_of_that_length() {
    for rule in table::rules() {
        let token = good(rule);
        let [.., shape::Part::Run(set, min, max)] = rule.shape else { continue };
        if min != max {
            continue;
        }
        assert!(scan(&token[..token.len() - 1]).is_empty(), "{} one short", rule.detector.id);
        let last = token.as_bytes()[token.len() - 1];
        assert!(set(last));
        let longer = format!("{token}{}", char::from(last));
        assert!(!ids(&longer).contains(&rule.detector.id), "{} one long", rule.detector.id);
    }
}

#[test]
fn what_holds_places_is_no_token() {
    for rule in table::rules() {
        let shape = good(rule);
        let start = shape.len() / 2;
        let body = rule.shape.iter().rev().find_map(|part| match part {
            shape::Part::Run(set, ..) if set(b'X') => Some('X'),
            shape::Part::Run(set, ..) if set(b'x') => Some('x'),
            _ => None,
        });
        let Some(cross) = body else { continue };
        let crossed = format!("{}{}", &shape[..start], cross.to_string().repeat(shape.len() - start));
        assert!(!ids(&crossed).contains(&rule.detector.id), "{crossed}");
    }
}

/// A megabyte of noise in base 64, plain and of the kind for addresses, in hex and in words.
#[test]
fn noise_holds_no_tokens() {
    let mixed = format!("{UPPER}{LOWER}0123456789");
    for alphabet in [format!("{mixed}+/"), format!("{mixed}-_"), HEX.to_string(), format!("{LOWER}     \n")] {
        let text = noise(&alphabet, 1 << 20);
        assert!(ids(&text).is_empty(), "{:?}", ids(&text));
        for width in [20, 32, 40, 43, 44, 64, 76, 88] {
            let lines: Vec<&str> =
                (0..4096).filter_map(|at| text.get(at * width..(at + 1) * width)).collect();
            let lines = lines.join("\n");
            assert!(ids(&lines).is_empty(), "{width}: {:?}", ids(&lines));
        }
    }
}

#[test]
fn keys_of_vendors_are_told_by_their_name() {
    for vendor in vendors::VENDORS {
        let (id, key) = (vendor.detector.id, sample(vendor.shape));
        let fixed = matches!(vendor.shape, [.., shape::Part::Run(_, min, max)] if min == max);
        for (word, says) in
            vendor.words.iter().flat_map(|word| vendor.says.iter().map(move |says| (word, says)))
        {
            // `DD_API` begins what `ddapikey` is, `TWILIO` stands before `authtoken`.
            let plain = word.to_ascii_lowercase().replace(['_', '-'], "");
            let name = match says.strip_prefix(&plain) {
                Some(rest) => format!("{word}{rest}"),
                None if word.contains(['_', '-']) => continue,
                None => format!("{word}_{says}"),
            };
            for text in [
                format!("export {name}={key}\n"),
                format!("{name} = \"{key}\""),
                format!("  {name}: '{key}'"),
                format!("{{\"{name}\": \"{key}\"}}"),
                format!("\\\"{name}\\\": \\\"{key}\\\""),
            ] {
                let found = scan(&text);
                assert_eq!(texts(&text, &found), [key.as_str()], "{id} in {text}");
            }
            let is_found = |text: &str| ids(text).contains(&id);
            assert!(!is_found(&format!("{name}_name = \"{key}\"")), "{id}");
            assert!(!is_found(&format!("{name}\n{key}")), "{id}");
            assert!(!fixed || !is_found(&format!("{name} = \"{key}a\"")), "{id}");
        }
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
fn tokens_in_urls() {
    let hex = ["9f3b7c1d5e2a4806", "b7d9c3e1f5a2084c"].concat();
    let id = ["5b3f1c3e-7a51", "-4c0e-9a3a-3b1f7d0f9e22"].concat();
    let mixed = ["q7Zk2mN8vB4x", "R1tY6wP3sD11"].concat();
    for (text, secret) in [
        (format!("https://app.datadoghq.com/intake/webhook/sns?api_key={hex}"), &hex),
        (format!("endpoint = \"https://api.opsgenie.com/v1/json/cloudwatch?apiKey={id}\""), &id),
        (format!("https://h.example.com/x?v=1&token={mixed}&z=2"), &mixed),
        (format!("https://${{var.host}}/x?access_token={mixed}"), &mixed),
    ] {
        let found = scan(&text);
        assert_eq!(texts(&text, &found), [secret.as_str()], "{text}");
        assert_eq!(found[0].detector.id, "url-token");
    }
    for text in [
        "https://h.example.com/x?token=${var.token}".to_owned(),
        "https://h.example.com/x?token=YOUR_TOKEN_GOES_HERE".to_owned(),
        "https://h.example.com/x?token=short1".to_owned(),
        format!("https://h.example.com/x?version={hex}&id={mixed}"),
        format!("https://h.example.com/x?next_page_token={mixed}"),
        format!("https://b.s3.amazonaws.com/k?X-Amz-Security-Token={mixed}"),
        format!("https://h.example.com/x token={mixed}x"),
    ] {
        assert_eq!(ids(&text), [""; 0], "{text}");
    }
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
        (format!("jdbc:oracle:thin:app/{p}@db.internal:1521:ORCL"), "database-url-password"),
        (format!("DSN=root:{p}@tcp(127.0.0.1:3306)/db?parseTime=true"), "database-url-password"),
        (format!("\"app:{p}@unix(/run/mysql.sock)/db\""), "database-url-password"),
        (format!("Server=x;Database=y;User ID=z;Password='{p}';"), "connection-string-password"),
    ] {
        let found = scan(&text);
        assert_eq!(texts(&text, &found), [p.as_str()], "{text}");
        assert_eq!(found[0].detector.id, id);
    }
    let jaas =
        "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"app\" password=\"";
    for text in [format!("{jaas}{p}\";"), format!("{jaas}{p}\";").replace('"', "\\\"")] {
        assert_eq!(texts(&text, &scan(&text)), [p.as_str()], "{text}");
    }
    let key = format!("AccountKey={}==;", base64_noise(86));
    assert_eq!(ids(&key), ["azure-connection-key"]);
    for text in [
        "https://example.com:8080/@scope/pkg",
        "postgres://user:password@localhost/db",
        "postgres://app:${var.password}@db/x",
        "root:${var.password}@tcp(db:3306)/x",
        "root:password@tcp(db:3306)/x",
        "root@tcp(db:3306)/x",
        "%s:%s@tcp(%s)/x",
        "postgres://app:{{ password }}@db/x",
        "postgres://app:$DB_PASSWORD@db/x",
        "postgres://app:<password>@db/x",
        "postgres://app:***@db/x",
        "postgres://%s:%s@%s/x",
        "ssh://git@github.com/a/b",
        "https://x-access-token:TOKEN@github.com",
        "Server=x;Password=${Pw};",
        "'Server=x;User ID=y;Password='+password+';'",
        "\"Server=x;User ID=y;Password=\" + password + \";\"",
        "jdbc:oracle:thin:@db.internal:1521:ORCL",
        "jdbc:oracle:thin:app/${var.password}@db",
        "oracle://jdbc:oracle:thin:${external/source-login}@//db.internal:1521/ORCL",
        "oracle://jdbc:oracle:thin:$${external/source-login}@//db.internal:1521/ORCL",
        "password=hunter22x",
        "curl https://example.com/a:b c@d",
    ] {
        assert!(ids(text).is_empty(), "{text}: {:?}", ids(text));
    }
}

#[test]
fn azure_signs_addresses() {
    let plain = base64_noise(43);
    let escaped = format!("{}%3D", plain.replace('+', "%2B").replace('/', "%2F"));
    let address =
        "https://x.blob.core.windows.net/c?sv=2024-11-04&ss=b&srt=sco&sp=rl&se=2027-12-31T23:59:59Z&sig=";
    for signature in [format!("{plain}="), escaped.clone(), escaped.to_lowercase().replace("%3d", "%3D")] {
        let text = format!("url = \"{address}{signature}\"\n");
        let found = scan(&text);
        assert_eq!(texts(&text, &found), [signature.as_str()]);
        assert_eq!(found[0].detector.id, "azure-shared-access-signature");
    }
    for text in [
        format!("https://example.com/?sig={plain}="),
        format!("{address}{}", &escaped[..40]),
        format!("{address}${{var.signature}}"),
        format!("my_sig={plain}="),
    ] {
        assert!(ids(&text).is_empty(), "{text}");
    }
}

#[test]
fn credentials_for_http() {
    let p = ["hun", "ter22x"].concat();
    let basic = STANDARD.encode(format!("app:{p}"));
    let token = alnum(32);
    for (text, secret, id) in [
        (format!("curl -H \"Authorization: Basic {basic}\" https://example.com"), &basic, "http-basic-auth"),
        (format!("\"Authorization\": \"Basic {basic}\","), &basic, "http-basic-auth"),
        (format!("{{\\\"Authorization\\\": \\\"Basic {basic}\\\"}}"), &basic, "http-basic-auth"),
        (
            format!("\"auths\": {{\"https://index.docker.io/v1/\": {{\"auth\": \"{basic}\"}}}}"),
            &basic,
            "http-basic-auth",
        ),
        (
            format!("{{\\\"auths\\\":{{\\\"ghcr.io\\\":{{\\\"auth\\\":\\\"{basic}\\\"}}}}}}"),
            &basic,
            "http-basic-auth",
        ),
        (format!("//npm.example.com/:_auth={basic}\n"), &basic, "http-basic-auth"),
        (format!("//npm.example.com/:_authToken={token}\n"), &token, "npm-registry-token"),
        (format!("//npm.example.com/:_authToken=\"{token}\"\n"), &token, "npm-registry-token"),
        (format!("machine api.example.com login app password {p}\n"), &p, "netrc-password"),
        (format!("machine api.example.com\n  login app\n  password {p}\n"), &p, "netrc-password"),
        (format!("headers = {{ Authorization = \"Bearer {token}\" }}"), &token, "http-bearer-token"),
    ] {
        let found = scan(&text);
        assert_eq!(texts(&text, &found), [secret.as_str()], "{text}");
        assert_eq!(found[0].detector.id, id, "{text}");
    }
    for text in [
        format!("Basic {}", STANDARD.encode("user:password")),
        format!("Authorization: Basic {}", STANDARD.encode("user:${PASSWORD}")),
        format!("Authorization: Basic {}", STANDARD.encode([0u8, 159, 58, 200, 7, 9, 200, 201])),
        "Basic Authentication is off, basic understanding needed".to_string(),
        "Authorization: Basic ${base64encode(local.login)}".to_string(),
        "Authorization: Bearer ${var.token}".to_string(),
        "Authorization: Bearer YOUR_TOKEN_GOES_HERE_1234".to_string(),
        "Authorization: Bearer <token>".to_string(),
        format!("Authorization: Bearer {}${{var.rest}}", alnum(24)),
        format!("the bearer {} of news", alnum(24)),
        "//registry.npmjs.org/:_authToken=${NPM_TOKEN}".to_string(),
        "//registry.npmjs.org/:_authToken=xxxxxxxx".to_string(),
        "machine learning login to the password page with 12345678".to_string(),
        "machine api.example.com login app password $PASSWORD".to_string(),
        "\"auth\": \"disabled\"".to_string(),
        "\"auth\": \"iam\"".to_string(),
    ] {
        assert!(ids(&text).is_empty(), "{text}: {:?}", ids(&text));
    }
}

#[test]
fn innocent_texts_of_the_same_forms() {
    let hex = |length| noise(HEX, length);
    let lower = |length| noise(&format!("{LOWER}0123456789"), length);
    for text in [
        format!("\"integrity\": \"sha512-{}==\"", base64_noise(86)),
        format!("\"integrity\": \"sha1-{}=\"", base64_noise(27)),
        format!("golang.org/x/net v0.1.0/go.mod h1:{}=", base64_noise(43)),
        format!("image: app@sha256:{}", hex(64)),
        format!("etag = \"{}\"", hex(32)),
        format!("commit {}", hex(40)),
        format!("ami-0{} subnet-0{} key-0{}", hex(16), hex(16), hex(16)),
        format!(
            "kms_key_id = \"arn:aws:kms:eu-west-1:111122223333:key/{}\"",
            "1234abcd-12ab-34cd-56ef-1234567890ab"
        ),
        format!("name = \"mrk-{}\"", hex(32)),
        format!("LogicalId{}{}", UPPER, hex(8).to_uppercase()),
        format!("asset.{}.zip", hex(64)),
        format!("\"S3Key\": \"{}.json\"", hex(64)),
        format!("AROA{} AIDA{}", noise(UPPER, 17), noise(UPPER, 17)),
        format!("nextToken = \"{}\"", lower(40)),
        format!("pat = path.join(patterns, 'pattern{}')", lower(14)),
        format!("secret_{}", "name_of_a_thing_that_is_kept_in_the_manager"),
        format!("glpat-{}", "your-token-goes-here-1"),
        format!("sk_live_{}", "yourstripekeyhere"),
        format!("ghs_{}", "x".repeat(36)),
        format!("arn:aws:secretsmanager:eu-west-1:111122223333:secret:datadog_api_key-{}", lower(6)),
        "datadog_api_key = data.aws_secretsmanager_secret_version.datadog.secret_string".to_string(),
        "DD_API_KEY_SECRET_ARN: arn:aws:secretsmanager:eu-west-1:111122223333:secret:dd".to_string(),
        "snyk_token = var.snyk_token".to_string(),
        format!("datadog_api_key_id = \"{}\"", hex(32)),
        format!("datadog_api_key = \"{}\"", "0".repeat(32)),
        "us-east-1.console.aws.amazon.com task-us-west-2".to_string(),
        format!("{}-us-east-1", hex(32)),
        "12345678:AAaaaa 2026-11-22T10:11:12:AA".to_string(),
        "Bearer token, Basic auth, machine type, :_authToken".to_string(),
        "mailto:key-management@example.com".to_string(),
    ] {
        assert!(ids(&text).is_empty(), "{text}: {:?}", ids(&text));
    }
}
