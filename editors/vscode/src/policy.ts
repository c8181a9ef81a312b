// Which policies the findings at a place are about. Knows nothing of VS Code but the shape of its diagnostics.

/** The name that keyless's diagnostics carry. */
export const SOURCE = 'keyless';

export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface Range {
  readonly start: Position;
  readonly end: Position;
}

export interface Told {
  readonly source?: string | undefined;
  readonly message: string;
  readonly range: Range;
  readonly code?: string | number | { readonly value: string | number; readonly target: unknown } | undefined;
}

export interface Page {
  readonly code: string;
  readonly title: string;
  readonly url: string;
}

/** Pages of what is told at a place, or on its line, or else in the whole file; each policy once. */
export function pagesAt(told: readonly Told[], place: Position): Page[] {
  const ours = told.filter((one) => one.source === SOURCE);
  const here = ours.filter(({ range }) => !isBefore(place, range.start) && !isBefore(range.end, place));
  const line = ours.filter(({ range }) => range.start.line <= place.line && place.line <= range.end.line);
  const chosen = [here, line, ours].map(pages).find((some) => some.length > 0);
  return chosen ?? [];
}

function pages(told: readonly Told[]): Page[] {
  const found = new Map<string, Page>();
  for (const { code, message } of told) {
    if (typeof code === 'object' && code.target !== undefined && code.target !== null) {
      const name = String(code.value);
      const title = message.split('\n')[0] ?? '';
      if (!found.has(name)) {
        found.set(name, { code: name, title, url: String(code.target) });
      }
    }
  }
  return [...found.values()].sort((one, other) => (one.code < other.code ? -1 : 1));
}

function isBefore(one: Position, other: Position): boolean {
  return one.line < other.line || (one.line === other.line && one.character < other.character);
}
