a = [for.x]
