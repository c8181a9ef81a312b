//! HCL that is no module's: tests of modules, Stacks, Packer.

use crate::harness::{Repo, findings, problems};

fn access_key() -> String {
    ["AKIA", "Q3EGTZ7XPLMWNRV2"].concat()
}

fn secret_key() -> String {
    ["wJalr", "XUtnFEMIK7MDENGbPxRfiCYzQ8vT2mLp5sk"].concat()
}

fn password() -> String {
    ["c0rrect", "h0rse", "9battery"].join("-")
}

/// What a run over these files says, which shows no secret.
fn told(files: &[(&str, String)]) -> Vec<String> {
    let repo = Repo::new();
    for (path, text) in files {
        let text = text.replace("KEY-ID", &access_key()).replace("KEY-WORD", &secret_key());
        repo.write(path, text.replace("WORD", &password()));
    }
    let (_, report) = repo.json(&["."]);
    assert_eq!(problems(&report), Vec::<String>::new(), "{report:#}");
    let shown = report.to_string();
    assert!(![access_key(), secret_key(), password()].iter().any(|secret| shown.contains(secret)), "{shown}");
    let mut found = findings(&report);
    found.sort();
    found
}

fn one(path: &str, text: &str) -> Vec<String> {
    told(&[(path, text.to_owned())])
}

#[test]
fn stacks_sign_in_through_the_configuration_of_providers() {
    let text = "required_providers {
  aws = {
    source = \"hashicorp/aws\"
  }
}
provider \"aws\" \"main\" {
  for_each = var.regions
  config {
    region     = each.value
    access_key = \"KEY-ID\"
    secret_key = local.key
  }
}
provider \"aws\" \"ok\" {
  config {
    assume_role_with_web_identity {
      role_arn           = var.role
      web_identity_token = var.identity_token
    }
  }
}
provider \"aws\" \"none\" {}
variable \"regions\" { type = set(string) }
variable \"identity_token\" {
  type      = string
  ephemeral = true
}
variable \"db_password\" {
  type    = string
  default = \"WORD\"
}
locals { key = \"KEY-WORD\" }
component \"db\" {
  for_each = var.regions
  source   = \"./db\"
  inputs = {
    \"master_password\" = \"WORD-2\"
    region = each.value, vpc = component.vpc[each.value].id
    (local.key) = \"WORD-3\"
  }
  providers = { aws = provider.aws.main[each.value] }
}
";
    for name in ["stack.tfcomponent.hcl", "stack.tfstack.hcl"] {
        let expected = [
            format!("KEY03 {name}:10"),
            format!("KEY03 {name}:32"),
            format!("SEC04 {name}:30"),
            format!("SEC04 {name}:37"),
        ];
        assert_eq!(one(name, text), expected);
    }
    let deployments = "identity_token \"aws\" { audience = [\"aws.workload.identity\"] }
locals { api_token = \"WORD\" }
deployment \"prod\" {
  inputs = {
    regions        = [\"eu-west-1\"]
    identity_token = identity_token.aws.jwt
    admin_password = \"WORD\"
    password_arn   = \"arn:aws:secretsmanager:eu-west-1:123456789012:secret:x-AbCdEf\"
    note           = \"KEY-ID\"
  }
}
";
    assert_eq!(
        one("a.tfdeploy.hcl", deployments),
        ["KEY02 a.tfdeploy.hcl:9", "SEC04 a.tfdeploy.hcl:2", "SEC04 a.tfdeploy.hcl:7"]
    );
    let each = "deployment \"dev\" {
  inputs = { db_password = \"WORD-1\" }
}
deployment \"prod\" {
  inputs = { db_password = \"WORD-2\" }
}
";
    assert_eq!(one("a.tfdeploy.hcl", each), ["SEC04 a.tfdeploy.hcl:2", "SEC04 a.tfdeploy.hcl:5"]);
    let embedded = "stack \"inner\" {
  source = \"./inner\"
  inputs = { db_password = \"WORD\" }
}
";
    assert_eq!(one("a.tfcomponent.hcl", embedded), ["SEC04 a.tfcomponent.hcl:3"]);
    // Not taken for Terragrunt's, whose files may hold nothing else.
    assert_eq!(one("a.tfdeploy.hcl", "locals { region = \"eu-west-1\" }\n"), Vec::<String>::new());
}

#[test]
fn tests_sign_in_and_hand_over_values() {
    let text = "provider \"aws\" {
  region     = \"eu-west-1\"
  access_key = \"KEY-ID\"
  secret_key = \"KEY-WORD\"
}
variables {
  name        = \"x\"
  db_password = \"WORD\"
}
run \"plan\" {
  command = plan
  variables {
    api_token = \"WORD-2\"
  }
  assert {
    condition     = aws_s3_bucket.b.bucket == \"x\"
    error_message = \"password = WORD-3\"
  }
}
";
    let at = |code: &str, line: usize| format!("{code} tests/a.tftest.hcl:{line}");
    assert_eq!(
        one("tests/a.tftest.hcl", text),
        [at("KEY03", 3), at("KEY03", 4), at("SEC04", 13), at("SEC04", 8)]
    );
    let mocked = "mock_provider \"aws\" {
  mock_resource \"aws_db_instance\" {
    defaults = { password = \"WORD\" }
  }
}
provider \"aws\" {
  access_key                  = \"mock\"
  secret_key                  = \"test\"
  skip_credentials_validation = true
}
provider \"aws\" {
  alias                       = \"given\"
  access_key                  = var.access_key
  secret_key                  = var.secret_key
  skip_credentials_validation = true
}
override_resource {
  target = aws_db_instance.a
  values = { password = \"WORD\" }
}
variables {
  db_password = \"<password>\"
  secret_name = \"prod/db\"
}
";
    assert_eq!(one("a.tftest.hcl", mocked), Vec::<String>::new());
    let again = "run \"a\" {
  variables {
    db_password = \"WORD-1\"
  }
}
run \"b\" {
  variables {
    db_password = \"WORD-2\"
  }
}
";
    for name in ["a.tftest.hcl", "a.tofutest.hcl"] {
        assert_eq!(one(name, again), [3, 8].map(|line| format!("SEC04 {name}:{line}")));
    }
    assert_eq!(
        one("a.tftest.hcl", &mocked.replace("\"mock\"", "\"KEY-ID\"")),
        ["KEY03 a.tftest.hcl:7"],
        "a key is one whoever looks at it"
    );
}

const PACKER: &str = "packer {
  required_plugins {
    amazon = { version = \">= 1\", source = \"github.com/hashicorp/amazon\" }
  }
}
variable \"from_env\" {
  default = env(\"AWS_SECRET_ACCESS_KEY\")
}
variable \"empty\" {
  default = \"\"
}
variable \"given\" {
  type      = string
  sensitive = true
}
variable \"key\" {
  default = \"KEY-WORD\"
}
source \"amazon-ebs\" \"web\" {
  access_key = \"KEY-ID\"
  secret_key = var.key
  ami_name   = \"x-${formatdate(\"YYYY\", timestamp())}\"
}
source \"amazon-ebs\" \"fine\" {
  access_key = var.empty
  secret_key = var.from_env
}
source \"amazon-ebs\" \"role\" {
  profile = \"build\"
}
source \"amazon-instance\" \"handed\" {
  access_key = var.from_env
  secret_key = var.given
}
source \"docker\" \"other\" {
  access_key = \"x\"
}
data \"amazon-ami\" \"base\" {
  token = \"WORD\"
}
variables {
  db_password = \"WORD-2\"
}
local \"api_token\" {
  expression = \"WORD-3\"
  sensitive  = true
}
build {
  sources = [\"source.amazon-ebs.web\"]
  provisioner \"shell\" {
    inline = [\"echo {{ user `x` }} KEY-ID\"]
  }
  post-processor \"amazon-import\" {
    secret_key = \"KEY-WORD\"
  }
}
";

#[test]
fn packer_signs_in_where_it_works_with_aws() {
    let values = "given = \"WORD-4\"\nname = \"x\"\nuser_token = \"<token>\"\n".to_owned();
    let found = told(&[("a.pkr.hcl", PACKER.to_owned()), ("prod.pkrvars.hcl", values)]);
    let at = |code: &str, line: usize| format!("{code} a.pkr.hcl:{line}");
    assert_eq!(
        found,
        [
            at("KEY02", 51),
            at("KEY03", 17),
            at("KEY03", 20),
            at("KEY03", 33),
            at("KEY03", 39),
            at("KEY03", 54),
            at("SEC04", 42),
            at("SEC04", 45),
            "SEC04 prod.pkrvars.hcl:1".to_owned(),
        ]
    );
    // What a file of values is given to stands beside it.
    let values = "given = \"WORD-4\"\n".to_owned();
    assert_eq!(told(&[("a/a.pkr.hcl", PACKER.to_owned()), ("b/b.pkrvars.hcl", values)]).len(), 8);
}

#[test]
fn findings_say_where_packer_signs_in() {
    let repo = Repo::new();
    let text = format!("source \"amazon-ebs\" \"web\" {{\n  secret_key = \"{}\"\n}}\n", secret_key());
    repo.write("web.pkr.hcl", text);
    insta::assert_snapshot!("packer", repo.run(&["check", "."]).stdout);
    let ran = repo.run(&["fix", "--unsafe-fixes", "."]);
    assert!(!ran.stdout.contains("Terraform"), "{}", ran.stdout);
}

#[test]
fn what_cannot_be_read_is_told_and_comments_except() {
    let repo = Repo::new();
    repo.write("a.tftest.hcl", "provider \"aws\" {\n  access_key = [\n");
    let (code, report) = repo.json(&["."]);
    assert_eq!((code, problems(&report).len()), (2, 1), "{report:#}");
    let repo = Repo::new();
    repo.write(
        "a.pkr.hcl",
        format!("source \"amazon-ebs\" \"a\" {{\n  secret_key = \"{}\" # keyless: ignore[KEY03] it is revoked\n}}\n", secret_key()),
    );
    let (code, report) = repo.json(&["."]);
    assert_eq!((code, findings(&report)), (0, vec![]), "{report:#}");
    assert_eq!(report["suppressed"].as_array().map(Vec::len), Some(1), "{report:#}");
}
