//! Files that are made to exhaust whoever reads them. Each ends within seconds and bounded memory, what was not analysed is
//! said with its file, nothing is judged clean for it, and what stands beside it is judged.

use crate::harness::{FORMATS, Ran, Repo, VIOLATION, command, problems};
use std::fmt::Write;
use std::io::Write as _;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

/// Seconds of all processors that a bomb may take; what is not optimised takes more.
const SECONDS: f64 = if cfg!(debug_assertions) { 60.0 } else { 4.0 };
const MEGABYTES: u64 = 512;
/// Who has computed nothing by then waits for something.
const PATIENCE: Duration = Duration::from_secs(60);

/// What a run took, as far as the system tells.
#[derive(Debug, Default)]
struct Took {
    seconds: f64,
    megabytes: u64,
}

impl Took {
    /// What a process took so far.
    fn of(child: &Child) -> Option<Self> {
        let read = |name: &str| std::fs::read_to_string(format!("/proc/{}/{name}", child.id())).ok();
        let status = read("status")?;
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
        let stat = read("stat")?;
        let fields: Vec<&str> = stat.rsplit_once(") ")?.1.split(' ').collect();
        let ticks = |at: usize| fields.get(at)?.parse::<f64>().ok();
        Some(Self {
            seconds: (ticks(11)? + ticks(12)?) / 100.0,
            megabytes: peak.trim().trim_end_matches(" kB").parse::<u64>().ok()? >> 10,
        })
    }
}

/// Runs a check that must stay within bounds.
#[track_caller]
pub fn bounded(repo: &Repo, args: &[&str]) -> Ran {
    let (out, err) = (tempfile::NamedTempFile::new().unwrap(), tempfile::NamedTempFile::new().unwrap());
    let mut child = command(repo.path(), args)
        .stdout(out.reopen().unwrap())
        .stderr(err.reopen().unwrap())
        .spawn()
        .unwrap();
    let (mut took, started) = (Took::default(), Instant::now());
    let status = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        took = Took::of(&child).unwrap_or(took);
        let waits = started.elapsed() > PATIENCE && took.seconds < 1.0;
        if took.seconds > SECONDS || took.megabytes > MEGABYTES || waits {
            child.kill().unwrap();
            child.wait().unwrap();
            panic!("{took:?}, waits: {waits}");
        }
        std::thread::sleep(Duration::from_millis(10));
    };
    let text = |file: &tempfile::NamedTempFile| {
        String::from_utf8_lossy(&std::fs::read(file.path()).unwrap()).into_owned()
    };
    let ran = Ran { code: status.code().unwrap_or(-1), stdout: text(&out), stderr: text(&err) };
    assert!(!ran.stderr.contains("panicked") && !ran.stdout.contains("a bug in keyless"), "{ran:?}");
    assert!((0..=2).contains(&ran.code), "{ran:?}");
    ran
}

/// A bomb at a path goes off alone: it is said that it was not analysed, and the rest of the tree is judged.
#[track_caller]
fn assert_told(path: &str, content: impl AsRef<[u8]>, message: &str) {
    let repo = Repo::with_violation();
    repo.write(path, content);
    assert_told_in(&repo, path, message);
}

#[track_caller]
fn assert_told_in(repo: &Repo, path: &str, message: &str) {
    let ran = bounded(repo, &["check", "--format", "concise"]);
    let short: String = ran.stdout.chars().take(2_000).collect();
    assert_eq!(ran.code, 2, "{short}{}", ran.stderr);
    let told = ran.stdout.lines().filter(|line| line.starts_with(path) && line.contains(": problem["));
    let told: Vec<&str> = told.collect();
    assert!(told.iter().any(|line| line.contains(message)), "{short}");
    // Enough to know, and no more than anybody reads.
    assert!(told.len() <= 250, "{}", told.len());
    assert!(ran.stdout.contains("good/main.tf:6:20: error[IMDS01]"), "{short}");
}

/// What looks like a bomb and is none is judged with everything else.
#[track_caller]
fn assert_judged(path: &str, content: impl AsRef<[u8]>) -> String {
    let repo = Repo::with_violation();
    repo.write(path, content);
    let ran = bounded(&repo, &["check", "--format", "concise"]);
    assert_eq!(ran.code, 1, "{}{}", ran.stdout, ran.stderr);
    assert!(ran.stdout.contains("good/main.tf:6:20: error[IMDS01]"), "{}", ran.stdout);
    ran.stdout
}

fn instance(user_data: &str) -> String {
    format!(
        "resource \"aws_instance\" \"a\" {{\n  iam_instance_profile = \"w\"\n  user_data = {user_data}\n}}\n"
    )
}

fn template(rest: &str) -> String {
    format!("AWSTemplateFormatVersion: '2010-09-09'\nResources:\n  Web:\n    Type: AWS::IAM::User\n{rest}")
}

fn lines(count: usize, line: impl Fn(usize) -> String) -> String {
    (0..count).fold(String::new(), |mut all, at| {
        let _ = writeln!(all, "{}", line(at));
        all
    })
}

#[test]
fn whatever_nests_is_bounded_in_depth() {
    let deep = 100_000;
    for (open, close) in [
        ("[", "]"),
        ("(", ")"),
        ("{a=", "}"),
        ("upper(", ")"),
        ("-", ""),
        ("!", ""),
        ("\"${", "}\""),
        ("\"%{ if true }", "%{ endif }\""),
        ("true ? ", " : 2"),
        ("true ? 1 : ", ""),
        ("[for x in ", " : x]"),
        ("{for k, v in ", " : k => v}"),
        ("a[", "]"),
        ("1 + ", ""),
        ("<<E\n${", "}\nE\n"),
    ] {
        let expression = format!("{}1{}", open.repeat(deep), close.repeat(deep));
        assert_told("a.tf", instance(&expression), "a.tf:");
        // Cut off in the middle.
        assert_told("a.tf", format!("a = {}", open.repeat(deep)), "a.tf:");
    }
    for (open, close) in [("a {\n", "}\n"), ("a \"b\" {\n", "}\n")] {
        let nested = "nested more than 250 levels deep";
        assert_told("a.tf", open.repeat(deep) + &close.repeat(deep), nested);
        assert_told("a.tf", open.repeat(deep), nested);
    }
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        let nested = |count: usize| format!("{}1{}", open.repeat(count), close.repeat(count));
        assert_told("a.tf.json", format!("{{\"locals\": {{\"a\": {}}}}}", nested(deep)), "nested more than");
        let resources = format!("{{\"AWSTemplateFormatVersion\": \"x\", \"Resources\": {}}}", nested(deep));
        assert_told("t.json", resources, "more than 256 collections inside each other");
        assert_told("t.yaml", template(&format!("    X: {}\n", nested(deep))), "more than 256 collections");
        assert_told(
            "terraform.tfstate",
            format!("{{\"version\": 4, \"resources\": {}", open.repeat(deep)),
            "",
        );
    }
    for rest in ["- ", "? "] {
        assert_told("t.yaml", template(&format!("Metadata:\n  a:\n   {}x\n", rest.repeat(deep))), "256");
    }
    // Tools of AWS and HashiCorp follow these without end, and so they are followed.
    assert_judged("a.tf", instance(&format!("a{}", ".b".repeat(deep))));
    assert_judged("a.tf", instance(&format!("a{}", "[0]".repeat(deep))));
}

#[test]
fn decoding_stops_somewhere() {
    let limit = "problem[limit]";
    assert_told(
        "a.tf",
        instance(&format!("yamldecode(\"{}\")", "[".repeat(2_000) + &"]".repeat(2_000))),
        limit,
    );
    assert_told(
        "a.tf",
        instance(&format!("jsondecode(\"{}\")", "[".repeat(2_000) + &"]".repeat(2_000))),
        limit,
    );
    let laughs: String = (1..12).fold("a0: &a0 [x, x, x, x, x, x, x, x, x]\\n".to_owned(), |all, at| {
        all + &format!("a{at}: &a{at} [{}]\\n", vec![format!("*a{}", at - 1); 9].join(", "))
    });
    assert_told("a.tf", instance(&format!("yamldecode(\"{laughs}\")")), limit);
}

#[test]
fn what_is_packed_is_unpacked_some_times_and_then_told() {
    let secret = ["kJ8sdf7Hs9", "dfK2sdf8w"].concat();
    let packed = |times: usize| {
        let script = format!("#!/bin/bash\nexport DB_PASSWORD=\"{secret}\"\n");
        let bytes = (0..times).fold(script.into_bytes(), |bytes, _| gzip(&bytes));
        format!("resource \"aws_instance\" \"a\" {{\n  user_data_base64 = \"{}\"\n}}\n", base64(&bytes))
    };
    for times in 1..=8 {
        assert!(assert_judged("a.tf", packed(times)).contains("error[SEC05]"), "{times}");
    }
    for times in [9, 50, 300] {
        assert_told("a.tf", packed(times), "this text is encoded more than 8 times over");
    }
    let zeros = format!("#!/bin/bash\n{}", "echo 1 \n".repeat(10_000_000));
    let bomb = base64(&gzip(zeros.as_bytes()));
    let bomb = format!("resource \"aws_instance\" \"a\" {{\n  user_data_base64 = \"{bomb}\"\n}}\n");
    assert_told("a.tf", bomb, "this text decodes to more than 256 KiB");
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn base64(bytes: &[u8]) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::STANDARD.encode(bytes)
}

#[test]
fn aliases_of_a_long_text_are_counted_by_its_length() {
    let long = format!(
        "  L:\n    Type: AWS::Lambda::Function\n    Properties:\n      Environment:\n        Variables:\n          A: &a {}\n{}",
        "PASSWORD=x ".repeat(100_000),
        lines(20_000, |at| format!("          A{at}: *a"))
    );
    assert_told("t.yaml", template(&long), "aliases stand for more than 32 MiB of text");
    let merged = format!(
        "Metadata:\n  M0: &m0 {{a: 1, b: 2}}\n{}",
        lines(2_000, |at| format!("  M{0}: &m{0}\n    <<: [*m{at}, *m{at}]\n    a{at}: 1", at + 1))
    );
    assert_told("t.yaml", template(&merged), "aliases stand for more than 250000 nodes");
}

#[test]
fn text_that_is_made_over_and_over_is_work() {
    let doubled = |times: usize| {
        let next = |at: usize| format!("  l{} = \"${{local.l{at}}}${{local.l{at}}}\"", at + 1);
        format!("locals {{\n  l0 = \"xxxxxxxxxx\"\n{}}}\n", lines(times, next))
    };
    let password = |at: usize| {
        format!("resource \"aws_db_instance\" \"d{at}\" {{\n  password = \"${{local.l20}}{at}\"\n}}")
    };
    let secrets = doubled(20) + &lines(200, password);
    assert_told("a.tf", secrets, "problem[limit] a module too large was not analysed");
    let product =
        "locals {\n  r = [for x in range(60) : \"%s${x}\"]\n  s = setproduct(local.r, local.r, local.r)\n}\n"
            .replace("%s", &"x".repeat(5_000));
    assert_told("a.tf", product + &instance("jsonencode(local.s)"), "problem[limit]");
    let concat = "locals {\n  r = range(1000)\n  s = flatten([for x in local.r : local.r])\n  \
                  t = [for x in local.r : length(concat(local.s, [x]))]\n}\n";
    assert_told("a.tf", concat.to_owned() + &instance("jsonencode(local.t)"), "problem[limit]");
}

#[test]
fn regular_expressions_are_linear_or_a_limit() {
    let many = format!("regexall(\".*[^A-Z]|[A-Z]\", \"{}\")", "A".repeat(100_000));
    assert_told(
        "a.tf",
        instance(&format!("jsonencode({many})")),
        "a text with too many matches in `regexall`",
    );
    let replaced = format!("replace(\"{}\", \"/.*[^A-Z]|[A-Z]/\", \"b\")", "A".repeat(100_000));
    assert_told("a.tf", instance(&replaced), "a text with too many matches in `replace`");
    let large = "regex(\"((((a{1,100}){1,100}){1,100}){1,100})\", \"aaa\")";
    assert_told("a.tf", instance(large), "a regular expression that takes more than 1 MiB");
    assert_judged("a.tf", instance(&format!("regex(\"(a*)*b|(x+x+)+y|a+\", \"{}\")", "a".repeat(100_000))));
}

#[test]
fn what_is_broken_over_and_over_is_given_up() {
    let given_up = "too many errors: the rest of the file is not read";
    assert_told("a.tf", lines(50_000, |at| format!("a{at} = <<E{at}\nx")), given_up);
    assert_told("a.tf", "a {\n".repeat(200_000), given_up);
    assert_told("a.tf", lines(100_000, |at| format!("a{at} = \"x")), given_up);
    assert_told(
        "a.tf",
        (0..20_000).fold("a = ".to_owned(), |all, at| all + &format!("<<E{at}\n${{")),
        "a.tf:",
    );
    assert_told("a.tf", format!("locals {{\n{}}}\n", "  a = 1\n".repeat(100_000)), "`a` is set twice");
    assert_told("a.tf", "/*".repeat(500_000), "a.tf:");
    assert_told("a.tf", vec![0; 5_000_000], "a.tf:");
}

#[test]
fn many_of_a_kind_are_judged_in_their_number() {
    assert_judged("a.tf", "a {}\n".repeat(200_000));
    assert_judged("a.tf", format!("locals {{\n{}}}\n", lines(100_000, |at| format!("  a{at} = \"v{at}\""))));
    let twice = "\"A\": {\"Type\": \"AWS::IAM::Role\"},".repeat(100_000);
    assert_judged(
        "t.json",
        format!(
            "{{\"AWSTemplateFormatVersion\": \"x\", \"Resources\": {{{twice} \"B\": {{\"Type\": \"AWS::IAM::Role\"}}}}}}"
        ),
    );
    assert_judged(
        "t.yaml",
        format!("{}Metadata:\n{}", template(""), "  a: 1\n".repeat(100_000))
            .replace("IAM::User", "IAM::Role"),
    );
    let words = "# keyless:ignore[IMDS01] nobody knows why\n";
    assert_judged("a.tf", words.repeat(10_000));
    let role = template("").replace("IAM::User", "IAM::Role");
    assert_judged("t.yaml", words.repeat(10_000) + &role);
    let beyond = "problem[limit] more than 10000 exceptions: those after them except nothing";
    assert_told("a.tf", words.repeat(50_000), beyond);
    assert_told("t.yaml", words.repeat(10_001) + &role, beyond);
}

#[test]
fn a_root_of_more_resources_than_anybody_has_is_a_limit() {
    let counted = |at: usize| {
        format!(
            "resource \"aws_iam_access_key\" \"k{at}\" {{\n  count = 9999\n  user = \"u${{count.index}}\"\n}}"
        )
    };
    assert_told("a.tf", lines(8, counted), "a root module with more than 50,000 resources was not analysed");
}

#[test]
fn patterns_of_git_are_read_within_bounds() {
    let repo = Repo::with_violation();
    repo.write(".gitignore", lines(200_000, |at| format!("a{at}*/**/b{at}?")));
    assert_told_in(
        &repo,
        ".gitignore",
        "problem[limit] larger than 256 KiB, not analysed: nothing is ignored for it",
    );
    // A line in another encoding says nothing of the others.
    let repo = Repo::with_violation();
    repo.write(".gitignore", b"caf\xe9\nignored/\n");
    repo.write("ignored/main.tf", VIOLATION);
    let ran = bounded(&repo, &["check", "--format", "concise"]);
    assert!(ran.code == 1 && !ran.stdout.contains("ignored"), "{ran:?}");
}

/// Puts something at a path of a tree; false where this machine has no such thing.
#[cfg(unix)]
type Make = dyn Fn(&Repo, &str) -> bool;

#[cfg(unix)]
#[test]
fn what_is_no_file_is_never_waited_for() {
    let read =
        ["a.tf", "b.tf.json", "terraform.tfvars", "terraform.tfstate", "keyless.toml", "terragrunt.hcl"];
    let may_be =
        ["t.yaml", "t.json", "plan.json", ".env", ".gitignore", "cdk.out/manifest.json", "samconfig.toml"];
    let led = ["u.sh", ".git/index", ".git/config", ".git/packed-refs", ".git/info/exclude", ".git/shallow"];
    let make: [(&str, &Make); 3] = [
        ("pipe", &|repo, path| {
            repo.write(path, "");
            std::fs::remove_file(repo.path().join(path)).unwrap();
            repo.pipe(path)
        }),
        ("socket", &|repo, path| {
            repo.write(path, "");
            std::fs::remove_file(repo.path().join(path)).unwrap();
            // The place of a socket is a short one.
            std::os::unix::net::UnixListener::bind(repo.path().join(path)).is_ok()
        }),
        ("endless", &|repo, path| {
            repo.link(path, "/dev/zero");
            true
        }),
    ];
    for (what, make) in make {
        for path in read.iter().chain(&may_be).chain(&led) {
            let repo = Repo::with_violation();
            repo.write("main.tf", instance("file(\"${path.module}/u.sh\")"));
            if !make(&repo, path) {
                continue;
            }
            let ran = bounded(&repo, &["check", "--format", "concise"]);
            assert!(ran.stdout.contains("good/main.tf:6:20"), "{what} {path}: {ran:?}");
            let is_told = ran.stdout.contains(&format!("{path}: problem["));
            assert_eq!(ran.code, if is_told { 2 } else { 1 }, "{what} {path}: {ran:?}");
            assert!(is_told || !read.contains(path), "{what} {path}: {ran:?}");
        }
    }
}

#[test]
fn a_file_of_gigabytes_is_not_read() {
    let told = [
        "a.tf",
        "a.tf.json",
        "t.json",
        "t.yaml",
        "terraform.tfstate",
        "terraform.tfvars",
        "good/.env",
        "a.tfbackend",
        "terragrunt.hcl",
        "manifest.json",
    ];
    for path in told {
        let repo = Repo::with_violation();
        // A file of variables that is no text is none.
        repo.write(path, "A=1\n".repeat(1_000));
        std::fs::File::options().write(true).open(repo.path().join(path)).unwrap().set_len(4 << 30).unwrap();
        assert_told_in(&repo, path, "larger than 256 MiB, not analysed");
    }
    let repo = Repo::with_violation();
    repo.write("a.tf", instance("file(\"${path.module}/user.sh\")"));
    repo.write("user.sh", "");
    std::fs::File::options().write(true).open(repo.path().join("user.sh")).unwrap().set_len(4 << 30).unwrap();
    assert_told_in(&repo, "a.tf", "a file of more than 256 MiB was not analysed");
}

#[cfg(unix)]
#[test]
fn links_in_circles_end_somewhere() {
    let repo = Repo::with_violation();
    for (path, target) in [("l", "."), ("good/up", ".."), ("x", "y"), ("y", "x"), ("z.tf", "z.tf")] {
        repo.link(path, target);
    }
    for (from, to) in (0..20).flat_map(|from| (0..20).map(move |to| (from, to))) {
        repo.link(&format!("f{from}/l{to}"), format!("../f{to}"));
        repo.write(&format!("f{from}/main.tf"), VIOLATION);
    }
    assert_told_in(&repo, "z.tf", "problem[io]");
}

#[cfg(unix)]
#[test]
fn names_are_shown_as_what_they_are_in_every_format() {
    use std::os::unix::ffi::OsStrExt as _;
    let repo = Repo::with_violation();
    let names: [&[u8]; 10] = [
        b"a\nb.tf",
        b"a\x1b[31m.tf",
        b"a\xff\xfe.tf",
        b"::error::x.tf",
        b"a\rb.tf",
        "\u{202e}x.tf".as_bytes(),
        b"-x.tf",
        b" .tf",
        b"a%0Ab.tf",
        b"<b>|`x`.tf",
    ];
    for name in names {
        std::fs::write(repo.path().join(std::ffi::OsStr::from_bytes(name)), VIOLATION).unwrap();
    }
    for format in FORMATS {
        let ran = bounded(&repo, &["check", "--format", format]);
        assert_eq!(ran.code, 1, "{format}: {ran:?}");
        assert!(!ran.stdout.contains(['\x1b', '\r']), "{format}: {}", ran.stdout);
        // A parser gets the name as it is; a terminal must not.
        let is_read = ["human", "concise"].contains(format);
        assert!(!is_read || !ran.stdout.contains('\u{202e}'), "{format}: {}", ran.stdout);
        assert!(!ran.stdout.contains("\n::error::x"), "{format}: {}", ran.stdout);
    }
    let (_, report) = repo.json(&[]);
    assert_eq!(report["findings"].as_array().unwrap().len(), names.len() + 1, "{report:#}");
}

#[test]
fn files_that_change_while_they_are_read_end_no_run() {
    let repo = Repo::with_violation();
    for at in 0..60 {
        repo.write(&format!("f{at}/main.tf"), VIOLATION);
    }
    let is_over = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for at in 0.. {
                if is_over.load(std::sync::atomic::Ordering::Relaxed) {
                    break;
                }
                let folder = repo.path().join(format!("f{}", at * 7 % 60));
                let path = folder.join("main.tf");
                // What another run of this loop took away is no matter.
                let _ = match at % 4 {
                    0 => std::fs::remove_file(path),
                    1 => std::fs::write(path, VIOLATION.repeat(at % 9)),
                    2 => std::fs::write(path, &VIOLATION[..at % VIOLATION.len()]),
                    _ => std::fs::remove_dir_all(&folder).and_then(|()| std::fs::create_dir(folder)),
                };
            }
        });
        for _ in 0..5 {
            for format in ["json", "human"] {
                let ran = bounded(&repo, &["check", "--format", format]);
                assert!(ran.code == 1 || ran.code == 2, "{ran:?}");
                assert!(ran.stdout.contains("good/main.tf"), "{}", ran.stdout);
            }
        }
        is_over.store(true, std::sync::atomic::Ordering::Relaxed);
    });
}

#[cfg(unix)]
#[test]
fn little_is_needed_of_the_surroundings() {
    let repo = Repo::with_violation();
    (0..100).for_each(|at| repo.write(&format!("f{at}/main.tf"), VIOLATION));
    let shell = |script: &str| {
        let program = env!("CARGO_BIN_EXE_keyless");
        let output = std::process::Command::new("sh")
            .current_dir(repo.path())
            .args(["-c", script, "sh", program])
            .stdin(Stdio::null())
            .output()
            .unwrap();
        (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned())
    };
    let (code, whole) = shell("exec \"$1\" check --format concise");
    assert_eq!(code, Some(1), "{whole}");
    for script in [
        "exec env -i \"$1\" check --format concise",
        "ulimit -n 16; exec \"$1\" check --format concise",
        "exec \"$1\" check --format concise <&-",
        "RAYON_NUM_THREADS=0 exec \"$1\" check --format concise",
        "RAYON_NUM_THREADS=many exec \"$1\" check --format concise",
        "RAYON_NUM_THREADS=100000 exec \"$1\" check --format concise",
        "exec \"$1\" check --format concise --threads 65535",
        "HOME=/nonexistent TMPDIR=/nonexistent exec \"$1\" check --format concise",
    ] {
        assert_eq!(shell(script), (Some(1), whole.clone()), "{script}");
    }
    for script in ["exec \"$1\" check >&-", "exec \"$1\" check >&- 2>&-"] {
        assert_eq!(shell(script).0, Some(1), "{script}");
    }
    if std::path::Path::new("/dev/full").exists() {
        for format in FORMATS {
            let script = format!("exec \"$1\" check --format {format} >/dev/full 2>/dev/null");
            assert_eq!(shell(&script).0, Some(2), "{format}");
        }
        for rest in ["--format json=/dev/full 2>/dev/null", "--format sarif >/dev/full 2>/dev/full"] {
            assert_eq!(shell(&format!("exec \"$1\" check {rest}")).0, Some(2), "{rest}");
        }
        assert_eq!(shell("exec \"$1\" --help >/dev/full").0, Some(2));
    }
    // A file that may not grow is an error of writing, and no end by a signal.
    let (code, _) = shell("ulimit -f 0; exec \"$1\" check --format json=report.json 2>/dev/null");
    assert_eq!(code, Some(2));
    assert!(!repo.path().join("report.json").exists());
    let (code, said) = shell("mkdir gone && cd gone && rmdir ../gone && exec \"$1\" check --format concise");
    assert!(code == Some(2) && said.contains("the working directory cannot be found"), "{said}");
}

#[test]
fn configuration_is_read_within_bounds() {
    for (text, message) in [
        ("[a]\n".repeat(500_000), "larger than 1 MiB"),
        (format!("a = {}", "[".repeat(100_000)), "keyless.toml:1:"),
        (
            "[[secrets.patterns]]\nid = \"x-one\"\ndescription = \"d\"\nkeyword = \"abc\"\n\
             regex = \"((((a{1,1000}){1,1000}){1,1000}){1,1000})\"\n"
                .to_owned(),
            "it is too large",
        ),
    ] {
        let repo = Repo::with_violation();
        repo.write("keyless.toml", text);
        let ran = bounded(&repo, &["check", "--format", "concise"]);
        let short: String = ran.stdout.chars().take(2_000).collect();
        assert!(ran.code == 2 && ran.stdout.contains(message), "{short}");
    }
}

#[test]
fn a_plan_of_modules_without_end_is_a_problem() {
    let resource = "{\"resources\": [{\"address\": \"data.aws_ami.x\", \"mode\": \"data\", \"type\": \"aws_ami\", \"name\": \"x\", \"values\": {}}]}";
    let nested = "{\"child_modules\": [".repeat(1_000) + resource + &"]}".repeat(1_000);
    let plan = format!(
        "{{\"format_version\": \"1.2\", \"terraform_version\": \"1.11.0\", \"prior_state\": {{\"values\": {{\"root_module\": {nested}}}}}, \
         \"planned_values\": {{\"root_module\": {{}}}}, \"resource_changes\": [], \"configuration\": {{\"root_module\": {{}}}}}}"
    );
    let repo = Repo::with_violation();
    repo.write("plan.json", plan);
    let (code, report) = repo.json(&[]);
    assert_eq!((code, problems(&report)), (2, vec!["io plan.json".to_owned()]), "{report:#}");
}

#[test]
fn a_repository_that_leads_nowhere_is_told() {
    let repo = Repo::with_violation();
    let git = |args: &[&str]| {
        let mut command = std::process::Command::new("git");
        command
            .current_dir(repo.path())
            .args(["-c", "user.name=a", "-c", "user.email=a@example.com"])
            .args(args);
        command.output().is_ok_and(|output| output.status.success())
    };
    std::fs::remove_dir_all(repo.path().join(".git")).unwrap();
    if !git(&["init", "-q", "-b", "main"]) || !git(&["add", "."]) || !git(&["commit", "-qm", "first"]) {
        eprintln!("skipped: no git here");
        return;
    }
    let run = |args: &[&str]| bounded(&repo, &[&["check", "--format", "concise"], args].concat());
    assert_eq!(run(&["--history"]).code, 1);
    let head = repo.path().join(".git/refs/heads/main");
    let known = std::fs::read(&head).unwrap();
    repo.write(".git/refs/heads/main", "ref: refs/heads/other\n");
    repo.write(".git/refs/heads/other", "ref: refs/heads/main\n");
    let ran = run(&["--history"]);
    assert!(ran.code == 2 && ran.stdout.contains("a reference leads in a circle"), "{ran:?}");
    assert_eq!(run(&[]).code, 1);
    std::fs::remove_file(repo.path().join(".git/refs/heads/other")).unwrap();
    std::fs::write(head, known).unwrap();
    let checked_out = repo.path().join(".git/HEAD");
    std::fs::File::options().write(true).open(&checked_out).unwrap().set_len(4 << 30).unwrap();
    let ran = run(&["--history"]);
    assert!(ran.code == 2 && ran.stdout.contains("its `HEAD` cannot be read"), "{ran:?}");
    assert!(run(&["--changed-since", "HEAD~1"]).code != 0);
    repo.write(".git/HEAD", "ref: refs/heads/main\n");
    repo.write(".git/packed-refs", vec![0xff; 100_000]);
    assert_eq!(run(&["--history"]).code, 2);
    assert_eq!(run(&[]).code, 1);
}

/// Half a gigabyte of address space is what CI jobs are sometimes given. On any number of processors one thread does with it.
#[cfg(target_os = "linux")]
#[test]
fn little_address_space_is_enough_for_a_tree_of_some_size() {
    let repo = Repo::with_violation();
    for at in 0..300 {
        repo.write(&format!("m{at}/main.tf"), instance(&format!("\"echo {at}\"")));
    }
    for threads in ["0", "1", "8", "64"] {
        for kilobytes in [500_000, 1_000_000] {
            let script = format!("ulimit -v {kilobytes}; exec \"$0\" check --format concise");
            let mut shell = std::process::Command::new("sh");
            shell.args(["-c", &script, env!("CARGO_BIN_EXE_keyless")]).current_dir(repo.path());
            let ran = shell.env("RAYON_NUM_THREADS", threads).output().unwrap();
            let said = String::from_utf8_lossy(&ran.stdout).into_owned();
            assert_eq!(ran.status.code(), Some(1), "{threads} {kilobytes}: {said}");
            assert!(said.contains("good/main.tf:6:20: error[IMDS01]"), "{said}");
        }
    }
}
