/** The characters of a variable: its name, its operator, and the brace that closes it. */

/** Where the last closing brace stands that can end a variable, and up to where that is known. */
export interface Line {
  readonly end: number;
  readonly lastBrace: number;
}

/** The offset of the next LF, or `end`. */
export function endOfLine(text: string, from: number, end: number): number {
  const at = text.indexOf('\n', from);
  return at === -1 || at > end ? end : at;
}

/** What of the line is left from an offset on; its end is given. */
export function lineFrom(text: string, from: number, end: number): Line {
  let at = end - 1;
  while (at >= from && text[at] !== '}') at--;
  return { end, lastBrace: at >= from ? at : -1 };
}

/**
 * The brace that closes the one at `open`. Compose counts every brace on the way and never looks at the character behind
 * an opening one; where they do not come out even it takes the last of the line.
 */
export function closingBrace(text: string, open: number, last: number): number {
  let depth = 0;
  for (let at = open; at <= last; at++) {
    if (text[at] === '}' && --depth === 0) return at;
    if (text[at] === '{') {
      depth++;
      at++;
    }
  }
  return last;
}

/** `:-` `-` `:?` `?` `:+` `+`, or nothing. */
export function operatorAt(text: string, at: number): string {
  const length = text[at] === ':' ? 2 : 1;
  return '-?+'.includes(text[at + length - 1] ?? ' ') ? text.slice(at, at + length) : '';
}

/** Behind the name that starts at an offset; the offset itself where none does. */
export function endOfName(text: string, from: number): number {
  let at = from;
  while (isNamePart(text.charCodeAt(at), at > from)) at++;
  return at;
}

/** Letters and `_`, and digits behind the first character; NaN, behind the end of the text, is none. */
function isNamePart(code: number, digits: boolean): boolean {
  const letter = code | 32;
  return (letter >= 97 && letter <= 122) || code === 95 || (digits && code >= 48 && code <= 57);
}
