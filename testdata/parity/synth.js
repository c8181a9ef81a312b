// node synth.js NODE_MODULES CASE...: writes each case's CDK app (app.js) after its template.json and synthesizes it
// into cdk.out with the aws-cdk-lib of NODE_MODULES; template.json is made of template.yaml where it is missing.
'use strict';
const { execFileSync } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');

const [modules, ...cases] = process.argv.slice(2);
// The machine that the frames of the kept assemblies speak of.
const MACHINE = '/workspace/app';

const literal = (value) => JSON.stringify(value, null, 2);
const condition = (id) => `when${id}`;

function* lines(template) {
  yield "const cdk = require('aws-cdk-lib');\n";
  yield 'const app = new cdk.App({ analyticsReporting: false, treeMetadata: false });';
  yield "const stack = new cdk.Stack(app, 'App');\n";
  for (const [id, { Type, Default, NoEcho, AllowedValues }] of Object.entries(template.Parameters ?? {})) {
    const props = { type: Type, default: Default, noEcho: NoEcho, allowedValues: AllowedValues };
    yield `new cdk.CfnParameter(stack, '${id}', ${literal(props)});`;
  }
  for (const [id, mapping] of Object.entries(template.Mappings ?? {})) {
    yield `new cdk.CfnMapping(stack, '${id}', ${literal({ mapping })});`;
  }
  for (const [id, expression] of Object.entries(template.Conditions ?? {})) {
    yield `const ${condition(id)} = new cdk.CfnCondition(stack, '${id}', ${literal({ expression })});`;
  }
  for (const [id, { Type, Properties, Condition }] of Object.entries(template.Resources)) {
    const props = { type: Type, properties: Properties };
    const held = Condition ? `.cfnOptions.condition = ${condition(Condition)}` : '';
    yield `new cdk.CfnResource(stack, '${id}', ${literal(props)})${held};`;
  }
  for (const [id, { Value }] of Object.entries(template.Outputs ?? {})) {
    yield `new cdk.CfnOutput(stack, '${id}', { value: cdk.Token.asString(${literal(Value)}) });`;
  }
}

function toJson(folder) {
  const yaml = require(path.join(modules, 'aws-cdk-lib/cloudformation-include/lib/file-utils.js'));
  const template = yaml.readYamlSync(path.join(folder, 'template.yaml'));
  fs.writeFileSync(path.join(folder, 'template.json'), JSON.stringify(template, null, 2) + '\n');
}

function synthesize(folder) {
  const template = JSON.parse(fs.readFileSync(path.join(folder, 'template.json'), 'utf8'));
  fs.writeFileSync(path.join(folder, 'app.js'), [...lines(template)].join('\n') + '\n\napp.synth();\n');
  const work = fs.mkdtempSync(path.join(os.tmpdir(), 'parity-'));
  fs.copyFileSync(path.join(folder, 'app.js'), path.join(work, 'app.js'));
  fs.symlinkSync(path.resolve(modules), path.join(work, 'node_modules'));
  const out = path.join(folder, 'cdk.out');
  fs.rmSync(out, { recursive: true, force: true });
  fs.mkdirSync(out);
  execFileSync('node', ['app.js'], { cwd: work, stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, CDK_OUTDIR: 'cdk.out', CDK_DEBUG: '1' } });
  for (const file of ['manifest.json', 'App.template.json', 'App.metadata.json']) {
    const made = path.join(work, 'cdk.out', file);
    if (!fs.existsSync(made)) continue;
    const kept = JSON.parse(fs.readFileSync(made, 'utf8').replaceAll(fs.realpathSync(work), MACHINE));
    delete kept.artifacts?.['aws-cdk-lib/feature-flag-report'];
    fs.writeFileSync(path.join(out, file), JSON.stringify(kept, null, 1) + '\n');
  }
  fs.rmSync(work, { recursive: true });
}

for (const folder of cases.map((one) => path.resolve(one))) {
  if (!fs.existsSync(path.join(folder, 'template.json'))) toJson(folder);
  synthesize(folder);
}
