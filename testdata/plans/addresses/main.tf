provider "aws" {
  region = "eu-west-1"
}

resource "aws_instance" "odd" {
  for_each             = toset(["x.y\"z", "a/b", "größe", "]", "$${x}", "back\\slash"])
  ami                  = "ami-12345678"
  instance_type        = "t3.micro"
  iam_instance_profile = "web"

  metadata_options {
    http_tokens = "optional" # expect: IMDS01
  }
}

module "odd" {
  source   = "./odd"
  for_each = toset(["m.n", "o\"]p"])
  password = "${each.key}-Odd-Horse-1" # expect: SEC01
}
