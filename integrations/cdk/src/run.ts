/** Runs the binary. No shell, nothing of the environment but what it inherits. */

import { spawnSync } from 'node:child_process';
import { parse, Report } from './report';

/** Windows takes command lines of 32,767 characters. */
const MAX_ARGUMENTS = 30_000;
const MAX_OUTPUT = 1 << 30;

/** What a run came to. */
export interface Ran {
  /** Nothing reaches what was asked for, and all could be judged. */
  readonly clean: boolean;
  readonly report: Report;
}

/** As many runs as it takes to hand over all templates. */
export function check(bin: string, options: readonly string[], templates: readonly string[]): Ran[] {
  return batches(templates).map((batch) => {
    const ran = run(bin, ['check', '--format', 'json', ...options, '--', ...batch]);
    // 0: clean, 1: findings, 2: something could not be judged, and the report says what.
    if (ran.status === null || ran.status > 2) {
      throw new Error(`\`${bin}\` ended with ${ran.signal ?? `exit code ${ran.status}`}`);
    }
    try {
      return { clean: ran.status === 0, report: parse(ran.stdout) };
    } catch (error) {
      throw new Error(`\`${bin}\` ran, but ${(error as Error).message}${said(ran.stderr)}`);
    }
  });
}

/** The codes of all policies that the binary knows. */
export function policies(bin: string): string[] {
  const ran = run(bin, ['policies']);
  const codes = ran.stdout.split('\n').map((line) => line.split(' ', 1)[0] ?? '');
  return ran.status === 0 ? codes.filter((code) => /^[A-Z0-9]+$/.test(code)) : [];
}

function run(bin: string, args: readonly string[]) {
  const stdio: ['ignore', 'pipe', 'pipe'] = ['ignore', 'pipe', 'pipe'];
  const ran = spawnSync(bin, args, { encoding: 'utf8', maxBuffer: MAX_OUTPUT, shell: false, stdio, windowsHide: true });
  const code = (ran.error as NodeJS.ErrnoException | undefined)?.code;
  if (code === 'ENOENT') {
    throw new Error(
      `\`${bin}\` was not found: install keyless, or say where it is with \`new KeylessPlugin({ bin })\` or KEYLESS_BIN`,
    );
  }
  if (ran.error) {
    throw new Error(`\`${bin}\` could not be run: ${code ?? ran.error.message}`);
  }
  return ran;
}

function batches(templates: readonly string[]): string[][] {
  const all: string[][] = [];
  let room = 0;
  for (const template of templates) {
    if (room < template.length + 3) {
      all.push([]);
      room = MAX_ARGUMENTS;
    }
    all[all.length - 1]?.push(template);
    room -= template.length + 3;
  }
  return all;
}

function said(stderr: string): string {
  const line = stderr.split('\n').find((text) => text.trim() !== '');
  return line === undefined ? '' : `: ${line.trim()}`;
}
