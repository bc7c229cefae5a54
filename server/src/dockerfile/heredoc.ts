/** Which `<<` open a heredoc: the parser takes any, BuildKit only those that start a word outside of quotes. */

const QUOTED = /(["'])(?:(?!\1).)*\1?/g;

/** A here-string; an operator that starts a word, perhaps behind a descriptor's number, and has a name; any other. */
const OPERATOR = /<<<|(^|\s)\d*<<(?=-?["'$\w])(?!-?\d)|<</g;

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
