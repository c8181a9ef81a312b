// A real VS Code in a browser without a screen, with the packaged extension installed in it: `npm run package`, `e2e/install.sh`, then
// KEYLESS_BIN=… npm test in this folder. What is tested stands in driver/suite.ts.

import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const extension = dirname(here);
const server = join(here, 'node_modules/code-server/lib/vscode/out/server-main.js');
const browserAt = process.env.CHROMIUM ?? ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find((path) => existsSync(path));
const keyless = resolve(process.env.KEYLESS_BIN ?? join(extension, '../../target/debug/keyless'));
const missing = [
  [server, 'VS Code (e2e/install.sh)'],
  [browserAt, 'Chromium'],
  [keyless, 'keyless (set KEYLESS_BIN)'],
  [join(extension, 'build/e2e/driver/suite.js'), 'the built driver (npm test)'],
].find(([path]) => path === undefined || !existsSync(path));

const PATIENCE_MS = Number(process.env.KEYLESS_E2E_PATIENCE_MS ?? 120_000);

test('in VS Code', { skip: missing && `no ${missing[1]}`, timeout: PATIENCE_MS + 20_000 }, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'keyless-vscode-'));
  t.after(() => process.env.KEYLESS_E2E_KEEP === undefined && rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  const work = join(folder, 'work');
  for (const name of ['first', 'second']) {
    cpSync(join(extension, '../../testdata/editors'), join(work, name), { recursive: true });
  }
  writeFileSync(join(work, 'both.code-workspace'), JSON.stringify({ folders: [{ path: 'first' }, { path: 'second' }] }));
  mkdirSync(join(folder, 'programs'));
  symlinkSync(keyless, join(folder, 'programs/keyless'));
  const report = join(folder, 'report');
  const env = {
    ...process.env,
    HOME: folder,
    // The PATH is this one, and not that of a login shell.
    VSCODE_CLI: '1',
    PATH: `${join(folder, 'programs')}${delimiter}${process.env.PATH}`,
    KEYLESS_E2E_REPORT: report,
    KEYLESS_E2E_SECOND: join(work, 'second'),
  };

  const common = ['--accept-server-license-terms', '--telemetry-level', 'off', '--server-data-dir', join(folder, 'data')];
  const vsix = readdirSync(extension).find((name) => name.endsWith('.vsix'));
  assert.ok(vsix, 'npm run package');
  const installed = spawnSync(process.execPath, [server, ...common, '--install-extension', join(extension, vsix)], { env, encoding: 'utf8' });
  assert.match(installed.stdout, /successfully installed/, installed.stderr);

  const port = await freePort();
  const listen = ['--host', '127.0.0.1', '--port', String(port), '--without-connection-token'];
  const vscode = spawn(process.execPath, [server, ...common, ...listen], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let log = '';
  for (const stream of [vscode.stdout, vscode.stderr]) {
    stream.on('data', (text) => (log += text));
  }
  t.after(() => vscode.kill());
  await until(() => log.includes('Extension host agent listening'), 20_000, () => log);

  const { chromium } = await import('playwright-core');
  const browser = await chromium.launch({ executablePath: browserAt, args: ['--no-sandbox'] });
  t.after(() => browser.close());
  const page = await browser.newPage();
  const remote = (path) => `vscode-remote://127.0.0.1:${port}${path}`;
  const payload = [
    ['extensionDevelopmentPath', remote(join(here, 'driver'))],
    ['extensionTestsPath', remote(join(extension, 'build/e2e/driver/suite.js'))],
    ['skipWelcome', 'true'],
  ];
  const query = new URLSearchParams({ workspace: join(work, 'both.code-workspace'), payload: JSON.stringify(payload) });
  await page.goto(`http://127.0.0.1:${port}/?${query}`);

  const lines = () => (existsSync(report) ? readFileSync(report, 'utf8').trim().split('\n').map((line) => JSON.parse(line)) : []);
  await until(
    () => lines().some(({ done }) => done),
    PATIENCE_MS,
    async () => {
      if (process.env.KEYLESS_E2E_PICTURE) {
        await page.screenshot({ path: process.env.KEYLESS_E2E_PICTURE });
      }
      return log;
    },
  );
  for (const { name, error } of lines().filter(({ done }) => !done)) {
    await t.test(name, () => assert.ok(error === undefined, error));
  }
});

async function until(is, patience, why) {
  const end = Date.now() + patience;
  while (!is()) {
    assert.ok(Date.now() < end, await why());
    await new Promise((done) => setTimeout(done, 100));
  }
}

function freePort() {
  return new Promise((done, fail) => {
    const probe = createServer().once('error', fail);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => done(port));
    });
  });
}
