// Whether a program is a keyless that this extension can speak with.

import { execFile, type ExecFileException } from 'node:child_process';

/** The first version that has a language server. */
export const OLDEST = '0.1.0';

export type Probed =
  | { readonly kind: 'fit'; readonly version: string }
  | { readonly kind: 'unfit'; readonly message: string };

const PATIENCE_MS = 20_000;

interface Ran {
  readonly code: number | undefined;
  readonly output: string;
  readonly error: string | undefined;
}

/** Asks the program for its version, and whether it has a server: those built from source before had the same version. */
export async function probe(file: string, folder: string): Promise<Probed> {
  const [version, server] = await Promise.all([
    run(file, ['--version'], folder),
    run(file, ['lsp', '--help'], folder),
  ]);
  if (version.error !== undefined) {
    return unfit(`${file} cannot be run: ${version.error}.`);
  }
  const said = version.code === 0 ? versionIn(version.output) : undefined;
  if (said === undefined) {
    return unfit(`${file} is not keyless: it does not say its version as keyless does.`);
  }
  if (isOlder(said, OLDEST)) {
    return unfit(`${file} is keyless ${said}; this extension needs ${OLDEST} or newer.`);
  }
  if (server.code !== 0) {
    return unfit(`${file} is a keyless ${said} without language server; a newer one is needed.`);
  }
  return { kind: 'fit', version: said };
}

/** `keyless 1.2.3` or `keyless 1.2.3-rc.1`. */
export function versionIn(output: string): string | undefined {
  return /^keyless (\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?)(?:\+\S+)?(?:\s|$)/.exec(output)?.[1];
}

/** By major, minor and patch; what comes before a release counts as the release, since it has what that has. */
export function isOlder(version: string, than: string): boolean {
  const [one, other] = [numbers(version), numbers(than)];
  const index = one.findIndex((number, at) => number !== other[at]);
  return index !== -1 && (one[index] ?? 0) < (other[index] ?? 0);
}

function numbers(version: string): number[] {
  return (version.split(/[-+]/)[0] ?? '').split('.').map(Number);
}

function run(file: string, args: string[], folder: string): Promise<Ran> {
  return new Promise((resolve) => {
    try {
      execFile(file, args, { cwd: folder, timeout: PATIENCE_MS, windowsHide: true }, (error, stdout) => {
        const code = error === null ? 0 : typeof error.code === 'number' ? error.code : undefined;
        resolve({ code, output: stdout, error: code === undefined ? reason(error) : undefined });
      });
    } catch (error) {
      resolve({ code: undefined, output: '', error: String(error) });
    }
  });
}

function reason(error: ExecFileException | null): string {
  if (error?.killed === true) {
    return `it said nothing in ${PATIENCE_MS / 1000} seconds`;
  }
  return typeof error?.code === 'string' ? error.code : (error?.message ?? 'it ended by a signal');
}

function unfit(message: string): Probed {
  return { kind: 'unfit', message };
}
