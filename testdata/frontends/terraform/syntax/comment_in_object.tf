a = {
  # c
  b = 1 # d
  c = 2 // e
}
