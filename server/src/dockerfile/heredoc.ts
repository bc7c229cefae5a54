/** Which `<<` open a heredoc: the parser takes any, BuildKit only those that start a word outside of quotes. */

const QUOTED = /(["'])(?:(?!\1).)*\1?/g;

/** A here-string; an operator at the start of a word, perhaps behind the number of a file descriptor; any other. */
const OPERATOR = /<<<|(^|\s)\d*<<|<</g;

/** The same text, as long, with every `<<` that opens no heredoc made harmless. Never read for its own sake. */
export function maskQuotedHeredocs(text: string): string {
  return text.replace(/^.*<<.*$/gm, (line) =>
    line
      .replace(QUOTED, (quoted) => quoted.replaceAll('<', '_'))
      .replace(OPERATOR, (operator, start: string | undefined) =>
        start === undefined ? operator.replaceAll('<', '_') : operator,
      ),
  );
}
