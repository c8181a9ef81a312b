a = [
  <<EOT
x
EOT
]
