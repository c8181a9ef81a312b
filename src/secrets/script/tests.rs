//! What scripts hand to names, and what they only refer to.

use super::assigned;

fn values(text: &str) -> Vec<(&str, &str)> {
    assigned(text).into_iter().map(|one| (one.name, &text[one.value])).collect()
}

#[test]
fn a_value_that_a_name_is_given() {
    for (text, name, value) in [
        ("export DB_PASSWORD=hunter22x", "DB_PASSWORD", "hunter22x"),
        ("export DB_PASSWORD='hunter22 x'; true", "DB_PASSWORD", "hunter22 x"),
        ("export DB_PASSWORD='the password of hunter22'; true", "", ""),
        ("DB_PASSWORD='hunt'\"er22\"", "DB_PASSWORD", "hunt'\"er22"),
        ("DB_PASSWORD='hunt'\\''er22' run", "DB_PASSWORD", "hunt'\\''er22"),
        ("DB_PASSWORD='hunter22'\"$TAIL\"", "DB_PASSWORD", "hunter22"),
        ("bash -c \"DB_PASSWORD='hunter22'\" -x \"y\"", "DB_PASSWORD", "hunter22"),
        ("export DB_PASSWORD=\"hunter22x\"", "DB_PASSWORD", "hunter22x"),
        ("PGPASSWORD=hunter22x psql -c 'select 1'", "PGPASSWORD", "hunter22x"),
        ("docker run -e DB_PASSWORD=hunter22x -p 80:80 app", "DB_PASSWORD", "hunter22x"),
        ("java -Ddb.password=hunter22x -jar a.jar", "Ddb.password", "hunter22x"),
        ("db_password: hunter22x", "db_password", "hunter22x"),
        ("db: {user: a, password: hunter22x}", "password", "hunter22x"),
        ("[{password: hunter22x}, {user: a}]", "password", "hunter22x"),
        ("[DB_PASSWORD=hunter22x]", "DB_PASSWORD", "hunter22x"),
        ("serve() { TOKEN=hunter2{2}x; }", "TOKEN", "hunter2{2}x"),
        ("db_password: \"hunter22x\" # comment", "db_password", "hunter22x"),
        ("{\"user\": \"a\", \"password\": \"hunter22x\"}", "password", "hunter22x"),
        ("echo '{\\\"password\\\": \\\"hunter22x\\\"}' > f", "password", "hunter22x"),
        ("password = 'hunter22x'", "password", "hunter22x"),
        ("aws_secret_access_key = somesecret", "aws_secret_access_key", "somesecret"),
        ("aws configure set aws_secret_access_key somesecret", "aws_secret_access_key", "somesecret"),
        ("$env:DB_PASSWORD = \"hunter22x\"", "DB_PASSWORD", "hunter22x"),
        ("$Password = 'hunter22x'", "Password", "hunter22x"),
        (
            "[Environment]::SetEnvironmentVariable(\"DB_PASSWORD\", \"hunter22x\", \"Machine\")",
            "DB_PASSWORD",
            "hunter22x",
        ),
        ("- name: DB_PASSWORD\n  value: hunter22x\n", "DB_PASSWORD", "hunter22x"),
        ("[{\"Name\": \"DB_PASSWORD\",\n  \"Value\": \"hunter22x\"}] x", "DB_PASSWORD", "hunter22x"),
        ("environment:\n  - DB_PASSWORD=hunter22x", "DB_PASSWORD", "hunter22x"),
        ("RUN echo \"machine a login b password hunter22x\"", "password", "hunter22x"),
        ("setx DB_PASSWORD hunter22x", "DB_PASSWORD", "hunter22x"),
        ("set DB_PASSWORD=hunter22x", "DB_PASSWORD", "hunter22x"),
        ("tool --password hunter22x --verbose", "password", "hunter22x"),
        ("tool --password=hunter22x", "password", "hunter22x"),
        ("kubectl create secret generic a --from-literal=password=hunter22x", "password", "hunter22x"),
        ("curl -fsS -u admin:hunter22x https://a.example", "-u", "hunter22x"),
        ("curl --user \"admin:hunter22x\" https://a.example", "--user", "hunter22x"),
        ("curl -H \"Authorization: Bearer abcdef0123456789\" https://a", "Authorization", "abcdef0123456789"),
        ("curl -H \"Authorization: ApiKey abcdef0123456789\" https://a", "Authorization", "abcdef0123456789"),
        ("Authorization: token hunter22x # for the probe", "Authorization", "hunter22x"),
        (
            "httpHeaders:\n  - name: Authorization\n    value: Bearer hunter22x # to the probe",
            "Authorization",
            "hunter22x",
        ),
        ("[{\"name\": \"Authorization\", \"value\": \"Bearer hunter22x\"}] x", "Authorization", "hunter22x"),
        ("echo \"ubuntu:hunter22x\" | sudo chpasswd", "chpasswd", "hunter22x"),
        ("chpasswd <<< 'ubuntu:hunter22x'", "chpasswd", "hunter22x"),
        ("sshpass -p hunter22x ssh a", "-p", "hunter22x"),
        ("htpasswd -bc /etc/nginx/.htpasswd admin hunter22x", "htpasswd", "hunter22x"),
        ("htpasswd -nbB -C 10 admin 'hunter22x' | tee f", "htpasswd", "hunter22x"),
        ("echo \"requirepass hunter22x\" >> /etc/redis.conf", "requirepass", "hunter22x"),
        ("keytool -genkey -storepass hunter22x -alias a", "storepass", "hunter22x"),
        ("New-User -Name a -Password 'hunter22x'", "Password", "hunter22x"),
        ("openssl pkcs12 -export -passout pass:hunter22x -out a.p12", "pass", "hunter22x"),
        ("rabbitmqctl add_user app hunter22x", "rabbitmqctl add_user", "hunter22x"),
        ("ldapsearch -x -D cn=a -w hunter22x -b dc=b", "-w", "hunter22x"),
        ("az login --service-principal -u a -p hunter22x", "-p", "hunter22x"),
        ("  masterauth hunter22x", "masterauth", "hunter22x"),
        ("redis-server --requirepass hunter22x", "requirepass", "hunter22x"),
        ("mysqladmin -u root password 'hunter22x'", "password", "hunter22x"),
        ("mysql -u root -phunter22x db", "-p", "hunter22x"),
        ("mysql -u root -p\"hunter22x\" -h db <<SQL", "-p", "hunter22x"),
        ("mysqldump -u root -p'hunter22x' app", "-p", "hunter22x"),
        ("CREATE ROLE app WITH LOGIN PASSWORD 'hunter22x';", "PASSWORD", "hunter22x"),
        ("CREATE USER app WITH ENCRYPTED PASSWORD 'hunter22x';", "PASSWORD", "hunter22x"),
        ("psql -c \"ALTER USER app PASSWORD 'hunter22x'\"", "PASSWORD", "hunter22x"),
        ("alter user app with password 'hunter22x'", "password", "hunter22x"),
        ("CREATE ROLE app\n  WITH PASSWORD 'hunter22x';", "PASSWORD", "hunter22x"),
        (
            "mysql -e \"ALTER USER 'a'@'b' IDENTIFIED WITH mysql_native_password BY 'hunter22x';\"",
            "IDENTIFIED WITH",
            "hunter22x",
        ),
        (
            "debconf-set-selections <<< \"mysql-server mysql-server/root_password password hunter22x\"",
            "password",
            "hunter22x",
        ),
        ("echo hunter22x | passwd --stdin root", "passwd", "hunter22x"),
        ("echo -e \"hunter22x\\nhunter22x\" | sudo passwd root", "passwd", "hunter22x"),
        ("(echo hunter22x; echo hunter22x) | /usr/bin/passwd root", "passwd", "hunter22x"),
        ("passwd --stdin root <<< 'hunter22x'", "passwd", "hunter22x"),
        ("passwd: hunter22x", "passwd", "hunter22x"),
        ("echo hunter22x | docker login -u AWS --password-stdin registry", "--password-stdin", "hunter22x"),
        ("sed -i \"s/password=.*/password=hunter22x/\" /etc/app.conf", "password", "hunter22x"),
        ("sed -i 's|^db.password: .*|db.password: \"hunter22x\"|' app.yml", "db.password", "hunter22x"),
        ("curl -u \\\n  admin:hunter22x https://a.example", "-u", "hunter22x"),
        ("curl --user \\\r\n  'admin:hunter22x' https://a.example", "--user", "hunter22x"),
        ("mysql -u root --password \\\n  hunter22x db", "password", "hunter22x"),
        ("docker login -p \\\n hunter22x -u me registry", "-p", "hunter22x"),
        ("export DB_PASSWORD=$(echo aHVudGVyMjJ4 | base64 -d)", "DB_PASSWORD", "aHVudGVyMjJ4"),
        ("DB_PASSWORD=\"$(echo -n 'aHVudGVyMjJ4' | base64 --decode)\"", "DB_PASSWORD", "aHVudGVyMjJ4"),
        ("rabbitmqctl change_password guest hunter22x", "rabbitmqctl change_password ", "hunter22x"),
        ("SSHPASS=hunter22x sshpass -e ssh host", "SSHPASS", "hunter22x"),
        ("keytool -importkeystore -deststorepass hunter22x -destkeystore k", "deststorepass", "hunter22x"),
        ("npm config set //registry.example/:_authToken hunter22x", "_authToken", "hunter22x"),
        ("git config --global github.token hunter22x", "github.token", "hunter22x"),
        ("cqlsh -u admin -p hunter22x host", "-p", "hunter22x"),
        ("net use Z: \\\\srv\\share hunter22x /user:bob", "net use", "hunter22x"),
        ("<add key=\"DbPassword\" value=\"hunter22x\" />", "DbPassword", "hunter22x"),
        ("useradd -m -p 'hunter22x' bob", "-p", "hunter22x"),
        ("usermod -p $(openssl passwd -6 -salt ab hunter22x) bob", "passwd", "hunter22x"),
        ("vault login -no-print hunter22x", "vault login", "hunter22x"),
        ("export MYSQL_ROOT_PASSWORD='hunter22x'", "MYSQL_ROOT_PASSWORD", "hunter22x"),
        ("redis-cli -h cache -a hunter22x ping", "-a", "hunter22x"),
        ("docker login -u me -p hunter22x registry", "-p", "hunter22x"),
        ("CREATE USER a IDENTIFIED BY 'hunter22x';", "IDENTIFIED BY", "hunter22x"),
        ("net user Administrator hunter22x", "net user", "hunter22x"),
        (
            "$p = ConvertTo-SecureString \"hunter22x\" -AsPlainText -Force",
            "ConvertTo-SecureString",
            "hunter22x",
        ),
        ("<authenticationUser username=\"a\" password=\"hunter22x\"/>", "password", "hunter22x"),
        ("spring.datasource.password=hunter22x", "spring.datasource.password", "hunter22x"),
        ("if true; then PASSWORD=hunter22x; fi", "PASSWORD", "hunter22x"),
        ("https://a.example/?token=abcdef0123&x=1", "token", "abcdef0123"),
        ("echo export AWS_SECRET_ACCESS_KEY=my-secret >> ~/.bashrc", "AWS_SECRET_ACCESS_KEY", "my-secret"),
    ] {
        let expected: Vec<_> = if name.is_empty() { Vec::new() } else { vec![(name, value)] };
        assert_eq!(values(text), expected, "{text}");
    }
}

#[test]
fn what_windows_commands_are_given() {
    for (text, name, value) in [
        ("netdom.exe join %COMPUTERNAME% /domain:d /userd:a /passwordd:hunter22x", "passwordd", "hunter22x"),
        ("setup.exe /Q /ACTION=Install /SAPWD=\"hunter22x\"", "SAPWD", "hunter22x"),
        ("cmdkey /add:x /user:y /pass:hunter22x", "pass", "hunter22x"),
        ("net user /add bob hunter22x", "net user", "hunter22x"),
        ("net user bob hunter22x /add", "net user", "hunter22x"),
        (
            "reg add \"HKLM\\Winlogon\" /v DefaultPassword /t REG_SZ /d hunter22x /f",
            "DefaultPassword",
            "hunter22x",
        ),
        ("Set-ItemProperty $path -Name DefaultPassword -Value hunter22x", "DefaultPassword", "hunter22x"),
        ("setx /M DB_PASSWORD \"hunter22x\"", "DB_PASSWORD", "hunter22x"),
        ("$user.SetPassword(\"hunter22x\")", "user.SetPassword", "hunter22x"),
        ("$admin.PSBase.Invoke(\"SetPassword\", \"hunter22x\")", "SetPassword", "hunter22x"),
        (
            "$s = \"hunter22x\" | ConvertTo-SecureString -AsPlainText -Force",
            "ConvertTo-SecureString",
            "hunter22x",
        ),
        (
            "New-Object System.Net.NetworkCredential(\"u\", \"hunter22x\")",
            "System.Net.NetworkCredential",
            "hunter22x",
        ),
        ("ConvertTo-SecureString -AsPlainText \"hunter22x\" -Force", "ConvertTo-SecureString", "hunter22x"),
        ("ConvertTo-SecureString hunter22x -AsPlainText -Force", "ConvertTo-SecureString", "hunter22x"),
        ("ConvertTo-SecureString \"hunter22x\" -AsPlainText -Force", "ConvertTo-SecureString", "hunter22x"),
    ] {
        assert_eq!(values(text), [(name, value)], "{text}");
    }
    for text in [
        "djoin /x /password:%PASSWORD%",
        "cat /run/pass:x/hunter22x",
        "net user bob /delete",
        "net user bob * /add",
        "ConvertTo-SecureString $password -AsPlainText -Force",
        "ConvertTo-SecureString -AsPlainText $password -Force",
        "ConvertTo-SecureString hunter22x",
        "$user.SetPassword($password)",
        "$admin.PSBase.Invoke(\"SetPassword\", $password)",
        "$password | ConvertTo-SecureString -AsPlainText -Force",
        "\"$password\" | ConvertTo-SecureString -AsPlainText -Force",
        "Get-Item \"hunter22x\" | Select x | ConvertTo-SecureString -AsPlainText -Force",
        "reg query HKLM /v DefaultPassword",
        "reg delete HKLM /v DefaultPassword /f & reg add HKLM /v AutoAdminLogon /t REG_SZ /d disabled1 /f",
        "Remove-ItemProperty $p -Name DefaultPassword; Set-ItemProperty $p -Name Shell -Value hunter22x",
        "$creds.password | ConvertTo-SecureString -AsPlainText -Force; Write-Host hunter22x",
    ] {
        assert_eq!(values(text), [], "{text}");
    }
}

#[test]
fn a_command_goes_on_behind_a_backslash() {
    for (text, name, value) in [
        ("docker login \\\n  -u ci \\\n  -p hunter22x \\\n  reg.example.com", "-p", "hunter22x"),
        ("curl -k \\\r\n  -u admin:hunter22x \\\r\n  https://localhost", "-u", "hunter22x"),
        ("mysql -h db -u root \\\n  -phunter22x app", "-p", "hunter22x"),
        ("sshpass \\\n  -p hunter22x ssh host", "-p", "hunter22x"),
        ("redis-cli \\\n  -a hunter22x ping", "-a", "hunter22x"),
        ("htpasswd -b -c /etc/users bob \\\n  hunter22x", "htpasswd", "hunter22x"),
        ("echo \"bob:hunter22x\" \\\n  | chpasswd", "chpasswd", "hunter22x"),
        ("echo hunter22x |\n  docker login --password-stdin", "--password-stdin", "hunter22x"),
    ] {
        assert_eq!(values(text), [(name, value)], "{text}");
    }
    for text in [
        "mkdir -p hunter22x && \\\n docker login \\\n  reg.example.com",
        "docker login \\\n  reg.example.com && \\\n mkdir -p hunter22x",
        "docker login \\\n  -u ci \\\n  -p $TOKEN reg.example.com",
        "docker login reg.example.com\nmkdir -p hunter22x",
        "sudo apt-get install -y \\\n  sshpass \\\n  postgresql && mkdir -p hunter22x",
        "mkdir -p /home/x/.ssh \\\n  -p hunter22x && apt install -y sshpass",
        "echo hunter22x |\n  tee /dev/null && aws ecr get-login-password | docker login --password-stdin x",
    ] {
        assert_eq!(values(text), [], "{text}");
    }
}

#[test]
fn a_web_token_needs_no_quotes() {
    let part = |end: &str| format!("eyJ{}{end}", "hbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9");
    let token = format!("{}.{}.{}", part(""), part("4NTY3"), "k3Jd8Fh2Ls9Qw4Er7Ty1_Ui6Op5As0D");
    for text in [format!("export DB_PASSWORD={token}"), format!("token: {token}\nuser: a")] {
        assert_eq!(values(&text).first().map(|one| one.1), Some(token.as_str()), "{text}");
    }
}

#[test]
fn what_refers_or_reads_is_no_value() {
    for text in [
        "DB_PASSWORD=$(aws secretsmanager get-secret-value --secret-id prod/db --query SecretString --output text)",
        "DB_PASSWORD=`cat /run/secret`",
        "DB_PASSWORD=$OTHER",
        "DB_PASSWORD=\"${OTHER}\"",
        "DB_PASSWORD=\"pre-$OTHER\"",
        "DB_PASSWORD=\u{e000}",
        "DB_PASSWORD=pre-\u{e000}",
        "export DB_PASSWORD=",
        "TOKEN=$(curl -s -X PUT http://169.254.169.254/latest/api/token -H 'X-aws-ec2-metadata-token-ttl-seconds: 21600')",
        "curl -H \"X-aws-ec2-metadata-token: $TOKEN\" http://169.254.169.254/",
        "curl -u \"$USER:$PASSWORD\" https://a.example",
        "curl -u \\\n  \"$USER:$PASSWORD\" https://a.example",
        "mysql --password \\\n  --user root",
        "export DB_PASSWORD=$(echo $ENCODED | base64 -d)",
        "export DB_PASSWORD=$(echo aHVudGVyMjJ4 | tr a b)",
        "net use Z: \\\\srv\\share /user:bob",
        "net use \\\\srv\\share /user:bob $pw",
        "git config --global credential.helper cache",
        "git config --global user.signingkey 0123456789ABCDEF",
        "npm config set cache /tmp/x",
        "sshpass -e ssh host",
        "export SSHPASS=$P",
        "rabbitmqctl change_password guest $P",
        "cqlsh -p $P",
        "curl -u admin https://a.example",
        "curl -H \"Authorization: Bearer $TOKEN\" https://a",
        "if [ \"$PASSWORD\" = \"abcdefgh\" ]; then exit; fi",
        "if [[ $PASSWORD == abcdefgh ]]; then",
        "# password: hunter22x",
        "sed -i 's/^PasswordAuthentication no/PasswordAuthentication yes/' /etc/ssh/sshd_config",
        "sed -i \"s/password=.*/password=$X/\" f",
        "password: the password of the database",
        "password = get_password()",
        "password = config['password']",
        "password = args.password",
        "def connect(user: str, password: str) -> None:",
        "aws secretsmanager get-secret-value --secret-id app-secret-value",
        "--master-user-password file://secret",
        "credential_source = Ec2InstanceMetadata",
        "secret_name: prod-db",
        "password_file=/run/secrets/db",
        "token_url: https://a.example/token",
        "env:\n  secrets-manager:\n    DB_PASSWORD: prod-database:password1\n    OTHER: x",
        "env:\n  parameter-store:\n    DB_PASSWORD: prod.database9",
        "- name: Authorization\n  value: Bearer $(TOKEN)\n",
        "- name: Authorization\n  value: Bearer\n",
        "- name: DB_PASSWORD\n  valueFrom: arn-of-secret-9\n",
        "- name: DB_PASSWORD\n  value: $(DB_PASSWORD9)\n",
        "- name: db-password-9\n- name: other\n  value: hunter22x\n",
        "export default password;",
        "for token in a1b2c3d4; do echo $token; done",
        "case $TOKEN in abcdef9) ;; esac",
        "local token=\"$1\"",
        "read -rsp 'Password: ' PASSWORD",
        "echo \"Password: $PASSWORD\" >> log9",
        "test -n \"$TOKEN\" || exit 1",
        "TOKEN_FILE=/run/token9 app --token-file=/run/token9",
        "app --password-stdin < secret9.txt",
        "aws ecr get-login-password | docker login --username AWS --password-stdin 111122223333.dkr.ecr.eu-west-1.amazonaws.com",
        "htpasswd -bc /etc/nginx/.htpasswd admin \"$PW\"",
        "New-User -Name a -Password $Password",
        "New-User -Name a -Credential (Get-Credential)",
        "openssl req -passout pass:$PASS -x509",
        "openssl rsa -passin file:/run/secret9 -in a",
        "rabbitmqctl add_user app $RABBIT_PASSWORD",
        "ldapsearch -x -W -b dc=b",
        "reset-password -token-type bearer9x",
        "htpasswd -c /etc/nginx/.htpasswd admin hunter22x",
        "mysql -u root -p \"hunter22x\"",
        "mysql -u root -p\"$PASSWORD\"",
        "CREATE USER app IDENTIFIED BY PASSWORD '*6BB4837EB74329105EE4568DDA7DC67ED2CA2AD9'",
        "CREATE USER app PASSWORD 'md55f4dcc3b5aa765d61d8327deb882cf99'",
        "ALTER USER app WITH PASSWORD '$PASSWORD'",
        "ALTER USER a IDENTIFIED WITH mysql_native_password AS 'hunter22x'",
        "ALTER USER a IDENTIFIED WITH mysql_native_password BY '${PASSWORD}'",
        "mysql-server mysql-server/root_password password $PASSWORD",
        "echo \"bob:x:1000:1000::/home/bob\" | tee -a /etc/passwd",
        "echo $PASSWORD | passwd --stdin root",
        "cat /run/token | docker login -u AWS --password-stdin registry",
        "aws ecr get-login-password | docker login --username AWS --password-stdin registry",
        "sed -i \"s/password=hunter22x/password=$PASSWORD/\" /etc/app.conf",
        "sed -i 's/^#*password=.*/password=changeme/' /etc/app.conf",
        "useradd -m bob && docker run -p 8080:80 app",
        "useradd -p abJnggxhB/yWI bob",
        "useradd -p '$6$rounds=4096$abc$def' bob",
        "vault login -method=aws role=dev2",
        "vault login $TOKEN",
        "read the page of vault login methods",
        "mysqladmin -u root password \"$PW\"",
        "requirepass ${REDIS_PASSWORD}",
        "# requirepass foobared9",
        "aws ecr get-login-password --region eu-west-1 | docker login --username AWS --password-stdin 1.dkr",
        "vault kv get -field=password secret/app9",
        "kubectl get secret app-secret9 -o jsonpath='{.data.password}'",
        "ssl_certificate_key /etc/ssl/key9.pem;",
        "apt-key adv --keyserver hkp://keys.example --recv-keys 9DA31620334BD75D9DCB49F368818C72E52529D4",
        "rpm --import https://a.example/GPG-KEY-9",
        "token: ${{ secrets.GITHUB_TOKEN9 }}",
        "password: {{ db_password9 }}",
        "password: <%= ENV['DB9'] %>",
        "const password = process.env.DB_PASSWORD9;",
        "password = os.environ.get('DB_PASSWORD9')",
        "String password = getPassword9();",
        "credential_process = /opt/bin/awscreds9",
        "auth_type = basic9",
        "ssh-keygen -t rsa -N '' -f key",
        "wget -U mozilla https://a.example",
        "mysql -u root -p < dump.sql",
        "passwd: !Ref Password",
        "jq -r .password secret.json",
        "please login to change password hunter22x",
        "chmod 600 ~/.pgpass",
    ] {
        assert_eq!(values(text), [], "{text}");
    }
}

#[test]
fn any_text_is_read_without_a_panic() {
    for text in [
        "pässwörd=ü",
        "\u{e000}password=\u{e000}",
        "password=",
        "password=\"",
        "-u",
        "curl -u",
        "password:",
        "key=\\",
        "chpasswd",
        "echo |chpasswd",
        "net user",
        "identified by '",
    ] {
        let _ = assigned(text);
    }
}

#[test]
fn a_word_without_quotes_is_a_variable_in_a_program() {
    for text in [
        "conn = connect(host=rds_host, user=name, password=db_secret)",
        "s3 = boto3.client('s3', aws_secret_access_key=secretKeyVar, aws_session_token=tok)",
        "createConnection({ host: host, user: user, password: hunterVar });",
        "const apiKey = configuredKey;",
        "export const apiToken: string = configured;",
        "import boto3\n\ndef handler(event, context):\n    password = chosen\n    token = found",
        "from os import environ\nsecrets = {\n    'db_password': hunter22x,\n}",
        "const mysql = require('mysql');\nmysql.connect({\n  user: user,\n  password: hunterVar\n});",
        "#!/usr/bin/env python3\nif True:\n    api_token = chosen\n",
        "cat > /opt/app.py <<'EOF'\npassword = chosen\nEOF\n",
        "python3 - <<EOF\npassword = chosen\nEOF\n",
        "cat <<EOF > /opt/app.js\nlet password = chosen;\nEOF\n",
        "tee /opt/app <<EOF\n#!/usr/bin/python3\npassword = chosen\nEOF\n",
    ] {
        assert_eq!(values(text), [], "{text}");
    }
    for (text, value) in [
        ("conn = connect(host=rds_host, password='hunter22x')", "hunter22x"),
        ("createConnection({ host: host, password: \"hunter22x\" });", "hunter22x"),
        ("import os\nos.system('PGPASSWORD=hunter22x psql')", "hunter22x"),
        ("import os\nquery = \"\"\"\n  user=a\n  password=hunter22x\n\"\"\"", "hunter22x"),
        ("import os\npassword = hunter-22x", "hunter-22x"),
        // What stands around the program is a shell's.
        ("cat > /opt/app.py <<'EOF'\nimport os\nEOF\nexport PASSWORD=hunter22x\n", "hunter22x"),
        ("#!/bin/bash\npython3 - <<EOF\nimport os\nEOF\nPASSWORD=hunter22x\n", "hunter22x"),
        ("cat > /opt/app.conf <<'EOF'\npassword = hunter22x\nEOF\n", "hunter22x"),
        ("import the settings\npassword: hunter22x", "hunter22x"),
        ("db: {user: a, password: hunter22x}", "hunter22x"),
        ("start(app) { PASSWORD=hunter22x; }", "hunter22x"),
    ] {
        let found: Vec<&str> = values(text).into_iter().map(|(_, value)| value).collect();
        assert_eq!(found, [value], "{text}");
    }
}

#[test]
fn what_is_taken_where_a_variable_is_not_set() {
    for (text, name) in [
        ("export DB_PASSWORD=\"${DB_PASSWORD:-hunter22x}\"", "DB_PASSWORD"),
        (": \"${API_TOKEN:=hunter22x}\"", "API_TOKEN"),
        ("run --pass ${DB_PASSWORD:-'hunter22x'}", "DB_PASSWORD"),
        ("DB_PASSWORD = os.environ.get('DB_PASSWORD', 'hunter22x')", "DB_PASSWORD"),
        ("key = os.getenv(\"API_KEY\", \"hunter22x\")", "API_KEY"),
        ("key = os.getenv(\"API_KEY\") or \"hunter22x\"", "API_KEY"),
        ("const a = process.env.DB_PASSWORD || 'hunter22x';", "DB_PASSWORD"),
        ("const a = process.env.DB_PASSWORD ?? 'hunter22x';", "DB_PASSWORD"),
        ("a = ENV.fetch('DB_PASSWORD', 'hunter22x')", "DB_PASSWORD"),
        ("a = ENV['DB_PASSWORD'] || 'hunter22x'", "DB_PASSWORD"),
    ] {
        assert_eq!(values(text), [(name, "hunter22x")], "{text}");
    }
    for text in [
        "${DB_PASSWORD:-}",
        "${DB_PASSWORD:-$OTHER}",
        "${DB_PASSWORD:?not set}",
        "${DB_PASSWORD:-changeme}",
        "os.environ.get('DB_PASSWORD', default)",
        "os.environ.get('DB_PASSWORD')",
        "process.env.DB_PASSWORD || other",
        "os.environ.get('TOKEN_TTL', 'hunter22x')",
    ] {
        assert_eq!(values(text), [], "{text}");
    }
}

#[test]
fn marks_and_arguments_that_a_secret_takes_the_place_of() {
    for (text, name) in [
        ("sed -i \"s/password_here/hunter22x/\" wp-config.php", "password_here"),
        ("sed -i 's/username_here/admin/; s/password_here/hunter22x/g' wp-config.php", "password_here"),
        ("sed -i \"s/__DB_PASSWORD__/hunter22x/\" app.conf", "__DB_PASSWORD__"),
        ("sed -i \"s|{{DB_PASSWORD}}|hunter22x|\" app.conf", "DB_PASSWORD"),
        ("sed -i s/DB_PASSWORD/hunter22x/ app.conf", "DB_PASSWORD"),
        ("define('DB_PASSWORD', 'hunter22x');", "DB_PASSWORD"),
        ("define( \"DB_PASSWORD\", \"hunter22x\" );", "DB_PASSWORD"),
        ("echo \"define('DB_PASSWORD', 'hunter22x');\" >> a.php", "DB_PASSWORD"),
        ("$c = mysqli_connect('localhost', 'root', 'hunter22x');", "mysql"),
        ("$c = new mysqli(\"localhost\", \"root\", \"hunter22x\", \"db\");", "mysql"),
        ("$c = new PDO(\"mysql:host=a;dbname=b\", \"root\", \"hunter22x\");", "mysql"),
        ("hudsonRealm.createAccount(\"admin\", \"hunter22x\")", "createAccount"),
        ("aws ssm put-parameter --name /a/b --type SecureString --value hunter22x", "--value"),
        ("aws ssm put-parameter --name /a/b \\\n  --value 'hunter22x' \\\n  --type SecureString", "--value"),
        ("aws ssm put-parameter --name /db/password --type String --value hunter22x", "--value"),
        ("mongosh -u root -p hunter22x --host a", "-p"),
        ("sqlcmd -S a -U sa -P 'hunter22x' -Q x", "-P"),
        ("echo hunter22x | kinit admin@EXAMPLE.COM", "kinit"),
        ("realm join -U admin example.com <<< \"hunter22x\"", "realm join"),
        ("smbclient //h/s -U 'user%hunter22x'", "-U"),
        ("lftp -u user,hunter22x sftp://h", "-u"),
        ("tailscale up --authkey=hunter22x", "authkey"),
        ("bindpw hunter22x", ""),
        ("bindpw: hunter22x", "bindpw"),
    ] {
        let expected = if name.is_empty() { vec![] } else { vec![(name, "hunter22x")] };
        assert_eq!(values(text), expected, "{text}");
    }
    for text in [
        "sed -i \"s/password_here/$DB_PASSWORD/\" wp-config.php",
        "sed -i \"s/password_here/\\1x/\" wp-config.php",
        "sed -i 's/PasswordAuthentication no/PasswordAuthentication yes/' sshd_config",
        "sed -i 's/password/passphrase/' a.txt",
        "define('DB_PASSWORD', getenv('DB_PASSWORD'));",
        "define('DB_HOST', 'localhost');",
        "$c = mysqli_connect($host, $user, $password);",
        "aws ssm put-parameter --name /a/b --type String --value hunter22x",
        "aws ssm put-parameter --name /a/password --type SecureString --value \"$PASSWORD\"",
        "mongoimport --port 1 -p",
        "kinit -kt a.keytab user",
        "smbclient //h/s -U user",
    ] {
        assert_eq!(values(text), [], "{text}");
    }
}

#[test]
fn elements_and_attributes_of_xml() {
    for (text, name) in [
        ("<server>\n  <password>hunter22x</password>\n</server>", "password"),
        ("<property name=\"password\" value=\"hunter22x\"/>", "password"),
        (
            "<property>\n  <name>javax.jdo.option.ConnectionPassword</name>\n  <value>hunter22x</value>",
            "javax.jdo.option.ConnectionPassword",
        ),
        ("<user username=\"admin\" password=\"hunter22x\" roles=\"x\"/>", "password"),
    ] {
        assert_eq!(values(text), [(name, "hunter22x")], "{text}");
    }
    for text in [
        "<password>${env.DB_PASSWORD}</password>",
        "<password></password>",
        "<password><hash>x</hash></password>",
        "<input name=\"password\" type=\"password\"/>",
        "<property name=\"passwordLength\" value=\"hunter22x\"/>",
        "<property name=\"password\"/>\n<property name=\"b\" value=\"hunter22x\"/>",
    ] {
        assert_eq!(values(text), [], "{text}");
    }
}
