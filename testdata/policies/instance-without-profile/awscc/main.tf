resource "awscc_ec2_instance" "bare" { # expect: EC201 "`iam_instance_profile`"
  metadata_options = { http_tokens = "required" }
}

resource "awscc_ec2_instance" "own" {
  iam_instance_profile = awscc_iam_instance_profile.web.instance_profile_name
  metadata_options     = { http_tokens = "required" }
}

resource "awscc_iam_instance_profile" "web" {
  instance_profile_name = "web"
  roles                 = [awscc_iam_role.web.role_name]
}

resource "awscc_iam_role" "web" {
  assume_role_policy_document = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "ec2.amazonaws.com" }
    }]
  })
}

resource "awscc_ec2_instance" "of_template" {
  launch_template = {
    launch_template_id = awscc_ec2_launch_template.good.id
    version            = "$Default"
  }
}

resource "awscc_ec2_launch_template" "good" {
  launch_template_data = {
    iam_instance_profile = { arn = awscc_iam_instance_profile.web.arn }
    metadata_options     = { http_tokens = "required" }
  }
}
