//! Agreement with Terraform, whose answers `testdata/frontends/terraform/syntax/refresh.sh` stored.

use std::path::{Path, PathBuf};

use super::*;

fn cases() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/frontends/terraform/syntax")
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn accepts_and_rejects_what_terraform_fmt_does() {
    let verdicts = read(&cases().join("verdicts.txt"));
    let mut wrong = Vec::new();
    for line in verdicts.lines() {
        let (verdict, name) = line.split_once(' ').unwrap();
        let errors = parse(&read(&cases().join(format!("{name}.tf")))).errors;
        if errors.is_empty() != (verdict == "accept") {
            wrong.push(format!("{name}: terraform says {verdict}, we {errors:?}"));
        }
    }
    assert!(verdicts.lines().count() > 300);
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn every_case_has_a_verdict() {
    let verdicts = read(&cases().join("verdicts.txt"));
    let known: Vec<&str> = verdicts.lines().filter_map(|line| Some(line.split_once(' ')?.1)).collect();
    for entry in std::fs::read_dir(cases()).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        if let Some(case) = name.strip_suffix(".tf").filter(|case| *case != "values") {
            assert!(known.contains(&case), "run refresh.sh: {case}");
        }
    }
}

#[test]
fn templates_have_the_values_that_terraform_console_gives() {
    let source = read(&cases().join("values.tf"));
    let encoded: String = serde_json::from_str(&read(&cases().join("values.json"))).unwrap();
    let expected: serde_json::Map<String, serde_json::Value> = serde_json::from_str(&encoded).unwrap();
    let parsed = parse(&source);
    assert_eq!(parsed.errors, []);
    let tree = &parsed.tree;
    let ExprKind::Object(items) = &tree.expr(tree.body.blocks[0].body.attributes[0].expr).kind else {
        panic!()
    };
    let items = tree.items(*items);
    assert_eq!(items.len(), expected.len());
    let mut wrong = Vec::new();
    for item in items {
        let ExprKind::Plain(name) = tree.expr(item.key).kind else { panic!() };
        let name = tree.text(&source, name);
        let value = match name.strip_prefix("template_") {
            Some(file) => {
                let text = read(&cases().join(format!("{file}.tmpl")));
                let parsed = parse_template(&text);
                assert_eq!(parsed.errors, []);
                Values { tree: &parsed.tree, source: &text, names: Vec::new() }.text(parsed.root.unwrap())
            }
            None => Values { tree, source: &source, names: Vec::new() }.text(item.value),
        };
        let wanted = expected[name].as_str().unwrap();
        if value != wanted {
            wrong.push(format!("{name}: terraform {wanted:?}, we {value:?}"));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

/// Just enough evaluation to put the texts of templates together.
struct Values<'a> {
    tree: &'a Tree,
    source: &'a str,
    names: Vec<(&'a str, String)>,
}

impl<'a> Values<'a> {
    fn text(&mut self, id: ExprId) -> String {
        let expr = self.tree.expr(id);
        match &expr.kind {
            ExprKind::Plain(span) => self.tree.text(self.source, *span).to_owned(),
            ExprKind::Number => self
                .tree
                .text(self.source, expr.span)
                .replace("1.e2", "100")
                .parse::<f64>()
                .unwrap()
                .to_string(),
            ExprKind::Bool(value) => value.to_string(),
            ExprKind::Name(span) => {
                let name = self.tree.text(self.source, *span);
                self.names.iter().rev().find(|(other, _)| *other == name).unwrap().1.clone()
            }
            ExprKind::Binary { op: BinaryOp::Equal, left, right } => {
                (self.text(*left) == self.text(*right)).to_string()
            }
            ExprKind::Template(parts) => self.parts(self.tree.parts(*parts)),
            kind => panic!("{kind:?}"),
        }
    }

    fn parts(&mut self, parts: &'a [Part]) -> String {
        let mut text = String::new();
        for part in parts {
            match part {
                Part::Raw(span) => text.push_str(self.tree.text(self.source, *span)),
                Part::Text { text: decoded, .. } => text.push_str(decoded),
                Part::Interpolation(id) => text.push_str(&self.text(*id)),
                Part::If(part) => {
                    let IfPart { condition, then, otherwise } = &**part;
                    let branch = if self.text(*condition) == "true" { then } else { otherwise };
                    text.push_str(&self.parts(branch));
                }
                Part::For(part) => {
                    let ForPart { key_name, value_name, collection, body } = &**part;
                    let ExprKind::Tuple(items) = &self.tree.expr(*collection).kind else { panic!() };
                    for (index, item) in self.tree.ids(*items).iter().enumerate() {
                        let value = self.text(*item);
                        if let Some(key) = key_name {
                            self.names.push((self.tree.text(self.source, *key), index.to_string()));
                        }
                        self.names.push((self.tree.text(self.source, *value_name), value));
                        text.push_str(&self.parts(body));
                    }
                }
            }
        }
        text
    }
}

/// Terraform accepts every one of these files (checked with `terraform fmt`).
#[test]
fn real_repositories_have_no_errors() {
    let Some(corpora) = shared().map(|shared| shared.join("corpora")) else {
        eprintln!("skipped: no corpora beside the repository");
        return;
    };
    let mut wrong = Vec::new();
    let mut count = 0;
    for entry in ignore::WalkBuilder::new(corpora).standard_filters(false).build().flatten() {
        let path = entry.path();
        if path.is_file() && path.extension().is_some_and(|extension| extension == "tf") {
            let Ok(text) = std::fs::read_to_string(path) else { continue };
            count += 1;
            let parsed = parse(&text);
            check_spans(&parsed.tree, &text);
            wrong.extend(parsed.errors.first().map(|error| format!("{}: {error:?}", path.display())));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
    assert!(count > 4000, "{count}");
}

pub(super) fn shared() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let path = std::env::var_os("KEYLESS_SHARED").map_or(beside, PathBuf::from);
    path.join("corpora").is_dir().then_some(path)
}

/// All spans lie in the text, at boundaries of characters.
pub(super) fn check_spans(tree: &Tree, text: &str) {
    for expr in tree.exprs() {
        assert!(text.get(expr.span.range()).is_some(), "{expr:?}");
        if let ExprKind::Plain(span) | ExprKind::Name(span) = expr.kind {
            assert!(expr.span.contains(span) && text.get(span.range()).is_some(), "{expr:?}");
        }
    }
    for comment in &tree.comments {
        assert!(text.get(comment.range()).is_some_and(|text| text.starts_with(['#', '/'])), "{comment:?}");
    }
    assert!(tree.comments.is_sorted());
}
