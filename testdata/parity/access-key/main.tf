# want: KEY01 deploy, KEY01 referred

resource "aws_iam_user" "bot" {
  name = "bot"
}

resource "aws_iam_access_key" "deploy" {
  user = "deployer"
}

resource "aws_iam_access_key" "referred" {
  user   = aws_iam_user.bot.name
  status = "Inactive"
}
