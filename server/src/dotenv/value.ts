/** The value behind a name: bare or quoted, with variables filled in from the environment and the lines before. */
import {
  interpolate,
  type Lookup,
  type TemplateProblem,
  variablesIn,
} from '../core/interpolate.ts';
import type { Span } from '../core/span.ts';
import type { DotenvProblem, Reference } from './model.ts';
import { closingQuote, type Unescaped, unescaped } from './quoted.ts';
import { lineFeed, trimmedEnd } from './spaces.ts';

export interface ReadValue {
  readonly value: string;
  readonly quote: '"' | "'" | '';
  readonly span: Span;
  readonly references: readonly Reference[];
  readonly open: readonly string[];
  readonly problems: readonly DotenvProblem[];
  /** Where the next statement is looked for. */
  readonly next: number;
}

/** Reads the value that starts at an offset; `name` is for messages, which never repeat a value. */
export function readValue(text: string, start: number, name: string, lookup: Lookup): ReadValue {
  const quote = text[start];
  return quote === '"' || quote === "'"
    ? readQuoted(text, { start, quote, name }, lookup)
    : readBare(text, start, name, lookup);
}

/** A comment needs a space in front of it, and that in front of the value is none: `A= #b` is `#b`. */
function readBare(text: string, start: number, name: string, lookup: Lookup): ReadValue {
  const lineEnd = lineFeed(text, start);
  const line = text.slice(start, lineEnd);
  const comment = line.indexOf(' #');
  const end = trimmedEnd(text, start, comment === -1 ? lineEnd : start + comment);
  const written = { text: text.slice(start, end), origins: undefined, start };
  return {
    ...filled(written, name, lookup),
    quote: '',
    span: { start, end },
    next: Math.min(lineEnd + 1, text.length),
  };
}

interface Opening {
  readonly start: number;
  readonly quote: '"' | "'";
  readonly name: string;
}

/** What follows the closing quote on its line is a statement of its own, or a comment. */
function readQuoted(text: string, { start, quote, name }: Opening, lookup: Lookup): ReadValue {
  const close = closingQuote(text, start);
  if (close === undefined) return unterminated(text, { start, quote, name });
  const written = unescaped(text, start, close);
  return {
    ...(quote === '"' ? filled(written, name, lookup) : asWritten(written.text)),
    quote,
    span: { start, end: close + 1 },
    next: close + 1,
  };
}

function unterminated(text: string, { start, quote, name }: Opening): ReadValue {
  const lineEnd = lineFeed(text, start);
  const span = { start, end: trimmedEnd(text, start, lineEnd) };
  const message = `The value of ${name} has no closing ${quote}, so Compose refuses the file. Close it, or put the whole value between quotes of the other kind.`;
  return {
    ...asWritten(text.slice(span.start + 1, span.end)),
    quote,
    span,
    problems: [{ kind: 'unterminated-quote', message, span }],
    next: lineEnd,
  };
}

type Filled = Pick<ReadValue, 'value' | 'references' | 'open' | 'problems'>;

function asWritten(value: string): Filled {
  return { value, references: [], open: [], problems: [] };
}

function filled(written: Unescaped, name: string, lookup: Lookup): Filled {
  const made = interpolate(written.text, lookup);
  if (made === undefined) return asWritten(written.text);
  const place = ({ start, end }: Span): Span => ({
    start: written.origins?.[start] ?? written.start + start,
    end: written.origins?.[end] ?? written.start + end,
  });
  return {
    value: made.text,
    references: variablesIn(written.text).map((variable) => ({
      name: variable.name,
      operator: variable.operator,
      span: place(variable.span),
    })),
    open: made.open,
    problems: made.problems.map((problem) => problemOf(problem, name, place(problem.span))),
  };
}

function problemOf({ kind, message }: TemplateProblem, name: string, span: Span): DotenvProblem {
  if (kind === 'required') return { kind: 'required-variable', message, span };
  return {
    kind: 'invalid-variable',
    message: `The value of ${name} holds a \${ that starts no variable, so Compose refuses the file. Write $$ for a dollar sign, or put the value between single quotes.`,
    span,
  };
}
