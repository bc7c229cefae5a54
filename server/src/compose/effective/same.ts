/** Whether two values say the same, wherever they are written. */
import type { MapValue, SeqValue, Value } from '../value.ts';

/** More is not compared: aliases inside aliases multiply. */
const BUDGET = 10_000;

/** Whether two values say the same. Very large ones are taken as different. */
export function sameValue(one: Value, other: Value): boolean {
  return same(one, other, { left: BUDGET });
}

interface Budget {
  left: number;
}

function same(one: Value, other: Value, budget: Budget): boolean {
  if (one === other) return true;
  if (budget.left-- <= 0) return false;
  if (one.kind === 'map') return other.kind === 'map' && sameMap(one, other, budget);
  if (one.kind === 'seq') return other.kind === 'seq' && sameSeq(one, other, budget);
  return other.kind === 'scalar' && one.value === other.value;
}

function sameMap(one: MapValue, other: MapValue, budget: Budget): boolean {
  return (
    one.entries.length === other.entries.length &&
    one.entries.every(({ key, value }) => {
      const counterpart = other.get(key);
      return counterpart !== undefined && same(value, counterpart.value, budget);
    })
  );
}

function sameSeq(one: SeqValue, other: SeqValue, budget: Budget): boolean {
  return (
    one.items.length === other.items.length &&
    one.items.every(({ value }, index) => {
      const counterpart = other.items[index];
      return counterpart !== undefined && same(value, counterpart.value, budget);
    })
  );
}
