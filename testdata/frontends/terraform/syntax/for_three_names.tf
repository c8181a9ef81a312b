a = [for b, c, d in e : b]
