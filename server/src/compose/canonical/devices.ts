/** Devices of the host, graphics cards, and limits of processes. */
import { entryAt, mapValue, scalarValue } from '../make.ts';
import type { Value } from '../value.ts';
import { textOf } from './go-text.ts';
import { keyedTexts } from './keyed.ts';
import { byDefault, partsOf, supplied } from './parts.ts';
import { replaced } from './paths.ts';
import { refuse, type Scope } from './scope.ts';
import { listOf, size, text, texts, textOrTexts, whole } from './scalar-shapes.ts';
import { each, isNull, list, printAny, record, type Shape, withEntries } from './shape.ts';

const longDevice = record({ source: text, target: text, permissions: text });

const ALL_RIGHTS = byDefault(
  'A device may be read, written and made anew where no permissions are given.',
);

export const devices: Shape = list({
  ...longDevice,
  make: (value, scope) =>
    value.kind === 'scalar' && !isNull(value)
      ? shortDevice(value, scope)
      : longDevice.make(value, scope),
});

function shortDevice(scalar: Extract<Value, { kind: 'scalar' }>, scope: Scope): Value | undefined {
  const [source, target, permissions, ...more] = partsOf(scalar, ':');
  if (!source || more.length > 0) {
    refuse(
      scope,
      scalar,
      `"${textOf(scalar)}" has too many colons. Expected HOST[:CONTAINER[:PERMISSIONS]] here, such as /dev/ttyUSB0:/dev/ttyUSB0:rw.`,
    );
    return scalar.open.length > 0 ? scalar : undefined;
  }
  const inside = target && (target.text !== '' || target.open.length > 0) ? target : source;
  return mapValue(scalar, [
    entryAt(scalar, 'source', source),
    entryAt(scalar, 'target', inside),
    permissions
      ? entryAt(scalar, 'permissions', permissions)
      : supplied(scalar, 'permissions', 'rwm', ALL_RIGHTS),
  ]);
}

/** -1 stands for all. */
const count: Shape = {
  ...whole,
  make: (value, scope) => {
    if (value.kind !== 'scalar' || typeof value.value !== 'string') return whole.make(value, scope);
    if (value.value.toLowerCase() === 'all') return replaced(value, -1);
    if (/^[-+]?\d+$/.test(value.value)) return replaced(value, Number(value.value));
    refuse(scope, value, `Expected "all" or a number of devices here, not "${value.value}".`);
    return value;
  },
};

const longRequest = record({
  capabilities: texts,
  driver: text,
  count,
  device_ids: texts,
  options: keyedTexts,
});

const ALL = byDefault('All devices are asked for where neither a number nor ids are given.');

/** Devices that a service reserves, by what they can do. */
export const deviceRequests: Shape = list({
  ...longRequest,
  make: (value, scope) => {
    const made = longRequest.make(value, scope);
    if (made?.kind !== 'map') return made;
    const number = made.get('count');
    const ids = made.get('device_ids');
    if (number || ids) return made;
    return withEntries(made, [...made.entries, supplied(made, 'count', -1, ALL)]);
  },
});

export const gpus: Shape = {
  ...deviceRequests,
  make: (value, scope) => {
    if (value.kind !== 'scalar' || isNull(value)) return deviceRequests.make(value, scope);
    return listOf(
      mapValue(value, [entryAt(value, 'count', scalarValue(value, -1, { open: value.open }))]),
    );
  },
};

const limits = record({ soft: whole, hard: whole });

/** One limit for both, or a soft and a hard one. */
export const ulimits: Shape = each({
  make: (value, scope) => (value.kind === 'map' ? limits : whole).make(value, scope),
  print: (value, format) => {
    const isNone = value.kind === 'scalar' && value.value === 0;
    if (value.kind !== 'map' && !isNone) return printAny(value);
    const printed = value.kind === 'map' ? (limits.print(value, 'json') as object) : {};
    return format === 'yaml' ? { soft: 0, hard: 0, ...printed } : { ...printed };
  },
});

const throttle = (key: 'Weight' | 'Rate', shape: Shape): Shape =>
  list(
    record({
      path: { shape: text, json: 'Path' },
      [key.toLowerCase()]: { shape, json: key },
    }),
  );

export const blockIo: Shape = record({
  weight: whole,
  weight_device: throttle('Weight', whole),
  device_read_bps: throttle('Rate', size),
  device_read_iops: throttle('Rate', size),
  device_write_bps: throttle('Rate', size),
  device_write_iops: throttle('Rate', size),
});

/** `dns` leaves out empty texts. */
export const nameservers: Shape = {
  ...textOrTexts,
  make: (value, scope) => {
    const made = textOrTexts.make(value, scope);
    if (made?.kind !== 'seq') return made;
    const named = made.items.filter(
      (item) => item.value.kind !== 'scalar' || item.value.text !== '',
    );
    return named.length === made.items.length ? made : { ...made, items: named };
  },
};
