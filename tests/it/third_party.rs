//! Modules that the user did not write: findings stand where the user's code brings them in.

use crate::harness::{Repo, findings, problems};
use serde_json::Value as Json;

fn instance(tokens: &str) -> String {
    format!(
        "resource \"aws_instance\" \"a\" {{\n  ami = \"ami-1\"\n  iam_instance_profile = \"web\"\n  \
         metadata_options {{\n    http_tokens = {tokens}\n  }}\n}}\n"
    )
}

/// A root that calls `web` from a registry, and what `terraform init` installed for it.
fn installed(main: &str, module: &str) -> Repo {
    let repo = Repo::new();
    repo.write("live/main.tf", main);
    repo.write(
        "live/.terraform/modules/modules.json",
        r#"{"Modules":[{"Key":"","Source":"","Dir":"."},{"Key":"web","Source":"registry.terraform.io/org/web/aws","Version":"1.0.0","Dir":".terraform/modules/web"}]}"#,
    );
    repo.write("live/.terraform/modules/web/main.tf", module);
    repo
}

const CALL: &str = "module \"web\" {\n  source = \"org/web/aws\"\n}\n";
const INSIDE: &str = "live/.terraform/modules/web/main.tf";

#[track_caller]
fn report(repo: &Repo) -> Json {
    let (_, report) = repo.json(&["."]);
    assert!(problems(&report).is_empty(), "{report:#}");
    report
}

/// The related places of a finding as `path:line`.
fn related(finding: &Json) -> Vec<String> {
    let places = finding["related"].as_array().unwrap().iter();
    places.map(|it| format!("{}:{}", it["path"].as_str().unwrap(), it["start"]["line"])).collect()
}

#[test]
fn what_a_third_party_says_stands_at_the_call() {
    let report = report(&installed(CALL, &instance("\"optional\"")));
    assert_eq!(findings(&report), ["IMDS01 live/main.tf:1"], "{report:#}");
    assert!(related(&report["findings"][0]).contains(&format!("{INSIDE}:5")), "{report:#}");
    assert_eq!(report["findings"][0]["addresses"][0], "module.web.aws_instance.a");
}

#[test]
fn what_the_user_says_to_it_stands_where_it_is_said() {
    let module = format!("variable \"tokens\" {{\n  default = \"required\"\n}}\n{}", instance("var.tokens"));
    let call = CALL.replace("}\n", "  tokens = \"optional\"\n}\n");
    let report = report(&installed(&call, &module));
    assert_eq!(findings(&report), ["IMDS01 live/main.tf:3"], "{report:#}");
}

#[test]
fn what_is_taken_from_it_stands_where_it_is_used() {
    let main = format!("{CALL}{}", instance("module.web.tokens"));
    let report = report(&installed(&main, "output \"tokens\" {\n  value = \"optional\"\n}\n"));
    assert_eq!(findings(&report), ["IMDS01 live/main.tf:8"], "{report:#}");
    assert!(related(&report["findings"][0]).contains(&format!("{INSIDE}:2")), "{report:#}");
}

#[test]
fn each_call_is_to_be_mended_and_a_repeated_one_is_one() {
    let two = "module \"x\" {\n  source = \"./vendor/m\"\n}\nmodule \"y\" {\n  source = \"./vendor/m\"\n  \
               for_each = toset([\"a\", \"b\"])\n}\n";
    let repo = Repo::new();
    repo.write("main.tf", two);
    repo.write(".gitignore", "vendor/\n");
    repo.write("vendor/m/main.tf", instance("\"optional\""));
    let report = report(&repo);
    assert_eq!(findings(&report), ["IMDS01 main.tf:1", "IMDS01 main.tf:4"], "{report:#}");
    assert_eq!(report["findings"][1]["addresses"].as_array().unwrap().len(), 2);
}

#[test]
fn the_innermost_call_of_the_users_own_is_where_it_stands() {
    let inner =
        "module \"deep\" {\n  source = \"./deep\"\n}\nmodule \"far\" {\n  source = \"org/far/aws\"\n}\n";
    let repo = installed("module \"mine\" {\n  source = \"../mine\"\n}\n", inner);
    repo.write("mine/main.tf", CALL);
    let manifest = r#"{"Modules":[{"Key":"mine","Source":"../mine","Dir":"../mine"},{"Key":"mine.web","Source":"x","Dir":".terraform/modules/web"}]}"#;
    repo.write("live/.terraform/modules/modules.json", manifest);
    repo.write("live/.terraform/modules/web/deep/main.tf", instance("\"optional\""));
    let report = report(&repo);
    assert_eq!(findings(&report), ["IMDS01 mine/main.tf:1"], "{report:#}");
    let inside = related(&report["findings"][0]);
    assert_eq!(
        inside,
        ["live/.terraform/modules/web/deep/main.tf:5", &format!("{INSIDE}:1"), "live/main.tf:1"]
    );
    // What it calls and is not here is one question, at the same place.
    let open = report["cannot_tell"].as_array().unwrap();
    let places: Vec<_> =
        open.iter().map(|open| (open["path"].as_str().unwrap(), &open["start"]["line"])).collect();
    assert_eq!(places, [("mine/main.tf", &Json::from(1))], "{report:#}");
}

#[test]
fn what_a_third_party_hides_is_not_reported() {
    let secret = ["hunter", "TWO", "-9471"].concat();
    let module = format!(
        "variable \"db_password\" {{\n  default = \"{secret}\"\n}}\nresource \"aws_db_instance\" \"a\" {{\n  password = \
         var.db_password\n}}\nresource \"aws_db_instance\" \"b\" {{\n  password = \"x-{secret}\"\n}}\n"
    );
    let repo = installed(CALL, &module);
    let report = report(&repo);
    assert!(findings(&report).is_empty() && !report.to_string().contains(&secret), "{report:#}");
    let call = CALL.replace("}\n", "  db_password = \"Correct-Horse-9\"\n}\n");
    let report = self::report(&installed(&call, &module));
    assert_eq!(findings(&report), ["SEC01 live/main.tf:3"], "{report:#}");
}

#[test]
fn a_module_called_from_several_roots_is_one_cause() {
    let repo = Repo::new();
    for root in ["a", "b", "c"] {
        let tokens = if root == "c" { "  tokens = \"required\"\n" } else { "" };
        repo.write(
            &format!("{root}/main.tf"),
            format!("module \"web\" {{\n  source = \"../m\"\n{tokens}}}\n"),
        );
    }
    let module = format!("variable \"tokens\" {{\n  default = \"optional\"\n}}\n{}", instance("var.tokens"));
    repo.write("m/main.tf", module);
    let report = report(&repo);
    assert_eq!(findings(&report), ["IMDS01 m/main.tf:2"], "{report:#}");
    assert_eq!(related(&report["findings"][0]), ["a/main.tf:1", "b/main.tf:1"]);
}

#[test]
fn an_uncalled_module_is_judged_on_its_defaults() {
    let repo = Repo::new();
    let module = format!("variable \"tokens\" {{\n  default = \"optional\"\n}}\n{}", instance("var.tokens"));
    repo.write("m/main.tf", module);
    assert_eq!(findings(&report(&repo)), ["IMDS01 m/main.tf:2"]);
}

#[test]
fn what_an_ignored_file_of_values_says_stands_where_it_is_used() {
    let repo = Repo::new();
    repo.write(".gitignore", "*.tfvars\n");
    repo.write("terraform.tfvars", "tokens = \"optional\"\n");
    repo.write("main.tf", format!("variable \"tokens\" {{}}\n{}", instance("var.tokens")));
    let report = report(&repo);
    assert_eq!(findings(&report), ["IMDS01 main.tf:6"], "{report:#}");
    assert!(related(&report["findings"][0]).contains(&"terraform.tfvars:1".to_owned()), "{report:#}");
}

#[test]
fn a_resource_that_a_third_party_makes_stands_at_the_call() {
    let repo = installed(CALL, "resource \"aws_iam_access_key\" \"k\" {\n  user = \"ci\"\n}\n");
    assert_eq!(findings(&report(&repo)), ["KEY01 live/main.tf:1"]);
}

#[test]
fn a_module_from_outside_of_the_path_is_ignored_as_git_ignores_it() {
    let repo = Repo::new();
    repo.write(".gitignore", "vendor\n");
    repo.write(
        "live/main.tf",
        "module \"web\" {\n  source = \"../vendor/web\"\n}\nmodule \"own\" {\n  source = \"../own\"\n}\n",
    );
    repo.write("vendor/web/main.tf", instance("\"optional\""));
    repo.write("own/main.tf", instance("\"optional\""));
    let (_, report) = repo.json(&["live"]);
    assert_eq!(findings(&report), ["IMDS01 live/main.tf:1", "IMDS01 own/main.tf:5"], "{report:#}");
}

#[test]
fn a_piece_of_a_secret_that_the_user_hands_to_it_is_found() {
    let call = CALL.replace("}\n", "  a = \"Correct-\"\n  b = \"Horse-9\"\n}\n");
    let module = |password: &str| {
        format!(
            "variable \"a\" {{}}\nvariable \"b\" {{}}\nresource \"aws_db_instance\" \"d\" {{\n  password = {password}\n}}\n"
        )
    };
    let both = installed(&call, &module("\"${var.a}${var.b}\""));
    assert_eq!(findings(&report(&both)), ["SEC01 live/main.tf:3"]);
    let open = installed(&call, &module("\"${var.a}${aws_vpc.x.id}\""));
    assert_eq!(findings(&report(&open)), ["SEC01 live/main.tf:3"]);
    let inside = installed(CALL, &module("\"Correct-${aws_vpc.x.id}\""));
    assert_eq!(findings(&report(&inside)), [""; 0]);
}
