# Defaults of optional attributes stand in the code as those of variables do, used or not.
variable "db" {
  type = object({
    password = optional(string, "Qz7-vK2p-9fLw") # expect: SEC04
    port     = optional(number, 5432)
    user     = optional(string, "app")
    pool = optional(object({
      api_token = optional(string, "Qz7-vK2p-9fLx") # expect: SEC04
    }), {})
  })
  default = {}
}

variable "users" {
  type = map(object({
    password = optional(string, "Qz7-vK2p-9fLy") # expect: SEC04
    path     = optional(string, "/")
  }))
}

variable "none" {
  type = object({
    password      = optional(string)
    secret_arn    = optional(string, "arn:aws:secretsmanager:eu-west-1:111122223333:secret:app")
    db_password   = optional(string, null)
    empty_secret  = optional(string, "")
    password_name = optional(string, "db")
  })
}
