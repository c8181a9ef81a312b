# Machines, by everything that user data may look like.

locals {
  region      = "eu-west-1"
  agent_token = "⟦+SEC05,SEC04 password/local|HApWz¦oV69a¦U0geD¦xoc5D¦fAARR¦FUzqo¦hH⟧"
  bootstrap   = <<-EOT
    #!/bin/bash
    export AGENT_TOKEN=${local.agent_token}
    /opt/agent/install --region ${local.region}
  EOT
}

resource "aws_instance" "web" {
  ami                  = "⟦- id/aws|ami-039ec¦48861¦8aaa7¦8f⟧"
  iam_instance_profile = "web"
  user_data            = <<-EOF
    #!/bin/bash
    # ⟦- prose/comment|the password of the database comes from Secrets Manager, see secrets.md⟧
    export DB_PASSWORD="⟦+SEC05 script/export|pBFSJ¦D7o15¦pH53A¦x⟧"
    export DB_PASSWORD_FILE=⟦- name/path|/run/secrets/db⟧
    export DB_NAME=⟦- name/database|shop⟧
    export MYSQL_ROOT_PASSWORD='⟦+SEC05 script/export|Tr0ub¦4dor&3⟧'
    export PGPASSWORD=⟦+SEC05 script/export|EIBK6¦hpk1V¦jS4j3¦4⟧ && psql -h db.internal -U app -c 'select 1'
    API_KEY=⟦+SEC05 script/assignment|3FMaU¦FlraQ¦nORrS¦dVZxp¦EmgVd¦79z8h¦c8⟧
    readonly JWT_SECRET=⟦+SEC05 script/assignment|EIKky¦3YkLC¦GiiZT¦dJiwo¦BQeC1¦UezkP¦9MYAL¦HS5Hl⟧
    TOKEN=`curl -s http://169.254.169.254/latest/api/token`
    SECRET=$(cat /run/secrets/app)
    PASSWORD=$1
    PASSWORD_LENGTH=⟦- setting/number|24⟧
    SECRET_ID=⟦- name/secret|prod/shop/app⟧
    GIT_COMMIT=⟦- hash/git|15cef¦d0a1b¦d4463¦d0d58¦e1d28¦7e27e¦81859¦5ca24⟧
    IMAGE=⟦- hash/digest|nginx@sha256:78c5a¦c3c32¦cd75d¦58049¦c3060¦9ecc7¦f776c¦f994e¦faf7d¦f6ed7¦3ccbd¦f8fde¦c197⟧
    aws configure set aws_access_key_id ⟦+KEY02 aws/key-id|AKIA5¦OQ4PY¦G3KZ7¦KIPSQ⟧
    aws configure set aws_secret_access_key ⟦+KEY02 aws/secret-key|34p+v¦59V9F¦9oGEl¦LNXPU¦3aaYI¦LVgeC¦yHPGA¦aX6Cy⟧
    aws configure set region eu-west-1
    aws configure set profile.ci.aws_secret_access_key ⟦+KEY02 aws/secret-key|iSOOC¦R57pq¦NYSJU¦S1HLv¦/ZGeA¦bET9D¦t7oNJ¦Xref9⟧
    aws s3 cp s3://acme-deploy/⟦- hash/sha256|9a7ea¦5155a¦b0ec2¦a970f¦d168b¦36a75¦1656d¦1b170¦6d124¦ee057¦add29¦b550a¦6e67⟧.zip /tmp/app.zip
    aws kms decrypt --ciphertext-blob fileb://⟦- name/path|/tmp/token.enc⟧ --query Plaintext
    mysql -h db.internal -u app -p⟦+SEC05 script/option|hRICh¦s3TQH¦Orqfq¦N⟧ shop < schema.sql
    mysql -h db.internal -u app -p"$DB_PASSWORD" shop < data.sql
    mysqladmin --user=root --password=⟦+SEC05 script/option|tSskA¦6sxZg¦J5Hee¦P⟧ ping
    redis-cli -h cache.internal -a ⟦+SEC05 script/option|UmeVg¦nkn1q¦KrsUI¦H2sEh⟧ ping
    curl -u deploy:⟦+SEC05,SEC06 header/basic|Gy44S¦PRbsn¦NWoPx¦7⟧ https://nexus.acme.example/app.war -o app.war
    curl --user "reader:⟦+SEC05,SEC06 header/basic|i0MsK¦0RsTl¦WMNdo¦jUWi0⟧" https://nexus.acme.example/lib.jar -O
    curl -u "$USER:$PASSWORD" https://nexus.acme.example/status
    curl -H 'Authorization: Bearer ⟦+SEC05,SEC02 header/bearer|2ol0L¦uxmvD¦leUIM¦OTiM2¦adujc¦rgL0c¦iLvlF¦gsFEW⟧' https://api.acme.example/v1/nodes
    curl -H "Authorization: Bearer $TOKEN" https://api.acme.example/v1/nodes
    curl -H 'Authorization: Basic ⟦+SEC05 header/basic|ZGVwb¦G95Ol¦ZUSFJ¦IT0Vv¦VkxQc¦2ZJQk¦Q=⟧' https://api.acme.example/v1/nodes
    curl -H "X-Api-Key: ⟦+SEC05 header/key|Iw3Ba¦ePHcb¦scVRV¦ocFUA¦mPt3H¦jpKDA¦j7⟧" https://api.acme.example/v2/nodes
    curl -H "X-Request-Id: ⟦- id/uuid|f94ef9d6-e6ab-4d48-aa05-b496e¦328ca¦c5⟧" https://api.acme.example/v2/nodes
    wget --http-user=get --http-password=⟦+SEC05 script/option|GvtiD¦sRPcf¦hcRVn¦x⟧ https://files.acme.example/a.tgz
    docker login -u AWS -p $(aws ecr get-login-password) 743987707291.dkr.ecr.eu-west-1.amazonaws.com
    docker login --username robot --password ⟦+SEC05 script/option|UM5jS¦DDgb5¦2YG2v¦zZrvO¦m1oO⟧ registry.acme.example
    docker run -e POSTGRES_PASSWORD=⟦+SEC05 script/option|EPO4w¦M8Aui¦CtuMY¦d⟧ -e POSTGRES_USER=app -d postgres:16
    sshpass -p '⟦+SEC05 script/option|WfGij¦0ndce¦2kZS2¦M⟧' ssh root@10.0.0.4 reboot
    echo "app:⟦+SEC05 script/chpasswd|2OR6m¦nmoEy¦STRBo¦N⟧" | chpasswd
    git clone https://ci:⟦+SEC06,SEC02 url/git|vLO9y¦NR6iT¦1TWsv¦2JVgJ¦XcUq⟧@git.acme.example/infra.git
    git clone https://x-access-token:⟦+SEC02,SEC06 token/github|ghs_9¦KeU1P¦mgWdk¦DehgP¦oY3ZH¦qIPos¦ZlDT2¦2PgwV⟧@github.com/acme/infra.git
    git checkout ⟦- hash/git|b9190¦10762¦bfb09¦9bdc3¦c1819¦71371¦cce1e¦d2b46⟧
    echo "⟦- hash/sha256|36361¦87e0d¦c48a4¦36699¦a57b8¦387e0¦ba36c¦ca374¦93155¦5accc¦d2932¦c0d4f¦09c2⟧  app.zip" | sha256sum --check
    ssh-keygen -t ed25519 -N "" -f /etc/ssh/ssh_host_ed25519_key
    echo "⟦- public/ssh|ssh-ed25519 AAAAC¦3NzaC¦1lZDI¦1NTE5¦AAAAI¦9XAjC¦niO3W¦7CQvV¦OUsqD¦GF5S1¦gVt9j¦Sm2o1¦4UBCL¦mYg⟧ ops" >> /home/ec2-user/.ssh/authorized_keys
    passwd -l root
    systemctl enable secrets-agent
  EOF
}

resource "aws_instance" "agent" {
  ami       = "⟦- id/aws|ami-066cb¦85928¦73269¦e8⟧"
  user_data = local.bootstrap
}

resource "aws_instance" "script" {
  ami       = "⟦- id/aws|ami-07598¦940eb¦e67f9¦f7⟧"
  user_data = file("${path.module}/scripts/start.sh")
}

resource "aws_launch_template" "workers" {
  name      = "workers"
  image_id  = "⟦- id/aws|ami-0248b¦ad14c¦2ac27¦1f⟧"
  user_data = "⟪base64|#!/bin/bash
set -e
export REGISTRY_PASSWORD=⟦+SEC05 base64/script|PdE3l¦Hvb1p¦Sqw5G¦VeB0n⟧
export REGISTRY_USER=⟦- name/user|robot⟧
export COMMIT=⟦- hash/git|2d120¦3c704¦7fb0a¦ca83b¦7c7fc¦60fcb¦0ee52¦c0e01⟧
cat > /root/.npmrc <<X
//registry.npmjs.org/:_authToken=⟦+SEC02 base64/token|npm_U¦qrhxm¦HHUEq¦O1Jy9¦vJVx5¦W4jxL¦lobt0¦1llhe⟧
X
⟫"
}

resource "aws_launch_template" "encoded" {
  name      = "encoded"
  user_data = base64encode(<<-EOF
    #!/bin/bash
    cat <<CREDENTIALS > ~/.aws/credentials
    [default]
    aws_access_key_id=⟦+KEY02 aws/key-id|AKIAX¦7FLA2¦FQH5E¦4X5DW⟧
    aws_secret_access_key=⟦+KEY02 aws/secret-key|6/phY¦iKOkr¦+UBby¦JppSv¦KCy7z¦9GbGF¦vZx/M¦M2/zh⟧
    region=eu-west-1
    CREDENTIALS
    export VAULT_TOKEN=⟦+SEC02 token/vault|hvs.CAESI¦WxvJS¦M948O¦1DPv6¦LZhxh¦rKHXp¦yqPtI¦9S5tC¦Rsp4g¦kXHM-UfJsB¦DMh32¦so1Le¦smQjD¦5L6Cz¦Wk3M9¦wwQhw¦6z9Kp¦n4cuX-EDlL⟧
  EOF
  )
}

resource "aws_launch_configuration" "legacy" {
  name             = "legacy"
  image_id         = "⟦- id/aws|ami-05fa0¦b1f1b¦cda59¦86⟧"
  user_data_base64 = "⟪gzip|#!/bin/bash
yum install -y ruby
export DB_PASSWORD=⟦+SEC05 gzip/script|jhPyK¦6GR3w¦d2KCS¦ZyEAj⟧
export GITHUB_TOKEN=⟦+SEC02 gzip/token|ghp_d¦bKIYf¦hH4cE¦FuEpe¦9QYNg¦jual3¦UXAB2¦N2mrg⟧
export DB_USER=⟦- name/user|legacy⟧
⟫"
}

resource "aws_launch_configuration" "zipped" {
  name             = "zipped"
  user_data_base64 = base64gzip("#!/bin/bash\nexport ADMIN_PASSWORD=⟦+SEC05 gzip/function|yIa7X¦GrZ62¦aisRS¦5pVmu⟧\nexport REGION=eu-west-1\n")
}

resource "aws_launch_template" "joined" {
  name = "joined"
  user_data = base64encode(join("\n", [
    "#!/bin/bash",
    "export CACHE_PASSWORD=⟦+SEC05 script/joined|qcoez¦Er6fU¦2W1sm¦BFVQY⟧",
    "export CACHE_HOST=⟦- url/host|cache.internal⟧",
    "start --id ⟦- id/uuid|7e08fcec-7cd1-4083-a952-17562¦8a406¦b4⟧",
  ]))
}

resource "aws_spot_instance_request" "batch" {
  ami       = "⟦- id/aws|ami-0de04¦62f36¦c6158¦4f⟧"
  user_data = templatefile("${path.module}/scripts/batch.sh.tpl", {
    queue    = "⟦- url/plain|https://sqs.eu-west-1.amazonaws.com/1¦59051¦45112¦4/job¦s⟧"
    password = "⟦+SEC05 script/template|6OS7B¦m74BZ¦UhRsA¦UlYbf⟧"
    checksum = "⟦- hash/sha256|096a2¦d4a2e¦6e6a4¦c3230¦404bd¦0388f¦cf4ec¦545f3¦cd380¦eb83f¦1da54¦24589¦9df3⟧"
  })
}

resource "aws_instance" "cloud_config" {
  ami       = "⟦- id/aws|ami-0e78f¦1909a¦4d219¦49⟧"
  user_data = file("${path.module}/cloud-init/base.yaml")
}

resource "aws_instance" "inline_config" {
  ami       = "⟦- id/aws|ami-0be1e¦f6a25¦68191¦68⟧"
  user_data = <<-YAML
    #cloud-config
    hostname: ⟦- name/host|app-01⟧
    users:
      - name: deploy
        lock_passwd: true
        ssh_authorized_keys:
          - ⟦- public/ssh|ssh-ed25519 AAAAC¦3NzaC¦1lZDI¦1NTE5¦AAAAI¦DkBJv¦z5WQZ¦/Qni6¦BstgG¦lon8h¦1PR4f¦xRMcW¦hNvYD¦1tS deploy⟧
    chpasswd:
      expire: false
      list: |
        deploy:⟦+SEC05 cloud-init/chpasswd|CyMBy¦Ymp00¦3MumC¦M⟧
    write_files:
      - path: ⟦- name/path|/etc/app/secrets.env⟧
        permissions: "0600"
        content: |
          DB_PASSWORD=⟦+SEC05 cloud-init/write-files|sjmwK¦XynVn¦o3mne¦OAwJA⟧
          DB_USER=⟦- name/user|app⟧
          SENTRY_TOKEN=⟦+SEC02 cloud-init/token|sntry¦u_9c6¦a3ca8¦59a91¦7b775¦9b9fd¦e9936¦cfa52¦fe67a¦f3943¦2dce3¦0cde9¦15ad4¦0a23e¦0⟧
      - path: /etc/app/tls.key
        encoding: b64
        content: ⟦+SEC03 pem/base64|LS0tL¦S1CRU¦dJTiB¦FQyBQ¦UklWQ¦VRFIE¦tFWS0¦tLS0t¦Ck1IY¦0NBUU¦VFSU9¦rUW9I¦NlZwa¦kdiK2¦Z5VzZ¦USzZi¦SmpEc¦3ZTdm¦F5WHY¦4WWNH¦VHFFU¦TFwUj¦c0dWR¦wQ1Fn¦ejFSW¦TAKWU¦JaRDZ¦zRTJi¦cmJhR¦mRMOH¦pXT0p¦yaEpU¦M01DY¦mlhem¦0vbDN¦tdTZq¦OURLN¦nlRYm¦E3Z2J¦3S2xm¦cWJTQ¦nBXRm¦9xOAo¦4NmVH¦VTUwS¦0wrNX¦Qra1l¦JNGc4¦ejcza¦0JrR0¦w4T1B¦3PQot¦LS0tL¦UVORC¦BFQyB¦QUklW¦QVRFI¦EtFWS¦0tLS0¦tCg==⟧
      - path: /etc/app/tls.crt
        encoding: b64
        content: ⟦- public/certificate|LS0tL¦S1CRU¦dJTiB¦DRVJU¦SUZJQ¦0FURS¦0tLS0¦tCk1J¦SURkV¦ENDQW¦wyZ0F¦3SUJB¦Z0xqe¦WNTdX¦ZTWit¦Wb2FZ¦RlZZM¦3NzeW¦12WXR¦0S2pR¦Rzd6b¦2pOcV¦kybkt¦zM1Ra¦ajkKR¦FlJS2¦h5bFZ¦VeHhl¦QVBlM¦Gl6Wm¦5QdlV¦5NllQ¦ejBQc¦ENxL0¦xzVk5¦QM0Vw¦eVRie¦WhrRC¦82SE9¦aV0Q2¦Mlp4Z¦WhmVQ¦owUUF¦1b1ZY¦Sk9Bc¦mI1WV¦doUjJ¦TRlBZ¦MGUva¦XpYa3¦dSTWZ¦2MFBt¦QnlyV¦nRjbE¦M2WHF¦mVnNJ¦bUV4Q¦VMzMk¦xJL0x¦6CjNy¦WkhiZ¦E52NG¦VPRGF¦sdDc0¦dFJOQ¦0hUeH¦BYNTd¦rS1FW¦KzBZd¦FhwNm¦xFRHF¦TTDJr¦UWRiV¦XVpYU¦FTMk5¦2OTFV¦SzYKd¦zdoam¦lmeGt¦JMmZh¦bXV6S¦2crcE¦1PSE1¦wcWFM¦aW5xb¦mVUam¦s1Ukx¦RQlFC¦ckExV¦Hg3VW¦czNDh¦Va3RY¦VHhwW¦no1Yw¦ozWmw¦4S2Jx¦SlhwR¦GlXQ3¦FFNHp¦SL3FR¦aVhXc¦EdSKz¦ZtcXh¦raHh3¦a2JaZ¦3MwbX¦BMK1c¦zZ2Rq¦S0pJR¦W9Qa0¦1PUUt¦GCjlM¦NEhKd¦EYvTX¦NZSnR¦hOHVy¦M01yY¦mhrUE¦Y5TUh¦ZYkJ2¦UUlGc¦zdlMW¦RJeXV¦WZmlD¦c2VtZ¦W9leD¦E4Ukt¦hVG85¦RkQKN¦0cyZW¦V0RG4¦2YVhJ¦dXpBe¦HdpWH¦p1VFl¦jTkgz¦Zytwd¦jZ3cV¦pvU2s¦1ZzhK¦a1JVM¦lM5TG¦RGaGt¦uSXJa¦eTI1O¦HAzcA¦p6a3N¦ieUNP¦WWdze¦mt0Rm¦Z4RkI¦yTS9N¦cjZUZ¦ERmaS¦8xTWh¦wWWdN¦S0lSM¦1U2Q1¦Ntb0g¦ybGE5¦YmxVe¦lBqST¦NXeHZ¦mCjVI¦Uzc4T¦mN0Z3¦VVN1Z¦4dUFV¦S1lvN¦3l3T1¦NLZTV¦OaUNx¦NzVLL¦0J0MG¦oxbE5¦leWVp¦R1E3c¦nppZ2¦QrWkd¦jb0Na¦UmEKM¦W1sT2¦xPMlB¦WY05V¦K09wN¦zgzZk¦I1OS9¦weHFJ¦MWJRW¦XZVcU¦dkUWx¦5dG5Q¦ZjBpd¦z09Ci¦0tLS0¦tRU5E¦IENFU¦lRJRk¦lDQVR¦FLS0t¦LS0K⟧
    runcmd:
      - [sh, -c, "echo ⟦- hash/sha256|64810¦4891b¦ff50e¦3a859¦8a42f¦aab8c¦89bab¦2d2d6¦c362e¦f6a8c¦58434¦d73a3¦fbde⟧ > /etc/release"]
      - export ARTIFACTORY_TOKEN=⟦+SEC02 cloud-init/token|AKCpe¦ESNmF¦tU3hg¦quOVq¦N4jyK¦XEGb3¦z0moe¦srzwp¦JiLxX¦qOF2x¦etagw¦HsGeI¦LZB9e¦U0BE9¦krx⟧; ./install.sh
      - curl -u bot:⟦+SEC05,SEC06 cloud-init/basic|Djc8G¦NrGtE¦e4B3Q¦gj3mi⟧ https://repo.acme.example/x -o /tmp/x
  YAML
}

resource "aws_instance" "windows" {
  ami       = "⟦- id/aws|ami-0520e¦1e08f¦38b72¦f1⟧"
  user_data = <<EOF
<powershell>
$env:OCTOPUS_API_KEY = "⟦+SEC05,SEC02 powershell/env|API-vhdF6¦YjbXm¦1DI4x¦PL4k5¦0stR⟧"
$password = ConvertTo-SecureString '⟦+SEC05 powershell/securestring|ouJsn¦CRsS8¦OjLKE¦8⟧' -AsPlainText -Force
[Environment]::SetEnvironmentVariable("DB_PASSWORD", "⟦+SEC05 powershell/set|HPP7q¦vKt0U¦uen7M¦TjpIL⟧", "Machine")
net user svc_app ⟦+SEC05 powershell/net-user|sQ9bl¦qffv8¦Lcg1l¦c⟧ /add
$token = Invoke-RestMethod -Method PUT -Uri http://169.254.169.254/latest/api/token
$secret = (Get-SECSecretValue -SecretId ⟦- name/secret|prod/windows/join⟧).SecretString
Set-DefaultAWSRegion -Region eu-west-1
Set-AWSCredential -AccessKey ⟦+KEY02 aws/key-id|AKIA2¦ATGEF¦6S6QN¦ODYQH⟧ -SecretKey ⟦+KEY02 aws/secret-key|PFeG6¦gQkXK¦5iE9s¦9jw6M¦txZlx¦ugrrJ¦ScBl/¦ROTXu⟧ -StoreAs default
Install-PackageProvider -Name NuGet -MinimumVersion 2.8.5.201 -Force
</powershell>
EOF
}

resource "aws_lightsail_instance" "blog" {
  name      = "blog"
  user_data = "#!/bin/sh\nwp config set DB_PASSWORD ⟦+SEC05 script/option|3xRdZ¦RCOjS¦LFfKo¦tBwXV⟧\nwp config set DB_HOST ⟦- url/host|localhost⟧"
}

resource "aws_sagemaker_notebook_instance_lifecycle_configuration" "lab" {
  name     = "lab"
  on_start = base64encode("#!/bin/bash\nexport HF_TOKEN=⟦+SEC02 token/huggingface|hf_ka¦LUPNE¦PaiuF¦dcCZk¦tjBvA¦JTBJF¦EqQiL¦CJ⟧\nexport WANDB_API_KEY=⟦+SEC05 script/encoded|9fdf9¦a899a¦df504¦f8122¦8a10e¦534fa¦3e208¦e1326⟧\n")
}

data "cloudinit_config" "node" {
  gzip          = true
  base64_encode = true
  part {
    content_type = "text/x-shellscript"
    content      = "#!/bin/bash\nexport NODE_TOKEN=⟦+SEC05 cloud-init/part|ffr8U¦Vy5wc¦k2y4a¦wXqxY¦uNj0Y¦9I4tb¦tO⟧\n"
  }
  part {
    content_type = "text/cloud-config"
    content = yamlencode({
      write_files = [{
        path    = "⟦- name/path|/etc/node/token⟧"
        content = "K3S_TOKEN=⟦+SEC05 cloud-init/part|aKYRe¦7wAFo¦k0xo3¦s5VrL¦t22VG¦OWaBc¦IWD0C¦fiQbc⟧"
      }]
    })
  }
}

resource "aws_instance" "node" {
  ami              = "⟦- id/aws|ami-08e41¦24b76¦f6d71¦25⟧"
  user_data_base64 = data.cloudinit_config.node.rendered
}

resource "null_resource" "provision" {
  triggers = {
    digest = "⟦- hash/sha256|33cbb¦5ce5e¦ae2be¦28795¦a89d8¦fdd03¦af0ae¦74a9b¦3b6a1¦d95e9¦01db7¦b6efd¦1f1b⟧"
    script = "⟦- hash/md5|5d6db¦4792c¦8b752¦1d86d¦87c93¦5a9fb¦85⟧"
  }
  connection {
    type        = "ssh"
    host        = "10.0.0.5"
    user        = "⟦- name/user|ec2-user⟧"
    password    = "⟦+SEC01,SEC05 provisioner/connection|LyA5Y¦D3koK¦9aBB6¦i⟧"
    private_key = file("⟦- name/path|~/.ssh/i¦d_ed2¦5519⟧")
  }
  provisioner "remote-exec" {
    inline = [
      "export CONSUL_HTTP_TOKEN=⟦+SEC05 provisioner/remote|3336f¦fac-a4a8-4a3e-ae44-1a7f9¦a43a5¦1d⟧",
      "consul join ⟦- url/host|consul.internal⟧",
      "sudo mysql -e \"ALTER USER root IDENTIFIED BY '⟦+SEC05 provisioner/sql|l0xKN¦i2kFG¦I3Fvu¦H⟧'\"",
    ]
  }
  provisioner "local-exec" {
    command = "curl -X POST -H 'Authorization: Bearer ⟦+SEC05,SEC02 provisioner/local|RQIXB¦vxTWn¦WwDvn¦OvU1G¦yJOhp¦tnA8U¦cpq8e¦0jtce⟧' https://ci.acme.example/hook"
    environment = {
      ANSIBLE_VAULT_PASSWORD = "⟦+SEC05 provisioner/environment|PLccI¦cgx8t¦pNvu3¦l1Sv0⟧"
      ANSIBLE_CONFIG         = "⟦- name/path|ansible.cfg⟧"
    }
  }
}
