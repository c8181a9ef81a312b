//! CDK assemblies (`cdk.out`). Owns the manifest, stages, nested stacks, construct paths and the way back to the
//! user's source lines; templates are CloudFormation's business. Reads through [`Files`] alone.
//!
//! <https://github.com/aws/aws-cdk/tree/main/packages/%40aws-cdk/cloud-assembly-schema>; every schema version is read
//! for what it has.

mod assembly;
mod assets;
mod cdktf;
mod frames;
mod locator;
mod metadata;
mod paths;
mod source_map;
mod stack;

pub use cdktf::annotate;

use crate::exceptions::OfConstruct;
use crate::findings::Problem;
use crate::frontends::cloudformation::Inputs;
use crate::model::{Acknowledgement, Made, Unit};
use crate::source::{FileId, SourceFile};
use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;

/// Where the files are. Paths are relative to the root, `/`-separated, free of `.` and `..`.
pub trait Files {
    fn read(&self, path: &str) -> io::Result<String>;

    /// Makes a file that was read a source of the run.
    fn add(&self, path: &str, text: String) -> (FileId, Arc<SourceFile>);

    /// What the parameters of stacks are given.
    fn inputs(&self) -> Inputs {
        Inputs::default()
    }

    /// Takes note of the parameters that a stack declares, and whether each is not to be echoed.
    fn declared(&self, _parameters: BTreeMap<Arc<str>, bool>) {}

    /// The path as users are shown it.
    fn shown(&self, path: &str) -> String {
        path.to_owned()
    }
}

/// Whether a `manifest.json` is an assembly's and not, say, a browser extension's. Stages have manifests of their own,
/// which [`load`] finds by itself.
#[must_use]
pub fn sniff(manifest: &str) -> bool {
    let has = |needle: &str| memchr::memmem::find(manifest.as_bytes(), needle.as_bytes()).is_some();
    has("\"artifacts\"") && (has("\"aws:cloudformation:stack\"") || has("\"cdk:"))
}

/// An assembly with all that it holds.
#[derive(Debug, Default)]
pub struct Assembly {
    /// One a stack, with the resources of its nested stacks; and one for each template that it offers as a product.
    pub units: Vec<Unit>,
    pub made: Vec<Made>,
    pub acknowledged: Vec<Acknowledgement>,
    /// Exceptions that constructs have in their metadata.
    pub excepted: Vec<OfConstruct>,
    pub problems: Vec<Problem>,
}

/// Loads an assembly.
///
/// `folder` holds the `manifest.json`, relative to the root (empty for the root itself). Only resources whose type
/// `keep` wants are evaluated and returned.
#[must_use]
pub fn load(folder: &str, files: &dyn Files, keep: &dyn Fn(&str) -> bool) -> Assembly {
    assembly::load(folder, files, keep)
}

#[cfg(test)]
mod tests;
