bucket     = "state"
key        = "prod.tfstate"
access_key = "@AKIA@" # expect: KEY03
secret_key = "@AWS_SECRET@" # expect: KEY03
