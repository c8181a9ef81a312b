//! Which policies ask what a rule of another tool asks. The data is `peers.txt`.

const TABLE: &str = include_str!("peers.txt");

/// Policies about a secret that the code holds.
const SECRETS: [&str; 9] = ["KEY02", "KEY03", "KEY05", "SEC01", "SEC02", "SEC03", "SEC04", "SEC05", "SEC06"];

/// Whose words are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rules {
    Checkov,
    /// Of Trivy and tfsec, which was before it.
    Trivy,
    CfnNag,
    CdkNag,
    Guard,
    CfnLint,
    /// Scanners for secrets, whatever their rule.
    Secrets,
    /// Everything that stands there.
    All,
}

impl Rules {
    fn key(self) -> &'static str {
        match self {
            Self::Checkov => "checkov",
            Self::Trivy => "trivy",
            Self::CfnNag => "cfn_nag",
            Self::CdkNag => "cdk_nag",
            Self::Guard => "guard",
            Self::CfnLint => "cfn-lint",
            Self::Secrets | Self::All => "",
        }
    }
}

/// The policies that ask what a rule asks; none where there is no such policy. `all` are the codes of every policy.
pub(super) fn policies(rules: Rules, rule: &str, all: &[&str]) -> Vec<String> {
    let owned = |codes: &[&str]| codes.iter().map(|code| (*code).to_owned()).collect::<Vec<_>>();
    match rules {
        Rules::Secrets => return owned(&SECRETS),
        Rules::All => return owned(all),
        Rules::Checkov | Rules::Trivy | Rules::CfnNag | Rules::CdkNag | Rules::Guard | Rules::CfnLint => {}
    }
    if rule == "*" {
        return owned(all);
    }
    let folded = rule.to_ascii_lowercase();
    let name = match rules {
        Rules::Trivy => folded.strip_prefix("avd-").unwrap_or(&folded),
        // `NIST.800.53.R5-EC2IMDSv2Enabled`: the same rule has a name in each set of them.
        Rules::CdkNag => folded.rsplit('-').next().unwrap_or(&folded),
        Rules::Checkov | Rules::CfnNag | Rules::Guard | Rules::CfnLint | Rules::Secrets | Rules::All => {
            &folded
        }
    };
    let lines = TABLE.lines().filter(|line| !line.starts_with('#'));
    let found = lines.map(str::split_whitespace).find_map(|mut words| {
        let (tool, known, codes) = (words.next()?, words.next()?.to_ascii_lowercase(), words.next()?);
        let means = known == name || known.strip_suffix('*').is_some_and(|stem| name.starts_with(stem));
        (tool == rules.key() && means).then_some(codes)
    });
    match found {
        None => Vec::new(),
        Some("secrets") => owned(&SECRETS),
        Some(codes) => codes.split(',').map(str::to_owned).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Rules, policies};

    #[test]
    fn rules_are_found_in_any_spelling() {
        for (rules, rule, expected) in [
            (Rules::Checkov, "CKV_AWS_79", &["IMDS01", "IMDS02"][..]),
            (Rules::Checkov, "CKV_AWS_8", &[]),
            (Rules::Trivy, "AVD-AWS-0028", &["IMDS01", "IMDS02"]),
            (Rules::Trivy, "avd-aws-0130", &["IMDS01", "IMDS02"]),
            (Rules::Trivy, "AWS-0028", &["IMDS01", "IMDS02"]),
            (Rules::Trivy, "aws-ec2-enforce-http-token-imds", &["IMDS01", "IMDS02"]),
            (Rules::CdkNag, "NIST.800.53.R5-EC2IMDSv2Enabled", &["IMDS01", "IMDS02"]),
            (Rules::CdkNag, "AwsSolutions-SMG4", &["SEC10"]),
            (Rules::Trivy, "*", &["A01"]),
        ] {
            assert_eq!(policies(rules, rule, &["A01"]), expected, "{rule}");
        }
        assert!(policies(Rules::Checkov, "CKV_SECRET_14", &[]).contains(&"SEC02".to_owned()));
    }
}
