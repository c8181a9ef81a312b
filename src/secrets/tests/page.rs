//! `docs/secrets.md` says what the tables say: it is made of them.

use crate::secrets::shape::{Part, Set};
use crate::secrets::{Class, Confidence, Detector, aws, connection, http, jwt, pem, shape, tokens, vendors};
use std::fmt::Write as _;
use std::path::Path;

const HEAD: &str = "\
# Secrets that are told by their form

What keyless knows wherever it stands: in code, in scripts and documents within code, in values that are put together of pieces.
Made of the tables in `src/secrets/` by `UPDATE_DOCS=1 cargo test the_page_of_secrets_is_fresh`.

- *sure* forms are errors, the others warnings: those have a form that something harmless may have as well.
- Where a token ends in a checksum that its vendor describes, one whose checksum is wrong is none.
- What says itself that it stands for another is none: `xxxx`, one character over and over, `your-token-here`, `${VAR}`,
  `<token>`.
- AWS's documentation examples (`…EXAMPLE`) are told apart ([SEC09](../policies/documentation-example.md)).
- Ids of users, roles and groups (`AIDA…`, `AROA…`), ARNs, hashes and public keys are no secrets.
- What has no form of its own is told by where it stands: [SEC01](../policies/literal-in-sensitive-attribute.md),
  [SEC05](../policies/secret-in-environment-or-script.md). Forms that only you know are told in `keyless.toml`
  ([configuration](configuration.md)).

A form is given as its parts, one after another; `{20}` is how many characters, `{20,40}` at least and at most.
";

/// A set of characters, by the characters in it.
fn alphabet(set: Set) -> String {
    let named: &[(Set, &str)] = &[
        (shape::digit, "digit"),
        (shape::hex, "hex"),
        (shape::hex_any, "hex of either case"),
        (shape::alpha, "letter"),
        (shape::alnum, "letter or digit"),
        (shape::lower_alnum, "small letter or digit"),
        (shape::upper_alnum, "capital or digit"),
        (shape::alnum_dash, "letter, digit or `-`"),
        (shape::word, "letter, digit or `_`"),
        (shape::word_dash, "letter, digit, `_` or `-`"),
        (shape::word_dash_dot, "letter, digit, `_`, `-` or `.`"),
        (shape::azure, "letter, digit, `_`, `-`, `.` or `~`"),
        (shape::base64, "base 64"),
        (shape::base64_padded, "base 64 or `=`"),
        (shape::base64_any, "base 64 of any kind"),
        (shape::base64_escaped, "base 64 of any kind or `%`"),
    ];
    let same = |other: Set| (0..=255).all(|byte| set(byte) == other(byte));
    match named.iter().find(|(other, _)| same(*other)) {
        Some((_, name)) => (*name).to_string(),
        None => format!("one of `{}`", (0..=127u8).filter(|b| set(*b)).map(char::from).collect::<String>()),
    }
}

#[rustfmt::skip]
const AWS: &[(&Detector, &str)] = &[
    (&aws::KEY_ID, "`AKIA`, `ABIA`, `ACCA` or `A3T.` · capital or digit {16}; the account is read from it where it is written in it"),
    (&aws::TEMPORARY_ID, "`ASIA` · capital or digit {16}"),
    (&aws::SURE_SECRET, "base 64 {40}, beside a key id, or under a name such as `aws_secret_access_key`"),
    (&aws::LIKELY_SECRET, "base 64 {40}, under a name such as `secret_key`"),
    (&aws::TEMPORARY_SECRET, "base 64 {40}, beside a temporary key id or a session token"),
];

#[rustfmt::skip]
const KEYS: &[(&Detector, &str)] = &[
    (&pem::PLAIN, "PEM (`PRIVATE KEY`, RSA, EC, DSA, OpenSSH, PGP), over several lines, with escaped line breaks, in base 64"),
    (&pem::ENCRYPTED, "the same where it says that it is encrypted"),
    (&pem::SERVICE_ACCOUNT, "the same in JSON of the type `service_account`"),
    (&pem::PUTTY, "`PuTTY-User-Key-File-` and private lines"),
    (&jwt::JWT, "three parts in base 64 for addresses, of which the first two are JSON and the first names an algorithm; not for the role `anon`"),
];

#[rustfmt::skip]
const LOGINS: &[(&Detector, &str)] = &[
    (&connection::DATABASE_URL, "`scheme://user:PASSWORD@host` of a database or broker, `jdbc:oracle:thin:user/PASSWORD@`, `user:PASSWORD@tcp(host)`"),
    (&connection::URL, "`scheme://user:PASSWORD@host` of any other scheme"),
    (&connection::QUERY, "`scheme://…?api_key=…` and other names that say secret, 16 or more mixed characters"),
    (&connection::REPOSITORY, "what stands before the host in the address of a repository"),
    (&connection::STRING, "`Password=…` beside `Server=`, `User ID=` and the like, `?password=…` of JDBC, `password=\"…\"` of JAAS"),
    (&connection::ACCOUNT_KEY, "`AccountKey=` · base 64 {88}, or `SharedAccessKey=` · base 64 {44}"),
    (&connection::SIGNATURE, "`sig=` · base 64 of 32 bytes, beside two of `sv=`, `se=`, `sr=`, `sp=`"),
    (&http::BASIC, "`Basic`, `_auth=` or `\"auth\":` · base 64 of `user:password`"),
    (&http::BEARER, "`Authorization: Bearer` · 20 or more mixed characters"),
    (&http::REGISTRY, "`:_authToken=` · a value"),
    (&http::NETRC, "`machine HOST login USER password PASSWORD`"),
];

const UUID: [usize; 5] = [8, 4, 4, 4, 12];

fn is_uuid(parts: &[Part]) -> bool {
    let lengths = parts.iter().filter_map(|part| match part {
        Part::Run(_, min, max) if min == max => Some(*min),
        _ => None,
    });
    lengths.eq(UUID)
}

fn form(parts: &[Part]) -> String {
    let parts = parts.iter().map(|part| match part {
        Part::Lit(lit) => format!("`{lit}`"),
        Part::Any(list) => list.iter().map(|lit| format!("`{lit}`")).collect::<Vec<_>>().join(" or "),
        Part::Run(set, min, max) if min == max => format!("{} {{{min}}}", alphabet(*set)),
        Part::Run(set, min, max) => format!("{} {{{min},{max}}}", alphabet(*set)),
        Part::All(parts) if is_uuid(parts) => "UUID".to_string(),
        Part::All(parts) => form(parts),
        Part::Maybe(parts) => format!("perhaps {}", form(parts)),
    });
    parts.collect::<Vec<_>>().join(" · ")
}

fn row(detector: &Detector, form: &str, checked: bool) -> String {
    let code = match detector.class {
        Class::AwsAccessKeyId | Class::AwsSecretKey | Class::AwsServiceKey => "KEY02",
        Class::AwsTemporaryKey => "KEY05",
        Class::PrivateKey => "SEC03",
        Class::Token => "SEC02",
        Class::CredentialUrl => "SEC06",
    };
    let sure = if detector.confidence == Confidence::High { "sure" } else { "" };
    let checked = if checked { "yes" } else { "" };
    let form = form.replace('|', "\\|");
    format!("| `{}` | {} | {form} | {checked} | {sure} | {code} |\n", detector.id, detector.label)
}

const TITLES: &str = "\n| id | what | form | checksum | | policy |\n|---|---|---|---|---|---|\n";

fn page() -> String {
    let mut page = String::from(HEAD);
    let mut section = |title: &str, rows: Vec<String>| {
        let _ = write!(page, "\n## {title}\n{TITLES}{}", rows.concat());
    };
    let described = |list: &[(&Detector, &str)]| -> Vec<String> {
        list.iter().map(|(detector, form)| row(detector, form, false)).collect()
    };
    section("Access keys of AWS", described(AWS));
    section("Private keys and web tokens", described(KEYS));
    section("Logins", described(LOGINS));
    let mut rules: Vec<_> = tokens::rules().collect();
    rules.sort_by_key(|rule| rule.detector.id);
    let of = |rule: &tokens::Rule| row(&rule.detector, &form(rule.shape), rule.checksum.is_some());
    section("Tokens", rules.into_iter().map(of).collect());
    let of = |vendor: &vendors::Vendor| {
        let name = vendor.words[0].to_ascii_uppercase();
        let name = name.trim_end_matches(['_', '-']);
        row(&vendor.detector, &format!("under a name of `{name}`: {}", form(vendor.shape)), false)
    };
    section("Keys without a form, under their vendor's name", vendors::VENDORS.iter().map(of).collect());
    page
}

#[test]
fn the_page_of_secrets_is_fresh() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/secrets.md");
    let page = page();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&path, &page).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(written == page, "refresh it: UPDATE_DOCS=1 cargo test the_page_of_secrets_is_fresh");
}
