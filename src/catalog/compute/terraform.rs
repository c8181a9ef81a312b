//! Terraform's types. Source: the schema of hashicorp/aws 6.66.0.

use super::{
    BARE, BATCH_SERVICE, ComputeType, Launch, Metadata, Profile, Reference, Role, beanstalk, emr,
    emr_security, launching, managed,
};

const TF_METADATA: Metadata = Metadata::Options {
    endpoint: Some("metadata_options.http_endpoint"),
    tokens: "metadata_options.http_tokens",
    hop_limit: Some("metadata_options.http_put_response_hop_limit"),
    block: "metadata_options",
    needs_endpoint: false,
};

/// `autoscaling/launch_configuration.go`, `expandInstanceMetadataOptions`: `http_tokens` is sent only where `http_endpoint` is
/// `enabled`, which has no default (optional and computed). Of an instance it is `enabled` by default, and launch templates
/// send each by itself since 4.60 (<https://github.com/hashicorp/terraform-provider-aws/pull/30107>); before, AWS refused them.
const TF_CONFIGURATION_METADATA: Metadata = Metadata::Options {
    endpoint: Some("metadata_options.http_endpoint"),
    tokens: "metadata_options.http_tokens",
    hop_limit: Some("metadata_options.http_put_response_hop_limit"),
    block: "metadata_options",
    needs_endpoint: true,
};

const fn tf_reference(at: &'static str) -> Option<Reference> {
    Some(Reference { at, id: "id", name: "name", version: "version" })
}

const fn tf_long_reference(at: &'static str) -> Option<Reference> {
    Some(Reference { at, id: "launch_template_id", name: "launch_template_name", version: "version" })
}

pub(super) static TYPES: [ComputeType; 15] = [
    launching(
        "aws_instance",
        "instance",
        &[Launch {
            profile: Profile::Paths(&["iam_instance_profile"]),
            metadata: TF_METADATA,
            template: tf_reference("launch_template"),
            image: Some("ami"),
            ..BARE
        }],
    ),
    // RequestSpotInstances takes neither metadata options nor a template: the provider drops both without a word.
    launching(
        "aws_spot_instance_request",
        "spot instance request",
        &[Launch { profile: Profile::Paths(&["iam_instance_profile"]), image: Some("ami"), ..BARE }],
    ),
    ComputeType {
        type_name: "aws_launch_template",
        kind: "launch template",
        role: Role::LaunchTemplate,
        launches: &[Launch {
            profile: Profile::Paths(&["iam_instance_profile.name", "iam_instance_profile.arn"]),
            metadata: TF_METADATA,
            image: Some("image_id"),
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
            metadata: TF_CONFIGURATION_METADATA,
            image: Some("image_id"),
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
                configuration: Some(("launch_configuration", Role::LaunchConfiguration)),
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
                image: Some("ami"),
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
        except: Some(("compute_resources.type", BATCH_SERVICE)),
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
                needs_endpoint: false,
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
    managed("aws_emr_cluster", "EMR cluster", &[emr("security_configuration")]),
    ComputeType {
        role: Role::SecurityConfiguration,
        name: Some("name"),
        ..managed(
            "aws_emr_security_configuration",
            "EMR security configuration",
            &[emr_security("configuration")],
        )
    },
];
