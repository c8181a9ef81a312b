// One server a window: chosen, started, stopped. Nothing overlaps: what is asked for meanwhile waits for its turn.

import { homedir } from 'node:os';
import { workspace, type ExtensionContext, type LogOutputChannel } from 'vscode';
import { LanguageClient, State, type LanguageClientOptions } from 'vscode-languageclient/node';
import { choose, thisMachine } from './binary';
import { probe } from './probe';
import { SELECTOR } from './selector';
import { forServer } from './settings';
import type { Status } from './status';

/** A program that was found and answered. */
export interface Program {
  readonly file: string;
  readonly version: string;
}

export class Session {
  private client: LanguageClient | undefined;
  private program: Program | undefined;
  private turn: Promise<void> = Promise.resolve();

  constructor(
    private readonly context: ExtensionContext,
    private readonly output: LogOutputChannel,
    private readonly status: Status,
    /** Tells the user why nothing runs. */
    private readonly complain: (why: string) => void,
  ) {}

  /** Starts the server, anew if there is one. */
  restart(): Promise<void> {
    return this.inTurn(async () => {
      await this.end();
      await this.begin();
    });
  }

  stop(): Promise<void> {
    return this.inTurn(() => this.end());
  }

  /** What runs, if anything does. */
  running(): Program | undefined {
    return this.program;
  }

  private inTurn(work: () => Promise<void>): Promise<void> {
    this.turn = this.turn.then(work, work);
    return this.turn;
  }

  private async begin(): Promise<void> {
    const settings = workspace.getConfiguration('keyless');
    if (!settings.get<boolean>('enable', true)) {
      this.status.off();
      return;
    }
    this.status.starting();
    const program = await this.find(settings.get<string>('path', ''));
    if (program === undefined) {
      return;
    }
    this.output.info(`keyless ${program.version}: ${program.file}`);
    const server = { command: program.file, args: ['lsp'], options: { cwd: this.context.extensionPath } };
    const client = new LanguageClient('keyless', 'keyless', server, this.options());
    this.client = client;
    this.program = program;
    client.onDidChangeState(({ newState }) => {
      if (newState === State.Running) {
        this.status.running(program.version);
      } else if (newState === State.Stopped && this.client === client) {
        this.status.failed('the server ended');
      }
    });
    try {
      await client.start();
    } catch (error) {
      this.fail(`The server of keyless could not be started: ${String(error)}`);
    }
  }

  /** The program to run, or why there is none. */
  private async find(setting: string): Promise<Program | undefined> {
    const choice = choose(
      {
        setting,
        extension: this.context.extensionPath,
        folders: (workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath),
        trusted: workspace.isTrusted,
      },
      thisMachine(homedir()),
    );
    if (choice.kind === 'none') {
      this.fail(choice.message);
      return undefined;
    }
    const probed = await probe(choice.file, this.context.extensionPath);
    if (probed.kind === 'unfit') {
      this.fail(probed.message);
      return undefined;
    }
    return { file: choice.file, version: probed.version };
  }

  private options(): LanguageClientOptions {
    const settings = workspace.getConfiguration('keyless');
    return {
      documentSelector: [...SELECTOR],
      initializationOptions: forServer((name) => settings.get(name)),
      diagnosticCollectionName: 'keyless',
      outputChannel: this.output,
      markdown: { isTrusted: false, supportHtml: false },
    };
  }

  private async end(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    this.program = undefined;
    if (client === undefined) {
      return;
    }
    try {
      await client.dispose();
    } catch (error) {
      // A server that has died cannot be asked to end.
      this.output.warn(String(error));
    }
  }

  private fail(why: string): void {
    this.output.error(why);
    this.status.failed(why);
    this.complain(why);
  }
}
