resource "aws_instance" "key" {
  iam_instance_profile = "web"
  metadata_options {
    http_tokens = "required"
  }
  # expect-below: SEC03
  user_data_base64 = "@B64(#!/bin/bash\ncat > /k <<EOF\n@BEGIN_KEY@\n@KEY_BODY@\n@KEY_BODY@\n@END_KEY@\nEOF\n)@"
}

resource "aws_instance" "packed" {
  iam_instance_profile = "web"
  metadata_options {
    http_tokens = "required"
  }
  user_data_base64 = "@GZ(#cloud-config\nkey: |\n  @BEGIN_KEY@\n  @KEY_BODY@\n  @KEY_BODY@\n  @END_KEY@\n)@" # expect: SEC03
}

resource "aws_instance" "public" {
  iam_instance_profile = "web"
  metadata_options {
    http_tokens = "required"
  }
  user_data_base64 = "@B64(#!/bin/bash\ncat > /k <<EOF\n-----BEGIN PUBLIC KEY-----\n@KEY_BODY@\n@KEY_BODY@\n-----END PUBLIC KEY-----\nEOF\n)@"
}
