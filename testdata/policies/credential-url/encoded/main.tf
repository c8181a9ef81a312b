resource "aws_instance" "url" {
  iam_instance_profile = "web"
  metadata_options {
    http_tokens = "required"
  }
  user_data_base64 = "@B64(#!/bin/bash\npsql postgres://app:corr3ct-h0rse@db.internal/app\n)@" # expect: SEC06
}

resource "aws_instance" "without" {
  iam_instance_profile = "web"
  metadata_options {
    http_tokens = "required"
  }
  user_data_base64 = "@B64(#!/bin/bash\npsql postgres://app@db.internal/app\npsql postgres://app:$PASSWORD@db.internal/app\n)@"
}
