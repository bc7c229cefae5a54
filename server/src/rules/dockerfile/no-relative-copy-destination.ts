import { defineRule } from '../../core/rule.ts';
import { copyOf } from '../../dockerfile/copies.ts';
import { rootImageOf, type Stage } from '../../dockerfile/model.ts';
import type { Word } from '../../dockerfile/words.ts';
import type { DockerfileSubject } from '../subject.ts';

export const noRelativeCopyDestination = defineRule<DockerfileSubject, undefined>({
  id: 'dockerfile/no-relative-copy-destination',
  meta: {
    summary: 'Set WORKDIR before files are copied to a relative path.',
    why: 'Without a WORKDIR of your own, a relative destination starts at the folder that the base image was left in. With its next version the files may lie elsewhere, and the program does not find them.',
    fix: 'Nothing: only you know where the files belong. Write WORKDIR with the folder above, or the whole path as the destination.',
    off: 'Where the base image promises its folder, as images for one framework do.',
    severity: 'warning',
    preset: 'strict',
    since: '0.2.0',
    aliases: ['hadolint:DL3045'],
    examples: ['FROM node:22.11-slim\nCOPY server.js app/\n'],
  },

  *check({ model, settings }) {
    for (const stage of model.stages) {
      // What starts from nothing starts at the root.
      if (settings.preset !== 'all' && rootImageOf(stage) === 'scratch') continue;
      for (const destination of destinationsIn(stage))
        if (!ABSOLUTE.test(model.text.slice(destination.span.start)))
          yield {
            span: destination.span,
            data: undefined,
            message: `“${destination.text}” starts at whatever folder the base image was left in, for no WORKDIR is set here. Set WORKDIR above, or write the whole path.`,
          };
    }
  },
});

/** Those before a WORKDIR. */
function* destinationsIn({ instructions, parent }: Stage): Iterable<Word> {
  if (parent && setsFolder(parent)) return;
  for (const instruction of instructions) {
    if (instruction.keyword === 'WORKDIR') return;
    const { destination } = copyOf(instruction) ?? {};
    if (destination) yield destination;
  }
}

const setsFolder = ({ instructions, parent }: Stage): boolean =>
  instructions.some(({ keyword }) => keyword === 'WORKDIR') ||
  (parent !== undefined && setsFolder(parent));

/** From the root, a variable, a Windows drive, a share; perhaps in quotes. */
const ABSOLUTE = /^["']?(\/|\$|[a-zA-Z]:|\\)/;
