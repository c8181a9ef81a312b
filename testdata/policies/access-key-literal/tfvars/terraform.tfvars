id = "@AKIA@" # expect: KEY02
