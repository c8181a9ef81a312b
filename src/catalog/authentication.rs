//! How providers and backends of Terraform are signed in without arguments, so that a static credential can go.
//!
//! Sources: for backends their pages below <https://developer.hashicorp.com/terraform/language/backend> and the names in the
//! binary of Terraform 1.11; for providers `DefaultFunc` in their schema. What is not listed is not known.

/// A provider or backend, and the arguments that it is signed in with.
#[derive(Debug)]
pub struct Authentication {
    name: &'static str,
    /// Each with the environment variable that is read in its place. Together they are a whole: what is left when they go is
    /// not half of a credential.
    pub arguments: &'static [(&'static str, &'static str)],
    /// The better way, where there is one.
    better: &'static str,
}

const AWS: &[(&str, &str)] = &[
    ("access_key", "AWS_ACCESS_KEY_ID"),
    ("secret_key", "AWS_SECRET_ACCESS_KEY"),
    ("token", "AWS_SESSION_TOKEN"),
];

/// <https://registry.terraform.io/providers/hashicorp/aws/latest/docs#authentication-and-configuration>
const ROLE: &str = "a `profile`, the role that it runs with";

const AZURE: &[(&str, &str)] = &[("client_secret", "ARM_CLIENT_SECRET")];

/// Sorted by name.
static PROVIDERS: [Authentication; 10] = [
    of("aws", AWS, ROLE),
    of("awscc", AWS, ROLE),
    of("azuread", AZURE, "a managed identity or OIDC"),
    of("azurerm", AZURE, "a managed identity or OIDC"),
    of("cloudflare", &[("api_token", "CLOUDFLARE_API_TOKEN")], ""),
    of("datadog", &[("api_key", "DD_API_KEY"), ("app_key", "DD_APP_KEY")], ""),
    of("digitalocean", &[("token", "DIGITALOCEAN_TOKEN")], ""),
    of("github", &[("token", "GITHUB_TOKEN")], ""),
    of("gitlab", &[("token", "GITLAB_TOKEN")], ""),
    of("pagerduty", &[("token", "PAGERDUTY_TOKEN")], ""),
];

/// Sorted by name.
static BACKENDS: [Authentication; 11] = [
    of(
        "azurerm",
        &[
            ("access_key", "ARM_ACCESS_KEY"),
            ("sas_token", "ARM_SAS_TOKEN"),
            ("client_secret", "ARM_CLIENT_SECRET"),
            ("client_certificate_password", "ARM_CLIENT_CERTIFICATE_PASSWORD"),
            ("oidc_token", "ARM_OIDC_TOKEN"),
            ("oidc_request_token", "ARM_OIDC_REQUEST_TOKEN"),
        ],
        "a managed identity or OIDC",
    ),
    of("cloud", &[("token", "TF_TOKEN_app_terraform_io")], "`terraform login`"),
    of("consul", &[("access_token", "CONSUL_HTTP_TOKEN"), ("http_auth", "CONSUL_HTTP_AUTH")], ""),
    of(
        "cos",
        &[
            ("secret_id", "TENCENTCLOUD_SECRET_ID"),
            ("secret_key", "TENCENTCLOUD_SECRET_KEY"),
            ("security_token", "TENCENTCLOUD_SECURITY_TOKEN"),
        ],
        "",
    ),
    of("gcs", &[("credentials", "GOOGLE_BACKEND_CREDENTIALS")], "Application Default Credentials"),
    of(
        "http",
        &[("password", "TF_HTTP_PASSWORD"), ("client_private_key_pem", "TF_HTTP_CLIENT_PRIVATE_KEY_PEM")],
        "",
    ),
    of(
        "kubernetes",
        &[("password", "KUBE_PASSWORD"), ("token", "KUBE_TOKEN"), ("client_key", "KUBE_CLIENT_KEY_DATA")],
        "the pod's own service account (`in_cluster_config`)",
    ),
    of(
        "oss",
        &[
            ("access_key", "ALICLOUD_ACCESS_KEY"),
            ("secret_key", "ALICLOUD_SECRET_KEY"),
            ("security_token", "ALICLOUD_SECURITY_TOKEN"),
        ],
        "",
    ),
    of("pg", &[("conn_str", "PG_CONN_STR")], ""),
    of("remote", &[("token", "TF_TOKEN_app_terraform_io")], "`terraform login`"),
    of("s3", AWS, ROLE),
];

const fn of(
    name: &'static str,
    arguments: &'static [(&'static str, &'static str)],
    better: &'static str,
) -> Authentication {
    Authentication { name, arguments, better }
}

/// How a provider is signed in.
#[must_use]
pub fn provider(name: &str) -> Option<&'static Authentication> {
    PROVIDERS.iter().find(|known| known.name == name)
}

/// How a backend is signed in; `cloud` is one.
#[must_use]
pub fn backend(name: &str) -> Option<&'static Authentication> {
    BACKENDS.iter().find(|known| known.name == name)
}

/// The backends that are known.
pub fn backends() -> impl Iterator<Item = &'static str> {
    BACKENDS.iter().map(|known| known.name)
}

impl Authentication {
    /// What Terraform needs in place of some of the arguments, by their environment variables.
    #[must_use]
    pub fn otherwise<'v>(&self, variables: impl Iterator<Item = &'v str>) -> String {
        let variables: Vec<String> = variables.map(|name| format!("`{name}`")).collect();
        let variables = match variables.as_slice() {
            [before @ .., last] if !before.is_empty() => format!("{} and {last}", before.join(", ")),
            one => one.concat(),
        };
        let better = if self.better.is_empty() { String::new() } else { format!("{}, or ", self.better) };
        format!("Terraform needs another way to sign in first: {better}{variables} in the environment")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::backend_credentials;

    #[test]
    fn names_are_sorted_and_arguments_are_those_of_the_catalogue() {
        assert!(PROVIDERS.is_sorted_by_key(|known| known.name));
        assert!(BACKENDS.is_sorted_by_key(|known| known.name));
        for known in &BACKENDS {
            let credentials = backend_credentials(known.name);
            for (name, _) in known.arguments {
                assert!(credentials.iter().any(|path| path.path == *name), "{} {name}", known.name);
            }
        }
    }
}
