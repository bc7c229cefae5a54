/** `${VAR:-default}` and its relatives, as Compose reads them: parts with spans, and what they come to. */
import type { Span } from './span.ts';
import {
  closingBrace,
  endOfLine,
  endOfName,
  type Line,
  lineFrom,
  operatorAt,
} from './variable-syntax.ts';

export type Part = TextPart | VariablePart;

interface TextPart {
  readonly kind: 'text';
  readonly text: string;
}

export interface VariablePart {
  readonly kind: 'variable';
  readonly name: string;
  /** `:-` `-` `:?` `?` `:+` `+`, or nothing. */
  readonly operator: string;
  readonly argument: readonly Part[];
  /** From `$` to behind the closing brace, in the text that was given. */
  readonly span: Span;
  /** From the operator to before the closing brace. */
  readonly tail: Span;
}

/** Why Compose refuses a text; the span is in the text that was given. */
export interface TemplateProblem {
  readonly kind: 'invalid' | 'required';
  readonly message: string;
  readonly span: Span;
  /** The variable that has to be set; undefined where the text itself is wrong. */
  readonly name: string | undefined;
}

/** Splits a value into text and variables; `$$` becomes `$`. What is no valid variable stays text. */
export function partsOf(text: string): readonly Part[] {
  return read({ text, problems: [] }, { start: 0, end: text.length }, 0);
}

/** Every variable that a text names, in the order of their places, those inside defaults included. */
export function variablesIn(text: string): readonly VariablePart[] {
  return text.includes('$') ? flattened(partsOf(text)) : [];
}

function flattened(parts: readonly Part[]): readonly VariablePart[] {
  return parts.flatMap((part) =>
    part.kind === 'variable' ? [part, ...flattened(part.argument)] : [],
  );
}

/** What is known of a variable: its value, or undefined where it is not set or nobody knows. */
export type Lookup = (name: string) => string | undefined;

const nothing: Lookup = () => undefined;

/**
 * What the value comes to where no variable is set: defaults count, and undefined is the answer where the value hangs on
 * a variable that only the environment knows.
 */
export function withoutEnvironment(text: string): string | undefined {
  return expand(text, nothing);
}

/** The value with variables filled in; undefined where one is neither known nor has a default. */
export function expand(text: string, lookup: Lookup): string | undefined {
  return evaluate(partsOf(text), lookup);
}

/** The value with defaults filled in, and `?` in the place of each variable that only the environment knows. */
export function shapeOf(text: string): string {
  return partsOf(text)
    .map((part) => (part.kind === 'text' ? part.text : (valueOf(part, nothing) ?? '?')))
    .join('');
}

function evaluate(parts: readonly Part[], lookup: Lookup): string | undefined {
  let value = '';
  for (const part of parts) {
    const text = part.kind === 'text' ? part.text : valueOf(part, lookup);
    if (text === undefined) return undefined;
    value += text;
  }
  return value;
}

/** With a colon an empty value counts as none. */
function valueOf({ name, operator, argument }: VariablePart, lookup: Lookup): string | undefined {
  const known = lookup(name);
  const value = operator.startsWith(':') && known === '' ? undefined : known;
  if (operator.endsWith('-')) return value ?? evaluate(argument, lookup);
  if (operator.endsWith('+')) return value === undefined ? '' : evaluate(argument, lookup);
  return value;
}

/** A variable that had a part in a value. */
export interface Use {
  readonly name: string;
  /** From `$` to behind the closing brace, in the text that was given. */
  readonly span: Span;
  /** What it left in the text: its value, its default, what stands behind `+`, or nothing. */
  readonly went: 'set' | 'default' | 'alternative' | 'unset';
}

export interface Interpolated {
  /** What Compose makes of the text; what is no valid variable stands as it was written. */
  readonly text: string;
  /** The variables that were looked at; those in a default that was not taken are none of them. */
  readonly used: readonly Use[];
  /** Names, once each, that have no value and no default, so that `text` is not what will run. */
  readonly open: readonly string[];
  /** What Compose refuses, in the order of the text; it stops at the first. Broken defaults count, taken or not. */
  readonly problems: readonly TemplateProblem[];
}

/**
 * Fills in the variables of a text. Undefined where it holds no `$` and stays as it is: that costs one look through it
 * and nothing else. Defaults, alternatives and messages that are not wanted are not evaluated.
 */
export function interpolate(text: string, lookup: Lookup): Interpolated | undefined {
  if (!text.includes('$')) return undefined;
  const problems: TemplateProblem[] = [];
  const parts = read({ text, problems }, { start: 0, end: text.length }, 0);
  const filling: Filling = { lookup, used: [], open: new Set(), problems };
  const filled = fill(parts, filling);
  problems.sort((a, b) => a.span.start - b.span.start);
  return { text: filled, used: filling.used, open: [...filling.open], problems };
}

interface Filling {
  readonly lookup: Lookup;
  readonly used: Use[];
  readonly open: Set<string>;
  readonly problems: TemplateProblem[];
}

function fill(parts: readonly Part[], filling: Filling): string {
  let value = '';
  for (const part of parts) value += part.kind === 'text' ? part.text : fillOne(part, filling);
  return value;
}

function fillOne(part: VariablePart, filling: Filling): string {
  const { name, operator, span } = part;
  const known = filling.lookup(name);
  const value = known === '' && operator.startsWith(':') ? undefined : known;
  const went = wayOf(value, operator);
  filling.used.push({ name, span, went });
  if (went === 'default' || went === 'alternative') return fill(part.argument, filling);
  if (went === 'set') return value ?? '';
  if (!operator.endsWith('+')) filling.open.add(name);
  if (operator.endsWith('?')) {
    filling.problems.push({ kind: 'required', message: missing(part), span, name });
  }
  return '';
}

function wayOf(value: string | undefined, operator: string): Use['went'] {
  if (operator.endsWith('+')) return value === undefined ? 'unset' : 'alternative';
  if (value !== undefined) return 'set';
  return operator.endsWith('-') ? 'default' : 'unset';
}

/** The reason that the author gave, with names in the place of variables: a value could be a secret. */
function missing({ name, operator, argument }: VariablePart): string {
  const reason = argument.map((part) => (part.kind === 'text' ? part.text : `$${part.name}`));
  const what = operator === '?' ? 'is not set' : 'is not set or empty';
  const why = reason.length === 0 ? '' : ` (“${reason.join('')}”)`;
  return `The variable ${name} is required and ${what}${why}. Set it in .env or in the environment.`;
}

/** Deeper than this nobody nests. */
const MAX_DEPTH = 50;

interface Reader {
  readonly text: string;
  readonly problems: TemplateProblem[];
}

/** The parts of a stretch of the text; below depth 0 it is an argument, which lies on one line. */
function read(reader: Reader, { start, end }: Span, depth: number): readonly Part[] {
  const { text } = reader;
  const parts: Part[] = [];
  let plain = '';
  let from = start;
  let line: Line = { end: start - 1, lastBrace: -1 };
  let at = dollar(text, start, end);
  while (at !== -1) {
    if (at + 1 < end && text[at + 1] === '$') {
      plain += text.slice(from, at + 1);
      from = at + 2;
      at = dollar(text, from, end);
      continue;
    }
    if (at > line.end) line = lineFrom(text, at, depth > 0 ? end : endOfLine(text, at, end));
    const variable = readVariable(reader, at, line, depth);
    if (variable !== undefined) {
      plain += text.slice(from, at);
      if (plain !== '') parts.push({ kind: 'text', text: plain });
      plain = '';
      parts.push(variable);
      from = variable.span.end;
    }
    at = dollar(text, variable === undefined ? at + 1 : from, end);
  }
  plain += text.slice(from, end);
  if (plain !== '') parts.push({ kind: 'text', text: plain });
  return parts;
}

function dollar(text: string, from: number, end: number): number {
  const at = text.indexOf('$', from);
  return at < end ? at : -1;
}

function readVariable(
  reader: Reader,
  start: number,
  line: Line,
  depth: number,
): VariablePart | undefined {
  const { text } = reader;
  if (text[start + 1] === '{' && start + 1 < line.end)
    return readBraced(reader, start, line, depth);
  const end = endOfName(text, start + 1);
  if (end === start + 1) return undefined;
  return {
    kind: 'variable',
    name: text.slice(start + 1, end),
    operator: '',
    argument: [],
    span: { start, end },
    tail: { start: end, end },
  };
}

function readBraced(
  reader: Reader,
  start: number,
  line: Line,
  depth: number,
): VariablePart | undefined {
  const { text } = reader;
  const nameEnd = endOfName(text, start + 2);
  const operator = operatorAt(text, nameEnd);
  const argument = nameEnd + operator.length;
  const bare = operator === '' && text[nameEnd] === '}';
  // A closing brace must be there, on this line, and only an operator may stand between it and the name.
  if (nameEnd === start + 2 || (operator === '' && !bare) || line.lastBrace < argument) {
    reader.problems.push(invalid(text, start, line.end));
    return undefined;
  }
  const close = bare ? nameEnd : closingBrace(text, start + 1, line.lastBrace);
  return {
    kind: 'variable',
    name: text.slice(start + 2, nameEnd),
    operator,
    argument: readArgument(reader, { start: argument, end: close }, depth + 1),
    span: { start, end: close + 1 },
    tail: { start: nameEnd, end: close },
  };
}

function readArgument(reader: Reader, span: Span, depth: number): readonly Part[] {
  if (span.start === span.end) return [];
  if (depth < MAX_DEPTH) return read(reader, span, depth);
  const message = `Variables are nested more than ${String(MAX_DEPTH)} deep here. Use fewer levels.`;
  reader.problems.push({ kind: 'invalid', message, span, name: undefined });
  return [{ kind: 'text', text: reader.text.slice(span.start, span.end) }];
}

/** A span is looked for this far: many broken variables in one line must not cost its length each. */
const FAR = 80;

/** The message does not repeat the text: it may be a password with a dollar sign in it. */
function invalid(text: string, start: number, lineEnd: number): TemplateProblem {
  const shown = text.slice(start, Math.min(lineEnd, start + FAR));
  const brace = shown.indexOf('}');
  return {
    kind: 'invalid',
    message:
      'No variable that Compose can read, so it refuses the file. Write ${NAME} or ${NAME:-default}, or $$ for a dollar sign.',
    span: { start, end: start + (brace === -1 ? shown.length : brace + 1) },
    name: undefined,
  };
}
