//! Types that launch EC2 instances or describe how others launch them: where each says its instance profile and its
//! metadata options, and which template or configuration supplies what it does not say.
//!
//! Paths are dotted and step through lists without naming them.

mod cloudformation;
mod renamed;
mod terraform;

use super::registry::Table;

/// Account and region defaults of the metadata options.
pub const METADATA_DEFAULTS: &str = "aws_ec2_instance_metadata_defaults";

/// Its attribute for session tokens.
pub const DEFAULT_TOKENS: &str = "http_tokens";

/// The options of Elastic Beanstalk, in each spelling: the list, and in it the namespace, the name and the value.
pub const SETTINGS: [(&str, [&str; 3]); 3] = [
    ("setting", ["namespace", "name", "value"]),
    ("OptionSettings", ["Namespace", "OptionName", "Value"]),
    ("option_settings", ["namespace", "option_name", "value"]),
];

/// Attributes of a launch template that say which version is its newest, and which its default one.
pub const NEWEST_VERSION: [&str; 3] = ["latest_version", "LatestVersionNumber", "latest_version_number"];
pub const DEFAULT_VERSION: [&str; 3] = ["default_version", "DefaultVersionNumber", "default_version_number"];

/// Of a Terraform launch template: each change of it becomes the default version.
pub const UPDATES_DEFAULT: &str = "update_default_version";

#[derive(Debug)]
pub struct ComputeType {
    pub type_name: &'static str,
    /// What people call it.
    pub kind: &'static str,
    pub role: Role,
    pub launches: &'static [Launch],
    /// A service chooses the image and fills in what is not said.
    pub managed: bool,
    /// Not judged where the attribute begins with one of these texts: it runs no instance of the account.
    pub except: Option<(&'static str, &'static [&'static str])>,
    /// The literal name that others refer to it by.
    pub name: Option<&'static str>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// Starts instances.
    Launches,
    LaunchTemplate,
    LaunchConfiguration,
    /// A security configuration of EMR.
    SecurityConfiguration,
}

/// One way in which a resource starts instances: each item at `at` is one.
#[derive(Debug)]
pub struct Launch {
    /// Empty: the resource itself.
    pub at: &'static str,
    pub profile: Profile,
    pub metadata: Metadata,
    pub template: Option<Reference>,
    /// Name of a launch or security configuration.
    pub configuration: Option<(&'static str, Role)>,
    /// The image, which may require session tokens where nothing else says a word.
    pub image: Option<&'static str>,
    /// An instance from which the rest is copied.
    pub copied_from: Option<&'static str>,
    /// Variants of the launch: what they say wins over the item's own, field by field.
    pub overrides: Option<&'static Launch>,
}

#[derive(Debug, Clone, Copy)]
pub enum Profile {
    /// Any of these; empty is absent.
    Paths(&'static [&'static str]),
    /// An Elastic Beanstalk option of this name.
    Setting(&'static str),
    /// Cannot be said here; only a template or configuration can.
    Nowhere,
    /// The service requires a role of its own, so that no profile is missing.
    Required,
}

#[derive(Debug, Clone, Copy)]
pub enum Metadata {
    /// Paths of the endpoint, the tokens and the hop limit.
    Options {
        endpoint: Option<&'static str>,
        tokens: &'static str,
        hop_limit: Option<&'static str>,
        block: &'static str,
        /// What is said of tokens is only sent where the endpoint is said to be on.
        needs_endpoint: bool,
    },
    /// The lowest metadata version: "1" or "2".
    MinimumVersion(&'static str),
    /// True: version 1 is off.
    Disabled(&'static str),
    /// An Elastic Beanstalk option of this name, true: version 1 is off.
    DisabledSetting(&'static str),
    /// The lowest metadata version, under this path of a JSON document.
    InDocument { document: &'static str, path: &'static str },
    /// Only a template or configuration can say it.
    Nowhere,
    /// The service makes the launch template itself, and nobody can say it.
    OfService,
}

/// How a launch names its launch template.
#[derive(Debug)]
pub struct Reference {
    pub at: &'static str,
    pub id: &'static str,
    pub name: &'static str,
    pub version: &'static str,
}

/// What Batch launches on instances that are not the account's to configure: by Fargate, or by ECS, whose provider has to be given
/// a profile and has no metadata options.
/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-batch-computeenvironment-managedinstancesprovider.html>
const BATCH_SERVICE: &[&str] = &["FARGATE", "ECS_MANAGED_INSTANCES"];

/// Says nothing itself; the base of the others.
const BARE: Launch = Launch {
    at: "",
    profile: Profile::Nowhere,
    metadata: Metadata::Nowhere,
    template: None,
    configuration: None,
    image: None,
    copied_from: None,
    overrides: None,
};

const fn launching(type_name: &'static str, kind: &'static str, launches: &'static [Launch]) -> ComputeType {
    ComputeType { type_name, kind, role: Role::Launches, launches, managed: false, except: None, name: None }
}

const fn managed(type_name: &'static str, kind: &'static str, launches: &'static [Launch]) -> ComputeType {
    ComputeType { type_name, kind, role: Role::Launches, launches, managed: true, except: None, name: None }
}

/// An EMR cluster: only its security configuration, a resource of its own, says it.
const fn emr(configuration: &'static str) -> Launch {
    Launch {
        profile: Profile::Required,
        configuration: Some((configuration, Role::SecurityConfiguration)),
        ..BARE
    }
}

/// A JSON document that clusters take their metadata options from.
/// <https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-create-security-configuration.html>
const fn emr_security(document: &'static str) -> Launch {
    const PATH: &str = "InstanceMetadataServiceConfiguration.MinimumInstanceMetadataServiceVersion";
    Launch { profile: Profile::Required, metadata: Metadata::InDocument { document, path: PATH }, ..BARE }
}

/// An Elastic Beanstalk environment or saved configuration, with what it may be copied from.
const fn beanstalk(copied_from: &'static str) -> Launch {
    Launch {
        profile: Profile::Setting("IamInstanceProfile"),
        metadata: Metadata::DisabledSetting("DisableIMDSv1"),
        copied_from: Some(copied_from),
        ..BARE
    }
}

/// How an image says where it comes from and whether what is launched from it must use session tokens.
#[derive(Debug)]
pub struct Image {
    pub type_name: &'static str,
    /// [`IMAGE_REQUIRES`] requires them of whatever says nothing else.
    /// <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-IMDS-new-instances.html>
    pub support: Option<&'static str>,
    /// The image or instance that it is made of, whose setting it keeps.
    pub from: Option<&'static str>,
}

/// What [`Image::support`] says where session tokens are required.
pub const IMAGE_REQUIRES: &str = "v2.0";

static IMAGES: [Image; 3] = [
    Image { type_name: "aws_ami", support: Some("imds_support"), from: None },
    Image { type_name: "aws_ami_copy", support: None, from: Some("source_ami_id") },
    Image { type_name: "aws_ami_from_instance", support: None, from: Some("source_instance_id") },
];

#[must_use]
pub fn image(type_name: &str) -> Option<&'static Image> {
    IMAGES.iter().find(|image| image.type_name == type_name)
}

#[must_use]
pub fn find(type_name: &str) -> Option<&'static ComputeType> {
    TERRAFORM.find(type_name).or_else(|| CLOUDFORMATION.find(type_name))
}

/// Whether a type is one of Terraform's provider `aws`.
#[must_use]
pub fn is_of_aws(type_name: &str) -> bool {
    TERRAFORM.find(type_name).is_some()
}

static TERRAFORM: Table<ComputeType> = Table::new(&terraform::TYPES);
static CLOUDFORMATION: Table<ComputeType> = Table::new(&cloudformation::TYPES);

/// Every type that is written in this part of the catalogue.
pub fn all() -> impl Iterator<Item = &'static ComputeType> {
    TERRAFORM.written().iter().chain(CLOUDFORMATION.written())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_stands_once_and_is_relevant() {
        for compute in all() {
            let same = all().filter(|other| other.type_name == compute.type_name).count();
            assert_eq!(same, 1, "{}", compute.type_name);
            assert!(crate::catalog::is_relevant(compute.type_name));
        }
        assert!(crate::catalog::is_relevant(METADATA_DEFAULTS));
    }

    #[test]
    fn templates_and_configurations_can_be_named() {
        for compute in all() {
            assert_eq!(compute.role != Role::Launches, compute.name.is_some(), "{}", compute.type_name);
        }
    }
}
