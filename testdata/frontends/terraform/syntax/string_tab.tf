a = "x	y"
