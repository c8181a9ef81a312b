//! Types that launch EC2 instances or describe how others launch them: where each says its instance profile and its
//! metadata options, and which template or configuration supplies what it does not say.
//!
//! Paths are dotted and step through lists without naming them. Sources: the schema of hashicorp/aws 6.66.0 and the
//! CloudFormation registry of 2026-10-20.

/// Account and region defaults of the metadata options.
pub const METADATA_DEFAULTS: &str = "aws_ec2_instance_metadata_defaults";

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
}

/// One way in which a resource starts instances: each item at `at` is one.
#[derive(Debug)]
pub struct Launch {
    /// Empty: the resource itself.
    pub at: &'static str,
    pub profile: Profile,
    pub metadata: Metadata,
    pub template: Option<Reference>,
    /// Name of a launch configuration.
    pub configuration: Option<&'static str>,
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
    },
    /// The lowest metadata version: "1" or "2".
    MinimumVersion(&'static str),
    /// True: version 1 is off.
    Disabled(&'static str),
    /// An Elastic Beanstalk option of this name, true: version 1 is off.
    DisabledSetting(&'static str),
    /// Only a template or configuration can say it.
    Nowhere,
}

/// How a launch names its launch template.
#[derive(Debug)]
pub struct Reference {
    pub at: &'static str,
    pub id: &'static str,
    pub name: &'static str,
    pub version: &'static str,
}

const TF_METADATA: Metadata = Metadata::Options {
    endpoint: Some("metadata_options.http_endpoint"),
    tokens: "metadata_options.http_tokens",
    hop_limit: Some("metadata_options.http_put_response_hop_limit"),
    block: "metadata_options",
};
const CFN_METADATA: Metadata = Metadata::Options {
    endpoint: Some("MetadataOptions.HttpEndpoint"),
    tokens: "MetadataOptions.HttpTokens",
    hop_limit: Some("MetadataOptions.HttpPutResponseHopLimit"),
    block: "MetadataOptions",
};
const CFN_TEMPLATE_METADATA: Metadata = Metadata::Options {
    endpoint: Some("LaunchTemplateData.MetadataOptions.HttpEndpoint"),
    tokens: "LaunchTemplateData.MetadataOptions.HttpTokens",
    hop_limit: Some("LaunchTemplateData.MetadataOptions.HttpPutResponseHopLimit"),
    block: "LaunchTemplateData.MetadataOptions",
};

/// Says nothing itself; the base of the others.
const BARE: Launch = Launch {
    at: "",
    profile: Profile::Nowhere,
    metadata: Metadata::Nowhere,
    template: None,
    configuration: None,
    copied_from: None,
    overrides: None,
};

const fn tf_reference(at: &'static str) -> Option<Reference> {
    Some(Reference { at, id: "id", name: "name", version: "version" })
}

const fn tf_long_reference(at: &'static str) -> Option<Reference> {
    Some(Reference { at, id: "launch_template_id", name: "launch_template_name", version: "version" })
}

const fn cfn_reference(at: &'static str) -> Option<Reference> {
    Some(Reference { at, id: "LaunchTemplateId", name: "LaunchTemplateName", version: "Version" })
}

const fn launching(type_name: &'static str, kind: &'static str, launches: &'static [Launch]) -> ComputeType {
    ComputeType { type_name, kind, role: Role::Launches, launches, managed: false, except: None, name: None }
}

const fn managed(type_name: &'static str, kind: &'static str, launches: &'static [Launch]) -> ComputeType {
    ComputeType { type_name, kind, role: Role::Launches, launches, managed: true, except: None, name: None }
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

static TYPES: [ComputeType; 29] = [
    launching(
        "aws_instance",
        "instance",
        &[Launch {
            profile: Profile::Paths(&["iam_instance_profile"]),
            metadata: TF_METADATA,
            template: tf_reference("launch_template"),
            ..BARE
        }],
    ),
    // RequestSpotInstances takes neither metadata options nor a template: the provider drops both without a word.
    launching(
        "aws_spot_instance_request",
        "spot instance request",
        &[Launch { profile: Profile::Paths(&["iam_instance_profile"]), ..BARE }],
    ),
    ComputeType {
        type_name: "aws_launch_template",
        kind: "launch template",
        role: Role::LaunchTemplate,
        launches: &[Launch {
            profile: Profile::Paths(&["iam_instance_profile.name", "iam_instance_profile.arn"]),
            metadata: TF_METADATA,
            ..BARE
        }],
        managed: false,
        except: None,
        name: Some("name"),
    },
    ComputeType {
        type_name: "aws_launch_configuration",
        kind: "launch configuration",
        role: Role::LaunchConfiguration,
        launches: &[Launch {
            profile: Profile::Paths(&["iam_instance_profile"]),
            metadata: TF_METADATA,
            ..BARE
        }],
        managed: false,
        except: None,
        name: Some("name"),
    },
    launching(
        "aws_autoscaling_group",
        "auto scaling group",
        &[
            Launch {
                template: tf_reference("launch_template"),
                configuration: Some("launch_configuration"),
                ..BARE
            },
            Launch {
                at: "mixed_instances_policy.launch_template",
                template: tf_long_reference("launch_template_specification"),
                overrides: Some(&Launch {
                    at: "override",
                    template: tf_long_reference("launch_template_specification"),
                    ..BARE
                }),
                ..BARE
            },
        ],
    ),
    launching(
        "aws_spot_fleet_request",
        "spot fleet",
        &[
            Launch {
                at: "launch_specification",
                profile: Profile::Paths(&["iam_instance_profile", "iam_instance_profile_arn"]),
                ..BARE
            },
            Launch {
                at: "launch_template_config",
                template: tf_reference("launch_template_specification"),
                ..BARE
            },
        ],
    ),
    launching(
        "aws_ec2_fleet",
        "EC2 fleet",
        &[Launch {
            at: "launch_template_config",
            template: tf_long_reference("launch_template_specification"),
            ..BARE
        }],
    ),
    managed(
        "aws_eks_node_group",
        "EKS node group",
        &[Launch { profile: Profile::Required, template: tf_reference("launch_template"), ..BARE }],
    ),
    ComputeType {
        except: Some(("compute_resources.type", &["FARGATE"])),
        ..managed(
            "aws_batch_compute_environment",
            "Batch compute environment",
            &[Launch {
                at: "compute_resources",
                profile: Profile::Paths(&["instance_role"]),
                template: tf_long_reference("launch_template"),
                ..BARE
            }],
        )
    },
    launching(
        "aws_sagemaker_notebook_instance",
        "SageMaker notebook instance",
        &[Launch {
            profile: Profile::Required,
            metadata: Metadata::MinimumVersion(
                "instance_metadata_service_configuration.minimum_instance_metadata_service_version",
            ),
            ..BARE
        }],
    ),
    managed(
        "aws_imagebuilder_infrastructure_configuration",
        "Image Builder infrastructure configuration",
        &[Launch {
            profile: Profile::Required,
            metadata: Metadata::Options {
                endpoint: None,
                tokens: "instance_metadata_options.http_tokens",
                hop_limit: Some("instance_metadata_options.http_put_response_hop_limit"),
                block: "instance_metadata_options",
            },
            ..BARE
        }],
    ),
    managed(
        "aws_elastic_beanstalk_environment",
        "Elastic Beanstalk environment",
        &[beanstalk("template_name")],
    ),
    managed(
        "aws_elastic_beanstalk_configuration_template",
        "Elastic Beanstalk template",
        &[beanstalk("environment_id")],
    ),
    launching(
        "AWS::EC2::Instance",
        "instance",
        &[Launch {
            profile: Profile::Paths(&["IamInstanceProfile"]),
            metadata: CFN_METADATA,
            template: cfn_reference("LaunchTemplate"),
            ..BARE
        }],
    ),
    ComputeType {
        type_name: "AWS::EC2::LaunchTemplate",
        kind: "launch template",
        role: Role::LaunchTemplate,
        launches: &[Launch {
            profile: Profile::Paths(&[
                "LaunchTemplateData.IamInstanceProfile.Name",
                "LaunchTemplateData.IamInstanceProfile.Arn",
            ]),
            metadata: CFN_TEMPLATE_METADATA,
            ..BARE
        }],
        managed: false,
        except: None,
        name: Some("LaunchTemplateName"),
    },
    ComputeType {
        type_name: "AWS::AutoScaling::LaunchConfiguration",
        kind: "launch configuration",
        role: Role::LaunchConfiguration,
        launches: &[Launch {
            profile: Profile::Paths(&["IamInstanceProfile"]),
            metadata: CFN_METADATA,
            copied_from: Some("InstanceId"),
            ..BARE
        }],
        managed: false,
        except: None,
        name: Some("LaunchConfigurationName"),
    },
    launching(
        "AWS::AutoScaling::AutoScalingGroup",
        "auto scaling group",
        &[
            Launch {
                template: cfn_reference("LaunchTemplate"),
                configuration: Some("LaunchConfigurationName"),
                copied_from: Some("InstanceId"),
                ..BARE
            },
            Launch {
                at: "MixedInstancesPolicy.LaunchTemplate",
                template: cfn_reference("LaunchTemplateSpecification"),
                overrides: Some(&Launch {
                    at: "Overrides",
                    template: cfn_reference("LaunchTemplateSpecification"),
                    ..BARE
                }),
                ..BARE
            },
        ],
    ),
    launching(
        "AWS::EC2::EC2Fleet",
        "EC2 fleet",
        &[Launch {
            at: "LaunchTemplateConfigs",
            template: cfn_reference("LaunchTemplateSpecification"),
            overrides: Some(&Launch {
                at: "Overrides",
                profile: Profile::Paths(&["IamInstanceProfile.Arn", "IamInstanceProfile.Name"]),
                metadata: CFN_METADATA,
                ..BARE
            }),
            ..BARE
        }],
    ),
    launching(
        "AWS::EC2::SpotFleet",
        "spot fleet",
        &[
            Launch {
                at: "SpotFleetRequestConfigData.LaunchSpecifications",
                profile: Profile::Paths(&["IamInstanceProfile.Arn", "IamInstanceProfile.Name"]),
                ..BARE
            },
            Launch {
                at: "SpotFleetRequestConfigData.LaunchTemplateConfigs",
                template: cfn_reference("LaunchTemplateSpecification"),
                ..BARE
            },
        ],
    ),
    managed(
        "AWS::EKS::Nodegroup",
        "EKS node group",
        &[Launch {
            profile: Profile::Required,
            template: Some(Reference { at: "LaunchTemplate", id: "Id", name: "Name", version: "Version" }),
            ..BARE
        }],
    ),
    ComputeType {
        except: Some(("ComputeResources.Type", &["FARGATE"])),
        ..managed(
            "AWS::Batch::ComputeEnvironment",
            "Batch compute environment",
            &[Launch {
                at: "ComputeResources",
                profile: Profile::Paths(&["InstanceRole"]),
                template: cfn_reference("LaunchTemplate"),
                ..BARE
            }],
        )
    },
    launching(
        "AWS::WorkspacesInstances::WorkspaceInstance",
        "WorkSpaces instance",
        &[Launch {
            at: "ManagedInstance",
            profile: Profile::Paths(&["IamInstanceProfile.Arn", "IamInstanceProfile.Name"]),
            metadata: CFN_METADATA,
            ..BARE
        }],
    ),
    launching(
        "AWS::SageMaker::NotebookInstance",
        "SageMaker notebook instance",
        &[Launch {
            profile: Profile::Required,
            metadata: Metadata::MinimumVersion(
                "InstanceMetadataServiceConfiguration.MinimumInstanceMetadataServiceVersion",
            ),
            ..BARE
        }],
    ),
    managed(
        "AWS::ImageBuilder::InfrastructureConfiguration",
        "Image Builder infrastructure configuration",
        &[Launch {
            profile: Profile::Required,
            metadata: Metadata::Options {
                endpoint: None,
                tokens: "InstanceMetadataOptions.HttpTokens",
                hop_limit: Some("InstanceMetadataOptions.HttpPutResponseHopLimit"),
                block: "InstanceMetadataOptions",
            },
            ..BARE
        }],
    ),
    managed(
        "AWS::ElasticBeanstalk::Environment",
        "Elastic Beanstalk environment",
        &[beanstalk("TemplateName")],
    ),
    managed(
        "AWS::ElasticBeanstalk::ConfigurationTemplate",
        "Elastic Beanstalk template",
        &[beanstalk("SourceConfiguration")],
    ),
    managed("AWS::AppStream::Fleet", "AppStream fleet", &[APPSTREAM]),
    managed("AWS::AppStream::ImageBuilder", "AppStream image builder", &[APPSTREAM]),
    managed("AWS::AppStream::AppBlockBuilder", "AppStream app block builder", &[APPSTREAM]),
];

const APPSTREAM: Launch =
    Launch { profile: Profile::Required, metadata: Metadata::Disabled("DisableIMDSV1"), ..BARE };

#[must_use]
pub fn find(type_name: &str) -> Option<&'static ComputeType> {
    TYPES.iter().find(|compute| compute.type_name == type_name)
}

/// Every type of this part of the catalogue.
#[must_use]
pub fn all() -> &'static [ComputeType] {
    &TYPES
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_stands_once_and_is_relevant() {
        for compute in all() {
            let same = all().iter().filter(|other| other.type_name == compute.type_name).count();
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
