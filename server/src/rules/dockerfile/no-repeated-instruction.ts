import { defineRule } from '../../core/rule.ts';
import type { Span } from '../../core/span.ts';
import { withoutLines } from '../../dockerfile/remove.ts';
import type { DockerfileSubject } from '../subject.ts';

export const noRepeatedInstruction = defineRule<DockerfileSubject, Dead>({
  id: 'dockerfile/no-repeated-instruction',
  meta: {
    summary: 'Write CMD, ENTRYPOINT and HEALTHCHECK once in a stage.',
    why: 'Only the last CMD, ENTRYPOINT and HEALTHCHECK of a stage count. Whoever reads or changes an earlier one works on a line that does nothing, and a program that was meant to be started as well never is.',
    fix: 'Takes the earlier one out, which does nothing as it is. Comments above it stay.',
    severity: 'warning',
    preset: 'recommended',
    since: '0.2.0',
    aliases: [
      'hadolint:DL4003',
      'hadolint:DL4004',
      'hadolint:DL3012',
      'buildkit:MultipleInstructionsDisallowed',
      'trivy:DS-0007',
      'trivy:DS-0016',
      'trivy:DS-0023',
      'kics:41c195f4-fc31-4a5c-8a1b-90605538d49f',
      'kics:multiple_cmd_instructions_listed',
      'kics:6938958b-3f1a-451c-909b-baeee14bdc97',
      'kics:multiple_entrypoint_instructions_listed',
      'dockerfile-utils:MULTIPLE_INSTRUCTIONS',
    ],
    examples: ['FROM node:22.11-slim\nCMD ["node", "worker.js"]\nCMD ["node", "server.js"]\n'],
  },

  *check({ model }) {
    for (const { instructions } of model.stages)
      for (const [index, { keyword, keywordSpan, span }] of instructions.entries()) {
        if (!LAST_COUNTS.has(keyword)) continue;
        if (!instructions.slice(index + 1).some((later) => later.keyword === keyword)) continue;
        yield {
          span: keywordSpan,
          data: { keyword, span },
          message: `This ${keyword} does nothing: another ${keyword} follows in this stage, and only the last one counts. Take this one out, or put both into one.`,
        };
      }
  },

  fix: {
    safety: 'unsafe',
    build: ({ data: { keyword, span } }, { model: { text } }) => ({
      title: `Take out the ${keyword} that does nothing`,
      edits: [withoutLines(text, span)],
      answer: `Check that the last ${keyword} of the stage is the one you mean: the earlier ones are gone.`,
    }),
  },
});

interface Dead {
  readonly keyword: string;
  readonly span: Span;
}

const LAST_COUNTS: ReadonlySet<string> = new Set(['CMD', 'ENTRYPOINT', 'HEALTHCHECK']);
