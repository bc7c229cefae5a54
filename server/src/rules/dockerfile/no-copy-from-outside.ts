import { defineRule } from '../../core/rule.ts';
import { sourcesIn } from '../../project/copy-sources.ts';
import type { DockerfileSubject } from '../subject.ts';

export const noCopyFromOutside = defineRule<DockerfileSubject, undefined>({
  id: 'dockerfile/no-copy-from-outside',
  meta: {
    summary: 'Copy from inside the build context.',
    why: 'Docker sends the build context and nothing else, so `../` leads nowhere: BuildKit takes the path for one inside of the context, other builders refuse it.',
    fix: 'Nothing: build from the folder that holds both (`docker build -f app/Dockerfile .`), name the other folder as a context of its own (`--build-context`), or move the file.',
    off: 'Never: there is no builder that follows.',
    severity: 'error',
    preset: 'recommended',
    since: '0.2.0',
    aliases: [],
    examples: ['FROM busybox:1.36\nCOPY ../shared/app.conf /etc/app.conf\nUSER 1000\n'],
  },

  *check({ model }) {
    for (const { word, isOutside } of model.instructions.flatMap(sourcesIn))
      if (isOutside)
        yield {
          span: word.span,
          data: undefined,
          message: `${word.text} leads out of the build context, where Docker does not follow. Build from the folder that holds both, or name the other one with --build-context.`,
        };
  },
});
