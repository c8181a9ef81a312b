import { aws_ec2 as ec2, aws_iam as iam, aws_rds as rds, CfnParameter, NestedStack, SecretValue, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';

class Workers extends NestedStack {
  constructor(scope: Construct, id: string, template: ec2.CfnLaunchTemplate) {
    super(scope, id);
    new ec2.CfnInstance(this, 'Worker', {
      imageId: 'ami-0abcdef1234567890',
      launchTemplate: {
        launchTemplateId: template.ref,
        version: template.attrLatestVersionNumber,
      },
    });
  }
}

export class WebStack extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const vpc = ec2.Vpc.fromVpcAttributes(this, 'Vpc', {
      vpcId: 'vpc-0123456789abcdef0',
      availabilityZones: ['eu-west-1a'],
      privateSubnetIds: ['subnet-0123456789abcdef0'],
    });
    const generic = ec2.MachineImage.latestAmazonLinux2023();

    // Gets a role from CDK, but no session tokens.
    new ec2.Instance(this, 'Plain', {
      vpc,
      instanceType: new ec2.InstanceType('t4g.small'),
      machineImage: generic,
    });

    new ec2.Instance(this, 'Required', {
      vpc,
      instanceType: new ec2.InstanceType('t4g.small'),
      machineImage: generic,
      requireImdsv2: true,
    });

    const base = new ec2.CfnLaunchTemplate(this, 'Base', {
      launchTemplateData: { metadataOptions: { httpTokens: 'optional' } },
    });
    new Workers(this, 'Workers', base);

    const user = new iam.User(this, 'Bot');
    new iam.AccessKey(this, 'BotKey', { user });

    const password = new CfnParameter(this, 'DbPassword', { default: 'c0rrect-h0rse' });
    new rds.CfnDBInstance(this, 'Store', {
      engine: 'postgres',
      masterUsername: 'app',
      masterUserPassword: password.valueAsString,
    });
    this.database();
  }

  private database(): void {
    new rds.CfnDBInstance(this, 'Literal', {
      engine: 'postgres',
      masterUsername: 'app',
      masterUserPassword: SecretValue.unsafePlainText('c0rrect-h0rse-9').unsafeUnwrap(),
    });
  }
}
