# want: EC201? web, IMDS02? web

resource "aws_instance" "web" {
  launch_template {
    name    = "made-elsewhere"
    version = "3"
  }
}
