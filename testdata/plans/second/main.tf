provider "aws" {
  region = "eu-west-1"
}

variable "reuse" {
  type    = string
  default = "web"
}

resource "random_password" "db" {
  length = 24
}

# In the second plan the generated password stands in clear.
resource "aws_db_instance" "generated" {
  instance_class = "db.t3.micro"
  password       = random_password.db.result
}

resource "aws_secretsmanager_secret_version" "generated" {
  secret_id     = "app"
  secret_string = jsonencode({ username = "admin", password = random_password.db.result })
}

resource "aws_iam_user" "ci" {
  name = "ci"
}

resource "aws_iam_access_key" "ci" { # expect: KEY01
  user = aws_iam_user.ci.name
}

resource "aws_ssm_parameter" "key" {
  name  = "key"
  type  = "SecureString"
  value = aws_iam_access_key.ci.secret # expect: KEY04 warning
}

# Nobody says anything of its metadata options; the state has what AWS chose.
resource "aws_instance" "unsaid" { # expect: IMDS02
  ami                  = "ami-12345678"
  instance_type        = "t3.micro"
  iam_instance_profile = var.reuse
}

# Written as empty; the state has a profile that somebody else gave it.
resource "aws_instance" "empty" {
  ami                  = "ami-12345678"
  instance_type        = "t3.micro"
  iam_instance_profile = "" # expect: EC201

  metadata_options {
    http_tokens = "required"
  }
}

# Written as one thing, kept as another.
resource "aws_db_instance" "ignored" {
  instance_class = "db.t3.micro"
  password       = "Ignored-Horse-1" # expect: SEC01

  lifecycle {
    ignore_changes = [password]
  }
}

resource "aws_instance" "ignored" {
  ami                  = "ami-12345678"
  instance_type        = "t3.micro"
  iam_instance_profile = "web"

  metadata_options {
    http_tokens = "required" # expect-plan: IMDS01
  }

  lifecycle {
    ignore_changes = [metadata_options]
  }
}

output "password" {
  value     = random_password.db.result
  sensitive = true
}
