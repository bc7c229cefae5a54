import { defineRule } from '../../core/rule.ts';
import type { DockerfileSubject } from '../subject.ts';

export const onlyArgBeforeFrom = defineRule<DockerfileSubject, undefined>({
  id: 'dockerfile/only-arg-before-from',
  meta: {
    summary: 'Write nothing but ARG and comments above the first FROM.',
    why: 'There is no image yet that an instruction could change, so the build stops with “no build stage in current context”.',
    fix: 'Nothing: which of the stages it belongs in is known to you. Move it below the FROM of that stage.',
    severity: 'error',
    preset: 'recommended',
    since: '0.2.0',
    aliases: ['hadolint:DL3061'],
    examples: ['LABEL org.opencontainers.image.title=shop\nFROM debian:12.7-slim\n'],
  },

  *check({ model: { preamble } }) {
    for (const { keyword, keywordSpan } of preamble) {
      if (keyword === 'ARG') continue;
      yield {
        span: keywordSpan,
        data: undefined,
        message: `${keyword} stands above the first FROM, where there is no image yet, so the build stops. Move it below a FROM.`,
      };
    }
  },
});
