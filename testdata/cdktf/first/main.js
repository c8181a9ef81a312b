const { App, TerraformResource, TerraformStack } = require('cdktf');
const { Construct } = require('constructs');

class Robot extends Construct {
  constructor(scope, id) {
    super(scope, id);
    const key = new TerraformResource(this, 'key', { terraformResourceType: 'aws_iam_access_key' });
    key.addOverride('user', id);
  }
}

const app = new App();
const stack = new TerraformStack(app, 'first');
new Robot(stack, 'deploy');
app.synth();
