resource "aws_instance" "init" {
  iam_instance_profile = "web"
  metadata_options {
    http_tokens = "required"
  }
  user_data = <<-EOT
    #cloud-config
    write_files:
      - permissions: "0600"
        path: /root/.pgpass
        content: db.internal:5432:*:app:corr3ct-horse-1 # expect: SEC05 "pgpass"
      - content: db.internal:5432:*:app:corr3ct-horse-2 # expect: SEC05 "pgpass"
        path: /home/app/.pgpass
        permissions: "0600"
      - path: /home/bob/.pgpass
        permissions: "0600"
        owner: bob:bob
        content: "*:*:*:bob:corr3ct-horse-3" # expect: SEC05 "pgpass"
      - content: one:1:two:three:corr3ct-horse-4
        path: /etc/colons
    chpasswd:
      expire: false
      users:
        - {name: bob, password: corr3ct-horse-5, type: text} # expect: SEC05 "password"
        - {name: eve, type: text, password: corr3ct-horse-6} # expect: SEC05 "password"
        - name: ann
          password: corr3ct-horse-7 # expect: SEC05 "password"
        - name: root
          type: hash
          password: abJnggxhB/yWI
        - name: guest
          type: RANDOM
        - name: sue
          password: '$6$rounds=4096$Ab3dEfGh1jKl$Zx8Yw7Vu6Ts5Rq4Po3Nm2Lk1Ji0Hg9Fe8Dc7Ba6'
    runcmd:
      # expect-below: SEC05 "DB_PASSWORD"
      - export DB_PASSWORD=@JWT@
  EOT
}
