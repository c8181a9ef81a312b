//! What Terraform's and OpenTofu's state backends take as credentials.
//! Source: <https://developer.hashicorp.com/terraform/language/backend>, a page a backend; `etcd`, `manta`, `swift` and
//! `artifactory` are of versions before 1.3.

use super::SensitivePath;

const fn p(path: &'static str) -> SensitivePath {
    SensitivePath::new(path)
}

/// Sorted by backend.
#[rustfmt::skip]
pub(super) static BACKENDS: &[(&str, &[SensitivePath])] = &[
    ("artifactory", &[p("password")]),
    ("atlas", &[p("access_token")]),
    ("azurerm", &[
        p("access_key"), p("sas_token"), p("client_secret"), p("client_certificate"), p("client_certificate_password"),
        p("oidc_token"), p("oidc_request_token"), p("arm_client_secret"),
    ]),
    ("cloud", &[p("token")]),
    ("consul", &[p("access_token"), p("http_auth")]),
    ("cos", &[p("secret_id"), p("secret_key"), p("security_token")]),
    ("etcd", &[p("password")]),
    ("etcdv3", &[p("password")]),
    ("gcs", &[p("credentials").unless_file_path(), p("access_token"), p("encryption_key").unless_file_path()]),
    ("http", &[p("password"), p("client_private_key_pem"), p("address").when_password_inside()]),
    // What encrypts the state in OpenTofu: <https://opentofu.org/docs/language/state/encryption/>.
    ("key_provider.aws_kms", &[p("access_key"), p("secret_key"), p("token")]),
    ("key_provider.gcp_kms", &[p("credentials").unless_file_path(), p("access_token")]),
    ("key_provider.openbao", &[p("token")]),
    ("key_provider.pbkdf2", &[p("passphrase")]),
    ("kubernetes", &[p("password"), p("token"), p("client_key")]),
    ("manta", &[p("key_material")]),
    ("oci", &[p("private_key"), p("private_key_password")]),
    ("oss", &[p("access_key"), p("secret_key"), p("security_token")]),
    ("pg", &[p("conn_str").when_password_inside()]),
    ("remote", &[p("token")]),
    ("s3", &[
        p("access_key"), p("secret_key"), p("token"), p("assume_role_with_web_identity.web_identity_token"),
        p("sse_customer_key"),
    ]),
    ("swift", &[p("password"), p("token"), p("application_credential_secret")]),
];
