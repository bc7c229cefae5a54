import { defineRule } from '../../core/rule.ts';
import { wordsIn } from '../../dockerfile/words.ts';
import type { DockerfileSubject } from '../subject.ts';

export const numericUser = defineRule<DockerfileSubject, undefined>({
  id: 'dockerfile/numeric-user',
  meta: {
    summary: 'Name the user that runs the program by number.',
    why: 'Kubernetes cannot tell from a name whether that user is root: with `runAsNonRoot: true` it does not start the container. Files on mounted folders go by number as well.',
    fix: 'Nothing: the number is not in the instruction. Look it up with `id -u` in the image.',
    off: 'Where images run with Docker alone, which looks names up.',
    severity: 'hint',
    preset: 'all',
    since: '0.2.0',
    aliases: ['hadolint:DL3066'],
    examples: ['FROM node:22.11-slim\nUSER node\n'],
  },

  *check({ final }) {
    const last = final.instructions.findLast(({ keyword }) => keyword === 'USER');
    const [word] = last ? wordsIn(last.code) : [];
    const name = word?.text.split(':')[0] ?? '';
    if (!word || PASSES.test(name)) return;
    yield {
      span: word.span,
      data: undefined,
      message: `The user “${name}” is a name, and Kubernetes cannot tell whether it is root: with runAsNonRoot the container does not start. Write its number.`,
    };
  },
});

/** Numbers, what a variable says, root, which another rule is about, and the users of Windows images. */
const PASSES = /^(\d+|.*\$.*|root|ContainerUser|ContainerAdministrator)?$/i;
