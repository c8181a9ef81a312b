//! No secret in any output: planted in every carrier, echoed wherever something is quoted, searched for in every format.

use crate::harness::{Repo, command};
use crate::lsp::{self, Server};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use keyless::report::{Context, Format, Report, Style, write};
use serde_json::json;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// Files of a carrier, for a secret. All of them lie in a folder of their own.
type Carrier = fn(&str) -> Vec<(&'static str, String)>;

/// A value that is not the same for any two places, in letters and digits that need no escape anywhere.
fn value(seed: usize) -> String {
    const LETTERS: &[u8] = b"abcdefghjkmnpqrstuvwxyzABCDEFGHJKMNPQRSTUVWXYZ23456789";
    let mut state = 0x9e37_79b9_7f4a_7c15_u64.wrapping_mul(seed as u64 + 1);
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        LETTERS[(state >> 33) as usize % LETTERS.len()] as char
    };
    let letters: String = (0..16).map(|_| next()).collect();
    format!("Q{letters}7")
}

fn halves(secret: &str) -> (&str, &str) {
    let middle = (0..=secret.len() / 2).rev().find(|at| secret.is_char_boundary(*at)).unwrap();
    secret.split_at(middle)
}

fn db(password: &str) -> String {
    format!("resource \"aws_db_instance\" \"a\" {{\n  password = {password}\n}}\n")
}

/// Lines right above one that is told.
fn beside(lines: &str) -> String {
    format!(
        "resource \"aws_instance\" \"w\" {{\n  metadata_options {{\n{lines}    http_tokens = \"optional\"\n  }}\n}}\n"
    )
}

fn tf(text: String) -> Vec<(&'static str, String)> {
    vec![("main.tf", text)]
}

fn cfn(text: &str) -> Vec<(&'static str, String)> {
    vec![("template.yaml", format!("AWSTemplateFormatVersion: '2010-09-09'\n{text}"))]
}

fn cfn_db(password: &str) -> Vec<(&'static str, String)> {
    cfn(&format!(
        "Resources:\n  Db:\n    Type: AWS::RDS::DBInstance\n    Properties:\n      MasterUserPassword: {password}\n"
    ))
}

fn gzip(text: &str) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(text.as_bytes()).unwrap();
    encoder.finish().unwrap()
}

/// Carriers of a value that is a secret because of where it goes.
const CARRIERS: &[(&str, Carrier)] = &[
    ("plain", |s| tf(db(&format!("\"{s}\" # {s}")))),
    ("local-halves", |s| {
        let (a, b) = halves(s);
        tf(format!("locals {{\n  a = \"{a}\"\n  b = \"{b}\"\n}}\n{}", db("\"${local.a}${local.b}\"")))
    }),
    ("format", |s| {
        let (a, b) = halves(s);
        tf(db(&format!("format(\"%s%s\", \"{a}\", \"{b}\")")))
    }),
    ("join", |s| {
        let (a, b) = halves(s);
        tf(db(&format!("join(\"\", [\"{a}\", \"{b}\"])")))
    }),
    ("replace", |s| tf(db(&format!("replace(\"{s}\", \"zzz\", \"\")")))),
    ("replaced", |s| {
        let (a, b) = halves(s);
        tf(db(&format!("replace(\"{a}@@{b}\", \"@@\", \"\")")))
    }),
    ("substr", |s| tf(db(&format!("substr(\"xx{s}yy\", 2, {})", s.len())))),
    ("trim", |s| tf(db(&format!("trimspace(\"  {s}  \")")))),
    ("reversed", |s| {
        let back: String = s.chars().rev().collect();
        tf(db(&format!("strrev(\"{back}\")")))
    }),
    ("heredoc", |s| {
        tf(format!("resource \"aws_db_instance\" \"a\" {{\n  password = <<-EOT\n    {s}\n  EOT\n}}\n"))
    }),
    ("jsonencode", |s| {
        tf(format!(
            "resource \"aws_secretsmanager_secret_version\" \"a\" {{\n  secret_string = jsonencode({{ password = \"{s}\" }})\n}}\n"
        ))
    }),
    ("json-in-string", |s| {
        tf(format!(
            "resource \"aws_secretsmanager_secret_version\" \"a\" {{\n  secret_string = \"{{\\\"password\\\":\\\"{s}\\\"}}\"\n}}\n"
        ))
    }),
    ("templatefile", |s| {
        vec![
            (
                "main.tf",
                format!(
                    "resource \"aws_instance\" \"a\" {{\n  user_data = templatefile(\"${{path.module}}/run.sh\", {{ p = \"{s}\" }})\n}}\n"
                ),
            ),
            ("run.sh", "#!/bin/sh\nexport DB_PASSWORD=${p}\n".to_owned()),
        ]
    }),
    ("in-a-template-file", |s| {
        vec![
            (
                "main.tf",
                "resource \"aws_instance\" \"a\" {\n  user_data = file(\"${path.module}/run.sh\")\n}\n"
                    .to_owned(),
            ),
            ("run.sh", format!("#!/bin/sh\nexport DB_PASSWORD={s}\n")),
        ]
    }),
    ("password-file", |s| {
        vec![("main.tf", db("trimspace(file(\"${path.module}/p.txt\"))")), ("p.txt", format!("{s}\n"))]
    }),
    ("default", |s| tf(format!("variable \"p\" {{\n  default = \"{s}\"\n}}\n{}", db("var.p")))),
    ("tfvars", |s| {
        vec![
            ("main.tf", format!("variable \"p\" {{}}\n{}", db("var.p"))),
            ("terraform.tfvars", format!("p = \"{s}\"\n")),
        ]
    }),
    ("named-only", |s| tf(format!("variable \"db_password\" {{\n  default = \"{s}\"\n}}\n"))),
    ("local-named", |s| tf(format!("locals {{\n  app = {{ api_token = \"{s}\" }}\n}}\n"))),
    ("module", |s| {
        vec![
            ("main.tf", format!("module \"m\" {{\n  source = \"./m\"\n  p      = \"{s}\"\n}}\n")),
            ("m/main.tf", format!("variable \"p\" {{}}\n{}", db("var.p"))),
        ]
    }),
    ("module-key", |s| {
        vec![
            (
                "main.tf",
                format!(
                    "module \"m\" {{\n  for_each = toset([\"{s}\"])\n  source   = \"./m\"\n  p        = each.key\n}}\n"
                ),
            ),
            ("m/main.tf", format!("variable \"p\" {{}}\n{}", db("var.p"))),
        ]
    }),
    ("for-each-key", |s| {
        tf(format!(
            "resource \"aws_db_instance\" \"a\" {{\n  for_each = toset([\"{s}\"])\n  password = each.key\n}}\n"
        ))
    }),
    ("for-each-map-key", |s| {
        tf(format!(
            "resource \"aws_db_instance\" \"a\" {{\n  for_each = {{ \"{s}\" = {{}} }}\n  password = each.key\n}}\n"
        ))
    }),
    ("hcl-escapes", |s| {
        let escaped: String = s.chars().map(|c| format!("\\u{:04x}", u32::from(c))).collect();
        tf(db(&format!("\"{escaped}\"")))
    }),
    ("base64decode", |s| tf(db(&format!("base64decode(\"{}\")", STANDARD.encode(s))))),
    ("base64-user-data", |s| {
        let script = format!("#!/bin/sh\nexport DB_PASSWORD={s}\n");
        tf(format!(
            "resource \"aws_instance\" \"a\" {{\n  user_data_base64 = \"{}\"\n}}\n",
            STANDARD.encode(script)
        ))
    }),
    ("gzip-user-data", |s| {
        let script = format!("#!/bin/sh\nexport DB_PASSWORD={s}\n");
        tf(format!(
            "resource \"aws_instance\" \"a\" {{\n  user_data_base64 = \"{}\"\n}}\n",
            STANDARD.encode(gzip(&script))
        ))
    }),
    ("base64encode", |s| {
        tf(format!(
            "resource \"aws_instance\" \"a\" {{\n  user_data_base64 = base64encode(\"#!/bin/sh\\nexport DB_PASSWORD={s}\\n\")\n}}\n"
        ))
    }),
    ("environment", |s| {
        tf(format!(
            "resource \"aws_lambda_function\" \"a\" {{\n  environment {{\n    variables = {{ DB_PASSWORD = \"{s}\" }}\n  }}\n}}\n"
        ))
    }),
    ("container-definitions", |s| {
        tf(format!(
            "resource \"aws_ecs_task_definition\" \"a\" {{\n  container_definitions = jsonencode([{{ name = \"x\", environment = [{{ name = \"DB_PASSWORD\", value = \"{s}\" }}] }}])\n}}\n"
        ))
    }),
    ("condition", |s| {
        tf(format!("variable \"on\" {{ type = bool }}\n{}", db(&format!("var.on ? \"{s}\" : null"))))
    }),
    ("count-off", |s| {
        tf(format!(
            "resource \"aws_db_instance\" \"a\" {{\n  count    = 0\n  password = \"{s}\"\n}}\n{}resource \"other_db\" \"a\" {{\n  password = \"{s}\"\n}}\n",
            crate::harness::VIOLATION
        ))
    }),
    ("url", |s| {
        tf(format!(
            "resource \"aws_lambda_function\" \"a\" {{\n  environment {{\n    variables = {{ DB = \"postgres://app:{s}@db.acme.io/x\" }}\n  }}\n}}\n"
        ))
    }),
    ("url-built", |s| {
        tf(format!(
            "locals {{\n  p = \"{s}\"\n}}\nresource \"aws_lambda_function\" \"a\" {{\n  environment {{\n    variables = {{ DB = \"postgres://app:${{local.p}}@db.acme.io/x\" }}\n  }}\n}}\n"
        ))
    }),
    ("provider", |s| {
        tf(format!("provider \"aws\" {{\n  secret_key = \"{s}\"\n  token      = \"{s}\"\n}}\n"))
    }),
    ("backend", |s| tf(format!("terraform {{\n  backend \"s3\" {{\n    secret_key = \"{s}\"\n  }}\n}}\n"))),
    ("tf-json", |s| {
        vec![(
            "main.tf.json",
            format!("{{\"resource\":{{\"aws_db_instance\":{{\"a\":{{\"password\":\"{s}\"}}}}}}}}"),
        )]
    }),
    ("set-twice", |s| {
        tf(format!(
            "resource \"aws_db_instance\" \"a\" {{\n  password = \"{s}\"\n  password = \"{s}2\"\n}}\n"
        ))
    }),
    ("cut-off", |s| {
        tf(format!(
            "{}resource \"aws_db_instance\" \"b\" {{\n  password = \"{s}\n}}\n",
            db(&format!("\"{s}\""))
        ))
    }),
    ("cfn-plain", |s| cfn_db(&format!("{s} # {s}"))),
    ("cfn-quoted", |s| cfn_db(&format!("'{s}'"))),
    ("cfn-hex-escapes", |s| {
        let escaped: String = s.chars().map(|c| format!("\\x{:02x}", u32::from(c))).collect();
        cfn_db(&format!("\"{escaped}\""))
    }),
    ("cfn-folded", |s| {
        let (a, b) = halves(s);
        cfn_db(&format!("\"{a}\\\n        {b}\""))
    }),
    ("cfn-literal", |s| cfn_db(&format!("|-\n        {s}"))),
    ("cfn-folded-block", |s| cfn_db(&format!(">-\n        {s}"))),
    ("cfn-join", |s| {
        let (a, b) = halves(s);
        cfn_db(&format!("!Join ['', [{a}, {b}]]"))
    }),
    ("cfn-sub", |s| {
        let (a, b) = halves(s);
        cfn_db(&format!("!Sub ['{a}${{X}}', {{X: {b}}}]"))
    }),
    ("cfn-select", |s| cfn_db(&format!("!Select [1, !Split [',', 'x,{s},y']]"))),
    ("cfn-default", |s| {
        cfn(&format!(
            "Parameters:\n  P: {{Type: String, NoEcho: true, Default: {s}}}\nResources:\n  Db:\n    Type: AWS::RDS::DBInstance\n    Properties:\n      MasterUserPassword: !Ref P\n"
        ))
    }),
    ("cfn-condition", |s| {
        cfn(&format!(
            "Parameters:\n  P: {{Type: String, NoEcho: true, Default: {s}}}\nConditions:\n  C: !Equals [!Ref P, {s}]\nResources:\n  Db:\n    Type: AWS::RDS::DBInstance\n    Properties:\n      MasterUserPassword: !Ref P\n  Web:\n    Type: AWS::EC2::Instance\n    Properties:\n      IamInstanceProfile: !If [C, !Ref AWS::NoValue, web]\n      MetadataOptions: {{HttpTokens: optional}}\n"
        ))
    }),
    ("cfn-allowed", |s| {
        cfn(&format!(
            "Parameters:\n  P: {{Type: String, NoEcho: true, Default: {s}, AllowedValues: [{s}, {s}2]}}\nConditions:\n  C: !Equals [!Ref P, {s}]\nResources:\n  Db:\n    Type: AWS::RDS::DBInstance\n    Properties:\n      MasterUserPassword: !Ref P\n  Web:\n    Type: AWS::EC2::Instance\n    Properties:\n      IamInstanceProfile: !If [C, !Ref AWS::NoValue, web]\n      MetadataOptions: {{HttpTokens: optional}}\n"
        ))
    }),
    ("cfn-mapping", |s| {
        cfn(&format!(
            "Mappings:\n  M: {{a: {{Password: {s}}}}}\nResources:\n  Db:\n    Type: AWS::RDS::DBInstance\n    Properties:\n      MasterUserPassword: !FindInMap [M, a, Password]\n"
        ))
    }),
    ("cfn-mapping-key", |s| {
        cfn(&format!(
            "Mappings:\n  M: {{a: {{Password: {s}}}, {s}: {{Password: x}}}}\nResources:\n  Db:\n    Type: AWS::RDS::DBInstance\n    Properties:\n      MasterUserPassword: !FindInMap [M, a, Password]\n"
        ))
    }),
    ("cfn-user-data", |s| {
        cfn(&format!(
            "Resources:\n  Web:\n    Type: AWS::EC2::Instance\n    Properties:\n      UserData:\n        Fn::Base64: |\n          #!/bin/sh\n          export DB_PASSWORD={s}\n"
        ))
    }),
    ("cfn-duplicate-key", |s| {
        cfn(&format!(
            "Resources:\n  Db:\n    Type: AWS::RDS::DBInstance\n    Properties:\n      MasterUserPassword: {s}\n      {s}: 1\n      {s}: 2\n"
        ))
    }),
    ("cfn-broken", |s| {
        cfn(&format!(
            "Resources:\n  Db:\n    Type: AWS::RDS::DBInstance\n    Properties:\n      MasterUserPassword: {s}\n      Broken: [{s}\n"
        ))
    }),
    ("cfn-json", |s| {
        vec![(
            "template.json",
            format!(
                "{{\"AWSTemplateFormatVersion\":\"2010-09-09\",\"Resources\":{{\"Db\":{{\"Type\":\"AWS::RDS::DBInstance\",\"Properties\":{{\"MasterUserPassword\":\"{s}\"}}}}}}}}"
            ),
        )]
    }),
    ("cfn-output", |s| {
        cfn(&format!(
            "Resources: {{}}\nOutputs:\n  DbPassword:\n    Value: {s}\n    Description: it is {s}\n"
        ))
    }),
    ("samconfig", |s| {
        vec![
            (
                "template.yaml",
                "Transform: AWS::Serverless-2016-10-31\nParameters:\n  DbPassword: {Type: String, NoEcho: true}\nResources:\n  Db:\n    Type: AWS::RDS::DBInstance\n    Properties:\n      MasterUserPassword: !Ref DbPassword\n"
                    .to_owned(),
            ),
            (
                "samconfig.toml",
                format!(
                    "version = 0.1\n[default.deploy.parameters]\nparameter_overrides = \"DbPassword={s}\"\n"
                ),
            ),
        ]
    }),
    ("state", |s| {
        vec![(
            "terraform.tfstate",
            format!(
                "{{\"version\": 4, \"serial\": 1, \"lineage\": \"x\", \"resources\": [{{\"mode\": \"managed\", \"type\": \"aws_db_instance\", \"name\": \"a\", \"instances\": [{{\"index_key\": \"{s}\", \"attributes\": {{\"password\": \"{s}\", \"identifier\": \"{s}\"}}}}]}}]}}"
            ),
        )]
    }),
    ("cdk", |s| {
        vec![
            (
                "cdk.out/manifest.json",
                r#"{"version":"36.0.0","artifacts":{"S":{"type":"aws:cloudformation:stack","properties":{"templateFile":"S.json"}}}}"#
                    .to_owned(),
            ),
            (
                "cdk.out/S.json",
                format!(
                    r#"{{"Resources":{{"Db":{{"Type":"AWS::RDS::DBInstance","Properties":{{"MasterUserPassword":"{s}"}},"Metadata":{{"aws:cdk:path":"S/{s}/Db"}}}}}}}}"#
                ),
            ),
        ]
    }),
    ("plan", |s| {
        vec![(
            "plan.json",
            format!(
                r#"{{"format_version":"1.2","terraform_version":"1.9.0","variables":{{"p":{{"value":"{s}"}}}},"planned_values":{{"root_module":{{"resources":[{{"address":"aws_db_instance.a","mode":"managed","type":"aws_db_instance","name":"a","provider_name":"registry.terraform.io/hashicorp/aws","schema_version":1,"values":{{"password":"{s}"}},"sensitive_values":{{"password":true}}}}]}}}},"resource_changes":[{{"address":"aws_db_instance.a","mode":"managed","type":"aws_db_instance","name":"a","provider_name":"registry.terraform.io/hashicorp/aws","change":{{"actions":["create"],"before":null,"after":{{"password":"{s}"}},"after_unknown":{{}},"before_sensitive":false,"after_sensitive":{{"password":true}}}}}}],"configuration":{{"root_module":{{"resources":[{{"address":"aws_db_instance.a","mode":"managed","type":"aws_db_instance","name":"a","provider_config_key":"aws","expressions":{{"password":{{"constant_value":"{s}"}}}},"schema_version":1}}]}}}}}}"#
            ),
        )]
    }),
    ("comments", |s| {
        tf(beside(&format!("    # master_password = \"{s}\"\n    // admin password: {s}\n    # pw: {s}\n")))
    }),
    ("comment-lines", |s| tf(beside(&format!("    /*\n    password = \"{s}\"\n    */\n")))),
    ("yaml-comment", |s| {
        cfn(&format!(
            "Resources:\n  A:\n    Type: AWS::EC2::Instance\n    Properties:\n      # MasterUserPassword: \"{s}\"\n      MetadataOptions: {{HttpTokens: optional}}\n"
        ))
    }),
    ("quote-in-password", |s| tf(format!("{}{}", db(&format!("\"Hx7k\"{s}\"")), beside("")))),
    ("never-made", |s| {
        tf(format!(
            "resource \"aws_db_instance\" \"a\" {{\n  count = 0\n  password = coalesce(var.x, \"{s}\")\n}}\n{}",
            beside("")
        ))
    }),
    ("chosen", |s| {
        tf(beside(&format!("    tags = {{\n      password = var.x == \"\" ? \"{s}\" : var.x\n    }}\n")))
    }),
    ("shell-pieces", |s| vec![("app.env", format!("DB_PASSWORD='Hx7k'\"{s}\"\n")), ("main.tf", beside(""))]),
    ("terragrunt", |s| {
        vec![(
            "terragrunt.hcl",
            format!("terraform {{\n  source = \"../m\"\n}}\ninputs = {{\n  db_password = \"{s}\"\n}}\n"),
        )]
    }),
];

/// Carriers that are never judged, or not to their end: what stands there is known by its name alone, and not elsewhere.
const UNJUDGED: [&str; 10] = [
    "shell-pieces",
    "count-off",
    "cfn-broken",
    "cut-off",
    "comments",
    "comment-lines",
    "yaml-comment",
    "quote-in-password",
    "never-made",
    "chosen",
];

/// Carriers that hold two halves of the value.
const SPLIT: [&str; 5] = ["local-halves", "format", "join", "cfn-join", "cfn-sub"];

/// Where something is quoted: a comment on the line of a finding, an address, a name of a folder, a description.
fn echo(secret: &str, split: bool) -> Vec<(String, String)> {
    let encoded = |lead: &str| STANDARD.encode(format!("{lead}{secret}"));
    let mut all = vec![
        secret.to_owned(),
        format!("x{secret}y"),
        encoded(""),
        encoded("a:"),
        encoded("ab:"),
        secret.chars().map(|c| format!("%{:02X}", u32::from(c))).collect(),
        secret.chars().map(|c| format!("\\u{:04x}", u32::from(c))).collect(),
    ];
    if split {
        all.extend([halves(secret).0.to_owned(), halves(secret).1.to_owned()]);
    }
    let mut tf = String::new();
    for (at, form) in all.iter().enumerate() {
        writeln!(
            tf,
            "# keyless: ignore[EC201,{form}] {form} is why\n# keyless: ignore[{form}] until={form}\n#checkov:skip=CKV_AWS_79: {form}\n\
             resource \"aws_instance\" \"x{at}\" {{ # tfsec:ignore:{form} keyless: ignore[IMDS02] {form}\n}}"
        )
        .unwrap();
        writeln!(
            tf,
            "# {form}\nresource \"aws_instance\" \"e{at}\" {{ # {form}\n  for_each             = toset([\"{form}\"])\n  iam_instance_profile = \"{form}\"\n  metadata_options {{\n    http_tokens = \"optional\" # {form}\n  }} # {form}\n}}\nmodule \"gone{at}\" {{\n  source = \"git::https://acme.io/{form}.git\"\n}}\n"
        )
        .unwrap();
    }
    let web = format!(
        "AWSTemplateFormatVersion: '2010-09-09'\nResources:\n  X{secret}:\n    Type: AWS::EC2::Instance # {secret}\n    Metadata: {{'aws:cdk:path': 'S/{secret}/W'}}\n    Properties:\n      MetadataOptions: {{HttpTokens: optional}} # {secret}\n"
    );
    vec![
        ("echo/main.tf".to_owned(), tf),
        (format!("{secret}/main.tf"), crate::harness::VIOLATION.to_owned()),
        ("echo.yaml".to_owned(), web),
    ]
}

/// What must not be printed of a secret: no part of it, and no encoding.
fn forms(secret: &str) -> Vec<String> {
    let letters: Vec<char> = secret.chars().collect();
    let width = (letters.len() / 2).max(6).min(letters.len());
    let mut all: Vec<String> = letters.windows(width).map(|part| part.iter().collect()).collect();
    for lead in 0..3 {
        let padded = [vec![b'?'; lead], secret.as_bytes().to_vec()].concat();
        let (first, last) = ((lead * 8).div_ceil(6), padded.len() * 8 / 6);
        for encoded in [STANDARD_NO_PAD.encode(&padded), URL_SAFE_NO_PAD.encode(&padded)] {
            all.push(encoded[first..last].to_owned());
        }
    }
    let percent = |c: char| format!("%{:02X}", u32::from(c));
    all.push(letters.iter().take(width).copied().map(percent).collect());
    all.push(letters.iter().take(width).map(|c| format!("\\u{:04x}", u32::from(*c))).collect());
    all
}

/// Each carrier with a secret of its own.
fn planted(repo: &Repo, seed: usize) -> BTreeMap<String, String> {
    let mut secrets = BTreeMap::new();
    for (at, (name, carrier)) in CARRIERS.iter().enumerate() {
        let secret = value(seed + at);
        for (path, content) in carrier(&secret) {
            repo.write(&format!("{name}/{path}"), content);
        }
        let echoed = if UNJUDGED.contains(name) { Vec::new() } else { echo(&secret, SPLIT.contains(name)) };
        for (path, content) in echoed {
            repo.write(&format!("{name}/{path}"), content);
        }
        secrets.insert((*name).to_owned(), secret);
    }
    secrets
}

fn leaks(secrets: &BTreeMap<String, String>, printed: &str, what: &str, found: &mut Vec<String>) {
    let mut forms: Vec<(&String, &String, String)> = Vec::new();
    for (name, secret) in secrets {
        forms.extend(self::forms(secret).into_iter().map(|form| (name, secret, form)));
    }
    let search = aho_corasick::AhoCorasick::new(forms.iter().map(|(.., form)| form)).unwrap();
    let mut told = std::collections::BTreeSet::new();
    for hit in search.find_overlapping_iter(printed) {
        let (name, secret, form) = &forms[hit.pattern().as_usize()];
        if told.insert(name.as_str()) {
            let start = printed[..hit.start()].rfind('\n').map_or(0, |at| at + 1);
            let line = printed[start..].lines().next().unwrap_or("");
            found.push(format!("{name} ({secret}): {what} prints {form}: {line}"));
        }
    }
}

const POLICY: &str = "# id: ORG01\n# title: passwords are none of ours\n# input: terraform\n\n\
    let all = resource_changes[ type == 'aws_db_instance' ]\n\
    rule own when %all !empty {\n    %all.change.after.password not exists <<there is a password>>\n    \
    %all.change.after.password != /[A-Z]/\n}\n";
const TEMPLATES: &str = "# id: ORG02\n# title: no passwords\n# input: cloudformation\n\n\
    let all = Resources.*[ Type == 'AWS::RDS::DBInstance' ]\n\
    rule own_too when %all !empty {\n    %all.Properties.MasterUserPassword != /[A-Z]/\n}\n";

/// Every command, with what has it say the most; `OWN` is a folder of rules, `REPORT` the JSON of a check, and
/// `SOME` are a few carriers, since each fix is tried. Formats of `check` are tried besides, and `lsp` below.
const COMMANDS: &[&[&str]] = &[
    &["check", "--strict", "--policy", "OWN"],
    &["check", "--strict", "--changed-since", "main"],
    &["check", "--strict", "--history"],
    &["check", "--strict", "--format", "json", "--policy", "OWN", "--threads", "1"],
    &["exceptions"],
    &["exceptions", "--strict", "--format", "json"],
    &["exceptions", "--strict", "--import"],
    &["exceptions", "--strict", "--import", "--format", "json"],
    &["facts"],
    &["fix", "--unsafe-fixes", "SOME"],
    &["config"],
    &["explain", "SEC01"],
    &["policies", "--policy", "OWN"],
    &["merge", "REPORT"],
    &["merge", "REPORT", "--format", "html"],
    &["completions", "bash"],
    &["man"],
    &["plan", "--strict", "--", "terraform", "plan"],
    &["baseline", "--strict"],
    &["baseline", "--strict", "--include-secrets", "--reason", "known"],
    &["check", "--strict"],
];

/// Has programs that look for it say more: of this none is known to keyless.
const LOUD: [(&str, &str); 8] = [
    ("CLICOLOR_FORCE", "1"),
    ("RUST_LOG", "trace"),
    ("KEYLESS_LOG", "trace"),
    ("RUST_BACKTRACE", "full"),
    ("RUST_LIB_BACKTRACE", "full"),
    ("DEBUG", "*"),
    ("CLAP_DEBUG", "1"),
    ("MIMALLOC_VERBOSE", "1"),
];

#[test]
fn every_command_is_searched_for_secrets() {
    let help = crate::harness::run_in(Path::new("."), &["--help"]).stdout;
    let known: Vec<&str> = crate::harness::commands(&help).filter(|command| *command != "lsp").collect();
    let unsearched = known.iter().find(|known| !COMMANDS.iter().any(|searched| searched[0] == **known));
    assert!(known.len() > 10 && unsearched.is_none(), "{unsearched:?}: add a line to COMMANDS");
}

#[test]
fn no_carrier_gives_its_secret_to_any_output() {
    let repo = Repo::new();
    let secrets = planted(&repo, 1);
    let rules = Repo::new();
    rules.write("own/a.guard", POLICY);
    rules.write("own/b.guard", TEMPLATES);
    let (own, kept) = (rules.path().join("own"), rules.path().join("report.json"));
    let mut found = Vec::new();
    let mut printed = String::new();
    for (format, text) in crate::harness::every_format(repo.path(), &["--strict"]).1 {
        leaks(&secrets, &text, &format!("check --format {format}"), &mut found);
        if format == "json" {
            fs::write(&kept, text).unwrap();
        }
    }
    for arguments in COMMANDS {
        let arguments: Vec<&str> = arguments
            .iter()
            .flat_map(|argument| match *argument {
                "OWN" => vec![own.to_str().unwrap()],
                "REPORT" => vec![kept.to_str().unwrap()],
                "SOME" => CARRIERS.iter().step_by(9).map(|(name, _)| *name).collect(),
                other => vec![other],
            })
            .collect();
        let out = command(repo.path(), &arguments).envs(LOUD).output().unwrap();
        for stream in [&out.stdout, &out.stderr] {
            let text = String::from_utf8(stream.clone()).unwrap();
            leaks(&secrets, &text, &arguments.join(" "), &mut found);
            printed.push_str(&text);
        }
    }
    if let Ok(accepted) = std::fs::read_to_string(repo.path().join("keyless-baseline.json")) {
        leaks(&secrets, &accepted, "the baseline", &mut found);
    }
    assert!(found.is_empty(), "{} leaks:\n{}", found.len(), found.join("\n"));
    let mut judged = CARRIERS.iter().filter(|(name, _)| !UNJUDGED.contains(name));
    let unseen: Vec<_> = judged.by_ref().filter(|(name, _)| !printed.contains(&format!("{name}/"))).collect();
    assert!(
        unseen.is_empty(),
        "nothing is said of {:?}",
        unseen.iter().map(|(name, _)| name).collect::<Vec<_>>()
    );
}

/// What a shell's history or a CI's log may have been given by mistake: a flag that is none, a value where a path belongs.
#[test]
fn a_secret_on_a_mistyped_command_line_is_not_echoed() {
    let repo = Repo::with_violation();
    let secret = value(77);
    let given = format!("db_password={secret}");
    let address = format!("https://deploy:{secret}@git.acme.io/x");
    let lines: &[&[&str]] = &[
        &[&given],
        &["check", &given],
        &["check", "--vra", &given],
        &["check", "-var", &given],
        &["check", "--var", &given],
        &["check", "--var-file", &given],
        &["check", "--parameters", &given],
        &["check", "--threads", &given],
        &["check", "--strict", &format!("--no-config={given}"), "."],
        &["check", "--format", &given],
        &["check", "--select", &given],
        &["check", "--exclude", &given, "--config", &given],
        &["check", "--changed-since", &given],
        &["check", "--baseline", &given],
        &["check", "--policy", &given],
        &["check", &address],
        &["check", "--source", &address],
        &["fix", &given],
        &["facts", &given],
        &["baseline", &given],
        &["config", &given],
        &["merge", &given],
        &["explain", &given],
        &["exceptions", &given],
        &["policies", &given],
        &["policies", "test", &given],
        &["completions", &given],
        &["man", &given],
        &["plan", "--", &given],
        &["plan", "--", "gone", "-var", &given],
        &["lsp", &given],
    ];
    for line in lines {
        let out = command(repo.path(), line).envs(LOUD).output().unwrap();
        for stream in [out.stdout, out.stderr] {
            let text = String::from_utf8(stream).unwrap();
            assert!(!text.contains(&secret), "{line:?}: {text}");
        }
    }
    // What is no secret is told, so that it can be mended.
    let ran = repo.run(&["check", "--formt", "json"]);
    assert!(ran.stderr.contains("--formt"), "{ran:?}");
    let ran = repo.run(&["chekc", "year=2024"]);
    assert!(ran.stderr.contains("chekc"), "{ran:?}");
    let ran = repo.run(&["facts", "year=2024"]);
    assert!(ran.stderr.contains("year=2024"), "{ran:?}");
}

/// The files of a tree that hold text, but for git's.
fn texts(folder: &Path, found: &mut Vec<(PathBuf, String)>) {
    let mut entries: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            if !path.ends_with(".git") {
                texts(&path, found);
            }
        } else if let Ok(text) = fs::read_to_string(&path) {
            found.push((path, text));
        }
    }
}

#[test]
fn no_carrier_gives_its_secret_to_an_editor() {
    let repo = Repo::new();
    let secrets = planted(&repo, 5);
    let root = fs::canonicalize(repo.path()).unwrap();
    let mut files = Vec::new();
    texts(&root, &mut files);
    // Who opens a file by a name that is a secret has said it; of those that are not open nothing is told.
    files.retain(|(path, _)| !secrets.values().any(|secret| path.to_string_lossy().contains(secret)));
    let mut server = Server::start(&root, "utf-8");
    server.tell(
        "workspace/didChangeConfiguration",
        json!({"settings": {"keyless": {"strict": true, "suppressed": true}}}),
    );
    let mut found = 0;
    // Every text takes seconds in a debug build; `KEYLESS_EVERY=1` takes all of them.
    let every = std::env::var("KEYLESS_EVERY").ok().and_then(|every| every.parse().ok()).unwrap_or(16);
    for (path, text) in files.iter().step_by(every) {
        let uri = lsp::uri(path);
        server.open(&uri, text);
        found += server.pull(&uri).len();
        let document = json!({"uri": uri});
        // The values of a line, which stand behind its names.
        for (line, content) in text.lines().enumerate().take(15) {
            let end = content.rfind(|letter: char| letter.is_alphanumeric());
            let at = |character| json!({"textDocument": document, "position": {"line": line, "character": character}});
            if let Some(end) = end {
                server.ask("textDocument/hover", at(end));
                server.ask("textDocument/hover", at(end / 2));
            }
        }
        let everything = json!({"start": {"line": 0, "character": 0}, "end": {"line": 9999, "character": 0}});
        let actions = json!({"textDocument": document, "range": everything, "context": {"diagnostics": []}});
        server.ask("textDocument/codeAction", actions);
        // As it is while somebody types.
        let end = json!({"start": {"line": 9999, "character": 0}, "end": {"line": 9999, "character": 0}});
        let changes = json!([{"range": end, "text": "\n\"{{ <<EOT"}]);
        let document = json!({"uri": uri, "version": 2});
        server.tell("textDocument/didChange", json!({"textDocument": document, "contentChanges": changes}));
        server.pull(&uri);
        server.tell("textDocument/didClose", json!({"textDocument": {"uri": uri}}));
    }
    assert!(found > files.len() / every / 4, "{found} of {}", files.len());
    let mut leaked = Vec::new();
    leaks(&secrets, &server.stop(), "the editor", &mut leaked);
    assert!(leaked.is_empty(), "{} leaks:\n{}", leaked.len(), leaked.join("\n"));
}

/// Numbers that are the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 20) as usize % sides
    }

    fn text(&mut self, letters: &str, length: usize) -> String {
        let letters: Vec<char> = letters.chars().collect();
        (0..length).map(|_| letters[self.roll(letters.len())]).collect()
    }
}

const ALNUM: &str = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

/// Secrets of every kind: by their form, and nameless ones with whatever has to be escaped somewhere.
fn any_secret(dice: &mut Dice) -> String {
    match dice.roll(9) {
        0 => format!("AKIA{}", dice.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 16)),
        1 => dice.text(&format!("{ALNUM}/+"), 40),
        2 => format!("glpat-{}", dice.text(ALNUM, 20)),
        3 => {
            let header = URL_SAFE_NO_PAD.encode(r#"{"alg":"HS256","typ":"JWT"}"#);
            let body = URL_SAFE_NO_PAD.encode(format!(r#"{{"sub":"{}"}}"#, dice.text(ALNUM, 12)));
            format!("{header}.{body}.{}", dice.text(ALNUM, 43))
        }
        4 => {
            let begin = |word: &str| format!("-----{word} RSA PRIVATE KEY-----");
            let lines: Vec<String> = (0..3).map(|_| dice.text(&format!("{ALNUM}/+"), 64)).collect();
            format!("{}\n{}\n{}\n", begin("BEGIN"), lines.join("\n"), begin("END"))
        }
        5 => format!("postgres://app:{}@db.acme.io:5432/x", dice.text(ALNUM, 14)),
        6 => format!("{}7Q", dice.text("abcdefghjk", 3)),
        _ => {
            let length = 10 + dice.roll(14);
            format!("{}9Z", dice.text(&format!("{ALNUM}\"\\'/+<>&#:;,!?=%@$ü€[](){{}}~^*-_. "), length))
                .trim()
                .to_owned()
        }
    }
}

fn json(text: &str) -> String {
    serde_json::to_string(text).unwrap()
}

fn hcl(text: &str) -> String {
    json(text).replace("${", "$${").replace("%{", "%%{")
}

/// Ways to write any text down where it becomes a password.
const WAYS: &[(&str, Carrier)] = &[
    ("main.tf", |s| vec![("main.tf", db(&hcl(s)))]),
    ("main.tf", |s| vec![("main.tf", db(&format!("jsondecode({})", hcl(&json(s)))))]),
    ("main.tf", |s| vec![("main.tf", db(&format!("base64decode(\"{}\")", STANDARD.encode(s))))]),
    ("main.tf", |s| {
        let (a, b) = halves(s);
        vec![("main.tf", db(&format!("join(\"\", [{}, {}])", hcl(a), hcl(b))))]
    }),
    ("main.tf", |s| {
        vec![(
            "main.tf",
            format!(
                "resource \"aws_secretsmanager_secret_version\" \"a\" {{\n  secret_string = jsonencode({{ password = {} }})\n}}\n",
                hcl(s)
            ),
        )]
    }),
    ("main.tf", |s| {
        vec![(
            "main.tf",
            format!(
                "resource \"aws_secretsmanager_secret_version\" \"a\" {{\n  secret_string = {}\n}}\n",
                hcl(&format!("{{\"password\": {}}}", json(s)))
            ),
        )]
    }),
    ("main.tf", |s| {
        vec![("main.tf", db("var.p")), ("v.tf", format!("variable \"p\" {{\n  default = {}\n}}\n", hcl(s)))]
    }),
    ("p.auto.tfvars", |s| {
        vec![
            ("main.tf", format!("variable \"p\" {{}}\n{}", db("var.p"))),
            ("p.auto.tfvars", format!("p = {}\n", hcl(s))),
        ]
    }),
    ("p.auto.tfvars.json", |s| {
        let escaped: String = s.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect();
        vec![
            ("main.tf", format!("variable \"p\" {{}}\n{}", db("var.p"))),
            ("p.auto.tfvars.json", format!("{{\"p\": \"{escaped}\"}}")),
        ]
    }),
    ("main.tf.json", |s| {
        let text = json(s).replace("${", "$${").replace("%{", "%%{").replace('/', "\\/");
        vec![(
            "main.tf.json",
            format!("{{\"resource\":{{\"aws_db_instance\":{{\"a\":{{\"password\":{text}}}}}}}}}"),
        )]
    }),
    ("template.yaml", |s| cfn_db(&format!("'{}'", s.replace('\'', "''").replace('\n', "\n\n        ")))),
    ("template.yaml", |s| cfn_db(&json(s))),
    ("template.yaml", |s| {
        let escaped: String = s.chars().map(|c| format!("\\U{:08x}", u32::from(c))).collect();
        cfn_db(&format!("\"{escaped}\""))
    }),
    ("template.yaml", |s| cfn_db(&format!("|-\n        {}", s.replace('\n', "\n        ")))),
    ("template.json", |s| {
        vec![(
            "template.json",
            format!(
                "{{\"AWSTemplateFormatVersion\":\"2010-09-09\",\"Resources\":{{\"Db\":{{\"Type\":\"AWS::RDS::DBInstance\",\"Properties\":{{\"MasterUserPassword\":{}}}}}}}}}",
                json(s)
            ),
        )]
    }),
    ("terraform.tfstate", |s| {
        vec![(
            "terraform.tfstate",
            format!(
                "{{\"version\": 4, \"serial\": 1, \"lineage\": \"x\", \"resources\": [{{\"mode\": \"managed\", \"type\": \"aws_db_instance\", \"name\": \"a\", \"instances\": [{{\"attributes\": {{\"password\": {}}}}}]}}]}}",
                json(s)
            ),
        )]
    }),
];

/// The secret proper: of an address its password.
fn proper(secret: &str) -> &str {
    secret.strip_prefix("postgres://app:").and_then(|rest| rest.split('@').next()).unwrap_or(secret)
}

/// What a program would take out of JSON, and people out of a terminal.
fn read_out(printed: &str) -> String {
    fn texts(value: &serde_json::Value, all: &mut String) {
        match value {
            serde_json::Value::String(text) => {
                all.push_str(text);
                all.push('\n');
            }
            serde_json::Value::Array(items) => items.iter().for_each(|item| texts(item, all)),
            serde_json::Value::Object(fields) => fields.values().for_each(|value| texts(value, all)),
            serde_json::Value::Null | serde_json::Value::Bool(_) | serde_json::Value::Number(_) => {}
        }
    }
    let mut all = printed.to_owned();
    if let Ok(value) = serde_json::from_str(printed) {
        texts(&value, &mut all);
    }
    all
}

/// All that `keyless fix` prints.
fn fixed(mending: &keyless::engine::mend::Mending) -> String {
    use keyless::report::{FixReport, write_fix_json, write_fixes, write_left, write_patches};
    let report = FixReport::new(&mending.told, &mending.problems, None);
    let (style, mut out) = (Style::plain(), Vec::new());
    write_patches(&mending.told, &report, &style, &mut out).unwrap();
    write_fixes(&report, &style, &mut out).unwrap();
    write_left(&report, true, &style, &mut out).unwrap();
    write_fix_json(&report, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn no_secret_of_any_kind_gets_into_a_report() {
    let mut dice = Dice(0x5eed_1234_9876_4321);
    let mut found = Vec::new();
    let mut unseen = 0;
    let rounds = 12 * WAYS.len();
    for round in 0..rounds {
        let secret = any_secret(&mut dice);
        let (path, way) = WAYS[round % WAYS.len()];
        let repo = Repo::new();
        for (path, content) in way(&secret) {
            repo.write(path, content);
        }
        let comment = secret.replace('\n', "\\n");
        repo.write(
            "web.tf",
            crate::harness::VIOLATION
                .replace("\"optional\"", &format!("\"optional\" # {comment} {}", STANDARD.encode(&secret))),
        );
        let sources = keyless::source::Sources::default();
        let request = keyless::engine::CheckRequest {
            paths: vec![repo.path().to_owned()],
            strict: true,
            ..keyless::engine::CheckRequest::default()
        };
        let outcome = keyless::engine::check(&request, &keyless::system::Disk, &sources);
        let seen = outcome.findings.iter().any(|finding| !finding.code.starts_with("IMDS"));
        unseen += usize::from(!seen);
        for format in [
            Format::Human(Box::new(Style::plain())),
            Format::Human(Box::new(Style::new(true, false, 50))),
            Format::Concise,
            Format::Json,
            Format::Github,
            Format::Markdown,
            Format::Jsonl,
            Format::Sarif,
            Format::Gitlab,
            Format::Junit,
            Format::Checkstyle,
            Format::Rdjson,
            Format::Html,
        ] {
            let mut out = Vec::new();
            let masked = outcome.masked(&sources);
            let context = Context {
                sources: masked,
                paths: &[],
                strict: true,
                rules: &outcome.rules,
                web: None,
                hide_suppressed: false,
            };
            write(&format, &Report::new(&outcome, masked), context, &mut out).unwrap();
            let printed = read_out(&String::from_utf8(out).unwrap());
            let secret = proper(&secret);
            let mut forms = forms(secret);
            forms.extend(secret.lines().filter(|line| line.len() >= 8).map(str::to_owned));
            let leaked =
                forms.iter().find_map(|form| Some((form, printed.lines().find(|line| line.contains(form))?)));
            if let (true, Some((form, line))) = (seen, leaked) {
                found.push(format!("{path} ({secret:?}): {form}: {}", line.trim()));
                break;
            }
        }
        let mending = keyless::engine::mend::mend(
            &request,
            keyless::engine::mend::Wanted { unsafe_fixes: true, to_write: false },
            &keyless::system::Disk,
        );
        let printed = read_out(&fixed(&mending));
        let leaked = forms(proper(&secret)).into_iter().find(|form| printed.contains(form));
        if let (true, Some(form)) = (seen, leaked) {
            found.push(format!("fix {path} ({secret:?}): {form}: {printed}"));
        }
        if !seen {
            eprintln!("not seen: {path} {secret:?}");
        }
    }
    assert!(found.is_empty(), "{} leaks:\n{}", found.len(), found.join("\n"));
    assert!(unseen * 20 < rounds, "{unseen} of {rounds} are not seen at all");
}

/// Code, path and fingerprint of everything that is said of secrets.
fn prints(files: &[(String, String)]) -> Vec<(String, String, String)> {
    let repo = Repo::new();
    for (path, content) in files {
        repo.write(path, content);
    }
    let (_, report) = repo.json(&["--strict", "--select", "KEY,SEC"]);
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    let findings = report["findings"].as_array().unwrap().iter();
    let mut all: Vec<_> = findings
        .map(|found| (text(&found["code"]), text(&found["path"]), text(&found["fingerprint"])))
        .collect();
    all.sort();
    all
}

/// The carriers with secrets of this form, each in a folder of its own.
fn carried(
    secret: &dyn Fn(usize) -> String,
    change: &dyn Fn(&str, String) -> String,
) -> Vec<(String, String)> {
    let mut files = Vec::new();
    for (at, (name, carrier)) in CARRIERS.iter().enumerate() {
        for (path, content) in carrier(&secret(at)) {
            files.push((format!("{name}/{path}"), change(path, content)));
        }
    }
    files
}

#[test]
fn a_fingerprint_says_where_a_secret_stands_and_nothing_of_it() {
    let as_it_is = |_: &str, content: String| content;
    let first = prints(&carried(&|at| value(at + 1), &as_it_is));
    for code in ["KEY03", "SEC01", "SEC04", "SEC05", "SEC06"] {
        assert!(first.iter().any(|(found, ..)| found == code), "{code}: {first:#?}");
    }
    let mut unique: Vec<_> = first.iter().map(|(.., print)| print).collect();
    unique.sort();
    unique.dedup();
    assert_eq!(unique.len(), first.len());
    // Another value, of another length.
    let longer = |at: usize| format!("{}{}", value(at + 900), &value(at + 500)[..5]);
    assert_eq!(first, prints(&carried(&longer, &as_it_is)));
    // Lines that move.
    let moved = |path: &str, content: String| match path.rsplit('.').next() {
        Some("tf" | "tfvars" | "hcl") => format!("# moved\n\n{}", content.replace(" = ", "   = ")),
        Some("yaml" | "toml") => format!("# moved\n\n{content}"),
        _ => content,
    };
    assert_eq!(first, prints(&carried(&|at| value(at + 1), &moved)));
    // By their form: keys, tokens, private keys.
    let forms = |seed: u64, kind: usize| {
        let mut dice = Dice(seed);
        let mut found = vec![
            format!("AKIA{}", dice.text("ABCDEFGHKLMNOPQRSTUVWXYZ234567", 16)),
            format!("ASIA{}", dice.text("ABCDEFGHKLMNOPQRSTUVWXYZ234567", 16)),
            format!("glpat-{}", dice.text(ALNUM, 20)),
            format!("postgres://app:{}@db.acme.io/x", dice.text(ALNUM, 10 + (seed % 7) as usize)),
        ];
        let begin = |word: &str| format!("-----{word} RSA PRIVATE KEY-----");
        let body: Vec<String> = (0..2 + seed % 3).map(|_| dice.text(ALNUM, 64)).collect();
        found.push(format!("{}\\n{}\\n{}", begin("BEGIN"), body.join("\\n"), begin("END")));
        found.swap_remove(kind)
    };
    for kind in 0..5 {
        let files = |seed: u64| {
            let text = forms(seed, kind);
            let local = format!("locals {{\n  a = \"{text}\"\n}}\n");
            vec![
                ("a/main.tf".to_owned(), local.clone()),
                ("b/main.tf".to_owned(), local),
                ("c/main.tf".to_owned(), db(&format!("\"{text}\""))),
                ("t.yaml".to_owned(), cfn_db(&format!("\"{text}\"")).remove(0).1),
            ]
        };
        let (one, other) = (prints(&files(0x5eed_1111_2222)), prints(&files(0x5eed_7777_9999)));
        assert_eq!(one, other, "{kind}");
        assert_eq!(one.len(), 4, "{one:?}");
        let distinct: std::collections::BTreeSet<_> = one.iter().map(|(.., print)| print).collect();
        assert_eq!(distinct.len(), 4, "{one:?}");
    }
}

#[test]
fn two_secrets_of_one_place_keep_their_numbers() {
    let code = |first: &str, second: &str, between: &str| {
        vec![("main.tf".to_owned(), format!("# {first}\n{between}# {second}\n"))]
    };
    let key = |seed: u64| format!("AKIA{}", Dice(seed).text("ABCDEFGHKLMNOPQRSTUVWXYZ234567", 16));
    let (a, b) = (key(0x1234_5678_9abc), key(0x7777_1234_9abc));
    let apart = prints(&code(&a, &b, ""));
    assert_eq!(apart.len(), 2);
    assert_ne!(apart[0].2, apart[1].2);
    assert_eq!(apart, prints(&code(&b, &a, "\n\nlocals {}\n")));
}
