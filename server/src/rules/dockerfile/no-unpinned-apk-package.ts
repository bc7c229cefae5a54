import { defineRule } from '../../core/rule.ts';
import { packageCallsIn, spanOf } from '../../dockerfile/package-runs.ts';
import { adviceOn, unpinnedIn } from '../../dockerfile/unpinned.ts';
import type { DockerfileSubject } from '../subject.ts';

export const noUnpinnedApkPackage = defineRule<DockerfileSubject, undefined>({
  id: 'dockerfile/no-unpinned-apk-package',
  meta: {
    summary: 'Say which version of an Alpine package to install.',
    why: 'Two builds of the same Dockerfile install two versions, and nobody can tell from the file which one runs, or which one broke it.',
    fix: 'Nothing: which version is right, only you know.',
    off: 'Where images have to be built for a long time: the archive of Alpine keeps one version of each package, so each pin breaks the build with the next one. Most teams pin the base image by its digest instead, or pin loosely: `curl=~8.9`.',
    severity: 'hint',
    preset: 'all',
    since: '0.2.0',
    aliases: [
      'hadolint:DL3018',
      'kics:d3499f6d-1651-41bb-a9a7-de925fea487b',
      'kics:unpinned_package_version_in_apk_add',
    ],
    examples: ['FROM alpine:3.20.3\nRUN apk add --no-cache tini\n'],
  },

  *check({ model }) {
    for (const call of packageCallsIn(model, /\bapk\b/)) {
      const words = /^apk$/.test(call.manager) ? unpinnedIn(call) : [];
      if (words.length === 0) continue;
      yield { span: spanOf(call), data: undefined, message: adviceOn(words, 'NAME=~1.2') };
    }
  },
});
