//! What becomes of what is deployed when Terraform finds an attribute changed: the blast radius of a fix.
//!
//! Source: the resources of hashicorp/aws (`internal/service/…`: `ForceNew` in schemas, `CustomizeDiff`, the update
//! functions) and AWS's documentation where a service does the rest. What is in no row is not known.

use super::kept::Version;

/// What an update does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// Without an interruption.
    InPlace,
    /// With a restart, or by other instances in the place of those that run.
    Restart,
    /// Deleted and created anew.
    Replacement,
}

/// What is changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    MetadataOptions,
    Profile,
}

#[derive(Debug)]
pub struct Consequence {
    pub type_name: &'static str,
    pub part: Part,
    pub change: Change,
    /// In a sentence without a full stop.
    pub because: &'static str,
}

/// The first version of hashicorp/aws that has the block for metadata options of a type (`CHANGELOG.md`).
#[must_use]
pub fn metadata_options_since(type_name: &str) -> Option<Version> {
    match type_name {
        "aws_instance" | "aws_launch_template" => Some((2, 55, 0)),
        "aws_launch_configuration" => Some((3, 22, 0)),
        "aws_imagebuilder_infrastructure_configuration" => Some((4, 11, 0)),
        "aws_sagemaker_notebook_instance" => Some((4, 20, 0)),
        _ => None,
    }
}

const fn on(type_name: &'static str, part: Part, change: Change, because: &'static str) -> Consequence {
    Consequence { type_name, part, change, because }
}

const NEW_VERSION: &str =
    "a launch template gets a new version, and what was launched from an older one stays as it is";

static CONSEQUENCES: &[Consequence] = &[
    // ec2_instance.go: `ModifyInstanceMetadataOptions` on update, no `ForceNew`.
    on(
        "aws_instance",
        Part::MetadataOptions,
        Change::InPlace,
        "metadata options are modified while the instance runs, and can be modified back",
    ),
    // ec2_instance.go: `AssociateIamInstanceProfile`, or the replacement of the association, on update.
    on(
        "aws_instance",
        Part::Profile,
        Change::InPlace,
        "a profile is associated with the instance while it runs",
    ),
    // ec2_launch_template.go: `CreateLaunchTemplateVersion` on update.
    // <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/manage-launch-template-versions.html>
    on("aws_launch_template", Part::MetadataOptions, Change::InPlace, NEW_VERSION),
    on("aws_launch_template", Part::Profile, Change::InPlace, NEW_VERSION),
    // autoscaling/launch_configuration.go: `ForceNew` on every argument, and no update function.
    on(
        "aws_launch_configuration",
        Part::MetadataOptions,
        Change::Replacement,
        "a launch configuration cannot be changed: another one is made in its place",
    ),
    on(
        "aws_launch_configuration",
        Part::Profile,
        Change::Replacement,
        "a launch configuration cannot be changed: another one is made in its place",
    ),
    // ec2_spot_instance_request.go: `ForceNew` on all but tags.
    on(
        "aws_spot_instance_request",
        Part::Profile,
        Change::Replacement,
        "a spot request cannot be changed: another one is made, with an instance of its own",
    ),
    // sagemaker/notebook_instance.go: stopped, updated and started again on any change but tags.
    on(
        "aws_sagemaker_notebook_instance",
        Part::MetadataOptions,
        Change::Restart,
        "a notebook instance is stopped, updated and started again",
    ),
    // imagebuilder/infrastructure_configuration.go: `UpdateInfrastructureConfiguration`.
    on(
        "aws_imagebuilder_infrastructure_configuration",
        Part::MetadataOptions,
        Change::InPlace,
        "the configuration is updated in place, and holds for builds that start afterwards",
    ),
    // elasticbeanstalk/environment.go: `UpdateEnvironment`.
    // <https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/using-features.managing.ec2.html>: "This change requires
    // replacement of all instances."
    on(
        "aws_elastic_beanstalk_environment",
        Part::MetadataOptions,
        Change::Restart,
        "Elastic Beanstalk replaces all instances of the environment",
    ),
    on(
        "aws_elastic_beanstalk_environment",
        Part::Profile,
        Change::Restart,
        "Elastic Beanstalk replaces all instances of the environment",
    ),
    // elasticbeanstalk/configuration_template.go: `UpdateConfigurationTemplate`.
    on(
        "aws_elastic_beanstalk_configuration_template",
        Part::MetadataOptions,
        Change::InPlace,
        "the saved configuration is updated in place",
    ),
    on(
        "aws_elastic_beanstalk_configuration_template",
        Part::Profile,
        Change::InPlace,
        "the saved configuration is updated in place",
    ),
    // emr/security_configuration.go: `ForceNew` on every argument, and no update function.
    on(
        "aws_emr_security_configuration",
        Part::MetadataOptions,
        Change::Replacement,
        "a security configuration cannot be changed: another one is made in its place, for clusters that start afterwards",
    ),
    // iam/instance_profile.go: the role is removed from the profile and another one added on update.
    on("aws_iam_instance_profile", Part::Profile, Change::InPlace, "a role is added to the profile in place"),
];

#[must_use]
pub fn consequence(type_name: &str, part: Part) -> Option<&'static Consequence> {
    CONSEQUENCES.iter().find(|known| known.type_name == type_name && known.part == part)
}

/// What becomes of a resource when the launch template that it launches from gets a new version which it follows, where
/// that is more than that its next launches differ.
///
/// - `aws_instance`: `CustomizeDiff` forces a new instance where the version of its template is another one than it was
///   launched with (`ec2_instance.go`).
/// - `aws_autoscaling_group`: only its next launches differ, unless it has an `instance_refresh`
///   (<https://docs.aws.amazon.com/autoscaling/ec2/userguide/asg-instance-refresh.html>).
/// - of others it is not known here.
#[must_use]
pub fn follows_template(type_name: &str, refreshes: bool) -> Option<(Change, &'static str)> {
    match (type_name, refreshes) {
        ("aws_instance", _) => Some((
            Change::Replacement,
            "follows the newest version of the template, and is created anew for it",
        )),
        ("aws_autoscaling_group", false) => None,
        ("aws_autoscaling_group", true) => {
            Some((Change::Restart, "refreshes its instances for a new version of the template"))
        }
        (_, _) => {
            Some((Change::Restart, "follows the newest version of the template, and may replace what runs"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::compute::{self, Metadata};

    /// What can be said of a resource of Terraform has a consequence.
    #[test]
    fn every_metadata_option_has_a_consequence() {
        for kind in compute::all().filter(|kind| kind.type_name.starts_with("aws_")) {
            let says = kind.launches.iter().any(|launch| !matches!(launch.metadata, Metadata::Nowhere));
            assert_eq!(
                consequence(kind.type_name, Part::MetadataOptions).is_some(),
                says,
                "{}",
                kind.type_name
            );
        }
    }
}
