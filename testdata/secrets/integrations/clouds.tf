# Accounts elsewhere.

provider "digitalocean" {
  token = "⟦+SEC02,KEY03 token/digitalocean|dop_v¦1_21f¦0613c¦419ad¦d13d7¦9340a¦b02ed¦d106d¦c8295¦7f5a2¦fb93f¦2e73e¦11f09¦950b2¦6⟧"
}

provider "cloudflare" {
  api_token = "⟦+KEY03,SEC01,SEC02 vendor/cloudflare|2jNnB¦IZFyY¦BOonc¦5VQX8¦Rcl09¦kUr7r¦lI_DX¦o5ZS3⟧"
}

provider "databricks" {
  host  = "⟦- url/plain|https://dbc-73c9468a-1a2b.cloud.databricks.com⟧"
  token = "⟦+SEC02,KEY03 token/databricks|dapi3¦1b8b8¦74d24¦f26c0¦71cc0¦99b58¦0b872¦6⟧"
}

provider "vault" {
  address = "⟦- url/plain|https://vault.acme.example:8200⟧"
  token   = "⟦+SEC02,KEY03 token/vault|hvs.CAESI¦PDawr¦EEwQX¦p7phg¦m47Vb¦EVV8b¦a14d3¦Tchdr¦VOLB8¦TwmLM¦Mzu-sz6Oo¦F3ga8¦96a0-DDJJe¦7XbLz¦Fwqv7¦OJJlC¦JRvxo¦b7k0F¦f⟧"
}

provider "tfe" {
  token = "⟦+SEC02,KEY03 token/terraform-cloud|vzMp1¦sX8MS¦DcgK.atlas¦v1.N0dSR¦qovqB¦VbQCs¦rEd2s¦2vTSm¦1FBge¦oJNRJ¦nGUzQ¦LyhxT¦x3J7K¦UQRb4¦CZWGL¦8PQid¦x5⟧"
}

provider "kubernetes" {
  host                   = "⟦- url/plain|https://b99¦99cdb¦e6d71¦c11dd¦46bb1¦5ce7f¦dbb4.gr7.eu-west-1.eks.amazonaws.com⟧"
  cluster_ca_certificate = base64decode("⟦- public/certificate|LS0tL¦S1CRU¦dJTiB¦DRVJU¦SUZJQ¦0FURS¦0tLS0¦tCk1J¦SURkV¦ENDQW¦wyZ0F¦3SUJB¦Z0tHb¦2JRU2¦FnU1F¦rU2F3¦OHVmV¦0ZWN1¦VNaVl¦0Ulhx¦ZDZrT¦2xrOT¦lQM1k¦vcG9I¦bjIKM¦ktTVE¦9lbjd¦aSlhB¦RW1Zb¦CtTTH¦VQL3B¦BU2dO¦U3huS¦kxtT0¦FFdWV¦4WkIr¦a052T¦DdtNz¦BCc3l¦qdHZY¦TXlWO¦G82bw¦pVemJ¦aaEVz¦eFFuM¦FRIaz¦E3aWx¦rUnR5¦MEZMN¦DRmS0¦ZMaFc¦rSTdq¦YUdSU¦WI1S3¦B3M3J¦nK29E¦ZmVPN¦DR0Nl¦YvblA¦2CnI1¦WGdkR¦WUxQ3¦dzMGh¦icUxN¦MElGQ¦3dlaD¦dDazZ¦hc1g3¦bUtVM¦ldSal¦ljRjN¦rb012¦TllLZ¦WR2bW¦9pZUs¦vUnZO¦bUQKe¦S9DQU¦pUcWI¦zbDBF¦cWMyZ¦25qZX¦JmZkV¦FR25S¦UUxuS¦2wrc0¦9PT21¦IOFk1¦MzhsM¦StvQV¦RqYUp¦aNVNX¦NVVQT¦U50bg¦p3SjZ¦nZktx¦SUZaR¦k8xZG¦pyN1p¦Hd3hq¦dmVSS¦Eh2ME¦d5Zk1¦Ld0lj¦TkMrY¦1BocG¦I5ZDl¦iSW5K¦R01Rc¦UFVZW¦5iL3B¦5CllT¦d00wW¦k5YVF¦Z4Zm5¦4Qk81¦VHRoZ¦U4wT3¦hrakl¦LK0du¦aE11O¦HZabT¦hBTS9¦ZOGxk¦YkpxR¦GZPV3¦FGN3J¦RUzBP¦UzcKa¦Ec5YV¦hzbzU¦zbUEy¦alR6Q¦0xXUX¦Ntb3J¦iS01n¦aDZxW¦ENqK0¦N6cFZ¦LY2FL¦NE5WZ¦XU2WF¦Nuenl¦sSTB3¦Yi9PT¦Exteg¦pRdmR¦qWkNj¦M3JxZ¦kxPZ1¦p0VE1¦BQmhM¦YUF6S¦zFJbD¦RLOGQ¦3bVox¦ck12S¦jRRSz¦JYZmQ¦5anNJ¦NkVyM¦XMrcT¦BzRlV¦pCnRw¦VHJYZ¦WJ4R0¦Nlbld¦ZM3ly¦Z0NSY¦VVldm¦xtVm1¦RWjBB¦dlI3Z¦EpzNH¦VFU09¦MMU16¦UlJWO¦XB2cT¦VEVWR¦JOGRL¦WHoKY¦3VPUk¦5ZVlN¦DWTF6¦MXkrM¦StSQk¦g4WUF¦2MDFt¦d2pkV¦ytOQU¦ttaEM¦0S3Rv¦RzYwQ¦T09Ci¦0tLS0¦tRU5E¦IENFU¦lRJRk¦lDQVR¦FLS0t¦LS0K⟧")
  token                  = "⟦+SEC02,SEC01,KEY03 jwt/rs256|eyJhb¦GciOi¦JSUzI¦1NiIs¦InR5c¦CI6Ik¦pXVCI¦sImtp¦ZCI6I¦mExIn¦0.eyJzd¦WIiOi¦IwNjc¦xOTcz¦MjI3I¦iwibm¦FtZSI¦6ImRl¦cGxve¦SIsIm¦lhdCI¦6MTc2¦MDg1N¦zY4OC¦wiZXh¦wIjoy¦MDc1M¦DAwMD¦AwfQ.c8TUw¦IDU1N¦xJ_0k¦tOoHH¦9axRg¦0AdQk¦rymj4¦qihCz¦UQt3u¦k1ou3¦Afrn-D5oHF¦6U24l¦uQKOD¦FOhpZ¦QUcSS¦IUOPk¦SI7OF¦oavvg¦utX7q¦SAF8U¦yyR3O¦Dk3Y9¦RtykK¦XQ-hll2y¦TZtyY¦QY2Ui¦3w1jt¦4KWht¦NRvjB¦bYxNA¦BRlLH¦ZsCQC¦6SnyH¦d6ln3¦Mlne_¦IOFgN¦Joaeo¦lfwKP¦PoRu3¦x-NRmRb¦EdLwj¦Cp53s¦J_zon¦O-I9d4Y¦Rjlw4¦HEA4f¦PS4MY¦BTlHN¦aMcpa¦dUola¦u0rdg¦yI9tY¦4dHn-WNabQ¦2lNS7¦z-0gi7N¦fKoXQ¦ONFD1¦XycCj¦tUK5N¦UuJB5¦oD0O-HHh-OU3wP¦IQJMV¦XqqA⟧"
}

provider "google" {
  project     = "⟦- name/project|acme-prod-347812⟧"
  credentials = <<-JSON
    {
      "type": "service_account",
      "project_id": "⟦- name/project|acme-prod-347812⟧",
      "private_key_id": "⟦- hash/id|dd591¦4699f¦599a5¦0a48c¦edefa¦3fe55¦f7b9e¦21ee8⟧",
      "private_key": "⟦+SEC03 pem/google|-----BEGIN PRIVA¦TE KEY-----\nMIIE¦vgIBA¦DANBg¦kqhki¦G9w0B¦AQEFA¦ASCBK¦gwggS¦kAgEA¦AoIBA¦QD0+X¦J2wWY¦9zbWu\n4ZwK¦uRfRh¦HkBP/¦YQL3+¦k8uve¦TMYI9¦r+hSt¦dvNYS¦2ZMpF¦iV6uD¦Jf4cs¦SQicq¦OCW7I\nuB8O¦uhZ2Z¦LJKL/¦u8dbR¦5C1/6¦Sased¦MvEnU¦TzVWZ¦RJOCP¦fbPmy¦0q7Eb¦lVqnJ¦K3rWz\nSJC3¦oEi6N¦DgjFc¦TBBK7¦dXrYF¦uJcGw¦3+jCk¦iWuou¦u6C5v¦yxVA5¦0k4g6¦UfgwN¦nxXsV\nMk82¦ZV+Kq¦NVVrP¦ZFPuF¦PGa/1¦8/j07¦s2j+H¦odzN1¦dYZBd¦cIg87¦Cma9B¦iCGAq¦Od+vI\n+1G0¦Crt1a¦X5tMV¦Hfo18¦NyqmW¦ZpDJB¦BoJWS¦ONNiz¦RmKXn¦g+m+S¦p1//7¦IAoxh¦Ri582\nTzYv¦2ukl4¦qJPa0¦8Bk6E¦KPtq8¦lfUHR¦FdiVq¦qhelX¦iv5Bq¦hLd2+¦vBR8Y¦pNF/Q¦rDBqk\nhe5H¦9ljVp¦uN1nJ¦LcsUE¦tjEiT¦yl2OR¦Whh28¦5bHNR¦L9W3Z¦ctRs1¦VkIgJ¦D7b6v¦mXN7+\nvJsO¦zpm2q¦WlFsH¦C9kYn¦GWC16¦BPOMH¦2GiXl¦aJkMy¦3ehB4¦u8Qr7¦95oIi¦fmmvW¦tJkq7\nc/jf¦Fqz34¦VlCNK¦ERA5y¦9LYYU¦tvaLz¦wXFoE¦Hmf1A¦g1QDH¦yghlX¦ykv6A¦YbNub¦RWQMH\nb8ZG¦lZxe8¦JQRR1¦1hegn¦9Ols2¦IUTse¦UQQF3¦mXYFw¦xMDRa¦5CGPA¦5Kq2i¦FRATg¦9Z6OH\njzFi¦W0Rs0¦ys6OL¦T9Uhp¦Z4NuL¦7eO0S¦ANE5T¦WiK7V¦IMmLi¦8eiyB¦KO8wx¦OZH0X¦2oQBU\nvOAj¦Clred¦c7VYZ¦W0hN4¦sTJa7¦aT3Sp¦g==\n-----END PRIVA¦TE KEY-----\n⟧",
      "client_email": "⟦- text/mail|terraform@acme-prod-347812.iam.gserviceaccount.com⟧",
      "client_id": "⟦- id/number|10483¦92018¦37465¦92018¦4⟧",
      "token_uri": "⟦- url/plain|https://oauth2.googleapis.com/token⟧",
      "auth_provider_x509_cert_url": "⟦- url/plain|https://www.googleapis.com/o¦auth2¦/v1/c¦erts⟧"
    }
  JSON
}

provider "azurerm" {
  features {}
  subscription_id = "⟦- id/uuid|03c187f0-7919-4591-aa6b-0d734¦bd261¦c5⟧"
  tenant_id       = "⟦- id/uuid|d33f8ae2-fffc-41f9-a1a8-0f397¦e700e¦3d⟧"
  client_id       = "⟦- id/uuid|34b6781e-fb66-4492-ae99-6c745¦ea17f¦a4⟧"
  client_secret   = "⟦+SEC02,KEY03 token/azure|Dez8Q~wGBIO¦99K8B.C3yDz¦m9fgx.VA9tI¦V9Go⟧"
}

resource "aws_lambda_function" "sync" {
  function_name = "sync"
  environment {
    variables = {
      DO_OAUTH           = "⟦+SEC02 token/digitalocean|doo_v¦1_c0c¦a7ce0¦bb7a3¦2e8ad¦5577b¦b4dea¦dccff¦37445¦8ea7c¦1adf1¦4c0f7¦accb0¦00ef5¦8⟧"
      DO_REFRESH         = "⟦+SEC02 token/digitalocean|dor_v¦1_b05¦d39ec¦dcdda¦c6440¦f2206¦d4e57¦3a269¦0bf63¦53d17¦9e22d¦cdf42¦e6f66¦28929¦6⟧"
      DATABRICKS         = "⟦+SEC02 token/databricks|dapi7¦66660¦6aafe¦d49a2¦56ec9¦8134c¦33e35¦f-2⟧"
      CLOUDFLARE_CA      = "⟦+SEC02 token/cloudflare|v1.0-1ac30¦e8513¦70ad3¦ac94a¦1fe6-ac503¦de4f0¦8dfa5¦0f77b¦a046b¦b8eb5¦b395a¦afd4a¦74046¦2d236¦effc7¦2a277¦a7a2b¦faec3¦aef28¦ce3dc¦91af3¦1d4f8¦83e9b¦630ac¦c1ba4¦eb68e¦e2e27¦b191d¦bd4ec¦513e3¦a3a38¦408ac¦b6c5b¦a⟧"
      CLOUDFLARE_API_KEY = "⟦+SEC02,SEC05 vendor/cloudflare|228a4¦4dcf6¦3eec5¦95f35¦bfc6c¦95fe9¦fa76b¦3e⟧"
      CLOUDFLARE_ZONE    = "⟦- id/cloudflare|de5f2¦74e2b¦141c0¦8091c¦58209¦162c4¦f6⟧"
      PLANETSCALE        = "⟦+SEC02 token/planetscale|pscal¦e_tkn¦_xP2M¦0JwJ4¦w6z3L¦T0Wgp¦N09v5¦I1LfY¦SB79i¦jbhOS¦YOfA⟧"
      PLANETSCALE_PW     = "⟦+SEC02 token/planetscale|pscal¦e_pw_¦RZAc7¦SPhaQ¦KOwFh¦aQLGj¦dHpny¦zdFww¦WTyaw¦3U5HZ¦vUj⟧"
      PLANETSCALE_OAUTH  = "⟦+SEC02 token/planetscale|pscal¦e_oau¦th_Oy¦Wp5Ey¦rIzCb¦abDqc¦flVLc¦RjSqF¦oszDi¦Wlml6¦d77uC¦7⟧"
      DOPPLER            = "⟦+SEC02 token/doppler|dp.pt.VH3M7¦4Nmoa¦y54pc¦5UQSY¦GjDQ1¦yri39¦DuRHh¦Pnkez¦Kv8⟧"
      VAULT_BATCH        = "⟦+SEC02 token/vault|hvb.AAAAA¦QQMaM¦SNbKa-9yMla¦JIBqa¦1ExvU¦kg-QtvDV¦PEmZZ¦DAiAT¦ZYbXi¦1Jb4c¦QDPhj¦rwh9L¦kN469¦Q4U7U¦NnpT2¦XcclS¦JsB0r¦33UHf¦ZIfqR¦RV22A¦MBrLY¦uPEZv¦84aV5¦BzzRv¦z90-2TXl9¦c0AYo¦JUMGW¦BLg2q¦9F1⟧"
      VAULT_RECOVERY     = "⟦+SEC02 token/vault|hvr.CAESI¦ZT2IS¦4vS-_L8KR¦hBdFN¦wq2OI¦H_5h6¦isvUc¦Hdt3Z¦HoC5x¦DNwJr¦JrSOS¦LE4T7¦vcMWL¦PNoLc¦pLJDI¦TktAW¦aBGvd¦Qly2c¦oiguD¦Q⟧"
      VAULT_TOKEN        = "⟦+SEC02,SEC05 token/vault|s.GyLCJ¦1jXKO¦UdH37¦D9KdY¦eP4j⟧"
      OPENAI             = "⟦+SEC02 token/openai|sk-svcac¦ct-cYxPZ¦3AEgJ¦0XHpi¦PH5oJ¦DlF1J¦qvxJn¦YEbgK¦MmzMY¦a2328¦_2_qs¦AZeXf-UFT3B¦lbkFJ¦jfhu1¦R-kl3fd¦Orh1R¦H50_e¦hl6PC¦VLMzi¦_fohG¦2KgRF¦S4MSx¦VHwGe¦D3-FJo⟧"
      OPENAI_ADMIN       = "⟦+SEC02 token/openai|sk-admin-e1k5i¦0mWdQ¦Ehuyy¦f7Svz¦Svtxg¦c0SOs¦OICkf¦DPGKS¦5BWI-6a-I4Jx_¦YU7Cf¦T3Blb¦kFJhS¦_fQ_J¦gtj81¦cFpLX¦eabmX¦xCgfG¦zIZa8¦Sgxzj¦8Bta0¦rb7SQ¦zWysg¦rPioI¦h⟧"
      OPENAI_OLD         = "⟦+SEC02 token/openai|sk-pUh1U¦0fV0o¦8H9EG¦DhE0x¦T3Blb¦kFJ6x¦rgnMU¦4BRav¦BV0fL¦KHV⟧"
      OPENAI_ORG         = "⟦- id/openai|org-k3Jd8¦Fh2Ls¦9Qw4E¦r7Ty1¦Ui6O⟧"
      ANTHROPIC_ADMIN    = "⟦+SEC02 token/anthropic|sk-ant-admin¦01-i3_No¦_N7ql¦9B5-Y2gMC¦OQ6mf¦SmYPi¦MSmgN¦bv3Em¦N0r8E¦ubAw3¦9wmuX¦9IpBq¦QniBK¦E1cxY¦McOlU¦2AqLk¦OE5pB¦yz5Br¦Kr_yA¦A⟧"
      AZURE_SAS          = "https://acmelogs.blob.core.windows.net/logs?⟦+SEC02,SEC06 connection/sas|sv=2024-11-04&ss=b&srt=sco&sp=rl&se=2027-12-31T23:59:59Z&sig=uLzR1¦L6QtA¦xzmkz¦5TCoQ¦skNdX¦saXdU¦OZ618¦nMnZX%2F%2B%3D⟧"
      AZURE_TENANT       = "⟦- id/uuid|bfde8078-2e74-4017-afa7-83e6c¦43ebc¦f6⟧"
      SERVICE_BUS        = "Endpoint=sb://acme.servicebus.windows.net/;SharedAccessKeyName=send;SharedAccessKey=⟦+SEC06,SEC02 connection/azure|NDHVr¦FTmFR¦NZQFk¦zF4/Q¦oTOGm¦kexKu¦0gmLl¦nqI5L¦NTA=⟧"
      AGE_IDENTITY       = "⟦+SEC03,SEC02 key/age|AGE-SECRE¦T-KEY-1A60F¦Z3GK9¦D8V9L¦4RFR5¦RZPZ3¦9UV7M¦EFJLC¦VUPUU¦9SEJP¦ZG2YN¦XKS3Y¦VUG2⟧"
      AGE_RECIPIENT      = "⟦- public/age|age1q¦l3z7h¦jy54p¦w3hyw¦w5ayy¦fg7zq¦gvc7w¦3j2el¦w8zmr¦j2kg5¦sfn9a¦qmcac¦8p⟧"
      APPSYNC            = "⟦+SEC02 aws/appsync|da2-ofpyo¦rktso¦f4kuy¦wdnxp¦78al3¦2⟧"
      MWS_AUTH_TOKEN     = "⟦+SEC02,SEC05 aws/mws|amzn.mws.e290f¦438-c0c0-11a5-7785-34b19¦78b27¦38⟧"
      BEDROCK            = "⟦+KEY02 aws/bedrock|ABSKQ¦mVkcm¦9ja0F¦QSUtl¦eS05Y¦TViLW¦F0LTE¦3Nzkw¦OTU2M¦DA4Nz¦poS0x¦5dVVB¦MDBPd¦2tEWU¦ZhVDR¦MM291¦V0RCd¦llKS2¦1VOVZ¦Wb3FB¦YjFLT¦jFFak¦tCcjl¦RODNX¦cWVZT¦HU=⟧"
      BEDROCK_SHORT      = "⟦+KEY05,KEY02,SEC02 aws/bedrock|bedro¦ck-api-key-YmVkc¦m9jay¦5hbWF¦6b25h¦d3MuY¦29tLz¦9BY3R¦pb249¦Q2Fsb¦FdpdG¦hCZWF¦yZXJU¦b2tlb¦iZYzG¦XrIlY¦k0mBP¦zkc7K¦4gYks¦iZTbm¦EmqrH¦D5gIM¦YB23E¦vrtlI¦g9yio¦XXtrt¦S1e9p¦duz46¦v1FVz¦oV/bn¦Dz1NR¦9hAvH¦tuJFA¦mZpoo¦sEkU2¦Wz+28¦UtPhA¦RExUs¦+m6kN¦OavOU¦LSVOZ¦mQ+OE¦54QP/¦9ZeUF¦vwU0R¦nmB6C¦OhyFx¦XS6ko¦OEIaW¦OirFj¦J9E0w¦XzVdY¦VKf6m¦gXgSQ¦PlHvh¦g4EbR¦kB7gJ¦TGYEP¦Fzw==⟧"
      CODECOMMIT_ID      = "⟦+KEY02 aws/key-id|ACCAN¦NVZJU¦6RCEV¦6EMSC⟧"
      STS_BEARER         = "⟦+KEY02 aws/key-id|ABIAT¦KCTWJ¦AWCCM¦OBOUV⟧"
      KUBE_CA            = "⟦- public/certificate|LS0tL¦S1CRU¦dJTiB¦DRVJU¦SUZJQ¦0FURS¦0tLS0¦tCk1J¦SURkV¦ENDQW¦wyZ0F¦3SUJB¦Z0ppa¦GlZQU¦E5cnB¦zMkpC¦RkpFT¦m1NOW¦k1cmZ¦1NVh1¦WEo2c¦Eg4U0¦NYT1B¦mQ2Jq¦SGUKS¦E1yOF¦RMMFk¦yYmJE¦aXhLN¦lg3bT¦RUakh¦IVVNU¦YmNwV¦TdtbU¦VxdHN¦JRlJK¦bkRQS¦GJpSy¦tvT3F¦WejdZ¦dXZnW¦mVwTw¦p4TFI¦zM3k1¦MzlEa¦W1BcE¦d0Lzd¦BeHFC¦NTU1U¦mtHUG¦tZdHR¦5bTJM¦RDRNY¦2Fqcj¦ZXYTA¦3VEtJ¦OU1me¦DY0a0¦5uNnN¦lCjFt¦RW1zb¦nZSSF¦BrRWJ¦PNjZF¦akY1b¦nlTdU¦lVRkd¦0Uk5k¦Z1ljN¦zF4Rn¦I0MGM¦zQ0sz¦M2tCT¦FRQUm¦NxMUx¦MMEtT¦SnoKa¦zhOM3¦J0c25¦UWWdC¦SEdab¦mxUK0¦dqdHl¦SNVZy¦T2tjS¦3JNVU¦9XU1B¦RWjR3¦VXM3O¦FhPcz¦NsLzF¦ycHlo¦eUttS¦nlWcQ¦pLWnh¦XY0tw¦MXFJR¦ml2Q1¦NveTN¦NSTlk¦bHlUa¦0NHNF¦lqM09¦CM0ts¦Um5SW¦URjUl¦VYYUl¦xUTdy¦dHAyT¦zIzS3¦FUUzc¦wCkpJ¦RnRJd¦0Y0eF¦hBVU5¦rcERx¦WGloR¦nMvVX¦F6NHZ¦oR2Zr¦SHBFQ¦1Z4dG¦tTaVc¦5SDh6¦SlZCS¦29WcH¦Naelc¦3UXdC¦cFoKS¦GxQSV¦ZjQmp¦uSEwr¦NHdYS¦TFzdW¦5nM0F¦taGZq¦c2pyc¦1VpQV¦dLMDd¦RdVdn¦UnJ4N¦VYrR0¦9oYW9¦JVk5Q¦RW92a¦VlBQw¦pWVlA¦1a0dJ¦cWd6a¦1NnQT¦JGbWR¦RdFVm¦c0FjY¦2hteU¦wyb2Z¦vcHAw¦ZjhSW¦DFKbE¦M0OHd¦yQ3d6¦Q3FGd¦m44Z3¦VMTXJ¦RClFQ¦SitMO¦GFFbW¦hUdWx¦TTW13¦ZnBuU¦GYxd2¦JhQ0d¦EUHEr¦Z3pMY¦k13bE¦cvVXY¦wRkwx¦aXpwS¦242di¦9sNlJ¦Sb0tG¦T0UKK¦2FrMU¦JKSTB¦TaFM2¦VlFEZ¦lMrWm¦IrWlF¦IVEhF¦Z2xhZ¦3I5Qk¦xIYlp¦uVHg2¦aXlSU¦T09Ci¦0tLS0¦tRU5E¦IENFU¦lRJRk¦lDQVR¦FLS0t¦LS0K⟧"
      FIREBASE_API_KEY_ID = "⟦- id/uuid|3c5bff19-8fff-4804-a7d9-c8591¦35b48¦6e⟧"
    }
  }
}

resource "azurerm_linux_web_app" "unrelated" {
  name = "acme-web"
  app_settings = {
    WEBSITE_RUN_FROM_PACKAGE = "1"
    APPINSIGHTS_KEY          = "⟦- id/uuid|ce56b597-bcf7-4462-a87d-119f2¦41c95¦52⟧"
  }
}

resource "google_secret_manager_secret_version" "stripe" {
  secret = "⟦- name/secret|projects/acme-prod-34781¦2/sec¦rets/¦strip¦e⟧"
}

data "google_secret_manager_secret_version" "other" {
  secret = "⟦- name/secret|somesecretid⟧"
}
