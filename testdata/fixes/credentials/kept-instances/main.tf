variable "passwords" {
  type      = map(string)
  sensitive = true
}

resource "random_password" "all" {
  for_each = var.names

  length = 32
}

variable "names" {
  type = set(string)
}

resource "aws_db_instance" "made" {
  for_each = var.names

  password = random_password.all[each.key].result
}

resource "aws_db_instance" "counted" {
  count = 2

  password = var.passwords[count.index]
}

output "counted" {
  value     = aws_db_instance.counted[0].password
  sensitive = true
}

resource "aws_db_instance" "looped" {
  for_each = var.names

  password = var.passwords[each.key]
}

output "looped" {
  value     = values(aws_db_instance.looped)[*].password
  sensitive = true
}
