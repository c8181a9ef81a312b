//! Identities: which attributes hold policies, whom these belong to, what starts sessions, what identity pools give to guests,
//! and where an endpoint of STS is chosen. Source: the schema of hashicorp/aws 6.66.0 and the registry of 2026-10-20.

/// IAM users.
pub static USERS: [&str; 3] = ["AWS::IAM::User", "aws_iam_user", "awscc_iam_user"];

/// An identity provider of IAM; one with a URL issues tokens, one without makes SAML assertions.
#[derive(Debug)]
pub struct IdentityProvider {
    pub type_name: &'static str,
    pub url: Option<&'static str>,
}

static IDENTITY_PROVIDERS: [IdentityProvider; 6] = [
    IdentityProvider { type_name: "AWS::IAM::OIDCProvider", url: Some("Url") },
    IdentityProvider { type_name: "AWS::IAM::SAMLProvider", url: None },
    IdentityProvider { type_name: "aws_iam_openid_connect_provider", url: Some("url") },
    IdentityProvider { type_name: "aws_iam_saml_provider", url: None },
    IdentityProvider { type_name: "awscc_iam_oidc_provider", url: Some("url") },
    IdentityProvider { type_name: "awscc_iam_saml_provider", url: None },
];

pub fn identity_provider(type_name: &str) -> Option<&'static IdentityProvider> {
    IDENTITY_PROVIDERS.iter().find(|provider| provider.type_name == type_name)
}

/// The attribute that says who may take on a role.
static TRUSTS: [(&str, &str); 4] = [
    ("AWS::IAM::Role", "AssumeRolePolicyDocument"),
    ("AWS::Serverless::Function", "AssumeRolePolicyDocument"),
    ("aws_iam_role", "assume_role_policy"),
    ("awscc_iam_role", "assume_role_policy_document"),
];

pub fn trust(type_name: &str) -> Option<&'static str> {
    TRUSTS.iter().find(|(name, _)| *name == type_name).map(|(_, path)| *path)
}

/// What starts sessions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sessions {
    Role,
    PermissionSet,
    Profile,
}

/// The attribute that says how long a session may last: seconds, or of permission sets an ISO 8601 duration.
static SESSIONS: [(&str, Sessions, &str); 9] = [
    ("AWS::IAM::Role", Sessions::Role, "MaxSessionDuration"),
    ("AWS::RolesAnywhere::Profile", Sessions::Profile, "DurationSeconds"),
    ("AWS::SSO::PermissionSet", Sessions::PermissionSet, "SessionDuration"),
    ("aws_iam_role", Sessions::Role, "max_session_duration"),
    ("aws_rolesanywhere_profile", Sessions::Profile, "duration_seconds"),
    ("aws_ssoadmin_permission_set", Sessions::PermissionSet, "session_duration"),
    ("awscc_iam_role", Sessions::Role, "max_session_duration"),
    ("awscc_rolesanywhere_profile", Sessions::Profile, "duration_seconds"),
    ("awscc_sso_permission_set", Sessions::PermissionSet, "session_duration"),
];

pub fn sessions(type_name: &str) -> Option<(Sessions, &'static str)> {
    SESSIONS.iter().find(|(name, ..)| *name == type_name).map(|(_, kind, path)| (*kind, *path))
}

/// Issuers whose tokens anybody can get, who signs up there: only a claim tells whose they are.
pub static SHARED_ISSUERS: [&str; 5] = [
    "agent.buildkite.com",
    "app.terraform.io",
    "gitlab.com",
    "token.actions.githubusercontent.com",
    "vstoken.actions.githubusercontent.com",
];

/// Claims by which a shared issuer says whose a token is, beside `sub`.
pub static OWNER_CLAIMS: [&str; 16] = [
    "enterprise",
    "enterprise_id",
    "job_workflow_ref",
    "namespace_id",
    "namespace_path",
    "organization_id",
    "organization_slug",
    "pipeline_id",
    "project_id",
    "project_path",
    "repository",
    "repository_id",
    "repository_owner",
    "repository_owner_id",
    "terraform_organization_id",
    "terraform_organization_name",
];

/// Claims on whom a token was issued for; what Login with Amazon and Facebook call the application.
pub static AUDIENCE_CLAIMS: [&str; 3] = ["app_id", "aud", "oaud"];

/// Condition keys that only some of a principal's identities satisfy. The second says whether every request has the key, so that
/// an operator with `IfExists` tests it as well.
pub static NARROWING_KEYS: [(&str, bool); 17] = [
    ("aws:federatedprovider", false),
    ("aws:principalaccount", true),
    ("aws:principalarn", true),
    ("aws:principalisawsservice", true),
    ("aws:principalorgid", false),
    ("aws:principalorgpaths", false),
    ("aws:principalservicename", false),
    ("aws:sourceaccount", false),
    ("aws:sourcearn", false),
    ("aws:sourceip", false),
    ("aws:sourceorgid", false),
    ("aws:sourceorgpaths", false),
    ("aws:sourcevpc", false),
    ("aws:sourcevpce", false),
    ("aws:userid", true),
    ("aws:vpcsourceip", false),
    ("sts:externalid", false),
];

/// What is hard to undo, stops being watched, or gives its holder more rights; the first is AWS's own example.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/securing_access-keys.html>
pub static SENSITIVE_ACTIONS: [&str; 30] = [
    "ec2:TerminateInstances",
    "account:CloseAccount",
    "backup:DeleteRecoveryPoint",
    "cloudtrail:DeleteTrail",
    "cloudtrail:StopLogging",
    "dynamodb:DeleteTable",
    "guardduty:DeleteDetector",
    "iam:AttachGroupPolicy",
    "iam:AttachRolePolicy",
    "iam:AttachUserPolicy",
    "iam:CreatePolicyVersion",
    "iam:CreateUser",
    "iam:DeleteAccountPasswordPolicy",
    "iam:PutGroupPolicy",
    "iam:PutRolePolicy",
    "iam:PutUserPolicy",
    "iam:SetDefaultPolicyVersion",
    "iam:UpdateAssumeRolePolicy",
    "kms:DisableKey",
    "kms:ScheduleKeyDeletion",
    "organizations:CloseAccount",
    "organizations:DeleteOrganization",
    "organizations:DetachPolicy",
    "organizations:LeaveOrganization",
    "organizations:RemoveAccountFromOrganization",
    "rds:DeleteDBCluster",
    "rds:DeleteDBInstance",
    "s3:DeleteBucket",
    "s3:DeleteBucketPolicy",
    "secretsmanager:DeleteSecret",
];

/// AWS's own policies that allow such actions, by what follows `:policy/` in their ARN; the second says whether all.
pub static SENSITIVE_POLICIES: [(&str, bool); 10] = [
    ("AWSOrganizationsFullAccess", false),
    ("AdministratorAccess", true),
    ("AdministratorAccess-AWSElasticBeanstalk", false),
    ("AmazonDynamoDBFullAccess", false),
    ("AmazonEC2FullAccess", false),
    ("AmazonRDSFullAccess", false),
    ("AmazonS3FullAccess", false),
    ("IAMFullAccess", false),
    ("PowerUserAccess", false),
    ("job-function/SystemAdministrator", false),
];

/// Services of which AWS's own sample roles for guests allow everything.
pub static GUEST_SERVICES: [&str; 3] = ["cognito-identity", "cognito-sync", "mobileanalytics"];

/// Whom a policy belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Holder {
    User,
    Group,
    Role,
    PermissionSet,
}

/// A type that gives policies to holders.
#[derive(Debug)]
pub struct Grant {
    pub type_name: &'static str,
    pub holder: Holder,
    /// Where the holders are named; empty: the resource is it.
    pub to: &'static str,
    /// Where policies stand as documents.
    pub documents: &'static str,
    /// Where managed policies are named, by ARN or by name.
    pub managed: &'static str,
}

const fn inline(type_name: &'static str, holder: Holder, to: &'static str, documents: &'static str) -> Grant {
    Grant { type_name, holder, to, documents, managed: "" }
}

const fn managed(type_name: &'static str, holder: Holder, to: &'static str, managed: &'static str) -> Grant {
    Grant { type_name, holder, to, documents: "", managed }
}

const fn own(
    type_name: &'static str,
    holder: Holder,
    documents: &'static str,
    managed: &'static str,
) -> Grant {
    Grant { type_name, holder, to: "", documents, managed }
}

static GRANTS: [Grant; 40] = [
    inline("aws_iam_user_policy", Holder::User, "user", "policy"),
    inline("aws_iam_group_policy", Holder::Group, "group", "policy"),
    inline("aws_iam_role_policy", Holder::Role, "role", "policy"),
    own("aws_iam_role", Holder::Role, "inline_policy.policy", "managed_policy_arns"),
    managed("aws_iam_user_policy_attachment", Holder::User, "user", "policy_arn"),
    managed("aws_iam_group_policy_attachment", Holder::Group, "group", "policy_arn"),
    managed("aws_iam_role_policy_attachment", Holder::Role, "role", "policy_arn"),
    managed("aws_iam_policy_attachment", Holder::User, "users", "policy_arn"),
    managed("aws_iam_policy_attachment", Holder::Group, "groups", "policy_arn"),
    managed("aws_iam_policy_attachment", Holder::Role, "roles", "policy_arn"),
    managed("aws_iam_user_policy_attachments_exclusive", Holder::User, "user_name", "policy_arns"),
    managed("aws_iam_group_policy_attachments_exclusive", Holder::Group, "group_name", "policy_arns"),
    managed("aws_iam_role_policy_attachments_exclusive", Holder::Role, "role_name", "policy_arns"),
    inline(
        "aws_ssoadmin_permission_set_inline_policy",
        Holder::PermissionSet,
        "permission_set_arn",
        "inline_policy",
    ),
    managed(
        "aws_ssoadmin_managed_policy_attachment",
        Holder::PermissionSet,
        "permission_set_arn",
        "managed_policy_arn",
    ),
    managed(
        "aws_ssoadmin_customer_managed_policy_attachment",
        Holder::PermissionSet,
        "permission_set_arn",
        "customer_managed_policy_reference.name",
    ),
    managed(
        "aws_ssoadmin_customer_managed_policy_attachments_exclusive",
        Holder::PermissionSet,
        "permission_set_arn",
        "customer_managed_policy_reference.name",
    ),
    own("AWS::IAM::User", Holder::User, "Policies.PolicyDocument", "ManagedPolicyArns"),
    own("AWS::IAM::Group", Holder::Group, "Policies.PolicyDocument", "ManagedPolicyArns"),
    own("AWS::IAM::Role", Holder::Role, "Policies.PolicyDocument", "ManagedPolicyArns"),
    inline("AWS::IAM::Policy", Holder::User, "Users", "PolicyDocument"),
    inline("AWS::IAM::Policy", Holder::Group, "Groups", "PolicyDocument"),
    inline("AWS::IAM::Policy", Holder::Role, "Roles", "PolicyDocument"),
    inline("AWS::IAM::ManagedPolicy", Holder::User, "Users", "PolicyDocument"),
    inline("AWS::IAM::ManagedPolicy", Holder::Group, "Groups", "PolicyDocument"),
    inline("AWS::IAM::ManagedPolicy", Holder::Role, "Roles", "PolicyDocument"),
    inline("AWS::IAM::UserPolicy", Holder::User, "UserName", "PolicyDocument"),
    inline("AWS::IAM::GroupPolicy", Holder::Group, "GroupName", "PolicyDocument"),
    inline("AWS::IAM::RolePolicy", Holder::Role, "RoleName", "PolicyDocument"),
    own("AWS::SSO::PermissionSet", Holder::PermissionSet, "InlinePolicy", "ManagedPolicies"),
    own("AWS::SSO::PermissionSet", Holder::PermissionSet, "", "CustomerManagedPolicyReferences.Name"),
    own("awscc_iam_user", Holder::User, "policies.policy_document", "managed_policy_arns"),
    own("awscc_iam_group", Holder::Group, "policies.policy_document", "managed_policy_arns"),
    own("awscc_iam_role", Holder::Role, "policies.policy_document", "managed_policy_arns"),
    inline("awscc_iam_managed_policy", Holder::User, "users", "policy_document"),
    inline("awscc_iam_managed_policy", Holder::Group, "groups", "policy_document"),
    inline("awscc_iam_managed_policy", Holder::Role, "roles", "policy_document"),
    inline("awscc_iam_user_policy", Holder::User, "user_name", "policy_document"),
    inline("awscc_iam_group_policy", Holder::Group, "group_name", "policy_document"),
    own("awscc_sso_permission_set", Holder::PermissionSet, "inline_policy", "managed_policies"),
];

/// What a type gives to whom.
pub fn grants(type_name: &str) -> impl Iterator<Item = &'static Grant> {
    GRANTS.iter().filter(move |grant| grant.type_name == type_name)
}

/// A policy that others refer to.
#[derive(Debug)]
pub struct ManagedPolicy {
    pub type_name: &'static str,
    pub document: &'static str,
    pub name: &'static str,
}

static MANAGED_POLICIES: [ManagedPolicy; 3] = [
    ManagedPolicy { type_name: "aws_iam_policy", document: "policy", name: "name" },
    ManagedPolicy {
        type_name: "AWS::IAM::ManagedPolicy",
        document: "PolicyDocument",
        name: "ManagedPolicyName",
    },
    ManagedPolicy {
        type_name: "awscc_iam_managed_policy",
        document: "policy_document",
        name: "managed_policy_name",
    },
];

/// The data source that looks policies up, by `arn` or `name`.
pub const POLICY_LOOK_UP: &str = "aws_iam_policy";

pub fn managed_policy(type_name: &str) -> Option<&'static ManagedPolicy> {
    MANAGED_POLICIES.iter().find(|policy| policy.type_name == type_name)
}

/// A type that makes users members of groups.
#[derive(Debug)]
pub struct Membership {
    pub type_name: &'static str,
    /// Empty: the resource is the user.
    pub users: &'static str,
    pub groups: &'static str,
}

static MEMBERSHIPS: [Membership; 5] = [
    Membership { type_name: "aws_iam_group_membership", users: "users", groups: "group" },
    Membership { type_name: "aws_iam_user_group_membership", users: "user", groups: "groups" },
    Membership { type_name: "AWS::IAM::User", users: "", groups: "Groups" },
    Membership { type_name: "AWS::IAM::UserToGroupAddition", users: "Users", groups: "GroupName" },
    Membership { type_name: "awscc_iam_user", users: "", groups: "groups" },
];

pub fn membership(type_name: &str) -> Option<&'static Membership> {
    MEMBERSHIPS.iter().find(|membership| membership.type_name == type_name)
}

/// How users, groups and roles are called.
pub static NAMES: [&str; 8] = [
    "name",
    "UserName",
    "user_name",
    "GroupName",
    "group_name",
    "RoleName",
    "role_name",
    "ManagedPolicyName",
];

/// Types that only exist to be referred to by name.
static HOLDERS: [(&str, &str); 3] =
    [("aws_iam_user", "name"), ("aws_iam_group", "name"), ("aws_iam_role", "name")];

/// What an identity pool gives to its clients.
#[derive(Debug)]
pub struct IdentityPool {
    pub type_name: &'static str,
    pub classic_flow: &'static str,
}

static IDENTITY_POOLS: [IdentityPool; 3] = [
    IdentityPool { type_name: "aws_cognito_identity_pool", classic_flow: "allow_classic_flow" },
    IdentityPool { type_name: "AWS::Cognito::IdentityPool", classic_flow: "AllowClassicFlow" },
    IdentityPool { type_name: "awscc_cognito_identity_pool", classic_flow: "allow_classic_flow" },
];

pub fn identity_pool(type_name: &str) -> Option<&'static IdentityPool> {
    IDENTITY_POOLS.iter().find(|pool| pool.type_name == type_name)
}

/// Which roles the clients of an identity pool get.
#[derive(Debug)]
pub struct PoolRoles {
    pub type_name: &'static str,
    pub roles: &'static str,
    pub mappings: &'static str,
    /// In each mapping.
    pub ambiguous: &'static str,
}

static POOL_ROLES: [PoolRoles; 3] = [
    PoolRoles {
        type_name: "aws_cognito_identity_pool_roles_attachment",
        roles: "roles",
        mappings: "role_mapping",
        ambiguous: "ambiguous_role_resolution",
    },
    PoolRoles {
        type_name: "AWS::Cognito::IdentityPoolRoleAttachment",
        roles: "Roles",
        mappings: "RoleMappings",
        ambiguous: "AmbiguousRoleResolution",
    },
    PoolRoles {
        type_name: "awscc_cognito_identity_pool_role_attachment",
        roles: "roles",
        mappings: "role_mappings",
        ambiguous: "ambiguous_role_resolution",
    },
];

pub fn pool_roles(type_name: &str) -> Option<&'static PoolRoles> {
    POOL_ROLES.iter().find(|roles| roles.type_name == type_name)
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

/// Something that runs code elsewhere than on EC2 and takes a role.
#[derive(Debug)]
pub struct Workload {
    pub type_name: &'static str,
    /// In words: `an ECS task definition`.
    pub kind: &'static str,
    /// Where what takes a role stands; empty: the resource. Left out, there is nothing to be given one. May be a document.
    pub at: &'static str,
    /// The role, below that.
    pub role: &'static str,
}

const fn workload(
    type_name: &'static str,
    kind: &'static str,
    at: &'static str,
    role: &'static str,
) -> Workload {
    Workload { type_name, kind, at, role }
}

const ECS: &str = "ECS task definition";
const EXPRESS: &str = "ECS Express service";
const RUNNER: &str = "App Runner service";
const JOB: &str = "Batch job definition";

static WORKLOADS: [Workload; 14] = [
    workload("aws_ecs_task_definition", ECS, "", "task_role_arn"),
    workload("AWS::ECS::TaskDefinition", ECS, "", "TaskRoleArn"),
    workload("aws_ecs_express_gateway_service", EXPRESS, "", "task_role_arn"),
    workload("AWS::ECS::ExpressGatewayService", EXPRESS, "", "TaskRoleArn"),
    workload("aws_apprunner_service", RUNNER, "", "instance_configuration.instance_role_arn"),
    workload("AWS::AppRunner::Service", RUNNER, "", "InstanceConfiguration.InstanceRoleArn"),
    workload("aws_batch_job_definition", JOB, "container_properties", "jobRoleArn"),
    workload("aws_batch_job_definition", JOB, "ecs_properties", "taskProperties.taskRoleArn"),
    workload("aws_batch_job_definition", JOB, "node_properties", "nodeRangeProperties.container.jobRoleArn"),
    workload("AWS::Batch::JobDefinition", JOB, "ContainerProperties", "JobRoleArn"),
    workload("AWS::Batch::JobDefinition", JOB, "EcsProperties", "TaskProperties.TaskRoleArn"),
    workload("AWS::Batch::JobDefinition", JOB, "NodeProperties", "NodeRangeProperties.Container.JobRoleArn"),
    workload("awscc_ecs_task_definition", ECS, "", "task_role_arn"),
    workload("awscc_apprunner_service", RUNNER, "", "instance_configuration.instance_role_arn"),
];

pub fn workloads(type_name: &str) -> impl Iterator<Item = &'static Workload> {
    WORKLOADS.iter().filter(move |workload| workload.type_name == type_name)
}

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
    found.extend(HOLDERS.iter().filter(|(name, _)| *name == type_name).map(|(_, path)| *path));
    found.extend(identity_pool(type_name).map(|pool| pool.classic_flow));
    found.extend(pool_roles(type_name).into_iter().flat_map(|roles| [roles.roles, roles.mappings]));
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
        || trust(type_name).is_some()
        || sessions(type_name).is_some()
        || grants(type_name).next().is_some()
        || managed_policy(type_name).is_some()
        || membership(type_name).is_some()
        || HOLDERS.iter().any(|(name, _)| *name == type_name)
        || identity_pool(type_name).is_some()
        || pool_roles(type_name).is_some()
        || type_name == STS_PREFERENCES
        || workloads(type_name).next().is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_named_is_read_and_relevant() {
        let types =
            GRANTS.iter().map(|grant| grant.type_name).chain(WORKLOADS.iter().map(|one| one.type_name));
        for type_name in types.chain(TRUSTS.iter().map(|(name, _)| *name)) {
            assert!(crate::catalog::is_relevant(type_name), "{type_name}");
        }
        assert!(crate::catalog::reads("aws_iam_role").contains(&"inline_policy"));
        assert!(crate::catalog::reads("AWS::Batch::JobDefinition").contains(&"ContainerProperties"));
    }
}
