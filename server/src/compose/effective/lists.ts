/** Lists that come back as the same object where each item does. */

/** The list with each item changed. */
export function mapped<T>(list: readonly T[], change: (one: T) => T): readonly T[] {
  return flatMapped(list, change);
}

/** The list with each item changed, or taken out where `change` gives undefined. */
export function flatMapped<T>(list: readonly T[], change: (one: T) => T | undefined): readonly T[] {
  let changed: T[] | undefined;
  for (let index = 0; index < list.length; index++) {
    const before = list[index] as T;
    const after = change(before);
    if (after !== before) changed ??= list.slice(0, index);
    if (changed && after !== undefined) changed.push(after);
  }
  return changed ?? list;
}
