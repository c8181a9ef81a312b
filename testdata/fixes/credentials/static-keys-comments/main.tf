provider "aws" {
  # The CI user's credentials.
  access_key = "literal"
  secret_key = "literal"
  region     = "eu-central-1"
}

provider "aws" {
  alias = "kept"
  # See the runbook.
  access_key = "literal" # of the CI user
  secret_key = "literal"
  # Frankfurt
  region = "eu-central-1"
}

locals {
  team = "web"
  # The key of the CI user.
  ci_key = "literal-of-a-local"

  # What the secret is for is in the wiki.
  ci_secret = "literal-of-a-local"
  more      = "more"
}

provider "aws" {
  alias      = "locals"
  access_key = local.ci_key
  secret_key = local.ci_secret
}
