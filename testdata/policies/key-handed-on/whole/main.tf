resource "aws_iam_access_key" "one" { # expect: KEY01
  user = "one"
}

resource "aws_iam_access_key" "some" { # expect: KEY01
  count = 2
  user  = "some"
}

resource "aws_iam_access_key" "each" { # expect: KEY01
  for_each = toset(["a"])
  user     = each.key
}

resource "aws_iam_access_key" "locked" { # expect: KEY01
  user    = "locked"
  pgp_key = "keybase:app"
}

output "one" {
  value     = aws_iam_access_key.one # expect: KEY04 "`aws_iam_access_key.one` is kept in the state"
  sensitive = true
}

output "some" {
  value     = aws_iam_access_key.some[*] # expect: KEY04
  sensitive = true
}

output "first" {
  value     = aws_iam_access_key.some[0] # expect: KEY04
  sensitive = true
}

output "each" {
  value     = values(aws_iam_access_key.each) # expect: KEY04
  sensitive = true
}

output "by_name" {
  value     = { for name, key in aws_iam_access_key.each : name => key } # expect: KEY04
  sensitive = true
}

output "document" {
  value     = jsonencode(aws_iam_access_key.one) # expect: KEY04
  sensitive = true
}

output "locked" {
  value     = aws_iam_access_key.locked # expect: KEY04
  sensitive = true
}

resource "local_file" "key" {
  filename = "key.json"
  content  = jsonencode(aws_iam_access_key.one) # expect: KEY04
}

# What is left of a key without its secret half.
output "ids" {
  value = aws_iam_access_key.some[*].id
}

output "names" {
  value = keys(aws_iam_access_key.each)
}

output "count" {
  value = length(aws_iam_access_key.some)
}

output "is_there" {
  value = aws_iam_access_key.one != null
}

output "users" {
  value = { for name, key in aws_iam_access_key.each : name => key.user }
}
