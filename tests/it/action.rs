//! The GitHub Action: its steps as a runner runs them, on real repositories and a made release.

#![cfg(unix)]

use crate::harness::{VIOLATION, run_in};
use crate::runner::{Job, Used, yaml};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

const VERSION: &str = env!("CARGO_PKG_VERSION");
const ARCHIVE: &str = concat!("keyless-", env!("CARGO_PKG_VERSION"), "-x86_64-unknown-linux-musl.tar.gz");

fn git(folder: &Path, args: &[&str]) -> String {
    let output = Command::new("git")
        .args(["-c", "commit.gpgsign=false", "-c", "gc.auto=0", "-c", "protocol.file.allow=always"])
        .args(args)
        .current_dir(folder)
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_AUTHOR_NAME", "Ann")
        .env("GIT_AUTHOR_EMAIL", "ann@example.org")
        .env("GIT_COMMITTER_NAME", "Bob")
        .env("GIT_COMMITTER_EMAIL", "bob@example.org")
        .output()
        .unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_owned();
    assert!(output.status.success(), "git {args:?}: {}", text(&output.stderr));
    text(&output.stdout)
}

/// A repository on GitHub: `main` has an old violation, a pull request adds a file to it.
struct Upstream {
    folder: tempfile::TempDir,
    base: String,
    head: String,
    merge: String,
}

const CLEAN: &str = "variable \"region\" {}\n";

impl Upstream {
    fn new(added: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let at = folder.path();
        git(at, &["init", "-q", "-b", "main"]);
        // As GitHub has it.
        git(at, &["config", "uploadpack.allowAnySHA1InWant", "true"]);
        let commit = |path: &str, text: &str| {
            fs::write(at.join(path), text).unwrap();
            git(at, &["add", "-A"]);
            git(at, &["commit", "-q", "-m", path]);
            git(at, &["rev-parse", "HEAD"])
        };
        commit("readme.md", "infrastructure\n");
        let base = commit("old.tf", VIOLATION);
        git(at, &["switch", "-q", "-c", "server"]);
        commit("notes.md", "a first commit\n");
        commit("new.tf", &added.replace("\"web\" {", "\"new\" {"));
        let head = commit("notes.md", "the last commit touches no code\n");
        git(at, &["switch", "-q", "--detach", "main"]);
        git(at, &["merge", "-q", "--no-ff", "-m", "Merge", "server"]);
        let merge = git(at, &["rev-parse", "HEAD"]);
        git(at, &["update-ref", "refs/pull/7/merge", &merge]);
        git(at, &["switch", "-q", "main"]);
        Self { folder, base, head, merge }
    }

    /// What actions/checkout leaves of a commit.
    fn checkout(&self, commit: &str, depth: u32) -> tempfile::TempDir {
        let clone = tempfile::tempdir().unwrap();
        let at = clone.path();
        git(at, &["init", "-q"]);
        git(at, &["remote", "add", "origin", &format!("file://{}", self.folder.path().display())]);
        let depth = format!("--depth={depth}");
        git(at, &["fetch", "-q", "--no-tags", &depth, "origin", &format!("+{commit}:refs/remotes/checked")]);
        git(at, &["checkout", "-q", "--force", "refs/remotes/checked"]);
        clone
    }

    fn job(&self, event: &'static str, workspace: &Path) -> Job {
        let mut job = Job::new(workspace, event);
        let head = if event.starts_with("pull_request") { &self.head } else { &self.merge };
        job.commits =
            [("base", self.base.clone()), ("head", head.clone()), ("merge", self.merge.clone())].into();
        job.action = released_action(&job, &release(&job));
        job
    }
}

/// A release of a program that is this keyless, under its address in the folder of the job.
fn release(job: &Job) -> String {
    let script = format!("#!/bin/sh\nexec '{}' \"$@\"\n", env!("CARGO_BIN_EXE_keyless"));
    let folder = job.temp.path().join("releases").join(format!("v{VERSION}"));
    program(&folder.join("keyless"), &script);
    archive(&folder);
    format!("file://{}", job.temp.path().join("releases").display())
}

fn program(path: &Path, script: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, script).unwrap();
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
}

/// Packs the program of a folder, with its checksum beside it.
fn archive(folder: &Path) {
    let run = |line: &str| {
        let status = Command::new("sh").args(["-ec", line]).current_dir(folder).status().unwrap();
        assert!(status.success(), "{line}");
    };
    run(&format!("tar -czf {ARCHIVE} keyless && sha256sum {ARCHIVE} > checksums.txt"));
}

/// The action's own files, knowing the checksums of that release.
fn released_action(job: &Job, release: &str) -> PathBuf {
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let action = job.temp.path().join("an action");
    fs::create_dir_all(action.join("action")).unwrap();
    fs::copy(project.join("action.yml"), action.join("action.yml")).unwrap();
    fs::copy(project.join("Cargo.toml"), action.join("Cargo.toml")).unwrap();
    for file in fs::read_dir(project.join("action")).unwrap() {
        let file = file.unwrap().path();
        fs::copy(&file, action.join("action").join(file.file_name().unwrap())).unwrap();
    }
    let folder = release.strip_prefix("file://").unwrap();
    let known = fs::read_to_string(format!("{folder}/v{VERSION}/checksums.txt")).unwrap();
    fs::write(action.join("action/checksums.txt"), format!("# known\n{known}")).unwrap();
    action
}

/// The action with its release at this job's address.
fn used(job: &Job, inputs: &[(&str, &str)]) -> Used {
    let url = format!("file://{}", job.temp.path().join("releases").display());
    job.uses(&[&[("download-url", &*url)], inputs].concat())
}

#[test]
fn one_run_annotates_sums_up_writes_sarif_and_gates() {
    let upstream = Upstream::new(CLEAN);
    let clone = upstream.checkout(&upstream.merge, 1);
    let job = upstream.job("push", clone.path());
    let ran = used(&job, &[]);
    assert_eq!(ran.code, 1, "{ran:#?}");
    assert!(ran.log.contains("::error ") && ran.log.contains("file=old.tf,line=6"), "{ran:#?}");
    assert!(ran.summary.starts_with("# Before\n") && ran.summary.contains("IMDS01"), "{ran:#?}");
    let output = |name: &str| ran.outputs[name].as_str();
    assert_eq!((output("exit-code"), output("findings"), output("version")), ("1", "1", VERSION));
    assert_eq!(output("changed-since"), "");
    let sarif: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(output("sarif")).unwrap()).unwrap();
    assert_eq!(sarif["version"], "2.1.0");
    let json: serde_json::Value = serde_json::from_str(&fs::read_to_string(output("json")).unwrap()).unwrap();
    assert_eq!(json["findings"][0]["code"], "IMDS01");

    let ran = used(&job, &[("fail-on", "never")]);
    assert_eq!((ran.code, &*ran.outputs["exit-code"]), (0, "0"), "{ran:#?}");
    let ran = used(&job, &[("paths", "readme.md\r\nnew.tf\r\n")]);
    assert_eq!((ran.code, &*ran.outputs["findings"]), (0, "0"), "{ran:#?}");
}

#[test]
fn what_could_not_be_judged_exits_with_2() {
    let upstream = Upstream::new("resource \"aws_instance\" {{{\n");
    let clone = upstream.checkout(&upstream.merge, 1);
    let ran = used(&upstream.job("push", clone.path()), &[("fail-on", "never")]);
    assert_eq!((ran.code, &*ran.outputs["exit-code"]), (2, "2"), "{ran:#?}");
    assert!(ran.log.contains("::error title=keyless::Something could not be judged"), "{ran:#?}");
}

#[test]
fn a_pull_request_is_gated_by_its_change() {
    for (added, code) in [(CLEAN, 0), (VIOLATION, 1)] {
        let upstream = Upstream::new(added);
        let clone = upstream.checkout(&upstream.merge, 2);
        let ran = used(&upstream.job("pull_request", clone.path()), &[]);
        assert_eq!((ran.code, &*ran.outputs["changed-since"]), (code, "HEAD^1"), "{ran:#?}");
        assert_eq!(
            (&*ran.outputs["findings"], &*ran.outputs["existing"]),
            (if code == 0 { "0" } else { "1" }, "1")
        );
        assert!(
            !ran.log.contains("Everything gates") && ran.summary.contains("Existing: 1 finding"),
            "{ran:#?}"
        );
    }
}

#[test]
fn a_checkout_without_the_base_gates_everything_and_says_so() {
    let upstream = Upstream::new(CLEAN);
    let clone = upstream.checkout(&upstream.merge, 1);
    let ran = used(&upstream.job("pull_request", clone.path()), &[]);
    assert_eq!((ran.code, &*ran.outputs["changed-since"]), (1, ""), "{ran:#?}");
    assert!(
        ran.log.contains("::notice title=keyless::Everything gates") && ran.log.contains("fetch-depth: 2"),
        "{ran:#?}"
    );

    // Not a repository at all.
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("main.tf"), VIOLATION).unwrap();
    let ran = used(&upstream.job("pull_request", folder.path()), &[]);
    assert_eq!((ran.code, &*ran.outputs["changed-since"]), (1, ""), "{ran:#?}");
    assert!(ran.log.contains("the workspace is no git repository"), "{ran:#?}");
}

/// With `ref: github.event.pull_request.head.sha` the commit before is another one of the pull request.
#[test]
fn the_head_of_a_pull_request_is_never_compared_with_its_own_commits() {
    let upstream = Upstream::new(VIOLATION);
    let clone = upstream.checkout(&upstream.head, 2);
    let ran = used(&upstream.job("pull_request", clone.path()), &[]);
    assert_eq!((ran.code, &*ran.outputs["changed-since"]), (1, ""), "{ran:#?}");
    assert!(ran.log.contains("is not GitHub's merge of this pull request"), "{ran:#?}");

    let clone = upstream.checkout(&upstream.head, 100);
    let ran = used(&upstream.job("pull_request", clone.path()), &[]);
    assert_eq!((ran.code, &ran.outputs["changed-since"]), (1, &upstream.base), "{ran:#?}");
    assert_eq!((&*ran.outputs["findings"], &*ran.outputs["existing"]), ("1", "1"), "{ran:#?}");
}

/// `pull_request_target` checks the target out, which has nothing new when it is compared with itself.
#[test]
fn a_checkout_without_the_pull_request_is_never_taken_for_a_clean_one() {
    let upstream = Upstream::new(VIOLATION);
    let clone = upstream.checkout(&upstream.base, 100);
    let ran = used(&upstream.job("pull_request_target", clone.path()), &[]);
    assert_eq!((ran.code, &*ran.outputs["changed-since"]), (1, ""), "{ran:#?}");
    assert!(ran.log.contains("does not have this pull request's commit"), "{ran:#?}");
}

#[test]
fn the_base_of_a_merge_group_is_fetched() {
    for (added, code) in [(CLEAN, 0), (VIOLATION, 1)] {
        let upstream = Upstream::new(added);
        for depth in [1, 2, 100] {
            let clone = upstream.checkout(&upstream.merge, depth);
            let ran = used(&upstream.job("merge_group", clone.path()), &[]);
            assert_eq!((ran.code, &ran.outputs["changed-since"]), (code, &upstream.base), "{ran:#?}");
        }
    }
    // Rebased, a group is a commit behind the other: the base is far.
    let upstream = Upstream::new(VIOLATION);
    let clone = upstream.checkout(&upstream.head, 1);
    let mut job = upstream.job("merge_group", clone.path());
    job.commits.insert("head", upstream.head.clone());
    assert_eq!(used(&job, &[]).outputs["changed-since"], upstream.base);
    // And where it cannot be had, everything gates.
    git(clone.path(), &["fetch", "-q", "--depth=1", "origin", &upstream.head]);
    git(clone.path(), &["remote", "set-url", "origin", "file:///nowhere"]);
    let ran = used(&job, &[]);
    assert_eq!((ran.code, &*ran.outputs["changed-since"]), (1, ""), "{ran:#?}");
    assert!(ran.log.contains("cannot be fetched"), "{ran:#?}");
    assert!(!ran.log.contains("a-token-of-the-job"), "{ran:#?}");
}

#[test]
fn the_gate_is_what_the_input_says() {
    let upstream = Upstream::new(CLEAN);
    let clone = upstream.checkout(&upstream.merge, 100);
    let job = upstream.job("pull_request", clone.path());
    let ran = used(&job, &[("changed-since", "off")]);
    assert_eq!((ran.code, &*ran.outputs["changed-since"]), (1, ""), "{ran:#?}");
    let ran = used(&upstream.job("push", clone.path()), &[("changed-since", &upstream.base)]);
    assert_eq!((ran.code, &ran.outputs["changed-since"]), (0, &upstream.base), "{ran:#?}");
}

#[test]
fn no_value_of_an_input_is_ever_code() {
    let upstream = Upstream::new(CLEAN);
    let clone = upstream.checkout(&upstream.merge, 2);
    let job = upstream.job("pull_request", clone.path());
    let names = [
        "paths",
        "version",
        "changed-since",
        "fail-on",
        "strict",
        "config",
        "baseline",
        "var-files",
        "args",
        "download-url",
    ];
    for name in names {
        for value in [
            "$(touch hacked)",
            "`touch hacked`",
            "; touch hacked #",
            "\"; touch hacked; \"",
            "'; touch hacked; '",
            "x\ntouch hacked\n::error::hacked\n##[error]hacked",
            "--format=json=hacked\n",
            "${{ github.token }}",
            "*",
        ] {
            let ran = job.uses(&[
                ("download-url", &format!("file://{}", job.temp.path().join("releases").display())),
                (name, value),
            ]);
            assert!(
                !clone.path().join("hacked").exists() || (name, value) == ("args", "--format=json=hacked\n"),
                "{name}: {ran:#?}"
            );
            let _ = fs::remove_file(clone.path().join("hacked"));
            assert!(
                !ran.log.lines().any(|line| line.trim_start().starts_with("::error::")),
                "{name}: {ran:#?}"
            );
            assert!(
                !ran.log.contains("##[error]hacked") && !ran.log.contains("a-token-of-the-job"),
                "{name}: {ran:#?}"
            );
        }
    }
    // A path is a path, even one that looks like a flag.
    let ran = used(&job, &[("paths", "--fail-on=never\n-h"), ("changed-since", "off")]);
    assert_eq!(ran.code, 2, "{ran:#?}");
    fs::write(clone.path().join("-h"), "").unwrap();
}

#[test]
fn lists_are_one_a_line() {
    let upstream = Upstream::new(VIOLATION);
    let clone = upstream.checkout(&upstream.merge, 1);
    let with_blank = clone.path().join("two words");
    fs::create_dir(&with_blank).unwrap();
    fs::write(with_blank.join("main.tf"), VIOLATION).unwrap();
    let job = upstream.job("push", clone.path());
    let ran = used(&job, &[("paths", "two words\n\nold.tf")]);
    assert_eq!(ran.outputs["findings"], "2", "{ran:#?}");
    let ran = used(&job, &[("args", "--exclude\ntwo words\n--exclude=old.tf")]);
    assert_eq!(ran.outputs["findings"], "1", "{ran:#?}");
    let ran = used(&job, &[("args", "--ignore=IMDS"), ("strict", "true")]);
    assert_eq!(ran.code, 0, "{ran:#?}");
    let ran = used(&job, &[("strict", "yes")]);
    assert_eq!(ran.code, 2, "{ran:#?}");
}

#[test]
fn an_archive_that_is_not_the_reviewed_one_is_not_run() {
    let upstream = Upstream::new(CLEAN);
    let clone = upstream.checkout(&upstream.merge, 1);
    let job = upstream.job("push", clone.path());
    let folder = job.temp.path().join("releases").join(format!("v{VERSION}"));
    let marker = job.temp.path().join("ran");
    program(&folder.join("keyless"), &format!("#!/bin/sh\ntouch '{}'\n", marker.display()));
    // The release has a new archive and a checksum that fits: the action knows better.
    archive(&folder);
    let ran = used(&job, &[]);
    assert_eq!(ran.code, 2, "{ran:#?}");
    assert!(ran.log.contains("not run") && ran.log.contains("has the checksum"), "{ran:#?}");
    assert!(!marker.exists());

    // A version that the action does not know is held against the release's own list, and that is said.
    fs::write(job.action.join("action/checksums.txt"), "").unwrap();
    fs::write(folder.join("checksums.txt"), format!("{:064}  {ARCHIVE}\n", 0)).unwrap();
    assert_eq!(used(&job, &[]).code, 2);
    fs::write(folder.join("checksums.txt"), "").unwrap();
    assert_eq!(used(&job, &[]).code, 2);
    assert!(!marker.exists());
    archive(&folder);
    let ran = used(&job, &[]);
    assert!(
        ran.log.contains("::warning title=keyless::") && ran.log.contains("damage and no forgery"),
        "{ran:#?}"
    );
    assert!(marker.exists());
}

/// From the project itself, an archive that the action does not know has to be attested.
#[test]
fn an_unknown_archive_of_the_project_is_held_against_its_attestation() {
    let upstream = Upstream::new(CLEAN);
    let clone = upstream.checkout(&upstream.merge, 1);
    let job = upstream.job("push", clone.path());
    fs::write(job.action.join("action/checksums.txt"), "").unwrap();
    let folder = job.temp.path().join("releases").join(format!("v{VERSION}"));
    // The network, with its last argument but two as the file and the last as the address.
    let curl = format!(
        "#!/bin/bash\nout=\nwhile [ $# -gt 1 ]; do [ \"$1\" != --output ] || out=$2; shift; done\n[[ $1 == https://github.com/keyless-dev/keyless/releases/download/v{VERSION}/* ]] && cp '{}'/\"${{1##*/}}\" \"$out\"\n",
        folder.display()
    );
    program(&job.programs.join("curl"), &curl);
    for (verdict, code) in [(0, 1), (1, 2)] {
        let asked = job.temp.path().join("asked");
        program(
            &job.programs.join("gh"),
            &format!("#!/bin/sh\nprintf '%s\\n' \"$*\" > '{}'\nexit {verdict}\n", asked.display()),
        );
        let ran = job.uses(&[]);
        assert_eq!(ran.code, code, "{ran:#?}");
        let asked = fs::read_to_string(asked).unwrap();
        assert!(asked.starts_with("attestation verify "), "{asked}");
        assert!(asked.contains("--repo keyless-dev/keyless --signer-workflow keyless-dev/keyless/.github/workflows/release.yml"), "{asked}");
    }
}

#[test]
fn a_version_is_a_version() {
    let upstream = Upstream::new(CLEAN);
    let clone = upstream.checkout(&upstream.merge, 1);
    let job = upstream.job("push", clone.path());
    for (version, said) in [
        ("latest", "there is no 'latest'"),
        ("main", "is no version"),
        ("../0.1.0", "is no version"),
        ("9.9.9", "cannot be downloaded"),
    ] {
        let ran = used(&job, &[("version", version)]);
        assert_eq!(ran.code, 2, "{version}: {ran:#?}");
        assert!(ran.log.contains(said), "{version}: {ran:#?}");
    }
    assert_eq!(used(&job, &[("version", &format!("v{VERSION}"))]).code, 1);
    let ran = used(&job, &[("download-url", "http://127.0.0.1/")]);
    assert!(ran.code == 2 && ran.log.contains("https://"), "{ran:#?}");
    let mut job = job;
    job.machine = ("Linux", "S390X");
    let ran = used(&job, &[]);
    assert!(ran.code == 2 && ran.log.contains("no release for Linux on S390X"), "{ran:#?}");
}

/// From the action's own folder: cargo's configuration in the checked code would be code.
#[test]
fn source_is_built_from_the_action_alone() {
    let upstream = Upstream::new(CLEAN);
    let clone = upstream.checkout(&upstream.merge, 1);
    let job = upstream.job("push", clone.path());
    let said = job.temp.path().join("said");
    let cargo = format!(
        "#!/bin/bash\nprintf '%s\\n' \"$PWD\" \"$*\" > '{}'\nmkdir -p \"${{@: -1}}/release\"\nprintf '#!/bin/sh\\nexec {} \"$@\"\\n' > \"${{@: -1}}/release/keyless\"\nchmod +x \"${{@: -1}}/release/keyless\"\n",
        said.display(),
        env!("CARGO_BIN_EXE_keyless")
    );
    program(&job.programs.join("cargo"), &cargo);
    let ran = used(&job, &[("version", "source"), ("download-url", "https://nowhere.invalid")]);
    assert_eq!((ran.code, &*ran.outputs["version"]), (1, VERSION), "{ran:#?}");
    let said = fs::read_to_string(said).unwrap();
    let (folder, arguments) = said.split_once('\n').unwrap();
    assert_eq!(fs::canonicalize(folder).unwrap(), fs::canonicalize(&job.action).unwrap());
    assert!(arguments.starts_with("build --release --locked --bin keyless --target-dir "), "{arguments}");
}

#[test]
fn nothing_of_github_is_pasted_into_a_script() {
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = vec![project.join("action.yml")];
    files.extend(fs::read_dir(project.join(".github/workflows")).unwrap().map(|entry| entry.unwrap().path()));
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        assert_eq!(
            scripts(&yaml(&file)).iter().filter(|script| script.contains("${{")).count(),
            0,
            "{}",
            file.display()
        );
        for used in
            text.lines().filter_map(|line| line.trim().trim_start_matches("- ").strip_prefix("uses: "))
        {
            let pinned = used.split_once('@').is_some_and(|(_, at)| {
                let (commit, version) = at.split_once(" # v").unwrap_or_default();
                commit.len() == 40
                    && commit.bytes().all(|byte| byte.is_ascii_hexdigit())
                    && version.contains('.')
            });
            assert!(pinned || used.starts_with("./ "), "{}: {used}", file.display());
        }
    }
}

/// What this repository asks of itself in its own workflow.
#[test]
fn the_workflow_of_this_repository_passes_here() {
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let workflow = yaml(&project.join(".github/workflows/keyless.yml"));
    let steps = workflow["jobs"]["itself"]["steps"].as_array().unwrap();
    let step = |id: &str| &steps.iter().find(|step| step["id"] == id).unwrap()["with"];
    let args: Vec<_> = step("keyless")["args"].as_str().unwrap().lines().collect();
    let ran = run_in(project, &[&["check"], &args[..]].concat());
    assert_eq!(ran.code, 0, "{ran:?}");
    let ran = run_in(project, &["check", "--format=json", step("demo")["paths"].as_str().unwrap()]);
    let report: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    let found = format!("{}/{}", ran.code, report["findings"].as_array().unwrap().len());
    assert!(
        steps
            .iter()
            .any(|step| step["run"].as_str().is_some_and(|run| run.ends_with(&format!(" = {found}"))))
    );
}

/// Every `run:` of a file.
fn scripts(value: &serde_json::Value) -> Vec<&str> {
    match value {
        serde_json::Value::Object(entries) => {
            let own = entries.get("run").and_then(|run| run.as_str());
            own.into_iter().chain(entries.values().flat_map(scripts)).collect()
        }
        serde_json::Value::Array(items) => items.iter().flat_map(scripts).collect(),
        _ => Vec::new(),
    }
}

#[test]
fn known_checksums_are_lines_of_a_release() {
    let known =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("action/checksums.txt")).unwrap();
    for line in known.lines().filter(|line| !line.starts_with('#')) {
        let (sum, name) = line.split_once("  ").unwrap();
        assert!(sum.len() == 64 && sum.bytes().all(|byte| byte.is_ascii_hexdigit()), "{line}");
        assert!(name.starts_with("keyless-"), "{line}");
    }
}

#[test]
fn the_action_knows_the_targets_that_are_released() {
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let install = fs::read_to_string(project.join("action/install.sh")).unwrap();
    let release = yaml(&project.join(".github/workflows/release.yml"));
    let matrix = release["jobs"]["build"]["strategy"]["matrix"]["include"].as_array().unwrap();
    let mut targets: Vec<_> = matrix.iter().map(|entry| entry["target"].as_str().unwrap()).collect();
    let mut known: Vec<_> = install
        .lines()
        .filter_map(|line| line.trim().split_once(") echo ").and_then(|(_, rest)| rest.strip_suffix(" ;;")))
        .collect();
    targets.sort_unstable();
    known.sort_unstable();
    known.dedup();
    assert_eq!(known, targets);
    assert_eq!(targets.len(), 5);
}
