//! The shapes of facts: what is so, in enumerations without identity. No field names a policy, a severity or a verdict.
//!
//! Every key of a concept is always present, because a policy language skips a missing key without a word.

use schemars::JsonSchema;
use serde::Serialize;

/// Whether something is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Presence {
    Present,
    Absent,
    Unknown,
    NotApplicable,
}

/// What decides an effective value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DecidedBy {
    /// The resource itself says it.
    Own,
    /// A variant of a launch does, before the launch and its template.
    Override,
    /// A launch template of this project does, or is the one place where saying it is missed.
    Template,
    /// The same of a launch or security configuration.
    Configuration,
    /// Of a template: each of its users says it for itself.
    Users,
    /// A launch template, or an instance to copy, that is not in this project.
    Elsewhere,
    /// The default that the account has for what says nothing.
    Account,
    /// The image, where the account has none.
    Image,
    /// Whatever AWS takes where neither code nor account nor image of this project says a word.
    Service,
    Nobody,
}

/// The version of a launch template that is launched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum TemplateVersion {
    /// What the code shows.
    Newest,
    /// What somebody made the default, which may be older than the code.
    Default,
    /// There is no template, or none whose code is here.
    NotApplicable,
}

/// What the users of a template or configuration make of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Users {
    /// Nothing in this project launches from it.
    None,
    /// At least one takes what is said, or left unsaid, here.
    Taking,
    /// Each decides for itself.
    Overriding,
    /// Some decide for themselves, others could and do not.
    Mixed,
    /// Only services that bring their own.
    Exempt,
    /// This is no template.
    NotApplicable,
}

/// Something that runs on EC2, or a template of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
pub struct Compute {
    pub kind: &'static str,
    pub role: Role,
    /// Who fills in what is not said: AWS's defaults of the account and image, or a managed service.
    pub host: Host,
    pub template_version: TemplateVersion,
    pub profile: Profile,
    pub imds: Imds,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    Launch,
    Template,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Host {
    Account,
    Service,
}

/// The instance profile, own or inherited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
pub struct Profile {
    pub state: Presence,
    pub decided_by: DecidedBy,
    pub users: Users,
}

/// The instance metadata service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
pub struct Imds {
    pub endpoint: Endpoint,
    pub tokens: Tokens,
    /// What decides `tokens`.
    pub decided_by: DecidedBy,
    /// Whether the resource takes `tokens` from a parameter that is said to allow doing without, if not by default.
    pub choosable: YesNo,
    /// Whether this type of resource can say it at all.
    pub settable: YesNo,
    pub hop_limit: HopLimit,
    pub account_default: AccountDefault,
    pub image: Image,
    pub users: Users,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Endpoint {
    Enabled,
    Disabled,
    Absent,
    Unknown,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Tokens {
    Required,
    Optional,
    Absent,
    Unknown,
    /// Nobody but a service can say it.
    NotApplicable,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum YesNo {
    Yes,
    No,
}

impl From<bool> for YesNo {
    fn from(yes: bool) -> Self {
        if yes { Self::Yes } else { Self::No }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum HopLimit {
    Known(u8),
    Other(HopLimitUnsaid),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum HopLimitUnsaid {
    Absent,
    Unknown,
}

/// What the account's metadata defaults, as far as this project sets them, say of tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum AccountDefault {
    Required,
    Optional,
    None,
}

/// What the image says of tokens, as far as this project makes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Image {
    Required,
    None,
    /// It requires them, and the account's default beats it.
    Beaten,
}

/// An access key that the code creates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
pub struct AccessKey {
    pub by: KeyMaker,
    pub owner: Owner,
    pub status: KeyStatus,
    /// How its secret is stored by what creates it.
    pub storage: KeyStorage,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Owner {
    Root,
    User,
    /// Whoever runs the command.
    Caller,
    Unknown,
}

/// What creates a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum KeyMaker {
    Resource,
    /// A command in what runs.
    Script,
    /// A resource of a template that stands in an argument as a text.
    Template,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum KeyStatus {
    Active,
    Inactive,
    Unknown,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum KeyStorage {
    Clear,
    Encrypted,
    NotApplicable,
}

/// An access key that is handed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
pub struct Handover {
    pub handed: Handed,
    pub place: HandoverPlace,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Handed {
    /// The secret half of a key that the code makes.
    Key,
    /// The same, encrypted for somebody.
    EncryptedKey,
    /// A variable or parameter that is named like the secret half, or a file in which programs look for a static key.
    Variable,
    /// Whatever it is, under the name by which programs look for a static key.
    Named,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum HandoverPlace {
    /// An environment, a script, or what is handed to those.
    Compute,
    /// A command on the machine that applies the code.
    Workstation,
    Output,
    /// A parameter that is kept in clear.
    Parameter,
    File,
    /// A cluster's secret or configuration.
    Cluster,
    /// Where secrets are kept, or an input that is kept as one.
    Store,
}

/// What lets somebody in for longer than a session, and is no access key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
pub struct Credential {
    pub kind: crate::catalog::credential::Kind,
    pub expires: Expiry,
    /// Of an IAM user: whether the code makes an access key for it.
    pub with_key: YesNo,
}

/// An instance profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
pub struct InstanceProfile {
    pub role: Presence,
}

/// What is launched falls back on it where it says nothing itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
pub struct MetadataDefault {
    pub source: DefaultSource,
    pub tokens: Tokens,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DefaultSource {
    Account,
    Image,
}

/// The account's policy for passwords of its users.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
pub struct PasswordPolicy {
    /// Characters at least.
    pub length: Amount,
    /// Kinds of characters that are required, of four.
    pub kinds: Amount,
    pub age: Expiry,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum Amount {
    Known(u16),
    Unsaid(Unsaid),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Unsaid {
    Unknown,
}

/// Whether something that watches is there, and works.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Guarding {
    Present,
    /// It is there, and something that it needs is not.
    Idle,
    Absent,
    Unknown,
    NotApplicable,
}

/// An organization, and what it does about the root users of its members.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
pub struct Organization {
    /// Whether their credentials are managed centrally.
    pub root_credentials: Guarding,
    /// Whether what only they can do is done in sessions from the management account.
    pub root_sessions: Guarding,
    /// Whether the organization trusts IAM with it.
    pub trusted_access: Guarding,
    /// Whether a policy denies them everything.
    pub root_policy: Guarding,
}

/// A trail of what is done in an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
pub struct Trail {
    /// Whether somebody is told when the root user does something.
    pub root_alarm: Guarding,
}

/// A recorder of an account's configuration, and the rules beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
pub struct Recorder {
    /// A rule for access keys of the root user.
    pub root_keys: Guarding,
    /// A rule for its multi-factor authentication; none is needed where it has no credentials.
    pub root_mfa: Guarding,
    /// Some rule for credentials of users.
    pub credentials: Guarding,
}

/// Something that watches over the root user or over instance metadata.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
pub struct RootGuard {
    pub kind: GuardKind,
    pub guards: crate::catalog::oversight::Guards,
    pub state: Switched,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum GuardKind {
    /// GuardDuty.
    Detector,
    /// Of Security Hub.
    Control,
    EventRule,
    Alarm,
    /// The recorder that rules of Config need.
    Recorder,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Switched {
    On,
    Off,
}

/// Whether something ends by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Expiry {
    Never,
    Known,
    Unknown,
}

/// A secret of Secrets Manager.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
pub struct Rotation {
    pub rotation: Presence,
    /// The name says that what is kept is no credential: an id, an address.
    pub describes: YesNo,
}

/// A secret that is shown because nothing marks it, or all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
pub struct Unmarked {
    pub what: UnmarkedWhat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum UnmarkedWhat {
    /// A Terraform variable that becomes a secret, neither sensitive nor ephemeral.
    Variable,
    /// A template's parameter that becomes a secret, and is echoed.
    Parameter,
    /// A Terraform output of what was sensitive.
    Output,
    /// A stack's output of a parameter that is not to be echoed.
    StackOutput,
    /// Such a parameter in the metadata of a resource.
    Metadata,
    /// A parameter's value that plans are to show, under a name that says secret.
    InsecureValue,
}

/// A secret that the code holds, or a place that is handed one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
pub struct Secret {
    /// Which format it has; `none` where only its place says that it is a secret.
    pub detector: &'static str,
    pub class: Class,
    pub place: SecretPlace,
    pub confidence: Confidence,
    pub value: SecretValue,
    /// An example from documentation.
    pub example: YesNo,
    /// A text that asks to be replaced: `changeme`.
    pub placeholder: YesNo,
    /// A stand-in for tests against an emulator, where nothing is authenticated.
    pub mock: YesNo,
}

impl Secret {
    /// A key of AWS's documentation, which opens nothing.
    pub(super) fn is_an_example(&self) -> bool {
        self.example == YesNo::Yes && matches!(self.class, Class::AccessKey | Class::TemporaryKey)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Class {
    AccessKey,
    TemporaryKey,
    PrivateKey,
    Token,
    /// The password within a URL or connection string.
    CredentialUrl,
    /// No format of its own.
    None,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SecretPlace {
    ProviderArgument,
    BackendArgument,
    SensitiveAttribute,
    Container,
    Declaration,
    /// A file in which Terraform keeps what it deployed.
    State,
    /// A text that a file had in an earlier commit.
    History,
    Text,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Confidence {
    High,
    Medium,
    Low,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SecretValue {
    Known,
    /// Put together of literals and of what is not known.
    Partial,
    /// A variable without a default: whoever runs it hands over a value.
    Variable,
    /// Kept in clear in a parameter of Systems Manager, to which the code refers.
    PlainParameter,
    /// Made by the code's own generator, and kept in the state.
    Generated,
    /// Handed over, where another input would make that needless.
    Handed,
    /// Put into a parameter of Systems Manager in clear.
    ClearParameter,
}

/// What somebody said about findings, of one policy that they named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
pub struct Exception {
    pub form: ExceptionForm,
    pub names: Names,
    pub reason: Presence,
    pub until: Until,
    pub effect: Effect,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ExceptionForm {
    /// In the grammar.
    Sound,
    /// It looks like an exception, and is none.
    Unclear,
}

/// What an exception names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Names {
    Policy,
    /// Several policies at once.
    Family,
    /// A policy about exceptions.
    Exceptions,
    Unknown,
    /// It could not be read.
    NotApplicable,
}

/// The last day of an exception.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Until {
    None,
    /// Today, or a day to come.
    Coming,
    Past,
}

/// What an exception does in this run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Effect {
    /// It is the reason why something is not reported.
    Silences,
    /// There is nothing that it could silence.
    Nothing,
    /// The policy is mandatory, and reports all the same.
    Overruled,
    /// The run does not judge, or not wholly, what it is about.
    NotJudged,
    /// It is not in force.
    Void,
}
