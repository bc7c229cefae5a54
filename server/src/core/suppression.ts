/**
 * Ignore comments. Ours: `# dockwright ignore=<rule>[,<rule>] -- <reason>` for what stands on that line or the next one that
 * is not a comment (in a Dockerfile all lines of the instruction), and `# dockwright ignore-file=<rule>[,<rule>] -- <reason>`
 * for the whole file. Also those of other tools.
 */
import { type Edit } from './edit.ts';
import {
  type Foreign,
  type IgnoreComment,
  ignoreCommentIn,
  mayIgnore,
  type Named,
  type Scope,
} from './ignore-comment.ts';
import { eolOf, lineEnd, lineStart, type Lines, type Span } from './span.ts';

/** Spans are offsets in the text. */
export interface Suppression extends Pick<IgnoreComment, 'tool' | 'scope' | 'names'> {
  readonly span: Span;
  /** The lines that it silences; none where it is for the file. */
  readonly reach: Reach | undefined;
  /** Nothing but comments stands above it in its text. */
  readonly isHead: boolean;
}

/** Lines of one text. */
export interface Reach {
  /** Empty where `to` is before `from`. */
  readonly from: number;
  readonly to: number;
  /** How it goes on in the text behind this one; undefined where it ends here. */
  readonly open: Open | undefined;
}

interface Open {
  readonly scope: Scope;
  /** Of the first line of a block; undefined where it has not come yet. */
  readonly indent: number | undefined;
}

/** Where comments may stand, and whose are heard. */
export interface CommentStyle {
  /** Behind content; otherwise on lines of their own only. */
  readonly trailing: boolean;
  /** Those of which other tools, too. */
  readonly foreign: Foreign;
  /** The last line of what starts on a line, where that may have several. */
  readonly lastLineOf?: (line: number) => number;
}

const none: readonly Suppression[] = [];

/** All ignore comments of a text. */
export function suppressionsIn(
  text: string,
  linesOf: () => Lines,
  style: CommentStyle,
): readonly Suppression[] {
  if (!mayIgnore(text)) return none;
  const lines = linesOf();
  const first = nextContent(text, lines, 0) ?? lines.count;
  const found: Suppression[] = [];
  for (let line = 0; line < lines.count; line++) {
    const content = contentOf(text, lines, line);
    const written = ignoreCommentIn(content, style.foreign);
    if (!written) continue;
    const { tool, scope, names, start, end } = written;
    const own = /^\s*(#|$)/.test(content.slice(0, start));
    if (!own && !style.trailing) continue;
    const offset = lines.startOf(line);
    found.push({
      tool,
      scope,
      names: names.map(({ name, span }) => ({ name, span: moved(span, offset) })),
      span: moved({ start, end }, offset),
      reach:
        scope === 'file'
          ? undefined
          : longer(reachFrom(text, lines, own ? line + 1 : line, scope), style),
      isHead: line <= first,
    });
  }
  return found;
}

/** To the end of what starts on its last line. */
function longer(reach: Reach, { lastLineOf }: CommentStyle): Reach {
  return lastLineOf && reach.to >= reach.from ? { ...reach, to: lastLineOf(reach.to) } : reach;
}

/** How a comment of the text before goes on in this one; undefined where it does not. */
export function carriedInto(
  { scope, indent }: Open,
  text: string,
  lines: Lines,
): Reach | undefined {
  if (indent === undefined) return reachFrom(text, lines, 0, scope);
  const { to, open } = blockFrom(text, lines, 0, { indent, isItem: false });
  return to < 0 && !open ? undefined : { from: 0, to, open };
}

/** From the first line of content at or below `line`. */
function reachFrom(text: string, lines: Lines, line: number, scope: Scope): Reach {
  const from = nextContent(text, lines, line);
  if (from === undefined) return { from: 0, to: -1, open: { scope, indent: undefined } };
  if (scope === 'line') return { from, to: from, open: undefined };
  const content = contentOf(text, lines, from);
  const start = { indent: indentOf(content), isItem: isItem(content) };
  const { to, open } = blockFrom(text, lines, from + 1, start);
  return { from, to: Math.max(from, to), open };
}

/** The last line of content that belongs to a block whose other lines start at `line`. */
function blockFrom(
  text: string,
  lines: Lines,
  line: number,
  start: { readonly indent: number; readonly isItem: boolean },
): { readonly to: number; readonly open: Open | undefined } {
  let to = -1;
  for (let next = nextContent(text, lines, line); next !== undefined;) {
    const content = contentOf(text, lines, next);
    const indent = indentOf(content);
    // Lists may stand as far to the left as their key.
    const isInside = indent > start.indent || (indent === start.indent && isItemOf(content, start));
    if (!isInside) return { to, open: undefined };
    to = next;
    next = nextContent(text, lines, next + 1);
  }
  return { to, open: { scope: 'block', indent: start.indent } };
}

const isItem = (content: string): boolean => /^\s*-(\s|$)/.test(content);

const isItemOf = (content: string, start: { readonly isItem: boolean }): boolean =>
  !start.isItem && isItem(content);

const indentOf = (content: string): number => content.length - content.trimStart().length;

const contentOf = (text: string, lines: Lines, line: number): string =>
  text.slice(lines.startOf(line), lines.startOf(line + 1));

function nextContent(text: string, lines: Lines, from: number): number | undefined {
  for (let line = from; line < lines.count; line++) {
    const content = contentOf(text, lines, line).trim();
    if (content !== '' && content !== '---' && !content.startsWith('#')) return line;
  }
  return undefined;
}

function moved({ start, end }: Span, by: number): Span {
  return { start: start + by, end: end + by };
}

/**
 * The edit that takes one name out of a comment, or all of the comment where it names nothing else. Edits for the first two
 * names of a list overlap, so that a list is never emptied.
 */
export function withoutName(text: string, { names, span }: Suppression, name: Named): Edit {
  const index = names.indexOf(name);
  const [before, after] = [names[index - 1], names[index + 1]];
  if (before) return { span: { start: before.span.end, end: name.span.end }, newText: '' };
  if (after) return { span: { start: name.span.start, end: after.span.start }, newText: '' };
  const start = lineStart(text, span.start);
  const end = lineEnd(text, span.end);
  if (text.slice(start, span.start).trim() !== '') {
    const kept = text.slice(start, span.start).trimEnd().length;
    return { span: { start: start + kept, end }, newText: '' };
  }
  const eol = /^\r?\n/.exec(text.slice(end, end + 2))?.[0].length ?? 0;
  return { span: { start, end: end + eol }, newText: '' };
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
