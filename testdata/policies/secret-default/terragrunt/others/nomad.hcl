job "web" {
  group "web" {
    task "web" {
      env {
        PASSWORD = "not-terragrunt"
      }
    }
  }
}
