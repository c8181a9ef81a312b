const { App, LocalBackend, TerraformResource, TerraformStack, TerraformVariable } = require('cdktf');
const { Construct } = require('constructs');

class Robot extends Construct {
  constructor(scope, id) {
    super(scope, id);
    const key = new TerraformResource(this, 'key', { terraformResourceType: 'aws_iam_access_key' });
    key.addOverride('user', id);
  }
}

class Edge extends TerraformStack {
  constructor(scope, id) {
    super(scope, id);
    new LocalBackend(this, { path: 'edge.tfstate' });
    new TerraformVariable(this, 'db_password', { type: 'string', default: 'correct-horse-battery' });
    new Robot(this, 'deploy');
    const web = new TerraformResource(this, 'web', { terraformResourceType: 'aws_instance' });
    web.addOverride('ami', 'ami-0123456789abcdef0');
    web.addOverride('iam_instance_profile', 'web');
    web.addOverride('metadata_options', { http_tokens: 'optional' });
  }
}

const app = new App();
new Edge(app, 'edge');
app.synth();
