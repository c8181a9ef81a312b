a = [for in in in : in]
