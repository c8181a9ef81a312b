//! Secrets that a place in a file gives away rather than a name beside them: lists of passwords for `chpasswd`, the data of
//! a Kubernetes secret, `.pgpass`, `.netrc`, and the `ENV` of a Dockerfile, which has no sign between a name and its value.

use super::words::is_expanded;
use super::{Assigned, says_secret};
use crate::secrets::carrier::Carried;
use crate::secrets::value::may_be_secret;
use memchr::memmem;
use std::ops::Range;

/// A line of a text without its break.
#[derive(Clone, Copy)]
pub(super) struct Row<'t> {
    pub(super) text: &'t str,
    at: usize,
    pub(super) indent: usize,
}

impl<'t> Row<'t> {
    pub(super) fn bare(&self) -> &'t str {
        self.text.trim()
    }

    /// Without a remark at its end.
    pub(super) fn said(&self) -> &'t str {
        let end = self.text.find(" #").unwrap_or(self.text.len());
        self.text.get(..end).unwrap_or_default().trim()
    }

    pub(super) fn is_blank(&self) -> bool {
        self.bare().is_empty()
    }

    /// A part of the line as a place of the text.
    pub(super) fn place(&self, part: &str) -> Range<usize> {
        let offset = part.as_ptr() as usize - self.text.as_ptr() as usize;
        self.at + offset..self.at + offset + part.len()
    }

    /// `key: value`.
    fn entry(&self) -> Option<(&'t str, &'t str)> {
        let bare = self.said().trim_start_matches("- ");
        let (key, value) = bare.split_once(':')?;
        Some((key.trim_matches(['"', '\'', ' ']), unquoted(value.trim())))
    }
}

pub(super) fn unquoted(text: &str) -> &str {
    ['"', '\''].iter().find_map(|quote| text.strip_prefix(*quote)?.strip_suffix(*quote)).unwrap_or(text)
}

pub(super) fn rows(text: &str) -> Vec<Row<'_>> {
    let mut at = 0;
    let row = |line: &'_ str| {
        let start = at;
        at += line.len();
        (start, line.len())
    };
    let places: Vec<(usize, usize)> = text.split_inclusive('\n').map(row).collect();
    places
        .into_iter()
        .map(|(at, length)| {
            let text = text.get(at..at + length).unwrap_or_default().trim_end_matches(['\r', '\n']);
            Row { text, at, indent: text.len() - text.trim_start_matches([' ', '\t']).len() }
        })
        .collect()
}

/// What each of these readings needs to be in a text.
const MARKS: [&str; 6] = ["chpasswd", "stringData", "kind: Secret", "pgpass", "machine ", "ENV "];

/// The secrets of a text by their places, in no order.
pub(super) fn listed(text: &str) -> Vec<Assigned<'_>> {
    let has = MARKS.map(|mark| memmem::find(text.as_bytes(), mark.as_bytes()).is_some());
    let mut found = Vec::new();
    if !has.contains(&true) {
        return found;
    }
    let rows = rows(text);
    for (at, row) in rows.iter().enumerate() {
        let bare = row.bare();
        let below = rows.get(at + 1..).unwrap_or(&[]);
        if has[0] && (bare == "chpasswd:" || bare.contains("chpasswd") && bare.contains("<<")) {
            passwords(row, below, &mut found);
        }
        if (has[1] || has[2]) && unquoted(bare) == "kind: Secret" {
            cluster_secret(&rows, at, &mut found);
        }
        if has[3] && bare.contains("pgpass") && bare.contains("<<") {
            below
                .iter()
                .take_while(|row| row.bare().contains(':'))
                .for_each(|row| connection(row, &mut found));
        }
        if has[3] && bare.contains("pgpass") && bare.contains("echo") {
            echoed_connection(row, &mut found);
        }
        if has[3] && bare.contains("pgpass") && row.entry().is_some_and(|(key, _)| key == "path") {
            written_connections(item_around(&rows, at), &mut found);
        }
        if has[4] && bare.contains("machine ") {
            found.extend(login(row, below));
        }
        if has[5]
            && let Some(rest) = bare.strip_prefix("ENV ")
        {
            found.extend(variable(row, rest.split(" #").next().unwrap_or_default()));
        }
    }
    found
}

fn assigned<'t>(row: &Row<'t>, name: &'t str, value: &'t str) -> Assigned<'t> {
    let (name_at, value_at) = (row.place(name), row.place(value));
    Assigned { name, whole: name_at.start.min(value_at.start)..value_at.end, value: value_at }
}

/// Not a hash, not what cloud-init makes up, not what something else puts there.
fn is_password(value: &str) -> bool {
    !value.starts_with('$')
        && !matches!(value, "R" | "RANDOM")
        && !is_expanded(value)
        && may_be_secret("password", value)
}

/// `user:password` lines below `chpasswd:` or within its heredoc.
fn passwords<'t>(head: &Row<'t>, below: &[Row<'t>], found: &mut Vec<Assigned<'t>>) {
    let heredoc = head.bare().contains("<<");
    let encrypted = [" -e", "--encrypted"].iter().any(|option| head.text.contains(option));
    for row in below {
        let bare = row.bare();
        let ended = if heredoc { !bare.contains(':') } else { !row.is_blank() && row.indent <= head.indent };
        if ended || encrypted {
            break;
        }
        let pair = row.said().trim_start_matches("- ").trim();
        let Some((user, password)) = unquoted(pair).split_once(':') else { continue };
        let is_user =
            !user.is_empty() && !["list", "users", "expire", "name", "password", "type"].contains(&user);
        if is_user && !user.contains([' ', '{', '$']) && !password.starts_with(' ') && is_password(password) {
            found.push(Assigned { name: "chpasswd", ..assigned(row, user, password) });
        }
    }
}

/// `data` and `stringData` of the manifest that a line stands in.
fn cluster_secret<'t>(rows: &[Row<'t>], kind: usize, found: &mut Vec<Assigned<'t>>) {
    let indent = rows.get(kind).map_or(0, |row| row.indent);
    let ends = |row: &Row<'_>| row.bare() == "---" || !row.is_blank() && row.indent < indent;
    let first = rows.iter().take(kind).rposition(ends).map_or(0, |at| at + 1);
    let last = rows.iter().skip(kind).position(ends).map_or(rows.len(), |at| kind + at);
    let mut section: Option<bool> = None;
    for row in rows.get(first..last).unwrap_or(&[]) {
        if row.is_blank() {
            continue;
        }
        if row.indent == indent {
            section = match row.bare() {
                "stringData:" => Some(false),
                "data:" => Some(true),
                _ => None,
            };
            continue;
        }
        let (Some(encoded), Some((name, value))) = (section, row.entry()) else { continue };
        let lower = name.to_ascii_lowercase();
        if !says_secret(name) && DESCRIBING.iter().any(|end| lower.ends_with(end)) {
            continue;
        }
        let inner = if encoded { decoded(value) } else { Some(value.to_owned()) };
        let is_one = |inner: &str| {
            let word = inner.bytes().all(|byte| byte.is_ascii_lowercase() || b"-_.".contains(&byte));
            // What a data of several words is is not said by its place.
            let is_text = inner.contains(char::is_whitespace) && !may_be_secret(name, inner);
            !is_expanded(inner)
                && !is_text
                && may_be_secret("password", inner)
                && (says_secret(name) || !word)
        };
        if inner.is_some_and(|inner| is_one(inner.trim())) {
            found.push(assigned(row, name, value));
        }
    }
}

/// Beside a secret, and none.
#[rustfmt::skip]
const DESCRIBING: [&str; 20] = [
    "name", "user", "host", "port", ".crt", ".pem", "endpoint", "region", "email", "url", "uri", "database", "ca",
    "version", "type", "issuer", "schema", "path", "arn", "id",
];

fn decoded(value: &str) -> Option<String> {
    let is_encoded = value.trim_end_matches('=').bytes().all(crate::secrets::shape::base64);
    is_encoded.then(|| Carried::decode(value))?
}

/// `host:port:database:user:password`.
fn connection<'t>(row: &Row<'t>, found: &mut Vec<Assigned<'t>>) {
    let fields: Vec<&str> = row.said().splitn(5, ':').collect();
    if let [_, port, _, user, password] = fields.as_slice()
        && (*port == "*" || port.bytes().all(|byte| byte.is_ascii_digit()))
        && is_password(password)
    {
        found.push(Assigned { name: ".pgpass", ..assigned(row, user, password) });
    }
}

/// `echo "host:port:database:user:password" > ~/.pgpass`.
fn echoed_connection<'t>(row: &Row<'t>, found: &mut Vec<Assigned<'t>>) {
    let Some((_, rest)) = row.bare().split_once("echo ") else { return };
    let rest = rest.trim_start();
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''));
    let inner = match quote {
        Some(quote) => rest.get(1..).and_then(|rest| rest.split(quote).next()),
        None => rest.split([' ', '>']).next(),
    };
    if let Some(inner) = inner {
        let at = row.place(inner);
        connection(&Row { text: inner, at: at.start, indent: 0 }, found);
    }
}

/// The content of a file that cloud-init writes at a path of this name.
fn written_connections<'t>(item: &[Row<'t>], found: &mut Vec<Assigned<'t>>) {
    for row in item {
        let bare = row.bare().trim_start_matches("- ");
        let inner = unquoted(bare.strip_prefix("content:").unwrap_or(bare).trim());
        connection(&Row { text: inner, at: row.place(inner).start, indent: 0 }, found);
    }
}

/// No item of a list is longer.
const ITEM: usize = 256;

/// The rows of the item of a list that a row stands in, wherever in it.
fn item_around<'r, 't>(rows: &'r [Row<'t>], at: usize) -> &'r [Row<'t>] {
    let is_head = |row: &Row<'_>| row.bare().starts_with("- ");
    let Some(own) = rows.get(at) else { return &[] };
    let from = at.saturating_sub(ITEM);
    let outer = |row: &Row<'_>| !row.is_blank() && row.indent < own.indent;
    let head = match is_head(own) {
        true => at,
        false => rows[from..at].iter().rposition(outer).map_or(at, |above| from + above),
    };
    let start = if rows.get(head).is_some_and(is_head) { head } else { at };
    let indent = rows.get(start).map_or(0, |row| row.indent);
    let below = rows.get(start + 1..).unwrap_or(&[]);
    let more = below.iter().take(2 * ITEM).take_while(|row| row.is_blank() || row.indent > indent).count();
    rows.get(start..=start + more).unwrap_or(&[])
}

/// The items of `chpasswd.users` whose password is a hash, or made up by cloud-init.
pub(super) fn without_passwords(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    if memmem::find(text.as_bytes(), b"chpasswd:").is_none() {
        return found;
    }
    let rows = rows(text);
    let mut within: Option<usize> = None;
    for (at, row) in rows.iter().enumerate() {
        if row.is_blank() {
            continue;
        }
        if within.is_some_and(|indent| row.indent <= indent) {
            within = None;
        }
        if row.bare() == "chpasswd:" {
            within = Some(row.indent);
        }
        if within.is_some() && row.bare().starts_with("- ") {
            let item = item_around(&rows, at);
            let last = item.last().unwrap_or(row);
            let said = item.iter().any(|row| {
                let kinds = row.said().split([',', '{', '}']).filter_map(|part| part.split_once("type:"));
                kinds.into_iter().any(|(before, kind)| {
                    let kind = unquoted(kind.trim()).to_ascii_lowercase();
                    before.trim_matches([' ', '-', '"', '\'']).is_empty()
                        && matches!(kind.as_str(), "hash" | "random")
                })
            });
            if said {
                found.push(row.at..last.at + last.text.len());
            }
        }
    }
    found
}

/// `machine … login … password …`, on one line or several.
fn login<'t>(row: &Row<'t>, below: &[Row<'t>]) -> Option<Assigned<'t>> {
    for (nth, row) in std::iter::once(row).chain(below.iter().take(4)).enumerate() {
        let mut words = row.text.split_ascii_whitespace();
        if nth > 0 && row.text.contains("machine ") {
            return None;
        }
        while let Some(word) = words.next() {
            if word == "password" {
                let value = words.next()?.trim_end_matches(['"', '\'']);
                let of_login = nth > 0 || row.text.contains(" login ");
                return (of_login && is_password(value)).then(|| assigned(row, word, value));
            }
        }
    }
    None
}

/// `ENV NAME value`.
fn variable<'t>(row: &Row<'t>, rest: &'t str) -> Option<Assigned<'t>> {
    let (name, value) = rest.trim().split_once(' ')?;
    let value = unquoted(value.trim());
    let good = !name.contains('=') && says_secret(name) && !is_expanded(value) && may_be_secret(name, value);
    good.then(|| assigned(row, name, value))
}

#[cfg(test)]
mod tests {
    use super::super::assigned;
    use base64::Engine as _;

    fn values(text: &str) -> Vec<&str> {
        assigned(text).iter().map(|one| &text[one.value.clone()]).collect()
    }

    #[test]
    fn places_give_secrets_away() {
        let encoded = base64::engine::general_purpose::STANDARD.encode("corr3ct-horse-1");
        let secret = format!(
            "apiVersion: v1\nkind: Secret\nmetadata:\n  name: db\ndata:\n  db: {encoded}\n  tls.crt: {encoded}\n---\nkind: ConfigMap\ndata:\n  db: other-w0rd\n"
        );
        for (text, expected) in [
            (
                "chpasswd:\n  expire: false\n  list: |\n    root:corr3ct-horse-1\n    bob:corr3ct-horse-2\nruncmd: []\n",
                &["corr3ct-horse-1", "corr3ct-horse-2"][..],
            ),
            (
                "chpasswd:\n  list:\n    - root:corr3ct-horse-1\n    - bob:RANDOM\n    - eve:$6$rounds=4096$abc$def\n",
                &["corr3ct-horse-1"],
            ),
            ("chpasswd <<EOF\nroot:corr3ct-horse-1\nEOF\n", &["corr3ct-horse-1"]),
            ("chpasswd -e <<EOF\nroot:corr3ct-horse-1\nEOF\n", &[]),
            (
                "kind: Secret\nstringData:\n  db: corr3ct-horse-1\n  username: corr3ct-horse-2\ntype: Opaque\n",
                &["corr3ct-horse-1"],
            ),
            (secret.as_str(), &[encoded.as_str()]),
            (
                "cat > ~/.pgpass <<EOF\ndb.internal:5432:app:admin:corr3ct-horse-1\n*:*:*:bob:corr3ct-horse-2\nEOF\n",
                &["corr3ct-horse-1", "corr3ct-horse-2"],
            ),
            ("echo \"db:5432:app:admin:corr3ct-horse-1\" > ~/.pgpass\n", &["corr3ct-horse-1"]),
            ("echo \"db:5432:app:admin:$PASSWORD\" > ~/.pgpass\n", &[]),
            (
                "- path: /root/.pgpass\n  mode: '0600'\n  content: db:5432:*:app:corr3ct-horse-1\n- path: /x\n  content: a:1:b:c:d1e2f3g4\n",
                &["corr3ct-horse-1"],
            ),
            (
                "- path: /root/.pgpass\n  permissions: '0600'\n  content: db:5432:*:app:corr3ct-horse-1\n",
                &["corr3ct-horse-1"],
            ),
            (
                "- permissions: '0600'\n  path: \"/root/.pgpass\"\n  content: 'db:5432:*:app:corr3ct-horse-1'\n",
                &["corr3ct-horse-1"],
            ),
            (
                "write_files:\n  - content: db:5432:*:app:corr3ct-horse-1\n    path: /root/.pgpass\n  - path: /x\n",
                &["corr3ct-horse-1"],
            ),
            (
                "- content: |\n    a:1:b:c:d1e2f3g4\n  path: /x\n- path: /root/.pgpass\n  content: ${connections}\n",
                &[],
            ),
            (
                "chpasswd:\n  users:\n    - name: bob\n      password: corr3ct-horse-1\n      type: text\n",
                &["corr3ct-horse-1"],
            ),
            (
                "chpasswd:\n  users:\n    - {name: bob, type: text, password: corr3ct-horse-1}\n    - {name: eve, password: corr3ct-horse-2}\n",
                &["corr3ct-horse-1", "corr3ct-horse-2"],
            ),
            (
                "chpasswd:\n  users:\n    - name: bob\n      password: abJnggxhB/yWI\n      type: hash\n    - {name: eve, type: RANDOM}\nother:\n  - password: corr3ct-horse-1\n    type: hash\n",
                &["corr3ct-horse-1"],
            ),
            (
                "chpasswd:\n  users:\n    - name: bob\n      password: '$6$rounds=4096$abc$def'\n    - name: eve\n      hashed_passwd: abJnggxhB/yWI\n",
                &[],
            ),
            ("- path: /root/.pgpass\n  content: |\n    *:*:*:app:corr3ct-horse-1\n", &["corr3ct-horse-1"]),
            ("machine api.internal login bob password corr3ct-horse-1\n", &["corr3ct-horse-1"]),
            ("machine api.internal\n  login bob\n  password corr3ct-horse-1\n", &["corr3ct-horse-1"]),
            ("the machine asks for a password when started\n", &[]),
            (
                "ENV API_TOKEN corr3ct-horse-1\nENV DB_PASSWORD=corr3ct-horse-2\nENV PATH /usr/bin\n",
                &["corr3ct-horse-1", "corr3ct-horse-2"],
            ),
            ("ENV API_TOKEN ${TOKEN}\n", &[]),
        ] {
            assert_eq!(values(text), expected, "{text}");
        }
    }
}
