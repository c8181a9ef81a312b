//! The words of the contract: what they are called in JSON, and what they are called inside.

use crate::findings::{ProblemKind, Severity, SuppressionKind};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    Error,
    Warning,
    Note,
}

/// How it was said: in an app of the CDK (`acknowledge`), a comment, metadata, or an entry of the baseline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum SuppressionWord {
    Acknowledged,
    Comment,
    Metadata,
    Baseline,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ProblemLevel {
    Syntax,
    Io,
    Limit,
    Config,
    Internal,
}

impl Level {
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

impl ProblemLevel {
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Syntax => "syntax",
            Self::Io => "io",
            Self::Limit => "limit",
            Self::Config => "config",
            Self::Internal => "internal",
        }
    }
}

impl From<Severity> for Level {
    fn from(severity: Severity) -> Self {
        match severity {
            Severity::Error => Self::Error,
            Severity::Warning => Self::Warning,
            Severity::Note => Self::Note,
        }
    }
}

impl From<SuppressionKind> for SuppressionWord {
    fn from(kind: SuppressionKind) -> Self {
        match kind {
            SuppressionKind::Acknowledged => Self::Acknowledged,
            SuppressionKind::Comment => Self::Comment,
            SuppressionKind::Metadata => Self::Metadata,
            SuppressionKind::Baseline => Self::Baseline,
        }
    }
}

impl From<ProblemKind> for ProblemLevel {
    fn from(kind: ProblemKind) -> Self {
        match kind {
            ProblemKind::Syntax => Self::Syntax,
            ProblemKind::Io => Self::Io,
            ProblemKind::Limit => Self::Limit,
            ProblemKind::Config => Self::Config,
            ProblemKind::Internal => Self::Internal,
        }
    }
}
