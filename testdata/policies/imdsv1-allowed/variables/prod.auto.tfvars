given = "optional" # expect: IMDS01 "aws_instance.by_file"
