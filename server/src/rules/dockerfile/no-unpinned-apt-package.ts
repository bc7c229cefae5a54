import { defineRule } from '../../core/rule.ts';
import { packageCallsIn, spanOf } from '../../dockerfile/package-runs.ts';
import { adviceOn, unpinnedIn } from '../../dockerfile/unpinned.ts';
import type { DockerfileSubject } from '../subject.ts';

export const noUnpinnedAptPackage = defineRule<DockerfileSubject, undefined>({
  id: 'dockerfile/no-unpinned-apt-package',
  meta: {
    summary: 'Say which version of a Debian package to install.',
    why: 'Two builds of the same Dockerfile install two versions, and nobody can tell from the file which one runs, or which one broke it.',
    fix: 'Nothing: which version is right, only you know.',
    off: 'Where images have to be built for longer than an archive keeps a version, which is a few weeks with Debian and Ubuntu: then each pin breaks the build sooner or later. Most teams pin the base image by its digest instead.',
    severity: 'hint',
    preset: 'all',
    since: '0.2.0',
    aliases: [
      'hadolint:DL3008',
      'kics:965a08d7-ef86-4f14-8792-4a3b2098937e',
      'kics:apt_get_install_pin_version_not_defined',
    ],
    examples: ['FROM debian:12.7-slim\nRUN apt-get install -y git\n'],
  },

  *check({ model }) {
    for (const call of packageCallsIn(model, /\bapt/)) {
      const words = /^apt$/.test(call.manager) ? unpinnedIn(call) : [];
      if (words.length === 0) continue;
      yield { span: spanOf(call), data: undefined, message: adviceOn(words, 'NAME=1.2.*') };
    }
  },
});
