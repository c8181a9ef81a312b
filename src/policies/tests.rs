//! Every case fails on its bad fact and is compliant, not skipped, on its good one; and the catalogue is whole.

use super::guard::run;
use super::sieve::Sieve;
use super::{EMBEDDED, Policy, builtin, judge};
use crate::facts::testing::Case;
use crate::facts::{Concept, Facts};
use serde_json::{Value as Json, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

fn base(concept: Concept) -> Json {
    match concept {
        Concept::Computes => json!({
            "kind": "instance", "role": "launch", "host": "account", "template_version": "not-applicable",
            "profile": {"state": "present", "decided_by": "own", "users": "not-applicable"},
            "imds": {"endpoint": "absent", "tokens": "required", "decided_by": "own", "choosable": "no", "settable": "yes",
                "hop_limit": "absent", "account_default": "none", "image": "none", "users": "not-applicable"},
        }),
        Concept::AccessKeys => {
            json!({"by": "resource", "owner": "user", "status": "active", "storage": "not-applicable"})
        }
        Concept::Handovers => json!({"handed": "key", "place": "compute"}),
        Concept::Credentials => json!({"kind": "iam-user", "expires": "never", "with_key": "no"}),
        Concept::Profiles => json!({"role": "absent"}),
        Concept::MetadataDefaults => json!({"source": "account", "tokens": "optional"}),
        Concept::PasswordPolicies => json!({"length": 6, "kinds": 4, "age": "known"}),
        Concept::Trusts => json!({
            "principal": "service", "actions": "named", "narrowed": "absent", "federation": "none",
            "audience": "not-applicable", "owner": "not-applicable",
        }),
        Concept::Sessions => {
            json!({"kind": "role", "seconds": "absent", "source_identity": "not-applicable"})
        }
        Concept::Workloads => json!({"kind": "ECS task definition", "role": "absent"}),
        Concept::Guests => json!({"what": "classic-flow", "state": "on"}),
        Concept::StsEndpoints => json!({"place": "provider", "endpoint": "global"}),
        Concept::Permissions => json!({"holder": "user", "allows": "sensitive", "mfa": "absent"}),
        Concept::Rotations => json!({"rotation": "absent", "describes": "no"}),
        Concept::RootGuards => json!({"kind": "detector", "guards": "root-use", "state": "off"}),
        Concept::Organizations => json!({
            "root_credentials": "absent", "root_sessions": "absent", "trusted_access": "absent", "root_policy": "absent",
        }),
        Concept::Trails => json!({"root_alarm": "absent"}),
        Concept::Recorders => json!({"root_keys": "absent", "root_mfa": "absent", "credentials": "absent"}),
        Concept::Unmarked => json!({"what": "variable"}),
        Concept::Secrets => json!({
            "detector": "none", "class": "none", "place": "sensitive-attribute", "confidence": "high",
            "value": "known", "example": "no", "placeholder": "no", "mock": "no",
        }),
        Concept::Exceptions => json!({
            "form": "sound", "names": "policy", "reason": "present", "until": "none", "effect": "silences",
        }),
    }
}

type Fields = &'static [(&'static str, &'static str)];

/// Rule, what its bad fact has other than the base, and what makes it good again.
const CASES: &[(&str, Fields, (&str, &str))] = &[
    ("access_key_resource_active", &[], ("/storage", "encrypted")),
    ("access_key_resource_clear", &[("/storage", "clear")], ("/storage", "encrypted")),
    ("access_key_resource_encrypted", &[("/storage", "encrypted")], ("/storage", "clear")),
    ("access_key_resource_inactive", &[("/status", "inactive")], ("/status", "active")),
    ("access_key_resource_script", &[("/by", "script")], ("/by", "resource")),
    ("access_key_resource_template", &[("/by", "template")], ("/by", "resource")),
    ("root_access_key_root", &[("/owner", "root")], ("/owner", "user")),
    ("root_access_key_caller", &[("/by", "script"), ("/owner", "caller")], ("/owner", "user")),
    ("root_guard_off_detector", &[], ("/state", "on")),
    ("root_guard_off_control", &[("/kind", "control")], ("/state", "on")),
    ("root_guard_off_imds", &[("/kind", "control"), ("/guards", "imds")], ("/state", "on")),
    ("root_guard_off_rule", &[("/kind", "event-rule")], ("/state", "on")),
    ("root_guard_off_alarm", &[("/kind", "alarm")], ("/state", "on")),
    ("root_guard_off_recorder", &[("/kind", "recorder")], ("/state", "on")),
    ("root_credentials_not_central_unmanaged", &[], ("/root_credentials", "present")),
    (
        "root_credentials_not_central_sessions",
        &[("/root_credentials", "present")],
        ("/root_sessions", "present"),
    ),
    (
        "root_credentials_not_central_untrusted",
        &[("/root_credentials", "present")],
        ("/trusted_access", "present"),
    ),
    (
        "root_credentials_not_central_open",
        &[("/root_credentials", "unknown")],
        ("/root_credentials", "present"),
    ),
    (
        "root_credentials_not_central_open_sessions",
        &[("/root_credentials", "present"), ("/root_sessions", "unknown")],
        ("/root_sessions", "present"),
    ),
    (
        "root_credentials_not_central_open_trust",
        &[("/root_credentials", "present"), ("/trusted_access", "unknown")],
        ("/trusted_access", "present"),
    ),
    ("no_root_scp_absent", &[], ("/root_policy", "present")),
    ("no_root_scp_unattached", &[("/root_policy", "idle")], ("/root_policy", "present")),
    ("no_root_scp_open", &[("/root_policy", "unknown")], ("/root_policy", "present")),
    ("no_root_alarm_absent", &[], ("/root_alarm", "present")),
    ("no_root_alarm_silent", &[("/root_alarm", "idle")], ("/root_alarm", "present")),
    ("no_root_alarm_open", &[("/root_alarm", "unknown")], ("/root_alarm", "present")),
    ("no_root_config_rules_none", &[], ("/root_keys", "present")),
    ("no_root_config_rules_keys", &[("/root_mfa", "present")], ("/root_keys", "present")),
    ("no_root_config_rules_mfa", &[("/root_keys", "present")], ("/root_mfa", "present")),
    ("no_root_config_rules_open", &[("/root_keys", "unknown")], ("/root_keys", "present")),
    (
        "no_root_config_rules_open_mfa",
        &[("/root_keys", "present"), ("/root_mfa", "unknown")],
        ("/root_mfa", "present"),
    ),
    ("no_credential_audit_absent", &[], ("/credentials", "present")),
    ("no_credential_audit_open", &[("/credentials", "unknown")], ("/credentials", "present")),
    ("access_key_literal_literal", &[("/class", "access-key")], ("/class", "token")),
    ("access_key_literal_example", &[("/class", "access-key"), ("/example", "yes")], ("/class", "none")),
    ("static_provider_credentials_literal", &[("/place", "provider-argument")], ("/value", "partial")),
    (
        "static_provider_credentials_partial",
        &[("/place", "backend-argument"), ("/value", "partial")],
        ("/value", "known"),
    ),
    (
        "static_provider_credentials_variable",
        &[("/place", "provider-argument"), ("/value", "variable")],
        ("/value", "known"),
    ),
    ("temporary_key_literal_literal", &[("/class", "temporary-key")], ("/class", "none")),
    (
        "temporary_key_literal_example",
        &[("/class", "temporary-key"), ("/example", "yes")],
        ("/class", "none"),
    ),
    ("temporary_key_literal_state", &[("/place", "state"), ("/class", "temporary-key")], ("/class", "none")),
    ("secret_in_environment_or_script_known", &[("/place", "container")], ("/value", "partial")),
    ("credential_url_high", &[("/class", "credential-url")], ("/class", "none")),
    ("credential_url_medium", &[("/class", "credential-url"), ("/confidence", "medium")], ("/class", "none")),
    ("credential_url_state", &[("/place", "state"), ("/class", "credential-url")], ("/class", "none")),
    (
        "credential_url_state_medium",
        &[("/place", "state"), ("/class", "credential-url"), ("/confidence", "medium")],
        ("/class", "none"),
    ),
    (
        "documentation_example_example",
        &[("/place", "text"), ("/class", "access-key"), ("/example", "yes")],
        ("/class", "token"),
    ),
    ("literal_in_sensitive_attribute_known", &[], ("/value", "partial")),
    ("literal_in_sensitive_attribute_placeholder", &[("/placeholder", "yes")], ("/value", "partial")),
    ("literal_in_sensitive_attribute_identifier", &[("/confidence", "low")], ("/value", "partial")),
    ("literal_in_sensitive_attribute_partial", &[("/value", "partial")], ("/value", "known")),
    ("known_token_high", &[("/class", "token")], ("/class", "none")),
    ("known_token_medium", &[("/class", "token"), ("/confidence", "medium")], ("/class", "none")),
    ("private_key_literal", &[("/class", "private-key")], ("/class", "none")),
    ("literal_in_sensitive_attribute_state", &[("/place", "state")], ("/value", "partial")),
    (
        "literal_in_sensitive_attribute_state_identifier",
        &[("/place", "state"), ("/confidence", "low")],
        ("/value", "partial"),
    ),
    ("access_key_literal_history", &[("/place", "history"), ("/class", "access-key")], ("/class", "none")),
    ("known_token_history", &[("/place", "history"), ("/class", "token")], ("/class", "none")),
    (
        "known_token_history_medium",
        &[("/place", "history"), ("/class", "token"), ("/confidence", "medium")],
        ("/class", "none"),
    ),
    ("private_key_history", &[("/place", "history"), ("/class", "private-key")], ("/class", "none")),
    ("access_key_literal_state", &[("/place", "state"), ("/class", "access-key")], ("/class", "none")),
    ("known_token_state", &[("/place", "state"), ("/class", "token")], ("/class", "none")),
    (
        "known_token_state_medium",
        &[("/place", "state"), ("/class", "token"), ("/confidence", "medium")],
        ("/class", "none"),
    ),
    ("private_key_state", &[("/place", "state"), ("/class", "private-key")], ("/class", "none")),
    ("exception_not_understood_form", &[("/form", "unclear")], ("/form", "sound")),
    ("exception_not_understood_unknown", &[("/names", "unknown")], ("/names", "policy")),
    ("exception_not_understood_family", &[("/names", "family")], ("/names", "policy")),
    ("exception_not_understood_itself", &[("/names", "exceptions")], ("/names", "policy")),
    ("exception_without_reason_absent", &[("/reason", "absent")], ("/reason", "present")),
    ("exception_expired_past", &[("/until", "past")], ("/until", "coming")),
    ("exception_without_effect_unused", &[("/effect", "nothing")], ("/effect", "silences")),
    ("exception_without_effect_overruled", &[("/effect", "overruled")], ("/effect", "silences")),
    ("prefer_managed_secret_parameter", &[("/value", "plain-parameter")], ("/value", "known")),
    ("prefer_managed_secret_generated", &[("/value", "generated")], ("/value", "known")),
    ("prefer_managed_secret_handed", &[("/value", "handed")], ("/value", "known")),
    ("prefer_managed_secret_clear", &[("/value", "clear-parameter")], ("/value", "known")),
    ("secret_default_known", &[("/place", "declaration")], ("/value", "partial")),
    (
        "secret_default_placeholder",
        &[("/place", "declaration"), ("/placeholder", "yes")],
        ("/value", "partial"),
    ),
    ("unmarked_secret_variable", &[], ("/what", "parameter")),
    ("unmarked_secret_parameter", &[("/what", "parameter")], ("/what", "variable")),
    ("unmarked_secret_output", &[("/what", "output")], ("/what", "variable")),
    ("unmarked_secret_stack_output", &[("/what", "stack-output")], ("/what", "variable")),
    ("unmarked_secret_metadata", &[("/what", "metadata")], ("/what", "variable")),
    ("unmarked_secret_insecure_value", &[("/what", "insecure-value")], ("/what", "variable")),
    ("secret_without_rotation_absent", &[], ("/rotation", "present")),
    ("secret_without_rotation_open", &[("/rotation", "unknown")], ("/rotation", "present")),
    ("instance_without_profile_absent", &[("/profile/state", "absent")], ("/profile/state", "present")),
    ("instance_without_profile_open", &[("/profile/state", "unknown")], ("/profile/state", "present")),
    (
        "template_without_profile_taken",
        &[("/role", "template"), ("/profile/users", "taking"), ("/profile/state", "absent")],
        ("/profile/state", "present"),
    ),
    (
        "template_without_profile_unused",
        &[("/role", "template"), ("/profile/users", "none"), ("/profile/state", "absent")],
        ("/profile/state", "present"),
    ),
    (
        "template_without_profile_open",
        &[("/role", "template"), ("/profile/users", "mixed"), ("/profile/state", "unknown")],
        ("/profile/state", "present"),
    ),
    ("imdsv1_allowed_optional", &[("/imds/tokens", "optional")], ("/imds/tokens", "required")),
    ("imdsv1_allowed_choosable", &[("/imds/choosable", "yes")], ("/imds/choosable", "no")),
    ("imdsv1_allowed_open", &[("/imds/tokens", "unknown")], ("/imds/tokens", "required")),
    (
        "imdsv1_allowed_endpoint",
        &[("/imds/tokens", "optional"), ("/imds/endpoint", "unknown")],
        ("/imds/tokens", "required"),
    ),
    (
        "imdsv2_not_required_endpoint",
        &[("/imds/tokens", "absent"), ("/imds/decided_by", "service"), ("/imds/endpoint", "unknown")],
        ("/imds/tokens", "required"),
    ),
    (
        "imdsv2_not_required_unset",
        &[("/imds/tokens", "absent"), ("/imds/decided_by", "service")],
        ("/imds/tokens", "required"),
    ),
    (
        "imdsv2_not_required_unsettable",
        &[("/imds/tokens", "absent"), ("/imds/decided_by", "service"), ("/imds/settable", "no")],
        ("/imds/tokens", "required"),
    ),
    (
        "imdsv2_not_required_service",
        &[("/imds/tokens", "absent"), ("/imds/decided_by", "service"), ("/host", "service")],
        ("/imds/tokens", "required"),
    ),
    (
        "imdsv2_not_required_default",
        &[("/imds/tokens", "absent"), ("/imds/decided_by", "account"), ("/imds/account_default", "required")],
        ("/imds/tokens", "required"),
    ),
    (
        "imdsv2_not_required_image",
        &[("/imds/tokens", "absent"), ("/imds/decided_by", "image"), ("/imds/image", "required")],
        ("/imds/tokens", "required"),
    ),
    (
        "imdsv2_not_required_older",
        &[("/template_version", "default"), ("/imds/decided_by", "template")],
        ("/template_version", "newest"),
    ),
    (
        "imdsv2_not_required_open",
        &[("/imds/tokens", "unknown"), ("/imds/decided_by", "elsewhere")],
        ("/imds/tokens", "required"),
    ),
    ("key_handed_on_compute", &[], ("/place", "store")),
    ("key_handed_on_named", &[("/handed", "named")], ("/place", "store")),
    ("key_handed_on_workstation", &[("/place", "workstation")], ("/place", "store")),
    ("key_handed_on_output", &[("/place", "output")], ("/place", "store")),
    ("key_handed_on_parameter", &[("/place", "parameter")], ("/place", "store")),
    ("key_handed_on_file", &[("/place", "file")], ("/place", "store")),
    ("key_handed_on_cluster", &[("/place", "cluster")], ("/place", "store")),
    ("key_handed_on_stored", &[("/place", "store")], ("/place", "file")),
    ("key_handed_on_fetched", &[("/place", "store"), ("/handed", "named")], ("/place", "file")),
    ("other_long_lived_credential_bucket_key", &[("/kind", "bucket-key")], ("/kind", "iam-user")),
    (
        "other_long_lived_credential_service_credential",
        &[("/kind", "service-credential")],
        ("/expires", "known"),
    ),
    (
        "other_long_lived_credential_ageing_credential",
        &[("/kind", "service-credential"), ("/expires", "known")],
        ("/expires", "never"),
    ),
    ("other_long_lived_credential_certificate", &[("/kind", "signing-certificate")], ("/kind", "iam-user")),
    ("other_long_lived_credential_ssh_key", &[("/kind", "user-ssh-key")], ("/kind", "iam-user")),
    ("other_long_lived_credential_root_key_pair", &[("/kind", "root-key-pair")], ("/kind", "iam-user")),
    ("other_long_lived_credential_service_key", &[("/kind", "service-api-key")], ("/kind", "iam-user")),
    ("iam_user_user", &[], ("/with_key", "yes")),
    ("user_with_console_password_password", &[("/kind", "console-password")], ("/kind", "iam-user")),
    ("ssh_key_pair_pair", &[("/kind", "instance-key-pair")], ("/kind", "iam-user")),
    ("empty_profile_empty", &[], ("/role", "present")),
    ("hop_limit_far", &[("/imds/hop_limit", "3")], ("/imds/hop_limit", "2")),
    ("workload_without_role_absent", &[], ("/role", "present")),
    ("workload_without_role_unknown", &[("/role", "unknown")], ("/role", "present")),
    ("session_too_long_role", &[("/seconds", "14401")], ("/seconds", "14400")),
    (
        "session_too_long_permission_set",
        &[("/kind", "permission-set"), ("/seconds", "28801")],
        ("/seconds", "28800"),
    ),
    ("session_too_long_unknown", &[("/seconds", "unknown")], ("/seconds", "absent")),
    ("open_trust_anyone", &[("/principal", "anyone")], ("/narrowed", "present")),
    ("open_trust_anyone_else", &[("/principal", "anyone-else")], ("/principal", "role")),
    ("open_trust_all_actions", &[("/actions", "all")], ("/actions", "named")),
    ("open_trust_all_but_listed", &[("/actions", "all-but-listed")], ("/actions", "named")),
    ("open_trust_foreign", &[("/principal", "foreign-account")], ("/narrowed", "present")),
    ("open_trust_some_account", &[("/principal", "some-account")], ("/narrowed", "present")),
    (
        "open_trust_audience",
        &[("/federation", "web-identity"), ("/audience", "absent")],
        ("/audience", "present"),
    ),
    (
        "open_trust_saml_audience",
        &[("/federation", "saml"), ("/audience", "absent")],
        ("/audience", "present"),
    ),
    ("open_trust_owner", &[("/owner", "absent")], ("/owner", "named")),
    ("open_trust_owner_open", &[("/owner", "open")], ("/owner", "named")),
    ("open_trust_owner_unknown", &[("/owner", "unknown")], ("/owner", "named")),
    ("open_trust_unknown", &[("/principal", "unknown")], ("/narrowed", "present")),
    ("no_source_identity_absent", &[("/source_identity", "absent")], ("/source_identity", "present")),
    ("guest_identities_same_role", &[("/what", "guest-role"), ("/state", "same")], ("/state", "own")),
    (
        "guest_identities_everything",
        &[("/what", "guest-actions"), ("/state", "everything")],
        ("/state", "some"),
    ),
    ("guest_identities_classic_flow", &[], ("/state", "off")),
    (
        "guest_identities_ambiguous",
        &[("/what", "ambiguous-role"), ("/state", "authenticated")],
        ("/state", "denied"),
    ),
    ("guest_identities_classic_flow_unknown", &[("/state", "unknown")], ("/state", "off")),
    ("sts_global_endpoint_url", &[], ("/endpoint", "regional")),
    ("sts_global_endpoint_variable", &[("/place", "environment")], ("/endpoint", "regional")),
    ("sts_global_endpoint_account", &[("/place", "account")], ("/endpoint", "regional")),
    ("sts_global_endpoint_unknown", &[("/endpoint", "unknown")], ("/endpoint", "regional")),
    ("sensitive_action_without_mfa_everything", &[("/allows", "everything")], ("/mfa", "present")),
    ("sensitive_action_without_mfa_sensitive", &[], ("/mfa", "present")),
    ("sensitive_action_without_mfa_permission_set", &[("/holder", "permission-set")], ("/mfa", "present")),
    ("sensitive_action_without_mfa_unknown", &[("/mfa", "unknown")], ("/mfa", "present")),
    ("weak_password_policy_short", &[], ("/length", "14")),
    ("weak_password_policy_plain", &[("/kinds", "2")], ("/kinds", "3")),
    ("weak_password_policy_eternal", &[("/age", "never")], ("/age", "known")),
    ("weak_metadata_default_optional", &[], ("/tokens", "required")),
    ("weak_metadata_default_unset", &[("/tokens", "absent")], ("/tokens", "required")),
    ("weak_metadata_default_image", &[("/source", "image"), ("/tokens", "absent")], ("/tokens", "required")),
];

fn set(fact: &mut Json, field: &str, value: &str) {
    let number: Option<u32> = value.parse().ok();
    *fact.pointer_mut(field).unwrap() = number.map_or_else(|| json!(value), |number| json!(number));
}

/// `(failed, compliant)` rules for one fact.
fn statuses(policy: &Policy, fact: &Json) -> (BTreeSet<String>, BTreeSet<String>) {
    let document = json!({ policy.concept.unwrap().key(): { "x0": fact } }).to_string();
    let report = run(json!({ "rules": [policy.text], "data": [document] }).to_string()).unwrap();
    let failed = report.pointer("/0/not_compliant").and_then(Json::as_array).into_iter().flatten();
    let compliant = report.pointer("/0/compliant").and_then(Json::as_array).into_iter().flatten();
    (
        failed.filter_map(|rule| Some(rule.pointer("/Rule/name")?.as_str()?.to_owned())).collect(),
        compliant.filter_map(|rule| Some(rule.as_str()?.to_owned())).collect(),
    )
}

fn policy_of<'p>(policies: &'p [Policy], rule: &str) -> &'p Policy {
    let has = |policy: &&Policy| policy.cases.iter().any(|case| policy.rule(case) == rule);
    policies.iter().find(has).unwrap_or_else(|| panic!("{rule} is a case of no policy"))
}

#[test]
fn each_case_fails_on_its_bad_fact_and_is_compliant_on_its_good_one() {
    let policies = builtin().unwrap();
    for (rule, fields, (field, value)) in CASES {
        let policy = policy_of(&policies, rule);
        let mut fact = base(policy.concept.unwrap());
        fields.iter().for_each(|(field, value)| set(&mut fact, field, value));
        assert!(statuses(policy, &fact).0.contains(*rule), "{rule} does not fail on {fact}");
        set(&mut fact, field, value);
        let (failed, compliant) = statuses(policy, &fact);
        assert!(compliant.contains(*rule) && !failed.contains(*rule), "{rule} is not compliant on {fact}");
    }
}

#[test]
fn each_case_has_a_bad_and_a_good_fact() {
    let policies = builtin().unwrap();
    let stated: BTreeSet<String> = CASES.iter().map(|(rule, ..)| (*rule).to_owned()).collect();
    let all: BTreeSet<String> =
        policies.iter().flat_map(|policy| policy.cases.iter().map(|case| policy.rule(case))).collect();
    assert_eq!(stated, all);
}

/// A key that is missing is skipped by Guard without a word: so a rule may only name keys that facts have.
#[test]
fn renaming_a_key_that_a_case_reads_changes_its_verdict() {
    let policies = builtin().unwrap();
    for (rule, fields, _) in CASES {
        let policy = policy_of(&policies, rule);
        let mut fact = base(policy.concept.unwrap());
        fields.iter().for_each(|(field, value)| set(&mut fact, field, value));
        let body = body_of(policy, rule);
        for key in keys(&base(policy.concept.unwrap())) {
            if reads(&body, &key) {
                let renamed: Json = serde_json::from_str(&rename(&fact, &key)).unwrap();
                let (failed, _) = statuses(policy, &renamed);
                let still = failed.contains(*rule) && reads_all(policy, rule, &renamed);
                assert!(!still, "{rule} says the same when `{key}` is called otherwise");
            }
        }
    }
}

fn body_of(policy: &Policy, rule: &str) -> String {
    let after = policy.text.split(&format!("rule {rule} ")).nth(1).unwrap();
    after.split("\n}").next().unwrap().to_owned()
}

fn reads(body: &str, key: &str) -> bool {
    // What stands in quotes is a value.
    let mut outside = body.split('\'').step_by(2);
    outside.any(|text| text.split(|c: char| !(c.is_alphanumeric() || c == '_')).any(|word| word == key))
}

fn keys(fact: &Json) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    if let Json::Object(fields) = fact {
        for (key, value) in fields {
            found.insert(key.clone());
            found.extend(keys(value));
        }
    }
    found
}

fn rename(fact: &Json, key: &str) -> String {
    fact.to_string().replace(&format!("\"{key}\":"), &format!("\"{key}x\":"))
}

/// Guard fails a clause whose key is missing as well, but then reports no value that it compared.
fn reads_all(policy: &Policy, rule: &str, fact: &Json) -> bool {
    let document = json!({ policy.concept.unwrap().key(): { "x0": fact } }).to_string();
    let report = run(json!({ "rules": [policy.text], "data": [document] }).to_string()).unwrap();
    let failed = report.pointer("/0/not_compliant").and_then(Json::as_array).cloned().unwrap_or_default();
    let found = failed.iter().find(|found| found.pointer("/Rule/name").and_then(Json::as_str) == Some(rule));
    found.is_some_and(|found| found.to_string().contains("Resolved\":{\"from"))
}

/// The exact keys and values of facts are a contract with every policy.
#[test]
fn facts_have_exactly_these_keys() {
    let case = Case::terraform()
        .with(
            "aws_instance",
            "i.a",
            json!({"iam_instance_profile": "p", "metadata_options": [{"http_tokens": "required"}]}),
        )
        .with("aws_iam_access_key", "k.a", json!({"user": "x"}))
        .with(
            "aws_lambda_function",
            "f.a",
            json!({"environment": {"variables": {"K": {"$ref": "aws_iam_access_key.a.secret"}}}}),
        )
        .with("aws_iam_user", "u.a", json!({"name": "y"}))
        .with("aws_iam_instance_profile", "p.a", json!({"name": "p"}))
        .with("aws_ec2_instance_metadata_defaults", "d.a", json!({"http_tokens": "optional", "region": "r"}))
        .with("aws_secretsmanager_secret", "n.a", json!({"name": "r"}))
        .with("aws_ssm_parameter", "u.a", json!({"name": "/db/password", "insecure_value": {"$var": "x"}}))
        .with("aws_iam_account_password_policy", "w.a", json!({"max_password_age": "90"}))
        .with(
            "aws_iam_role",
            "r.a",
            json!({"assume_role_policy": {"Statement": {
                "Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "ec2.amazonaws.com"},
            }}}),
        )
        .with("aws_ecs_task_definition", "o.a", json!({}))
        .with("aws_cognito_identity_pool", "g.a", json!({"allow_classic_flow": true}))
        .with("provider.aws", "provider.aws", json!({"endpoints": [{"sts": "https://sts.amazonaws.com"}]}))
        .with(
            "aws_iam_user_policy",
            "m.a",
            json!({"user": "y", "policy": {"Statement": {
                "Effect": "Allow", "Action": "ec2:*", "Resource": "*",
            }}}),
        )
        .with("aws_guardduty_detector", "g.a", json!({"enable": "false"}))
        .with("aws_organizations_organization", "o.a", json!({}))
        .with("aws_cloudtrail", "t.a", json!({}))
        .with("aws_config_configuration_recorder", "r.a", json!({}))
        .with("aws_db_instance", "db.a", json!({"password": "hunter22"}));
    let document = case.facts().document().unwrap();
    let mut compute = base(Concept::Computes);
    set(&mut compute, "/imds/endpoint", "absent");
    let mut insecure = base(Concept::Unmarked);
    set(&mut insecure, "/what", "insecure-value");
    let mut key = base(Concept::AccessKeys);
    set(&mut key, "/storage", "clear");
    let mut policy = base(Concept::PasswordPolicies);
    set(&mut policy, "/kinds", "0");
    let expected = json!({
        "version": 1,
        "computes": {"c0": compute},
        "access_keys": {"k0": key},
        "handovers": {"h0": base(Concept::Handovers)},
        "credentials": {"l0": base(Concept::Credentials)},
        "profiles": {"p0": base(Concept::Profiles)},
        "metadata_defaults": {"d0": base(Concept::MetadataDefaults)},
        "password_policies": {"w0": policy},
        "trusts": {"a0": base(Concept::Trusts)},
        "sessions": {"n0": base(Concept::Sessions)},
        "workloads": {"b0": base(Concept::Workloads)},
        "guests": {"v0": base(Concept::Guests)},
        "sts_endpoints": {"e0": base(Concept::StsEndpoints)},
        "permissions": {"m0": base(Concept::Permissions)},
        "rotations": {"x0": base(Concept::Rotations)},
        "root_guards": {"g0": base(Concept::RootGuards)},
        "organizations": {"o0": base(Concept::Organizations)},
        "trails": {"t0": base(Concept::Trails)},
        "recorders": {"r0": base(Concept::Recorders)},
        "unmarked": {"u0": insecure},
        "secrets": {"s0": base(Concept::Secrets)},
        "exceptions": {},
    });
    assert_eq!(document, expected);
}

fn varied() -> Facts {
    let mut case = Case::terraform();
    let tokens = ["required", "optional", "odd"];
    for at in 0..24 {
        let mut body = json!({"metadata_options": [{"http_tokens": tokens[at % 3], "http_put_response_hop_limit": at % 4}]});
        if at % 2 == 0 {
            body["iam_instance_profile"] = json!("p");
        }
        if at % 5 == 0 {
            body["metadata_options"] = json!([{"http_endpoint": "disabled"}]);
        }
        case = case
            .with("aws_instance", &format!("i.{at}"), body.clone())
            .with("aws_launch_template", &format!("t.{at}"), body)
            .with(
                "aws_iam_access_key",
                &format!("k.{at}"),
                json!({"user": if at % 7 == 0 { "root" } else { "x" }}),
            )
            .with("aws_db_instance", &format!("db.{at}"), json!({"password": "hunter22"}));
    }
    case.facts()
}

#[test]
fn judging_fact_by_fact_gives_the_verdicts_of_the_whole_document() {
    let policies = builtin().unwrap();
    let whole = varied();
    let together = judge(&whole, &policies).unwrap();
    let mut apart = Vec::new();
    for concept in Concept::ALL {
        for at in 0..whole.len(concept) {
            let mut one = Facts::default();
            let (fact, subject) = whole.of(concept)[at].clone();
            one.push(*fact, (*subject).clone());
            let alone = judge(&one, &policies).unwrap();
            apart.extend(alone.into_iter().map(|judgement| super::Judgement { fact: at, ..judgement }));
        }
    }
    apart.sort_unstable();
    assert!(together.len() > 40);
    assert_eq!(together, apart);
}

#[test]
fn files_and_catalogue_and_documents_are_in_step() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let stems = |extension: &str| -> BTreeSet<String> {
        let files = std::fs::read_dir(root.join("policies")).unwrap();
        files
            .filter_map(|file| {
                file.unwrap().file_name().into_string().unwrap().strip_suffix(extension).map(Into::into)
            })
            .collect()
    };
    let listed: BTreeSet<String> = EMBEDDED.iter().map(|embedded| embedded.stem.to_owned()).collect();
    assert_eq!(stems(".guard"), listed);
    let pages: BTreeSet<String> = stems(".md").into_iter().filter(|stem| stem != "README").collect();
    assert_eq!(pages, listed);
    let policies = builtin().unwrap();
    for (policy, embedded) in policies.iter().zip(EMBEDDED) {
        assert_eq!(policy.name, embedded.stem);
        let title = format!("# {} {}", policy.id, policy.name);
        assert!(policy.page.starts_with(&title), "{}.md does not begin with `{title}`", policy.name);
        for part in ["## Why", "## Bad", "## Good", "## How to fix", "## When to suppress", "## References"] {
            assert!(policy.page.contains(part), "{}.md has no `{part}`", policy.name);
        }
    }
    let index = std::fs::read_to_string(root.join("policies/README.md")).unwrap();
    let rows: Vec<&str> = index.lines().filter(|line| line.contains(".md) | ")).collect();
    let expected: Vec<String> = policies
        .iter()
        .map(|policy| {
            let set = if policy.set == super::Set::Default { "default" } else { "strict" };
            format!("| {} | [{1}]({1}.md) | {set} | {2} |", policy.id, policy.name, policy.title)
        })
        .collect();
    assert_eq!(rows, expected);
    let ids: BTreeSet<&str> = policies.iter().map(|policy| policy.id.as_str()).collect();
    assert_eq!(ids.len(), policies.len());
}

/// Facts of a concept with one, two or many fields other than in the first: any text that a rule names, any number, and
/// things that no fact holds.
fn variations(concept: Concept, policies: &[Policy]) -> Vec<Json> {
    let mut texts: BTreeSet<&str> = BTreeSet::from(["something else"]);
    for policy in policies.iter().filter(|policy| policy.concept == Some(concept)) {
        let code = policy.text.lines().filter(|line| !line.starts_with('#'));
        texts.extend(code.flat_map(|line| line.split('\'').skip(1).step_by(2)));
    }
    let mut values: Vec<Json> = texts.iter().map(|text| json!(text)).collect();
    values.extend([0, 1, 2, 3, 7, 8, 9, 14400, 14401, 28800, 28801].map(|number| json!(number)));
    values.extend([json!(null), json!(true), json!([]), json!({}), json!(2.5), json!(["absent"])]);
    let base = base(concept);
    let fields: Vec<String> = keys(&base).iter().flat_map(|key| pointers(&base, key)).collect();
    let mut state = 1u64;
    let mut random = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % below
    };
    let mut facts: Vec<Json> = vec![base.clone()];
    for field in &fields {
        for value in &values {
            let mut fact = base.clone();
            *fact.pointer_mut(field).unwrap() = value.clone();
            facts.push(fact);
        }
    }
    for _ in 0..150 {
        let mut fact = base.clone();
        for field in &fields {
            if random(3) > 0 {
                let among = if random(4) == 0 { values.len() } else { texts.len() };
                let value = values[random(among)].clone();
                if let Some(place) = fact.pointer_mut(field) {
                    *place = value;
                }
            }
        }
        facts.push(fact);
    }
    facts
}

fn pointers(fact: &Json, key: &str) -> Vec<String> {
    let Json::Object(fields) = fact else { return Vec::new() };
    let inner = fields
        .iter()
        .flat_map(|(name, value)| pointers(value, key).into_iter().map(move |rest| format!("/{name}{rest}")));
    fields.contains_key(key).then(|| format!("/{key}")).into_iter().chain(inner).collect()
}

/// Whatever Guard fails has to be suspected, and of facts as they are nothing else, or there is no gain in it.
#[test]
fn the_sieve_suspects_what_guard_fails() {
    let policies = builtin().unwrap();
    for concept in Concept::ALL {
        let own: Vec<&Policy> = policies.iter().filter(|policy| policy.concept == Some(concept)).collect();
        let facts = variations(concept, &policies);
        let keyed: serde_json::Map<String, Json> =
            facts.iter().enumerate().map(|(at, fact)| (format!("x{at}"), fact.clone())).collect();
        let document = json!({ concept.key(): keyed }).to_string();
        let rules: Vec<&str> = own.iter().map(|policy| &*policy.text).collect();
        let report = run(json!({ "rules": rules, "data": [document] }).to_string()).unwrap();
        let mut failed: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
        for rule in report.pointer("/0/not_compliant").and_then(Json::as_array).into_iter().flatten() {
            let name = rule.pointer("/Rule/name").unwrap().as_str().unwrap().to_owned();
            let text = rule.to_string();
            let beginning = format!("/{}/x", concept.key());
            let paths = text.split(&beginning).skip(1);
            let numbers = paths.map(|path| path.split(|c: char| !c.is_ascii_digit()).next().unwrap());
            failed.entry(name).or_default().extend(numbers.map(|number| number.parse::<usize>().unwrap()));
        }
        for policy in own {
            let name = &policy.name;
            let asks =
                || Sieve::of(&policy.text, concept.key()).unwrap_or_else(|| panic!("{name} is not plain"));
            for (at, fact) in facts.iter().enumerate() {
                let mut sieve = asks();
                sieve.suspects(fact);
                let suspected = sieve.suspected();
                for case in &policy.cases {
                    let rule = policy.rule(case);
                    let is_suspect = suspected.contains(&format!("rule {rule} "));
                    let fails = failed.get(&rule).is_some_and(|failed| failed.contains(&at));
                    assert!(is_suspect || !fails, "{rule} fails and is not suspected: {fact}");
                    assert!(
                        fails || !is_suspect || !is_like(fact, &base(concept)),
                        "{rule} is suspected for nothing: {fact}"
                    );
                }
            }
        }
    }
}

/// Whether a fact has the fields that facts of its concept have, with values of their types.
fn is_like(fact: &Json, other: &Json) -> bool {
    match (fact.as_object(), other.as_object()) {
        (Some(fields), Some(others)) => {
            fields.len() == others.len()
                && fields
                    .iter()
                    .all(|(key, value)| others.get(key).is_some_and(|other| is_like(value, other)))
        }
        (None, None) => fact.is_string() || fact.is_i64() && other.is_i64(),
        (Some(_), None) | (None, Some(_)) => false,
    }
}

#[test]
fn the_sieve_leaves_to_guard_what_it_does_not_read() {
    let plain = "let most = 3\n\nrule a when trails !empty {\n    trails.* { when b is_int c.d NOT IN ['x', \"y\"] { b <= %most } }\n}\n";
    assert!(Sieve::of(plain, "trails").is_some());
    assert!(Sieve::of(plain, "guests").is_none());
    for (from, to) in [
        ("let most = 3", "let most = [3]"),
        ("let most = 3", "let most = 3\nlet more = trails.*"),
        ("%most", "%more"),
        ("b is_int", "some b is_int"),
        ("b is_int", "b exists"),
        ("b is_int", "b is_int or e == 'f'"),
        ("b is_int", "b[*] is_int"),
        ("b is_int", "b.0 is_int"),
        ("['x', \"y\"]", "[/x/]"),
        ("['x', \"y\"]", "['x\\'', 'y']"),
        ("{ b <= %most }", "{ b <= %most c == 'd' }"),
        ("{ b <= %most }", "{ b <= %most <<why>> }"),
        ("trails !empty", "trails exists"),
        ("}\n}\n", "} # why\n}\n"),
        ("\n}\n", "\n}\nrule b when a { trails.*.c == 'd' }\n"),
    ] {
        assert!(plain.contains(from), "{from}");
        let other = plain.replace(from, to);
        assert!(Sieve::of(&other, "trails").is_none(), "{other}");
    }
}
