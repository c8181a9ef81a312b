locals {
  # expect-below: KEY02 "AWS access key"
  script = "@B64(#!/bin/bash\naws configure set aws_access_key_id @AKIA@\n)@"
  # Nothing is in a certificate, an icon, or in what is but random.
  certificate = "@B64(-----BEGIN CERTIFICATE-----\nMIIDdzCCAl+gAwIBAgIEAgAAuTANBgkqhkiG9w0BAQUFADBa\n-----END CERTIFICATE-----\n)@"
  digest      = "QUtJQdU8bGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9QUtJQUtJQdocFdocFdocF=="
  role        = "@B64(the role AROAQ3EGRIGB4KSW2XYVZ assumes nothing)@"
}

resource "kubernetes_manifest" "secret" {
  manifest = {
    kind = "Secret"
    data = {
      key = "@B64(@AKIA@)@" # expect: KEY02
    }
  }
}

resource "aws_instance" "nested" {
  iam_instance_profile = "web"
  metadata_options {
    http_tokens = "required"
  }
  user_data_base64 = "@B64(@GZ(#!/bin/bash\nexport X=@AKIA@\n)@)@" # expect: KEY02 "AWS access key"
}
