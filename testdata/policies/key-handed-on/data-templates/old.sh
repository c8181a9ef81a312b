aws iam create-access-key --user-name bob # expect: KEY01 "aws_instance.old"
