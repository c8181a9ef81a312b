//! Files of values (`--var-file`) and the source of plans (`--source`) where the user names them: they may lie anywhere,
//! since nothing in the code leads there.

use super::outside::Ignored;
use super::relative;
use super::start::root_of;
use crate::findings::{Problem, ProblemKind};
use crate::system::{FileKind, Root, System, explain};
use std::path::{Path, PathBuf};

/// Where a named file of values stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedValues {
    /// Absolute, without links.
    pub path: PathBuf,
    /// As the user named it, relative to the working directory.
    pub shown: String,
    /// Relative to the work tree that it lies in.
    pub root_path: String,
    /// No part of any repository: what git ignores, and what lies neither in a work tree nor beside what is judged.
    pub git_ignored: bool,
}

/// Finds a named file of values. `roots` are those of the paths that are judged.
///
/// # Errors
/// A problem where there is no regular file.
pub fn named_values(
    path: &Path,
    working_folder: &Path,
    roots: &[Root],
    system: &dyn System,
) -> Result<NamedValues, Problem> {
    let problem = |message: String| Problem {
        kind: ProblemKind::Config,
        path: path.display().to_string(),
        start: None,
        message,
    };
    let absolute = working_folder.join(path);
    let found = system.canonical(&absolute).and_then(|real| Ok((system.kind(&real)?, real)));
    let (kind, real) = found.map_err(|error| problem(explain(&error)))?;
    let Some(parent) = real.parent().filter(|_| kind == FileKind::File) else {
        return Err(problem("not a regular file".to_owned()));
    };
    let root = root_of(parent, system);
    let root_path = relative(&root, &real);
    // An archive of a repository, as pipelines hand it on, holds no `.git`.
    let is_beside = roots.iter().any(|root| real.starts_with(root.path()));
    let in_work_tree = is_beside || system.kind(&root.join(".git")).is_ok();
    let root = Root::new(root);
    let ignored = || Ignored::of_root(&root, system).folder(parent).ignores(&real);
    let git_ignored = !in_work_tree || ignored();
    Ok(NamedValues { shown: relative(working_folder, &real), root_path, git_ignored, path: real })
}

/// A folder that the user names: its root, and its path there.
///
/// # Errors
/// A problem where there is no folder.
pub fn named_folder(
    path: &Path,
    working_folder: &Path,
    system: &dyn System,
) -> Result<(Root, String), Problem> {
    let problem = |message: String| Problem {
        kind: ProblemKind::Config,
        path: path.display().to_string(),
        start: None,
        message,
    };
    let real = system.canonical(&working_folder.join(path)).map_err(|error| problem(explain(&error)))?;
    if !system.kind(&real).is_ok_and(|kind| kind == FileKind::Folder) {
        return Err(problem("not a directory".to_owned()));
    }
    let root = root_of(&real, system);
    let folder = relative(&root, &real);
    Ok((Root::new(root), if folder == "." { String::new() } else { folder }))
}
