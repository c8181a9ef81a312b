//! The pages of the policies: every part is there, and every example under `## Bad` is refused by the policy, every one under
//! `## Good` is not. An `hcl` block is a whole file, a `yaml` block a whole template. The `ts` blocks are synthesized where
//! the CDK's library is: `integrations/cdk/test/pages.test.ts`.
//!
//! An example that needs a secret has one of `STAND_INS`, what vendors' documentation has; the test puts an invented one in
//! its place, but for SEC09, which is about these.

use crate::harness::{Repo, findings};
use crate::policies::with_secrets;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

const SECTIONS: [&str; 6] = ["Why", "Bad", "Good", "How to fix", "When to suppress", "References"];

/// What stands in a page, and the secret of `with_secrets` that is put there.
const STAND_INS: [(&str, &str); 9] = [
    ("AKIAIOSFODNN7EXAMPLE", "@AKIA@"),
    ("ASIAIOSFODNN7EXAMPLE", "@ASIA@"),
    ("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "@AWS_SECRET@"),
    ("ghp_EXAMPLE", "@GITHUB@"),
    ("sk_live_EXAMPLE", "@STRIPE@"),
    ("xoxb-EXAMPLE", "@SLACK@"),
    ("-----BEGIN EXAMPLE KEY-----", "@BEGIN_KEY@"),
    ("MIIEpAIBAAKCAQEA...", "@KEY_BODY@@KEY_BODY@"),
    ("-----END EXAMPLE KEY-----", "@END_KEY@"),
];

struct Page {
    name: String,
    code: String,
    text: String,
}

struct Example<'a> {
    language: &'a str,
    text: String,
}

fn policies() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("policies")
}

fn pages() -> Vec<Page> {
    let mut found: Vec<Page> = fs::read_dir(policies())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end == "guard"))
        .map(|path| {
            let guard = fs::read_to_string(&path).unwrap();
            let code = guard.lines().find_map(|line| line.strip_prefix("# id: ")).unwrap();
            Page {
                name: path.file_stem().unwrap().to_str().unwrap().to_owned(),
                code: code.to_owned(),
                text: fs::read_to_string(path.with_extension("md")).unwrap(),
            }
        })
        .collect();
    found.sort_by(|a, b| a.name.cmp(&b.name));
    found
}

impl Page {
    /// The headings of the page with what stands below them; first its title.
    fn parts(&self) -> Vec<(&str, &str)> {
        let text = self.text.strip_prefix("# ").unwrap_or("");
        text.split("\n## ").map(|part| part.split_once('\n').unwrap_or((part, ""))).collect()
    }

    fn examples(&self, section: &str) -> Vec<Example<'_>> {
        let parts = self.parts();
        let (_, text) = parts.iter().find(|(heading, _)| *heading == section).unwrap();
        let blocks = text.split("\n```").skip(1).step_by(2);
        blocks
            .map(|block| {
                let (language, text) = block.split_once('\n').unwrap();
                Example { language, text: self.with_secrets(text) }
            })
            .collect()
    }

    fn with_secrets(&self, text: &str) -> String {
        if self.code == "SEC09" {
            return text.to_owned();
        }
        let marked =
            STAND_INS.iter().fold(text.to_owned(), |text, (stand_in, secret)| text.replace(stand_in, secret));
        with_secrets(&marked)
    }

    /// The languages that the policy's cases have something to report in.
    fn reported_in(&self) -> BTreeSet<&'static str> {
        let mut found = BTreeSet::new();
        let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/policies").join(&self.name);
        let mut folders = vec![cases];
        while let Some(folder) = folders.pop() {
            for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
                let language = match path.extension().and_then(|end| end.to_str()) {
                    Some("tf") => "hcl",
                    Some("yaml" | "yml") => "yaml",
                    _ if path.is_dir() => {
                        folders.push(path);
                        continue;
                    }
                    _ => continue,
                };
                let text = fs::read_to_string(&path).unwrap();
                let expects = |line: &str| {
                    line.contains("expect")
                        && line.contains(&self.code)
                        && !line.contains(&format!("{}?", self.code))
                };
                if text.lines().any(expects) {
                    found.insert(language);
                }
            }
        }
        found
    }

    fn wrong_with_form(&self) -> Vec<String> {
        let parts = self.parts();
        let mut wrong = Vec::new();
        let headings: Vec<&str> = parts.iter().map(|(heading, _)| *heading).collect();
        let title = format!("{} {}", self.code, self.name);
        if headings != [&[title.as_str()], &SECTIONS[..]].concat() {
            wrong.push(format!("the headings are {headings:?}, not `{title}` and {SECTIONS:?}"));
            return wrong;
        }
        wrong.extend(
            parts
                .iter()
                .filter(|(_, text)| text.trim().is_empty())
                .map(|(heading, _)| format!("`{heading}` is empty")),
        );
        if !parts.last().unwrap().1.contains("](https://") {
            wrong.push("`References` has no link".to_owned());
        }
        let languages =
            |section| self.examples(section).iter().map(|one| one.language).collect::<BTreeSet<_>>();
        let (bad, good) = (languages("Bad"), languages("Good"));
        if bad != good {
            wrong.push(format!("bad examples in {bad:?}, good ones in {good:?}"));
        }
        if bad.contains("yaml") != bad.contains("ts") {
            wrong.push("what there is for CloudFormation is there for the CDK as well".to_owned());
        }
        if bad.is_empty() || !bad.is_subset(&BTreeSet::from(["hcl", "yaml", "ts"])) {
            wrong.push(format!("examples in {bad:?}"));
        }
        let missing: Vec<_> =
            self.reported_in().into_iter().filter(|language| !bad.contains(language)).collect();
        if !missing.is_empty() {
            wrong.push(format!("no examples in {missing:?}, in which the policy's cases report something"));
        }
        wrong
    }

    /// The policy; with one about exceptions the one that they are from, since nothing is known of what is not judged.
    fn selected(&self) -> String {
        if self.code.starts_with("EXC") { format!("{},IMDS02", self.code) } else { self.code.clone() }
    }

    /// What the program says of an example, where that is not what the page says.
    fn wrong_with(&self, section: &str, example: &Example<'_>) -> Option<String> {
        let repo = Repo::new();
        let file = if example.language == "hcl" { "main.tf" } else { "template.yaml" };
        repo.write(file, &example.text);
        let (_, report) = repo.json(&["--threads", "1", "--strict", "--select", &self.selected()]);
        let found = findings(&report);
        let problems = report["problems"].as_array().unwrap();
        let open = report["cannot_tell"].as_array().unwrap();
        let judged = report["summary"]["files"].as_u64() == Some(1) && problems.is_empty();
        let right = match section {
            "Bad" => found.iter().any(|found| found.starts_with(&self.code)),
            _ => found.is_empty() && open.is_empty(),
        };
        (!judged || !right).then(|| format!("{file} says {found:?}, open {open:?}, problems {problems:?}"))
    }
}

#[test]
fn every_page_has_its_parts() {
    let wrong: Vec<String> = pages()
        .iter()
        .flat_map(|page| page.wrong_with_form().into_iter().map(|wrong| format!("{}.md: {wrong}", page.name)))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn examples_are_what_the_pages_say() {
    let mut wrong = Vec::new();
    for page in pages() {
        for section in ["Bad", "Good"] {
            for example in page.examples(section).iter().filter(|one| one.language != "ts") {
                wrong.extend(
                    page.wrong_with(section, example)
                        .map(|said| format!("{}.md, {section}: {said}\n{}", page.name, example.text)),
                );
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}
