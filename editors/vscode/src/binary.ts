// Which program is run. Knows nothing of VS Code, so that its rules are tested without one.

import { accessSync, constants, realpathSync, statSync } from 'node:fs';
import * as path from 'node:path';

/** What is asked of the machine. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  /** Whether a file is there that may be run. */
  isProgram(file: string): boolean;
  /** Without links; the path itself where there is nothing. */
  realPath(file: string): string;
}

export interface Wanted {
  /** `keyless.path` as it is set. */
  readonly setting: string;
  /** The folder of this extension. */
  readonly extension: string;
  /** The folders of the workspace. */
  readonly folders: readonly string[];
  /** Whether the user trusts the workspace. */
  readonly trusted: boolean;
}

export type Origin = 'setting' | 'bundled' | 'path';

export type Choice =
  | { readonly kind: 'program'; readonly file: string; readonly origin: Origin }
  | { readonly kind: 'none'; readonly message: string };

/** The setting, if there is one; else the program that comes with the extension; else the first on the `PATH`. */
export function choose(wanted: Wanted, machine: Machine): Choice {
  const setting = wanted.setting.trim();
  if (setting !== '') {
    return ofSetting(setting, wanted, machine);
  }
  const bundled = flavour(machine).join(wanted.extension, 'bin', named('keyless', machine));
  if (machine.isProgram(bundled)) {
    return { kind: 'program', file: bundled, origin: 'bundled' };
  }
  const found = onPath('keyless', wanted, machine);
  return found === undefined
    ? none('keyless is not installed: it is neither part of this extension nor on the PATH.')
    : { kind: 'program', file: found, origin: 'path' };
}

function ofSetting(setting: string, wanted: Wanted, machine: Machine): Choice {
  const { isAbsolute, join, normalize } = flavour(machine);
  const given = expand(setting, wanted, machine);
  if (!/[\\/]/.test(given)) {
    const found = onPath(given, wanted, machine);
    return found === undefined
      ? none(`keyless.path is "${setting}", and there is no such program on the PATH.`)
      : { kind: 'program', file: found, origin: 'setting' };
  }
  const folder = wanted.folders[0];
  if (!isAbsolute(given) && folder === undefined) {
    return none(`keyless.path is "${setting}", which is relative, and no folder is open.`);
  }
  const file = isAbsolute(given) ? normalize(given) : join(folder ?? '', given);
  if (isForbidden(file, wanted, machine)) {
    return none(`keyless.path is "${setting}", inside a workspace that you do not trust: it is not run.`);
  }
  const candidate = [file, named(file, machine)].find((one) => machine.isProgram(one));
  return candidate === undefined
    ? none(`keyless.path is "${setting}", and there is no program at ${file}.`)
    : { kind: 'program', file: candidate, origin: 'setting' };
}

function expand(setting: string, wanted: Wanted, machine: Machine): string {
  return setting
    .replace(/^~(?=$|[\\/])/, () => machine.home)
    .replaceAll('${userHome}', () => machine.home)
    .replaceAll('${workspaceFolder}', () => wanted.folders[0] ?? '.');
}

/** Entries that are not absolute are passed over: what they mean depends on where one stands. */
function onPath(name: string, wanted: Wanted, machine: Machine): string | undefined {
  const { delimiter, isAbsolute, join } = flavour(machine);
  return variable('PATH', machine)
    .split(delimiter)
    .map((entry) => (machine.platform === 'win32' ? entry.replace(/^"(.*)"$/, '$1') : entry))
    .filter((entry) => isAbsolute(entry))
    .map((entry) => join(entry, named(name, machine)))
    .find((file) => machine.isProgram(file) && !isForbidden(file, wanted, machine));
}

/** Windows writes the names of variables as it likes. */
function variable(name: string, machine: Machine): string {
  const key =
    machine.platform === 'win32'
      ? Object.keys(machine.env).find((one) => one.toUpperCase() === name)
      : name;
  return (key === undefined ? undefined : machine.env[key]) ?? '';
}

/** Nothing that an untrusted workspace brings along is run, by whatever way one came to it. */
function isForbidden(file: string, wanted: Wanted, machine: Machine): boolean {
  if (wanted.trusted) {
    return false;
  }
  return wanted.folders.some(
    (folder) =>
      isInside(folder, file, machine) ||
      isInside(machine.realPath(folder), machine.realPath(file), machine),
  );
}

function isInside(folder: string, file: string, machine: Machine): boolean {
  const { isAbsolute, relative, sep } = flavour(machine);
  const way = relative(folder, file);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

function named(name: string, machine: Machine): string {
  return machine.platform === 'win32' && !/\.exe$/i.test(name) ? `${name}.exe` : name;
}

function flavour(machine: Machine): path.PlatformPath {
  return machine.platform === 'win32' ? path.win32 : path.posix;
}

function none(message: string): Choice {
  return { kind: 'none', message };
}

/** The machine that this runs on. */
export function thisMachine(home: string): Machine {
  return {
    platform: process.platform,
    env: process.env,
    home,
    isProgram(file) {
      try {
        accessSync(file, constants.X_OK);
        return statSync(file).isFile();
      } catch {
        return false;
      }
    },
    realPath(file) {
      try {
        return realpathSync.native(file);
      } catch {
        return file;
      }
    },
  };
}
