import { defineRule } from '../../core/rule.ts';
import { type Instruction, onOneLine } from '../../dockerfile/model.ts';
import type { HealthTest } from '../../roles/health-call.ts';
import { impossibleHealth } from '../../roles/impossible-health.ts';
import type { DockerfileSubject } from '../subject.ts';

export const noImpossibleImageHealthcheck = defineRule<DockerfileSubject, undefined>({
  id: 'dockerfile/no-impossible-healthcheck',
  meta: {
    summary: 'Let HEALTHCHECK call what is in the image, on a port that answers it.',
    why: 'A check that cannot pass marks every container of the image as unhealthy, and what waits for it never starts. Base images are smaller than they look: `debian` and most `slim` and `alpine` images have no curl.',
    fix: 'Nothing: install the program, or ask in another way, such as with the language that the image is for.',
    off: 'Where the program comes into the image in a way that is not in its Dockerfile. Only bases whose contents are known for certain are judged.',
    severity: 'error',
    preset: 'recommended',
    since: '0.2.0',
    aliases: [],
    examples: [
      'FROM python:3.12-slim\nUSER nobody\nHEALTHCHECK CMD curl -f http://localhost:8000/ || exit 1\nCMD ["python", "-m", "http.server"]\n',
    ],
  },

  *check({ final: { stage, image, instructions } }) {
    const check = stage.instructions.findLast(({ keyword }) => keyword === 'HEALTHCHECK');
    const test = check && testOf(check);
    if (!test) return;
    const told = impossibleHealth(test, { program: image, instructions }, () => false);
    if (told) yield { span: check.span, data: undefined, message: told.message };
  },
});

/** Undefined for NONE, and for a list that is none. */
function testOf(check: Instruction): HealthTest | undefined {
  const [, command = ''] = /^\s*CMD\s+([^]*)$/i.exec(onOneLine(check)) ?? [];
  if (command === '') return undefined;
  if (!command.startsWith('[')) return { kind: 'script', script: command };
  try {
    const words: unknown = JSON.parse(command);
    return Array.isArray(words) && words.every((word) => typeof word === 'string')
      ? { kind: 'words', words }
      : undefined;
  } catch {
    // Docker takes what is no list for a script.
    return { kind: 'script', script: command };
  }
}
