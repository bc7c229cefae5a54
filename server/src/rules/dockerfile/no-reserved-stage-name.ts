import { defineRule } from '../../core/rule.ts';
import { type NamedStage, namedStages, renaming } from '../../dockerfile/stage-names.ts';
import type { DockerfileSubject } from '../subject.ts';

export const noReservedStageName = defineRule<DockerfileSubject, NamedStage>({
  id: 'dockerfile/no-reserved-stage-name',
  meta: {
    summary: 'Call no stage `scratch` or `context`.',
    why: '`scratch` is the empty image, and `context` is what the build is sent: a stage of that name cannot be told from them, so a later `FROM scratch` or `--from=context` may not be what its author meant.',
    fix: 'Appends `-stage` to the name, here and wherever else it is written. Where `FROM scratch` follows, it changes nothing: that may mean the empty image.',
    severity: 'warning',
    preset: 'recommended',
    since: '0.2.0',
    aliases: ['hadolint:DL3063', 'buildkit:ReservedStageName'],
    examples: ['FROM debian:12.7-slim AS context\nFROM context\nUSER nobody\n'],
  },

  *check({ model }) {
    for (const named of namedStages(model)) {
      const { name, nameWord } = named;
      if (name !== 'scratch' && name !== 'context') continue;
      yield {
        span: nameWord.span,
        data: named,
        message: `“${nameWord.text}” is the name of ${name === 'scratch' ? 'the empty image' : 'what the build is sent'}, so it can mean two things. Give the stage another name.`,
      };
    }
  },

  fix: {
    safety: 'unsafe',
    build: ({ data: named }, { model }) => {
      const newName = `${named.name}-stage`;
      const others = namedStages(model).filter(({ stage }) => stage !== named.stage);
      const isTaken = others.some(({ name }) => name === named.name || name === newName);
      const later = model.stages.slice(named.stage.index + 1);
      const isEmptyImage = later.some(({ base }) => base === 'scratch' && base === named.name);
      if (isTaken || isEmptyImage) return undefined;
      return {
        title: `Rename the stage to ${newName}`,
        edits: renaming(model, named, newName),
        answer: `Write ${newName} wherever the stage is named outside of this file: --target, and target in Compose files.`,
      };
    },
  },
});
