/** The only place that knows the shell parser (docs/adr/0013-shell-parser.md): scripts in, simple commands out. */
import { forEachChild, parse, type ParsedScript, type SyntaxNode, type WordPart } from 'unbash';

export interface ParsedCommand {
  readonly words: readonly ParsedWord[];
  /** What it reads from and writes to. */
  readonly redirects: readonly ParsedWord[];
  readonly start: number;
  readonly end: number;
  /** How many subshells it stands in. */
  readonly depth: number;
  /** It stands in an `if`, a loop, a `case` or a function, so it may run never or often. */
  readonly conditional: boolean;
  /** `!` stands in front of its pipeline. */
  readonly negated: boolean;
}

export interface ParsedWord {
  /** Without quotes; what the shell fills in is as written. */
  readonly text: string;
  /** Nothing in it is filled in by the shell. */
  readonly literal: boolean;
  /** Offsets in the script, quotes included. */
  readonly start: number;
  readonly end: number;
}

/** Longer scripts are data. A megabyte takes 60 ms, but some that are no scripts take seconds. */
const MAX_LENGTH = 65_536;

/** The parser gives up behind a stray parenthesis or operator, and is asked again from the next line: so often. */
const MOST_ATTEMPTS = 20;

/** Never throws: what cannot be read is left out. Commands whose output becomes a word are none of them. */
export function simpleCommands(script: string): readonly ParsedCommand[] {
  if (script.length > MAX_LENGTH) return [];
  const found: ParsedCommand[] = [];
  let from = 0;
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
    const parsed = parsedFrom(script, from);
    if (!parsed) break;
    collect(parsed, { depth: 0, conditional: false, negated: false }, found);
    const next = resumeAt(script, from, parsed);
    if (next === undefined) break;
    from = next;
  }
  return found.sort((a, b) => a.start - b.start);
}

/** Offsets stay those of the whole script. */
function parsedFrom(script: string, from: number): ParsedScript | undefined {
  try {
    return parse(from === 0 ? script : ' '.repeat(from) + script.slice(from));
  } catch (error) {
    // Hundreds of functions inside of one another.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** The line behind the last mistake, where nothing behind it was read. */
function resumeAt(
  script: string,
  from: number,
  { errors, commands }: ParsedScript,
): number | undefined {
  const last = errors?.at(-1);
  if (!last) return undefined;
  const reached = Math.max(last.pos, from, ...commands.map(({ end }) => end));
  const lineEnd = script.slice(reached).search(/(?<!\\)\n/);
  return lineEnd < 0 ? undefined : reached + lineEnd + 1;
}

type Around = Pick<ParsedCommand, 'depth' | 'conditional' | 'negated'>;

const CONDITIONAL: ReadonlySet<SyntaxNode['type']> = new Set([
  'If',
  'Elif',
  'For',
  'ArithmeticFor',
  'Select',
  'While',
  'Case',
  'Function',
  'Coproc',
] as const);

/** What holds no commands that run as such. */
const NO_COMMANDS: ReadonlySet<SyntaxNode['type']> = new Set([
  'Word',
  'Assignment',
  'Redirect',
  'HereDoc',
  'HereString',
  'TestCommand',
  'ArithmeticCommand',
] as const);

function collect(node: SyntaxNode, around: Around, found: ParsedCommand[]): void {
  if (NO_COMMANDS.has(node.type)) return;
  if (node.type === 'Command') {
    found.push(commandOf(node, around));
    return;
  }
  const inside: Around = {
    depth: around.depth + (node.type === 'Subshell' ? 1 : 0),
    conditional: around.conditional || CONDITIONAL.has(node.type),
    negated: around.negated || isNegated(node),
  };
  forEachChild(node, (child) => {
    collect(child, inside, found);
  });
}

const isNegated = (node: SyntaxNode): boolean =>
  node.type === 'Pipeline' && node.prefixes.some(({ type }) => type === 'Negation');

type Command = Extract<SyntaxNode, { type: 'Command' }>;

function commandOf(
  { name, prefix, args, redirects, pos, end }: Command,
  around: Around,
): ParsedCommand {
  const assignments = prefix.filter((part) => part.type === 'Assignment');
  const words = [...assignments, ...(name ? [name] : []), ...args];
  return {
    ...around,
    start: pos,
    end,
    words: words.map(wordOf),
    redirects: redirects.flatMap((one) =>
      one.type === 'Redirect' && one.target ? [wordOf(one.target)] : [],
    ),
  };
}

type Written = Extract<SyntaxNode, { type: 'Word' | 'Assignment' }>;

function wordOf(word: Written): ParsedWord {
  const { pos: start, end } = word;
  if (word.type === 'Assignment') return { text: word.text, literal: false, start, end };
  const literal = isFixed(word.parts) && !word.text.startsWith('~');
  return { text: word.value, literal, start, end };
}

const FIXED: ReadonlySet<WordPart['type']> = new Set([
  'Literal',
  'SingleQuoted',
  'AnsiCQuoted',
  'DoubleQuoted',
  'LocaleString',
] as const);

function isFixed(parts: readonly WordPart[] | undefined): boolean {
  return (
    parts?.every((part) => FIXED.has(part.type) && (!('parts' in part) || isFixed(part.parts))) ??
    true
  );
}
