import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { isOlder, probe, versionIn } from '../src/probe';

const folder = mkdtempSync(join(tmpdir(), 'keyless-probe-'));
after(() => rmSync(folder, { recursive: true }));

let made = 0;
function program(script: string): string {
  const file = join(folder, `program-${made++}`);
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
  return file;
}

test('what says its version is read, and nothing else', () => {
  assert.equal(versionIn('keyless 0.1.0\n'), '0.1.0');
  assert.equal(versionIn('keyless 12.0.3-rc.1\n'), '12.0.3-rc.1');
  assert.equal(versionIn('keyless 1.2.3+linux\n'), '1.2.3');
  for (const other of ['', 'keyless', 'keyless 1.2', 'keyless-next 1.2.3', 'usage: keyless 1.2.3']) {
    assert.equal(versionIn(other), undefined, other);
  }
});

test('versions are compared number by number', () => {
  for (const [one, other, older] of [
    ['0.1.0', '0.1.0', false],
    ['0.1.0', '0.2.0', true],
    ['0.10.0', '0.9.9', false],
    ['1.0.0', '0.9.9', false],
    ['0.9.9', '1.0.0', true],
    ['0.2.0-rc.1', '0.2.0', false],
  ] as const) {
    assert.equal(isOlder(one, other), older, `${one} < ${other}`);
  }
});

test('a program is fit, or what is wrong with it is said', { skip: process.platform === 'win32' }, async () => {
  const said = async (file: string): Promise<string> => {
    const probed = await probe(file, folder);
    return probed.kind === 'fit' ? `fit: ${probed.version}` : probed.message.replace(file, 'IT');
  };
  assert.equal(await said(program('echo keyless 3.0.0')), 'fit: 3.0.0');
  assert.equal(
    await said(program('echo keyless 0.0.9')),
    'IT is keyless 0.0.9; this extension needs 0.1.0 or newer.',
  );
  assert.equal(
    await said(program('[ "$1" = --version ] && echo keyless 0.1.0 || exit 2')),
    'IT is a keyless 0.1.0 without language server; a newer one is needed.',
  );
  assert.match(await said(program('echo hello')), /^IT is not keyless/);
  assert.match(await said(program('exit 3')), /^IT is not keyless/);
  assert.equal(await said(join(folder, 'none')), 'IT cannot be run: ENOENT.');
});
