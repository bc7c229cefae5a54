/**
 * The ignore comment of a line: ours, or one of another tool that checks Compose files, as that tool reads it. dclint has
 * `disable-file` and `disable [rule …]` at the top, `disable-line [rule …]` on or above a line; KICS has `ignore` and
 * `disable=<id>,…` at the top, `ignore-line` and `ignore-block` above what they are for.
 */
import type { Span } from './span.ts';

/** `line`: one line. `block`: a line with all that is indented below it. `file`: all of the file. */
export type Scope = 'line' | 'block' | 'file';

/** The name of a rule, as it is written. */
export interface Named {
  readonly name: string;
  readonly span: Span;
}

/** The span goes from the hash to the last name; offsets are in the line. */
export interface IgnoreComment extends Span {
  /** Whose comment it is; undefined for our own. */
  readonly tool: 'dclint' | 'kics' | undefined;
  readonly scope: Scope;
  /** Rule ids or foreign ids. A comment of another tool without any is about everything. */
  readonly names: readonly Named[];
}

const ANY = /#[ \t]*(dockwright|dclint|kics-scan)[ \t]/i;

const OURS = /#[ \t]*dockwright[ \t]+(ignore|ignore-file)[ \t]*=[ \t]*([^\s]+)/;

const DCLINT = /#[ \t]*dclint[ \t]+(disable-file|disable-line|disable)(?![\w-])[ \t]*(.*)/;

const KICS = /#[ \t]*kics-scan[ \t]+(ignore-line|ignore-block|ignore|disable=)(?!-)[ \t]*(\S*)/i;

/** Whether it is worth looking at the lines of a text. */
export function mayIgnore(text: string): boolean {
  return ANY.test(text);
}

/** `foreign`: comments of other tools are heard too. */
export function ignoreCommentIn(line: string, foreign: boolean): IgnoreComment | undefined {
  if (!ANY.test(line)) return undefined;
  const match = OURS.exec(line);
  if (!match) return foreign ? foreignComment(line) : undefined;
  const [all, command, ids = ''] = match;
  const end = match.index + all.length;
  return {
    tool: undefined,
    scope: command === 'ignore-file' ? 'file' : 'line',
    names: namesIn(ids, end - ids.length),
    start: match.index,
    end,
  };
}

interface Command extends Pick<IgnoreComment, 'scope'> {
  readonly tool: 'dclint' | 'kics';
  /** Whether names follow it. */
  readonly takes: 'nothing' | 'perhaps names' | 'names';
}

const commands: Readonly<Record<string, Command>> = {
  'disable-file': { tool: 'dclint', scope: 'file', takes: 'nothing' },
  disable: { tool: 'dclint', scope: 'file', takes: 'perhaps names' },
  'disable-line': { tool: 'dclint', scope: 'line', takes: 'perhaps names' },
  ignore: { tool: 'kics', scope: 'file', takes: 'nothing' },
  'disable=': { tool: 'kics', scope: 'file', takes: 'names' },
  'ignore-line': { tool: 'kics', scope: 'line', takes: 'nothing' },
  'ignore-block': { tool: 'kics', scope: 'block', takes: 'nothing' },
};

function foreignComment(line: string): IgnoreComment | undefined {
  const match = DCLINT.exec(line) ?? KICS.exec(line);
  if (!match) return undefined;
  const [all, word = '', list = ''] = match;
  const command = commands[word.toLowerCase()];
  if (!command) return undefined;
  const { tool, scope, takes } = command;
  const end = match.index + all.length;
  const names = takes === 'nothing' ? [] : namesIn(list, end - list.length);
  if (takes === 'names' && names.length === 0) return undefined;
  return { tool, scope, names, start: match.index, end: match.index + all.trimEnd().length };
}

/** Names with commas or blanks between them. */
function namesIn(list: string, offset: number): readonly Named[] {
  return [...list.matchAll(/[^,\s]+/g)].map(({ 0: name, index }) => ({
    name,
    span: { start: offset + index, end: offset + index + name.length },
  }));
}
