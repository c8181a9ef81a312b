a     = "a-tfvars"
b     = "b-tfvars"
c     = "c-tfvars"
typed = [1, true]
nulled  = null
nulled2 = null
