# want:

resource "aws_cloud9_environment_ec2" "ide" {
  name          = "ide"
  instance_type = "t3.small"
  image_id      = "amazonlinux-2023-x86_64"
}

resource "aws_gamelift_fleet" "games" {
  name              = "games"
  ec2_instance_type = "c5.large"
}

resource "aws_lightsail_instance" "blog" {
  name              = "blog"
  availability_zone = "eu-west-1a"
  blueprint_id      = "amazon_linux_2023"
  bundle_id         = "nano_3_0"
}

resource "aws_codebuild_fleet" "builds" {
  name             = "builds"
  base_capacity    = 1
  compute_type     = "BUILD_GENERAL1_SMALL"
  environment_type = "LINUX_CONTAINER"
}
