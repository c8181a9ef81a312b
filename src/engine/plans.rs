//! A plan's part of a run: told apart from other data, read in pieces, and brought together with the source that it
//! was made of.

use super::load::{Item, Loader, Taken};
use crate::catalog::Breadth;
use crate::discover::Found;
use crate::findings::{Problem, ProblemKind};
use crate::frontends::plan::{self, Origin, Plan};
use crate::system::{self, ReadError};
use memchr::memmem;
use std::io::Read;
use std::path::Path;

/// Files up to here are held; larger ones may be plans, which are read in pieces.
pub(super) const MAX_HELD: u64 = 8 << 20;

/// A plan that was found.
#[derive(Debug)]
pub(super) struct PlanFile {
    pub(super) root: usize,
    pub(super) plan: Plan,
    pub(super) origin: Origin,
    /// The user named the file itself, rather than a folder that it is in.
    pub(super) named: bool,
}

/// Whether a text may be a plan, so that it is worth reading as one.
pub(super) fn sniff(text: &str) -> bool {
    let has = |key: &str| memmem::find(text.as_bytes(), key.as_bytes()).is_some();
    text.trim_start_matches('\u{feff}').trim_start().starts_with('{')
        && has("\"format_version\"")
        && (has("\"resource_changes\"") || has("\"planned_values\""))
}

/// How each line begins that `terraform plan -json` prints of what it does.
/// <https://developer.hashicorp.com/terraform/internals/machine-readable-ui>
const STREAM: &[u8] = br#"{"@level":"#;

impl Loader<'_> {
    /// A held text as a plan; `None` where it is none.
    pub(super) fn held_plan(&self, found: &Found, text: &str) -> Option<Taken> {
        sniff(text).then(|| self.plan(found, text.as_bytes())).flatten()
    }

    /// A file too large to be held, if it is a plan.
    pub(super) fn large_plan(&self, found: &Found) -> Result<Option<Taken>, ReadError> {
        let mut reader = self.inventory.open(found, self.system)?;
        let mut head = [0; 2];
        let utf16 = reader.read(&mut head).is_ok() && matches!(head, [0xff, 0xfe] | [0xfe, 0xff]);
        if utf16 {
            let text = system::text(self.inventory.read(found, self.system)?)?;
            return Ok(self.held_plan(found, &text));
        }
        Ok(self.plan(found, self.inventory.open(found, self.system)?))
    }

    /// A plan as Terraform saves it, if a file that the user named is one.
    pub(super) fn binary_plan(&self, found: &Found) -> Option<Taken> {
        let problem =
            |kind, message: String| Problem { kind, path: found.shown.clone(), start: None, message };
        let head = self.system.head(&found.path, STREAM.len() as u64).ok()?;
        if head == STREAM {
            let message =
                "the messages of `terraform plan -json`: name what `terraform show -json` prints of the plan";
            return Some((None, vec![problem(ProblemKind::Config, message.to_owned())]));
        }
        if !plan::is_binary(&head) {
            return None;
        }
        if !self.exec_terraform {
            let message =
                "a binary plan: name what `terraform show -json` prints of it, or give --exec-terraform";
            return Some((None, vec![problem(ProblemKind::Config, message.to_owned())]));
        }
        let home = found.path.parent().unwrap_or(Path::new("."));
        let folder = match self.source {
            Some(source) => self.inventory.working_folder.join(source),
            None => home.to_path_buf(),
        };
        match self.system.show(&found.path, &folder) {
            Ok(reader) => self.plan(found, reader).or_else(|| {
                let message = "what `terraform show` prints of this file is no plan".to_owned();
                Some((None, vec![problem(ProblemKind::Syntax, message)]))
            }),
            Err(error) => Some((None, vec![error.problem(&found.shown)])),
        }
    }

    fn plan(&self, found: &Found, reader: impl Read + Send) -> Option<Taken> {
        let problem = |kind, start, message| Problem { kind, path: found.shown.clone(), start, message };
        match plan::read(reader, &|type_name| self.breadth.keeps(type_name), self.breadth == Breadth::Whole) {
            Ok(None) => None,
            Ok(Some(plan)) => {
                let errored = plan.errored.then(|| {
                    let message = "planning ended in an error: what it did not reach is not judged";
                    problem(ProblemKind::Syntax, None, message.to_owned())
                });
                let origin = Origin {
                    shown: found.shown.clone(),
                    root_path: found.root_path.clone(),
                    git_ignored: found.git_ignored,
                };
                let named = self.inventory.is_named(found);
                let file = PlanFile { root: found.root, plan, origin, named };
                Some((Some(Item::Plan(Box::new(file))), errored.into_iter().collect()))
            }
            Err(error) => {
                let kind = if error.io { ProblemKind::Io } else { ProblemKind::Syntax };
                let start = error.start.map(|start| (start.line, start.column));
                Some((None, vec![problem(kind, start, format!("this plan cannot be read: {error}"))]))
            }
        }
    }
}
