//! The groups of facts: what a policy names as its concept.

use super::fact::{
    AccessKey, Compute, Credential, Handover, InstanceProfile, MetadataDefault, Organization, PasswordPolicy,
    Recorder, RootGuard, Rotation, Secret, Trail, Unmarked,
};
use serde::Serialize;

/// A group of facts of one shape; its name is a key of the document that policies are judged over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Concept {
    Computes,
    AccessKeys,
    Handovers,
    Credentials,
    Profiles,
    MetadataDefaults,
    PasswordPolicies,
    RootGuards,
    Organizations,
    Trails,
    Recorders,
    Rotations,
    Unmarked,
    Secrets,
}

/// A fact of any concept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(untagged)]
pub enum Fact {
    Compute(Compute),
    AccessKey(AccessKey),
    Handover(Handover),
    Credential(Credential),
    Profile(InstanceProfile),
    MetadataDefault(MetadataDefault),
    PasswordPolicy(PasswordPolicy),
    RootGuard(RootGuard),
    Organization(Organization),
    Trail(Trail),
    Recorder(Recorder),
    Rotation(Rotation),
    Unmarked(Unmarked),
    Secret(Secret),
}

impl Concept {
    pub const ALL: [Self; 14] = [
        Self::Computes,
        Self::AccessKeys,
        Self::Handovers,
        Self::Credentials,
        Self::Profiles,
        Self::MetadataDefaults,
        Self::PasswordPolicies,
        Self::RootGuards,
        Self::Organizations,
        Self::Trails,
        Self::Recorders,
        Self::Rotations,
        Self::Unmarked,
        Self::Secrets,
    ];

    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Computes => "computes",
            Self::AccessKeys => "access_keys",
            Self::Handovers => "handovers",
            Self::Credentials => "credentials",
            Self::Profiles => "profiles",
            Self::MetadataDefaults => "metadata_defaults",
            Self::PasswordPolicies => "password_policies",
            Self::RootGuards => "root_guards",
            Self::Organizations => "organizations",
            Self::Trails => "trails",
            Self::Recorders => "recorders",
            Self::Rotations => "rotations",
            Self::Unmarked => "unmarked",
            Self::Secrets => "secrets",
        }
    }

    /// The letter that begins its facts' keys.
    pub(crate) fn prefix(self) -> char {
        match self {
            Self::Computes => 'c',
            Self::AccessKeys => 'k',
            Self::Handovers => 'h',
            Self::Credentials => 'l',
            Self::Profiles => 'p',
            Self::MetadataDefaults => 'd',
            Self::PasswordPolicies => 'w',
            Self::RootGuards => 'g',
            Self::Organizations => 'o',
            Self::Trails => 't',
            Self::Recorders => 'r',
            Self::Rotations => 'n',
            Self::Unmarked => 'u',
            Self::Secrets => 's',
        }
    }
}

impl Fact {
    #[must_use]
    pub fn concept(&self) -> Concept {
        match self {
            Self::Compute(_) => Concept::Computes,
            Self::AccessKey(_) => Concept::AccessKeys,
            Self::Handover(_) => Concept::Handovers,
            Self::Credential(_) => Concept::Credentials,
            Self::Profile(_) => Concept::Profiles,
            Self::MetadataDefault(_) => Concept::MetadataDefaults,
            Self::PasswordPolicy(_) => Concept::PasswordPolicies,
            Self::RootGuard(_) => Concept::RootGuards,
            Self::Organization(_) => Concept::Organizations,
            Self::Trail(_) => Concept::Trails,
            Self::Recorder(_) => Concept::Recorders,
            Self::Rotation(_) => Concept::Rotations,
            Self::Unmarked(_) => Concept::Unmarked,
            Self::Secret(_) => Concept::Secrets,
        }
    }
}

/// A fact is made of what it states.
macro_rules! stated {
    ($($fact:ident: $type:ty),* $(,)?) => {
        $(impl From<$type> for Fact {
            fn from(fact: $type) -> Self {
                Self::$fact(fact)
            }
        })*
    };
}

stated! {
    Compute: Compute,
    AccessKey: AccessKey,
    Handover: Handover,
    Credential: Credential,
    Profile: InstanceProfile,
    MetadataDefault: MetadataDefault,
    PasswordPolicy: PasswordPolicy,
    RootGuard: RootGuard,
    Organization: Organization,
    Trail: Trail,
    Recorder: Recorder,
    Rotation: Rotation,
    Unmarked: Unmarked,
    Secret: Secret,
}
