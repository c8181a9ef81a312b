//! Values for variables from outside of the code: which holds, who takes them, and that none of them is shown.

use crate::harness::{Repo, command, findings, problems};
use serde_json::Value as Json;

fn repo(variable: &str) -> Repo {
    let repo = Repo::new();
    repo.write(
        "main.tf",
        format!(
            "variable \"tokens\" {{\n{variable}}}\nresource \"aws_instance\" \"a\" {{\n  ami = \"ami-1\"\n  \
             iam_instance_profile = \"web\"\n  metadata_options {{\n    http_tokens = var.tokens\n  }}\n}}\n"
        ),
    );
    repo
}

/// Whether the instance's tokens are `optional`; nothing else may be said.
#[track_caller]
fn is_optional(repo: &Repo, args: &[&str]) -> bool {
    let (_, report) = repo.json(&[&["."], args].concat());
    assert!(problems(&report).is_empty(), "{report:#}");
    assert!(report["cannot_tell"].as_array().unwrap().is_empty(), "{report:#}");
    match findings(&report).as_slice() {
        [] => false,
        [one] if one.starts_with("IMDS01 ") => true,
        _ => panic!("{report:#}"),
    }
}

fn messages(report: &Json) -> Vec<&str> {
    report["problems"].as_array().unwrap().iter().map(|it| it["message"].as_str().unwrap()).collect()
}

#[test]
fn the_last_flag_holds_over_files_and_those_over_the_environment() {
    let repo = repo("  default = \"required\"\n");
    let outside = tempfile::tempdir().unwrap();
    let file = |name: &str, tokens: &str| {
        let path = outside.path().join(name);
        let text = if name.ends_with(".json") {
            format!("{{\"tokens\": \"{tokens}\", \"unused\": 1}}")
        } else {
            format!("tokens = \"{tokens}\"\nunused = 1\n")
        };
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let (bad, good, json) =
        (file("bad.vars", "optional"), file("good", "required"), file("bad.json", "optional"));
    assert!(!is_optional(&repo, &[]));
    assert!(is_optional(&repo, &["--var", "tokens=optional"]));
    assert!(is_optional(&repo, &["--var-file", &bad]));
    assert!(is_optional(&repo, &["--var-file", &json]));
    assert!(!is_optional(&repo, &["--var-file", &bad, "--var-file", &good]));
    assert!(is_optional(&repo, &["--var-file", &good, "--var", "tokens=optional"]));
    assert!(!is_optional(&repo, &["--var", "tokens=optional", "--var-file", &good]));
    for (files, optional) in [
        (vec![("terraform.tfvars", "optional")], true),
        (vec![("terraform.tfvars", "optional"), ("terraform.tfvars.json", "required")], false),
        (vec![("terraform.tfvars.json", "optional"), ("terraform.tfvars", "required")], true),
        (vec![("terraform.tfvars.json", "required"), ("a.auto.tfvars", "optional")], true),
        (vec![("a.auto.tfvars.json", "required"), ("a.auto.tfvars", "optional")], false),
        (vec![("b.auto.tfvars", "required"), ("a.auto.tfvars", "optional")], false),
        (vec![("other.tfvars", "optional")], false),
        (vec![("terraform.tfvars", "required")], false),
    ] {
        for (name, tokens) in &files {
            std::fs::copy(file(name, tokens), repo.path().join(name)).unwrap();
        }
        assert_eq!(is_optional(&repo, &[]), optional, "{files:?}");
        assert!(is_optional(&repo, &["--var", "tokens=optional"]), "{files:?}");
        assert!(!is_optional(&repo, &["--var-file", &good]), "{files:?}");
        for (name, _) in files {
            std::fs::remove_file(repo.path().join(name)).unwrap();
        }
    }
}

#[test]
fn the_environment_counts_when_it_is_asked_for() {
    let repo = repo("  default = \"required\"\n");
    let optional = |args: &[&str]| {
        let args = [&["check", "--format", "json"], args].concat();
        let output = command(repo.path(), &args).env("TF_VAR_tokens", "optional").output().unwrap();
        let report: Json = serde_json::from_slice(&output.stdout).unwrap();
        !findings(&report).is_empty()
    };
    assert!(!optional(&[]));
    assert!(optional(&["--env"]));
    assert!(!optional(&["--env", "--var", "tokens=required"]));
    repo.write("terraform.tfvars", "tokens = \"required\"\n");
    assert!(!optional(&["--env"]));
}

#[test]
fn a_value_is_read_as_the_type_of_its_variable_asks() {
    let with = |variable: &str, used: &str, given: &str| {
        let repo = Repo::new();
        let main = format!(
            "variable \"x\" {{\n{variable}}}\nresource \"aws_instance\" \"a\" {{\n  ami = \"ami-1\"\n  \
             iam_instance_profile = \"web\"\n  metadata_options {{\n    http_tokens = {used}\n  }}\n}}\n"
        );
        repo.write("main.tf", main);
        is_optional(&repo, &["--var", given])
    };
    let list = "  type = list(string)\n";
    assert!(with(list, "var.x[0]", "x=[\"optional\"]"));
    let object = "  type = object({ tokens = optional(string, \"optional\") })\n";
    assert!(with(object, "var.x.tokens", "x={}"));
    assert!(with("  type = any\n", "var.x.tokens", "x={ tokens = \"optional\" }"));
    assert!(with("  type = number\n", "var.x == 5 ? \"optional\" : \"required\"", "x=5"));
    assert!(with("  type = bool\n", "var.x ? \"optional\" : \"required\"", "x=true"));
    // Without a type, text stays text.
    assert!(with("", "var.x == \"[1]\" ? \"optional\" : \"required\"", "x=[1]"));
    assert!(with("", "var.x", "x=optional"));
    assert!(with("  type = string\n", "split(\"=\", var.x)[1]", "x=a=optional"));
}

#[test]
fn what_cannot_be_given_is_a_problem() {
    let repo = repo("  type = list(string)\n");
    repo.write("other/main.tf", "variable \"elsewhere\" {}\n");
    for (args, message) in [
        (vec!["--var", "nobody=1"], "no root module declares a variable `nobody`"),
        (vec!["--var", "tokens"], "a variable is given as NAME=VALUE"),
        (vec!["--var", "tokens =1"], "`tokens ` is no name of a variable"),
        (
            vec!["--var", "tokens=[hidden"],
            "the value of `tokens`, which is not of a primitive type, is no expression",
        ),
        (vec!["--var-file", "none.tfvars"], "no such file or directory"),
        (vec!["--var-file", "other"], "not a regular file"),
    ] {
        let (code, report) = repo.json(&[&["."], args.as_slice()].concat());
        assert_eq!(messages(&report), [message], "{report:#}");
        assert_eq!(code, 2);
        assert!(!report.to_string().contains("hidden"), "{report:#}");
    }
    let (_, report) = repo.json(&[".", "--var", "elsewhere=1"]);
    assert!(problems(&report).is_empty(), "{report:#}");
    let ran = repo.run(&["facts", ".", "--var", "nobody=1"]);
    assert!(ran.code == 2 && ran.stderr.contains("no root module declares"), "{ran:?}");
}

#[test]
fn a_secret_that_is_given_is_no_finding_and_is_never_shown() {
    let secret = ["hunter", "TWO", "-9471"].concat();
    let repo = Repo::new();
    repo.write(
        "main.tf",
        "variable \"db_password\" {}\nvariable \"plain\" {}\nvariable \"user\" {}\n\
         resource \"aws_db_instance\" \"a\" {\n  password = var.db_password\n}\n\
         resource \"aws_db_instance\" \"b\" {\n  password = \"${var.plain}\"\n}\n\
         resource \"aws_secretsmanager_secret_version\" \"c\" {\n  \
         secret_string = jsonencode({ username = var.user, password = var.plain })\n}\n\
         locals {\n  api_password = \"x-${var.plain}\"\n}\n",
    );
    let given = [format!("db_password={secret}"), format!("plain={secret}"), "user=someone".to_owned()];
    let args: Vec<&str> = given.iter().flat_map(|given| ["--var", given.as_str()]).collect();
    // That nothing marks the two that take it, and they alone, is a finding whatever is given.
    let (code, report) = repo.json(&[&["."], args.as_slice()].concat());
    assert_eq!(code, 0, "{report:#}");
    assert_eq!(findings(&report), ["SEC07 main.tf:1", "SEC07 main.tf:2"], "{report:#}");
    assert!(!report.to_string().contains(&secret), "{report:#}");
    // The same text, met elsewhere in what is printed, is masked.
    repo.write(
        "bad.tf",
        format!(
            "resource \"aws_instance\" \"x\" {{\n  ami = \"{secret}\"\n  iam_instance_profile = \"web\"\n  \
             metadata_options {{ http_tokens = \"optional\" }} # {secret}\n}}\n"
        ),
    );
    for format in ["json", "human", "concise"] {
        let ran = repo.run(&[&["check", "--format", format], args.as_slice()].concat());
        assert!(ran.code == 1 && ran.stdout.contains("IMDS01"), "{ran:?}");
        assert!(!ran.stdout.contains(&secret), "{ran:?}");
    }
}

#[test]
fn a_literal_beside_a_given_value_is_still_found() {
    let repo = Repo::new();
    repo.write(
        "main.tf",
        "variable \"user\" {}\nvariable \"end\" {}\nresource \"aws_secretsmanager_secret_version\" \"c\" {\n  \
         secret_string = jsonencode({ username = var.user, password = \"Correct-Horse-9\" })\n}\n\
         resource \"aws_db_instance\" \"b\" {\n  password = \"Correct-${var.end}\"\n}\n",
    );
    let (_, report) = repo.json(&[".", "--var", "user=someone", "--var", "end=Horse"]);
    assert_eq!(findings(&report), ["SEC01 main.tf:4", "SEC01 main.tf:7"], "{report:#}");
}

#[test]
fn a_static_key_in_a_provider_stays_one_when_its_value_is_given() {
    let repo = Repo::new();
    repo.write(
        "main.tf",
        "variable \"secret\" {}\nprovider \"aws\" {\n  access_key = \"x\"\n  secret_key = var.secret\n}\n",
    );
    let (_, open) = repo.json(&["."]);
    let (_, given) = repo.json(&[".", "--var", "secret=abcdefgh"]);
    assert_eq!(findings(&open), findings(&given));
    assert!(!findings(&given).is_empty());
}

#[test]
fn literals_in_a_named_file_have_their_places() {
    let repo = Repo::new();
    repo.write("live/main.tf", "variable \"db_password\" {}\nresource \"aws_db_instance\" \"a\" {\n  password = var.db_password\n}\n");
    repo.write("shared/prod.vars", format!("db_password = \"{}\"\n", "Correct-Horse-9"));
    repo.write("shared/prod.tfvars", format!("db_password = \"{}\"\n", "Correct-Horse-9"));
    repo.write(".gitignore", "ignored\n");
    repo.write("ignored/prod.vars", format!("db_password = \"{}\"\n", "Correct-Horse-9"));
    for args in [
        ["live", "--var-file", "shared/prod.vars"],
        ["live", "--var-file", "shared/prod.tfvars"],
        [".", "--var-file", "shared/prod.tfvars"],
    ] {
        let (code, report) = repo.json(&args);
        assert_eq!(code, 1, "{report:#}");
        assert_eq!(findings(&report), [format!("SEC01 {}:1", args[2])], "{report:#}");
        assert_eq!(report["findings"][0]["addresses"][0], "aws_db_instance.a", "{report:#}");
    }
    let (code, report) = repo.json(&["live", "--var-file", "ignored/prod.vars"]);
    assert_eq!((code, findings(&report)), (0, vec![]), "{report:#}");
}
