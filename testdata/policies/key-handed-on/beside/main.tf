# Another secret near the name says nothing of the key.
variable "key" {
  type      = string
  sensitive = true
}

resource "aws_instance" "apart" {
  iam_instance_profile = "web"
  metadata_options {
    http_tokens = "required"
  }
  user_data = "export AWS_SECRET_ACCESS_KEY=${var.key}" # expect: KEY04
}

resource "aws_db_instance" "next" {
  password = "corr3ct-horse-21" # expect: SEC01
}

resource "aws_instance" "both" {
  iam_instance_profile = "web"
  metadata_options {
    http_tokens = "required"
  }
  user_data = <<-EOT
    export DB_PASSWORD=corr3ct-horse-22 # expect: SEC05
    export AWS_SECRET_ACCESS_KEY=${var.key} # expect: KEY04
  EOT
}

resource "aws_instance" "joined" {
  iam_instance_profile = "web"
  metadata_options {
    http_tokens = "required"
  }
  user_data = join("\n", [
    "export URL=postgres://app:corr3ct-horse-23@db/app", # expect: SEC06
    "export AWS_SECRET_ACCESS_KEY=${var.key}",           # expect: KEY04
  ])
}

resource "aws_instance" "filled" {
  iam_instance_profile = "web"
  metadata_options {
    http_tokens = "required"
  }
  user_data = templatefile("start.sh", { key = var.key, word = "corr3ct-horse-24" }) # expect: SEC05
}

resource "aws_ecs_task_definition" "listed" {
  task_role_arn = "arn:aws:iam::123456789012:role/app"
  container_definitions = jsonencode([{
    name = "app"
    environment = [
      { name = "DB_PASSWORD", value = "corr3ct-horse-25" }, # expect: SEC05
      { name = "AWS_SECRET_ACCESS_KEY", value = var.key },  # expect: KEY04
    ]
  }])
}

resource "aws_ecs_task_definition" "written" {
  task_role_arn         = "arn:aws:iam::123456789012:role/app"
  # expect-two-below: SEC05; KEY04
  container_definitions = <<-EOT
    [{"name": "app", "environment": [{"name": "DB_PASSWORD", "value": "corr3ct-horse-26"}, {"name": "AWS_SECRET_ACCESS_KEY", "value": "${var.key}"}]}]
  EOT
}

# What AWS's documentation shows is a key by its name, whatever else stands there.
resource "aws_instance" "example" {
  iam_instance_profile = "web"
  metadata_options {
    http_tokens = "required"
  }
  user_data = <<-EOT
    useradd -m -p corr3ct-horse-27 admin # expect: SEC05
    aws configure set aws_access_key_id AKIAIOSFODNN7EXAMPLE
    aws configure set aws_secret_access_key wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY # expect: KEY04
  EOT
}

# The value itself, or the other half, is told as what it is.
resource "aws_instance" "known" {
  iam_instance_profile = "web"
  metadata_options {
    http_tokens = "required"
  }
  user_data = <<-EOT
    export AWS_ACCESS_KEY_ID=@AKIA@ # expect: KEY02
    export AWS_SECRET_ACCESS_KEY=${var.key}
  EOT
}

resource "aws_instance" "word" {
  iam_instance_profile = "web"
  metadata_options {
    http_tokens = "required"
  }
  user_data = "export AWS_SECRET_ACCESS_KEY=corr3ct-horse-28\nexport MODE=a" # expect: SEC05
}
