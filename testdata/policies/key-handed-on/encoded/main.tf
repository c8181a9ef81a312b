variable "key" {
  type      = string
  sensitive = true
}

resource "aws_instance" "packed" {
  iam_instance_profile = "web"
  metadata_options {
    http_tokens = "required"
  }
  # expect-below: KEY04
  user_data_base64 = "@GZ(#!/bin/bash\nexport AWS_ACCESS_KEY_ID=some-key-id\n)@"
}

resource "aws_instance" "fetched" {
  iam_instance_profile = "web"
  metadata_options {
    http_tokens = "required"
  }
  user_data_base64 = "@GZ(#!/bin/bash\nexport AWS_ACCESS_KEY_ID=$(cat /run/id)\nunset AWS_SECRET_ACCESS_KEY\n)@"
}
