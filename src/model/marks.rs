//! Marks that travel with values, and what type a value has that does not say it by itself.

/// Marks that travel with a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Marks(u8);

impl Marks {
    pub const NONE: Self = Self(0);
    pub const SENSITIVE: Self = Self(1);
    pub const EPHEMERAL: Self = Self(2);
    pub const NO_ECHO: Self = Self(4);
    /// On an unknown element of a list: it stands for any number of elements, none included.
    /// A list that holds one has no known length, and no known positions behind it.
    pub const SEVERAL: Self = Self(8);
    /// On a list: it is a Terraform set. Belongs to this one value and never travels.
    pub const SET: Self = Self(16);
    /// On a list or object whose elements are of one type: a Terraform list rather than a tuple, a map rather than an
    /// object. Belongs to this one value and never travels.
    pub const UNIFORM: Self = Self(32);

    /// On null or an unknown: what type it has all the same. These three exclude each other, belong to this one value
    /// and never travel.
    pub const STRING: Self = Self(64);
    pub const NUMBER: Self = Self(128);
    pub const BOOL: Self = Self(64 | 128);

    /// The bits that say what type a value has.
    pub(super) const SHAPE: Self = Self(Self::SET.0 | Self::UNIFORM.0 | Self::BOOL.0);

    /// The type of null or an unknown; [`Marks::NONE`] where it may have any.
    #[must_use]
    pub fn scalar(self) -> Self {
        Self(self.0 & Self::BOOL.0)
    }

    #[must_use]
    pub fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    #[must_use]
    pub fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    #[must_use]
    pub fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }
}
