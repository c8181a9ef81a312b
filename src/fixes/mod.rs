//! How findings can be mended: from a finding and the text it stands in to edits of bytes. Knows the languages, and what a
//! change of an attribute does to what is deployed; writes nothing, and does not know whether a fix helps: the engine judges
//! again what would be written.

mod agree;
mod cdk;
mod cloudformation;
mod credentials;
mod doc;
mod hcl;
mod splice;
mod terraform;

pub use agree::agree;
pub use splice::{Fault, clash, splice};

use crate::facts::{Anchor, Subject};
use crate::findings::{Finding, Fix};
use crate::model::Frontend;
use crate::source::{FileId, Site, SourceFile, Sources};
use credentials::Modules;
use std::fmt;
use std::sync::{Arc, OnceLock};

/// What Terraform's code declares, by addresses: a module may declare each of them once.
#[must_use]
pub fn addresses(path: &str, text: &str) -> Vec<String> {
    let source = SourceFile::new(path.to_owned(), path.to_owned(), text.to_owned(), false);
    let code = hcl::Code::read(FileId(0), Arc::new(source));
    let blocks = code.iter().flat_map(hcl::Code::blocks);
    let declares = ["resource", "data", "ephemeral", "module", "variable", "output"];
    blocks.filter(|block| declares.contains(&block.keyword.as_str())).map(|block| block.address()).collect()
}

/// A finding with what it is about: what a fix is made of.
#[derive(Clone, Copy)]
struct Ailing<'a> {
    finding: &'a Finding,
    subject: &'a Subject,
    /// The case of the policy that holds, such as `optional`.
    case: &'a str,
    /// The field of the fact that the case is about; empty for the resource as a whole.
    field: &'a str,
    sources: &'a Sources,
    /// What the planners of Terraform's code share.
    modules: &'a OnceLock<Modules>,
    locks: Locks<'a>,
    codes: &'a hcl::Codes,
}

/// The text of a file that locks the versions of providers, by its path from the root. It is no code, and so no source.
type Locks<'a> = &'a (dyn Fn(&str) -> Option<String> + Sync);

impl<'a> Ailing<'a> {
    fn modules(&self) -> &'a Modules {
        self.modules.get_or_init(|| Modules::of(self.sources, self.locks))
    }

    fn code(&self) -> &str {
        &self.finding.code
    }

    /// Where the field is decided.
    fn anchor(&self) -> &Anchor {
        self.subject.anchor(self.field)
    }

    /// The literal that the value comes from, or what is written in its place.
    fn origin(&self) -> Site {
        let anchor = self.anchor();
        anchor.chain.first().map_or(anchor.site, |first| first.site)
    }

    /// A file that may be edited: of the working tree, whole, the user's own.
    fn file(&self, file: FileId) -> Option<Arc<SourceFile>> {
        let source = self.sources.get(file);
        let made = [".terraform", "node_modules", "cdktf.out", "cdk.tf.json"];
        let own = !source.root_path.split('/').any(|part| made.contains(&part));
        (own && source.is_whole() && !source.git_ignored).then_some(source)
    }
}

/// Proposes fixes. Keeps what it has read of the code, for one reading of it.
pub struct Planner<'s> {
    sources: &'s Sources,
    locks: Locks<'s>,
    modules: OnceLock<Modules>,
    codes: hcl::Codes,
}

impl fmt::Debug for Planner<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Planner").finish_non_exhaustive()
    }
}

impl<'s> Planner<'s> {
    #[must_use]
    pub fn new(sources: &'s Sources, locks: &'s (dyn Fn(&str) -> Option<String> + Sync)) -> Self {
        Self { sources, locks, modules: OnceLock::new(), codes: hcl::Codes::default() }
    }

    /// The ways to mend a finding that is not masked yet, the best first.
    #[must_use]
    pub fn propose(&self, finding: &Finding) -> Vec<Fix> {
        let Some(subject) = &finding.basis.subject else { return Vec::new() };
        let (case, field) = &finding.basis.case;
        let Self { sources, locks, modules, codes } = self;
        let ailing = Ailing { finding, subject, case, field, sources, modules, locks, codes };
        let mut fixes = match subject.frontend {
            Frontend::Terraform | Frontend::Plan => terraform::propose(ailing),
            Frontend::CloudFormation => cloudformation::propose(ailing),
            Frontend::Cdk => cdk::propose(ailing),
        };
        for edit in fixes.iter_mut().flat_map(|fix| &mut fix.edits) {
            splice::with_breaks_of(sources.get(edit.site.file).text(), edit);
        }
        fixes
    }
}
