resource "aws_cloudformation_stack" "inline" {
  name          = "keys"
  template_body = <<-EOT
    Resources:
      Key:
        Type: AWS::IAM::AccessKey
        Properties:
          UserName: root # expect: ROOT01 "the template of aws_cloudformation_stack.inline"
      Other:
        Type: AWS::IAM::AccessKey # expect: KEY01
        Properties:
          UserName: ci
  EOT
}
