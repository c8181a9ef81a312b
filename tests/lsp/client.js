// A client of the Language Server Protocol, made of the library that VS Code's own is made of, with the server as its child.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { after } from 'node:test';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import rpc from 'vscode-jsonrpc/node.js';
import lsp from 'vscode-languageserver-protocol/node.js';

const here = dirname(fileURLToPath(import.meta.url));
export const keyless = process.env.KEYLESS_BIN || join(here, '../../target/debug/keyless');
assert.ok(existsSync(keyless), `there is no ${keyless}: set KEYLESS_BIN, or run cargo build`);

const folders = [];
const children = [];
// What a test that failed left running.
after(() => children.forEach((child) => child.kill('SIGKILL')));
process.on('exit', () => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

// A folder with files, a git work tree.
export const tree = (files) => {
  const folder = mkdtempSync(join(tmpdir(), 'keyless-lsp-'));
  folders.push(folder);
  for (const [path, content] of Object.entries({ '.git/HEAD': 'ref: refs/heads/main\n', ...files })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
};

export const CAPABILITIES = {
  general: { positionEncodings: ['utf-16'] },
  textDocument: {
    publishDiagnostics: { relatedInformation: true, versionSupport: true, codeDescriptionSupport: true, dataSupport: true },
    codeAction: {
      codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix', 'source', 'source.fixAll'] } },
      isPreferredSupport: true, disabledSupport: true, dataSupport: true, resolveSupport: { properties: ['edit'] },
    },
    hover: { contentFormat: ['markdown', 'plaintext'] },
  },
  workspace: { workspaceFolders: true, workspaceEdit: { documentChanges: true }, didChangeWatchedFiles: { dynamicRegistration: true } },
  window: { workDoneProgress: true },
};

// A deep copy with some capabilities otherwise, named by their way.
export const capabilities = (changes) => {
  const result = structuredClone(CAPABILITIES);
  for (const [way, value] of Object.entries(changes)) {
    const names = way.split('.');
    const last = names.pop();
    names.reduce((object, name) => (object[name] ??= {}), result)[last] = value;
  }
  return result;
};

export class Client {
  // Everything that the server sent, as text.
  sent = '';
  diagnostics = new Map();
  requests = [];
  logged = [];
  progress = [];
  configuration = {};
  versions = new Map();
  texts = new Map();

  constructor() {
    this.child = spawn(keyless, ['lsp'], { stdio: ['pipe', 'pipe', 'pipe'] });
    children.push(this.child);
    this.ended = new Promise((resolve) => this.child.on('exit', (code, signal) => resolve({ code, signal })));
    this.child.stdout.on('data', (bytes) => { this.sent += bytes; });
    this.stderr = '';
    this.child.stderr.on('data', (bytes) => { this.stderr += bytes; });
    this.child.stdin.on('error', () => {});
    this.connection = lsp.createProtocolConnection(
      new rpc.StreamMessageReader(this.child.stdout), new rpc.StreamMessageWriter(this.child.stdin), { error() {}, warn() {}, info() {}, log() {} },
    );
    this.connection.onError(() => {});
    this.connection.onNotification(lsp.PublishDiagnosticsNotification.type, (params) => this.diagnostics.set(params.uri, params));
    this.connection.onNotification('window/logMessage', (params) => this.logged.push(params));
    this.connection.onNotification('window/showMessage', (params) => this.logged.push(params));
    this.connection.onNotification('$/progress', (params) => this.progress.push(params.value.kind));
    this.connection.onRequest((method, params) => {
      this.requests.push({ method, params });
      if (method === 'workspace/configuration') return params.items.map(() => this.configuration);
      return null;
    });
    this.connection.listen();
  }

  static async start(folder, { can = CAPABILITIES, options, folders, configuration } = {}) {
    const client = new Client();
    client.configuration = configuration ?? {};
    client.folder = folder;
    const named = (path) => ({ uri: pathToFileURL(path).href, name: path });
    client.answer = await client.connection.sendRequest(lsp.InitializeRequest.type, {
      processId: process.pid,
      rootUri: folder ? pathToFileURL(folder).href : null,
      workspaceFolders: folders ? folders.map(named) : folder ? [named(folder)] : null,
      capabilities: can,
      initializationOptions: options,
    });
    await client.notify('initialized', {});
    return client;
  }

  uri(path) { return pathToFileURL(join(this.folder ?? '', path)).href; }
  notify(method, params) { return this.connection.sendNotification(method, params); }
  ask(method, params, ...token) { return this.connection.sendRequest(method, params, ...token); }

  open(path, text = readFileSync(join(this.folder ?? '', path), 'utf8'), languageId = 'terraform') {
    const uri = this.uri(path);
    this.versions.set(uri, 1);
    this.texts.set(uri, text);
    return this.notify('textDocument/didOpen', { textDocument: { uri, languageId, version: 1, text } });
  }

  // Replaces the first `before` by `after`, as an edit of a range.
  edit(path, before, after) {
    const uri = this.uri(path);
    const text = this.texts.get(uri);
    const at = text.indexOf(before);
    assert.notEqual(at, -1, `no ${before}`);
    return this.change(path, [{ range: { start: position(text, at), end: position(text, at + before.length) }, text: after }]);
  }

  change(path, contentChanges) {
    const uri = this.uri(path);
    const version = this.versions.get(uri) + 1;
    this.versions.set(uri, version);
    for (const { range, text } of contentChanges) {
      this.texts.set(uri, range ? apply(this.texts.get(uri), [{ range, newText: text }]) : text);
    }
    return this.notify('textDocument/didChange', { textDocument: { uri, version }, contentChanges });
  }

  close(path) { return this.notify('textDocument/didClose', { textDocument: { uri: this.uri(path) } }); }

  // The diagnostics of a file once they are so, of its newest version.
  async until(path, isSo, what = 'as expected') {
    const uri = this.uri(path);
    const end = Date.now() + 20_000;
    for (;;) {
      const told = this.diagnostics.get(uri);
      const isNew = told && (told.version === undefined || told.version === this.versions.get(uri));
      if (isNew && isSo(told.diagnostics)) return told.diagnostics;
      assert.ok(Date.now() < end, `${path}: never ${what}: ${JSON.stringify(told)}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  codes(path, ...codes) {
    return this.until(path, (all) => JSON.stringify(all.map((one) => one.code).sort()) === JSON.stringify(codes.sort()), codes.join() || 'clean');
  }

  actions(path, range, only) {
    return this.ask('textDocument/codeAction', { textDocument: { uri: this.uri(path) }, range, context: { diagnostics: [], only } });
  }

  at(path, method, position) { return this.ask(`textDocument/${method}`, { textDocument: { uri: this.uri(path) }, position }); }

  // Does to the documents what an edit says, and tells the server.
  async applied(edit) {
    const changes = edit.documentChanges ?? Object.entries(edit.changes).map(([uri, edits]) => ({ textDocument: { uri }, edits }));
    for (const { textDocument, edits } of changes) {
      if (textDocument.version !== undefined) assert.equal(textDocument.version, this.versions.get(textDocument.uri));
      const text = apply(this.texts.get(textDocument.uri), edits);
      await this.change(fileURLToPath(textDocument.uri).slice((this.folder?.length ?? -1) + 1), [{ text }]);
    }
  }

  async stop() {
    await this.ask('shutdown');
    await this.notify('exit');
    const { code } = await this.ended;
    assert.equal(code, 0);
    assert.equal(this.stderr, '');
  }

  async waitFor(isSo, what) {
    const end = Date.now() + 20_000;
    while (!isSo()) {
      assert.ok(Date.now() < end, `never ${what}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
}

export const position = (text, at) => {
  const before = text.slice(0, at);
  const line = before.split('\n').length - 1;
  return { line, character: at - (before.lastIndexOf('\n') + 1) };
};

const offset = (text, { line, character }) => {
  const lines = text.split('\n');
  return lines.slice(0, line).reduce((sum, one) => sum + one.length + 1, 0) + character;
};

export const apply = (text, edits) => {
  const sorted = edits.map(({ range, newText }) => [offset(text, range.start), offset(text, range.end), newText]).sort((a, b) => b[0] - a[0]);
  return sorted.reduce((result, [start, end, newText]) => result.slice(0, start) + newText + result.slice(end), text);
};

// The text that a range holds.
export const held = (text, { start, end }) => text.slice(offset(text, start), offset(text, end));
