/** The lines of a `.dockerignore`, by the rules of the matcher that Docker and BuildKit share (moby/patternmatcher). */
import { posix } from 'node:path';
import type { Span } from '../core/span.ts';

/** One line that says something. */
export interface Pattern {
  /** As it is matched: cleaned, without the `!` and a slash in front. */
  readonly text: string;
  /** `!`: takes back what lines above leave out. */
  readonly negated: boolean;
  /** Counted from zero. */
  readonly line: number;
  /** Of the line, without the space around it. */
  readonly span: Span;
  /** Why Docker refuses the whole file for it; undefined where it does not. */
  readonly problem: string | undefined;
}

/** The lines in their order; comments start with `#` in the first column. */
export function patternsIn(text: string): readonly Pattern[] {
  const patterns: Pattern[] = [];
  let start = 0;
  for (const [line, written] of text.split('\n').entries()) {
    const content = line === 0 ? written.replace(/^\uFEFF/, ' ') : written;
    const trimmed = content.trim();
    if (trimmed !== '' && !content.startsWith('#')) {
      const from = start + content.indexOf(trimmed);
      const span = { start: from, end: from + trimmed.length };
      patterns.push({ ...patternOf(trimmed), line, span });
    }
    start += written.length + 1;
  }
  return patterns;
}

function patternOf(trimmed: string): Pick<Pattern, 'text' | 'negated' | 'problem'> {
  const negated = trimmed.startsWith('!');
  const written = negated ? trimmed.slice(1).trim() : trimmed;
  if (written === '')
    return { text: '', negated, problem: 'An exclamation mark alone takes back nothing.' };
  const cleaned = posix.normalize(written).replace(/(?<=.)\/$/, '');
  const text = cleaned.length > 1 ? cleaned.replace(/^\//, '') : cleaned;
  return { text, negated, problem: expressionOf(text) ? undefined : 'Its brackets do not match.' };
}

/** Which of the lines decides on a path. */
export interface Matcher {
  /**
   * The pattern that leaves out the path (relative to the context, forward slashes); undefined where it is sent. What
   * matches one of its folders matches it, too.
   */
  readonly leftOutBy: (path: string) => Pattern | undefined;
  /** Some line takes something back, so below a folder that is left out something may be sent. */
  readonly hasNegations: boolean;
}

export function matcherOf(patterns: readonly Pattern[]): Matcher {
  const compiled = patterns.flatMap((pattern) => {
    const expression = pattern.problem === undefined ? expressionOf(pattern.text) : undefined;
    return expression ? [{ pattern, expression }] : [];
  });
  return {
    hasNegations: compiled.some(({ pattern }) => pattern.negated),
    leftOutBy: (path) => {
      const candidates = foldersOf(path);
      let by: Pattern | undefined;
      for (const { pattern, expression } of compiled) {
        // A line that would change nothing is not even looked at.
        if (
          pattern.negated === (by !== undefined) &&
          candidates.some((one) => expression.test(one))
        )
          by = pattern.negated ? undefined : pattern;
      }
      return by;
    },
  };
}

/** The path, and every folder that it lies in. */
function foldersOf(path: string): readonly string[] {
  const parts = path.split('/');
  return parts.map((_part, index) => parts.slice(0, index + 1).join('/'));
}

/** In the words of Docker's matcher: `**` is any number of folders, with the slash behind it. */
const TOKEN = /\*\*\/?|\\?[^]/gu;

/** What has a meaning in regular expressions, and none in patterns; a caret has one in brackets. */
const MEANT_AS_WRITTEN = /[.+()|{}$]/;

/** Undefined where brackets do not match. */
function expressionOf(text: string): RegExp | undefined {
  // Docker looks only for the end of a path where nothing but two stars in front is special.
  const isEnding = /^\*\*[^/*?[\]\\]+$/.test(text);
  const source = text.replace(TOKEN, (token, at: number) => {
    if (token.startsWith('**'))
      return isEnding || at + token.length === text.length ? '.*' : '(?:.*/)?';
    if (token === '*') return '[^/]*';
    if (token === '?') return '[^/]';
    if (token === '\\') return '\\\\';
    if (token.startsWith('\\')) return token.replace(/\\(?=[\w\s])/, '');
    return MEANT_AS_WRITTEN.test(token) ? `\\${token}` : token;
  });
  try {
    return new RegExp(`^${source}$`, 's');
  } catch {
    return undefined;
  }
}
