a = {
  for k, v in m : k => {
    b = v
    c = 1
  }
}
