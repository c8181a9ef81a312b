//! One input that holds a secret, and when it does.

use super::registry::Renamed;

/// How much a literal there weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Strength {
    /// A secret: whoever reads it can act.
    Secret,
    /// Names a caller without authenticating it (API Gateway's API keys): to be warned of, not refused.
    Identifier,
}

/// When the input holds a secret. Attributes named here stand beside the path's last step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Condition {
    Always,
    /// Only when the attribute beside it has this value.
    When {
        attribute: &'static str,
        equals: &'static str,
    },
    /// Unless the attribute beside it has one of these values.
    Unless {
        attribute: &'static str,
        equals: &'static [&'static str],
    },
    /// The argument takes a file's path or its content; only content is a secret.
    UnlessFilePath,
    /// The argument is a URL or connection string; a secret only when it has a password in it.
    WhenPasswordInside,
}

impl Condition {
    /// Whether the attributes beside it make the input one that holds a secret. `is`: whether one has this value.
    pub fn holds_beside(self, is: impl Fn(&str, &str) -> bool) -> bool {
        match self {
            Self::Always | Self::UnlessFilePath | Self::WhenPasswordInside => true,
            Self::When { attribute, equals } => is(attribute, equals),
            Self::Unless { attribute, equals } => !equals.iter().any(|value| is(attribute, value)),
        }
    }
}

impl Renamed for Condition {
    fn renamed(&self) -> Self {
        match *self {
            Self::When { attribute, equals } => Self::When { attribute: attribute.renamed(), equals },
            Self::Unless { attribute, equals } => Self::Unless { attribute: attribute.renamed(), equals },
            same @ (Self::Always | Self::UnlessFilePath | Self::WhenPasswordInside) => same,
        }
    }
}

/// A path to an input that holds a secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SensitivePath {
    /// `master_user_options.master_user_password`.
    pub path: &'static str,
    /// Terraform keeps it out of plan and state; a literal is in the source all the same.
    pub write_only: bool,
    pub strength: Strength,
    pub condition: Condition,
    /// Inputs of the same type that make this one needless.
    pub instead: &'static [&'static str],
}

impl Renamed for SensitivePath {
    fn renamed(&self) -> Self {
        Self {
            path: self.path.renamed(),
            condition: self.condition.renamed(),
            instead: self.instead.renamed(),
            ..*self
        }
    }
}

impl SensitivePath {
    pub(super) const fn new(path: &'static str) -> Self {
        Self {
            path,
            write_only: false,
            strength: Strength::Secret,
            condition: Condition::Always,
            instead: &[],
        }
    }

    pub(super) const fn write_only(mut self) -> Self {
        self.write_only = true;
        self
    }

    pub(super) const fn identifier(mut self) -> Self {
        self.strength = Strength::Identifier;
        self
    }

    pub(super) const fn when(mut self, attribute: &'static str, equals: &'static str) -> Self {
        self.condition = Condition::When { attribute, equals };
        self
    }

    pub(super) const fn unless(mut self, attribute: &'static str, equals: &'static [&'static str]) -> Self {
        self.condition = Condition::Unless { attribute, equals };
        self
    }

    pub(super) const fn unless_file_path(mut self) -> Self {
        self.condition = Condition::UnlessFilePath;
        self
    }

    pub(super) const fn when_password_inside(mut self) -> Self {
        self.condition = Condition::WhenPasswordInside;
        self
    }

    pub(super) const fn instead(mut self, instead: &'static [&'static str]) -> Self {
        self.instead = instead;
        self
    }

    /// The path without its last step: where the attributes of the condition stand.
    pub fn parent(&self) -> Option<&'static str> {
        self.path.rsplit_once('.').map(|(parent, _)| parent)
    }
}
