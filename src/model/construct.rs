//! What an app that makes templates says of its constructs beside resources.

use crate::source::{FileId, Site};
use std::sync::Arc;

/// A part of a synthesized template that is no resource (a parameter, an output), and the code that made it.
#[derive(Debug, Clone)]
pub struct Made {
    /// The key and what it stands for.
    pub block: Site,
    /// The construct path.
    pub construct: Arc<str>,
    pub user_site: Option<Site>,
}

/// Somebody said, with a reason, that a rule is not to hold for a construct and what is below it.
#[derive(Debug, Clone)]
pub struct Acknowledgement {
    /// The templates of the app that it was said in: another app may have constructs of the same path.
    pub templates: Arc<[FileId]>,
    /// The construct path; empty for the whole app.
    pub construct: Arc<str>,
    /// Code or name of a policy, as written.
    pub rule: Arc<str>,
    pub reason: Arc<str>,
    pub said_at: Site,
}

impl Acknowledgement {
    /// Whether it covers a construct of a template.
    #[must_use]
    pub fn covers(&self, construct: &str, template: FileId) -> bool {
        let below = construct.strip_prefix(&*self.construct);
        let within =
            below.is_some_and(|rest| self.construct.is_empty() || rest.is_empty() || rest.starts_with('/'));
        within && self.templates.contains(&template)
    }
}
