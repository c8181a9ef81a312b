//! Instance profiles: where each type names the role.

/// `AWS::IAM::InstanceProfile` takes a list, of one.
const TYPES: [(&str, &str); 3] = [
    ("aws_iam_instance_profile", "role"),
    ("awscc_iam_instance_profile", "roles"),
    ("AWS::IAM::InstanceProfile", "Roles"),
];

/// The attribute of a type that names a profile's role.
#[must_use]
pub fn role(type_name: &str) -> Option<&'static str> {
    TYPES.iter().find(|(known, _)| *known == type_name).map(|(_, path)| *path)
}
