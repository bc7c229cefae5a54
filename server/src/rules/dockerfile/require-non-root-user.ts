import { defineRule } from '../../core/rule.ts';
import { insertBeforeStart } from '../../dockerfile/insert.ts';
import type { Instruction } from '../../dockerfile/model.ts';
import { runsUnprivileged, userFor } from '../../roles/image-user.ts';
import type { DockerfileSubject } from '../subject.ts';

export const requireNonRootUser = defineRule<DockerfileSubject, Instruction | undefined>({
  id: 'dockerfile/require-non-root-user',
  meta: {
    summary: 'Run the image as a user that is not root.',
    why: 'Root in the container is root to the kernel: a hole in the program is then a much larger hole in the host.',
    fix: 'Adds USER with the account that the base image brings, or with the number 10001, which needs no account (`user` in `.dockwright.yaml`). Files that the program writes may need another owner first, so look before you build.',
    severity: 'warning',
    preset: 'recommended',
    since: '0.1.0',
    aliases: [
      'hadolint:DL3002',
      'trivy:DS-0002',
      'checkov:CKV_DOCKER_3',
      'checkov:CKV_DOCKER_8',
      'kics:missing_user_instruction',
      'kics:last_user_is_root',
      'cis:4.1',
      'owasp:RULE#2',
    ],
    examples: [
      'FROM node:22.11-slim\nCMD ["node", "server.js"]\n',
      'FROM node:22.11-slim\nUSER root\nCMD ["node", "server.js"]\n',
    ],
  },

  *check({ final: { stage, image, instructions } }) {
    const user = instructions.findLast(({ keyword }) => keyword === 'USER');
    if (user ? !isRoot(user.arguments) : runsUnprivileged(image)) return;
    const own = user !== undefined && stage.instructions.includes(user);
    yield {
      span: own ? user.span : stage.from.span,
      data: own ? user : undefined,
      message: `${user ? 'The program runs as root' : 'No USER is set, so the program runs as root unless the base image says otherwise'}: a hole in it is a hole in the host. End the stage with a USER that is not root.`,
    };
  },

  fix: {
    safety: 'unsafe',
    build: ({ data: user }, { model, final: { stage, image }, settings }) => {
      const name = userFor(image, settings.user);
      if (name === undefined) return undefined;
      // What is built behind `USER root` still needs root.
      const isLast =
        user &&
        !stage.instructions
          .slice(stage.instructions.indexOf(user))
          .some(({ keyword }) => /^(RUN|COPY|ADD|WORKDIR)$/.test(keyword));
      const edit = isLast
        ? { span: user.argumentsSpan, newText: name }
        : insertBeforeStart(model, stage, [`USER ${name}`]);
      return (
        edit && {
          title: `Run as ${name}`,
          edits: [edit],
          answer: `Check that ${name} can write where the program writes, then build and start the image.`,
        }
      );
    },
  },
});

function isRoot(user: string): boolean {
  return /^["']?(root|0)["']?(:|$)/.test(user.trim());
}
