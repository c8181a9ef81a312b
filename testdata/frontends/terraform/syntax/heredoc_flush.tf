a = <<-EOT
  x
  EOT
