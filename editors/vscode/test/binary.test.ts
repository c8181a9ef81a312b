import assert from 'node:assert/strict';
import { test } from 'node:test';
import { choose, type Wanted } from '../src/binary';
import { machine } from './machine';

const EXTENSION = '/home/ada/.vscode/extensions/keyless';

function wanted(changes: Partial<Wanted> = {}): Wanted {
  return { setting: '', extension: EXTENSION, folders: ['/work/infra'], trusted: true, ...changes };
}

function file(choice: ReturnType<typeof choose>): string {
  return choice.kind === 'program' ? `${choice.origin}: ${choice.file}` : choice.message;
}

test('the setting comes before the bundled program, and that before the PATH', () => {
  const bundled = `${EXTENSION}/bin/keyless`;
  const env = { PATH: '/usr/local/bin:/usr/bin' };
  const all = machine({ env, programs: ['/opt/keyless', bundled, '/usr/bin/keyless'] });
  assert.equal(file(choose(wanted({ setting: '/opt/keyless' }), all)), 'setting: /opt/keyless');
  assert.equal(file(choose(wanted(), all)), `bundled: ${bundled}`);
  const installed = machine({ env, programs: ['/usr/bin/keyless'] });
  assert.equal(file(choose(wanted(), installed)), 'path: /usr/bin/keyless');
});

test('a setting that leads nowhere is told, and nothing else is run in its place', () => {
  const installed = machine({ env: { PATH: '/usr/bin' }, programs: ['/usr/bin/keyless'] });
  for (const setting of ['/opt/keyless', 'other', 'bin/keyless', '~/keyless']) {
    const choice = choose(wanted({ setting }), installed);
    assert.equal(choice.kind, 'none');
    assert.ok(file(choice).includes(`"${setting}"`), file(choice));
  }
});

test('a setting may be a name, or begin at home, or at the folder', () => {
  const programs = ['/usr/bin/keyless-next', '/home/ada/bin/keyless', '/work/infra/tools/keyless'];
  const made = machine({ env: { PATH: '/usr/bin' }, programs });
  for (const [setting, found] of [
    ['keyless-next', programs[0]],
    ['~/bin/keyless', programs[1]],
    ['${userHome}/bin/keyless', programs[1]],
    ['tools/keyless', programs[2]],
    ['./tools/keyless', programs[2]],
    ['${workspaceFolder}/tools/keyless', programs[2]],
    ['  ~/bin/keyless ', programs[1]],
  ]) {
    assert.equal(file(choose(wanted({ setting: setting ?? '' }), made)), `setting: ${found}`, setting);
  }
});

test('a relative setting without a folder is told', () => {
  const choice = choose(wanted({ setting: 'tools/keyless', folders: [] }), machine({}));
  assert.match(file(choice), /no folder is open/);
});

test('nothing found is one sentence that says so', () => {
  const choice = choose(wanted(), machine({ env: { PATH: '/usr/bin' } }));
  assert.equal(
    file(choice),
    'keyless is not installed: it is neither part of this extension nor on the PATH.',
  );
});

test('an untrusted workspace never brings the program', () => {
  const programs = ['/work/infra/keyless', '/work/infra/node_modules/.bin/keyless', '/usr/bin/keyless', '/tmp/link'];
  const env = { PATH: '/work/infra/node_modules/.bin:/usr/bin' };
  const made = machine({ env, programs, links: { '/tmp/link': '/work/infra/keyless' } });
  const untrusted = (setting: string): string => file(choose(wanted({ setting, trusted: false }), made));
  for (const setting of ['/work/infra/keyless', 'keyless/../keyless', './keyless', '/tmp/link']) {
    assert.match(untrusted(setting), /workspace that you do not trust/, setting);
  }
  assert.equal(untrusted(''), 'path: /usr/bin/keyless');
  assert.equal(untrusted('keyless'), 'setting: /usr/bin/keyless');
  // A trusted one may.
  assert.equal(file(choose(wanted({ setting: './keyless' }), made)), 'setting: /work/infra/keyless');
  assert.equal(file(choose(wanted(), made)), `path: ${programs[1]}`);
});

test('a workspace that is reached by a link is the same workspace', () => {
  const made = machine({
    programs: ['/real/infra/keyless'],
    links: { '/work/infra': '/real/infra' },
  });
  const choice = choose(wanted({ setting: '/real/infra/keyless', trusted: false }), made);
  assert.match(file(choice), /workspace that you do not trust/);
});

test('a neighbour whose name begins alike is not inside', () => {
  const made = machine({ programs: ['/work/infra-tools/keyless', '/work/..infra'] });
  const choice = choose(wanted({ setting: '/work/infra-tools/keyless', trusted: false }), made);
  assert.equal(choice.kind, 'program');
});

test('entries of the PATH that depend on the working directory are passed over', () => {
  const made = machine({ env: { PATH: '.::bin:/usr/bin' }, programs: ['keyless', 'bin/keyless', './keyless'] });
  assert.equal(choose(wanted(), made).kind, 'none');
});

test('Windows has its own paths, endings and spellings', () => {
  const made = machine({
    platform: 'win32',
    env: { Path: 'C:\\Windows;"C:\\Program Files\\keyless"' },
    programs: ['C:\\Program Files\\keyless\\keyless.exe', 'C:\\ext\\bin\\keyless.exe', 'D:\\infra\\keyless.exe'],
  });
  const there = (changes: Partial<Wanted>): string =>
    file(choose(wanted({ extension: 'C:\\none', folders: ['D:\\infra'], ...changes }), made));
  assert.equal(there({}), 'path: C:\\Program Files\\keyless\\keyless.exe');
  assert.equal(there({ extension: 'C:\\ext' }), 'bundled: C:\\ext\\bin\\keyless.exe');
  assert.equal(there({ setting: 'C:\\ext\\bin\\keyless' }), 'setting: C:\\ext\\bin\\keyless.exe');
  assert.match(there({ setting: 'D:\\INFRA\\keyless.exe', trusted: false }), /do not trust/);
});
