resource "aws_cloudformation_stack" "inline" { # expect: IMDS02? "cannot tell how what this starts is set up"
  name          = "host"
  template_body = <<-EOT
    Resources:
      Host:
        Type: AWS::EC2::Instance
        Properties:
          ImageId: ami-1
  EOT
}

resource "aws_cloudformation_stack" "bucket" {
  name          = "bucket"
  template_body = jsonencode({ Resources = { Bucket = { Type = "AWS::S3::Bucket" } } })
}

resource "aws_cloudformation_stack" "file" {
  name          = "file"
  template_body = file("${path.module}/host.yaml")
}
