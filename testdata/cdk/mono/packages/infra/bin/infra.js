#!/usr/bin/env node
const { App, Stack } = require('aws-cdk-lib');
const iam = require('aws-cdk-lib/aws-iam');
const { Box } = require('@mono/constructs');

const app = new App();
const stack = new Stack(app, 'Infra');
new Box(stack, 'Good', { tokens: 'required' });
new Box(stack, 'Bad', { tokens: 'optional' });
new iam.CfnAccessKey(stack, 'Key', { userName: 'infra' });
app.synth();
