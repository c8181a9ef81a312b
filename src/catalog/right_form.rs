//! How services take a secret by reference, and what containers and addresses hold otherwise.

use super::registry::{Renamed, Spelling, Table, row, spelling};

/// How a service takes a secret by reference.
#[derive(Debug, Clone, Copy)]
enum RightForm {
    /// Beside the environment, by another list.
    Secrets,
    /// By the type of the variable.
    Build,
    Parameter,
    Runner,
    Beanstalk,
}

impl Renamed for RightForm {
    fn renamed(&self) -> Self {
        *self
    }
}

/// <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/specifying-sensitive-data.html>
/// <https://docs.aws.amazon.com/codebuild/latest/APIReference/API_EnvironmentVariable.html>
/// <https://docs.aws.amazon.com/batch/latest/userguide/specifying-sensitive-data.html>
/// <https://docs.aws.amazon.com/apprunner/latest/dg/env-variable.html>
/// <https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/AWSHowTo.secrets.env-vars.html>
static RIGHT_FORMS: Table<(&str, RightForm)> = Table::new(&[
    ("aws_ecs_task_definition", RightForm::Secrets),
    ("aws_ecs_daemon_task_definition", RightForm::Secrets),
    ("aws_ecs_express_gateway_service", RightForm::Secrets),
    ("aws_batch_job_definition", RightForm::Secrets),
    ("AWS::ECS::TaskDefinition", RightForm::Secrets),
    ("AWS::ECS::DaemonTaskDefinition", RightForm::Secrets),
    ("AWS::ECS::ExpressGatewayService", RightForm::Secrets),
    ("AWS::Batch::JobDefinition", RightForm::Secrets),
    ("aws_codebuild_project", RightForm::Build),
    ("AWS::CodeBuild::Project", RightForm::Build),
    ("aws_ssm_parameter", RightForm::Parameter),
    ("AWS::SSM::Parameter", RightForm::Parameter),
    ("aws_apprunner_service", RightForm::Runner),
    ("AWS::AppRunner::Service", RightForm::Runner),
    ("aws_elastic_beanstalk_environment", RightForm::Beanstalk),
    ("aws_elastic_beanstalk_configuration_template", RightForm::Beanstalk),
    ("AWS::ElasticBeanstalk::Environment", RightForm::Beanstalk),
    ("AWS::ElasticBeanstalk::ConfigurationTemplate", RightForm::Beanstalk),
]);

/// What to write instead of a literal in the environment of a type; `None` where the service knows no such form.
#[must_use]
pub fn instead_of_a_literal(type_name: &str) -> Option<&'static str> {
    let (_, form) = RIGHT_FORMS.find(type_name)?;
    Some(match (form, spelling(type_name)) {
        (RightForm::Secrets, Spelling::Aws) => {
            "name it under `secrets` with a `valueFrom` of Secrets Manager"
        }
        (RightForm::Secrets, Spelling::Awscc) => {
            "name it under `secrets` with a `value_from` of Secrets Manager"
        }
        (RightForm::Secrets, Spelling::CloudFormation) => {
            "name it under `Secrets` with a `ValueFrom` of Secrets Manager"
        }
        (RightForm::Build, _) => "give the variable the type `SECRETS_MANAGER` and the name of a secret",
        (RightForm::Parameter, Spelling::Aws) => {
            "make it a `SecureString`, with `value_wo` from an ephemeral value"
        }
        (RightForm::Parameter, Spelling::Awscc) => {
            "keep it in Secrets Manager: Cloud Control makes no `SecureString`"
        }
        (RightForm::Parameter, Spelling::CloudFormation) => {
            "keep it in Secrets Manager: CloudFormation makes no `SecureString`"
        }
        (RightForm::Runner, Spelling::Aws | Spelling::Awscc) => {
            "name it under `runtime_environment_secrets` with the ARN of a secret"
        }
        (RightForm::Runner, Spelling::CloudFormation) => {
            "name it under `RuntimeEnvironmentSecrets` with the ARN of a secret"
        }
        (RightForm::Beanstalk, _) => {
            "use the namespace `aws:elasticbeanstalk:application:environmentsecrets` and the ARN of a secret"
        }
    })
}

/// A parameter of Systems Manager: where it says what it is called, of what type it is and what it keeps.
#[derive(Debug)]
pub struct Parameter {
    pub type_name: &'static str,
    pub name: &'static str,
    pub kind: &'static str,
    pub value: &'static str,
}

row!(Parameter: name, kind, value);

static PARAMETERS: Table<Parameter> = Table::new(&[
    Parameter { type_name: "aws_ssm_parameter", name: "name", kind: "type", value: "value" },
    Parameter { type_name: "AWS::SSM::Parameter", name: "Name", kind: "Type", value: "Value" },
]);

#[must_use]
pub fn parameter(type_name: &str) -> Option<&'static Parameter> {
    PARAMETERS.find(type_name)
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
    REPOSITORIES.find(type_name).map_or(&[], |(_, paths)| paths)
}

/// Where the code of a function stands in the resource itself. Dotted as in the catalogue.
#[must_use]
pub fn inline_code(type_name: &str) -> &'static [&'static str] {
    INLINE_CODE.find(type_name).map_or(&[], |(_, paths)| paths)
}

static INLINE_CODE: Table<(&str, &[&str])> = Table::new(&[
    ("AWS::Lambda::Function", &["Code.ZipFile"]),
    ("AWS::Serverless::Function", &["InlineCode"]),
    ("AWS::CloudFront::Function", &["FunctionCode"]),
    ("aws_cloudfront_function", &["code"]),
]);

static REPOSITORIES: Table<(&str, &[&str])> = Table::new(&[
    ("AWS::CodeBuild::Project", &["Source.Location", "SecondarySources.Location"]),
    ("aws_codebuild_project", &["source.location", "secondary_sources.location"]),
]);
