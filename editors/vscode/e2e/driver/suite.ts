// Runs inside VS Code, beside the installed extension, and writes what came of each case to a file.

import assert from 'node:assert/strict';
import { appendFileSync } from 'node:fs';
import * as vscode from 'vscode';

type Case = () => Promise<void>;

const PATIENCE_MS = Number(process.env['KEYLESS_E2E_STEP_MS'] ?? 20_000);
const EXTENSION = 'keyless-dev.keyless';

const cases: Record<string, Case> = {
  'a finding is shown where its cause stands': async () => {
    const { document, finding } = await opened('main.tf', 'IMDS01');
    assert.equal(document.getText(finding.range), 'optional');
    assert.equal(finding.severity, vscode.DiagnosticSeverity.Error);
    assert.match(finding.message, /accepts IMDSv1/);
    assert.ok(typeof finding.code === 'object' && /imdsv1-allowed/.test(finding.code.target.toString()));
  },
  'hovering tells why': async () => {
    const { document, finding } = await opened('main.tf', 'IMDS01');
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      finding.range.start,
    );
    const text = hovers.flatMap(({ contents }) => contents.map((one) => (typeof one === 'string' ? one : one.value)));
    assert.match(text.join('\n'), /IMDSv2/);
  },
  'a quick fix mends it, and undoing brings it back': async () => {
    const { document, finding } = await opened('main.tf', 'IMDS01');
    // Asked for until it is there, as with every move of the cursor: a folder that is judged anew has none for a moment.
    const edit = await until('there is a quick fix', async () => {
      const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        document.uri,
        finding.range,
        vscode.CodeActionKind.QuickFix.value,
        10,
      );
      return actions.find(({ isPreferred, edit }) => isPreferred === true && edit !== undefined)?.edit;
    });
    assert.ok(await vscode.workspace.applyEdit(edit));
    assert.match(document.getText(), /http_tokens\s*= "required"/);
    await gone(document);
    await vscode.commands.executeCommand('undo');
    await until('it is back', () => told(document, 'IMDS01'));
  },
  'all is fixed by one command': async () => {
    const { document } = await opened('main.tf', 'IMDS01');
    await until('it is fixed', async () => {
      await vscode.commands.executeCommand('keyless.fixAll');
      return /http_tokens\s*= "required"/.test(document.getText()) || undefined;
    });
    await gone(document);
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await until('it is back', () => told(document, 'IMDS01'));
  },
  'text that is not saved is judged': async () => {
    const { document, finding } = await opened('main.tf', 'IMDS01');
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, finding.range, 'required');
    assert.ok(await vscode.workspace.applyEdit(edit));
    assert.ok(document.isDirty);
    await gone(document);
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await until('it is back', () => told(document, 'IMDS01'));
  },
  'a template is judged as well': async () => {
    const { document, finding } = await opened('template.yaml', 'IMDS01');
    assert.equal(document.languageId, 'yaml');
    assert.equal(finding.source, 'keyless');
  },
  'a second folder is judged by the same server': async () => {
    const folder = process.env['KEYLESS_E2E_SECOND'] ?? '';
    const document = await vscode.workspace.openTextDocument(vscode.Uri.file(`${folder}/main.tf`));
    await vscode.window.showTextDocument(document);
    await until('it is told', () => told(document, 'IMDS01'));
  },
  'settings change what is told': async () => {
    const { document } = await opened('main.tf', 'IMDS01');
    await holding('ignore', ['IMDS01'], vscode.ConfigurationTarget.Global, () => gone(document));
    await until('it is back', () => told(document, 'IMDS01'));
  },
  'what is in files that are not open is told': async () => {
    const closed = vscode.Uri.joinPath(root(), 'closed.tf');
    await until('it is told', () => ofOurs(closed).find(({ code }) => named(code) === 'IMDS01'));
  },
  'a workspace that is not trusted chooses no program': async () => {
    assert.equal(vscode.workspace.isTrusted, false);
    const { document } = await opened('main.tf', 'IMDS01');
    await holding('path', '/nowhere/keyless', vscode.ConfigurationTarget.Workspace, async () => {
      await vscode.commands.executeCommand('keyless.restart');
      await until('it is told', () => told(document, 'IMDS01'));
    });
  },
  'switched off nothing is told, and the server can be restarted': async () => {
    const { document } = await opened('main.tf', 'IMDS01');
    await holding('enable', false, vscode.ConfigurationTarget.Global, () => gone(document));
    await until('it is back', () => told(document, 'IMDS01'));
    await vscode.commands.executeCommand('keyless.restart');
    await until('it is told again', () => told(document, 'IMDS01'));
  },
  'a program that is not there is not replaced by another': async () => {
    const { document } = await opened('main.tf', 'IMDS01');
    await holding('path', '/nowhere/keyless', vscode.ConfigurationTarget.Global, () => gone(document));
    await until('it is back', () => told(document, 'IMDS01'));
  },
};

/** VS Code's name for what it calls. */
export async function run(): Promise<void> {
  try {
    // A template makes it active; where Terraform's files have no language of their own, a search in the folders would, which needs ripgrep.
    await vscode.workspace.openTextDocument(vscode.Uri.joinPath(root(), 'template.yaml'));
    await until('the extension is active', () => vscode.extensions.getExtension(EXTENSION)?.isActive || undefined);
  } catch (error) {
    report({ name: 'the extension is active', error: String(error) });
  }
  for (const [name, work] of Object.entries(cases).filter(([name]) => name.includes(process.env['KEYLESS_E2E_ONLY'] ?? ''))) {
    try {
      await work();
      report({ name });
    } catch (error) {
      report({ name, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
  }
  report({ done: true });
}

function report(line: object): void {
  appendFileSync(process.env['KEYLESS_E2E_REPORT'] ?? '', `${JSON.stringify(line)}\n`);
}

function root(): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder);
  return folder.uri;
}

async function opened(
  name: string,
  code: string,
): Promise<{ document: vscode.TextDocument; finding: vscode.Diagnostic }> {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(root(), name));
  await vscode.window.showTextDocument(document);
  return { document, finding: await until(`${name} has ${code}`, () => told(document, code)) };
}

function told(document: vscode.TextDocument, code: string): vscode.Diagnostic | undefined {
  return ofOurs(document.uri).find((one) => named(one.code) === code);
}

function ofOurs(uri: vscode.Uri): vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'keyless');
}

function named(code: vscode.Diagnostic['code']): string {
  return String(typeof code === 'object' ? code.value : code);
}

async function gone(document: vscode.TextDocument): Promise<void> {
  await until('it is gone', () => (told(document, 'IMDS01') === undefined ? true : undefined));
}

async function holding(
  name: string,
  value: unknown,
  target: vscode.ConfigurationTarget,
  work: () => Promise<void>,
): Promise<void> {
  const set = (to: unknown): Thenable<void> => vscode.workspace.getConfiguration('keyless').update(name, to, target);
  await set(value);
  try {
    await work();
  } finally {
    await set(undefined);
  }
}

async function until<T>(what: string, look: () => T | undefined | Promise<T | undefined>): Promise<T> {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const found = await look();
    if (found !== undefined) {
      return found;
    }
    if (Date.now() > end) {
      throw new Error(`not within ${PATIENCE_MS / 1000} s: ${what}; ${JSON.stringify(vscode.languages.getDiagnostics())}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
