//! What an expression may be worth where the code alone does not decide.

use super::super::eval::{Evaluator, Scope};
use super::super::instance::Instance;
use super::super::module::ModuleFile;
use super::{Disk, program};
use crate::model::{Hop, Kind, Origin, Part, Value};
use crate::source::{SourceFile, Sources};
use crate::syntax::hcl;
use std::path::PathBuf;

/// The value of `local.asked` and the limits that were reached on the way.
fn evaluated(code: &str) -> (Value, Vec<String>) {
    let disk = Disk { root: PathBuf::from("/nonexistent"), sources: Sources::default() };
    let parsed = hcl::parse(code);
    assert!(parsed.errors.is_empty(), "{:?}", parsed.errors);
    let (id, source) =
        disk.sources.add(SourceFile::new("a.tf".into(), "a.tf".into(), code.to_owned(), false));
    let program = program(&disk, vec![ModuleFile { id, source, tree: parsed.tree.into() }]);
    let evaluator = Evaluator::new(&program, &disk);
    let instance = Instance::root(program.module("").unwrap());
    let local = instance.module.locals.get("asked").unwrap()[0];
    let file = &instance.module.files[local.file as usize];
    let value = evaluator.eval(local.expr, Scope { instance: &instance, file, frame: None });
    let limits = evaluator.limits.borrow().iter().map(|(_, what)| what.clone()).collect();
    (value, limits)
}

/// Every known text in a value, each once, in order.
fn texts(value: &Value) -> Vec<String> {
    fn collect(value: &Value, found: &mut Vec<String>) {
        match &value.kind {
            Kind::String(text) => found.push(text.to_string()),
            Kind::List(items) => items.iter().for_each(|item| collect(item, found)),
            Kind::Object(object) => object.entries.iter().for_each(|entry| collect(&entry.value, found)),
            Kind::Choice(choice) => {
                collect(&choice.then, found);
                collect(&choice.otherwise, found);
            }
            Kind::Unknown(unknown) => found.extend(unknown.parts.iter().filter_map(|part| match part {
                Part::Text { text, .. } => Some(text.to_string()),
                Part::Unknown(_) => None,
            })),
            Kind::Null | Kind::Bool(_) | Kind::Number(_) => {}
        }
    }
    let mut found = Vec::new();
    collect(value, &mut found);
    found.sort();
    found.dedup();
    found
}

fn asked(expression: &str) -> Vec<String> {
    let code = format!("variable \"u\" {{}}\nvariable \"f\" {{}}\nlocals {{\n  asked = {expression}\n}}\n");
    let (value, limits) = evaluated(&code);
    assert!(limits.is_empty(), "{expression}: {limits:?}");
    texts(&value)
}

#[test]
fn a_fallback_is_an_outcome_where_it_can_be_reached() {
    for (expression, want) in [
        (r#"try(var.u.password, "lit")"#, &["lit"][..]),
        (r#"try(var.u[0], "lit")"#, &["lit"]),
        (r#"try(jsondecode(var.u).x, "lit")"#, &["lit"]),
        (r#"try(tonumber(var.u), "lit")"#, &["lit"]),
        (r#"try(upper(var.u.a), "b", "c")"#, &["b"]),
        (r#"try(var.u.a, [][0])"#, &[]),
        (r#"try(var.u, "lit")"#, &[]),
        (r#"try("${var.u}", "lit")"#, &[]),
        (r#"try("first", "lit")"#, &["first"]),
        (r#"try({}.a, "lit")"#, &["lit"]),
        (r#"lookup(var.u, "k", "lit")"#, &["lit"]),
        (r#"lookup({ a = "x", b = "y" }, var.u, "lit")"#, &["lit", "x", "y"]),
        (r#"lookup({ k = "x" }, "k", "lit")"#, &["x"]),
        (r#"coalesce(var.u, "lit")"#, &["lit"]),
        (r#"coalesce("x", var.u, "lit")"#, &["x"]),
        (r#"can(var.u.x) ? "x" : "lit""#, &["lit", "x"]),
        (r#"can(var.u) ? "x" : "lit""#, &["x"]),
        (r#"var.u == "x" ? "then" : "else""#, &["else", "then"]),
        (r#"var.u == "x" ? null : "else""#, &["else"]),
    ] {
        assert_eq!(asked(expression), want, "{expression}");
    }
}

#[test]
fn what_stands_beside_unknown_elements_and_keys_is_not_lost() {
    for (expression, want) in [
        (r#"{ dev = "a", prod = "b" }[var.u]"#, &["a", "b"][..]),
        (r#"["a", "b"][var.u]"#, &["a", "b"]),
        (r#"{ dev = { key = "a" }, prod = { key = "b" } }[var.u].key"#, &["a", "b"]),
        (r#"[for name in var.u : { name = name, key = "a" }]"#, &["a"]),
        (r#"[for name in var.u : { name = name, key = "a" }][0].key"#, &["a"]),
        (r#"[for name in ["a", "b"] : name if var.f]"#, &["a", "b"]),
        (r#"{ for name in ["a", "b"] : name => upper(name) if var.f }"#, &["A", "B"]),
        (r#""%{ if var.f }a%{ else }b%{ endif }""#, &["a", "b"]),
        (r#""%{ for x in var.u }key=${x};%{ endfor }""#, &[";", "key="]),
        (r#"base64encode(var.f ? "a" : "b")"#, &["YQ==", "Yg=="]),
        (r#"var.u.x || true ? "a" : "b""#, &["a"]),
    ] {
        assert_eq!(asked(expression), want, "{expression}");
    }
}

#[test]
fn of_many_open_conditions_every_literal_is_an_outcome() {
    let nested =
        (0..200).fold("\"last\"".to_owned(), |rest, at| format!("var.u == \"{at}\" ? \"s{at}\" : {rest}"));
    assert_eq!(asked(&nested).len(), 201);
    assert_eq!(asked(&format!("\"x-${{{nested}}}\"")).len(), 201);
    let parts: String = (0..20).map(|at| format!("${{var.u == \"{at}\" ? \"a{at}\" : \"b{at}\"}}")).collect();
    let found = asked(&format!("\"{parts}\""));
    assert!(
        (0..20).all(|at| found.contains(&format!("a{at}")) && found.contains(&format!("b{at}"))),
        "{found:?}"
    );
    let object: String =
        (0..20).map(|at| format!("k{at} = var.u == \"{at}\" ? \"a{at}\" : \"b{at}\"\n")).collect();
    let found = asked(&format!("jsonencode({{ {object} }})"));
    let holds = |text: String| found.contains(&text);
    assert!((0..20).all(|at| holds(format!("a{at}")) && holds(format!("b{at}"))), "{found:?}");
}

#[test]
fn more_outcomes_than_anybody_follows_are_a_limit() {
    let nested =
        (0..300).fold("\"last\"".to_owned(), |rest, at| format!("var.u == \"{at}\" ? \"s{at}\" : {rest}"));
    let code = format!(
        "variable \"u\" {{}}\nlocals {{\n  a = {nested}\n  asked = \"${{local.a}}${{local.a}}${{upper(local.a)}}-${{local.b}}\"\n  b = var.u == \"x\" ? local.a : lower(local.a)\n}}\n"
    );
    let (value, limits) = evaluated(&code);
    assert!(!limits.is_empty(), "{value:?}");
}

#[test]
fn iteration_is_a_step_of_the_way() {
    let hops = |code: &str| {
        let (value, _) = evaluated(code);
        let mut origin = value.as_list().map_or(&value, |items| &items[0]).origin.clone();
        let mut hops = Vec::new();
        while let Origin::Derived(step) = origin {
            hops.push(step.hop.clone());
            origin = step.from[0].clone();
        }
        hops
    };
    assert_eq!(hops("locals {\n  asked = [for x in [\"a\"] : x]\n}\n"), [Hop::Iterator("x".into())]);
}
