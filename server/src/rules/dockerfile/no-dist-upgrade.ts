import { defineRule } from '../../core/rule.ts';
import { packageCallsIn, spanOf, titleOf } from '../../dockerfile/package-runs.ts';
import type { Manager } from '../../dockerfile/packages.ts';
import type { DockerfileSubject } from '../subject.ts';

export const noDistUpgrade = defineRule<DockerfileSubject, undefined>({
  id: 'dockerfile/no-dist-upgrade',
  meta: {
    summary: 'Take a newer base image, rather than upgrade all of it in a build.',
    why: 'An upgrade of the whole distribution replaces and removes packages as of the day of the build, so two builds of the same Dockerfile are two systems, and all that is replaced is in the image twice. A base image of a newer date has the same packages, built and tested together.',
    fix: 'Nothing: take a newer tag or digest of the base image, or upgrade the packages by name that must not wait for one.',
    off: 'Where the base image comes out too seldom, and fixes of security holes must be in each build.',
    severity: 'warning',
    preset: 'strict',
    since: '0.2.0',
    aliases: ['hadolint:DL3035', 'trivy:DS-0024'],
    examples: ['FROM opensuse/leap:15.6\nRUN zypper -n dup && zypper clean\n'],
  },

  *check({ model }) {
    for (const call of packageCallsIn(model)) {
      // With names it upgrades these alone.
      if (call.operands.length > 0 || !verbs[call.manager]?.test(call.verb.text)) continue;
      yield {
        span: spanOf(call),
        data: undefined,
        message: `“${titleOf(call)}” makes another system of the base image with each build. Take a newer base image, or upgrade single packages by their names.`,
      };
    }
  },
});

const verbs: Readonly<Partial<Record<Manager, RegExp>>> = {
  apt: /^(dist-upgrade|full-upgrade)$/,
  apk: /^upgrade$/,
  dnf: /^(distro-sync|dist-sync|dsync)$/,
  zypper: /^(dist-upgrade|dup)$/,
};
