/** Quoted values: where they end, and what their escapes come to, with the way back to the offsets of the file. */

/** A text that was made from a piece of the file; `origins[i]` is the offset that character `i` comes from. */
export interface Unescaped {
  readonly text: string;
  /** One more than there are characters: the last is the offset behind the piece. */
  readonly origins: readonly number[] | undefined;
  /** The offset of the first character where `origins` is undefined: then nothing moved. */
  readonly start: number;
}

/** The offset of the quote that closes the one at `open`; undefined where there is none. */
export function closingQuote(text: string, open: number): number | undefined {
  const quote = text[open];
  for (let at = open + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === quote) return at;
  }
  return undefined;
}

/** The text between two quotes: an escaped quote loses its backslash, and between double quotes other escapes count. */
export function unescaped(text: string, open: number, close: number): Unescaped {
  const inner = text.slice(open + 1, close);
  if (!inner.includes('\\')) return { text: inner, origins: undefined, start: open + 1 };
  const quote = text.charAt(open);
  const plain = withoutEscapedQuotes(inner, quote, open + 1);
  return quote === '"' ? withEscapes(plain) : plain;
}

interface Traced {
  readonly text: string;
  readonly origins: readonly number[];
  readonly start: number;
}

function withoutEscapedQuotes(inner: string, quote: string, start: number): Traced {
  let text = '';
  const origins: number[] = [];
  for (let at = 0; at < inner.length; at++) {
    const escaped = inner[at] === '\\' && at + 1 < inner.length;
    const origin = start + at;
    const piece = escaped ? inner.slice(at, at + 2) : inner.charAt(at);
    const kept = piece === `\\${quote}` ? quote : piece;
    for (let i = 0; i < kept.length; i++) origins.push(kept === quote ? origin : origin + i);
    text += kept;
    if (escaped) at++;
  }
  origins.push(start + inner.length);
  return { text, origins, start };
}

function withEscapes({ text: written, origins: from, start }: Traced): Traced {
  let text = '';
  const origins: number[] = [];
  for (let at = 0; at < written.length;) {
    const [length, value] = written[at] === '\\' ? escapeAt(written, at) : [1, written.charAt(at)];
    origins.push(...Array<number>(value.length).fill(from[at] ?? start));
    text += value;
    at += length;
  }
  origins.push(from.at(-1) ?? start);
  return { text, origins, start };
}

const SIMPLE: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '"': '"',
  '\\': '\\',
  // Two, since variables are filled in afterwards.
  $: '$$',
};

/** How much is written for an escape, and what it stands for; what is none stands for its backslash. */
function escapeAt(text: string, at: number): readonly [number, string] {
  const next = text.charAt(at + 1);
  if (next === '0') return octalAt(text, at);
  const value = Object.hasOwn(SIMPLE, next) ? SIMPLE[next] : undefined;
  return value === undefined ? [1, '\\'] : [2, value];
}

/** `\0101` is `A`: three octal digits behind the zero; with others Compose takes away the zero and nothing else. */
function octalAt(text: string, at: number): readonly [number, string] {
  const digits = /^\d{0,3}/.exec(text.slice(at + 2, at + 5))?.[0] ?? '';
  const code = /^[0-7]{3}$/.test(digits) ? parseInt(digits, 8) : 256;
  return [2 + digits.length, code < 256 ? String.fromCharCode(code) : `\\${digits}`];
}
