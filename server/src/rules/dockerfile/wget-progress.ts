import { defineRule } from '../../core/rule.ts';
import { rootImageOf } from '../../dockerfile/model.ts';
import { nameOf, runsOf } from '../../dockerfile/runs.ts';
import { programIn, type ShellCommand } from '../../dockerfile/shell.ts';
import { baseSystemOf } from '../../roles/base-system.ts';
import type { DockerfileSubject } from '../subject.ts';

export const wgetProgress = defineRule<DockerfileSubject, boolean>({
  id: 'dockerfile/wget-progress',
  meta: {
    summary: 'Tell wget how much to say in a build.',
    why: 'Where nobody watches, wget writes a line for every few kilobytes: the log of the build is thousands of lines of dots, and the one that says what went wrong is among them.',
    fix: 'Adds `--progress=dot:giga` on images that are known to be made of Debian or Ubuntu. The wget of BusyBox has no such option: write `-q` there.',
    off: 'Where the log of the build is read by nobody.',
    severity: 'hint',
    preset: 'all',
    since: '0.2.0',
    aliases: ['hadolint:DL3047'],
    examples: ['FROM debian:12.7-slim\nRUN wget https://example.com/a.tar.gz\nUSER nobody\n'],
  },

  *check({ model }) {
    for (const stage of model.stages) {
      const system = baseSystemOf(rootImageOf(stage));
      for (const { commands } of runsOf(stage, /\bwget\b/))
        for (const command of commands) {
          const [wget, ...rest] = programIn(command.words) ?? [];
          const isWget = wget && nameOf(wget) === 'wget' && rest.length > 0;
          if (!isWget || isQuiet(command, model.text)) continue;
          yield {
            span: { start: wget.start, end: wget.end },
            data: system === 'debian',
            message: `wget fills the log of the build with its progress. Add ${system === 'busybox' ? '-q' : '--progress=dot:giga, or -q'}.`,
          };
        }
    }
  },

  fix: {
    safety: 'unsafe',
    build: ({ span: { end }, data: isGnu }) =>
      isGnu
        ? {
            title: 'Add --progress=dot:giga',
            edits: [{ span: { start: end, end }, newText: ' --progress=dot:giga' }],
            answer:
              'Check that this is the wget of GNU, not that of BusyBox, which has no such option.',
          }
        : undefined,
  },
});

/** What it says is left out, cut short, or goes to a file. */
const QUIET =
  /^(--(progress|quiet|no-verbose|output-file|append-output|help|version)(=.*)?|-nv.*|-V|-h|-[a-zA-Z]*q.*|-[oa].*)$/;

function isQuiet({ words, start, end }: ShellCommand, text: string): boolean {
  return words.some((word) => QUIET.test(word.text)) || /(2>|&>|>&)/.test(text.slice(start, end));
}
