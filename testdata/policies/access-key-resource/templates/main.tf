resource "aws_cloudformation_stack" "inline" {
  name          = "keys"
  template_body = <<-EOT
    Resources:
      Key:
        Type: AWS::IAM::AccessKey # expect: KEY01 "the template of aws_cloudformation_stack.inline"
        Properties:
          UserName: ci
  EOT
}

resource "aws_cloudformation_stack_set" "encoded" {
  name = "keys"
  template_body = jsonencode({
    Resources = {
      Key = { Type = "AWS::IAM::AccessKey", Properties = { UserName = "ci" } } # expect: KEY01
    }
  })
}
