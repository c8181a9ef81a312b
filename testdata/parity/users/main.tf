# want: KEY07 bob warning, KEY08 bob warning, EC204 ops warning, EC204 web warning, KEY06 public warning
# strict: KEY06,KEY07,KEY08,EC204

variable "public_key" {
  default = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEaMpLe ops"
}

resource "aws_iam_user" "bob" {
  name = "bob"
}

resource "aws_iam_user_login_profile" "bob" {
  user = aws_iam_user.bob.name
}

resource "aws_key_pair" "ops" {
  key_name   = "ops"
  public_key = var.public_key
}

resource "aws_instance" "web" {
  ami           = "ami-12345678"
  instance_type = "t3.micro"
  key_name      = aws_key_pair.ops.key_name
}

resource "aws_instance" "session" {
  ami           = "ami-12345678"
  instance_type = "t3.micro"
}

resource "aws_appsync_api_key" "public" {
  api_id = "api"
}
