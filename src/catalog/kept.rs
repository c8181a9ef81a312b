//! Inputs of Terraform resources that let AWS keep a password, or keep one out of the state, and what moving to them does.
//!
//! Sources: `schema.Resource` of each type in hashicorp/aws (`ForceNew`, `ConflictsWith`, `RequiredWith`), its documentation,
//! and which version has them first by the packages `@cdktf/provider-aws`, which are generated from a schema each.

/// A version of a provider.
pub type Version = (u64, u64, u64);

/// A password that the service makes and keeps in Secrets Manager. No input of it forces a new resource.
#[derive(Debug)]
pub struct Managed {
    pub type_name: &'static str,
    pub password: &'static str,
    /// Set to true in its place; the provider refuses both.
    pub switch: &'static str,
    /// The first version of hashicorp/aws that has the switch, where it is known.
    pub since: Option<Version>,
    /// Where the service does not: an attribute that is set, with the text that its value begins with. A dot leads into a
    /// block.
    /// <https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/rds-secrets-manager.html#rds-secrets-manager-limitations>
    /// <https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html#rds-secrets-manager-limitations>
    pub not_with: &'static [(&'static str, &'static str)],
    /// Arguments of others by which a replica or a global database is made of it, which the service refuses too, but of SQL
    /// Server: a type, and what may be nested in it.
    pub source_of: &'static [(&'static str, &'static str)],
    /// What the service does not make of it then, as a clause.
    pub beside: &'static str,
}

static MANAGED: [Managed; 5] = [
    Managed {
        type_name: "aws_db_instance",
        password: "password",
        switch: "manage_master_user_password",
        since: Some((4, 61, 0)),
        not_with: &[
            ("replicate_source_db", ""),
            ("engine", "custom-"),
            // <https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/blue-green-deployments-considerations.html>
            ("blue_green_update.enabled", "true"),
        ],
        source_of: &[
            ("aws_db_instance", "replicate_source_db"),
            ("aws_rds_cluster", "replication_source_identifier"),
        ],
        beside: "RDS makes neither read replicas nor blue/green deployments of it then",
    },
    Managed {
        type_name: "aws_docdb_cluster",
        password: "master_password",
        switch: "manage_master_user_password",
        since: Some((5, 98, 0)),
        not_with: &[("global_cluster_identifier", "")],
        source_of: &[("aws_docdb_global_cluster", "source_db_cluster_identifier")],
        beside: "",
    },
    Managed {
        type_name: "aws_rds_cluster",
        password: "master_password",
        switch: "manage_master_user_password",
        since: Some((4, 61, 0)),
        not_with: &[
            ("global_cluster_identifier", ""),
            ("replication_source_identifier", ""),
            ("engine_mode", "serverless"),
        ],
        source_of: &[
            ("aws_rds_cluster", "replication_source_identifier"),
            ("aws_db_instance", "replicate_source_db"),
            ("aws_rds_global_cluster", "source_db_cluster_identifier"),
        ],
        beside: "RDS makes no blue/green deployments of it then",
    },
    Managed {
        type_name: "aws_redshift_cluster",
        password: "master_password",
        switch: "manage_master_password",
        since: None,
        not_with: &[],
        source_of: &[],
        beside: "",
    },
    Managed {
        type_name: "aws_redshiftserverless_namespace",
        password: "admin_user_password",
        switch: "manage_admin_password",
        since: None,
        not_with: &[],
        source_of: &[],
        beside: "",
    },
];

/// The way in which a service keeps the password of a type. The password may be the write-only one too.
#[must_use]
pub fn managed(type_name: &str, password: &str) -> Option<&'static Managed> {
    let plain = password.strip_suffix("_wo").unwrap_or(password);
    MANAGED.iter().find(|managed| managed.type_name == type_name && managed.password == plain)
}

/// A secret that is handed over and not kept in the state: by `…_wo`, which is read anew when `…_wo_version` changes.
#[derive(Debug)]
pub struct WriteOnly {
    pub type_name: &'static str,
    pub secret: &'static str,
    /// The first version of hashicorp/aws that has it.
    pub since: Version,
    /// Leaving the plain input forces a new resource.
    pub replaces: bool,
}

/// Terraform takes write-only arguments since this version.
/// <https://developer.hashicorp.com/terraform/language/manage-sensitive-data/write-only>
pub const WRITE_ONLY_SINCE: Version = (1, 11, 0);

/// Ephemeral resources of hashicorp/random: `random_password`.
/// <https://registry.terraform.io/providers/hashicorp/random/latest/docs/ephemeral-resources/password>
pub const EPHEMERAL_RANDOM_SINCE: Version = (3, 7, 0);

static WRITE_ONLY: [WriteOnly; 7] = [
    write_only("aws_db_instance", "password", (5, 88, 0)),
    write_only("aws_docdb_cluster", "master_password", (5, 88, 0)),
    write_only("aws_rds_cluster", "master_password", (5, 87, 0)),
    write_only("aws_redshift_cluster", "master_password", (5, 88, 0)),
    write_only("aws_redshiftserverless_namespace", "admin_user_password", (5, 88, 0)),
    // `secret_string` and `secret_string_wo_version` are `ForceNew`.
    WriteOnly {
        type_name: "aws_secretsmanager_secret_version",
        secret: "secret_string",
        since: (5, 88, 0),
        replaces: true,
    },
    write_only("aws_ssm_parameter", "value", (5, 87, 0)),
];

const fn write_only(type_name: &'static str, secret: &'static str, since: Version) -> WriteOnly {
    WriteOnly { type_name, secret, since, replaces: false }
}

/// The write-only way of an input.
#[must_use]
pub fn instead_of(type_name: &str, secret: &str) -> Option<&'static WriteOnly> {
    WRITE_ONLY.iter().find(|way| way.type_name == type_name && way.secret == secret)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::sensitive;

    #[test]
    fn what_is_kept_is_in_the_catalogue_of_secrets() {
        let instead = |type_name: &str, path: &str| {
            let found = sensitive(type_name).iter().find(|known| known.path == path);
            found.map_or(&[][..], |known| known.instead)
        };
        for way in &MANAGED {
            assert!(instead(way.type_name, way.password).contains(&way.switch), "{way:?}");
        }
        for way in &WRITE_ONLY {
            let name = format!("{}_wo", way.secret);
            assert!(instead(way.type_name, way.secret).contains(&name.as_str()), "{way:?}");
        }
    }
}
