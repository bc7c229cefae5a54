import { defineRule } from '../../core/rule.ts';
import { rootImageOf, type Stage } from '../../dockerfile/model.ts';
import { nameOf, type Run, runsOf, standingBefore } from '../../dockerfile/runs.ts';
import { programIn, type ShellCommand, type ShellWord } from '../../dockerfile/shell.ts';
import { eolOf, lineStart, type Span } from '../../core/span.ts';
import { baseSystemOf } from '../../roles/base-system.ts';
import type { DockerfileSubject } from '../subject.ts';

export const requirePipefail = defineRule<DockerfileSubject, number | undefined>({
  id: 'dockerfile/require-pipefail',
  meta: {
    summary: 'Let a RUN fail where the first part of a pipe fails.',
    why: 'A shell looks at the last part of a pipe alone: a download that fails is piped into a program that is content with nothing, the build goes on, and what was to be installed is missing.',
    fix: 'On images that are known to be made of Debian or Ubuntu: adds `SHELL ["/bin/bash", "-o", "pipefail", "-c"]` in front of the first such RUN of the stage, which makes Bash the shell of all that follow. Elsewhere write `set -o pipefail` where the shell has it, or download to a file first.',
    off: 'Where the first part of a pipe may fail. Only downloads that are piped into a shell, tar, gpg or the like are reported in the `recommended` preset. Nothing is reported on Alpine and BusyBox, in scripts with a shebang, and for shells of Windows.',
    severity: 'warning',
    preset: 'recommended',
    since: '0.2.0',
    aliases: [
      'hadolint:DL4006',
      'kics:shell_running_a_pipe_without_pipefail_flag',
      'kics:efbf148a-67e9-42d2-ac47-02fa1c0d0b22',
    ],
    examples: [
      'FROM debian:12.7-slim\nRUN curl -fsSL https://example.com/shop.tar.gz | tar -xz -C /opt\nUSER nobody\n',
    ],
  },

  *check({ model, settings }) {
    const downloadsOnly = settings.preset === 'recommended';
    for (const stage of model.stages) {
      const system = baseSystemOf(rootImageOf(stage));
      if (system === 'busybox' || system === 'windows') continue;
      const pipes = pipesOf(stage, downloadsOnly);
      const first = pipes.find(({ isPutOff }) => !isPutOff)?.runAt;
      for (const { span, left, right, isPutOff } of pipes)
        yield {
          span,
          data: system === 'debian' && !isPutOff ? first : undefined,
          message: `If ${left} fails, nobody sees it: the shell looks only at ${right} behind the pipe, and the build goes on. Set SHELL to one with “-o pipefail”, or write “set -o pipefail” in front where the shell has it.`,
        };
    }
  },

  fix: {
    safety: 'unsafe',
    build: ({ data: at }, { model: { text } }) => {
      if (at === undefined) return undefined;
      const start = lineStart(text, at);
      return {
        title: 'Use Bash with pipefail from here on',
        edits: [{ span: { start, end: start }, newText: `${SHELL}${eolOf(text)}` }],
        answer: 'Build the image: all RUN instructions that follow are read by Bash now.',
      };
    },
  },
});

const SHELL = 'SHELL ["/bin/bash", "-o", "pipefail", "-c"]';

/** What takes an empty input for a good one, and leaves something behind that is missing later. */
const TAKES_DOWNLOADS =
  /^((ba|da|a|z|k)?sh|(bsd)?tar|gpg2?|apt-key|gunzip|gzip|xz|bzip2|cpio|python[\d.]*|perl|node)$/;

/** The shell in force, or the script itself, looks after it. */
function isSafe({ instruction }: Run, stage: Stage): boolean {
  if (instruction.arguments.includes('pipefail') || /^[^\n]*\n#!/.test(instruction.arguments))
    return true;
  const shell = standingBefore(stage, instruction).findLast(({ keyword }) => keyword === 'SHELL');
  return /pipefail|pwsh|powershell|\bcmd\b/i.test(shell?.arguments ?? '');
}

interface Pipe {
  readonly span: Span;
  readonly left: string;
  readonly right: string;
}

interface RunPipe extends Pipe {
  /** Offset of its RUN. */
  readonly runAt: number;
  readonly isPutOff: boolean;
}

/** The first of each RUN. */
function pipesOf(stage: Stage, downloadsOnly: boolean): readonly RunPipe[] {
  return [...runsOf(stage, /\|/)].flatMap((run) => {
    const pipe = isSafe(run, stage) ? undefined : pipeIn(run, downloadsOnly);
    const { instruction, isPutOff } = run;
    return pipe ? [{ ...pipe, isPutOff, runAt: instruction.span.start }] : [];
  });
}

function pipeIn({ commands }: Run, downloadsOnly: boolean): Pipe | undefined {
  for (const [index, command] of commands.entries()) {
    const before = commands[index - 1];
    if (!before || !/^\|&?$/.test(command.before)) continue;
    const left = programOf(before);
    const right = programOf(command);
    if (!left || !right) continue;
    const isDownload = /^(curl|wget)$/.test(nameOf(left)) && TAKES_DOWNLOADS.test(nameOf(right));
    if (downloadsOnly && !isDownload) continue;
    return { span: { start: before.start, end: right.end }, left: left.text, right: right.text };
  }
  return undefined;
}

const programOf = ({ words }: ShellCommand): ShellWord | undefined => programIn(words)?.[0];
