import * as path from 'node:path';
import { App, CfnCondition, CfnParameter, CustomResource, Fn, Stack, Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { AwsCustomResource, AwsCustomResourcePolicy, PhysicalResourceId, Provider } from 'aws-cdk-lib/custom-resources';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';

type Wanted = {
  readonly id: string;
};

const app = new App();
const stack = new Stack(app, 'Legacy', { env: { account: '123456789012', region: 'us-east-1' } });

new CfnInclude(stack, 'Included', { templateFile: path.join(process.env.LEGACY_HOME ?? __dirname, 'lib/legacy.yaml') });

const stage = new CfnParameter(stack, 'Stage', { default: 'dev', allowedValues: ['dev', 'prod'] });
const isProd = new CfnCondition(stack, 'IsProd', { expression: Fn.conditionEquals(stage.valueAsString, 'prod') });

const box = new ec2.CfnInstance(stack, 'Box', {
  imageId: 'ami-0123456789abcdef0',
  iamInstanceProfile: 'box',
  metadataOptions: {
    httpTokens: Token.asString(Fn.conditionIf(isProd.logicalId, 'required', 'optional')),
  },
});
box.cfnOptions.metadata = { purpose: 'build' };

const wanted: Wanted = { id: 'OnlyProd' };
const key = new iam.CfnAccessKey(stack, wanted.id, { userName: 'deploy' });
key.cfnOptions.condition = isProd;

new AwsCustomResource(stack, 'Describe', {
  onUpdate: {
    service: 'EC2',
    action: 'describeRegions',
    physicalResourceId: PhysicalResourceId.of('describe'),
  },
  policy: AwsCustomResourcePolicy.fromSdkCalls({ resources: AwsCustomResourcePolicy.ANY_RESOURCE }),
  installLatestAwsSdk: false,
});

const onEventHandler = new lambda.Function(stack, 'OnEvent', {
  runtime: lambda.Runtime.NODEJS_22_X,
  handler: 'index.handler',
  code: lambda.Code.fromInline('exports.handler = async () => ({});'),
});
const provider = new Provider(stack, 'Provider', { onEventHandler });
new CustomResource(stack, 'Ticket', { serviceToken: provider.serviceToken, properties: { Queue: 'ops' } });

app.synth();
