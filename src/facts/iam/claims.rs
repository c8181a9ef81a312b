//! What the conditions of a statement make of who comes: whether they narrow a principal, whom a token must have been issued for,
//! whose it must be, and whether a second factor is asked for.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html>

use super::fact::Claim;
use super::policy::{Test, Tests};
use crate::catalog::iam as catalog;
use crate::facts::document::{Node, Text};
use crate::facts::fact::Presence;
use crate::facts::holes::HOLE;
use crate::model::Reason;
use crate::source::Site;

/// What a condition makes of something, with the place that decides it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Found<T> {
    pub(super) is: T,
    pub(super) site: Option<Site>,
    pub(super) reason: Option<Reason>,
}

impl<T> Found<T> {
    pub(super) fn new(is: T) -> Self {
        Self { is, site: None, reason: None }
    }
}

/// Whether only some of those are meant whom a principal stands for. `anyone`: the principal is no account, so that a value which any
/// account can have does not narrow it.
pub(super) fn narrowed(tests: &Tests, denied: &[Test], anyone: bool) -> Presence {
    let narrows = |test: &Test, negated: bool| {
        test.key.holes.first().is_some_and(|_| test.key.text.chars().eq([HOLE]))
            || catalog::NARROWING_KEYS.iter().any(|(key, always)| {
                test.key.text == *key && holds_always(test, negated, *always) && is_narrow(test, anyone)
            })
    };
    if tests.all.iter().any(|test| narrows(test, false)) || denied.iter().any(|test| narrows(test, true)) {
        return Presence::Present;
    }
    if tests.open.is_some() { Presence::Unknown } else { Presence::Absent }
}

/// Whether a test fails where it should: also without the key.
fn holds_always(test: &Test, negated: bool, always_there: bool) -> bool {
    if test.operator == "null" {
        return false;
    }
    if negated {
        // In a denial: whoever is not among them is denied, and who has no such key as well.
        return test.is_negated();
    }
    !test.is_negated() && (always_there || !(test.if_exists || test.for_all))
}

fn is_narrow(test: &Test, anyone: bool) -> bool {
    let is_open = |value: &Node| match value {
        Node::Text(text) => {
            let text = text.text.as_str();
            let is_arn = text.starts_with("arn:");
            let account = is_arn.then(|| text.split(':').nth(4)).flatten().unwrap_or_default();
            (test.has_wildcards() && text.chars().all(|c| "*?".contains(c)))
                || ["0.0.0.0/0", "::/0"].contains(&text)
                || (anyone && is_arn && test.has_wildcards() && account.contains(['*', '?']))
        }
        Node::Null | Node::List(_) | Node::Object(_) | Node::Unknown { .. } => false,
    };
    !test.values.is_empty() && !test.values.iter().any(is_open)
}

/// Whether a key is the claim of some issuer: `token.actions.githubusercontent.com:aud`.
fn is_claim(key: &Text, claim: &str) -> bool {
    let Some((issuer, name)) = key.text.rsplit_once(':') else { return false };
    name == claim && !["aws", "sts", "saml"].contains(&issuer)
}

/// A claim that says whose a token is, by itself or as a tag of the session, which a web identity's token alone gives.
fn is_owner_claim(key: &Text) -> bool {
    catalog::OWNER_CLAIMS
        .iter()
        .any(|claim| is_claim(key, claim) || key.text.strip_prefix("aws:requesttag/") == Some(claim))
}

/// A key of which it is not known which it is.
fn may_be_any(key: &Text) -> bool {
    key.text.ends_with(HOLE)
}

/// Whether a web identity's token must have been issued for somebody in particular.
pub(super) fn audience(tests: &Tests) -> Presence {
    let is_audience = |key: &Text| catalog::AUDIENCE_CLAIMS.iter().any(|claim| is_claim(key, claim));
    of_key(tests, &|key| is_audience(key) || may_be_any(key))
}

/// Whether an assertion must have been made for somebody in particular.
pub(super) fn saml_audience(tests: &Tests) -> Presence {
    of_key(tests, &|key| key.text == "saml:aud" || may_be_any(key))
}

fn of_key(tests: &Tests, is_wanted: &dyn Fn(&Text) -> bool) -> Presence {
    let says = |test: &Test| !test.is_negated() && test.operator != "null" && is_narrow(test, false);
    if tests.all.iter().any(|test| is_wanted(&test.key) && says(test)) {
        Presence::Present
    } else if tests.open.is_some() {
        Presence::Unknown
    } else {
        Presence::Absent
    }
}

/// Whose a token of a shared issuer must be. Of several tests the one that says most counts: all must hold.
pub(super) fn owner(tests: &Tests) -> Found<Claim> {
    let mut best = Found::new(Claim::Absent);
    if let Some(reason) = &tests.open {
        best = Found { is: Claim::Unknown, site: None, reason: Some(reason.clone()) };
    }
    for test in tests.all.iter().filter(|test| !test.is_negated() && test.operator != "null") {
        let is_subject = is_claim(&test.key, "sub") || may_be_any(&test.key);
        // Every token has a subject, and not every one the other claims.
        let is_other = !test.if_exists && !test.for_all && is_owner_claim(&test.key);
        if !is_subject && !is_other {
            continue;
        }
        let found = named_by(test, is_subject);
        if rank(found.is) > rank(best.is) {
            best = found;
        }
    }
    best
}

fn rank(claim: Claim) -> u8 {
    match claim {
        Claim::Absent | Claim::NotApplicable => 0,
        Claim::Open => 1,
        Claim::Unknown => 2,
        Claim::Named => 3,
    }
}

/// One value that is open opens the whole: any of them may hold.
fn named_by(test: &Test, is_subject: bool) -> Found<Claim> {
    let mut found = Found { is: Claim::Named, site: test.key.site, reason: None };
    for value in &test.values {
        let (is, reason) = match value {
            Node::Text(text) if is_subject && is_anybodys(&test.key, &text.text) => (Claim::Open, None),
            Node::Text(text) if !test.has_wildcards() => match text.holes.first() {
                Some(_) | None => (Claim::Named, None),
            },
            Node::Text(text) => (owner_in(text, is_subject), text.holes.first().cloned()),
            Node::Unknown { reason, .. } if test.has_wildcards() => (Claim::Unknown, Some(reason.clone())),
            // Without wildcards, whatever it is, it is one subject.
            Node::Unknown { .. } => (Claim::Named, None),
            Node::Null | Node::List(_) | Node::Object(_) => continue,
        };
        if rank(is) < rank(found.is) {
            found = Found { is, site: value.site().or(test.key.site), reason };
        }
    }
    found
}

/// Whether anybody's jobs can have a subject of GitHub's: each owner says which claims it is made of, and these are such that
/// whoever writes the workflow chooses what they say.
/// <https://docs.github.com/en/actions/reference/security/oidc#customizing-the-token-claims>
fn is_anybodys(key: &Text, subject: &str) -> bool {
    let first = subject.split(':').next().unwrap_or_default();
    let names_owner = |claim: &&str| subject.contains(&format!("{claim}:"));
    key.text == "token.actions.githubusercontent.com:sub"
        && catalog::CHOSEN_CLAIMS.contains(&first)
        && !catalog::OWNER_CLAIMS.iter().chain(&["repo"]).any(names_owner)
}

/// Whether a pattern names an owner before anything may follow: `repo:owner/*`, but not `repo:owner*`.
fn owner_in(text: &Text, is_subject: bool) -> Claim {
    let Some(wildcard) = text.text.find(['*', '?']) else {
        // What is not known may hold wildcards, but not before what stands in front of it.
        return if text.holes.is_empty() || names_owner(&text.text, is_subject) {
            Claim::Named
        } else {
            Claim::Unknown
        };
    };
    let before = text.text.get(..wildcard).unwrap_or_default();
    if names_owner(before, is_subject) {
        Claim::Named
    } else if before.contains(HOLE) {
        Claim::Unknown
    } else {
        Claim::Open
    }
}

/// Whether the name of an owner ends in what is fixed. A hole may be it.
fn names_owner(fixed: &str, is_subject: bool) -> bool {
    let rest = match (is_subject, fixed.split_once(':')) {
        (false, _) => fixed,
        (true, Some((_, rest))) => rest,
        (true, None) => return false,
    };
    rest.find(['/', ':', '@']).is_some_and(|end| end > 0)
}

/// The tests of a second factor.
const PRESENT: &str = "aws:multifactorauthpresent";
const AGE: &str = "aws:multifactorauthage";

/// Whether an allowing statement counts only after a second factor. `BoolIfExists` does not ask those who come with an access key.
pub(super) fn asks_for_mfa(tests: &Tests) -> Presence {
    let asks = |test: &Test| {
        let firm = !test.if_exists && !test.for_all;
        match (&*test.key.text, &*test.operator) {
            (PRESENT, "bool" | "stringequals" | "stringlike") => firm && test.values_say("true"),
            (AGE, "null") => test.values_say("false"),
            (AGE, operator) => firm && operator.starts_with("numericlessthan"),
            _ => false,
        }
    };
    let open = |test: &Test| {
        let is_unknown = |value: &Node| value.as_text().is_none_or(|text| text.known().is_none());
        [PRESENT, AGE].contains(&&*test.key.text) && test.values.iter().any(is_unknown)
            || may_be_any(&test.key)
    };
    if tests.all.iter().any(asks) {
        Presence::Present
    } else if tests.open.is_some() || tests.all.iter().any(open) {
        Presence::Unknown
    } else {
        Presence::Absent
    }
}

/// Whether a denying statement counts where there was no second factor, also for those who come with an access key.
pub(super) fn denies_without_mfa(tests: &Tests) -> bool {
    tests.all.iter().any(|test| match (&*test.key.text, &*test.operator) {
        (PRESENT, "bool" | "stringequals") => test.if_exists && test.values_say("false"),
        (PRESENT, "null") | (AGE, "null") => test.values_say("true"),
        (PRESENT, "stringnotequals" | "stringnotlike") => test.values_say("true"),
        (AGE, operator) => test.if_exists && operator.starts_with("numericgreaterthan"),
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Text {
        let holes = text.chars().filter(|c| *c == HOLE).map(|_| Reason::Variable { name: "x".into() });
        Text { text: text.into(), holes: holes.collect(), site: None }
    }

    #[test]
    fn an_owner_is_named_only_where_its_name_ends_before_a_wildcard() {
        for (pattern, expected) in [
            ("repo:acme/shop:ref:refs/heads/main", Claim::Named),
            ("repo:acme/*", Claim::Named),
            ("repo:acme/shop*", Claim::Named),
            ("repository_owner:acme:*", Claim::Named),
            ("repo:acme*", Claim::Open),
            ("repo:acm?/shop:*", Claim::Open),
            ("repo:*/shop:*", Claim::Open),
            ("repo:*", Claim::Open),
            ("repo*", Claim::Open),
            ("*", Claim::Open),
            ("*:ref:refs/heads/main", Claim::Open),
            ("repo:\u{e000}/\u{e000}:*", Claim::Named),
            ("repo:\u{e000}:*", Claim::Named),
            ("repo:\u{e000}*", Claim::Unknown),
            ("\u{e000}", Claim::Unknown),
        ] {
            assert_eq!(owner_in(&text(pattern), true), expected, "{pattern}");
        }
        assert_eq!(owner_in(&text("acme/*"), false), Claim::Named);
        assert_eq!(owner_in(&text("acme*"), false), Claim::Open);
        assert_eq!(owner_in(&text("acme"), false), Claim::Named);
    }
}
