import { App, Stage } from 'aws-cdk-lib';
import { WebStack } from '../lib/web-stack';

const app = new App({ analyticsReporting: false, treeMetadata: false });
new WebStack(app, 'Web');
const prod = new Stage(app, 'Prod');
new WebStack(prod, 'Web');
app.synth();
