import { defineRule } from '../../core/rule.ts';
import type { Span } from '../../core/span.ts';
import { commandOf, singleQuotedIn } from '../../dockerfile/command.ts';
import type { Instruction } from '../../dockerfile/model.ts';
import { type Code, wordsIn } from '../../dockerfile/words.ts';
import type { DockerfileSubject } from '../subject.ts';

export const noSingleQuotedList = defineRule<DockerfileSubject, readonly Span[]>({
  id: 'dockerfile/no-single-quoted-list',
  meta: {
    summary: 'Write lists in double quotes.',
    why: 'A list is JSON, which knows double quotes only. With single quotes it is plain text: a shell is told to run a program called `[node,` and the container ends with “not found”, or a file of that name is looked for and the build ends.',
    fix: 'Writes double quotes.',
    severity: 'error',
    preset: 'recommended',
    since: '0.2.0',
    aliases: ['dockerfile-utils:JSON_IN_SINGLE_QUOTES'],
    examples: ["FROM node:22.11-slim\nCMD ['node', 'server.js']\n"],
  },

  *check({ model }) {
    for (const written of model.instructions) {
      const instruction = written.trigger ?? written;
      const list = listFormOf(instruction);
      const items = list ? singleQuotedIn(list) : [];
      const words = list && items.length > 0 ? wordsIn(list) : [];
      const [first] = words;
      if (!first) continue;
      yield {
        span: { start: first.span.start, end: words.at(-1)?.span.end ?? first.span.end },
        data: items,
        message: `In single quotes this is no list but text, ${effectOn(instruction.keyword, first.text)} Write double quotes.`,
      };
    }
  },

  fix: {
    safety: 'unsafe',
    build: ({ data: items }, { model: { text } }) => ({
      title: 'Write the list in double quotes',
      edits: items.map((span) => ({
        span,
        newText: JSON.stringify(text.slice(span.start + 1, span.end - 1)),
      })),
      answer:
        'Build the image and start it: what stands in the list has not been run as a list before.',
    }),
  },
});

/** Where an instruction may have a list. */
function listFormOf(instruction: Instruction): Code | undefined {
  return /^(RUN|SHELL|VOLUME|COPY|ADD)$/.test(instruction.keyword)
    ? instruction.code
    : commandOf(instruction);
}

function effectOn(keyword: string, first: string): string {
  if (keyword === 'SHELL') return 'and SHELL takes nothing but a list: the build stops here.';
  if (keyword === 'VOLUME') return `so the volume is called “${first}”.`;
  if (/^(COPY|ADD)$/.test(keyword)) return `so a file called “${first}” is looked for.`;
  return `so a shell runs it and looks for a program called “${first}”.`;
}
