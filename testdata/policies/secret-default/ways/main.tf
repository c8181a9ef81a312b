# How somebody signs in is no secret.
variable "codebuild_source_auth" {
  default = "OAUTH"
}

variable "api_auth" {
  default = "cognito"
}

locals {
  settings = {
    broker_auth = "oauth2"
    git_auth    = "personal-access-key"
  }
}

variable "redis_auth" {
  default = "quiet7Harbour" # expect: SEC04
}
