import { defineRule } from '../../core/rule.ts';
import { isIndex, referencesOf } from '../../dockerfile/stage-names.ts';
import type { DockerfileSubject } from '../subject.ts';

export const noCopyFromItself = defineRule<DockerfileSubject, undefined>({
  id: 'dockerfile/no-copy-from-itself',
  meta: {
    summary: 'Copy from another stage than the one that is being built.',
    why: 'A stage that copies from itself needs itself to be done first. BuildKit calls that a circular dependency and builds nothing; a stage that bears the name of the image it copies from does the same by accident.',
    fix: 'Nothing: only you know which stage was meant. Use `RUN cp` for files that are in this stage already.',
    severity: 'error',
    preset: 'recommended',
    since: '0.2.0',
    aliases: ['hadolint:DL3023'],
    examples: [
      'FROM golang:1.23.3 AS build\nRUN go build -o /shop .\nCOPY --from=build /shop /usr/bin/shop\n',
    ],
  },

  *check({ model }) {
    for (const { text, span, stage } of referencesOf(model)) {
      const isItself = isIndex(text)
        ? Number(text) === stage.index
        : stage.name === text.toLowerCase();
      if (!isItself) continue;
      yield {
        span,
        data: undefined,
        message: `“${text}” is the stage that this line stands in, and no stage can copy from itself: the build stops. Name the stage that you mean, or use RUN cp.`,
      };
    }
  },
});
