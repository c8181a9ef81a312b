a = b.for.in.if.null.true
