//! The policies and what they say of facts. Knows no frontend and no syntax of the code that is judged.

mod guard;
mod header;
mod option;
pub mod own;
mod sieve;
#[cfg(test)]
mod tests;

pub use guard::{GuardError, Judgement, judge};
pub use header::{Case, HeaderError, Policy, Set, Verdict};
pub use option::PolicyOption;

/// A policy's rule file and page, as they stand in `policies/`.
#[derive(Debug)]
pub struct Embedded {
    pub stem: &'static str,
    pub guard: &'static str,
    pub page: &'static str,
}

macro_rules! embedded {
    ($($stem:literal),* $(,)?) => {
        &[$(Embedded {
            stem: $stem,
            guard: include_str!(concat!("../../policies/", $stem, ".guard")),
            page: include_str!(concat!("../../policies/", $stem, ".md")),
        }),*]
    };
}

/// Every policy of keyless, by code. Adding one is a pair of files and a line here.
pub static EMBEDDED: &[Embedded] = embedded![
    "access-key-resource",
    "access-key-literal",
    "static-provider-credentials",
    "key-handed-on",
    "temporary-key-literal",
    "other-long-lived-credential",
    "iam-user",
    "user-with-console-password",
    "root-access-key",
    "root-guard-off",
    "root-credentials-not-central",
    "no-root-scp",
    "no-root-alarm",
    "no-root-config-rules",
    "literal-in-sensitive-attribute",
    "known-token",
    "private-key",
    "secret-default",
    "secret-in-environment-or-script",
    "credential-url",
    "unmarked-secret",
    "prefer-managed-secret",
    "documentation-example",
    "secret-without-rotation",
    "instance-without-profile",
    "template-without-profile",
    "empty-profile",
    "ssh-key-pair",
    "imdsv1-allowed",
    "imdsv2-not-required",
    "hop-limit",
    "weak-metadata-default",
    "workload-without-role",
    "session-too-long",
    "open-trust",
    "no-source-identity",
    "guest-identities",
    "sts-global-endpoint",
    "sensitive-action-without-mfa",
    "weak-password-policy",
    "no-credential-audit",
    "exception-not-understood",
    "exception-without-reason",
    "exception-expired",
    "exception-without-effect",
];

/// The built-in policies.
///
/// # Errors
/// A header that does not follow the grammar: a bug in keyless, which a test excludes.
pub fn builtin() -> Result<Vec<Policy>, HeaderError> {
    EMBEDDED.iter().map(|embedded| Policy::parse(embedded.stem, embedded.guard, embedded.page)).collect()
}
