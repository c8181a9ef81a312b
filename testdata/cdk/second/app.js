const { App, NestedStack, Stack } = require('aws-cdk-lib');
const ec2 = require('aws-cdk-lib/aws-ec2');
const iam = require('aws-cdk-lib/aws-iam');

class Deep extends NestedStack {
  constructor(scope, id) {
    super(scope, id);
    new iam.CfnAccessKey(this, 'Key', { userName: 'inner' });
  }
}

class Old extends Stack {
  constructor(scope, id) {
    super(scope, id);
    new iam.CfnAccessKey(this, 'Key', { userName: 'outer' });
    new Deep(this, 'Deep');
    new ec2.CfnInstance(this, 'Box', { imageId: 'ami-0123456789abcdef0', iamInstanceProfile: 'box' });
  }
}

const app = new App();
new Old(app, 'Old');
app.synth();
