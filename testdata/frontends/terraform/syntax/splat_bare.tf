a = b.*
c = d[*]
