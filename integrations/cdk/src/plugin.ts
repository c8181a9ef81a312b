import type { IPolicyValidationPlugin, IPolicyValidationPluginBeta1 } from 'aws-cdk-lib';
import { Finding, Report } from './report';
import { check, policies, Ran } from './run';
import { Violation, Violations } from './violations';

/** The least that fails a synthesis. */
export type FailOn = 'error' | 'warning' | 'note' | 'cannot-tell' | 'never';

export interface KeylessPluginProps {
  /**
   * The keyless binary.
   *
   * @default - what KEYLESS_BIN says, else `keyless` on the PATH
   */
  readonly bin?: string;

  /** @default - what keyless.toml says, else 'error' */
  readonly failOn?: FailOn;

  /**
   * The policies of the strict set as well.
   *
   * @default - what keyless.toml says, else false
   */
  readonly strict?: boolean;

  /**
   * Only these policies: codes, names or families.
   *
   * @default - what keyless.toml says, else all of the sets that are on
   */
  readonly select?: readonly string[];

  /**
   * Without these policies: codes, names or families.
   *
   * @default - what keyless.toml says, else none
   */
  readonly ignore?: readonly string[];
}

/**
 * Refuses an app that creates, embeds or depends on long-lived AWS credentials.
 *
 * @example
 * Validations.of(app).addPlugins(new KeylessPlugin());
 */
export class KeylessPlugin implements IPolicyValidationPlugin, IPolicyValidationPluginBeta1 {
  /** Rules are acknowledged as `keyless::KEY01`. */
  readonly name = 'keyless';
  readonly version = (require('../../package.json') as { version: string }).version;

  private readonly bin: string;
  private readonly options: readonly string[];
  private rules: string[] | undefined;

  constructor(private readonly props: KeylessPluginProps = {}) {
    this.bin = props.bin ?? (process.env['KEYLESS_BIN'] || 'keyless');
    this.options = [
      ...(props.failOn === undefined ? [] : [`--fail-on=${props.failOn}`]),
      ...(props.strict ? ['--strict'] : []),
      ...(props.select?.length ? [`--select=${props.select.join(',')}`] : []),
      ...(props.ignore?.length ? [`--ignore=${props.ignore.join(',')}`] : []),
    ];
  }

  /** The policies that the binary knows; none if it cannot be run, which `validate` reports. */
  get ruleIds(): string[] {
    if (this.rules === undefined) {
      try {
        this.rules = policies(this.bin);
      } catch {
        this.rules = [];
      }
    }
    return this.rules;
  }

  validate(context: { readonly templatePaths: string[] }): Verdict {
    const violations = new Violations(context.templatePaths);
    let ran: Ran[];
    try {
      ran = check(this.bin, this.options, context.templatePaths);
    } catch (error) {
      return { success: false, violations: [violations.notJudged((error as Error).message)] };
    }
    const all = <T>(list: (report: Report) => readonly T[]): T[] => ran.flatMap(({ report }) => list(report));
    const findings = all((report) => report.findings);
    const problems = all((report) => report.problems);
    const clean = ran.every(({ clean }) => clean);
    // A configuration may fail on them as well: then there may be nothing else.
    const onlyOpen = this.props.failOn === undefined && !clean && findings.length + problems.length === 0;
    const open = all((report) => (this.props.failOn === 'cannot-tell' || onlyOpen ? report.cannot_tell : []));
    const suppressed = all((report) => report.suppressed ?? []);
    return {
      success: clean,
      violations: [
        ...problems.map((problem) => violations.ofProblem(problem)),
        ...[...findings, ...open].map((finding) => violations.of(finding)),
      ],
      ...(suppressed.length > 0 ? { metadata: { suppressed: suppressed.map(acknowledged).join('; ') } } : {}),
    };
  }
}

/** `PolicyValidationPluginReport`, and as well what it was before it was stable. */
interface Verdict {
  readonly success: boolean;
  readonly violations: Violation[];
  readonly metadata?: { readonly [key: string]: string };
}

function acknowledged({ code, construct, suppression }: Finding): string {
  return `${code} at ${construct ?? 'the app'} (${suppression?.reason ?? ''})`;
}
