import { defineRule } from '../../core/rule.ts';
import { isSomewhereAbove, lookUp, pathOf, sourcesIn } from '../../project/copy-sources.ts';
import { isExpectedToBeMissing } from '../../project/expected.ts';
import type { DockerfileSubject } from '../subject.ts';

export const noMissingCopySource = defineRule<DockerfileSubject, undefined>({
  id: 'dockerfile/no-missing-copy-source',
  meta: {
    summary: 'Copy files that are in the build context.',
    why: 'The build stops where COPY or ADD names a file that is not there, often after minutes of other steps. Files that moved, and other cases of letters, are found only then.',
    fix: 'Nothing: where the file went is not known.',
    off: 'Where another program makes the files before it calls the build. What Git ignores is taken for such, and so is what lies in a folder above, from which the image may be built.',
    severity: 'warning',
    preset: 'recommended',
    since: '0.2.0',
    aliases: [],
    examples: [],
  },

  *check({ model, copyContexts, files }) {
    const contexts = copyContexts();
    if (contexts.length === 0) return;
    for (const source of model.instructions.flatMap(sourcesIn)) {
      const { word, path, isOutside } = source;
      if (isOutside || contexts.some((one) => lookUp(path, one, files).kind !== 'missing'))
        continue;
      const isElsewhere = contexts.some(
        (one) =>
          isExpectedToBeMissing(pathOf(source, one), files) || isSomewhereAbove(path, one, files),
      );
      if (isElsewhere) continue;
      yield {
        span: word.span,
        data: undefined,
        message: `${word.text} is not in the build context, so the build stops here. Correct the path, or add the file.`,
      };
    }
  },
});
