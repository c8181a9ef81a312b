//! Types that create a long-lived access key of an IAM user or of the root user.

use super::registry::{Renamed, Row, Table};

/// Where an access key says whose it is. Paths are dotted, as in the rest of the catalogue.
#[derive(Debug)]
pub struct AccessKeyType {
    pub type_name: &'static str,
    pub user: &'static str,
    pub status: &'static str,
    /// Set: the secret is encrypted with this key before it is stored in the state.
    pub pgp_key: Option<&'static str>,
    /// Only when the attribute has this value: a generic resource that can create anything.
    pub only_when: Option<(&'static str, &'static str)>,
}

/// Makes whatever type of CloudFormation's it names.
pub const GENERIC: &str = "aws_cloudcontrolapi_resource";

static ACCESS_KEYS: Table<AccessKeyType> = Table::new(&[
    AccessKeyType {
        type_name: "aws_iam_access_key",
        user: "user",
        status: "status",
        pgp_key: Some("pgp_key"),
        only_when: None,
    },
    AccessKeyType {
        type_name: "AWS::IAM::AccessKey",
        user: "UserName",
        status: "Status",
        pgp_key: None,
        only_when: None,
    },
    AccessKeyType {
        type_name: GENERIC,
        user: "desired_state.UserName",
        status: "desired_state.Status",
        pgp_key: None,
        only_when: Some(("type_name", "AWS::IAM::AccessKey")),
    },
]);

impl Row for AccessKeyType {
    fn type_name(&self) -> &'static str {
        self.type_name
    }
}

impl Renamed for AccessKeyType {
    fn renamed(&self) -> Self {
        Self {
            type_name: self.type_name.renamed(),
            user: self.user.renamed(),
            status: self.status.renamed(),
            pgp_key: self.pgp_key.renamed(),
            only_when: self.only_when.map(|(attribute, value)| (attribute.renamed(), value)),
        }
    }
}

#[must_use]
pub fn find(type_name: &str) -> Option<&'static AccessKeyType> {
    ACCESS_KEYS.find(type_name)
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_type_is_relevant() {
        assert!(
            super::ACCESS_KEYS.written().iter().all(|entry| crate::catalog::is_relevant(entry.type_name))
        );
    }
}
