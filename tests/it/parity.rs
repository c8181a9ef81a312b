//! The same infrastructure in Terraform and in CloudFormation gets the same findings. Every case is a folder
//! `testdata/parity/<case>/` of `main.tf`, `template.yaml` and `template.json`; the first line of `main.tf` says what all
//! three get: `# want: IMDS01 web, EC202 base warning, EC201? other`. Names are the last part of an address without case
//! and underscores; `-` where there is none.

use crate::harness::Repo;
use std::fs;
use std::path::Path;

fn with_secrets(text: &str) -> String {
    let key = format!("AKIA{}", "Q3EGRIGB4KSW2XYV");
    text.replace("@AKIA@", &key).replace("@PASSWORD@", &format!("{}-{}", "c0rrect", "h0rse-9battery"))
}

fn name(address: &str) -> String {
    let last = address.rsplit('.').next().unwrap();
    last.chars().filter(|letter| *letter != '_').flat_map(char::to_lowercase).collect()
}

/// Findings and open questions as the first lines of the cases write them.
fn reported(path: &Path) -> Vec<String> {
    let repo = Repo::new();
    let file = path.file_name().unwrap().to_str().unwrap();
    repo.write(file, with_secrets(&fs::read_to_string(path).unwrap()));
    let (_, report) = repo.json(&["."]);
    assert_eq!(report["problems"].as_array().unwrap().len(), 0, "{}: {report:#}", path.display());
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
    let mut cases: Vec<_> = fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.sort();
    assert!(cases.len() >= 20);
    let mut wrong = Vec::new();
    for case in cases {
        let terraform = fs::read_to_string(case.join("main.tf")).unwrap();
        let first = terraform.lines().next().unwrap();
        let wanted = first.strip_prefix("# want:").unwrap_or_else(|| panic!("{}", case.display()));
        let mut wanted: Vec<String> =
            wanted.split(',').map(|one| one.trim().to_owned()).filter(|one| !one.is_empty()).collect();
        wanted.sort();
        for file in ["main.tf", "template.yaml", "template.json"] {
            let path = case.join(file);
            let reported = reported(&path);
            if reported != wanted {
                wrong.push(format!("{}:\n  wanted   {wanted:?}\n  reported {reported:?}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
