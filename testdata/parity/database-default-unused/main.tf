# want: SEC04 -

variable "db_password" {
  type    = string
  default = "@PASSWORD@"
}
