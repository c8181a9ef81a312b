app_secret = "in-a-named-file" # expect: SEC04
