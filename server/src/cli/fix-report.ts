/** What `fix` tells people: per file what was done and what is left, a summary, and patches. */
import { createTwoFilesPatch } from 'diff';
import type { Finding } from '../core/finding.ts';
import { findingLines } from './format/pretty.ts';
import type { PlacedFinding } from './placed.ts';
import { counted, printable, type Palette } from './terminal.ts';

/** Counts over all files; the one thing of a file that outlives it. */
export interface FixTotals {
  fixed: number;
  /** Files with something fixed. */
  files: number;
  created: number;
  remaining: number;
  answers: number;
  /** Of the remaining ones: those that --unsafe would fix. */
  unsafe: number;
  /** Of the remaining ones: those at or above the threshold. */
  failing: number;
}

interface FixedFile {
  readonly file: string;
  readonly fixed: readonly Finding[];
  readonly remaining: readonly PlacedFinding[];
  readonly answers: readonly string[];
  readonly created: readonly string[];
  readonly dryRun: boolean;
  readonly palette: Palette;
}

/** The lines about one file; nothing where there was nothing to do. */
export function fileBlock({
  file,
  fixed,
  remaining,
  answers,
  created,
  dryRun,
  palette,
}: FixedFile): string {
  if (fixed.length === 0 && remaining.length === 0) return '';
  const { bold, dim, green } = palette;
  const done = dryRun ? 'would fix' : 'fixed';
  const made = dryRun ? 'would create' : 'created';
  return [
    `${bold(printable(file))}\n`,
    ...fixed.map(
      ({ rule, fix }) => `  ${green(done)}  ${printable(fix?.title ?? '')}  ${dim(rule)}\n`,
    ),
    ...created.map((path) => `  ${green(made)}  ${printable(path)}\n`),
    ...(remaining.length === 0
      ? []
      : ['  left for you:\n', indented(findingLines(remaining, palette))]),
    ...(answers.length === 0 ? [] : ['  answers that you owe:\n']),
    ...answers.map((answer) => `    - ${printable(answer)}\n`),
    '\n',
  ].join('');
}

export function fixSummary(totals: FixTotals, dryRun: boolean): string {
  const { fixed, files, created, remaining, answers, unsafe } = totals;
  if (fixed + remaining === 0) return 'Nothing to fix.';
  const done = dryRun ? 'Would fix' : 'Fixed';
  const where = fixed === 0 ? '' : ` in ${counted(files, 'file')}`;
  const made =
    created === 0 ? '' : `, ${dryRun ? 'create' : 'created'} ${counted(created, 'file')}`;
  const left = remaining === 0 ? 'Nothing is left.' : `${counted(remaining, 'finding')} left.`;
  const more = unsafe === 0 ? '' : ` ${unsafe} of them fixable with \`--unsafe\`.`;
  const owed = answers === 0 ? '' : ` ${counted(answers, 'answer')} owed.`;
  const nothing = dryRun ? ' Nothing was written (--dry-run).' : '';
  return `${done} ${counted(fixed, 'finding')}${where}${made}. ${left}${more}${owed}${nothing}`;
}

/** A unified diff that `git apply` and `patch -p1` take; without `before`, of a file that is new. */
export function patchOf(file: string, before: string | undefined, after: string): string {
  const from = before === undefined ? '/dev/null' : `a/${file}`;
  const patch = createTwoFilesPatch(from, `b/${file}`, before ?? '', after, undefined, undefined, {
    context: 3,
    headerOptions: { includeIndex: false, includeUnderline: false, includeFileHeaders: true },
  });
  return patch;
}

const indented = (lines: string): string => lines.replace(/^(?=.)/gm, '  ');
