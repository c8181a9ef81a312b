//! Bounds that a worker puts around itself before it runs anything of a user's: no descriptor but those that requests
//! come and answers go by, little memory and time, nothing written. On Linux also a kernel that refuses files, sockets
//! and programs. Says in `SECURITY.md` which of it holds where.

#[cfg(target_os = "linux")]
mod linux;

use std::path::PathBuf;

/// Address space of a worker, in bytes.
pub const MEMORY: u64 = 2 << 30;

/// Seconds of computing after which a worker that nobody stops ends by itself.
pub const LONGEST: u64 = 3600;

/// What a worker that has to open files may have open at once.
#[cfg(unix)]
const OPEN: u64 = 64;

/// The first half, before there are threads: from here on this process reads no file but these. Where the machine knows
/// no such bounds, the time that whoever asks waits is the only one.
pub fn confine(files: &[PathBuf]) {
    #[cfg(unix)]
    {
        close_inherited();
        let open = if files.is_empty() { 0 } else { OPEN };
        #[cfg(target_os = "linux")]
        linux::files(files);
        for (resource, most) in [
            (rlimit::Resource::AS, MEMORY),
            (rlimit::Resource::CPU, LONGEST),
            (rlimit::Resource::CORE, 0),
            (rlimit::Resource::FSIZE, 0),
            (rlimit::Resource::NOFILE, open),
        ] {
            // One of its own may be lower already, and stays.
            let most = rlimit::getrlimit(resource).map_or(most, |(_, hard)| most.min(hard));
            let _ = rlimit::setrlimit(resource, most, most);
        }
    }
    #[cfg(not(unix))]
    let _ = files;
}

/// The second half, for all threads that run by now; no others can be started. `reads` where files were named before.
///
/// # Errors
/// On Linux, where the kernel does not hold this process to it: then nothing of a user's may be run.
pub fn seal(reads: bool) -> Result<(), String> {
    #[cfg(unix)]
    let _ = rlimit::setrlimit(rlimit::Resource::NPROC, 0, 0);
    #[cfg(target_os = "linux")]
    let sealed = linux::calls(reads);
    #[cfg(not(target_os = "linux"))]
    let sealed = {
        let _ = reads;
        Ok(())
    };
    sealed
}

/// Bytes of address space that this process may have, where somebody bounds it (`ulimit -v`).
#[must_use]
pub fn address_space() -> Option<u64> {
    #[cfg(unix)]
    let bound = rlimit::getrlimit(rlimit::Resource::AS).ok();
    #[cfg(not(unix))]
    let bound: Option<(u64, u64)> = None;
    bound.map(|(soft, _)| soft).filter(|soft| *soft < rlimit::INFINITY)
}

/// The most that a core of this process could be before [`keep_no_core`].
#[cfg(unix)]
static CORE: std::sync::OnceLock<u64> = std::sync::OnceLock::new();

/// Has the system keep no core of this process, which would have every secret that was read in it.
pub fn keep_no_core() {
    #[cfg(unix)]
    if let Ok((soft, hard)) = rlimit::getrlimit(rlimit::Resource::CORE)
        && rlimit::setrlimit(rlimit::Resource::CORE, 0, hard).is_ok()
    {
        let _ = CORE.set(soft);
    }
}

/// As it was, for a program that takes our place.
#[cfg(unix)]
pub(super) fn keep_cores_again() {
    if let (Some(soft), Ok((_, hard))) = (CORE.get(), rlimit::getrlimit(rlimit::Resource::CORE)) {
        let _ = rlimit::setrlimit(rlimit::Resource::CORE, *soft, hard);
    }
}

/// Whatever whoever started us had open, and we never asked for.
#[cfg(unix)]
fn close_inherited() {
    let listed = ["/proc/self/fd", "/dev/fd"].iter().find_map(|folder| std::fs::read_dir(folder).ok());
    let numbers: Vec<i32> = match listed {
        Some(listed) => listed.filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok()).collect(),
        None => (3..1024).collect(),
    };
    for number in numbers.into_iter().filter(|number| *number > 2) {
        // The listing's own is closed by now.
        let _ = nix::unistd::close(number);
    }
}
