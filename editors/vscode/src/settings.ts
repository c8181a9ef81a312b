// The settings, by their names in `package.json`; `src/lsp/settings.rs` of the server has those of `SERVER`.

/** What the server is told. */
export const SERVER = ['strict', 'select', 'ignore', 'config', 'runOn', 'unsafeFixes', 'suppressed'] as const;

/** What only this extension reads. */
export const OWN = ['enable', 'path', 'trace.server'] as const;

/** What is said to the server when it starts; later it asks by itself. */
export function forServer(get: (name: string) => unknown): Record<string, unknown> {
  return Object.fromEntries(
    SERVER.map((name) => [name, get(name)] as const).filter(([, value]) => value !== undefined && value !== null),
  );
}

/** The arguments of `keyless check` that say the same. */
export function forCheck(get: (name: string) => unknown): string[] {
  const args = ['check'];
  if (get('strict') === true) {
    args.push('--strict');
  }
  for (const name of ['select', 'ignore'] as const) {
    const codes = texts(get(name));
    if (codes.length > 0) {
      args.push(`--${name}=${codes.join(',')}`);
    }
  }
  const config = get('config');
  if (typeof config === 'string' && config !== '') {
    args.push(`--config=${config}`);
  }
  return args;
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string' && one !== '') : [];
}
