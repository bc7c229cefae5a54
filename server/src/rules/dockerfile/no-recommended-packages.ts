import { defineRule } from '../../core/rule.ts';
import { isSetForAll, packageCallsIn, spanOf, titleOf } from '../../dockerfile/package-runs.ts';
import { hasOption, valuesOf } from '../../dockerfile/packages.ts';
import type { Span } from '../../core/span.ts';
import type { DockerfileSubject } from '../subject.ts';

/** The data of a match is where the option belongs. */
export const noRecommendedPackages = defineRule<DockerfileSubject, Span>({
  id: 'dockerfile/no-recommended-packages',
  meta: {
    summary: 'Install what is needed, and not what is recommended besides.',
    why: 'apt also installs whatever a package recommends: manuals, fonts, compilers, sometimes a mail server. Nobody asked for it, it makes the image larger, and each of these packages may have the next hole.',
    fix: 'Adds `--no-install-recommends`. Something that the program needs may have come with what was recommended, such as `ca-certificates` with `curl`: install that by its name.',
    off: 'In images for development, where comfort matters more than size.',
    severity: 'info',
    preset: 'strict',
    since: '0.2.0',
    aliases: [
      'hadolint:DL3015',
      'trivy:DS-0029',
      'kics:7384dfb2-fcd1-4fbf-91cd-6c44c318c33c',
      'kics:apt_get_not_avoiding_additional_packages',
    ],
    examples: ['FROM debian:12.7-slim\nRUN apt-get install -y git\n'],
  },

  *check({ model }) {
    for (const call of packageCallsIn(model, /\bapt/)) {
      const { manager, does, command, verb } = call;
      const isAsked = manager === 'apt' && does === 'install';
      if (!isAsked || hasOption(call, undefined, ...DECIDED)) continue;
      if (call.name === 'aptitude' && hasOption(call, 'R')) continue;
      if (valuesOf(command, 'o', 'option').some((value) => SETTING.test(value))) continue;
      if (isSetForAll(model, SETTING)) continue;
      yield {
        span: spanOf(call),
        data: { start: verb.end, end: verb.end },
        message: `“${titleOf(call)}” also installs what the packages recommend, which nobody asked for. Add ${call.name === 'aptitude' ? OF_APTITUDE : OF_APT}.`,
      };
    }
  },

  fix: {
    safety: 'unsafe',
    build: ({ data: span, message }) => {
      const option = message.includes(OF_APTITUDE) ? OF_APTITUDE : OF_APT;
      return {
        title: `Add ${option}`,
        edits: [{ span, newText: ` ${option}` }],
        answer:
          'Build and try the image: what the program needs may have come with the recommended packages, such as ca-certificates with curl. Install that by its name.',
      };
    },
  },
});

const OF_APT = '--no-install-recommends';
const OF_APTITUDE = '--without-recommends';

/** Somebody has said what is wanted. */
const DECIDED = [
  'no-install-recommends',
  'install-recommends',
  'without-recommends',
  'with-recommends',
];

const SETTING = /Install-Recommends"?[\s=]+\\?["']?(false|no|0)/i;
