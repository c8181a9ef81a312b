# A resource of any type of CloudFormation's, with that type's properties in a document.

resource "aws_cloudcontrolapi_resource" "encoded" {
  type_name = "AWS::RDS::DBInstance"
  desired_state = jsonencode({
    MasterUsername     = "app"
    MasterUserPassword = "Pl4in-text-1" # expect: SEC01 "`MasterUserPassword` of `aws_cloudcontrolapi_resource.encoded`"
  })
}

resource "aws_cloudcontrolapi_resource" "written" {
  type_name = "AWS::RDS::DBInstance"
  # expect-two-below: SEC01
  desired_state = <<STATE
{"DBInstanceIdentifier": "${var.name}", "MasterUserPassword": "Pl4in-text-2"}
STATE
}

resource "aws_cloudcontrolapi_resource" "defaulted" {
  type_name     = "AWS::ElastiCache::ReplicationGroup"
  desired_state = jsonencode({ AuthToken = var.token, ReplicationGroupId = var.name })
}

variable "token" {
  default = "Pl4in-text-3" # expect: SEC01 "`AuthToken` of `aws_cloudcontrolapi_resource.defaulted`"
}

variable "name" {
  type = string
}

resource "aws_cloudcontrolapi_resource" "environment" {
  type_name = "AWS::Lambda::Function"
  desired_state = jsonencode({
    Environment = { Variables = { DB_PASSWORD = "Pl4in-text-4" } } # expect: SEC05
  })
}

resource "aws_cloudcontrolapi_resource" "right" {
  type_name = "AWS::RDS::DBInstance"
  desired_state = jsonencode({
    MasterUserPassword = random_password.db.result
    DBInstanceClass    = "db.t4g.micro"
  })
}

resource "random_password" "db" {
  length = 20
}
