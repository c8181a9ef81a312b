// An app as a user writes it; what it holds is said in SHOP, how the plugin is used in PLUGIN.
const { App, NestedStack, SecretValue, Stack, Stage, Validations } = require('aws-cdk-lib');
const ec2 = require('aws-cdk-lib/aws-ec2');
const iam = require('aws-cdk-lib/aws-iam');
const { KeylessPlugin } = require('../..');

const shop = (process.env.SHOP ?? '').split(',');
const plugin = new KeylessPlugin(JSON.parse(process.env.PLUGIN ?? '{}'));

const beta = shop.includes('beta');
const app = new App(beta ? { policyValidationBeta1: [plugin] } : {});
if (!beta) Validations.of(app).addPlugins(plugin);

const stage = new Stage(app, 'Prod', { env: { account: '123456789012', region: 'eu-west-1' } });
const stack = new Stack(stage, 'Shop');
new ec2.CfnInstance(stack, 'Box', {
  imageId: 'ami-0123456789abcdef0',
  iamInstanceProfile: 'box',
  metadataOptions: { httpTokens: shop.includes('tokens') ? 'optional' : 'required' },
});
if (shop.includes('password')) {
  new iam.User(stack, 'Operator', { password: SecretValue.unsafePlainText('correct-horse-battery') });
}
if (shop.includes('key')) {
  const workers = new NestedStack(stack, 'Workers');
  new iam.CfnAccessKey(workers, 'Key', { userName: 'worker' });
}
if (shop.includes('acknowledged')) {
  Validations.of(stack).acknowledge({ id: 'keyless::KEY01', reason: 'until the partner federates' });
}
if (shop.includes('acknowledged-app')) {
  Validations.of(app).acknowledge({ id: 'keyless::KEY01', reason: 'until the partner federates' });
}
app.synth();
