import { build } from 'esbuild';

await build({
  entryPoints: ['src/extension.ts'],
  outfile: 'dist/extension.js',
  bundle: true,
  external: ['vscode'],
  format: 'cjs',
  legalComments: 'none',
  logLevel: 'warning',
  minify: process.argv.includes('--production'),
  platform: 'node',
  // What VS Code 1.91 runs extensions with.
  target: 'node20',
});
