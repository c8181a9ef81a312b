provider "aws" {
  access_key = "mykey"          # expect: KEY03
  secret_key = "petrel-sleet-1" # expect: KEY03
}

list "aws_instance" "all" {
  provider = aws
}
