# want:

resource "aws_ecs_capacity_provider" "managed" {
  name    = "managed"
  cluster = "main"
  managed_instances_provider {
    infrastructure_role_arn = "arn:aws:iam::111122223333:role/infrastructure"
    instance_launch_template {
      ec2_instance_profile_arn = "arn:aws:iam::111122223333:instance-profile/ecsInstanceRole"
      network_configuration {
        subnets = ["subnet-0abcdef1234567890"]
      }
    }
  }
}
