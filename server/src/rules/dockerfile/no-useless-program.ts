import { defineRule } from '../../core/rule.ts';
import { nameOf, type Run, runsOf } from '../../dockerfile/runs.ts';
import { programIn, type ShellWord } from '../../dockerfile/shell.ts';
import type { DockerfileSubject } from '../subject.ts';

export const noUselessProgram = defineRule<DockerfileSubject, undefined>({
  id: 'dockerfile/no-useless-program',
  meta: {
    summary: 'Do not run programs that do nothing in a build.',
    why: 'Services that a build starts are gone when its RUN ends, and programs that watch or change a running machine see the machine that builds, not the one that runs the image. Such a line is left from a shell script, and does not what it says.',
    fix: 'Nothing: what was meant belongs into the start of the container, into another instruction, or nowhere.',
    off: 'Where a build starts a service to set something up in the same RUN.',
    severity: 'info',
    preset: 'strict',
    since: '0.2.0',
    aliases: [
      'hadolint:DL3001',
      'kics:run_utilities_and_posix_commands',
      'kics:9b6b0f38-92a2-41f9-b881-3a1083d99f1b',
    ],
    examples: ['FROM debian:12.7-slim\nRUN service nginx start\nUSER nobody\n'],
  },

  *check({ model }) {
    for (const stage of model.stages)
      for (const run of runsOf(stage, PROGRAMS))
        for (const program of uselessIn(run))
          yield {
            span: { start: program.start, end: program.end },
            data: undefined,
            message: `${program.text} ${reasons[nameOf(program)] ?? 'shows the machine that builds, not the one that runs the image'}. Take it out.`,
          };
  },
});

const PROGRAMS = /\b(ssh|vim|shutdown|service|ps|free|top|kill|mount|ifconfig)\b/;

const reasons: Readonly<Record<string, string>> = {
  ssh: 'reaches another machine from a build, which then depends on it and on a key',
  vim: 'waits for somebody who types, and nobody does in a build',
  shutdown: 'has no machine to shut down in a build',
  service: 'starts or stops what is gone anyway when this RUN ends',
  kill: 'ends what is gone anyway when this RUN ends',
  mount: 'holds no longer than this RUN, and a build may not do it',
};

function uselessIn({ instruction, commands }: Run): readonly ShellWord[] {
  return commands.flatMap(({ words }) => {
    const [program, ...rest] = programIn(words) ?? [];
    const name = nameOf(program);
    if (!program || PROGRAMS.exec(name)?.[0] !== name) return [];
    // A script that ends what it started itself, and a build that is given a key, know what they do.
    const isMeant =
      (name === 'kill' && rest.some(({ literal }) => !literal)) ||
      (name === 'ssh' && instruction.flags.some(({ value }) => value?.includes('type=ssh')));
    return isMeant ? [] : [program];
  });
}
