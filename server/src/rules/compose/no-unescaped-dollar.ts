import { isForContainer, type OpenVariable } from '../../compose/facts/variables.ts';
import { variablesIn } from '../../core/interpolate.ts';
import { asText, writtenAt } from '../../compose/written.ts';
import { defineRule } from '../../core/rule.ts';
import type { Source } from '../../core/source.ts';
import { exampleNames } from '../../project/env-example.ts';
import type { ProjectSubject } from '../subject.ts';
import { openVariables, placeOf } from './open-variables.ts';

export const noUnescapedDollar = defineRule<ProjectSubject, OpenVariable>({
  id: 'compose/no-unescaped-dollar',
  meta: {
    summary: 'Write `$$` for a dollar sign that is meant for the container.',
    why: 'Compose fills in `$NAME` before the container sees it, from its own environment, where nothing sets it: the command runs with an empty text in its place. In passwords and hashes what follows the dollar sign is lost.',
    fix: 'Doubles the dollar sign, so that the container gets one.',
    off: 'Where the variable is exported wherever Compose is run. Only variables that the container has, that the command itself sets, or that stand in a file or hash are reported.',
    severity: 'warning',
    preset: 'recommended',
    since: '0.2.0',
    aliases: [],
    examples: [
      'services:\n  backup:\n    image: alpine:3.20\n    command: sh -c "tar cf /backup/$STAMP.tar /data"\n    environment:\n      STAMP: nightly\n',
    ],
  },

  *check(subject) {
    let examples: ReadonlySet<string> | undefined;
    const seen = new Map<Source, Set<string>>();
    for (const { variable, service, isSetThere } of openVariables(subject)) {
      if (!isForContainer(variable, isSetThere)) continue;
      examples ??= exampleNames(subject.project, subject.files);
      if (examples.has(variable.name)) continue;
      const { source, span } = placeOf(variable);
      const known = seen.get(source) ?? new Set();
      seen.set(source, known);
      const key = keyOf(variable);
      if (known.has(key)) continue;
      known.add(key);
      yield {
        span,
        source,
        data: variable,
        ...(service && { service: service.name }),
        message: messageFor(variable),
      };
    }
  },

  fix: {
    safety: 'unsafe',
    build: ({ data }, { project }) => {
      const { scalar, name, kind } = data;
      const parts = kind === 'label' ? variablesIn(asText(scalar)) : data.parts;
      const spans = parts.flatMap(({ span }) => writtenAt(scalar, span) ?? []);
      if (spans.length < parts.length || scalar.source.file !== project.file.file) return undefined;
      return {
        title: kind === 'label' ? 'Double each dollar sign' : `Write $$${name}`,
        edits: spans.map(({ start }) => ({
          span: { start, end: start },
          source: scalar.source,
          newText: '$',
        })),
      };
    },
  },
});

/** A hash is one mistake, however many dollar signs it has. */
const keyOf = ({ scalar, name, kind }: OpenVariable): string =>
  `${scalar.span.start} ${kind === 'label' ? '' : name}`;

function messageFor({ name, kind }: OpenVariable): string {
  // The parts of a hash are nobody's business.
  return kind === 'label'
    ? 'Compose takes what follows each dollar sign of this hash for a variable, and nothing sets it, so most of the hash is lost. Write $$ for each.'
    : `Compose fills in $${name} itself, and nothing sets it there, so the container gets an empty text. Write $$${name} for the one in the container.`;
}
