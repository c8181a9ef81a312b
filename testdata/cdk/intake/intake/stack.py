from aws_cdk import Acknowledgment, CfnParameter, NestedStack, SecretValue, Stack, Validations
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_redshift as redshift
from constructs import Construct


class Uploads(NestedStack):
    def __init__(self, scope: Construct, id: str) -> None:
        super().__init__(scope, id)
        user = iam.User(self, "Uploader")
        iam.AccessKey(
            self,
            "UploaderKey",
            user=user,
        )


class Intake(Stack):
    def __init__(self, scope: Construct, id: str, **kwargs) -> None:
        super().__init__(scope, id, **kwargs)
        token = CfnParameter(self, "ApiToken", default="correct-horse-battery")
        lambda_.Function(
            self,
            "Handler",
            runtime=lambda_.Runtime.PYTHON_3_13,
            handler="index.handler",
            code=lambda_.Code.from_inline("def handler(event, context): pass"),
            environment={"TOKEN": token.value_as_string, "KEY_ID": "__ACCESS_KEY_ID__"},
        )
        redshift.CfnCluster(
            self,
            "Warehouse",
            cluster_type="single-node",
            db_name="intake",
            master_username="intake",
            master_user_password=SecretValue.unsafe_plain_text("tr0ub4dor-and-3").unsafe_unwrap(),
            node_type="ra3.large",
        )
        ec2.CfnInstance(
            self,
            "Scanner",
            image_id="ami-0123456789abcdef0",
            iam_instance_profile="scanner",
            metadata_options=ec2.CfnInstance.MetadataOptionsProperty(http_tokens="optional"),
        )
        uploads = Uploads(self, "Uploads")
        robot = iam.User(self, "Robot")
        key = iam.AccessKey(self, "RobotKey", user=robot)
        Validations.of(key).acknowledge(
            Acknowledgment(id="keyless::access-key-resource", reason="rotated by hand every month")
        )
        uploads.add_dependency(self.nested_stack_parent) if self.nested_stack_parent else None
