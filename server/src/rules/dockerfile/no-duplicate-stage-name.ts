import { defineRule } from '../../core/rule.ts';
import { namedStages } from '../../dockerfile/stage-names.ts';
import type { DockerfileSubject } from '../subject.ts';

export const noDuplicateStageName = defineRule<DockerfileSubject, undefined>({
  id: 'dockerfile/no-duplicate-stage-name',
  meta: {
    summary: 'Give each stage a name of its own.',
    why: 'Of two stages with one name BuildKit takes the last for `COPY --from` and `--target`, whatever stands in between, and builds the other one for nothing; other builders stop. Upper and lower case make no difference.',
    fix: 'Nothing: which of them is meant where the name is used is known to you.',
    severity: 'warning',
    preset: 'recommended',
    since: '0.2.0',
    aliases: ['hadolint:DL3024', 'buildkit:DuplicateStageName'],
    examples: [
      'FROM node:22.11-slim AS build\nFROM golang:1.23.3 AS build\nFROM debian:12.7-slim\nCOPY --from=build /shop /usr/bin/\n',
    ],
  },

  *check({ model }) {
    const seen = new Map<string, number>();
    for (const { stage, name, nameWord } of namedStages(model)) {
      const first = seen.get(name);
      if (first === undefined) seen.set(name, stage.index);
      else
        yield {
          span: nameWord.span,
          data: undefined,
          message: `Stage ${String(first)} is called “${name}” already, and case makes no difference, so nobody can tell which of them a reference means. Give one of them another name.`,
        };
    }
  },
});
