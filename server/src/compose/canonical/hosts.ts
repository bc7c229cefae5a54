/** `extra_hosts`: every host with an address as one text, `host=address`. */
import type { Entry, Item, Scalar, Value } from '../value.ts';
import { textOf } from './go-text.ts';
import { replaced } from './paths.ts';
import { refuse, type Scope } from './scope.ts';
import { texts } from './scalar-shapes.ts';
import { type Json, listed, type Shape } from './shape.ts';

export const extraHosts: Shape = {
  ...texts,
  make: (value, scope) => {
    if (value.kind === 'seq') return listed(value.items, value, (item) => fromList(item, scope));
    if (value.kind !== 'map') return value;
    return listed(value.entries.flatMap(fromEntry), value, (item) => [item]);
  },
  print: (value, format) => {
    const printed = texts.print(value, format);
    return Array.isArray(printed) ? [...(printed as Json[])].sort() : printed;
  },
};

function fromList(item: Item, scope: Scope): readonly Item[] {
  const { value } = item;
  if (value.kind !== 'scalar') return [item];
  const text = textOf(value);
  const at = text.includes('=') ? text.indexOf('=') : text.indexOf(':');
  if (at < 0) {
    refuse(
      scope,
      value,
      `"${text}" has no address. Expected HOST=ADDRESS here, such as db=10.0.0.5.`,
    );
    return value.open.length > 0 ? [item] : [];
  }
  return [{ ...item, value: hostAt(value, text.slice(0, at), text.slice(at + 1)) }];
}

function fromEntry({ key, value, via, steps }: Entry): readonly Item[] {
  const addresses: readonly Value[] =
    value.kind === 'seq' ? value.items.map((item) => item.value) : [value];
  return addresses.flatMap((address) =>
    address.kind === 'scalar'
      ? [{ value: hostAt(address, key, textOf(address)), own: via === 'own', steps }]
      : [],
  );
}

function hostAt(scalar: Scalar, host: string, address: string): Scalar {
  const bare = /^\[(.*)\]$/.exec(address)?.[1] ?? address;
  const text = `${host}=${bare}`;
  return text === scalar.value ? scalar : replaced(scalar, text);
}
