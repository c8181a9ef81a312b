// What package.json promises to VS Code is what the sources and the documentation have.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { PATTERNS, SELECTOR } from '../src/selector';
import { forCheck, forServer, OWN, SERVER } from '../src/settings';

const here = join(__dirname, '..', '..');
const project = join(here, '..', '..');
const read = (...path: string[]): string => readFileSync(join(...path), 'utf8');
const description = JSON.parse(read(here, 'package.json'));
const { configuration, commands } = description.contributes;
const properties: Record<string, { default: unknown; scope?: string }> = configuration.properties;

test('settings are those that are read', () => {
  const named = [...SERVER, ...OWN].map((name) => `keyless.${name}`).sort();
  assert.deepEqual(Object.keys(properties).sort(), named);
});

test('the server reads them by these names, and docs/editors.md has them with these defaults', () => {
  const set = /fn set\([\s\S]*?\n    }\n/.exec(read(project, 'src', 'lsp', 'settings.rs'))?.[0] ?? '';
  const arms = [...set.matchAll(/^ {12}"(\w+)" =>/gm)].map(([, name]) => name).sort();
  assert.deepEqual([...SERVER].sort(), arms);
  const page = read(project, 'docs', 'editors.md').split('## Settings')[1]?.split('\n## ')[0] ?? '';
  const rows = [...page.matchAll(/^\| `(\w+)` \| `([^`]+)` \|/gm)].map(([, name, value]) => [name, JSON.parse(value ?? '')]);
  assert.deepEqual(rows, SERVER.map((name) => [name, properties[`keyless.${name}`]?.default]));
});

test('its README has all settings with their defaults, and all commands', () => {
  const page = read(here, 'README.md');
  const rows = [...page.matchAll(/^\| `(keyless\.[\w.]+)` \| `([^`]+)` \|/gm)].map(([, name, value]) => [name, JSON.parse(value ?? '')]);
  assert.deepEqual(rows.sort(), Object.entries(properties).map(([name, one]) => [name, one.default]).sort());
  for (const { category, title } of commands) {
    assert.ok(page.includes(`| ${category}: ${title} |`), title);
  }
});

test('no workspace that is not trusted chooses a program or a configuration', () => {
  assert.equal(properties['keyless.path']?.scope, 'machine-overridable');
  const { supported, restrictedConfigurations } = description.capabilities.untrustedWorkspaces;
  assert.equal(supported, 'limited');
  assert.deepEqual(restrictedConfigurations, ['keyless.path', 'keyless.config']);
});

test('commands are registered, and no others', () => {
  const sources = readdirSync(join(here, 'src')).map((name) => read(here, 'src', name)).join('\n');
  const registered = [...sources.matchAll(/registerCommand\('([^']+)'/g)].map(([, name]) => name);
  assert.deepEqual(commands.map(({ command }: { command: string }) => command).sort(), registered.sort());
});

test('settings with a value are told, the others left to the server', () => {
  const set: Record<string, unknown> = { strict: false, select: [], runOn: 'save', config: null, path: '/x' };
  assert.deepEqual(forServer((name) => set[name]), { strict: false, select: [], runOn: 'save' });
});

test('a check of the workspace has the same settings', () => {
  const of = (set: Record<string, unknown>): string => forCheck((name) => set[name]).join(' ');
  assert.equal(of({}), 'check');
  assert.equal(of({ strict: false, select: [], ignore: [], config: '' }), 'check');
  assert.equal(
    of({ strict: true, select: ['IMDS', 'KEY01'], ignore: ['EC2', ''], config: 'ci/keyless.toml' }),
    'check --strict --select=IMDS,KEY01 --ignore=EC2 --config=ci/keyless.toml',
  );
});

test('only files of the disk are sent, and all names that discovery knows', () => {
  assert.ok(SELECTOR.every(({ scheme }) => scheme === 'file'));
  const patterns = PATTERNS.join(' ');
  const kinds = read(project, 'src', 'discover', 'kind.rs');
  const data = /const DATA[^=]*= \[([^\]]*)\]/.exec(kinds)?.[1] ?? '';
  const endings = [...data.matchAll(/"(\w+)"/g)].map(([, ending]) => ending);
  assert.ok(endings.length > 10);
  // A text may be a template in theory; sending every one that is opened would be too much.
  for (const ending of endings.filter((one) => one !== 'txt')) {
    assert.ok(new RegExp(`\\b${ending}\\b`).test(patterns), ending);
  }
});
