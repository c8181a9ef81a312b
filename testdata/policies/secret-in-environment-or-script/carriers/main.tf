resource "aws_instance" "base64" {
  iam_instance_profile = "web"
  metadata_options {
    http_tokens = "required"
  }
  # expect-below: SEC05 "`DB_PASSWORD` in a script of `aws_instance.base64`"; SEC05 "`API_TOKEN` in a script"
  user_data_base64 = "@B64(#!/bin/bash\nexport DB_PASSWORD=corr3ct-horse-1\nexport API_TOKEN=corr3ct-horse-2\n)@"
}

resource "aws_instance" "base64_twice" {
  iam_instance_profile = "web"
  metadata_options {
    http_tokens = "required"
  }
  user_data_base64 = "@B64(@B64(#!/bin/bash\nexport DB_PASSWORD=corr3ct-horse-3\n)@)@" # expect: SEC05 "base64_twice"
}

resource "aws_instance" "compressed" {
  iam_instance_profile = "web"
  metadata_options {
    http_tokens = "required"
  }
  user_data_base64 = "@GZ(#!/bin/bash\nexport DB_PASSWORD=corr3ct-horse-4\n)@" # expect: SEC05 "DB_PASSWORD"
}

resource "aws_instance" "piped" {
  iam_instance_profile = "web"
  metadata_options {
    http_tokens = "required"
  }
  user_data = <<-EOT
    #!/bin/bash
    echo @B64(DB_PASSWORD=corr3ct-horse-5\nREGION=eu-west-1\n)@ | base64 -d > /etc/app.env # expect: SEC05 "DB_PASSWORD"
    echo @B64(REGION=eu-west-1\nDB_SECRET_ARN=arn:aws:secretsmanager:eu-west-1:111122223333:secret:db\n)@ | base64 -d > /etc/x.env
  EOT
}

resource "aws_instance" "cloud_config" {
  iam_instance_profile = "web"
  metadata_options {
    http_tokens = "required"
  }
  user_data = <<-EOT
    #cloud-config
    write_files:
      - path: /etc/app.env
        encoding: b64
        content: @B64(DB_PASSWORD=corr3ct-horse-6\nREGION=eu-west-1\n)@ # expect: SEC05 "DB_PASSWORD"
      - path: /etc/packed.env
        encoding: gz+b64
        # expect-two-below: SEC05 "API_TOKEN"
        content: !!binary |
          @GZ(API_TOKEN=corr3ct-horse-7\n)@
      - path: /etc/plain.env
        permissions: "0600"
        content: |
          API_TOKEN=corr3ct-horse-8 # expect: SEC05 "API_TOKEN"
          TOKEN_FILE=/run/secrets/token
      - path: /etc/ssl/ca.crt
        content: @B64(-----BEGIN CERTIFICATE-----\nMIIDdzCCAl+gAwIBAgIEAgAAuTANBgkqhkiG9w0BAQUFADBaMQswCQYDVQQGEwJJ\n-----END CERTIFICATE-----\n)@
    chpasswd:
      expire: false
      list: |
        root:corr3ct-horse-9 # expect: SEC05 "chpasswd"
        guest:RANDOM
        admin:$6$rounds=4096$Ab3dEfGh1jKl$Zx8Yw7Vu6Ts5Rq4Po3Nm2Lk1Ji0Hg9Fe8Dc7Ba6
    users:
      - name: bob
        plain_text_passwd: corr3ct-horse-10 # expect: SEC05 "plain_text_passwd"
      - name: eve
        lock_passwd: true
        hashed_passwd: $6$rounds=4096$Ab3dEfGh1jKl$Zx8Yw7Vu6Ts5Rq4Po3Nm2Lk1Ji0Hg9Fe8Dc7Ba6
        passwd: $6$rounds=4096$Ab3dEfGh1jKl$Zx8Yw7Vu6Ts5Rq4Po3Nm2Lk1Ji0Hg9Fe8Dc7Ba6
    ca-certs:
      trusted:
        - |
          -----BEGIN CERTIFICATE-----
          MIIDdzCCAl+gAwIBAgIEAgAAuTANBgkqhkiG9w0BAQUFADBaMQswCQYDVQQGEwJJ
          -----END CERTIFICATE-----
    bootcmd:
      - [ sh, -c, "export DB_PASSWORD=corr3ct-horse-11; start" ] # expect: SEC05 "DB_PASSWORD"
      - [ sh, -c, "export DB_PASSWORD=$(cat /run/secrets/db); start" ]
  EOT
}

resource "aws_instance" "multipart" {
  iam_instance_profile = "web"
  metadata_options {
    http_tokens = "required"
  }
  user_data = <<-EOT
    MIME-Version: 1.0
    Content-Type: multipart/mixed; boundary="==PARTS=="

    --==PARTS==
    Content-Type: text/x-shellscript; charset="us-ascii"

    #!/bin/bash
    export DB_PASSWORD=corr3ct-horse-12 # expect: SEC05 "DB_PASSWORD"

    --==PARTS==
    Content-Type: text/x-shellscript; charset="us-ascii"
    Content-Transfer-Encoding: base64
    # expect-below: SEC05 "API_TOKEN"
    @B64(#!/bin/bash\nset -e\nexport API_TOKEN=corr3ct-horse-13\n)@

    --==PARTS==
    Content-Type: text/cloud-config
    Content-Transfer-Encoding: quoted-printable

    #cloud-config
    password: "corr3ct=2Dhorse=2D14" # expect: SEC05 "password"

    --==PARTS==--
  EOT
}

resource "aws_instance" "files" {
  iam_instance_profile = "web"
  metadata_options {
    http_tokens = "required"
  }
  user_data = <<-EOT
    cat > ~/.pgpass <<EOF
    db.internal:5432:app:admin:corr3ct-horse-15 # expect: SEC05 "pgpass"
    EOF
    cat > ~/.netrc <<EOF
    machine api.internal login bob password corr3ct-horse-16 # expect: SEC06
    EOF
    cat > ~/.my.cnf <<EOF
    [client]
    user = root
    # expect-below: SEC05 "password"
    password = corr3ct-horse-17
    EOF
    cat > /etc/systemd/system/app.service <<EOF
    [Service]
    Environment="DB_PASSWORD=corr3ct-horse-18" # expect: SEC05 "DB_PASSWORD"
    Environment=REGION=eu-west-1
    EnvironmentFile=/etc/app/secret.env
    EOF
    cat > Dockerfile <<EOF
    ENV API_TOKEN corr3ct-horse-19 # expect: SEC05 "API_TOKEN"
    ENV TOKEN_PATH /run/secrets/token
    EOF
    chpasswd <<EOF
    ubuntu:corr3ct-horse-20 # expect: SEC05 "chpasswd"
    EOF
  EOT
}

variable "script" {
  type = string
  # expect-below: SEC05 "`DB_PASSWORD` in a script of `aws_instance.handed`"
  default = "@B64(#!/bin/bash\nexport DB_PASSWORD=corr3ct-horse-21\n)@"
}


resource "aws_instance" "handed" {
  iam_instance_profile = "web"
  metadata_options {
    http_tokens = "required"
  }
  user_data_base64 = var.script
}

resource "aws_s3_object" "manifest" {
  bucket  = "b"
  key     = "secret.yaml"
  content = <<-EOT
    apiVersion: v1
    kind: Secret
    metadata:
      name: db
    stringData:
      db: corr3ct-horse-22 # expect: SEC05 "`db` in `content` of `aws_s3_object.manifest`"
      username: administrator1
    data:
      other: @B64(corr3ct-horse-23)@ # expect: SEC05 "other"
      ca.crt: @B64(-----BEGIN CERTIFICATE-----\nMIIDdzCCAl+gAwIBAgIEAgAAuTANBgkqhkiG9w0BAQUFADBa\n-----END CERTIFICATE-----\n)@
    ---
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: app
    data:
      db: corr3ct-horse-24
    ---
    kind: Deployment
    spec:
      containers:
        - env:
            - name: DB_PASSWORD
              value: corr3ct-horse-25 # expect: SEC05 "DB_PASSWORD"
            - name: DB_TOKEN
              valueFrom:
                secretKeyRef:
                  name: db-secret-1
                  key: password-1
  EOT
}

resource "aws_ecs_task_definition" "app" {
  family = "app"
  container_definitions = jsonencode([{
    name    = "app"
    image   = "app"
    command = ["sh", "-c", "export DB_PASSWORD=\"corr3ct-horse-26\"\nexec app"] # expect: SEC05 "DB_PASSWORD"
    environment = [
      { name = "CONFIG", value = "@B64({"db": {"password": "corr3ct-horse-27", "port": 5432}})@" }, # expect: SEC05 "password"
      { name = "ICON", value = "@B64(<svg xmlns='http://www.w3.org/2000/svg' width='16'><path d='M0 0h16v16H0z'/></svg>)@" },
      { name = "API_TOKEN", value = "@B64(corr3ct-horse-28-and-more)@" }, # expect: SEC05 "API_TOKEN"
    ]
    secrets = [{ name = "DB_PASSWORD", valueFrom = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db" }]
  }])
}
