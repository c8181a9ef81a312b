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
