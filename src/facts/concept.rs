//! The groups of facts: what a policy names as its concept.

use super::fact::{
    AccessKey, Compute, Credential, Exception, Handover, InstanceProfile, MetadataDefault, Organization,
    PasswordPolicy, Recorder, RootGuard, Rotation, Secret, Trail, Unmarked,
};
use super::iam::{Guest, Permission, Session, StsEndpoint, Trust, Workload};
use schemars::{JsonSchema, SchemaGenerator};
use serde::Serialize;
use serde_json::Value as Json;

/// A group of facts a line: its name, its key in the document that policies are judged over, the letter that begins
/// the keys of its facts, what a fact of it is called, and what that states.
macro_rules! concepts {
    ($($concept:ident $key:literal $prefix:literal $fact:ident($type:ty),)*) => {
        /// A group of facts of one shape; its name is a key of the document that policies are judged over.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Concept {
            $($concept,)*
        }

        /// A fact of any concept.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
        #[serde(untagged)]
        pub enum Fact {
            $($fact($type),)*
        }

        impl Concept {
            pub const ALL: [Self; [$($key),*].len()] = [$(Self::$concept),*];

            #[must_use]
            pub fn key(self) -> &'static str {
                match self {
                    $(Self::$concept => $key,)*
                }
            }

            /// The letter that begins its facts' keys.
            pub(crate) fn prefix(self) -> char {
                match self {
                    $(Self::$concept => $prefix,)*
                }
            }

            /// The schema of a fact.
            pub(super) fn schema(self, generator: &mut SchemaGenerator) -> Json {
                match self {
                    $(Self::$concept => schema_of::<$type>(generator),)*
                }
            }
        }

        impl Fact {
            #[must_use]
            pub fn concept(&self) -> Concept {
                match self {
                    $(Self::$fact(_) => Concept::$concept,)*
                }
            }
        }

        $(impl From<$type> for Fact {
            fn from(fact: $type) -> Self {
                Self::$fact(fact)
            }
        })*
    };
}

concepts! {
    Computes "computes" 'c' Compute(Compute),
    AccessKeys "access_keys" 'k' AccessKey(AccessKey),
    Handovers "handovers" 'h' Handover(Handover),
    Credentials "credentials" 'l' Credential(Credential),
    Profiles "profiles" 'p' Profile(InstanceProfile),
    MetadataDefaults "metadata_defaults" 'd' MetadataDefault(MetadataDefault),
    PasswordPolicies "password_policies" 'w' PasswordPolicy(PasswordPolicy),
    Trusts "trusts" 'a' Trust(Trust),
    Sessions "sessions" 'n' Session(Session),
    Workloads "workloads" 'b' Workload(Workload),
    Guests "guests" 'v' Guest(Guest),
    StsEndpoints "sts_endpoints" 'e' StsEndpoint(StsEndpoint),
    Permissions "permissions" 'm' Permission(Permission),
    Rotations "rotations" 'x' Rotation(Rotation),
    Unmarked "unmarked" 'u' Unmarked(Unmarked),
    RootGuards "root_guards" 'g' RootGuard(RootGuard),
    Organizations "organizations" 'o' Organization(Organization),
    Trails "trails" 't' Trail(Trail),
    Recorders "recorders" 'r' Recorder(Recorder),
    Secrets "secrets" 's' Secret(Secret),
    Exceptions "exceptions" 'q' Exception(Exception),
}

fn schema_of<F: JsonSchema>(generator: &mut SchemaGenerator) -> Json {
    generator.subschema_for::<F>().to_value()
}
