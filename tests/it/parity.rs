//! The same infrastructure gets the same findings in every form: Terraform and a plan of it, CloudFormation in YAML and in
//! JSON, SAM, and what the CDK synthesizes. Every case is a folder `testdata/parity/<case>/`; the first line of `main.tf`
//! (else of `template.yaml`) says what all forms get: `# want: IMDS01 web, EC202 base warning, EC201? other`. Names are the
//! last part of an address without case and underscores; `-` where there is none. A second line `# without: plan (…)` says
//! which forms there are none of, and why; `# strict: ROOT04` below them, which policies of the strict set are asked alone. Modules and nested stacks stand in `beside/`. `make.sh` makes plans and assemblies.

use crate::harness::Repo;
use std::fs;
use std::path::{Path, PathBuf};

fn with_secrets(text: &str) -> String {
    let key = format!("AKIA{}", "Q3EGRIGB4KSW2XYV");
    // Inside of a quoted string in each of the languages.
    let body = "MIIEpAIBAAKCAQEAwV8tq3pZ0yJr6f1mXc5Lh2Kb9Ns7Tg4Du0Qe8Wi3Yo1Ra6P";
    let pem = format!("-----BEGIN {0}-----\\n{body}\\n{body}\\n-----END {0}-----", "RSA PRIVATE KEY");
    text.replace("@PEM@", &pem)
        .replace("@ASIA@", &key.replacen("AKIA", "ASIA", 1))
        .replace("@AKIA@", &key)
        .replace(
            "@SLACK@",
            &format!("xoxb-{}-{}-{}", "314159265358", "271828182845", "aB3dE5gH7jK9mN1pQ3sT5vX7"),
        )
        .replace("@PASSWORD@", &format!("{}-{}", "c0rrect", "h0rse-9battery"))
}

fn name(address: &str) -> String {
    let last = address.rsplit('.').next().unwrap();
    let last = last.rsplit('/').next().unwrap();
    last.chars().filter(|letter| *letter != '_').flat_map(char::to_lowercase).collect()
}

/// The forms of a case: the files of each, the first of which is judged.
fn forms(case: &Path) -> Vec<(&'static str, Vec<PathBuf>)> {
    let assembly = case.join("cdk.out");
    let assembled = fs::read_dir(&assembly).into_iter().flatten().map(|entry| entry.unwrap().path());
    let mut cdk: Vec<PathBuf> = assembled.chain([case.join("app.js")]).collect();
    cdk.insert(0, assembly);
    let file = |name: &str| vec![case.join(name)];
    let all = vec![
        ("terraform", file("main.tf")),
        ("plan", file("plan.json")),
        ("cloudformation", file("template.yaml")),
        ("cloudformation", file("template.json")),
        ("cdk", cdk),
        ("sam", file("sam.yaml")),
    ];
    all.into_iter().filter(|(_, files)| files[0].exists()).collect()
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files_below(&path) } else { vec![path] }).collect()
}

/// The case's own lines: what is wanted, and the forms that it does without.
fn said(case: &Path) -> (Vec<String>, String, Option<String>) {
    let first = ["main.tf", "template.yaml"].map(|name| case.join(name));
    let text = fs::read_to_string(first.iter().find(|path| path.exists()).unwrap()).unwrap();
    let mut lines = text.lines();
    let wanted =
        lines.next().unwrap().strip_prefix("# want:").unwrap_or_else(|| panic!("{}", case.display()));
    let mut wanted: Vec<String> =
        wanted.split(',').map(|one| one.trim().to_owned()).filter(|one| !one.is_empty()).collect();
    wanted.sort();
    let more: Vec<&str> = lines.take(2).collect();
    let says =
        |key: &str| more.iter().find_map(|line| line.strip_prefix(key)).map(|said| said.trim().to_owned());
    (wanted, says("# without:").unwrap_or_default(), says("# strict:"))
}

/// Findings and open questions as the first lines of the cases write them.
fn reported(case: &Path, files: &[PathBuf], strict: Option<&str>) -> Vec<String> {
    let repo = Repo::new();
    let beside = files_below(&case.join("beside"));
    for path in files.iter().chain(&beside).filter(|path| path.is_file()) {
        let within = path.strip_prefix(case).unwrap().to_str().unwrap();
        repo.write(within, with_secrets(&fs::read_to_string(path).unwrap()));
    }
    let mut args = vec![files[0].file_name().unwrap().to_str().unwrap()];
    args.extend(strict.into_iter().flat_map(|codes| ["--strict", "--select", codes]));
    let (_, report) = repo.json(&args);
    assert_eq!(report["problems"].as_array().unwrap().len(), 0, "{}: {report:#}", files[0].display());
    let mut lines = Vec::new();
    for (key, mark) in [("findings", ""), ("cannot_tell", "?")] {
        for finding in report[key].as_array().unwrap() {
            let code = finding["code"].as_str().unwrap();
            let severity = match finding["severity"].as_str() {
                Some("error") | None => String::new(),
                Some(_) if mark == "?" => String::new(),
                Some(other) => format!(" {other}"),
            };
            // What is declared is no resource: it has no address.
            let addresses = finding["addresses"].as_array().unwrap().iter();
            let mut names: Vec<String> = addresses.map(|address| name(address.as_str().unwrap())).collect();
            if names.is_empty() {
                names.push("-".to_owned());
            }
            lines.extend(names.iter().map(|name| format!("{code}{mark} {name}{severity}")));
        }
    }
    lines.sort();
    lines
}

#[test]
fn the_same_infrastructure_gets_the_same_findings() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/parity");
    let cases = fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path());
    let mut cases: Vec<_> = cases.filter(|path| path.is_dir()).collect();
    cases.sort();
    assert!(cases.len() >= 60);
    let mut wrong = Vec::new();
    for case in cases {
        let (wanted, without, strict) = said(&case);
        let forms = forms(&case);
        for form in ["terraform", "plan", "cloudformation", "cdk"] {
            let lacks = |form: &str| without.split('(').next().unwrap().contains(form);
            let excused = match form {
                "plan" => lacks("plan") || lacks("terraform"),
                "cdk" => lacks("cdk") || lacks("cloudformation"),
                _ => lacks(form),
            };
            let there = forms.iter().filter(|(found, _)| *found == form).count();
            let wanted = if excused { 0 } else { 1 + usize::from(form == "cloudformation") };
            assert_eq!(there, wanted, "{}: {form}", case.display());
        }
        for (_, files) in forms {
            let reported = reported(&case, &files, strict.as_deref());
            if reported != wanted {
                let path = files[0].display();
                wrong.push(format!("{path}:\n  wanted   {wanted:?}\n  reported {reported:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
