import { defineRule } from '../../core/rule.ts';
import { type Run, runsOf } from '../../dockerfile/runs.ts';
import type { ShellCommand } from '../../dockerfile/shell.ts';
import type { DockerfileSubject } from '../subject.ts';

export const noCd = defineRule<DockerfileSubject, undefined>({
  id: 'dockerfile/no-cd',
  meta: {
    summary: 'Change the folder by WORKDIR.',
    why: '`cd` holds to the end of its RUN and no further: whoever adds a RUN below starts in another folder than it looks. WORKDIR holds for all that follows, and for the container.',
    fix: 'Nothing: WORKDIR holds for everything that follows, so only you know where to go back.',
    off: 'Where one RUN unpacks, builds and removes something in one layer. Nothing is reported in subshells, in heredoc scripts, and where the script goes back.',
    severity: 'hint',
    preset: 'all',
    since: '0.2.0',
    aliases: [
      'hadolint:DL3003',
      'trivy:DS-0013',
      'kics:run_command_cd_instead_of_workdir',
      'kics:f4a6bcd3-e231-4acf-993c-aa027be50d2e',
    ],
    examples: ['FROM debian:12.7-slim\nRUN cd /srv/shop && make\nUSER nobody\n'],
  },

  *check({ model }) {
    for (const stage of model.stages)
      for (const run of runsOf(stage, /\bcd\b/)) {
        const cd = leaving(run);
        if (!cd) continue;
        const to = cd.words[1];
        yield {
          span: { start: cd.start, end: cd.words.at(-1)?.end ?? cd.end },
          data: undefined,
          message: `cd holds for this RUN alone; the next one starts where this one started. Set the folder by “WORKDIR ${to?.text ?? '/root'}”.`,
        };
      }
  },
});

/** The first command that changes the folder for good; none where the script goes back. */
function leaving({ instruction, commands }: Run): ShellCommand | undefined {
  if (instruction.heredocs.length > 0) return undefined;
  const changes = commands.filter(({ words, depth }) => depth === 0 && words[0]?.text === 'cd');
  const goesBack = changes.some(({ words }, index) => {
    const to = words[1]?.text ?? '';
    return index > 0 && (/^(-|\.\.(\/\.\.)*\/?)$/.test(to) || to.includes('PWD'));
  });
  // What a command finds out while it runs cannot stand in WORKDIR.
  return goesBack ? undefined : changes.find(({ words }) => !/\$\(|`/.test(words[1]?.text ?? ''));
}
