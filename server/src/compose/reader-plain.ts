/** Plain scalars of the fast reader: where they end, and what they mean in YAML's core schema. */
import {
  BYTE_ORDER_MARK,
  codeAt,
  COLON,
  CR,
  DASH,
  DOT,
  END,
  giveUp,
  HASH,
  isBlank,
  isFlowIndicator,
  isVoid,
  LF,
  PLUS,
  QUESTION,
  type Reading,
} from './reader-text.ts';
import type { Scalar } from './value.ts';

/** Characters that begin something else, or that YAML allows nowhere at a start. */
const INDICATORS: ReadonlySet<number> = new Set(
  Array.from(',[]{}#&*!|>\'"%@`', (character) => character.charCodeAt(0)).concat(BYTE_ORDER_MARK),
);

const FIRST_LETTER = 97;
const LAST_LETTER = 122;

/** Whether a plain scalar starts at the next character. */
export function isPlainStart({ text, pos, flowDepth }: Reading): boolean {
  const code = codeAt(text, pos);
  if (code <= LAST_LETTER && code >= FIRST_LETTER) return true;
  if (code === DASH || code === QUESTION || code === COLON) {
    const next = codeAt(text, pos + 1);
    return !isVoid(next) && (flowDepth === 0 || (code !== COLON && !isFlowIndicator(next)));
  }
  return !isVoid(code) && !INDICATORS.has(code);
}

/**
 * Moves over a plain scalar as far as it goes on its line, and answers the offset behind its last character. What
 * comes next is then the colon that makes it a key, or else that offset.
 */
export function scanPlain(reading: Reading): number {
  const { text } = reading;
  const inFlow = reading.flowDepth > 0;
  let end = reading.pos;
  for (let at = end; ; at++) {
    const code = codeAt(text, at);
    // Most characters are letters: this line comes first for them.
    if (code > COLON && !inFlow) end = at + 1;
    else if (!isBlank(code)) {
      if (endsPlain(text, at, code, inFlow) && (code !== HASH || end < at)) {
        reading.pos = code === COLON ? at : end;
        return end;
      }
      end = at + 1;
    }
  }
}

/** Whether a plain scalar ends before a character. A `#` ends it only behind a blank. */
function endsPlain(text: string, at: number, code: number, inFlow: boolean): boolean {
  switch (code) {
    case LF:
    case END:
    case HASH:
      return true;
    case CR:
      return codeAt(text, at + 1) === LF || giveUp('a carriage return within a line');
    case COLON:
      return isVoid(codeAt(text, at + 1)) || (inFlow && isFlowIndicator(codeAt(text, at + 1)));
    default:
      return inFlow && isFlowIndicator(code);
  }
}

/** What a plain text stands for. */
export function resolvePlain(text: string): Scalar['value'] {
  const code = text.charCodeAt(0);
  if ((code <= DIGIT_9 && code >= DIGIT_0) || code === DOT || code === DASH || code === PLUS)
    return resolveNumber(text);
  if (text.length > LONGEST_WORD) return text;
  const word = WORDS.get(text);
  return word === undefined ? text : word;
}

const WORDS: ReadonlyMap<string, boolean | null> = new Map<string, boolean | null>([
  ...['true', 'True', 'TRUE'].map((word) => [word, true] as const),
  ...['false', 'False', 'FALSE'].map((word) => [word, false] as const),
  ...['null', 'Null', 'NULL', '~'].map((word) => [word, null] as const),
]);

const LONGEST_WORD = 5;
const DIGIT_0 = 48;
const DIGIT_9 = 57;

const INTEGER = /^[-+]?[0-9]+$/;
const OCTAL = /^0o[0-7]+$/;
const HEXADECIMAL = /^0x[0-9a-fA-F]+$/;
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const INFINITE = /^[-+]?\.(?:inf|Inf|INF)$/;
const NOT_A_NUMBER = /^\.(?:nan|NaN|NAN)$/;

function resolveNumber(text: string): number | string {
  if (INTEGER.test(text)) return parseInt(text, 10);
  if (FLOAT.test(text)) return parseFloat(text);
  if (OCTAL.test(text)) return parseInt(text.slice(2), 8);
  if (HEXADECIMAL.test(text)) return parseInt(text.slice(2), 16);
  if (INFINITE.test(text)) return text.startsWith('-') ? -Infinity : Infinity;
  return NOT_A_NUMBER.test(text) ? NaN : text;
}
