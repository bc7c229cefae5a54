/** The `environment:` of a service, in both of its forms. */
import type { Entry, Scalar, Value } from './value.ts';

export interface Variable {
  readonly name: string;
  /** The text of the value, variables not yet replaced. */
  readonly text: string;
  readonly scalar: Scalar;
  /** Where in the scalar's text the value starts: behind `NAME=` in the list form. */
  readonly offset: number;
  /** May be edited where it stands: it is written in the service itself. */
  readonly own: boolean;
}

/** Variables with a value, from the service and what it extends; the nearest definition of a name counts. */
export function environmentOf(chain: readonly Value[]): readonly Variable[] {
  const found = new Map<string, Variable>();
  chain.forEach((service, depth) => {
    const entry = service.kind === 'map' ? service.get('environment') : undefined;
    for (const variable of variablesOf(entry, depth === 0)) {
      if (!found.has(variable.name)) found.set(variable.name, variable);
    }
  });
  return [...found.values()];
}

function variablesOf(entry: Entry | undefined, nearest: boolean): readonly Variable[] {
  if (!entry) return [];
  const own = nearest && entry.via === 'own';
  if (entry.value.kind === 'map') {
    return entry.value.entries.flatMap(({ key, value, via }) =>
      value.kind === 'scalar' && value.value !== null
        ? [{ name: key, text: value.text, scalar: value, offset: 0, own: own && via === 'own' }]
        : [],
    );
  }
  if (entry.value.kind !== 'seq') return [];
  return entry.value.items.flatMap(({ value: item, own: here }) => {
    const equals = item.kind === 'scalar' ? item.text.indexOf('=') : -1;
    if (item.kind !== 'scalar' || equals < 1) return [];
    const name = item.text.slice(0, equals);
    return [
      {
        name,
        text: item.text.slice(equals + 1),
        scalar: item,
        offset: equals + 1,
        own: own && here,
      },
    ];
  });
}
