//! Which declarations are evaluated for what they may tell.

use super::super::eval::Evaluator;
use super::super::given::NoFiles;
use super::super::instance::Instance;
use super::super::{FolderFiles, Module, ModuleFile, Program};
use crate::source::{SourceFile, Sources};
use crate::syntax::hcl;

/// Whether the declaration `a` of a module is wanted.
fn tells(text: &str) -> bool {
    let sources = Sources::default();
    let (id, source) = sources.add(SourceFile::new("a.tf".into(), "a.tf".into(), text.into(), false));
    let tree = hcl::parse(source.text()).tree.into();
    let configuration = vec![ModuleFile { id, source, tree }];
    let mut program = Program::default();
    program.add(Module::new(String::new(), FolderFiles { configuration, ..FolderFiles::default() }));
    let evaluator = Evaluator::new(&program, &NoFiles).told(true);
    let instance = Instance::root(program.module("").unwrap());
    evaluator.declarations(&instance).iter().any(|declaration| &*declaration.name == "a")
}

#[test]
fn a_value_without_a_text_under_a_name_that_says_secret_is_not_evaluated() {
    for text in [
        r#"locals { a = { for key, of in { x = {} } : key => merge(of, { b = ["c"] }) } }"#,
        r#"locals { a = { for key in ["x"] : key => { name = "HOST", value = "db" } } }"#,
        r#"locals { a = { (local.b) = { c = 1 } }, b = "x" }"#,
        r#"locals { a = { for key, of in { x = 1 } : key => { length = "${of}-${key}" } } }"#,
        r#"output "a" { value = { for key in ["x"] : key => { text = "plain" } } }"#,
        r#"resource "aws_sqs_queue" "q" { name = "x" }
           locals { a = { for key in ["x"] : key => { arn = aws_sqs_queue.q.arn } } }"#,
        // Of what holds secrets as well, only something else is taken.
        r#"locals {
             all = { dev = { secrets = { token = "x" }, groups = { web = { port = 1 } } }, test = {} }
             own = local.all[terraform.workspace]
             a   = { for key, of in lookup(local.own, "groups", {}) : key => { port = of.port } }
           }"#,
        r#"locals {
             own = { groups = { web = { rules = [{ port = 1, password = "x" }] } } }
             all = [for key, of in local.own.groups : [for rule in of.rules : { key = key, rule = { port = rule.port } }]]
             a   = { for item in flatten([local.all]) : item.key => item.rule }
           }"#,
        r#"locals {
             own = { groups = { web = [{ port = 1, password = "x" }] } }
             a   = { for key, of in local.own.groups : key => { ports = of[*].port } }
           }"#,
        r#"resource "aws_sqs_queue" "q" { for_each = { x = "y" } }
           locals { a = { for key, of in aws_sqs_queue.q : key => of.arn } }"#,
        r#"variable "v" {
             type    = map(object({ password = optional(string, "x"), port = optional(number, 1) }))
             default = {}
           }
           locals { a = { for key, of in var.v : key => { port = of.port } } }"#,
    ] {
        assert!(!tells(text), "{text}");
    }
}

#[test]
fn a_value_in_which_a_name_may_say_secret_is_evaluated() {
    for text in [
        r#"locals { a = { password = "x" } }"#,
        r#"locals { a = { password = ["x"] } }"#,
        r#"locals { a = { for key, of in { password = "x" } : key => of } }"#,
        r#"locals { a = { for key, of in { x = { y = 1 } } : key => of.y } }"#,
        r#"locals { a = { for key in ["x"] : key => { name = "DB_PASSWORD", value = "db" } } }"#,
        r#"locals { a = { for key in ["x"] : key => merge({ value = "db" }, { name = "DB_${key}" }) } }"#,
        r#"locals { a = { for key in ["x"] : key => { name = upper(key), value = "db" } } }"#,
        r#"variable "v" {
             type    = object({ password = optional(string, "x") })
             default = {}
           }
           locals { a = { for key in ["x"] : key => merge(var.v, {}) } }"#,
        r#"locals { a = { for key in ["x"] : key => jsondecode("{}") } }"#,
        r#"locals { a = jsondecode("{}") }"#,
        r#"resource "aws_sqs_queue" "q" { name = "x" }
           locals { a = { for key in ["x"] : key => { secret = aws_sqs_queue.q.name } } }"#,
        r#"locals {
             own = { dev = { groups = { password = "x" } }, test = {} }
             a   = { for key, of in lookup(local.own[terraform.workspace], "groups", {}) : key => of }
           }"#,
        r#"locals {
             own = { web = { rules = [{ port = 1, password = "x" }] } }
             all = [for key, of in local.own : [for rule in of.rules : { key = key, rule = rule }]]
             a   = { for item in flatten([local.all]) : item.key => item.rule }
           }"#,
        r#"locals {
             own = { web = [{ port = 1, password = "x" }] }
             a   = { for key, of in local.own : key => of[*] }
           }"#,
        r#"locals {
             own = { web = { rules = { (terraform.workspace) = { password = "x" } } } }
             a   = { for key in ["x"] : key => local.own.web.rules.dev }
           }"#,
        r#"variable "v" {
             type    = map(object({ password = optional(string, "x"), port = optional(number, 1) }))
             default = {}
           }
           locals { a = { for key, of in var.v : key => merge(of, {}) } }"#,
        r#"output "a" { value = { for key in ["x"] : key => { text = jsonencode({ password = "x" }) } } }"#,
    ] {
        assert!(tells(text), "{text}");
    }
}

#[test]
fn what_goes_in_a_circle_is_evaluated() {
    assert!(tells(r#"locals { a = { for key in ["x"] : key => merge(local.a, { b = 1 }) } }"#));
}
