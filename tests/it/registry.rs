//! Modules that half the world uses: what their examples come to by the modules' own defaults.

use crate::harness::{Repo, corpora};
use std::fmt::Write;
use std::fs;
use std::path::Path;

const MODULES: [&str; 3] = ["terraform-aws-autoscaling", "terraform-aws-ec2-instance", "terraform-aws-eks"];

fn copy(from: &Path, to: &str, repo: &Repo) {
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let name = entry.file_name().into_string().unwrap();
        let path = format!("{to}/{name}");
        match entry.file_type().unwrap() {
            kind if kind.is_dir() => copy(&entry.path(), &path, repo),
            kind if kind.is_file() => repo.write(&path, fs::read(entry.path()).unwrap()),
            _ => {}
        }
    }
}

/// The folders below `examples` and `tests`, which call the module.
fn callers(module: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for parent in ["examples", "tests"] {
        let Ok(entries) = fs::read_dir(module.join(parent)) else { continue };
        let folders = entries.map(Result::unwrap).filter(|entry| entry.path().is_dir());
        found.extend(folders.map(|entry| format!("{parent}/{}", entry.file_name().to_str().unwrap())));
    }
    found.sort();
    found
}

fn text(json: &serde_json::Value) -> &str {
    json.as_str().unwrap()
}

#[test]
fn the_examples_of_public_modules_get_what_the_defaults_imply() {
    let Some(corpora) = corpora() else { return };
    let repo = Repo::new();
    let mut verdicts = String::new();
    for module in MODULES {
        copy(&corpora.join(module), module, &repo);
        for caller in callers(&corpora.join(module)) {
            let folder = format!("{module}/{caller}");
            let (_, report) = repo.json(&[&folder, "--select", "IMDS01,IMDS02,EC201,EC202"]);
            assert!(report["problems"].as_array().unwrap().is_empty(), "{report:#}");
            let mut lines = Vec::new();
            for (list, mark) in [("findings", ""), ("cannot_tell", "?")] {
                for finding in report[list].as_array().unwrap() {
                    let severity = if mark.is_empty() { text(&finding["severity"]) } else { "open" };
                    let addresses = finding["addresses"].as_array().unwrap();
                    let line = |address| {
                        format!("  {}{mark} {severity} {}\n", text(&finding["code"]), text(address))
                    };
                    lines.extend(addresses.iter().map(line));
                }
            }
            lines.sort();
            writeln!(verdicts, "{folder}: {} resources", report["summary"]["resources"]).unwrap();
            verdicts.push_str(&lines.concat());
        }
    }
    insta::assert_snapshot!(verdicts);
}
