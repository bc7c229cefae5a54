/** `format: raw` of `env_file:`: the file as `docker run --env-file` reads it, without quotes, comments behind values or variables. */
import type { Lookup } from '../core/interpolate.ts';
import type { Source } from '../core/source.ts';
import type { DotenvFile, DotenvProblem, DotenvVariable } from './model.ts';
import { isSpace, lineFeed, skip, textStart } from './spaces.ts';

/** Each line is one variable; the value is all that follows `=`, spaces at its end included. */
export function parseRaw(source: Source, outside: Lookup): DotenvFile {
  const { text } = source;
  const variables: DotenvVariable[] = [];
  const problems: DotenvProblem[] = [];
  for (let at = textStart(text); at < text.length;) {
    const feed = lineFeed(text, at);
    const end = feed > at && text[feed - 1] === '\r' ? feed - 1 : feed;
    const start = Math.min(skip(text, at, isSpace), end);
    if (start < end && text[start] !== '#') {
      const variable = lineOf(text, start, end, outside);
      const problem = problemOf(variable);
      if (problem) problems.push(problem);
      else variables.push(variable);
    }
    at = feed + 1;
  }
  return { source, variables, problems };
}

function lineOf(text: string, start: number, end: number, outside: Lookup): DotenvVariable {
  const equals = text.slice(start, end).indexOf('=');
  const inherited = equals === -1;
  const nameEnd = inherited ? end : start + equals;
  const name = text.slice(start, nameEnd);
  const valueSpan = { start: inherited ? end : nameEnd + 1, end };
  return {
    name,
    value: inherited ? outside(name) : text.slice(valueSpan.start, end),
    inherited,
    quote: '',
    span: { start, end },
    nameSpan: { start, end: nameEnd },
    valueSpan,
    references: [],
    open: [],
  };
}

function problemOf({ name, span, nameSpan }: DotenvVariable): DotenvProblem | undefined {
  if (/[ \t]/.test(name)) {
    const message =
      'The name of a variable cannot hold a space, so Compose refuses the file. Write NAME=value, without spaces around =.';
    return { kind: 'space-in-name', message, span: nameSpan };
  }
  if (name !== '') return undefined;
  const message = 'There is no name in front of =, so Compose refuses the file. Write NAME=value.';
  return { kind: 'bad-character', message, span };
}
