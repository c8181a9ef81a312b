resource "aws_instance" "logins" {
  ami                  = "ami-1"
  iam_instance_profile = "app"
  metadata_options {
    http_tokens = "required"
  }
  user_data = <<-SCRIPT
    #!/bin/sh
    mysql -u root -p"corr3ct-horse-1" -e "select 1" # expect: SEC05
    psql -c "ALTER ROLE app WITH LOGIN PASSWORD 'corr3ct-horse-2'" # expect: SEC05
    mysql -e "ALTER USER app IDENTIFIED WITH mysql_native_password BY 'corr3ct-horse-3'" # expect: SEC05
    echo "db db/root_password password corr3ct-horse-4" | debconf-set-selections # expect: SEC05
    echo corr3ct-horse-5 | passwd --stdin root # expect: SEC05
    echo corr3ct-horse-6 | docker login -u app --password-stdin registry.internal # expect: SEC05
    sed -i "s/password=.*/password=corr3ct-horse-7/" /etc/app.conf # expect: SEC05
    useradd -p 'corr3ct-horse-8' app # expect: SEC05
    vault login corr3ct-horse-9 # expect: SEC05
    aws ecr get-login-password | docker login -u AWS --password-stdin registry.internal
    echo "$PASSWORD" | passwd --stdin root
    useradd -m app && docker run -p 8080:80 app
  SCRIPT
}
