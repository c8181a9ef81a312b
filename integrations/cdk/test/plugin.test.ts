import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { after, before, test } from 'node:test';
import { KeylessPlugin, KeylessPluginProps } from '../src';

const home = resolve(__dirname, '../..');
const bin = process.env['KEYLESS_BIN'] ?? resolve(home, '../../target/debug/keyless');
let folder: string;

const TEMPLATE = 'assembly-Prod/ProdShop82526E42.template.json';

before(() => {
  assert.ok(existsSync(bin), `build keyless first, or say where it is: KEYLESS_BIN (${bin})`);
  mkdirSync(join(home, 'build'), { recursive: true });
  // Inside the work tree, so that findings stand on the app; with a name that a shell would make something of.
  folder = mkdtempSync(join(home, 'build', 'out $(touch shell) '));
});
after(() => rmSync(folder, { recursive: true, force: true }));

interface Violation {
  readonly ruleName: string;
  readonly severity: string;
  readonly description: string;
  readonly suggestedFix?: string;
  readonly ruleMetadata?: Record<string, string>;
  readonly acknowledgedId?: string;
  readonly reason?: string;
  readonly violatingConstructs: {
    readonly constructPath: string;
    readonly cloudFormationResource?: { readonly templatePath: string; readonly logicalId: string; readonly propertyPaths: string[] };
  }[];
}

/** Synthesizes the app with what is said, as `cdk synth` would. */
function synthesize(shop: string, plugin: object = { bin }, env: Record<string, string> = {}) {
  const out = mkdtempSync(join(folder, 'cdk.out-'));
  const ran = spawnSync(process.execPath, [join(home, 'test/apps/shop.js')], {
    cwd: home,
    encoding: 'utf8',
    // Without the validation that the library brings itself, which takes a while.
    env: { ...process.env, CDK_VALIDATION: 'false', CDK_OUTDIR: out, SHOP: shop, PLUGIN: JSON.stringify(plugin), ...env },
  });
  const file = join(out, 'validation-report.json');
  const reports = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).pluginReports : [];
  const report = reports.find(({ pluginName }: { pluginName: string }) => pluginName === 'keyless');
  return {
    out,
    code: ran.status,
    printed: ran.stdout + ran.stderr,
    conclusion: report?.conclusion as string | undefined,
    violations: (report?.violations ?? []) as Violation[],
    suppressed: (report?.suppressedViolations ?? []) as Violation[],
  };
}

test('an app that makes long-lived credentials is refused', () => {
  const { code, printed, conclusion, violations } = synthesize('tokens,password,key');
  assert.notEqual(code, 0);
  assert.equal(conclusion, 'failure');
  const told = violations.map(({ ruleName, severity, violatingConstructs: [where] }) => {
    const { logicalId, propertyPaths, templatePath } = where?.cloudFormationResource ?? {};
    return [ruleName, severity, where?.constructPath, templatePath, logicalId, propertyPaths];
  });
  const nested = 'assembly-Prod/ProdShopWorkers3B678380.nested.template.json';
  assert.deepEqual(told, [
    ['IMDS01', 'error', 'Prod/Shop/Box', TEMPLATE, 'Box', ['Properties.MetadataOptions.HttpTokens']],
    ['SEC01', 'error', 'Prod/Shop/Operator/Resource', TEMPLATE, 'Operator41AE602D', ['Properties.LoginProfile.Password']],
    ['KEY01', 'error', 'Prod/Shop/Workers/Key', nested, 'Key', undefined],
  ]);
  const [tokens] = violations;
  assert.match(tokens?.suggestedFix ?? '', /HttpTokens: required/);
  assert.deepEqual(tokens?.ruleMetadata, { policy: 'imdsv1-allowed', at: 'test/apps/shop.js:16:1' });
  for (const text of ['KEY01', 'Prod/Shop/Workers/Key', 'long-lived access key']) {
    assert.ok(printed.includes(text), `${text} in ${printed}`);
  }
  assert.ok(!printed.includes('correct-horse'), printed);
  assert.ok(!existsSync(join(home, 'shell')), 'no shell runs');
});

test('an app without them is synthesized', () => {
  const { code, conclusion, violations, printed } = synthesize('');
  assert.equal(code, 0, printed);
  assert.deepEqual([conclusion ?? 'success', violations], ['success', []]);
});

test('without the binary there is no answer, and the synthesis fails', () => {
  const { code, printed, conclusion } = synthesize('', {}, { KEYLESS_BIN: '/nowhere/keyless' });
  assert.notEqual(code, 0);
  assert.equal(conclusion, 'failure');
  assert.match(printed, /\/nowhere\/keyless` was not found: install keyless/);
  assert.equal(new KeylessPlugin({ bin: '/nowhere/too' }).validate({ templatePaths: ['x'] }).success, false);
});

test('what is acknowledged does not fail the synthesis', () => {
  const inStack = synthesize('key,acknowledged');
  assert.equal(inStack.code, 0, inStack.printed);
  const verdict = new KeylessPlugin({ bin }).validate({ templatePaths: [join(inStack.out, TEMPLATE)] });
  assert.deepEqual(verdict, {
    success: true,
    violations: [],
    metadata: { suppressed: 'KEY01 at Prod/Shop/Workers/Key (until the partner federates)' },
  });
  // What is said of the whole app stands in no stack: the CDK itself takes it out of the report.
  const inApp = synthesize('key,acknowledged-app');
  assert.equal(inApp.code, 0, inApp.printed);
  const told = inApp.suppressed.map(({ ruleName, acknowledgedId, reason }) => [ruleName, acknowledgedId, reason]);
  assert.deepEqual(told, [['KEY01', 'keyless::KEY01', 'until the partner federates']]);
});

test('options are handed over', () => {
  // Another finding than the acknowledged one is not covered; and the interface before the stable one will do.
  const { code, out, printed } = synthesize('tokens,key,acknowledged,beta');
  assert.notEqual(code, 0);
  assert.match(printed, /IMDS01/);
  assert.doesNotMatch(printed, /error.*KEY01/);
  const told = (props: KeylessPluginProps) => {
    const { success, violations } = new KeylessPlugin({ bin, ...props }).validate({ templatePaths: [join(out, TEMPLATE)] });
    return [success, violations.map(({ ruleName }) => ruleName)];
  };
  assert.deepEqual(told({}), [false, ['IMDS01']]);
  assert.deepEqual(told({ select: ['KEY'] }), [true, []]);
  assert.deepEqual(told({ ignore: ['imdsv1-allowed', 'KEY01'] }), [true, []]);
  assert.deepEqual(told({ failOn: 'never' }), [true, ['IMDS01']]);
});

test('what cannot be judged fails, with the reason', () => {
  const template = join(folder, 'broken.template.json');
  writeFileSync(template, '{"Resources": {"Key": {"Type": "AWS::IAM::AccessKey", }');
  const { success, violations } = new KeylessPlugin({ bin }).validate({ templatePaths: [template] });
  assert.equal(success, false);
  const [problem] = violations;
  assert.deepEqual([violations.length, problem?.ruleName, problem?.severity], [1, 'not-judged', 'fatal']);
  assert.match(problem?.description ?? '', /broken\.template\.json:1:\d+: /);
  const wrong = new KeylessPlugin({ bin, select: ['NONE'] }).validate({ templatePaths: [template] });
  assert.match(wrong.violations.map(({ description }) => description).join(), /no policy, name or family is called `NONE`/);
});

test('a program that is not keyless is no answer', () => {
  const { success, violations } = new KeylessPlugin({ bin: process.execPath }).validate({ templatePaths: ['x'] });
  assert.equal(success, false);
  assert.equal(violations[0]?.severity, 'fatal');
});

test('the policies of the binary are the rules of the plugin', () => {
  const { ruleIds } = new KeylessPlugin({ bin });
  assert.ok(ruleIds.includes('KEY01') && ruleIds.includes('IMDS02'), ruleIds.join());
  assert.deepEqual(new KeylessPlugin({ bin: '/nowhere/keyless' }).ruleIds, []);
});
