//! Names that say their value is a secret: `db_password`, `ApiKey`, `GITHUB_TOKEN`; not `password_length`, `secret_name`.

use rustc_hash::FxHashSet;
use std::sync::LazyLock;

/// Words that mean a secret wherever they stand in a name.
#[rustfmt::skip]
const SECRETS: &[&str] = &[
    "password", "passwords", "passwd", "passphrase", "passcode", "requirepass", "masterauth", "storepass", "keypass", "srcstorepass", "deststorepass",
    "srckeypass", "destkeypass", "pwd", "secret", "token", "credential",
    "credentials", "creds", "authkey", "presharedkey", "apikey", "privatekey", "secretkey", "apitoken", "authtoken", "accesstoken",
    "clientsecret",
];

/// Pairs of words that mean one together.
const PAIRS: &[(&str, &str)] = &[
    ("api", "key"),
    ("private", "key"),
    ("signing", "key"),
    ("pass", "word"),
    ("pass", "phrase"),
    ("access", "key"),
    ("api", "keys"),
    ("auth", "key"),
    ("shared", "key"),
    ("preshared", "key"),
];

/// Last words that mean a secret: `DB_PASS`, `LDAP_PW`, `VPN_PSK`, `bindpw`.
#[rustfmt::skip]
const LAST: &[&str] = &[
    "pass", "pw", "psk", "dbpass", "dbpw", "pgpass", "rootpass", "rootpw", "adminpass", "adminpw", "userpw", "bindpw", "bindpass", "smtppass",
    "mailpass", "mysqlpass", "sqlpass", "rdspass", "redispass", "ldappass", "ldappw", "ftppass", "wppass", "masterpass", "apppass",
];

/// Endings of names run together without a mark: `dbpassword`, `PGPASSWORD`.
#[rustfmt::skip]
const RUN_TOGETHER: &[&str] = &[
    "password", "passwd", "passphrase", "apikey", "privatekey", "secretkey", "secretaccesskey", "accesstoken",
    "authtoken", "apitoken", "clientsecret", "pwd",
];

/// Last words of names that refer to a secret or describe one.
#[rustfmt::skip]
const REFERRING: &[&str] = &[
    "arn", "arns", "name", "names", "id", "ids", "path", "paths", "file", "files", "filename", "dir",
    "directory", "url", "urls", "uri", "uris", "ttl", "version", "versions", "enabled", "enable", "disabled",
    "header", "headers", "type", "types", "parameter", "parameters", "param", "params", "prefix", "suffix", "sufix",
    "length", "size", "policy", "policies", "rotation", "rotate", "rotated", "days", "hours", "minutes",
    "seconds", "count", "min", "max", "minimum", "maximum", "expiry", "expiration", "expires", "expire",
    "age", "validity", "duration", "period", "timeout", "lifetime", "interval", "endpoint", "endpoints",
    "issuer", "audience", "scope", "scopes", "algorithm", "alg", "format", "hint", "label", "labels",
    "description", "location", "bucket", "region", "role", "roles", "group", "groups", "user", "users",
    "username", "owner", "manager", "provider", "providers", "engine", "backend", "store", "stores",
    "storage", "class", "method", "methods", "mode", "required", "require", "requirements", "allowed",
    "exists", "reset", "status", "state", "ref", "refs", "reference", "source", "kind", "field", "column",
    "attribute", "attributes", "env", "var", "vars", "variable", "variables", "index", "limit", "usage", "budget", "budgets", "remaining", "spend", "cost", "costs", "alert", "alerts", "alarm", "alarms", "low", "high", "requests",
    "quota", "rate", "bytes", "chars", "charset", "characters", "special", "upper", "lower", "numeric",
    "binary", "recovery", "window", "replica", "replicas", "process", "processor", "service", "server",
    "host", "hostname", "domain", "port", "kms", "encryption", "tags", "tag", "template", "generator",
    "lambda", "function", "event", "resource", "resources", "account", "accounts", "config", "configuration",
    "settings", "options", "list", "map", "set", "ready", "flow", "flows", "exchange", "review", "strategy",
    "use", "used", "basic", "post", "reader", "access", "permission", "permissions", "management", "cache",
    "sub", "needed", "check", "checks", "changed", "update", "updated", "created", "creation", "date", "time", "timestamp",
    "change", "history", "reuse", "prevention", "strength", "complexity", "digits", "symbols", "letters",
    "mount", "checksum", "fingerprint", "number", "operations", "operation", "namespace", "annotations",
    "volume", "controller", "csi", "pattern", "regex", "regexp", "rule", "rules", "authentication", "authenticator",
    "ssm", "address", "addresses", "profile", "profiles", "helper", "helpers", "encoder", "encoders", "rounds", "capacity",
    "renewal", "symbol", "decimals", "threshold", "retries", "attempts", "level", "stdin", "table", "tables", "tablename", "queue", "topic", "hash", "hashes", "digest", "sha", "alias", "aliases", "authenticators", "mechanism", "module", "plugin", "hasher", "hashers", "validator", "validators",
    "cookie", "cookies", "verifier", "verifiers", "mtime", "at", "claim", "claims", "cidr", "cidrs", "encoding", "control", "unit",
    "units", "reviewer", "reviewers", "subnet", "subnets", "ip", "ips", "validation", "expression", "expressions", "binding", "bindings", "property", "properties",
];

/// Whether a name whose last word this is refers to a secret or describes one.
fn refers(last: &str) -> bool {
    static ALL: LazyLock<FxHashSet<&str>> = LazyLock::new(|| REFERRING.iter().copied().collect());
    ALL.contains(last)
}

/// First words of names whose value is a switch or a number.
#[rustfmt::skip]
const SWITCHES: &[&str] = &[
    "is", "has", "enable", "enabled", "disable", "use", "uses", "require", "requires", "allow", "allows",
    "manage", "create", "generate", "rotate", "rotating", "with", "no", "max", "min", "num", "number",
    "should", "skip", "reset", "ignore", "expire", "public",
];

/// Words that, right after a secret's, make it another thing: a secrets manager, a token endpoint.
#[rustfmt::skip]
const TURNING: &[&str] = &[
    "manager", "managers", "store", "stores", "endpoint", "issuer", "exchange", "rotation", "policy",
    "provider", "to",
];

/// Words that, right before another, make it no secret: Kubernetes secrets go by name, and some tokens only mark a request
/// or a page.
#[rustfmt::skip]
const HARMLESS_BEFORE: &[(&str, &[&str])] = &[
    ("secret", &["pull", "existing", "external", "kubernetes"]),
    ("token", &["next", "page", "pagination", "continuation", "idempotency", "request", "creation", "execution", "client"]),
    ("auth", &["iam", "client", "mutual", "mtls", "tls", "saml", "sso"]),
];

/// No name without one of these says secret.
const CORES: [&[u8]; 8] = [b"pass", b"pw", b"psk", b"key", b"token", b"cred", b"secret", b"auth"];

/// The cores as an automaton that stands in all of them at once: a bit for each of their letters, in either case (Shift-And,
/// Baeza-Yates and Gonnet, A new approach to text searching, 1992).
struct Automaton {
    letters: [u32; 256],
    first: u32,
    last: u32,
}

static AUTOMATON: Automaton = {
    let mut made = Automaton { letters: [0; 256], first: 0, last: 0 };
    let (mut core, mut bit) = (0, 0);
    while core < CORES.len() {
        made.first |= 1 << bit;
        let mut at = 0;
        while at < CORES[core].len() {
            let letter = CORES[core][at];
            made.letters[letter as usize] |= 1 << bit;
            made.letters[letter.to_ascii_uppercase() as usize] |= 1 << bit;
            (at, bit) = (at + 1, bit + 1);
        }
        made.last |= 1 << (bit - 1);
        core += 1;
    }
    made
};

/// Whether a name may say secret: most are told by this alone.
fn has_core(name: &str) -> bool {
    let Automaton { letters, first, last } = &AUTOMATON;
    let mut standing = 0;
    name.bytes().any(|byte| {
        standing = (standing << 1 | first) & letters[usize::from(byte)];
        standing & last != 0
    })
}

/// Whether a name says that its value is a secret.
pub fn says_secret(name: &str) -> bool {
    // The shell's working directories.
    if matches!(name, "PWD" | "OLDPWD") {
        return false;
    }
    if !has_core(name) {
        return false;
    }
    let mut words = words(name);
    // What a write-only argument says is what the name without its ending says.
    words.pop_if(|last| last == "wo");
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return false };
    // Not the id of a token, but the token that a server for development gives to root.
    if let [.., "dev", "root", "token", "id"] = words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        return true;
    }
    if refers(last) || (words.len() > 1 && SWITCHES.contains(&first.as_str())) {
        return false;
    }
    // `databasePasswordKey`: under which key the password is kept.
    if let [.., word, key] = words.as_slice()
        && key == "key"
        && matches!(
            word.as_str(),
            "password" | "passwd" | "passphrase" | "token" | "credential" | "credentials"
        )
    {
        return false;
    }
    // `password_secret_key`: under which key of a secret it is kept.
    if matches!(words.as_slice(), [.., what, secret, key] if key == "key" && secret == "secret" && what == "password")
    {
        return false;
    }
    // `secret_version_stage`: which of a secret's versions; `PATH_TO_PRIVATE_KEY`, `name_of_secret`.
    if matches!(words.as_slice(), [.., version, stage] if version == "version" && matches!(stage.as_str(), "stage" | "stages"))
        || refers_first(&words)
    {
        return false;
    }
    let ends = (last == "auth" || LAST.contains(&last.as_str())) && !is_harmless_at(&words, words.len() - 1);
    ends || (0..words.len()).any(|at| is_secret_at(&words, at))
}

/// Words that with `to`, `of` or `for` behind them say what of a secret a value is.
const REFERRING_FIRST: &[&str] = &[
    "arn",
    "arns",
    "name",
    "names",
    "id",
    "ids",
    "path",
    "paths",
    "file",
    "filename",
    "dir",
    "directory",
    "folder",
    "location",
    "url",
    "uri",
    "length",
    "number",
    "type",
    "version",
    "region",
];

/// `PATH_TO_…`, `name_of_…`, before anything that is a secret.
fn refers_first(words: &[String]) -> bool {
    words.windows(2).take_while(|two| !SECRETS.contains(&two[0].as_str())).any(|two| {
        matches!(two[1].as_str(), "to" | "of" | "for") && REFERRING_FIRST.contains(&two[0].as_str())
    })
}

/// Whether a name asks for a password, so that any text under it may be one. What else is called a secret or a credential
/// is often only its name.
pub(super) fn asks_password(name: &str) -> bool {
    let ends = ["password", "passwords", "passwd", "passphrase", "passcode", "pwd"];
    let words = words(name);
    let Some(last) = words.last().map(String::as_str) else { return false };
    !VAGUE.contains(&last)
        && !matches!(last, "token" | "key")
        && (LAST.contains(&last) || words.iter().any(|word| ends.iter().any(|end| word.ends_with(end))))
}

/// Whether a name says that its value is a secret, and a password at that.
pub fn says_password(name: &str) -> bool {
    says_secret(name) && asks_password(name)
}

/// Last words under which a value mostly is what a secret is called.
const VAGUE: &[&str] = &["auth", "credential", "credentials", "creds", "secret", "secrets"];

/// Whether a name says no more than that there is a secret.
pub(super) fn is_vague(last: &str) -> bool {
    VAGUE.contains(&last)
}

/// What a secret is of whose value is at hand, and not its name: `client_secret`, `JWT_SECRET`.
#[rustfmt::skip]
const SHARED: &[&str] = &[
    "client", "consumer", "jwt", "webhook", "shared", "session", "cookie", "signing", "hmac", "csrf", "oauth", "app",
];

/// Whether a name is that of a secret which programs are given as it is: `JWT_SECRET`, Django's `SECRET_KEY`. Settings with
/// small letters may say under which key a secret is kept.
pub(super) fn is_at_hand(name: &str) -> bool {
    let setting = name.bytes().any(|b| b.is_ascii_lowercase());
    let words = words(name);
    // Of a store the key is what a value is kept under.
    let is_of_store = words.iter().any(|word| word == "secrets" || word == "manager");
    match words.as_slice() {
        _ if is_of_store => false,
        [.., before, last] => {
            last == "secret" && SHARED.contains(&before.as_str())
                || last == "key" && before == "secret" && !setting
        }
        [_] | [] => false,
    }
}

/// Whether a name may stand for a way to sign in, or for where the secret is, as well as for the secret: `auth`, `credentials`.
pub fn may_name_a_way(name: &str) -> bool {
    matches!(words(name).last().map(String::as_str), Some("auth" | "credential" | "credentials"))
}

/// Whether a name is that of a key by which somebody calls a service: `application_key`, `consumer_key`.
pub fn names_a_caller(name: &str) -> bool {
    let callers =
        ["application", "app", "consumer", "client", "admin", "master", "account", "service", "user"];
    matches!(words(name).as_slice(), [.., who, key] if key == "key" && callers.contains(&who.as_str()))
}

/// Whether a name may well stand for what a secret is called: `db_secret`, `DatabaseCredentials`.
pub fn may_call_one(name: &str) -> bool {
    let words = words(name);
    match words.as_slice() {
        [.., before, last] => last != "auth" && is_vague(last) && !SHARED.contains(&before.as_str()),
        [_] | [] => false,
    }
}

/// Whether a name says that its value is a secret, and not what one is called.
pub fn names_value(name: &str) -> bool {
    says_secret(name) && !may_call_one(name) && !words(name).last().is_some_and(|last| is_vague(last))
}

/// Whether a name says that its value is what something is called, or where it is: `secret_id`, `ValueFrom`.
pub fn says_where(name: &str) -> bool {
    #[rustfmt::skip]
    let places = [
        "name", "names", "id", "ids", "arn", "arns", "path", "paths", "parameter", "parameters", "param", "params", "ref",
        "reference", "location", "identifier",
    ];
    let words = words(name);
    match words.as_slice() {
        [.., value, from] if value == "value" && from == "from" => true,
        [.., last] => places.contains(&last.as_str()) && !says_secret(name),
        [] => false,
    }
}

/// Whether a name is one of a group of values, which says nothing of each of them: `settings`, `app_config`.
pub fn holds_several(name: &str) -> bool {
    #[rustfmt::skip]
    let groups = [
        "settings", "config", "configuration", "options", "list", "map", "vars", "variables", "env", "params", "parameters",
        "attributes", "tags", "annotations",
    ];
    words(name).last().is_some_and(|last| groups.contains(&last.as_str()))
}

/// Whether a name says that it stands for several secrets: `oauth_secrets`, `tokens`. Often these are their names.
pub fn holds_secrets(name: &str) -> bool {
    let plural = ["secrets", "tokens", "passwords", "passphrases", "credentials", "creds", "keys"];
    if !name.trim_end_matches(|c: char| !c.is_alphabetic()).ends_with(['s', 'S']) || !has_core(name) {
        return false;
    }
    words(name).split_last().is_some_and(|(last, before)| {
        let pair = || before.last().is_some_and(|word| PAIRS.contains(&(word.as_str(), "key")));
        plural.contains(&last.as_str()) && (last != "keys" || pair())
    })
}

/// Last words of names for what stands beside a secret without being one.
#[rustfmt::skip]
const DESCRIBING: &[&str] = &[
    "database", "databases", "db", "dbname", "schema", "email", "mail", "login", "identifier", "identifiers", "cluster",
    "note", "notes", "comment", "ssl", "tls", "protocol", "environment", "stage", "realm", "tenant", "address",
    "rotated", "title", "subject", "sender", "recipient",
];

/// Whether a name only describes a secret or what it is for: a user, a host, an id.
pub fn only_describes(name: &str) -> bool {
    let words = words(name);
    words.last().is_some_and(|last| {
        let last = last.as_str();
        (refers(last) || DESCRIBING.contains(&last)) && !says_secret(name)
    })
}

/// Whether a name says that its value only stands in for another: `dummy_password`, `db_secrets_placeholder`.
pub fn says_stand_in(name: &str) -> bool {
    let stand_ins = ["dummy", "placeholder", "placeholders", "fake", "mock", "example", "sample"];
    words(name).iter().any(|word| stand_ins.contains(&word.as_str()))
}

fn is_secret_at(words: &[String], at: usize) -> bool {
    let word = words[at].as_str();
    let next = words.get(at + 1).map_or("", String::as_str);
    let single =
        SECRETS.contains(&word) || (word.len() > 3 && RUN_TOGETHER.iter().any(|end| word.ends_with(end)));
    let pair = PAIRS.contains(&(word, next));
    let after = if pair { words.get(at + 2).map_or("", String::as_str) } else { next };
    (single || pair) && !TURNING.contains(&after) && !is_harmless_at(words, at)
}

fn is_harmless_at(words: &[String], at: usize) -> bool {
    let before = at.checked_sub(1).map_or("", |before| words[before].as_str());
    HARMLESS_BEFORE.iter().any(|(word, list)| words[at] == *word && list.contains(&before))
}

/// Whether a name is the one that AWS's tools and SDKs read a secret access key or a session token by.
pub fn is_key_secret(name: &str) -> bool {
    ["aws_secret_access_key", "aws_session_token", "aws_secret_key", "aws.secretkey", "aws.secretaccesskey"]
        .iter()
        .any(|known| name.eq_ignore_ascii_case(known))
}

/// Which half of one of AWS's static keys a name of one's own says: the secret one for 0, the id for 1.
/// `BACKUP_AWS_SECRET_ACCESS_KEY`, `awsAccessKeyIdProd`. A Lambda function can have no other, since the usual ones are reserved:
/// <https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime>
pub fn key_half(name: &str) -> Option<usize> {
    const HALVES: [(&[&str], usize); 4] = [
        (&["secret", "access", "key"], 0),
        (&["secret", "key"], 0),
        (&["access", "key", "id"], 1),
        (&["access", "key"], 1),
    ];
    const STAGES: [&str; 8] =
        ["dev", "development", "live", "prod", "production", "stage", "staging", "test"];
    if !name.as_bytes().windows(3).any(|three| three.eq_ignore_ascii_case(b"key")) {
        return None;
    }
    let words = words(name);
    let provider = words.iter().position(|word| word == "aws" || word == "amazon")?;
    #[rustfmt::skip]
    let others = [
        "enable", "enabled", "disable", "rotate", "rotation", "use", "max", "min", "age", "dynamodb", "manager", "ssm", "kms", "require",
    ];
    if words.iter().any(|word| others.contains(&word.as_str())) {
        return None;
    }
    let own = words.get(provider + 1..)?;
    let own =
        own.split_last().filter(|(last, _)| STAGES.contains(&last.as_str())).map_or(own, |(_, own)| own);
    let ends = |half: &[&str]| {
        own.len() >= half.len() && own.iter().rev().zip(half.iter().rev()).all(|(a, b)| a == b)
    };
    HALVES.iter().find(|(half, _)| ends(half)).map(|(_, half)| *half)
}

/// The parts of a name in snake, kebab, dotted or camel case, in lower case. Digits at a word's end are left out.
pub(super) fn words(name: &str) -> Vec<String> {
    let chars: Vec<char> = name.chars().collect();
    let mut words = Vec::new();
    let mut word = String::new();
    for (at, c) in chars.iter().enumerate() {
        if !c.is_alphanumeric() {
            finish(&mut word, &mut words);
            continue;
        }
        let before = at.checked_sub(1).map(|i| chars[i]);
        let after = chars.get(at + 1);
        let hump = c.is_uppercase()
            && before.is_some_and(|b| {
                b.is_lowercase()
                    || b.is_ascii_digit()
                    || (b.is_uppercase() && after.is_some_and(|a| a.is_lowercase() && !is_plural(&chars, at)))
            });
        if hump {
            finish(&mut word, &mut words);
        }
        match c.is_ascii() {
            true => word.push(c.to_ascii_lowercase()),
            false => word.extend(c.to_lowercase()),
        }
    }
    finish(&mut word, &mut words);
    words
}

/// The `s` of `IDs`, `ARNs`: no word of its own begins with the capital before it.
fn is_plural(chars: &[char], capital: usize) -> bool {
    chars.get(capital + 1) == Some(&'s') && !chars.get(capital + 2).is_some_and(|c| c.is_lowercase())
}

fn finish(word: &mut String, words: &mut Vec<String>) {
    let kept = word.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    word.truncate(kept);
    if kept > 0 {
        words.push(std::mem::take(word));
    }
}

#[cfg(test)]
#[path = "names_tests.rs"]
mod tests;
