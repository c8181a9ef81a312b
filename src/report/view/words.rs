//! The words of the contract: what they are called in JSON, and what they are called inside.

use crate::findings::{Effect, ProblemKind, Safety, Severity, SuppressionKind};
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

/// Safe: whoever applies it has nothing to decide; unsafe: somebody has to look first; display: it has to be written by hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum SafetyWord {
    Safe,
    Unsafe,
    Display,
}

/// What becomes of what is deployed: nothing, updated without an interruption, updated with one, deleted and created anew, or
/// changed so that taking the edit back does not undo it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum EffectWord {
    None,
    InPlace,
    Restart,
    Replacement,
    OneWay,
}

impl SafetyWord {
    pub(in crate::report) fn is_safe(self) -> bool {
        self == Self::Safe
    }
}

impl EffectWord {
    /// What becomes of what is deployed, in a few words.
    pub(in crate::report) fn told(self) -> &'static str {
        match self {
            Self::None => "nothing that is deployed changes",
            Self::InPlace => "updated in place",
            Self::Restart => "updated with an interruption",
            Self::Replacement => "replaced",
            Self::OneWay => "cannot be taken back",
        }
    }
}

impl From<Safety> for SafetyWord {
    fn from(safety: Safety) -> Self {
        match safety {
            Safety::Safe => Self::Safe,
            Safety::Unsafe => Self::Unsafe,
            Safety::Display => Self::Display,
        }
    }
}

impl From<Effect> for EffectWord {
    fn from(effect: Effect) -> Self {
        match effect {
            Effect::None => Self::None,
            Effect::InPlace => Self::InPlace,
            Effect::Restart => Self::Restart,
            Effect::Replacement => Self::Replacement,
            Effect::OneWay => Self::OneWay,
        }
    }
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
