data "template_file" "trust" {
  template = <<-EOT
    {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS":
      "$${who}" 
    }}]}
  EOT
  vars     = { who = "*" } # expect: ROLE03 warning
}

resource "aws_iam_role" "open" {
  assume_role_policy = data.template_file.trust.rendered
}

data "template_file" "account" {
  template = "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"sts:AssumeRole\", \"Principal\": {\"Service\": \"$${service}.amazonaws.com\"}}]}"
  vars     = { service = "ec2" }
}

resource "aws_iam_role" "right" {
  assume_role_policy = data.template_file.account.rendered
}
