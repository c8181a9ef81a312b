//! What the command line says about policies.

/// A policy as it is listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    pub code: &'static str,
    pub name: &'static str,
    /// `default` or `strict`.
    pub set: &'static str,
    pub severity: &'static str,
    pub title: &'static str,
}

const fn default_error(code: &'static str, name: &'static str, title: &'static str) -> Entry {
    Entry { code, name, set: "default", severity: "error", title }
}

/// All policies, by code.
pub const ENTRIES: [Entry; 12] = [
    default_error("EC201", "instance-without-profile", "instance has no instance profile"),
    default_error("EC202", "template-without-profile", "launch template has no instance profile"),
    default_error("IMDS01", "imdsv1-allowed", "instance metadata accepts IMDSv1"),
    default_error("IMDS02", "imdsv2-not-required", "instance metadata does not require IMDSv2"),
    default_error("KEY01", "access-key-resource", "long-lived access key is created"),
    default_error("KEY02", "access-key-literal", "access key stands in the code"),
    default_error("KEY03", "static-provider-credentials", "provider uses static credentials"),
    default_error("ROOT01", "root-access-key", "access key of the root user is created"),
    default_error("SEC01", "literal-in-sensitive-attribute", "secret stands in the code"),
    default_error("SEC02", "known-token", "token of a known service stands in the code"),
    default_error("SEC03", "private-key", "private key stands in the code"),
    default_error("SEC04", "secret-default", "secret is the default of a parameter"),
];

/// Codes and names, as selection wants them.
#[must_use]
pub fn names() -> Vec<(&'static str, &'static str)> {
    ENTRIES.iter().map(|entry| (entry.code, entry.name)).collect()
}
