// A machine that is made up, for the rules of which program is run.

import type { Machine } from '../src/binary';

interface Made {
  platform?: NodeJS.Platform;
  env?: Record<string, string>;
  programs?: string[];
  links?: Record<string, string>;
}

export function machine({ platform = 'linux', env = {}, programs = [], links = {} }: Made): Machine {
  return {
    platform,
    env,
    home: platform === 'win32' ? 'C:\\Users\\ada' : '/home/ada',
    isProgram: (file) => programs.includes(file),
    realPath: (file) => links[file] ?? file,
  };
}
