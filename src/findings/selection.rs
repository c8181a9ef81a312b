//! Which policies a run asks for: by code (`IMDS01`), name (`imdsv1-allowed`) or family (`IMDS`, `IMDS*`).

use super::{Problem, ProblemKind};

/// The codes, names and families that `--select` and `--ignore` list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selection {
    /// Empty: all of the sets that are on.
    pub select: Vec<String>,
    pub ignore: Vec<String>,
}

impl Selection {
    /// Whether a policy is on. One that is selected need not be in a set that is on.
    #[must_use]
    pub fn takes(&self, code: &str, name: &str, set_is_on: bool) -> bool {
        let listed = |terms: &[String]| terms.iter().any(|term| matches(term, code, name));
        let selected = if self.select.is_empty() { set_is_on } else { listed(&self.select) };
        selected && !listed(&self.ignore)
    }

    /// A problem for each term that means no policy. `known` are the codes and names of all policies.
    #[must_use]
    pub fn problems(&self, known: &[(&str, &str)]) -> Vec<Problem> {
        [("--select", &self.select), ("--ignore", &self.ignore)]
            .into_iter()
            .flat_map(|(flag, terms)| terms.iter().map(move |term| (flag, term)))
            .filter(|(_, term)| !known.iter().any(|(code, name)| matches(term, code, name)))
            .map(|(flag, term)| {
                let hint =
                    suggestion(term, known).map_or(String::new(), |best| format!("; did you mean `{best}`?"));
                Problem {
                    kind: ProblemKind::Config,
                    path: flag.to_owned(),
                    start: None,
                    message: format!("no policy, name or family is called `{term}`{hint}"),
                }
            })
            .collect()
    }
}

/// A policy's code without its number: `EC2` of `EC201`.
#[must_use]
pub fn family(code: &str) -> &str {
    code.len().checked_sub(2).and_then(|end| code.get(..end)).unwrap_or(code)
}

/// Whether a term means a policy.
#[must_use]
pub fn matches(term: &str, code: &str, name: &str) -> bool {
    let means = |text: &str| term.eq_ignore_ascii_case(text);
    let family = family(code);
    means(code)
        || means(name)
        || means(family)
        || term.strip_suffix('*').is_some_and(|term| term.eq_ignore_ascii_case(family))
}

/// The closest code, name or family, if one is close.
#[must_use]
pub fn suggestion<'a>(term: &str, known: &[(&'a str, &'a str)]) -> Option<&'a str> {
    closest(term, known.iter().flat_map(|(code, name)| [*code, *name, family(code)]))
}

/// The closest of some texts, if one is close.
#[must_use]
pub fn closest<'a>(term: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let term = term.to_ascii_lowercase();
    candidates
        .map(|candidate| (distance(&term, &candidate.to_ascii_lowercase()), candidate))
        .filter(|(distance, candidate)| *distance <= 1 + candidate.len() / 4)
        .min()
        .map(|(_, candidate)| candidate)
}

/// Levenshtein's distance.
fn distance(a: &str, b: &str) -> usize {
    let mut row: Vec<usize> = (0..=b.chars().count()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        let mut next = vec![left];
        for (y, above) in b.chars().zip(row.iter().skip(1)) {
            left = (diagonal + usize::from(x != y)).min(left + 1).min(above + 1);
            diagonal = *above;
            next.push(left);
        }
        row = next;
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const KNOWN: [(&str, &str); 3] =
        [("EC201", "instance-without-profile"), ("IMDS01", "imdsv1-allowed"), ("IMDS03", "hop-limit")];

    fn terms(terms: &[&str]) -> Vec<String> {
        terms.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn codes_names_and_families_select() {
        for term in ["IMDS01", "imds01", "imdsv1-allowed", "IMDS", "imds*"] {
            let selection = Selection { select: terms(&[term]), ignore: vec![] };
            assert!(selection.takes("IMDS01", "imdsv1-allowed", false), "{term}");
            assert!(!selection.takes("EC201", "instance-without-profile", true), "{term}");
        }
        let selection = Selection { select: vec![], ignore: terms(&["EC2"]) };
        assert!(!selection.takes("EC201", "instance-without-profile", true));
        assert!(selection.takes("IMDS01", "imdsv1-allowed", true));
        assert!(!selection.takes("IMDS03", "hop-limit", false));
    }

    #[test]
    fn an_unknown_term_is_a_problem_with_a_suggestion() {
        let selection = Selection { select: terms(&["IMDS1"]), ignore: terms(&["nonsense", "imds"]) };
        let messages: Vec<_> =
            selection.problems(&KNOWN).into_iter().map(|problem| problem.message).collect();
        assert_eq!(
            messages,
            [
                "no policy, name or family is called `IMDS1`; did you mean `IMDS`?",
                "no policy, name or family is called `nonsense`",
            ]
        );
    }

    #[test]
    fn distances() {
        for (a, b, expected) in [("", "abc", 3), ("kitten", "sitting", 3), ("same", "same", 0)] {
            assert_eq!(distance(a, b), expected);
        }
    }
}
