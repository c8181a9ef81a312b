resource "random_string" "x" {
  length = 20
}

resource "random_password" "x" {
  length = 20
}

resource "aws_db_instance" "a" {
  password = random_string.x.result # expect: SEC08 warning "`random_string` makes"
}

resource "aws_db_instance" "b" {
  password = random_password.x.result # expect: SEC08 warning "`random_password` makes"
}
