# Access keys wherever people put them.

# Old key of the build user, to be deleted: ⟦+KEY02 comment/key-id|AKIA6¦FMNUM¦QG5SY¦F3XGC⟧ / aws_secret_access_key=⟦+KEY02 comment/secret-key|/gj/X¦fyyo/¦TUbT/¦7fkQW¦k/2JE¦Yw8Cr¦IeMLV¦yQ0NU⟧
# ⟦- prose/comment|An access key id begins with AKIA or ASIA, a role's id with AROA, a user's with AIDA.⟧
# arn of the user with the key: ⟦- arn/user|arn:aws:iam::94031¦80601¦64:user/build⟧

// slack of the on-call: ⟦+SEC02 comment/token|https://hoo¦ks.slack.com/s¦ervic¦es/T4¦OS25B¦TD0I/¦BDJ54¦AZXYY¦M/OqH¦cWQOV¦VZHKl¦L8BSC¦gbVrP¦o⟧
/* curl -H "Authorization: token ⟦+SEC02 comment/token|ghp_s¦NxFqr¦2BIi7¦BM0nQ¦hkh5Z¦xJ7xx¦hZMm3¦JuaoW⟧" https://api.github.com/user */

variable "access_key" {
  type    = string
  default = "⟦+KEY02,KEY03 aws/key-id|AKIAW¦EZ47V¦OIAWC¦BQPQH⟧"
}

variable "aws_secret_key" {
  type    = string
  default = "⟦+KEY02,SEC04 aws/secret-key|PAD+K¦EVvfe¦7k3XU¦0yV7j¦FbKOq¦I6q12¦UPI9R¦/rAag⟧"
}

variable "aws_access_key_id" {
  type        = string
  description = "⟦- prose/description|Access key id, such as⟧ ⟦-SEC09 example/aws|AKIAI¦OSFOD¦NN7EX¦AMPLE⟧"
}

variable "aws_secret_access_key" {
  type        = string
  sensitive   = true
  description = "Secret access key, such as ⟦-SEC09 example/aws|wJalr¦XUtnF¦EMI/K¦7MDEN¦G/bPx¦RfiCY¦EXAMP¦LEKEY⟧"
}

provider "aws" {
  alias      = "old"
  region     = "eu-west-1"
  access_key = "⟦+KEY03 aws/key-id|AKIAV¦MWMS4¦NPB32¦AST2Z⟧"
  secret_key = "⟦+KEY03 aws/secret-key|pIhQv¦g6XZJ¦+qAkZ¦Ba/0J¦2G9NH¦fwYBv¦M6pz4¦xFa0T⟧"
  token      = "⟦+KEY03,KEY05 aws/session|IQoJb¦3JpZ2¦luX2V¦jE/5E¦dtr94¦WYuXx¦JwUxI¦PeQSt¦6r7kU¦F21++¦IoXrX¦RgP/u¦1KH/Z¦FE0Us¦+uJ+I¦JyAq4¦Q6O8t¦E8fFQ¦wbp5k¦+drvG¦1Rl/U¦PTDRn¦k8pib¦/HO55¦HaZ2m¦2ZPHj¦VM5sK¦KOK6p¦WedgY¦IF678¦1dLw5¦GG6u1¦w2qDQ¦mpMWe¦VlQGA¦ElH63¦q3/P9¦audUw¦TOqc5¦yEb4Q¦HtYjn¦q6wig¦V36n5¦S/Mqp¦V/E6Y¦1R715¦io2e8¦Yia7G¦2rMSK¦KTPyU¦BOmwb¦o0vEg¦LJjhG¦0U22p¦UPP73¦WXXdy¦gPSK9¦j/QA9¦ay2Fe¦KAza8¦c4MRv¦2U/XN¦ROFKk¦s5COg¦2nL1x¦gzGSP¦oR/UB¦NjY0g¦YvLxs¦46Hq1¦38MtQ¦JxlZg¦6hB+6¦E4v0n¦QuvXu¦6UhUW¦bAW4z¦A70Rg¦axqZ6¦G/6ZI¦cnODb¦h9NT+¦fT8+F¦t8ikk¦mcSIA¦Ds3wH¦5T+Nv¦wc==⟧"
}

provider "aws" {
  alias      = "example"
  access_key = "⟦+KEY03 example/provider|AKIAI¦OSFOD¦NN7EX¦AMPLE⟧"
  secret_key = "⟦+KEY03 example/provider|wJalr¦XUtnF¦EMI/K¦7MDEN¦G/bPx¦RfiCY¦EXAMP¦LEKEY⟧"
}

provider "aws" {
  alias                    = "files"
  shared_credentials_files = ["⟦- name/path|~/.aws/credentials⟧"]
  profile                  = "⟦- name/profile|acme-prod⟧"
}

data "terraform_remote_state" "network" {
  backend = "s3"
  config = {
    bucket     = "⟦- name/bucket|acme-network-state⟧"
    key        = "⟦- name/path|network.tfstate⟧"
    access_key = "⟦+KEY03 aws/key-id|AKIA5¦63GA5¦KVSX4¦EUVUH⟧"
    secret_key = "⟦+KEY03 aws/secret-key|p/g6i¦5/fA0¦4Ez7O¦YIMLU¦EP16l¦CXiJ1¦Vq6J0¦cc8zb⟧"
  }
}

locals {
  backup = {
    access_key_id     = "⟦+KEY02 aws/key-id|AKIA5¦2HMUM¦DJL7X¦HXRFO⟧"
    secret_access_key = "⟦+KEY02,SEC04 aws/secret-key|SGIRU¦jp4mz¦ZcjdD¦AgVTU¦N4on2¦ju+ZY¦J9okH¦DDyhI⟧"
    bucket            = "⟦- name/bucket|acme-backup⟧"
  }
  sessions = {
    id      = "⟦+KEY05 aws/temporary-id|ASIA3¦AEMKB¦3YDOL¦32OZS⟧"
    account = "⟦- id/account|12345¦67890¦12⟧"
  }
  example_session = "⟦-SEC09 example/aws|ASIAI¦OSFOD¦NN7EX¦AMPLE⟧"
  second_example  = "⟦-SEC09 example/aws|AKIAI¦44QH8¦DHBEX¦AMPLE⟧"
  principals = {
    user     = "⟦- id/aws|AIDAK¦HACKU¦7HZFF¦5MTTZ¦J⟧"
    role     = "⟦- id/aws|AROAW¦VP23L¦PKAAX¦W5QDT¦I⟧"
    group    = "⟦- id/aws|AGPA4¦AWBHG¦UQK2S¦WETSS¦Z⟧"
    profile  = "⟦- id/aws|AIPAO¦2ND5O¦EDJOS¦IYE5V¦F⟧"
    policy   = "⟦- id/aws|ANPAB¦M62UA¦TZZVU¦ZETCZ¦H⟧"
    version  = "⟦- id/aws|ANVA6¦QDL4F¦CG2LJ¦FUFD6¦I⟧"
    public   = "⟦- id/aws|APKA4¦MHXRW¦AF3F7¦GUJY3¦X⟧"
    cert     = "⟦- id/aws|ASCAD¦KE57N¦VWXB5¦W6SAL¦A⟧"
    assumed  = "⟦- id/aws|AROA6¦UQJDF¦7UUOU¦KDGEC¦G⟧:botocore-session-1728394756"
    distro   = "⟦- id/aws|E90NF¦UAI3L¦I18V⟧"
    zone     = "⟦- id/aws|ZBF58¦KWUTI¦5B69E¦8T3OI¦Q⟧"
    upper    = "⟦- code/constant|AKIATRANSFERSERVERPOLICYNAME⟧"
    word     = "⟦- code/constant|MYASIAPACIFICREGIONNAMES⟧"
    sha      = "⟦- hash/git|7c8b7¦193ca¦c3372¦27991¦b0a64¦f6402¦3c6d9¦3bd0b⟧"
    sha_up   = "⟦- hash/git|03DD8¦FECD2¦6F52E¦EE69D¦58B34¦4CC15¦54FAF¦126CF⟧"
    long     = "⟦- code/path|VaDat¦aVaul¦tCdkP¦oc/rB¦ucket¦KeyCd¦k/Res¦ource⟧"
    subnets  = "⟦- code/path|Auror¦aRdsS¦tack/¦DbClu¦ster/¦Subne¦ts/De¦fault⟧"
    package  = "⟦- code/path|software/amazon/awssdk/services/dynamodb⟧"
  }
}

resource "aws_lambda_function" "copy" {
  function_name = "copy"
  environment {
    variables = {
      AWS_ACCESS_KEY_ID     = var.access_key
      AWS_SECRET_ACCESS_KEY = var.aws_secret_key
      S3_KEY                = "⟦+KEY02 aws/key-id|AKIAX¦KSYQO¦7TTI6¦LJWBL⟧"
      S3_SECRET             = "⟦+KEY02,SEC05 aws/secret-key|IHwtn¦ZzXzg¦wEIyX¦j1zUF¦LtqWx¦R9+SA¦P4j4J¦UjFl7⟧"
      AWS_CREDENTIALS       = "{\"accessKeyId\": \"⟦+KEY02 aws/key-id|AKIA6¦AND6X¦NB4RY¦5WHNS⟧\", \"secretAccessKey\": \"⟦+KEY02 aws/secret-key|JlE5B¦uqpy/¦7hz18¦yQIPx¦6AeA6¦DMJbw¦76cN2¦n/E8n⟧\"}"
      EXAMPLE               = "⟦-SEC09 example/aws|AKIAI¦OSFOD¦NN7EX¦AMPLE⟧"
      KMS_KEY               = "⟦- arn/kms|arn:aws:kms:eu-west-1:32577¦43609¦10:key/mrk-4ee27¦0fa90¦20046¦2a524¦92fc9¦16882¦87⟧"
      CONFIG                = <<-INI
        [profile copy]
        region = eu-west-1
        [copy]
        aws_access_key_id = ⟦+KEY05 aws/temporary-id|ASIA2¦2LL3G¦LIH6W¦6GG75⟧
        aws_secret_access_key = ⟦+KEY05,KEY02 aws/secret-key|2oz4P¦58AxF¦9X3CZ¦5NJ76¦RXJw8¦NzlsU¦/BWEV¦M03Jy⟧
        aws_session_token = ⟦+KEY05 aws/session|IQoJb¦3JpZ2¦luX2V¦jEjnH¦w79dC¦93gHH¦mFwB+¦jNKBp¦4VNKn¦7qMYt¦USeTi¦xb+GF¦WAqt5¦jGj0Z¦A/9OI¦W2uVe¦YWk08¦kgQsd¦ViKfI¦mHoaM¦DXOiU¦98cks¦H7Tg+¦iqnX4¦lPyn/¦PokJR¦dtdOl¦6BYrr¦Nfg21¦vcCCz¦nhUYT¦iDcOn¦7DHHa¦qz87f¦sdMFA¦vXr2T¦5lH99¦tyLSZ¦2gliJ¦DAhkS¦7Merh¦rVb8p¦NhjUX¦TWCsG¦icm7u¦/2QAk¦3C95j¦oK7/z¦gon1F¦3Saoz¦vCEh9¦Wt/L/¦OTsQh¦K9uhb¦kg/4K¦FeKWe¦LzDm6¦635JI¦kwH8c¦DG6oo¦H+nX3¦TqbpA¦svGR5¦okipJ¦em311¦bY6T3¦YQGBb¦FKCmf¦rcEan¦+QJ5E¦pLMDy¦La973¦tnsLq¦gJljF¦q+t+6¦fawhm¦qn9y7¦2pgdq¦ey7id¦vEnNf¦29+Id¦p32un¦2QKPP¦PQF6Z¦TUOeP¦6IFe0¦JXT/d¦ws==⟧
      INI
    }
  }
}

resource "aws_s3_object" "sdk" {
  bucket  = "acme-config"
  key     = "sdk.json"
  content = jsonencode({
    aws = {
      region          = "eu-west-1"
      accessKeyId     = "⟦+KEY02 aws/key-id|AKIAT¦5J57O¦Y5MLV¦WV4SS⟧"
      secretAccessKey = "⟦+KEY02 aws/secret-key|PIUAh¦3o1wN¦xMbdp¦l/spQ¦LoIkF¦Yw5Vc¦q1mdy¦BPcIF⟧"
    }
    client = "new AWS.S3({ accessKeyId: '⟦+KEY02 aws/key-id|AKIAX¦XBZEL¦CFHA3¦KC3GN⟧', secretAccessKey: '⟦+KEY02 aws/secret-key|sjeKB¦jlc1H¦xecU5¦7w1Jx¦5kYO7¦tAaui¦+DaBL¦tF76N⟧' })"
    python = "boto3.client('s3', aws_access_key_id='⟦+KEY02 aws/key-id|AKIAV¦D5HT7¦HFHL4¦HA64I⟧', aws_secret_access_key='⟦+KEY02 aws/secret-key|z/+Rb¦3nsLi¦vU+6H¦TJJ1f¦quZBr¦ZjSCw¦Yung5¦V1pa2⟧')"
    java   = "AwsBasicCredentials.create(\"⟦+KEY02 aws/key-id|AKIAY¦2OAYV¦LFJKS¦AG4OA⟧\", System.getenv(\"SECRET\"))"
  })
}

resource "aws_iam_role_policy" "keys" {
  role = "keys"
  policy = <<-JSON
    {
      "Statement": [{
        "Effect": "Allow",
        "Action": ["⟦- iam/action|iam:ListA¦ccess¦Keys⟧", "⟦- iam/action|iam:GetAc¦cessK¦eyLas¦tUsed⟧", "⟦- iam/action|sts:GetAc¦cessK¦eyInf¦o⟧"],
        "Resource": "⟦- arn/user|arn:aws:iam::17938¦05890¦65:user/$${aws:username}⟧",
        "Condition": {"StringEquals": {"⟦- iam/condition|aws:Princ¦ipalA¦rn⟧": "⟦- arn/role|arn:aws:iam::56692¦21917¦44:role/aws-reserved/sso.amazonaws.com/A¦WSRes¦erved¦SSO_A¦dmin_¦96471¦adc41¦8fa92¦8⟧", "⟦- iam/condition|aws:userid⟧": "⟦- id/aws|AROAO¦QH6VH¦NYGEY¦3YZRL¦F⟧:jane"}}
      }]
    }
  JSON
}
