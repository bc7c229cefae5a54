/** The `environment:` of a service, in both of its forms. */
import type { Source } from '../core/source.ts';
import type { Entry, Scalar } from './value.ts';

export interface Variable {
  readonly name: string;
  /** The text of the value as it is written, variables not yet replaced. */
  readonly text: string;
  readonly scalar: Scalar;
  /** Where in the scalar's text the value starts: behind `NAME=` in the list form. */
  readonly offset: number;
  /** May be edited where it stands: it is written in the service itself. */
  readonly own: boolean;
}

/** Variables with a value. */
export function environmentOf(entry: Entry | undefined, source: Source): readonly Variable[] {
  if (entry?.value.kind === 'map') {
    return entry.value.entries.flatMap(({ key, value, via, source: written }) =>
      value.kind === 'scalar' && value.value !== null
        ? [
            {
              name: key,
              text: value.template ?? value.text,
              scalar: value,
              offset: 0,
              own: entry.via === 'own' && via === 'own' && written === source,
            },
          ]
        : [],
    );
  }
  if (entry?.value.kind !== 'seq') return [];
  return entry.value.items.flatMap(({ value: item, own }) => {
    const text = item.kind === 'scalar' ? (item.template ?? item.text) : '';
    const equals = text.indexOf('=');
    if (item.kind !== 'scalar' || equals < 1) return [];
    return [
      {
        name: text.slice(0, equals),
        text: text.slice(equals + 1),
        scalar: item,
        offset: equals + 1,
        own: entry.via === 'own' && own && item.source === source,
      },
    ];
  });
}
