# want: ROOT05 main warning
# strict: ROOT05

resource "aws_cloudtrail" "main" {
  name           = "main"
  s3_bucket_name = "logs"
}
