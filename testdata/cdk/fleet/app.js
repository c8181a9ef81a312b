const { App, Stack, Aspects, Duration, SecretValue } = require('aws-cdk-lib');
const autoscaling = require('aws-cdk-lib/aws-autoscaling');
const ec2 = require('aws-cdk-lib/aws-ec2');
const iam = require('aws-cdk-lib/aws-iam');
const lambda = require('aws-cdk-lib/aws-lambda');
const rds = require('aws-cdk-lib/aws-rds');

class Fleet extends Stack {
  constructor(scope, id, imdsv2) {
    super(scope, id, { env: { account: '123456789012', region: 'us-east-1' } });
    const vpc = new ec2.Vpc(this, 'Vpc', { maxAzs: 1, natGateways: 0 });
    const place = { vpc, vpcSubnets: { subnetType: ec2.SubnetType.PUBLIC } };
    const kind = {
      instanceType: new ec2.InstanceType('t3.micro'),
      machineImage: ec2.MachineImage.genericLinux({ 'us-east-1': 'ami-0123456789abcdef0' }),
    };
    const userData = ec2.UserData.forLinux();
    userData.addCommands('export AWS_ACCESS_KEY_ID=__ACCESS_KEY_ID__', 'systemctl start fleet');
    /* é𝒳 */ new ec2.Instance(this, 'Web', { ...place, ...kind, userData, requireImdsv2: imdsv2 });
    for (const name of ['A', 'B']) {
      new ec2.Instance(this, name, { ...place, ...kind });
    }
    new autoscaling.AutoScalingGroup(this, 'Group', {
      ...place,
      ...kind,
      cooldown: Duration.minutes(5),
    });
    new iam.User(this, 'Operator', {
      password: SecretValue.unsafePlainText('correct-horse-battery'),
    });
    new lambda.Function(this, 'Report', {
      runtime: lambda.Runtime.NODEJS_22_X,
      handler: 'index.handler',
      code: lambda.Code.fromInline('exports.handler = async () => {};'),
      environment: {
        STAGE: 'prod',
        PARTNER_KEY_ID: '__ACCESS_KEY_ID__',
      },
    });
    new rds.DatabaseInstance(this, 'Db', {
      ...place,
      engine: rds.DatabaseInstanceEngine.POSTGRES,
      credentials: rds.Credentials.fromPassword('fleet', SecretValue.unsafePlainText('tr0ub4dor-and-3')),
    });
  }
}

const app = new App();
new Fleet(app, 'Open', false);
const hardened = new Fleet(app, 'Hardened', true);
Aspects.of(hardened).add(new ec2.InstanceRequireImdsv2Aspect());
Aspects.of(hardened).add(new autoscaling.AutoScalingGroupRequireImdsv2Aspect());
app.synth();
