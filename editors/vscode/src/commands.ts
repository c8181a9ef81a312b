// What the command palette offers.

import {
  commands,
  env,
  languages,
  ProcessExecution,
  Task,
  TaskPanelKind,
  TaskRevealKind,
  tasks,
  Uri,
  window,
  workspace,
  type Disposable,
  type LogOutputChannel,
  type WorkspaceFolder,
} from 'vscode';
import { pagesAt, type Page } from './policy';
import type { Session } from './session';
import { forCheck } from './settings';

const CATALOGUE = 'https://github.com/keyless-dev/keyless/tree/main/policies';

export function register(session: Session, output: LogOutputChannel): Disposable[] {
  return [
    commands.registerCommand('keyless.restart', () => session.restart()),
    commands.registerCommand('keyless.showOutput', () => output.show()),
    commands.registerCommand('keyless.openPolicy', openPolicy),
    commands.registerCommand('keyless.fixAll', fixAll),
    commands.registerCommand('keyless.checkWorkspace', () => checkWorkspace(session)),
  ];
}

/** The page of what is told at the cursor; of several the user chooses one. */
async function openPolicy(): Promise<void> {
  const editor = window.activeTextEditor;
  const pages =
    editor === undefined ? [] : pagesAt(languages.getDiagnostics(editor.document.uri), editor.selection.active);
  if (pages.length === 0) {
    const all = 'All Policies';
    const answer = await window.showInformationMessage('keyless has found nothing in this file.', all);
    if (answer === all) {
      await env.openExternal(Uri.parse(CATALOGUE));
    }
    return;
  }
  const page = pages.length === 1 ? pages[0] : await pick(pages);
  if (page !== undefined) {
    await env.openExternal(Uri.parse(page.url));
  }
}

async function pick(pages: Page[]): Promise<Page | undefined> {
  const items = pages.map((page) => ({ label: page.code, description: page.title, page }));
  return (await window.showQuickPick(items, { placeHolder: 'Which policy?' }))?.page;
}

async function fixAll(): Promise<void> {
  await commands.executeCommand('editor.action.sourceAction', { kind: 'source.fixAll.keyless', apply: 'first' });
}

/** `keyless check` of every folder, as it is on the command line: the list of problems has what the server knows of all files anyway. */
async function checkWorkspace(session: Session): Promise<void> {
  const program = session.running();
  const folders = workspace.workspaceFolders ?? [];
  if (program === undefined || folders.length === 0) {
    const why = program === undefined ? 'its server does not run' : 'no folder is open';
    await window.showWarningMessage(`keyless cannot check the workspace: ${why}.`);
    return;
  }
  await workspace.saveAll(false);
  for (const folder of folders) {
    await tasks.executeTask(checkOf(folder, program.file));
  }
}

function checkOf(folder: WorkspaceFolder, file: string): Task {
  const settings = workspace.getConfiguration('keyless', folder);
  const args = forCheck((name) => settings.get(name));
  const task = new Task(
    { type: 'process' },
    folder,
    'check',
    'keyless',
    new ProcessExecution(file, args, { cwd: folder.uri.fsPath }),
    [],
  );
  task.presentationOptions = { reveal: TaskRevealKind.Always, panel: TaskPanelKind.Dedicated, clear: true };
  return task;
}
