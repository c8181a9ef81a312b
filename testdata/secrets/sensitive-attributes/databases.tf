# Every kind of thing that takes a password as an argument.

resource "aws_db_instance" "weak" {
  identifier = "weak"
  username   = "⟦- name/user|admin⟧"
  password   = "⟦+SEC01 password/weak|passw¦ord⟧"
}

resource "aws_db_instance" "word" {
  identifier = "word"
  password   = "⟦+SEC01 password/weak|examp¦le⟧"
}

resource "aws_db_instance" "random" {
  identifier = "random"
  password   = random_password.db.result
}

resource "aws_db_instance" "managed" {
  identifier                    = "managed"
  manage_master_user_password   = ⟦- setting/bool|true⟧
  master_user_secret_kms_key_id = "⟦- id/alias|alias/rds⟧"
}

resource "aws_db_instance" "from_secret" {
  identifier = "from-secret"
  password   = data.aws_secretsmanager_secret_version.db.secret_string
}

resource "aws_db_instance" "write_only" {
  identifier          = "write-only"
  password_wo         = "⟦+SEC01 password/write-only|F36nr¦evD9v¦myzQN¦BylIg⟧"
  password_wo_version = ⟦- setting/number|1⟧
}

resource "aws_rds_cluster" "main" {
  cluster_identifier = "main"
  master_username    = "⟦- name/user|postgres⟧"
  master_password    = "⟦+SEC01 password/weak|postg¦res⟧"
  db_cluster_parameter_group_name = "⟦- name/group|aurora-postg¦resql¦16-password-md5⟧"
}

resource "aws_docdb_cluster" "docs" {
  cluster_identifier = "docs"
  master_password    = "⟦+SEC01 password/attribute|vxbe7¦3FFMP¦d8⟧"
}

resource "aws_redshift_cluster" "dw" {
  cluster_identifier = "dw"
  master_password    = "⟦+SEC01 password/attribute|Wareh¦ouse1⟧"
}

resource "aws_redshiftserverless_namespace" "dw" {
  namespace_name      = "dw"
  admin_user_password = "⟦+SEC01 password/attribute|DDj6O¦mbtWR¦0fg85¦b⟧"
}

resource "aws_elasticache_user" "app" {
  user_id       = "⟦- name/user|app⟧"
  user_name     = "⟦- name/user|default⟧"
  access_string = "⟦- setting/acl|on ~app::* -@all +@read +@hash +@bitmap +@geo -setbit -bitfield⟧"
  passwords     = ["⟦+SEC01 password/list|NVr5w¦NCrG1¦iLpZB¦2RXWz⟧", "⟦+SEC01 password/list|wBvCc¦fcTMU¦VuESq¦xHDmS¦UuA9⟧"]
}

resource "aws_memorydb_user" "app" {
  user_name     = "app"
  access_string = "on ~* &* +@all"
  authentication_mode {
    type      = "⟦- setting/word|password⟧"
    passwords = ["⟦+SEC01 password/list|KxgSQ¦m5Zhu¦GmmcP¦QLo29⟧"]
  }
}

resource "aws_opensearch_domain" "search" {
  domain_name = "search"
  advanced_security_options {
    enabled = true
    master_user_options {
      master_user_name     = "⟦- name/user|root⟧"
      master_user_password = "⟦+SEC01 password/attribute|Barba¦rbarb¦ar1!⟧"
    }
  }
}

resource "aws_dms_endpoint" "source" {
  endpoint_id   = "source"
  endpoint_type = "source"
  engine_name   = "mysql"
  username      = "⟦- name/user|replicator⟧"
  password      = "⟦+SEC01 password/attribute|BXDnn¦jZCUe¦drBqw¦d⟧"
  certificate_arn = "⟦- arn/other|arn:aws:dms:eu-west-1:07546¦33319¦21:cert:K3JD8¦FH2LS¦9QW4E¦R7TY1¦UI6OP¦5⟧"
}

resource "aws_lightsail_database" "blog" {
  relational_database_name = "blog"
  master_username          = "⟦- name/user|wordpress⟧"
  master_password          = "⟦+SEC01 password/weak|wordp¦ress⟧"
}

resource "aws_timestreaminfluxdb_db_instance" "metrics" {
  name     = "metrics"
  username = "⟦- name/user|admin⟧"
  password = "⟦+SEC01 password/attribute|2ugVk¦PFddN¦6fItd¦poSOv⟧"
}

resource "aws_directory_service_directory" "corp" {
  name     = "corp.acme.example"
  password = "⟦+SEC01 password/attribute|Super¦Secre¦tPass¦w0rd⟧"
}

resource "aws_fsx_windows_file_system" "share" {
  self_managed_active_directory {
    domain_name = "corp.acme.example"
    username    = "⟦- name/user|Admin⟧"
    password    = "⟦+SEC01 password/attribute|vQwxy¦bDfjy¦EocQM¦n⟧"
  }
}

resource "aws_fsx_ontap_file_system" "share" {
  fsx_admin_password = "⟦+SEC01 password/attribute|7JE9K¦Atxc2¦1hTRZ¦p⟧"
}

resource "aws_storagegateway_gateway" "share" {
  gateway_name       = "share"
  smb_guest_password = "⟦+SEC01 password/attribute|NTkbU¦lh4Jp¦Lueqs¦f⟧"
}

resource "aws_transfer_server" "sftp" {
  host_key = <<-EOT
    ⟦+SEC03 pem/rsa|-----BEGIN RSA PRIVA¦TE KEY-----
    MIIEp¦AIBAA¦KCAQE¦AMtky¦VpIDN¦AXXqq¦AYrni¦Bk2u2¦vPSAt¦3HGPX¦6JfoG¦qYoeZ¦Vasz
    QYToI¦dw79R¦phtHL¦BTun4¦FVWAp¦6e74x¦Sssxm¦xdQP2¦3IaKq¦RC7g4¦NgJoJ¦ULDJl¦JCDs
    2vyEa¦g9iB6¦0RUy+¦4E0WV¦YOGTt¦9nvK+¦I9pU3¦56/9D¦dWTl6¦YXvWx¦mSE8x¦gD02M¦hLXN
    irumY¦YvfJM¦0kJt/¦tlV4w¦GO3bW¦EDY0j¦KV4D+¦KwpLn¦r4/fj¦rDQgz¦FkxW4¦HTqM+¦uqms
    nLVqx¦nq1h1¦xufHS¦EnM9K¦Kl4yI¦5mDXw¦7kODt¦Ms4sz¦9HGVr¦cvLLS¦COz9N¦YblJu¦li2K
    jADBo¦avavr¦cBh/C¦lgD7i¦udbc/¦mmT5S¦pq57D¦RM2Ub¦jvIYJ¦62Tz+¦rmugE¦SoXyj¦5tFo
    piiV3¦FpMHV¦ga8Eb¦M4319¦eT+7y¦nYag9¦tFEdu¦TjCA+¦/5+HJ¦EIsZW¦FQ061¦akDtR¦3Xjl
    NvEv8¦qIvHZ¦WkVHg¦NLB65¦whgdg¦ogyvp¦oqUy8¦l3B3T¦QMIP0¦rnu9n¦CXtiR¦0okBq¦4zJX
    8+/U5¦JeHq4¦74F7A¦G9VIT¦4lqPL¦hVj9W¦7DeSi¦l2bIH¦AkhWm¦xCMSb¦py1fO¦GpGUH¦GDfH
    RAE8O¦AECW1¦PJIQh¦1Djvm¦h5DL1¦lpMEH¦K94QX¦YrQiG¦IoK2F¦SqSts¦RlONr¦oGKq+¦CE9R
    rlQ0N¦iCmhm¦g4IRC¦V5kFh¦1efZG¦Lty0t¦O/tE0¦6TjhR¦V/2m0¦jZKuD¦1zDgS¦M6Z1v¦o+cu
    VgejE¦MTSEX¦y8OIL¦IQ8vj¦HO32G¦Ag/qp¦5jLeB¦rnMuo¦GysW+¦/gydr¦9UYva¦Ut3Q=
    -----END RSA PRIVA¦TE KEY-----⟧
  EOT
}

resource "aws_iam_server_certificate" "old" {
  name             = "old"
  certificate_body = <<EOT
⟦- public/certificate|-----BEGIN CERTIFICATE-----
MIIDd¦TCCAl¦2gAwI¦BAgLa¦A2wpe¦ViOoe¦++zxn¦DskgC¦BaHQ/¦5AdxM¦xPBu1¦OVJjg¦2dl8
toJIW¦yeHdz¦U71F2¦PsoTH¦Uo5VZ¦05YGg¦oATlK¦dDhf4¦YIVDW¦QO+Dj¦Nv9k9¦bA4YU¦rSO8
wistq¦89yor¦JOcAL¦qkgPh¦UaQpq¦6AyRn¦Obbe3¦SsI8y¦5cmC2¦zsQa0¦Yvp4F¦8Vas/¦hEzN
XNuFi¦yQX6H¦lefpc¦G3p3w¦28AnG¦U2r8v¦q5Hao¦fQcrY¦PGjq4¦YdItY¦WkcFU¦TM5i/¦fAgo
Zgh/I¦n9GRy¦UnjSb¦+DmFl¦xwVkJ¦Jl13O¦0i+Hx¦lblrb¦XGfUT¦jAFjX¦bpbTy¦y+npF¦mhMc
lkA35¦Zc7z2¦1wGIU¦F2xwd¦T5cQ9¦0oitC¦IwUVL¦CAFhr¦/0upg¦A0X0b¦2uOrh¦+EOs/¦o8xA
JW0AN¦2M+lv¦VZ8wV¦L7Zvp¦2uH5B¦XYAe+¦rOKqI¦yIGRX¦VsxQW¦YTZuh¦lOm+Y¦iLglK¦1ZtN
Mn/lw¦2r9Kk¦rzyGG¦GXrSm¦Sb7ny¦Rn8f+¦JchhN¦ymMRT¦J2Kir¦HnzV0¦Qf/sL¦TW6Bw¦dXBj
8CZMQ¦V6NsX¦OCrFg¦tGIGM¦mZlu2¦Pc3hY¦YfyAH¦07i+M¦5IMaD¦TugM6¦cvt6L¦WTTPX¦wZQK
7sPcP¦z0TAY¦poVei¦sHmOG¦RfiMP¦wyXlK¦w7BIP¦99h/w¦g2Hs+¦NP+dl¦aMPSu¦9zPwV¦ib96
A1vEX¦dtr2k¦Abp+a¦Hu0iV¦gViKJ¦WHszJ¦YMl9b¦vBRph¦PBR6W¦Q==
-----END CERTIFICATE-----⟧
EOT
  private_key      = <<EOT
⟦+SEC03 pem/pkcs8|-----BEGIN PRIVA¦TE KEY-----
MIIEv¦gIBAD¦ANBgk¦qhkiG¦9w0BA¦QEFAA¦SCBKg¦wggSk¦AgEAA¦oIBAQ¦Dy9pL¦+d9dC¦lQdE
b4N9g¦2BJcj¦ACWj2¦ujkEG¦jvCp8¦M1MVY¦ubc5J¦Isa9R¦+d2Mm¦wP5cO¦hVINZ¦8panW¦tb5d
TO7iq¦bF16a¦4iy3T¦o6zrp¦F5dvD¦lsotm¦yLFLd¦SsG+j¦e9Xcd¦/5aSt¦xQYR9¦odJZo¦igtB
5gi7W¦DcwLo¦QciYb¦wRJWv¦bg1Zw¦567Uv¦/RV0V¦U4CDk¦CSdXA¦VO0ni¦2XdJl¦8ks2Z¦owHe
OlT/N¦QUK+M¦QLtBd¦SGbW2¦Tn227¦K9xI4¦oQxKK¦JIcHX¦TsvuM¦Ghnhf¦OYmSp¦Il/5P¦/4UZ
VWkUh¦b2PYd¦X4MNn¦BZc0H¦snjLN¦iYWyX¦LnAj5¦kRmW9¦jb4rS¦xBRaW¦SB+1H¦7kl5N¦WH2T
OrZ5T¦OwsGU¦7tpuA¦K9Me7¦aZSh2¦x8KSM¦3exWh¦vmayt¦tD3xo¦8CUwK¦HeYOl¦ZbVyX¦2c78
5LXsh¦03hwO¦DnJFu¦krS+P¦Cy3MV¦07HgC¦u0CQI¦87+CE¦JiS3d¦SD18r¦Muehr¦Qi0nb¦FSCX
+IwjU¦l2Wo0¦JoeXE¦vG0BV¦vxnGW¦OEdp9¦i7Fce¦ZTIF6¦DsBG3¦bP0W8¦5iDry¦LsmEB¦24n6
z5qLK¦rj6c+¦XewnP¦+bMjW¦7g7o0¦zV1rG¦elfh7¦5NTOT¦8i7xl¦R1tJG¦wrVxs¦bqdnQ¦Tbi2
H/bFq¦rcnyZ¦iIRFf¦UNpNt¦Dnlto¦gOT/R¦xJhX2¦cy0SK¦+Lp9V¦5B8vy¦6ue5V¦wpw3W¦MJPX
tGhkm¦yDYyI¦xqmVj¦n5dmq¦wnpQJ¦/4zsK¦f335X¦DEi3a¦SlzSb¦/RYON¦umQkD¦TnOJW¦ybkd
kVuE3¦myt5D¦BK6PG¦glnhR¦6Ryha¦Uq9AA==
-----END PRIVA¦TE KEY-----⟧
EOT
}

resource "aws_acm_certificate" "imported" {
  certificate_body  = file("⟦- name/path|certs/site.crt⟧")
  private_key       = "⟦+SEC03 pem/escaped|-----BEGIN EC PRIVA¦TE KEY-----\nMHcC¦AQEEI¦Is+Re¦o0ijJ¦5kiqP¦ne48R¦xhfXj¦ANpp3¦Rl5Fj¦fXp9T¦GTY7j¦jVxbU¦YluI8\nKyuW¦p9F9k¦YgovZ¦eyx3S¦rzCzc¦UUay5¦s19FT¦pqMw6¦jyFcT¦p6rLI¦VgR9p¦X2cEq¦TfCz/\nKou4¦jRswX¦uoavj¦cS3ZP¦OYTWJ¦0/3D7¦hg=\n-----END EC PRIVA¦TE KEY-----\n⟧"
  certificate_chain = "⟦- public/certificate|-----BEGIN CERTIFICATE-----\nMIID¦dTCCA¦l2gAw¦IBAgI¦lrRUN¦ILJQN¦xSnhJ¦24Q/d¦F4AuD¦i/3MY¦orw5F¦pxeuQ¦Y/ikU\nhn5Z¦YFlFb¦6B68d¦tPuRT¦vFerO¦M6s40¦ff2yv¦knY8E¦nUPnE¦ItvcW¦DD5q3¦Nms4f¦UJfFR\nDHp6¦PlHVs¦ctiVG¦RqleZ¦LLUfw¦agpi+¦fGNNz¦j+BjL¦Wd0Vp¦9EMzn¦r6Dcc¦i6BZQ¦4KQXk\n+kDf¦0NU0y¦0Nupq¦300Jc¦sL+2s¦E+veH¦j9p69¦GhN+N¦jilZC¦GJCJT¦uOSZe¦c31Ep¦KIn8i\nD2sj¦hajyV¦ZSczn¦AGxUL¦kRPFw¦hnHKr¦AX1Pu¦8OxZn¦9bbS3¦ohv/k¦Ekuh0¦FFfgy¦w3OYn\nuk5y¦ghoRv¦O+ZHn¦IZp15¦eAUds¦gp0A6¦1Zrj8¦uinau¦lkXPF¦TtDlI¦OEZJ+¦3mqha¦5+u7O\ne5Rj¦DpwTX¦Wlq1E¦xAJ3N¦WiJ20¦Vc6wM¦fCD7y¦8Kgye¦dXujW¦Vi4Lp¦T/Owp¦e9icO¦agD+X\nkaK9¦+z3Or¦7pI0t¦ZabW8¦zt/eD¦0yadk¦DDJzb¦Fvwy1¦4ddj4¦6iolB¦Q2TY2¦Tt+YX¦O3ZjL\nX6YA¦Fm83Y¦xQkqq¦G5lQO¦d5jZh¦XSCgF¦3nRR5¦5xB53¦xtllL¦o1I1x¦BQCZH¦my2R3¦zD266\nR5xn¦QyW2N¦e3DBs¦apC2V¦kND+3¦4J90r¦vVCm3¦au8Oj¦OkAGZ¦sQp4Q¦RTWpW¦MPDUL¦5/C4V\nP0+I¦L0pxj¦/5Mae¦U2aaJ¦0MQwj¦moKG6¦gOxbu¦O4bjw¦7nNEe¦iQ==\n-----END CERTIFICATE-----\n⟧"
}

resource "aws_cognito_identity_provider" "google" {
  provider_name = "Google"
  provider_type = "Google"
  provider_details = {
    authorize_scopes = "⟦- setting/list|email profile openid⟧"
    client_id        = "⟦- id/google|84123¦45678¦90-m4ke8¦gi3mt¦0rx5f¦s8uz2¦vj7pq¦6bt1e.apps.googleusercontent.com⟧"
    client_secret    = "⟦+SEC02 token/google|GOCSP¦X-uqu14¦sPbxC¦7blp8¦YMB4-skJC3¦WGi⟧"
    token_url        = "⟦- url/plain|https://oauth2.googleapis.com/token⟧"
  }
  attribute_mapping = {
    email    = "email"
    username = "⟦- name/field|sub⟧"
  }
}

resource "aws_cognito_user" "first" {
  user_pool_id       = "⟦- id/aws|eu-west-1_aB3dE5gH7⟧"
  username           = "⟦- name/user|first⟧"
  temporary_password = "⟦+SEC01 password/weak|Welco¦me1!⟧"
}

resource "aws_cognito_user_pool" "people" {
  name = "people"
  password_policy {
    minimum_length                   = ⟦- setting/number|12⟧
    require_symbols                  = ⟦- setting/bool|true⟧
    temporary_password_validity_days = ⟦- setting/number|3⟧
    password_history_size            = ⟦- setting/number|24⟧
  }
  schema {
    name                = "⟦- name/field|api_token_hint⟧"
    attribute_data_type = "⟦- setting/word|String⟧"
  }
}

resource "aws_cognito_user_pool_client" "web" {
  name                          = "web"
  user_pool_id                  = "⟦- id/aws|eu-west-1_aB3dE5gH7⟧"
  generate_secret               = ⟦- setting/bool|true⟧
  explicit_auth_flows           = ["⟦- setting/word|ALLOW_CUSTOM_AUTH⟧", "⟦- setting/word|ALLOW_USER_PASSWORD_AUTH⟧", "⟦- setting/word|ALLOW_REFRESH_TOKEN_AUTH⟧"]
  access_token_validity         = ⟦- setting/number|5⟧
  enable_token_revocation       = ⟦- setting/bool|true⟧
  prevent_user_existence_errors = "⟦- setting/word|ENABLED⟧"
  callback_urls                 = ["⟦- url/plain|https://app.acme.example/oauth/callback⟧"]
}

resource "aws_amplify_app" "site" {
  name                   = "site"
  repository             = "⟦- url/plain|https://github.com/acme/site⟧"
  access_token           = "⟦+SEC02 token/github|ghp_s¦RCNUy¦eDeqw¦3g17k¦8J4Pa¦fp72L¦qpWd1¦stUZe⟧"
  basic_auth_credentials = "⟦+SEC01 password/encoded|ZGVwb¦G95Ol¦lQcXZ¦UMXk5¦dmRZb¦jJvT0¦Q=⟧"
  enable_basic_auth      = ⟦- setting/bool|true⟧
  environment_variables = {
    GRAPHQL_KEY  = "⟦+SEC02 aws/appsync|da2-bhz6u¦5myu8¦swzho¦du2kq¦561yl¦2⟧"
    AUTH_SECRET  = "⟦+SEC05 password/environment|GPkiD¦mYi/e¦9IvHU¦QLznE¦SSlOq¦sq1g/¦Cm⟧"
    AMPLIFY_USERPOOL_ID = "⟦- id/aws|eu-west-1_aB3dE5gH7⟧"
    _LIVE_UPDATES = "⟦- setting/list|[{\"pkg\":\"@aws-amplify/cli\",\"type\":\"npm\",\"version\":\"latest\"}]⟧"
  }
}

resource "aws_vpn_connection" "office" {
  customer_gateway_id   = "⟦- id/aws|cgw-0a71c¦6410d¦94805¦b2⟧"
  type                  = "ipsec.1"
  tunnel1_preshared_key = "⟦+SEC01 password/attribute|4u1pr¦VMnkB¦19rcy¦KZetx¦EW1vn¦sgFqB¦Fd⟧"
  tunnel2_preshared_key = "⟦+SEC01 password/attribute|6oFET¦jpLi8¦8oab1¦8NBRt¦NR7r5¦y2jFo¦oo⟧"
}

resource "aws_dx_private_virtual_interface" "office" {
  name         = "office"
  bgp_auth_key = "⟦+SEC01 password/attribute|Apwm9¦hpRdH¦TF8YR¦Z⟧"
}

resource "aws_api_gateway_api_key" "partner" {
  name  = "partner"
  value = "⟦+SEC01 password/attribute|ngmgX¦kQ55j¦kELPi¦GJnP1¦L4H3V¦uyI2O¦TA⟧"
}

resource "aws_glue_connection" "warehouse" {
  name = "warehouse"
  connection_properties = {
    JDBC_CONNECTION_URL = "⟦- url/plain|jdbc:redshift://dw.internal:5439/dev⟧"
    USERNAME            = "⟦- name/user|glue⟧"
    PASSWORD            = "⟦+SEC01,SEC05 password/setting|IWbst¦HIcvo¦Pi6Ty¦j⟧"
    SECRET_ID           = "⟦- name/secret|prod/glue/warehouse⟧"
  }
}

resource "aws_glue_job" "load" {
  name     = "load"
  role_arn = "⟦- arn/role|arn:aws:iam::25551¦71477¦57:role/glue⟧"
  default_arguments = {
    "--db_password"       = "⟦+SEC05 password/argument|4cD2H¦HNi7f¦ZtTFy¦D⟧"
    "--db_secret_name"    = "⟦- name/secret|prod/glue/warehouse⟧"
    "--TempDir"           = "⟦- url/bucket|s3://acme-glue/tmp/⟧"
    "--job-bookmark-option" = "⟦- setting/word|job-bookmark-enable⟧"
    "--extra-jars"        = "⟦- url/bucket|s3://acme-glue/jars/auth-token-1.4.2.jar⟧"
    "--connection"        = "jdbc:sqlserver://sql.internal:1433;databaseName=dw;user=etl;password=⟦+SEC06 connection/jdbc|k7tBs¦H0ITr¦4f15o¦v⟧"
  }
}

resource "aws_quicksight_data_source" "dw" {
  data_source_id = "dw"
  name           = "dw"
  type           = "REDSHIFT"
  credentials {
    credential_pair {
      username = "⟦- name/user|quicksight⟧"
      password = "⟦+SEC01 password/attribute|uex9h¦Bn2k0¦EwcJL¦H⟧"
    }
  }
}

resource "aws_codebuild_source_credential" "github" {
  auth_type   = "⟦- setting/word|PERSONAL_ACCESS_TOKEN⟧"
  server_type = "⟦- setting/word|GITHUB⟧"
  token       = "⟦+SEC02 token/github|githu¦b_pat¦_11AL¦H9D9Z¦I153B¦Y6MZO¦L90_a¦LlX7R¦8DUfu¦KeWZC¦A8zuZ¦F7jKF¦oUVkG¦Vwp0V¦Md3GI¦ndVfU¦25AG4¦lPppT¦kQq⟧"
}

resource "aws_codepipeline" "release" {
  name = "release"
  stage {
    name = "Source"
    action {
      name     = "Source"
      category = "Source"
      configuration = {
        Owner      = "⟦- name/owner|acme⟧"
        Repo       = "⟦- name/repository|secrets-manager-rotation⟧"
        Branch     = "main"
        OAuthToken = "⟦+SEC02 token/github|gho_K¦9oY66¦23kt7¦UGieY¦Y8j7G¦8X1Eb¦rvHb4¦eQh7N⟧"
      }
    }
  }
}

resource "aws_codepipeline_webhook" "release" {
  name           = "release"
  authentication = "GITHUB_HMAC"
  authentication_configuration {
    secret_token = "⟦+SEC01 password/attribute|378c1¦432b6¦1cc23¦79075⟧"
  }
}

resource "aws_emr_cluster" "spark" {
  name = "spark"
  kerberos_attributes {
    realm                  = "⟦- name/realm|EC2.INTERNAL⟧"
    kdc_admin_password     = "⟦+SEC01 password/attribute|vD8Mo¦r7Olk¦8NLz6¦D⟧"
  }
  configurations_json = jsonencode([{
    Classification = "hive-site"
    Properties = {
      "javax.jdo.option.ConnectionURL"      = "⟦- url/plain|jdbc:mysql://hive.internal:3306/hive?creat¦eData¦baseI¦fNotE¦xist=true⟧"
      "javax.jdo.option.ConnectionPassword" = "⟦+SEC05 password/setting|MIlGe¦6b8lI¦09A8G¦8⟧"
      "hive.server2.authentication"         = "⟦- setting/word|LDAP⟧"
    }
  }])
}

resource "aws_msk_scram_secret_association" "kafka" {
  cluster_arn     = "⟦- arn/other|arn:aws:kafka:eu-west-1:58250¦90228¦83:clust¦er/ma¦in/84¦eaf8f¦e-9c95-47a1-a97c-c8401¦6c4bc¦47-3⟧"
  secret_arn_list = ["⟦- arn/secret|arn:aws:secretsmanager:eu-west-1:27657¦07821¦46:secret:Amazo¦nMSK_¦main-i4lix6⟧"]
}

resource "aws_mskconnect_connector" "sink" {
  name = "sink"
  connector_configuration = {
    "connector.class"          = "⟦- setting/class|io.confluent.connect.jdbc.JdbcS¦inkCo¦nnect¦or⟧"
    "connection.url"           = "⟦- url/plain|jdbc:postgresql://db.internal:5432/events⟧"
    "connection.password"      = "⟦+SEC05 password/setting|0KdTQ¦7cp51¦YMTMh¦4⟧"
    "ssl.truststore.password"  = "⟦+SEC05 password/setting|hmzb5¦2XSSC¦V9⟧"
    "ssl.truststore.location"  = "⟦- name/path|/opt/kafka/truststore.jks⟧"
    "sasl.jaas.config"         = "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"sink\" password=\"⟦+SEC05,SEC06 password/jaas|FFSTx¦oBYFZ¦geRTk¦t⟧\";"
    "sasl.mechanism"           = "⟦- setting/word|SCRAM-SHA-512⟧"
    "key.converter"            = "⟦- setting/class|org.apache.kafka.connect.storage.Strin¦gConv¦erter⟧"
    "offset.storage.topic"     = "⟦- name/topic|__ama¦zon_m¦sk_co¦nnect¦_offs¦ets_s¦ink_a¦f11bf¦b6-8b02-464d-aae7-4f087¦b1581¦fb-3⟧"
  }
}

resource "aws_s3_object" "settings" {
  bucket  = "⟦- name/bucket|acme-config⟧"
  key     = "⟦- name/path|app/application.yml⟧"
  etag    = "⟦- hash/md5|870b4¦5e786¦2867f¦12a2e¦ebe27¦8e822¦08⟧"
  content = <<-YAML
    spring:
      datasource:
        url: ⟦- url/plain|jdbc:postgresql://db.internal:5432/app⟧
        username: ⟦- name/user|app⟧
        password: ⟦+SEC05 password/document|4MlHa¦KIlJS¦ghBTQ¦5⟧
      security:
        oauth2:
          client:
            registration:
              acme:
                client-id: ⟦- id/uuid|a320e549-ff70-4780-aee8-34a31¦98d2d¦ce⟧
                client-secret: ⟦+SEC05 password/document|LvAo1¦N3wIA¦cvmPg¦lcPDX¦91NFe¦CSAhT¦dOubC¦4fKgo⟧
                scope: ⟦- setting/list|openid,profile⟧
    management:
      token-validity: ⟦- setting/number|3600⟧
  YAML
}

resource "aws_elastic_beanstalk_environment" "web" {
  name        = "web"
  application = "web"
  setting {
    namespace = "aws:elasticbeanstalk:application:environment"
    name      = "RDS_PASSWORD"
    value     = "⟦+SEC05 password/setting|BxQ2f¦HNAtb¦PDDkh¦r⟧"
  }
  setting {
    namespace = "aws:elasticbeanstalk:application:environment"
    name      = "SECRET_KEY_BASE"
    value     = "⟦+SEC05 password/setting|b6b25¦d52ab¦5baa0¦0b935¦9cb86¦19a1c¦fa349¦b7b09¦88f9c¦571c1¦be6b1¦47848¦e011e¦9aca3¦45823¦03a61¦02eb6¦6d0df¦f82da¦2d048¦ffabe¦de604¦9c3cd¦74ee7¦6bc8a¦6de⟧"
  }
  setting {
    namespace = "aws:elasticbeanstalk:application:environmentsecrets"
    name      = "API_TOKEN"
    value     = "⟦- arn/secret|arn:aws:secretsmanager:eu-west-1:76168¦46366¦77:secret:web/token-mtojro⟧"
  }
  setting {
    namespace = "aws:autoscaling:launchconfiguration"
    name      = "IamInstanceProfile"
    value     = "⟦- name/profile|aws-elasticbeanstalk-ec2-role⟧"
  }
}

resource "aws_apprunner_service" "api" {
  service_name = "api"
  source_configuration {
    image_repository {
      image_identifier = "⟦- name/image|58212¦98820¦93.dkr.ecr.eu-west-1.amazonaws.com/api:ff3d9ba⟧"
      image_configuration {
        runtime_environment_variables = {
          DATABASE_PASSWORD = "⟦+SEC05 password/environment|Qp1Jh¦CRNFL¦OnBpt¦Y⟧"
          DATABASE_PORT     = "⟦- setting/number|5432⟧"
        }
        runtime_environment_secrets = {
          API_SECRET = "⟦- arn/secret|arn:aws:secretsmanager:eu-west-1:28072¦09605¦98:secret:api-8rqwhw⟧"
        }
      }
    }
  }
}

resource "aws_batch_job_definition" "nightly" {
  name = "nightly"
  container_properties = jsonencode({
    image   = "⟦- hash/digest|34265¦76037¦42.dkr.ecr.eu-west-1.amazonaws.com/nightly@sha256:e071d¦6e713¦89c41¦7a4d5¦83157¦0ffe5¦ad76d¦35534¦21727¦d698f¦48065¦b0ed2¦b7f2⟧"
    command = ["run", "--token-file", "⟦- name/path|/run/secrets/token⟧"]
    environment = [
      { name = "FTP_PASSWORD", value = "⟦+SEC05 password/environment|UN0zX¦R5niO¦IAn4L¦Q⟧" },
      { name = "FTP_USER", value = "⟦- name/user|nightly⟧" },
      { name = "FTP_URL", value = "ftp://nightly:⟦+SEC06 url/ftp|sWOtK¦wTUzz¦zZ0ip¦g⟧@ftp.partner.example/in" },
    ]
    secrets = [{ name = "DB_PASSWORD", valueFrom = "⟦- name/parameter|/nightly/db-password⟧" }]
  })
}

resource "aws_mwaa_environment" "flow" {
  name = "flow"
  airflow_configuration_options = {
    "webserver.secret_key"                 = "⟦+SEC05 password/setting|dfTrD¦RDKel¦K5rPX¦wv5j0¦tOdEt¦QlvtR¦ei⟧"
    "secrets.backend"                      = "⟦- setting/class|airflow.providers.amazon.aws.secrets.secrets_manager.Secre¦tsMan¦agerB¦acken¦d⟧"
    "secrets.backend_kwargs"               = "⟦- setting/json|{\"connections_prefix\" : \"airflow/connections\", \"variables_prefix\" : \"airflow/variables\"}⟧"
    "smtp.smtp_password"                   = "⟦+SEC05 password/setting|BNeWo¦jF6mZ¦ecjrD¦pcXto¦JiEMh¦tmcv/¦5sf1S¦J4Haa¦UWCi⟧"
    "webserver.auth_backend"               = "⟦- setting/class|airflow.api.auth.backend.default⟧"
    "core.default_task_retries"            = "⟦- setting/number|3⟧"
  }
}

resource "aws_cloudfront_distribution" "site" {
  origin {
    domain_name = "⟦- url/host|origin.acme.example⟧"
    origin_id   = "⟦- id/other|custom-origin⟧"
    custom_header {
      name  = "X-Origin-Verify-Token"
      value = "⟦+SEC05 password/header|Yn4DV¦JD7Zb¦fEDXM¦26Xfa¦bb2Aq¦3bwrj¦lj⟧"
    }
    custom_header {
      name  = "X-Forwarded-Proto"
      value = "⟦- setting/word|https⟧"
    }
  }
  viewer_certificate {
    acm_certificate_arn      = "⟦- arn/certificate|arn:aws:acm:us-east-1:74146¦19006¦78:certi¦ficat¦e/182¦65ae3-aaec-4dfc-ad37-ce615¦56382¦8c⟧"
    minimum_protocol_version = "⟦- setting/word|TLSv1.2_2021⟧"
  }
  default_cache_behavior {
    cache_policy_id          = "⟦- id/uuid|cb359a61-be56-4249-a67b-1de66¦3ab41¦2c⟧"
    origin_request_policy_id = "⟦- id/uuid|c0116768-d81b-4188-aa2c-35ac8¦e6ec0¦d4⟧"
    trusted_key_groups       = ["⟦- id/uuid|7a53132d-6d2f-47ce-a7fc-0f8aa¦bac9c¦bc⟧"]
  }
}

resource "aws_cloudfront_public_key" "signing" {
  name        = "signing"
  encoded_key = <<-EOT
    ⟦- public/key|-----BEGIN PUBLIC KEY-----
    MIIBI¦jANBg¦kqhki¦G9w0B¦AQEFA¦AOCAQ¦8AMII¦BCgKC¦AQEAs¦fZ5+o¦E4epp¦kVwpv¦veCs
    OEuk3¦HgtIV¦HjkcZ¦k5iu4¦Ewgfs¦8dhLM¦ZLuly¦LWZ1+¦MHQcM¦pfIRl¦R16Pe¦QpV3U¦UEin
    sPpmb¦jUc73¦7TSQf¦QrOXT¦92nYa¦n8Mkb¦03ljn¦UUO6q¦ul6YZ¦sTshd¦zLsi4¦gYZzl¦mrW3
    AQEjQ¦ROrkp¦4+XQL¦jcd3N¦44jK4¦1979h¦8vTLp¦USKDf¦kUT0i¦QWUkw¦M/Vyl¦Y8HHU¦WJOf
    x34Yw¦XCHr9¦SFbcF¦QwX+U¦upOFd¦jmY5b¦Ky1rl¦/YH18¦wtIg5¦IbIwe¦aHju7¦BOouY¦hRba
    FejcC¦0doxP¦aFlO1¦l9Eps¦MTF4B¦x2rIx¦M=
    -----END PUBLIC KEY-----⟧
  EOT
}

resource "aws_ssm_document" "join" {
  name          = "join"
  document_type = "Command"
  content = jsonencode({
    schemaVersion = "2.2"
    description   = "⟦- prose/comment|Joins an instance with the token of the day⟧"
    mainSteps = [{
      action = "aws:runShellScript"
      name   = "join"
      inputs = {
        runCommand = [
          "export JOIN_TOKEN=⟦+SEC05 script/document|R0xYt¦TMrQA¦0xFtV¦6t7Jt¦JmHNG¦IQE25¦V5⟧",
          "export JOIN_HOST=⟦- url/host|join.internal⟧",
          "ADMIN_PASS={{ssm:/prod/admin/password}}",
        ]
      }
    }]
  })
}

resource "aws_sfn_state_machine" "flow" {
  name = "flow"
  definition = jsonencode({
    StartAt = "Call"
    States = {
      Call = {
        Type     = "Task"
        Resource = "⟦- arn/other|arn:aws:states:::http:invoke⟧"
        Parameters = {
          ApiEndpoint     = "⟦- url/plain|https://api.partner.example/v1⟧"
          Authentication  = { ConnectionArn = "⟦- arn/other|arn:aws:events:eu-west-1:66679¦90804¦99:conne¦ction¦/part¦ner/6¦19a35¦aa-b467-4ec7-af91-e2f3f¦2d591¦73⟧" }
          Headers         = { "X-Api-Key" = "⟦+SEC05 password/definition|1Q2aT¦gGUmx¦jqnEK¦lmH3L¦GaBLp¦Jkhy4¦uj⟧" }
          "NextToken.$"   = "⟦- reference/path|$.NextToken⟧"
          "Password.$"    = "⟦- reference/path|$.credentials.password⟧"
        }
        End = true
      }
    }
  })
}

resource "aws_api_gateway_stage" "prod" {
  stage_name  = "prod"
  rest_api_id = "⟦- id/other|k3jd8fh2ls⟧"
  variables = {
    backend_token = "⟦+SEC05 password/variable|MXvpH¦zNjpr¦J2KuX¦O2Xsk¦apzZg¦Bzl3w¦KH⟧"
    backend_host  = "⟦- url/host|backend.internal⟧"
  }
}

resource "aws_synthetics_canary" "login" {
  name = "login"
  run_config {
    environment_variables = {
      TEST_USER_PASSWORD = "⟦+SEC05 password/environment|lnQqt¦V7b0f¦3Bhtd¦5⟧"
      TEST_USER          = "⟦- name/user|canary⟧"
    }
  }
}

resource "aws_cloudformation_stack" "old" {
  name = "old"
  parameters = {
    DatabasePassword = "⟦+SEC05 password/parameter|wjf45¦3Jybu¦hHhgz¦D⟧"
    DatabaseName     = "⟦- name/database|old⟧"
    KeyPairName      = "⟦- name/key|old-2019⟧"
  }
}

resource "aws_kinesis_firehose_delivery_stream" "redshift" {
  name        = "redshift"
  destination = "redshift"
  redshift_configuration {
    role_arn        = "⟦- arn/role|arn:aws:iam::03342¦44119¦62:role/firehose⟧"
    cluster_jdbcurl = "⟦- url/plain|jdbc:redshift://dw.internal:5439/dev⟧"
    username        = "⟦- name/user|firehose⟧"
    password        = "⟦+SEC01 password/attribute|lOdy4¦mf4kW¦Ei8hv¦y⟧"
    data_table_name = "⟦- name/table|auth_tokens⟧"
  }
}

resource "aws_datasync_location_object_storage" "minio" {
  server_hostname = "⟦- url/host|minio.internal⟧"
  bucket_name     = "backup"
  access_key      = "⟦+SEC01 password/attribute|t56WQ¦WoRFA¦eQly6¦HYUVN⟧"
  secret_key      = "⟦+SEC01,KEY02 password/attribute|9rEdz¦JAarG¦uN3rM¦ZcfBa¦SaXSn¦pUCe0¦OmfuG¦nYxiT⟧"
}

resource "aws_iot_topic_rule" "kafka" {
  name = "kafka"
  kafka {
    topic = "⟦- name/topic|events⟧"
    client_properties = {
      "bootstrap.servers" = "⟦- url/host|b-1.main.k3jd8f.c4.kafka.eu-west-1.amazonaws.com:9096⟧"
      "sasl.scram.username" = "$${get_secret('⟦- name/secret|Amazo¦nMSK_¦main⟧', 'SecretString', 'username', '⟦- arn/role|arn:aws:iam::17180¦89556¦22:role/iot⟧')}"
      "sasl.scram.password" = "$${get_secret('⟦- name/secret|Amazo¦nMSK_¦main⟧', 'SecretString', 'password', '⟦- arn/role|arn:aws:iam::77355¦91013¦00:role/iot⟧')}"
    }
  }
}

resource "aws_secretsmanager_secret_version" "json" {
  secret_id     = "⟦- name/secret|prod/db⟧"
  secret_string = "{\"username\": \"⟦- name/user|app⟧\", \"password\": \"⟦+SEC01 password/document|dunnV¦tNxXl¦xNd1K¦G⟧\", \"engine\": \"⟦- setting/word|postgres⟧\", \"host\": \"⟦- url/host|db.internal⟧\"}"
}

resource "aws_secretsmanager_secret_version" "plain" {
  secret_id     = "⟦- name/secret|prod/token⟧"
  secret_string = "⟦+SEC01 password/attribute|1IWBb¦WtpBy¦E9hZL¦bnsmR¦cWCLN¦sYoXz¦tRI7A¦c2RwW⟧"
}

resource "aws_ssm_parameter" "plain" {
  name  = "⟦- name/parameter|/prod/license⟧"
  type  = "SecureString"
  value = "⟦+SEC01 password/weak|to-be-chang¦ed-later⟧"
}

resource "aws_ssm_parameter" "managed" {
  name  = "⟦- name/parameter|/prod/token⟧"
  type  = "SecureString"
  value = random_password.db.result
  lifecycle {
    ignore_changes = [value]
  }
}

resource "random_password" "db" {
  length           = ⟦- setting/number|32⟧
  special          = true
  override_special = "⟦- setting/characters|!#$%&*()-_=+[]{}<>:?⟧"
}

data "aws_secretsmanager_secret_version" "db" {
  secret_id = "⟦- name/secret|prod/shop/db⟧"
}

ephemeral "aws_secretsmanager_secret_version" "db" {
  secret_id = "⟦- arn/secret|arn:aws:secretsmanager:eu-west-1:40856¦89302¦14:secret:prod/shop/db-cthfz0⟧"
}

data "aws_ssm_parameter" "token" {
  name            = "⟦- name/parameter|/prod/shop/token⟧"
  with_decryption = true
}
