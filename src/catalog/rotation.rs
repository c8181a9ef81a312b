//! Secrets of Secrets Manager, and what rotates them.
//! <https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotating-secrets.html>

use super::registry::{Table, row};

/// A type that makes a secret.
#[derive(Debug)]
pub struct SecretType {
    pub type_name: &'static str,
    pub name: &'static str,
    /// Attributes of the secret itself that rotate it: of providers before version 5.
    pub rotated_by: &'static [&'static str],
}

static SECRETS: Table<SecretType> = Table::new(&[
    SecretType { type_name: "aws_secretsmanager_secret", name: "name", rotated_by: &["rotation_lambda_arn"] },
    SecretType { type_name: "AWS::SecretsManager::Secret", name: "Name", rotated_by: &[] },
]);

row!(SecretType: name, rotated_by);

/// Last words of names for what is looked up rather than kept from others. The id of an access key is as old as the key.
#[rustfmt::skip]
const NO_CREDENTIAL: &[&str] = &[
    "id", "ids", "identifier", "identifiers", "email", "emails", "address", "addresses", "arn", "arns", "iterations",
    "count", "version", "region", "username", "hostname", "endpoint", "endpoints", "scope", "scopes", "template", "templates",
];

/// Whether a name says that what is kept under it is no credential: `slack_channel_id`, `app/alerts-email`.
#[must_use]
pub fn names_no_credential(name: &str) -> bool {
    let folded = name.to_ascii_lowercase();
    let mut words = folded.rsplit(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let last = words.next().unwrap_or_default();
    NO_CREDENTIAL.contains(&last) && words.next() != Some("key")
}

/// A type that refers to a secret.
#[derive(Debug)]
pub struct Referring {
    pub type_name: &'static str,
    pub secret: &'static str,
    /// One of each of these has to be set: what rotates, and when.
    pub needs: &'static [&'static [&'static str]],
}

row!(Referring: secret, needs);

static SCHEDULES: Table<Referring> = Table::new(&[
    Referring {
        type_name: "aws_secretsmanager_secret_rotation",
        secret: "secret_id",
        needs: &[&["rotation_lambda_arn", "external_secret_rotation_role_arn"], &["rotation_rules"]],
    },
    Referring {
        type_name: "AWS::SecretsManager::RotationSchedule",
        secret: "SecretId",
        needs: &[
            &["HostedRotationLambda", "RotationLambdaARN", "ExternalSecretRotationRoleArn"],
            &["RotationRules"],
        ],
    },
]);

/// A reference to one of these is one to its secret.
static ATTACHMENTS: Table<Referring> = Table::new(&[Referring {
    type_name: "AWS::SecretsManager::SecretTargetAttachment",
    secret: "SecretId",
    needs: &[],
}]);

#[must_use]
pub fn secret(type_name: &str) -> Option<&'static SecretType> {
    SECRETS.find(type_name)
}

#[must_use]
pub fn schedule(type_name: &str) -> Option<&'static Referring> {
    SCHEDULES.find(type_name)
}

#[must_use]
pub fn attachment(type_name: &str) -> Option<&'static Referring> {
    ATTACHMENTS.find(type_name)
}

/// The attributes that are looked at; none for a type that has nothing to do with it.
pub(super) fn reads(type_name: &str) -> Vec<&'static str> {
    let secret = secret(type_name).into_iter().flat_map(|found| found.rotated_by.iter().chain([&found.name]));
    let referring = [schedule(type_name), attachment(type_name)].into_iter().flatten();
    let referring = referring
        .flat_map(|found| found.needs.iter().flat_map(|one_of| one_of.iter()).chain([&found.secret]));
    secret.chain(referring).copied().collect()
}

#[cfg(test)]
mod tests {
    use super::names_no_credential;

    #[test]
    fn names_of_what_nobody_has_to_rotate() {
        for name in ["slack_channel_id", "app/alerts-email", "yjaf-snapshot-identifier", "APP_ITERATIONS"] {
            assert!(names_no_credential(name), "{name}");
        }
        for name in ["app/db", "db_password", "access_key_id", "api-key-id", "ids_of_love", "", "smtp_user"] {
            assert!(!names_no_credential(name), "{name}");
        }
    }
}
