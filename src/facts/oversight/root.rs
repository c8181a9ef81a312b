//! What a policy, a pattern of events and a filter of logs say of the root user.

use crate::facts::document::Node;
use crate::facts::holes::HOLE;
use Said::{No, Open, Yes};

/// Whether a text says something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Said {
    Yes,
    /// Of the root user, but not all of it.
    InPart,
    Open,
    No,
}

impl Said {
    /// That any of these says it.
    pub(super) fn any(all: impl IntoIterator<Item = Self>) -> Self {
        let rank = |said: &Self| match said {
            Yes => 0,
            Open => 1,
            Self::InPart => 2,
            No => 3,
        };
        all.into_iter().min_by_key(rank).unwrap_or(No)
    }

    fn or(self, other: Self) -> Self {
        Self::any([self, other])
    }

    fn when(yes: bool, open: bool) -> Self {
        match (yes, open) {
            (true, _) => Yes,
            (false, true) => Open,
            (false, false) => No,
        }
    }
}

/// Whether a policy denies the root users of its accounts everything, or everything but some actions.
/// <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_examples_general.html>
pub(super) fn denies(policy: &Node) -> Said {
    match policy {
        // A text that is no document would be refused.
        Node::Unknown { .. } | Node::Text(_) => Open,
        Node::Null | Node::List(_) => No,
        Node::Object(object) => {
            let statements = get(policy, "Statement").map_or(&[][..], Node::items);
            Said::any(statements.iter().map(statement)).or(Said::when(false, object.open.is_some()))
        }
    }
}

/// A member by its name, in whatever case.
fn get<'n>(node: &'n Node, name: &str) -> Option<&'n Node> {
    node.as_object()?.get(name).map(|member| &member.value)
}

fn known(node: &Node) -> Option<&str> {
    node.as_text().map(|text| text.text.as_str()).filter(|_| !is_open(node))
}

/// Whether nothing of it is known.
fn is_open(node: &Node) -> bool {
    match node {
        Node::Unknown { .. } => true,
        Node::Text(text) => !text.text.is_empty() && text.text.chars().all(|c| c == HOLE),
        Node::Null | Node::List(_) | Node::Object(_) => false,
    }
}

/// Whether anything in it is wholly unknown.
fn has_open(node: &Node) -> bool {
    match node {
        Node::Null | Node::Text(_) | Node::Unknown { .. } => is_open(node),
        Node::List(items) => items.iter().any(has_open),
        Node::Object(object) => {
            object.open.is_some()
                || object.members.iter().any(|member| member.key.known().is_none() || has_open(&member.value))
        }
    }
}

fn statement(statement: &Node) -> Said {
    if is_open(statement) {
        return Open;
    }
    let effect = match get(statement, "Effect") {
        Some(effect) if is_open(effect) => Open,
        effect => {
            let denies = effect.and_then(Node::as_text).is_some_and(|effect| effect.is("Deny"));
            Said::when(denies, false)
        }
    };
    let actions = get(statement, "Action").map_or(&[][..], Node::items);
    let covers = if get(statement, "NotAction").is_some() || actions.iter().any(is_every) {
        Yes
    } else if actions.iter().any(is_open) {
        Open
    } else {
        Said::InPart
    };
    let about = match get(statement, "Condition") {
        Some(Node::Object(tests)) => {
            let named = tests.members.iter().map(|test| names_root(&test.key.text, &test.value));
            Said::any(named).or(Said::when(false, tests.open.is_some()))
        }
        Some(condition) => Said::when(false, is_open(condition)),
        None => No,
    };
    match (effect, covers, about) {
        (No, _, _) | (_, _, No) => No,
        (Yes, Yes, Yes) => Yes,
        (_, Said::InPart, _) => Said::InPart,
        _ => Open,
    }
}

fn is_every(action: &Node) -> bool {
    matches!(known(action), Some("*" | "*:*"))
}

/// Tests that take a text or an ARN for what it must be like.
const TESTS: [&str; 5] = ["stringlike", "arnlike", "arnequals", "stringequals", "stringequalsignorecase"];

fn names_root(test: &str, keys: &Node) -> Said {
    let test = test.to_ascii_lowercase();
    let test = test.rsplit(':').next().unwrap_or_default();
    let test = test.strip_suffix("ifexists").unwrap_or(test);
    if test.contains(HOLE) || is_open(keys) {
        return Open;
    }
    let Some(keys) = keys.as_object().filter(|_| TESTS.contains(&test)) else { return No };
    let named = keys.members.iter().map(|member| {
        let values = member.value.items();
        if member.key.is("aws:PrincipalArn") {
            // To tests of equality a star is no more than a star.
            let is_one = |arn: &Node| {
                is_root(arn)
                    && !(test.starts_with("stringequals") && known(arn).is_some_and(|arn| arn.contains('*')))
            };
            Said::when(values.iter().any(is_one), values.iter().any(is_open))
        } else {
            Said::when(false, member.key.known().is_none())
        }
    });
    Said::any(named).or(Said::when(false, keys.open.is_some()))
}

/// The root user's ARN, of one account or of any: `arn:aws:iam::*:root`.
fn is_root(arn: &Node) -> bool {
    let parts: Vec<&str> = known(arn).map_or_else(Vec::new, |text| text.split(':').collect());
    matches!(parts.as_slice(), ["*", "root"] | ["arn", _, "iam" | "*", "" | "*", _, "root"])
}

/// Whether events that match a pattern are those of the root user: it asks for it, or takes every sign-in.
/// <https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html>
pub(super) fn is_watched(pattern: &Node) -> Said {
    if asks_for_root(pattern) || finds_root(pattern) {
        return Yes;
    }
    let open = has_open(pattern);
    match pattern {
        Node::Object(object) if !object.members.is_empty() => {
            let mut members = object.members.iter();
            let takes = !open && members.all(|member| takes(SIGN_IN, &member.key.text, &member.value));
            Said::when(takes, open)
        }
        // A text that is no document would be refused.
        Node::Text(_) => Open,
        Node::Object(_) | Node::Null | Node::List(_) | Node::Unknown { .. } => Said::when(false, open),
    }
}

/// Whether a pattern says itself that it is about the root user.
pub(super) fn asks_for_root(pattern: &Node) -> bool {
    let identity = |identity: &Node| {
        let root = |text: &str| text.eq_ignore_ascii_case("Root");
        let arn = |text: &str| text.ends_with(":root");
        ["type", "arn"].into_iter().zip([&root as &dyn Fn(&str) -> bool, &arn]).any(|(field, is)| {
            get(identity, field).is_some_and(|wanted| wanted.items().iter().any(|wanted| is_like(wanted, is)))
        })
    };
    match pattern {
        Node::Object(object) => object.members.iter().any(|member| {
            if member.key.is("userIdentity") { identity(&member.value) } else { asks_for_root(&member.value) }
        }),
        Node::List(items) => items.iter().any(asks_for_root),
        Node::Null | Node::Text(_) | Node::Unknown { .. } => false,
    }
}

/// A text, or a test by the beginning, the end, the form of one.
fn is_like(wanted: &Node, is: &dyn Fn(&str) -> bool) -> bool {
    match wanted {
        Node::Text(text) => is(&text.text),
        Node::Object(tests) => tests.members.iter().any(|test| {
            let by_text =
                ["prefix", "suffix", "wildcard", "equals-ignore-case"].contains(&test.key.text.as_str());
            by_text && test.value.items().iter().any(|value| is_like(value, is))
        }),
        Node::Null | Node::List(_) | Node::Unknown { .. } => false,
    }
}

/// GuardDuty's finding that the root user was used.
/// <https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_finding-types-iam.html>
const FINDING: &str = "Policy:IAMUser/RootCredentialUsage";

/// Whether a pattern takes this finding: every finding of GuardDuty, or it by its name.
fn finds_root(pattern: &Node) -> bool {
    let from_detector = get(pattern, "source").is_some_and(|source| {
        source.items().iter().any(|source| is_like(source, &|text| text == "aws.guardduty"))
    });
    let named = || get(get(pattern, "detail")?, "type");
    from_detector
        && match (get(pattern, "detail"), named()) {
            (None, _) => true,
            (Some(_), Some(wanted)) => wanted.items().iter().any(|wanted| {
                is_like(wanted, &|text| FINDING.starts_with(text.trim_end_matches('*')) && !text.is_empty())
            }),
            (Some(_), None) => false,
        }
}

/// A sign-in of the root user, as an event.
/// <https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-aws-console-sign-in-events.html>
const SIGN_IN: &[(&str, &str)] = &[
    ("source", "aws.signin"),
    ("detail-type", "AWS Console Sign In via CloudTrail"),
    ("detail.eventSource", "signin.amazonaws.com"),
    ("detail.eventName", "ConsoleLogin"),
    ("detail.eventType", "AwsConsoleSignIn"),
    ("detail.responseElements.ConsoleLogin", "Success"),
];

/// Whether an event has at a place what is wanted there.
fn takes(event: &[(&str, &str)], path: &str, wanted: &Node) -> bool {
    match wanted {
        Node::Object(object) => object
            .members
            .iter()
            .all(|member| takes(event, &format!("{path}.{}", member.key.text), &member.value)),
        Node::List(wanted) => {
            let known = event.iter().find(|(known, _)| *known == path).map(|(_, value)| *value);
            known.is_some_and(|value| wanted.iter().any(|wanted| matches(value, wanted)))
        }
        Node::Null | Node::Text(_) | Node::Unknown { .. } => false,
    }
}

/// Whether a value is the text that is wanted, or passes one of the tests.
fn matches(value: &str, wanted: &Node) -> bool {
    match wanted {
        Node::Text(text) => text.text == value,
        Node::Object(tests) => tests.members.iter().any(|test| {
            let text = known(&test.value).unwrap_or_default();
            match test.key.text.as_str() {
                "prefix" => value.starts_with(text),
                "suffix" => value.ends_with(text),
                "equals-ignore-case" => value.eq_ignore_ascii_case(text),
                "exists" => text == "true",
                _ => false,
            }
        }),
        Node::Null | Node::List(_) | Node::Unknown { .. } => false,
    }
}

/// Whether a filter of logs is about the root user: `{ $.userIdentity.type = "Root" … }`.
/// <https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html>
pub(super) fn filters(pattern: &str) -> Said {
    let bare: String = pattern.chars().filter(|c| !c.is_whitespace() && *c != '"').collect();
    let bare = bare.replace("$[\'userIdentity\']", "$.userIdentity");
    let by_type = ["=Root", "=*Root"].iter().any(|is| bare.contains(&format!("$.userIdentity.type{is}")));
    let by_arn = bare.split("$.userIdentity.arn=").skip(1).any(|after| {
        let value = after.split(['&', '|', ')', '}']).next().unwrap_or_default();
        value.ends_with(":root")
    });
    Said::when(by_type || by_arn, pattern.contains(HOLE))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::document;
    use crate::facts::worlds::{At, ask};
    use crate::model::{Domain, Part, Reason, Unknown, Value};
    use crate::source::Sources;
    use std::sync::Arc;

    /// What a text comes to of which each `HOLE` is not known.
    fn doc(text: &str) -> Node {
        let reason = || Reason::Variable { name: "x".into() };
        let mut parts: Vec<Part> = Vec::new();
        for (at, piece) in text.split(HOLE).enumerate() {
            if at > 0 {
                parts.push(Part::Unknown(reason()));
            }
            parts.push(Part::Text { text: piece.into(), origin: crate::model::Origin::None });
        }
        let why = Arc::new(Unknown { parts: parts.into(), ..Unknown::new(reason()) });
        let value = match text.contains(HOLE) {
            true => Value::new(crate::model::Kind::Unknown(Arc::clone(&why))),
            false => Value::string(text),
        };
        let at = match text.contains(HOLE) {
            true => At::Unknown { why: &why, value: Some(&value), entry: None },
            false => At::Found { value: &value, entry: None },
        };
        let domain = Domain::default();
        ask(&domain, None, |world| document::read(world, &at, &Sources::default())).unwrap().remove(0).1
    }

    #[test]
    fn a_policy_denies_the_root_user_by_its_arn() {
        let policy = |effect: &str, actions: &str, condition: &str| {
            denies(&doc(&format!(
                r#"{{"Version":"2012-10-17","Statement":[{{"Effect":"Allow","Action":"*","Resource":"*"}},
                {{"Effect":"{effect}",{actions},"Resource":"*","Condition":{condition}}}]}}"#
            )))
        };
        let every = r#""Action":"*""#;
        for condition in [
            r#"{"StringLike":{"aws:PrincipalArn":"arn:aws:iam::*:root"}}"#,
            r#"{"StringLike":{"aws:PrincipalArn":["arn:aws:iam::*:root"]}}"#,
            r#"{"ArnLike":{"AWS:principalarn":["arn:*:iam::*:root","arn:aws:iam::*:role/x"]}}"#,
            r#"{"forAnyValue:stringlikeifexists":{"aws:PrincipalArn":"arn:aws-cn:iam::*:root"}}"#,
            r#"{"ArnEquals":{"aws:PrincipalArn":"arn:aws:iam::111122223333:root"}}"#,
        ] {
            assert_eq!(policy("Deny", every, condition), Yes, "{condition}");
            assert_eq!(policy("Deny", r#""Action":["ec2:*","*"]"#, condition), Yes);
            assert_eq!(policy("Deny", r#""NotAction":["iam:DeleteVirtualMFADevice"]"#, condition), Yes);
            assert_eq!(policy("Deny", r#""Action":["ec2:*"]"#, condition), Said::InPart);
            assert_eq!(policy("Allow", every, condition), No);
        }
        for condition in [
            r#"{"StringNotLike":{"aws:PrincipalArn":"arn:aws:iam::*:root"}}"#,
            r#"{"StringLike":{"aws:PrincipalArn":"arn:aws:iam::*:role/root"}}"#,
            r#"{"StringLike":{"aws:SourceArn":"arn:aws:iam::*:root"}}"#,
            "{}",
        ] {
            assert_eq!(policy("Deny", every, condition), No, "{condition}");
        }
        let open = format!(r#"{{"StringLike":{{"aws:PrincipalArn":"{HOLE}"}}}}"#);
        assert_eq!(policy("Deny", every, &open), Open);
        assert_eq!(policy("Allow", every, &open), No);
        let partition = format!(r#"{{"StringLike":{{"aws:PrincipalArn":"arn:{HOLE}:iam::*:root"}}}}"#);
        assert_eq!(policy("Deny", every, &partition), Yes);
        assert_eq!(denies(&doc("no json")), Open);
    }

    #[test]
    fn a_pattern_of_events_takes_what_the_root_user_does() {
        for (pattern, said) in [
            (
                r#"{"detail-type":["AWS Console Sign In via CloudTrail"],"detail":{"userIdentity":{"type":["Root"]}}}"#,
                Yes,
            ),
            (
                r#"{"detail":{"userIdentity":{"arn":[{"suffix":":root"}]},"eventName":["CreateAccessKey"]}}"#,
                Yes,
            ),
            (r#"{"detail":{"$or":[{"userIdentity":{"type":["IAMUser","Root"]}},{"eventName":["x"]}]}}"#, Yes),
            (r#"{"source":["aws.signin"],"detail":{"eventName":["ConsoleLogin"]}}"#, Yes),
            (r#"{"source":["aws.guardduty"],"detail-type":["GuardDuty Finding"]}"#, Yes),
            (r#"{"source":["aws.guardduty"],"detail":{"type":[{"prefix":"Policy:IAMUser/"}]}}"#, Yes),
            (r#"{"source":["aws.guardduty"],"detail":{"severity":[{"numeric":[">=",7]}]}}"#, No),
            (r#"{"detail":{"userIdentity":{"type":[{"anything-but":["Root"]}]}}}"#, No),
            (r#"{"source":["aws.signin"],"detail":{"userIdentity":{"type":["IAMUser"]}}}"#, No),
            (r#"{"source":["aws.ec2"]}"#, No),
            ("{}", No),
        ] {
            assert_eq!(is_watched(&doc(pattern)), said, "{pattern}");
        }
        assert_eq!(
            is_watched(&doc(&format!(r#"{{"detail":{{"userIdentity":{{"type":"{HOLE}"}}}}}}"#))),
            Open
        );
    }

    #[test]
    fn a_filter_of_logs_is_about_the_root_user() {
        for pattern in [
            r#"{ $.userIdentity.type = "Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType != "AwsServiceEvent" }"#,
            r#"{$.userIdentity.type=Root}"#,
            r#"{ ($.eventName = "ConsoleLogin") && ($.userIdentity.arn = "arn:aws:iam::*:root") }"#,
        ] {
            assert_eq!(filters(pattern), Yes, "{pattern}");
        }
        assert_eq!(filters(r#"{ $.userIdentity.type != "Root" }"#), No);
        assert_eq!(filters(r#"{ $.errorCode = "*UnauthorizedOperation" }"#), No);
        assert_eq!(filters(&HOLE.to_string()), Open);
    }
}
