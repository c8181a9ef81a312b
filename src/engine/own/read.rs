//! Files of rules from the disk. The user names them, so they may lie anywhere.

use super::bench::Bench;
use super::problem;
use crate::findings::{Problem, ProblemKind};
use crate::policies::own::{OwnFile, Request, Response};
use crate::system::{self, FileKind, ReadError, System};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Bytes of a file of rules.
const MAX_TEXT: u64 = 1 << 20;
/// Folders inside of each other.
const MAX_DEPTH: usize = 16;
/// What files of rules end with. The second is what older releases of Guard called them.
const ENDINGS: [&str; 2] = ["guard", "ruleset"];

/// A file of rules, and what stands beside it.
pub(super) struct Text {
    shown: String,
    stem: String,
    text: String,
    page: String,
}

/// The files that are named, and those in named folders, in the order of their paths; each once.
pub(super) fn texts(paths: &[PathBuf], system: &dyn System, problems: &mut Vec<Problem>) -> Vec<Text> {
    let mut found: BTreeMap<String, PathBuf> = BTreeMap::new();
    for path in paths {
        let shown = show(path);
        match system.kind(path) {
            Ok(FileKind::Folder) => {
                let before = found.len();
                let told = problems.len();
                gather(path, system, 0, (&mut found, problems));
                if found.len() == before && problems.len() == told {
                    problems.push(problem(
                        &shown,
                        "there is no file of rules (`*.guard`) in this folder".to_owned(),
                    ));
                }
            }
            Ok(FileKind::File | FileKind::Link | FileKind::Special) => {
                found.insert(shown, path.clone());
            }
            Err(error) => problems.push(ReadError::from(error).problem(&shown)),
        }
    }
    let read = |(shown, path): (String, PathBuf)| {
        let text =
            system.read(&path, MAX_TEXT).and_then(system::text).map_err(|error| error.problem(&shown))?;
        let page =
            system.read(&path.with_extension("md"), MAX_TEXT).and_then(system::text).unwrap_or_default();
        let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        Ok(Text { shown, stem, text, page })
    };
    let texts: Vec<Result<Text, Problem>> = found.into_iter().map(read).collect();
    texts.into_iter().filter_map(|text| text.map_err(|problem| problems.push(problem)).ok()).collect()
}

/// A policy that is not read judges nothing: whatever is left out is told.
fn gather(
    folder: &Path,
    system: &dyn System,
    depth: usize,
    (found, problems): (&mut BTreeMap<String, PathBuf>, &mut Vec<Problem>),
) {
    if depth > MAX_DEPTH {
        let message = format!("rules in more than {MAX_DEPTH} folders inside each other are not read");
        problems.push(Problem { kind: ProblemKind::Limit, ..problem(&show(folder), message) });
        return;
    }
    let listed = system.list(folder).unwrap_or_else(|error| {
        problems.push(ReadError::from(error).problem(&show(folder)));
        Vec::new()
    });
    for entry in listed {
        let path = folder.join(&entry.name);
        let is_named = path.extension().is_some_and(|end| ENDINGS.iter().any(|known| end == *known));
        match entry.kind {
            FileKind::Folder if !entry.name.to_string_lossy().starts_with('.') => {
                gather(&path, system, depth + 1, (found, problems));
            }
            FileKind::File if is_named => {
                found.insert(show(&path), path);
            }
            FileKind::Link | FileKind::Special if is_named => {
                problems
                    .push(problem(&show(&path), "a link or no file, not read: name it by itself".to_owned()));
            }
            FileKind::File | FileKind::Folder | FileKind::Link | FileKind::Special => {}
        }
    }
}

/// With `/` between the names, and without what says nothing.
fn show(path: &Path) -> String {
    let shown = system::lexical(path).to_string_lossy().replace('\\', "/");
    if shown.is_empty() { ".".to_owned() } else { shown }
}

/// A file's policies, once Guard has understood its rules.
pub(super) fn file(text: Text, bench: &Bench<'_>) -> Result<OwnFile, Problem> {
    let Text { shown, stem, text, page } = text;
    let rules = match bench.ask(&Request::Parse { rules: text.clone() }) {
        Ok(Response::Parsed(rules)) => rules,
        Ok(Response::Refused(why)) => return Err(not_understood(&shown, &why)),
        Ok(Response::Judged(_) | Response::Tested(_) | Response::Unconfined(_)) => {
            return Err(problem(&shown, "the process that runs it answers something else".to_owned()));
        }
        Err(why) => return Err(problem(&shown, format!("these rules cannot be read: {why}"))),
    };
    OwnFile::read((&shown, &stem), text, &page, &rules).map_err(|error| problem(&shown, error.message))
}

/// Guard's complaint, with the place that it names.
fn not_understood(shown: &str, why: &str) -> Problem {
    let number = |name: &str| -> Option<u32> {
        let rest = why.split_once(name)?.1;
        rest.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
    };
    let start = number("at line ").zip(number("at column "));
    let said = why.split_once("when handling ").map_or(why, |(_, said)| said);
    // Where it has nothing to say, what it stopped at is all there is.
    let (said, fragment) = said.split_once("fragment").unwrap_or((said, ""));
    let plain = |text: &str| text.trim_matches(|c: char| c.is_whitespace() || "`,:".contains(c)).to_owned();
    let line = plain(fragment.trim().lines().next().unwrap_or_default());
    let why = match (plain(said), line) {
        (said, line) if said.is_empty() && line.is_empty() => "they end too early".to_owned(),
        (said, line) if said.is_empty() => format!("at `{line}`"),
        (said, _) => said,
    };
    Problem { start, ..problem(shown, format!("Guard does not understand these rules: {why}")) }
}
