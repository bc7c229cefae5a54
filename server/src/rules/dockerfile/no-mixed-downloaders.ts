import { defineRule } from '../../core/rule.ts';
import { nameOf, runsOf } from '../../dockerfile/runs.ts';
import { programIn, type ShellWord } from '../../dockerfile/shell.ts';
import type { DockerfileSubject } from '../subject.ts';

export const noMixedDownloaders = defineRule<DockerfileSubject, undefined>({
  id: 'dockerfile/no-mixed-downloaders',
  meta: {
    summary: 'Download with curl or with wget, not with both.',
    why: 'Each of the two is a package with libraries that stays in the image, needs updates, and is one more door for whoever breaks in. Proxies and certificates have to be set up twice.',
    fix: 'Nothing: the two have other options for the same thing, so the line has to be written anew.',
    off: 'Where a script that you do not own needs the other one.',
    severity: 'hint',
    preset: 'strict',
    since: '0.2.0',
    aliases: [
      'hadolint:DL4001',
      'trivy:DS-0014',
      'kics:run_using_wget_and_curl',
      'kics:fc775e75-fcfb-4c98-b2f2-910c5858b359',
    ],
    examples: [
      'FROM debian:12.7-slim\nRUN curl -fsSLO https://example.com/a\nRUN wget -q https://example.com/b\nUSER nobody\n',
    ],
  },

  *check({ model }) {
    for (const stage of model.stages) {
      const programs = [...runsOf(stage, /\b(curl|wget)\b/)]
        .flatMap(({ commands }) => commands.flatMap(({ words }) => programIn(words)?.[0] ?? []))
        .filter(isDownloader);
      const [first] = programs;
      const other = programs.find((program) => nameOf(program) !== nameOf(first));
      if (!first || !other) continue;
      yield {
        span: { start: other.start, end: other.end },
        data: undefined,
        message: `${first.text} above and ${other.text} here do the same, and the image carries both. Use ${first.text} here, too.`,
      };
    }
  },
});

const isDownloader = (program: ShellWord): boolean => /^(curl|wget)$/.test(nameOf(program));
