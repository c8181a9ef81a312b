terraform {
  source = "../module"
}

inputs = {
  upstream = "Marked-Horse-3" # expect: SEC04
  username = "admin-user"
  plain    = "Plain-Horse-4"
}
