//! How a resource's own language says what it leaves unsaid; for help texts.

use super::place::last;
use crate::catalog::compute::{ComputeType, Launch, Metadata, Profile, Role};
use crate::model::Frontend;

/// The first launch, or variant of one, for which the question can be answered.
fn first<T>(kind: &ComputeType, ask: impl Fn(&Launch) -> Option<T>) -> Option<T> {
    kind.launches.iter().find_map(|launch| ask(launch).or_else(|| launch.overrides.and_then(&ask)))
}

fn is_terraform(frontend: Frontend) -> bool {
    match frontend {
        Frontend::Terraform | Frontend::Plan => true,
        Frontend::CloudFormation | Frontend::Cdk => false,
    }
}

fn assign(frontend: Frontend, name: &str, value: &str) -> String {
    if is_terraform(frontend) { format!("`{name} = \"{value}\"`") } else { format!("`{name}: {value}`") }
}

/// What says it where the account's default does.
pub(crate) fn account(assumed: bool) -> &'static str {
    if assumed {
        "the account's default, which `imds.account-default` of the configuration vouches for, requires"
    } else {
        "the account's metadata defaults require"
    }
}

/// How to require session tokens here.
pub(crate) fn tokens(kind: &ComputeType, frontend: Frontend) -> String {
    let own = first(kind, |launch| match launch.metadata {
        Metadata::Options { tokens, block, endpoint, needs_endpoint, .. } => {
            let endpoint = endpoint.filter(|_| needs_endpoint);
            let endpoint = endpoint
                .map(|endpoint| format!(" and {}", assign(frontend, last(endpoint), "enabled")))
                .unwrap_or_default();
            Some(format!("{}{endpoint} in `{}`", assign(frontend, last(tokens), "required"), last(block)))
        }
        Metadata::MinimumVersion(path) => Some(assign(frontend, last(path), "2")),
        Metadata::Disabled(path) => Some(assign(frontend, last(path), "true")),
        Metadata::DisabledSetting(name) => Some(format!("the option `{name}` to \"true\"")),
        Metadata::InDocument { path, .. } => Some(format!("`{}` to 2", last(path))),
        Metadata::Nowhere | Metadata::OfService => None,
    });
    let own = own.or_else(|| {
        let (_, role) = first(kind, |launch| launch.configuration)?;
        let is_secured = role == Role::SecurityConfiguration;
        is_secured.then(|| {
            "`MinimumInstanceMetadataServiceVersion` to 2 in a security configuration of its own".to_owned()
        })
    });
    let name = if is_terraform(frontend) { "http_tokens" } else { "HttpTokens" };
    own.unwrap_or_else(|| format!("{} in the launch template", assign(frontend, name, "required")))
}

/// How to give a profile here.
pub(crate) fn profile(kind: &ComputeType, frontend: Frontend) -> String {
    let own = first(kind, |launch| match launch.profile {
        Profile::Paths(paths) => paths.first().map(|path| {
            let inside = [".name", ".Name", ".arn", ".Arn"];
            format!("`{}`", last(inside.iter().find_map(|name| path.strip_suffix(name)).unwrap_or(path)))
        }),
        Profile::Setting(name) => Some(format!("the option `{name}`")),
        Profile::Nowhere | Profile::Required => None,
    });
    let name = if is_terraform(frontend) { "iam_instance_profile" } else { "IamInstanceProfile" };
    own.unwrap_or_else(|| format!("`{name}` in the launch template"))
}
