provider "aws" {
  region = "eu-central-1"
}

# A person's key, made by code: it never expires by itself.
resource "aws_iam_user" "deploy" {
  name = "deploy"
}

resource "aws_iam_access_key" "deploy" {
  user = aws_iam_user.deploy.name
}

module "web" {
  source = "./modules/web"

  imds_tokens = "optional"
}

resource "aws_db_instance" "orders" {
  identifier          = "orders"
  engine              = "postgres"
  instance_class      = "db.t4g.micro"
  allocated_storage   = 20
  username            = "orders"
  password            = var.orders_password
  skip_final_snapshot = true
}
