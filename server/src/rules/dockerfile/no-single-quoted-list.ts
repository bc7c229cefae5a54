import { defineRule } from '../../core/rule.ts';
import { commandOf, isSingleQuotedList } from '../../dockerfile/command.ts';
import type { Instruction } from '../../dockerfile/model.ts';
import { type Code, withoutContinuations, wordsIn } from '../../dockerfile/words.ts';
import type { DockerfileSubject } from '../subject.ts';

export const noSingleQuotedList = defineRule<DockerfileSubject, Code>({
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
      if (!list || !isSingleQuotedList(list)) continue;
      const words = wordsIn(list);
      const { start } = words[0]?.span ?? instruction.span;
      yield {
        span: { start, end: words.at(-1)?.span.end ?? start },
        data: list,
        message: `In single quotes this is no list but text, ${effectOn(instruction.keyword, words[0]?.text ?? '')} Write double quotes.`,
      };
    }
  },

  fix: {
    safety: 'unsafe',
    build: ({ data: { code, start, escape } }) => ({
      title: 'Write the list in double quotes',
      edits: Array.from(
        withoutContinuations(code, escape).matchAll(SINGLE_OR_DOUBLE),
        ({ 0: item, index }) => ({
          span: { start: start + index, end: start + index + item.length },
          newText: item.startsWith("'") ? JSON.stringify(item.slice(1, -1)) : item,
        }),
      ),
      answer: 'Build the image and start it: what stands in the list has not been run as a list before.',
    }),
  },
});

const SINGLE_OR_DOUBLE = /'[^']*'|"[^"]*"/g;

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
