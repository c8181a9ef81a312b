//! How services take a secret by reference, and what containers and addresses hold otherwise.

/// What to write instead of a literal in the environment of a type; `None` where the service knows no such form.
/// <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/specifying-sensitive-data.html>
/// <https://docs.aws.amazon.com/codebuild/latest/APIReference/API_EnvironmentVariable.html>
/// <https://docs.aws.amazon.com/batch/latest/userguide/specifying-sensitive-data.html>
/// <https://docs.aws.amazon.com/apprunner/latest/dg/env-variable.html>
/// <https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/AWSHowTo.secrets.env-vars.html>
#[must_use]
pub fn instead_of_a_literal(type_name: &str) -> Option<&'static str> {
    match type_name {
        "aws_ecs_task_definition"
        | "aws_ecs_daemon_task_definition"
        | "aws_ecs_express_gateway_service"
        | "aws_batch_job_definition" => Some("name it under `secrets` with a `valueFrom` of Secrets Manager"),
        "AWS::ECS::TaskDefinition"
        | "AWS::ECS::DaemonTaskDefinition"
        | "AWS::ECS::ExpressGatewayService"
        | "AWS::Batch::JobDefinition" => {
            Some("name it under `Secrets` with a `ValueFrom` of Secrets Manager")
        }
        "aws_codebuild_project" | "AWS::CodeBuild::Project" => {
            Some("give the variable the type `SECRETS_MANAGER` and the name of a secret")
        }
        "aws_ssm_parameter" => Some("make it a `SecureString`, with `value_wo` from an ephemeral value"),
        "AWS::SSM::Parameter" => Some("keep it in Secrets Manager: CloudFormation makes no `SecureString`"),
        "aws_apprunner_service" => {
            Some("name it under `runtime_environment_secrets` with the ARN of a secret")
        }
        "AWS::AppRunner::Service" => {
            Some("name it under `RuntimeEnvironmentSecrets` with the ARN of a secret")
        }
        "aws_elastic_beanstalk_environment"
        | "aws_elastic_beanstalk_configuration_template"
        | "AWS::ElasticBeanstalk::Environment"
        | "AWS::ElasticBeanstalk::ConfigurationTemplate" => Some(
            "use the namespace `aws:elasticbeanstalk:application:environmentsecrets` and the ARN of a secret",
        ),
        _ => None,
    }
}

/// Whether a container is the description of an API, in which names are those of fields of messages.
#[must_use]
pub fn describes_api(path: &str) -> bool {
    matches!(path, "body" | "Body" | "DefinitionBody")
}

/// Whether a container maps parameters of a request: what stands in single quotes is sent as it is, all else says where the
/// value comes from. The mappings of HTTP APIs write what is sent without quotes.
/// <https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-parameter-mapping-sources.html>
/// <https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html>
#[must_use]
pub fn maps_parameters(path: &str) -> bool {
    matches!(path, "request_parameters" | "RequestParameters" | "Integration.RequestParameters")
}

/// Where a type names the repository that it fetches: AWS asks for connections or stored credentials there, so that nothing
/// before the host is right. Dotted as in the catalogue.
/// <https://docs.aws.amazon.com/securityhub/latest/userguide/codebuild-controls.html#codebuild-1>
#[must_use]
pub fn repositories(type_name: &str) -> &'static [&'static str] {
    match type_name {
        "AWS::CodeBuild::Project" => &["Source.Location", "SecondarySources.Location"],
        "aws_codebuild_project" => &["source.location", "secondary_sources.location"],
        _ => &[],
    }
}

/// Where the code of a function stands in the resource itself. Dotted as in the catalogue.
#[must_use]
pub fn inline_code(type_name: &str) -> &'static [&'static str] {
    match type_name {
        "AWS::Lambda::Function" => &["Code.ZipFile"],
        "AWS::Serverless::Function" => &["InlineCode"],
        "AWS::CloudFront::Function" => &["FunctionCode"],
        "aws_cloudfront_function" => &["code"],
        _ => &[],
    }
}
