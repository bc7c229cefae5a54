/**
 * Ignore comments: `# dockwright ignore=<rule>[,<rule>] -- <reason>` for what stands on that line or the next one that is
 * not a comment, and `# dockwright ignore-file=<rule>[,<rule>] -- <reason>` for the whole file.
 */
import { type Edit } from './edit.ts';
import { eolOf, lineStart, type Lines, type Span } from './span.ts';

export interface Suppression {
  /** Rule ids or foreign ids, as written. */
  readonly rules: readonly string[];
  readonly span: Span;
  /** The line it silences; every line where it is for the file. */
  readonly line: number | undefined;
}

const COMMENT = /#[ \t]*dockwright[ \t]+(ignore|ignore-file)[ \t]*=[ \t]*([^\s]+)/;

const none: readonly Suppression[] = [];

/** All ignore comments of a text. Dockerfiles know comments on lines of their own only. */
export function suppressionsIn(
  text: string,
  linesOf: () => Lines,
  trailing: boolean,
): readonly Suppression[] {
  if (!text.includes('dockwright')) return none;
  const lines = linesOf();
  const found: Suppression[] = [];
  for (let line = 0; line < lines.count; line++) {
    const start = lines.startOf(line);
    const content = text.slice(start, lines.startOf(line + 1));
    const match = COMMENT.exec(content);
    if (!match) continue;
    const own = content.slice(0, match.index).trim() === '';
    if (!own && !trailing) continue;
    const [all, scope, ids = ''] = match;
    found.push({
      rules: ids.split(',').filter((id) => id !== ''),
      span: { start: start + match.index, end: start + match.index + all.length },
      line: scope === 'ignore-file' ? undefined : own ? nextLineOfContent(text, lines, line) : line,
    });
  }
  return found;
}

function nextLineOfContent(text: string, lines: Lines, after: number): number {
  let line = after + 1;
  while (line < lines.count) {
    const content = text.slice(lines.startOf(line), lines.startOf(line + 1)).trim();
    if (content !== '' && !content.startsWith('#')) break;
    line++;
  }
  return line;
}

/** The edit that silences one rule on the line that holds `offset`, indented as that line is. */
export function ignoreHere(text: string, offset: number, rule: string): Edit {
  const start = lineStart(text, offset) || (text.startsWith('\uFEFF') ? 1 : 0);
  const indent = /^[ \t]*/.exec(text.slice(start, offset))?.[0] ?? '';
  return {
    span: { start, end: start },
    newText: `${indent}# dockwright ignore=${rule} -- ${REASON}${eolOf(text)}`,
  };
}

/** The edit that silences one rule in the whole file: at its top, but below a Dockerfile's directives. */
export function ignoreInFile(text: string, rule: string): Edit {
  const directives =
    /^(?:#[ \t]*(?:syntax|escape|check)[ \t]*=.*(?:\r?\n|$))*/i.exec(text)?.[0].length ?? 0;
  const start = text.startsWith('\uFEFF') && directives === 0 ? 1 : directives;
  return {
    span: { start, end: start },
    newText: `# dockwright ignore-file=${rule} -- ${REASON}${eolOf(text)}`,
  };
}

/** Stands where only the user knows what to write. */
const REASON = 'reason: to be written';
