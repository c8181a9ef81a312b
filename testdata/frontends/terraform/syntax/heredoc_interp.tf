a = <<EOT
${b} $${c} %{if d}x%{endif}
EOT
