//! CloudFormation's types. Source: the registry of 2026-10-20.

use super::{
    BARE, BATCH_SERVICE, ComputeType, Launch, Metadata, Profile, Reference, Role, beanstalk, emr,
    emr_security, launching, managed,
};

const CFN_METADATA: Metadata = Metadata::Options {
    endpoint: Some("MetadataOptions.HttpEndpoint"),
    tokens: "MetadataOptions.HttpTokens",
    hop_limit: Some("MetadataOptions.HttpPutResponseHopLimit"),
    block: "MetadataOptions",
    needs_endpoint: false,
};
const CFN_TEMPLATE_METADATA: Metadata = Metadata::Options {
    endpoint: Some("LaunchTemplateData.MetadataOptions.HttpEndpoint"),
    tokens: "LaunchTemplateData.MetadataOptions.HttpTokens",
    hop_limit: Some("LaunchTemplateData.MetadataOptions.HttpPutResponseHopLimit"),
    block: "LaunchTemplateData.MetadataOptions",
    needs_endpoint: false,
};

const fn cfn_reference(at: &'static str) -> Option<Reference> {
    Some(Reference { at, id: "LaunchTemplateId", name: "LaunchTemplateName", version: "Version" })
}

const APPSTREAM: Launch =
    Launch { profile: Profile::Required, metadata: Metadata::Disabled("DisableIMDSV1"), ..BARE };

pub(super) static TYPES: [ComputeType; 20] = [
    launching(
        "AWS::EC2::Instance",
        "instance",
        &[Launch {
            profile: Profile::Paths(&["IamInstanceProfile"]),
            metadata: CFN_METADATA,
            template: cfn_reference("LaunchTemplate"),
            image: Some("ImageId"),
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
            image: Some("LaunchTemplateData.ImageId"),
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
            image: Some("ImageId"),
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
                configuration: Some(("LaunchConfigurationName", Role::LaunchConfiguration)),
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
                image: Some("ImageId"),
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
    managed(
        "AWS::PCS::ComputeNodeGroup",
        "PCS compute node group",
        &[Launch {
            profile: Profile::Required,
            template: Some(Reference {
                at: "CustomLaunchTemplate",
                id: "TemplateId",
                name: "TemplateName",
                version: "Version",
            }),
            ..BARE
        }],
    ),
    ComputeType {
        except: Some(("ComputeResources.Type", BATCH_SERVICE)),
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
                needs_endpoint: false,
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
    managed("AWS::EMR::Cluster", "EMR cluster", &[emr("SecurityConfiguration")]),
    ComputeType {
        role: Role::SecurityConfiguration,
        name: Some("Name"),
        ..managed(
            "AWS::EMR::SecurityConfiguration",
            "EMR security configuration",
            &[emr_security("SecurityConfiguration")],
        )
    },
    managed(
        "AWS::BedrockAgentCore::CapacityProvider",
        "AgentCore capacity provider",
        &[Launch {
            at: "ComputeConfiguration.Ec2Configuration.LaunchTemplateSource.LaunchParameters",
            profile: Profile::Paths(&["InstanceProfileArn"]),
            metadata: Metadata::OfService,
            ..BARE
        }],
    ),
];
