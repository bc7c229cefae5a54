import { defineRule } from '../../core/rule.ts';
import { nameOf, operandsOf, runsOf } from '../../dockerfile/runs.ts';
import { programIn, type ShellCommand } from '../../dockerfile/shell.ts';
import type { DockerfileSubject } from '../subject.ts';

export const noShellRelink = defineRule<DockerfileSubject, undefined>({
  id: 'dockerfile/no-shell-relink',
  meta: {
    summary: 'Choose the shell of RUN by SHELL, and leave /bin/sh as it is.',
    why: 'Every script of the distribution expects its own /bin/sh: with another one behind it, package scripts and the start of programs are slower or do something else, and an update of the package puts it back.',
    fix: 'Nothing: SHELL holds for RUN, CMD and ENTRYPOINT of this Dockerfile, the link for every script in the image. Only you know which of them need it.',
    off: 'Where scripts that you do not own say /bin/sh and need Bash.',
    severity: 'info',
    preset: 'strict',
    since: '0.2.0',
    aliases: [
      'hadolint:DL4005',
      'kics:changing_default_shell_using_run_command',
      'kics:8a301064-c291-4b20-adcb-403fe7fd95fd',
    ],
    examples: ['FROM debian:12.7-slim\nRUN ln -sf /bin/bash /bin/sh\nUSER nobody\n'],
  },

  *check({ model }) {
    for (const stage of model.stages)
      for (const { commands } of runsOf(stage, /\bln\b[^]*\bsh\b/))
        for (const command of commands) {
          const shell = relinkedTo(command);
          if (shell === undefined) continue;
          yield {
            span: { start: command.start, end: command.words.at(-1)?.end ?? command.end },
            data: undefined,
            message: `All scripts of the image run with ${shell} from here on, also those that were written for the shell of the distribution. Write SHELL ["${shell}", "-c"] instead.`,
          };
        }
  },
});

/** What is behind /bin/sh from now on. */
function relinkedTo({ words }: ShellCommand): string | undefined {
  const [ln, ...rest] = programIn(words) ?? [];
  if (nameOf(ln) !== 'ln') return undefined;
  const [shell, link, another] = operandsOf(rest, /^(-[St]|--suffix|--target-directory)$/);
  const isShell = link !== undefined && !another && /^(\/usr)?\/bin\/sh$/.test(link.text);
  return isShell ? shell?.text : undefined;
}
