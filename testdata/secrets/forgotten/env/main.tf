# A module with a file of settings beside it.

variable "region" {
  default = "eu-west-1"
}

resource "aws_s3_bucket" "app" {
  bucket = "⟦- name/bucket|acme-app-settings⟧"
}
