variable "upstream" {
  type      = string
  sensitive = true
}

variable "username" {
  type      = string
  sensitive = true
}

variable "plain" {
  type = string
}

variable "fallback" {
  sensitive = true
  default   = "Marked-Horse-3" # expect: SEC04 "marked as sensitive"
}

variable "fallback_name" {
  sensitive = true
  default   = "Marked-Horse-4"
}

variable "fallback_none" {
  sensitive = true
  default   = ""
}

variable "fallback_number" {
  sensitive = true
  default   = "12345678"
}
