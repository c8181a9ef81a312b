# What opens a database, a queue or a share, in one string.

resource "aws_lambda_function" "connections" {
  function_name = "connections"
  environment {
    variables = {
      POSTGRES_URL      = "postgresql://app:⟦+SEC06 url/postgres|TKcD8¦WzO4l¦kIzGz¦p⟧@db.internal/app"
      POSTGRES_ADMIN    = "postgres://admin:⟦+SEC06 url/postgres|s3cr3¦t%21xdf¦v09JX¦HEQl⟧@10.0.3.7:5432/postgres"
      POSTGRES_IAM      = "⟦- url/plain|postgresql://app@db.internal/app?sslmode=verify-full⟧"
      MYSQL_URL         = "mysql://root:⟦+SEC06 url/mysql|m7iFv¦h1iXA¦qdTPt¦EkXRI⟧@mysql.internal:3306/app"
      MYSQL2_URL        = "mysql2://app:⟦+SEC06 url/mysql|9aSEc¦OGspW¦w1i8t¦2⟧@mysql.internal/app?pool=5"
      MARIADB_URL       = "mariadb://app:⟦+SEC06 url/mysql|Kh2cy¦ti3EP¦oCc2F¦0⟧@maria.internal/app"
      MONGO_URL         = "mongodb://app:⟦+SEC06 url/mongodb|w2pIw¦IIBXl¦4Pbrx¦o⟧@mongo.internal:27017/?authSource=admin"
      MONGO_SRV         = "mongodb+srv://app:⟦+SEC06 url/mongodb|1vzvs¦iC2KS¦CZXuD¦0ywEd¦al0g⟧@cluster0.k3jd8.mongodb.net"
      MONGO_X509        = "⟦- url/plain|mongodb+srv://cluster0.k3jd8.mongodb.net/?authM¦echan¦ism=MONGODB-X509⟧"
      REDIS_URL         = "redis://:⟦+SEC06 url/redis|Dvzcu¦Rm5lq¦Dlxja¦rxLpi¦en11v¦s2nHz¦RT⟧@redis.internal:6379/2"
      REDIS_TLS         = "rediss://app:⟦+SEC06 url/redis|QNcWp¦LhNmr¦mOMvs¦axKUh⟧@redis.internal:6380"
      REDIS_OPEN        = "⟦- url/plain|redis://redis.internal:6379/0⟧"
      RABBIT            = "amqp://guest:⟦+SEC06 url/amqp|fU6AQ¦C0XfO¦K4FgP¦g⟧@rabbit.internal//"
      RABBIT_TLS        = "amqps://app:⟦+SEC06 url/amqp|vuuKA¦hG6uI¦gc7qR¦g⟧@rabbit.internal:5671/prod"
      MSSQL             = "mssql://sa:⟦+SEC06 url/mssql|6dA6r¦E7Xi1¦An4dx¦X⟧@sql.internal:1433/app"
      SQLALCHEMY        = "postgresql+psycopg2://app:⟦+SEC06 url/postgres|xX6hr¦a3yXc¦NsvIw¦x⟧@db.internal/app"
      ASYNCPG           = "postgresql+asyncpg://app:⟦+SEC06 url/postgres|uTrBd¦ddGrT¦Fe6Hj¦P⟧@db.internal/app"
      PYMYSQL           = "mysql+pymysql://app:⟦+SEC06 url/mysql|6F9K3¦xahvJ¦UJTZ7¦k⟧@mysql.internal/app?charset=utf8mb4"
      CLICKHOUSE        = "clickhouse://default:⟦+SEC06 url/other|vSRBz¦msAhh¦xZnVY¦I⟧@ch.internal:9000/default"
      ELASTIC           = "https://elastic:⟦+SEC06 url/https|88gGx¦MDgcG¦sLA6v¦Kbvv8¦GNi8⟧@search.internal:9200"
      PROXY             = "http://proxyuser:⟦+SEC06 url/http|D0rmE¦oNGmW¦Zjb01¦6⟧@proxy.internal:3128"
      FTP               = "ftp://backup:⟦+SEC06 url/ftp|Yaki5¦oKz4X¦wi9dK¦2⟧@ftp.internal/"
      SFTP              = "sftp://backup:⟦+SEC06 url/ftp|eGbnw¦sbv3p¦Wc6Ii¦u⟧@sftp.internal:22/in"
      SMTP              = "smtp://mailer:⟦+SEC06 url/smtp|VNlhV¦VfLZQ¦wbfHC¦b⟧@smtp.internal:587"
      LDAP              = "ldaps://cn=app:⟦+SEC06 url/ldap|ZTULO¦YWGhY¦uUYyJ¦m⟧@ldap.internal"
      NATS              = "nats://app:⟦+SEC06 url/nats|BnQBa¦XHBR9¦dDmnW¦i⟧@nats.internal:4222"
      SNOWFLAKE         = "snowflake://etl:⟦+SEC06 url/other|Pbc0A¦SbNtB¦sOVxv¦H⟧@acme-prod/db/public?warehouse=wh"
      GIT               = "https://ci:⟦+SEC06,SEC02 url/git|s1OHk¦gSeyo¦N1cV1¦1E1LO⟧@git.internal/infra.git"
      BROKER            = "sqs://⟦- placeholder/hole|$${AWS_KEY}:$${AWS_SECRET}⟧@"
      JDBC_MYSQL        = "jdbc:mysql://mysql.internal:3306/app?user=app&password=⟦+SEC06 connection/jdbc|XuODM¦Yw8Oh¦daxeA¦n⟧&useSSL=true"
      JDBC_POSTGRES     = "jdbc:postgresql://db.internal/app?user=app&password=⟦+SEC06 connection/jdbc|GqpDe¦E58cX¦LEziu¦K9HPi⟧"
      JDBC_SQLSERVER    = "jdbc:sqlserver://sql.internal:1433;database=app;user=app;password=⟦+SEC06 connection/jdbc|nPkaN¦yWIxf¦Gd8Q2¦m⟧;encrypt=true"
      JDBC_ORACLE       = "jdbc:oracle:thin:app/⟦+SEC06 connection/oracle|m9VJm¦wYkWP¦ydNGp¦W⟧@ora.internal:1521:ORCL"
      JDBC_PLAIN        = "⟦- url/plain|jdbc:oracle:thin:@//ora.internal:1521/ORCL⟧"
      JDBC_IAM          = "⟦- url/plain|jdbc:redshift:iam://dw.k3jd8f.eu-west-1.redshift.amazonaws.com:5439/dev⟧"
      ADO               = "Data Source=sql.internal;Initial Catalog=app;User Id=app;Password=⟦+SEC06 connection/ado|e4plM¦XhnFM¦wMRZb¦4⟧;TrustServerCertificate=True"
      ADO_SHORT         = "Server=sql.internal;Database=app;Uid=app;Pwd=⟦+SEC06 connection/ado|4CtyN¦Yogch¦b760i¦b⟧;"
      ADO_TRUSTED       = "⟦- connection/plain|Server=sql.internal;Database=app;Trust¦ed_Co¦nnect¦ion=True;⟧"
      ADO_QUOTED        = "Server=sql.internal;Database=app;User ID=app;Password='⟦+SEC06 connection/ado|3zi7G¦piVww¦YBGYx¦e⟧';"
      NPGSQL            = "Host=db.internal;Port=5432;Username=app;Password=⟦+SEC06 connection/ado|H63JS¦6Hvf9¦3L6jS¦k⟧;Database=app"
      LIBPQ             = "host=db.internal port=5432 user=app password=⟦+SEC06,SEC05 connection/libpq|TxO4Y¦bIVEh¦ozj2t¦w⟧ dbname=app"
      STORAGE           = "DefaultEndpointsProtocol=https;AccountName=acme;AccountKey=⟦+SEC06,SEC02 connection/azure|1KWli¦GzTB8¦yPvy5¦jH3iY¦6xnFi¦xutod¦OLB5m¦S9Yjv¦Mh2aG¦KGdR3¦QLqXR¦KAJ6c¦REP/8¦W1TDS¦r60RG¦jE0Xo¦2qS6w¦A==⟧;EndpointSuffix=core.windows.net"
      EVENT_HUB         = "Endpoint=sb://acme.servicebus.windows.net/;SharedAccessKeyName=listen;SharedAccessKey=⟦+SEC06,SEC02 connection/azure|9eAnn¦G01Fw¦kVeTe¦7I8LW¦I81xy¦21gJP¦4Qewd¦IPPjx¦eto=⟧;EntityPath=events"
      COSMOS            = "AccountEndpoint=https://acme.documents.azure.com:443/;AccountKey=⟦+SEC06,SEC02 connection/azure|YOQAS¦/Ml/Z¦J3DdG¦3QqVA¦eLbfw¦3ociP¦yIlO2¦9XtQv¦xHg7/¦asH0C¦oyDxb¦0bfiO¦PCNk8¦YFQGh¦o60lQ¦dkEDl¦HPSW7¦g==⟧;"
      REDIS_AZURE       = "acme.redis.cache.windows.net:6380,password=⟦+SEC06,SEC05 connection/redis|c2b2r¦xjvXF¦T9R7/¦GX+/b¦dqiV5¦v+ErA¦ib5XY¦A8A5N¦/p0=⟧,ssl=True,abortConnect=False"
      HOLE_SHELL        = "⟦- placeholder/hole|postgres://app:$DB_PASSWORD@db.internal/app⟧"
      HOLE_BRACES       = "⟦- placeholder/hole|postgres://app:$${DB_PASSWORD}@db.internal/app⟧"
      HOLE_MUSTACHE     = "⟦- placeholder/hole|postgres://app:{{ db_password }}@db.internal/app⟧"
      HOLE_ANGLE        = "⟦- placeholder/hole|postgres://<user>:<password>@<host>:5432/<database>⟧"
      HOLE_STARS        = "⟦- placeholder/hole|postgres://app:********@db.internal/app⟧"
      HOLE_PERCENT      = "⟦- placeholder/hole|postgres://%s:%s@%s:5432/%s⟧"
      HOLE_WORD         = "⟦- placeholder/hole|postgres://user:password@host:5432/¦datab¦ase⟧"
      HOLE_DYNAMIC      = "⟦- reference/dynamic|postgres://app:{{resolve:secretsmanager:prod/db:Secre¦tStri¦ng:password}}@db.internal/app⟧"
      HOLE_ADO          = "⟦- placeholder/hole|Server=sql.internal;User ID=app;Password={password};⟧"
      HOLE_JDBC         = "⟦- placeholder/hole|jdbc:mysql://mysql.internal/app?user=app&password=$${DB_PASSWORD}⟧"
      SSH               = "⟦- url/plain|ssh://git@github.com:22/ac¦me/in¦fra.git⟧"
      SCP               = "⟦- url/plain|git@github.com:acme/infra.git⟧"
      MODULE            = "⟦- url/plain|git::https://github.com/acme/terraform-aws-secret.git//modules/password?ref=v1.4.2⟧"
      IPV6              = "⟦- url/plain|http://[fd00:ec2::254]:80/la¦test/¦meta-data/⟧"
      TIME              = "⟦- text/time|2024-11-22T10:15:00+01:00⟧"
      PORTS             = "⟦- setting/list|8080:80@tcp,8443:443@tcp⟧"
      CRON              = "⟦- setting/cron|cron(0 10 * * ? *)⟧"
      MAILTO            = "⟦- text/mail|mailto:ops@acme.example?subject=token:expired⟧"
      SCOPED            = "⟦- name/package|@acme/secrets-client@2.4.1⟧"
      PURL              = "⟦- url/plain|pkg:npm/%40acme/auth-token@1.2.3⟧"
    }
  }
}

locals {
  host     = "db.internal"
  password = "⟦+SEC06,SEC04 url/local|iTC0D¦i4Lo9¦5TGB0¦KsZWI⟧"
  joined   = join("", ["postgres://app:", local.password, "@", local.host, "/app"])
  template = "postgres://app:%s@db.internal/app"
}

resource "aws_ecs_task_definition" "joined" {
  family = "joined"
  container_definitions = jsonencode([{
    name        = "joined"
    environment = [{ name = "DSN", value = local.joined }, { name = "OTHER_DSN", value = format(local.template, var.unknown) }]
  }])
}

variable "unknown" {}

resource "aws_codebuild_project" "clone" {
  name = "clone"
  source {
    type      = "GITHUB"
    location  = "https://⟦+SEC02,SEC06 token/github|ghp_l¦nNhhR¦AIYzG¦x7pGr¦GLOaA¦bfokO¦OqPf3¦WGemg⟧@github.com/acme/infra.git"
    buildspec = <<-YAML
      version: 0.2
      env:
        variables:
          MAVEN_PASSWORD: "⟦+SEC05 password/buildspec|5xREZ¦Xi7kT¦V8WQ6¦9⟧"
          MAVEN_USER: "⟦- name/user|ci⟧"
        secrets-manager:
          GPG_PASSPHRASE: ⟦- name/secret|build/gpg:passphrase⟧
      phases:
        install:
          commands:
            - pip install --index-url https://pip:⟦+SEC06 url/pip|w4w0a¦6UZhg¦e3HMM¦EdQaD⟧@pypi.acme.example/simple acme
            - npm config set //npm.acme.example/:_authToken ⟦+SEC05,SEC02 script/npmrc|npm_6¦wTn5L¦iMRZo¦gx1uO¦sxwS1¦hRIxC¦kZDQ3¦jWI1H⟧
            - helm registry login registry.acme.example --username ci --password ⟦+SEC05 script/option|w0VA5¦9V1pu¦cNvl5¦OZSrR¦srCd⟧
            - export SNYK_TOKEN=⟦+SEC05 script/export|356ed¦dfb-77e8-45bd-ae2f-329dd¦ca9bb¦22⟧
            - export REVISION=⟦- hash/git|8061e¦fc19c¦adccc¦9c1f5¦f1614¦044f9¦f9369¦83cfd⟧
    YAML
  }
  environment {
    environment_variable {
      name  = "HEROKU_API_KEY"
      value = "⟦+SEC05,SEC02 password/environment|2540e¦f0b-8e52-450e-a45f-238c6¦66645¦ac⟧"
    }
    environment_variable {
      name  = "DOCKERHUB_TOKEN"
      type  = "SECRETS_MANAGER"
      value = "⟦- name/secret|dockerhub:token⟧"
    }
    environment_variable {
      name  = "SIGNING_KEY"
      type  = "PARAMETER_STORE"
      value = "⟦- name/parameter|/build/signing-key⟧"
    }
  }
}
