variable "tokens" {
  default = "optional" # expect: IMDS01 "aws_instance.by_default"
}

variable "given" {
  default = "required"
}

variable "nobody" {
  type = string
}
