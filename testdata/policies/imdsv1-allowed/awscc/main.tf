resource "awscc_ec2_instance" "own" {
  image_id             = "ami-0abcdef1234567890"
  iam_instance_profile = "web"
  metadata_options = {
    http_tokens = "optional" # expect: IMDS01 "the instance's own value decides"
  }
}

resource "awscc_ec2_launch_template" "old" {
  launch_template_name = "old"
  launch_template_data = {
    image_id             = "ami-0abcdef1234567890"
    iam_instance_profile = { arn = awscc_iam_instance_profile.web.arn }
    metadata_options = {
      http_endpoint = "enabled"
      http_tokens   = "optional" # expect: IMDS01 "`awscc_autoscaling_auto_scaling_group.mixed` gets its metadata options from here, by its newest version"
    }
  }
}

resource "awscc_iam_instance_profile" "web" {
  roles = ["web"]
}

# By id, by name, with versions: each is one of the template's users.
resource "awscc_autoscaling_auto_scaling_group" "by_id" {
  max_size = "1"
  min_size = "1"
  launch_template = {
    launch_template_id = awscc_ec2_launch_template.old.launch_template_id
    version            = awscc_ec2_launch_template.old.latest_version_number
  }
}

resource "awscc_autoscaling_auto_scaling_group" "mixed" {
  max_size = "1"
  min_size = "1"
  mixed_instances_policy = {
    launch_template = {
      launch_template_specification = {
        launch_template_name = "old"
        version              = "$Latest"
      }
      overrides = [{ instance_type = "t3.micro" }]
    }
  }
}

resource "awscc_ec2_ec2_fleet" "own" {
  target_capacity_specification = { total_target_capacity = 1 }
  launch_template_configs = [{
    launch_template_specification = {
      launch_template_id = awscc_ec2_launch_template.old.id
      version            = "$Latest"
    }
    overrides = [{
      metadata_options = { http_tokens = "optional" } # expect: IMDS01 "an override, before `awscc_ec2_launch_template.old`"
    }]
  }]
}

resource "awscc_sagemaker_notebook_instance" "old" {
  instance_type = "ml.t3.medium"
  role_arn      = "arn:aws:iam::123456789012:role/notebook"
  instance_metadata_service_configuration = {
    minimum_instance_metadata_service_version = "1" # expect: IMDS01
  }
}

resource "awscc_elasticbeanstalk_environment" "old" {
  application_name = "app"
  option_settings = [
    { namespace = "aws:autoscaling:launchconfiguration", option_name = "IamInstanceProfile", value = "web" },
    { namespace = "aws:autoscaling:launchconfiguration", option_name = "DisableIMDSv1", value = "false" }, # expect: IMDS01
  ]
}

resource "awscc_emr_security_configuration" "old" {
  security_configuration = jsonencode({
    InstanceMetadataServiceConfiguration = { MinimumInstanceMetadataServiceVersion = 1 } # expect: IMDS01
  })
}

resource "awscc_appstream_image_builder" "old" {
  name           = "builder"
  instance_type  = "stream.standard.medium"
  disable_imdsv1 = false # expect: IMDS01
}
