import { defineRule } from '../../core/rule.ts';
import type { Instruction } from '../../dockerfile/model.ts';
import { withoutContinuations, wordsIn } from '../../dockerfile/words.ts';
import type { DockerfileSubject } from '../subject.ts';

export const noMaintainer = defineRule<DockerfileSubject, Instruction>({
  id: 'dockerfile/no-maintainer',
  meta: {
    summary: 'Name the authors of an image in a label.',
    why: 'MAINTAINER has been deprecated since Docker 1.13: BuildKit warns at every build, and programs that list images and their owners read the label org.opencontainers.image.authors instead.',
    fix: 'Writes the label with the same text in its place. Nothing, where the stage has that label already: take the MAINTAINER out then.',
    severity: 'warning',
    preset: 'recommended',
    since: '0.2.0',
    aliases: [
      'hadolint:DL4000',
      'buildkit:MaintainerDeprecated',
      'trivy:DS-0022',
      'checkov:CKV_DOCKER_6',
      'kics:99614418-f82b-4852-a9ae-5051402b741c',
      'kics:maintainer_instruction_being_used',
      'dockerfile-utils:DEPRECATED_MAINTAINER',
    ],
    examples: ['FROM debian:12.7-slim\nMAINTAINER Ada Lovelace <ada@example.com>\n'],
  },

  *check({ model }) {
    for (const { instructions } of model.stages)
      for (const instruction of instructions)
        if (instruction.keyword === 'MAINTAINER')
          yield {
            span: instruction.keywordSpan,
            data: instruction,
            message: `MAINTAINER is deprecated, and programs that look for the authors of an image do not read it. Write LABEL ${LABEL}="…" instead.`,
          };
  },

  fix: {
    safety: 'safe',
    build: ({ data: maintainer }, { model: { text, stages } }) => {
      const authors = authorsOf(maintainer);
      const stage = stages.findLast(({ from }) => from.span.end <= maintainer.span.start);
      const isLabelled = stage?.instructions.some(({ properties }) =>
        properties.some(({ name }) => name === LABEL),
      );
      if (authors === '' || isLabelled) return undefined;
      const { start, end } = maintainer.keywordSpan;
      const keyword = text.slice(start, end) === 'maintainer' ? 'label' : 'LABEL';
      return {
        title: 'Name the authors in a label',
        edits: [
          {
            span: maintainer.span,
            newText: `${keyword} ${LABEL}="${escaped(authors, maintainer.code.escape)}"`,
          },
        ],
      };
    },
  },
});

const LABEL = 'org.opencontainers.image.authors';

/** On one line; MAINTAINER takes quotes for a part of the name, which nobody means who puts them around it. */
function authorsOf({ code }: Instruction): string {
  const [word, another] = wordsIn(code);
  if (word?.quoted && !another) return word.text;
  return withoutContinuations(code.code, code.escape).trim().replace(/\s+/g, ' ');
}

/** For double quotes, where variables are filled in; MAINTAINER fills in none. */
const escaped = (name: string, escape: string): string =>
  name.replace(/["$\\`]/g, (character) =>
    character === '"' || character === '$' || character === escape ? escape + character : character,
  );
