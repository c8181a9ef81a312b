# want: ROOT01 master

resource "aws_iam_access_key" "master" {
  user = "root"
}
