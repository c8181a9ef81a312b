/** What this package reads of `keyless check --format json`; the contract is `schema/report.schema.json`. */

export interface Point {
  readonly line: number;
  readonly column: number;
}

export interface Place {
  readonly path: string;
  readonly start: Point;
}

export interface Finding extends Place {
  readonly code: string;
  readonly name: string;
  readonly severity: 'error' | 'warning' | 'note';
  readonly title: string;
  readonly help: string;
  readonly url: string;
  readonly addresses: readonly string[];
  readonly construct: string | null;
  readonly related: readonly Place[];
  readonly reason?: string;
  readonly suppression?: { readonly reason: string; readonly place: Place };
}

export interface Problem {
  readonly kind: string;
  readonly path: string;
  readonly start: Point | null;
  readonly message: string;
}

export interface Report {
  readonly version: number;
  readonly findings: readonly Finding[];
  readonly cannot_tell: readonly Finding[];
  /** Not in reports of the first releases. */
  readonly suppressed?: readonly Finding[];
  readonly problems: readonly Problem[];
}

/** Throws what a person can do something with. */
export function parse(text: string): Report {
  let report: Partial<Report>;
  try {
    report = JSON.parse(text) as Partial<Report>;
  } catch {
    throw new Error('its report cannot be read');
  }
  const lists = [report?.findings, report?.cannot_tell, report?.problems];
  if (report?.version !== 1 || !lists.every(Array.isArray)) {
    throw new Error('its report is of another version than this package knows');
  }
  return report as Report;
}
