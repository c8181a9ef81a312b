//! What a policy, a pattern of events and a filter of logs say of the root user.

use super::document::{Doc, OPEN};
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
pub(super) fn denies(policy: &Doc) -> Said {
    match policy {
        Doc::Open => Open,
        Doc::Null | Doc::Text(_) | Doc::List(_) => No,
        Doc::Object(_) => {
            let statements = policy.get("Statement").map_or(&[][..], Doc::items);
            Said::any(statements.iter().map(statement))
        }
    }
}

fn statement(statement: &Doc) -> Said {
    if *statement == Doc::Open {
        return Open;
    }
    let effect = match statement.get("Effect") {
        Some(Doc::Open) => Open,
        Some(effect) => {
            Said::when(effect.as_text().is_some_and(|text| text.eq_ignore_ascii_case("Deny")), false)
        }
        None => No,
    };
    let actions = statement.get("Action").map_or(&[][..], Doc::items);
    let covers = if statement.get("NotAction").is_some() || actions.iter().any(is_every) {
        Yes
    } else if actions.contains(&Doc::Open) {
        Open
    } else {
        Said::InPart
    };
    let about = match statement.get("Condition") {
        Some(Doc::Open) => Open,
        Some(condition) => Said::any(condition.fields().iter().map(|(test, keys)| names_root(test, keys))),
        None => No,
    };
    match (effect, covers, about) {
        (No, _, _) | (_, _, No) => No,
        (Yes, Yes, Yes) => Yes,
        (_, Said::InPart, _) => Said::InPart,
        _ => Open,
    }
}

fn is_every(action: &Doc) -> bool {
    matches!(action.as_text(), Some("*" | "*:*"))
}

/// Tests that take a text or an ARN for what it must be like.
const TESTS: [&str; 5] = ["stringlike", "arnlike", "arnequals", "stringequals", "stringequalsignorecase"];

fn names_root(test: &str, keys: &Doc) -> Said {
    let test = test.to_ascii_lowercase();
    let test = test.rsplit(':').next().unwrap_or_default();
    let test = test.strip_suffix("ifexists").unwrap_or(test);
    if test.contains(OPEN) || *keys == Doc::Open {
        return Open;
    }
    if !TESTS.contains(&test) {
        return No;
    }
    let named = keys.fields().iter().map(|(key, values)| {
        let values = values.items();
        if key.eq_ignore_ascii_case("aws:PrincipalArn") {
            Said::when(values.iter().any(is_root), values.contains(&Doc::Open))
        } else {
            Said::when(false, key.contains(OPEN))
        }
    });
    Said::any(named)
}

/// The root user's ARN, of one account or of any: `arn:aws:iam::*:root`.
fn is_root(arn: &Doc) -> bool {
    let parts: Vec<&str> = arn.as_text().map_or_else(Vec::new, |text| text.split(':').collect());
    matches!(parts.as_slice(), ["*", "root"] | ["arn", _, "iam" | "*", "" | "*", _, "root"])
}

/// Whether events that match a pattern are those of the root user: it asks for it, or takes every sign-in.
/// <https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html>
pub(super) fn is_watched(pattern: &Doc) -> Said {
    let open = pattern.has_open();
    if asks_for_root(pattern) || finds_root(pattern) {
        return Yes;
    }
    match pattern {
        Doc::Object(fields) if !fields.is_empty() => {
            Said::when(!open && fields.iter().all(|(key, wanted)| takes(SIGN_IN, key, wanted)), open)
        }
        Doc::Open => Open,
        Doc::Object(_) | Doc::Null | Doc::Text(_) | Doc::List(_) => No,
    }
}

/// Whether a pattern says itself that it is about the root user.
pub(super) fn asks_for_root(pattern: &Doc) -> bool {
    let identity = |identity: &Doc| {
        let root = |text: &str| text.eq_ignore_ascii_case("Root");
        let arn = |text: &str| text.ends_with(":root");
        ["type", "arn"].into_iter().zip([&root as &dyn Fn(&str) -> bool, &arn]).any(|(field, is)| {
            identity.get(field).is_some_and(|wanted| wanted.items().iter().any(|wanted| is_like(wanted, is)))
        })
    };
    match pattern {
        Doc::Object(fields) => fields
            .iter()
            .any(|(key, value)| if key == "userIdentity" { identity(value) } else { asks_for_root(value) }),
        Doc::List(items) => items.iter().any(asks_for_root),
        Doc::Null | Doc::Text(_) | Doc::Open => false,
    }
}

/// A text, or a test by the beginning, the end, the form of one.
fn is_like(wanted: &Doc, is: &dyn Fn(&str) -> bool) -> bool {
    match wanted {
        Doc::Text(text) => is(text),
        Doc::Object(tests) => tests.iter().any(|(test, value)| {
            let by_text = ["prefix", "suffix", "wildcard", "equals-ignore-case"].contains(&test.as_str());
            by_text && value.items().iter().any(|value| is_like(value, is))
        }),
        Doc::Null | Doc::List(_) | Doc::Open => false,
    }
}

/// GuardDuty's finding that the root user was used.
/// <https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_finding-types-iam.html>
const FINDING: &str = "Policy:IAMUser/RootCredentialUsage";

/// Whether a pattern takes this finding: every finding of GuardDuty, or it by its name.
fn finds_root(pattern: &Doc) -> bool {
    let from_detector = pattern.get("source").is_some_and(|source| {
        source.items().iter().any(|source| is_like(source, &|text| text == "aws.guardduty"))
    });
    let named = || pattern.get("detail")?.get("type");
    from_detector
        && match (pattern.get("detail"), named()) {
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
fn takes(event: &[(&str, &str)], path: &str, wanted: &Doc) -> bool {
    match wanted {
        Doc::Object(fields) => {
            fields.iter().all(|(key, wanted)| takes(event, &format!("{path}.{key}"), wanted))
        }
        Doc::List(wanted) => {
            let known = event.iter().find(|(known, _)| *known == path).map(|(_, value)| *value);
            known.is_some_and(|value| {
                wanted.iter().any(|wanted| match wanted {
                    Doc::Text(text) => text == value,
                    Doc::Object(tests) => tests.iter().any(|(test, text)| {
                        let text = text.as_text().unwrap_or_default();
                        match test.as_str() {
                            "prefix" => value.starts_with(text),
                            "suffix" => value.ends_with(text),
                            "equals-ignore-case" => value.eq_ignore_ascii_case(text),
                            "exists" => text == "true",
                            _ => false,
                        }
                    }),
                    Doc::Null | Doc::List(_) | Doc::Open => false,
                })
            })
        }
        Doc::Null | Doc::Text(_) | Doc::Open => false,
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
    Said::when(by_type || by_arn, pattern.contains(OPEN))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::worlds::ask;
    use crate::model::{Domain, Value};

    fn doc(text: &str) -> Doc {
        let value = Value::string(text);
        let domain = Domain::default();
        ask(&domain, None, |world| Doc::read(world, &value)).unwrap().remove(0).1
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
        let open = format!(r#"{{"StringLike":{{"aws:PrincipalArn":"{OPEN}"}}}}"#);
        assert_eq!(policy("Deny", every, &open), Open);
        assert_eq!(policy("Allow", every, &open), No);
        let partition = format!(r#"{{"StringLike":{{"aws:PrincipalArn":"arn:{OPEN}:iam::*:root"}}}}"#);
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
            is_watched(&doc(&format!(r#"{{"detail":{{"userIdentity":{{"type":"{OPEN}"}}}}}}"#))),
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
        assert_eq!(filters(&OPEN.to_string()), Open);
    }
}
