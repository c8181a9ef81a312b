//! Where a text may lead: paths in it, read without knowing its language.

use memchr::memmem;

/// A place that a text leads to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Refer {
    /// A module, by its folder from the root.
    Module(String),
    /// A file or a folder, and all below it.
    Below(String),
    /// Anything in the repository.
    Anywhere,
}

/// What a text leads to that stands in a folder (relative to the root, empty for the root itself). Only HCL computes paths.
pub(super) fn all(folder: &str, text: &str, is_hcl: bool) -> Vec<Refer> {
    let mut found = Vec::new();
    let has = |word: &str| memmem::find(text.as_bytes(), word.as_bytes()).is_some();
    // What is computed from the place of a file may come to any place.
    let is_computed = is_hcl && ["dirname(", "abspath(", "path.cwd"].iter().any(|word| has(word));
    let leads_up = memmem::find_iter(text.as_bytes(), "..").any(|at| is_step(text, at));
    if is_computed || is_hcl && leads_up && has("path.root") {
        found.push(Refer::Anywhere);
        return found;
    }
    for at in memmem::find_iter(text.as_bytes(), "..").filter(|at| is_step(text, *at)) {
        // Of `../../x` the first step tells it all.
        if !text.get(..at).is_some_and(|before| before.ends_with("../")) {
            found.extend(path_at(folder, text, at));
        }
    }
    for at in memmem::find_iter(text.as_bytes(), "\"./") {
        found.extend(path_at(folder, text, at + 1));
    }
    if is_hcl && (has("path.module") || has("path.root") || has("file")) {
        found.push(Refer::Below(folder.to_owned()));
    }
    found.sort();
    found.dedup();
    found
}

/// Whether two dots are a step to the folder above, and not part of a name, a number or `...`.
fn is_step(text: &str, at: usize) -> bool {
    let bytes = text.as_bytes();
    let before = at.checked_sub(1).and_then(|at| bytes.get(at));
    let after = bytes.get(at + 2);
    let is_word = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'.' || *byte == b'_';
    !before.is_some_and(is_word) && !after.is_some_and(is_word)
}

/// The path that holds an offset: what stands before it up to a quote, and after it up to whatever is no path.
fn path_at(folder: &str, text: &str, at: usize) -> Option<Refer> {
    let is_name = |c: char| c.is_alphanumeric() || "._-/@+~".contains(c);
    let (before, after) = (text.get(..at)?, text.get(at..)?);
    let start = before
        .rfind(|c| !is_name(c))
        .map_or(0, |last| last + before[last..].chars().next().map_or(1, char::len_utf8));
    let prefix = before.get(start..)?;
    let outside = before.get(..start)?;
    // `${path.module}/..` stands for its own folder; what else is computed may be any.
    let is_own = outside.trim_end().ends_with("path.module}");
    if outside.ends_with('}') && !is_own {
        return Some(Refer::Anywhere);
    }
    let prefix = if is_own { prefix.trim_start_matches('/') } else { prefix };
    let end = after.find(|c| !is_name(c)).unwrap_or(after.len());
    let path = after.get(..end)?;
    let is_cut = after.get(end..)?.starts_with(['$', '%', '{', '*', '!']);
    let path = if is_cut { path.rsplit_once('/').map_or("", |(whole, _)| whole) } else { path };
    let whole = lexical(&format!("{folder}/{prefix}{path}"));
    let key = outside.strip_suffix('"').map(str::trim_end).and_then(|before| before.strip_suffix('='));
    let is_source = !is_cut && key.is_some_and(|before| before.trim_end().ends_with("source"));
    let whole = whole?;
    Some(if is_source { Refer::Module(whole) } else { Refer::Below(whole) })
}

/// The path without `.` and `..`, from the root; `None` where it leads out of it.
fn lexical(path: &str) -> Option<String> {
    let mut kept: Vec<&str> = Vec::new();
    for name in path.split('/') {
        match name {
            "" | "." => {}
            ".." => drop(kept.pop()?),
            name => kept.push(name),
        }
    }
    Some(kept.join("/"))
}

#[cfg(test)]
mod tests {
    use super::{Refer, all};

    #[test]
    fn paths_are_found_in_any_language() {
        let module = |path: &str| Refer::Module(path.to_owned());
        let below = |path: &str| Refer::Below(path.to_owned());
        for (text, expected) in [
            ("source = \"../../modules/vpc\"", vec![module("modules/vpc")]),
            ("source=\"./vpc\"", vec![module("live/a/vpc")]),
            ("source = \"../../modules//vpc?ref=1\"", vec![module("modules/vpc")]),
            ("x = \"${path.module}/../x.sh\"", vec![below("live/a"), below("live/x.sh")]),
            ("x = \"${path.module}/../${each.key}/x.sh\"", vec![below("live"), below("live/a")]),
            ("x = \"${path.module}/b/../../c\"", vec![below("live/a"), below("live/c")]),
            ("x = join(\"/\", [\"..\", \"x\"])", vec![below("live")]),
            ("TemplateURL: ../net/vpc.yaml\n", vec![below("live/net/vpc.yaml")]),
            ("TemplateURL: 'b/../../net.yaml'", vec![below("live/net.yaml")]),
            ("x = \"${var.base}/../x\"", vec![Refer::Anywhere]),
            ("x = \"${path.root}/../x\"", vec![Refer::Anywhere]),
            ("x = dirname(path.module)", vec![Refer::Anywhere]),
            ("x = concat(a...)\ny = \"1..2\"", vec![]),
            ("source = \"../../../../outside\"", vec![]),
            ("x = file(\"a.txt\")", vec![below("live/a")]),
        ] {
            assert_eq!(all("live/a", text, true), expected, "{text}");
        }
    }
}
