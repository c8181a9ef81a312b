# want: SEC04 dbpassword

variable "db_password" {
  type    = string
  default = "@PASSWORD@"
}
