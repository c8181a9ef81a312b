//! Runs the binary under `strace`, and reads what that wrote.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What a run asked of the kernel.
#[derive(Debug)]
pub struct Trace {
    pub code: i32,
    pub stdout: String,
    /// As strace prints them, without the number of the thread.
    pub calls: Vec<String>,
    folder: PathBuf,
}

/// A call that names a file.
#[derive(Debug)]
pub struct Named<'t> {
    pub path: PathBuf,
    pub writes: bool,
    pub call: &'t str,
}

/// Calls that have to do with networks, other processes, or the machine.
const FORBIDDEN: &[&str] = &[
    "socket",
    "socketpair",
    "connect",
    "bind",
    "listen",
    "accept",
    "accept4",
    "sendto",
    "sendmsg",
    "sendmmsg",
    "recvfrom",
    "recvmsg",
    "recvmmsg",
    "fork",
    "vfork",
    "execve",
    "execveat",
    "kill",
    "tkill",
    "ptrace",
    "process_vm_readv",
    "process_vm_writev",
    "pidfd_open",
    "pidfd_getfd",
    "mount",
    "umount2",
    "chroot",
    "pivot_root",
    "unshare",
    "setns",
    "init_module",
    "finit_module",
    "bpf",
    "perf_event_open",
    "keyctl",
    "add_key",
    "request_key",
    "io_uring_setup",
    "userfaultfd",
    "memfd_create",
    "shmget",
    "shmat",
    "msgget",
    "mq_open",
    "setuid",
    "setgid",
];

/// Calls that change files by their names.
const CHANGING: &[&str] = &[
    "rename",
    "renameat",
    "renameat2",
    "unlink",
    "unlinkat",
    "mkdir",
    "mkdirat",
    "rmdir",
    "link",
    "linkat",
    "symlink",
    "symlinkat",
    "truncate",
    "chmod",
    "fchmodat",
    "chown",
    "lchown",
    "fchownat",
    "mknod",
    "mknodat",
    "utimensat",
    "setxattr",
    "lsetxattr",
    "creat",
];

/// What the loader, the C library, the allocator and Rust's runtime look at, whatever program they start: libraries, how
/// much memory and how many processors there are.
pub fn is_of_the_runtime(path: &Path) -> bool {
    const FILES: &[&str] = &[
        "/etc/ld.so.cache",
        "/etc/ld.so.preload",
        "/proc/self/cgroup",
        "/proc/self/maps",
        "/proc/self/mountinfo",
        "/proc/sys/vm/overcommit_memory",
        "/sys/kernel/mm/transparent_hugepage/enabled",
    ];
    const FOLDERS: &[&str] = &["/sys/fs/cgroup", "/sys/devices/system/cpu", "/sys/devices/system/node"];
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let is_library = name.ends_with(".so") || name.contains(".so.");
    FILES.iter().any(|file| path == Path::new(file))
        || FOLDERS.iter().any(|folder| path.starts_with(folder))
        || (is_library
            && (path.starts_with("/lib") || path.starts_with("/lib64") || path.starts_with("/usr/lib")))
        || path == Path::new(env!("CARGO_BIN_EXE_keyless"))
}

/// Runs the binary with these arguments in a folder without links. `None` where there is no strace, or it may not look.
pub fn trace(folder: &Path, arguments: &[&str]) -> Option<Trace> {
    let command = crate::harness::command(folder, arguments);
    traced(&command, folder)
}

/// Runs a command of the harness.
pub fn traced(command: &Command, folder: &Path) -> Option<Trace> {
    let written = tempfile::tempdir().unwrap();
    let log = written.path().join("strace");
    let tried = Command::new("strace").args(["-o", "/dev/null", "true"]).stderr(Stdio::null()).status();
    if !tried.is_ok_and(|status| status.success()) {
        eprintln!("skipped: no strace here, or it may not trace");
        return None;
    }
    let mut strace = Command::new("strace");
    strace.args(["-f", "-qq", "-y", "-v", "-s", "65536", "-o"]).arg(&log).arg(command.get_program());
    strace.args(command.get_args()).current_dir(folder).stdin(Stdio::null());
    // Of cargo's own making, and where libraries would be looked for.
    strace.env_remove("LD_LIBRARY_PATH");
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => strace.env(name, value),
            None => strace.env_remove(name),
        };
    }
    let ran = strace.output().unwrap();
    let calls = std::fs::read_to_string(&log).unwrap();
    let calls = calls.lines().filter_map(|line| line.split_once(' ')).map(|(_, call)| call.trim().to_owned());
    Some(Trace {
        code: ran.status.code().unwrap_or(-1),
        stdout: String::from_utf8(ran.stdout).unwrap(),
        calls: calls.collect(),
        folder: folder.to_owned(),
    })
}

/// The name of a call, also of one that another thread came in between of.
pub fn name(call: &str) -> &str {
    let call = call.strip_prefix("<... ").unwrap_or(call);
    call.split(['(', ' ']).next().unwrap_or("")
}

impl Trace {
    /// Calls that a run without `--policy` and `--exec-terraform` has no use for. The first call is that of strace.
    pub fn forbidden(&self) -> Vec<&str> {
        let is_process = |call: &str| {
            let starts = ["clone", "clone3"].contains(&name(call)) && !call.starts_with('<');
            starts && !call.contains("CLONE_THREAD")
        };
        let calls = self.calls.iter().skip(1).map(String::as_str);
        calls.filter(|call| FORBIDDEN.contains(&name(call)) || is_process(call)).collect()
    }

    /// The files and folders that are opened, or tried to be.
    pub fn opened(&self) -> impl Iterator<Item = Named<'_>> {
        self.named().filter(|named| ["open", "openat", "openat2", "creat"].contains(&name(named.call)))
    }

    /// What is opened for writing or changed by its name.
    pub fn changed(&self) -> impl Iterator<Item = Named<'_>> {
        self.named().filter(|named| named.writes)
    }

    /// Every call that names a file, but the first, which starts the binary.
    pub fn named(&self) -> impl Iterator<Item = Named<'_>> {
        self.calls.iter().skip(1).flat_map(|call| self.names(call))
    }

    fn names<'t>(&self, call: &'t str) -> Vec<Named<'t>> {
        const NAMING: &[&str] = &[
            "open",
            "openat",
            "openat2",
            "stat",
            "lstat",
            "newfstatat",
            "statx",
            "access",
            "faccessat",
            "faccessat2",
            "readlink",
            "readlinkat",
            "chdir",
            "statfs",
            "getxattr",
            "lgetxattr",
            "inotify_add_watch",
            "execve",
        ];
        let what = name(call);
        if call.starts_with('<') || !(NAMING.contains(&what) || CHANGING.contains(&what)) {
            return Vec::new();
        }
        let writes = CHANGING.contains(&what)
            || ["O_WRONLY", "O_RDWR", "O_CREAT", "O_TRUNC", "O_APPEND"]
                .iter()
                .any(|flag| call.contains(flag));
        let asked = call.split(") = ").next().unwrap_or(call);
        let folder =
            asked.split_once('<').and_then(|(_, rest)| rest.split_once('>')).map(|(folder, _)| folder);
        let folder = folder.filter(|folder| folder.starts_with('/')).map_or(&*self.folder, Path::new);
        // What `readlink` answers stands in quotes as well.
        let most = if what.starts_with("rename") || what.starts_with("link") || what.starts_with("symlink") {
            2
        } else {
            1
        };
        let quoted = asked.split('"').skip(1).step_by(2).take(most).filter(|path| !path.is_empty());
        let found: BTreeSet<PathBuf> = quoted.map(|path| lexical(&folder.join(path))).collect();
        found.into_iter().map(|path| Named { path, writes, call }).collect()
    }
}

fn lexical(path: &Path) -> PathBuf {
    keyless::system::lexical(path)
}
