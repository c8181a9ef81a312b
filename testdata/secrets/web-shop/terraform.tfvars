session_secret_key = "⟦+SEC04 password/tfvars|KJhXL¦3Xutg¦62stp¦W6TiM¦LUsS9¦1trGY¦pv⟧"
min_password_length = ⟦- setting/number|16⟧
token_endpoint = "⟦- url/plain|https://login.acme.examp¦le/co¦mmon/¦oauth¦2/tok¦en⟧"
