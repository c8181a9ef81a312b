//! The policies on small trees. Every case is a folder `testdata/policies/<policy>/<case>/`, and its lines say what they
//! expect: `# expect: IMDS02` on the offending line, or `# expect-below: IMDS02` on the line above it
//! (`expect-two-below` where that one belongs to a text as well). An error is meant
//! unless a severity follows (`EC202 warning`), `IMDS02?` is a question that stays open, and a quoted text must occur in
//! the finding. What is reported and not expected fails. Of a policy of the default set, cases that are called `strict-…` are run with
//! `--strict`, each policy's by itself. Secrets are put in as the tree is made: `@AKIA@`; what
//! stands in `@B64(…)@` is put in as base 64, in `@GZ(…)@` compressed before that.

use crate::harness::{Repo, findings};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

pub type Expected = BTreeMap<(String, usize), Vec<Expectation>>;

#[derive(Debug, Clone)]
pub struct Expectation {
    pub code: String,
    pub severity: String,
    text: Option<String>,
}

pub fn with_secrets(text: &str) -> String {
    let secrets = [
        ("@AKIA@", format!("AKIA{}", "Q3EGRIGB4KSW2XYV")),
        ("@ASIA@", format!("ASIA{}", "Q3EGRIGB4KSW2XYV")),
        ("@AWS_SECRET@", format!("{}{}", "uN4vT7cWq2Lk9sZx0Hb3", "Yp6Rj8MdFe1AoGiVtQnC")),
        ("@AWS_SECRET2@", format!("{}{}", "vM5uS8dXp3Nj8rYw1Ia4", "Zq7Qi9LcEf2BnHjUkRoD")),
        ("@SESSION@", format!("IQoJb3JpZ2lu{}", "X2VjEJr9aBcD3fGhIjKl".repeat(12))),
        (
            "@BEDROCK@",
            format!("bedrock-api-key-{}{}", "YmVkcm9jay5hbWF6b25hd3MuY29t", "L0FiQ2RFZkdoSWpLbE1u"),
        ),
        ("@RANDOM@", format!("k3Jd8Fh2Ls{}", "9Qw4Er7Ty1")),
        (
            "@JWT@",
            format!(
                "eyJ{}.eyJ{}.{}",
                "hbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9", "zdWIiOiJhcHAifQ", "k3Jd8Fh2Ls9Qw4Er7Ty1"
            ),
        ),
        ("@GZIP@", gzipped("#!/bin/bash\nexport DB_PASSWORD=corr3ct-horse-11\n")),
        ("@GITHUB@", format!("ghp_{}", token_with_checksum())),
        ("@STRIPE@", format!("sk_live_{}", "4eC39HqLyjWDarjtT1zdp7dc")),
        ("@SLACK@", format!("xoxb-{}-{}-{}", "314159265358", "271828182845", "aB3dE5gH7jK9mN1pQ3sT5vX7")),
        ("@BEGIN_KEY@", format!("-----BEGIN {} KEY-----", "RSA PRIVATE")),
        ("@END_KEY@", format!("-----END {} KEY-----", "RSA PRIVATE")),
        ("@KEY_BODY@", "MIIEpAIBAAKCAQEAwV8tq3pZ0yJr6f1mXc5Lh2Kb9Ns7Tg4Du0Qe8Wi3Yo1Ra6P".to_owned()),
    ];
    encoded(secrets.iter().fold(text.to_owned(), |text, (name, secret)| text.replace(name, secret)))
}

/// `@B64(…)@` and `@GZ(…)@`, the inner ones first; `\n` in them is a line break.
fn encoded(mut text: String) -> String {
    use base64::Engine as _;
    while let Some(at) = ["@B64(", "@GZ("].iter().filter_map(|mark| text.rfind(mark)).max() {
        let open = at + text[at..].find('(').unwrap() + 1;
        let close = open + text[open..].find(")@").unwrap();
        let inner = text[open..close].replace("\\n", "\n");
        let made = if text[at..].starts_with("@GZ") {
            gzipped(&inner)
        } else {
            base64::engine::general_purpose::STANDARD.encode(inner)
        };
        text.replace_range(at..close + 2, &made);
    }
    text
}

/// A text in a gzip stream without compression (RFC 1951, 3.2.4), in base 64.
fn gzipped(text: &str) -> String {
    use base64::Engine as _;
    let length = u16::try_from(text.len()).unwrap();
    let mut bytes = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff, 1];
    bytes.extend(length.to_le_bytes());
    bytes.extend((!length).to_le_bytes());
    bytes.extend(text.as_bytes());
    bytes.extend(crc32fast::hash(text.as_bytes()).to_le_bytes());
    bytes.extend(u32::from(length).to_le_bytes());
    base64::engine::general_purpose::STANDARD.encode(bytes)
}

/// GitHub's tokens end with a checksum of what stands before it.
fn token_with_checksum() -> String {
    const DIGITS: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    let body = "k3Jd8Fh2Ls9Qw4Er7Ty1Ui6Op5As0D";
    let mut crc = !0u32;
    for byte in body.bytes() {
        crc ^= u32::from(byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 };
        }
    }
    crc = !crc;
    let mut tail = Vec::new();
    for _ in 0..6 {
        tail.push(DIGITS[(crc % 62) as usize]);
        crc /= 62;
    }
    tail.reverse();
    format!("{body}{}", String::from_utf8(tail).unwrap())
}

/// `CODE [severity] ["text"]`, several parted by `;`.
pub fn expectations(list: &str) -> Vec<Expectation> {
    list.split(';')
        .map(|one| {
            let (words, text) = match one.split_once('"') {
                Some((words, rest)) => (words, Some(rest.split('"').next().unwrap().to_owned())),
                None => (one, None),
            };
            let mut words = words.split_whitespace();
            let code = words.next().unwrap().to_owned();
            let severity = words.next().unwrap_or("error").to_owned();
            Expectation { code, severity, text }
        })
        .collect()
}

fn copy(from: &Path, under: &str, repo: &Repo, expected: &mut Expected) {
    let mut entries: Vec<_> = fs::read_dir(from).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        let name = format!("{under}{}", path.file_name().unwrap().to_str().unwrap());
        if path.is_dir() {
            copy(&path, &format!("{name}/"), repo, expected);
            continue;
        }
        let text = with_secrets(&fs::read_to_string(&path).unwrap());
        repo.write(&name, &text);
        for (at, line) in text.lines().enumerate() {
            for (marker, below) in [("expect: ", 1), ("expect-below: ", 2), ("expect-two-below: ", 3)] {
                if let Some((_, list)) = line.split_once(marker) {
                    expected.entry((name.clone(), at + below)).or_default().extend(expectations(list));
                }
            }
        }
    }
}

/// Policies with their codes and whether they are of the strict set, by the folder of their cases.
fn policies() -> BTreeMap<String, (String, bool)> {
    let policies = Path::new(env!("CARGO_MANIFEST_DIR")).join("policies");
    let mut found = BTreeMap::new();
    for path in fs::read_dir(policies).unwrap().map(|entry| entry.unwrap().path()) {
        let text = fs::read_to_string(&path).unwrap();
        let says = |key: &str| {
            text.lines().take_while(|line| line.starts_with('#')).find_map(|line| line.strip_prefix(key))
        };
        if let Some(code) = says("# id: ") {
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            found.insert(name, (code.to_owned(), says("# set: ") == Some("strict")));
        }
    }
    found
}

#[test]
fn every_case_reports_what_its_lines_expect_and_nothing_else() {
    let repo = Repo::new();
    let mut expected = Expected::new();
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/policies");
    let policies = policies();
    for folder in fs::read_dir(&cases).unwrap().map(|entry| entry.unwrap().path()) {
        let name = folder.file_name().unwrap().to_str().unwrap().to_owned();
        let (code, all_strict) = policies.get(&name).map_or(("", false), |(code, strict)| (&**code, *strict));
        let strict = Repo::new();
        let mut expected_strict = Expected::new();
        let mut has_strict = false;
        for case in fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()) {
            let case_name = case.file_name().unwrap().to_str().unwrap();
            let under = format!("{name}/{case_name}/");
            if all_strict || case_name.starts_with("strict-") {
                has_strict = true;
                copy(&case, &under, &strict, &mut expected_strict);
            } else {
                copy(&case, &under, &repo, &mut expected);
            }
        }
        if has_strict {
            compare(&strict, &["--strict", "--select", code], expected_strict);
        }
    }
    compare(&repo, &[], expected);
}

/// A configuration file, even an empty one, has everything evaluated that any policy looks at.
#[test]
fn what_strict_policies_look_at_changes_nothing_for_the_others() {
    let repo = Repo::new();
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/policies");
    for folder in fs::read_dir(&cases).unwrap().map(|entry| entry.unwrap().path()) {
        let name = folder.file_name().unwrap().to_str().unwrap().to_owned();
        copy(&folder, &format!("{name}/"), &repo, &mut Expected::new());
    }
    repo.write("empty.toml", "");
    let (_, narrow) = repo.json(&[]);
    let (_, wide) = repo.json(&["--config", "empty.toml"]);
    assert_eq!(narrow, wide);
}

/// Holds what a run over the repository reports against what its lines expect.
fn compare(repo: &Repo, args: &[&str], mut expected: Expected) {
    let (_, report) = repo.json(args);
    let mut wrong: Vec<String> = report["problems"]
        .as_array()
        .unwrap()
        .iter()
        .map(|problem| format!("{}: problem: {}", problem["path"], problem["message"]))
        .collect();
    let reported = report["findings"].as_array().unwrap().iter().map(|finding| (finding, ""));
    let open = report["cannot_tell"].as_array().unwrap().iter().map(|open| (open, "?"));
    for (finding, mark) in reported.chain(open) {
        let path = finding["path"].as_str().unwrap();
        let line = usize::try_from(finding["start"]["line"].as_u64().unwrap()).unwrap();
        let code = format!("{}{mark}", finding["code"].as_str().unwrap());
        let whole = finding.to_string().replace("\\\"", "'");
        let here = expected.get_mut(&(path.to_owned(), line));
        let met = here.and_then(|list| {
            let at = list.iter().position(|one| {
                one.code == code
                    && (mark == "?" || finding["severity"].as_str() == Some(&one.severity))
                    && one.text.as_ref().is_none_or(|text| whole.contains(text))
            })?;
            Some(list.remove(at))
        });
        if met.is_none() {
            wrong.push(format!("{path}:{line}: not expected: {code} {} {whole}", finding["severity"]));
        }
    }
    for ((path, line), list) in &expected {
        wrong.extend(list.iter().map(|one| format!("{path}:{line}: missing: {one:?}")));
    }
    wrong.sort();
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
    assert!(!findings(&report).is_empty());
}

#[test]
fn every_policy_has_cases_that_it_reports() {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/policies");
    let policies = Path::new(env!("CARGO_MANIFEST_DIR")).join("policies");
    for entry in fs::read_dir(policies).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|end| end == "guard") {
            let folder = cases.join(path.file_stem().unwrap());
            assert!(folder.is_dir(), "no cases in {}", folder.display());
        }
    }
}
