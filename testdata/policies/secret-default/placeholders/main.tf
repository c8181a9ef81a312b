# Each is what the database gets unless somebody says otherwise.
variable "a_password" {
  default = "changeme" # expect: SEC04 error "placeholder for a secret in code"
}

variable "b_password" {
  default = "CHANGE_ME" # expect: SEC04 error "placeholder for a secret in code"
}

variable "c_password" {
  default = "ChangeMe" # expect: SEC04 error "placeholder for a secret in code"
}

variable "d_password" {
  default = "Tr0ub4dor3x" # expect: SEC04 error "secret in code"
}

# These say that there is none.
variable "e_password" {
  default = "<password>"
}

variable "f_password" {
  default = "TODO"
}

variable "g_password" {
  default = "YOUR_PASSWORD"
}

variable "h_password" {
  default = "DB_PASSWORD"
}

# What tells people where to get it.
variable "s3_access_key_secret" {
  default = "Get this from elsewhere"
}

variable "other_password" {
  default = "This is not a password"
}

variable "phrase_password" {
  default = "correct horse battery staple" # expect: SEC04
}
