resource "null_resource" "key" {
  provisioner "local-exec" {
    command = "aws iam create-access-key" # expect: ROOT01 warning "whoever runs it"
  }
}
