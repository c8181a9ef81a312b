a = b ? "x" : "y"
