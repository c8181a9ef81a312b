//! Code that asks for more than anybody can compute: bounded time, and what was not analysed is said.

use crate::harness::{Ran, Repo};
use std::fmt::Write;
use std::time::{Duration, Instant};

/// Runs on a module with an instance whose `http_tokens` and `user_data` are these expressions.
fn run(locals: &str, tokens: &str, user_data: &str) -> Ran {
    let repo = Repo::new();
    repo.write(
        "main.tf",
        format!(
            "variable \"v\" {{}}\nlocals {{\n{locals}\n}}\nresource \"aws_instance\" \"a\" {{\n  user_data = {user_data}\n  \
             metadata_options {{\n    http_tokens = {tokens}\n  }}\n}}\n"
        ),
    );
    let started = Instant::now();
    let ran = repo.run(&["check", "--format", "concise", "--strict"]);
    assert!(started.elapsed() < Duration::from_secs(60), "{:?}: {}", started.elapsed(), ran.stdout);
    ran
}

fn assert_judged(locals: &str, tokens: &str, user_data: &str) {
    let ran = run(locals, tokens, user_data);
    assert_eq!(ran.code, 1, "{}{}", ran.stdout, ran.stderr);
    assert!(ran.stdout.contains("IMDS01") && !ran.stdout.contains("problem"), "{}", ran.stdout);
}

fn assert_limit(locals: &str, tokens: &str, user_data: &str) {
    let ran = run(locals, tokens, user_data);
    assert_eq!(ran.code, 2, "{}{}", ran.stdout, ran.stderr);
    assert!(ran.stdout.contains("problem[limit]"), "{}", ran.stdout);
}

fn lines(count: usize, line: impl Fn(usize) -> String) -> String {
    (1..=count).fold(String::new(), |mut all, at| {
        let _ = writeln!(all, "{}", line(at));
        all
    })
}

#[test]
fn a_thousand_locals_in_a_chain_are_followed() {
    let chain = lines(1_000, |at| format!("l{at} = local.l{}", at - 1));
    assert_judged(&format!("l0 = \"optional\"\n{chain}"), "local.l1000", "null");
}

#[test]
fn three_hundred_nested_conditions_are_followed() {
    let nested =
        (0..300).fold("\"optional\"".to_owned(), |rest, at| format!("1 == {at} + 2 ? \"s{at}\" : {rest}"));
    assert_judged(&format!("x = {nested}"), "local.x", "null");
}

#[test]
fn large_maps_are_looked_up_in() {
    let entries = lines(60_000, |at| format!("key{at} = \"{}\"", "v".repeat(64)));
    assert_judged(
        &format!("m = {{\n{entries}}}"),
        "lookup(local.m, \"none\", \"optional\")",
        "local.m.key60000",
    );
    let entries: String = (0..20_000).fold(String::new(), |all, at| all + &format!("k{at} = {at}, "));
    let locals = format!("m = {{ {entries} }}\nn = {{ for k, v in local.m : k => v + 1 }}");
    assert_judged(&locals, "\"optional\"", "local.n.k1");
}

#[test]
fn endless_ranges_are_refused_as_terraform_does() {
    let repo = Repo::new();
    repo.write(
        "main.tf",
        "resource \"aws_instance\" \"a\" {\n  for_each = toset([for at in range(1e9) : tostring(at)])\n}\n\
         resource \"aws_instance\" \"b\" {\n  count = 1e9\n}\n",
    );
    let ran = repo.run(&["check", "--format", "concise", "--strict"]);
    assert_eq!(ran.code, 2, "{}", ran.stdout);
    assert!(ran.stdout.contains("a block with more than 10,000 instances"), "{}", ran.stdout);
}

#[test]
fn what_grows_without_end_is_a_limit() {
    let doubled = |first: &str, next: &dyn Fn(usize) -> String| {
        format!("l0 = {first}\n{}", lines(60, |at| format!("l{at} = {}", next(at - 1))))
    };
    let text = doubled("\"xxxxxxxxxx\"", &|at| format!("\"${{local.l{at}}}${{local.l{at}}}\""));
    assert_limit(&text, "\"optional\"", "local.l60");
    let list = doubled("[\"x\"]", &|at| format!("concat(local.l{at}, local.l{at})"));
    assert_limit(&list, "\"optional\"", "join(\"\", local.l60)");
    let object = doubled("{ a = 1 }", &|at| format!("{{ a = local.l{at}, b = local.l{at} }}"));
    assert_limit(&object, "\"optional\"", "jsonencode(local.l60)");
    let open =
        doubled("\"x\"", &|at| format!("var.v == \"{at}\" ? \"a${{local.l{at}}}\" : \"b${{local.l{at}}}\""));
    assert_limit(&open, "\"optional\"", "local.l60");
    let nested =
        "r = range(1000)\nb = [for x in local.r : [for y in local.r : [for z in local.r : x + y + z]]]";
    assert_limit(nested, "\"optional\"", "jsonencode(local.b)");
}

#[test]
fn numbers_of_any_size_cost_little() {
    let squares = lines(60, |at| format!("l{at} = local.l{} * local.l{}", at - 1, at - 1));
    let locals = format!(
        "l0 = 3\n{squares}\nlarge = 1e30000\ntext = \"${{local.l60}}${{local.large}}${{1 / local.large}}\""
    );
    assert_judged(&locals, "\"optional\"", "local.text");
}
