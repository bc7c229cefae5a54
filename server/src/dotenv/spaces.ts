/** What counts as a space in an env file: Unicode's, as Go knows them, and those that do not end a line. */

const SPACE = /[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;

/** Line ends count; the byte order mark does not. */
export function isSpace(character: string | undefined): boolean {
  return character !== undefined && SPACE.test(character);
}

/** Spaces that separate; CR counts, LF does not. */
export function isBlank(character: string | undefined): boolean {
  return character !== undefined && '\t\v\f\r \u0085\u00a0'.includes(character);
}

/** The first offset from here on that holds no space, or no blank. */
export function skip(
  text: string,
  from: number,
  skipped: (character: string | undefined) => boolean,
): number {
  let at = from;
  while (skipped(text[at])) at++;
  return at;
}

/** The end of a stretch without the spaces at its end. */
export function trimmedEnd(text: string, start: number, end: number): number {
  let at = end;
  while (at > start && isSpace(text[at - 1])) at--;
  return at;
}

/** The offset of the next LF, or the end of the text. */
export function lineFeed(text: string, from: number): number {
  const at = text.indexOf('\n', from);
  return at === -1 ? text.length : at;
}

/** Behind the byte order mark that some editors put in front. */
export function textStart(text: string): number {
  return text.startsWith('\ufeff') ? 1 : 0;
}
