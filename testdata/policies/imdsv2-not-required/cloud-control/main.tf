resource "aws_cloudcontrolapi_resource" "bare" { # expect: IMDS02
  type_name     = "AWS::EC2::Instance"
  desired_state = jsonencode({ ImageId = "ami-0abcdef1234567890", IamInstanceProfile = "web" })
}

resource "aws_cloudcontrolapi_resource" "good" {
  type_name = "AWS::EC2::LaunchTemplate"
  desired_state = jsonencode({
    LaunchTemplateName = "good"
    LaunchTemplateData = {
      IamInstanceProfile = { Name = "web" }
      MetadataOptions    = { HttpTokens = "required" }
    }
  })
}

resource "aws_cloudcontrolapi_resource" "by_id" {
  type_name = "AWS::EC2::Instance"
  desired_state = jsonencode({
    LaunchTemplate = { LaunchTemplateId = aws_cloudcontrolapi_resource.good.id, Version = "$Latest" }
  })
}

resource "aws_autoscaling_group" "by_name" {
  max_size = 1
  min_size = 1
  launch_template {
    name    = "good"
    version = "$Latest"
  }
}

resource "aws_cloudcontrolapi_resource" "not_known" { # expect: IMDS02?; EC201?
  type_name     = "AWS::EC2::Instance"
  desired_state = var.state
}

variable "state" {
  type = string
}
