a = <<EOT-X
x
EOT-X
