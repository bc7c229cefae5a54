/** Variables in the words of a Dockerfile, by the rules of BuildKit's own shell-like expansion. */
import type { Span } from '../core/span.ts';
import type { Code } from './words.ts';

export interface Variable {
  readonly name: string;
  /** From the dollar to its end, braces included. */
  readonly span: Span;
  readonly nameSpan: Span;
  /** `:-`, `:+`, `:?`, `-`, `+`, `?`, `#`, `##`, `%`, `%%`, `/` or `//`; empty for a plain variable. */
  readonly operator: string;
  /** What follows the operator, as written. */
  readonly argument: string;
}

const NAME = /[a-zA-Z_]\w*|\d|[@*#?$!-]/y;
const OPERATOR = /:[-+?]|[-+?]|##?|%%?|\/\/?/y;

/**
 * In their order, those inside of others behind them. What stands in single quotes and behind an escape is no variable.
 * A brace that is not closed makes none.
 */
export function variablesIn({ code, start, escape }: Code): readonly Variable[] {
  const found: Variable[] = [];
  if (code.includes('$')) collect({ code, start, escape }, { from: 0, to: code.length }, found);
  return found;
}

/** A part of the code. */
interface Part {
  readonly from: number;
  readonly to: number;
}

function collect(given: Code, { from, to }: Part, found: Variable[]): void {
  const { code, escape } = given;
  let isDouble = false;
  for (let at = from; at < to;) {
    const character = code[at];
    if (character === escape) at += 2;
    else if (character === "'" && !isDouble) at = behindQuote(code, at, to);
    else if (character === '$') at = variableAt(given, at, to, found);
    else {
      if (character === '"') isDouble = !isDouble;
      at++;
    }
  }
}

function behindQuote(code: string, at: number, to: number): number {
  const end = code.indexOf("'", at + 1);
  return end < 0 || end >= to ? to : end + 1;
}

/** Adds the variable that starts at a dollar; the answer is where to go on. */
function variableAt(given: Code, at: number, to: number, found: Variable[]): number {
  const { code, start } = given;
  const isBraced = code[at + 1] === '{';
  const nameStart = at + (isBraced ? 2 : 1);
  const name = matchAt(NAME, code, nameStart);
  const nameEnd = nameStart + name.length;
  if (name === '' || nameEnd > to) return at + 1;
  const end = isBraced ? closingBrace(given, nameEnd, to) : nameEnd;
  if (end === undefined) return at + 1;
  const operator = isBraced ? matchAt(OPERATOR, code, nameEnd) : '';
  const argument = { from: nameEnd + operator.length, to: isBraced ? end - 1 : end };
  found.push({
    name,
    span: { start: start + at, end: start + end },
    nameSpan: { start: start + nameStart, end: start + nameEnd },
    operator,
    argument: code.slice(argument.from, argument.to),
  });
  collect(given, argument, found);
  return end;
}

function matchAt(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? '';
}

/** Behind the brace that closes the one before; undefined where none does. */
function closingBrace({ code, escape }: Code, from: number, to: number): number | undefined {
  let depth = 1;
  for (let at = from; at < to; at++) {
    if (code[at] === escape) at++;
    else if (code[at] === '{' && code[at - 1] === '$') depth++;
    else if (code[at] === '}' && --depth === 0) return at + 1;
  }
  return undefined;
}
