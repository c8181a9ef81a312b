a = <<EOT
x
EOT
 == "x"
