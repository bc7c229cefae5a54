/** `${VAR:-default}` and its relatives, as Compose reads them: parts with spans, and what they come to without an environment. */
import type { Span } from './span.ts';

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

const NAME = /^[A-Za-z_][A-Za-z0-9_]*/;
const OPERATOR = /^(:-|-|:\?|\?|:\+|\+)/;

/** Splits a value into text and variables; `$$` becomes `$`. What is no valid variable stays text. */
export function partsOf(text: string): readonly Part[] {
  return read(text, 0, 0).parts;
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

/** Deeper than this nobody nests, and Compose's own reader gives up too. */
const MAX_DEPTH = 50;

interface Read {
  readonly parts: Part[];
  readonly end: number;
}

function read(text: string, from: number, depth: number): Read {
  const parts: Part[] = [];
  let plain = '';
  let at = from;
  const flush = (): void => {
    if (plain !== '') parts.push({ kind: 'text', text: plain });
    plain = '';
  };
  while (at < text.length && !(depth > 0 && text[at] === '}')) {
    if (text.startsWith('$$', at)) {
      plain += '$';
      at += 2;
      continue;
    }
    const variable = text[at] === '$' ? readVariable(text, at, depth) : undefined;
    if (variable === 'unclosed') {
      // What follows was read once already, and it is text: reading it again at each level would never end.
      plain += text.slice(at);
      at = text.length;
    } else if (variable) {
      flush();
      parts.push(variable);
      at = variable.span.end;
    } else {
      plain += text.charAt(at);
      at++;
    }
  }
  flush();
  return { parts, end: at };
}

function readVariable(
  text: string,
  start: number,
  depth: number,
): VariablePart | 'unclosed' | undefined {
  const braced = text[start + 1] === '{';
  const nameStart = start + (braced ? 2 : 1);
  const name = NAME.exec(text.slice(nameStart, nameStart + 256))?.[0];
  if (name === undefined) return undefined;
  const end = nameStart + name.length;
  if (braced) return readBraced(text, { name, start, end }, depth);
  const nothing = { start: end, end };
  return {
    kind: 'variable',
    name,
    operator: '',
    argument: [],
    span: { start, end },
    tail: nothing,
  };
}

/** `named` is the name with where the variable starts and the name ends. */
function readBraced(
  text: string,
  { name, start, end: nameEnd }: Span & { readonly name: string },
  depth: number,
): VariablePart | 'unclosed' | undefined {
  if (depth >= MAX_DEPTH) return 'unclosed';
  const operator = OPERATOR.exec(text.slice(nameEnd, nameEnd + 2))?.[0] ?? '';
  const { parts, end } = read(text, nameEnd + operator.length, depth + 1);
  if (text[end] !== '}') return 'unclosed';
  if (operator === '' && parts.length > 0) return undefined;
  const span = { start, end: end + 1 };
  return { kind: 'variable', name, operator, argument: parts, span, tail: { start: nameEnd, end } };
}
