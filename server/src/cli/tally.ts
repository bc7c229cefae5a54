/** Counts what a run has found. */
import { severities, type Severity } from '../core/rule.ts';
import type { Outcome } from './format/format.ts';
import type { PlacedFinding } from './placed.ts';

export type Sum = Omit<Outcome, 'errors'>;

export const nothing: Sum = {
  files: 0,
  counts: { error: 0, warning: 0, info: 0, hint: 0 },
  fixable: { safe: 0, unsafe: 0 },
};

/** Of one file. */
export function sumOf(findings: readonly PlacedFinding[]): Sum {
  const counts: Record<Severity, number> = { ...nothing.counts };
  const fixable = { ...nothing.fixable };
  for (const { severity, fixable: by } of findings) {
    counts[severity]++;
    if (by) fixable[by]++;
  }
  return { files: 1, counts, fixable };
}

export function plus(a: Sum, b: Sum): Sum {
  const counts = Object.fromEntries(
    severities.map((severity) => [severity, a.counts[severity] + b.counts[severity]]),
  ) as Record<Severity, number>;
  const fixable = {
    safe: a.fixable.safe + b.fixable.safe,
    unsafe: a.fixable.unsafe + b.fixable.unsafe,
  };
  return { files: a.files + b.files, counts, fixable };
}
