/** What follows a keyword, in words: as BuildKit splits it, with the place of each. */
import type { Span } from '../core/span.ts';

export interface Word {
  /** Without quotes, escapes and continuations; variables are as written. */
  readonly text: string;
  readonly span: Span;
  /** Some of it stands in quotes, or is escaped. */
  readonly quoted: boolean;
}

/** What continues a line, and takes the meaning of the character behind it. */
export type Escape = '\\' | '`';

/** Where words are read: a piece of code, where it starts in the text, and what continues its lines. */
export interface Code {
  readonly code: string;
  readonly start: number;
  readonly escape: Escape;
}

const isSpace = (character: string | undefined): boolean =>
  character !== undefined && ' \t\r\n\f\v'.includes(character);

/** How long the continuation is that starts here, its line end included; 0 where none does. */
function continuationAt(code: string, at: number, escape: Escape): number {
  if (code[at] !== escape) return 0;
  let end = at + 1;
  while (code[end] === ' ' || code[end] === '\t') end++;
  if (code[end] === '\r') end++;
  return code[end] === '\n' ? end + 1 - at : 0;
}

/** Never throws: a quote that is not closed lasts until the end. */
export function wordsIn({ code, start, escape }: Code): readonly Word[] {
  const words: Word[] = [];
  for (let at = afterSpace(code, 0, escape); at < code.length; at = afterSpace(code, at, escape)) {
    const { word, end } = wordAt(code, at, escape);
    words.push({ ...word, span: { start: start + at, end: start + end } });
    at = end;
  }
  return words;
}

function afterSpace(code: string, from: number, escape: Escape): number {
  let at = from;
  for (;;) {
    const continued = continuationAt(code, at, escape);
    if (continued > 0) at += continued;
    else if (isSpace(code[at])) at++;
    else return at;
  }
}

interface ReadWord {
  readonly word: Omit<Word, 'span'>;
  readonly end: number;
}

/** A continuation; one escaped character; single quotes; double quotes; plain text; an escape at the very end. */
const partOf = (escape: Escape): RegExp =>
  new RegExp(
    String.raw`(E[ \t]*\r?\n)|E([^])|'([^']*)'?|"((?:E[^]|[^"E])*)"?|([^\s'"E]+|E$)`.replaceAll(
      'E',
      escape === '`' ? '`' : String.raw`\\`,
    ),
    'y',
  );

const parts: Readonly<Record<Escape, RegExp>> = { '\\': partOf('\\'), '`': partOf('`') };

function wordAt(code: string, from: number, escape: Escape): ReadWord {
  const part = parts[escape];
  let text = '';
  let quoted = false;
  let end = from;
  part.lastIndex = from;
  for (let match = part.exec(code); match; match = part.exec(code)) {
    const [, continuation, escaped, single, double, plain] = match;
    const inQuotes = single === undefined ? unescaped(double, escape) : joined(single, escape);
    text += escaped ?? inQuotes ?? plain ?? '';
    quoted ||= plain === undefined && continuation === undefined;
    // A continuation behind the word is none of it.
    if (continuation === undefined) end = part.lastIndex;
  }
  return { word: { text, quoted }, end };
}

/** Lines are continued before anybody looks at quotes. */
const joined = (text: string, escape: Escape): string =>
  text.includes(escape) ? withoutContinuations(text, escape, () => '') : text;

/** Of what stands in double quotes: continuations go, and of what is escaped the escape. */
function unescaped(text: string | undefined, escape: Escape): string | undefined {
  if (!text?.includes(escape)) return text;
  return joined(text, escape).replace(escape === '`' ? /`([^])/g : /\\([^])/g, '$1');
}

/**
 * The words of the list form, `["nginx", "-g"]`, in quotes; undefined where it is none, and BuildKit takes it for text.
 * A list of anything but texts is none.
 */
export function listIn({ code, start, escape }: Code): readonly Word[] | undefined {
  const first = afterSpace(code, 0, escape);
  if (code[first] !== '[') return undefined;
  // A continuation is no part of the list.
  const plain = withoutContinuations(code, escape);
  if (!isListOfTexts(plain)) return undefined;
  return Array.from(plain.matchAll(TEXT), ({ 0: text, index }) => ({
    text: JSON.parse(text) as string,
    span: { start: start + index, end: start + index + text.length },
    quoted: true,
  }));
}

const TEXT = /"(?:\\.|[^"\\])*"/g;

function isListOfTexts(text: string): boolean {
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) && list.every((item) => typeof item === 'string');
  } catch {
    return false;
  }
}

/** As long as before, where nobody asks for something else: spaces stand for them. */
export function withoutContinuations(
  code: string,
  escape: Escape,
  instead = (all: string): string => ' '.repeat(all.length),
): string {
  return code.replace(escape === '`' ? TICKS : BACKSLASHES, instead);
}

const BACKSLASHES = /\\[ \t]*\r?\n/g;
const TICKS = /`[ \t]*\r?\n/g;
