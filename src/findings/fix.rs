//! How a finding can be mended by editing the code it stands in, and what that does to what is deployed.

use super::Redactor;
use crate::source::Site;

/// One way to mend a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What it does, as an order: "require session tokens".
    pub title: String,
    pub safety: Safety,
    pub effect: Effect,
    /// Why the effect is what it is, in one sentence: "`metadata_options` is updated in place".
    pub because: String,
    /// What has to be done beside the edits, or to be known before; empty: nothing.
    pub note: String,
    /// In no order; they do not overlap. None: there is nothing to edit here, and `note` says what to do.
    pub edits: Vec<Edit>,
}

/// Some bytes of a file replaced by a text. An empty span inserts, an empty text removes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edit {
    pub site: Site,
    pub text: String,
}

/// Who may apply a fix.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Safety {
    /// It means what the code meant, and whoever applies it has nothing to decide.
    Safe,
    /// Somebody has to look first: it may break what runs, or asks for more than this edit.
    Unsafe,
    /// To be shown, and written by hand.
    Display,
}

impl Safety {
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Safe => "safe",
            Self::Unsafe => "unsafe",
            Self::Display => "display",
        }
    }
}

/// What deploying a fix does to what is deployed: its blast radius. The graver, the later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Effect {
    /// Nothing that is deployed changes.
    None,
    /// Updated without an interruption.
    InPlace,
    /// Updated with a restart or another interruption.
    Restart,
    /// Deleted and created anew.
    Replacement,
    /// Cannot be undone by taking the edit back.
    OneWay,
}

impl Effect {
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::InPlace => "in-place",
            Self::Restart => "restart",
            Self::Replacement => "replacement",
            Self::OneWay => "one-way",
        }
    }
}

impl Fix {
    /// Whether it can be applied by anything but hands.
    #[must_use]
    pub fn is_applicable(&self) -> bool {
        self.safety != Safety::Display && !self.edits.is_empty()
    }

    /// Takes secrets out of its words. False where an edit would write one: such a fix is none.
    pub(super) fn mask(&mut self, redactor: &Redactor) -> bool {
        for text in [&mut self.title, &mut self.because, &mut self.note] {
            *text = redactor.redact(text);
        }
        self.edits.iter().all(|edit| redactor.redact(&edit.text) == edit.text)
    }
}
