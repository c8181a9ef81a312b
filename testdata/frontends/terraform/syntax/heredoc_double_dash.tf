a = <<--EOT
x
EOT
