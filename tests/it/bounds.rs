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
fn a_secret_is_told_in_a_text_of_more_ways_than_are_followed() {
    let repo = Repo::new();
    let variables = lines(2_500, |at| format!("variable \"p{at}\" {{}}"));
    let script = lines(2_500, |at| format!("echo ${{var.p{at}}}"));
    repo.write(
        "main.tf",
        format!(
            "variable \"db_password\" {{}}\n{variables}resource \"aws_launch_template\" \"a\" {{\n  user_data = \
             <<EOT\nexport DB_PASSWORD=${{var.db_password}}\n{script}EOT\n}}\n"
        ),
    );
    let ran = repo.run(&["check", "--format", "concise"]);
    assert!(ran.stdout.contains("SEC07") && !ran.stdout.contains("problem"), "{}{}", ran.stdout, ran.stderr);
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

/// A template with these sections before its resources, and these resources beside a bad instance.
fn run_template(sections: &str, resources: &str, limit: Duration) -> Ran {
    let repo = Repo::new();
    let bad =
        "  Bad:\n    Type: AWS::EC2::Instance\n    Properties: {MetadataOptions: {HttpTokens: optional}}\n";
    repo.write(
        "t.yaml",
        format!("AWSTemplateFormatVersion: '2010-09-09'\n{sections}Resources:\n{bad}{resources}"),
    );
    let started = Instant::now();
    let ran = repo.run(&["check", "--format", "concise", "--strict"]);
    assert!(started.elapsed() < limit, "{:?}: {}", started.elapsed(), ran.stdout);
    ran
}

/// What could not be analysed is said, and the rest is judged.
fn assert_template_limit(sections: &str, resources: &str, message: &str) {
    let ran = run_template(sections, resources, Duration::from_secs(20));
    assert_eq!(ran.code, 2, "{}{}", ran.stdout, ran.stderr);
    assert!(ran.stdout.contains(message), "{}", ran.stdout);
    assert!(ran.stdout.contains("IMDS01"), "{}", ran.stdout);
}

#[test]
fn aliases_of_aliases_are_not_expanded_without_end() {
    let mut metadata = "Metadata:\n  L0: &l0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for at in 1..12 {
        let before = format!("*l{}, ", at - 1).repeat(10);
        let _ = writeln!(metadata, "  L{at}: &l{at} [{before}]");
    }
    let ran = run_template(&metadata, "", Duration::from_secs(10));
    assert_eq!(ran.code, 2, "{}", ran.stdout);
    assert!(ran.stdout.contains("problem[limit] aliases stand for more than 250000 nodes"), "{}", ran.stdout);
}

#[test]
fn a_million_iterations_are_a_limit() {
    let numbers = |count: usize| (0..count).map(|at| format!("'{at}'")).collect::<Vec<_>>().join(", ");
    let transform = "Transform: AWS::LanguageExtensions\n";
    let nested = format!(
        "  Fn::ForEach::A:\n    - A\n    - [{0}]\n    - Fn::ForEach::B:\n        - B\n        - [{0}]\n        - 'R${{A}}x${{B}}': {{Type: AWS::IAM::User}}\n",
        numbers(1000)
    );
    let message = "problem[limit] the loops of `Fn::ForEach` make too much";
    assert_template_limit(transform, &nested, message);
    let long = format!(
        "  Fn::ForEach::A:\n    - A\n    - [{}]\n    - 'R${{A}}': {{Type: AWS::IAM::User}}\n",
        numbers(1_000_000)
    );
    assert_template_limit(transform, &long, message);
    let inside = "x".repeat(100_000);
    let large = format!(
        "  Fn::ForEach::A:\n    - A\n    - [{}]\n    - 'R${{A}}': {{Type: AWS::IAM::User, Properties: {{Path: {inside}}}}}\n",
        numbers(1000)
    );
    assert_template_limit(transform, &large, message);
}

#[test]
fn conditions_in_a_circle_are_a_problem_with_a_place() {
    let chain = lines(100, |at| format!("  C{at}: !Not [!Condition C{}]", at % 100 + 1));
    let sections = format!("Conditions:\n{chain}");
    let other = "  Web:\n    Type: AWS::EC2::Instance\n    Condition: C7\n";
    let ran = run_template(&sections, other, Duration::from_secs(10));
    assert_eq!(ran.code, 2, "{}", ran.stdout);
    assert!(ran.stdout.contains("t.yaml:3:3: problem[syntax] conditions `C1`, `C2`, `C3`, `C4` and 96 others refer to each other in a circle"), "{}", ran.stdout);
    assert!(ran.stdout.contains("IMDS01"), "{}", ran.stdout);
}

#[test]
fn thirty_conditions_over_many_parameters_are_decided_or_said_to_be_open() {
    let parameters = lines(60, |at| format!("  P{at}: {{Type: String}}"));
    let atom = |at: usize| format!("!Equals [!Ref P{}, x{}]", at % 60 + 1, at % 3);
    let condition = |at: usize| {
        let parts: Vec<String> = (0..8)
            .map(|part| format!("!And [{}, !Not [{}]]", atom(at * 7 + part), atom(at * 11 + part * 5 + 1)))
            .collect();
        format!("  C{at}: !Or [{}]", parts.join(", "))
    };
    let sections = format!("Parameters:\n{parameters}Conditions:\n{}", lines(30, condition));
    let nested = (1..=30).fold("required".to_owned(), |rest, at| {
        format!("!If [C{at}, {rest}, !If [C{}, optional, required]]", at % 30 + 1)
    });
    let web = format!(
        "  Web:\n    Type: AWS::EC2::Instance\n    Condition: C3\n    Properties: {{MetadataOptions: {{HttpTokens: {nested}}}}}\n"
    );
    let ran = run_template(&sections, &web, Duration::from_secs(20));
    assert_ne!(ran.code, 0);
    let said = ran.stdout.lines().any(|line| line.contains("IMDS01") && !line.contains("t.yaml:9"));
    assert!(said, "{}", ran.stdout);
}

#[test]
fn what_no_search_decides_is_an_open_question_and_no_finding() {
    // More pigeons than holes, said by which pigeon has which hole: never true, and hard to see.
    let (pigeons, holes) = (12, 11);
    let parameters: String = (0..pigeons * holes).map(|at| format!("  P{at}: {{Type: String}}\n")).collect();
    let has = |pigeon: usize, hole: usize| format!("!Equals [!Ref P{}, x]", pigeon * holes + hole);
    let mut all: Vec<String> = (0..pigeons)
        .map(|pigeon| {
            let any: Vec<String> = (0..holes).map(|hole| has(pigeon, hole)).collect();
            format!("!Or [{}]", any.join(", "))
        })
        .collect();
    for hole in 0..holes {
        for (one, other) in (0..pigeons).flat_map(|one| (0..one).map(move |other| (one, other))) {
            all.push(format!("!Not [!And [{}, {}]]", has(one, hole), has(other, hole)));
        }
    }
    let sections = format!("Parameters:\n{parameters}Conditions:\n  Hard: !And [{}]\n", all.join(", "));
    let web = "  Web:\n    Type: AWS::EC2::Instance\n    Condition: Hard\n    Properties: {MetadataOptions: {HttpTokens: optional}}\n  \
               Key: {Type: AWS::IAM::AccessKey, Condition: Hard, Properties: {UserName: bob}}\n";
    let ran = run_template(&sections, web, Duration::from_secs(20));
    let about = |text: &str| ran.stdout.lines().filter(|line| line.contains(text)).count();
    assert!(ran.stdout.contains("it depends on too many conditions"), "{}", ran.stdout);
    assert_eq!(about("error[IMDS01]"), 1, "{}", ran.stdout);
    assert_eq!(about("error[KEY01]"), 1, "a key is made by code all the same: {}", ran.stdout);
}
