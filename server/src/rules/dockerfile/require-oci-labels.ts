import { defineRule } from '../../core/rule.ts';
import { insertBeforeStart } from '../../dockerfile/insert.ts';
import type { DockerfileSubject } from '../subject.ts';

export const requireOciLabels = defineRule<DockerfileSubject, readonly string[]>({
  id: 'dockerfile/require-oci-labels',
  meta: {
    summary: 'Label the image with its title, version and source.',
    why: 'Without labels nobody can tell from a running container which version it is, or where its code lies.',
    fix: 'Adds the missing labels in front of what starts the program. The title is read off the folder and the file’s name; what only the build knows comes from build arguments. Which labels are wanted is decided by `labels` in `.dockwright.yaml`.',
    severity: 'info',
    preset: 'recommended',
    since: '0.1.0',
    aliases: ['hadolint:DL3049'],
    examples: [
      'FROM node:22.11-slim\nUSER node\nHEALTHCHECK CMD node check.js\nCMD ["node", "server.js"]\n',
    ],
  },

  *check({ final, settings }) {
    const present = new Set(
      final.instructions
        .filter(({ keyword }) => keyword === 'LABEL')
        .flatMap(({ properties }) => properties.map(({ name }) => name)),
    );
    const missing = settings.labels.filter((label) => !present.has(label));
    if (missing.length === 0) return;
    yield {
      span: final.stage.from.span,
      data: missing,
      message: `The image lacks ${missing.length === 1 ? 'the label' : 'the labels'} ${missing.join(', ')}, so nobody can tell what runs. Add LABEL.`,
    };
  },

  fix: {
    safety: 'safe',
    build: ({ data: missing }, { model, final: { stage }, title }) => {
      const values = missing.map((label) => valueOf(label, title));
      const lines = [
        ...values.flatMap(({ argument }) =>
          argument === undefined ? [] : [`ARG ${argument}=unknown`],
        ),
        ...values.map(({ value }, index) => {
          const start = index === 0 ? 'LABEL ' : '      ';
          return `${start}${missing[index] ?? ''}="${value}"${index < values.length - 1 ? ` ${model.escape}` : ''}`;
        }),
      ];
      const edit = insertBeforeStart(model, stage, lines);
      if (!edit) return undefined;
      const owed = values.flatMap(({ argument }) => (argument === undefined ? [] : [argument]));
      return {
        title: `Add ${missing.length === 1 ? 'the label' : 'the labels'} ${missing.map((label) => label.slice(label.lastIndexOf('.') + 1)).join(', ')}`,
        edits: [edit],
        ...(owed.length > 0 && {
          answer: `Pass ${owed.map((name) => `--build-arg ${name}=…`).join(' ')} when you build; until then the labels say unknown.`,
        }),
      };
    },
  },
});

/** The title can be read off the place of the file; everything else only the build knows, and an argument asks it. */
function valueOf(
  label: string,
  title: string,
): { readonly value: string; readonly argument?: string } {
  const last = label.slice(label.lastIndexOf('.') + 1);
  if (last === 'title') return { value: title.replace(/["\\$]/g, '') };
  const argument = `IMAGE_${last.replace(/\W+/g, '_').toUpperCase()}`;
  return { value: `\${${argument}}`, argument };
}
