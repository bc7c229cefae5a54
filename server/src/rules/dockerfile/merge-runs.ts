import { defineRule } from '../../core/rule.ts';
import type { Instruction } from '../../dockerfile/model.ts';
import { isKept } from '../../dockerfile/runs.ts';
import { commandsOfRun } from '../../dockerfile/shell.ts';
import { listIn } from '../../dockerfile/words.ts';
import type { DockerfileSubject } from '../subject.ts';

export const mergeRuns = defineRule<DockerfileSubject, undefined>({
  id: 'dockerfile/merge-runs',
  meta: {
    summary: 'Make one RUN of short ones that follow each other.',
    why: 'Each RUN is a layer of its own: what one of them writes and the next removes stays in the image, and every host pulls it.',
    fix: 'Nothing: one RUN is one entry in the cache of the build, so it is up to you which steps change together.',
    off: 'Where the cache of the build matters more than layers. Nothing is reported in stages that end up in no image.',
    severity: 'hint',
    preset: 'all',
    since: '0.2.0',
    aliases: [
      'hadolint:DL3059',
      'kics:multiple_run_add_copy_instructions_listed',
      'kics:0008c003-79aa-42d8-95b8-1c2fe37dbfe6',
    ],
    examples: [
      'FROM debian:12.7-slim\nRUN mkdir /srv/shop\nRUN chown nobody /srv/shop\nUSER nobody\n',
    ],
  },

  *check({ model }) {
    for (const stage of model.stages.filter((one) => isKept(one, model)))
      for (const [index, instruction] of stage.instructions.entries()) {
        const before = stage.instructions[index - 1];
        if (!before || !isShort(before) || !isShort(instruction)) continue;
        if (flagsOf(before) !== flagsOf(instruction)) continue;
        yield {
          span: instruction.keywordSpan,
          data: undefined,
          message:
            'This RUN makes another layer right behind that of the one above. Join the two by && where they change together.',
        };
      }
  },
});

/** As many commands as one still reads on one line. */
const SHORT = 2;

function isShort(instruction: Instruction): boolean {
  const { keyword, code, heredocs } = instruction;
  if (keyword !== 'RUN' || heredocs.length > 0 || listIn(code)) return false;
  return commandsOfRun(instruction).length <= SHORT;
}

const flagsOf = ({ flags }: Instruction): string =>
  flags
    .map(({ name, value }) => `${name}=${value ?? ''}`)
    .sort()
    .join(' ');
