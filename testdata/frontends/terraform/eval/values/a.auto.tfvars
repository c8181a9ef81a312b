c = "c-auto"
e = "e-auto-a"
