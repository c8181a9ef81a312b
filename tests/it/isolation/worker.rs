//! The process that users' rules run in.

use super::trace::{self, traced};
use crate::harness::{Repo, command, findings, problems};
use keyless::policies::own::{Request, Response};
use keyless::system::{LONGEST, MEMORY, confine, seal};
use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream, UdpSocket};
use std::os::unix::net::{UnixDatagram, UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Where the probe is told what to try.
const FOLDER: &str = "KEYLESS_TEST_PROBE";

/// Tries what a confined process must not be able to do, in a process of its own: this test again.
#[test]
fn a_confined_process_computes_and_nothing_else() {
    if let Some(folder) = std::env::var_os(FOLDER) {
        return probe(Path::new(&folder), false);
    }
    let said = probed("isolation::worker::a_confined_process_computes_and_nothing_else");
    assert!(said.values().all(|could| !could), "{said:#?}");
    assert!(said.len() > 25, "{said:#?}");
}

#[test]
fn a_process_confined_to_files_reads_these_and_nothing_else() {
    if let Some(folder) = std::env::var_os(FOLDER) {
        return probe(Path::new(&folder), true);
    }
    let mut said = probed("isolation::worker::a_process_confined_to_files_reads_these_and_nothing_else");
    assert_eq!(said.remove("read a named file"), Some(true));
    // Whether there is a file is no secret here; what it holds is.
    for known in ["look", "pipe"] {
        said.remove(known);
    }
    if !has_landlock() {
        eprintln!("this kernel has no Landlock: reading is not held to files");
        said.retain(|what, _| !what.starts_with("read") && !what.starts_with("list"));
    }
    assert!(said.values().all(|could| !could), "{said:#?}");
}

fn has_landlock() -> bool {
    fs::read_to_string("/proc/kallsyms").is_ok_and(|symbols| symbols.contains("landlock_restrict_self"))
        || fs::read_to_string("/sys/kernel/security/lsm").is_ok_and(|modules| modules.contains("landlock"))
}

/// What the process of a test could do, by name.
fn probed(test: &str) -> HashMap<String, bool> {
    let folder = tempfile::tempdir().unwrap();
    for name in ["here", "other"] {
        fs::write(folder.path().join(name), "words").unwrap();
    }
    let tcp = TcpListener::bind("127.0.0.1:0").unwrap();
    fs::write(folder.path().join("port"), tcp.local_addr().unwrap().port().to_string()).unwrap();
    let _unix = UnixListener::bind(folder.path().join("socket")).unwrap();
    let ran = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", test, "--nocapture", "--test-threads", "1"])
        .env(FOLDER, folder.path())
        .output()
        .unwrap();
    let said = String::from_utf8(ran.stderr).unwrap();
    assert!(ran.status.success() && said.contains("probe: computed"), "{said}");
    assert_eq!(fs::read_to_string(folder.path().join("here")).unwrap(), "words");
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left.len(), 4, "{left:?}");
    let lines = said.lines().filter_map(|line| line.split_once("probe: ")?.1.split_once(" = "));
    lines.map(|(what, could)| (what.to_owned(), could == "true")).collect()
}

fn probe(folder: &Path, reads: bool) {
    let at = |name: &str| folder.join(name);
    let port: u16 = fs::read_to_string(at("port")).unwrap().parse().unwrap();
    let program = std::env::current_exe().unwrap();
    let files: Vec<PathBuf> = if reads { vec![at("here")] } else { Vec::new() };
    confine(&files);
    seal(reads).unwrap();
    let tell = |what: &str, could: bool| eprintln!("probe: {what} = {could}");
    if reads {
        tell("read a named file", fs::read_to_string(at("here")).is_ok_and(|text| text == "words"));
    } else {
        tell("read", fs::read(at("here")).is_ok());
    }
    tell("read another", fs::read(at("other")).is_ok());
    tell("read passwords", fs::read("/etc/passwd").is_ok());
    tell("read itself", fs::read("/proc/self/environ").is_ok());
    tell("read a device", File::open("/dev/zero").is_ok());
    tell("look", fs::metadata(at("here")).is_ok());
    tell("list", fs::read_dir(folder).is_ok());
    tell("create", File::create(at("new")).is_ok());
    tell("truncate", File::create(at("here")).is_ok());
    tell("append", File::options().append(true).open(at("here")).is_ok());
    tell("write", File::options().write(true).open(at("here")).is_ok());
    tell("write a device", File::options().write(true).open("/dev/null").is_ok());
    tell("remove", fs::remove_file(at("here")).is_ok());
    tell("rename", fs::rename(at("here"), at("there")).is_ok());
    tell("link", fs::hard_link(at("here"), at("link")).is_ok());
    tell("symlink", std::os::unix::fs::symlink("here", at("link")).is_ok());
    tell("folder", fs::create_dir(at("folder")).is_ok());
    tell("permissions", {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(at("here"), fs::Permissions::from_mode(0o777)).is_ok()
    });
    tell("move", std::env::set_current_dir("/").is_ok());
    tell("listen", TcpListener::bind("127.0.0.1:0").is_ok());
    tell("connect", TcpStream::connect(("127.0.0.1", port)).is_ok());
    tell("udp", UdpSocket::bind("127.0.0.1:0").is_ok());
    tell("look up", std::net::ToSocketAddrs::to_socket_addrs(&("localhost", 1)).is_ok());
    tell("unix connect", UnixStream::connect(at("socket")).is_ok());
    tell("unix listen", UnixListener::bind(at("mine")).is_ok());
    tell("unix pair", UnixStream::pair().is_ok());
    tell("unix datagram", UnixDatagram::unbound().is_ok());
    tell("run", Command::new("/bin/true").status().is_ok());
    tell("run a shell", Command::new("sh").args(["-c", "true"]).status().is_ok());
    tell("run itself", Command::new(&program).arg("--list").stdout(Stdio::null()).status().is_ok());
    tell("thread", std::thread::Builder::new().spawn(|| ()).is_ok());
    tell("pipe", std::io::pipe().is_ok());
    tell("memory", {
        let mut much: Vec<u8> = Vec::new();
        much.try_reserve_exact(usize::try_from(MEMORY).unwrap()).is_ok()
    });
    // What Guard needs: memory, hash tables, time, panics that are caught.
    let table: HashMap<usize, Vec<u8>> = (0..1000).map(|n| (n, vec![7; 100_000])).collect();
    let started = Instant::now();
    std::thread::sleep(Duration::from_millis(1));
    assert!(started.elapsed() >= Duration::from_millis(1) && table.len() == 1000);
    assert!(std::panic::catch_unwind(|| table[&1000].len()).is_err());
    eprintln!("probe: computed");
}

fn asked(request: &Request) -> String {
    serde_json::to_string(request).unwrap() + "\n"
}

const RULES: &str = "rule a { Resources.* exists }\n";

#[test]
fn a_worker_has_nothing_but_its_pipes_and_is_bounded() {
    let folder = tempfile::tempdir().unwrap();
    let left_open = folder.path().join("left-open");
    let script = format!("exec 7</etc/passwd 9>'{}'; exec \"$0\" guard-worker", left_open.display());
    let mut child = Command::new("sh")
        .args(["-c", &script, env!("CARGO_BIN_EXE_keyless")])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    let mut answers = BufReader::new(child.stdout.take().unwrap()).lines();
    for request in [
        Request::Parse { rules: RULES.to_owned() },
        Request::Judge { rules: RULES.to_owned(), data: vec!["{\"Resources\": {\"a\": 1}}".to_owned()] },
        // Of a file that it was not told of when it started.
        Request::Test { rules: "/etc/passwd".to_owned(), tests: "/etc/passwd".to_owned() },
    ] {
        input.write_all(asked(&request).as_bytes()).unwrap();
        let answer: Response = serde_json::from_str(&answers.next().unwrap().unwrap()).unwrap();
        match (&request, &answer) {
            (Request::Parse { .. }, Response::Parsed(rules)) => assert_eq!(rules[0].name, "a"),
            (Request::Judge { .. }, Response::Judged(judged)) => assert_eq!(judged[0].passed, ["a"]),
            (Request::Test { .. }, Response::Refused(_)) => {}
            other => panic!("{other:?}"),
        }
    }
    let of = |name: &str| PathBuf::from(format!("/proc/{}/{name}", child.id()));
    let mut open: Vec<String> = fs::read_dir(of("fd"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    open.sort();
    assert_eq!(open, ["0", "1", "2"]);
    let status = fs::read_to_string(of("status")).unwrap();
    for line in ["NoNewPrivs:\t1", "Seccomp:\t2"] {
        assert!(status.contains(line), "{line}: {status}");
    }
    for thread in fs::read_dir(of("task")).unwrap() {
        let status = fs::read_to_string(thread.unwrap().path().join("status")).unwrap();
        assert!(status.contains("Seccomp:\t2"), "{status}");
    }
    let limits = fs::read_to_string(of("limits")).unwrap();
    for (name, most) in [
        ("Max address space", MEMORY),
        ("Max cpu time", LONGEST),
        ("Max core file size", 0),
        ("Max file size", 0),
        ("Max open files", 0),
        ("Max processes", 0),
    ] {
        let line = limits.lines().find(|line| line.starts_with(name)).unwrap();
        let hard = line.get(26..).unwrap().split_whitespace().nth(1).unwrap();
        assert_eq!(hard, most.to_string(), "{line}");
    }
    // Who leaves takes it along.
    drop(input);
    assert!(child.wait().unwrap().success());
}

#[test]
fn a_worker_that_nobody_waits_for_ends() {
    let mut child = command(Path::new("."), &["guard-worker"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    drop(child.stdin.take());
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn a_worker_is_started_with_nothing_and_stays_within_its_calls() {
    let secret = ["quiet", "Harbour77"].concat();
    let repo = Repo::new();
    repo.write(
        "r.guard",
        "# id: ORG01\n# title: t\n# input: facts\nrule r when access_keys !empty { access_keys.* exists }\n",
    );
    repo.write("main.tf", format!("resource \"aws_db_instance\" \"a\" {{\n  password = \"{secret}\"\n}}\n"));
    let root = repo.path().canonicalize().unwrap();
    let mut command = command(&root, &["check", "--policy", "r.guard"]);
    command.env("TF_VAR_password", &secret).env("AWS_SECRET_ACCESS_KEY", &secret);
    let Some(trace) = traced(&command, &root) else { return };
    assert_eq!(trace.code, 1, "{}", trace.stdout);
    let is_start = |call: &&String| call.starts_with("execve(");
    let started: Vec<&String> = trace.calls.iter().skip(1).filter(is_start).collect();
    assert!(!started.is_empty());
    for call in &started {
        assert!(call.contains("\"guard-worker\"], [])") || call.contains("\"guard-worker\"], []"), "{call}");
        assert!(!call.contains(&secret));
    }
    let sealed =
        trace.calls.iter().filter(|call| call.starts_with("seccomp(SECCOMP_SET_MODE_FILTER")).count();
    assert_eq!(sealed, started.len());
    // The list has all that Guard needs.
    let unknown: Vec<&String> = trace.calls.iter().filter(|call| call.contains("ENOSYS")).collect();
    assert_eq!(unknown, [] as [&str; 0]);
    let network = ["socket", "connect", "bind", "sendto"];
    let other = trace.calls.iter().filter(|call| network.contains(&trace::name(call)));
    assert_eq!(other.collect::<Vec<_>>(), [] as [&str; 0]);
}

/// Loops in loops: Guard keeps a record of every step.
#[test]
fn rules_that_take_memory_without_end_are_ended_and_the_rest_is_judged() {
    let repo = Repo::with_violation();
    let buckets: String = (0..60).map(|n| format!("  R{n}:\n    Type: AWS::S3::Bucket\n")).collect();
    repo.write("t.yaml", format!("AWSTemplateFormatVersion: '2010-09-09'\nResources:\n{buckets}"));
    let loops = format!("{}Type exists\n{}", "%all {\n".repeat(5), "}\n".repeat(5));
    repo.write("rules/much.guard", format!("let all = Resources.*\nrule MUCH {{\n{loops}}}\n"));
    repo.write("rules/typed.guard", "rule TYPED { Resources.*.Type == 'nothing' <<not nothing>> }\n");
    let (code, report) = repo.json(&["--policy", "rules"]);
    assert_eq!((code, problems(&report)), (2, vec!["config rules/much.guard".to_owned()]));
    let found = findings(&report);
    assert!(found.contains(&"IMDS01 good/main.tf:6".to_owned()), "{found:?}");
    assert!(found.iter().any(|found| found.starts_with("TYPED t.yaml")), "{found:?}");
}

#[test]
fn tests_of_rules_are_run_by_a_process_that_reads_just_these() {
    let repo = Repo::new();
    repo.write("rules/a.guard", "rule a { Resources.* exists }\n");
    repo.write(
        "rules/tests/a_tests.yaml",
        "- name: there\n  input: {Resources: {x: 1}}\n  expectations: {rules: {a: PASS}}\n",
    );
    let ran = repo.run(&["policies", "test", "rules"]);
    assert_eq!(ran.code, 0, "{ran:?}");
}
