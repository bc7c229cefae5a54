/** Splits a command line into words as Compose does, which is not quite as a shell does. */

interface Reader {
  readonly words: string[];
  word: string;
  /** A word has begun, were it an empty one in quotes. */
  begun: boolean;
  single: boolean;
  double: boolean;
  /** Inside backquotes or `$(…)`: they stay as they are, spaces included. */
  back: boolean;
  dollar: boolean;
}

/**
 * The words; undefined where a quote, a parenthesis or a backslash is left open. What follows `;`, `&`, `|`, `<` or `>`
 * outside of quotes is lost, because Compose loses it.
 */
export function splitWords(line: string): readonly string[] | undefined {
  const reader: Reader = {
    words: [],
    word: '',
    begun: false,
    single: false,
    double: false,
    back: false,
    dollar: false,
  };
  for (let at = 0; at < line.length; at++) {
    const character = line.charAt(at);
    if (character === '\\' && !reader.single) {
      if (at + 1 === line.length) return undefined;
      at++;
      add(reader, line.charAt(at));
      continue;
    }
    const next = take(reader, character);
    if (next === 'invalid') return undefined;
    if (next === 'end') break;
  }
  if (reader.begun) reader.words.push(reader.word);
  return isQuoted(reader) ? undefined : reader.words;
}

const isQuoted = ({ single, double, back, dollar }: Reader): boolean =>
  single || double || back || dollar;

function add(reader: Reader, character: string): void {
  reader.word += character;
  reader.begun = true;
}

type Next = 'end' | 'invalid' | 'taken';

function take(reader: Reader, character: string): Next {
  const next = special(reader, character);
  if (next) return next;
  add(reader, character);
  return 'taken';
}

/** What a character does besides standing in a word; undefined where it stands there. */
function special(reader: Reader, character: string): Next | undefined {
  if (/[ \t\r\n]/.test(character)) return space(reader, character);
  if (character === '"' || character === "'") return quote(reader, character);
  if (character === '`') toggleBack(reader);
  if (character === '(' || character === ')')
    return parenthesis(reader, character) ? undefined : 'invalid';
  return /[;&|<>]/.test(character) && !isQuoted(reader) ? end(reader, character) : undefined;
}

function toggleBack(reader: Reader): void {
  if (!reader.single && !reader.double && !reader.dollar) reader.back = !reader.back;
}

function space(reader: Reader, character: string): Next {
  if (isQuoted(reader)) reader.word += character;
  else if (reader.begun) {
    reader.words.push(reader.word);
    reader.word = '';
    reader.begun = false;
  }
  return 'taken';
}

function quote(reader: Reader, character: '"' | "'"): Next | undefined {
  const other = character === '"' ? reader.single : reader.double;
  if (other || reader.dollar) return undefined;
  const kind = character === '"' ? 'double' : 'single';
  if (reader[kind]) reader.begun = true;
  reader[kind] = !reader[kind];
  return 'taken';
}

/** Only `$(…)` may stand outside of quotes. */
function parenthesis(reader: Reader, character: '(' | ')'): boolean {
  if (reader.single || reader.double || reader.back) return true;
  if (character === ')') {
    reader.dollar = !reader.dollar;
    return true;
  }
  if (reader.dollar || !reader.word.endsWith('$')) return false;
  reader.dollar = true;
  return true;
}

/** The number in front of `>` names a stream and is no word. */
function end(reader: Reader, character: string): 'end' {
  if (character === '>' && /^\d/.test(reader.word)) reader.begun = false;
  return 'end';
}
