//! What is known of resource types: which inputs hold secrets, which carry environments and scripts, which outputs are
//! secret, what a backend is authorised with.
//!
//! Data only. It must not know values, resources or policies; it uses no other part of the crate.
//! Type names are as written: `aws_db_instance`, `AWS::RDS::DBInstance`, `provider.aws`. Paths are dotted and leave out the
//! steps through lists, sets and maps. The tables are sorted slices of constants, so a look-up costs no start-up.

pub mod access_key;
pub mod authentication;
mod backends;
pub mod change;
pub mod compute;
pub mod credential;
pub mod handover;
pub mod iam;
pub mod instance_profile;
pub mod kept;
pub mod oversight;
pub mod pairs;
pub mod password_policy;
mod reads;
mod registry;
mod right_form;
pub mod rotation;
mod sensitive_path;
#[rustfmt::skip]
mod table;
mod unlisted;
pub mod updates;

use registry::{Renamed, Table};
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::sync::{Arc, Mutex, PoisonError};

pub use reads::reads;
pub use right_form::{
    describes_api, inline_code, instead_of_a_literal, maps_parameters, parameter, repositories,
};
pub use sensitive_path::{Condition, SensitivePath, Strength};
pub use unlisted::{
    has_row, is_judged_by_arguments, is_judged_by_names, is_module, is_no_input, is_of_aws, is_unlisted,
    says_secret_in,
};

/// Types which are or make a long-lived credential by being there; `aws_cloudcontrolapi_resource` when its `type_name` is
/// one of them. Sorted.
static CREDENTIAL_TYPES: Table<&str> = Table::new(&[
    "AWS::AppSync::ApiKey",
    "AWS::IAM::AccessKey",
    "aws_appsync_api_key",
    "aws_cloudcontrolapi_resource",
    "aws_grafana_workspace_api_key",
    "aws_grafana_workspace_service_account_token",
    "aws_iam_access_key",
    "aws_iam_service_specific_credential",
    "aws_iam_signing_certificate",
    "aws_iam_user_ssh_key",
    "aws_lightsail_bucket_access_key",
]);

static SENSITIVE: Table<(&str, &[SensitivePath])> = Table::new(table::SENSITIVE);
static CONTAINERS: Table<(&str, &[&str])> = Table::new(table::CONTAINERS);
static SENSITIVE_OUTPUTS: Table<(&str, &[&str])> = Table::new(table::SENSITIVE_OUTPUTS);
static BACKENDS: Table<(&str, &[SensitivePath])> = Table::new(backends::BACKENDS);

fn row<T: Renamed>(table: &'static Table<(&'static str, &'static [T])>, key: &str) -> &'static [T] {
    table.sorted(key).first().map_or(&[], |(_, row)| row)
}

/// The inputs of a type that hold secrets; empty for a type without any. Providers are asked for as `provider.aws`.
pub fn sensitive(type_name: &str) -> &'static [SensitivePath] {
    row(&SENSITIVE, type_name)
}

/// The inputs of a type that carry environments, scripts, documents or free settings, which may hold a secret somewhere
/// inside. What stands in the metadata of any CloudFormation resource is in no row.
pub fn containers(type_name: &str) -> &'static [&'static str] {
    row(&CONTAINERS, type_name)
}

/// What cfn-init authenticates with: in each object below `AWS::CloudFormation::Authentication`, in the metadata of a
/// CloudFormation resource of any type. The last step of the path is the property.
/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-authentication.html>
pub static AUTHENTICATION: &[SensitivePath] = &[
    SensitivePath::new("Metadata.AWS::CloudFormation::Authentication.accessKeyId").identifier(),
    SensitivePath::new("Metadata.AWS::CloudFormation::Authentication.password"),
    SensitivePath::new("Metadata.AWS::CloudFormation::Authentication.secretKey"),
];

/// Whether a type is a custom resource: its properties are handed to a function or topic of the user's, so that
/// only their names tell what they hold.
/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-custom-resources.html>
#[must_use]
pub fn is_custom(type_name: &str) -> bool {
    type_name.starts_with("Custom::") || type_name == "AWS::CloudFormation::CustomResource"
}

/// Whether any input or output of a type is a secret.
pub fn has_secrets(type_name: &str) -> bool {
    !sensitive(type_name).is_empty() || !row(&SENSITIVE_OUTPUTS, type_name).is_empty()
}

/// Whether an attribute that the type computes (`Fn::GetAtt` in CloudFormation) is a secret.
pub fn sensitive_output(type_name: &str, attribute: &str) -> bool {
    row(&SENSITIVE_OUTPUTS, type_name).contains(&attribute)
}

/// Whether an attribute of a data source is a secret wherever it is used. What is kept in Parameter Store need be none: AWS
/// keeps the ids of its images there.
/// <https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/secretsmanager_secret_version>
pub fn fetches_secret(type_name: &str, attribute: &str) -> bool {
    type_name == "aws_secretsmanager_secret_version" && matches!(attribute, "secret_string" | "secret_binary")
}

/// Whether a type makes a secret and hands it out.
pub fn makes_secret(type_name: &str) -> bool {
    handover::key(type_name).is_some() || !row(&SENSITIVE_OUTPUTS, type_name).is_empty()
}

/// The arguments of a Terraform backend that are credentials: in `backend "TYPE" {}`, in `cloud {}` (as `cloud`), in
/// `*.tfbackend` files, and below `config` in `data "terraform_remote_state"`.
pub fn backend_credentials(backend_type: &str) -> &'static [SensitivePath] {
    row(&BACKENDS, backend_type)
}

/// Whether a resource of this type is or makes a long-lived credential (or can, as `aws_cloudcontrolapi_resource`).
pub fn makes_credential(type_name: &str) -> bool {
    !CREDENTIAL_TYPES.sorted(type_name).is_empty()
}

/// Whether a provider signs in to AWS with `access_key`, `secret_key` and `token`.
#[must_use]
pub fn signs_in_to_aws(type_name: &str) -> bool {
    matches!(type_name, "provider.aws" | "provider.awscc")
}

/// Whether a variable of CodeBuild of this type holds the name of a place where the secret is kept.
/// <https://docs.aws.amazon.com/codebuild/latest/APIReference/API_EnvironmentVariable.html>
pub fn names_a_store(kind: &str) -> bool {
    matches!(kind, "SECRETS_MANAGER" | "PARAMETER_STORE")
}

/// Whether what becomes of a resource of this type depends on whom it is handed to.
#[must_use]
pub fn follows_elsewhere(type_name: &str) -> bool {
    rotation::secret(type_name).is_some()
        || compute::find(type_name).is_some_and(|kind| kind.role == compute::Role::LaunchTemplate)
}

/// Whether any table knows the type. A type that none knows can still carry a literal that is a secret by its form.
pub fn is_relevant(type_name: &str) -> bool {
    is_relevant_by_default(type_name) || is_judged_bare(type_name)
}

/// The same without what only policies of the strict set look at.
fn is_relevant_by_default(type_name: &str) -> bool {
    is_judged_bare_by_default(type_name)
        || type_name == "terraform_remote_state"
        || type_name.strip_prefix("backend.").is_some_and(|backend| !backend_credentials(backend).is_empty())
        || !handover::places(type_name).is_empty()
        || type_name.starts_with("provider.")
        || !sensitive(type_name).is_empty()
        || !containers(type_name).is_empty()
        || !inline_code(type_name).is_empty()
}

/// Whether any table knows the type for more than what may be written in it: what is left out says something as well, or
/// that it is there at all.
fn is_judged_bare(type_name: &str) -> bool {
    is_judged_bare_by_default(type_name)
        || iam::is_relevant(type_name)
        || !rotation::reads(type_name).is_empty()
}

fn is_judged_bare_by_default(type_name: &str) -> bool {
    compute::find(type_name).is_some()
        || compute::image(type_name).is_some()
        || type_name == compute::METADATA_DEFAULTS
        || access_key::find(type_name).is_some()
        || credential::of(type_name).next().is_some()
        || instance_profile::role(type_name).is_some()
        || type_name == password_policy::TYPE
        || oversight::anchor(type_name).is_some()
        || oversight::watch(type_name).is_some()
        || makes_credential(type_name)
        || is_custom(type_name)
        || !row(&SENSITIVE_OUTPUTS, type_name).is_empty()
}

/// Whose questions the values of a run are to answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Breadth {
    /// Those of the default set of policies.
    #[default]
    Default,
    /// Those of all policies of keyless.
    Strict,
    /// Any: every attribute of every resource.
    Whole,
}

/// What is asked of each type that there is, looked up once.
#[derive(Debug, Default)]
pub struct Interest {
    breadth: Breadth,
    known: FxHashMap<Arc<str>, Of>,
}

/// What is known of types already, for whoever looks at some of them after others.
#[derive(Debug, Default)]
pub struct Known(Mutex<FxHashMap<Arc<str>, Of>>);

/// What is known of a type.
#[derive(Debug, Clone)]
struct Of {
    /// `None`: nobody asks for it.
    asked: Option<Arc<Asked>>,
    is_judged_by_arguments: bool,
}

/// What is asked of a type.
#[derive(Debug)]
struct Asked {
    reads: Option<Vec<&'static str>>,
    tells_at: Option<Vec<&'static str>>,
}

impl Asked {
    fn of(breadth: Breadth, type_name: &str) -> Self {
        Self { reads: breadth.reads(type_name), tells_at: breadth.tells_at(type_name) }
    }
}

impl Interest {
    /// Of these types, by whatever is asked of any.
    #[must_use]
    pub fn new<'t>(breadth: Breadth, types: impl Iterator<Item = &'t Arc<str>>) -> Self {
        Self::after(&Known::default(), breadth, types)
    }

    /// The same where some of these types, or others, were looked at before.
    #[must_use]
    pub fn after<'t>(known: &Known, breadth: Breadth, types: impl Iterator<Item = &'t Arc<str>>) -> Self {
        let mut these: FxHashMap<Arc<str>, Of> = FxHashMap::default();
        for type_name in types {
            if !these.contains_key(type_name) {
                these.insert(Arc::clone(type_name), known.of(type_name, breadth));
            }
        }
        Self { breadth, known: these }
    }

    #[must_use]
    pub fn breadth(&self) -> Breadth {
        self.breadth
    }

    #[must_use]
    pub fn keeps(&self, type_name: &str) -> bool {
        self.known.get(type_name).map_or_else(|| self.breadth.keeps(type_name), |of| of.asked.is_some())
    }

    /// As [`is_judged_by_arguments`].
    #[must_use]
    pub fn is_judged_by_arguments(&self, type_name: &str) -> bool {
        let known = self.known.get(type_name);
        known.map_or_else(|| is_judged_by_arguments(type_name), |of| of.is_judged_by_arguments)
    }

    /// As [`Breadth::reads`].
    #[must_use]
    pub fn reads(&self, type_name: &str) -> Option<Cow<'_, [&'static str]>> {
        match self.asked(type_name) {
            Some(asked) => asked.reads.as_deref().map(Cow::Borrowed),
            None => self.breadth.reads(type_name).map(Cow::Owned),
        }
    }

    /// Whether a resource of the type may tell anything, where only what `is_written` says is written in it.
    #[must_use]
    pub fn may_tell(&self, type_name: &str, is_written: impl Fn(&str) -> bool) -> bool {
        let any = |paths: Option<&[&'static str]>| {
            paths.is_none_or(|paths| paths.iter().any(|path| is_written(path)))
        };
        match self.asked(type_name) {
            Some(asked) => any(asked.tells_at.as_deref()),
            None => any(self.breadth.tells_at(type_name).as_deref()),
        }
    }

    fn asked(&self, type_name: &str) -> Option<&Asked> {
        self.known.get(type_name)?.asked.as_deref()
    }
}

impl Known {
    fn of(&self, type_name: &Arc<str>, breadth: Breadth) -> Of {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(of) = known.get(type_name) {
            return of.clone();
        }
        let asked = breadth.keeps(type_name).then(|| Arc::new(Asked::of(breadth, type_name)));
        let of = Of { asked, is_judged_by_arguments: is_judged_by_arguments(type_name) };
        known.insert(Arc::clone(type_name), of.clone());
        of
    }
}

impl Breadth {
    /// Whether anybody asks for resources of this type.
    #[must_use]
    pub fn keeps(self, type_name: &str) -> bool {
        match self {
            Self::Default => is_relevant_by_default(type_name),
            Self::Strict => is_relevant(type_name),
            Self::Whole => true,
        }
    }

    /// The attributes of a type that anybody asks for, without what is inside of them. Sorted; `None`: all.
    #[must_use]
    pub fn reads(self, type_name: &str) -> Option<Vec<&'static str>> {
        match self {
            // Of another provider the names of all arguments are looked at.
            Self::Default | Self::Strict
                if type_name.starts_with("provider.") && !signs_in_to_aws(type_name) =>
            {
                None
            }
            Self::Default => Some(reads::by_default(type_name)),
            Self::Strict => Some(reads(type_name)),
            Self::Whole => None,
        }
    }

    /// The paths at which something must be written, or else a resource of the type tells nothing. `None`: it may all the
    /// same.
    fn tells_at(self, type_name: &str) -> Option<Vec<&'static str>> {
        let is_bare = match self {
            Self::Default => is_judged_bare_by_default(type_name),
            Self::Strict => is_judged_bare(type_name),
            Self::Whole => true,
        };
        (!is_bare).then(|| reads::tells_at(type_name))
    }
}

#[cfg(test)]
mod tests;
