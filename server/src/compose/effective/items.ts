/** Items of lists that Compose cannot tell apart, because they do not say what they are about. */
import type { Refusal } from '../refusal.ts';
import type { MapValue, Value } from '../value.ts';

/** Keys whose items need a target, with what it is. */
const targets = {
  ports: 'the port inside of the container',
  volumes: 'the path inside of the container',
  devices: 'the path inside of the container',
} as const;

/** What Compose refuses of the lists of a service. */
export function refusedItems(service: MapValue, name: string): readonly Refusal[] {
  return [
    ...Object.entries(targets).flatMap(([key, what]) =>
      itemsAt(service, key)
        .filter((item) => item.kind === 'map' && item.get('target') === undefined)
        .map((item) =>
          refusal(
            item,
            name,
            `This item of ${key} has no target, so Compose refuses it. Add target, which is ${what}.`,
          ),
        ),
    ),
    ...itemsAt(service, 'expose')
      .filter((item) => !isExposable(item))
      .map((item) =>
        refusal(
          item,
          name,
          'Compose takes only whole numbers and texts here. Write a port, such as "8080".',
        ),
      ),
  ];
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
