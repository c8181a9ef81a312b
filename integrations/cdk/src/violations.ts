/** From findings to what the CDK calls violations. */

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Finding, Place, Problem } from './report';
import { keysAt } from './template';

/** `PolicyViolatingResource`, with all that the interface before it asks for. */
interface Resource {
  readonly resourceLogicalId: string;
  readonly templatePath: string;
  readonly locations: string[];
}

/** `PolicyViolation`, and as well what it was before it was stable. */
export interface Violation {
  readonly ruleName: string;
  readonly description: string;
  readonly severity: string;
  readonly fix?: string;
  readonly ruleMetadata: { readonly [key: string]: string };
  readonly violatingResources: Resource[];
}

const SEVERITIES = { error: 'error', warning: 'warning', note: 'info' } as const;

/** The name under which a run that is no answer is reported; of a severity that nobody can acknowledge. */
const NOT_JUDGED = { ruleName: 'not-judged', severity: 'fatal' } as const;

export class Violations {
  private readonly texts = new Map<string, string | undefined>();

  constructor(private readonly templates: readonly string[]) {}

  of(finding: Finding): Violation {
    const { code, name, title, help, url, path, start } = finding;
    return {
      ruleName: code,
      description: finding.reason === undefined ? title : `${title}: ${finding.reason}`,
      severity: SEVERITIES[finding.severity],
      fix: help === '' ? url : `${help} (${url})`,
      ruleMetadata: { policy: name, at: `${path}:${start.line}:${start.column}` },
      violatingResources: this.resources(finding),
    };
  }

  ofProblem({ kind, path, start, message }: Problem): Violation {
    const place = start === null ? path : `${path}:${start.line}:${start.column}`;
    return this.notJudged(`${place}: ${message}`, kind);
  }

  /** Something stood in the way of an answer. */
  notJudged(description: string, kind = 'run'): Violation {
    const templatePath = this.templates[0] ?? '';
    return {
      ...NOT_JUDGED,
      description,
      ruleMetadata: { kind },
      violatingResources: [{ resourceLogicalId: '', templatePath, locations: [] }],
    };
  }

  /** What stands in templates at the finding's places, if possible the resources that it names. */
  private resources(finding: Finding): Resource[] {
    const ids = new Set(finding.addresses.map((address) => address.slice(address.lastIndexOf('/') + 1)));
    const standing = [finding, ...finding.related].map((place) => this.at(place)).filter((found) => found !== undefined);
    const named = standing.filter(({ resourceLogicalId }) => ids.has(resourceLogicalId));
    const found = named.length > 0 ? named : standing.slice(0, 1);
    const unique = new Map(found.map((resource) => [JSON.stringify(resource), resource]));
    return [...unique.values()];
  }

  private at(place: Place): Resource | undefined {
    const templatePath = resolve(place.path);
    const text = this.text(templatePath);
    const [section, id, ...rest] = text === undefined ? [] : keysAt(text, place.start);
    if (section === undefined || id === undefined) {
      return undefined;
    }
    const location = section === 'Resources' ? rest : [section, id, ...rest];
    return { resourceLogicalId: id, templatePath, locations: location.length > 0 ? [location.join('.')] : [] };
  }

  /** The text of a synthesized template; of nothing else. */
  private text(path: string): string | undefined {
    if (!path.endsWith('.template.json')) {
      return undefined;
    }
    if (!this.texts.has(path)) {
      this.texts.set(path, readFileSync(path, 'utf8'));
    }
    return this.texts.get(path);
  }
}
