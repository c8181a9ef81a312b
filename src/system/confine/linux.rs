//! What Linux refuses a worker: system calls by `seccomp`, an allow-list; files by Landlock where the kernel has it.
//!
//! A call that is not on the list is answered as one that the kernel does not know, so that libraries fall back, and
//! fail where they cannot.

use landlock::{
    ABI, Access, AccessFs, AccessNet, PathBeneath, PathFd, Ruleset, RulesetAttr, RulesetCreatedAttr,
    RulesetError, Scope,
};
use std::path::PathBuf;

/// Nothing of the file system but the contents of these files, no ports, no signals to others. Kernels before 5.13 know
/// nothing of it, later ones parts: [`calls`] does not depend on it.
pub(super) fn files(files: &[PathBuf]) {
    let _ = restricted(files);
}

fn restricted(files: &[PathBuf]) -> Result<(), RulesetError> {
    let mut rules = Ruleset::default()
        .handle_access(AccessFs::from_all(ABI::V5))?
        .handle_access(AccessNet::from_all(ABI::V5))?
        .scope(Scope::from_all(ABI::V6))?
        .create()?;
    // One that is not there is missed by who reads it.
    for file in files.iter().filter_map(|file| PathFd::new(file).ok()) {
        rules = rules.add_rule(PathBeneath::new(file, AccessFs::ReadFile))?;
    }
    rules.restrict_self().map(drop)
}

/// Holds all threads to the calls that computing takes.
#[cfg(any(target_arch = "x86_64", target_arch = "aarch64", target_arch = "riscv64"))]
pub(super) fn calls(reads: bool) -> Result<(), String> {
    let filter = list::filter(reads).map_err(|error| error.to_string())?;
    seccompiler::apply_filter_all_threads(&filter).map_err(|error| error.to_string())
}

/// Which numbers calls have is not known for this processor.
#[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64", target_arch = "riscv64")))]
pub(super) fn calls(_reads: bool) -> Result<(), String> {
    Ok(())
}

#[cfg(any(target_arch = "x86_64", target_arch = "aarch64", target_arch = "riscv64"))]
mod list {
    use seccompiler::SeccompCmpArgLen::Dword;
    use seccompiler::SeccompCmpOp::{Eq, MaskedEq};
    use seccompiler::{
        BackendError, BpfProgram, SeccompAction, SeccompCondition, SeccompFilter, SeccompRule,
    };

    /// Memory, locks, time, random numbers, signals of its own, the end.
    const COMPUTING: &[i64] = &[
        libc::SYS_brk,
        libc::SYS_munmap,
        libc::SYS_mremap,
        libc::SYS_madvise,
        libc::SYS_futex,
        libc::SYS_sched_yield,
        libc::SYS_sched_getaffinity,
        libc::SYS_getcpu,
        libc::SYS_nanosleep,
        libc::SYS_clock_nanosleep,
        libc::SYS_clock_gettime,
        libc::SYS_clock_getres,
        libc::SYS_gettimeofday,
        libc::SYS_restart_syscall,
        libc::SYS_getrandom,
        libc::SYS_getpid,
        libc::SYS_gettid,
        libc::SYS_rt_sigaction,
        libc::SYS_rt_sigprocmask,
        libc::SYS_rt_sigreturn,
        libc::SYS_sigaltstack,
        libc::SYS_rseq,
        libc::SYS_set_robust_list,
        libc::SYS_exit,
        libc::SYS_exit_group,
    ];

    /// Descriptors of files that were opened, and what is said of files.
    const READING: &[i64] = &[
        libc::SYS_read,
        libc::SYS_pread64,
        libc::SYS_lseek,
        libc::SYS_close,
        libc::SYS_fcntl,
        libc::SYS_fstat,
        libc::SYS_newfstatat,
        libc::SYS_statx,
        libc::SYS_getdents64,
        #[cfg(target_arch = "x86_64")]
        libc::SYS_stat,
        #[cfg(target_arch = "x86_64")]
        libc::SYS_lstat,
    ];

    /// Flags of an opening that is for more than reading.
    const CHANGING: i32 = libc::O_ACCMODE | libc::O_CREAT | libc::O_TRUNC | libc::O_APPEND;

    pub(super) fn filter(reads: bool) -> Result<BpfProgram, BackendError> {
        let always = |call: i64| (call, Vec::new());
        let only = |call: i64, values: &[i32]| -> Result<_, BackendError> {
            let first = |value: &i32| one(0, Eq, bits(*value));
            Ok((call, values.iter().map(first).collect::<Result<_, _>>()?))
        };
        let without = |call: i64, argument: u8, mask: i32| -> Result<_, BackendError> {
            Ok((call, vec![one(argument, MaskedEq(bits(mask)), 0)?]))
        };
        let own = i32::try_from(std::process::id()).unwrap_or(0);
        let mut rules: Vec<(i64, Vec<SeccompRule>)> = COMPUTING.iter().copied().map(always).collect();
        rules.extend([
            only(libc::SYS_read, &[0])?,
            only(libc::SYS_write, &[1, 2])?,
            only(libc::SYS_writev, &[1, 2])?,
            // Memory that is run as a program stays what it was.
            without(libc::SYS_mmap, 2, libc::PROT_EXEC)?,
            without(libc::SYS_mprotect, 2, libc::PROT_EXEC)?,
            // Its own end.
            only(libc::SYS_tgkill, &[own])?,
        ]);
        if reads {
            rules.extend(READING.iter().copied().map(always));
            rules.push(without(libc::SYS_openat, 2, CHANGING)?);
            #[cfg(target_arch = "x86_64")]
            rules.push(without(libc::SYS_open, 1, CHANGING)?);
        }
        let unknown = SeccompAction::Errno(libc::ENOSYS.unsigned_abs());
        let processor = std::env::consts::ARCH.try_into()?;
        SeccompFilter::new(rules.into_iter().collect(), unknown, SeccompAction::Allow, processor)?.try_into()
    }

    fn one(argument: u8, is: seccompiler::SeccompCmpOp, value: u64) -> Result<SeccompRule, BackendError> {
        SeccompRule::new(vec![SeccompCondition::new(argument, Dword, is, value)?])
    }

    fn bits(value: i32) -> u64 {
        u64::from(value.unsigned_abs())
    }
}
