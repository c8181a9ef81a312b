//! A diagnostic in words, for formats that have room for one text; and how grave it is in words of other tools.

use super::escape::visible;
use super::view::{Diagnostic, Level, ProblemView};
use std::collections::BTreeMap;

/// Addresses named in a text.
const ADDRESSES: usize = 5;

/// What is wrong, without its place: a title that stands alone.
pub(super) fn headline(diagnostic: &Diagnostic) -> String {
    let Diagnostic { title, reason, commit, .. } = diagnostic;
    let mut text = title.clone();
    if let Some(commit) = commit {
        let word = if commit.in_tree { "since" } else { "in" };
        text.push_str(&format!(", {word} commit {}", commit.told()));
    }
    if let Some(reason) = reason {
        text.push_str(&format!(": {reason}"));
    }
    visible(&text).into_owned()
}

/// What is wrong, what stands there, what to do, and whom it concerns, each a sentence; in one line.
pub(super) fn sentences(diagnostic: &Diagnostic) -> Vec<String> {
    let Diagnostic { label, help, addresses, construct, .. } = diagnostic;
    let mut all = vec![headline(diagnostic)];
    all.extend(
        [label, help].into_iter().filter(|text| !text.is_empty()).map(|text| visible(text).into_owned()),
    );
    let mut concerned: Vec<&str> = addresses.iter().take(ADDRESSES).map(String::as_str).collect();
    let more = addresses.len().saturating_sub(ADDRESSES);
    let more = (more > 0).then(|| format!("{more} more"));
    concerned.extend(more.as_deref());
    concerned.extend(construct.as_deref().filter(|path| !addresses.iter().any(|address| address == path)));
    if !concerned.is_empty() {
        all.push(visible(&format!("Concerns {}", concerned.join(", "))).into_owned());
    }
    all.iter().map(|text| sentence(text)).collect()
}

/// All of [`sentences`] in one text.
pub(super) fn message(diagnostic: &Diagnostic) -> String {
    sentences(diagnostic).join(" ")
}

/// A problem in one text that stands beside findings.
pub(super) fn problem(problem: &ProblemView) -> String {
    sentence(&format!("not judged ({}): {}", problem.kind.as_str(), visible(&problem.message)))
}

/// With a full stop, and a capital letter where it begins with a plain word.
pub(super) fn sentence(text: &str) -> String {
    let first = text.split(' ').next().unwrap_or_default();
    let is_word = !first.is_empty()
        && first.trim_end_matches([',', ':', ';', '.']).bytes().all(|byte| byte.is_ascii_lowercase());
    let mut sentence = text.to_owned();
    if is_word && let Some(letter) = sentence.get_mut(..1) {
        letter.make_ascii_uppercase();
    }
    if !sentence.ends_with(['.', '?', '!']) {
        sentence.push('.');
    }
    sentence
}

/// How grave a finding is, for tools that have more words for it than keyless.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Grade {
    Low,
    Medium,
    High,
    /// A credential that is in the code, or is made by it.
    Critical,
}

impl Grade {
    pub(super) fn of(code: &str, level: Level) -> Self {
        let is_credential = ["KEY", "ROOT", "SEC"].iter().any(|family| {
            code.strip_prefix(family).is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()))
        });
        match level {
            Level::Error if is_credential => Self::Critical,
            Level::Error => Self::High,
            Level::Warning => Self::Medium,
            Level::Note => Self::Low,
        }
    }
}

/// Names for things that have to differ from each other: what comes again gets a number.
#[derive(Debug, Default)]
pub(super) struct Distinct {
    /// Each name with the number that comes next.
    taken: BTreeMap<String, usize>,
}

impl Distinct {
    /// The name itself the first time, then `name`, `between` and 2, 3, ….
    pub(super) fn name(&mut self, name: &str, between: &str) -> String {
        let Some(next) = self.taken.get(name) else {
            self.taken.insert(name.to_owned(), 2);
            return name.to_owned();
        };
        let mut number = *next;
        let mut free = format!("{name}{between}{number}");
        while self.taken.contains_key(&free) {
            number += 1;
            free = format!("{name}{between}{number}");
        }
        self.taken.insert(name.to_owned(), number + 1);
        self.taken.insert(free.clone(), 2);
        free
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_again_gets_a_number() {
        let mut distinct = Distinct::default();
        let names = ["a", "a", "a-2", "a", "b"].map(|name| distinct.name(name, "-"));
        assert_eq!(names, ["a", "a-2", "a-2-2", "a-3", "b"]);
    }

    #[test]
    fn sentences_begin_and_end_as_such() {
        for (text, expected) in [
            ("set it", "Set it."),
            ("`x` is set", "`x` is set."),
            ("Why?", "Why?"),
            ("", "."),
            ("ä", "ä."),
            ("aws_vpc is", "aws_vpc is."),
            ("first, do", "First, do."),
        ] {
            assert_eq!(sentence(text), expected);
        }
    }

    #[test]
    fn credentials_are_the_gravest() {
        for (code, level, grade) in [
            ("KEY01", Level::Error, Grade::Critical),
            ("SEC03", Level::Warning, Grade::Medium),
            ("IMDS01", Level::Error, Grade::High),
            ("SECURITY1", Level::Error, Grade::High),
            ("ROOT01", Level::Note, Grade::Low),
        ] {
            assert_eq!(Grade::of(code, level), grade, "{code}");
        }
    }
}
