import { defineRule } from '../../core/rule.ts';
import type { Span } from '../../core/span.ts';
import { withoutLines } from '../../dockerfile/remove.ts';
import type { DockerfileSubject } from '../subject.ts';

export const noBlankContinuation = defineRule<DockerfileSubject, readonly Span[]>({
  id: 'dockerfile/no-blank-continuation',
  meta: {
    summary: 'Leave no blank line inside a continued instruction.',
    why: 'A blank line behind a continued one looks like the end of the instruction and is none: the next line still belongs to it. BuildKit warns of it, and says that it will become an error.',
    fix: 'Takes the blank lines out of the instruction. A comment line may stand in their place to set parts off.',
    severity: 'warning',
    preset: 'recommended',
    since: '0.2.0',
    aliases: ['buildkit:NoEmptyContinuation'],
    examples: ['FROM debian:12.7-slim\nRUN ldconfig \\\n\n    && echo done\n'],
  },

  *check({ model }) {
    const escape = model.escape === '`' ? 'backtick' : 'backslash';
    for (const { keyword, blankLines } of model.instructions) {
      const [first] = blankLines;
      if (first)
        yield {
          span: first,
          data: blankLines,
          message: `This blank line does not end the ${keyword} above: the next line still belongs to it, and a future version of BuildKit refuses it. Take it out; where the ${keyword} was to end here, take away the ${escape} above it.`,
        };
    }
  },

  fix: {
    safety: 'safe',
    build: ({ data: blankLines }, { model: { text } }) => ({
      title: blankLines.length === 1 ? 'Take out the blank line' : 'Take out the blank lines',
      edits: blankLines.map((line) => withoutLines(text, line)),
    }),
  },
});
