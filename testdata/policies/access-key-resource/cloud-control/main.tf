resource "aws_cloudcontrolapi_resource" "key" { # expect: KEY01
  type_name     = "AWS::IAM::AccessKey"
  desired_state = jsonencode({ UserName = "bob" })
}

resource "aws_cloudcontrolapi_resource" "bucket" {
  type_name     = "AWS::S3::Bucket"
  desired_state = jsonencode({ BucketName = "b" })
}
