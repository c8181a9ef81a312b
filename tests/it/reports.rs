//! What people read of a run elsewhere than in a terminal: annotations, a summary, a page.

use crate::harness::{Repo, VIOLATION, command, run_in};
use std::fmt::Write as _;

/// Something of everything: errors, a warning, a chain over files, an open question, a suppressed finding, a problem.
fn mixed() -> Repo {
    let repo = Repo::new();
    repo.write(
        "infra/main.tf",
        "resource \"aws_iam_access_key\" \"robot\" {\n  user = \"robot\"\n}\n\nmodule \"web\" {\n  source = \"../modules/web\"\n  tokens = \"optional\"\n}\n\n\
        variable \"tokens\" {}\n\nresource \"aws_instance\" \"open\" {\n  iam_instance_profile = \"web\"\n  metadata_options {\n    http_tokens = var.tokens\n  }\n}\n",
    );
    repo.write(
        "modules/web/main.tf",
        "variable \"tokens\" {}\n\nresource \"aws_instance\" \"web\" {\n  iam_instance_profile = \"web\"\n  metadata_options {\n    http_tokens = var.tokens\n  }\n}\n",
    );
    repo.write(
        "infra/old.tf",
        format!(
            "# keyless: ignore[IMDS01] until=2099-01-31 the vendor's agent | speaks version 1\n{VIOLATION}"
        ),
    );
    repo.write("broken/main.tf", "resource \"aws_instance\" {\n");
    repo.write("keyless.toml", "[policy.IMDS01]\nseverity = \"warning\"\n");
    repo
}

#[test]
fn workflow_commands() {
    insta::assert_snapshot!(mixed().run(&["check", "--format", "github"]).stdout);
}

#[test]
fn a_summary_in_markdown() {
    insta::assert_snapshot!(mixed().run(&["check", "--format", "markdown"]).stdout);
}

/// Types and attributes have the names that the code has, and no fix is offered that another provider would take.
#[test]
fn messages_of_cloud_control_have_the_names_of_terraform() {
    let repo = Repo::new();
    repo.write(
        "main.tf",
        "resource \"awscc_ec2_launch_template\" \"web\" {\n  launch_template_data = {\n    metadata_options = { http_tokens = \"optional\" }\n  }\n}\n\n\
        resource \"awscc_ec2_instance\" \"web\" {\n  launch_template = {\n    launch_template_id = awscc_ec2_launch_template.web.launch_template_id\n    version            = awscc_ec2_launch_template.web.latest_version_number\n  }\n}\n\n\
        resource \"awscc_rds_db_instance\" \"db\" {\n  master_user_password = \"Pl4in-text-1\"\n}\n",
    );
    insta::assert_snapshot!(repo.run(&["check"]).stdout);
    assert_eq!(repo.run(&["fix", "--unsafe-fixes"]).stdout, "");
}

/// What the page says, without how it looks: tags that open a line of text begin a line here.
#[test]
fn a_page_in_html() {
    let page = mixed().run(&["check", "--strict", "--format", "html"]).stdout;
    let body = page.split_once("<body>").unwrap().1;
    let body = body.split("<script>").next().unwrap();
    let mut text = String::new();
    for piece in body.split('<') {
        let (tag, after) = piece.split_once('>').unwrap_or(("", piece));
        let is_inline = ["code", "/code", "mark", "/mark", "wbr", "b", "/b", "/span", "/a"].contains(&tag);
        if !is_inline && !tag.starts_with("span") && !tag.starts_with("a ") {
            text.push('\n');
        }
        if let Some((_, number)) = tag.split_once("data-n=\"") {
            write!(text, "\n{} | ", number.trim_end_matches('"')).unwrap();
        }
        text.push_str(match tag {
            "mark" => "[",
            "/mark" => "]",
            _ => "",
        });
        text.push_str(after);
    }
    let text = text.replace("&quot;", "\"").replace("&#39;", "'").replace("&lt;", "<").replace("&gt;", ">");
    let lines: Vec<_> = text.lines().map(str::trim_end).filter(|line| !line.is_empty()).collect();
    insta::assert_snapshot!(lines.join("\n"));
}

fn keys(count: usize) -> String {
    (0..count).fold(String::new(), |mut text, at| {
        writeln!(text, "resource \"aws_iam_access_key\" \"k{at}\" {{\n  user = \"robot\"\n}}").unwrap();
        text
    })
}

/// The commands of a word: of `::error file=…::…`, `file=…::…`.
fn commands<'a>(printed: &'a str, word: &str) -> Vec<&'a str> {
    let start = format!("::{word} ");
    printed.lines().filter_map(|line| line.strip_prefix(start.as_str())).collect()
}

#[test]
fn the_worst_ten_are_annotations_and_a_notice_names_the_rest() {
    let repo = Repo::with_violation();
    repo.write("keys/main.tf", keys(12));
    let printed = repo.run(&["check", "--format", "github"]).stdout;
    let errors = commands(&printed, "error");
    assert_eq!(errors.len(), 10);
    assert!(errors.iter().all(|error| error.contains("title=KEY01%3A")), "{printed}");
    let notices = commands(&printed, "notice");
    assert_eq!(notices.len(), 1, "{printed}");
    assert!(notices[0].starts_with("title=keyless%3A 3 more without an annotation::"), "{notices:?}");
    assert!(notices[0].contains("2 × KEY01") && notices[0].contains("1 × IMDS01"), "{notices:?}");
    // The log has them all.
    let (_, log) = printed.split_once("::group::").unwrap();
    assert_eq!(log.matches("error[").count(), 13);
    assert!(log.contains("good/main.tf:6:"), "{log}");
}

#[test]
fn problems_and_findings_leave_each_other_room() {
    for (broken, found, problems, findings) in [(30, 12, 5, 5), (30, 2, 8, 2), (3, 12, 3, 7), (12, 0, 10, 0)]
    {
        let repo = Repo::new();
        repo.write("keys/main.tf", keys(found));
        for at in 0..broken {
            repo.write(&format!("b{at}/main.tf"), "resource {");
        }
        let ran = repo.run(&["check", "--format", "github"]);
        assert_eq!(ran.code, 2);
        let errors = commands(&ran.stdout, "error");
        let (first, rest) = errors.split_at(problems);
        assert!(
            first.iter().all(|error| error.contains("title=keyless could not judge this")),
            "{errors:#?}"
        );
        assert!(rest.iter().all(|error| error.contains("title=KEY01")), "{errors:#?}");
        assert_eq!(rest.len(), findings, "{errors:#?}");
        let left = broken - problems + found - findings;
        let notice = commands(&ran.stdout, "notice").concat();
        assert!(notice.contains(&format!("keyless%3A {left} more")), "{notice}");
    }
}

#[test]
fn annotations_name_files_from_the_root() {
    let repo = Repo::with_violation();
    repo.write("infra/prod/main.tf", VIOLATION);
    let from_below = run_in(&repo.path().join("infra"), &["check", "prod", "../good", "--format", "github"]);
    let named: Vec<_> = commands(&from_below.stdout, "error")
        .iter()
        .map(|error| error.split(',').next().unwrap().to_owned())
        .collect();
    assert_eq!(named, ["file=good/main.tf", "file=infra/prod/main.tf"]);
}

#[test]
fn a_summary_links_to_what_is_checked_out() {
    let repo = Repo::with_violation();
    let sha = "0123456789abcdef0123456789abcdef01234567";
    for (variables, link) in [
        (
            [
                ("GITHUB_SERVER_URL", "https://github.com"),
                ("GITHUB_REPOSITORY", "acme/infra"),
                ("GITHUB_SHA", sha),
            ],
            format!("(<https://github.com/acme/infra/blob/{sha}/good/main.tf#L6>)"),
        ),
        (
            [("CI_PROJECT_URL", "https://gitlab.com/acme/infra"), ("CI_COMMIT_SHA", sha), ("CI", "true")],
            format!("(<https://gitlab.com/acme/infra/-/blob/{sha}/good/main.tf#L6>)"),
        ),
    ] {
        let mut run = command(repo.path(), &["check", "--format", "markdown"]);
        let out = run.envs(variables).output().unwrap();
        let printed = String::from_utf8(out.stdout).unwrap();
        assert!(printed.contains(&link), "{printed}");
    }
    let plain = repo.run(&["check", "--format", "markdown"]).stdout;
    assert!(plain.contains("| <code>good/main.tf:6</code> |"), "{plain}");
}

/// A comment on GitHub holds 65,536 characters.
#[test]
fn a_summary_of_anything_fits_into_a_comment() {
    let repo = Repo::new();
    let name = "a_name_of_a_resource_that_is_rather_long_".repeat(8);
    for at in 0..60 {
        let folder = format!("folder{at}/{}", "deep/".repeat(20));
        repo.write(&format!("{folder}main.tf"), keys(12).replace("\"k", &format!("\"{name}")));
        repo.write(&format!("{folder}bad.tf"), "resource {");
        repo.write(
            &format!("{folder}open.tf"),
            format!(
                "variable \"{name}{at}\" {{}}\nresource \"aws_instance\" \"open\" {{\n  iam_instance_profile = var.{name}{at}\n  metadata_options {{\n    http_tokens = var.{name}{at}\n  }}\n}}\n"
            ),
        );
    }
    let printed = repo.run(&["check", "--format", "markdown"]).stdout;
    assert!(printed.len() < 65_536, "{}", printed.len());
    assert!(printed.contains("720 errors"), "{printed}");
    for left_out in ["more problems", "more findings", "more reasons"] {
        assert!(printed.contains(left_out), "{left_out}: {printed}");
    }
    assert!(printed.trim_end().ends_with("</details>"), "{printed}");
}

#[test]
fn nothing_found_is_said_everywhere() {
    let repo = Repo::new();
    repo.write("main.tf", VIOLATION.replace("optional", "required"));
    let markdown = repo.run(&["check", "--format", "markdown"]).stdout;
    assert!(markdown.starts_with("## ✅ keyless: no findings\n"), "{markdown}");
    assert_eq!(
        repo.run(&["check", "--format", "github"]).stdout,
        "checked 1 file with 1 resource: no findings\n"
    );
    assert!(repo.run(&["check", "--format", "html"]).stdout.contains("<h1>No findings</h1>"));
}
