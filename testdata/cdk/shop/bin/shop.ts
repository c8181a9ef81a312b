import { App, Stage, Tags, Validations } from 'aws-cdk-lib';
import { ShopStack } from '../lib/shop-stack';

const app = new App();
for (const name of ['Test', 'Prod']) {
  const stage = new Stage(app, name, { env: { account: '123456789012', region: 'eu-west-1' } });
  const shop = new ShopStack(stage, 'Shop', { capacity: name === 'Prod' ? 4 : 1 });
  Tags.of(shop).add('stage', name);
  if (name === 'Test') {
    Validations.of(shop).acknowledge({ id: 'keyless::EC201', reason: 'thrown away every night' });
  }
}
app.synth();
