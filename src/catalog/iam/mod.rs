//! Identities: which attributes hold policies, whom these belong to, what starts sessions, what identity pools give to guests,
//! and where an endpoint of STS is chosen. Source: the schema of hashicorp/aws 6.66.0 and the registry of 2026-10-20.

mod grants;
mod pools;
mod words;
mod workloads;

pub use grants::*;
pub use pools::*;
pub use words::*;
pub use workloads::*;

use super::registry::{Renamed, Table, row};

/// IAM users.
static USERS: Table<&str> = Table::new(&["AWS::IAM::User", "aws_iam_user"]);

/// Whether a type is an IAM user.
pub fn is_user(type_name: &str) -> bool {
    USERS.find(type_name).is_some()
}

/// An identity provider of IAM; one with a URL issues tokens, one without makes SAML assertions.
#[derive(Debug)]
pub struct IdentityProvider {
    pub type_name: &'static str,
    pub url: Option<&'static str>,
}

static IDENTITY_PROVIDERS: Table<IdentityProvider> = Table::new(&[
    IdentityProvider { type_name: "AWS::IAM::OIDCProvider", url: Some("Url") },
    IdentityProvider { type_name: "AWS::IAM::SAMLProvider", url: None },
    IdentityProvider { type_name: "aws_iam_openid_connect_provider", url: Some("url") },
    IdentityProvider { type_name: "aws_iam_saml_provider", url: None },
]);

row!(IdentityProvider: url);

pub fn identity_provider(type_name: &str) -> Option<&'static IdentityProvider> {
    IDENTITY_PROVIDERS.find(type_name)
}

/// The attribute that says who may take on a role.
static TRUSTS: Table<(&str, &str)> = Table::new(&[
    ("AWS::IAM::Role", "AssumeRolePolicyDocument"),
    ("AWS::Serverless::Function", "AssumeRolePolicyDocument"),
    ("aws_iam_role", "assume_role_policy"),
]);

/// The data source of policies, and where the policy that it makes stands.
pub const DOCUMENT: (&str, &str) = ("aws_iam_policy_document", "json");

pub fn trust(type_name: &str) -> Option<&'static str> {
    TRUSTS.find(type_name).map(|(_, path)| *path)
}

/// What starts sessions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sessions {
    Role,
    PermissionSet,
    Profile,
}

/// The attribute that says how long a session may last: seconds, or of permission sets an ISO 8601 duration.
static SESSIONS: Table<(&str, (Sessions, &str))> = Table::new(&[
    ("AWS::IAM::Role", (Sessions::Role, "MaxSessionDuration")),
    ("AWS::RolesAnywhere::Profile", (Sessions::Profile, "DurationSeconds")),
    ("AWS::SSO::PermissionSet", (Sessions::PermissionSet, "SessionDuration")),
    ("aws_iam_role", (Sessions::Role, "max_session_duration")),
    ("aws_rolesanywhere_profile", (Sessions::Profile, "duration_seconds")),
    ("aws_ssoadmin_permission_set", (Sessions::PermissionSet, "session_duration")),
]);

impl Renamed for (Sessions, &'static str) {
    fn renamed(&self) -> Self {
        (self.0, self.1.renamed())
    }
}

pub fn sessions(type_name: &str) -> Option<(Sessions, &'static str)> {
    SESSIONS.find(type_name).map(|(_, known)| *known)
}

/// Where tokens of the global endpoint are chosen for an account, and the version that holds in the Regions enabled by default only.
pub const STS_PREFERENCES: &str = "aws_iam_security_token_service_preferences";
pub const STS_PREFERENCE: &str = "global_endpoint_token_version";
pub const STS_PREFERENCE_GLOBAL: &str = "v1Token";

/// The variable by which SDKs are sent to the global endpoint.
/// <https://docs.aws.amazon.com/sdkref/latest/guide/feature-sts-regionalized-endpoints.html>
pub const STS_VARIABLE: &str = "AWS_STS_REGIONAL_ENDPOINTS";
pub const STS_VARIABLE_GLOBAL: &str = "legacy";
pub const STS_GLOBAL_HOST: &str = "sts.amazonaws.com";

/// The attributes of a type that any of these tables names.
pub(super) fn reads(type_name: &str) -> Vec<&'static str> {
    let mut found: Vec<&'static str> = Vec::new();
    found.extend(identity_provider(type_name).and_then(|provider| provider.url));
    found.extend(trust(type_name));
    found.extend(sessions(type_name).map(|(_, path)| path));
    for grant in grants(type_name) {
        found.extend([grant.to, grant.documents, grant.managed]);
        if grant.to.is_empty() {
            found.extend(NAMES);
        }
    }
    found.extend(managed_policy(type_name).into_iter().flat_map(|policy| [policy.document, policy.name]));
    found.extend(
        membership(type_name).into_iter().flat_map(|membership| [membership.users, membership.groups]),
    );
    found.extend(grants::HOLDERS.iter().filter(|(name, _)| *name == type_name).map(|(_, path)| *path));
    found.extend(identity_pool(type_name).map(|pool| pool.classic_flow));
    found.extend(pool_roles(type_name).into_iter().flat_map(|roles| [roles.roles, roles.mappings]));
    if type_name == DOCUMENT.0 {
        found.push(DOCUMENT.1);
    }
    if type_name == POLICY_LOOK_UP {
        found.push("arn");
    }
    if type_name == STS_PREFERENCES {
        found.push(STS_PREFERENCE);
    }
    for workload in workloads(type_name) {
        found.push(if workload.at.is_empty() { workload.role } else { workload.at });
    }
    found.retain(|path| !path.is_empty());
    found
}

/// Whether any of these tables knows a type.
pub(super) fn is_relevant(type_name: &str) -> bool {
    identity_provider(type_name).is_some()
        || type_name == DOCUMENT.0
        || trust(type_name).is_some()
        || sessions(type_name).is_some()
        || grants(type_name).next().is_some()
        || managed_policy(type_name).is_some()
        || membership(type_name).is_some()
        || grants::HOLDERS.iter().any(|(name, _)| *name == type_name)
        || identity_pool(type_name).is_some()
        || pool_roles(type_name).is_some()
        || type_name == STS_PREFERENCES
        || workloads(type_name).next().is_some()
}

#[cfg(test)]
mod tests {
    use super::grants::GRANTS;
    use super::workloads::WORKLOADS;
    use super::*;

    #[test]
    fn what_is_named_is_read_and_relevant() {
        let types = GRANTS
            .written()
            .iter()
            .map(|grant| grant.type_name)
            .chain(WORKLOADS.written().iter().map(|one| one.type_name));
        for type_name in types.chain(TRUSTS.written().iter().map(|(name, _)| *name)) {
            assert!(crate::catalog::is_relevant(type_name), "{type_name}");
        }
        assert!(crate::catalog::reads("aws_iam_role").contains(&"inline_policy"));
        assert!(crate::catalog::reads("AWS::Batch::JobDefinition").contains(&"ContainerProperties"));
    }
}
