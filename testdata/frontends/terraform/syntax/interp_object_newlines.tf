a = "${jsonencode({
  b = 1
  c = 2
})}"
