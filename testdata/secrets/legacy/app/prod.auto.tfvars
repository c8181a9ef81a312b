admin_password = "⟦+SEC04,SEC05 chain/tfvars|oGYr3¦ZTsM7¦LDksc¦4⟧"
databases = {
  orders = { host = "⟦- url/host|orders.prod⟧", password = "⟦+SEC01 chain/tfvars|xawsy¦wGXq0¦BM4vL¦Mfwhi⟧" }
}
