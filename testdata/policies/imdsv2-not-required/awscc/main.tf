resource "awscc_ec2_launch_template" "good" {
  launch_template_name = "good"
  launch_template_data = {
    iam_instance_profile = { name = "web" }
    metadata_options     = { http_tokens = "required" }
  }
}

resource "awscc_ec2_instance" "from_template" {
  launch_template = {
    launch_template_id = awscc_ec2_launch_template.good.launch_template_id
    version            = awscc_ec2_launch_template.good.latest_version_number
  }
}

resource "awscc_ec2_instance" "by_name" {
  launch_template = {
    launch_template_name = "good"
    version              = "$Latest"
  }
}

resource "awscc_ec2_instance" "off" {
  iam_instance_profile = "web"
  metadata_options     = { http_endpoint = "disabled" }
}

resource "awscc_ec2_instance" "pinned" { # expect: IMDS02?
  iam_instance_profile = "web"
  launch_template = {
    launch_template_id = awscc_ec2_launch_template.good.launch_template_id
    version            = "3"
  }
}

resource "awscc_ec2_instance" "bare" { # expect: IMDS02 "set `http_tokens = 'required'` in `metadata_options`"
  iam_instance_profile = "web"
}

resource "awscc_autoscaling_launch_configuration" "bare" { # expect: IMDS02
  image_id             = "ami-0abcdef1234567890"
  instance_type        = "t3.micro"
  iam_instance_profile = "web"
}

resource "awscc_ec2_spot_fleet" "bare" {
  spot_fleet_request_config_data = {
    iam_fleet_role  = "arn:aws:iam::123456789012:role/fleet"
    target_capacity = 1
    launch_specifications = [{ # expect: IMDS02
      image_id             = "ami-0abcdef1234567890"
      iam_instance_profile = { arn = "arn:aws:iam::123456789012:instance-profile/web" }
    }]
  }
}

resource "awscc_eks_nodegroup" "good" {
  cluster_name = "c"
  node_role    = "arn:aws:iam::123456789012:role/node"
  subnets      = ["subnet-1"]
  launch_template = {
    id      = awscc_ec2_launch_template.good.id
    version = awscc_ec2_launch_template.good.latest_version_number
  }
}

resource "awscc_batch_compute_environment" "fargate" {
  type = "MANAGED"
  compute_resources = {
    type      = "FARGATE"
    maxv_cpus = 2
  }
}

resource "awscc_sagemaker_notebook_instance" "good" {
  instance_type = "ml.t3.medium"
  role_arn      = "arn:aws:iam::123456789012:role/notebook"
  instance_metadata_service_configuration = {
    minimum_instance_metadata_service_version = "2"
  }
}

# An image of the project may require them of what says nothing.
resource "awscc_ec2_instance" "of_image" { # expect: IMDS02 note "its image"
  image_id             = aws_ami.required.id
  iam_instance_profile = "web"
}

resource "aws_ami" "required" {
  name         = "required"
  imds_support = "v2.0"
}
