//! The shapes of facts about identities: whom roles trust, how long sessions last, what people and guests may do.

use crate::facts::fact::Presence;
use schemars::JsonSchema;
use serde::Serialize;

/// One principal of a statement by which a role may be taken on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
pub struct Trust {
    pub principal: Trustee,
    pub actions: Actions,
    /// A condition under which only some of those whom the principal stands for are meant.
    pub narrowed: Presence,
    pub federation: Federation,
    /// A condition on whom a token or assertion was issued for.
    pub audience: Presence,
    /// Of an issuer that many share: a condition on whose token it is.
    pub owner: Claim,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Trustee {
    Anyone,
    /// Everybody but who is listed.
    AnyoneElse,
    ThisAccount,
    /// An account that is known to be another one.
    ForeignAccount,
    /// An account of which nothing says whose it is.
    SomeAccount,
    User,
    /// A role, a session of one, or another single identity.
    Role,
    Service,
    Federated,
    Unknown,
    /// Nobody is named.
    None,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Actions {
    /// One by one, or by a pattern for a few.
    Named,
    /// Every action, of STS or at all.
    All,
    AllButListed,
    Unknown,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Federation {
    None,
    WebIdentity,
    Saml,
}

/// What a condition makes of a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Claim {
    /// It names whose token it must be.
    Named,
    /// Tokens of strangers pass.
    Open,
    Absent,
    Unknown,
    NotApplicable,
}

/// Something by which sessions are started: a role, a permission set, a profile of Roles Anywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
pub struct Session {
    pub kind: SessionKind,
    /// The longest that a session may last.
    pub seconds: Seconds,
    /// Of a role that users or accounts take on: whether they may say, or must, who is behind it.
    pub source_identity: Presence,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SessionKind {
    Role,
    PermissionSet,
    Profile,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum Seconds {
    Known(u32),
    Other(SecondsUnsaid),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SecondsUnsaid {
    Absent,
    Unknown,
}

/// Something that runs people's code elsewhere than on EC2, and may be given a role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
pub struct Workload {
    pub kind: &'static str,
    pub role: Presence,
}

/// What guests or clients of an identity pool get.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
pub struct Guest {
    pub what: GuestSetting,
    pub state: GuestState,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum GuestSetting {
    /// The flow in which clients choose the role themselves.
    ClassicFlow,
    /// The role of those who have not signed in, beside that of those who have.
    GuestRole,
    /// What the role of those who have not signed in allows.
    GuestActions,
    /// What those get whose claims fit no rule, or several.
    AmbiguousRole,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum GuestState {
    /// Switched on.
    On,
    Off,
    /// The same role for guests and for those who have signed in.
    Same,
    /// A role of their own.
    Own,
    /// Every action, of a service or at all.
    Everything,
    /// Some actions.
    Some,
    /// The role of those who have signed in.
    Authenticated,
    Denied,
    Unknown,
}

/// Which endpoint of STS somebody is sent to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
pub struct StsEndpoint {
    pub place: StsPlace,
    pub endpoint: Endpoints,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum StsPlace {
    Provider,
    Backend,
    Environment,
    /// The account's preference for tokens of the global endpoint.
    Account,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Endpoints {
    Global,
    Regional,
    Unknown,
}

/// A statement by which people may do what is hard to undo or gives more rights.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
pub struct Permission {
    pub holder: Holder,
    pub allows: Allows,
    /// Whether a second factor is asked for: by the statement, or by a denial of the same holder.
    pub mfa: Presence,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Holder {
    User,
    Group,
    PermissionSet,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Allows {
    /// Every action at all.
    Everything,
    /// An action that is hard to undo, or gives more rights.
    Sensitive,
}

impl From<bool> for Presence {
    fn from(there: bool) -> Self {
        if there { Self::Present } else { Self::Absent }
    }
}
