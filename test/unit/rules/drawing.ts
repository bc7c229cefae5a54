/** Findings drawn under the text, and the drawing taken off again: the fixture is the expectation. */
import type { Finding } from '../../../server/src/core/finding.ts';
import { linesOf } from '../../../server/src/core/span.ts';

const DRAWN = /^#?[ ~^]*[\^~]+…? (compose|dockerfile|project|dotenv|dockerignore)\/[\w-]+\r?\n?$/;

/** The text without its drawn lines. */
export function stripMarkers(text: string): string {
  return splitLines(text)
    .filter((line) => !DRAWN.test(line))
    .join('');
}

/**
 * The text with every finding drawn below its first line: `#   ^^^ rule`. For spans in column 0 the `#` stands for the
 * first character and `~` for the rest; `…` says that the span goes on.
 */
export function drawMarkers(text: string, findings: readonly Finding[]): string {
  const lines = linesOf(text);
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  return splitLines(text)
    .map((line, index) => {
      const content = line.replace(/\r?\n$/, '');
      const here = findings.filter(({ span }) => lines.positionAt(span.start).line === index);
      const drawn = here.map(
        (finding) => draw(finding, lines.startOf(index), content.length) + eol,
      );
      const whole = drawn.length > 0 && content === line ? line + eol : line;
      return whole + drawn.join('');
    })
    .join('');
}

function draw({ span, rule }: Finding, lineStart: number, lineLength: number): string {
  const column = span.start - lineStart;
  const length = Math.max(1, Math.min(span.end - lineStart, lineLength) - column);
  const more = span.end - lineStart > lineLength ? '…' : '';
  const carets =
    column === 0 ? `#${'~'.repeat(length - 1)}` : `#${' '.repeat(column - 1)}${'^'.repeat(length)}`;
  return `${carets === '#' ? '#~' : carets}${more} ${rule}`;
}

const splitLines = (text: string): readonly string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
