resource "aws_iam_server_certificate" "site" {
  name             = "site"
  certificate_body = file("${path.module}/cert.txt")
  # expect-two-below: SEC03 "aws_iam_server_certificate.site"
  private_key = <<-EOT
    @BEGIN_KEY@
    @KEY_BODY@
    @KEY_BODY@
    @END_KEY@
  EOT
}
