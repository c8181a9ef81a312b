//! Where a finding stands. Nobody mends what a third party wrote or what git does not keep: what is wrong there stands
//! at the place in the user's own code that brings it in.

use crate::facts::{Anchor, Subject};
use crate::model::Frontend;
use crate::source::{Site, Sources};

/// The place in the user's code that stands for one outside of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Elsewhere {
    /// The call of the module that holds it.
    Call(Site),
    /// Where a value from there is used.
    Use(Site),
}

/// `None` where the finding stands in the user's own code, or nothing there leads to it.
pub(super) fn elsewhere(subject: &Subject, anchor: &Anchor, sources: &Sources) -> Option<Elsewhere> {
    let is_terraform = match subject.frontend {
        Frontend::Terraform | Frontend::Plan => true,
        Frontend::CloudFormation | Frontend::Cdk => false,
    };
    if !is_terraform || is_own(anchor.site, sources) {
        return None;
    }
    if is_own(subject.header.site, sources) {
        let mut uses = anchor.chain.iter().rev().map(|spot| spot.site);
        let used = uses.find(|site| is_own(*site, sources));
        return Some(Elsewhere::Use(used.unwrap_or(subject.header.site)));
    }
    innermost_own(subject.calls.iter().map(|call| call.site), sources).map(Elsewhere::Call)
}

/// Of calls, outermost first, the last one in the user's code.
pub(super) fn innermost_own(calls: impl DoubleEndedIterator<Item = Site>, sources: &Sources) -> Option<Site> {
    calls.rev().find(|site| is_own(*site, sources))
}

/// Whether a place is in the repository proper.
pub(super) fn is_own(site: Site, sources: &Sources) -> bool {
    !sources.get(site.file).git_ignored
}
