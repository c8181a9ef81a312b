import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, test } from 'node:test';
import * as typescript from 'typescript';

// The `ts` examples of the policies' pages: each is the body of a stack's constructor, typed, synthesized and judged.

const home = resolve(__dirname, '../..');
const policies = resolve(home, '../../policies');
const bin = process.env['KEYLESS_BIN'] ?? resolve(home, '../../target/debug/keyless');
/** Below the library, so that it is found; without the line of the app the template is the place. */
const folder = join(home, 'build/pages');

/** What stands in a page for a secret, and what is put there: vendors' documentation has the former. */
const STAND_INS: [string, string][] = [
  ['AKIAIOSFODNN7EXAMPLE', 'AKIA' + 'Q3EGRIGB4KSW2XYV'],
  ['ASIAIOSFODNN7EXAMPLE', 'ASIA' + 'Q3EGRIGB4KSW2XYV'],
  ['wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', 'uN4vT7cWq2Lk9sZx0Hb3' + 'Yp6Rj8MdFe1AoGiVtQnC'],
  ['sk_live_EXAMPLE', 'sk_live_' + '4eC39HqLyjWDarjtT1zdp7dc'],
  ['xoxb-EXAMPLE', 'xoxb-' + '314159265358-271828182845-aB3dE5gH7jK9mN1pQ3sT5vX7'],
  ['-----BEGIN EXAMPLE KEY-----', '-----BEGIN RSA ' + 'PRIVATE KEY-----'],
  ['-----END EXAMPLE KEY-----', '-----END RSA ' + 'PRIVATE KEY-----'],
  ['MIIEpAIBAAKCAQEA...', 'MIIEpAIBAAKCAQEAwV8tq3pZ0yJr6f1mXc5Lh2Kb9Ns7Tg4Du0Qe8Wi3Yo1Ra6P'.repeat(2)],
];

/** The library's modules, where their short name is not what follows `aws-`. */
const MODULES: Record<string, string> = { acm: 'certificatemanager', elb: 'elasticloadbalancing', elbv2: 'elasticloadbalancingv2' };

interface Example {
  readonly policy: string;
  readonly code: string;
  readonly bad: boolean;
  readonly text: string;
  readonly file: string;
}

function examples(): Example[] {
  return readdirSync(policies)
    .filter((name) => name.endsWith('.md') && name !== 'README.md')
    .sort()
    .flatMap((name) => {
      const [title = '', ...sections] = readFileSync(join(policies, name), 'utf8').split('\n## ');
      const [, code = '', policy = ''] = /^# (\w+) ([\w-]+)\n/.exec(title) ?? [];
      return sections.flatMap((section) => {
        const heading = section.slice(0, section.indexOf('\n'));
        return [...section.matchAll(/^```ts\n([^]*?)^```$/gm)].map(([, text = ''], at) => ({
          policy,
          code,
          bad: heading === 'Bad',
          text: code === 'SEC09' ? text : STAND_INS.reduce((made, [name, secret]) => made.replaceAll(name, secret), text),
          file: join(folder, `${policy}-${heading.toLowerCase()}-${at}.ts`),
        }));
      });
    });
}

/** The example as an app of its own, with the imports that a reader thinks of. */
function app({ text }: Example): string {
  const used = new Set([...text.matchAll(/(?<![\w.'"])([a-z][\w]*)\.[A-Z]/g)].map(([, module = '']) => module));
  used.delete('cdk');
  const imports = [...used]
    .filter((name) => !new RegExp(`(const|let) ${name}\\b`).test(text))
    .map((name) => `import * as ${name} from 'aws-cdk-lib/aws-${MODULES[name] ?? name}';\n`);
  return (
    `import * as cdk from 'aws-cdk-lib';\n${imports.join('')}\n` +
    'class Example extends cdk.Stack {\n' +
    '  constructor(scope: cdk.App) {\n' +
    "    super(scope, 'Example');\n" +
    `${text}  }\n}\n\n` +
    'const app = new cdk.App();\nnew Example(app);\napp.synth();\n'
  );
}

/** Types them all at once, which is much quicker than one by one, and writes what can be run. */
function compile(all: Example[]) {
  const program = typescript.createProgram(
    all.map(({ file }) => file),
    {
      target: typescript.ScriptTarget.ES2022,
      module: typescript.ModuleKind.CommonJS,
      strict: true,
      skipLibCheck: true,
      types: ['node'],
    },
  );
  const told = [...typescript.getPreEmitDiagnostics(program), ...program.emit().diagnostics];
  return told.map(({ file, messageText, start = 0 }) => {
    const line = file === undefined ? 0 : file.getLineAndCharacterOfPosition(start).line + 1;
    return `${file?.fileName}:${line}: ${typescript.flattenDiagnosticMessageText(messageText, '\n')}`;
  });
}

const all = examples();
let out: string;

before(() => {
  mkdirSync(folder, { recursive: true });
  out = mkdtempSync(join(tmpdir(), 'pages-'));
  for (const example of all) writeFileSync(example.file, app(example));
});
after(() => {
  rmSync(folder, { recursive: true, force: true });
  rmSync(out, { recursive: true, force: true });
});

test('the examples of the pages are typed, synthesized, and judged as the pages say', () => {
  assert.ok(all.length > 20, `${all.length} examples in ${policies}`);
  assert.deepEqual(compile(all), []);
  const wrong = all.flatMap(({ policy, code, bad, file }, at) => {
    const assembly = join(out, `${at}`, 'cdk.out');
    const made = spawnSync(process.execPath, [file.replace(/ts$/, 'js')], {
      cwd: home,
      encoding: 'utf8',
      env: { ...process.env, CDK_VALIDATION: 'false', CDK_OUTDIR: assembly },
    });
    if (made.status !== 0) return [`${file}: not synthesized: ${made.stderr}`];
    const ran = spawnSync(bin, ['check', '--format', 'json', '--strict', '--select', code, assembly], { encoding: 'utf8' });
    const { findings, problems } = JSON.parse(ran.stdout);
    const right = problems.length === 0 && findings.length > 0 === bad;
    return right ? [] : [`${policy}, ${bad ? 'bad' : 'good'}: ${ran.stdout}`];
  });
  assert.deepEqual(wrong, []);
});
