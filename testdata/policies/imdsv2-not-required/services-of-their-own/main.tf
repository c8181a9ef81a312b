resource "aws_appstream_fleet" "desks" {
  name          = "desks"
  instance_type = "stream.standard.small"
}

resource "aws_appstream_image_builder" "desks" {
  name          = "desks"
  instance_type = "stream.standard.small"
}

resource "aws_workspaces_workspace" "desk" {
  directory_id = "d-0123456789"
  bundle_id    = "wsb-012345678"
  user_name    = "ada"
}

resource "aws_mwaa_environment" "flows" {
  name               = "flows"
  execution_role_arn = "arn:aws:iam::111122223333:role/flows"
}

resource "aws_ecs_capacity_provider" "managed" {
  name = "managed"

  managed_instances_provider {
    infrastructure_role_arn = "arn:aws:iam::111122223333:role/infrastructure"

    instance_launch_template {
      ec2_instance_profile_arn = "arn:aws:iam::111122223333:instance-profile/ecs"
    }
  }
}
