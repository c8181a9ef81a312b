//! The laws: no secret in any output, the same bytes with any number of threads, nothing read outside the root,
//! and bad input hides only itself.

use crate::harness::{Repo, VIOLATION, corpora, every_format, findings, problems, run_in};
use std::fmt::Write;
use std::path::Path;

fn assert_same_bytes_with_any_threads(folder: &Path, path: &str) {
    let run = |threads| every_format(folder, &["--strict", "--threads", threads, path]);
    let (code, one) = run("1");
    for threads in ["2", "8"] {
        let (other, many) = run(threads);
        assert_eq!(code, other, "{path}: {threads} threads");
        for ((format, one), (_, many)) in one.iter().zip(&many) {
            assert_eq!(one, many, "{path}: {format}, {threads} threads");
        }
    }
}

#[test]
fn one_thread_and_many_print_the_same() {
    let repo = Repo::new();
    for n in 0..60 {
        repo.write(&format!("env{}/m{n}/main.tf", n % 7), VIOLATION);
        repo.write(&format!("env{}/m{n}/bad.tf", n % 7), "resource {");
        #[cfg(unix)]
        repo.link(&format!("env{}/m{n}/gone.tf", n % 7), "nowhere");
    }
    assert_same_bytes_with_any_threads(repo.path(), ".");
}

#[test]
fn one_thread_and_many_print_the_same_of_a_template_that_threads_share() {
    let repo = Repo::new();
    let mut text =
        "AWSTemplateFormatVersion: 2010-09-09\nParameters:\n  Pass: {Type: String}\nConditions:\n  \
        Given: !Equals [!Ref Pass, given]\nResources:\n"
            .to_owned();
    for at in 0..5_000 {
        let body = match at % 4 {
            0 => "{Type: 'AWS::EC2::LaunchTemplate', Properties: {LaunchTemplateData: {ImageId: a}}}".to_owned(),
            1 => format!(
                "{{Type: 'AWS::EC2::Instance', Properties: {{LaunchTemplate: {{LaunchTemplateId: !Ref R{}, Version: '1'}}}}}}",
                at - 1
            ),
            2 => format!("{{Type: 'AWS::IAM::User', Condition: Given, Properties: {{UserName: u{at}}}}}"),
            _ => "{Type: 'AWS::RDS::DBInstance', Properties: {MasterUserPassword: !If [Given, !Ref Pass, hunter22]}}"
                .to_owned(),
        };
        writeln!(text, "  R{at}: {body}").unwrap();
    }
    repo.write("t.yaml", text);
    assert_same_bytes_with_any_threads(repo.path(), ".");
}

#[test]
fn one_thread_and_many_print_the_same_on_public_code() {
    let Some(corpora) = corpora() else { return };
    for corpus in ["terragoat", "cfngoat", "cdk-app", "terraform-aws-autoscaling"] {
        assert_same_bytes_with_any_threads(&corpora, corpus);
    }
}

/// Runs all formats, plain and coloured, and demands that no text has any of `forms`.
fn assert_never_printed(repo: &Repo, forms: &[String]) -> String {
    let (_, mut printed) = every_format(repo.path(), &["--strict"]);
    let coloured = crate::harness::command(repo.path(), &["check", "--strict"])
        .env("CLICOLOR_FORCE", "1")
        .output()
        .unwrap();
    let streams = [coloured.stdout, coloured.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
    printed.extend(streams.map(|text| ("human, coloured", text)));
    for (form, (format, text)) in forms.iter().flat_map(|form| printed.iter().map(move |one| (form, one))) {
        assert!(!text.contains(form.as_str()), "{format} prints a secret:\n{text}");
    }
    printed.into_iter().map(|(_, text)| text).collect()
}

#[test]
fn planted_secrets_are_found_but_never_printed() {
    let halves = ["Tr0ub4dor".to_owned(), "Zebra9Quilt".to_owned()];
    let whole = halves.concat();
    let encoded = ["VHIwdWI0", "ZG9yWmVi", "cmE5UXVpbHQ="].concat();
    let escaped = whole.replace('Z', "\\u005A");
    let percent = whole.replace('Z', "%5A");
    let repo = Repo::new();
    repo.write(
        "main.tf",
        format!(
            r#"variable "half" {{
  default = "{left}"
}}
resource "aws_db_instance" "split" {{
  password = "${{var.half}}{right}"
}}
resource "aws_db_instance" "joined" {{
  password = join("", ["{left}", "{right}"])
}}
resource "aws_db_instance" "encoded" {{
  password = base64decode("{encoded}")
}}
resource "aws_db_instance" "escaped" {{
  password = "{escaped}"
}}
resource "aws_db_instance" "plain" {{
  password   = "{whole}" # {whole}
  identifier = "{percent}"
}}
"#,
            left = halves[0],
            right = halves[1],
        ),
    );
    repo.write(
        "stack.yaml",
        format!(
            "Resources:\n  Db:\n    Type: AWS::RDS::DBInstance\n    Properties:\n      MasterUserPassword: {whole}\n"
        ),
    );
    let printed = assert_never_printed(&repo, &[whole, encoded, escaped, percent]);
    assert!(
        printed.contains("main.tf") && printed.contains("stack.yaml") && printed.contains("SEC01"),
        "{printed}"
    );
}

#[cfg(unix)]
#[test]
fn secrets_of_states_and_of_generated_code_are_never_printed() {
    let words = ["quietHarbour", "Lantern", "77x"];
    let secret = words.concat();
    let key = format!("AKIA{}", "Q3EGRIGB4KSW2XYV");
    let repo = Repo::new();
    let state = format!(
        r#"{{"version": 4, "serial": 1, "lineage": "x",
          "outputs": {{"kube": {{"value": {{"b": "\"{secret}2\"", "a": ["{secret}3"]}}, "sensitive": true}}}},
          "resources": [{{"mode": "managed", "type": "aws_db_instance", "name": "a", "instances": [
            {{"attributes": {{"password": "{secret}", "id": "{key}", "tags": {{"copy": "{secret}"}}}},
              "sensitive_attributes": [[{{"type": "get_attr", "value": "tags"}}]]}}]}}]}}"#
    );
    repo.write("terraform.tfstate", &state);
    repo.write("copy/state.json", state.replace('\n', " "));
    let (first, rest) = secret.split_at(9);
    let generate = format!(
        "locals {{\n  tail = \"{rest}\"\n}}\ngenerate \"p\" {{\n  path = \"p.tf\"\n  contents = <<-EOT\n    \
         provider \"aws\" {{\n      access_key = \"{key}\"\n      secret_key = \"{first}${{local.tail}}\"\n    }}\n  \
         EOT\n}}\ninputs = {{\n  password = \"{secret}\"\n}}\n"
    );
    repo.write("live/terragrunt.hcl", generate);
    let printed = assert_never_printed(&repo, &[secret.clone(), rest.to_owned(), key[4..].to_owned()]);
    for place in ["terraform.tfstate", "copy/state.json", "live/terragrunt.hcl"] {
        assert!(printed.contains(place), "{place}");
    }
    for code in ["SEC01", "KEY02", "KEY03", "SEC04"] {
        assert!(printed.contains(code), "{code}: {printed}");
    }
}

#[test]
fn a_state_that_git_ignores_or_encrypts_is_not_read() {
    let state =
        r#"{"version": 4, "serial": 1, "lineage": "x", "outputs": {"password": {"value": "quietHarbour7"}}}"#;
    let repo = Repo::new();
    repo.write(".gitignore", "*.tfstate\n*.tfstate.*\n");
    repo.write("terraform.tfstate", state);
    repo.write("errored.tfstate", state);
    repo.write("terraform.tfstate.backup", state);
    assert_eq!(repo.json(&[]).0, 0);
    let repo = Repo::new();
    repo.write("errored.tfstate", state);
    assert_eq!(repo.json(&[]).0, 1);
    repo.write("errored.tfstate", b"\0GITCRYPT\0\xff\xfe\x80");
    assert_eq!(repo.json(&[]).0, 0);
    repo.write("errored.tfstate", "");
    assert_eq!(repo.json(&[]).0, 0);
    repo.write("errored.tfstate", "{\"version\": 4,");
    assert_eq!(repo.json(&[]).0, 2);
}

#[test]
fn nothing_outside_the_root_is_read() {
    let outside = tempfile::tempdir().unwrap();
    let canary = ["canary", "outside"].join("-");
    std::fs::write(outside.path().join("secret.tf"), VIOLATION.replace("web", &canary)).unwrap();
    std::fs::write(outside.path().join("secret.txt"), &canary).unwrap();
    let repo = Repo::with_violation();
    repo.link("good/linked.tf", outside.path().join("secret.tf"));
    repo.link("good/folder", outside.path());
    repo.write(
        "good/files.tf",
        format!(
            "resource \"aws_db_instance\" \"a\" {{\n  password = file(\"{0}/secret.txt\")\n}}\n\
             resource \"aws_db_instance\" \"b\" {{\n  password = file(\"folder/secret.txt\")\n}}\n\
             module \"c\" {{\n  source = \"{0}\"\n}}\nmodule \"d\" {{\n  source = \"./folder\"\n}}\n",
            outside.path().display()
        ),
    );
    let printed = assert_never_printed(&repo, &[canary]);
    assert!(printed.contains("good/linked.tf"), "{printed}");
    let (code, report) = repo.json(&[]);
    assert_eq!(code, 2);
    assert!(problems(&report).contains(&"io good/linked.tf".to_owned()), "{report:#}");
    assert_eq!(findings(&report), ["IMDS01 good/main.tf:6"]);
}

/// Opening a pipe that nobody writes to would wait for ever.
#[cfg(unix)]
#[test]
fn pipes_are_never_opened() {
    let outside = Repo::new();
    let repo = Repo::with_violation();
    if !outside.pipe("pipe") || !repo.pipe("bad.tf") {
        eprintln!("skipped: no mkfifo here");
        return;
    }
    repo.link("outside.tf", outside.path().join("pipe"));
    let (code, report) = repo.json(&[]);
    assert_eq!((code, problems(&report)), (2, vec!["io bad.tf".to_owned(), "io outside.tf".to_owned()]));
    assert_eq!(findings(&report), ["IMDS01 good/main.tf:6"]);
    let (code, report) = repo.json(&["bad.tf"]);
    assert_eq!((code, problems(&report)), (2, vec!["config bad.tf".to_owned()]));
}

/// Bad input: one problem of one of these kinds at its path, exit code 2, and the rest is judged.
fn assert_hides_only_itself(repo: &Repo, path: &str, kinds: &[&str]) {
    let (code, report) = repo.json(&[]);
    let found = problems(&report);
    let expected = |problem: &String| kinds.iter().any(|kind| *problem == format!("{kind} {path}"));
    assert_eq!(code, 2, "{path}: {report:#}");
    assert!(!found.is_empty() && found.iter().all(expected), "{path}: {found:?}");
    assert_eq!(findings(&report), ["IMDS01 good/main.tf:6"], "{path}");
    let message = report["problems"][0]["message"].as_str().unwrap();
    assert!((8..200).contains(&message.len()), "{message}");
}

fn assert_bad(path: &str, content: impl AsRef<[u8]>, kinds: &[&str]) {
    let repo = Repo::with_violation();
    repo.write(path, content);
    assert_hides_only_itself(&repo, path, kinds);
}

#[test]
fn invalid_utf8_is_a_problem() {
    assert_bad("bad.tf", b"locals {\n  a = \"\xff\"\n}\n", &["syntax"]);
    assert_bad(
        "bad.yaml",
        b"AWSTemplateFormatVersion: 2010-09-09\nDescription: \xff\nResources: {}\n",
        &["syntax"],
    );
}

#[test]
fn ten_thousand_levels_are_a_problem() {
    let open = "[".repeat(10_000);
    let close = "]".repeat(10_000);
    assert_bad("bad.tf", format!("locals {{\n  a = {open}{close}\n}}\n"), &["limit", "syntax"]);
    assert_bad("unclosed.tf", format!("locals {{\n  a = {open}\n}}\n"), &["limit", "syntax"]);
    assert_bad("parens.tf", format!("locals {{\n  a = {}1\n}}\n", "(".repeat(10_000)), &["limit", "syntax"]);
    assert_bad(
        "blocks.tf",
        format!("{}{}", "a {\n".repeat(10_000), "}\n".repeat(10_000)),
        &["limit", "syntax"],
    );
    let template = "\"AWSTemplateFormatVersion\": \"2010-09-09\", \"Resources\": {}, \"Metadata\": ";
    assert_bad("bad.json", format!("{{{template}{open}{close}}}"), &["limit", "syntax"]);
    assert_bad(
        "bad.yaml",
        format!("AWSTemplateFormatVersion: 2010-09-09\nResources: {{}}\nMetadata: {open}{close}\n"),
        &["limit", "syntax"],
    );
    assert_bad("bad.tf.json", format!("{{\"locals\": {{\"a\": {open}{close}}}}}"), &["limit", "syntax"]);
}

#[test]
fn an_alias_bomb_is_a_problem() {
    let mut bomb = "AWSTemplateFormatVersion: 2010-09-09\nResources: {}\nMetadata:\n  a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..12 {
        let aliases = vec![format!("*a{}", level - 1); 9].join(", ");
        writeln!(bomb, "  a{level}: &a{level} [{aliases}]").unwrap();
    }
    assert_bad("bomb.yaml", bomb, &["limit"]);
}

#[cfg(unix)]
#[test]
fn an_unreadable_file_is_a_problem() {
    let repo = Repo::with_violation();
    repo.link("bad.tf", "nowhere");
    assert_hides_only_itself(&repo, "bad.tf", &["io"]);

    use std::os::unix::fs::PermissionsExt;
    let repo = Repo::with_violation();
    repo.write("closed.yaml", "AWSTemplateFormatVersion: 2010-09-09\n");
    let closed = repo.path().join("closed.yaml");
    std::fs::set_permissions(&closed, std::fs::Permissions::from_mode(0o0)).unwrap();
    if std::fs::read(&closed).is_ok() {
        eprintln!("skipped: this user may read everything");
        return;
    }
    assert_hides_only_itself(&repo, "closed.yaml", &["io"]);
}

#[test]
fn a_broken_file_is_a_problem() {
    assert_bad("bad.tf", "resource \"aws_instance\" {{{\n", &["syntax"]);
    assert_bad("bad.json", "{\"AWSTemplateFormatVersion\": \"2010-09-09\", \"Resources\": {", &["syntax"]);
    assert_bad("bad.yaml", "AWSTemplateFormatVersion: 2010-09-09\nResources: [a\nb: c\n", &["syntax"]);
}

#[test]
fn a_broken_block_hides_only_itself() {
    let repo = Repo::new();
    repo.write(
        "good/main.tf",
        format!("{VIOLATION}resource \"aws_s3_bucket\" \"b\" {{\n  bucket = = 1\n}}\n"),
    );
    assert_hides_only_itself(&repo, "good/main.tf", &["syntax"]);
}

#[test]
fn odd_but_harmless_input_is_simply_handled() {
    let repo = Repo::with_violation();
    repo.write("empty.tf", "");
    repo.write("empty.yaml", "");
    repo.write("empty.json", "");
    repo.write("bom.tf", "\u{feff}");
    repo.write("x.tf/y.txt", "a folder");
    repo.write("broken.yaml", "a: [\n\tb");
    repo.write("broken.json", "{\"a\": ");
    repo.write("binary.txt", b"\0\xff\xfe\x80");
    repo.write("name\nwith\u{1b}[31m lines.yaml", "a: b");
    repo.write(
        "big/main.tf",
        format!("locals {{\n  a = 1\n}}\n{}", "# nothing of note here\n".repeat(450_000)),
    );
    repo.write("big/data.json", format!("[{}0]", "{\"key\": \"value\"},".repeat(600_000)));
    let (code, report) = repo.json(&[]);
    assert_eq!(problems(&report), [""; 0]);
    assert_eq!((code, findings(&report)), (1, vec!["IMDS01 good/main.tf:6".to_owned()]));
}

#[test]
fn short_secrets_and_those_in_urls_are_never_printed() {
    let short = ["h7", "Q2"].concat();
    let token = ["hU9nter", "2pass"].concat();
    let repo = Repo::new();
    repo.write(
        "main.tf",
        format!(
            "# {short}\nresource \"aws_db_instance\" \"a\" {{ # {short}\n  for_each = toset([\"{short}\"])\n  \
             password = each.key\n}}\nmodule \"gone\" {{\n  source = \"git::https://bob:{token}@git.acme.io/x.git\"\n}}\n"
        ),
    );
    repo.write(
        "cdk.out/manifest.json",
        r#"{"version":"36.0.0","artifacts":{"S":{"type":"aws:cloudformation:stack","properties":{"templateFile":"S.json"}}}}"#,
    );
    repo.write(
        "cdk.out/S.json",
        format!(
            r#"{{"Resources":{{"Db":{{"Type":"AWS::RDS::DBInstance","Properties":{{"MasterUserPassword":"{short}"}},"Metadata":{{"aws:cdk:path":"S/{short}/Db"}}}}}}}}"#
        ),
    );
    let printed = assert_never_printed(&repo, &[short, token]);
    assert!(printed.contains("********@git.acme.io") && printed.contains("S/********/Db"), "{printed}");
}

/// A small text that stands for an endless one: a problem, and the rest is judged.
#[test]
fn what_grows_without_end_is_a_problem() {
    let doubled = |first: &str, next: &dyn Fn(usize) -> String| {
        let mut code = format!("variable \"v\" {{}}\nlocals {{\n  a0 = {first}\n");
        for n in 1..60 {
            writeln!(code, "  a{n} = {}", next(n - 1)).unwrap();
        }
        code + "}\nresource \"aws_db_instance\" \"x\" {\n  password = local.a59\n}\n"
    };
    let template = |n: usize| format!("\"${{local.a{n}}}${{local.a{n}}}\"");
    let join = |n: usize| format!("join(\"-\", [local.a{n}, local.a{n}])");
    assert_bad("text.tf", doubled("\"some text\"", &template), &["limit"]);
    assert_bad("open.tf", doubled("\"x${var.v}\"", &template), &["limit"]);
    assert_bad("joined.tf", doubled("\"x${var.v}\"", &join), &["limit"]);
}

#[test]
fn a_module_that_calls_itself_is_a_limit_and_not_absent() {
    let repo = Repo::with_violation();
    repo.write("m/main.tf", "module \"m\" {\n  source = \"./\"\n}\n");
    assert_hides_only_itself(&repo, "m/main.tf", &["limit"]);
    assert_eq!(repo.json(&["--strict"]).1["cannot_tell"], serde_json::json!([]));
}

#[test]
fn a_second_block_of_the_same_name_hides_nothing() {
    let repo = Repo::with_violation();
    repo.write("good/second.tf", VIOLATION.replace("optional", "required"));
    let (code, report) = repo.json(&[]);
    assert_eq!((code, findings(&report)), (1, vec!["IMDS01 good/main.tf:6".to_owned()]));
}

#[test]
fn a_finding_names_only_the_branches_that_it_depends_on() {
    let repo = Repo::new();
    repo.write(
        "template.yaml",
        r#"AWSTemplateFormatVersion: "2010-09-09"
Parameters:
  Stage: {Type: String}
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
Resources:
  Web:
    Type: AWS::EC2::Instance
    Properties:
      IamInstanceProfile: !If [IsProd, web, !Ref "AWS::NoValue"]
      MetadataOptions: {HttpTokens: optional}
"#,
    );
    let (_, report) = repo.json(&["."]);
    let titles: Vec<_> = report["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| finding["title"].as_str().unwrap())
        .collect();
    let wanted = ["instance has no instance profile when Stage is not prod", "instance accepts IMDSv1"];
    assert_eq!(titles, wanted);
}
