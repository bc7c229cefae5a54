import { nearest } from '../../core/nearest.ts';
import { defineRule } from '../../core/rule.ts';
import type { Span } from '../../core/span.ts';
import type { Directive } from '../../dockerfile/lines.ts';
import type { DockerfileSubject } from '../subject.ts';

interface Renaming {
  readonly span: Span;
  readonly name: string;
}

export const validDirective = defineRule<DockerfileSubject, Renaming | undefined>({
  id: 'dockerfile/valid-directive',
  meta: {
    summary: 'Write directives so that BuildKit reads them.',
    why: 'A directive whose name is misspelt is a comment: the build goes on with another syntax or another escape character than the file says. One that is given twice, or an escape character that is none, stops the build.',
    fix: 'Writes the name that was meant. What is given twice, and values, are left to you.',
    severity: 'error',
    preset: 'recommended',
    since: '0.2.0',
    aliases: [],
    examples: ['# sytnax=docker/dockerfile:1\nFROM debian:12.7-slim\n'],
  },

  *check({ model: { text, directives } }) {
    for (const { name, nameSpan } of misspeltIn(text, directives)) {
      const meant = nearest(name, DIRECTIVES) ?? '';
      yield {
        span: nameSpan,
        data: { span: nameSpan, name: meant },
        message: `There is no directive ${name}, so BuildKit takes the line for a comment. Did you mean ${meant}?`,
      };
    }
    for (const [index, { name, value, span, valueSpan }] of directives.entries()) {
      if (directives.slice(0, index).some((earlier) => earlier.name === name))
        yield {
          span,
          data: undefined,
          message: `The directive ${name} is given twice, which stops the build. Leave one of them.`,
        };
      else if (name === 'escape' && value !== '\\' && value !== '`')
        yield {
          span: valueSpan,
          data: undefined,
          message: `${value} cannot be the escape character, so the build stops. Write a backslash or a backtick.`,
        };
    }
  },

  fix: {
    // The rest of the file is read otherwise once the directive holds.
    safety: 'unsafe',
    build: ({ data }) =>
      data && {
        title: `Write ${data.name}`,
        edits: [{ span: data.span, newText: data.name }],
        answer: 'Build the image: the directive had no effect until now.',
      },
  },
});

const DIRECTIVES: readonly string[] = ['syntax', 'escape', 'check'];

/** No spaces in the value, as sentences have them. */
const LOOKS_LIKE_ONE = /^(#[ \t]*)([a-zA-Z]+)[ \t]*=[ \t]*\S+[ \t]*$/;

interface Misspelt {
  readonly name: string;
  readonly nameSpan: Span;
}

/** In the lines at the top that look like directives; the first one that does not ends them. */
function* misspeltIn(text: string, directives: readonly Directive[]): Iterable<Misspelt> {
  let start = text.startsWith('\uFEFF') ? 1 : 0;
  for (const line of text.slice(start).split('\n')) {
    const [, before, name] = LOOKS_LIKE_ONE.exec(line.replace(/\r$/, '')) ?? [];
    if (before === undefined || name === undefined) return;
    const at = start + before.length;
    const isKnown = directives.some(({ span }) => span.start === start);
    if (!isKnown && nearest(name, DIRECTIVES) !== undefined)
      yield { name, nameSpan: { start: at, end: at + name.length } };
    start += line.length + 1;
  }
}
