import { defineRule } from '../../core/rule.ts';
import { packageCallsIn, spanOf } from '../../dockerfile/package-runs.ts';
import { adviceOn, unpinnedIn } from '../../dockerfile/unpinned.ts';
import type { DockerfileSubject } from '../subject.ts';

export const noUnpinnedRpmPackage = defineRule<DockerfileSubject, undefined>({
  id: 'dockerfile/no-unpinned-rpm-package',
  meta: {
    summary: 'Say which version of an RPM package to install.',
    why: 'Two builds of the same Dockerfile install two versions, and nobody can tell from the file which one runs, or which one broke it.',
    fix: 'Nothing: which version is right, only you know.',
    off: 'Where the base image is pinned to a release whose packages get nothing but fixes, and these are wanted in each build.',
    severity: 'hint',
    preset: 'all',
    since: '0.2.0',
    aliases: [
      'hadolint:DL3033',
      'hadolint:DL3037',
      'hadolint:DL3041',
      'kics:93d88cf7-f078-46a8-8ddc-178e03aeacf1',
      'kics:missing_version_specification_in_dnf_install',
      'kics:6452c424-1d92-4deb-bb18-a03e95d579c4',
      'kics:yum_install_without_version',
      'kics:562952e4-0348-4dea-9826-44f3a2c6117b',
      'kics:zypper_install_without_version',
    ],
    examples: ['FROM fedora:41\nRUN dnf install -y git\n'],
  },

  *check({ model }) {
    for (const call of packageCallsIn(model, /\b(yum|(micro|t)?dnf|zypper)/)) {
      const words = /^(yum|dnf|microdnf|tdnf|zypper)$/.test(call.manager) ? unpinnedIn(call) : [];
      if (words.length === 0) continue;
      yield { span: spanOf(call), data: undefined, message: adviceOn(words, 'NAME-1.2') };
    }
  },
});
