path "secret/*" {
  capabilities = [
