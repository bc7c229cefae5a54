/** What `fix` tells people: per file what was done and what is left, a summary, and patches. */
import { createTwoFilesPatch } from 'diff';
import type { Finding } from '../core/finding.ts';
import { findingLines, nothingChecked } from './format/pretty.ts';
import type { PlacedFinding } from './placed.ts';
import { counted, printable, type Palette } from './terminal.ts';

/** Counts over all files; the one thing of a file that outlives it. */
export interface FixTotals {
  /** Files that were looked at. */
  checked: number;
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
  /** How many columns a person sees; undefined where a program reads. */
  readonly columns: number | undefined;
}

/** So far are the lines about a file's findings indented below its name. */
const INDENT = '  ';

/** The lines about one file; nothing where there was nothing to do. */
export function fileBlock({
  file,
  fixed,
  remaining,
  answers,
  created,
  dryRun,
  palette,
  columns,
}: FixedFile): string {
  if (fixed.length === 0 && remaining.length === 0) return '';
  const { bold, dim, green } = palette;
  const done = dryRun ? 'would fix' : 'fixed';
  const made = dryRun ? 'would create' : 'created';
  return [
    `${bold(printable(file))}\n`,
    ...onceEach(fixed).map(
      ({ rule, fix }) => `  ${green(done)}  ${printable(fix?.title ?? '')}  ${dim(rule)}\n`,
    ),
    ...created.map((path) => `  ${green(made)}  ${printable(path)}\n`),
    ...(remaining.length + answers.length === 0 ? [] : ['  left for you:\n']),
    ...(remaining.length === 0
      ? []
      : [indented(findingLines(remaining, palette, columns && columns - INDENT.length))]),
    ...answers.map((answer) => `    - ${printable(answer)}\n`),
    '\n',
  ].join('');
}

/** A fix at the root of many services is for many findings. */
function onceEach(fixed: readonly Finding[]): readonly Finding[] {
  const fixes = new Set<unknown>();
  return fixed.filter(({ fix }) => {
    const isNew = !fixes.has(fix);
    fixes.add(fix);
    return isNew;
  });
}

/** `problems`: how often something could not be read or written, which was told when it happened. */
export function fixSummary(totals: FixTotals, dryRun: boolean, problems: number): string {
  const { checked, fixed, files, created } = totals;
  if (checked === 0) return nothingChecked(problems);
  const unchecked = problems === 0 ? '' : ` ${counted(problems, 'problem')} with files.`;
  if (fixed + totals.remaining === 0) return `Nothing to fix.${unchecked}`;
  const done = dryRun ? 'Would fix' : 'Fixed';
  const where = fixed === 0 ? '' : ` in ${counted(files, 'file')}`;
  const made =
    created === 0 ? '' : `, ${dryRun ? 'create' : 'created'} ${counted(created, 'file')}`;
  const nothing = dryRun ? ' Nothing was written (--dry-run).' : '';
  return `${done} ${counted(fixed, 'finding')}${where}${made}. ${leftText(totals)}${unchecked}${nothing}`;
}

function leftText({ remaining, answers, unsafe }: FixTotals): string {
  const more = unsafe === 0 ? '' : ` (${unsafe} fixable with \`--unsafe\`)`;
  const left = [
    ...(remaining === 0 ? [] : [`${counted(remaining, 'finding')}${more}`]),
    ...(answers === 0 ? [] : [counted(answers, 'answer')]),
  ];
  return left.length === 0 ? 'Nothing is left for you.' : `Left for you: ${left.join(', ')}.`;
}

/**
 * Findings that were fixed in rounds, as somebody who reads the file meets them: service by service, then by line. Their
 * own spans are of the text as it was in their round, so the findings of the file as it was say where things stood.
 */
export function inFileOrder(
  fixed: readonly Finding[],
  before: readonly Finding[],
): readonly Finding[] {
  const services = new Map<string, number>();
  const places = new Map<string, number>();
  for (const finding of before) {
    const { service, span } = finding;
    if (service !== undefined && !services.has(service)) services.set(service, span.start);
    if (!places.has(keyOf(finding))) places.set(keyOf(finding), span.start);
  }
  const placeOf = (finding: Finding): readonly [service: number, line: number] => {
    const own = places.get(keyOf(finding));
    const service = services.get(finding.service ?? '') ?? own ?? Infinity;
    return [service, own ?? service];
  };
  return fixed
    .map((finding) => ({ finding, place: placeOf(finding) }))
    .sort(({ place: a }, { place: b }) => compare(a[0], b[0]) || compare(a[1], b[1]))
    .map(({ finding }) => finding);
}

const keyOf = ({ rule, service = '', message }: Finding): string =>
  [rule, service, message].join('\n');

const compare = (a: number, b: number): number => (a === b ? 0 : a < b ? -1 : 1);

/** A unified diff that `git apply` and `patch -p1` take; without `before`, of a file that is new. */
export function patchOf(file: string, before: string | undefined, after: string): string {
  const from = before === undefined ? '/dev/null' : `a/${file}`;
  const patch = createTwoFilesPatch(from, `b/${file}`, before ?? '', after, undefined, undefined, {
    context: 3,
    headerOptions: { includeIndex: false, includeUnderline: false, includeFileHeaders: true },
  });
  return patch;
}

const indented = (lines: string): string => lines.replace(/^(?=.)/gm, INDENT);
