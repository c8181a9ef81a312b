//! Types of which no table says what their inputs hold, so that only the names of these tell.

use super::{containers, inline_code, is_judged_bare, sensitive};
use crate::secrets::{says_password, says_secret};

/// Whether no table has a row for the inputs of a resource's type: another provider's, a third party's, one that is newer
/// than the tables, or gone.
#[must_use]
pub fn is_unlisted(type_name: &str) -> bool {
    sensitive(type_name).is_empty()
        && containers(type_name).is_empty()
        && !["provider.", "backend."].iter().any(|start| type_name.starts_with(start))
        && type_name != "terraform_remote_state"
        && inline_code(type_name).is_empty()
        && super::row(&super::SENSITIVE_OUTPUTS, type_name).is_empty()
        && !is_judged_bare(type_name)
}

/// Whether arguments of a resource of Terraform's are judged by their names, as far as no row has them: those of a type that
/// no table knows, and of another provider's, which may be newer than its rows.
#[must_use]
pub fn is_judged_by_arguments(type_name: &str) -> bool {
    let is_resource = !type_name.contains("::")
        && type_name != "terraform_remote_state"
        && !["provider.", "backend."].iter().any(|start| type_name.starts_with(start));
    is_resource && (!is_of_aws(type_name) || is_unlisted(type_name))
}

/// Whether a row has an argument or block of a type, or what is inside of it.
#[must_use]
pub fn has_row(type_name: &str, argument: &str) -> bool {
    let is = |path: &str| path.split('.').next() == Some(argument);
    sensitive(type_name).iter().any(|row| is(row.path))
        || containers(type_name).iter().chain(inline_code(type_name)).any(|path| is(path))
}

/// Whether a type is AWS's own. All of their inputs were looked through for the tables, so that what is called a token and
/// is in no row is none; a password may be one of a type that was not there then.
#[must_use]
pub fn is_of_aws(type_name: &str) -> bool {
    ["aws_", "awscc_", "AWS::"].iter().any(|start| type_name.starts_with(start))
}

/// What tells an input that holds a secret by its name alone. Properties of a custom resource are another's, whoever
/// passes them on.
#[must_use]
pub fn says_secret_in(type_name: &str) -> fn(&str) -> bool {
    match is_of_aws(type_name) && !super::is_custom(type_name) {
        true => says_password,
        false => says_secret,
    }
}

/// Whether the properties of a type of CloudFormation are judged by their names.
#[must_use]
pub fn is_judged_by_names(type_name: &str) -> bool {
    super::is_custom(type_name) || type_name.contains("::") && is_unlisted(type_name)
}

/// Whether a type is a module of the registry: what it stands for is in no template.
/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/modules.html>
#[must_use]
pub fn is_module(type_name: &str) -> bool {
    type_name.ends_with("::MODULE")
}

/// What is written on a resource for whoever looks at it, and what Terraform itself reads: no input of the resource.
#[must_use]
pub fn is_no_input(name: &str) -> bool {
    matches!(
        name,
        "Tags"
            | "annotations"
            | "count"
            | "default_tags"
            | "depends_on"
            | "for_each"
            | "labels"
            | "lifecycle"
            | "provider"
            | "provisioner"
            | "tag"
            | "tags"
            | "tags_all"
            | "timeouts"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_of_others_and_ones_that_nobody_knows_are_unlisted() {
        for name in [
            "azurerm_linux_virtual_machine",
            "gitlab_project_variable",
            "aws_opsworks_application",
            "MongoDB::Atlas::DatabaseUser",
            "My::Own::Database::MODULE",
            "AWS::New::Thing",
        ] {
            assert!(is_unlisted(name), "{name}");
        }
        for name in
            ["aws_instance", "postgresql_role", "random_password", "provider.azurerm", "AWS::IAM::User"]
        {
            assert!(!is_unlisted(name), "{name}");
        }
        assert!(is_judged_by_names("Custom::User") && is_judged_by_names("AWS::New::Thing"));
        assert!(!is_judged_by_names("azurerm_linux_virtual_machine"));
    }
}
