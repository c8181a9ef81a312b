//! Trees made for a test, and the binary run on them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A folder that is a git work tree, for as long as the test runs.
pub struct Repo {
    folder: tempfile::TempDir,
}

/// What a run of the binary left.
#[derive(Debug)]
pub struct Ran {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Repo {
    pub fn new() -> Self {
        let repo = Self { folder: tempfile::tempdir().unwrap() };
        repo.write(".git/HEAD", "ref: refs/heads/main\n");
        repo
    }

    /// A tree with one violation in `good/main.tf`, to see that it is judged whatever stands beside it.
    pub fn with_violation() -> Self {
        let repo = Self::new();
        repo.write("good/main.tf", VIOLATION);
        repo
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    pub fn write(&self, path: &str, content: impl AsRef<[u8]>) {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    #[cfg(unix)]
    pub fn link(&self, path: &str, target: impl AsRef<Path>) {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::os::unix::fs::symlink(target, path).unwrap();
    }

    /// A named pipe: who opens it waits for ever. False where there is no `mkfifo`.
    #[cfg(unix)]
    pub fn pipe(&self, path: &str) -> bool {
        Command::new("mkfifo").arg(self.path().join(path)).status().is_ok_and(|status| status.success())
    }

    pub fn run(&self, args: &[&str]) -> Ran {
        run_in(self.path(), args)
    }

    pub fn json(&self, args: &[&str]) -> (i32, serde_json::Value) {
        let ran = self.run(&[&["check", "--format", "json"], args].concat());
        let json = serde_json::from_str(&ran.stdout).unwrap_or_else(|error| panic!("{error}: {ran:?}"));
        (ran.code, json)
    }
}

/// An instance that accepts IMDSv1: IMDS01 at line 6.
/// Every format that `--format` takes.
pub const FORMATS: &[&str] = &[
    "human",
    "concise",
    "json",
    "jsonl",
    "sarif",
    "github",
    "gitlab",
    "junit",
    "markdown",
    "html",
    "checkstyle",
    "rdjson",
];

/// The commands that `--help` lists.
pub fn commands(help: &str) -> impl Iterator<Item = &str> {
    let lines =
        help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let named = lines.filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    named.filter_map(|line| line.split_whitespace().next())
}

/// The exit code of a check, and what it prints in every format.
pub fn every_format(folder: &Path, args: &[&str]) -> (i32, Vec<(&'static str, String)>) {
    let reports = tempfile::tempdir().unwrap();
    let file = |format: &str| reports.path().join(format);
    let outputs: Vec<String> =
        FORMATS.iter().map(|format| format!("--format={format}={}", file(format).display())).collect();
    let outputs = outputs.iter().map(String::as_str);
    let ran =
        run_in(folder, &["check"].into_iter().chain(outputs).chain(args.iter().copied()).collect::<Vec<_>>());
    assert_eq!(ran.stderr, "");
    let read = |format: &&'static str| (*format, fs::read_to_string(file(format)).unwrap());
    (ran.code, FORMATS.iter().map(read).collect())
}

pub const VIOLATION: &str = r#"resource "aws_instance" "web" {
  ami                  = "ami-12345678"
  instance_type        = "t3.micro"
  iam_instance_profile = "web"
  metadata_options {
    http_tokens = "optional"
  }
}
"#;

/// What CI jobs say of themselves, and reports make links of.
const OF_CI_JOBS: [&str; 7] = [
    "GITHUB_WORKSPACE",
    "GITHUB_SERVER_URL",
    "GITHUB_REPOSITORY",
    "GITHUB_SHA",
    "CI_PROJECT_DIR",
    "CI_PROJECT_URL",
    "CI_COMMIT_SHA",
];

pub fn command(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_keyless"));
    command.current_dir(folder).args(args).stdin(Stdio::null());
    for variable in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"].into_iter().chain(OF_CI_JOBS) {
        command.env_remove(variable);
    }
    command
}

pub fn run_in(folder: &Path, args: &[&str]) -> Ran {
    let Output { status, stdout, stderr } = command(folder, args).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    let ran = Ran { code: status.code().unwrap_or(-1), stdout: text(stdout), stderr: text(stderr) };
    assert!(!ran.stderr.contains("panicked") && !ran.stdout.contains("a bug in keyless"), "{ran:?}");
    ran
}

/// Public code to try keyless on; only some machines have it.
pub fn corpora() -> Option<PathBuf> {
    let shared = match std::env::var_os("KEYLESS_SHARED") {
        Some(shared) => PathBuf::from(shared),
        None => Path::new(env!("CARGO_MANIFEST_DIR")).parent()?.join("shared"),
    };
    let corpora = shared.join("corpora");
    if corpora.is_dir() {
        return Some(corpora);
    }
    eprintln!("skipped: no corpora here (set KEYLESS_SHARED)");
    None
}

/// The problems of a report as `kind path`.
pub fn problems(report: &serde_json::Value) -> Vec<String> {
    let problems = report["problems"].as_array().unwrap();
    problems
        .iter()
        .map(|problem| format!("{} {}", problem["kind"].as_str().unwrap(), problem["path"].as_str().unwrap()))
        .collect()
}

/// The findings of a report as `code path:line`.
pub fn findings(report: &serde_json::Value) -> Vec<String> {
    let findings = report["findings"].as_array().unwrap();
    findings
        .iter()
        .map(|finding| {
            let text = |key: &str| finding[key].as_str().unwrap().to_owned();
            format!("{} {}:{}", text("code"), text("path"), finding["start"]["line"])
        })
        .collect()
}
