import { defineRule } from '../../core/rule.ts';
import { copyOf } from '../../dockerfile/copies.ts';
import { inheritedBy, rootImageOf, type Stage } from '../../dockerfile/model.ts';
import { stageMeant } from '../../dockerfile/stage-names.ts';
import type { Word } from '../../dockerfile/words.ts';
import type { DockerfileSubject } from '../subject.ts';

export const noCopyOverRoot = defineRule<DockerfileSubject, undefined>({
  id: 'dockerfile/no-copy-over-root',
  meta: {
    summary: 'Copy what was built, and not a whole system over another one.',
    why: '`COPY --from=build / /` lays the compilers, caches and passwords of the build over the image, and mixes the libraries of two systems: files of both are there, and the package manager knows of half of them. The image is larger than both.',
    fix: 'Nothing: which files are needed is known to you. Name them, or start from the stage with `FROM build`.',
    off: 'Where an image is made to be laid over others. Into `scratch`, and from stages and images in which nothing is run, it is reported in the preset `all` only.',
    severity: 'warning',
    preset: 'recommended',
    since: '0.2.0',
    aliases: ['hadolint:DL3067'],
    examples: [
      'FROM golang:1.23.3 AS build\nRUN go build -o /usr/bin/shop .\nFROM debian:12.7-slim\nCOPY --from=build / /\n',
    ],
  },

  *check({ model: { stages }, settings }) {
    for (const stage of stages)
      for (const instruction of stage.instructions) {
        const copy = copyOf(instruction);
        if (!copy?.from || !isRoot(copy.destination) || !copy.sources.some(isRoot)) continue;
        const source = stageMeant(stages, copy.from.text);
        if (settings.preset !== 'all' && !isSystem(source, stage)) continue;
        yield {
          span: instruction.span,
          data: undefined,
          message: `All that “${copy.from.text}” holds is laid over this image, its whole system included. Copy the files that are needed, or start with FROM ${copy.from.text}.`,
        };
      }
  },
});

const isRoot = (word: Word | undefined): boolean =>
  word !== undefined && /^\/\.?\/?$/.test(word.text);

/**
 * A stage in which a program runs holds a system. Images and stages in which none does may be there to be laid over
 * others, and an empty image has nothing that could be covered.
 */
function isSystem(source: Stage | undefined, target: Stage): boolean {
  if (!source || rootImageOf(target) === 'scratch') return false;
  return inheritedBy(source).some(({ keyword }) => keyword === 'RUN');
}
