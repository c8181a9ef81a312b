//! Terraform as people write it, and as nobody should: what is found, and what is said to be not analysed.

use crate::harness::{Repo, findings, problems};

/// An instance with a profile, a line of its own, and these tokens.
fn instance(name: &str, extra: &str, tokens: &str) -> String {
    format!(
        "resource \"aws_instance\" \"{name}\" {{\n  ami = \"ami-12345678\"\n  iam_instance_profile = \"web\"\n  \
         {extra}\n  metadata_options {{\n    http_tokens = {tokens}\n  }}\n}}\n"
    )
}

/// The addresses of all IMDS01 findings, and the codes of what is open.
fn judged(main: &str) -> (Vec<String>, Vec<String>) {
    let repo = Repo::new();
    repo.write("main.tf", main);
    let (_, report) = repo.json(&["."]);
    assert!(report["problems"].as_array().unwrap().is_empty(), "{report:#}");
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    let found = report["findings"].as_array().unwrap().iter().filter(|finding| finding["code"] == "IMDS01");
    let addresses = found.flat_map(|finding| finding["addresses"].as_array().unwrap().iter().map(text));
    let mut addresses: Vec<String> = addresses.collect();
    addresses.sort();
    let open = report["cannot_tell"].as_array().unwrap().iter().map(|open| text(&open["code"]));
    let open = open.filter(|code| code == "IMDS01").collect();
    (addresses, open)
}

#[track_caller]
fn violates(main: &str, addresses: &[&str]) {
    assert_eq!(
        judged(main),
        (addresses.iter().map(|address| (*address).to_owned()).collect(), vec![]),
        "{main}"
    );
}

#[track_caller]
fn is_open(main: &str) {
    let (found, open) = judged(main);
    assert!(found.is_empty() && !open.is_empty(), "{found:?} {open:?} {main}");
}

#[test]
fn counted_and_keyed_instances_have_their_addresses() {
    violates(&instance("a", "count = 2", "\"optional\""), &["aws_instance.a[0]", "aws_instance.a[1]"]);
    violates(&instance("a", "count = 0", "\"optional\""), &[]);
    let chosen = format!(
        "variable \"x\" {{\n  default = true\n}}\n{}",
        instance("a", "count = var.x ? 1 : 0", "\"optional\"")
    );
    violates(&chosen, &["aws_instance.a[0]"]);
    violates(&chosen.replace("default = true", "default = false"), &[]);
    violates(&chosen.replace("  default = true\n", ""), &["aws_instance.a"]);
    violates(
        &instance(
            "a",
            "for_each = toset([\"y\", \"x\", \"y\"])",
            "each.key == \"x\" ? \"optional\" : \"required\"",
        ),
        &["aws_instance.a[\"x\"]"],
    );
    violates(
        &instance("a", "for_each = { x = \"optional\", y = \"required\" }", "each.value"),
        &["aws_instance.a[\"x\"]"],
    );
}

#[test]
fn values_are_followed_through_the_idioms_of_modules() {
    for expression in [
        "try(var.options.http_tokens, \"required\")",
        "lookup(var.options, \"http_tokens\", \"required\")",
        "coalesce(null, \"\", var.options.http_tokens)",
        "element([\"required\", var.options[\"http_tokens\"]], 3)",
        "merge({ http_tokens = \"required\" }, var.options).http_tokens",
        "one([for k, v in var.options : v])",
        "values(var.options)[0]",
        "can(var.options.missing) ? \"required\" : \"optional\"",
        "{ for k, v in var.options : upper(k) => v }[\"HTTP_TOKENS\"]",
        "concat([], [var.options.http_tokens])[0]",
        "jsondecode(jsonencode(var.options)).http_tokens",
        "yamldecode(yamlencode(var.options)).http_tokens",
        "\"%{ if length(var.options) > 0 }optional%{ else }required%{ endif }\"",
        "try([for x in [1] : var.options.missing][0], \"optional\")",
        "flatten([[var.options], []])[0].http_tokens",
        "nonsensitive(sensitive(var.options.http_tokens))",
    ] {
        let main = format!(
            "variable \"options\" {{\n  default = {{ http_tokens = \"optional\" }}\n}}\n{}",
            instance("a", "", expression)
        );
        let (found, open) = judged(&main);
        assert!(found == ["aws_instance.a"] && open.is_empty(), "{expression}: {found:?} {open:?}");
    }
    is_open(&format!("variable \"t\" {{}}\n{}", instance("a", "", "var.t")));
    is_open(&format!("variable \"t\" {{}}\n{}", instance("a", "", "try(var.t, \"required\")")));
}

#[test]
fn dynamic_blocks_are_made_as_terraform_makes_them() {
    let dynamic = |for_each: &str, content: &str| {
        format!(
            "variable \"open\" {{}}\nresource \"aws_instance\" \"a\" {{\n  ami = \"ami-1\"\n  iam_instance_profile = \
             \"web\"\n  dynamic \"metadata_options\" {{\n    for_each = {for_each}\n    content {{\n      http_tokens = \
             {content}\n    }}\n  }}\n}}\n"
        )
    };
    let tokens = "metadata_options.value.http_tokens";
    violates(&dynamic("[{ http_tokens = \"optional\" }]", tokens), &["aws_instance.a"]);
    violates(&dynamic("[{ http_tokens = \"required\" }]", tokens), &[]);
    violates(&dynamic("{ a = { http_tokens = \"optional\" } }", tokens), &["aws_instance.a"]);
    violates(&dynamic("toset([\"optional\"])", "metadata_options.key"), &["aws_instance.a"]);
    violates(&dynamic("[\"optional\"]", "metadata_options.key == 0 ? \"required\" : \"optional\""), &[]);
    violates(&dynamic("true ? [1] : []", "\"optional\""), &["aws_instance.a"]);
    violates(&dynamic("var.open", "\"required\""), &[]);
    violates(&dynamic("var.open ? [1] : []", "\"optional\""), &["aws_instance.a"]);
    let named =
        dynamic("[\"optional\"]", "it.value").replace("    content", "    iterator = it\n    content");
    violates(&named, &["aws_instance.a"]);
}

#[test]
fn modules_are_followed_through_three_calls() {
    let repo = Repo::new();
    repo.write("live/main.tf", "module \"a\" {\n  source = \"../one\"\n  for_each = toset([\"x\", \"y\"])\n  tokens = each.key == \"x\" ? \"optional\" : \"required\"\n}\n");
    repo.write("other/main.tf", "module \"a\" {\n  source = \"../one\"\n  tokens = \"required\"\n}\n");
    repo.write("one/main.tf", "variable \"tokens\" {}\nmodule \"b\" {\n  source = \"../two\"\n  tokens = var.tokens\n}\noutput \"id\" {\n  value = module.b.id\n}\n");
    repo.write("two/main.tf", "variable \"tokens\" {}\nmodule \"c\" {\n  source = \"./three\"\n  count = 1\n  tokens = [var.tokens]\n}\noutput \"id\" {\n  value = one(module.c[*].id)\n}\n");
    repo.write("two/three/main.tf", format!("variable \"tokens\" {{\n  type = list(string)\n}}\n{}output \"id\" {{\n  value = aws_instance.a.id\n}}\n", instance("a", "", "var.tokens[0]")));
    let (_, report) = repo.json(&["."]);
    let found = report["findings"].as_array().unwrap();
    assert_eq!(found.len(), 1, "{report:#}");
    let addresses = found[0]["addresses"].as_array().unwrap();
    assert!(
        addresses.len() == 1
            && addresses[0].as_str().unwrap().ends_with("module.b.module.c[0].aws_instance.a"),
        "{addresses:?}"
    );
    assert!(addresses[0].as_str().unwrap().contains("module.a[\"x\"]"), "{addresses:?}");
}

#[test]
fn templates_are_found_by_the_ways_that_people_refer_to_them() {
    let template = "resource \"aws_launch_template\" \"t\" {\n  count = 1\n  image_id = \"ami-1\"\n  iam_instance_profile {\n    name = \"web\"\n  }\n  metadata_options {\n    http_tokens = \"required\"\n  }\n}\n";
    for reference in [
        "aws_launch_template.t[0].id",
        "one(aws_launch_template.t[*].id)",
        "aws_launch_template.t.*.id[0]",
        "try(aws_launch_template.t[0].id, null)",
        "element(aws_launch_template.t[*].id, 0)",
        "join(\"\", aws_launch_template.t[*].id)",
        "local.template.id",
    ] {
        let main = format!(
            "{template}locals {{\n  template = aws_launch_template.t[0]\n}}\nresource \"aws_instance\" \"a\" {{\n  launch_template {{\n    id = {reference}\n    version = \"$Latest\"\n  }}\n}}\n"
        );
        let (found, open) = judged(&main);
        assert!(found.is_empty() && open.is_empty(), "{reference}: {found:?} {open:?}");
        let (found, _) = judged(&main.replace("\"required\"", "\"optional\""));
        assert!(!found.is_empty(), "{reference}: nothing found");
    }
}

/// Runs a tree that asks for more than is bounded and demands a problem, a sign of life, and no long wait.
#[track_caller]
fn is_bounded(files: &[(&str, String)], expected_violation: bool) {
    let repo = Repo::new();
    for (path, text) in files {
        repo.write(path, text);
    }
    let start = std::time::Instant::now();
    let (code, report) = repo.json(&["."]);
    assert_eq!(code, 2, "{report:#}");
    assert!(problems(&report).iter().all(|problem| problem.starts_with("limit ")), "{report:#}");
    assert_eq!(!findings(&report).is_empty(), expected_violation, "{report:#}");
    assert!(start.elapsed().as_secs() < 60);
}

#[test]
fn modules_that_call_themselves_end() {
    let twice = |source: &str| {
        format!(
            "module \"x\" {{\n  source = \"{source}\"\n}}\nmodule \"y\" {{\n  source = \"{source}\"\n}}\n"
        )
    };
    let optional = instance("a", "", "\"optional\"");
    is_bounded(&[("main.tf", twice("./") + &optional)], true);
    is_bounded(&[("main.tf", twice("./m")), ("m/main.tf", twice("../m") + &optional)], true);
    is_bounded(&[("a/main.tf", twice("../b") + &optional), ("b/main.tf", twice("../a"))], true);
}

#[test]
fn values_that_hold_themselves_many_times_end() {
    let doubled = |first: &str, next: &dyn Fn(usize) -> String| {
        let lines: Vec<String> = (1..60).map(|at| format!("  l{at} = {}\n", next(at - 1))).collect();
        let tokens = "length(jsonencode(local.l59)) > 3 ? \"required\" : \"required\"";
        format!("locals {{\n  l0 = {first}\n{}}}\n{}", lines.concat(), instance("a", "", tokens))
    };
    is_bounded(&[("main.tf", doubled("{}", &|at| format!("{{ a = local.l{at}, b = local.l{at} }}")))], false);
    is_bounded(
        &[("main.tf", doubled("\"a\"", &|at| format!("\"${{local.l{at}}}${{local.l{at}}}\"")))],
        false,
    );
    let empty = doubled("\"\"", &|at| format!("\"${{local.l{at}}}${{local.l{at}}}\""));
    violates(&empty, &[]);
}

#[test]
fn chains_of_locals_are_followed_to_a_bound() {
    let chain = |length: usize| {
        let lines: String = (0..length).map(|at| format!("  l{} = local.l{at}\n", at + 1)).collect();
        format!(
            "locals {{\n  l0 = \"optional\"\n{lines}}}\n{}",
            instance("a", "", &format!("local.l{length}"))
        )
    };
    violates(&chain(300), &["aws_instance.a"]);
    is_bounded(&[("main.tf", chain(10_000))], false);
}

#[test]
fn resources_that_refer_to_themselves_end() {
    let main = instance("a", "tags = [aws_instance.a, aws_instance.b, aws_instance.b]", "\"optional\"")
        + &instance("b", "tags = [aws_instance.a, aws_instance.a, aws_instance.b]", "\"optional\"");
    violates(&main, &["aws_instance.a", "aws_instance.b"]);
}

#[test]
fn modules_that_init_installed_are_followed() {
    let repo = Repo::new();
    repo.write("main.tf", "module \"web\" {\n  source = \"org/web/aws\"\n  tokens = \"optional\"\n}\n");
    let (_, report) = repo.json(&["."]);
    assert!(
        findings(&report).is_empty() && !report["cannot_tell"].as_array().unwrap().is_empty(),
        "{report:#}"
    );
    repo.write(
        ".terraform/modules/modules.json",
        r#"{"Modules":[{"Key":"","Source":"","Dir":"."},{"Key":"web","Source":"registry.terraform.io/org/web/aws","Dir":".terraform/modules/web"}]}"#,
    );
    repo.write(
        ".terraform/modules/web/main.tf",
        format!("variable \"tokens\" {{}}\n{}", instance("a", "", "var.tokens")),
    );
    let (_, report) = repo.json(&["."]);
    assert_eq!(report["findings"][0]["addresses"][0], "module.web.aws_instance.a", "{report:#}");
}
