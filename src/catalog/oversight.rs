//! What watches over the root user and over long-lived credentials: organizations, trails and recorders, of which it may be
//! missing, and the policies, alarms, rules and controls that it consists of.
//! Source: the schema of hashicorp/aws 6.66.0 and the registry of 2026-10-20.

use super::registry::{Renamed, Table};
use schemars::JsonSchema;
use serde::Serialize;

/// A resource that makes it relevant whether something watches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// An organization; the attribute of services that it trusts, where the type can say so.
    Organization {
        trusted: Option<&'static str>,
    },
    Trail(Selectors),
    Recorder,
}

/// What a trail says of the events that it keeps; it keeps those of management where it says nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Selectors {
    pub basic: &'static str,
    /// Below each of these.
    pub management: &'static str,
    pub fields: &'static str,
    /// Below each field.
    pub field: &'static str,
    pub equals: &'static str,
}

static ANCHORS: Table<(&str, Anchor)> = Table::new(&[
    (
        "aws_organizations_organization",
        Anchor::Organization { trusted: Some("aws_service_access_principals") },
    ),
    ("AWS::Organizations::Organization", Anchor::Organization { trusted: None }),
    (
        "aws_cloudtrail",
        Anchor::Trail(Selectors {
            basic: "event_selector",
            management: "include_management_events",
            fields: "advanced_event_selector.field_selector",
            field: "field",
            equals: "equals",
        }),
    ),
    (
        "AWS::CloudTrail::Trail",
        Anchor::Trail(Selectors {
            basic: "EventSelectors",
            management: "IncludeManagementEvents",
            fields: "AdvancedEventSelectors.FieldSelectors",
            field: "Field",
            equals: "Equals",
        }),
    ),
    ("aws_config_configuration_recorder", Anchor::Recorder),
    ("AWS::Config::ConfigurationRecorder", Anchor::Recorder),
]);

impl Renamed for Anchor {
    fn renamed(&self) -> Self {
        match *self {
            Self::Organization { trusted } => Self::Organization { trusted: trusted.renamed() },
            Self::Trail(Selectors { basic, management, fields, field, equals }) => Self::Trail(Selectors {
                basic: basic.renamed(),
                management: management.renamed(),
                fields: fields.renamed(),
                field: field.renamed(),
                equals: equals.renamed(),
            }),
            Self::Recorder => Self::Recorder,
        }
    }
}

#[must_use]
pub fn anchor(type_name: &str) -> Option<Anchor> {
    ANCHORS.find(type_name).map(|(_, anchor)| *anchor)
}

/// An attribute that switches off by a text; left out, it is on.
#[derive(Debug, Clone, Copy)]
pub struct Switch {
    pub at: &'static str,
    pub off: &'static str,
}

/// What a type takes part in.
#[derive(Debug, Clone, Copy)]
pub enum Watch {
    /// A policy of an organization; without `targets`, it is attached by a resource of its own.
    OrganizationPolicy {
        content: &'static str,
        kind: &'static str,
        targets: Option<&'static str>,
    },
    PolicyAttachment {
        policy: &'static str,
    },
    /// A control of Control Tower, on an organizational unit.
    LandingZoneControl {
        identifier: &'static str,
    },
    /// What an organization manages centrally of its members' root users.
    RootFeatures {
        enabled: &'static str,
    },
    /// A service that the organization trusts.
    TrustedService {
        service: &'static str,
    },
    /// Without `targets`, they are resources of their own, which name the rule.
    EventRule {
        pattern: &'static str,
        name: &'static str,
        off: &'static [Switch],
        targets: Option<&'static str>,
    },
    EventTarget {
        rule: &'static str,
    },
    /// A function or state machine with events that trigger it, by name.
    EventHandler {
        events: &'static str,
    },
    MetricFilter {
        pattern: &'static str,
        metric: &'static str,
    },
    Alarm {
        metrics: &'static [&'static str],
        actions: &'static str,
        off: Switch,
    },
    ConfigRule {
        identifier: &'static str,
        owner: Option<&'static str>,
    },
    /// Rules of Config in a document; `elsewhere` are attributes that name one that is not here.
    ConformancePack {
        body: &'static str,
        elsewhere: &'static [&'static str],
    },
    /// A standard of Security Hub, and the controls of it that are switched off.
    Standard {
        arn: &'static str,
        disabled: Option<&'static str>,
    },
    /// Security Hub itself, which begins with standards of its own unless told not to.
    Hub {
        defaults: Switch,
    },
    /// One control of Security Hub.
    Control {
        control: &'static str,
        off: Switch,
    },
    /// A list of controls of Security Hub that are off.
    DisabledControls {
        at: &'static str,
    },
    Detector {
        off: Switch,
    },
    /// Whether a recorder records.
    RecorderStatus {
        off: Switch,
    },
}

const fn switch(at: &'static str, off: &'static str) -> Switch {
    Switch { at, off }
}

static WATCHES: Table<(&str, Watch)> = Table::new(&[
    (
        "aws_organizations_policy",
        Watch::OrganizationPolicy { content: "content", kind: "type", targets: None },
    ),
    (
        "AWS::Organizations::Policy",
        Watch::OrganizationPolicy { content: "Content", kind: "Type", targets: Some("TargetIds") },
    ),
    ("aws_organizations_policy_attachment", Watch::PolicyAttachment { policy: "policy_id" }),
    ("aws_controltower_control", Watch::LandingZoneControl { identifier: "control_identifier" }),
    ("AWS::ControlTower::EnabledControl", Watch::LandingZoneControl { identifier: "ControlIdentifier" }),
    ("aws_organizations_aws_service_access", Watch::TrustedService { service: "service_principal" }),
    ("aws_iam_organizations_features", Watch::RootFeatures { enabled: "enabled_features" }),
    (
        "aws_cloudwatch_event_rule",
        Watch::EventRule {
            pattern: "event_pattern",
            name: "name",
            off: &[switch("state", "DISABLED"), switch("is_enabled", "false")],
            targets: None,
        },
    ),
    (
        "AWS::Events::Rule",
        Watch::EventRule {
            pattern: "EventPattern",
            name: "Name",
            off: &[switch("State", "DISABLED")],
            targets: Some("Targets"),
        },
    ),
    ("aws_cloudwatch_event_target", Watch::EventTarget { rule: "rule" }),
    ("AWS::Serverless::Function", Watch::EventHandler { events: "Events" }),
    ("AWS::Serverless::StateMachine", Watch::EventHandler { events: "Events" }),
    (
        "aws_cloudwatch_log_metric_filter",
        Watch::MetricFilter { pattern: "pattern", metric: "metric_transformation.name" },
    ),
    (
        "AWS::Logs::MetricFilter",
        Watch::MetricFilter { pattern: "FilterPattern", metric: "MetricTransformations.MetricName" },
    ),
    (
        "aws_cloudwatch_metric_alarm",
        Watch::Alarm {
            metrics: &["metric_name", "metric_query.metric.metric_name"],
            actions: "alarm_actions",
            off: switch("actions_enabled", "false"),
        },
    ),
    (
        "AWS::CloudWatch::Alarm",
        Watch::Alarm {
            metrics: &["MetricName", "Metrics.MetricStat.Metric.MetricName"],
            actions: "AlarmActions",
            off: switch("ActionsEnabled", "false"),
        },
    ),
    (
        "aws_config_config_rule",
        Watch::ConfigRule { identifier: "source.source_identifier", owner: Some("source.owner") },
    ),
    (
        "AWS::Config::ConfigRule",
        Watch::ConfigRule { identifier: "Source.SourceIdentifier", owner: Some("Source.Owner") },
    ),
    (
        "aws_config_organization_managed_rule",
        Watch::ConfigRule { identifier: "rule_identifier", owner: None },
    ),
    (
        "AWS::Config::OrganizationConfigRule",
        Watch::ConfigRule { identifier: "OrganizationManagedRuleMetadata.RuleIdentifier", owner: None },
    ),
    (
        "aws_config_conformance_pack",
        Watch::ConformancePack { body: "template_body", elsewhere: &["template_s3_uri"] },
    ),
    (
        "aws_config_organization_conformance_pack",
        Watch::ConformancePack { body: "template_body", elsewhere: &["template_s3_uri"] },
    ),
    (
        "AWS::Config::ConformancePack",
        Watch::ConformancePack {
            body: "TemplateBody",
            elsewhere: &["TemplateS3Uri", "TemplateSSMDocumentDetails"],
        },
    ),
    (
        "AWS::Config::OrganizationConformancePack",
        Watch::ConformancePack { body: "TemplateBody", elsewhere: &["TemplateS3Uri"] },
    ),
    ("aws_securityhub_standards_subscription", Watch::Standard { arn: "standards_arn", disabled: None }),
    (
        "AWS::SecurityHub::Standard",
        Watch::Standard {
            arn: "StandardsArn",
            disabled: Some("DisabledStandardsControls.StandardsControlArn"),
        },
    ),
    ("aws_securityhub_account", Watch::Hub { defaults: switch("enable_default_standards", "false") }),
    ("AWS::SecurityHub::Hub", Watch::Hub { defaults: switch("EnableDefaultStandards", "false") }),
    (
        "aws_securityhub_standards_control",
        Watch::Control { control: "standards_control_arn", off: switch("control_status", "DISABLED") },
    ),
    (
        "aws_securityhub_standards_control_association",
        Watch::Control { control: "security_control_id", off: switch("association_status", "DISABLED") },
    ),
    (
        "aws_securityhub_configuration_policy",
        Watch::DisabledControls {
            at: "configuration_policy.security_controls_configuration.disabled_control_identifiers",
        },
    ),
    (
        "AWS::SecurityHub::ConfigurationPolicy",
        Watch::DisabledControls {
            at: "ConfigurationPolicy.SecurityHub.SecurityControlsConfiguration.DisabledSecurityControlIdentifiers",
        },
    ),
    ("aws_guardduty_detector", Watch::Detector { off: switch("enable", "false") }),
    ("AWS::GuardDuty::Detector", Watch::Detector { off: switch("Enable", "false") }),
    (
        "aws_config_configuration_recorder_status",
        Watch::RecorderStatus { off: switch("is_enabled", "false") },
    ),
]);

impl Renamed for Switch {
    fn renamed(&self) -> Self {
        Self { at: self.at.renamed(), off: self.off }
    }
}

impl Renamed for Watch {
    fn renamed(&self) -> Self {
        match *self {
            Self::OrganizationPolicy { content, kind, targets } => Self::OrganizationPolicy {
                content: content.renamed(),
                kind: kind.renamed(),
                targets: targets.renamed(),
            },
            Self::PolicyAttachment { policy } => Self::PolicyAttachment { policy: policy.renamed() },
            Self::LandingZoneControl { identifier } => {
                Self::LandingZoneControl { identifier: identifier.renamed() }
            }
            Self::RootFeatures { enabled } => Self::RootFeatures { enabled: enabled.renamed() },
            Self::TrustedService { service } => Self::TrustedService { service: service.renamed() },
            Self::EventRule { pattern, name, off, targets } => Self::EventRule {
                pattern: pattern.renamed(),
                name: name.renamed(),
                off: off.renamed(),
                targets: targets.renamed(),
            },
            Self::EventTarget { rule } => Self::EventTarget { rule: rule.renamed() },
            Self::EventHandler { events } => Self::EventHandler { events: events.renamed() },
            Self::MetricFilter { pattern, metric } => {
                Self::MetricFilter { pattern: pattern.renamed(), metric: metric.renamed() }
            }
            Self::Alarm { metrics, actions, off } => {
                Self::Alarm { metrics: metrics.renamed(), actions: actions.renamed(), off: off.renamed() }
            }
            Self::ConfigRule { identifier, owner } => {
                Self::ConfigRule { identifier: identifier.renamed(), owner: owner.renamed() }
            }
            Self::ConformancePack { body, elsewhere } => {
                Self::ConformancePack { body: body.renamed(), elsewhere: elsewhere.renamed() }
            }
            Self::Standard { arn, disabled } => {
                Self::Standard { arn: arn.renamed(), disabled: disabled.renamed() }
            }
            Self::Hub { defaults } => Self::Hub { defaults: defaults.renamed() },
            Self::Control { control, off } => {
                Self::Control { control: control.renamed(), off: off.renamed() }
            }
            Self::DisabledControls { at } => Self::DisabledControls { at: at.renamed() },
            Self::Detector { off } => Self::Detector { off: off.renamed() },
            Self::RecorderStatus { off } => Self::RecorderStatus { off: off.renamed() },
        }
    }
}

/// What a type takes part in.
#[must_use]
pub fn watch(type_name: &str) -> Option<&'static Watch> {
    WATCHES.find(type_name).map(|(_, watch)| watch)
}

/// The attributes that are looked at.
pub(super) fn reads(type_name: &str) -> Vec<&'static str> {
    let mut found = match anchor(type_name) {
        Some(Anchor::Organization { trusted }) => trusted.into_iter().collect(),
        Some(Anchor::Trail(selectors)) => vec![selectors.basic, selectors.fields],
        Some(Anchor::Recorder) | None => Vec::new(),
    };
    match watch(type_name) {
        None => {}
        Some(Watch::OrganizationPolicy { content, kind, targets }) => {
            found.extend([content, kind]);
            found.extend(*targets);
        }
        Some(Watch::PolicyAttachment { policy }) => found.push(policy),
        Some(Watch::LandingZoneControl { identifier }) => found.push(identifier),
        Some(Watch::RootFeatures { enabled }) => found.push(enabled),
        Some(Watch::TrustedService { service }) => found.push(service),
        Some(Watch::EventRule { pattern, name, off, targets }) => {
            found.extend([pattern, name]);
            found.extend(off.iter().map(|switch| switch.at));
            found.extend(*targets);
        }
        Some(Watch::EventTarget { rule }) => found.push(rule),
        Some(Watch::EventHandler { events }) => found.push(events),
        Some(Watch::MetricFilter { pattern, metric }) => found.extend([pattern, metric]),
        Some(Watch::Alarm { metrics, actions, off }) => {
            found.extend(*metrics);
            found.extend([*actions, off.at]);
        }
        Some(Watch::ConfigRule { identifier, owner }) => {
            found.push(identifier);
            found.extend(*owner);
        }
        Some(Watch::ConformancePack { body, elsewhere }) => {
            found.push(body);
            found.extend(*elsewhere);
        }
        Some(Watch::Standard { arn, disabled }) => {
            found.push(arn);
            found.extend(*disabled);
        }
        Some(Watch::Hub { defaults: off } | Watch::Detector { off } | Watch::RecorderStatus { off }) => {
            found.push(off.at);
        }
        Some(Watch::Control { control, off }) => found.extend([*control, off.at]),
        Some(Watch::DisabledControls { at }) => found.push(at),
    }
    found
}

/// What a switched-off guard would have seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Guards {
    /// Access keys of the root user.
    RootKeys,
    /// Multi-factor authentication of the root user.
    RootMfa,
    /// What the root user does.
    RootUse,
    /// Instances that serve metadata without a session token.
    Imds,
}

/// The controls of Security Hub that watch over the root user and over instance metadata, by their own names and by those
/// that each standard gave them before. Of CIS 1.2.0 and 1.4.0 and of PCI DSS, and what each is now:
/// <https://docs.aws.amazon.com/securityhub/latest/userguide/asff-changes-consolidation.html>; of CIS 3.0.0 and 5.0.0, under
/// "related requirements": <https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html> and
/// <https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html>.
static CONTROLS: [(&str, &str, Guards); 28] = [
    ("", "IAM.4", Guards::RootKeys),
    ("", "IAM.6", Guards::RootMfa),
    ("", "IAM.9", Guards::RootMfa),
    ("", "IAM.20", Guards::RootUse),
    ("", "CloudWatch.1", Guards::RootUse),
    ("", "EC2.8", Guards::Imds),
    ("", "PCI.IAM.1", Guards::RootKeys),
    ("", "PCI.IAM.4", Guards::RootMfa),
    ("", "PCI.IAM.5", Guards::RootMfa),
    ("", "PCI.CW.1", Guards::RootUse),
    ("cis-aws-foundations-benchmark/v/1.2.0", "1.1", Guards::RootUse),
    ("cis-aws-foundations-benchmark/v/1.2.0", "1.12", Guards::RootKeys),
    ("cis-aws-foundations-benchmark/v/1.2.0", "1.13", Guards::RootMfa),
    ("cis-aws-foundations-benchmark/v/1.2.0", "1.14", Guards::RootMfa),
    ("cis-aws-foundations-benchmark/v/1.2.0", "3.3", Guards::RootUse),
    ("cis-aws-foundations-benchmark/v/1.4.0", "1.4", Guards::RootKeys),
    ("cis-aws-foundations-benchmark/v/1.4.0", "1.5", Guards::RootMfa),
    ("cis-aws-foundations-benchmark/v/1.4.0", "1.6", Guards::RootMfa),
    ("cis-aws-foundations-benchmark/v/1.4.0", "1.7", Guards::RootUse),
    ("cis-aws-foundations-benchmark/v/1.4.0", "4.3", Guards::RootUse),
    ("cis-aws-foundations-benchmark/v/3.0.0", "1.4", Guards::RootKeys),
    ("cis-aws-foundations-benchmark/v/3.0.0", "1.5", Guards::RootMfa),
    ("cis-aws-foundations-benchmark/v/3.0.0", "1.6", Guards::RootMfa),
    ("cis-aws-foundations-benchmark/v/3.0.0", "5.6", Guards::Imds),
    ("cis-aws-foundations-benchmark/v/5.0.0", "1.3", Guards::RootKeys),
    ("cis-aws-foundations-benchmark/v/5.0.0", "1.4", Guards::RootMfa),
    ("cis-aws-foundations-benchmark/v/5.0.0", "1.5", Guards::RootMfa),
    ("cis-aws-foundations-benchmark/v/5.0.0", "5.7", Guards::Imds),
];

/// What a control of Security Hub watches over, by its id or ARN.
#[must_use]
pub fn control(named: &str) -> Option<(&'static str, Guards)> {
    let (standard, id) = named.rsplit_once('/').unwrap_or(("", named));
    let known = CONTROLS.iter().find(|(of, name, _)| *name == id && standard.ends_with(of));
    known.map(|(_, name, guards)| (*name, *guards))
}

/// The rules of Config that the standards of Security Hub bring, of those that are asked for here: those of IAM.3 to IAM.10, by
/// the standards that each names under "related requirements" (of the foundational best practices: by the list of its controls).
/// <https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html>
/// <https://docs.aws.amazon.com/securityhub/latest/userguide/asff-changes-consolidation.html>
/// Their ARNs: <https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/securityhub_standards_subscription>
static STANDARDS: [(&str, &[&str]); 9] = [
    (
        "aws-foundational-security-best-practices/v/1.0.0",
        &[
            "IAM_ROOT_ACCESS_KEY_CHECK",
            "ROOT_ACCOUNT_HARDWARE_MFA_ENABLED",
            "ACCESS_KEYS_ROTATED",
            "MFA_ENABLED_FOR_IAM_CONSOLE_ACCESS",
        ],
    ),
    ("cis-aws-foundations-benchmark/v/1.2.0", &CIS),
    ("cis-aws-foundations-benchmark/v/1.4.0", &CIS),
    ("cis-aws-foundations-benchmark/v/3.0.0", &CIS),
    ("cis-aws-foundations-benchmark/v/5.0.0", &CIS),
    (
        "pci-dss/v/3.2.1",
        &[
            "IAM_ROOT_ACCESS_KEY_CHECK",
            "ROOT_ACCOUNT_MFA_ENABLED",
            "ROOT_ACCOUNT_HARDWARE_MFA_ENABLED",
            "IAM_USER_UNUSED_CREDENTIALS_CHECK",
            "IAM_PASSWORD_POLICY",
        ],
    ),
    (
        "pci-dss/v/4.0.1",
        &[
            "ROOT_ACCOUNT_MFA_ENABLED",
            "ROOT_ACCOUNT_HARDWARE_MFA_ENABLED",
            "MFA_ENABLED_FOR_IAM_CONSOLE_ACCESS",
            "IAM_USER_UNUSED_CREDENTIALS_CHECK",
            "IAM_PASSWORD_POLICY",
        ],
    ),
    (
        "nist-800-53/v/5.0.0",
        &[
            "IAM_ROOT_ACCESS_KEY_CHECK",
            "ROOT_ACCOUNT_MFA_ENABLED",
            "ROOT_ACCOUNT_HARDWARE_MFA_ENABLED",
            "MFA_ENABLED_FOR_IAM_CONSOLE_ACCESS",
            "IAM_USER_UNUSED_CREDENTIALS_CHECK",
            "IAM_PASSWORD_POLICY",
        ],
    ),
    ("nist-800-171/v/2.0.0", &["IAM_USER_UNUSED_CREDENTIALS_CHECK", "IAM_PASSWORD_POLICY"]),
];

static CIS: [&str; 4] = [
    "IAM_ROOT_ACCESS_KEY_CHECK",
    "ROOT_ACCOUNT_MFA_ENABLED",
    "ROOT_ACCOUNT_HARDWARE_MFA_ENABLED",
    "MFA_ENABLED_FOR_IAM_CONSOLE_ACCESS",
];

/// The standards that Security Hub begins with, unless told not to.
/// <https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_EnableSecurityHub.html>
pub static DEFAULT_STANDARDS: [&str; 2] =
    ["aws-foundational-security-best-practices/v/1.0.0", "cis-aws-foundations-benchmark/v/1.2.0"];

/// The rules that a standard brings, by its ARN. None of a version that is not known, some of a standard without any.
#[must_use]
pub fn standard(arn: &str) -> Option<&'static [&'static str]> {
    if let Some((_, rules)) = STANDARDS.iter().find(|(name, _)| arn.ends_with(name)) {
        return Some(rules);
    }
    let of_another_version = |(name, _): &(&str, _)| {
        name.split_once("/v/").is_some_and(|(family, _)| arn.contains(&format!("/{family}/")))
    };
    if STANDARDS.iter().any(of_another_version) { None } else { Some(&[]) }
}

/// Rules of Config, by what they look at.
/// <https://docs.aws.amazon.com/config/latest/developerguide/managed-rules-by-aws-config.html>
pub static ROOT_KEY_RULES: [&str; 1] = ["IAM_ROOT_ACCESS_KEY_CHECK"];
pub static ROOT_MFA_RULES: [&str; 2] = ["ROOT_ACCOUNT_MFA_ENABLED", "ROOT_ACCOUNT_HARDWARE_MFA_ENABLED"];
pub static CREDENTIAL_RULES: [&str; 5] = [
    "ACCESS_KEYS_ROTATED",
    "IAM_USER_UNUSED_CREDENTIALS_CHECK",
    "IAM_USER_MFA_ENABLED",
    "MFA_ENABLED_FOR_IAM_CONSOLE_ACCESS",
    "IAM_PASSWORD_POLICY",
];

/// Owners of rules that AWS knows nothing of.
pub static CUSTOM_OWNERS: [&str; 2] = ["CUSTOM_LAMBDA", "CUSTOM_POLICY"];

/// The control of Control Tower that denies the root user everything, by its name and in the control catalogue.
/// <https://docs.aws.amazon.com/controltower/latest/controlreference/strongly-recommended-preventive-controls.html>
/// <https://docs.aws.amazon.com/controlcatalog/latest/APIReference/API_ControlParameter.html>
pub static ROOT_CONTROLS: [&str; 2] = ["AWS-GR_RESTRICT_ROOT_USER", "5kvme4m5d2b4d7if2fs5yg2ui"];

/// What an organization has to manage of its members' root users, and the service that it trusts with it.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-enable-root-access.html>
pub const ROOT_CREDENTIALS: &str = "RootCredentialsManagement";
pub const ROOT_SESSIONS: &str = "RootSessions";
pub const TRUSTED_SERVICE: &str = "iam.amazonaws.com";

/// The kind of policy that can deny, which a Terraform policy is where it does not say.
pub const SERVICE_CONTROL_POLICY: &str = "SERVICE_CONTROL_POLICY";
/// Attached to everything by AWS itself.
pub const FULL_ACCESS: &str = "p-FullAWSAccess";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_is_relevant_and_stands_once() {
        for (name, _) in WATCHES.written() {
            assert!(crate::catalog::is_relevant(name), "{name}");
            assert_eq!(WATCHES.written().iter().filter(|(other, _)| other == name).count(), 1, "{name}");
            assert!(!reads(name).is_empty(), "{name}");
        }
    }

    #[test]
    fn a_control_goes_by_its_id_and_by_its_arns() {
        let arn = |rest: &str| control(&format!("arn:aws:securityhub:eu-west-1:111122223333:{rest}"));
        assert_eq!(control("IAM.4"), Some(("IAM.4", Guards::RootKeys)));
        assert_eq!(arn("security-control/EC2.8"), Some(("EC2.8", Guards::Imds)));
        assert_eq!(
            arn("control/aws-foundational-security-best-practices/v/1.0.0/IAM.6"),
            Some(("IAM.6", Guards::RootMfa))
        );
        assert_eq!(
            arn("control/cis-aws-foundations-benchmark/v/1.2.0/1.12"),
            Some(("1.12", Guards::RootKeys))
        );
        assert_eq!(arn("control/cis-aws-foundations-benchmark/v/1.4.0/1.12"), None);
        assert_eq!(control("IAM.40"), None);
        assert_eq!(control("1.12"), None);
    }

    #[test]
    fn a_standard_brings_what_its_version_brings() {
        let of = |rest: &str| standard(&format!("arn:aws:securityhub:{rest}"));
        let has = |rest: &str, rule: &str| of(rest).is_some_and(|rules| rules.contains(&rule));
        assert!(has("eu-west-1::standards/pci-dss/v/3.2.1", "IAM_ROOT_ACCESS_KEY_CHECK"));
        assert!(!has("eu-west-1::standards/pci-dss/v/4.0.1", "IAM_ROOT_ACCESS_KEY_CHECK"));
        assert!(has("::ruleset/cis-aws-foundations-benchmark/v/1.2.0", "ROOT_ACCOUNT_MFA_ENABLED"));
        assert_eq!(of("eu-west-1::standards/pci-dss/v/9.0.0"), None);
        assert_eq!(of("eu-west-1::standards/aws-resource-tagging-standard/v/1.0.0"), Some(&[][..]));
        for name in DEFAULT_STANDARDS {
            assert!(of(&format!("eu-west-1::standards/{name}")).is_some_and(|rules| !rules.is_empty()));
        }
    }
}
