//! Patterns of actions and values: `*` stands for any text, `?` for one character, a hole for what is not known.

use crate::facts::document::Text;
use crate::facts::holes::HOLE;

/// Whether a text is one of those that a pattern stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Match {
    No,
    Maybe,
    Yes,
}

impl Match {
    pub(super) fn not(self) -> Self {
        match self {
            Self::No => Self::Yes,
            Self::Maybe => Self::Maybe,
            Self::Yes => Self::No,
        }
    }
}

/// Without regard to case, as IAM takes actions.
pub(super) fn matches(pattern: &Text, text: &str) -> Match {
    let lowered = pattern.text.to_ascii_lowercase();
    let text = text.to_ascii_lowercase();
    match (glob(&lowered, &text), pattern.holes.is_empty()) {
        (false, _) => Match::No,
        (true, true) => Match::Yes,
        // What the pattern says without its holes counts for itself.
        (true, false) => Match::Maybe,
    }
}

fn glob(pattern: &str, text: &str) -> bool {
    let pattern: Vec<char> = pattern.chars().collect();
    let text: Vec<char> = text.chars().collect();
    let (mut p, mut t) = (0, 0);
    // The last asterisk, and how much of the text it stands for.
    let mut star: Option<(usize, usize)> = None;
    while t < text.len() {
        match pattern.get(p) {
            Some('*' | &HOLE) => {
                star = Some((p, t));
                p += 1;
            }
            Some(c) if *c == '?' || text.get(t) == Some(c) => {
                p += 1;
                t += 1;
            }
            Some(_) | None => match star {
                Some((at, taken)) => {
                    star = Some((at, taken + 1));
                    p = at + 1;
                    t = taken + 1;
                }
                None => return false,
            },
        }
    }
    pattern.get(p..).unwrap_or(&[]).iter().all(|c| *c == '*' || *c == HOLE)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Reason;

    fn text(text: &str) -> Text {
        let holes = text.chars().filter(|c| *c == HOLE);
        let reason = || Reason::Variable { name: "x".into() };
        Text { text: text.into(), holes: holes.map(|_| reason()).collect(), site: None }
    }

    #[test]
    fn patterns_match_as_iam_matches_them() {
        for (pattern, action, expected) in [
            ("sts:AssumeRole", "STS:assumerole", Match::Yes),
            ("*", "sts:AssumeRole", Match::Yes),
            ("sts:Assume*", "sts:AssumeRoleWithSAML", Match::Yes),
            ("sts:AssumeRole", "sts:AssumeRoleWithSAML", Match::No),
            ("ec2:?erminate*s", "ec2:TerminateInstances", Match::Yes),
            ("ec2:*Images", "ec2:TerminateInstances", Match::No),
            ("\u{e000}:*", "ec2:TerminateInstances", Match::Maybe),
            ("s3:\u{e000}", "ec2:TerminateInstances", Match::No),
        ] {
            assert_eq!(matches(&text(pattern), action), expected, "{pattern}");
        }
    }
}
