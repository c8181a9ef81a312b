# What both miss is one thing to mend.
resource "aws_cloudtrail" "main" { # expect: ROOT05 warning "aws_cloudtrail.second"
  name           = "main"
  s3_bucket_name = "logs"
}

resource "aws_cloudtrail" "second" {
  name           = "second"
  s3_bucket_name = "logs"
}
