# want: MFA02 weak warning
# without: cloudformation, cdk (no type of CloudFormation has it)
# strict: MFA02

resource "aws_iam_account_password_policy" "weak" {
  minimum_password_length      = 6
  require_lowercase_characters = true
  require_uppercase_characters = true
  require_numbers              = true
  require_symbols              = true
  max_password_age             = 90
}
