a = b.*.c.0.d
