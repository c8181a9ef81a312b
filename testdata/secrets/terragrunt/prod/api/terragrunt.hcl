include "root" {
  path = find_in_parent_folders("root.hcl")
}

terraform {
  source = "../../modules/api"
}

dependency "db" {
  config_path = "../db"
  mock_outputs = {
    endpoint   = "⟦- url/host|mock.internal⟧"
    secret_arn = "⟦- arn/secret|arn:aws:secretsmanager:eu-west-1:11112¦22233¦33:secret:mock-AbCdEf⟧"
  }
}

locals {
  secrets = yamldecode(sops_decrypt_file("⟦- name/path|secrets.enc.yaml⟧"))
}

inputs = {
  api_token   = "⟦+SEC04,SEC05 password/input|oIjXO¦AUlnD¦8DT15¦zprSN¦f1Zk5¦EkrWT¦mPuiR¦9c2Kp⟧"
  db_password = local.secrets.db_password
  db_host     = dependency.db.outputs.endpoint
  image_tag   = "⟦- hash/git|6b35a¦92477¦84859¦bc632¦8e6a9¦04da8¦843b4¦3bb47⟧"
  webhook     = "⟦+SEC02 token/slack|https://hoo¦ks.slack.com/s¦ervic¦es/T4¦W6IAT¦ZUKI/¦BLLW5¦4SBE5¦Z/AQV¦EQ2Ax¦7phe7¦ow3PG¦a9RTe¦I⟧"
  auth_mode   = "⟦- setting/word|IAM⟧"
}
