//! What CloudFormation does to a deployed resource when a property of it changes.
//!
//! Source: the registry's schemas of 2026-10-20. A property among `createOnlyProperties`, or of a type without an update
//! handler, replaces the resource; one among `conditionalCreateOnlyProperties` may; every other is updated in place. Where AWS
//! says that the update interrupts what runs, the page stands beside the row.
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-update-behaviors.html>

/// What a change of a property does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Behaviour {
    InPlace,
    /// What runs is restarted, or replaced one after another.
    Interruption,
    /// It depends on what the resource is like whether it is replaced.
    MayReplace,
    Replacement,
    /// Changed as it is, but taking the change back does not bring back what was there.
    OneWay,
}

/// A property with its behaviour.
#[derive(Debug)]
pub struct Update {
    pub type_name: &'static str,
    /// The property, or what it begins with.
    pub property: &'static str,
    pub behaviour: Behaviour,
    /// What there is to know beside it, as a clause; empty: nothing.
    pub beside: &'static str,
}

const fn row(
    type_name: &'static str,
    property: &'static str,
    behaviour: Behaviour,
    beside: &'static str,
) -> Update {
    Update { type_name, property, behaviour, beside }
}

/// <https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/environments-updating.html>: changes of the launch configuration
/// replace all instances of the environment.
const BEANSTALK: &str = "Elastic Beanstalk replaces the instances of the environment";
const NEXT_VERSION: &str = "it becomes a new version of the template, for what is launched from then on";
const IN_STEPS: &str = "instances that run keep what they were launched with";
/// <https://docs.aws.amazon.com/appstream2/latest/APIReference/API_UpdateFleet.html>: of a fleet that runs it cannot be changed.
const STOPPED: &str = "a fleet that runs has to be stopped for it";

/// <https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html>,
/// <https://docs.aws.amazon.com/redshift/latest/mgmt/redshift-secrets-manager-integration.html>
const NEW_PASSWORD: &str =
    "but the service makes a new password, keeps it in Secrets Manager and forgets the one of today";
/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-secretsmanager-secret.html>
const NEW_VALUE: &str =
    "but Secrets Manager makes a new value, and keeps that of today as the previous version alone";

/// `SecurityConfiguration` of a cluster is among its `createOnlyProperties`.
const CLUSTERS: &str = "clusters that name it are replaced as well";

/// Sorted by type and property.
static UPDATES: [Update; 38] = [
    row("AWS::AppStream::AppBlockBuilder", "DisableIMDSV1", Behaviour::InPlace, ""),
    row("AWS::AppStream::Fleet", "DisableIMDSV1", Behaviour::Interruption, STOPPED),
    row("AWS::AppStream::ImageBuilder", "DisableIMDSV1", Behaviour::Replacement, ""),
    row("AWS::AutoScaling::LaunchConfiguration", "IamInstanceProfile", Behaviour::Replacement, IN_STEPS),
    row("AWS::AutoScaling::LaunchConfiguration", "MetadataOptions", Behaviour::Replacement, IN_STEPS),
    row("AWS::Batch::ComputeEnvironment", "ComputeResources.InstanceRole", Behaviour::MayReplace, ""),
    row("AWS::BedrockAgentCore::CapacityProvider", "ComputeConfiguration", Behaviour::Replacement, ""),
    row("AWS::DocDB::DBCluster", "ManageMasterUserPassword", Behaviour::OneWay, NEW_PASSWORD),
    row("AWS::EC2::EC2Fleet", "LaunchTemplateConfigs", Behaviour::Replacement, ""),
    row("AWS::EC2::Instance", "IamInstanceProfile", Behaviour::InPlace, ""),
    row("AWS::EC2::Instance", "LaunchTemplate", Behaviour::Replacement, ""),
    // <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-ec2-instance-metadataoptions.html>
    row("AWS::EC2::Instance", "MetadataOptions", Behaviour::InPlace, ""),
    row("AWS::EC2::LaunchTemplate", "LaunchTemplateData", Behaviour::InPlace, NEXT_VERSION),
    row("AWS::EC2::SpotFleet", "SpotFleetRequestConfigData.LaunchSpecifications", Behaviour::Replacement, ""),
    row("AWS::EMR::SecurityConfiguration", "SecurityConfiguration", Behaviour::Replacement, CLUSTERS),
    row("AWS::ElasticBeanstalk::ConfigurationTemplate", "OptionSettings", Behaviour::InPlace, ""),
    row("AWS::ElasticBeanstalk::Environment", "OptionSettings", Behaviour::Interruption, BEANSTALK),
    row("AWS::IAM::InstanceProfile", "Roles", Behaviour::InPlace, ""),
    row("AWS::IAM::Role", "MaxSessionDuration", Behaviour::InPlace, ""),
    row("AWS::ImageBuilder::InfrastructureConfiguration", "InstanceMetadataOptions", Behaviour::InPlace, ""),
    row("AWS::RDS::DBCluster", "ManageMasterUserPassword", Behaviour::OneWay, NEW_PASSWORD),
    row("AWS::RDS::DBCluster", "MasterUserPassword", Behaviour::InPlace, ""),
    row("AWS::RDS::DBInstance", "ManageMasterUserPassword", Behaviour::OneWay, NEW_PASSWORD),
    row("AWS::RDS::DBInstance", "MasterUserPassword", Behaviour::InPlace, ""),
    row("AWS::Redshift::Cluster", "ManageMasterPassword", Behaviour::OneWay, NEW_PASSWORD),
    row("AWS::RedshiftServerless::Namespace", "ManageAdminPassword", Behaviour::OneWay, NEW_PASSWORD),
    row("AWS::RolesAnywhere::Profile", "DurationSeconds", Behaviour::InPlace, ""),
    row("AWS::SSO::PermissionSet", "SessionDuration", Behaviour::InPlace, ""),
    // <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-sagemaker-notebookinstance-instancemetadataserviceconfiguration.html>
    row("AWS::SageMaker::NotebookInstance", "InstanceMetadataServiceConfiguration", Behaviour::InPlace, ""),
    row("AWS::SecretsManager::Secret", "GenerateSecretString", Behaviour::OneWay, NEW_VALUE),
    row("AWS::WorkspacesInstances::WorkspaceInstance", "ManagedInstance", Behaviour::Replacement, ""),
    // What a new version of a launch template, or another launch configuration, does to what is launched from it.
    // <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-updatepolicy.html>
    row("launched:AWS::AutoScaling::AutoScalingGroup", "", Behaviour::Interruption, ""),
    row("launched:AWS::Batch::ComputeEnvironment", "", Behaviour::MayReplace, ""),
    row("launched:AWS::EC2::EC2Fleet", "", Behaviour::Replacement, ""),
    row("launched:AWS::EC2::Instance", "", Behaviour::Replacement, ""),
    // `LaunchTemplateConfigs` is among its `createOnlyProperties`.
    row("launched:AWS::EC2::SpotFleet", "", Behaviour::Replacement, ""),
    // <https://docs.aws.amazon.com/eks/latest/userguide/managed-node-update-behavior.html>
    row("launched:AWS::EKS::Nodegroup", "", Behaviour::Interruption, ""),
    row("launched:AWS::PCS::ComputeNodeGroup", "", Behaviour::Interruption, ""),
];

/// What a change of a property does; `None`: not known here.
#[must_use]
pub fn of(type_name: &str, path: &str) -> Option<&'static Update> {
    let covers = |property: &str| {
        path.strip_prefix(property).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    UPDATES.iter().find(|update| update.type_name == type_name && covers(update.property))
}

/// What a new version of a launch template does to what takes it.
#[must_use]
pub fn of_launched(type_name: &str) -> Option<Behaviour> {
    let is_it = |update: &&Update| update.type_name.strip_prefix("launched:") == Some(type_name);
    UPDATES.iter().find(is_it).map(|update| update.behaviour)
}

/// Where a database's service does not make and keep the password of its master.
/// <https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html#rds-secrets-manager-limitations>
/// <https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/rds-secrets-manager.html#rds-secrets-manager-limitations>
#[derive(Debug)]
pub struct KeptLimits {
    pub type_name: &'static str,
    /// A property that is set, with the text that its value begins with.
    pub not_with: &'static [(&'static str, &'static str)],
    /// What it is called by in AWS.
    pub identifier: &'static str,
    /// Properties of others that name it as their source. SQL Server's may have such.
    pub named_by: &'static [&'static str],
}

static KEPT_LIMITS: [KeptLimits; 3] = [
    KeptLimits {
        type_name: "AWS::DocDB::DBCluster",
        not_with: &[("GlobalClusterIdentifier", "")],
        identifier: "DBClusterIdentifier",
        named_by: &["SourceDBClusterIdentifier"],
    },
    KeptLimits {
        type_name: "AWS::RDS::DBCluster",
        not_with: &[
            ("GlobalClusterIdentifier", ""),
            ("ReplicationSourceIdentifier", ""),
            ("EngineMode", "serverless"),
        ],
        identifier: "DBClusterIdentifier",
        named_by: &["SourceDBClusterIdentifier", "ReplicationSourceIdentifier"],
    },
    KeptLimits {
        type_name: "AWS::RDS::DBInstance",
        not_with: &[
            ("SourceDBInstanceIdentifier", ""),
            ("SourceDBClusterIdentifier", ""),
            ("Engine", "custom-"),
        ],
        identifier: "DBInstanceIdentifier",
        named_by: &["SourceDBInstanceIdentifier", "ReplicationSourceIdentifier"],
    },
];

#[must_use]
pub fn kept_limits(type_name: &str) -> Option<&'static KeptLimits> {
    KEPT_LIMITS.iter().find(|limits| limits.type_name == type_name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_sorted_and_stand_once() {
        let keys: Vec<_> = UPDATES.iter().map(|update| (update.type_name, update.property)).collect();
        assert!(keys.is_sorted_by(|a, b| a < b), "{keys:?}");
    }

    #[test]
    fn a_property_covers_what_is_inside_of_it() {
        let of = |path| of("AWS::EC2::Instance", path).map(|update| update.behaviour);
        assert_eq!(of("MetadataOptions.HttpTokens"), Some(Behaviour::InPlace));
        assert_eq!(of("MetadataOptionsOther"), None);
        assert_eq!(of("LaunchTemplate.Version"), Some(Behaviour::Replacement));
    }
}
