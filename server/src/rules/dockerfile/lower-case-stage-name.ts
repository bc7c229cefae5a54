import { defineRule } from '../../core/rule.ts';
import { type NamedStage, namedStages, renaming } from '../../dockerfile/stage-names.ts';
import type { DockerfileSubject } from '../subject.ts';

export const lowerCaseStageName = defineRule<DockerfileSubject, NamedStage>({
  id: 'dockerfile/lower-case-stage-name',
  meta: {
    summary: 'Write names of stages in lower case.',
    why: 'BuildKit makes no difference between upper and lower case here, and people do: `Build` and `build` look like two stages and are one. At each build it warns about the name.',
    fix: 'Writes the name in lower case, here and in every FROM, `--from=` and mount that uses it. The image is the same, and `--target` finds the stage as before.',
    off: 'Where other builders read the file that tell upper from lower case and are given the name from outside.',
    severity: 'hint',
    preset: 'all',
    since: '0.2.0',
    aliases: ['buildkit:StageNameCasing'],
    examples: [
      'FROM golang:1.23.3 AS Build\nFROM debian:12.7-slim\nCOPY --from=Build /shop /usr/bin/\n',
    ],
  },

  *check({ model }) {
    for (const named of namedStages(model)) {
      const { name, nameWord } = named;
      if (nameWord.text === name) continue;
      yield {
        span: nameWord.span,
        data: named,
        message: `The stage “${nameWord.text}” has upper case in its name, which BuildKit does not look at and warns about. Write ${name}.`,
      };
    }
  },

  fix: {
    safety: 'safe',
    build: ({ data: named }, { model }) => ({
      title: `Write ${named.name} in lower case`,
      edits: renaming(model, named, named.name),
    }),
  },
});
