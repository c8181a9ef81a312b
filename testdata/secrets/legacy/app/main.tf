variable "environment" {
  default = "prod"
}

resource "aws_ssm_parameter" "app" {
  name           = "⟦- name/parameter|/app/license_key⟧"
  type           = "String"
  insecure_value = "⟦- setting/word|community⟧"
}

resource "aws_lambda_function" "app" {
  function_name = "app"
  environment {
    variables = merge(local.common, {
      ADMIN_PASSWORD = var.admin_password
      OAUTH_SECRET   = lookup(var.oauth_secrets, var.environment)
      CHOSEN_TOKEN   = var.environment == "prod" ? "⟦+SEC05 chain/condition|0TD83¦rvabv¦mcwdn¦g9ZoA¦OXeGf¦bQgBQ¦vC⟧" : "⟦+SEC05 chain/condition|A8hSZ¦jZe7m¦TdP9R¦HQAd0¦L53kh¦TY1aF¦Gb⟧"
      ENCODED_SECRET = base64encode("⟦+SEC05 chain/base64encode|oFV39¦Fgcj0¦zDAHz¦0k0XI¦NvJ8⟧")
      UPPER_TOKEN    = upper("⟦+SEC05 chain/upper|yW5gU¦vxUQv¦vFwYO¦y2HlK¦VPys⟧")
      SHA_TOKEN      = sha256("⟦+SEC05 chain/sha256|seed-of-nothi¦ng⟧")
      FROM_FILE      = yamldecode(file("${path.module}/settings.yaml")).url
      TRIMMED_SECRET = trimspace(" ⟦+SEC05 chain/trimspace|bYuZI¦xPAi2¦jLJb1¦KTT6G¦KSHa⟧ ")
      REPLACED_TOKEN = replace("⟦+SEC05 chain/replace|tok_K¦98CDT¦OxAsh¦N08oO¦6Qzsk¦9VM⟧", "tok_", "")
      LIST_PASSWORD  = element(["⟦+SEC05 chain/element|SnbUW¦2sWWc¦fRhCg¦5XXgf⟧"], 0)
      FROM_JSON      = jsondecode("{\"key\": \"⟦- name/key|plain⟧\"}").key
    })
  }
}

locals {
  common = {
    SERVICE_PASSWORD = "⟦+SEC05 chain/local|drIGc¦uLCoG¦MT1UF¦vj1EL⟧"
    SERVICE_NAME     = "⟦- name/service|app⟧"
  }
  for_each_tokens = { for name, token in var.tokens : upper(name) => token }
}

variable "admin_password" {
  default = "⟦+SEC04 chain/default|JyrIc¦xXQCn¦7oc4X¦8⟧"
}

variable "oauth_secrets" {
  default = {
    prod = "⟦+SEC04,SEC05 chain/map|Lubfl¦c9Xx9¦kceDI¦jUUi7¦2TPI9¦RafWx¦oB⟧"
    test = "⟦+SEC04,SEC05 chain/map|DXTq4¦P4URm¦ej4bF¦AtLHc¦E8yoP¦vYXrt¦Hd⟧"
  }
}

variable "tokens" {
  type = map(string)
  default = {
    first  = "⟦+SEC04,SEC05 chain/map|WiFlv¦wO06x¦lv6M0¦i2W1Y¦NCDWm¦LGwvX¦cA⟧"
    second = "⟦+SEC04,SEC05 chain/map|WNbiV¦PCNat¦yVwAx¦1TIm7¦77UQ3¦IUWHE¦t8⟧"
  }
}

resource "aws_secretsmanager_secret_version" "tokens" {
  for_each      = var.databases
  secret_id     = each.key
  secret_string = each.value.password
}

variable "databases" {
  default = {
    orders  = { host = "⟦- url/host|orders.internal⟧", password = "⟦+SEC01,SEC04 chain/overridden|LvrbS¦gYF6f¦dk1d7¦LPHLp⟧" }
    billing = { host = "⟦- url/host|billing.internal⟧", password = "⟦+SEC01,SEC04 chain/overridden|Tpiu6¦UULzo¦kDlZB¦LL0H4⟧" }
  }
}

resource "aws_rds_cluster" "chosen" {
  master_username = "app"
  master_password = coalesce(var.master, "⟦+SEC01 chain/coalesce|Kc4D5¦9CMLL¦3CyPY¦nT01h⟧")
}

variable "master" {
  default = ""
}

resource "aws_mq_broker" "dynamic" {
  broker_name = "dynamic"
  dynamic "user" {
    for_each = local.users
    content {
      username = user.value.name
      password = user.value.password
    }
  }
}

locals {
  users = [
    { name = "⟦- name/user|one⟧", password = "⟦+SEC01 chain/dynamic|JU8gi¦A5Giw¦phSZM¦cuICw⟧" },
    { name = "⟦- name/user|two⟧", password = "⟦+SEC01 chain/dynamic|X6kmr¦ooqOd¦qbkrb¦B3MaZ⟧" },
  ]
}

module "nested" {
  source      = "./nested"
  credentials = local.nested
}

locals {
  nested = { user = "⟦- name/user|nested⟧", password = "⟦+SEC01 chain/module|iasW7¦JdRhF¦SB8xj¦oOjzx⟧" }
}
