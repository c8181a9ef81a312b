# Keeps what is done to data alone.
resource "aws_cloudtrail" "data" {
  name           = "data"
  s3_bucket_name = "logs"

  event_selector {
    include_management_events = false
  }
}

# What both miss is one thing to mend.
resource "aws_cloudtrail" "main" { # expect: ROOT05 warning "aws_cloudtrail.second"
  name           = "main"
  s3_bucket_name = "logs"
}

resource "aws_cloudtrail" "second" {
  name           = "second"
  s3_bucket_name = "logs"
}
