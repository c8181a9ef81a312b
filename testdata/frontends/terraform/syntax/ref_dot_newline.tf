a = b.
c
