import * as path from 'node:path';
import { App, CfnOutput, Duration, RemovalPolicy, SecretValue, Stack, Stage } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as autoscaling from 'aws-cdk-lib/aws-autoscaling';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import * as origins from 'aws-cdk-lib/aws-cloudfront-origins';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as patterns from 'aws-cdk-lib/aws-ecs-patterns';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as assets from 'aws-cdk-lib/aws-s3-assets';
import * as deployment from 'aws-cdk-lib/aws-s3-deployment';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as servicecatalog from 'aws-cdk-lib/aws-servicecatalog';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import * as pipelines from 'aws-cdk-lib/pipelines';

const env = { account: '123456789012', region: 'us-east-1' };

class Everything extends Stack {
  constructor(scope: App | Stage, id: string) {
    super(scope, id, { env, crossRegionReferences: true });
    const vpc = new ec2.Vpc(this, 'Vpc', { maxAzs: 2, natGateways: 1, restrictDefaultSecurityGroup: true });
    const key = new kms.Key(this, 'Cmk', { enableKeyRotation: true });
    const bucket = new s3.Bucket(this, 'Site', { autoDeleteObjects: true, removalPolicy: RemovalPolicy.DESTROY });
    new deployment.BucketDeployment(this, 'Deploy', {
      sources: [deployment.Source.data('index.html', '<h1>hello</h1>'), deployment.Source.jsonData('config.json', { bucket: bucket.bucketName })],
      destinationBucket: bucket,
    });
    new cloudfront.Distribution(this, 'Cdn', { defaultBehavior: { origin: origins.S3BucketOrigin.withOriginAccessControl(bucket) } });

    const admin = new secretsmanager.Secret(this, 'AdminPassword', {
      encryptionKey: key,
      generateSecretString: { secretStringTemplate: JSON.stringify({ username: 'admin' }), generateStringKey: 'password' },
    });
    const database = new rds.DatabaseInstance(this, 'Db', {
      vpc,
      engine: rds.DatabaseInstanceEngine.POSTGRES,
      credentials: rds.Credentials.fromGeneratedSecret('app'),
    });
    database.addRotationSingleUser();
    new rds.DatabaseCluster(this, 'Cluster', {
      vpc,
      engine: rds.DatabaseClusterEngine.auroraPostgres({ version: rds.AuroraPostgresEngineVersion.VER_16_6 }),
      writer: rds.ClusterInstance.serverlessV2('writer'),
      credentials: rds.Credentials.fromSecret(admin),
    });

    const pool = new cognito.UserPool(this, 'People', { selfSignUpEnabled: false });
    const client = pool.addClient('Web', { generateSecret: true, authFlows: { userSrp: true } });
    new CfnOutput(this, 'ClientId', { value: client.userPoolClientId });

    const table = new dynamodb.Table(this, 'Tokens', { partitionKey: { name: 'token', type: dynamodb.AttributeType.STRING } });
    const fn = new lambda.Function(this, 'Api', {
      runtime: lambda.Runtime.NODEJS_22_X,
      handler: 'index.handler',
      code: lambda.Code.fromAsset(path.join(process.env.QUIET_HOME ?? __dirname, 'handler')),
      environment: {
        SECRET_ARN: admin.secretArn,
        TOKEN_TABLE: table.tableName,
        PASSWORD_PARAMETER: '/quiet/api/password',
        GITHUB_TOKEN_NAME: 'github-token',
      },
      logRetention: logs.RetentionDays.ONE_WEEK,
      timeout: Duration.seconds(30),
    });
    admin.grantRead(fn);
    new apigateway.LambdaRestApi(this, 'Rest', { handler: fn, cloudWatchRole: true });
    ssm.StringParameter.valueForStringParameter(this, '/quiet/shared/vpc');

    new patterns.ApplicationLoadBalancedFargateService(this, 'Web', {
      vpc,
      taskImageOptions: {
        image: ecs.ContainerImage.fromRegistry('public.ecr.aws/nginx/nginx:latest'),
        environment: { DB_HOST: database.dbInstanceEndpointAddress },
        secrets: { DB_PASSWORD: ecs.Secret.fromSecretsManager(database.secret!, 'password') },
      },
    });
    const cluster = new ecs.Cluster(this, 'Hosts', { vpc });
    const group = new autoscaling.AutoScalingGroup(this, 'HostGroup', {
      vpc,
      instanceType: new ec2.InstanceType('t3.micro'),
      machineImage: ecs.EcsOptimizedImage.amazonLinux2023(),
      requireImdsv2: true,
    });
    cluster.addAsgCapacityProvider(new ecs.AsgCapacityProvider(this, 'Capacity', { autoScalingGroup: group }));
    new ec2.Instance(this, 'Host', {
      vpc,
      instanceType: new ec2.InstanceType('t3.micro'),
      machineImage: ec2.MachineImage.latestAmazonLinux2023(),
      requireImdsv2: true,
      ssmSessionPermissions: true,
    });
    new ec2.BastionHostLinux(this, 'Bastion', { vpc, requireImdsv2: true });
    new iam.User(this, 'Console', { password: SecretValue.secretsManager('console-password') });
    new iam.OpenIdConnectProvider(this, 'GitHub', {
      url: 'https://token.actions.githubusercontent.com',
      clientIds: ['sts.amazonaws.com'],
    });
    new assets.Asset(this, 'Handler', { path: path.join(process.env.QUIET_HOME ?? __dirname, 'handler') });
  }
}

class Product extends servicecatalog.ProductStack {
  constructor(scope: Stack, id: string) {
    super(scope, id);
    new ec2.CfnInstance(this, 'Instance', {
      imageId: 'ami-0123456789abcdef0',
      iamInstanceProfile: 'product',
      metadataOptions: { httpTokens: 'required' },
    });
  }
}

const app = new App({ analyticsReporting: true });
new Everything(app, 'Everything');

const catalog = new Stack(app, 'Catalog', { env });
new servicecatalog.CloudFormationProduct(catalog, 'Product', {
  productName: 'host',
  owner: 'platform',
  productVersions: [
    { cloudFormationTemplate: servicecatalog.CloudFormationTemplate.fromProductStack(new Product(catalog, 'Host')) },
  ],
});

const delivery = new Stack(app, 'Delivery', { env });
const pipeline = new pipelines.CodePipeline(delivery, 'Pipeline', {
  synth: new pipelines.ShellStep('Synth', {
    input: pipelines.CodePipelineSource.gitHub('example/quiet', 'main', {
      authentication: SecretValue.secretsManager('github-token'),
    }),
    commands: ['npm ci', 'npx cdk synth'],
  }),
});
const production = new Stage(app, 'Production', { env });
new Everything(production, 'Everything');
pipeline.addStage(production);

app.synth();
