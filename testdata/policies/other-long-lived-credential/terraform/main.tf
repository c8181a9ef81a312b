resource "aws_lightsail_bucket_access_key" "bucket" { # expect: KEY06 warning "aws_lightsail_bucket_access_key.bucket"
  bucket_name = "files"
}

resource "aws_iam_service_specific_credential" "git" { # expect: KEY06 warning "somebody deletes it"
  service_name = "codecommit.amazonaws.com"
  user_name    = "ci"
}

resource "aws_iam_service_specific_credential" "bedrock" { # expect: KEY06 note "that expires"
  service_name        = "bedrock.amazonaws.com"
  user_name           = "ci"
  credential_age_days = 30
}

variable "days" {
  type = number
}

# Whether it expires is not known here.
resource "aws_iam_service_specific_credential" "open" { # expect: KEY06 warning "aws_iam_service_specific_credential.open"
  service_name        = "cassandra.amazonaws.com"
  user_name           = "ci"
  credential_age_days = var.days
}

resource "aws_iam_signing_certificate" "old" { # expect: KEY06 warning
  user_name        = "ci"
  certificate_body = file("certificate.pem")
}

resource "aws_iam_user_ssh_key" "git" { # expect: KEY06 warning
  username   = "ci"
  encoding   = "SSH"
  public_key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEaMpLe git"
}

resource "aws_cloudfront_distribution" "site" {
  default_cache_behavior {
    trusted_signers = ["self"] # expect: KEY06 warning "trusted_key_groups"
  }
  ordered_cache_behavior {
    trusted_key_groups = ["group"]
  }
}

resource "aws_cloudfront_distribution" "open" {
  default_cache_behavior {
    trusted_signers = []
  }
}

# API keys of services are the strict set's.
resource "aws_appsync_api_key" "public" {
  api_id = "api"
}
