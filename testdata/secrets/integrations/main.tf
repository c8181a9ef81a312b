module "app" {
  source = "./modules/app"
  settings = {
    token    = "⟦+SEC05 password/module|QgYsd¦CnkFk¦l0uBg¦xXdc5¦gaLcc¦jq23c¦aM⟧"
    endpoint = "⟦- url/plain|https://app.acme.example⟧"
    key_arn  = "⟦- arn/kms|arn:aws:kms:eu-west-1:17750¦92064¦98:key/1¦3f2ae¦7d-e324-4f3b-ad01-ae5d8¦46c18¦29⟧"
  }
  smtp = {
    username = "⟦- name/user|app⟧"
    password = "⟦+SEC01 password/module|aYyHg¦HCKe5¦5cr47¦CZcey⟧"
  }
  passwords = ["⟦+SEC01 password/module|61vy8¦dZbgA¦6qAgu¦WKVfX⟧", "⟦+SEC01 password/module|H3PNG¦6y6iE¦zlYGD¦rcHre¦w5Fr⟧"]
  parts     = ["⟦- name/host|db.internal⟧", "⟦+SEC06 url/joined|3lsps¦VGP5I¦tnuBe¦h⟧"]
}
