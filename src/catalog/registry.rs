//! CloudFormation's registry under the names that Terraform's provider `awscc` gives to it.
//!
//! The provider is generated from the registry: its types and attributes are CloudFormation's, renamed by one rule. So no
//! row of the catalogue is written for it; those of CloudFormation are renamed when the first of its types is asked for.
//! <https://github.com/hashicorp/terraform-provider-awscc/blob/main/internal/naming/naming.go>

use rustc_hash::FxHasher;
use std::hash::Hasher;
use std::sync::OnceLock;

/// What the names of the provider's types begin with.
const PROVIDER: &str = "awscc_";

/// What the names of the registry's types begin with, as far as the provider has them.
const ORGANIZATION: &str = "AWS::";

/// What names types or attributes.
pub(super) trait Renamed {
    /// The same in the provider's names.
    fn renamed(&self) -> Self;
}

/// What is known of a type.
pub(super) trait Row: Renamed {
    fn type_name(&self) -> &'static str;
}

/// A row by its fields: those that name attributes, and those that do not.
macro_rules! row {
    ($row:ty: $($renamed:ident),+ $(; $($same:ident),+)?) => {
        impl $crate::catalog::registry::Row for $row {
            fn type_name(&self) -> &'static str {
                self.type_name
            }
        }

        impl $crate::catalog::registry::Renamed for $row {
            fn renamed(&self) -> Self {
                Self {
                    type_name: $crate::catalog::registry::Renamed::renamed(&self.type_name),
                    $($renamed: $crate::catalog::registry::Renamed::renamed(&self.$renamed),)+
                    $($($same: self.$same,)+)?
                }
            }
        }
    };
}
pub(super) use row;

/// Rows as they are written, and CloudFormation's once more for `awscc`.
#[derive(Debug)]
pub(super) struct Table<T: 'static> {
    rows: &'static [T],
    renamed: OnceLock<Vec<T>>,
    /// A bit for each type that may be among the rows: most that are asked for are not.
    marks: OnceLock<[u64; MARKS]>,
}

/// Words of marks.
const MARKS: usize = 64;

/// The word and the bit that mark a type.
fn mark(type_name: &str) -> (usize, u64) {
    let mut hasher = FxHasher::default();
    hasher.write(type_name.as_bytes());
    let hash = hasher.finish();
    ((hash >> 32) as usize % MARKS, 1 << (hash >> 58))
}

impl<T: Row> Table<T> {
    pub(super) const fn new(rows: &'static [T]) -> Self {
        Self { rows, renamed: OnceLock::new(), marks: OnceLock::new() }
    }

    /// The rows as they are written.
    pub(super) fn written(&self) -> &'static [T] {
        self.rows
    }

    /// The rows of a type.
    pub(super) fn of(&'static self, type_name: &str) -> impl Iterator<Item = &'static T> {
        self.among(type_name).iter().filter(move |row| row.type_name() == type_name)
    }

    /// The row of a type, of which there is one at most.
    pub(super) fn find(&'static self, type_name: &str) -> Option<&'static T> {
        self.among(type_name).iter().find(|row| row.type_name() == type_name)
    }

    /// The rows of a type, where they are written in the order of their types.
    pub(super) fn sorted(&'static self, type_name: &str) -> &'static [T] {
        if !self.may_have(type_name) {
            return &[];
        }
        let rows = self.among(type_name);
        let start = rows.partition_point(|row| row.type_name() < type_name);
        let end = start + rows.iter().skip(start).take_while(|row| row.type_name() == type_name).count();
        rows.get(start..end).unwrap_or_default()
    }

    fn may_have(&'static self, type_name: &str) -> bool {
        let marks = self.marks.get_or_init(|| {
            let mut marks = [0; MARKS];
            for (word, bit) in self.rows.iter().map(|row| mark(row.type_name())) {
                marks[word] |= bit;
            }
            marks
        });
        let (word, bit) = mark(type_name);
        type_name.starts_with(PROVIDER) || marks[word] & bit != 0
    }

    /// The rows that those of a type are among.
    fn among(&'static self, type_name: &str) -> &'static [T] {
        if !type_name.starts_with(PROVIDER) {
            return self.rows;
        }
        self.renamed.get_or_init(|| {
            let registered = self.rows.iter().filter(|row| row.type_name().starts_with(ORGANIZATION));
            let mut renamed: Vec<T> = registered.map(Renamed::renamed).collect();
            renamed.sort_by_key(Row::type_name);
            renamed
        })
    }
}

/// How the attributes of a type are spelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Spelling {
    /// As the provider `aws` does.
    Aws,
    Awscc,
    CloudFormation,
}

pub(super) fn spelling(type_name: &str) -> Spelling {
    if type_name.starts_with(PROVIDER) {
        Spelling::Awscc
    } else if type_name.contains("::") {
        Spelling::CloudFormation
    } else {
        Spelling::Aws
    }
}

/// A type, or a dotted path of properties, in the provider's names. Kept as long as the program runs: there are no more of
/// them than there are in the catalogue.
impl Renamed for &'static str {
    fn renamed(&self) -> Self {
        name(self).leak()
    }
}

impl<T: Renamed> Renamed for &'static [T] {
    fn renamed(&self) -> Self {
        self.iter().map(Renamed::renamed).collect::<Vec<T>>().leak()
    }
}

impl<T: Renamed> Renamed for Option<T> {
    fn renamed(&self) -> Self {
        self.as_ref().map(Renamed::renamed)
    }
}

impl<T: Renamed> Renamed for (&'static str, T) {
    fn renamed(&self) -> Self {
        (self.0.renamed(), self.1.renamed())
    }
}

impl<T: Renamed> Row for (&'static str, T) {
    fn type_name(&self) -> &'static str {
        self.0
    }
}

impl Row for &'static str {
    fn type_name(&self) -> &'static str {
        self
    }
}

/// `AWS::RDS::DBInstance` is `awscc_rds_db_instance`, `LaunchTemplateData.UserData` is `launch_template_data.user_data`.
fn name(registered: &str) -> String {
    let Some(of_type) = registered.strip_prefix(ORGANIZATION) else {
        return registered.split('.').map(attribute).collect::<Vec<_>>().join(".");
    };
    let (service, resource) = of_type.split_once("::").unwrap_or((of_type, ""));
    format!("{PROVIDER}{}_{}", service.to_ascii_lowercase(), attribute(resource))
}

/// Words that the provider takes for one.
const ONE_WORD: [(&str, &str); 4] = [
    ("CloudFormation", "Cloudformation"),
    ("CloudFront", "Cloudfront"),
    ("CloudWatch", "Cloudwatch"),
    ("FSx", "Fsx"),
];

/// A property in the provider's name: a word ends where small letters, capitals and digits meet, but not between a capital and
/// the digit behind it, and of a row of capitals the last begins the next word.
fn attribute(property: &str) -> String {
    let property =
        ONE_WORD.iter().fold(property.to_owned(), |property, (words, one)| property.replace(words, one));
    let bytes = property.as_bytes();
    let mut made = String::with_capacity(property.len() + 8);
    for (at, byte) in bytes.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| bytes.get(at)).copied().unwrap_or_default();
        let next = bytes.get(at + 1).copied().unwrap_or_default();
        if byte.is_ascii_uppercase() && next.is_ascii_lowercase() && before.is_ascii_uppercase() {
            made.push('_');
        }
        made.push(if byte.is_ascii_alphanumeric() { byte.to_ascii_lowercase().into() } else { '_' });
        let ends = byte.is_ascii_lowercase() && (next.is_ascii_uppercase() || next.is_ascii_digit())
            || byte.is_ascii_digit() && next.is_ascii_alphabetic();
        if ends {
            made.push('_');
        }
    }
    made
}

#[cfg(test)]
mod tests {
    use super::name;

    /// As the provider's documentation has them.
    #[test]
    fn names_are_those_of_the_provider() {
        for (registered, expected) in [
            ("AWS::RDS::DBInstance", "awscc_rds_db_instance"),
            ("AWS::EC2::EC2Fleet", "awscc_ec2_ec2_fleet"),
            ("AWS::EC2::SpotFleet", "awscc_ec2_spot_fleet"),
            ("AWS::IAM::OIDCProvider", "awscc_iam_oidc_provider"),
            ("AWS::Cloud9::EnvironmentEC2", "awscc_cloud9_environment_ec2"),
            ("AWS::AutoScaling::AutoScalingGroup", "awscc_autoscaling_auto_scaling_group"),
            ("AWS::FSx::FileSystem", "awscc_fsx_file_system"),
            ("AWS::ApiGatewayV2::Api", "awscc_apigatewayv2_api"),
            ("MasterUserPassword", "master_user_password"),
            ("KMSKeyId", "kms_key_id"),
            ("IamInstanceProfile", "iam_instance_profile"),
            ("RemoteAccess.Ec2SshKey", "remote_access.ec_2_ssh_key"),
            ("RotationLambdaARN", "rotation_lambda_arn"),
            ("DisableIMDSV1", "disable_imdsv1"),
            ("S3Bucket", "s3_bucket"),
            ("AWS99Thing", "aws99_thing"),
            ("CloudWatchLogsLogGroupArn", "cloudwatch_logs_log_group_arn"),
            ("jobRoleArn", "job_role_arn"),
            ("", ""),
        ] {
            assert_eq!(name(registered), expected, "{registered}");
        }
    }
}
