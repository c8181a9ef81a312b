a = b.c()
