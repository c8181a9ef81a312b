resource "aws_cloudtrail" "both" { # expect: ROOT05 warning
  name           = "both"
  s3_bucket_name = "logs"

  advanced_event_selector {
    field_selector {
      field  = "eventCategory"
      equals = ["Data"]
    }
  }

  advanced_event_selector {
    field_selector {
      field  = "eventCategory"
      equals = ["Management"]
    }
  }
}
