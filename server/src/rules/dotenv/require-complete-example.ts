import { eolOf, lineEnd } from '../../core/span.ts';
import { defineRule } from '../../core/rule.ts';
import { namesIn } from '../../project/env-example.ts';
import type { DotenvSubject } from '../subject.ts';

interface Data {
  readonly names: readonly string[];
}

export const requireCompleteExample = defineRule<DotenvSubject, Data>({
  id: 'dotenv/require-complete-example',
  meta: {
    summary: 'Show in the example every variable that the project needs.',
    why: 'Who copies the example to `.env` gets a project that Compose refuses, or that runs with an empty text where a value belongs.',
    fix: 'Adds the names without values at the end of the example.',
    off: 'Where variables come from somewhere else than `.env`, such as a pipeline. Variables with a default are not asked for.',
    severity: 'warning',
    preset: 'recommended',
    since: '0.2.0',
    aliases: [],
    examples: [],
  },

  *check({ file: { source, variables }, kind, required }) {
    if (kind !== 'example') return;
    const shown = new Set(namesIn(source.text));
    const names = required().filter((name) => !shown.has(name));
    if (names.length === 0) return;
    const [first] = variables;
    yield {
      span: first?.nameSpan ?? { start: 0, end: lineEnd(source.text, 0) },
      data: { names },
      message: `Compose files here need ${names.join(', ')}, and this example does not show ${names.length === 1 ? 'it' : 'them'}. Add ${names.length === 1 ? 'it' : 'them'}, without a value.`,
    };
  },

  fix: {
    safety: 'safe',
    build: ({ data: { names } }, { file }) => {
      const { text } = file.source;
      const eol = eolOf(text);
      const isOpen = text !== '' && !text.endsWith('\n');
      const lines = names.map((name) => `${name}=`);
      const newText = isOpen
        ? lines.map((line) => eol + line).join('')
        : lines.map((line) => line + eol).join('');
      return {
        title: `Add ${names.join(', ')}`,
        edits: [{ span: { start: text.length, end: text.length }, newText }],
        answer: `Say in the example what ${names.join(', ')} should be.`,
      };
    },
  },
});
