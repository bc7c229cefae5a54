/** Env files as Compose reads them: `.env`, and what `env_file:` names. */
import type { Lookup } from '../core/interpolate.ts';
import type { Source } from '../core/source.ts';
import type { Span } from '../core/span.ts';
import type { DotenvFile, DotenvProblem, DotenvVariable } from './model.ts';
import { isBlank, isSpace, lineFeed, skip, textStart, trimmedEnd } from './spaces.ts';
import { readValue } from './value.ts';

/**
 * Reads an env file. Values may name variables: those that `outside` knows go before those of earlier lines, as in
 * Compose, and last comes what was set `before` the file. A broken line costs only itself: reading goes on with the next.
 */
export function parseDotenv(source: Source, outside: Lookup, before?: Lookup): DotenvFile {
  const { text } = source;
  const known = new Map<string, string>();
  const reading: Reading = {
    text,
    outside,
    lookup: (name) => outside(name) ?? known.get(name) ?? before?.(name),
    problems: [],
  };
  const variables: DotenvVariable[] = [];
  let at = statementStart(text, textStart(text));
  while (at < text.length) {
    const { variable, next } = readStatement(reading, at);
    if (variable) {
      variables.push(variable);
      if (variable.value !== undefined) known.set(variable.name, variable.value);
    }
    at = statementStart(text, next);
  }
  return { source, variables, problems: reading.problems };
}

interface Reading {
  readonly text: string;
  /** What the name alone takes its value from. */
  readonly outside: Lookup;
  readonly lookup: Lookup;
  readonly problems: DotenvProblem[];
}

interface Statement {
  readonly variable: DotenvVariable | undefined;
  readonly next: number;
}

/** Behind empty lines and comments. */
function statementStart(text: string, from: number): number {
  let at = skip(text, from, isSpace);
  while (text[at] === '#') at = skip(text, lineFeed(text, at), isSpace);
  return at;
}

function readStatement(reading: Reading, start: number): Statement {
  const { text, problems } = reading;
  const keyStart = behindExport(text, start);
  const mark = keyEnd(text, keyStart);
  const end = text[mark];
  if (end === undefined) return nameless(reading, start, keyStart);
  const nameSpan = { start: keyStart, end: trimmedEnd(text, keyStart, mark) };
  const problem = problemOfName(text, nameSpan, mark);
  if (problem) {
    problems.push(problem);
    return { variable: undefined, next: lineFeed(text, mark) };
  }
  if (end === '\n') return inherited(reading, start, nameSpan);
  return valued(reading, { start, nameSpan, from: skip(text, mark + 1, isBlank) });
}

/** `export` is taken away where a space follows it, be it a line end. */
function behindExport(text: string, start: number): number {
  const isExport = text.startsWith('export', start) && /[\t\n\f\r ]/.test(text.charAt(start + 6));
  return isExport ? skip(text, start + 6, isBlank) : start;
}

/** The offset of the `=`, `:` or LF that ends a name, of a character that cannot stand in one, or the text's end. */
function keyEnd(text: string, start: number): number {
  let at = start;
  while (at < text.length) {
    const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
    if (!isBlank(character) && !/[\p{L}\p{N}_.\-[\]]/u.test(character)) break;
    at += character.length;
  }
  return at;
}

function problemOfName(text: string, nameSpan: Span, mark: number): DotenvProblem | undefined {
  const name = text.slice(nameSpan.start, nameSpan.end);
  const end = String.fromCodePoint(text.codePointAt(mark) ?? 0);
  if (!'=:\n'.includes(end)) {
    return {
      kind: 'bad-character',
      message: `The character ${end} cannot stand in the name of a variable, so Compose refuses the file. Names have letters, digits, _ . - [ ]; a comment starts with #.`,
      span: { start: mark, end: mark + end.length },
    };
  }
  if (!name.includes(' ')) return undefined;
  return {
    kind: 'space-in-name',
    message:
      'The name of a variable cannot hold a space, so Compose refuses the file. Write NAME=value, and # in front of a comment.',
    span: nameSpan,
  };
}

/** The last line, with a name and no line end behind it: Compose takes the name for a value that has none. */
function nameless(reading: Reading, start: number, keyStart: number): Statement {
  const { text, problems } = reading;
  if (keyStart === text.length) {
    const message = 'No name follows export, so Compose refuses the file. Write export NAME=value.';
    problems.push({ kind: 'bad-character', message, span: { start, end: keyStart } });
    return { variable: undefined, next: keyStart };
  }
  const read = readValue(text, keyStart, '', reading.lookup);
  problems.push({
    kind: 'no-name',
    message:
      'A name alone takes its value from the environment, but Compose does not see it in a last line without a line end. Add one, or write NAME=value.',
    span: read.span,
  });
  const nameSpan = { start: keyStart, end: keyStart };
  return { variable: variableOf(reading, { start, nameSpan, read }), next: read.next };
}

function inherited({ text, outside }: Reading, start: number, nameSpan: Span): Statement {
  const name = text.slice(nameSpan.start, nameSpan.end);
  const next = nameSpan.end;
  if (name === '') return { variable: undefined, next };
  const valueSpan = { start: nameSpan.end, end: nameSpan.end };
  return {
    variable: {
      name,
      value: outside(name),
      inherited: true,
      quote: '',
      span: { start, end: nameSpan.end },
      nameSpan,
      valueSpan,
      references: [],
      open: [],
    },
    next,
  };
}

function valued(
  reading: Reading,
  { start, nameSpan, from }: { start: number; nameSpan: Span; from: number },
): Statement {
  const { text, problems, lookup } = reading;
  const name = text.slice(nameSpan.start, nameSpan.end);
  const read = readValue(text, from, name, lookup);
  if (name === '') {
    const message = 'A value without a name sets nothing. Write NAME=value.';
    problems.push({ kind: 'no-name', message, span: { start, end: read.span.end } });
  }
  problems.push(...read.problems);
  return { variable: variableOf(reading, { start, nameSpan, read }), next: read.next };
}

function variableOf(
  { text }: Reading,
  { start, nameSpan, read }: { start: number; nameSpan: Span; read: ReturnType<typeof readValue> },
): DotenvVariable {
  return {
    name: text.slice(nameSpan.start, nameSpan.end),
    value: read.value,
    inherited: false,
    quote: read.quote,
    span: { start, end: Math.max(nameSpan.end, read.span.end) },
    nameSpan,
    valueSpan: read.span,
    references: read.references,
    open: read.open,
  };
}
