// The start and the end of it: what VS Code calls.

import { commands, env, Uri, window, workspace, type ExtensionContext } from 'vscode';
import * as palette from './commands';
import { SELECTOR } from './selector';
import { Session } from './session';
import { status } from './status';

const HOW_TO_INSTALL = 'https://github.com/keyless-dev/keyless/blob/main/docs/editors.md#the-program';

let session: Session | undefined;

export async function activate(context: ExtensionContext): Promise<void> {
  const output = window.createOutputChannel('keyless', { log: true });
  const line = status([...SELECTOR]);
  const started = new Session(context, output, line, (why) => void complain(why));
  session = started;
  context.subscriptions.push(
    output,
    line,
    ...palette.register(started, output),
    // The server asks for the rest by itself.
    workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('keyless.path') || change.affectsConfiguration('keyless.enable')) {
        void started.restart();
      }
    }),
    workspace.onDidGrantWorkspaceTrust(() => void started.restart()),
  );
  await started.restart();
}

export async function deactivate(): Promise<void> {
  await session?.stop();
}

/** Says why nothing runs, with the way out. */
async function complain(why: string): Promise<void> {
  const [install, settings, again] = ['How to Install', 'Open Settings', 'Try Again'] as const;
  const answer = await window.showErrorMessage(why, install, settings, again);
  if (answer === install) {
    await env.openExternal(Uri.parse(HOW_TO_INSTALL));
  } else if (answer === settings) {
    await commands.executeCommand('workbench.action.openSettings', 'keyless.path');
  } else if (answer === again) {
    await session?.restart();
  }
}
