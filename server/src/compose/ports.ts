/** The ports of a service, as far as its role depends on them. */
import type { Value } from './value.ts';

/** Container ports of `ports:` and `expose:`, in their short and long forms; ranges count by their first port. */
export function containerPortsOf(...lists: readonly (Value | undefined)[]): readonly number[] {
  const ports = lists.flatMap((list) =>
    list?.kind === 'seq' ? list.items.map(({ value }) => containerPortOf(value)) : [],
  );
  return [...new Set(ports.filter((port) => port !== undefined))];
}

function containerPortOf(item: Value): number | undefined {
  const value = item.kind === 'map' ? item.get('target')?.value : item;
  if (value?.kind !== 'scalar') return undefined;
  const match = /(?:^|:)(\d+)(?:-\d+)?(?:\/\w+)?$/.exec(value.text);
  return match ? Number(match[1]) : undefined;
}
