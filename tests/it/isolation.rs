//! What keyless has to do with the machine: which files it opens, and that it opens no socket and starts no program; and
//! what the process that users' rules run in is held to. Seen from outside, by `strace` and by what Linux says of a process.

mod trace;
mod worker;

use crate::harness::{FORMATS, Repo, VIOLATION, problems};
use std::collections::BTreeSet;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use trace::{Trace, trace};

/// A tree with something of every frontend, findings, a policy's page, a repository.
fn repo() -> Repo {
    let repo = Repo::with_violation();
    repo.write("keyless.toml", "strict = true\n");
    repo.write(
        "good/db.tf",
        "resource \"aws_db_instance\" \"a\" {\n  password = trimspace(file(\"${path.module}/p.txt\"))\n}\n",
    );
    repo.write("good/p.txt", format!("{}\n", ["quiet", "Harbour77"].concat()));
    repo.write(
        "stack/template.yaml",
        "AWSTemplateFormatVersion: '2010-09-09'\nResources:\n  K:\n    Type: AWS::IAM::AccessKey\n    Properties:\n      UserName: b\n",
    );
    repo.write("live/terragrunt.hcl", "terraform {\n  source = \"../good\"\n}\ninputs = {}\n");
    repo
}

/// Each command with arguments that have it do its work, and the files that it is told to write. `plan` runs a program,
/// once the code is clean: this code is not. `lsp` is asked to leave at once by an input that ends.
const COMMANDS: &[(&[&str], &[&str])] = &[
    (&["check", "."], &[]),
    (
        &["check", "--strict", "--format", "sarif=out.sarif", "--format", "html=new/out.html"],
        &["out.sarif", "new/out.html"],
    ),
    (&["check", "good", "stack"], &[]),
    (&["check", "--no-config", "--shard", "1/2"], &[]),
    (&["fix", "."], &[]),
    (&["fix", "--write", "--unsafe-fixes", "good"], &["good/main.tf", "good/db.tf"]),
    (&["baseline", "--output", "accepted.json", "--reason", "known"], &["accepted.json"]),
    (&["merge", "r.json"], &[]),
    (&["facts", "."], &[]),
    (&["config", "good"], &[]),
    (&["policies"], &[]),
    (&["exceptions", "."], &[]),
    (&["explain", "IMDS01"], &[]),
    (&["plan", "--", "true"], &[]),
    (&["lsp"], &[]),
    (&["completions", "bash"], &[]),
    (&["man"], &[]),
];

fn assert_holds(trace: &Trace, root: &Path, written: &[&str], line: &str) {
    assert!(trace.code < 3, "{line}: {trace:?}");
    assert_eq!(trace.forbidden(), [] as [&str; 0], "{line}");
    for opened in trace.opened().filter(|opened| !opened.path.starts_with(root)) {
        assert!(!opened.writes && trace::is_of_the_runtime(&opened.path), "{line} opens {}", opened.call);
    }
    for changed in trace.changed() {
        let path = changed.path.strip_prefix(root).unwrap_or(&changed.path);
        let name = path.file_name().unwrap_or_default().to_str().unwrap();
        // A file is written beside its place and then put there.
        let named = |file: &&&str| {
            let file = Path::new(file);
            let beside = name.starts_with(&format!(".{}.", file.file_name().unwrap().to_str().unwrap()));
            path == file || file.parent() == Some(path) || (beside && path.parent() == file.parent())
        };
        assert!(written.iter().any(|file| named(&file)), "{line} changes {}", changed.call);
    }
    for named in trace.named() {
        let is_on_the_way = root.starts_with(&named.path);
        let known = is_on_the_way || named.path.starts_with(root) || trace::is_of_the_runtime(&named.path);
        assert!(known, "{line} asks for {}", named.call);
    }
}

#[test]
fn no_command_opens_sockets_runs_programs_or_touches_what_it_is_not_told() {
    for (arguments, written) in COMMANDS {
        let repo = repo();
        let root = repo.path().canonicalize().unwrap();
        if arguments[0] == "merge" {
            repo.write("r.json", repo.run(&["check", "--format", "json"]).stdout);
        }
        let Some(trace) = trace(&root, arguments) else { return };
        assert_holds(&trace, &root, written, &arguments.join(" "));
        let reads = ["check", "fix", "facts", "plan"].contains(&arguments[0]);
        let is_read = trace.opened().any(|opened| opened.path == root.join("good/main.tf"));
        assert!(is_read || !reads, "{arguments:?}: {trace:?}");
    }
}

#[test]
fn every_command_is_traced() {
    let help = crate::harness::run_in(Path::new("."), &["--help"]).stdout;
    let known: BTreeSet<&str> = crate::harness::commands(&help).collect();
    let traced: BTreeSet<&str> = COMMANDS.iter().map(|(arguments, _)| arguments[0]).collect();
    assert!(known.len() > 10, "{help}");
    assert_eq!(known, traced);
}

#[test]
fn reports_of_every_format_touch_nothing_but_their_files() {
    let repo = repo();
    let root = repo.path().canonicalize().unwrap();
    let files: Vec<String> = FORMATS.iter().map(|format| format!("out/{format}.txt")).collect();
    let outputs: Vec<String> =
        FORMATS.iter().zip(&files).map(|(format, file)| format!("--format={format}={file}")).collect();
    let arguments: Vec<&str> = ["check"].into_iter().chain(outputs.iter().map(String::as_str)).collect();
    let written: Vec<&str> = files.iter().map(String::as_str).collect();
    let Some(trace) = trace(&root, &arguments) else { return };
    assert_holds(&trace, &root, &written, "check, every format");
    for file in files {
        assert!(root.join(&file).exists(), "{file}");
    }
}

fn limit_of_cores(process: u32) -> String {
    let limits = std::fs::read_to_string(format!("/proc/{process}/limits")).unwrap();
    let line = limits.lines().find(|line| line.starts_with("Max core file size")).unwrap();
    line.get(26..).unwrap().split_whitespace().next().unwrap().to_owned()
}

#[test]
fn no_core_is_kept_and_a_program_that_is_run_gets_its_limit_back() {
    let repo = Repo::new();
    repo.write("main.tf", "locals {}\n");
    let with_cores = |script: &str| {
        let mut shell = Command::new("sh");
        shell.args([
            "-c",
            &format!("ulimit -S -c 64 && exec \"$0\" {script}"),
            env!("CARGO_BIN_EXE_keyless"),
        ]);
        shell.current_dir(repo.path()).stdin(Stdio::piped()).stdout(Stdio::piped());
        shell
    };
    let mut server = with_cores("lsp").spawn().unwrap();
    // It has begun once it answers.
    let message = r#"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"capabilities":{}}}"#;
    let mut input = server.stdin.take().unwrap();
    write!(input, "Content-Length: {}\r\n\r\n{message}", message.len()).unwrap();
    let mut first = [0];
    server.stdout.as_mut().unwrap().read_exact(&mut first).unwrap();
    assert_eq!(limit_of_cores(server.id()), "0");
    server.kill().unwrap();
    server.wait().unwrap();
    let ran = with_cores("plan -- sh -c 'ulimit -S -c'").output().unwrap();
    assert_eq!(String::from_utf8_lossy(&ran.stdout).trim(), "64", "{ran:?}");
}

/// What asks for a file outside, or for what is in a folder there.
fn expressions(out: &str, up: &str) -> Vec<String> {
    [
        format!("file(\"{out}/secret.txt\")"),
        format!("file(\"{up}/secret.txt\")"),
        "file(\"folder/secret.txt\")".to_owned(),
        "file(\"deep/by-a-link/secret.txt\")".to_owned(),
        format!("templatefile(\"{up}/secret.txt\", {{}})"),
        "filebase64(\"folder/secret.txt\")".to_owned(),
        format!("filesha256(\"{up}/secret.txt\")"),
        format!("fileexists(\"{up}/secret.txt\") ? \"optional\" : \"required\""),
        format!("join(\"\", fileset(\"{out}\", \"*.txt\"))"),
        "join(\"\", fileset(\"folder\", \"**\"))".to_owned(),
    ]
    .into()
}

/// Every way out of a tree that we know, towards a folder beside it.
fn with_ways_out(outside: &Path) -> Repo {
    let repo = Repo::with_violation();
    let out = outside.display();
    let up = format!("{}{out}", "../".repeat(12).trim_end_matches('/'));
    repo.link("linked.tf", outside.join("secret.tf"));
    repo.link("folder", outside);
    repo.link("deep/by-a-link", "../folder");
    let instance = |(at, tokens): (usize, &String)| {
        format!(
            "resource \"aws_instance\" \"i{at}\" {{\n  ami = \"a\"\n  iam_instance_profile = \"a\"\n  \
             metadata_options {{\n    http_tokens = {tokens}\n  }}\n}}\n"
        )
    };
    let tokens = expressions(&out.to_string(), &up);
    let instances: String = tokens.iter().enumerate().map(instance).collect();
    repo.write(
        "files.tf",
        format!(
            "{instances}module \"absolute\" {{\n  source = \"{out}\"\n}}\nmodule \"up\" {{\n  source = \"./{up}\"\n}}\n\
             module \"link\" {{\n  source = \"./folder\"\n}}\n"
        ),
    );
    repo.write(
        "stack/template.yaml",
        format!(
            "AWSTemplateFormatVersion: '2010-09-09'\nTransform: AWS::Serverless-2016-10-31\nResources:\n  \
             Absolute:\n    Type: AWS::CloudFormation::Stack\n    Properties:\n      TemplateURL: {out}/stack.yaml\n  \
             Up:\n    Type: AWS::CloudFormation::Stack\n    Properties:\n      TemplateURL: {up}/stack.yaml\n  \
             Link:\n    Type: AWS::CloudFormation::Stack\n    Properties:\n      TemplateURL: ../folder/stack.yaml\n  \
             App:\n    Type: AWS::Serverless::Application\n    Properties:\n      Location: {up}/stack.yaml\n  \
             Included:\n    Fn::Transform:\n      Name: AWS::Include\n      Parameters:\n        Location: {up}/part.yaml\n"
        ),
    );
    repo.write(
        "stack/samconfig.toml",
        format!(
            "version = 0.1\n[default.deploy.parameters]\ntemplate_file = \"{up}/stack.yaml\"\nparameter_overrides = \"file://{out}/p.yaml\"\n"
        ),
    );
    repo.write(
        "cdk.out/manifest.json",
        format!(
            r#"{{"version":"36.0.0","artifacts":{{
                "S":{{"type":"aws:cloudformation:stack","properties":{{"templateFile":"{out}/stack.yaml"}}}},
                "U":{{"type":"aws:cloudformation:stack","properties":{{"templateFile":"{up}/stack.yaml"}}}},
                "A":{{"type":"cdk:asset-manifest","properties":{{"file":"{out}/assets.json"}}}},
                "N":{{"type":"cdk:cloud-assembly","properties":{{"directoryName":"{up}"}}}}}}}}"#
        ),
    );
    repo.write(
        "live/terragrunt.hcl",
        format!(
            "include \"up\" {{\n  path = \"{up}/terragrunt.hcl\"\n}}\nterraform {{\n  source = \"{out}\"\n}}\nlocals {{\n  \
             a = read_terragrunt_config(\"{up}/terragrunt.hcl\")\n  b = file(find_in_parent_folders(\"secret.txt\"))\n  \
             c = run_cmd(\"cat\", \"{out}/secret.txt\")\n  d = sops_decrypt_file(\"{out}/secret.txt\")\n}}\n"
        ),
    );
    repo
}

fn outside() -> tempfile::TempDir {
    let outside = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(outside.path().join(name), text).unwrap();
    write("secret.tf", &VIOLATION.replace("web", "canary-outside"));
    for name in ["secret.txt", "p.yaml", "part.yaml", "assets.json", "terragrunt.hcl"] {
        write(name, "canary-outside\n");
    }
    write(
        "stack.yaml",
        "AWSTemplateFormatVersion: '2010-09-09'\nDescription: canary-outside\nResources:\n  canary-outside:\n    Type: AWS::IAM::AccessKey\n",
    );
    outside
}

#[test]
fn no_way_leads_out_of_the_root() {
    let outside = outside();
    let out = outside.path().canonicalize().unwrap();
    let repo = with_ways_out(&out);
    let root = repo.path().canonicalize().unwrap();
    for arguments in [
        &["check", "--strict", "--format", "json"][..],
        &["facts"],
        &["fix"],
        &["exceptions"],
        &["check", "--history", "--format", "json"],
    ] {
        let ran = repo.run(arguments);
        let said = format!("{}{}", ran.stdout, ran.stderr);
        assert!(!said.contains("canary-outside"), "{arguments:?}: {said}");
        let Some(trace) = trace(&root, arguments) else { continue };
        assert_eq!(trace.forbidden(), [] as [&str; 0]);
        let left: Vec<_> = trace.opened().filter(|opened| opened.path.starts_with(&out)).collect();
        assert!(left.is_empty(), "{arguments:?} opens {left:?}");
    }
    let (code, report) = repo.json(&["--strict"]);
    assert_eq!(code, 2);
    let told = problems(&report);
    for problem in ["io linked.tf", "io cdk.out/manifest.json", "io stack/samconfig.toml"] {
        assert!(told.contains(&problem.to_owned()), "{problem}: {told:?}");
    }
    let reasons: Vec<&str> = report["cannot_tell"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| finding["reason"].as_str().unwrap())
        .collect();
    let told = |part: &str| reasons.iter().filter(|reason| reason.contains(part)).count();
    assert_eq!(
        told("is not readable inside the root") + told("fileexists("),
        expressions("", "").len(),
        "{reasons:#?}"
    );
    assert_eq!(told("the source of a module is not in this repository"), 4, "{reasons:#?}");
    assert_eq!(told("an included file is not in this repository"), 2, "{reasons:#?}");
    assert!(told("the template of a nested stack is not in this repository") >= 4, "{reasons:#?}");
}
