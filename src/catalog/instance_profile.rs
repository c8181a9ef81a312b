//! Instance profiles: where each type names the role.

use super::registry::Table;

/// `AWS::IAM::InstanceProfile` takes a list, of one.
static TYPES: Table<(&str, &str)> =
    Table::new(&[("aws_iam_instance_profile", "role"), ("AWS::IAM::InstanceProfile", "Roles")]);

/// The attribute of `aws_iam_instance_profile` before 2.0 of its provider, which took a list.
/// <https://registry.terraform.io/providers/hashicorp/aws/latest/docs/guides/version-2-upgrade>
const FORMER: (&str, &str) = ("aws_iam_instance_profile", "roles");

/// The attributes of a type that may name a profile's role, the usual one first.
pub fn roles(type_name: &str) -> impl Iterator<Item = &'static str> {
    let former = (type_name == FORMER.0).then_some(FORMER.1);
    role(type_name).into_iter().chain(former)
}

/// The attribute of a type that names a profile's role.
#[must_use]
pub fn role(type_name: &str) -> Option<&'static str> {
    TYPES.find(type_name).map(|(_, path)| *path)
}
