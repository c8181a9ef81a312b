//! Plans in the forms in which people have them: beside their source or alone, cut short, huge, binary, encoded.

use crate::harness::{Repo, VIOLATION, corpora, findings, problems};
use serde_json::{Value, json};
use std::path::Path;
use std::process::Command;

const CODE: &str = r#"variable "tokens" {
  default = "required"
}
resource "aws_instance" "web" {
  ami                  = "ami-12345678"
  instance_type        = "t3.micro"
  iam_instance_profile = "web"
  metadata_options {
    http_tokens = var.tokens
  }
}
resource "aws_db_instance" "main" {
  engine   = "postgres"
  password = random_password.main.result
}
resource "random_password" "main" {
  length = 16
}
"#;

/// A plan of [`CODE`] with `tokens` given as `optional`, over a state in which the password is known.
fn plan(password: &str) -> Value {
    let instance = json!({
        "ami": "ami-12345678", "instance_type": "t3.micro", "iam_instance_profile": "web",
        "metadata_options": [{"http_tokens": "optional"}],
    });
    let change = |kind: &str, name: &str, after: &Value, sensitive: &Value| {
        json!({
            "address": format!("{kind}.{name}"), "mode": "managed", "type": kind, "name": name,
            "change": {
                "actions": ["no-op"], "before": after, "after": after, "after_unknown": {},
                "before_sensitive": sensitive, "after_sensitive": sensitive,
            },
        })
    };
    json!({
        "format_version": "1.2",
        "terraform_version": "1.11.4",
        "variables": {"tokens": {"value": "optional"}},
        "planned_values": {"root_module": {}},
        "resource_changes": [
            change("aws_instance", "web", &instance, &json!({})),
            change("aws_db_instance", "main", &json!({"engine": "postgres", "password": password}), &json!({"password": true})),
        ],
        "configuration": {"root_module": {
            "variables": {"tokens": {"default": "required"}},
            "resources": [
                {"address": "aws_instance.web", "mode": "managed", "type": "aws_instance", "name": "web", "expressions": {
                    "ami": {"constant_value": "ami-12345678"},
                    "instance_type": {"constant_value": "t3.micro"},
                    "iam_instance_profile": {"constant_value": "web"},
                    "metadata_options": [{"http_tokens": {"references": ["var.tokens"]}}],
                }},
                {"address": "aws_db_instance.main", "mode": "managed", "type": "aws_db_instance", "name": "main", "expressions": {
                    "engine": {"constant_value": "postgres"},
                    "password": {"references": ["random_password.main.result", "random_password.main"]},
                }},
                {"address": "random_password.main", "mode": "managed", "type": "random_password", "name": "main", "expressions": {
                    "length": {"constant_value": 16},
                }},
            ],
        }},
    })
}

fn generated() -> String {
    ["xK9#", "mQ2vLp", "!8wZr"].concat()
}

#[test]
fn a_plan_alone_is_judged_and_a_generated_password_masked() {
    let repo = Repo::new();
    let text = plan(&generated()).to_string();
    repo.write("plan.json", &text);
    let (code, report) = repo.json(&[]);
    assert_eq!(code, 1);
    assert_eq!(findings(&report), ["IMDS01 plan.json:1"]);
    for format in crate::harness::FORMATS {
        let ran = repo.run(&["check", "--strict", "--format", format]);
        assert!(!ran.stdout.contains(&generated()), "{format}");
    }
}

/// `var.tokens == "optional" ? null : var.tokens`: a plan shows no more of it than the variable, and no value.
#[test]
fn a_default_is_no_value_where_the_plan_has_none() {
    let mut plan = plan(&generated());
    plan["variables"]["tokens"]["value"] = json!("required");
    for (unknown, after) in
        [(json!({"http_tokens": true}), json!({})), (json!({}), json!({"http_tokens": null}))]
    {
        let change = &mut plan["resource_changes"][0]["change"];
        change["after"]["metadata_options"] = json!([after]);
        change["after_unknown"] = json!({"metadata_options": [unknown]});
        let repo = Repo::new();
        repo.write("plan.json", plan.to_string());
        let (_, report) = repo.json(&[]);
        assert_eq!(findings(&report), ["IMDS02 plan.json:1"]);
    }
}

/// A plan of one resource that is made, with what its configuration says beside its address.
fn made(kind: &str, name: &str, values: &Value, configured: &Value, outputs: &Value) -> Value {
    let address = format!("{kind}.{name}");
    let mut resource = json!({"address": address, "mode": "managed", "type": kind, "name": name});
    for (key, value) in configured.as_object().unwrap() {
        resource[key] = value.clone();
    }
    json!({
        "format_version": "1.2",
        "terraform_version": "1.11.4",
        "planned_values": {"root_module": {}},
        "resource_changes": [{
            "address": address, "mode": "managed", "type": kind, "name": name,
            "change": {
                "actions": ["create"], "before": null, "after": values, "after_unknown": {"id": true},
                "before_sensitive": false, "after_sensitive": {},
            },
        }],
        "configuration": {"root_module": {"resources": [resource], "outputs": outputs}},
    })
}

fn codes_of(plan: &Value) -> Vec<String> {
    let repo = Repo::new();
    repo.write("plan.json", plan.to_string());
    let (_, report) = repo.json(&[]);
    findings(&report).iter().filter_map(|finding| Some(finding.split_once(' ')?.0.to_owned())).collect()
}

#[test]
fn a_sensitive_output_of_a_whole_key_hands_it_out() {
    for (sensitive, reference, codes) in [
        (true, "aws_iam_access_key.k", &["KEY01", "KEY04"][..]),
        // `aws_iam_access_key.k[*].id`, in the words of a plan.
        (false, "aws_iam_access_key.k", &["KEY01"]),
        (true, "aws_iam_access_key.k.id", &["KEY01"]),
    ] {
        let output = json!({"sensitive": sensitive, "expression": {"references": [reference, "aws_iam_access_key.k"]}});
        let configured = json!({"expressions": {"user": {"constant_value": "app"}}});
        let plan =
            made("aws_iam_access_key", "k", &json!({"user": "app"}), &configured, &json!({"key": output}));
        let mut found = codes_of(&plan);
        found.sort();
        assert_eq!(found, codes, "{sensitive} {reference}");
    }
}

#[test]
fn what_a_plan_runs_is_looked_at() {
    let secret = ["Xk4mQ9zR7t", "Lw2VbN8sHd"].concat();
    let run = |kind: &str, argument: &str, expression: Value| {
        let configured = json!({"provisioners": [{"type": kind, "expressions": {argument: expression}}]});
        codes_of(&made("null_resource", "n", &json!({}), &configured, &json!({})))
    };
    let command = format!("export DB_PASSWORD={secret} && run");
    assert_eq!(run("local-exec", "command", json!({"constant_value": command})), ["SEC05"]);
    assert_eq!(run("remote-exec", "inline", json!({"constant_value": [command]})), ["SEC05"]);
    let key = format!("deploy {}{}", "AKIA", "QNZGKIQY56JQ7WML");
    assert_eq!(run("local-exec", "command", json!({"constant_value": key})), ["KEY02"]);
    let handed = json!({"references": ["aws_iam_access_key.k.secret", "aws_iam_access_key.k"]});
    assert_eq!(run("local-exec", "command", handed), ["KEY04"]);
    assert!(run("local-exec", "command", json!({"references": ["var.command"]})).is_empty());
    assert!(run("local-exec", "command", json!({"constant_value": "make deploy"})).is_empty());
}

#[test]
fn a_plan_stands_on_its_source_wherever_that_is() {
    let text = plan(&generated()).to_string();
    for (code, file, args) in [
        ("main.tf", "plan.json", &["plan.json"][..]),
        ("infra/main.tf", "infra/out/plan.json", &["infra/out/plan.json"]),
        ("infra/main.tf", "plan.json", &["plan.json"]),
        ("a/b/c/main.tf", "plans/plan.json", &["plans/plan.json", "--source", "a/b/c"]),
    ] {
        let repo = Repo::new();
        repo.write(code, CODE);
        repo.write(file, &text);
        let (_, report) = repo.json(args);
        assert_eq!(findings(&report), [format!("IMDS01 {code}:9")], "{args:?}");
        assert!(problems(&report).is_empty(), "{report}");
    }
}

#[test]
fn a_plan_and_its_source_together_say_each_thing_once() {
    let repo = Repo::new();
    repo.write("main.tf", CODE.replace("\"required\"", "\"optional\""));
    repo.write("plan.json", plan(&generated()).to_string());
    let (_, report) = repo.json(&[]);
    assert_eq!(findings(&report), ["IMDS01 main.tf:2"]);
}

#[test]
fn code_that_is_another_is_no_source() {
    let repo = Repo::new();
    repo.write("main.tf", VIOLATION.replace("\"web\" {", "\"other\" {"));
    repo.write("plan.json", plan(&generated()).to_string());
    let (_, report) = repo.json(&["plan.json"]);
    assert_eq!(findings(&report), ["IMDS01 plan.json:1"]);
}

#[test]
fn a_source_that_is_not_there_is_a_problem() {
    let repo = Repo::new();
    repo.write("plan.json", plan(&generated()).to_string());
    let (code, report) = repo.json(&["plan.json", "--source", "nowhere"]);
    assert_eq!((code, problems(&report)), (2, vec!["config nowhere".to_owned()]));
}

#[test]
fn the_encoding_and_the_order_of_a_plan_do_not_matter() {
    let value = plan(&generated());
    let pretty = serde_json::to_string_pretty(&value).unwrap();
    let utf16: Vec<u8> =
        [0xff, 0xfe].into_iter().chain(pretty.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let mut members: Vec<_> = value.as_object().unwrap().iter().collect();
    members.reverse();
    let members: Vec<_> = members.into_iter().map(|(key, value)| format!("{key:?}: {value}")).collect();
    let reversed = format!("{{{}}}", members.join(","));
    for (name, bytes) in [
        ("pretty", pretty.clone().into_bytes()),
        ("with a byte order mark", format!("\u{feff}{pretty}").into_bytes()),
        ("UTF-16", utf16),
        ("reversed", reversed.into_bytes()),
        ("CRLF", pretty.replace('\n', "\r\n").into_bytes()),
    ] {
        let repo = Repo::new();
        repo.write("main.tf", CODE);
        repo.write("plan.json", bytes);
        let (_, report) = repo.json(&["plan.json"]);
        assert_eq!(findings(&report), ["IMDS01 main.tf:9"], "{name}");
    }
}

#[test]
fn places_in_a_pretty_plan_are_those_of_the_file() {
    let repo = Repo::new();
    let pretty = serde_json::to_string_pretty(&plan(&generated())).unwrap();
    // It stands in `before` and in `after`, in this order.
    let lines = pretty.lines().enumerate();
    let (at, text) = lines.filter(|(_, line)| line.contains("\"http_tokens\": \"optional\"")).last().unwrap();
    repo.write("plan.json", &pretty);
    let (_, report) = repo.json(&[]);
    let found = &report["findings"][0];
    assert_eq!(found["start"]["line"], at + 1);
    assert_eq!(found["start"]["column"], text.find("optional").unwrap() + 1);
}

#[test]
fn a_plan_that_breaks_off_is_a_problem_and_other_broken_json_is_none() {
    let whole = plan(&generated()).to_string();
    let cut = &whole[..whole.len() - 40];
    let repo = Repo::with_violation();
    repo.write("plan.json", cut);
    repo.write("other.json", cut.replace("format_version", "version"));
    let (code, report) = repo.json(&[]);
    assert_eq!(code, 2);
    assert_eq!(problems(&report), ["syntax plan.json"]);
    assert_eq!(findings(&report), ["IMDS01 good/main.tf:6"]);
}

#[test]
fn an_errored_plan_is_a_problem_and_judged_all_the_same() {
    let mut value = plan(&generated());
    value["errored"] = true.into();
    let repo = Repo::new();
    repo.write("plan.json", value.to_string());
    let (code, report) = repo.json(&[]);
    assert_eq!((code, problems(&report)), (2, vec!["syntax plan.json".to_owned()]));
    assert_eq!(findings(&report), ["IMDS01 plan.json:1"]);
}

#[test]
fn a_large_plan_is_read_in_pieces() {
    let mut value = plan(&generated());
    let change = value["resource_changes"][0].clone();
    let changes = value["resource_changes"].as_array_mut().unwrap();
    changes.extend((0..20_000).map(|at| {
        let mut change = change.clone();
        change["address"] = format!("aws_instance.web[{at}]").into();
        change
    }));
    let text = value.to_string();
    assert!(text.len() > 8 << 20, "{} bytes are held as a whole", text.len());
    let repo = Repo::new();
    repo.write("main.tf", CODE);
    repo.write("plan.json", text);
    let (_, report) = repo.json(&["plan.json"]);
    assert_eq!(findings(&report), ["IMDS01 main.tf:9"]);
    assert_eq!(report["findings"][0]["addresses"].as_array().unwrap().len(), 20_001);
}

#[test]
fn a_binary_plan_is_read_through_terraform_only_where_the_user_says_so() {
    let repo = Repo::new();
    repo.write("tf.plan", b"PK\x03\x04\x14\0\x08\0");
    let (code, report) = repo.json(&["tf.plan"]);
    assert_eq!((code, problems(&report)), (2, vec!["config tf.plan".to_owned()]));
    repo.write(
        "plan.json",
        "{\"@level\":\"info\",\"@message\":\"Terraform 1.14.0\"}\n{\"@level\":\"info\"}\n",
    );
    let (code, report) = repo.json(&["plan.json"]);
    assert_eq!((code, problems(&report)), (2, vec!["config plan.json".to_owned()]));
    let has_terraform = Command::new("terraform").arg("version").output().is_ok();
    if !has_terraform {
        eprintln!("skipped: no terraform on the PATH");
        return;
    }
    let (code, report) = repo.json(&["tf.plan", "--exec-terraform"]);
    assert_eq!((code, problems(&report)), (2, vec!["io tf.plan".to_owned()]));
    repo.write("main.tf", "resource \"terraform_data\" \"x\" {\n  input = 1\n}\n");
    for args in [&["init", "-no-color"][..], &["plan", "-no-color", "-out", "real.plan"]] {
        let done = Command::new("terraform").args(args).current_dir(repo.path()).output().unwrap();
        assert!(done.status.success(), "{done:?}");
    }
    let (code, report) = repo.json(&["real.plan", "--exec-terraform"]);
    assert_eq!((code, problems(&report)), (0, vec![]), "{report}");
    assert_eq!(report["summary"]["resources"], 1, "{report}");
}

/// The plans of others beside their sources: the same findings at the same places from both.
#[test]
fn public_plans_say_what_their_sources_say() {
    let Some(corpora) = corpora() else { return };
    for (plan, source) in [
        ("plans/terragoat/tfplan.json", "terragoat/terraform/aws"),
        ("plans/aws-6/tfplan.json", "plans/aws-6/config"),
        ("plans/aws-6/tfplan-second.json", "plans/aws-6/config"),
        ("plans/regula/ec2_t2_only_infra/tfplan.json", "plans/regula/ec2_t2_only_infra"),
        ("plans/regula/resource_view_07_infra/tfplan.json", "plans/regula/resource_view_07_infra"),
    ] {
        let report = |args: &[&str]| {
            let ran = crate::harness::run_in(&corpora, &[&["check", "--format", "json"], args].concat());
            serde_json::from_str::<Value>(&ran.stdout).unwrap()
        };
        let of_plan = report(&[plan, "--source", source]);
        let of_source = report(&[source, "--exclude", "*.json"]);
        assert!(!findings(&of_source).is_empty(), "{source}");
        assert_eq!(findings(&of_plan), findings(&of_source), "{}", Path::new(plan).display());
    }
}
