//! Which attributes of a type are looked at by anybody, so that no other needs a value.

use super::compute::{self, DEFAULT_TOKENS, Launch, METADATA_DEFAULTS, Metadata, Profile, SETTINGS};
use super::{
    Condition, access_key, containers, credential, handover, iam, inline_code, instance_profile, oversight,
    parameter, password_policy, repositories, sensitive,
};

/// The attributes and blocks of a type that this catalogue names anywhere, without what is inside of them. Sorted.
#[must_use]
pub fn reads(type_name: &str) -> Vec<&'static str> {
    let mut found = by_default(type_name);
    found.extend(iam::reads(type_name).into_iter().map(head));
    found.extend(super::rotation::reads(type_name).into_iter().map(head));
    if type_name.starts_with("provider.") {
        // Whose account it is.
        found.extend(["allowed_account_ids", "assume_role", "forbidden_account_ids"]);
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// The same without what only policies of the strict set look at.
pub(super) fn by_default(type_name: &str) -> Vec<&'static str> {
    // Of every resource: whose it is and where.
    let mut found = vec!["connection", "provider", "provisioner", "region"];
    if type_name == METADATA_DEFAULTS {
        found.push(DEFAULT_TOKENS);
    }
    if type_name == "terraform_remote_state" {
        found.extend(["backend", "config"]);
    }
    if type_name.starts_with("provider.") {
        // Whether it talks to an emulator.
        found.extend(["endpoints", "skip_credentials_validation"]);
    }
    if let Some(kind) = compute::find(type_name) {
        // No template makes an image.
        let with_image = !type_name.contains("::");
        found.extend(kind.launches.iter().flat_map(|one| launch(one, with_image)));
        found.extend(kind.except.map(|(path, _)| path));
        found.extend(kind.name);
        if kind.role == compute::Role::LaunchTemplate {
            found.push(compute::UPDATES_DEFAULT);
        }
    }
    if let Some(image) = compute::image(type_name) {
        found.extend(image.support);
        found.extend(image.from);
    }
    if let Some(kind) = access_key::find(type_name) {
        found.extend([kind.user, kind.status]);
        found.extend(kind.pgp_key);
        found.extend(kind.only_when.map(|(path, _)| path));
    }
    for kind in credential::of(type_name) {
        found.extend(kind.expires);
        if !kind.at.is_empty() {
            found.push(kind.at);
        }
        if kind.kind == credential::Kind::IamUser {
            found.extend(["name", "user_name"]);
        }
    }
    found.extend(instance_profile::roles(type_name));
    if type_name == password_policy::TYPE {
        found.extend([password_policy::LENGTH, password_policy::AGE]);
        found.extend(password_policy::KINDS);
    }
    found.extend(oversight::reads(type_name));
    for input in sensitive(type_name) {
        found.push(input.path);
        found.extend(input.instead);
        match input.condition {
            Condition::When { attribute, .. } | Condition::Unless { attribute, .. } => found.push(attribute),
            Condition::Always | Condition::UnlessFilePath | Condition::WhenPasswordInside => {}
        }
    }
    found.extend(containers(type_name));
    // What a single value is called stands beside it.
    found.extend(containers(type_name).iter().filter_map(|path| match *path {
        "value" => Some("name"),
        "Value" => Some("Name"),
        _ => None,
    }));
    found.extend(repositories(type_name));
    found.extend(inline_code(type_name));
    // A parameter's name tells what it holds.
    found.extend(parameter(type_name).into_iter().flat_map(|known| [known.name, known.kind]));
    for place in handover::places(type_name) {
        found.push(place.path);
        found.extend(place.store_when.map(|(attribute, _)| attribute));
    }
    let mut heads: Vec<_> = found.into_iter().map(head).collect();
    heads.sort_unstable();
    heads.dedup();
    heads
}

/// The paths at which texts of a resource are looked at for what they are.
pub(super) fn tells_at(type_name: &str) -> Vec<&'static str> {
    let mut found = vec!["connection", "provisioner"];
    if type_name == "terraform_remote_state" {
        found.push("config");
    }
    found.extend(sensitive(type_name).iter().map(|input| input.path));
    found.extend(containers(type_name));
    found.extend(repositories(type_name));
    found.extend(inline_code(type_name));
    found.extend(handover::places(type_name).iter().map(|place| place.path));
    found
}

fn head(path: &'static str) -> &'static str {
    path.split_once('.').map_or(path, |(head, _)| head)
}

/// What a launch says, where it is not inside a block of its own.
fn launch(launch: &Launch, with_image: bool) -> Vec<&'static str> {
    if !launch.at.is_empty() {
        return vec![launch.at];
    }
    let mut found = Vec::new();
    match launch.profile {
        Profile::Paths(paths) => found.extend(paths),
        Profile::Setting(_) => found.extend(SETTINGS.map(|(list, _)| list)),
        Profile::Nowhere | Profile::Required => {}
    }
    match launch.metadata {
        Metadata::Options { endpoint, tokens, hop_limit, block, needs_endpoint: _ } => {
            found.extend([tokens, block]);
            found.extend(endpoint);
            found.extend(hop_limit);
        }
        Metadata::MinimumVersion(path) | Metadata::Disabled(path) => found.push(path),
        Metadata::DisabledSetting(_) => found.extend(SETTINGS.map(|(list, _)| list)),
        Metadata::InDocument { document, .. } => found.push(document),
        Metadata::Nowhere | Metadata::OfService => {}
    }
    if let Some(reference) = &launch.template {
        if reference.at.is_empty() {
            found.extend([reference.id, reference.name, reference.version]);
        } else {
            found.push(reference.at);
        }
    }
    found.extend(launch.configuration.map(|(path, _)| path));
    found.extend(launch.image.filter(|_| with_image));
    found.extend(launch.copied_from);
    if let Some(variant) = launch.overrides {
        found.extend(self::launch(variant, with_image));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::reads;

    #[test]
    fn what_decides_is_read_and_the_rest_is_not() {
        let instance = reads("aws_instance");
        for wanted in ["iam_instance_profile", "launch_template", "metadata_options", "region", "user_data"] {
            assert!(instance.contains(&wanted), "{wanted}");
        }
        assert!(!instance.contains(&"tags") && !instance.contains(&"subnet_id"));
        assert_eq!(
            reads("aws_elastic_beanstalk_environment").iter().filter(|name| **name == "setting").count(),
            1
        );
        assert!(reads("aws_ssm_parameter").contains(&"type"));
    }
}
