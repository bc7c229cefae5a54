import { defineRule } from '../../core/rule.ts';
import { AS_OF, endOfLifeOf } from '../../roles/end-of-life.ts';
import type { DockerfileSubject } from '../subject.ts';

export const noEndedBaseImage = defineRule<DockerfileSubject, undefined>({
  id: 'dockerfile/no-ended-base-image',
  meta: {
    summary: 'Build on versions that are still mended.',
    why: 'Behind the end of its support nobody mends a system or a language: holes that become known stay open, and packages vanish from the mirrors, so that one day the build fails.',
    fix: 'Nothing: the next version may need changes in the program.',
    off: 'Where you have a contract that goes on, or mend it yourself. The table is of November 2026, and knows the images alpine, debian, ubuntu, centos, node, python, php, ruby and openjdk.',
    severity: 'warning',
    preset: 'recommended',
    since: '0.2.0',
    aliases: [],
    examples: ['FROM debian:10-slim\nUSER nobody\n'],
  },

  *check({ model }) {
    for (const { base, image, parent } of model.stages) {
      const ended = parent || !image ? undefined : endOfLifeOf(base);
      if (!ended || !image) continue;
      yield {
        span: image.span,
        data: undefined,
        message: `${ended.title} has had no support since ${ended.since} (as of ${AS_OF}), so holes in it stay open. Build on a version that is supported.`,
      };
    }
  },
});
