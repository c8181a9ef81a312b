a = [for b in [for c in d : c] : [for e in b : e]]
