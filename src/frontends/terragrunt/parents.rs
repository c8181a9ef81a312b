//! Files that one of Terragrunt includes, looked for as Terragrunt does but never above the root.

use super::super::terraform::{Files, join};
use crate::source::{Site, folder_of};
use std::sync::Arc;

/// An included file that is not here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Included {
    pub written: Arc<str>,
    pub site: Site,
}

/// The folders above a file.
pub(super) struct Parents<'f> {
    pub(super) home: &'f str,
    pub(super) files: &'f dyn Files,
}

impl Parents<'_> {
    pub(super) fn has(&self, path: &str) -> bool {
        self.files.exists(path).is_ok_and(|is_there| is_there)
    }

    /// Whether one of them has a file of this name. The search begins above the file's own folder.
    /// <https://terragrunt.gruntwork.io/docs/reference/hcl/functions/#find_in_parent_folders>
    pub(super) fn have(&self, name: &str) -> bool {
        let mut folder = self.home;
        while !folder.is_empty() {
            folder = folder_of(folder);
            if self.has(&join(folder, name)) {
                return true;
            }
        }
        false
    }
}
