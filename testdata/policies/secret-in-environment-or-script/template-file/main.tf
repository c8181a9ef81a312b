data "template_file" "start" {
  template = file("${path.module}/start.sh")
  vars = {
    word  = "corr3ct-horse-41" # expect: SEC05 "aws_instance.web"
    level = 3
  }
}

resource "aws_instance" "web" {
  iam_instance_profile = "web"
  metadata_options {
    http_tokens = "required"
  }
  user_data = data.template_file.start.rendered
}

data "template_file" "password" {
  template = "corr3ct-horse-42" # expect: SEC01
}

resource "aws_db_instance" "app" {
  password = data.template_file.password.rendered
}

# Both instances, taken together.
data "template_file" "each" {
  for_each = { a = "corr3ct-horse-43" } # expect: SEC05
  template = "export DB_PASSWORD=$${word}"
  vars     = { word = each.value }
}

resource "aws_instance" "all" {
  iam_instance_profile = "web"
  metadata_options {
    http_tokens = "required"
  }
  user_data = join("\n", [for one in data.template_file.each : one.rendered])
}
