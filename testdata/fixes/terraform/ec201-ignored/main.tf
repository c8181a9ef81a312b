resource "aws_instance" "ignored" {
  ami = "ami-1"

  lifecycle {
    ignore_changes = [iam_instance_profile]
  }
}
