//! Which types give policies to users, groups, roles and permission sets.

use crate::catalog::registry::{Renamed, Table, row};

/// Whom a policy belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Holder {
    User,
    Group,
    Role,
    PermissionSet,
}

impl Renamed for Holder {
    fn renamed(&self) -> Self {
        *self
    }
}

static HOLDER_TYPES: Table<(&str, Holder)> = Table::new(&[
    ("AWS::IAM::User", Holder::User),
    ("AWS::IAM::Group", Holder::Group),
    ("AWS::IAM::Role", Holder::Role),
    ("AWS::SSO::PermissionSet", Holder::PermissionSet),
    ("aws_iam_user", Holder::User),
    ("aws_iam_group", Holder::Group),
    ("aws_iam_role", Holder::Role),
    ("aws_ssoadmin_permission_set", Holder::PermissionSet),
]);

/// What kind of holder a type makes.
pub fn holder(type_name: &str) -> Option<Holder> {
    HOLDER_TYPES.find(type_name).map(|(_, holder)| *holder)
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

pub(super) static GRANTS: Table<Grant> = Table::new(&[
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
]);

row!(Grant: to, documents, managed; holder);

/// What a type gives to whom.
pub fn grants(type_name: &str) -> impl Iterator<Item = &'static Grant> {
    GRANTS.of(type_name)
}

/// A policy that others refer to.
#[derive(Debug)]
pub struct ManagedPolicy {
    pub type_name: &'static str,
    pub document: &'static str,
    pub name: &'static str,
}

static MANAGED_POLICIES: Table<ManagedPolicy> = Table::new(&[
    ManagedPolicy { type_name: "aws_iam_policy", document: "policy", name: "name" },
    ManagedPolicy {
        type_name: "AWS::IAM::ManagedPolicy",
        document: "PolicyDocument",
        name: "ManagedPolicyName",
    },
]);

row!(ManagedPolicy: document, name);

/// The data source that looks policies up, by `arn` or `name`.
pub const POLICY_LOOK_UP: &str = "aws_iam_policy";

pub fn managed_policy(type_name: &str) -> Option<&'static ManagedPolicy> {
    MANAGED_POLICIES.find(type_name)
}

/// A type that makes users members of groups.
#[derive(Debug)]
pub struct Membership {
    pub type_name: &'static str,
    /// Empty: the resource is the user.
    pub users: &'static str,
    pub groups: &'static str,
}

static MEMBERSHIPS: Table<Membership> = Table::new(&[
    Membership { type_name: "aws_iam_group_membership", users: "users", groups: "group" },
    Membership { type_name: "aws_iam_user_group_membership", users: "user", groups: "groups" },
    Membership { type_name: "AWS::IAM::User", users: "", groups: "Groups" },
    Membership { type_name: "AWS::IAM::UserToGroupAddition", users: "Users", groups: "GroupName" },
]);

row!(Membership: users, groups);

pub fn membership(type_name: &str) -> Option<&'static Membership> {
    MEMBERSHIPS.find(type_name)
}

/// How users, groups and roles are called.
pub static NAMES: [&str; 9] = [
    "name",
    "UserName",
    "user_name",
    "GroupName",
    "group_name",
    "RoleName",
    "role_name",
    "ManagedPolicyName",
    "managed_policy_name",
];

/// Types that only exist to be referred to by name.
pub(super) static HOLDERS: [(&str, &str); 3] =
    [("aws_iam_user", "name"), ("aws_iam_group", "name"), ("aws_iam_role", "name")];
