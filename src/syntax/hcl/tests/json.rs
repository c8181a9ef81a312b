//! Terraform's JSON syntax.

use super::*;

pub(super) const MODULE: &str = r#"{
  "//": "a comment",
  "terraform": {
    "required_providers": {"aws": {"source": "hashicorp/aws"}},
    "backend": {"s3": {"bucket": "b"}}
  },
  "variable": {"v": {"type": "list(string)", "default": ["${not a template}"]}},
  "locals": {"l": "${var.v}-x", "n": -1.5, "t": [true, null, {"a\"b": "c\n${1}"}]},
  "resource": {
    "aws_instance": {
      "web": {
        "//": "another",
        "provider": "aws.west",
        "depends_on": ["aws_s3_bucket.b"],
        "metadata_options": {"http_tokens": "required"},
        "lifecycle": {"ignore_changes": ["tags"], "precondition": [{"condition": "${a}"}, {"condition": true}]},
        "provisioner": [{"local-exec": {"command": "x"}}, {"file": {"connection": {"host": "h"}}}],
        "dynamic": {"ebs": {"for_each": "${var.v}", "content": {"size": "${ebs.value}"}}}
      },
      "db": [{"count": 1}, {"count": 2}]
    }
  },
  "data": [{"a": {"b": {}}}, {"c": {"d": {}}}],
  "moved": [{"from": "a.b", "to": "a.c[0]"}],
  "module": {"m": {"source": "./m$${x}", "providers": {"aws": "aws.west"}}}
}"#;

fn render(tree: &Tree, source: &str, body: &Body, indent: usize, out: &mut String) {
    use std::fmt::Write;
    let text = |span| tree.text(source, span);
    for attribute in &body.attributes {
        let value = show(tree, source, attribute.expr);
        writeln!(out, "{:indent$}{} = {value}", "", text(attribute.name)).unwrap();
    }
    for block in &body.blocks {
        let labels: String = block.labels.iter().map(|label| format!(" {}", text(label.text))).collect();
        writeln!(out, "{:indent$}{}{labels}:", "", text(block.keyword)).unwrap();
        render(tree, source, &block.body, indent + 2, out);
    }
}

fn rendered(parsed: &Parsed, source: &str) -> String {
    let mut out = String::new();
    render(&parsed.tree, source, &parsed.tree.body, 0, &mut out);
    out
}

#[test]
fn a_module_becomes_the_tree_of_the_native_syntax() {
    let parsed = parse_json(MODULE);
    assert_eq!(parsed.errors, []);
    let wanted = r#"terraform:
  required_providers:
    aws = {"source" = "hashicorp/aws"}
  backend s3:
    bucket = "b"
variable v:
  type = (list string)
  default = ["${not a template}"]
locals:
  l = (template (. var v) "-x")
  n = (Negate 1.5)
  t = [true null {"a\"b" = (template "c\n" 1)}]
resource aws_instance web:
  provider = (. aws west)
  depends_on = [(. aws_s3_bucket b)]
  metadata_options = {"http_tokens" = "required"}
  lifecycle:
    ignore_changes = [tags]
    precondition:
      condition = (template a)
    precondition:
      condition = true
  provisioner local-exec:
    command = "x"
  provisioner file:
    connection:
      host = "h"
  dynamic ebs:
    for_each = (template (. var v))
    content:
      size = (template (. ebs value))
resource aws_instance db:
  count = 1
resource aws_instance db:
  count = 2
data a b:
data c d:
moved:
  from = (. a b)
  to = ([] (. a c) 0)
module m:
  source = "./m$${x}"
  providers = {"aws" = (. aws west)}
"#;
    assert_eq!(rendered(&parsed, MODULE), wanted);
}

#[test]
fn decoded_text_stands_for_its_string_in_the_file() {
    let parsed = parse_json(MODULE);
    let tree = &parsed.tree;
    let one = tree
        .exprs()
        .find(|expr| matches!(expr.kind, ExprKind::Number) && tree.text(MODULE, expr.span) == "1");
    let span = tree.file_span(one.unwrap().span);
    assert_eq!(&MODULE[span.range()], r"c\n${1}");
}

#[test]
fn values_files_hold_no_templates() {
    let source = "\u{feff}{\"a\": \"${x}\", \"b\": {\"${c}\": [\"\\u0041\"]}, \"resource\": 1}";
    let parsed = parse_json_values(source);
    assert_eq!(parsed.errors, []);
    assert_eq!(rendered(&parsed, source), "a = \"${x}\"\nb = {\"${c}\" = [\"A\"]}\nresource = 1\n");
}

#[test]
fn invalid_json_is_an_error() {
    for source in [
        "",
        "{",
        "[",
        "{]",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{a:1}",
        "nul",
        "{\"locals\":{\"a\":01}}",
        "{\"locals\":{\"a\":1.}}",
        "{\"locals\":{\"a\":\"\n\"}}",
        "{} x",
        "{\"locals\":{\"a\":\"\\x\"}}",
        "{\"locals\":{\"a\":\"${\"}}",
        "{\"locals\":1}",
        "{\"resource\":{\"a\":1}}",
        "{\"nonsense\":{}}",
        "'a'",
        "{\"locals\":{\"a\":+1}}",
    ] {
        assert_eq!(parse_json(source).errors.len(), 1, "{source}");
    }
}

#[test]
fn a_broken_template_hides_only_its_string() {
    let source = "{\"locals\": {\"a\": \"\\t${b\", \"c\": \"${d}\"}}";
    let parsed = parse_json(source);
    assert_eq!(&source[parsed.errors[0].hides.unwrap().range()], "\"\\t${b\"");
    assert_eq!(&source[parsed.errors[0].span.range()], "\\t${b");
    assert!(rendered(&parsed, source).ends_with("c = (template d)\n"));
}

#[test]
fn surrogate_pairs_are_one_character() {
    let source = r#"{"a": "\ud83d\ude00\ud83dx\/"}"#;
    assert_eq!(rendered(&parse_json_values(source), source), "a = \"😀\u{fffd}x/\"\n");
}
