a = provider::aws::arn_parse(b)
