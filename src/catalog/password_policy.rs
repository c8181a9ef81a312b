//! The account's password policy, which no CloudFormation type sets.

pub const TYPE: &str = "aws_iam_account_password_policy";
pub const LENGTH: &str = "minimum_password_length";
/// What IAM takes where a policy is set without a length.
/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAccountPasswordPolicy.html>
pub const DEFAULT_LENGTH: u16 = 6;
pub const AGE: &str = "max_password_age";
pub const KINDS: [&str; 4] =
    ["require_lowercase_characters", "require_numbers", "require_symbols", "require_uppercase_characters"];
