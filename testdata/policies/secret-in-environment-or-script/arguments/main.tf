# Commands as lists of arguments: what an option says of a secret stands in the argument before it.
# https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html#ECS-Type-ContainerDefinition-command
variable "password" {
  type      = string
  sensitive = true
}

resource "aws_ecs_task_definition" "jobs" {
  family = "jobs"
  container_definitions = jsonencode([
    {
      name    = "probe"
      image   = "curl"
      command = ["curl", "-u", "admin:petrel-sleet-1", "https://x.example.com"] # expect: SEC05
    },
    {
      name        = "cache"
      image       = "redis"
      healthCheck = { command = ["CMD", "redis-cli", "-a", "petrel-sleet-2", "ping"] } # expect: SEC05
    },
    {
      name        = "db"
      image       = "mysql"
      healthCheck = { command = ["CMD", "mysqladmin", "ping", "-uroot", "-ppetrel-sleet-3"] } # expect: SEC05
    },
    { name = "fine", image = "curl", command = ["curl", "-u", "admin:${var.password}", "https://x.example.com"] },
    { name = "fine-too", image = "curl", command = ["curl", "-u", "admin:$(PASSWORD)", "https://x.example.com"] },
    { name = "port", image = "ssh", command = ["ssh", "-p", "22", "host"] },
  ])
}

resource "kubernetes_pod" "probe" {
  metadata {
    name = "probe"
  }
  spec {
    container {
      name    = "probe"
      command = ["curl", "-u", "admin:petrel-sleet-4", "https://x.example.com"] # expect: SEC05
    }
    container {
      name    = "fine"
      command = ["curl", "-u", "admin:${var.password}", "https://x.example.com"]
    }
  }
}

resource "aws_instance" "web" {
  ami                  = "ami-12345678"
  instance_type        = "t3.micro"
  iam_instance_profile = "web"
  metadata_options {
    http_tokens = "required"
  }
  user_data = <<-EOT
    #cloud-config
    runcmd:
      - [curl, -u, "admin:petrel-sleet-5", "https://x.example.com"] # expect: SEC05
      - [docker, login, -u, bob, -p, petrel-sleet-6, registry.example.com] # expect: SEC05
      - - mysql
        - --password
        - petrel-sleet-7 # expect: SEC05
      - [curl, -u, "admin:${var.password}", "https://x.example.com"]
      - [systemctl, restart, docker]
  EOT
}
