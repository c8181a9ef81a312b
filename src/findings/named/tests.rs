use super::behind_names;

/// What is left of a text when what stands behind names is taken out.
fn shown(text: &str) -> String {
    let mut ranges = behind_names(text);
    ranges.sort_by_key(|range| range.start);
    let mut masked = text.to_owned();
    for range in ranges {
        masked.replace_range(range.clone(), &"*".repeat(range.len()));
    }
    masked
}

#[test]
fn comments_are_read_as_code() {
    for line in [
        "# master_password = \"hunter22\"",
        "#password=\"hunter22\"",
        "  // master_password : \"hunter22\",",
        "/* password: hunter22 */",
        "# admin password: hunter22",
        "# pw: hunter22",
        "# secret key: hunter22",
        "# MasterUserPassword: \"hunter22\"",
        "  instance = 1 # old password: hunter22",
        "# password is hunter22",
        "# the password (hunter22) is old",
        "# password \"hunter22\"",
        "/*\n  db_password = \"hunter22\"\n*/",
        "<!-- password=hunter22 -->",
    ] {
        assert!(!shown(line).contains("hunter22"), "{line}: {}", shown(line));
    }
    for line in [
        "# the password is kept elsewhere",
        "# password_length = 16",
        "# passwords must be long",
        "a = \"https://x/y\" # as the token says",
    ] {
        assert_eq!(shown(line), line);
    }
}

#[test]
fn every_literal_of_an_expression_counts() {
    for code in [
        "password = coalesce(var.x, \"hunter22\")",
        "password = \"a\"hunter22\"",
        "password = var.x == \"\" ? \"hunter22\" : var.x",
        "password = lookup(m, \"password\", \"hunter22\")",
        "passwords = [\"hunter22\"]",
        "passwords = { admin = \"hunter22\" }",
        "password = \"a${var.x}hunter22\"",
        "password = <<EOT\nhunter22\nEOT\n",
        "password = coalesce(\n  var.x,\n  \"hunter22\",\n)",
        "name = \"password\"\nvalue = \"hunter22\"",
        "- Value: hunter22\n  Key: db-password",
        "Password: &p hunter22",
        "Password: !!binary hunter22",
        "Password: >\n  hunter22",
        "Password: !Sub |\n  hunter22",
        "{Password:\n  hunter22}",
    ] {
        assert!(!shown(code).contains("hunter22"), "{code}: {}", shown(code));
    }
}

#[test]
fn names_and_places_are_shown() {
    for code in [
        "password = jsondecode(data.x.y)[\"password\"]",
        "password = data.aws_ssm_parameter.all[\"db\"].value",
        "private_key = file(\"${path.module}/key.pem\")",
        "password_length = 16",
        "secret_arn = \"arn:aws:secretsmanager:eu-west-1:111122223333:secret:x\"",
        "Password: !Ref DbPassword",
        "Password: '{{resolve:ssm-secure:/db/password}}'",
        "passwords = { name = \"app\" }",
        "Password:\n  Fn::Sub: x",
        "Password:\n  Type: String\n  Default: x",
        "password = var.password",
        "name = \"password\"\nvalue = var.password",
        "description = \"who has the password\"\nvalue = \"x\"",
        "var.password == \"\"",
        "[\"DbPassword=\", \"Stage=prod\"]",
    ] {
        assert_eq!(shown(code), code);
    }
}

proptest::proptest! {
    #[test]
    fn what_is_found_is_in_the_text(text in "(password|pw|[ =:\"'#/*<>|(){}&!\n$-]|ü|x1|EOT|name|value){0,30}") {
        for range in behind_names(&text) {
            proptest::prop_assert!(text.get(range).is_some());
        }
    }
}
