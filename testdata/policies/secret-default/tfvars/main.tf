variable "app_secret" {
  type = string
}
