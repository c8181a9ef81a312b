variable "region" {
  type = string
}

variable "password" { # expect: SEC07 warning
  type = string
}

resource "aws_instance" "plain" {
  iam_instance_profile = "web"
  metadata_options {
    http_tokens = "required"
  }
  user_data = <<-EOT
    #!/bin/bash
    export DB_PASSWORD=corr3ct-horse-1 # expect: SEC05 "`DB_PASSWORD` in a script of `aws_instance.plain`"
    PGPASSWORD='corr3ct-horse-2' psql -h db # expect: SEC05 "PGPASSWORD"
    aws configure set aws_secret_access_key corr3ct-horse-3 # expect: SEC05 "aws_secret_access_key"
    curl -u admin:corr3ct-horse-4 https://repo.internal/x # expect: SEC05 "-u"
    cat > ~/.aws/credentials <<EOF
    [default]
    # expect-below: SEC05 "aws_secret_access_key"
    aws_secret_access_key = corr3ct-horse-5
    EOF
    echo "ubuntu:corr3ct-horse-6" | chpasswd # expect: SEC05 "chpasswd"
    DB_PASSWORD=$(aws secretsmanager get-secret-value --secret-id prod/db --query SecretString --output text)
    OTHER_PASSWORD="$${DB_PASSWORD}"
    TOKEN=`curl -X PUT "http://169.254.169.254/latest/api/token" -H "X-aws-ec2-metadata-token-ttl-seconds: 21600"`
    curl -H "X-aws-ec2-metadata-token: $TOKEN" http://169.254.169.254/latest/meta-data/
    sed -i 's/^PasswordAuthentication yes/PasswordAuthentication no/' /etc/ssh/sshd_config
    # password: of the database
    export HANDED_PASSWORD=${var.password}
    export SUFFIXED_PASSWORD=${var.password}-corr3ct
    export SECRET_ID=prod-database-9
  EOT
}

resource "aws_instance" "encoded" {
  iam_instance_profile = "web"
  metadata_options {
    http_tokens = "required"
  }
  user_data_base64 = base64encode(<<-EOT
    #!/bin/bash
    export REGION=${var.region}
    # expect-below: SEC05 "aws_instance.encoded"
    export DB_PASSWORD=corr3ct-horse-7
  EOT
  )
}

resource "aws_launch_template" "rendered" {
  name = "rendered"
  iam_instance_profile {
    name = "web"
  }
  metadata_options {
    http_tokens = "required"
  }
  user_data = base64gzip(templatefile("${path.module}/start.sh", { region = var.region, word = "x" }))
}

resource "aws_instance" "binary" {
  iam_instance_profile = "web"
  metadata_options {
    http_tokens = "required"
  }
  user_data_base64 = "IyEvYmluL2Jhc2gKZXhwb3J0IERCX1BBU1NXT1JEPWNvcnIzY3QtaG9yc2UtOQo=" # expect: SEC05 "aws_instance.binary"
}

resource "aws_instance" "packed" {
  iam_instance_profile = "web"
  metadata_options {
    http_tokens = "required"
  }
  user_data_base64 = "@GZIP@" # expect: SEC05 "aws_instance.packed"
}

data "cloudinit_config" "files" {
  part {
    content_type = "text/cloud-config"
    content      = <<-EOT
      #cloud-config
      write_files:
        - path: /etc/app.yaml
          content: |
            # expect-below: SEC05 "cloudinit_config.files"
            db_password: corr3ct-horse-10
            token_url: https://auth.internal/token
    EOT
  }
}
