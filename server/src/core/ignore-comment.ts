/**
 * The ignore comment of a line: ours, or one of another tool that checks such files, as that tool reads it. In Compose
 * files dclint has `disable-file` and `disable [rule …]` at the top, `disable-line [rule …]` on or above a line; KICS has
 * `ignore` and `disable=<id>,…` at the top, `ignore-line` and `ignore-block` above what they are for. In Dockerfiles
 * hadolint has `ignore=<code>,…` above an instruction and `global ignore=<code>,…` for the file, BuildKit the directive
 * `check=skip=<name>,…`, where `all` stands for each of its checks.
 */
import type { Span } from './span.ts';

/** `line`: one line. `block`: a line with all that is indented below it. `file`: all of the file. */
export type Scope = 'line' | 'block' | 'file';

/** The name of a rule, as it is written. */
export interface Named {
  readonly name: string;
  readonly span: Span;
}

export type Tool = 'dclint' | 'kics' | 'hadolint' | 'buildkit';

/** Whose comments are heard besides ours: those of tools for a language. */
export type Foreign = 'compose' | 'dockerfile' | undefined;

/** The span goes from the hash to the last name; offsets are in the line. */
export interface IgnoreComment extends Span {
  /** Whose comment it is; undefined for our own. */
  readonly tool: Tool | undefined;
  readonly scope: Scope;
  /** Rule ids or foreign ids. A comment of another tool without any is about everything. */
  readonly names: readonly Named[];
}

const ANY = /#[ \t]*((dockwright|dclint|kics-scan|hadolint)[ \t]|check[ \t]*=)/i;

const OURS = /#[ \t]*dockwright[ \t]+(ignore|ignore-file)[ \t]*=[ \t]*([^\s]+)/;

const DCLINT = /#[ \t]*dclint[ \t]+(disable-file|disable-line|disable)(?![\w-])[ \t]*(.*)/;

const KICS = /#[ \t]*kics-scan[ \t]+(ignore-line|ignore-block|ignore|disable=)(?!-)[ \t]*(\S*)/i;

/** Whether it is worth looking at the lines of a text. */
export function mayIgnore(text: string): boolean {
  return ANY.test(text);
}

export function ignoreCommentIn(line: string, foreign: Foreign): IgnoreComment | undefined {
  if (!ANY.test(line)) return undefined;
  const match = OURS.exec(line);
  if (!match) return foreign && readers[foreign](line);
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

const HADOLINT =
  /^[ \t]*#[ \t]*hadolint[ \t]+(global[ \t]+)?ignore[ \t]*=[ \t]*([A-Z]+\d+(?:[ \t]*,[ \t]*[A-Z]+\d+)*)/i;

const CHECK = /^#[ \t]*check[ \t]*=(?:.*;)?[ \t]*skip=([\w, \t]+)/i;

function commentForDockerfile(line: string): IgnoreComment | undefined {
  const match = HADOLINT.exec(line) ?? CHECK.exec(line);
  if (!match) return undefined;
  const list = match.at(-1) ?? '';
  const end = match[0].length;
  const names = namesIn(list, end - list.length);
  const place = { start: line.indexOf('#'), end: match[0].trimEnd().length };
  if (match.length > 2) {
    const scope = match[1] === undefined ? 'line' : 'file';
    return { tool: 'hadolint', scope, names, ...place };
  }
  const isAll = names.some(({ name }) => name.toLowerCase() === 'all');
  return { tool: 'buildkit', scope: 'file', names: isAll ? [] : names, ...place };
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

function commentForCompose(line: string): IgnoreComment | undefined {
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

const readers = { compose: commentForCompose, dockerfile: commentForDockerfile } as const;

/** Names with commas or blanks between them. */
function namesIn(list: string, offset: number): readonly Named[] {
  return [...list.matchAll(/[^,\s]+/g)].map(({ 0: name, index }) => ({
    name,
    span: { start: offset + index, end: offset + index + name.length },
  }));
}
