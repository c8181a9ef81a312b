use super::{
    asks_password, has_core, holds_secrets, holds_several, key_half, may_call_one, says_secret, says_where,
};

const SAY: &str = "
password db_password DBPassword dbPassword DB_PASSWORD master_password MasterUserPassword masterUserPassword
master_user_password MYSQL_ROOT_PASSWORD PGPASSWORD dbpassword passwd DB_PASSWD root-passwd passphrase key_passphrase
PrivateKeyPassphrase passcode MYSQL_PWD pwd db_pwd DB_PASS pass smtp_pass password1 Password2 admin_password_2
password_wo password_value default_password password_plaintext new_password old_password PassWord passWord pass_phrase
secret client_secret ClientSecret clientSecret CLIENT_SECRET OAUTH_CLIENT_SECRET oauth2_client_secret shared_secret
webhook_secret WebhookSecret jwt_secret JWT_SECRET SESSION_SECRET cookie_secret app_secret SECRET_KEY secret_key secretKey
SecretKey SECRET_KEY_BASE DJANGO_SECRET_KEY secret_string secretString SecretString secret_value secret_access_key
AWS_SECRET_ACCESS_KEY aws_secret_access_key SecretAccessKey SECRET_DJANGO
token github_token GITHUB_TOKEN GithubToken githubToken access_token AccessToken accessToken auth_token AuthToken
authToken refresh_token bearer_token api_token ApiToken apiToken SLACK_BOT_TOKEN slack.token npm_token id_token session_token
oauth_token OAuthToken token_value TOKEN_GITHUB registration_token vault-token hec_token sas_token
api_key apiKey ApiKey APIKey API_KEY apikey APIKEY datadog_api_key DD_API_KEY DatadogApiKey x-api-key api-key stripeApiKey
private_key privateKey PrivateKey PRIVATE_KEY private_key_pem tls_private_key ssh_private_key private-key privatekey
PrivateKeyPem signing_key credential credentials Credentials db_credentials SERVICE_CREDENTIALS credentials_json
auth redis_auth REDIS_AUTH basic_auth access_key AccessKey storage_access_key accesstoken clientsecret authtoken
password_for_admin DatabasePassword rds_master_password grafana_admin_password service_account_password passwords
requirepass masterauth password_hash_secret token_table_password cookie_secret cookie_auth_token db_password_stage
stage_password password_for_path_of_app
DBPASS dbpass PGPASS DB_PW PW ADMIN_PW dbPw rootpw bindpw PSK VPN_PSK vpn_psk preshared_key PRESHARED_KEY pre_shared_key
tunnel1_preshared_key shared_key AUTH_KEY AUTHKEY TS_AUTHKEY vm-auth-key DB_CREDS creds VAULT_DEV_ROOT_TOKEN_ID smtpPass
";

const DO_NOT: &str = "
token_binding identity_token_key_wo password_key_wo
password_length minimum_password_length PasswordLength password_policy PasswordPolicy password_rotation password_reset
max_password_age password_reuse_prevention passwords_enabled password_enabled require_password password_required
password_file PASSWORD_FILE password_path password_ttl password_version password_wo_version password_hint password_type
password_arn password_secret_arn password_secret_name password_parameter password_parameter_name password_expiry
password_days allow_password use_password generate_password reset_password manage_master_user_password bypass compass
passthrough passenger pass_through PassRole first_pass_count password_minimum password_lifetime
secret_name secretName SecretName secret_arn secretArn SecretArn SECRET_ARN SecretARN secret_id SecretId secret_ids
secretsmanager secrets secrets_manager secrets_manager_enabled secret_manager SecretsManager secrets_manager_arn
secret_store secret_version secret_versions secret_path secret_prefix secret_url secret_description secret_rotation
secret_rotation_days secret_type secret_key_id secret_key_arn secret_key_ref secret_key_name secret_policy secretary
secret_recovery_window secret_binary create_secret enable_secret_rotation secrets_engine has_secret is_secret
token_ttl token_type token_url token_uri TokenUrl token_endpoint token_name token_id token_key_id token_prefix token_header
token_expiration token_validity token_lifetime access_token_ttl access_token_validity id_token_validity token_count
tokens max_tokens http_tokens HttpTokens http-tokens token_endpoint_auth_method token_policies tokenizer tokenize
tokenization token_issuer token_version num_tokens token_file TOKEN_PATH refresh_token_validity_days token_scopes
oauth_token_url access_key_id AccessKeyId AWS_ACCESS_KEY_ID aws_access_key_id api_key_id ApiKeyId api_key_name
api_key_source ApiKeySourceType api_key_required ApiKeyRequired api_key_header api_keys_enabled api_key_arn private_key_path
private_key_file PRIVATE_KEY_PATH private_key_type private_key_arn private_key_secret_name public_key PublicKey
public_key_pem ssh_public_key key key_name KeyName key_id key_pair kms_key_id kms_key_arn KmsKeyId key_algorithm
author authors authorized authorization_type authorization authentication authentication_type AuthenticationType
auth_type auth_mode AuthMode auth_method auth_provider auth_url auth_enabled auth_config auth_header authorizer
authority credential_type credentials_path CREDENTIALS_FILE credentials_arn credential_id credential_provider
credential_process credentials_parameter credentials_secret_name enable_credentials skip_credentials_validation
name username user_name description pwdx PWD OLDPWD monkey turkey passes hashed id arn tag_key partition_key sort_key hash_key
databasePasswordKey password_key token_key image_pull_secret imagePullSecret existingSecret next_token NextToken ClientRequestToken idempotency_token
continuation_token creation_token secrets_to_rotate iam_auth client_auth IAMAuth iam-user-unused-credentials-check primary_key foreign_key object_key s3_key bucket_key_enabled key_spec encryption_key_arn master_username
PASSWORD_HASHER password_validators password_secret_key existingSecretPasswordSecretKey TOKEN_CONTRACT_ADDRESS AWS_CREDENTIALS_PROFILE credential_helper PASSWORD_ENCODER password_salt_rounds token_bucket_capacity VAULT_TOKEN_RENEWAL token_retries password-stdin password_stdin TOKEN_TABLE SessionTokensTable token_queue secret_hash PASSWORD_HASH password_sha256 SESSION_TOKEN_COOKIE TOKEN_VERIFIER
PW_TEST_BROWSER PASSWORD_MTIME argocdServerAdminPasswordMtime TOKEN_ISSUED_AT TOKEN_CLAIM pw_gid upward pswd_id SHARED_KEY_ID preshared_key_arn creds_path CREDS_FILE proxypass sshpass bindpw_file psk_enabled ROOT_TOKEN_ID
userpass trespass keypair shared_keys secret_version_stage SecretVersionStages PATH_TO_PRIVATE_KEY PATH_TO_DB_PASSWORD pathToPrivateKey name_of_secret NAME_OF_DB_SECRET location_of_credentials file_for_token
";

#[test]
fn names_that_say_secret() {
    let wrong: Vec<_> = SAY.split_whitespace().filter(|name| !says_secret(name)).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn names_that_do_not() {
    let wrong: Vec<_> = DO_NOT.split_whitespace().filter(|name| says_secret(name)).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
    assert!(!says_secret("") && !says_secret("__") && !says_secret("é"));
    assert!(SAY.split_whitespace().count() + DO_NOT.split_whitespace().count() >= 150);
}

#[test]
fn names_of_several() {
    for name in ["oauth_secrets", "tokens", "apiKeys", "db_passwords"] {
        assert!(holds_secrets(name), "{name}");
    }
    for name in ["keys", "kms_keys", "secret_names", "tags", "secret"] {
        assert!(!holds_secrets(name), "{name}");
    }
    assert!(holds_several("app_settings") && holds_several("config") && !holds_several("host"));
}

/// A name without a core is never looked at closer.
#[test]
fn cores_are_found_wherever_they_stand() {
    let cores = ["pass", "pw", "psk", "secret", "token", "cred", "key", "auth"];
    for core in cores {
        for name in [
            core.to_owned(),
            core.to_uppercase(),
            format!("cu_{core}"),
            format!("{core}_cu"),
            format!("k{core}"),
        ] {
            assert!(has_core(&name), "{name}");
        }
        assert!(!has_core(&core[1..]) && !has_core(&core[..core.len() - 1]), "{core}");
    }
    assert!(!has_core("upstream_cluster_kubernetes_ünïcode") && !has_core(""));
}

#[test]
fn names_under_which_any_text_may_be_a_password() {
    for name in
        ["DB_PASSWORD", "dbpassword", "password_value", "PGPASSWORD", "smtp_pass", "pwd", "admin_password_2"]
    {
        assert!(asks_password(name), "{name}");
    }
    for name in ["password_secret", "db_credentials", "token", "API_KEY", "PASSWORD_TOKEN", "compass", "auth"]
    {
        assert!(!asks_password(name), "{name}");
    }
}

#[test]
fn names_for_what_a_secret_is_called() {
    for name in ["db_secret", "DatabaseSecret", "GitHubTokenSecret", "rds_credentials", "password_secret"] {
        assert!(may_call_one(name), "{name}");
    }
    for name in ["client_secret", "JWT_SECRET", "secret", "db_password", "basic_auth", "api_token"] {
        assert!(!may_call_one(name), "{name}");
    }
    for name in
        ["secret_id", "SECRET_NAME", "SecretArn", "valueFrom", "ValueFrom", "Name", "db_password_parameter"]
    {
        assert!(says_where(name), "{name}");
    }
    for name in ["password", "secret", "value", "secret_string", "username", "from", ""] {
        assert!(!says_where(name), "{name}");
    }
}

#[test]
fn halves_of_keys_by_names_of_ones_own() {
    for (name, half) in [
        ("BACKUP_AWS_SECRET_ACCESS_KEY", 0),
        ("MY_AWS_ACCESS_KEY_ID", 1),
        ("AWS_S3_SECRET_ACCESS_KEY", 0),
        ("AWS_SES_SECRET_KEY", 0),
        ("awsSecretAccessKey", 0),
        ("AWS_SECRET_ACCESS_KEY_DEV", 0),
        ("AMAZON_ACCESS_KEY", 1),
        ("TF_VAR_aws_secret_key", 0),
    ] {
        assert_eq!(key_half(name), Some(half), "{name}");
    }
    for name in [
        "AWS_SECRET_ACCESS_KEY_ARN",
        "AWS_ACCESS_KEY_ROTATION_DAYS",
        "MINIO_SECRET_KEY",
        "S3_SECRET_ACCESS_KEY",
        "AWS_KMS_KEY_ID",
        "AWS_REGION",
    ] {
        assert_eq!(key_half(name), None, "{name}");
    }
}
