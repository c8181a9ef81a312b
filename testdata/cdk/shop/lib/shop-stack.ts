import { Aspects, IAspect, NestedStack, Stack, StackProps, Validations } from 'aws-cdk-lib';
import * as autoscaling from 'aws-cdk-lib/aws-autoscaling';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct, IConstruct } from 'constructs';

export interface ShopProps extends StackProps {
  readonly capacity: number;
}

/** Takes tokens away from every template that does not say otherwise. */
class TokensOptional implements IAspect {
  visit(node: IConstruct): void {
    if (node instanceof ec2.CfnLaunchTemplate && node.node.path.includes('Loose')) {
      node.addPropertyOverride('LaunchTemplateData.MetadataOptions.HttpTokens', 'optional');
    }
  }
}

class Workers extends NestedStack {
  constructor(scope: Construct, id: string, vpc: ec2.IVpc) {
    super(scope, id);
    const bot = new iam.User(this, 'Bot');
    new iam.AccessKey(this, 'BotKey', { user: bot });
    new ec2.CfnInstance(this, 'Runner', {
      imageId: 'ami-0123456789abcdef0',
      instanceType: 't3.micro',
      subnetId: vpc.privateSubnets[0]?.subnetId,
      metadataOptions: { httpTokens: 'required' },
    });
  }
}

export class ShopStack extends Stack {
  constructor(scope: Construct, id: string, props: ShopProps) {
    super(scope, id, props);
    const vpc = new ec2.Vpc(this, 'Vpc', { maxAzs: 2, natGateways: 1 });
    const machineImage = ec2.MachineImage.genericLinux({ 'eu-west-1': 'ami-0123456789abcdef0' });
    const instanceType = new ec2.InstanceType('t3.micro');
    const role = new iam.Role(this, 'Role', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') });

    const tight = new ec2.LaunchTemplate(this, 'Tight', { machineImage, instanceType, role, requireImdsv2: true });
    new autoscaling.AutoScalingGroup(this, 'TightGroup', { vpc, launchTemplate: tight, maxCapacity: props.capacity });

    const loose = new ec2.LaunchTemplate(this, 'Loose', {
      machineImage,
      instanceType,
      role,
    });
    new autoscaling.AutoScalingGroup(this, 'LooseGroup', {
      vpc,
      launchTemplate: loose,
      maxCapacity: props.capacity,
    });

    new ec2.Instance(this, 'Bastion', { vpc, machineImage, instanceType, requireImdsv2: true });

    new Workers(this, 'Workers', vpc);

    const partner = new Construct(this, 'Partner');
    const user = new iam.User(partner, 'User');
    new iam.AccessKey(partner, 'Key', { user });
    Validations.of(partner).acknowledge({
      id: 'keyless::KEY01',
      reason: 'the partner cannot federate before 2027',
    });

    Aspects.of(this).add(new TokensOptional());
  }
}
