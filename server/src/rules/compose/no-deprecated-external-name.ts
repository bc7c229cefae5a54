import { descend, textOf } from '../../compose/model.ts';
import { sectionNames } from '../../compose/effective/merged.ts';
import type { Entry, MapValue, Value } from '../../compose/value.ts';
import { defineRule } from '../../core/rule.ts';
import type { ProjectSubject } from '../subject.ts';

interface Data {
  readonly key: string;
  readonly declared: MapValue;
  readonly external: Entry;
  readonly name: Entry;
}

export const noDeprecatedExternalName = defineRule<ProjectSubject, Data>({
  id: 'compose/no-deprecated-external-name',
  meta: {
    summary: 'Write the name of an external thing beside `external: true`.',
    why: 'A name below `external` is the form of old versions. Compose still reads it, warns at every command, and other tools for the Compose specification no longer know it.',
    fix: 'Writes `external: true` and `name` beside it.',
    off: 'Where Compose 1 with a file format below 3.5 reads the file.',
    severity: 'info',
    preset: 'recommended',
    since: '0.2.0',
    aliases: ['compose-go:external-name-deprecated'],
    examples: [
      'services:\n  web:\n    image: nginx:1.27\n    networks: [proxy]\nnetworks:\n  proxy:\n    external:\n      name: traefik\n',
    ],
  },

  *check({ project: { file } }) {
    for (const root of file.documents) {
      for (const section of sectionNames) {
        for (const { key, value } of entriesOf(descend(root, [section])?.value)) {
          const external = descend(value, ['external']);
          const name = external && descend(external.value, ['name']);
          if (!name || value.kind !== 'map') continue;
          yield {
            span: name.keySpan,
            source: name.source,
            data: { key, declared: value, external, name },
            message: `A name below external is deprecated, and Compose warns about ${key}. Write external: true, and name beside it.`,
          };
        }
      }
    }
  },

  fix: {
    safety: 'safe',
    build: ({ data }) => {
      if (!isPlain(data)) return undefined;
      const { key, declared, external, name } = data;
      const { source, keySpan, value } = external;
      // From behind the key to the one below it: what was nested moves up by being what follows.
      const { text } = source;
      const column = keySpan.start - text.lastIndexOf('\n', keySpan.start) - 1;
      const between = declared.flow
        ? ', '
        : `${text.includes('\r\n') ? '\r\n' : '\n'}${' '.repeat(column)}`;
      const written = text.slice(name.value.span.start, name.value.span.end);
      const isFlow = value.kind === 'map' && value.flow;
      const end = isFlow ? value.span.end : name.value.span.end;
      return {
        title: `Write the name of ${key} beside external: true`,
        edits: [
          {
            source,
            span: { start: keySpan.end, end },
            newText: `: true${between}name: ${written}`,
          },
        ],
      };
    },
  },
});

/** The name is all that stands there, and it stands there itself. */
function isPlain({ declared, external, name }: Data): boolean {
  const { source, value, via } = external;
  const isOwn = via === 'own' && name.via === 'own' && name.source === source;
  if (!isOwn || value.kind !== 'map' || value.anchor !== undefined) return false;
  return value.entries.length === 1 && !declared.get('name') && textOf(name) !== undefined;
}

const entriesOf = (value: Value | undefined): readonly Entry[] =>
  value?.kind === 'map' ? value.entries : [];
