resource "aws_iam_access_key" "ci" { # expect: KEY01
  user = "ci"
}

variable "secret" {
  sensitive = true
}

variable "open" {} # expect: SEC07 warning

module "lambda" { # expect: IMDS02?
  source = "terraform-aws-modules/lambda/aws"
  environment_variables = {
    STORE_SECRET = aws_iam_access_key.ci.secret # expect: KEY04
  }
}

module "named" { # expect: IMDS02?
  source                = "terraform-aws-modules/lambda/aws"
  environment_variables = { AWS_SECRET_ACCESS_KEY = var.secret } # expect: KEY04
}

module "script" { # expect: IMDS02?
  source    = "terraform-aws-modules/ec2-instance/aws"
  user_data = <<-E
    export X=${aws_iam_access_key.ci.secret} # expect: KEY04
    aws iam create-access-key --user-name ci # expect: KEY01
  E
}

module "other" { # expect: IMDS02?
  source = "acme/app/aws"
  key    = aws_iam_access_key.ci.secret # expect: KEY04 warning
}

module "unmarked" { # expect: IMDS02?
  source                = "terraform-aws-modules/lambda/aws"
  environment_variables = { DB_PASSWORD = var.open }
}
