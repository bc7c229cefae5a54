import { defineRule } from '../../core/rule.ts';
import { lookUp, sourcesIn } from '../../project/copy-sources.ts';
import type { DockerfileSubject } from '../subject.ts';

export const noIgnoredCopySource = defineRule<DockerfileSubject, undefined>({
  id: 'dockerfile/no-ignored-copy-source',
  meta: {
    summary: 'Copy only what the ignore file lets through.',
    why: 'What `.dockerignore` leaves out is not sent to the builder, so COPY does not find it, although it lies there: the build stops, and the file is plainly to be seen.',
    fix: 'Nothing: either file may be the wrong one.',
    off: 'Where the image is built from another context than this one.',
    severity: 'error',
    preset: 'recommended',
    since: '0.2.0',
    aliases: ['buildkit:CopyIgnoredFile'],
    examples: [],
  },

  *check({ model, copyContexts, files }) {
    const contexts = copyContexts();
    for (const { word, path, isOutside } of model.instructions.flatMap(sourcesIn)) {
      if (isOutside) continue;
      const found = contexts.map((one) => lookUp(path, one, files));
      const [first] = found;
      if (first?.kind !== 'kept out' || found.some(({ kind }) => kind !== 'kept out')) continue;
      yield {
        span: word.span,
        data: undefined,
        message: `The ignore file keeps ${word.text} out (line ${first.by.line + 1}, ${first.by.text}), so the build does not find it. Take it back with !${path}, or do not copy it.`,
      };
    }
  },
});
