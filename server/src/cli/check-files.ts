/** Checks some files and writes down what was found: in this thread, or as one of several that share the work. */
import { lint } from '../engine/lint.ts';
import type { Format } from './format/format.ts';
import { tellCrash } from './crash.ts';
import { shownPath, type InputError } from './input.ts';
import type { Io } from './io.ts';
import { placeFindings } from './placed.ts';
import type { OpenFile, Session } from './session.ts';
import { nothing, plus, sumOf, type Sum } from './tally.ts';

/** What came of some files. Plain data, so that it can go from thread to thread. */
export interface Checked {
  readonly text: string;
  readonly sum: Sum;
  readonly crashed: boolean;
  /** What could not be opened; it was told already. */
  readonly errors: readonly InputError[];
}

/** Checks one file. */
export function checkFile(file: OpenFile, session: Session, format: Format, io: Io): Checked {
  const report = lint(file, file.settings, session.facts);
  const findings = placeFindings(report.findings, { ...file, cwd: io.cwd, facts: session.facts });
  for (const { rule, error } of report.crashes)
    tellCrash(error, `${rule} on ${shownPath(io.cwd, file.path)}`, io);
  return {
    text: format.file({ file: shownPath(io.cwd, file.path), findings }),
    sum: sumOf(findings),
    crashed: report.crashes.length > 0,
    errors: [],
  };
}

export const nothingChecked: Checked = { text: '', sum: nothing, crashed: false, errors: [] };

/** What came of some files and of some more. */
export function joined(a: Checked, b: Checked, separator: string): Checked {
  const between = a.text !== '' && b.text !== '' ? separator : '';
  return {
    text: a.text + between + b.text,
    sum: plus(a.sum, b.sum),
    crashed: a.crashed || b.crashed,
    errors: [...a.errors, ...b.errors],
  };
}
