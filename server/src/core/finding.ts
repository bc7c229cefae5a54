/** What the engine reports: plain data that carries its edits, so that no driver has to keep state. */
import type { Fix, SharedFix } from './edit.ts';
import type { Severity } from './rule.ts';
import type { Span } from './span.ts';

export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly span: Span;
  readonly service?: string;
  readonly fix?: Fix;
  /** Other ways to fix it, the best first; worked out when asked for. */
  readonly alternatives?: readonly SharedFix[];
}

type Comparable = Pick<Finding, 'span' | 'rule' | 'message'>;

/** By place, then rule, then message: the same order whatever found them. */
export function compareFindings(a: Comparable, b: Comparable): number {
  return (
    a.span.start - b.span.start ||
    a.span.end - b.span.end ||
    compareText(a.rule, b.rule) ||
    compareText(a.message, b.message)
  );
}

/** Code unit order: no locale, so that every machine sorts alike. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
