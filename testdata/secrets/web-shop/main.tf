# The shop: a load balancer, two services and their database.

terraform {
  required_version = ">= 1.9"
  backend "s3" {
    bucket         = "⟦- name/bucket|acme-shop-terraform-state⟧"
    key            = "⟦- name/path|prod/eu-west-1/shop.tfstate⟧"
    dynamodb_table = "⟦- name/table|terraform-locks⟧"
    kms_key_id     = "⟦- arn/kms|arn:aws:kms:eu-west-1:94391¦35596¦44:key/3¦18c99¦ce-37d6-43f6-a70e-20962¦67b2e¦af⟧"
    access_key     = "⟦+KEY03 aws/key-id|AKIAV¦S7ZUM¦I44BE¦CEKJZ⟧"
    secret_key     = "⟦+KEY03 aws/secret-key|Aqw5e¦aX3hL¦OSE+J¦NV6gR¦rG4Eb¦UNLl0¦P8ucO¦Lvr1C⟧"
  }
}

provider "aws" {
  region = "eu-west-1"
  assume_role {
    role_arn    = "⟦- arn/role|arn:aws:iam::83731¦20559¦45:role/terraform-deploy⟧"
    external_id = "⟦- id/external|acme-shop-7f3a⟧"
  }
}

provider "aws" {
  alias      = "billing"
  region     = "us-east-1"
  access_key = "⟦+KEY03 aws/key-id|AKIAR¦2ADIM¦F7BB6¦KDTFU⟧"
  secret_key = "⟦+KEY03 aws/secret-key|wTnXF¦xrT2W¦eLSvy¦w19+G¦2qxfi¦VL7tq¦hPEFc¦h37XQ⟧"
}

provider "datadog" {
  api_key = "⟦+KEY03,SEC01,SEC02 vendor/datadog|8a8fd¦dd9af¦a7a3c¦b6938¦47390¦53b39¦cb⟧"
  app_key = "⟦+KEY03,SEC01,SEC02 vendor/datadog|02e57¦79aa7¦ba4fa¦c84fd¦ceaab¦6cf86¦97130¦33a73⟧"
  api_url = "⟦- url/plain|https://api.datadoghq.eu/⟧"
}

provider "github" {
  owner = "acme"
  token = "⟦+KEY03,SEC02 token/github|ghp_3¦i33v6¦EViZz¦bzXi2¦ytyLe¦W2Q6p¦wlv53¦u12KP⟧"
}

locals {
  name            = "shop"
  commit          = "⟦- hash/git|1adbb¦e7a13¦e9e81¦ef2ab¦5d66b¦a427e¦a09eb¦dabcf⟧"
  short_commit    = "⟦- hash/git|5347654⟧"
  image           = "⟦- hash/digest|40412¦44437¦63.dkr.ecr.eu-west-1.amazonaws.com/shop@sha256:fa623¦e9352¦300dc¦25342¦4d538¦989c6¦b37ba¦4684d¦139d7¦61d37¦e245e¦e2547¦aefc⟧"
  smtp_password   = "⟦+SEC04,SEC05 password/local|BNc0D¦x8aoS¦J6kcy¦QE2kL¦RZLx9¦waMzT¦jfZz/¦YTS9o¦IHZV⟧"
  session_secret  = "⟦+SEC05,SEC04 password/local|2SkAK¦AUU3E¦j5sYW¦sqb64¦YvCYJ¦5VUGJ¦bR⟧"
  secret_name     = "⟦- name/secret|prod/shop/session⟧"
  secrets_prefix  = "⟦- name/prefix|prod/shop⟧"
  password_length = ⟦- setting/number|24⟧
  token_ttl       = "⟦- setting/number|86400⟧"
  tags = {
    Owner       = "⟦- text/mail|platform@acme.example⟧"
    CostCenter  = "⟦- id/number|4711-0815⟧"
    Fingerprint = "⟦- hash/md5|5186c¦b4363¦36694¦41b5b¦e759c¦53b5a¦cf⟧"
  }
}

module "database" {
  source         = "./modules/database"
  name           = local.name
  username       = "⟦- name/user|shop_admin⟧"
  password       = "⟦+SEC01 password/attribute|Somme¦r2024!⟧"
  replica_secret = var.replica_password
}

variable "replica_password" {
  type    = string
  default = "⟦+SEC01 password/default|4hwTS¦lb1KE¦tDXlN¦w⟧"
}

variable "session_secret_key" {
  type        = string
  description = "⟦- prose/comment|Signs sessions; at least 32 characters, see the runbook on secrets⟧"
  default     = ""
}

variable "api_token" {
  type    = string
  default = "⟦+SEC04,SEC05 password/default|pCeQ6¦kcskl¦Fa7VU¦xzmed¦KerB⟧"
}

variable "db_password_arn" {
  type    = string
  default = "⟦- arn/secret|arn:aws:secretsmanager:eu-west-1:47852¦84152¦53:secret:prod/shop/db-vcy3f5⟧"
}

variable "require_password_change" {
  type    = bool
  default = ⟦- setting/bool|true⟧
}

variable "min_password_length" {
  default = ⟦- setting/number|14⟧
}

variable "auth_type" {
  default = "⟦- setting/word|AWS_IAM⟧"
}

variable "token_endpoint" {
  default = "⟦- url/plain|https://login.acme.examp¦le/oa¦uth2/¦v2.0/token⟧"
}

variable "ssh_public_key" {
  default = "⟦- public/ssh|ssh-ed25519 AAAAC¦3NzaC¦1lZDI¦1NTE5¦AAAAI¦mPzPn¦auput¦aZTU6¦FSyNe¦3ATo1¦R6yOE¦ryCFt¦/VmXO¦A8F deploy@acme⟧"
}

variable "stripe_publishable_key" {
  default = "⟦- public/stripe|pk_li¦ve_51¦iaGsm¦Wov4E¦iCsU6¦JErHU¦SejDJ¦ZF5SH¦qQLsK¦Gf5j8¦A6dg6¦kvQJH¦dIoan¦PVXWu¦pxsrB¦494fp¦R2T7c¦RIdfv¦bu8eM¦Kc2mZ¦ye4J3¦zM⟧"
}

resource "aws_lambda_function" "orders" {
  function_name    = "⟦- name/function|shop-orders⟧"
  role             = aws_iam_role.orders.arn
  runtime          = "nodejs22.x"
  handler          = "index.handler"
  s3_bucket        = "⟦- name/bucket|acme-shop-artifacts⟧"
  s3_key           = "⟦- hash/sha256|order¦s/91e¦980bd¦8d925¦7d86d¦3a53e¦4adbd¦88493¦56ea7¦e1619¦ce478¦66215¦d30e2¦6516d¦4.zip⟧"
  source_code_hash = "⟦- hash/base64|LmSLF¦jC8HW¦D5s4Z¦BDt5X¦qNDHJ¦ng6yF¦Atcf+¦0gyZw¦Mz8=⟧"
  kms_key_arn      = "⟦- arn/kms|arn:aws:kms:eu-west-1:59573¦72883¦77:alias/shop⟧"

  environment {
    variables = {
      STAGE                        = "prod"
      LOG_LEVEL                    = "info"
      DB_HOST                      = module.database.endpoint
      DB_PASSWORD                  = "⟦+SEC05 password/environment|Somme¦r2024!db⟧"
      DB_SECRET_ARN                = "⟦- arn/secret|arn:aws:secretsmanager:eu-west-1:04809¦05822¦02:secret:prod/shop/db-nw3xrn⟧"
      DB_SECRET_NAME               = "⟦- name/secret|prod/shop/db⟧"
      DATABASE_URL                 = "postgres://shop:⟦+SEC06 url/postgres|kEzXM¦t4cJ5¦Ud8Z2¦iPFmS⟧@db.shop.internal:5432/shop?sslmode=require"
      REPORTING_URL                = "⟦- url/reference|postgres://reporting@db.shop.internal:5432/shop⟧"
      CACHE_URL                    = "rediss://default:⟦+SEC06 url/redis|egJw9¦dcNjG¦yNv2o¦7SWzb¦DPURX¦5apWK¦O3⟧@cache.shop.internal:6379/0"
      STRIPE_SECRET_KEY            = "⟦+SEC02 token/stripe|sk_li¦ve_51¦w7Vuk¦E3zDi¦PAdqL¦DwaDn¦O5lfj¦Imi5P¦PbZbs¦U6vvq¦bTOjU¦XKahK¦c0zVj¦mGmRf¦HYT5p¦7Wk8Y¦YjLOK¦af8SH¦jJOEu¦Pw5dt¦aUxtO¦Ua⟧"
      STRIPE_PUBLISHABLE_KEY       = "⟦- public/stripe|pk_li¦ve_51¦7KJmI¦bASUT¦lOZeg¦rJvTC¦SL8CS¦yr8yS¦40J8A¦naSwG¦qQBKs¦9po9d¦87jid¦eBsuT¦XJ5ue¦DksUA¦HXNC6¦an45w¦p1x6K¦aJZBF¦9Dayf¦eu⟧"
      STRIPE_WEBHOOK_SECRET        = "⟦+SEC02,SEC05 token/stripe|whsec¦_B2KW¦5gBdR¦JGFxD¦L3hJB¦mWEt7¦YlCVh¦k87⟧"
      SENDGRID_API_KEY             = "⟦+SEC02 token/sendgrid|SG.Abi_u¦eFqEF¦assNs¦tOclS¦fx.zz7qP¦un8M0¦KA8mp¦_gzhY¦PA08x¦FZqi_¦8m9a7¦mP7Uf¦cCB⟧"
      SENTRY_DSN                   = "⟦- url/public|https://7f1¦7bb98¦65828¦a3c42¦8078b¦702e6¦7157@o841234.ingest.sentry.io/4505⟧"
      JWT_SECRET                   = "⟦+SEC05 password/environment|SauB7¦Y1KEC¦Qhugl¦yKRES¦Jf54U¦FnbAC¦qwE7f¦mzSes¦6AHQG¦FDAD4¦ujI0X¦PY4pW¦k4AG⟧"
      JWT_ISSUER                   = "⟦- url/plain|https://login.acme.example/⟧"
      JWKS_URL                     = "⟦- url/plain|https://login.acme.example/.well-known/jwks.json⟧"
      SESSION_SECRET               = local.session_secret
      SMTP_PASSWORD                = local.smtp_password
      TOKEN_TTL                    = "⟦- setting/number|3600⟧"
      TOKEN_URL                    = "⟦- url/plain|https://login.acme.examp¦le/oa¦uth2/¦token⟧"
      API_KEY_HEADER               = "⟦- setting/header|X-Api-Key⟧"
      AUTH_ENABLED                 = "⟦- setting/bool|true⟧"
      AUTH_TYPE                    = "⟦- setting/word|bearer⟧"
      PASSWORD_MIN_LENGTH          = "⟦- setting/number|12⟧"
      PASSWORD_RESET_URL           = "⟦- url/plain|https://shop.acme.example/account/reset-password⟧"
      SECRETS_MANAGER_ENDPOINT     = "⟦- url/plain|https://secretsmanager.eu-west-1.amazonaws.com⟧"
      CREDENTIALS_FILE             = "⟦- name/path|/etc/shop/credentials.json⟧"
      PRIVATE_KEY_PATH             = "⟦- name/path|/var/task/keys/signing.pem⟧"
      API_TOKEN                    = var.api_token
      FEATURE_FLAGS                = "⟦- id/uuid|2029a9dc-6989-4e3b-a1d9-4a0f4¦26e9f¦d2⟧"
      POWERTOOLS_SERVICE_NAME      = "⟦- name/service|orders⟧"
      AWS_LAMBDA_EXEC_WRAPPER      = "⟦- name/path|/opt/otel-handler⟧"
      NODE_OPTIONS                 = "⟦- setting/flags|--enable-source-maps --max-old-space-size=512⟧"
      MYSQL_ALLOW_EMPTY_PASSWORD   = "⟦- setting/bool|yes⟧"
      SECRETS_EXTENSION_HTTP_PORT  = "⟦- setting/number|2773⟧"
      PARAMETERS_SECRETS_CACHE_TTL = "⟦- setting/number|300⟧"
    }
  }
}

resource "aws_lambda_function" "export" {
  function_name = "shop-export"
  role          = aws_iam_role.orders.arn
  environment {
    variables = {
      AWS_ACCESS_KEY     = "⟦+KEY02 aws/key-id|AKIAT¦BS4B2¦J2K5R¦5HJA5⟧"
      AWS_SECRET_KEY     = "⟦+KEY02 aws/secret-key|yQWIb¦SsYWT¦0TYwk¦j+vA7¦/ZCYF¦EQDD/¦O7S4M¦ixD/t⟧"
      BUCKET_OWNER       = "⟦- id/aws|AIDAY¦MKPOV¦WQIWY¦N3KOQ¦Y⟧"
      PARTNER_KEY_ID     = "⟦+KEY02 aws/key-id|AKIAI¦W5CYE¦EI4PI¦SM2OU⟧"
      PARTNER_SECRET_KEY = "⟦+KEY02,SEC05 aws/secret-key|TuVYY¦ClaP+¦/ta7t¦fS6Ud¦4UkZJ¦I4SSy¦NdPuB¦Nx75R⟧"
      SLACK_WEBHOOK_URL  = "⟦+SEC02 token/slack|https://hoo¦ks.slack.com/s¦ervic¦es/TK¦HE6NY¦8HUO/¦BH59L¦9QZOG¦G/YE9¦t1Ja2¦rcl2K¦HQTOH¦7lPJY¦x⟧"
      CDN_DISTRIBUTION   = "⟦- id/aws|ED7SQ¦MMZQW¦U313⟧"
      HOSTED_ZONE        = "⟦- id/aws|ZAXVE¦8QV71¦BM87G¦R2DPJ¦O⟧"
      ASSET_MANIFEST     = "⟦- hash/sha256|app.2df62¦21985¦a1db8¦1c47d.js⟧"
    }
  }
}

resource "aws_iam_role" "orders" {
  name = "⟦- name/role|shop-orders⟧"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "⟦- iam/action|sts:AssumeRole⟧"
      Principal = { Service = "⟦- iam/principal|lambda.amazonaws.com⟧" }
    }]
  })
}

resource "aws_iam_role_policy" "secrets" {
  name = "read-secrets"
  role = aws_iam_role.orders.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "⟦- iam/sid|ReadD¦ataba¦seSec¦retAn¦dToke¦nPara¦meter¦s⟧"
        Effect   = "Allow"
        Action   = ["⟦- iam/action|secretsmanager:GetSe¦cretV¦alue⟧", "⟦- iam/action|secretsmanager:Descr¦ibeSe¦cret⟧", "⟦- iam/action|ssm:GetPa¦ramet¦ersBy¦Path⟧"]
        Resource = ["⟦- arn/secret|arn:aws:secretsmanager:eu-west-1:88520¦84555¦66:secret:prod/shop/*⟧", "⟦- arn/parameter|arn:aws:ssm:eu-west-1:29502¦86036¦50:parameter/prod/shop/api-token⟧"]
        Condition = {
          StringLike   = { "⟦- iam/condition|aws:userid⟧" = ["⟦- id/aws|AROAD¦RARNV¦RSITU¦FBY62¦I⟧:*", "⟦- id/aws|AIDAW¦CGVJN¦QOP7M¦T74XZ¦U⟧"] }
          StringEquals = { "⟦- iam/condition|secretsmanager:Resou¦rceTa¦g/tea¦m⟧" = "shop" }
          Bool         = { "⟦- iam/condition|aws:Multi¦Facto¦rAuth¦Prese¦nt⟧" = "⟦- setting/bool|true⟧" }
        }
      },
      {
        Effect   = "Deny"
        Action   = ["⟦- iam/action|iam:Creat¦eAcce¦ssKey⟧", "⟦- iam/action|iam:Updat¦eLogi¦nProf¦ile⟧", "⟦- iam/action|sts:GetSe¦ssion¦Token⟧"]
        Resource = "*"
      }
    ]
  })
}

resource "aws_instance" "bastion" {
  ami                    = "⟦- id/aws|ami-0fb05¦6fdb0¦96bc2¦7c⟧"
  instance_type          = "t4g.nano"
  subnet_id              = "⟦- id/aws|subnet-0e2b9¦ed1c6¦7d4d5¦8d⟧"
  vpc_security_group_ids = ["⟦- id/aws|sg-01518¦c4ca6¦5c38e¦cf⟧"]
  key_name               = "⟦- name/key|bastion-2024⟧"
  iam_instance_profile   = "bastion"
  user_data = templatefile("${path.module}/templates/bastion.sh.tftpl", {
    registry_password = "⟦+SEC05 password/script|bN24d¦vDdpv¦NfSda¦vymXZ⟧"
    region            = "eu-west-1"
  })
  metadata_options {
    http_tokens = "required"
  }
}

resource "aws_db_parameter_group" "shop" {
  family = "postgres16"
  parameter {
    name  = "password_encryption"
    value = "⟦- setting/word|scram-sha-256⟧"
  }
  parameter {
    name  = "rds.force_ssl"
    value = "1"
  }
}

resource "aws_elasticache_replication_group" "cache" {
  replication_group_id = "shop"
  description          = "⟦- prose/comment|Sessions; the auth token is rotated by hand⟧"
  auth_token           = "⟦+SEC01 password/attribute|gmbvB¦fItck¦qq5eY¦eL1HE¦WOMZ2¦04m7i¦e2⟧"
}

resource "aws_mq_broker" "events" {
  broker_name = "shop"
  user {
    username = "⟦- name/user|admin⟧"
    password = "⟦+SEC01 password/weak|chang¦eme⟧"
  }
}

resource "aws_ssm_parameter" "ses" {
  name  = "⟦- name/parameter|/prod/shop/ses-password⟧"
  type  = "SecureString"
  value = "⟦+SEC01 password/attribute|BCs3v¦RfWOz¦wqQQM¦CpHfX¦QW47+¦ojjJi¦tNXoL¦B8lkd¦0qjs⟧"
}

resource "aws_ssm_parameter" "endpoint" {
  name  = "⟦- name/parameter|/prod/shop/endpoint⟧"
  type  = "String"
  value = "⟦- url/plain|https://api.shop.acme.example⟧"
}

resource "aws_secretsmanager_secret" "stripe" {
  name        = "⟦- name/secret|prod/shop/stripe⟧"
  description = "⟦- prose/comment|Contains the sk_live_ key of the European account⟧"
  kms_key_id  = "⟦- id/alias|alias/shop-secrets⟧"
}

resource "aws_secretsmanager_secret_version" "stripe" {
  secret_id = aws_secretsmanager_secret.stripe.id
  secret_string = jsonencode({
    publishable = "⟦- public/stripe|pk_li¦ve_51¦62Jwd¦Tb4lF¦6P7zF¦PWnIw¦43KHy¦6nv6D¦6BIMA¦i8zAb¦jyy23¦14NRO¦6v7Lv¦XylBK¦XdATY¦GXnpo¦6VZBl¦1ibqr¦rum2l¦KxAhD¦FaFiU¦PF⟧"
    secret      = "⟦+SEC02 token/stripe|rk_li¦ve_51¦jqoit¦s1ZSK¦MVvYq¦ZoHtr¦T6LIT¦p1Wjt¦Btse3¦0Ty5k¦NGPNZ¦LuHys¦8YG3J¦QTPze¦yUG55¦jXcCx¦Feg4i¦vbA1B¦KCzCD¦PwfWT¦a3SIi¦MD⟧"
  })
}

resource "aws_key_pair" "deploy" {
  key_name   = "⟦- name/key|deploy⟧"
  public_key = "⟦- public/ssh|ssh-rsa AAAAB¦3NzaC¦1yc2E¦AAAAD¦AQABA¦AABgQ¦j1JVU¦62hLe¦JkhvX¦xp8nP¦lZVsd¦KYh65¦fPzEP¦wZr0+¦JVLaa¦LiUZu¦OX6IQ¦fqkJG¦UjkAe¦183dp¦9Xhbs¦+qYjp¦A2oSB¦599Im¦mNz1T¦0MyHd¦XIFo/¦BcCoF¦2vWR+¦kAqbN¦OuOGn¦pKSvr¦aSgay¦PPJyx¦OEXbp¦vi0Mb¦JOWW7¦A68qd¦nrU2h¦Pw1zr¦goCuS¦jve7S¦VTrs6¦8p5Mf¦MDa+j¦yMEmx¦xvMaC¦Voz4Q¦ZOl9O¦HaU/4¦1VWnB¦E6zjY¦on4ax¦Ijmzx¦zKGWa¦BbdCn¦DOcB8¦OjLAx¦uy1zK¦SUdS3¦PeU8p¦nhqwn¦VLc4d¦bQMjE¦gAbDN¦BwFOW¦WI9ib¦olJx6¦BZ5It¦zm8NY¦RGgHq¦UvtOu¦lhxs deploy@acme.example⟧"
}

resource "aws_lb_listener" "https" {
  load_balancer_arn = "⟦- arn/other|arn:aws:elasticloadbalancing:eu-west-1:92760¦93793¦31:loadb¦alanc¦er/ap¦p/sho¦p/0f1¦108d4¦a822c¦572⟧"
  port              = 443
  protocol          = "HTTPS"
  ssl_policy        = "⟦- setting/word|ELBSe¦curit¦yPoli¦cy-TLS13-1-2-Ext1-2021-06⟧"
  certificate_arn   = "⟦- arn/certificate|arn:aws:acm:eu-west-1:46437¦16212¦04:certi¦ficat¦e/2ab¦b96a9-8fe6-45ec-aea2-429a9¦503ee¦1a⟧"
  default_action {
    type = "authenticate-oidc"
    authenticate_oidc {
      authorization_endpoint = "⟦- url/plain|https://login.acme.examp¦le/oa¦uth2/¦v2.0/authorize⟧"
      client_id              = "⟦- id/uuid|8a9ca78b-cc61-4b7d-a27f-747fe¦8a245¦c0⟧"
      client_secret          = "⟦+SEC02,SEC01 token/azure|5b98Q~BMz_T¦gdr5m¦AMmuq¦eOkKW¦1brCo¦FKBvF¦x⟧"
      issuer                 = "⟦- url/plain|https://login.acme.example⟧"
      token_endpoint         = "⟦- url/plain|https://login.acme.examp¦le/oa¦uth2/¦v2.0/token⟧"
      user_info_endpoint     = "⟦- url/plain|https://graph.acme.example/oidc/userinfo⟧"
    }
  }
}

# To rotate: create the new key, then put AKIA... of the old one into the ticket (AWS writes ⟦-SEC09 example/aws|AKIAI¦OSFOD¦NN7EX¦AMPLE⟧ for one).
# Tokens begin with ghp_ or github_pat_, those of Slack with xoxb- and those of Stripe with sk_live_ or rk_live_.
output "database_secret" {
  value = "⟦- name/secret|prod/shop/db⟧"
}
