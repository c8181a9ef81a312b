//! Access keys that are handed on: which attributes are their secret half, under which names programs look for them, and
//! where they may be put.

use super::registry::{Renamed, Row, Table, row};

/// A type that makes an access key, with the attributes that give its secret half away.
#[derive(Debug)]
pub struct Key {
    pub type_name: &'static str,
    /// In clear.
    pub secret: &'static [&'static str],
    /// Encrypted for somebody: a long-lived key all the same.
    pub encrypted: &'static [&'static str],
}

static KEYS: Table<Key> = Table::new(&[
    Key {
        type_name: "aws_iam_access_key",
        secret: &["secret", "ses_smtp_password_v4"],
        encrypted: &["encrypted_secret", "encrypted_ses_smtp_password_v4"],
    },
    Key { type_name: "aws_lightsail_bucket_access_key", secret: &["secret_access_key"], encrypted: &[] },
    Key { type_name: "AWS::IAM::AccessKey", secret: &["SecretAccessKey"], encrypted: &[] },
]);

row!(Key: secret, encrypted);

impl Key {
    /// Whether an attribute gives the secret half away, in clear or encrypted.
    #[must_use]
    pub fn gives(&self, attribute: &str) -> bool {
        self.secret.contains(&attribute) || self.encrypted.contains(&attribute)
    }
}

#[must_use]
pub fn key(type_name: &str) -> Option<&'static Key> {
    KEYS.find(type_name)
}

/// The names under which AWS's SDKs look for a static key.
/// <https://docs.aws.amazon.com/sdkref/latest/guide/feature-static-credentials.html>
const KEY_ID: &str = "AWS_ACCESS_KEY_ID";
const SECRET_KEY: &str = "AWS_SECRET_ACCESS_KEY";
/// Those that version 1 of the SDK for Java takes as well.
/// <https://docs.aws.amazon.com/AWSJavaSDK/latest/javadoc/com/amazonaws/auth/EnvironmentVariableCredentialsProvider.html>
const KEY_ID_OF_JAVA: &str = "AWS_ACCESS_KEY";
const SECRET_KEY_OF_JAVA: &str = "AWS_SECRET_KEY";
/// The halves of a key, the secret one first: each by all of its names.
pub const HALVES: [[&str; 2]; 2] = [[SECRET_KEY, SECRET_KEY_OF_JAVA], [KEY_ID, KEY_ID_OF_JAVA]];
/// Beside it a key is temporary.
pub const SESSION_TOKEN: &str = "AWS_SESSION_TOKEN";

/// The name of a half of a key that a variable has; the usual ones in any case, as files of credentials have them.
#[must_use]
pub fn is_named(name: &str, known: &str) -> bool {
    match known {
        KEY_ID_OF_JAVA | SECRET_KEY_OF_JAVA => name == known,
        _ => name.eq_ignore_ascii_case(known),
    }
}

/// Cmdlets that take a key. <https://docs.aws.amazon.com/powershell/v5/userguide/specifying-your-aws-credentials.html>
pub const CMDLETS: [&str; 6] = [
    "Set-AWSCredentials",
    "Set-AWSCredential",
    "Initialize-AWSDefaultConfiguration",
    "Initialize-AWSDefaults",
    "New-AWSCredentials",
    "New-AWSCredential",
];
pub const CMDLET_SECRET: &str = "-SecretKey";
pub const CMDLET_ID: &str = "-AccessKey";
pub const CMDLET_TOKEN: &str = "-SessionToken";

/// The file in which SDKs look for a static key.
pub const CREDENTIALS_FILE: &str = ".aws/credentials";

/// What becomes of what is put somewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keeps {
    /// It runs, or is handed to what runs: an environment, a script.
    Compute,
    /// Only on the machine that applies the code.
    Workstation,
    /// A parameter that is kept in clear.
    Parameter,
    File,
    /// A cluster's secret or configuration.
    Cluster,
    /// Where secrets are kept.
    Store,
}

/// A place that is no environment, script or sensitive input of the tables, or is more than that.
#[derive(Debug)]
pub struct Place {
    pub type_name: &'static str,
    pub path: &'static str,
    pub keeps: Keeps,
    /// Another attribute, and the value of it that makes the place one where secrets are kept.
    pub store_when: Option<(&'static str, &'static str)>,
}

const fn place(type_name: &'static str, path: &'static str, keeps: Keeps) -> Place {
    Place { type_name, path, keeps, store_when: None }
}

/// Sorted by type.
static PLACES: Table<Place> = Table::new(&[
    place(
        "AWS::AppRunner::Service",
        "SourceConfiguration.CodeRepository.CodeConfiguration.CodeConfigurationValues.RuntimeEnvironmentSecrets",
        Keeps::Store,
    ),
    place(
        "AWS::AppRunner::Service",
        "SourceConfiguration.ImageRepository.ImageConfiguration.RuntimeEnvironmentSecrets",
        Keeps::Store,
    ),
    place("AWS::Batch::JobDefinition", "ContainerProperties.Secrets", Keeps::Store),
    place("AWS::Batch::JobDefinition", "EcsProperties.TaskProperties.Containers.Secrets", Keeps::Store),
    place("AWS::Batch::JobDefinition", "NodeProperties.NodeRangeProperties.Container.Secrets", Keeps::Store),
    place("AWS::ECS::DaemonTaskDefinition", "ContainerDefinitions.Secrets", Keeps::Store),
    place("AWS::ECS::ExpressGatewayService", "PrimaryContainer.Secrets", Keeps::Store),
    place("AWS::ECS::TaskDefinition", "ContainerDefinitions.Secrets", Keeps::Store),
    place("AWS::SSM::Parameter", "Value", Keeps::Parameter),
    place(
        "aws_apprunner_service",
        "source_configuration.code_repository.code_configuration.code_configuration_values.runtime_environment_secrets",
        Keeps::Store,
    ),
    place(
        "aws_apprunner_service",
        "source_configuration.image_repository.image_configuration.runtime_environment_secrets",
        Keeps::Store,
    ),
    place("aws_ecs_daemon_task_definition", "container_definition.secrets", Keeps::Store),
    place("aws_ecs_express_gateway_service", "primary_container.secret", Keeps::Store),
    place("aws_ssm_parameter", "insecure_value", Keeps::Parameter),
    Place {
        store_when: Some(("type", "SecureString")),
        ..place("aws_ssm_parameter", "value", Keeps::Parameter)
    },
    place("aws_ssm_parameter", "value_wo", Keeps::Store),
    place("gitlab_group_variable", "value", Keeps::Store),
    place("gitlab_instance_variable", "value", Keeps::Store),
    place("gitlab_project_variable", "value", Keeps::Store),
    place("helm_release", "set.value", Keeps::Cluster),
    place("helm_release", "set_sensitive.value", Keeps::Cluster),
    place("helm_release", "values", Keeps::Cluster),
    place("kubectl_manifest", "yaml_body", Keeps::Cluster),
    place("kubernetes_config_map", "data", Keeps::Cluster),
    place("kubernetes_config_map_v1", "data", Keeps::Cluster),
    place("kubernetes_manifest", "manifest", Keeps::Cluster),
    place("kubernetes_secret", "binary_data", Keeps::Cluster),
    place("kubernetes_secret", "data", Keeps::Cluster),
    place("kubernetes_secret_v1", "binary_data", Keeps::Cluster),
    place("kubernetes_secret_v1", "data", Keeps::Cluster),
    place("local_file", "content", Keeps::File),
    place("local_file", "content_base64", Keeps::File),
    place("local_file", "sensitive_content", Keeps::File),
    place("local_sensitive_file", "content", Keeps::File),
    place("local_sensitive_file", "content_base64", Keeps::File),
    place("tfe_variable", "value", Keeps::Store),
    place("tfe_variable", "value_wo", Keeps::Store),
]);

impl Row for Place {
    fn type_name(&self) -> &'static str {
        self.type_name
    }
}

impl Renamed for Place {
    fn renamed(&self) -> Self {
        Self {
            type_name: self.type_name.renamed(),
            path: self.path.renamed(),
            keeps: self.keeps,
            store_when: self.store_when.map(|(attribute, value)| (attribute.renamed(), value)),
        }
    }
}

/// What a provisioner of any resource runs or writes, on the resource or beside it.
pub static PROVISIONERS: &[(&str, Keeps)] = &[
    ("provisioner.inline", Keeps::Compute),
    ("provisioner.content", Keeps::Compute),
    ("provisioner.command", Keeps::Workstation),
    ("provisioner.environment", Keeps::Workstation),
];

/// The places of a type beside those of the tables.
#[must_use]
pub fn places(type_name: &str) -> &'static [Place] {
    PLACES.sorted(type_name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_sorted_and_read() {
        assert!(PLACES.written().is_sorted_by_key(|place| (place.type_name, place.path)));
        for place in PLACES.written() {
            assert_eq!(places(place.type_name).iter().filter(|found| found.path == place.path).count(), 1);
            let head = place.path.split('.').next().unwrap();
            assert!(crate::catalog::is_relevant(place.type_name), "{}", place.type_name);
            assert!(crate::catalog::reads(place.type_name).contains(&head), "{}", place.path);
        }
    }
}
