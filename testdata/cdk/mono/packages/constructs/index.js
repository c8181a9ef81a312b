const ec2 = require('aws-cdk-lib/aws-ec2');
const { Construct } = require('constructs');

/** What every team here calls a box. */
class Box extends Construct {
  constructor(scope, id, { tokens }) {
    super(scope, id);
    new ec2.CfnInstance(this, 'Instance', {
      imageId: 'ami-0123456789abcdef0',
      iamInstanceProfile: 'box',
      metadataOptions: { httpTokens: tokens },
    });
  }
}

module.exports = { Box };
