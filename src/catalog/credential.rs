//! Resources and attributes which, by being there, let somebody in for longer than a session: users, passwords, keys of
//! other kinds than access keys. Source: the schema of hashicorp/aws 6.66.0 and the registry of 2026-10-20.

use super::registry::{Table, row};
use schemars::JsonSchema;
use serde::Serialize;

/// What lets somebody in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    IamUser,
    ConsolePassword,
    /// An AKIA pair that Lightsail makes for a bucket.
    BucketKey,
    /// A password or API key for one service: CodeCommit, Keyspaces, Bedrock.
    ServiceCredential,
    SigningCertificate,
    /// An SSH key that an IAM user uploads for CodeCommit.
    UserSshKey,
    /// A key that a managed service hands to its clients.
    ServiceApiKey,
    /// CloudFront key pairs, which only the root user can make.
    RootKeyPair,
    /// A key pair for logging in to instances.
    InstanceKeyPair,
}

#[derive(Debug)]
pub struct CredentialType {
    pub type_name: &'static str,
    pub kind: Kind,
    /// The attribute that has to be set; empty: the resource is it.
    pub at: &'static str,
    /// Only this text there counts.
    pub text: Option<&'static str>,
    /// Set: it ends by itself.
    pub expires: Option<&'static str>,
}

const fn whole(type_name: &'static str, kind: Kind) -> CredentialType {
    CredentialType { type_name, kind, at: "", text: None, expires: None }
}

const fn set(type_name: &'static str, at: &'static str, kind: Kind) -> CredentialType {
    CredentialType { type_name, kind, at, text: None, expires: None }
}

const fn pair(type_name: &'static str, at: &'static str) -> CredentialType {
    set(type_name, at, Kind::InstanceKeyPair)
}

static CREDENTIALS: Table<CredentialType> = Table::new(&[
    whole("aws_iam_user", Kind::IamUser),
    whole("AWS::IAM::User", Kind::IamUser),
    whole("aws_iam_user_login_profile", Kind::ConsolePassword),
    set("AWS::IAM::User", "LoginProfile", Kind::ConsolePassword),
    whole("aws_lightsail_bucket_access_key", Kind::BucketKey),
    CredentialType {
        expires: Some("credential_age_days"),
        ..whole("aws_iam_service_specific_credential", Kind::ServiceCredential)
    },
    whole("aws_iam_signing_certificate", Kind::SigningCertificate),
    whole("aws_iam_user_ssh_key", Kind::UserSshKey),
    whole("aws_appsync_api_key", Kind::ServiceApiKey),
    whole("AWS::AppSync::ApiKey", Kind::ServiceApiKey),
    whole("aws_grafana_workspace_api_key", Kind::ServiceApiKey),
    whole("aws_grafana_workspace_service_account_token", Kind::ServiceApiKey),
    set("aws_cloudfront_distribution", "default_cache_behavior.trusted_signers", Kind::RootKeyPair),
    set("aws_cloudfront_distribution", "ordered_cache_behavior.trusted_signers", Kind::RootKeyPair),
    set(
        "AWS::CloudFront::Distribution",
        "DistributionConfig.DefaultCacheBehavior.TrustedSigners",
        Kind::RootKeyPair,
    ),
    set(
        "AWS::CloudFront::Distribution",
        "DistributionConfig.CacheBehaviors.TrustedSigners",
        Kind::RootKeyPair,
    ),
    whole("aws_key_pair", Kind::InstanceKeyPair),
    whole("AWS::EC2::KeyPair", Kind::InstanceKeyPair),
    pair("aws_instance", "key_name"),
    CredentialType { text: Some("true"), ..pair("aws_instance", "get_password_data") },
    pair("aws_spot_instance_request", "key_name"),
    pair("aws_launch_template", "key_name"),
    pair("aws_launch_configuration", "key_name"),
    pair("aws_spot_fleet_request", "launch_specification.key_name"),
    pair("aws_eks_node_group", "remote_access.ec2_ssh_key"),
    pair("aws_batch_compute_environment", "compute_resources.ec2_key_pair"),
    pair("aws_emr_cluster", "ec2_attributes.key_name"),
    pair("aws_lightsail_instance", "key_pair_name"),
    CredentialType { text: Some("CONNECT_SSH"), ..pair("aws_cloud9_environment_ec2", "connection_type") },
    pair("AWS::EC2::Instance", "KeyName"),
    pair("AWS::EC2::LaunchTemplate", "LaunchTemplateData.KeyName"),
    pair("AWS::AutoScaling::LaunchConfiguration", "KeyName"),
    pair("AWS::EC2::SpotFleet", "SpotFleetRequestConfigData.LaunchSpecifications.KeyName"),
    pair("AWS::EC2::EC2Fleet", "LaunchTemplateConfigs.Overrides.KeyName"),
    pair("AWS::EKS::Nodegroup", "RemoteAccess.Ec2SshKey"),
    pair("AWS::Batch::ComputeEnvironment", "ComputeResources.Ec2KeyPair"),
    pair("AWS::EMR::Cluster", "Instances.Ec2KeyName"),
    pair("AWS::Lightsail::Instance", "KeyPairName"),
    pair("AWS::WorkspacesInstances::WorkspaceInstance", "ManagedInstance.KeyName"),
    pair(
        "AWS::BedrockAgentCore::CapacityProvider",
        "ComputeConfiguration.Ec2Configuration.LaunchTemplateSource.LaunchParameters.SshKeyName",
    ),
    CredentialType { text: Some("CONNECT_SSH"), ..pair("AWS::Cloud9::EnvironmentEC2", "ConnectionType") },
    pair("AWS::ImageBuilder::InfrastructureConfiguration", "KeyPair"),
    pair("aws_imagebuilder_infrastructure_configuration", "key_pair"),
    pair("AWS::OpsWorks::Instance", "SshKeyName"),
    pair("AWS::OpsWorks::Stack", "DefaultSshKeyName"),
]);

row!(CredentialType: at, expires; kind, text);

/// What a type is or may hold of this kind.
pub fn of(type_name: &str) -> impl Iterator<Item = &'static CredentialType> {
    CREDENTIALS.of(type_name)
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_type_is_relevant_and_read() {
        for entry in super::CREDENTIALS.written() {
            assert!(crate::catalog::is_relevant(entry.type_name), "{}", entry.type_name);
            let head = entry.at.split('.').next().unwrap();
            assert!(head.is_empty() || crate::catalog::reads(entry.type_name).contains(&head), "{head}");
        }
    }
}
