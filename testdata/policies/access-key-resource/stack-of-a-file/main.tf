# What the template says is told there, once.
resource "aws_cloudformation_stack" "read" {
  template_body = file("${path.module}/template.yaml")
}

resource "aws_cloudformation_stack_set" "filled" {
  template_body = templatefile("${path.module}/template.yaml", {})
}

resource "aws_cloudformation_stack" "inline" {
  template_body = jsonencode({
    Resources = { Key = { Type = "AWS::IAM::AccessKey", Properties = { UserName = "bob" } } } # expect: KEY01 "aws_cloudformation_stack.inline"
  })
}
