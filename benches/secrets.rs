//! How fast texts without secrets are searched for them: at least 300 MB/s a core, whatever the number of formats.
//!
//! `cargo bench --bench secrets [FOLDER]` prints megabytes a second of processor time, beside two yardsticks of the same
//! run: FNV-1a, where each byte waits for the one before as in an automaton, and `memchr` for a rare byte. Without a folder
//! the public repositories beside this one are read, or, where there are none, a text is made.

#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "a benchmark prints its figures and may stop")]

use keyless::secrets::scan;
use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const RUNS: usize = 9;
const MANY: u32 = 32;

/// Everything below a folder that is text and holds no secret, in one.
fn texts(folder: &Path) -> String {
    let mut folders = vec![folder.to_owned()];
    let mut all = String::new();
    while let Some(folder) = folders.pop() {
        let mut entries: Vec<PathBuf> =
            fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        entries.sort();
        for path in entries {
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(text) = fs::read_to_string(&path)
                && scan(&text).is_empty()
            {
                all.push_str(&text);
                all.push('\n');
            }
        }
    }
    all
}

/// Twenty megabytes of Terraform and CloudFormation as people write them, no two blocks the same.
fn made() -> String {
    let mut all = String::new();
    for number in 0..40_000_u64 {
        let hash = number.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        all.push_str(&format!(
            r#"
resource "aws_db_instance" "main_{number}" {{
  identifier                  = "${{local.application_name}}-{number}"
  manage_master_user_password = true # see https://docs.aws.amazon.com/secretsmanager/latest/userguide/intro.html
  kms_key_id                  = aws_kms_key.secret_{number}.arn
  tags                        = merge(local.tags, {{ Name = "db-{hash:016x}", token = var.token_name }})
}}
  Function{number}:
    Type: AWS::Lambda::Function
    Properties:
      Environment: {{Variables: {{SECRET_ARN: !Ref Secret{number}, API_KEY_NAME: '/app/{number}/key'}}}}
      Role: !Sub arn:aws:iam::${{AWS::AccountId}}:role/lambda-{hash:08x}
"#
        ));
    }
    all
}

/// Processor time of this thread, where the system tells it: others at work on the machine count little then.
fn spent(since: Instant) -> Duration {
    let told = fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.and_then(|told| told.split(' ').next().and_then(|first| first.parse().ok()));
    nanoseconds.map_or_else(|| since.elapsed(), Duration::from_nanos)
}

/// The best of several runs.
fn best(mut run: impl FnMut()) -> Duration {
    let since = Instant::now();
    let timed = (0..RUNS).map(|_| {
        let before = spent(since);
        run();
        spent(since).saturating_sub(before)
    });
    timed.min().unwrap()
}

fn main() {
    let shared = std::env::var("KEYLESS_SHARED").unwrap_or_else(|_| "../shared".into());
    let named = std::env::args().skip(1).find(|argument| !argument.starts_with("--")).map(PathBuf::from);
    let folder = named.unwrap_or_else(|| Path::new(&shared).join("corpora"));
    let text = if folder.is_dir() { texts(&folder) } else { made() };
    let megabytes = text.len() as f64 / 1e6;
    println!("{megabytes:.1} MB of text, best of {RUNS} runs");

    let speed = |name: &str, took: Duration| {
        let speed = megabytes / took.as_secs_f64();
        println!("{name:30} {speed:8.0} MB/s");
        speed
    };
    let fnv = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    let bytes = text.as_bytes();
    let serial = speed("FNV-1a", best(|| assert_ne!(black_box(bytes.iter().fold(0xcbf2, fnv)), 1)));
    // Once is over before the system counts it.
    let search = || (0..MANY).for_each(|_| assert!(memchr::memchr(0xff, black_box(bytes)).is_none()));
    speed("memchr", best(search) / MANY);
    let whole = speed("secrets::scan", best(|| assert!(black_box(scan(black_box(&text))).is_empty())));
    let lines: Vec<&str> = text.lines().collect();
    speed("secrets::scan, line by line", best(|| lines.iter().for_each(|line| drop(black_box(scan(line))))));
    println!("{:.2} times FNV-1a", whole / serial);
}
