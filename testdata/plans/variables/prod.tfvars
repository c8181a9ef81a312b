legacy = true
settings = {
  profile = "web"
}
