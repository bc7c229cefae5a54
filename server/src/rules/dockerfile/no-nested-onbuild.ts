import { defineRule } from '../../core/rule.ts';
import type { DockerfileSubject } from '../subject.ts';

export const noNestedOnbuild = defineRule<DockerfileSubject, undefined>({
  id: 'dockerfile/no-nested-onbuild',
  meta: {
    summary: 'Put nothing off with ONBUILD that cannot be put off.',
    why: 'ONBUILD ONBUILD, ONBUILD FROM and ONBUILD MAINTAINER are not allowed: the build stops at that line.',
    fix: 'Nothing: what was meant is not in the file. Write the instruction itself, or another one behind ONBUILD.',
    severity: 'error',
    preset: 'recommended',
    since: '0.2.0',
    aliases: ['hadolint:DL3043'],
    examples: ['FROM node:22.11-slim\nONBUILD ONBUILD COPY . /app/\n'],
  },

  *check({ model }) {
    for (const { trigger } of model.instructions) {
      if (!trigger || !FORBIDDEN.has(trigger.keyword)) continue;
      yield {
        span: trigger.keywordSpan,
        data: undefined,
        message: `${trigger.keyword} cannot stand behind ONBUILD, so the build stops here. ${FORBIDDEN.get(trigger.keyword) ?? ''}`,
      };
    }
  },
});

/** With what to do instead. */
const FORBIDDEN: ReadonlyMap<string, string> = new Map([
  ['ONBUILD', 'Write one ONBUILD: images that are built on a child of this one are not reached.'],
  ['FROM', 'The Dockerfile that is built on this image has a FROM of its own; take this one out.'],
  ['MAINTAINER', 'Write ONBUILD LABEL org.opencontainers.image.authors="…" instead.'],
]);
