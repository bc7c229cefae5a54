/**
 * Cuts a Compose file into blocks that can be read one by one: its top-level keys, and the entries below `services`. A
 * file that cannot be cut surely is one block.
 */

/** `top`: a top-level key with all below it. `services`: the line with that key. `service`: one entry below it. */
export type BlockKind = 'whole' | 'top' | 'services' | 'service';

/**
 * Where in a file a cutter stands, which is all it has to know to go on from there: the column of the entries below
 * `services`, 0 outside of it, and -1 before its first entry.
 */
export type Column = number;

export const OUTSIDE: Column = 0;

const BEFORE_FIRST: Column = -1;

export interface Cut {
  readonly kind: BlockKind;
  readonly start: number;
  readonly end: number;
  /** Where the cutter stood at its start. */
  readonly column: Column;
}

export interface Cuts {
  readonly cuts: readonly Cut[];
  /** Where the cutter stands at the end. */
  readonly column: Column;
  /** The text ends in comments, which belong to what follows it, if anything does. */
  readonly endsAbove: boolean;
}

interface Cutter {
  readonly text: string;
  readonly cuts: Cut[];
  column: Column;
  /** The block that is being cut; undefined before the first key. */
  open: Omit<Cut, 'end'> | undefined;
  /** Where the comments begin that stand above the line to come: they belong to what is below them. */
  above: number | undefined;
}

/**
 * Blocks of `text` from `from` to `to`, each from the start of a line to the start of another, together all of it.
 * Undefined where a line is such that only the whole text can say what it means.
 */
export function cut(text: string, from: number, to: number, column: Column): Cuts | undefined {
  const cutter: Cutter = { text, cuts: [], column, open: undefined, above: from };
  for (let at = from; at < to;) {
    const next = nextLine(text, at, to);
    if (!takeLine(cutter, at, next)) return undefined;
    at = next;
  }
  close(cutter, to);
  return {
    cuts: cutter.cuts,
    column: cutter.column,
    endsAbove: cutter.above !== undefined,
  };
}

/** False where the line cannot be understood alone. */
function takeLine(cutter: Cutter, at: number, next: number): boolean {
  const { text, column } = cutter;
  const indent = indentOf(text, at);
  const character = at + indent < next ? text.charCodeAt(at + indent) : LF;
  if (isEmpty(cutter, at, { indent, character })) return true;
  if (character === TAB) return false;
  if (indent === 0 || indent === column || (column === BEFORE_FIRST && indent > 0))
    return isKeyStart(text, at + indent, character) && startBlock(cutter, at, { indent, next });
  cutter.above = undefined;
  return indent > column && cutter.open !== undefined;
}

/** Blank, or nothing but a comment. */
function isEmpty(
  cutter: Cutter,
  at: number,
  { indent, character }: { readonly indent: number; readonly character: number },
): boolean {
  const isAbove = cutter.column === BEFORE_FIRST || indent <= cutter.column;
  if (character === HASH && isAbove) cutter.above ??= at;
  return character === HASH || character === LF || character === CR;
}

interface KeyLine {
  readonly indent: number;
  readonly next: number;
}

function startBlock(cutter: Cutter, at: number, { indent, next }: KeyLine): true {
  const { text, column } = cutter;
  const start = cutter.above ?? at;
  close(cutter, start);
  const kind = indent > 0 ? 'service' : isServicesLine(text, at, next) ? 'services' : 'top';
  cutter.open = { kind, start, column };
  cutter.column = kind === 'services' ? BEFORE_FIRST : indent;
  cutter.above = undefined;
  return true;
}

function close({ open, cuts }: Cutter, end: number): void {
  if (open && end > open.start) cuts.push({ ...open, end });
}

const TAB = 9;
const LF = 10;
const CR = 13;
const SPACE = 32;
const HASH = 35;

function nextLine(text: string, at: number, to: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 || end >= to ? to : end + 1;
}

function indentOf(text: string, at: number): number {
  let end = at;
  while (text.charCodeAt(end) === SPACE) end++;
  return end - at;
}

/** Documents, directives, lists, merge keys, braces and complex keys are read with all that is around them. */
const UNSURE = new Set(
  Array.from('-.%?<{}[]|>&*!@`,:\uFEFF', (character) => character.charCodeAt(0)),
);

const DOT = 46;

function isKeyStart(text: string, at: number, character: number): boolean {
  // `.` starts a key too, unless it ends a document.
  return !UNSURE.has(character) || (character === DOT && !text.startsWith('...', at));
}

const SERVICES = /^services[ \t]*:[ \t]*(#.*)?\r?\n?$/;

function isServicesLine(text: string, at: number, next: number): boolean {
  return text.startsWith('services', at) && SERVICES.test(text.slice(at, next));
}
