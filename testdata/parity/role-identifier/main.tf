# want:

resource "aws_lambda_function" "worker" {
  function_name = "worker"
  environment {
    variables = {
      ROLE_ID = "AROAQ3EGRIGB4KSW2XYVA"
    }
  }
}
