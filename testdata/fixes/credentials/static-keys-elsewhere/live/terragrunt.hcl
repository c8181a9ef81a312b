remote_state {
  backend = "s3"

  config = {
    bucket     = "state"
    key        = "live.tfstate"
    secret_key = "literal"
    access_key = "literal"
  }
}

generate "provider" {
  path      = "provider.tf"
  if_exists = "overwrite"
  contents  = <<-EOF
    provider "aws" {
      access_key = "literal"
      secret_key = "literal"
    }
  EOF
}
