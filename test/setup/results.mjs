// The outcome of every check and suite, as counts, a table, and the one line at the very end that CI systems read.
import { existsSync, readFileSync } from 'node:fs';

/**
 * @typedef {object} Outcome
 * @property {string} name
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 * @property {number} seconds
 * @property {string} note     why it failed or was skipped; '' when there is nothing to say
 */

/** One check that is not a test: a gate step, the build, a set-up. */
export const single = (verdict, note = '') => ({
  passed: verdict === 'passed' ? 1 : 0,
  failed: verdict === 'failed' ? 1 : 0,
  skipped: verdict === 'skipped' ? 1 : 0,
  note,
});

/**
 * Counts a Vitest JSON report. A run that went wrong outside of a test (a file that does not load, an error that nobody
 * caught, no report at all) counts as one failure: it must never look like success.
 */
export function countReport(file, exitCode) {
  if (!existsSync(file)) return single('failed', `no test ran (exit status ${exitCode})`);
  const report = JSON.parse(readFileSync(file, 'utf8'));
  const brokenFiles = report.testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  );
  const failed = report.numFailedTests + brokenFiles.length;
  const outside = exitCode !== 0 && failed === 0;
  return {
    passed: report.numPassedTests,
    failed: outside ? 1 : failed,
    skipped: report.numPendingTests + report.numTodoTests,
    note: outside ? `the run failed outside of its tests (exit status ${exitCode})` : '',
  };
}

/** The table of all outcomes, with the notes under it. */
export function table(outcomes) {
  const widest = Math.max(...outcomes.map(({ name }) => name.length));
  const row = (name, ...cells) =>
    `  ${name.padEnd(widest)}${cells.map((cell) => String(cell).padStart(9)).join('')}`;
  return [
    row('', 'passed', 'failed', 'skipped', 'time'),
    ...outcomes.map(({ name, passed, failed, skipped, seconds }) =>
      row(name, passed, failed, skipped, `${seconds.toFixed(1)} s`),
    ),
    ...outcomes
      .filter(({ note }) => note)
      .map(({ name, note }) => `\n${name}: ${note.replaceAll('\n', '\n    ')}`),
  ].join('\n');
}

/** 'N passed, N failed, N skipped', and whether that is a success. */
export function total(outcomes) {
  const sum = (key) => outcomes.reduce((count, outcome) => count + outcome[key], 0);
  const failed = sum('failed');
  return {
    line: `${sum('passed')} passed, ${failed} failed, ${sum('skipped')} skipped`,
    succeeded: failed === 0 && sum('passed') > 0,
  };
}
