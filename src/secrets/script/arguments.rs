//! Commands as lists of arguments, as containers, cloud-init and Dockerfiles have them: `["curl", "-u", "user:…"]`. What an
//! option says of a secret may stand in the argument before it.

use super::listed::{Row, rows, unquoted};
use super::{Assigned, assigned};
use std::ops::Range;

/// A secret in one of a command's arguments.
#[derive(Debug, PartialEq, Eq)]
pub struct Argument {
    /// As people know it: `-u`.
    pub name: String,
    /// Which of the arguments it stands in, and where.
    pub at: usize,
    pub value: Range<usize>,
}

/// Longer commands are no person's.
const MOST: usize = 64;
const LONGEST: usize = 1024;

/// What stands for an argument that says nothing to a command: a script, a text, a hole.
const OTHER: &str = "_";

/// The secrets that a command is given, whether or not one of its arguments says so by itself.
fn given(arguments: &[&str]) -> Vec<Argument> {
    if arguments.len() < 2 || arguments.len() > MOST {
        return Vec::new();
    }
    let mut line = String::new();
    let mut places: Vec<Range<usize>> = Vec::new();
    for argument in arguments {
        let is_plain = !argument.is_empty()
            && argument.len() <= LONGEST
            && !argument.contains(|c: char| c.is_whitespace() || "'\"`\\;&|<>()".contains(c));
        line.push_str(if line.is_empty() { "" } else { " " });
        let start = line.len();
        line.push_str(if is_plain { argument } else { OTHER });
        places.push(start..line.len());
    }
    let argument = |one: Assigned<'_>| {
        let at =
            places.iter().position(|place| place.start <= one.value.start && one.value.end <= place.end)?;
        let start = places.get(at)?.start;
        let value = one.value.start - start..one.value.end - start;
        Some(Argument { name: one.name.to_owned(), at, value })
    };
    assigned(&line).into_iter().filter_map(argument).collect()
}

/// The secrets that a command is given by what stands before them: no argument says so by itself, and none is called by
/// a long option.
pub fn in_arguments(arguments: &[&str]) -> Vec<Argument> {
    let is_long = |at: usize| arguments.get(at).is_some_and(|argument| argument.starts_with("--"));
    let alone = |at: usize| arguments.get(at).is_some_and(|argument| !assigned(argument).is_empty());
    let mut found = given(arguments);
    found.retain(|one| !is_long(one.at) && !one.at.checked_sub(1).is_some_and(is_long) && !alone(one.at));
    found
}

/// The secrets of the commands that stand in a text as lists.
pub(super) fn in_lists<'t>(text: &'t str) -> Vec<Assigned<'t>> {
    if !text.contains('\n') || !text.contains("- ") && !text.contains('[') {
        return Vec::new();
    }
    let rows = rows(text);
    let written = rows.iter().filter(|row| !row.bare().starts_with('#')).filter_map(bracketed);
    let mut found = Vec::new();
    for items in written.chain(indented(&rows)) {
        let is_quoted = items.iter().any(|(item, place)| item.len() < place.len());
        let arguments: Vec<&str> = items.iter().map(|(item, _)| *item).collect();
        for one in given(&arguments) {
            let Some((item, place)) = items.get(one.at) else { continue };
            // In a program what has no quotes is a variable.
            if is_quoted && item.len() == place.len() {
                continue;
            }
            let start = place.start + usize::from(item.len() < place.len());
            let value = start + one.value.start..start + one.value.end;
            let called = |(item, _): &(&'t str, _)| item.get(item.find(&*one.name)?..)?.get(..one.name.len());
            let name = items.iter().rev().find_map(called);
            found.extend(name.map(|name| Assigned { name, whole: value.clone(), value }));
        }
    }
    found
}

/// Items of a list, without their quotes, and their places with them.
type Items<'t> = Vec<(&'t str, Range<usize>)>;

/// `[curl, -u, "user:…"]` on one line.
fn bracketed<'t>(row: &Row<'t>) -> Option<Items<'t>> {
    let text = row.text;
    let open = text.find('[')? + 1;
    let (mut items, mut from, mut quote) = (Vec::new(), open, None);
    let mut push = |from: usize, to: usize| {
        let item = text.get(from..to).unwrap_or_default().trim();
        items.push((unquoted(item), row.place(item)));
    };
    for (at, c) in text.char_indices().skip_while(|(at, _)| *at < open) {
        match (c, quote) {
            ('"' | '\'', None) => quote = Some(c),
            (c, Some(of)) if c == of => quote = None,
            (',', None) => {
                push(from, at);
                from = at + 1;
            }
            (']', None) => {
                push(from, at);
                return Some(items);
            }
            ('[', None) => return None,
            _ => {}
        }
    }
    None
}

/// The same as rows of their own: `- -u` below `- curl`.
fn indented<'t>(rows: &[Row<'t>]) -> Vec<Items<'t>> {
    let (mut lists, mut items, mut column): (Vec<Items<'t>>, Items<'t>, usize) = (Vec::new(), Vec::new(), 0);
    for row in rows.iter().filter(|row| !row.is_blank()) {
        let (mut said, mut indent) = (row.said(), row.indent);
        let is_inner = said.starts_with("- - ");
        if is_inner {
            (said, indent) = (said.get(2..).unwrap_or_default().trim_start(), indent + 2);
        }
        let item = said.strip_prefix("- ").map(str::trim);
        if item.is_none() || is_inner || indent != column {
            lists.push(std::mem::take(&mut items));
        }
        if let Some(item) = item {
            column = indent;
            items.push((unquoted(item), row.place(item)));
        }
    }
    lists.push(items);
    lists
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values<'t>(arguments: &[&'t str]) -> Vec<&'t str> {
        in_arguments(arguments).into_iter().map(|one| &arguments[one.at][one.value]).collect()
    }

    #[test]
    fn an_option_says_what_the_next_argument_is() {
        for (arguments, expected) in [
            (&["curl", "-u", "admin:corr3ct-horse-1", "https://x.example.com"][..], &["corr3ct-horse-1"][..]),
            (&["CMD", "redis-cli", "-a", "corr3ct-horse-1", "ping"], &["corr3ct-horse-1"]),
            (&["CMD", "mysqladmin", "ping", "-uroot", "-pcorr3ct-horse-1"], &["corr3ct-horse-1"]),
            (&["docker", "login", "-u", "bob", "-p", "corr3ct-horse-1"], &["corr3ct-horse-1"]),
            (&["sqlcmd", "-P", "corr3ct;horse-1"], &[]),
            (&["curl", "-u", "admin:$PASSWORD", "https://x.example.com"], &[]),
            (&["curl", "-u", "admin:$(PASSWORD)", "https://x.example.com"], &[]),
            (&["ssh", "-p", "corr3ct-horse-1"], &[]),
            // These say so by themselves.
            (&["app", "--password", "corr3ct-horse-1"], &[]),
            (&["env", "DB_PASSWORD=corr3ct-horse-1", "app"], &[]),
            (&["sh", "-c", "curl -u admin:corr3ct-horse-1 https://x.example.com"], &[]),
            (&["curl"], &[]),
        ] {
            assert_eq!(values(arguments), expected, "{arguments:?}");
        }
    }

    #[test]
    fn lists_in_texts_are_commands_as_well() {
        for (text, expected) in [
            ("runcmd:\n  - [curl, -u, \"admin:corr3ct-horse-1\", \"https://x\"]\n", &["corr3ct-horse-1"][..]),
            ("runcmd:\n  - [ docker, login, -u, bob, -p, corr3ct-horse-1 ]\n", &["corr3ct-horse-1"]),
            ("runcmd:\n  - - mysql\n    - --password\n    - corr3ct-horse-1\n  - ls\n", &["corr3ct-horse-1"]),
            ("command:\n- curl\n- -u\n- 'admin:corr3ct-horse-1'\nimage: x\n", &["corr3ct-horse-1"]),
            ("CMD [\"redis-cli\", \"-a\", \"corr3ct-horse-1\"]\n", &["corr3ct-horse-1"]),
            ("# CMD [\"redis-cli\", \"-a\", \"corr3ct-horse-1\"]\n", &[]),
            ("subprocess.run([\"sqlcmd\", \"-P\", db_login_value])\n", &[]),
            ("- curl\n- -u\n  admin: corr3ct-horse-1\n", &[]),
        ] {
            let found: Vec<&str> = assigned(text).iter().map(|one| &text[one.value.clone()]).collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
