variable "x" {
  type = object({
    a = string
    b = optional(list(number), [1, 2])
  })
  validation {
    condition     = can(regex("^[a-z]+$", var.x.a))
    error_message = "bad"
  }
}
