//! What an edit costs in a large folder: the bound is 50 ms in 5,000 files.
//!
//! `cargo bench --bench workspace [FOLDER...]` prints milliseconds, with what a whole run takes beside them. Without
//! folders, it takes a tree that it writes: 5,000 files, of which 1,600 are root modules that call ten modules, 300 are
//! templates and the others neither.

#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "a benchmark prints its figures and may stop")]

use keyless::engine::CheckRequest;
use keyless::system::Disk;
use keyless::workspace::Workspace;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// As in the binary.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const EDITS: u32 = 20;

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// 5,000 files.
fn generate(folder: &Path) {
    for at in 0..10 {
        let module = folder.join(format!("modules/m{at}"));
        write(
            &module.join("main.tf"),
            "resource \"aws_instance\" \"this\" {\n  ami           = var.ami\n  instance_type = \"t3.micro\"\n\n  metadata_options {\n    http_tokens = var.tokens\n  }\n}\n",
        );
        write(
            &module.join("variables.tf"),
            "variable \"ami\" {\n  type = string\n}\n\nvariable \"tokens\" {\n  type    = string\n  default = \"required\"\n}\n",
        );
        write(&module.join("outputs.tf"), "output \"id\" {\n  value = aws_instance.this.id\n}\n");
    }
    for at in 0..1_600 {
        let root = folder.join(format!("live/team{}/app{at}", at % 40));
        let tokens = if at % 7 == 0 { "  tokens = \"optional\"\n" } else { "" };
        write(
            &root.join("main.tf"),
            &format!(
                "module \"web\" {{\n  source = \"../../../modules/m{}\"\n  ami    = local.ami\n{tokens}}}\n\nlocals {{\n  ami = \"ami-{at}\"\n}}\n\nresource \"aws_s3_bucket\" \"logs\" {{\n  bucket = \"logs-${{var.name}}\"\n}}\n",
                at % 10
            ),
        );
        write(&root.join("variables.tf"), "variable \"name\" {\n  default = \"app\"\n}\n");
    }
    for at in 0..300 {
        write(
            &folder.join(format!("stacks/s{at}.yaml")),
            "Parameters:\n  Image:\n    Type: String\nResources:\n  Web:\n    Type: AWS::EC2::Instance\n    Properties:\n      ImageId: !Ref Image\n",
        );
    }
    for at in 0..1_470 {
        write(&folder.join(format!("charts/c{at}/values.yaml")), "replicas: 1\nimage:\n  tag: latest\n");
    }
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// Times edits of one file, and says what they took at best, in the middle and at worst.
fn edits(
    name: &str,
    workspace: &mut Workspace<'_>,
    path: &Path,
    whole: Duration,
    text: impl Fn(u32, &str) -> String,
) {
    let disk = fs::read_to_string(path).unwrap_or_default();
    let mut times: Vec<Duration> = Vec::new();
    let mut exact = 0;
    for at in 0..EDITS {
        let text = text(at, &disk);
        let start = Instant::now();
        workspace.set_buffer(path, Some(&text));
        let done = workspace.reanalyse(&[path.to_owned()]);
        let told = workspace.told(path);
        times.push(start.elapsed());
        exact = done.exact.len();
        std::hint::black_box(told);
    }
    workspace.set_buffer(path, None);
    workspace.reanalyse(&[path.to_owned()]);
    times.sort();
    let middle = times[times.len() / 2];
    println!(
        "  {name:<44} {:>8.2} ms {:>8.2} ms {:>8.2} ms   {:>5.1} % of a whole run, {exact} files exact",
        milliseconds(times[0]),
        milliseconds(middle),
        milliseconds(*times.last().unwrap()),
        100.0 * middle.as_secs_f64() / whole.as_secs_f64(),
    );
}

fn commented(at: u32, text: &str) -> String {
    format!("# {at}\n{text}")
}

fn measure(folder: &Path, files: &[(&str, PathBuf)]) {
    let mut workspace = Workspace::open(folder, CheckRequest::default(), &Disk).unwrap();
    let times = (0..7).map(|_| {
        let start = Instant::now();
        workspace.refresh();
        start.elapsed()
    });
    let mut times: Vec<Duration> = times.collect();
    times.sort();
    let whole = times[times.len() / 2];
    println!(
        "{}: whole run {:.1} ms (best {:.1} ms), {} files with answers",
        folder.display(),
        milliseconds(whole),
        milliseconds(times[0]),
        workspace.files().len()
    );
    println!("  {:<44} {:>11} {:>11} {:>11}", "one edit", "best", "median", "worst");
    for (name, path) in files {
        edits(name, &mut workspace, path, whole, commented);
    }
}

fn main() {
    let named: Vec<PathBuf> =
        std::env::args_os().skip(1).map(PathBuf::from).filter(|path| path.is_dir()).collect();
    let shared = std::env::var_os("KEYLESS_SHARED").map(PathBuf::from);
    let corpus = shared.map(|shared| shared.join("corpora/modernisation-platform-environments"));
    if named.is_empty() {
        let folder = tempfile::tempdir().unwrap();
        generate(folder.path());
        let at = |path: &str| folder.path().join(path);
        measure(
            folder.path(),
            &[
                ("a root module's file", at("live/team7/app7/main.tf")),
                ("a module that 160 roots call", at("modules/m3/main.tf")),
                ("a template", at("stacks/s7.yaml")),
                ("a file that is no code", at("charts/c7/values.yaml")),
                ("a new file in a root module", at("live/team7/app7/new.tf")),
                ("a new folder", at("live/team7/new/main.tf")),
            ],
        );
    }
    for folder in named.into_iter().chain(corpus.filter(|folder| folder.is_dir())) {
        let mut files = Vec::new();
        find(&folder, &mut files);
        let largest =
            files.iter().max_by_key(|path| fs::metadata(path).map_or(0, |data| data.len())).cloned();
        let called =
            files.iter().find(|path| path.components().any(|part| part.as_os_str() == "modules")).cloned();
        let some = files.get(files.len() / 2).cloned();
        let new = some.as_ref().and_then(|path| Some(path.parent()?.join("new-file.tf")));
        let mut named: Vec<(&str, PathBuf)> = Vec::new();
        named.extend(some.map(|path| ("some file", path)));
        named.extend(largest.map(|path| ("the largest file", path)));
        named.extend(called.map(|path| ("a file of a module", path)));
        named.extend(new.map(|path| ("a new file", path)));
        measure(&folder, &named);
    }
}

fn find(folder: &Path, files: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            find(&path, files);
        } else if path.extension().is_some_and(|ending| ending == "tf") {
            files.push(path);
        }
    }
}
