a = <<EOT
"x" 'y' \n \q {
EOT
