//! Secrets in texts that are carried by others, from outside: what is hostile ends and is said, what git ignores is not
//! judged, what is found is not printed.

use crate::harness::{Repo, findings, problems};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::time::{Duration, Instant};

fn instance(user_data: &str) -> String {
    format!(
        "resource \"aws_instance\" \"a\" {{\n  iam_instance_profile = \"web\"\n  metadata_options {{\n    \
         http_tokens = \"required\"\n  }}\n  {user_data}\n}}\n"
    )
}

/// A gzip stream of the same letter, as often as it takes to fill many megabytes: RFC 1951's longest match, over and over.
fn bomb() -> String {
    use std::io::Write as _;
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    for _ in 0..64 {
        writer.write_all(&vec![b'a'; 1 << 20]).unwrap();
    }
    STANDARD.encode(writer.finish().unwrap())
}

#[test]
fn what_is_hostile_ends_and_is_said() {
    let nested =
        (0..20).fold("export DB_PASSWORD=corr3ct-horse-1\n".to_owned(), |text, _| STANDARD.encode(text));
    let aliases = (1..40).fold("a0: &a0 x\n".to_owned(), |text, at| {
        format!("{text}    a{at}: &a{at} [*a{before}, *a{before}]\n", before = at - 1)
    });
    let many = (0..2500)
        .fold(String::new(), |text, at| format!("{text}    export P{at}_PASSWORD=corr3ct-{at}-horse\n"));
    let heredoc = |text: &str| format!("user_data = <<-EOT\n    {text}\n  EOT");
    for (name, user_data, code) in [
        ("nested", format!("user_data_base64 = \"{nested}\""), 2),
        ("bomb", format!("user_data_base64 = \"{}\"", bomb()), 2),
        ("many", heredoc(&many), 2),
        ("long", heredoc(&"echo 0123456789 # a line of no interest\n    ".repeat(120_000)), 2),
        (
            "endless",
            heredoc(&"--B\n    Content-Transfer-Encoding: quoted-printable\n\n    =3D".repeat(2_000)),
            0,
        ),
        ("aliases", heredoc(&format!("#cloud-config\n    {aliases}")), 0),
        ("quotes", heredoc(&"\\\"".repeat(100_000)), 0),
        ("digits", heredoc(&"QUtJQUtJQUtJQUtJQUtJ".repeat(50_000)), 2),
        (
            "unfinished",
            heredoc(
                "chpasswd:\n      list: |\n    kind: Secret\n    stringData:\n    machine a login b password",
            ),
            0,
        ),
    ] {
        let repo = Repo::new();
        repo.write("main.tf", instance(&user_data));
        let started = Instant::now();
        let (ran, report) = repo.json(&[]);
        assert!(started.elapsed() < Duration::from_secs(60), "{name} takes too long");
        let said = problems(&report);
        if code == 2 {
            assert_eq!((ran, said), (2, vec!["limit main.tf".to_owned()]), "{name}");
        } else {
            assert!(said.is_empty() && ran < 2, "{name}: {said:?}");
        }
    }
}

#[test]
fn many_names_are_read_to_the_last() {
    let line = |at: usize| format!("    export P{at}_PASSWORD=corr3ct-{at}-horse\n    echo ${{var.x}}\n");
    let entry = |at: usize| format!("{{ name = \"P{at}_PASSWORD\", value = \"corr3ct-{at}-horse\" }},\n");
    let script: String = (0..1500).map(line).collect();
    let packed = script.replace("    echo ${var.x}\n", "");
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    std::io::Write::write_all(&mut writer, packed.as_bytes()).unwrap();
    let packed = STANDARD.encode(writer.finish().unwrap());
    let entries: String = (0..1500).map(entry).collect();
    let task = "resource \"aws_ecs_task_definition\" \"a\" {\n  container_definitions = jsonencode([{ environment = [\n";
    for code in [
        instance(&format!("user_data = <<-EOT\n{script}  EOT")),
        instance(&format!("user_data_base64 = \"{packed}\"")),
        format!("{task}{entries}] }}])\n}}\n"),
    ] {
        let repo = Repo::new();
        repo.write("main.tf", format!("variable \"x\" {{}}\n{code}"));
        let started = Instant::now();
        let (_, report) = repo.json(&[]);
        assert!(started.elapsed() < Duration::from_secs(20), "{:?}", started.elapsed());
        assert_eq!((findings(&report).len(), problems(&report)), (1500, Vec::new()));
    }
}

#[test]
fn what_is_cut_is_read_up_to_there() {
    let repo = Repo::new();
    let script =
        format!("export DB_PASSWORD=corr3ct-horse-1\n{}", "echo a line of no interest\n".repeat(20_000));
    repo.write("main.tf", instance(&format!("user_data_base64 = \"{}\"", STANDARD.encode(script))));
    let (code, report) = repo.json(&[]);
    assert_eq!((code, findings(&report)), (2, vec!["SEC05 main.tf:6".to_owned()]));
}

#[test]
fn what_git_ignores_is_not_judged() {
    let repo = Repo::new();
    repo.write(".gitignore", ".env\nsecret.sh\n");
    repo.write("main.tf", instance("user_data = file(\"${path.module}/secret.sh\")"));
    repo.write(".env", "DB_PASSWORD=corr3ct-horse-1\n");
    repo.write("secret.sh", "export DB_PASSWORD=corr3ct-horse-2\n");
    assert_eq!(findings(&repo.json(&[]).1), Vec::<String>::new());
    repo.write(".gitignore", "");
    assert_eq!(findings(&repo.json(&[]).1), ["SEC05 .env:1", "SEC05 secret.sh:1"]);
}

#[test]
fn variables_are_looked_at_beside_code() {
    let repo = Repo::new();
    for folder in ["website", "terraform", "terraform/env", "cdk", "stack"] {
        repo.write(&format!("{folder}/.env"), "DB_PASSWORD=corr3ct-horse-1\n");
        repo.write(&format!("{folder}/.env.example"), "DB_PASSWORD=corr3ct-horse-1\n");
    }
    repo.write("terraform/main.tf", "locals {}\n");
    repo.write("cdk/cdk.json", "{}\n");
    repo.write("stack/template.yaml", "Resources:\n  Topic:\n    Type: AWS::SNS::Topic\n");
    let expected =
        ["SEC05 cdk/.env:1", "SEC05 stack/.env:1", "SEC05 terraform/.env:1", "SEC05 terraform/env/.env:1"];
    assert_eq!(findings(&repo.json(&[]).1), expected);
    assert_eq!(findings(&repo.json(&["website/.env"]).1), ["SEC05 website/.env:1"]);
}

#[test]
fn what_states_carry_is_found() {
    let key = format!("AKIA{}", "Q3EGRIGB4KSW2XYV");
    let script = format!("#!/bin/bash\nexport DB_PASSWORD=corr3ct-horse-1\necho {key}\n");
    let attributes = serde_json::json!({
        "id": "i", "user_data": script, "user_data_base64": STANDARD.encode(&script),
        "tags": {"Name": STANDARD.encode("a name that is long enough to be a text")},
    });
    let state = serde_json::json!({
        "version": 4, "serial": 1, "lineage": "x", "outputs": {}, "resources": [
            {"mode": "managed", "type": "aws_instance", "name": "a", "instances": [{"attributes": attributes}]}],
    });
    let repo = Repo::new();
    repo.write("terraform.tfstate", serde_json::to_string_pretty(&state).unwrap());
    let found = findings(&repo.json(&[]).1);
    let codes: Vec<&str> = found.iter().map(|found| found.split(' ').next().unwrap()).collect();
    assert_eq!(codes, ["SEC01", "KEY02", "SEC01", "KEY02"], "{found:?}");
}

#[test]
fn what_is_carried_is_not_printed() {
    let secret = ["quiet", "Harbour", "77"].concat();
    let key = format!("AKIA{}", "Q3EGRIGB4KSW2XYV");
    let script = format!("#!/bin/bash\nexport DB_PASSWORD={secret}\nexport X={key}\n");
    let twice = STANDARD.encode(STANDARD.encode(&script));
    let repo = Repo::new();
    repo.write(
        "main.tf",
        format!(
            "{}{}",
            instance(&format!("user_data_base64 = \"{}\"", STANDARD.encode(&script))),
            instance(&format!("user_data_base64 = \"{twice}\"")).replace("\"a\"", "\"b\""),
        ),
    );
    repo.write(".env", format!("CONFIG={}\n", STANDARD.encode(&script)));
    for format in ["human", "json"] {
        let ran = repo.run(&["check", "--strict", "--format", format]);
        assert!(ran.stdout.contains("SEC05") && ran.stdout.contains("KEY02"), "{format}: {}", ran.stdout);
        // What stands between the borders of quadruples is the secret's alone.
        for text in [script.clone(), STANDARD.encode(&script)] {
            let once = STANDARD.encode(&secret);
            let (at, length) = match text.find(&secret) {
                Some(at) => (at, secret.len()),
                None => ((script.find(&secret).unwrap() * 8).div_ceil(6), once.len() - 6),
            };
            let whole = STANDARD.encode(&text);
            let inner = &whole[(at * 8).div_ceil(6)..(at + length) * 8 / 6];
            assert!(!ran.stdout.contains(inner), "{format} prints {inner}");
        }
        assert!(!ran.stdout.contains(&secret) && !ran.stdout.contains(&key[4..]), "{format}");
    }
}
