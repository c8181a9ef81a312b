//! Which declarations are evaluated for what they may tell.

use super::super::eval::Evaluator;
use super::super::given::NoFiles;
use super::super::instance::Instance;
use super::super::{FolderFiles, Module, ModuleFile, Program};
use crate::source::{SourceFile, Sources};
use crate::syntax::hcl;

/// Names of the declarations of a module that are wanted.
fn told(text: &str) -> Vec<String> {
    let sources = Sources::default();
    let (id, source) = sources.add(SourceFile::new("a.tf".into(), "a.tf".into(), text.into(), false));
    let tree = hcl::parse(source.text()).tree.into();
    let configuration = vec![ModuleFile { id, source, tree }];
    let mut program = Program::default();
    program.add(Module::new(String::new(), FolderFiles { configuration, ..FolderFiles::default() }));
    let evaluator = Evaluator::new(&program, &NoFiles).told(true);
    let instance = Instance::root(program.module("").unwrap());
    let declared = evaluator.declarations(&instance);
    declared.iter().map(|declaration| declaration.name.to_string()).collect()
}

#[test]
fn a_value_without_a_text_under_a_name_that_says_secret_is_not_evaluated() {
    for text in [
        r#"locals { a = { for key, of in { x = {} } : key => merge(of, { b = ["c"] }) } }"#,
        r#"locals { a = { for key in ["x"] : key => { name = "HOST", value = "db" } } }"#,
        r#"locals { a = { (local.b) = { c = 1 } }, b = "x" }"#,
        r#"locals { a = { for key, of in { x = 1 } : key => { length = "${of}-${key}" } } }"#,
        r#"output "o" { value = { for key in ["x"] : key => { text = "plain" } } }"#,
        r#"resource "aws_sqs_queue" "q" { name = "x" }
           locals { a = { for key in ["x"] : key => { arn = aws_sqs_queue.q.arn } } }"#,
    ] {
        assert_eq!(told(text), Vec::<String>::new(), "{text}");
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
        r#"output "a" { value = { for key in ["x"] : key => { text = jsonencode({ password = "x" }) } } }"#,
    ] {
        assert_eq!(told(text), ["a"], "{text}");
    }
}

#[test]
fn what_goes_in_a_circle_is_evaluated() {
    assert_eq!(told(r#"locals { a = { for key in ["x"] : key => merge(local.a, { b = 1 }) } }"#), ["a"]);
}
