variable "stage" {
  type = string
}

resource "aws_instance" "packed_here" {
  iam_instance_profile = "web"
  metadata_options {
    http_tokens = "required"
  }
  user_data_base64 = base64gzip("#!/bin/bash\nexport ADMIN_PASSWORD=corr3ct-horse-1\n") # expect: SEC05 "`ADMIN_PASSWORD` in a script"
}

resource "aws_instance" "packed_with_an_unknown" {
  iam_instance_profile = "web"
  metadata_options {
    http_tokens = "required"
  }
  user_data_base64 = base64gzip("#!/bin/bash\nexport STAGE=${var.stage}\nexport ADMIN_PASSWORD=corr3ct-horse-2\n") # expect: SEC05 "ADMIN_PASSWORD"
}

resource "aws_instance" "packed_reference" {
  iam_instance_profile = "web"
  metadata_options {
    http_tokens = "required"
  }
  user_data_base64 = base64gzip("#!/bin/bash\nexport ADMIN_PASSWORD=${var.stage}\n")
}

resource "aws_instance" "two_in_one" {
  iam_instance_profile = "web"
  metadata_options {
    http_tokens = "required"
  }
  # expect-below: SEC05 "`DB_PASSWORD`"; SEC05 "`API_TOKEN`"
  user_data_base64 = "@GZ(#!/bin/bash\nexport DB_PASSWORD=corr3ct-horse-3\nexport API_TOKEN=corr3ct-horse-4\n)@"
}

resource "aws_lambda_function" "encoded" {
  function_name = "encoded"
  role          = "arn:aws:iam::111122223333:role/encoded"
  environment {
    variables = {
      ENCODED_SECRET  = base64encode("@RANDOM@") # expect: SEC05 "`ENCODED_SECRET` in the environment"
      GRAFANA_API_KEY = "@B64({"k":"@RANDOM@","n":"ci","id":1})@" # expect: SEC05 "`GRAFANA_API_KEY`"
      OPEN_SECRET     = base64encode(var.stage)
      WORD_SECRET     = base64encode("changeme")
      ENCODED_TEXT    = base64encode("what anybody may read")
    }
  }
}
