import { defineRule } from '../../core/rule.ts';
import { type Instruction, rootImageOf, type Stage } from '../../dockerfile/model.ts';
import { runsOf, standingBefore } from '../../dockerfile/runs.ts';
import type { ShellCommand, ShellWord } from '../../dockerfile/shell.ts';
import { runsUnprivileged } from '../../roles/image-user.ts';
import type { DockerfileSubject } from '../subject.ts';

export const noSudo = defineRule<DockerfileSubject, ShellWord | undefined>({
  id: 'dockerfile/no-sudo',
  meta: {
    summary: 'Do without sudo in RUN.',
    why: 'A build runs as root until USER says otherwise, so sudo does nothing but need a package, which stays in the image and helps whoever breaks in. It also changes HOME and drops variables, and the step behaves in another way than it reads.',
    fix: 'Takes the word `sudo` away where the step runs as root anyway and sudo is given no options. Elsewhere, put `USER root` in front of the step, and the other user behind it.',
    off: 'Where a base image that you do not own wants to be used with sudo.',
    severity: 'warning',
    preset: 'recommended',
    since: '0.2.0',
    aliases: [
      'hadolint:DL3004',
      'trivy:DS-0010',
      'checkov:CKV2_DOCKER_1',
      'kics:run_using_sudo',
      'kics:8ada6e80-0ade-439e-b176-0b28f6bce35a',
    ],
    examples: ['FROM debian:12.7-slim\nRUN sudo mkdir /srv/shop\nUSER nobody\n'],
  },

  *check({ model }) {
    for (const stage of model.stages)
      for (const { instruction, commands, isPutOff } of runsOf(stage, /\bsudo\b/)) {
        const asRoot = !isPutOff && runsAsRoot(stage, instruction);
        for (const { words } of commands) {
          const sudo = sudoIn(words);
          if (!sudo) continue;
          const next = words[words.indexOf(sudo) + 1];
          yield {
            span: { start: sudo.start, end: sudo.end },
            data: asRoot && next?.text.startsWith('-') === false ? next : undefined,
            message: asRoot
              ? 'The build is root here unless the base image says otherwise, so sudo does nothing but need a package that stays in the image. Take the word away.'
              : 'Whoever breaks in can use the sudo that this step needs. Take the word away, and put USER root in front of the step and the other USER behind it.',
          };
        }
      }
  },

  fix: {
    safety: 'unsafe',
    build: ({ span, data: next }, { model: { text } }) => {
      // A comment may stand between the two.
      if (!next || text.slice(span.end, next.start).trim() !== '') return undefined;
      return {
        title: 'Take sudo away',
        edits: [{ span: { start: span.start, end: next.start }, newText: '' }],
        answer:
          'Build the image: without sudo the step has the HOME and the variables of the build.',
      };
    },
  },
});

/** The word sudo, where it runs what follows. */
function sudoIn(words: ShellCommand['words']): ShellWord | undefined {
  const first = words.find(({ text }) => !/^(\w+=.*|env|exec|command|time|nice)$/.test(text));
  return first && /^(\/usr\/bin\/)?sudo$/.test(first.text) ? first : undefined;
}

function runsAsRoot(stage: Stage, run: Instruction): boolean {
  const user = standingBefore(stage, run).findLast(({ keyword }) => keyword === 'USER');
  if (user) return /^["']?(root|0)["']?(:|$)/.test(user.arguments.trim());
  return !runsUnprivileged(rootImageOf(stage));
}
