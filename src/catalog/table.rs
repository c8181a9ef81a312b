//! Written by generate.py from sensitive.json: do not edit.

use super::SensitivePath;

const fn p(path: &'static str) -> SensitivePath {
    SensitivePath::new(path)
}

pub(super) static SENSITIVE: &[(&str, &[SensitivePath])] = &[
    ("AWS::AmazonMQ::Broker", &[
        p("LdapServerMetadata.ServiceAccountPassword"),
        p("Users.Password"),
    ]),
    ("AWS::Amplify::App", &[
        p("AccessToken"),
        p("AutoBranchCreationConfig.BasicAuthConfig.Password"),
        p("BasicAuthConfig.Password"),
        p("OauthToken"),
    ]),
    ("AWS::Amplify::Branch", &[
        p("BasicAuthConfig.Password"),
    ]),
    ("AWS::ApiGateway::ApiKey", &[
        p("Value").identifier(),
    ]),
    ("AWS::AppFabric::AppAuthorization", &[
        p("Credential.ApiKeyCredential.ApiKey"),
        p("Credential.Oauth2Credential.ClientSecret"),
    ]),
    ("AWS::AppFlow::ConnectorProfile", &[
        p("ConnectorProfileConfig.ConnectorProfileCredentials.Amplitude.ApiKey"),
        p("ConnectorProfileConfig.ConnectorProfileCredentials.Amplitude.SecretKey"),
        p("ConnectorProfileConfig.ConnectorProfileCredentials.CustomConnector.ApiKey.ApiKey"),
        p("ConnectorProfileConfig.ConnectorProfileCredentials.CustomConnector.ApiKey.ApiSecretKey"),
        p("ConnectorProfileConfig.ConnectorProfileCredentials.CustomConnector.Basic.Password"),
        p("ConnectorProfileConfig.ConnectorProfileCredentials.CustomConnector.Custom.CredentialsMap"),
        p("ConnectorProfileConfig.ConnectorProfileCredentials.CustomConnector.Oauth2.AccessToken"),
        p("ConnectorProfileConfig.ConnectorProfileCredentials.CustomConnector.Oauth2.ClientSecret"),
        p("ConnectorProfileConfig.ConnectorProfileCredentials.CustomConnector.Oauth2.OAuthRequest.AuthCode"),
        p("ConnectorProfileConfig.ConnectorProfileCredentials.CustomConnector.Oauth2.RefreshToken"),
        p("ConnectorProfileConfig.ConnectorProfileCredentials.Datadog.ApiKey"),
        p("ConnectorProfileConfig.ConnectorProfileCredentials.Dynatrace.ApiToken"),
        p("ConnectorProfileConfig.ConnectorProfileCredentials.GoogleAnalytics.AccessToken"),
        p("ConnectorProfileConfig.ConnectorProfileCredentials.GoogleAnalytics.ClientSecret"),
        p("ConnectorProfileConfig.ConnectorProfileCredentials.GoogleAnalytics.ConnectorOAuthRequest.AuthCode"),
        p("ConnectorProfileConfig.ConnectorProfileCredentials.GoogleAnalytics.RefreshToken"),
        p("ConnectorProfileConfig.ConnectorProfileCredentials.InforNexus.SecretAccessKey"),
        p("ConnectorProfileConfig.ConnectorProfileCredentials.Marketo.AccessToken"),
        p("ConnectorProfileConfig.ConnectorProfileCredentials.Marketo.ClientSecret"),
        p("ConnectorProfileConfig.ConnectorProfileCredentials.Marketo.ConnectorOAuthRequest.AuthCode"),
        p("ConnectorProfileConfig.ConnectorProfileCredentials.Pardot.AccessToken"),
        p("ConnectorProfileConfig.ConnectorProfileCredentials.Pardot.ConnectorOAuthRequest.AuthCode"),
        p("ConnectorProfileConfig.ConnectorProfileCredentials.Pardot.RefreshToken"),
        p("ConnectorProfileConfig.ConnectorProfileCredentials.Redshift.Password"),
        p("ConnectorProfileConfig.ConnectorProfileCredentials.SAPOData.BasicAuthCredentials.Password"),
        p("ConnectorProfileConfig.ConnectorProfileCredentials.SAPOData.OAuthCredentials.AccessToken"),
        p("ConnectorProfileConfig.ConnectorProfileCredentials.SAPOData.OAuthCredentials.ClientSecret"),
        p("ConnectorProfileConfig.ConnectorProfileCredentials.SAPOData.OAuthCredentials.ConnectorOAuthRequest.AuthCode"),
        p("ConnectorProfileConfig.ConnectorProfileCredentials.SAPOData.OAuthCredentials.RefreshToken"),
        p("ConnectorProfileConfig.ConnectorProfileCredentials.Salesforce.AccessToken"),
        p("ConnectorProfileConfig.ConnectorProfileCredentials.Salesforce.ConnectorOAuthRequest.AuthCode"),
        p("ConnectorProfileConfig.ConnectorProfileCredentials.Salesforce.JwtToken"),
        p("ConnectorProfileConfig.ConnectorProfileCredentials.Salesforce.RefreshToken"),
        p("ConnectorProfileConfig.ConnectorProfileCredentials.ServiceNow.OAuth2Credentials.AccessToken"),
        p("ConnectorProfileConfig.ConnectorProfileCredentials.ServiceNow.OAuth2Credentials.ClientSecret"),
        p("ConnectorProfileConfig.ConnectorProfileCredentials.ServiceNow.OAuth2Credentials.OAuthRequest.AuthCode"),
        p("ConnectorProfileConfig.ConnectorProfileCredentials.ServiceNow.OAuth2Credentials.RefreshToken"),
        p("ConnectorProfileConfig.ConnectorProfileCredentials.ServiceNow.Password"),
        p("ConnectorProfileConfig.ConnectorProfileCredentials.Singular.ApiKey"),
        p("ConnectorProfileConfig.ConnectorProfileCredentials.Slack.AccessToken"),
        p("ConnectorProfileConfig.ConnectorProfileCredentials.Slack.ClientSecret"),
        p("ConnectorProfileConfig.ConnectorProfileCredentials.Slack.ConnectorOAuthRequest.AuthCode"),
        p("ConnectorProfileConfig.ConnectorProfileCredentials.Snowflake.Password"),
        p("ConnectorProfileConfig.ConnectorProfileCredentials.Trendmicro.ApiSecretKey"),
        p("ConnectorProfileConfig.ConnectorProfileCredentials.Veeva.Password"),
        p("ConnectorProfileConfig.ConnectorProfileCredentials.Zendesk.AccessToken"),
        p("ConnectorProfileConfig.ConnectorProfileCredentials.Zendesk.ClientSecret"),
        p("ConnectorProfileConfig.ConnectorProfileCredentials.Zendesk.ConnectorOAuthRequest.AuthCode"),
    ]),
    ("AWS::AppStream::DirectoryConfig", &[
        p("ServiceAccountCredentials.AccountPassword"),
    ]),
    ("AWS::BackupGateway::Hypervisor", &[
        p("Password"),
    ]),
    ("AWS::BedrockAgentCore::ApiKeyCredentialProvider", &[
        p("ApiKey"),
    ]),
    ("AWS::BedrockAgentCore::OAuth2CredentialProvider", &[
        p("Oauth2ProviderConfigInput.AtlassianOauth2ProviderConfig.ClientSecret"),
        p("Oauth2ProviderConfigInput.CustomOauth2ProviderConfig.ClientSecret"),
        p("Oauth2ProviderConfigInput.GithubOauth2ProviderConfig.ClientSecret"),
        p("Oauth2ProviderConfigInput.GoogleOauth2ProviderConfig.ClientSecret"),
        p("Oauth2ProviderConfigInput.IncludedOauth2ProviderConfig.ClientSecret"),
        p("Oauth2ProviderConfigInput.LinkedinOauth2ProviderConfig.ClientSecret"),
        p("Oauth2ProviderConfigInput.MicrosoftOauth2ProviderConfig.ClientSecret"),
        p("Oauth2ProviderConfigInput.SalesforceOauth2ProviderConfig.ClientSecret"),
        p("Oauth2ProviderConfigInput.SlackOauth2ProviderConfig.ClientSecret"),
    ]),
    ("AWS::BedrockAgentCore::PaymentCredentialProvider", &[
        p("ProviderConfigurationInput.CoinbaseCdpConfiguration.ApiKeySecret"),
        p("ProviderConfigurationInput.CoinbaseCdpConfiguration.WalletSecret"),
        p("ProviderConfigurationInput.StripePrivyConfiguration.AppSecret"),
        p("ProviderConfigurationInput.StripePrivyConfiguration.AuthorizationPrivateKey"),
    ]),
    ("AWS::CloudWatch::Integration", &[
        p("Credential.ApiKeyCredential.ApiKeyValue"),
    ]),
    ("AWS::CodeBuild::SourceCredential", &[
        p("Token").unless("AuthType", &["CODECONNECTIONS", "SECRETS_MANAGER"]),
    ]),
    ("AWS::CodePipeline::Pipeline", &[
        p("Stages.Actions.Configuration.ClientSecret"),
        p("Stages.Actions.Configuration.OAuthToken"),
        p("Stages.Actions.Configuration.RefreshToken"),
    ]),
    ("AWS::CodePipeline::Webhook", &[
        p("AuthenticationConfiguration.SecretToken"),
    ]),
    ("AWS::CodeStar::GitHubRepository", &[
        p("RepositoryAccessToken"),
    ]),
    ("AWS::Cognito::UserPoolIdentityProvider", &[
        p("ProviderDetails.client_secret"),
        p("ProviderDetails.private_key"),
    ]),
    ("AWS::Connect::User", &[
        p("Password"),
    ]),
    ("AWS::DMS::Certificate", &[
        p("CertificateWallet"),
    ]),
    ("AWS::DMS::Endpoint", &[
        p("GcpMySQLSettings.Password"),
        p("KafkaSettings.SaslPassword"),
        p("KafkaSettings.SslClientKeyPassword"),
        p("MicrosoftSqlServerSettings.Password"),
        p("MongoDbSettings.Password"),
        p("OracleSettings.AsmPassword"),
        p("Password"),
        p("RedisSettings.AuthPassword"),
    ]),
    ("AWS::DataSync::Agent", &[
        p("ActivationKey"),
    ]),
    ("AWS::DataSync::LocationAzureBlob", &[
        p("AzureBlobSasConfiguration.AzureBlobSasToken"),
    ]),
    ("AWS::DataSync::LocationFSxONTAP", &[
        p("Protocol.SMB.Password"),
    ]),
    ("AWS::DataSync::LocationFSxWindows", &[
        p("Password"),
    ]),
    ("AWS::DataSync::LocationHDFS", &[
        p("KerberosKeytab"),
    ]),
    ("AWS::DataSync::LocationObjectStorage", &[
        p("AccessKey"),
        p("SecretKey"),
    ]),
    ("AWS::DataSync::LocationSMB", &[
        p("KerberosKeytab"),
        p("Password"),
    ]),
    ("AWS::DataZone::Connection", &[
        p("Props.GlueProperties.GlueConnectionInput.AuthenticationConfiguration.BasicAuthenticationCredentials.Password"),
        p("Props.GlueProperties.GlueConnectionInput.AuthenticationConfiguration.CustomAuthenticationCredentials"),
        p("Props.GlueProperties.GlueConnectionInput.AuthenticationConfiguration.OAuth2Properties.OAuth2Credentials.AccessToken"),
        p("Props.GlueProperties.GlueConnectionInput.AuthenticationConfiguration.OAuth2Properties.OAuth2Credentials.JwtToken"),
        p("Props.GlueProperties.GlueConnectionInput.AuthenticationConfiguration.OAuth2Properties.OAuth2Credentials.RefreshToken"),
        p("Props.GlueProperties.GlueConnectionInput.AuthenticationConfiguration.OAuth2Properties.OAuth2Credentials.UserManagedClientApplicationClientSecret"),
        p("Props.RedshiftProperties.Credentials.UsernamePassword.Password"),
    ]),
    ("AWS::DevOpsAgent::AgentSpace", &[
        p("OperatorApp.Idp.ClientSecret"),
    ]),
    ("AWS::DevOpsAgent::Service", &[
        p("ServiceDetails.Dynatrace.AuthorizationConfig.OAuthClientCredentials.ClientSecret"),
        p("ServiceDetails.GitHub.AppVerification.TokenValue"),
        p("ServiceDetails.GitHub.DirectAccess.TokenValue"),
        p("ServiceDetails.GitLab.TokenValue"),
        p("ServiceDetails.MCPServer.AuthorizationConfig.ApiKey.ApiKeyValue"),
        p("ServiceDetails.MCPServer.AuthorizationConfig.BearerToken.TokenValue"),
        p("ServiceDetails.MCPServer.AuthorizationConfig.OAuthClientCredentials.ClientSecret"),
        p("ServiceDetails.MCPServerGrafana.AuthorizationConfig.BearerToken.TokenValue"),
        p("ServiceDetails.MCPServerNewRelic.AuthorizationConfig.ApiKey.ApiKey"),
        p("ServiceDetails.MCPServerSplunk.AuthorizationConfig.BearerToken.TokenValue"),
        p("ServiceDetails.PagerDuty.AuthorizationConfig.OAuthClientCredentials.ClientSecret"),
        p("ServiceDetails.ServiceNow.AuthorizationConfig.OAuthClientCredentials.ClientSecret"),
    ]),
    ("AWS::DirectConnect::PrivateVirtualInterface", &[
        p("BgpPeers.AuthKey"),
    ]),
    ("AWS::DirectConnect::PublicVirtualInterface", &[
        p("BgpPeers.AuthKey"),
    ]),
    ("AWS::DirectConnect::TransitVirtualInterface", &[
        p("BgpPeers.AuthKey"),
    ]),
    ("AWS::DirectoryService::MicrosoftAD", &[
        p("Password"),
    ]),
    ("AWS::DirectoryService::SimpleAD", &[
        p("Password"),
    ]),
    ("AWS::DocDB::DBCluster", &[
        p("MasterUserPassword").instead(&["ManageMasterUserPassword"]),
    ]),
    ("AWS::DocDBElastic::Cluster", &[
        p("AdminUserPassword"),
    ]),
    ("AWS::EC2::VPNConnection", &[
        p("VpnTunnelOptionsSpecifications.PreSharedKey"),
    ]),
    ("AWS::EC2::VerifiedAccessTrustProvider", &[
        p("NativeApplicationOidcOptions.ClientSecret"),
        p("OidcOptions.ClientSecret"),
    ]),
    ("AWS::EMR::Cluster", &[
        p("KerberosAttributes.ADDomainJoinPassword"),
        p("KerberosAttributes.CrossRealmTrustPrincipalPassword"),
        p("KerberosAttributes.KdcAdminPassword"),
    ]),
    ("AWS::ElastiCache::ReplicationGroup", &[
        p("AuthToken"),
    ]),
    ("AWS::ElastiCache::User", &[
        p("AuthenticationMode.Passwords"),
        p("Passwords"),
    ]),
    ("AWS::ElasticLoadBalancingV2::Listener", &[
        p("DefaultActions.AuthenticateOidcConfig.ClientSecret"),
    ]),
    ("AWS::ElasticLoadBalancingV2::ListenerRule", &[
        p("Actions.AuthenticateOidcConfig.ClientSecret"),
    ]),
    ("AWS::Elasticsearch::Domain", &[
        p("AdvancedSecurityOptions.MasterUserOptions.MasterUserPassword"),
    ]),
    ("AWS::Events::Connection", &[
        p("AuthParameters.ApiKeyAuthParameters.ApiKeyValue"),
        p("AuthParameters.BasicAuthParameters.Password"),
        p("AuthParameters.InvocationHttpParameters.BodyParameters.Value").unless("IsValueSecret", &["false"]),
        p("AuthParameters.InvocationHttpParameters.HeaderParameters.Value").unless("IsValueSecret", &["false"]),
        p("AuthParameters.InvocationHttpParameters.QueryStringParameters.Value").unless("IsValueSecret", &["false"]),
        p("AuthParameters.OAuthParameters.ClientParameters.ClientSecret"),
        p("AuthParameters.OAuthParameters.OAuthHttpParameters.BodyParameters.Value").unless("IsValueSecret", &["false"]),
        p("AuthParameters.OAuthParameters.OAuthHttpParameters.HeaderParameters.Value").unless("IsValueSecret", &["false"]),
        p("AuthParameters.OAuthParameters.OAuthHttpParameters.QueryStringParameters.Value").unless("IsValueSecret", &["false"]),
    ]),
    ("AWS::FSx::FileSystem", &[
        p("OntapConfiguration.FsxAdminPassword"),
        p("WindowsConfiguration.SelfManagedActiveDirectoryConfiguration.Password").instead(&["WindowsConfiguration.SelfManagedActiveDirectoryConfiguration.DomainJoinServiceAccountSecret"]),
    ]),
    ("AWS::FSx::StorageVirtualMachine", &[
        p("ActiveDirectoryConfiguration.SelfManagedActiveDirectoryConfiguration.Password"),
        p("SvmAdminPassword"),
    ]),
    ("AWS::Glue::Connection", &[
        p("ConnectionInput.AuthenticationConfiguration.BasicAuthenticationCredentials.Password"),
        p("ConnectionInput.AuthenticationConfiguration.CustomAuthenticationCredentials"),
        p("ConnectionInput.AuthenticationConfiguration.OAuth2Properties.OAuth2Credentials.AccessToken"),
        p("ConnectionInput.AuthenticationConfiguration.OAuth2Properties.OAuth2Credentials.JwtToken"),
        p("ConnectionInput.AuthenticationConfiguration.OAuth2Properties.OAuth2Credentials.RefreshToken"),
        p("ConnectionInput.AuthenticationConfiguration.OAuth2Properties.OAuth2Credentials.UserManagedClientApplicationClientSecret"),
    ]),
    ("AWS::IAM::SAMLProvider", &[
        p("AddPrivateKey"),
    ]),
    ("AWS::IAM::ServerCertificate", &[
        p("PrivateKey"),
    ]),
    ("AWS::IAM::User", &[
        p("LoginProfile.Password"),
    ]),
    ("AWS::InspectorV2::CodeSecurityIntegration", &[
        p("CreateIntegrationDetails.gitlabSelfManaged.accessToken"),
        p("UpdateIntegrationDetails.gitlabSelfManaged.authCode"),
    ]),
    ("AWS::Invoicing::ProcurementPortalPreference", &[
        p("ProcurementPortalSharedSecret"),
        p("TestEnvPreference.ProcurementPortalSharedSecret"),
    ]),
    ("AWS::IoT::TopicRuleDestination", &[
        p("InfluxDBProperties.SecretKey"),
    ]),
    ("AWS::IoTWireless::PartnerAccount", &[
        p("Sidewalk.AppServerPrivateKey"),
        p("SidewalkUpdate.AppServerPrivateKey"),
    ]),
    ("AWS::IoTWireless::WirelessDevice", &[
        p("LoRaWAN.AbpV10x.SessionKeys.AppSKey"),
        p("LoRaWAN.AbpV10x.SessionKeys.NwkSKey"),
        p("LoRaWAN.AbpV11.SessionKeys.AppSKey"),
        p("LoRaWAN.AbpV11.SessionKeys.FNwkSIntKey"),
        p("LoRaWAN.AbpV11.SessionKeys.NwkSEncKey"),
        p("LoRaWAN.AbpV11.SessionKeys.SNwkSIntKey"),
        p("LoRaWAN.OtaaV10x.AppKey"),
        p("LoRaWAN.OtaaV11.AppKey"),
        p("LoRaWAN.OtaaV11.NwkKey"),
    ]),
    ("AWS::KinesisFirehose::DeliveryStream", &[
        p("HttpEndpointDestinationConfiguration.EndpointConfiguration.AccessKey").instead(&["HttpEndpointDestinationConfiguration.SecretsManagerConfiguration"]),
        p("RedshiftDestinationConfiguration.Password").instead(&["RedshiftDestinationConfiguration.SecretsManagerConfiguration"]),
        p("SnowflakeDestinationConfiguration.KeyPassphrase").instead(&["SnowflakeDestinationConfiguration.SecretsManagerConfiguration"]),
        p("SnowflakeDestinationConfiguration.PrivateKey").instead(&["SnowflakeDestinationConfiguration.SecretsManagerConfiguration"]),
        p("SplunkDestinationConfiguration.HECToken").instead(&["SplunkDestinationConfiguration.SecretsManagerConfiguration"]),
    ]),
    ("AWS::Lightsail::Database", &[
        p("MasterUserPassword"),
    ]),
    ("AWS::ManagedBlockchain::Member", &[
        p("MemberConfiguration.MemberFrameworkConfiguration.MemberFabricConfiguration.AdminPassword"),
    ]),
    ("AWS::MediaLive::Channel", &[
        p("EncoderSettings.OutputGroups.OutputGroupSettings.HlsGroupSettings.HlsCdnSettings.HlsAkamaiSettings.Salt"),
        p("EncoderSettings.OutputGroups.OutputGroupSettings.HlsGroupSettings.HlsCdnSettings.HlsAkamaiSettings.Token"),
    ]),
    ("AWS::MemoryDB::User", &[
        p("AuthenticationMode.Passwords"),
    ]),
    ("AWS::OpenSearchService::Domain", &[
        p("AdvancedSecurityOptions.MasterUserOptions.MasterUserPassword"),
    ]),
    ("AWS::OpsWorks::App", &[
        p("AppSource.Password"),
        p("AppSource.SshKey"),
        p("SslConfiguration.PrivateKey"),
    ]),
    ("AWS::OpsWorks::Stack", &[
        p("CustomCookbooksSource.Password"),
        p("CustomCookbooksSource.SshKey"),
        p("RdsDbInstances.DbPassword"),
    ]),
    ("AWS::Pinpoint::ADMChannel", &[
        p("ClientSecret"),
    ]),
    ("AWS::Pinpoint::APNSChannel", &[
        p("PrivateKey"),
        p("TokenKey"),
    ]),
    ("AWS::Pinpoint::APNSSandboxChannel", &[
        p("PrivateKey"),
        p("TokenKey"),
    ]),
    ("AWS::Pinpoint::APNSVoipChannel", &[
        p("PrivateKey"),
        p("TokenKey"),
    ]),
    ("AWS::Pinpoint::APNSVoipSandboxChannel", &[
        p("PrivateKey"),
        p("TokenKey"),
    ]),
    ("AWS::Pinpoint::BaiduChannel", &[
        p("ApiKey"),
        p("SecretKey"),
    ]),
    ("AWS::Pinpoint::GCMChannel", &[
        p("ApiKey"),
        p("ServiceJson"),
    ]),
    ("AWS::QuickSight::ActionConnector", &[
        p("AuthenticationConfig.AuthenticationMetadata.ApiKeyConnectionMetadata.ApiKey"),
        p("AuthenticationConfig.AuthenticationMetadata.AuthorizationCodeGrantMetadata.AuthorizationCodeGrantCredentialsDetails.AuthorizationCodeGrantDetails.ClientSecret"),
        p("AuthenticationConfig.AuthenticationMetadata.BasicAuthConnectionMetadata.Password"),
        p("AuthenticationConfig.AuthenticationMetadata.ClientCredentialsGrantMetadata.ClientCredentialsDetails.ClientCredentialsGrantDetails.ClientSecret"),
    ]),
    ("AWS::QuickSight::DataSource", &[
        p("Credentials.CredentialPair.Password"),
        p("Credentials.KeyPairCredentials.PrivateKey"),
        p("Credentials.KeyPairCredentials.PrivateKeyPassphrase"),
        p("Credentials.OAuthClientCredentials.ClientSecret"),
    ]),
    ("AWS::QuickSight::OAuthClientApplication", &[
        p("ClientSecret"),
    ]),
    ("AWS::RDS::DBCluster", &[
        p("MasterUserPassword").instead(&["ManageMasterUserPassword"]),
    ]),
    ("AWS::RDS::DBInstance", &[
        p("MasterUserPassword").instead(&["ManageMasterUserPassword"]),
        p("TdeCredentialPassword"),
    ]),
    ("AWS::Redshift::Cluster", &[
        p("MasterUserPassword").instead(&["ManageMasterPassword"]),
    ]),
    ("AWS::RedshiftServerless::Namespace", &[
        p("AdminUserPassword").instead(&["ManageAdminPassword"]),
    ]),
    ("AWS::SES::EmailIdentity", &[
        p("DkimSigningAttributes.DomainSigningPrivateKey"),
    ]),
    ("AWS::SES::MailManagerIngressPoint", &[
        p("IngressPointConfiguration.SmtpPassword"),
    ]),
    ("AWS::SNS::PlatformApplication", &[
        p("Attributes.PlatformCredential"),
    ]),
    ("AWS::SageMaker::Workforce", &[
        p("OidcConfig.ClientSecret"),
    ]),
    ("AWS::SecretsManager::Secret", &[
        p("SecretString").instead(&["GenerateSecretString"]),
    ]),
    ("AWS::SecurityAgent::Integration", &[
        p("ProviderInput.Gitlab.AccessToken"),
    ]),
    ("AWS::SecurityLake::SubscriberNotification", &[
        p("NotificationConfiguration.HttpsNotificationConfiguration.AuthorizationApiKeyValue"),
    ]),
    ("AWS::Timestream::InfluxDBCluster", &[
        p("Password"),
    ]),
    ("AWS::Timestream::InfluxDBInstance", &[
        p("Password"),
    ]),
    ("AWS::Transfer::Certificate", &[
        p("PrivateKey"),
    ]),
    ("AWS::Transfer::HostKey", &[
        p("HostKeyBody"),
    ]),
    ("Alexa::ASK::Skill", &[
        p("AuthenticationConfiguration.ClientSecret"),
        p("AuthenticationConfiguration.RefreshToken"),
    ]),
    ("aws_acm_certificate", &[
        p("private_key").instead(&["private_key_wo"]),
        p("private_key_wo").write_only(),
    ]),
    ("aws_alb_listener", &[
        p("default_action.authenticate_oidc.client_secret"),
    ]),
    ("aws_alb_listener_rule", &[
        p("action.authenticate_oidc.client_secret"),
    ]),
    ("aws_amplify_app", &[
        p("access_token"),
        p("auto_branch_creation_config.basic_auth_credentials"),
        p("basic_auth_credentials"),
        p("oauth_token"),
    ]),
    ("aws_amplify_branch", &[
        p("basic_auth_credentials"),
    ]),
    ("aws_api_gateway_api_key", &[
        p("value").identifier(),
    ]),
    ("aws_api_gateway_domain_name", &[
        p("certificate_private_key"),
    ]),
    ("aws_appfabric_app_authorization", &[
        p("credential.api_key_credential.api_key"),
        p("credential.oauth2_credential.client_secret"),
    ]),
    ("aws_appflow_connector_profile", &[
        p("connector_profile_config.connector_profile_credentials.amplitude.api_key"),
        p("connector_profile_config.connector_profile_credentials.amplitude.secret_key"),
        p("connector_profile_config.connector_profile_credentials.custom_connector.api_key.api_key"),
        p("connector_profile_config.connector_profile_credentials.custom_connector.api_key.api_secret_key"),
        p("connector_profile_config.connector_profile_credentials.custom_connector.basic.password"),
        p("connector_profile_config.connector_profile_credentials.custom_connector.custom.credentials_map"),
        p("connector_profile_config.connector_profile_credentials.custom_connector.oauth2.access_token"),
        p("connector_profile_config.connector_profile_credentials.custom_connector.oauth2.client_secret"),
        p("connector_profile_config.connector_profile_credentials.custom_connector.oauth2.oauth_request.auth_code"),
        p("connector_profile_config.connector_profile_credentials.custom_connector.oauth2.refresh_token"),
        p("connector_profile_config.connector_profile_credentials.datadog.api_key"),
        p("connector_profile_config.connector_profile_credentials.dynatrace.api_token"),
        p("connector_profile_config.connector_profile_credentials.google_analytics.access_token"),
        p("connector_profile_config.connector_profile_credentials.google_analytics.client_secret"),
        p("connector_profile_config.connector_profile_credentials.google_analytics.oauth_request.auth_code"),
        p("connector_profile_config.connector_profile_credentials.google_analytics.refresh_token"),
        p("connector_profile_config.connector_profile_credentials.honeycode.access_token"),
        p("connector_profile_config.connector_profile_credentials.honeycode.oauth_request.auth_code"),
        p("connector_profile_config.connector_profile_credentials.honeycode.refresh_token"),
        p("connector_profile_config.connector_profile_credentials.infor_nexus.secret_access_key"),
        p("connector_profile_config.connector_profile_credentials.marketo.access_token"),
        p("connector_profile_config.connector_profile_credentials.marketo.client_secret"),
        p("connector_profile_config.connector_profile_credentials.marketo.oauth_request.auth_code"),
        p("connector_profile_config.connector_profile_credentials.redshift.password"),
        p("connector_profile_config.connector_profile_credentials.salesforce.access_token").instead(&["connector_profile_config.connector_profile_credentials.salesforce.client_credentials_arn"]),
        p("connector_profile_config.connector_profile_credentials.salesforce.jwt_token").instead(&["connector_profile_config.connector_profile_credentials.salesforce.client_credentials_arn"]),
        p("connector_profile_config.connector_profile_credentials.salesforce.oauth_request.auth_code"),
        p("connector_profile_config.connector_profile_credentials.salesforce.refresh_token").instead(&["connector_profile_config.connector_profile_credentials.salesforce.client_credentials_arn"]),
        p("connector_profile_config.connector_profile_credentials.sapo_data.basic_auth_credentials.password"),
        p("connector_profile_config.connector_profile_credentials.sapo_data.oauth_credentials.access_token"),
        p("connector_profile_config.connector_profile_credentials.sapo_data.oauth_credentials.client_secret"),
        p("connector_profile_config.connector_profile_credentials.sapo_data.oauth_credentials.oauth_request.auth_code"),
        p("connector_profile_config.connector_profile_credentials.sapo_data.oauth_credentials.refresh_token"),
        p("connector_profile_config.connector_profile_credentials.service_now.password"),
        p("connector_profile_config.connector_profile_credentials.singular.api_key"),
        p("connector_profile_config.connector_profile_credentials.slack.access_token"),
        p("connector_profile_config.connector_profile_credentials.slack.client_secret"),
        p("connector_profile_config.connector_profile_credentials.slack.oauth_request.auth_code"),
        p("connector_profile_config.connector_profile_credentials.snowflake.password"),
        p("connector_profile_config.connector_profile_credentials.trendmicro.api_secret_key"),
        p("connector_profile_config.connector_profile_credentials.veeva.password"),
        p("connector_profile_config.connector_profile_credentials.zendesk.access_token"),
        p("connector_profile_config.connector_profile_credentials.zendesk.client_secret"),
        p("connector_profile_config.connector_profile_credentials.zendesk.oauth_request.auth_code"),
    ]),
    ("aws_appstream_directory_config", &[
        p("service_account_credentials.account_password"),
    ]),
    ("aws_bedrockagentcore_api_key_credential_provider", &[
        p("api_key").instead(&["api_key_wo"]),
        p("api_key_wo").write_only(),
    ]),
    ("aws_bedrockagentcore_oauth2_credential_provider", &[
        p("oauth2_provider_config.atlassian_oauth2_provider_config.client_secret").instead(&["oauth2_provider_config.atlassian_oauth2_provider_config.client_secret_wo"]),
        p("oauth2_provider_config.atlassian_oauth2_provider_config.client_secret_wo").write_only(),
        p("oauth2_provider_config.custom_oauth2_provider_config.client_secret").instead(&["oauth2_provider_config.custom_oauth2_provider_config.client_secret_wo"]),
        p("oauth2_provider_config.custom_oauth2_provider_config.client_secret_wo").write_only(),
        p("oauth2_provider_config.github_oauth2_provider_config.client_secret").instead(&["oauth2_provider_config.github_oauth2_provider_config.client_secret_wo"]),
        p("oauth2_provider_config.github_oauth2_provider_config.client_secret_wo").write_only(),
        p("oauth2_provider_config.google_oauth2_provider_config.client_secret").instead(&["oauth2_provider_config.google_oauth2_provider_config.client_secret_wo"]),
        p("oauth2_provider_config.google_oauth2_provider_config.client_secret_wo").write_only(),
        p("oauth2_provider_config.included_oauth2_provider_config.client_secret").instead(&["oauth2_provider_config.included_oauth2_provider_config.client_secret_wo"]),
        p("oauth2_provider_config.included_oauth2_provider_config.client_secret_wo").write_only(),
        p("oauth2_provider_config.linkedin_oauth2_provider_config.client_secret").instead(&["oauth2_provider_config.linkedin_oauth2_provider_config.client_secret_wo"]),
        p("oauth2_provider_config.linkedin_oauth2_provider_config.client_secret_wo").write_only(),
        p("oauth2_provider_config.microsoft_oauth2_provider_config.client_secret").instead(&["oauth2_provider_config.microsoft_oauth2_provider_config.client_secret_wo"]),
        p("oauth2_provider_config.microsoft_oauth2_provider_config.client_secret_wo").write_only(),
        p("oauth2_provider_config.salesforce_oauth2_provider_config.client_secret").instead(&["oauth2_provider_config.salesforce_oauth2_provider_config.client_secret_wo"]),
        p("oauth2_provider_config.salesforce_oauth2_provider_config.client_secret_wo").write_only(),
        p("oauth2_provider_config.slack_oauth2_provider_config.client_secret").instead(&["oauth2_provider_config.slack_oauth2_provider_config.client_secret_wo"]),
        p("oauth2_provider_config.slack_oauth2_provider_config.client_secret_wo").write_only(),
    ]),
    ("aws_chime_voice_connector_termination_credentials", &[
        p("credentials.password"),
    ]),
    ("aws_cloudwatch_event_connection", &[
        p("auth_parameters.api_key.value").unless("is_value_secret", &["false"]),
        p("auth_parameters.basic.password"),
        p("auth_parameters.invocation_http_parameters.body.value").unless("is_value_secret", &["false"]),
        p("auth_parameters.invocation_http_parameters.header.value").unless("is_value_secret", &["false"]),
        p("auth_parameters.invocation_http_parameters.query_string.value").unless("is_value_secret", &["false"]),
        p("auth_parameters.oauth.client_parameters.client_secret"),
        p("auth_parameters.oauth.oauth_http_parameters.body.value").unless("is_value_secret", &["false"]),
        p("auth_parameters.oauth.oauth_http_parameters.header.value").unless("is_value_secret", &["false"]),
        p("auth_parameters.oauth.oauth_http_parameters.query_string.value").unless("is_value_secret", &["false"]),
    ]),
    ("aws_codebuild_source_credential", &[
        p("token").unless("auth_type", &["CODECONNECTIONS", "SECRETS_MANAGER"]),
    ]),
    ("aws_codepipeline", &[
        p("stage.action.configuration.ClientSecret"),
        p("stage.action.configuration.OAuthToken"),
        p("stage.action.configuration.RefreshToken"),
    ]),
    ("aws_codepipeline_webhook", &[
        p("authentication_configuration.secret_token"),
    ]),
    ("aws_cognito_identity_provider", &[
        p("provider_details.client_secret"),
        p("provider_details.private_key"),
    ]),
    ("aws_cognito_user", &[
        p("password"),
        p("temporary_password"),
    ]),
    ("aws_connect_user", &[
        p("password"),
    ]),
    ("aws_datasync_location_azure_blob", &[
        p("sas_configuration.token"),
    ]),
    ("aws_datasync_location_fsx_ontap_file_system", &[
        p("protocol.smb.password"),
    ]),
    ("aws_datasync_location_fsx_windows_file_system", &[
        p("password"),
    ]),
    ("aws_datasync_location_hdfs", &[
        p("kerberos_keytab"),
        p("kerberos_keytab_base64"),
    ]),
    ("aws_datasync_location_object_storage", &[
        p("access_key"),
        p("secret_key"),
    ]),
    ("aws_datasync_location_smb", &[
        p("password"),
    ]),
    ("aws_db_instance", &[
        p("password").instead(&["manage_master_user_password", "password_wo"]),
        p("password_wo").write_only().instead(&["manage_master_user_password"]),
    ]),
    ("aws_directory_service_directory", &[
        p("password"),
    ]),
    ("aws_directory_service_radius_settings", &[
        p("shared_secret"),
    ]),
    ("aws_directory_service_trust", &[
        p("trust_password"),
    ]),
    ("aws_dms_certificate", &[
        p("certificate_wallet"),
    ]),
    ("aws_dms_endpoint", &[
        p("kafka_settings.sasl_password"),
        p("kafka_settings.ssl_client_key_password"),
        p("oracle_settings.asm_password"),
        p("password").instead(&["secrets_manager_access_role_arn", "secrets_manager_arn"]),
        p("redis_settings.auth_password"),
    ]),
    ("aws_docdb_cluster", &[
        p("master_password").instead(&["manage_master_user_password", "master_password_wo"]),
        p("master_password_wo").write_only().instead(&["manage_master_user_password"]),
    ]),
    ("aws_docdbelastic_cluster", &[
        p("admin_user_password"),
    ]),
    ("aws_dx_bgp_peer", &[
        p("bgp_auth_key"),
    ]),
    ("aws_dx_hosted_private_virtual_interface", &[
        p("bgp_auth_key"),
    ]),
    ("aws_dx_hosted_public_virtual_interface", &[
        p("bgp_auth_key"),
    ]),
    ("aws_dx_hosted_transit_virtual_interface", &[
        p("bgp_auth_key"),
    ]),
    ("aws_dx_macsec_key_association", &[
        p("cak").instead(&["secret_arn"]),
    ]),
    ("aws_dx_private_virtual_interface", &[
        p("bgp_auth_key"),
    ]),
    ("aws_dx_public_virtual_interface", &[
        p("bgp_auth_key"),
    ]),
    ("aws_dx_transit_virtual_interface", &[
        p("bgp_auth_key"),
    ]),
    ("aws_elasticache_replication_group", &[
        p("auth_token").instead(&["auth_token_wo"]),
        p("auth_token_wo").write_only(),
    ]),
    ("aws_elasticache_user", &[
        p("authentication_mode.passwords"),
        p("passwords").instead(&["passwords_wo"]),
        p("passwords_wo").write_only(),
    ]),
    ("aws_elasticsearch_domain", &[
        p("advanced_security_options.master_user_options.master_user_password"),
    ]),
    ("aws_emr_cluster", &[
        p("kerberos_attributes.ad_domain_join_password"),
        p("kerberos_attributes.cross_realm_trust_principal_password"),
        p("kerberos_attributes.kdc_admin_password"),
    ]),
    ("aws_fsx_ontap_file_system", &[
        p("fsx_admin_password"),
    ]),
    ("aws_fsx_ontap_storage_virtual_machine", &[
        p("active_directory_configuration.self_managed_active_directory_configuration.password"),
        p("svm_admin_password"),
    ]),
    ("aws_fsx_windows_file_system", &[
        p("self_managed_active_directory.password").instead(&["self_managed_active_directory.domain_join_service_account_secret", "self_managed_active_directory.password_wo"]),
        p("self_managed_active_directory.password_wo").write_only().instead(&["self_managed_active_directory.domain_join_service_account_secret"]),
    ]),
    ("aws_glue_connection", &[
        p("authentication_configuration.basic_authentication_credentials.password"),
        p("authentication_configuration.custom_authentication_credentials").instead(&["authentication_configuration.secret_arn"]),
        p("authentication_configuration.oauth2_properties.oauth2_credentials.access_token"),
        p("authentication_configuration.oauth2_properties.oauth2_credentials.jwt_token"),
        p("authentication_configuration.oauth2_properties.oauth2_credentials.refresh_token"),
        p("authentication_configuration.oauth2_properties.oauth2_credentials.user_managed_client_application_client_secret"),
    ]),
    ("aws_glue_job", &[
        p("source_control_details.auth_token"),
    ]),
    ("aws_grafana_license_association", &[
        p("grafana_token"),
    ]),
    ("aws_iam_server_certificate", &[
        p("private_key"),
    ]),
    ("aws_kinesis_firehose_delivery_stream", &[
        p("http_endpoint_configuration.access_key").instead(&["http_endpoint_configuration.secrets_manager_configuration"]),
        p("redshift_configuration.password").instead(&["redshift_configuration.secrets_manager_configuration"]),
        p("snowflake_configuration.key_passphrase").instead(&["snowflake_configuration.secrets_manager_configuration"]),
        p("snowflake_configuration.private_key").instead(&["snowflake_configuration.secrets_manager_configuration"]),
        p("splunk_configuration.hec_token").instead(&["splunk_configuration.secrets_manager_configuration"]),
    ]),
    ("aws_kms_ciphertext", &[
        p("plaintext").instead(&["plaintext_wo"]),
        p("plaintext_wo").write_only(),
    ]),
    ("aws_kms_custom_key_store", &[
        p("key_store_password"),
        p("xks_proxy_authentication_credential.raw_secret_access_key"),
    ]),
    ("aws_kms_external_key", &[
        p("key_material_base64"),
    ]),
    ("aws_kms_replica_external_key", &[
        p("key_material_base64"),
    ]),
    ("aws_lb_listener", &[
        p("default_action.authenticate_oidc.client_secret"),
    ]),
    ("aws_lb_listener_rule", &[
        p("action.authenticate_oidc.client_secret"),
    ]),
    ("aws_lightsail_database", &[
        p("master_password"),
    ]),
    ("aws_mailmanager_ingress_point", &[
        p("ingress_point_configuration.smtp_password_wo").write_only().instead(&["ingress_point_configuration.secret_arn"]),
    ]),
    ("aws_medialive_channel", &[
        p("encoder_settings.output_groups.output_group_settings.hls_group_settings.hls_cdn_settings.hls_akamai_settings.salt"),
        p("encoder_settings.output_groups.output_group_settings.hls_group_settings.hls_cdn_settings.hls_akamai_settings.token"),
    ]),
    ("aws_memorydb_user", &[
        p("authentication_mode.passwords"),
    ]),
    ("aws_mq_broker", &[
        p("ldap_server_metadata.service_account_password"),
        p("user.password"),
    ]),
    ("aws_odb_autonomous_database", &[
        p("admin_password"),
        p("admin_password_wo"),
    ]),
    ("aws_opensearch_domain", &[
        p("advanced_security_options.master_user_options.master_user_password"),
    ]),
    ("aws_pinpoint_adm_channel", &[
        p("client_secret"),
    ]),
    ("aws_pinpoint_apns_channel", &[
        p("private_key"),
        p("token_key"),
    ]),
    ("aws_pinpoint_apns_sandbox_channel", &[
        p("private_key"),
        p("token_key"),
    ]),
    ("aws_pinpoint_apns_voip_channel", &[
        p("private_key"),
        p("token_key"),
    ]),
    ("aws_pinpoint_apns_voip_sandbox_channel", &[
        p("private_key"),
        p("token_key"),
    ]),
    ("aws_pinpoint_baidu_channel", &[
        p("api_key"),
        p("secret_key"),
    ]),
    ("aws_pinpoint_gcm_channel", &[
        p("api_key"),
        p("service_json"),
    ]),
    ("aws_quicksight_data_source", &[
        p("credentials.credential_pair.password"),
    ]),
    ("aws_rds_cluster", &[
        p("master_password").instead(&["manage_master_user_password", "master_password_wo"]),
        p("master_password_wo").write_only().instead(&["manage_master_user_password"]),
    ]),
    ("aws_redshift_cluster", &[
        p("master_password").instead(&["manage_master_password", "master_password_wo"]),
        p("master_password_wo").write_only().instead(&["manage_master_password"]),
    ]),
    ("aws_redshift_hsm_configuration", &[
        p("hsm_partition_password"),
    ]),
    ("aws_redshiftserverless_namespace", &[
        p("admin_user_password").instead(&["admin_user_password_wo", "manage_admin_password"]),
        p("admin_user_password_wo").write_only().instead(&["manage_admin_password"]),
    ]),
    ("aws_s3_object_copy", &[
        p("customer_key"),
        p("source_customer_key"),
    ]),
    ("aws_sagemaker_workforce", &[
        p("oidc_config.client_secret"),
    ]),
    ("aws_secretsmanager_secret_version", &[
        p("secret_binary"),
        p("secret_string").instead(&["secret_string_wo"]),
        p("secret_string_wo").write_only(),
    ]),
    ("aws_securitylake_subscriber_notification", &[
        p("configuration.https_notification_configuration.authorization_api_key_value"),
    ]),
    ("aws_sesv2_email_identity", &[
        p("dkim_signing_attributes.domain_signing_private_key"),
    ]),
    ("aws_sns_platform_application", &[
        p("platform_credential"),
    ]),
    ("aws_ssm_parameter", &[
        p("value").when("type", "SecureString").instead(&["value_wo"]),
        p("value_wo").write_only(),
    ]),
    ("aws_storagegateway_file_system_association", &[
        p("password"),
    ]),
    ("aws_storagegateway_gateway", &[
        p("smb_active_directory_settings.password"),
        p("smb_guest_password"),
    ]),
    ("aws_timestreaminfluxdb_db_cluster", &[
        p("password"),
    ]),
    ("aws_timestreaminfluxdb_db_instance", &[
        p("password"),
    ]),
    ("aws_transfer_certificate", &[
        p("private_key"),
    ]),
    ("aws_transfer_host_key", &[
        p("host_key_body").instead(&["host_key_body_wo"]),
        p("host_key_body_wo").write_only(),
    ]),
    ("aws_transfer_server", &[
        p("host_key"),
    ]),
    ("aws_verifiedaccess_trust_provider", &[
        p("native_application_oidc_options.client_secret"),
        p("oidc_options.client_secret"),
    ]),
    ("aws_vpn_connection", &[
        p("tunnel1_preshared_key"),
        p("tunnel2_preshared_key"),
    ]),
    ("aws_workmail_user", &[
        p("password"),
    ]),
    ("azurerm_mssql_server", &[
        p("administrator_login_password"),
    ]),
    ("cloudflare_authenticated_origin_pulls_certificate", &[
        p("private_key"),
    ]),
    ("cloudflare_custom_ssl", &[
        p("private_key"),
    ]),
    ("cloudflare_dns_zone_transfers_tsig", &[
        p("secret"),
    ]),
    ("cloudflare_hyperdrive_config", &[
        p("origin.access_client_secret"),
        p("origin.password"),
    ]),
    ("cloudflare_mtls_certificate", &[
        p("private_key"),
    ]),
    ("cloudflare_notification_policy_webhooks", &[
        p("secret"),
    ]),
    ("cloudflare_pages_project", &[
        p("build_config.web_analytics_token"),
    ]),
    ("cloudflare_r2_bucket_sippy", &[
        p("destination.secret_access_key"),
        p("source.private_key"),
        p("source.secret_access_key"),
    ]),
    ("cloudflare_worker_version", &[
        p("assets.jwt"),
    ]),
    ("cloudflare_workers_script", &[
        p("assets.jwt"),
    ]),
    ("cloudflare_zero_trust_access_ai_controls_mcp_server", &[
        p("auth_credentials"),
    ]),
    ("cloudflare_zero_trust_access_application", &[
        p("scim_config.authentication.client_secret"),
        p("scim_config.authentication.password"),
        p("scim_config.authentication.token"),
    ]),
    ("cloudflare_zero_trust_access_identity_provider", &[
        p("config.client_secret"),
    ]),
    ("cloudflare_zero_trust_device_posture_integration", &[
        p("config.access_client_secret"),
        p("config.client_key"),
        p("config.client_secret"),
    ]),
    ("cloudflare_zero_trust_tunnel_cloudflared", &[
        p("tunnel_secret"),
    ]),
    ("cloudflare_zero_trust_tunnel_warp_connector", &[
        p("tunnel_secret"),
    ]),
    ("databricks_azure_adls_gen1_mount", &[
        p("client_secret_key"),
    ]),
    ("databricks_azure_adls_gen2_mount", &[
        p("client_secret_key"),
    ]),
    ("databricks_azure_blob_mount", &[
        p("token_secret_key"),
    ]),
    ("databricks_cluster", &[
        p("docker_image.basic_auth.password"),
    ]),
    ("databricks_credential", &[
        p("azure_service_principal.client_secret"),
    ]),
    ("databricks_custom_app_integration", &[
        p("client_secret"),
    ]),
    ("databricks_git_credential", &[
        p("personal_access_token"),
    ]),
    ("databricks_instance_pool", &[
        p("preloaded_docker_image.basic_auth.password"),
    ]),
    ("databricks_job", &[
        p("job_cluster.new_cluster.docker_image.basic_auth.password"),
        p("new_cluster.docker_image.basic_auth.password"),
        p("task.for_each_task.task.new_cluster.docker_image.basic_auth.password"),
        p("task.new_cluster.docker_image.basic_auth.password"),
    ]),
    ("databricks_metastore_data_access", &[
        p("azure_service_principal.client_secret"),
        p("cloudflare_api_token.secret_access_key"),
        p("gcp_service_account_key.private_key"),
    ]),
    ("databricks_mlflow_webhook", &[
        p("http_url_spec.secret"),
        p("job_spec.access_token"),
    ]),
    ("databricks_model_serving", &[
        p("config.served_entities.external_model.ai21labs_config.ai21labs_api_key"),
        p("config.served_entities.external_model.amazon_bedrock_config.aws_secret_access_key"),
        p("config.served_entities.external_model.anthropic_config.anthropic_api_key"),
        p("config.served_entities.external_model.cohere_config.cohere_api_key"),
        p("config.served_entities.external_model.custom_provider_config.bearer_token_auth.token"),
        p("config.served_entities.external_model.databricks_model_serving_config.databricks_api_token"),
        p("config.served_entities.external_model.google_cloud_vertex_ai_config.private_key"),
        p("config.served_entities.external_model.openai_config.microsoft_entra_client_secret"),
        p("config.served_entities.external_model.openai_config.openai_api_key"),
        p("config.served_entities.external_model.palm_config.palm_api_key"),
    ]),
    ("databricks_mount", &[
        p("abfs.client_secret_key"),
        p("adl.client_secret_key"),
        p("wasb.token_secret_key"),
    ]),
    ("databricks_notification_destination", &[
        p("config.generic_webhook.password"),
        p("config.microsoft_teams.auth_secret"),
        p("config.pagerduty.integration_key"),
        p("config.slack.oauth_token"),
    ]),
    ("databricks_service_principal_secret", &[
        p("secret"),
    ]),
    ("databricks_storage_credential", &[
        p("azure_service_principal.client_secret"),
        p("cloudflare_api_token.secret_access_key"),
        p("gcp_service_account_key.private_key"),
    ]),
    ("datadog_integration_aws", &[
        p("secret_access_key"),
    ]),
    ("datadog_integration_aws_account", &[
        p("auth_config.aws_auth_config_keys.secret_access_key"),
    ]),
    ("datadog_integration_azure", &[
        p("client_secret"),
    ]),
    ("datadog_integration_cloudflare_account", &[
        p("api_key"),
    ]),
    ("datadog_integration_confluent_account", &[
        p("api_key"),
        p("api_secret"),
    ]),
    ("datadog_integration_fastly_account", &[
        p("api_key"),
    ]),
    ("datadog_integration_gcp", &[
        p("private_key"),
    ]),
    ("datadog_integration_opsgenie_service_object", &[
        p("opsgenie_api_key"),
    ]),
    ("datadog_integration_pagerduty", &[
        p("api_token"),
    ]),
    ("datadog_logs_custom_destination", &[
        p("elasticsearch_destination.basic_auth.password"),
        p("http_destination.basic_auth.password"),
        p("splunk_destination.access_token"),
    ]),
    ("datadog_service_integration", &[
        p("integration_key"),
    ]),
    ("datadog_synthetics_private_location", &[
        p("api_key"),
    ]),
    ("datadog_synthetics_test", &[
        p("api_step.request_basicauth.client_secret"),
        p("api_step.request_basicauth.password"),
        p("api_step.request_basicauth.secret_key"),
        p("api_step.request_basicauth.session_token"),
        p("request_basicauth.client_secret"),
        p("request_basicauth.password"),
        p("request_basicauth.secret_key"),
        p("request_basicauth.session_token"),
    ]),
    ("datadog_workflow_automation", &[
        p("webhook_secret"),
    ]),
    ("docker_image", &[
        p("build.auth_config.identity_token"),
        p("build.auth_config.password"),
        p("build.auth_config.registry_token"),
    ]),
    ("docker_registry_image", &[
        p("auth_config.password"),
    ]),
    ("docker_service", &[
        p("auth.password"),
    ]),
    ("github_actions_environment_secret", &[
        p("plaintext_value"),
        p("value"),
    ]),
    ("github_actions_organization_secret", &[
        p("plaintext_value"),
        p("value"),
    ]),
    ("github_actions_secret", &[
        p("plaintext_value"),
        p("value"),
    ]),
    ("github_codespaces_organization_secret", &[
        p("plaintext_value"),
        p("value"),
    ]),
    ("github_codespaces_secret", &[
        p("plaintext_value"),
        p("value"),
    ]),
    ("github_codespaces_user_secret", &[
        p("plaintext_value"),
        p("value"),
    ]),
    ("github_dependabot_organization_secret", &[
        p("plaintext_value"),
        p("value"),
    ]),
    ("github_dependabot_secret", &[
        p("plaintext_value"),
        p("value"),
    ]),
    ("github_organization_webhook", &[
        p("configuration.secret"),
    ]),
    ("github_repository_webhook", &[
        p("configuration.secret"),
    ]),
    ("gitlab_application_settings", &[
        p("akismet_api_key"),
        p("asset_proxy_secret_key"),
        p("eks_secret_access_key"),
        p("elasticsearch_aws_secret_access_key"),
        p("elasticsearch_password"),
        p("external_auth_client_key"),
        p("external_pipeline_validation_service_token"),
        p("jira_connect_application_key"),
        p("recaptcha_private_key"),
        p("slack_app_secret"),
        p("slack_app_signing_secret"),
        p("slack_app_verification_token"),
        p("spam_check_api_key"),
        p("static_objects_external_storage_auth_token"),
    ]),
    ("gitlab_group_cluster", &[
        p("kubernetes_token"),
    ]),
    ("gitlab_group_dependency_proxy", &[
        p("secret"),
    ]),
    ("gitlab_group_hook", &[
        p("token"),
    ]),
    ("gitlab_instance_cluster", &[
        p("kubernetes_token"),
    ]),
    ("gitlab_integration_github", &[
        p("token"),
    ]),
    ("gitlab_integration_harbor", &[
        p("password"),
    ]),
    ("gitlab_integration_jenkins", &[
        p("password"),
    ]),
    ("gitlab_integration_jira", &[
        p("password"),
    ]),
    ("gitlab_integration_telegram", &[
        p("token"),
    ]),
    ("gitlab_project", &[
        p("import_url_password"),
    ]),
    ("gitlab_project_cluster", &[
        p("kubernetes_token"),
    ]),
    ("gitlab_project_external_status_check", &[
        p("shared_secret"),
    ]),
    ("gitlab_project_hook", &[
        p("token"),
    ]),
    ("gitlab_project_integration_github", &[
        p("token"),
    ]),
    ("gitlab_project_integration_harbor", &[
        p("password"),
    ]),
    ("gitlab_project_integration_jenkins", &[
        p("password"),
    ]),
    ("gitlab_project_integration_jira", &[
        p("password"),
    ]),
    ("gitlab_project_integration_telegram", &[
        p("token"),
    ]),
    ("gitlab_runner", &[
        p("registration_token"),
    ]),
    ("gitlab_system_hook", &[
        p("token"),
    ]),
    ("gitlab_user", &[
        p("password"),
    ]),
    ("google_sql_user", &[
        p("password"),
    ]),
    ("grafana_user", &[
        p("password"),
    ]),
    ("helm_release", &[
        p("repository_password"),
        p("set_sensitive.value"),
    ]),
    ("mongodbatlas_alert_configuration", &[
        p("notification.api_token"),
        p("notification.datadog_api_key"),
        p("notification.ops_genie_api_key"),
        p("notification.service_key"),
        p("notification.victor_ops_api_key"),
        p("notification.victor_ops_routing_key"),
        p("notification.webhook_secret"),
    ]),
    ("mongodbatlas_database_user", &[
        p("password"),
    ]),
    ("mongodbatlas_encryption_at_rest", &[
        p("aws_kms_config.secret_access_key"),
        p("azure_key_vault_config.secret"),
    ]),
    ("mongodbatlas_ldap_configuration", &[
        p("bind_password"),
    ]),
    ("mongodbatlas_ldap_verify", &[
        p("bind_password"),
    ]),
    ("mongodbatlas_stream_connection", &[
        p("authentication.password"),
    ]),
    ("mongodbatlas_third_party_integration", &[
        p("api_key"),
        p("password"),
        p("routing_key"),
        p("secret"),
        p("service_key"),
    ]),
    ("mysql_user", &[
        p("password"),
        p("plaintext_password"),
    ]),
    ("newrelic_alert_channel", &[
        p("config.api_key"),
        p("config.auth_password"),
        p("config.service_key"),
    ]),
    ("newrelic_cloud_azure_link_account", &[
        p("client_secret"),
    ]),
    ("newrelic_cloud_oci_link_account", &[
        p("oci_client_secret"),
    ]),
    ("newrelic_notification_destination", &[
        p("auth_basic.password"),
        p("auth_token.token"),
    ]),
    ("newrelic_synthetics_script_monitor", &[
        p("location_private.vse_password"),
    ]),
    ("newrelic_synthetics_step_monitor", &[
        p("location_private.vse_password"),
    ]),
    ("okta_app_auto_login", &[
        p("shared_password"),
    ]),
    ("okta_app_basic_auth", &[
        p("shared_password"),
    ]),
    ("okta_app_oauth", &[
        p("client_basic_secret"),
    ]),
    ("okta_app_secure_password_store", &[
        p("shared_password"),
    ]),
    ("okta_app_shared_credentials", &[
        p("shared_password"),
    ]),
    ("okta_app_three_field", &[
        p("shared_password"),
    ]),
    ("okta_app_user", &[
        p("password"),
    ]),
    ("okta_authenticator", &[
        p("provider_integration_key"),
        p("provider_secret_key"),
        p("provider_shared_secret"),
    ]),
    ("okta_captcha", &[
        p("secret_key"),
    ]),
    ("okta_domain_certificate", &[
        p("private_key"),
    ]),
    ("okta_email_smtp_server", &[
        p("password"),
    ]),
    ("okta_idp_oidc", &[
        p("client_secret"),
    ]),
    ("okta_idp_social", &[
        p("apple_private_key"),
        p("client_secret"),
    ]),
    ("okta_log_stream", &[
        p("settings.token"),
    ]),
    ("okta_user", &[
        p("old_password"),
        p("password"),
    ]),
    ("pagerduty_automation_actions_runner", &[
        p("runbook_api_key"),
    ]),
    ("pagerduty_extension_servicenow", &[
        p("snow_password"),
    ]),
    ("pagerduty_service_integration", &[
        p("integration_key"),
    ]),
    ("postgresql_role", &[
        p("password"),
        p("password_wo"),
    ]),
    ("provider.alicloud", &[
        p("access_key"),
        p("assume_role_with_oidc.oidc_token"),
        p("secret_key"),
        p("security_token"),
    ]),
    ("provider.aws", &[
        p("access_key"),
        p("assume_role_with_web_identity.web_identity_token"),
        p("secret_key"),
        p("token"),
    ]),
    ("provider.awscc", &[
        p("access_key"),
        p("assume_role_with_web_identity.web_identity_token"),
        p("secret_key"),
        p("token"),
    ]),
    ("provider.azuread", &[
        p("client_certificate"),
        p("client_certificate_password"),
        p("client_secret"),
        p("oidc_request_token"),
        p("oidc_token"),
    ]),
    ("provider.azurerm", &[
        p("client_certificate"),
        p("client_certificate_password"),
        p("client_secret"),
        p("oidc_request_token"),
        p("oidc_token"),
    ]),
    ("provider.cloudflare", &[
        p("api_key"),
        p("api_token"),
        p("api_user_service_key"),
    ]),
    ("provider.databricks", &[
        p("actions_id_token_request_token"),
        p("azure_client_secret"),
        p("client_secret"),
        p("google_credentials").unless_file_path(),
        p("password"),
        p("token"),
    ]),
    ("provider.datadog", &[
        p("api_key"),
        p("app_key"),
        p("aws_secret_access_key"),
        p("aws_session_token"),
    ]),
    ("provider.digitalocean", &[
        p("spaces_access_id"),
        p("spaces_secret_key"),
        p("token"),
    ]),
    ("provider.docker", &[
        p("registry_auth.password"),
    ]),
    ("provider.github", &[
        p("app_auth.pem_file"),
        p("token"),
    ]),
    ("provider.gitlab", &[
        p("client_key"),
        p("token"),
    ]),
    ("provider.helm", &[
        p("kubernetes.client_key"),
        p("kubernetes.password"),
        p("kubernetes.token"),
        p("registries.password"),
    ]),
    ("provider.kubernetes", &[
        p("client_key"),
        p("password"),
        p("token"),
    ]),
    ("provider.mongodbatlas", &[
        p("aws_secret_access_key"),
        p("aws_session_token"),
        p("private_key"),
    ]),
    ("provider.newrelic", &[
        p("admin_api_key"),
        p("api_key"),
    ]),
    ("provider.okta", &[
        p("access_token"),
        p("api_token"),
        p("private_key"),
    ]),
    ("provider.pagerduty", &[
        p("token"),
        p("use_app_oauth_scoped_token.pd_client_secret"),
        p("user_token"),
    ]),
    ("provider.postgresql", &[
        p("password"),
    ]),
    ("provider.scaleway", &[
        p("access_key"),
        p("secret_key"),
        p("token"),
    ]),
    ("provider.snowflake", &[
        p("client_request_mfa_token"),
        p("oauth_client_secret"),
        p("password"),
        p("private_key"),
        p("private_key_passphrase"),
        p("token"),
        p("token_accessor.client_secret"),
        p("token_accessor.refresh_token"),
    ]),
    ("provider.tencentcloud", &[
        p("assume_role_with_web_identity.web_identity_token"),
        p("secret_id"),
        p("secret_key"),
        p("security_token"),
    ]),
    ("provider.tfe", &[
        p("token"),
    ]),
    ("provider.tls", &[
        p("proxy.password"),
    ]),
    ("provider.vault", &[
        p("auth_login_aws.aws_secret_access_key"),
        p("auth_login_aws.aws_session_token"),
        p("auth_login_azure.jwt"),
        p("auth_login_gcp.credentials").unless_file_path(),
        p("auth_login_gcp.jwt"),
        p("auth_login_gcp.service_account"),
        p("auth_login_jwt.jwt"),
        p("auth_login_kerberos.token"),
        p("auth_login_radius.password"),
        p("auth_login_userpass.password"),
        p("token"),
    ]),
    ("rabbitmq_user", &[
        p("password"),
    ]),
    ("snowflake_account", &[
        p("admin_password"),
    ]),
    ("snowflake_api_authentication_integration_with_authorization_code_grant", &[
        p("oauth_client_secret"),
    ]),
    ("snowflake_api_authentication_integration_with_client_credentials", &[
        p("oauth_client_secret"),
    ]),
    ("snowflake_api_authentication_integration_with_jwt_bearer", &[
        p("oauth_client_secret"),
    ]),
    ("snowflake_api_integration", &[
        p("api_key"),
    ]),
    ("snowflake_git_repository", &[
        p("git_credentials"),
    ]),
    ("snowflake_legacy_service_user", &[
        p("password"),
    ]),
    ("snowflake_managed_account", &[
        p("admin_password"),
    ]),
    ("snowflake_scim_integration", &[
        p("sync_password"),
    ]),
    ("snowflake_secret_with_authorization_code_grant", &[
        p("oauth_refresh_token"),
    ]),
    ("snowflake_secret_with_basic_authentication", &[
        p("password"),
    ]),
    ("snowflake_stage", &[
        p("credentials"),
    ]),
    ("snowflake_user", &[
        p("password"),
    ]),
    ("tfe_notification_configuration", &[
        p("token"),
        p("token_wo"),
    ]),
    ("tfe_oauth_client", &[
        p("oauth_token"),
        p("private_key"),
        p("secret"),
    ]),
    ("tfe_saml_settings", &[
        p("private_key"),
        p("private_key_wo"),
    ]),
    ("tfe_team_notification_configuration", &[
        p("token"),
        p("token_wo"),
    ]),
    ("tls_cert_request", &[
        p("private_key_pem"),
    ]),
    ("tls_locally_signed_cert", &[
        p("ca_private_key_pem"),
    ]),
    ("tls_self_signed_cert", &[
        p("private_key_pem"),
    ]),
    ("vault_approle_auth_backend_login", &[
        p("secret_id"),
    ]),
    ("vault_approle_auth_backend_role_secret_id", &[
        p("secret_id"),
    ]),
    ("vault_aws_auth_backend_client", &[
        p("secret_key"),
    ]),
    ("vault_aws_secret_backend", &[
        p("secret_key"),
    ]),
    ("vault_azure_auth_backend_config", &[
        p("client_secret"),
    ]),
    ("vault_azure_secret_backend", &[
        p("client_secret"),
    ]),
    ("vault_azure_secret_backend_static_role", &[
        p("client_secret"),
        p("secret_id"),
    ]),
    ("vault_consul_secret_backend", &[
        p("client_key"),
        p("token"),
    ]),
    ("vault_database_secret_backend_connection", &[
        p("cassandra.password"),
        p("couchbase.password"),
        p("elasticsearch.client_key"),
        p("elasticsearch.password"),
        p("hana.password"),
        p("hana.password_wo"),
        p("influxdb.password"),
        p("mongodb.password"),
        p("mongodb.password_wo"),
        p("mongodbatlas.private_key"),
        p("mssql.password"),
        p("mssql.password_wo"),
        p("mysql.password"),
        p("mysql.password_wo"),
        p("mysql_aurora.password"),
        p("mysql_aurora.password_wo"),
        p("mysql_legacy.password"),
        p("mysql_legacy.password_wo"),
        p("mysql_rds.password"),
        p("mysql_rds.password_wo"),
        p("oracle.password"),
        p("oracle.password_wo"),
        p("postgresql.password"),
        p("postgresql.password_wo"),
        p("postgresql.private_key"),
        p("redis.password"),
        p("redis_elasticache.password"),
        p("redshift.password"),
        p("redshift.password_wo"),
        p("snowflake.password"),
        p("snowflake.password_wo"),
        p("snowflake.private_key_wo"),
    ]),
    ("vault_database_secret_backend_static_role", &[
        p("password_wo"),
        p("self_managed_password"),
    ]),
    ("vault_database_secrets_mount", &[
        p("cassandra.password"),
        p("couchbase.password"),
        p("elasticsearch.client_key"),
        p("elasticsearch.password"),
        p("hana.password"),
        p("hana.password_wo"),
        p("influxdb.password"),
        p("mongodb.password"),
        p("mongodb.password_wo"),
        p("mongodbatlas.private_key"),
        p("mssql.password"),
        p("mssql.password_wo"),
        p("mysql.password"),
        p("mysql.password_wo"),
        p("mysql_aurora.password"),
        p("mysql_aurora.password_wo"),
        p("mysql_legacy.password"),
        p("mysql_legacy.password_wo"),
        p("mysql_rds.password"),
        p("mysql_rds.password_wo"),
        p("oracle.password"),
        p("oracle.password_wo"),
        p("postgresql.password"),
        p("postgresql.password_wo"),
        p("postgresql.private_key"),
        p("redis.password"),
        p("redis_elasticache.password"),
        p("redshift.password"),
        p("redshift.password_wo"),
        p("snowflake.password"),
        p("snowflake.password_wo"),
        p("snowflake.private_key_wo"),
    ]),
    ("vault_gcp_auth_backend", &[
        p("credentials"),
    ]),
    ("vault_gcp_secret_backend", &[
        p("credentials"),
        p("credentials_wo"),
    ]),
    ("vault_generic_secret", &[
        p("data_json"),
    ]),
    ("vault_identity_mfa_duo", &[
        p("integration_key"),
        p("secret_key"),
    ]),
    ("vault_identity_mfa_okta", &[
        p("api_token"),
    ]),
    ("vault_jwt_auth_backend", &[
        p("oidc_client_secret"),
    ]),
    ("vault_kubernetes_auth_backend_config", &[
        p("token_reviewer_jwt"),
    ]),
    ("vault_kubernetes_secret_backend", &[
        p("service_account_jwt"),
    ]),
    ("vault_kv_secret", &[
        p("data_json"),
    ]),
    ("vault_kv_secret_v2", &[
        p("data_json"),
        p("data_json_wo"),
    ]),
    ("vault_managed_keys", &[
        p("aws.secret_key"),
        p("azure.client_secret"),
    ]),
    ("vault_mfa_duo", &[
        p("integration_key"),
        p("secret_key"),
    ]),
    ("vault_mfa_okta", &[
        p("api_token"),
    ]),
    ("vault_mongodbatlas_secret_backend", &[
        p("private_key"),
    ]),
    ("vault_nomad_secret_backend", &[
        p("client_key"),
        p("token"),
    ]),
    ("vault_okta_auth_backend", &[
        p("token"),
    ]),
    ("vault_rabbitmq_secret_backend", &[
        p("password"),
    ]),
    ("vault_raft_snapshot_agent_config", &[
        p("aws_secret_access_key"),
        p("aws_session_token"),
    ]),
    ("vault_secrets_sync_aws_destination", &[
        p("secret_access_key"),
    ]),
    ("vault_secrets_sync_azure_destination", &[
        p("client_secret"),
    ]),
    ("vault_secrets_sync_gcp_destination", &[
        p("credentials"),
    ]),
    ("vault_secrets_sync_gh_destination", &[
        p("access_token"),
    ]),
    ("vault_secrets_sync_github_apps", &[
        p("private_key"),
    ]),
    ("vault_secrets_sync_vercel_destination", &[
        p("access_token"),
    ]),
    ("vault_ssh_secret_backend_ca", &[
        p("private_key"),
    ]),
    ("vault_terraform_cloud_secret_backend", &[
        p("token"),
        p("token_wo"),
    ]),
];

pub(super) static CONTAINERS: &[(&str, &[&str])] = &[
    ("AWS::APS::Workspace", &["AlertManagerDefinition"]),
    ("AWS::AmazonMQ::Configuration", &["Data"]),
    ("AWS::Amplify::App", &["AutoBranchCreationConfig.BuildSpec", "AutoBranchCreationConfig.EnvironmentVariables", "BuildSpec", "EnvironmentVariables"]),
    ("AWS::Amplify::Branch", &["BuildSpec", "EnvironmentVariables"]),
    ("AWS::ApiGateway::Deployment", &["StageDescription.Variables"]),
    ("AWS::ApiGateway::Method", &["Integration.RequestParameters", "Integration.RequestTemplates"]),
    ("AWS::ApiGateway::RestApi", &["Body"]),
    ("AWS::ApiGateway::Stage", &["Variables"]),
    ("AWS::ApiGatewayV2::Api", &["Body"]),
    ("AWS::ApiGatewayV2::Integration", &["RequestParameters", "RequestTemplates"]),
    ("AWS::ApiGatewayV2::Stage", &["StageVariables"]),
    ("AWS::AppConfig::HostedConfigurationVersion", &["Content"]),
    ("AWS::AppRunner::Service", &["SourceConfiguration.CodeRepository.CodeConfiguration.CodeConfigurationValues.BuildCommand", "SourceConfiguration.CodeRepository.CodeConfiguration.CodeConfigurationValues.RuntimeEnvironmentVariables", "SourceConfiguration.CodeRepository.CodeConfiguration.CodeConfigurationValues.StartCommand", "SourceConfiguration.ImageRepository.ImageConfiguration.RuntimeEnvironmentVariables", "SourceConfiguration.ImageRepository.ImageConfiguration.StartCommand"]),
    ("AWS::AppSync::FunctionConfiguration", &["Code", "RequestMappingTemplate"]),
    ("AWS::AppSync::GraphQLApi", &["EnvironmentVariables"]),
    ("AWS::AppSync::Resolver", &["Code", "RequestMappingTemplate"]),
    ("AWS::AutoScaling::LaunchConfiguration", &["UserData"]),
    ("AWS::Batch::JobDefinition", &["ContainerProperties.Command", "ContainerProperties.Environment", "ContainerProperties.LogConfiguration.Options", "EcsProperties.TaskProperties.Containers.Command", "EcsProperties.TaskProperties.Containers.Environment", "EcsProperties.TaskProperties.Containers.LogConfiguration.Options", "EksProperties.PodProperties.Containers.Args", "EksProperties.PodProperties.Containers.Command", "EksProperties.PodProperties.Containers.Env", "EksProperties.PodProperties.InitContainers.Args", "EksProperties.PodProperties.InitContainers.Command", "EksProperties.PodProperties.InitContainers.Env", "NodeProperties.NodeRangeProperties.Container.Command", "NodeProperties.NodeRangeProperties.Container.Environment", "NodeProperties.NodeRangeProperties.Container.LogConfiguration.Options", "NodeProperties.NodeRangeProperties.EcsProperties.TaskProperties.Containers.Command", "NodeProperties.NodeRangeProperties.EcsProperties.TaskProperties.Containers.Environment", "NodeProperties.NodeRangeProperties.EcsProperties.TaskProperties.Containers.LogConfiguration.Options", "NodeProperties.NodeRangeProperties.EksProperties.PodProperties.Containers.Args", "NodeProperties.NodeRangeProperties.EksProperties.PodProperties.Containers.Command", "NodeProperties.NodeRangeProperties.EksProperties.PodProperties.Containers.Env", "Parameters"]),
    ("AWS::BedrockAgentCore::Runtime", &["EnvironmentVariables"]),
    ("AWS::CloudFormation::Stack", &["Parameters"]),
    ("AWS::CloudFormation::StackSet", &["Parameters", "StackInstancesGroup.ParameterOverrides", "TemplateBody"]),
    ("AWS::CloudFront::Distribution", &["DistributionConfig.Origins.OriginCustomHeaders.HeaderValue"]),
    ("AWS::CodeBuild::Project", &["Environment.EnvironmentVariables", "SecondarySources.BuildSpec", "Source.BuildSpec"]),
    ("AWS::CodePipeline::Pipeline", &["Stages.Actions.Configuration"]),
    ("AWS::Config::ConformancePack", &["ConformancePackInputParameters"]),
    ("AWS::Config::OrganizationConformancePack", &["ConformancePackInputParameters"]),
    ("AWS::DMS::Endpoint", &["ExtraConnectionAttributes"]),
    ("AWS::DataPipeline::Pipeline", &["ParameterValues", "PipelineObjects.Fields"]),
    ("AWS::DataZone::Environment", &["UserParameters"]),
    ("AWS::EC2::Instance", &["UserData"]),
    ("AWS::EC2::LaunchTemplate", &["LaunchTemplateData.UserData"]),
    ("AWS::EC2::SpotFleet", &["SpotFleetRequestConfigData.LaunchSpecifications.UserData"]),
    ("AWS::ECS::DaemonTaskDefinition", &["ContainerDefinitions.Command", "ContainerDefinitions.EntryPoint", "ContainerDefinitions.Environment", "ContainerDefinitions.FirelensConfiguration.Options", "ContainerDefinitions.HealthCheck.Command", "ContainerDefinitions.LogConfiguration.Options"]),
    ("AWS::ECS::ExpressGatewayService", &["PrimaryContainer.Command", "PrimaryContainer.Environment"]),
    ("AWS::ECS::TaskDefinition", &["ContainerDefinitions.Command", "ContainerDefinitions.DockerLabels", "ContainerDefinitions.EntryPoint", "ContainerDefinitions.Environment", "ContainerDefinitions.FirelensConfiguration.Options", "ContainerDefinitions.HealthCheck.Command", "ContainerDefinitions.LogConfiguration.Options"]),
    ("AWS::EKS::Addon", &["ConfigurationValues"]),
    ("AWS::EMR::Cluster", &["BootstrapActions", "Configurations", "Steps"]),
    ("AWS::EMR::SecurityConfiguration", &["SecurityConfiguration"]),
    ("AWS::EMR::Step", &["HadoopJarStep"]),
    ("AWS::EMRServerless::Application", &["RuntimeConfiguration"]),
    ("AWS::ElasticBeanstalk::ConfigurationTemplate", &["OptionSettings"]),
    ("AWS::ElasticBeanstalk::Environment", &["OptionSettings"]),
    ("AWS::Events::Rule", &["Targets.HttpParameters.HeaderParameters", "Targets.HttpParameters.QueryStringParameters", "Targets.Input", "Targets.InputTransformer.InputTemplate"]),
    ("AWS::GameLift::Fleet", &["RuntimeConfiguration.ServerProcesses.Parameters"]),
    ("AWS::Glue::Connection", &["ConnectionInput.ConnectionProperties"]),
    ("AWS::Glue::Job", &["DefaultArguments", "NonOverridableArguments"]),
    ("AWS::Glue::Trigger", &["Actions.Arguments"]),
    ("AWS::Glue::Workflow", &["DefaultRunProperties"]),
    ("AWS::Greengrass::ConnectorDefinition", &["InitialVersion.Connectors.Parameters"]),
    ("AWS::Greengrass::ConnectorDefinitionVersion", &["Connectors.Parameters"]),
    ("AWS::Greengrass::FunctionDefinition", &["InitialVersion.Functions.FunctionConfiguration.Environment.Variables"]),
    ("AWS::Greengrass::FunctionDefinitionVersion", &["Functions.FunctionConfiguration.Environment.Variables"]),
    ("AWS::GreengrassV2::ComponentVersion", &["InlineRecipe", "LambdaFunction.ComponentLambdaParameters.EnvironmentVariables"]),
    ("AWS::ImageBuilder::Component", &["Data"]),
    ("AWS::ImageBuilder::ContainerRecipe", &["DockerfileTemplateData"]),
    ("AWS::ImageBuilder::Workflow", &["Data"]),
    ("AWS::IoT::TopicRule", &["TopicRulePayload.Actions.Http.Headers", "TopicRulePayload.Actions.Kafka.ClientProperties", "TopicRulePayload.ErrorAction.Http.Headers", "TopicRulePayload.ErrorAction.Kafka.ClientProperties"]),
    ("AWS::KafkaConnect::Connector", &["ConnectorConfiguration"]),
    ("AWS::KinesisAnalyticsV2::Application", &["ApplicationConfiguration.EnvironmentProperties.PropertyGroups.PropertyMap"]),
    ("AWS::KinesisFirehose::DeliveryStream", &["HttpEndpointDestinationConfiguration.RequestConfiguration.CommonAttributes"]),
    ("AWS::Lambda::Function", &["Environment.Variables", "ImageConfig.Command", "ImageConfig.EntryPoint"]),
    ("AWS::Lightsail::Container", &["ContainerServiceDeployment.Containers.Command", "ContainerServiceDeployment.Containers.Environment"]),
    ("AWS::Lightsail::Instance", &["UserData"]),
    ("AWS::MSK::Configuration", &["ServerProperties"]),
    ("AWS::MWAA::Environment", &["AirflowConfigurationOptions"]),
    ("AWS::OSIS::Pipeline", &["PipelineConfigurationBody"]),
    ("AWS::OpsWorks::App", &["Environment"]),
    ("AWS::OpsWorks::Layer", &["CustomJson"]),
    ("AWS::OpsWorks::Stack", &["CustomJson"]),
    ("AWS::Pipes::Pipe", &["EnrichmentParameters.HttpParameters.HeaderParameters", "EnrichmentParameters.HttpParameters.QueryStringParameters", "EnrichmentParameters.InputTemplate", "TargetParameters.BatchJobParameters.ContainerOverrides.Command", "TargetParameters.BatchJobParameters.ContainerOverrides.Environment", "TargetParameters.EcsTaskParameters.Overrides.ContainerOverrides.Command", "TargetParameters.EcsTaskParameters.Overrides.ContainerOverrides.Environment", "TargetParameters.HttpParameters.HeaderParameters", "TargetParameters.HttpParameters.QueryStringParameters", "TargetParameters.InputTemplate"]),
    ("AWS::RDS::OptionGroup", &["OptionConfigurations.OptionSettings"]),
    ("AWS::SSM::Association", &["Parameters"]),
    ("AWS::SSM::Document", &["Content"]),
    ("AWS::SSM::MaintenanceWindowTask", &["TaskInvocationParameters.MaintenanceWindowAutomationParameters.Parameters", "TaskInvocationParameters.MaintenanceWindowLambdaParameters.Payload", "TaskInvocationParameters.MaintenanceWindowRunCommandParameters.Parameters", "TaskInvocationParameters.MaintenanceWindowStepFunctionsParameters.Input", "TaskParameters"]),
    ("AWS::SSM::Parameter", &["Value"]),
    ("AWS::SageMaker::AppImageConfig", &["CodeEditorAppImageConfig.ContainerConfig.ContainerEnvironmentVariables", "JupyterLabAppImageConfig.ContainerConfig.ContainerEnvironmentVariables"]),
    ("AWS::SageMaker::Model", &["Containers.Environment", "PrimaryContainer.Environment"]),
    ("AWS::SageMaker::NotebookInstanceLifecycleConfig", &["OnCreate.Content", "OnStart.Content"]),
    ("AWS::Scheduler::Schedule", &["Target.Input"]),
    ("AWS::SecretsManager::Secret", &["GenerateSecretString.SecretStringTemplate"]),
    ("AWS::Serverless::Api", &["DefinitionBody", "Variables"]),
    ("AWS::Serverless::Application", &["Parameters"]),
    ("AWS::Serverless::Function", &["Environment.Variables", "ImageConfig.Command", "ImageConfig.EntryPoint"]),
    ("AWS::Serverless::HttpApi", &["DefinitionBody", "StageVariables"]),
    ("AWS::Serverless::StateMachine", &["Definition", "DefinitionSubstitutions"]),
    ("AWS::ServiceCatalog::CloudFormationProvisionedProduct", &["ProvisioningParameters"]),
    ("AWS::StepFunctions::StateMachine", &["Definition", "DefinitionString", "DefinitionSubstitutions"]),
    ("AWS::Synthetics::Canary", &["RunConfig.EnvironmentVariables"]),
    ("AWS::WorkSpacesWeb::IdentityProvider", &["IdentityProviderDetails"]),
    ("AWS::WorkspacesInstances::WorkspaceInstance", &["ManagedInstance.UserData"]),
    ("archive_file", &["source.content", "source_content"]),
    ("aws_amplify_app", &["auto_branch_creation_config.build_spec", "auto_branch_creation_config.environment_variables", "build_spec", "environment_variables"]),
    ("aws_amplify_branch", &["environment_variables"]),
    ("aws_api_gateway_deployment", &["variables"]),
    ("aws_api_gateway_integration", &["request_parameters", "request_templates"]),
    ("aws_api_gateway_rest_api", &["body"]),
    ("aws_api_gateway_stage", &["variables"]),
    ("aws_apigatewayv2_api", &["body"]),
    ("aws_apigatewayv2_integration", &["request_parameters", "request_templates"]),
    ("aws_apigatewayv2_stage", &["stage_variables"]),
    ("aws_appconfig_hosted_configuration_version", &["content"]),
    ("aws_apprunner_service", &["source_configuration.code_repository.code_configuration.code_configuration_values.build_command", "source_configuration.code_repository.code_configuration.code_configuration_values.runtime_environment_variables", "source_configuration.code_repository.code_configuration.code_configuration_values.start_command", "source_configuration.image_repository.image_configuration.runtime_environment_variables", "source_configuration.image_repository.image_configuration.start_command"]),
    ("aws_appsync_function", &["code", "request_mapping_template"]),
    ("aws_appsync_resolver", &["code", "request_template"]),
    ("aws_batch_job_definition", &["container_properties", "ecs_properties", "eks_properties.pod_properties.containers.args", "eks_properties.pod_properties.containers.command", "eks_properties.pod_properties.containers.env", "eks_properties.pod_properties.init_containers.args", "eks_properties.pod_properties.init_containers.command", "eks_properties.pod_properties.init_containers.env", "node_properties", "parameters"]),
    ("aws_bedrockagentcore_agent_runtime", &["environment_variables"]),
    ("aws_bedrockagentcore_harness", &["environment_variables"]),
    ("aws_cloudcontrolapi_resource", &["desired_state"]),
    ("aws_cloudformation_stack", &["parameters", "template_body"]),
    ("aws_cloudformation_stack_instances", &["parameter_overrides"]),
    ("aws_cloudformation_stack_set", &["parameters", "template_body"]),
    ("aws_cloudformation_stack_set_instance", &["parameter_overrides"]),
    ("aws_cloudfront_distribution", &["origin.custom_header.value"]),
    ("aws_cloudwatch_event_target", &["http_target.header_parameters", "http_target.query_string_parameters", "input", "input_transformer.input_template"]),
    ("aws_codebuild_project", &["environment.environment_variable", "secondary_sources.buildspec", "source.buildspec"]),
    ("aws_codepipeline", &["stage.action.configuration"]),
    ("aws_datapipeline_pipeline_definition", &["parameter_value", "pipeline_object.field"]),
    ("aws_datazone_environment", &["user_parameters"]),
    ("aws_db_option_group", &["option.option_settings"]),
    ("aws_db_parameter_group", &["parameter.value"]),
    ("aws_dms_endpoint", &["extra_connection_attributes"]),
    ("aws_dynamodb_table_item", &["item"]),
    ("aws_ecs_daemon_task_definition", &["container_definition.command", "container_definition.entry_point", "container_definition.environment", "container_definition.firelens_configuration.options", "container_definition.health_check.command", "container_definition.log_configuration.options"]),
    ("aws_ecs_express_gateway_service", &["primary_container.command", "primary_container.environment"]),
    ("aws_ecs_task_definition", &["container_definitions"]),
    ("aws_eks_addon", &["configuration_values"]),
    ("aws_elastic_beanstalk_configuration_template", &["setting"]),
    ("aws_elastic_beanstalk_environment", &["setting"]),
    ("aws_emr_cluster", &["bootstrap_action", "configurations", "configurations_json", "step"]),
    ("aws_emr_security_configuration", &["configuration"]),
    ("aws_emrserverless_application", &["runtime_configuration"]),
    ("aws_glue_connection", &["athena_properties", "connection_properties"]),
    ("aws_glue_job", &["default_arguments", "non_overridable_arguments"]),
    ("aws_glue_trigger", &["actions.arguments"]),
    ("aws_glue_workflow", &["default_run_properties"]),
    ("aws_imagebuilder_component", &["data"]),
    ("aws_imagebuilder_container_recipe", &["dockerfile_template_data"]),
    ("aws_imagebuilder_image_recipe", &["user_data_base64"]),
    ("aws_imagebuilder_workflow", &["data"]),
    ("aws_instance", &["user_data", "user_data_base64"]),
    ("aws_iot_topic_rule", &["error_action.http.http_header", "error_action.kafka.client_properties", "http.http_header", "kafka.client_properties"]),
    ("aws_kinesis_firehose_delivery_stream", &["http_endpoint_configuration.request_configuration.common_attributes"]),
    ("aws_kinesisanalyticsv2_application", &["application_configuration.environment_properties.property_group.property_map"]),
    ("aws_lambda_function", &["environment.variables", "image_config.command", "image_config.entry_point"]),
    ("aws_lambda_invocation", &["input"]),
    ("aws_launch_configuration", &["user_data", "user_data_base64"]),
    ("aws_launch_template", &["user_data"]),
    ("aws_lightsail_container_service_deployment_version", &["container.command", "container.environment"]),
    ("aws_lightsail_instance", &["user_data"]),
    ("aws_mq_configuration", &["data"]),
    ("aws_msk_configuration", &["server_properties"]),
    ("aws_mskconnect_connector", &["connector_configuration"]),
    ("aws_mwaa_environment", &["airflow_configuration_options"]),
    ("aws_opsworks_stack", &["custom_json"]),
    ("aws_osis_pipeline", &["pipeline_configuration_body"]),
    ("aws_pipes_pipe", &["enrichment_parameters.http_parameters.header_parameters", "enrichment_parameters.http_parameters.query_string_parameters", "enrichment_parameters.input_template", "target_parameters.batch_job_parameters.container_overrides.command", "target_parameters.batch_job_parameters.container_overrides.environment", "target_parameters.ecs_task_parameters.overrides.container_override.command", "target_parameters.ecs_task_parameters.overrides.container_override.environment", "target_parameters.http_parameters.header_parameters", "target_parameters.http_parameters.query_string_parameters", "target_parameters.input_template"]),
    ("aws_prometheus_alert_manager_definition", &["definition"]),
    ("aws_s3_bucket_object", &["content", "content_base64"]),
    ("aws_s3_object", &["content", "content_base64"]),
    ("aws_sagemaker_app_image_config", &["code_editor_app_image_config.container_config.container_environment_variables", "jupyter_lab_image_config.container_config.container_environment_variables"]),
    ("aws_sagemaker_model", &["container.environment", "primary_container.environment"]),
    ("aws_sagemaker_notebook_instance_lifecycle_configuration", &["on_create", "on_start"]),
    ("aws_scheduler_schedule", &["target.input"]),
    ("aws_servicecatalog_provisioned_product", &["provisioning_parameters"]),
    ("aws_sfn_state_machine", &["definition"]),
    ("aws_spot_fleet_request", &["launch_specification.user_data"]),
    ("aws_spot_instance_request", &["user_data", "user_data_base64"]),
    ("aws_ssm_association", &["parameters"]),
    ("aws_ssm_document", &["content"]),
    ("aws_ssm_maintenance_window_task", &["task_invocation_parameters.automation_parameters.parameter", "task_invocation_parameters.lambda_parameters.payload", "task_invocation_parameters.run_command_parameters.parameter", "task_invocation_parameters.step_functions_parameters.input"]),
    ("aws_ssm_parameter", &["value"]),
    ("aws_synthetics_canary", &["run_config.environment_variables"]),
    ("aws_workspacesweb_identity_provider", &["identity_provider_details"]),
    ("cloudinit_config", &["part.content"]),
    ("docker_container", &["command", "entrypoint", "env"]),
    ("external", &["program", "query"]),
    ("helm_release", &["set.value", "set_wo.value", "values"]),
    ("http", &["request_body", "request_headers"]),
    ("kubectl_manifest", &["yaml_body"]),
    ("kubernetes_config_map", &["data"]),
    ("kubernetes_config_map_v1", &["data"]),
    ("kubernetes_cron_job", &["spec.job_template.spec.template.spec.container.args", "spec.job_template.spec.template.spec.container.command", "spec.job_template.spec.template.spec.container.env", "spec.job_template.spec.template.spec.init_container.args", "spec.job_template.spec.template.spec.init_container.command", "spec.job_template.spec.template.spec.init_container.env"]),
    ("kubernetes_cron_job_v1", &["spec.job_template.spec.template.spec.container.args", "spec.job_template.spec.template.spec.container.command", "spec.job_template.spec.template.spec.container.env", "spec.job_template.spec.template.spec.init_container.args", "spec.job_template.spec.template.spec.init_container.command", "spec.job_template.spec.template.spec.init_container.env"]),
    ("kubernetes_daemon_set_v1", &["spec.template.spec.container.args", "spec.template.spec.container.command", "spec.template.spec.container.env", "spec.template.spec.init_container.args", "spec.template.spec.init_container.command", "spec.template.spec.init_container.env"]),
    ("kubernetes_daemonset", &["spec.template.spec.container.args", "spec.template.spec.container.command", "spec.template.spec.container.env", "spec.template.spec.init_container.args", "spec.template.spec.init_container.command", "spec.template.spec.init_container.env"]),
    ("kubernetes_deployment", &["spec.template.spec.container.args", "spec.template.spec.container.command", "spec.template.spec.container.env", "spec.template.spec.init_container.args", "spec.template.spec.init_container.command", "spec.template.spec.init_container.env"]),
    ("kubernetes_deployment_v1", &["spec.template.spec.container.args", "spec.template.spec.container.command", "spec.template.spec.container.env", "spec.template.spec.init_container.args", "spec.template.spec.init_container.command", "spec.template.spec.init_container.env"]),
    ("kubernetes_job", &["spec.template.spec.container.args", "spec.template.spec.container.command", "spec.template.spec.container.env", "spec.template.spec.init_container.args", "spec.template.spec.init_container.command", "spec.template.spec.init_container.env"]),
    ("kubernetes_job_v1", &["spec.template.spec.container.args", "spec.template.spec.container.command", "spec.template.spec.container.env", "spec.template.spec.init_container.args", "spec.template.spec.init_container.command", "spec.template.spec.init_container.env"]),
    ("kubernetes_manifest", &["manifest"]),
    ("kubernetes_pod", &["spec.container.args", "spec.container.command", "spec.container.env", "spec.init_container.args", "spec.init_container.command", "spec.init_container.env"]),
    ("kubernetes_pod_v1", &["spec.container.args", "spec.container.command", "spec.container.env", "spec.init_container.args", "spec.init_container.command", "spec.init_container.env"]),
    ("kubernetes_secret", &["binary_data", "binary_data_wo", "data", "data_wo"]),
    ("kubernetes_secret_v1", &["binary_data", "binary_data_wo", "data", "data_wo"]),
    ("kubernetes_stateful_set", &["spec.template.spec.container.args", "spec.template.spec.container.command", "spec.template.spec.container.env", "spec.template.spec.init_container.args", "spec.template.spec.init_container.command", "spec.template.spec.init_container.env"]),
    ("kubernetes_stateful_set_v1", &["spec.template.spec.container.args", "spec.template.spec.container.command", "spec.template.spec.container.env", "spec.template.spec.init_container.args", "spec.template.spec.init_container.command", "spec.template.spec.init_container.env"]),
    ("local_file", &["content"]),
    ("local_sensitive_file", &["content"]),
    ("null_resource", &["triggers"]),
    ("template_cloudinit_config", &["part.content"]),
    ("template_file", &["template", "vars"]),
    ("terraform_data", &["input", "triggers_replace"]),
];

pub(super) static SENSITIVE_OUTPUTS: &[(&str, &[&str])] = &[
    ("AWS::AppSync::ApiKey", &["ApiKey"]),
    ("AWS::IAM::AccessKey", &["SecretAccessKey"]),
    ("aws_appsync_api_key", &["key"]),
    ("aws_codebuild_webhook", &["secret"]),
    ("aws_cognito_managed_user_pool_client", &["client_secret"]),
    ("aws_cognito_user_pool_client", &["client_secret"]),
    ("aws_grafana_workspace_api_key", &["key"]),
    ("aws_grafana_workspace_service_account_token", &["key"]),
    ("aws_iam_access_key", &["secret", "ses_smtp_password_v4"]),
    ("aws_iam_service_specific_credential", &["service_credential_secret", "service_password"]),
    ("aws_iam_user_login_profile", &["password"]),
    ("aws_iot_certificate", &["private_key"]),
    ("aws_kms_grant", &["grant_token"]),
    ("aws_lightsail_bucket_access_key", &["secret_access_key"]),
    ("aws_lightsail_key_pair", &["private_key"]),
    ("aws_vpn_connection", &["customer_gateway_configuration"]),
    ("aws_wafv2_api_key", &["api_key"]),
    ("random_password", &["result"]),
    ("tls_private_key", &["private_key_openssh", "private_key_pem", "private_key_pem_pkcs8"]),
];
