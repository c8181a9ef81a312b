# What scanners are known to report although nothing is secret.

locals {
  sm_name_secrets     = "⟦- name/resource|my-custom-resource-name⟧"
  secretsmanager_name = "⟦- name/secret|dev/api/env-main⟧"
  secret_name         = "⟦- name/variable|TF_TEAM_TOKEN⟧"
  tokenization_id     = "⟦- hash/id|561b6¦54c75¦4382e¦688f1¦da49d¦62d83¦5f⟧"
  vault_key           = "⟦- name/secret|inf-vsqt-01-secret-id⟧"
  password_policy     = "⟦- setting/word|excellent⟧"
  resource_group_name = "⟦- name/resource|rg-secrets-southeastasia-platform-prod-001⟧"
  keybinding          = "⟦- setting/key|ctrl+shift+down⟧"
  issue_key           = "⟦- id/ticket|SECRET-1234⟧"
  partition_key       = "⟦- name/field|tenantId#createdAt⟧"
  sort_key            = "⟦- name/field|SK#2024-11-22T10:15:00Z⟧"
  cache_key           = "⟦- hash/cache|v1-linux-node22-88c26¦9c6e5¦61d48¦8d9df¦487ca¦6997d¦a4f11¦88f4b¦029cd¦987d8¦15f24¦eb758¦35d7⟧"
  idempotency_key     = "⟦- id/uuid|05a59037-4265-45d9-a80a-a0c99¦cec0a¦9c⟧"
  primary_key         = "⟦- name/field|order_id⟧"
  foreign_keys        = "⟦- name/field|customer_id,address_id⟧"
  object_key          = "⟦- name/path|backu¦ps/20¦24/11¦/22/d¦b-snapshot-final.sql.gz⟧"
  key_spec            = "⟦- setting/word|ECC_N¦IST_P¦256⟧"
  key_usage           = "⟦- setting/word|GENERATE_VERIFY_MAC⟧"
  key_rotation        = ⟦- setting/bool|true⟧
  next_token          = "⟦- placeholder/empty|none⟧"
  token_type          = "⟦- setting/word|Bearer⟧"
  token_use           = "⟦- setting/word|access⟧"
  token_lifetime      = "⟦- setting/duration|PT15M⟧"
  grant_types         = ["⟦- setting/word|refresh_token⟧", "⟦- setting/word|client_credentials⟧", "⟦- setting/word|password⟧"]
  auth_method         = "⟦- setting/word|client_secret_basic⟧"
  auth_scheme         = "⟦- setting/word|AWS4-HMAC-SHA256⟧"
  author              = "⟦- text/name|Platform Team⟧"
  authority           = "⟦- url/plain|https://login.microsoftonline.com/common⟧"
  passthrough         = "⟦- setting/word|WHEN_NO_TEMPLATES⟧"
  compass             = "⟦- text/word|north-north-west⟧"
  bypass_reason       = "⟦- prose/comment|not needed in the sandbox⟧"
  monkey              = "⟦- text/word|capuchin⟧"
  secretary           = "⟦- text/name|office@acme.example⟧"
  tokenizer           = "⟦- name/package|cl100k_base⟧"
  credential_type     = "⟦- setting/word|PODMAN_REGISTRY⟧"
  sealed_secret       = "⟦- name/path|clusters/prod/sealed-secrets.yaml⟧"
  external_secret     = "⟦- name/resource|orders-external-secret⟧"
  secret_store        = "⟦- name/resource|aws-secretsmanager⟧"
  token_bucket_size   = ⟦- setting/number|200⟧
  passwords_enabled   = ⟦- setting/bool|false⟧
  secret_count        = ⟦- setting/number|12⟧
  max_token_count     = ⟦- setting/number|4096⟧
  password_reuse      = ⟦- setting/number|24⟧
  no_password         = "⟦- setting/bool|true⟧"
  token_kind          = "⟦- setting/word|jwt⟧"
  credentials_dir     = "⟦- name/path|/run/credentials⟧"
  token_env           = "⟦- name/variable|GITHUB_TOKEN⟧"
  db_password_ref     = "⟦- reference/path|secretsmanager:prod/db#password⟧"
  db_password_ssm     = "⟦- reference/path|ssm:/prod/db/password⟧"
  db_password_vault   = "⟦- reference/path|vault:secret/data/prod/db#password⟧"
  db_password_op      = "⟦- reference/path|op://prod/db/password⟧"
  db_password_key     = "⟦- name/field|database-password⟧"
  hashed              = "⟦- hash/sha512|42b80¦3bc38¦095de¦3e6e6¦4580d¦3c222¦e8088¦e4154¦2efad¦8862d¦00f98¦6c4e6¦b4224¦3249b¦3b94d¦648c5¦6ee40¦b3667¦b5e57¦5a4e0¦4c4bd¦22be1¦e983f¦d2ba1¦6df6d¦360⟧"
  etag                = "⟦- hash/md5|\"23235¦dec59¦73111¦7ff01¦33a49¦8e732¦77\"⟧"
  integrity           = ["⟦- hash/integrity|sha512-F2x/d¦szfnO¦FKOpg¦vcWVR¦6b3mN¦k53Kr¦NMlbT¦dGBgP¦athuM¦jE1ky¦P/Cw+¦BNEjJ¦fKWbN¦0s3wA¦m/5aj¦EDG4z¦FOt7I¦w==⟧", "⟦- hash/integrity|sha384-pME1o¦AuBYG¦jsjvi¦zJud0¦r8Cvy¦zJVLx¦3LlvF¦fr2tN¦inEIi¦XkVcs¦6untj¦74ict¦aJXj⟧", "⟦- hash/integrity|sha1-Q2+0g¦jGp8Y¦mtHUm¦TlR2t¦zw==⟧"]
  provider_hashes     = ["⟦- hash/h1|h1:ELk3R¦oJXVf¦MbcGd¦Czv9f¦Rc+Pm¦zegqQ¦UNE4D¦R/Bpn¦ZYs=⟧", "⟦- hash/zh|zh:32605¦94308¦e1bee¦bf956¦dae3d¦cf8a1¦c7be4¦ed6c5¦79de9¦fc72a¦72831¦0c500¦75be⟧", "⟦- hash/zh|zh:73505¦9c0c6¦a3143¦80d2b¦a8f27¦3df1d¦9545a¦27617¦2487f¦684ea¦e2b66¦30ab6¦c97c⟧"]
  layers              = ["⟦- hash/digest|sha256:17100¦19ca0¦dc072¦63567¦09409¦356a5¦abdb2¦cb1f5¦86629¦00a81¦efbba¦ced0e¦8c09⟧", "⟦- hash/digest|sha256:10a0e¦30189¦fab0e¦40a48¦3ba51¦3e344¦0ade7¦15b1e¦1abb1¦009df¦a7677¦a3e7f¦b14a⟧"]
  commit              = "⟦- hash/git|7fe68¦076de¦b8d35¦077d7¦181bc¦2f0a4¦eace7¦ef875⟧"
  tree                = "⟦- hash/git|de59b¦1fcf3¦985c8¦8e808¦c558c¦64a0a¦fd1a9¦1e20a⟧"
  source_ref          = "⟦- url/plain|git::ssh://git@github.com/acme/modules.git//secret?ref=de3ff¦15652¦313c2¦0c735¦0d01f¦48e1f¦2c68a¦4e76b⟧"
  lambda_layer        = "⟦- arn/other|arn:aws:lambda:eu-west-1:13325¦69776¦50:layer:AWS-Parameters-and-Secrets-Lambda-Extension-Arm64:12⟧"
  image_tag           = "⟦- hash/git|main-c12f15d-1732270500⟧"
  camel               = "⟦- code/camel|callF¦uncti¦onChe¦ckIfD¦ataAl¦ready¦Exist¦sPerp¦etual¦Subin¦vento¦ry⟧"
  camel2              = "⟦- code/camel|recal¦lNoti¦cesRe¦callB¦usine¦ssUni¦ts-validation-group-1297083594-1⟧"
  camel3              = "⟦- code/camel|assig¦nVari¦ables¦OjTab¦Bar14¦82653¦721Se¦lecte¦dItem⟧"
  camel40             = "⟦- code/camel|Lambd¦aInvo¦kejwF¦deJJP¦ermis¦sionE¦TilfH¦andle¦r⟧"
  java                = "⟦- code/class|com.amazonaws.secretsmanager.caching.SecretCache⟧"
  driver              = "⟦- code/class|com.amazonaws.secretsmanager.sql.AWSSe¦crets¦Manag¦erPos¦tgreS¦QLDri¦ver⟧"
  jdbc_secrets        = "⟦- url/plain|jdbc-secretsmanager:postgresql://db.internal:5432/app⟧"
  go_module           = "⟦- name/package|github.com/aws/aws-sdk-go-v2/se¦rvice¦/secr¦etsma¦nager⟧"
  annotation          = { "⟦- name/annotation|vault.hashicorp.com/agent-inject-secret-ingest.json⟧" = "⟦- reference/path|kv/ops/ingest⟧" }
  annotation2         = { "⟦- name/annotation|eks.amazonaws.com/role-arn⟧" = "⟦- arn/role|arn:aws:iam::16784¦24920¦61:role/external-secrets⟧" }
  lorem               = "⟦- hash/base64|YNiO2¦uvoGi¦YKnEo¦pep6Q¦qInNP¦Qdb8D¦uY⟧"
  harmless_base64     = "⟦- text/base64|SGVsb¦G8sIH¦RoaXM¦gaXMg¦YSBoY¦XJtbG¦VzcyB¦ncmVl¦dGluZ¦yBmcm¦9tIHR¦oZSBw¦bGF0Z¦m9ybS¦B0ZWF¦tLg==⟧"
  svg                 = "⟦- text/base64|data:image/svg+xml;base64,PHN2Z¦yB4bW¦xucz0¦iaHR0¦cDovL¦3d3dy¦53My5¦vcmcv¦MjAwM¦C9zdm¦ciLz4=⟧"
  png                 = "⟦- text/base64|iVBOR¦w0KGg¦oAAAA¦NSUhE¦UgAAA¦AEAAA¦ABCAY¦AAAAf¦FcSJA¦AAADU¦lEQVR¦42mNk¦+M9QD¦wADhg¦GAWjR¦9awAA¦AABJR¦U5Erk¦Jggg==⟧"
  ulid                = "⟦- id/ulid|01JDA¦9Z3K8¦D2FH7¦LS9QW¦4ER7T¦Y⟧"
  ksuid               = "⟦- id/ksuid|2pK3j¦d8Fh2¦Ls9Qw¦4Er7T¦y1Ui6¦Op⟧"
  nanoid              = "⟦- id/nanoid|V1StG¦XR8_Z¦5jdHi¦6B-myT⟧"
  snowflake           = "⟦- id/number|11827¦36450¦91827¦3645⟧"
  trace               = "⟦- id/trace|00-73074¦b7b03¦84da1¦1540b¦48340¦11125¦e8-24059¦2fb82¦c8c23¦6-01⟧"
  mac                 = "⟦- id/mac|06:1b:2c:3d:4e:5f⟧"
  ipv6                = "⟦- id/ip|2001:0db8:85a3:0000:0000:8a2e:0370:7334⟧"
  cidr                = ["⟦- id/ip|10.0.0.0/16⟧", "⟦- id/ip|fd00::/8⟧"]
  color               = "⟦- text/color|#1f2937⟧"
  phone               = "⟦- text/phone|+49 30 1234567⟧"
  iban                = "⟦- text/iban|DE893¦70400¦44053¦20130¦00⟧"
  semver              = "⟦- text/version|1.24.3-eks.5+980c55a⟧"
  cron                = "⟦- setting/cron|rate(5 minutes)⟧"
  date                = "⟦- text/time|20241¦122T1¦01500¦Z⟧"
  gh_prefix           = "⟦- prose/comment|tokens that begin with ghp_ or github_pat_ are personal⟧"
  sk_prefix           = "⟦- prose/comment|use sk_test_ keys here, never sk_live_ ones⟧"
  akia_prefix         = "⟦- prose/comment|rotate every AKIA key after 90 days⟧"
  glpat_prefix        = "⟦- prose/comment|a token (glpat-) of the bot⟧"
  hook_prefix         = "⟦- prose/comment|https://hooks.slack.com/services/ and three parts⟧"
  key_word            = "⟦- text/word|key-management-service-and-its-friends⟧"
  sk_word             = "⟦- text/word|task-definition-family-sk-learn-pipeline-2024⟧"
  hf_word             = "⟦- code/snake|hf_transformers_model_cache_directory_path⟧"
  dapi_word           = "⟦- code/snake|dapinterfacecontrollerimplementation⟧"
  npm_word            = "⟦- code/snake|npm_config_registry_and_proxy_settings⟧"
  ac_word             = "⟦- code/camel|ACcou¦ntBas¦edRou¦tingC¦onfig¦urati¦onPar¦ams⟧"
  s_dot               = "⟦- code/call|s.Descr¦ibeSe¦cretV¦ersio¦nsReq¦uest⟧"
  pul_word            = "⟦- text/word|pul-request-template⟧"
  sg_word             = "⟦- text/word|SG.internal.security-group⟧"
  dot_parts           = "⟦- code/dotted|eyeballs.eyebrows.eyelashes⟧"
  hex_color_list      = "⟦- text/color|1f2937 374151 4b5563 6b7280⟧"
  jwk                 = { kty = "RSA", e = "AQAB", kid = "⟦- id/kid|luXiE¦AOa6y¦IsM0S¦UUpvy¦J9q1⟧", n = "⟦- public/jwk|ZyMdL¦7uEJa¦YVYiT¦q70gn¦qKrEy¦UAH8H¦UtvDC¦UKOc4¦tCERy¦8cVQS¦ESJAo¦HrxJ0¦SYHSy¦622DB¦jS8gC¦cRSeL¦PlmIt¦8cUcD¦81ZUv¦esyk6¦BgQuS¦U7Krq¦ZXKJ8¦s2LVp¦CXb9K¦Q01⟧" }
  x509                = "⟦- public/certificate|MIIDd¦TCCAl¦2gAwI¦BAgIL¦BAAAA¦AABFU¦taw5Q¦wDQYJ¦KoZIh¦vcNAQ¦EFBQA¦w9O07¦QMdm2¦5n2Xl¦umBRm¦zYoQu¦xBTLK¦x5ihF¦093wr¦ifKcf¦tCuPQ¦FsmpL¦SXwFq¦OMPjV⟧"
  recaptcha_site      = "⟦- public/recaptcha|6LdAQ¦uT11n¦bZdzD¦o6XTv¦FyLsz¦blh4R¦QiHgz¦AAAAA⟧"
  turnstile_site      = "⟦- public/turnstile|0x4AA¦AAAAA¦zdqg1¦8OMZH¦N0⟧"
  sentry_dsn          = "⟦- url/public|https://b8e¦01b86¦a1d0e¦0383a¦eed50¦93a75¦820b@o1.ingest.sentry.io/1⟧"
  segment_write       = "⟦- public/analytics|G-K3JD8FH2LS⟧"
  anon                = "⟦- jwt/anon|eyJhb¦GciOi¦JIUzI¦1NiIs¦InR5c¦CI6Ik¦pXVCJ¦9.eyJpc¦3MiOi¦JzdXB¦hYmFz¦ZSIsI¦nJlZi¦I6InF¦renZu¦bHdte¦HB0cn¦l1YmQ¦iLCJy¦b2xlI¦joiYW¦5vbiI¦sImlh¦dCI6M¦Tc2MD¦AwMDA¦wMCwi¦ZXhwI¦joyMD¦c1MDA¦wMDAw¦fQ.YVUQ2¦CAycE¦_EIQP¦_kit-uuOYb¦CLnVY¦cDjk7¦6uxll¦aWh⟧"
  mapbox_style        = "⟦- url/plain|mapbox://sty¦les/a¦cme/c¦k3jd8¦fh2ls¦9qw4e¦r7ty1¦ui6⟧"
  invite              = "⟦- url/plain|https://discord.gg/k3Jd8Fh2⟧"
  short_link          = "⟦- url/plain|https://acme.examp¦le/s/¦k3Jd8¦Fh2Ls¦9Qw4E¦r7Ty1¦Ui6Op¦5As0D⟧"
  signed_policy       = "⟦- url/plain|https://acme.example/file?Expires=1732270500&Key-Pair-Id=K2JCJ¦MDEHX¦QW5F⟧"
  youtube             = "⟦- url/plain|https://www.youtube.com/watch?v=dQw4w9WgXcQ⟧"
  query_token         = "⟦- url/plain|https://acme.example/reset?token=$${token}⟧"
}

variable "password" {
  type        = string
  description = "⟦- prose/description|Password of the master user. At least 8 characters, for example: correct-horse⟧"
  sensitive   = true
  validation {
    condition     = length(var.password) >= 12 && can(regex("⟦- schema/pattern|^[A-Za-z0-9!@#$%^&*]{12,}$⟧", var.password))
    error_message = "⟦- prose/message|password must have at least 12 characters⟧"
  }
}

variable "secrets" {
  type        = map(string)
  description = "⟦- prose/description|Names of secrets by the variable that they end up in, such as DB_PASSWORD⟧"
  default = {
    DB_PASSWORD = "⟦- name/secret|prod/app/db⟧"
    API_TOKEN   = "⟦- arn/secret|arn:aws:secretsmanager:eu-west-1:79411¦58554¦33:secret:prod/app/api-deny86⟧"
    SMTP_SECRET = "⟦- name/parameter|/prod/app/smtp⟧"
  }
}

variable "api_token" {
  default = ""
}

variable "oauth_token" {
  default = null
}

variable "token_header" {
  default = "⟦- setting/header|X-Auth-Token⟧"
}

variable "secret_arns" {
  default = ["⟦- arn/secret|arn:aws:secretsmanager:eu-west-1:15632¦37223¦99:secret:a-h7vf91⟧", "⟦- arn/secret|arn:aws:secretsmanager:eu-west-1:50967¦59885¦23:secret:b-9g54xs⟧"]
}

variable "password_hash" {
  type        = string
  description = "⟦- prose/description|bcrypt hash, see htpasswd -B⟧"
}

resource "aws_lambda_function" "placeholders" {
  function_name = "placeholders"
  environment {
    variables = {
      DB_PASSWORD          = "⟦- placeholder/word|changeme⟧"
      API_KEY              = "⟦- placeholder/word|REPLACE_ME⟧"
      API_SECRET           = "⟦- placeholder/word|<your-secret>⟧"
      AUTH_TOKEN           = "⟦- placeholder/word|xxxxxxxxxxxxxxxx⟧"
      ACCESS_TOKEN         = "⟦- placeholder/word|your-access-token-here⟧"
      CLIENT_SECRET        = "⟦- placeholder/hole|$${CLIENT_SECRET}⟧"
      REFRESH_TOKEN        = "⟦- placeholder/hole|{{ refresh_token }}⟧"
      SIGNING_SECRET       = "⟦- placeholder/word|TODO⟧"
      WEBHOOK_SECRET       = "⟦- placeholder/stars|********⟧"
      SESSION_SECRET       = "⟦- placeholder/word|dummy⟧"
      PRIVATE_KEY          = "⟦- name/path|/etc/ssl/private/app.key⟧"
      JWT_PRIVATE_KEY      = "⟦- name/path|file:///run/secrets/jwt.pem⟧"
      TOKEN                = "⟦- setting/bool|false⟧"
      SECRET               = "⟦- arn/secret|arn:aws:secretsmanager:eu-west-1:63763¦00657¦09:secret:prod-39v9un⟧"
      ENCRYPTION_SECRET    = "⟦- id/alias|alias/prod⟧"
      PASSWORD             = "⟦- name/parameter|/prod/app/password⟧"
      OTHER_PASSWORD       = "⟦- setting/number|123456⟧"
      SHORT_PASSWORD       = "⟦- setting/word|root⟧"
      SECRET_ID            = "⟦- name/secret|prod/app⟧"
      TOKEN_EXPIRATION     = "⟦- setting/duration|15m⟧"
      PASSWORD_FILE        = "⟦- name/path|/run/secrets/password⟧"
      GOOGLE_APPLICATION_CREDENTIALS = "⟦- name/path|/var/secrets/google/key.json⟧"
      AWS_WEB_IDENTITY_TOKEN_FILE    = "⟦- name/path|/var/run/secrets/eks.amazonaws.com/serviceaccount/token⟧"
      AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE = "⟦- name/path|/var/run/secrets/pods.eks.amazonaws.com/serviceaccount/eks-pod-identity-token⟧"
      SSH_AUTH_SOCK        = "⟦- name/path|/run/ssh-agent.sock⟧"
      OAUTH_SCOPES         = "⟦- setting/list|openid profile offline_access⟧"
      AUTH_PROVIDER_X509   = "⟦- url/plain|https://www.googleapis.com/o¦auth2¦/v1/c¦erts⟧"
      KEYCLOAK_REALM       = "⟦- name/realm|acme-prod⟧"
      PASSWORDLESS_LOGIN   = "⟦- setting/bool|enabled⟧"
      TOKENS_PER_MINUTE    = "⟦- setting/number|90000⟧"
      CSRF_COOKIE_NAME     = "⟦- setting/header|csrftoken⟧"
      SECRET_ROTATION_CRON = "⟦- setting/cron|0 3 * * 0⟧"
      PASSWORD_HASHER      = "⟦- code/class|django.contrib.auth.hashers.Argon¦2Pass¦wordH¦asher⟧"
      AUTHENTICATION_BACKEND = "⟦- code/class|django.contrib.auth.backends.Model¦Backe¦nd⟧"
      PUBLIC_TOKEN_KEY     = "⟦- public/key|LS0tL¦S1CRU¦dJTiB¦QVUJM¦SUMgS¦0VZLS¦0tLS0¦KTUlJ¦QklqQ¦U5CZ2¦txaGt¦pRzl3¦MEJBU¦UVGQU¦FPQ0F¦ROEFN¦SUlCQ¦2dLQ0¦FRRUE¦yMkJS¦dlVvb¦3dQOF¦hiRXB¦1Z0dE¦eQpJU¦WZLY0¦ovMUd¦ZUnpJ¦TnZyK¦0cybD¦MxL2w¦3N2Z3¦Vi9mO¦W5pT0¦E3eDB¦5aTA1¦WmRsR¦lNGYl¦RncWZ¦tbkln¦VlBXY¦2dFCk¦N4WEQ¦wa0ts¦ODIzT¦y96Nk¦hrRWJ¦Pdk12¦WG4rV¦kxvOD¦FveXV¦KU1o4¦UkdjS¦HRVeG¦pqbUU¦0dkFS¦N1R3L¦0ZCN0¦trMEE¦KUjd6¦VCszQ¦Vd4bm¦9qUXB¦HMS9k¦bDh0N¦ERwbm¦tqK0Z¦VVExz¦MkhNM¦DRhVW¦xLbEw¦zTC94¦Y2lPL¦09Qcj¦NBR2V¦kK0hq¦SApVW¦ElVZW¦phVll¦EYWMv¦UjI2a¦XVxRk¦RKSXR¦HSEww¦aDJUR¦EZyOU¦g1M2N¦PRUVK¦ME1iM¦zZDM2¦9Udnd¦CODNP¦U1c1M¦GxWCk¦VpYmZ¦mOXBQ¦K0RaV¦21kZT¦Y5NlV¦JY2ts¦YmVqY¦TladW¦M9Ci0¦tLS0t¦RU5EI¦FBVQk¦xJQyB¦LRVkt¦LS0tL¦Qo=⟧"
    }
  }
}

data "aws_iam_policy_document" "secrets" {
  statement {
    sid       = "⟦- iam/sid|Allow¦GetSe¦cretV¦alueA¦ndPas¦sword¦Rotat¦ion⟧"
    actions   = ["⟦- iam/action|secretsmanager:PutSe¦cretV¦alue⟧", "⟦- iam/action|secretsmanager:Rotat¦eSecr¦et⟧", "⟦- iam/action|ssm:PutPa¦ramet¦er⟧", "⟦- iam/action|rds:Modif¦yDBIn¦stanc¦e⟧", "⟦- iam/action|iam:Chang¦ePass¦word⟧", "⟦- iam/action|codebuild:Impor¦tSour¦ceCre¦denti¦als⟧"]
    resources = ["⟦- arn/secret|arn:aws:secretsmanager:*:*:secret:*password*⟧"]
    condition {
      test     = "StringEquals"
      variable = "⟦- iam/condition|secretsmanager:Versi¦onSta¦ge⟧"
      values   = ["⟦- setting/word|AWSCURRENT⟧"]
    }
    condition {
      test     = "StringLike"
      variable = "⟦- iam/condition|aws:userid⟧"
      values   = ["⟦- id/aws|AROAC¦ZDPQ5¦6VJ23¦RTQY7¦F⟧:*", "⟦- id/aws|AIDAI¦AG5EG¦2OG3U¦BKZP4¦R⟧"]
    }
    condition {
      test     = "NumericLessThan"
      variable = "⟦- iam/condition|aws:Multi¦Facto¦rAuth¦Age⟧"
      values   = ["⟦- setting/number|3600⟧"]
    }
  }
}

resource "aws_wafv2_web_acl" "api" {
  name  = "api"
  token_domains = ["⟦- url/host|acme.example⟧"]
}

resource "aws_apigatewayv2_api" "api" {
  name          = "api"
  protocol_type = "HTTP"
  cors_configuration {
    allow_headers  = ["⟦- setting/header|authorization⟧", "⟦- setting/header|x-api-key⟧", "⟦- setting/header|x-amz-security-token⟧", "⟦- setting/header|x-csrf-token⟧"]
    expose_headers = ["⟦- setting/header|x-refreshed-token⟧"]
  }
}

resource "aws_apigatewayv2_authorizer" "jwt" {
  name             = "jwt"
  authorizer_type  = "JWT"
  identity_sources = ["⟦- reference/path|$request.header.Autho¦rizat¦ion⟧"]
  jwt_configuration {
    audience = ["⟦- id/other|3k8d2¦fh7ls¦9qw4e¦r1ty6¦ui5op¦0⟧"]
    issuer   = "⟦- url/plain|https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_aB3dE5gH7⟧"
  }
}

resource "aws_cloudwatch_log_metric_filter" "auth" {
  name    = "failed-logins"
  pattern = "⟦- schema/pattern|{ ($.eventName = Conso¦leLog¦in) && ($.error¦Messa¦ge = \"Failed authentication\") }⟧"
}

resource "kubernetes_secret" "reference" {
  metadata {
    name = "⟦- name/resource|db-credentials⟧"
    annotations = { "⟦- name/annotation|kubernetes.io/service-account.name⟧" = "⟦- name/resource|token-reader⟧" }
  }
  type = "⟦- setting/word|kubernetes.io/service-account-token⟧"
}
