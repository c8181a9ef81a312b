//! What is said of a value.

/// What may stand in a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Holds {
    /// A text, number or truth anywhere.
    pub(super) any: bool,
    /// One that is not below a key of the value's own.
    pub(super) bare: bool,
    /// One under a key that may say that it is secret.
    pub(super) named: bool,
    /// An object in which one is called what another one beside it says.
    pub(super) paired: bool,
    /// A text that is a document itself.
    pub(super) document: bool,
}

impl Holds {
    pub(super) const NOTHING: Self =
        Self { any: false, bare: false, named: false, paired: false, document: false };
    pub(super) const TEXT: Self = Self { any: true, bare: true, ..Self::NOTHING };
    pub(super) const ANYTHING: Self =
        Self { any: true, bare: true, named: true, paired: true, document: true };

    pub(super) fn or(self, other: Self) -> Self {
        Self {
            any: self.any || other.any,
            bare: self.bare || other.bare,
            named: self.named || other.named,
            paired: self.paired || other.paired,
            document: self.document || other.document,
        }
    }

    /// What several hold together. Where one tells, no more is asked of the others.
    pub(super) fn of_all<T>(parts: impl IntoIterator<Item = T>, mut look: impl FnMut(T) -> Self) -> Self {
        let mut all = Self::NOTHING;
        for part in parts {
            all = all.or(look(part));
            if all.named {
                return Self::ANYTHING;
            }
        }
        all
    }

    /// Any piece of it.
    pub(super) fn piece(self) -> Self {
        Self { bare: self.any, ..self }
    }

    /// It in an object, under a key that may say secret, or beside which another entry says what it is.
    pub(super) fn under(self, named: bool, paired: bool) -> Self {
        Self {
            bare: false,
            named: self.named || self.bare && named,
            paired: self.paired || self.bare && paired,
            ..self
        }
    }

    pub(super) fn text(text: &str) -> Self {
        if text.is_empty() {
            return Self::NOTHING;
        }
        let text = text.trim_start();
        // Blank, or as a format that begins with something else.
        let document = text.is_empty() || text.starts_with(['{', '[', '%']);
        // An option names what stands behind it.
        let named = text.starts_with("--") || text.contains(" --");
        Self { document, named, ..Self::TEXT }
    }
}
