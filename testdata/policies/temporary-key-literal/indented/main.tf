# The text that runs is not what stands in the file: its lines lose their indentation.
resource "aws_lightsail_instance" "indented" {
  user_data = <<-EOF
    export AWS_ACCESS_KEY_ID=@ASIA@ # expect: KEY05 warning
    export AWS_SECRET_ACCESS_KEY=@AWS_SECRET@ # expect: KEY05 warning
    echo ready
  EOF
}

resource "aws_lightsail_instance" "joined" {
  user_data = join("\n", [
    "export AWS_ACCESS_KEY_ID=@ASIA@",           # expect: KEY05 warning
    "export AWS_SECRET_ACCESS_KEY=@AWS_SECRET2@", # expect: KEY05 warning
  ])
}
