import { nearest } from '../../core/nearest.ts';
import { defineRule } from '../../core/rule.ts';
import type { Span } from '../../core/span.ts';
import type { Flag } from '../../dockerfile/flags.ts';
import type { DockerfileModel, Instruction } from '../../dockerfile/model.ts';
import type { DockerfileSubject } from '../subject.ts';

export const noInvalidFlag = defineRule<DockerfileSubject, Unknown>({
  id: 'dockerfile/no-invalid-flag',
  meta: {
    summary: 'Give instructions the flags that they know.',
    why: 'BuildKit stops at a flag that the instruction does not know, and tells small letters from capital ones. What the flag was to do is not done anywhere.',
    fix: 'Writes the known flag whose name is nearest. Nothing, where none is near.',
    off: 'Where something else than BuildKit builds, which knows more flags. Nothing is said in a file whose `# syntax=` names a frontend of somebody else.',
    severity: 'error',
    preset: 'recommended',
    since: '0.2.0',
    aliases: [],
    examples: ['FROM node:22.11-slim\nCOPY --form=build /app /app\n'],
  },

  *check({ model }) {
    if (isForeign(model)) return;
    for (const written of model.instructions) {
      const instruction = written.trigger ?? written;
      const known = KNOWN.get(instruction.keyword);
      for (const flag of known ? unknownOf(instruction, known) : []) {
        const meant = nearest(flag.name, known ?? []);
        yield {
          span: flag.span,
          data: { nameSpan: nameSpanOf(flag), meant },
          message: `${instruction.keyword} knows no flag --${flag.name}, so the build stops here. ${meant === undefined ? `It knows ${listed(known ?? [])}.` : `Did you mean --${meant}?`}`,
        };
      }
    }
  },

  fix: {
    safety: 'unsafe',
    build: ({ data: { nameSpan, meant } }) =>
      meant === undefined
        ? undefined
        : {
            title: `Write --${meant}`,
            edits: [{ span: nameSpan, newText: meant }],
            answer: `Check that --${meant} is what you mean: the build has stopped here until now.`,
          },
  },
});

interface Unknown {
  readonly nameSpan: Span;
  /** The known name that is nearest. */
  readonly meant: string | undefined;
}

const KNOWN: ReadonlyMap<string, readonly string[]> = new Map([
  ['FROM', ['platform']],
  ['RUN', ['mount', 'network', 'security', 'device']],
  ['COPY', ['from', 'chown', 'chmod', 'link', 'parents', 'exclude']],
  ['ADD', ['chown', 'chmod', 'link', 'keep-git-dir', 'checksum', 'exclude', 'unpack']],
  ['HEALTHCHECK', ['interval', 'timeout', 'start-period', 'start-interval', 'retries']],
]);

const unknownOf = ({ flags }: Instruction, known: readonly string[]): readonly Flag[] =>
  flags.filter(({ name }) => !known.includes(name));

const nameSpanOf = ({ name, span }: Flag): Span => ({
  start: span.start + 2,
  end: span.start + 2 + name.length,
});

const listed = (names: readonly string[]): string => names.map((name) => `--${name}`).join(', ');

/** `docker/dockerfile` and copies of it have the flags above; of others nobody knows. */
const isForeign = ({ directives }: DockerfileModel): boolean =>
  directives.some(
    ({ name, value }) =>
      name === 'syntax' && !/(^|\/)docker\/dockerfile(-upstream)?([:@]|$)/.test(value),
  );
