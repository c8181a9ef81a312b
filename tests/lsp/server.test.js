// keyless lsp as an editor meets it. Needs a binary (KEYLESS_BIN, or target/debug/keyless).
import assert from 'node:assert/strict';
import { renameSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import rpc from 'vscode-jsonrpc/node.js';
import { CAPABILITIES, Client, capabilities, held, position, tree } from './client.js';

const VARIABLES = 'variable "tokens" {\n  default = "optional"\n}\n';
const INSTANCE = `resource "aws_instance" "web" {
  ami                  = "ami-12345678"
  instance_type        = "t3.micro"
  iam_instance_profile = "web"
  metadata_options {
    http_tokens = "optional"
  }
}
`;
const KEY = 'resource "aws_iam_access_key" "robot" {\n  user = "robot"\n}\n';
const TEMPLATE = `AWSTemplateFormatVersion: 2010-09-09
Resources:
  Web:
    Type: AWS::EC2::Instance
    Properties:
      IamInstanceProfile: web
      MetadataOptions:
        HttpTokens: optional
`;
const PULLS = capabilities({ 'textDocument.diagnostic': { dynamicRegistration: false }, 'workspace.diagnostics': { refreshSupport: true } });
// Composed here, so that no file of the repository holds it.
const secret = () => ['AK', 'IA', 'Q3EGRIVZ', '7YL2MWXB'].join('');

test('diagnostics follow what is typed, before anything is saved', async () => {
  const client = await Client.start(tree({ 'main.tf': INSTANCE, 'keys.tf': KEY }));
  assert.equal(client.answer.capabilities.positionEncoding, 'utf-16');
  await client.open('main.tf');
  const [finding] = await client.codes('main.tf', 'IMDS01');
  assert.equal(held(INSTANCE, finding.range), 'optional');
  assert.equal(finding.severity, 1);
  assert.equal(finding.source, 'keyless');
  assert.match(finding.codeDescription.href, /imdsv1-allowed/);
  assert.match(finding.message, /accepts IMDSv1\n.*\nhelp: set/);
  assert.ok(finding.data.fingerprint);
  // A file that nobody has opened is told as well.
  await client.codes('keys.tf', 'KEY01');
  await client.edit('main.tf', '"optional"', '"required"');
  await client.codes('main.tf');
  await client.edit('main.tf', '"required"', '"optional"');
  await client.codes('main.tf', 'IMDS01');
  // What was never saved is over when the file is closed.
  await client.edit('main.tf', 'http_tokens = "optional"', 'http_tokens = "required"');
  await client.codes('main.tf');
  await client.close('main.tf');
  client.versions.clear();
  await client.codes('main.tf', 'IMDS01');
  await client.waitFor(() => client.progress.includes('end') || !client.progress.includes('begin'), 'at the end of the progress');
  assert.deepEqual(client.requests.map((request) => request.method).sort(), ['client/registerCapability', 'window/workDoneProgress/create']);
  await client.stop();
});

test('the way of a value is told, over files', async () => {
  const client = await Client.start(tree({ 'variables.tf': VARIABLES, 'main.tf': INSTANCE.replace('"optional"', 'var.tokens') }));
  await client.open('variables.tf');
  await client.open('main.tf');
  const [finding] = await client.codes('variables.tf', 'IMDS01');
  assert.equal(held(VARIABLES, finding.range), 'optional');
  const places = finding.relatedInformation.map((one) => one.location);
  assert.ok(places.some((place) => place.uri === client.uri('main.tf') && held(client.texts.get(place.uri), place.range) === 'var.tokens'), JSON.stringify(places));
  // It goes to the literal, in one step, and from there nowhere.
  assert.equal(await client.at('variables.tf', 'definition', finding.range.start), null);
  const used = client.texts.get(client.uri('main.tf'));
  const to = await client.at('main.tf', 'definition', position(used, used.indexOf('var.tokens') + 2));
  assert.deepEqual(to, [{ uri: client.uri('variables.tf'), range: finding.range }]);
  // Its cause is edited in another file.
  await client.edit('main.tf', 'var.tokens', '"required"');
  await client.codes('variables.tf');
  await client.stop();
});

test('a hover says what the policy asks, and how to fix it', async () => {
  const client = await Client.start(tree({ 'main.tf': INSTANCE }));
  await client.open('main.tf');
  const [finding] = await client.codes('main.tf', 'IMDS01');
  const hover = await client.at('main.tf', 'hover', finding.range.start);
  assert.equal(hover.contents.kind, 'markdown');
  for (const part of ['**IMDS01**', '**Why**', '**How to fix**', 'https://']) assert.ok(hover.contents.value.includes(part), hover.contents.value);
  assert.deepEqual(hover.range, finding.range);
  assert.equal(await client.at('main.tf', 'hover', { line: 1, character: 0 }), null);
  await client.stop();
  const plain = await Client.start(client.folder, { can: capabilities({ 'textDocument.hover.contentFormat': ['plaintext'] }) });
  await plain.open('main.tf');
  assert.equal((await plain.at('main.tf', 'hover', finding.range.start)).contents.kind, 'plaintext');
  await plain.stop();
});

for (const [name, file, text, language] of [
  ['Terraform', 'main.tf', INSTANCE, 'terraform'],
  ['Terraform with other line breaks', 'main.tf', `# 😀\r\n${INSTANCE.replaceAll('\n', '\r\n')}`, 'terraform'],
  ['CloudFormation', 'template.yaml', TEMPLATE, 'yaml'],
]) {
  test(`a fix that was tried is offered, and mends what it says: ${name}`, async () => {
    const client = await Client.start(tree({ [file]: text }));
    await client.open(file, text, language);
    const [finding] = await client.codes(file, 'IMDS01');
    const fix = (await client.actions(file, finding.range, ['quickfix'])).find((action) => action.edit && !action.title.startsWith('Except'));
    assert.match(fix.title, /^Require session tokens.*\(in place\)$/);
    assert.equal(fix.kind, 'quickfix');
    assert.equal(fix.command, undefined);
    await client.applied(fix.edit);
    await client.codes(file);
    assert.equal(client.texts.get(client.uri(file)), text.replace('optional', 'required'));
    assert.deepEqual(await client.actions(file, finding.range), []);
    await client.stop();
  });
}

test('a fix is offered for a text that was never saved', async () => {
  const client = await Client.start(tree({ 'main.tf': '' }));
  await client.open('main.tf');
  await client.codes('main.tf');
  await client.change('main.tf', [{ text: INSTANCE }]);
  const [finding] = await client.codes('main.tf', 'IMDS01');
  const [fix] = await client.actions('main.tf', finding.range);
  await client.applied(fix.edit);
  await client.codes('main.tf');
  await client.stop();
});

test('all safe fixes of a file are applied at once', async () => {
  const unmarked = ['a', 'b'].map((name) => `variable "${name}_password" {\n  type = string\n}\nresource "aws_db_instance" "${name}" {\n  password = var.${name}_password\n}\n`).join('');
  const client = await Client.start(tree({ 'main.tf': unmarked }), { options: { strict: true } });
  await client.open('main.tf');
  const before = await client.until('main.tf', (all) => all.filter((one) => one.code === 'SEC07').length === 2, 'both');
  const only = await client.actions('main.tf', before[0].range, ['source.fixAll']);
  assert.deepEqual(only.map((action) => [action.kind, action.edit]), [['source.fixAll.keyless', undefined]]);
  const { edit } = await client.ask('codeAction/resolve', only[0]);
  await client.applied(edit);
  await client.until('main.tf', (all) => all.every((one) => one.code !== 'SEC07'), 'mended');
  assert.equal(client.texts.get(client.uri('main.tf')).match(/sensitive *= true/g).length, 2);
  // Nothing is left: nothing is done.
  const again = await client.actions('main.tf', before[0].range, ['source.fixAll.keyless']);
  for (const action of again) assert.deepEqual((await client.ask('codeAction/resolve', action)).edit, { changes: {} });
  await client.stop();
});

test('what has to be looked at says so, and is offered only if that is set', async () => {
  const text = 'resource "aws_instance" "web" {\n  ami           = "ami-12345678"\n  instance_type = "t3.micro"\n  metadata_options {\n    http_tokens = "required"\n  }\n}\n';
  for (const unsafeFixes of [true, false]) {
    const client = await Client.start(tree({ 'main.tf': text }), { options: { unsafeFixes } });
    await client.open('main.tf');
    const [finding] = await client.codes('main.tf', 'EC201');
    const fixes = (await client.actions('main.tf', finding.range)).filter((action) => /unsafe/.test(action.title));
    assert.equal(fixes.length > 0, unsafeFixes, JSON.stringify(fixes));
    assert.ok(fixes.every((action) => !action.isPreferred));
    await client.stop();
  }
});

test('a hover says what a value comes to, and which way it took', async () => {
  const client = await Client.start(tree({ 'variables.tf': VARIABLES.replace('tokens', 'imds'), 'main.tf': INSTANCE.replace('"optional"', 'var.imds') }));
  await client.open('main.tf');
  const text = client.texts.get(client.uri('main.tf'));
  const at = position(text, text.indexOf('var.imds') + 5);
  const hover = await client.at('main.tf', 'hover', at);
  assert.match(hover.contents.value, /var\.imds` = .*optional/);
  assert.match(hover.contents.value, /variables\.tf:2/);
  const to = await client.at('main.tf', 'definition', at);
  assert.equal(to[0].uri, client.uri('variables.tf'));
  assert.equal(held(VARIABLES.replace('tokens', 'imds'), to[0].range), 'optional');
  await client.stop();
});

for (const [name, file, text, language] of [
  ['Terraform', 'main.tf', INSTANCE, 'terraform'],
  ['CloudFormation in YAML', 'template.yaml', TEMPLATE, 'yaml'],
  ['CloudFormation in JSON', 'template.json', JSON.stringify({ AWSTemplateFormatVersion: '2010-09-09', Resources: { Web: { Type: 'AWS::EC2::Instance', Properties: { IamInstanceProfile: 'web', MetadataOptions: { HttpTokens: 'optional' } } } } }, null, 2), 'json'],
]) {
  test(`a finding is excepted where it stands, with a reason that somebody has to write: ${name}`, async () => {
    const client = await Client.start(tree({ [file]: text }));
    await client.open(file, text, language);
    const [finding] = await client.codes(file, 'IMDS01');
    const actions = await client.actions(file, finding.range);
    const except = actions.find((action) => action.title.startsWith('Except IMDS01'));
    assert.equal(except.kind, 'quickfix');
    assert.deepEqual(except.diagnostics.map((one) => one.code), ['IMDS01']);
    await client.applied(except.edit);
    // Without a reason it silences nothing, and that is said.
    await client.codes(file, 'EXC02', 'IMDS01');
    await client.edit(file, '…', 'the agent needs version 1');
    await client.codes(file);
    await client.stop();
  });
}

test('an exception is a snippet where the client has these', async () => {
  const client = await Client.start(tree({ 'main.tf': INSTANCE }), { can: capabilities({ 'workspace.workspaceEdit.snippetEditSupport': true }) });
  await client.open('main.tf');
  const [finding] = await client.codes('main.tf', 'IMDS01');
  const except = (await client.actions('main.tf', finding.range)).find((action) => action.title.startsWith('Except'));
  const [edit] = except.edit.documentChanges[0].edits;
  assert.deepEqual(edit.snippet, { kind: 'snippet', value: '    # keyless: ignore[IMDS01] ${1:…}\n' });
  await client.stop();
});

test('what is excepted is shown as a hint if that is set', async () => {
  const folder = tree({ 'main.tf': `# keyless: ignore[IMDS01] the agent needs version 1\n${INSTANCE}` });
  const client = await Client.start(folder, { options: { suppressed: true } });
  await client.open('main.tf');
  const [hint] = await client.codes('main.tf', 'IMDS01');
  assert.equal(hint.severity, 4);
  assert.match(hint.message, /^excepted: .*\nreason: the agent needs version 1$/);
  await client.stop();
});

test('settings hold, those of the client before those of the start', async () => {
  const folder = tree({ 'main.tf': INSTANCE + KEY });
  const client = await Client.start(folder, { options: { keyless: { ignore: ['KEY01'] } } });
  await client.open('main.tf');
  await client.codes('main.tf', 'IMDS01');
  await client.notify('workspace/didChangeConfiguration', { settings: { keyless: { ignore: [], select: ['KEY'] } } });
  await client.codes('main.tf', 'KEY01');
  await client.notify('workspace/didChangeConfiguration', { settings: { keyless: { select: ['NONE99'], colour: 1 } } });
  await client.waitFor(() => client.logged.some((one) => one.message.includes('`colour`')), 'told of the setting');
  await client.waitFor(() => client.logged.some((one) => one.message.includes('NONE99')), 'told of the policy');
  await client.stop();
  const asked = await Client.start(folder, { can: capabilities({ 'workspace.configuration': true }), configuration: { select: ['IMDS'] } });
  await asked.open('main.tf');
  await asked.codes('main.tf', 'IMDS01');
  asked.configuration = { select: ['KEY'] };
  await asked.notify('workspace/didChangeConfiguration', { settings: null });
  await asked.codes('main.tf', 'KEY01');
  await asked.stop();
});

test('a file is judged when it is saved, if that is set', async () => {
  const client = await Client.start(tree({ 'main.tf': INSTANCE }), { options: { runOn: 'save' } });
  await client.open('main.tf');
  const [finding] = await client.codes('main.tf', 'IMDS01');
  await client.edit('main.tf', '"optional"', '"required"');
  assert.equal(await client.at('main.tf', 'hover', finding.range.start), null);
  assert.equal(client.diagnostics.get(client.uri('main.tf')).version, 1);
  writeFileSync(join(client.folder, 'main.tf'), client.texts.get(client.uri('main.tf')));
  await client.notify('textDocument/didSave', { textDocument: { uri: client.uri('main.tf') } });
  await client.codes('main.tf');
  await client.stop();
});

test('a finding goes where its file goes', async () => {
  const client = await Client.start(tree({ 'main.tf': INSTANCE }));
  await client.codes('main.tf', 'IMDS01');
  renameSync(join(client.folder, 'main.tf'), join(client.folder, 'web.tf'));
  await client.notify('workspace/didRenameFiles', { files: [{ oldUri: client.uri('main.tf'), newUri: client.uri('web.tf') }] });
  await client.codes('web.tf', 'IMDS01');
  await client.codes('main.tf');
  unlinkSync(join(client.folder, 'web.tf'));
  await client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: client.uri('web.tf'), type: 3 }] });
  await client.codes('web.tf');
  writeFileSync(join(client.folder, 'keys.tf'), KEY);
  await client.notify('workspace/didCreateFiles', { files: [{ uri: client.uri('keys.tf') }] });
  await client.codes('keys.tf', 'KEY01');
  await client.stop();
});

test('each folder of a workspace is judged by itself, and may join and leave', async () => {
  const [one, two] = [tree({ 'main.tf': INSTANCE, 'keyless.toml': 'ignore = ["IMDS01"]\n' }), tree({ 'main.tf': INSTANCE })];
  const client = await Client.start(undefined, { folders: [one] });
  client.folder = '/';
  const [first, second] = [join(one.slice(1), 'main.tf'), join(two.slice(1), 'main.tf')];
  await client.open(first);
  await client.codes(first);
  await client.notify('workspace/didChangeWorkspaceFolders', { event: { added: [{ uri: pathToFileURL(two).href, name: 'two' }], removed: [] } });
  await client.codes(second, 'IMDS01');
  assert.deepEqual(client.diagnostics.get(client.uri(first)).diagnostics, []);
  await client.notify('workspace/didChangeWorkspaceFolders', { event: { added: [], removed: [{ uri: pathToFileURL(two).href, name: 'two' }] } });
  await client.codes(second);
  await client.stop();
});

test('of folders in one another the innermost speaks for its files', async () => {
  const folder = tree({ 'main.tf': INSTANCE, 'sub/b.tf': INSTANCE });
  const client = await Client.start(folder, { folders: [folder, join(folder, 'sub')] });
  await client.open('main.tf');
  await client.open('sub/b.tf');
  await client.codes('main.tf', 'IMDS01');
  const [finding] = await client.codes('sub/b.tf', 'IMDS01');
  const actions = await client.actions('sub/b.tf', finding.range, ['quickfix']);
  const titles = actions.map((action) => action.title);
  assert.deepEqual(titles, [...new Set(titles)]);
  // Once it leaves, the other one does.
  await client.notify('workspace/didChangeWorkspaceFolders', { event: { added: [], removed: [{ uri: pathToFileURL(join(folder, 'sub')).href, name: 'sub' }] } });
  await client.edit('sub/b.tf', '"optional"', '"required"');
  await client.codes('sub/b.tf');
  await client.edit('sub/b.tf', '"required"', '"optional"');
  await client.codes('sub/b.tf', 'IMDS01');
  await client.stop();
});

test('a file that was never saved is judged without a folder', async () => {
  const client = await Client.start(undefined);
  client.folder = tree({});
  await client.open('new.tf', INSTANCE);
  await client.codes('new.tf', 'IMDS01');
  await client.edit('new.tf', '"optional"', '"required"');
  await client.codes('new.tf');
  await client.close('new.tf');
  await client.stop();
  assert.deepEqual(client.logged, []);
});

test('a file without a folder is judged with its module', async () => {
  const folder = tree({ 'variables.tf': VARIABLES, 'main.tf': INSTANCE.replace('"optional"', 'var.tokens'), 'keys.tf': KEY });
  const client = await Client.start(undefined);
  client.folder = folder;
  await client.open('variables.tf');
  await client.codes('variables.tf', 'IMDS01');
  assert.equal(client.diagnostics.has(client.uri('keys.tf')), false);
  await client.close('variables.tf');
  client.versions.clear();
  await client.codes('variables.tf');
  await client.notify('textDocument/didOpen', { textDocument: { uri: 'untitled:Untitled-1', languageId: 'terraform', version: 1, text: INSTANCE } });
  await client.stop();
});

for (const encoding of ['utf-8', 'utf-16']) {
  test(`places are right behind characters of every length, in ${encoding}`, async () => {
    const text = `# 😀 ä €\r\nlocals { a = "😀ä", k = "x" } /* 😀 */\r\n${INSTANCE.replace('    http_tokens', '/* 😀ü */ http_tokens').replaceAll('\n', '\r\n')}`;
    const client = await Client.start(tree({ 'main.tf': text }), { can: capabilities({ 'general.positionEncodings': encoding === 'utf-8' ? ['utf-16', 'utf-8'] : ['utf-16'] }) });
    assert.equal(client.answer.capabilities.positionEncoding, encoding);
    const length = (piece) => (encoding === 'utf-8' ? Buffer.byteLength(piece) : piece.length);
    const line = text.split('\r\n').findIndex((one) => one.includes('http_tokens'));
    const start = length(text.split('\r\n')[line].split('optional')[0]);
    await client.open('main.tf');
    const isThere = (all) => all.some((one) => one.code === 'IMDS01' && one.range.start.line === line && one.range.start.character === start && one.range.end.character === start + 8);
    await client.until('main.tf', isThere, 'at its place');
    // An edit in the client's units, right behind the characters in question.
    const range = { start: { line, character: start }, end: { line, character: start + 8 } };
    client.texts.set(client.uri('main.tf'), text);
    client.versions.set(client.uri('main.tf'), 2);
    await client.notify('textDocument/didChange', { textDocument: { uri: client.uri('main.tf'), version: 2 }, contentChanges: [{ range, text: 'required' }] });
    await client.until('main.tf', (all) => all.every((one) => one.code !== 'IMDS01'), 'fixed');
    await client.stop();
  });
}

test('who asks for diagnostics gets them, and is told when to ask again', async () => {
  const client = await Client.start(tree({ 'variables.tf': VARIABLES, 'main.tf': INSTANCE.replace('"optional"', 'var.tokens'), 'keys.tf': KEY }), { can: PULLS });
  assert.equal(client.answer.capabilities.diagnosticProvider.interFileDependencies, true);
  await client.open('variables.tf');
  const pull = (path, previousResultId) => client.ask('textDocument/diagnostic', { textDocument: { uri: client.uri(path) }, previousResultId });
  const first = await pull('variables.tf');
  assert.equal(first.kind, 'full');
  assert.deepEqual(first.items.map((one) => one.code), ['IMDS01']);
  assert.deepEqual(await pull('variables.tf', first.resultId), { kind: 'unchanged', resultId: first.resultId });
  // What is not open is told without being asked for, and what is open is not.
  await client.codes('keys.tf', 'KEY01');
  assert.equal(client.diagnostics.get(client.uri('variables.tf'))?.diagnostics.length ?? 0, 0);
  await client.open('main.tf');
  await client.edit('main.tf', 'var.tokens', '"required"');
  assert.deepEqual((await pull('variables.tf')).items, []);
  await client.waitFor(() => client.requests.some((one) => one.method === 'workspace/diagnostic/refresh'), 'told to ask again');
  await client.stop();
});

test('who asks between an edit and its save is told what it has, under the same name', async () => {
  const client = await Client.start(tree({ 'variables.tf': VARIABLES, 'main.tf': INSTANCE.replace('"optional"', 'var.tokens') }), { can: PULLS, options: { runOn: 'save' } });
  await client.open('main.tf');
  await client.open('variables.tf');
  const pull = (path, previousResultId) => client.ask('textDocument/diagnostic', { textDocument: { uri: client.uri(path) }, previousResultId });
  const first = await pull('variables.tf');
  assert.deepEqual(first.items.map((one) => one.code), ['IMDS01']);
  await client.edit('variables.tf', 'variable', '\nvariable');
  await client.edit('main.tf', 'var.tokens', '"required"');
  await client.notify('textDocument/didSave', { textDocument: { uri: client.uri('main.tf') } });
  assert.deepEqual(await pull('variables.tf', first.resultId), { kind: 'unchanged', resultId: first.resultId });
  await client.notify('textDocument/didSave', { textDocument: { uri: client.uri('variables.tf') } });
  const last = await pull('variables.tf', first.resultId);
  assert.deepEqual([last.kind, last.items], ['full', []]);
  await client.stop();
});

test('a request that is cancelled is answered as such, at once', async () => {
  const files = Object.fromEntries(Array.from({ length: 300 }, (_, at) => [`m${at}/main.tf`, INSTANCE + KEY]));
  const client = await Client.start(tree(files));
  await client.open('m0/main.tf');
  const cancelled = new rpc.CancellationTokenSource();
  const answer = client.ask('textDocument/hover', { textDocument: { uri: client.uri('m0/main.tf') }, position: { line: 5, character: 20 } }, cancelled.token);
  cancelled.cancel();
  await assert.rejects(answer, (error) => error.code === -32800);
  await client.codes('m0/main.tf', 'IMDS01', 'KEY01');
  await client.stop();
});

test('what is unknown is refused, and what is broken is passed over', async () => {
  const client = await Client.start(tree({ 'main.tf': INSTANCE }));
  await assert.rejects(client.ask('textDocument/references', {}), (error) => error.code === -32601);
  await assert.rejects(client.ask('textDocument/hover', { textDocument: 5 }), (error) => error.code === -32602);
  await assert.rejects(client.ask('initialize', {}), (error) => error.code === -32600);
  await client.notify('$/setTrace', { value: 'verbose' });
  await client.notify('$/unheardOf', { a: 1 });
  await client.notify('textDocument/didChange', { textDocument: {}, contentChanges: 7 });
  await client.notify('textDocument/didOpen', null);
  for (const bytes of ['Content-Length: 5\r\n\r\n{"a":', 'Content-Length: x\r\n\r\n', 'rubbish\r\n\r\n', 'Content-Length: 2\r\n\r\n[]', 'Content-Length: 4\r\n\r\n\xff\xfe\xfd\xfc']) {
    client.child.stdin.write(Buffer.from(bytes, 'latin1'));
  }
  await client.open('main.tf');
  await client.codes('main.tf', 'IMDS01');
  assert.ok(client.sent.includes('"code":-32700'));
  await client.stop();
});

test('a server that is killed is started again by its client, and knows what the client knows', async () => {
  const folder = tree({ 'main.tf': INSTANCE });
  const first = await Client.start(folder);
  await first.open('main.tf');
  await first.codes('main.tf', 'IMDS01');
  first.child.kill('SIGKILL');
  assert.deepEqual(await first.ended, { code: null, signal: 'SIGKILL' });
  const second = await Client.start(folder);
  await second.open('main.tf', INSTANCE.replace('"optional"', '"required"'));
  await second.codes('main.tf');
  await second.stop();
});

test('a buffer that does not parse keeps what is known of its other blocks', async () => {
  const client = await Client.start(tree({ 'main.tf': INSTANCE + KEY }));
  await client.open('main.tf');
  await client.codes('main.tf', 'IMDS01', 'KEY01');
  await client.edit('main.tf', 'user = "robot"', 'user = "');
  await client.until('main.tf', (all) => all.some((one) => one.code === 'IMDS01') && all.some((one) => one.code === 'syntax'), 'told with its error');
  await client.edit('main.tf', 'user = "', 'user = "robot"');
  await client.codes('main.tf', 'IMDS01', 'KEY01');
  await client.stop();
});

test('the exit code says whether it was asked to leave', async () => {
  const gone = await Client.start(tree({}));
  gone.child.stdin.end();
  assert.equal((await gone.ended).code, 1);
  const rude = await Client.start(tree({}));
  await rude.notify('exit');
  assert.equal((await rude.ended).code, 1);
  // Nobody has to answer what it asks before it may leave.
  const brief = new Client();
  const frame = (message) => { const body = JSON.stringify({ jsonrpc: '2.0', ...message }); return `Content-Length: ${body.length}\r\n\r\n${body}`; };
  brief.connection.dispose();
  brief.child.stdin.write([
    { id: 'a', method: 'initialize', params: { processId: null, rootUri: null, capabilities: capabilities({ 'workspace.configuration': true }) } },
    { method: 'initialized', params: {} },
    { id: 'b', method: 'textDocument/hover', params: { textDocument: { uri: 'file:///a.tf' }, position: { line: 0, character: 0 } } },
    { id: 'c', method: 'shutdown' },
    { method: 'exit' },
  ].map(frame).join(''));
  assert.equal((await brief.ended).code, 0);
  await brief.waitFor(() => brief.sent.includes('{"jsonrpc":"2.0","id":"c","result":null}'), 'answered');
  assert.ok(brief.sent.includes('{"jsonrpc":"2.0","id":"b","error":'));
  const early = new Client();
  await assert.rejects(early.ask('shutdown'), (error) => error.code === -32002);
  early.child.kill();
});

test('no message holds a secret', async () => {
  const key = secret();
  const password = ['hunter', '22', 'Xy', 'q9Zt'].join('');
  const text = `provider "aws" {\n  access_key = "${key}"\n}\nvariable "db_password" {\n  default = "${password}"\n}\nresource "aws_db_instance" "db" {\n  password = var.db_password\n}\n`;
  const client = await Client.start(tree({ 'main.tf': text, [`${key}.tf`]: INSTANCE }), { options: { strict: true, suppressed: true } });
  await client.open('main.tf');
  const all = await client.until('main.tf', (found) => found.length >= 2, 'found');
  for (const { range } of all) {
    await client.at('main.tf', 'hover', range.start);
    await client.at('main.tf', 'definition', range.start);
    for (const action of await client.actions('main.tf', range)) await client.ask('codeAction/resolve', action);
    await client.actions('main.tf', range, ['source.fixAll']);
  }
  const at = position(text, text.indexOf('var.db_password'));
  await client.at('main.tf', 'hover', at);
  await client.at('main.tf', 'definition', at);
  await client.edit('main.tf', '}\nvariable', `\nvariable "${password}`);
  await client.until('main.tf', (found) => found.some((one) => one.code === 'syntax'), 'broken');
  await client.ask(`no/${password}`, { password }).catch(() => {});
  await client.ask('textDocument/hover', { position: password }).catch(() => {});
  await client.notify('workspace/didChangeConfiguration', { settings: { [key]: password } });
  client.child.stdin.write(`Content-Length: ${password.length + 2}\r\n\r\n{"${password}`);
  await client.stop();
  for (const form of [key, password, Buffer.from(password).toString('base64').slice(0, 12)]) {
    assert.ok(!client.sent.includes(form), `a message holds a secret: ${client.sent.slice(client.sent.indexOf(form) - 200, client.sent.indexOf(form) + 60)}`);
    assert.ok(!client.stderr.includes(form));
  }
});

test('every capability may be missing', async () => {
  const client = await Client.start(tree({ 'main.tf': INSTANCE }), { can: {} });
  await client.open('main.tf');
  const [finding] = await client.codes('main.tf', 'IMDS01');
  assert.equal(client.answer.capabilities.codeActionProvider, undefined);
  assert.ok(await client.at('main.tf', 'hover', finding.range.start));
  assert.deepEqual(CAPABILITIES.general.positionEncodings, ['utf-16']);
  await client.stop();
});
