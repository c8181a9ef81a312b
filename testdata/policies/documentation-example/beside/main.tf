# A key that is told of one resource says nothing of an example in another one.
variable "key" {
  type      = string
  sensitive = true
}

resource "aws_instance" "key" {
  user_data = "export AWS_SECRET_ACCESS_KEY=${var.key}"
}

resource "aws_lambda_function" "example" {
  environment {
    variables = {
      KEY = "AKIAIOSFODNN7EXAMPLE" # expect: SEC09 note
    }
  }
}
