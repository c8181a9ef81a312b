a = [for b in c : b if b != 1]
