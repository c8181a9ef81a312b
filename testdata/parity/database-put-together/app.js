const cdk = require('aws-cdk-lib');

const app = new cdk.App({ analyticsReporting: false, treeMetadata: false });
const stack = new cdk.Stack(app, 'App');

new cdk.CfnResource(stack, 'Store', {
  "type": "AWS::DocDB::DBCluster",
  "properties": {
    "MasterUsername": "app",
    "MasterUserPassword": {
      "Fn::Join": [
        "",
        [
          "@PASSWORD@",
          "-docdb"
        ]
      ]
    }
  }
});

app.synth();
