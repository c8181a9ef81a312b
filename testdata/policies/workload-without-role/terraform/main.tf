variable "role" {
  type = string
}

variable "properties" {
  type = string
}

variable "image" {
  type = string
}

resource "aws_ecs_task_definition" "bare" { # expect: ROLE01 warning "ECS task definition without a role"
  family                = "bare"
  execution_role_arn    = "arn:aws:iam::111122223333:role/execution"
  container_definitions = "[]"
}

resource "aws_ecs_task_definition" "null" { # expect: ROLE01 warning
  family                = "null"
  task_role_arn         = null
  container_definitions = "[]"
}

resource "aws_ecs_task_definition" "given" {
  family                = "given"
  task_role_arn         = var.role
  container_definitions = "[]"
}

resource "aws_apprunner_service" "bare" { # expect: ROLE01 warning "App Runner service"
  service_name = "bare"
  source_configuration {
    image_repository {
      image_identifier      = "public.ecr.aws/x/y:1"
      image_repository_type = "ECR_PUBLIC"
    }
  }
}

resource "aws_apprunner_service" "given" {
  service_name = "given"
  source_configuration {
    image_repository {
      image_identifier      = "public.ecr.aws/x/y:1"
      image_repository_type = "ECR_PUBLIC"
    }
  }
  instance_configuration {
    instance_role_arn = "arn:aws:iam::111122223333:role/service"
  }
}

resource "aws_batch_job_definition" "bare" {
  name                 = "bare"
  type                 = "container"
  container_properties = jsonencode({ image = var.image, executionRoleArn = var.role }) # expect: ROLE01 warning "set `jobRoleArn`"
}

resource "aws_batch_job_definition" "given" {
  name                 = "given"
  type                 = "container"
  container_properties = jsonencode({ image = var.image, jobRoleArn = var.role })
}

resource "aws_batch_job_definition" "text" {
  name                 = "text"
  type                 = "container"
  container_properties = <<-JSON
    {"image": "${var.image}", "JobRoleArn": "${var.role}"}
  JSON
}

resource "aws_batch_job_definition" "ecs" {
  name = "ecs"
  type = "container"
  ecs_properties = jsonencode({ # expect: ROLE01 warning "taskRoleArn"
    taskProperties = [{ containers = [{ image = var.image }] }]
  })
}

# The pods' service account has the role.
resource "aws_batch_job_definition" "eks" {
  name = "eks"
  type = "container"
  eks_properties {
    pod_properties {
      containers {
        image = "public.ecr.aws/x/y:1"
      }
    }
  }
}

resource "aws_batch_job_definition" "open" {
  name                 = "open"
  type                 = "container"
  container_properties = var.properties # expect: ROLE01?
}
