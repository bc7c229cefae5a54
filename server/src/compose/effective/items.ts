/** Items of lists that Compose refuses although the schema takes them. */
import type { Refusal } from '../refusal.ts';
import type { MapValue, Value } from '../value.ts';

/** What Compose refuses of the lists of a service. */
export function refusedItems(service: MapValue, name: string): readonly Refusal[] {
  return itemsAt(service, 'expose')
    .filter((item) => !isExposable(item))
    .map((item) =>
      refusal(
        item,
        name,
        'Compose takes only whole numbers and texts here. Write a port, such as "8080".',
      ),
    );
}

function itemsAt(service: MapValue, key: string): readonly Value[] {
  const value = service.get(key)?.value;
  return value?.kind === 'seq' ? value.items.map((item) => item.value) : [];
}

function isExposable(item: Value): boolean {
  if (item.kind !== 'scalar' || item.tag === 'reset') return true;
  return typeof item.value === 'string' || Number.isInteger(item.value);
}

function refusal({ source, span }: Value, service: string, message: string): Refusal {
  return { rule: 'compose/schema', message, place: { source, span }, service };
}
