include "root" {
  path = find_in_parent_folders("root.hcl")
}

terraform {
  source = "../../modules/db"
  extra_arguments "env" {
    commands = ["plan", "apply"]
    env_vars = {
      TF_VAR_replica_token = "⟦+SEC04,SEC05 password/environment|IkbFV¦8rRGW¦WcJXg¦JcpnT¦d9j6h¦mIzQI¦Sy⟧"
      TF_LOG_PATH          = "⟦- name/path|/tmp/terraform.log⟧"
    }
  }
}

inputs = {
  name            = "⟦- name/database|orders⟧"
  master_password = "⟦+SEC01,SEC04 password/input|fnc2U¦wteQK¦X6kFl¦7oQTw⟧"
  secret_name     = "⟦- name/secret|prod/orders/db⟧"
  password_policy = "⟦- setting/word|strict⟧"
  kms_key_id      = "⟦- arn/kms|arn:aws:kms:eu-west-1:07873¦16680¦79:key/b¦68535¦01-e856-4536-aa3a-e6764¦82737¦07⟧"
}
