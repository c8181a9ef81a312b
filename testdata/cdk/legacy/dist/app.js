"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
const path = require("node:path");
const aws_cdk_lib_1 = require("aws-cdk-lib");
const ec2 = require("aws-cdk-lib/aws-ec2");
const iam = require("aws-cdk-lib/aws-iam");
const lambda = require("aws-cdk-lib/aws-lambda");
const custom_resources_1 = require("aws-cdk-lib/custom-resources");
const cloudformation_include_1 = require("aws-cdk-lib/cloudformation-include");
const app = new aws_cdk_lib_1.App();
const stack = new aws_cdk_lib_1.Stack(app, 'Legacy', { env: { account: '123456789012', region: 'us-east-1' } });
new cloudformation_include_1.CfnInclude(stack, 'Included', { templateFile: path.join(process.env.LEGACY_HOME ?? __dirname, 'lib/legacy.yaml') });
const stage = new aws_cdk_lib_1.CfnParameter(stack, 'Stage', { default: 'dev', allowedValues: ['dev', 'prod'] });
const isProd = new aws_cdk_lib_1.CfnCondition(stack, 'IsProd', { expression: aws_cdk_lib_1.Fn.conditionEquals(stage.valueAsString, 'prod') });
const box = new ec2.CfnInstance(stack, 'Box', {
    imageId: 'ami-0123456789abcdef0',
    iamInstanceProfile: 'box',
    metadataOptions: {
        httpTokens: aws_cdk_lib_1.Token.asString(aws_cdk_lib_1.Fn.conditionIf(isProd.logicalId, 'required', 'optional')),
    },
});
box.cfnOptions.metadata = { purpose: 'build' };
const wanted = { id: 'OnlyProd' };
const key = new iam.CfnAccessKey(stack, wanted.id, { userName: 'deploy' });
key.cfnOptions.condition = isProd;
new custom_resources_1.AwsCustomResource(stack, 'Describe', {
    onUpdate: {
        service: 'EC2',
        action: 'describeRegions',
        physicalResourceId: custom_resources_1.PhysicalResourceId.of('describe'),
    },
    policy: custom_resources_1.AwsCustomResourcePolicy.fromSdkCalls({ resources: custom_resources_1.AwsCustomResourcePolicy.ANY_RESOURCE }),
    installLatestAwsSdk: false,
});
const onEventHandler = new lambda.Function(stack, 'OnEvent', {
    runtime: lambda.Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code: lambda.Code.fromInline('exports.handler = async () => ({});'),
});
const provider = new custom_resources_1.Provider(stack, 'Provider', { onEventHandler });
new aws_cdk_lib_1.CustomResource(stack, 'Ticket', { serviceToken: provider.serviceToken, properties: { Queue: 'ops' } });
app.synth();
//# sourceMappingURL=app.js.map