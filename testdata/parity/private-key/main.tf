# want: SEC03 certificate

resource "aws_iam_server_certificate" "certificate" {
  name             = "site"
  certificate_body = "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----"
  private_key      = "@PEM@"
}
