import { defineRule } from '../../core/rule.ts';
import { packageCallsIn, spanOf, titleOf } from '../../dockerfile/package-runs.ts';
import { usesLists } from '../../dockerfile/package-lists.ts';
import type { DockerfileSubject } from '../subject.ts';

export const updateWithInstall = defineRule<DockerfileSubject, undefined>({
  id: 'dockerfile/update-with-install',
  meta: {
    summary: 'Load the lists of packages in the RUN that installs from them.',
    why: 'Docker keeps the layer of a RUN that loads nothing but lists. Months later, when a package is added in the RUN below, it is looked for in the old lists: the build fails because the version named there is gone, or an old version is installed, with its holes.',
    fix: 'Nothing: join it with the RUN that installs, by `&&`. In a file in which nothing is installed, take it out.',
    off: 'In images that others are built on without loading the lists themselves.',
    severity: 'warning',
    preset: 'recommended',
    since: '0.2.0',
    aliases: ['trivy:DS-0017'],
    examples: ['FROM alpine:3.20.3\nRUN apk update\nRUN apk add --no-cache tini\nUSER nobody\n'],
  },

  *check({ model, settings }) {
    for (const call of packageCallsIn(model)) {
      // The other managers look themselves whether their lists are too old.
      if (settings.preset === 'recommended' && !/^ap[tk]$/.test(call.manager)) continue;
      if (call.does !== 'update' || usesLists(call)) continue;
      yield {
        span: spanOf(call),
        data: undefined,
        message: `“${titleOf(call)}” stands in a RUN that installs nothing: its layer is kept, and later RUNs install from old lists. Join it by && with the RUN that installs.`,
      };
    }
  },
});
