name     = "db"
password = "values-Horse-8" # expect: SEC04
