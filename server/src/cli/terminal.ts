/** Text for a terminal: colours where they are wanted, and nothing in it that steers the terminal. */
import type { Severity } from '../core/rule.ts';

type Paint = (text: string) => string;

export interface Palette {
  readonly bold: Paint;
  readonly dim: Paint;
  readonly green: Paint;
  readonly severity: Readonly<Record<Severity, Paint>>;
}

/** NO_COLOR and FORCE_COLOR win over whether a person looks. */
export function wantsColors(
  env: Readonly<Record<string, string | undefined>>,
  isTerminal: boolean,
): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = env;
  if (NO_COLOR !== undefined && NO_COLOR !== '') return false;
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== '')
    return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  return isTerminal && TERM !== 'dumb';
}

export function paletteOf(colors: boolean): Palette {
  const paint =
    (code: number): Paint =>
    (text) =>
      colors ? `\u001B[${code}m${text}\u001B[0m` : text;
  return {
    bold: paint(1),
    dim: paint(2),
    green: paint(32),
    severity: { error: paint(31), warning: paint(33), info: paint(36), hint: paint(2) },
  };
}

/** One line that a terminal shows as it is: names and texts come from files, and files can hold escape sequences. */
export function printable(text: string): string {
  // eslint-disable-next-line no-control-regex -- control characters are what this is about
  return text.replace(/[\u0000-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/g, (character) =>
    character === '\n' ? ' ' : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** So narrow that a hanging text is read more easily where the terminal breaks it. */
const LEAST_WIDTH = 24;

/**
 * A text and what follows it, broken at spaces so that each line ends before `columns`; all lines but the first begin with
 * `indent` spaces, which the first one has behind it already. Without `columns` it is one line.
 */
export function hanging(
  text: string,
  tail: readonly string[],
  indent: number,
  columns = Infinity,
): string {
  const room = columns - indent;
  if (room < LEAST_WIDTH || room === Infinity) return [text, ...tail].join('  ');
  const [first = '', ...others] = text.split(' ');
  const words = [
    ...others.map((word) => ({ word, gap: ' ' })),
    ...tail.map((word) => ({ word, gap: '  ' })),
  ];
  const lines: string[] = [];
  let line = first;
  for (const { word, gap } of words) {
    const longer = line + gap + word;
    if (widthOf(longer) > room) lines.push(line);
    line = widthOf(longer) > room ? word : longer;
  }
  return [...lines, line].join(`\n${' '.repeat(indent)}`);
}

/** In characters, colours not counted. */
function widthOf(text: string): number {
  // eslint-disable-next-line no-control-regex -- colours are control sequences
  return Array.from(text.replace(/\u001B\[\d+m/g, '')).length;
}

/** `1 file`, `2 files`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
