use super::Finding;
use std::fmt;

/// How bad a finding is; ordered from note to error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    Note,
    Warning,
    Error,
}

impl Severity {
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The least that fails a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum FailOn {
    #[default]
    Error,
    Warning,
    Note,
    /// Any finding, or a question that stays open.
    CannotTell,
    Never,
}

impl FailOn {
    #[must_use]
    pub fn is_reached_by(self, finding: &Finding) -> bool {
        let is_open = finding.reason.is_some();
        match self {
            Self::Error => !is_open && finding.severity >= Severity::Error,
            Self::Warning => !is_open && finding.severity >= Severity::Warning,
            Self::Note => !is_open,
            Self::CannotTell => true,
            Self::Never => false,
        }
    }

    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
            Self::CannotTell => "cannot-tell",
            Self::Never => "never",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::findings::Place;
    use crate::source::{FileId, Site, Span};

    fn finding(severity: Severity, reason: Option<&str>) -> Finding {
        let site = Site::new(FileId(0), Span::new(0, 0));
        Finding {
            code: "IMDS01".into(),
            name: "imdsv1-allowed".into(),
            severity,
            title: String::new(),
            help: String::new(),
            url: String::new(),
            primary: Place { site, label: String::new() },
            addresses: vec![],
            construct: None,
            chain: vec![],
            related: vec![],
            reason: reason.map(ToOwned::to_owned),
            suppression: None,
            commit: None,
            mandatory: false,
            existing: false,
            fingerprint: String::new(),
            fixes: Vec::new(),
            basis: Box::default(),
        }
    }

    #[test]
    fn what_fails_a_run() {
        let with = |severity| finding(severity, None);
        let open = || finding(Severity::Note, Some("why"));
        for (finding, fail_on, expected) in [
            (with(Severity::Error), FailOn::Error, true),
            (with(Severity::Warning), FailOn::Error, false),
            (with(Severity::Warning), FailOn::Warning, true),
            (with(Severity::Note), FailOn::Warning, false),
            (with(Severity::Note), FailOn::Note, true),
            (with(Severity::Note), FailOn::CannotTell, true),
            (with(Severity::Error), FailOn::Never, false),
            (open(), FailOn::Note, false),
            (open(), FailOn::CannotTell, true),
            (open(), FailOn::Never, false),
        ] {
            assert_eq!(fail_on.is_reached_by(&finding), expected, "{fail_on:?}");
        }
    }
}
