/** What a service refers to by name: services it waits for, networks, secrets, configs, models. */
import type { Place } from '../../core/source.ts';
import { entryAt, mapValue, scalarValue } from '../make.ts';
import type { Entry, Item, MapValue, Scalar, Step, Value } from '../value.ts';
import { textOf } from './go-text.ts';
import { keyedTexts } from './keyed.ts';
import { byDefault, partOf, supplied, viaOf } from './parts.ts';
import { flag, text, texts, whole } from './scalar-shapes.ts';
import type { Scope } from './scope.ts';
import { each, isNull, kept, list, record, type Shape, withEntries, withEntry } from './shape.ts';

/** A list of names as a mapping from each name to what `value` makes of it. */
function named(shape: Shape, value: (name: Scalar) => Value): Shape {
  return {
    ...shape,
    make: (written, scope) => shape.make(fromNames(written, value), scope),
  };
}

function fromNames(written: Value, value: (name: Scalar) => Value): Value {
  if (written.kind !== 'seq') return written;
  const entries = written.items.flatMap((item: Item): readonly Entry[] =>
    item.value.kind === 'scalar'
      ? [
          {
            ...entryAt(item.value, textOf(item.value), value(item.value), item.steps),
            via: viaOf(item),
          },
        ]
      : [],
  );
  return mapValue(written, entries);
}

const nothing = (name: Scalar): Scalar => scalarValue(name, null, { open: name.open });

/** The networks of a service; null where it joins one without saying more. */
export const attachments: Shape = named(
  each(
    record({
      priority: whole,
      gw_priority: whole,
      aliases: texts,
      ipv4_address: text,
      ipv6_address: text,
      link_local_ips: texts,
      mac_address: text,
      interface_name: text,
      driver_opts: keyedTexts,
    }),
  ),
  nothing,
);

export const serviceModels: Shape = named(
  each(record({ endpoint_var: text, model_var: text })),
  nothing,
);

const dependency = record({ condition: text, restart: flag, required: kept(flag) });

const STARTED = byDefault(
  'A service waits for another to have started where no condition is given.',
);
const NEEDED = byDefault('A dependency has to be there where "required" is not given.');

const dependencyDefaults = (place: Place): readonly Entry[] => [
  supplied(place, 'condition', 'service_started', STARTED),
  supplied(place, 'required', true, NEEDED),
];

export const dependencies: Shape = named(
  each({
    ...dependency,
    make: (value, scope) => {
      const made = dependency.make(value, scope);
      if (made?.kind !== 'map') return made;
      const missing = dependencyDefaults(made).filter(({ key }) => !made.get(key));
      return missing.length === 0 ? made : withEntries(made, [...made.entries, ...missing]);
    },
  }),
  (name) => mapValue(name, dependencyDefaults(name)),
);

/** The service with the dependencies that links, shared namespaces and `volumes_from` imply. */
export function withImplied(service: MapValue): MapValue {
  const implied = [...linked(service), ...joined(service), ...borrowed(service)];
  const [first] = implied;
  if (!first) return service;
  const own =
    service.get('depends_on') ?? entryAt(first.scalar, 'depends_on', mapValue(first.scalar, []));
  if (own.value.kind !== 'map') return service;
  const entries = new Map(own.value.entries.map((entry) => [entry.key, entry]));
  for (const one of implied) {
    if (!entries.has(one.name)) entries.set(one.name, impliedEntry(one));
  }
  if (entries.size === own.value.entries.length) return service;
  return withEntry(service, { ...own, value: withEntries(own.value, [...entries.values()]) });
}

interface Implied {
  readonly name: string;
  readonly scalar: Scalar;
  readonly restart: boolean;
  readonly steps: readonly Step[];
}

function impliedEntry({ name, scalar, restart, steps }: Implied): Entry {
  const entries = restart
    ? [...dependencyDefaults(scalar), supplied(scalar, 'restart', true, steps)]
    : dependencyDefaults(scalar);
  return entryAt(scalar, name, mapValue(scalar, entries), steps);
}

const LINK = byDefault('A service waits for those that it links to.');
const NAMESPACE = byDefault('A service waits for the one whose namespace it joins.');
const VOLUMES = byDefault('A service waits for those whose volumes it takes over.');

function linked(service: MapValue): readonly Implied[] {
  return scalarsOf(service.get('links')?.value).map((scalar) => {
    const parts = scalar.text.split(':');
    const name = parts.length === 2 ? (parts[0] ?? '') : scalar.text;
    return { name, scalar, restart: true, steps: LINK };
  });
}

function joined(service: MapValue): readonly Implied[] {
  return ['network_mode', 'ipc', 'pid', 'uts', 'cgroup'].flatMap((key) => {
    const value = service.get(key)?.value;
    return value?.kind === 'scalar' && value.text.startsWith('service:')
      ? [{ name: value.text.slice(8), scalar: value, restart: true, steps: NAMESPACE }]
      : [];
  });
}

function borrowed(service: MapValue): readonly Implied[] {
  return scalarsOf(service.get('volumes_from')?.value)
    .filter((scalar) => !scalar.text.startsWith('container:'))
    .map((scalar) => {
      const [name = ''] = scalar.text.split(':');
      return { name, scalar, restart: false, steps: VOLUMES };
    });
}

const scalarsOf = (value: Value | undefined): readonly Scalar[] =>
  value?.kind === 'seq'
    ? value.items.flatMap((item) => (item.value.kind === 'scalar' ? [item.value] : []))
    : [];

const file = record({ source: text, target: text, uid: text, gid: text, mode: whole });

/** Configs, and the secrets of a build. */
export const files: Shape = list({ ...file, make: makeFile });

const IN_RUN = byDefault('A secret lies in /run/secrets under its name where no target is given.');

/** Secrets of a service, which have a target in any case. */
export const secrets: Shape = list({
  ...file,
  make: (value, scope) => {
    const made = makeFile(value, scope);
    if (made.kind !== 'map' || made.get('target')) return made;
    const source = made.get('source')?.value;
    const name = source?.kind === 'scalar' ? source.text : '';
    return withEntries(made, [
      ...made.entries,
      supplied(value, 'target', `/run/secrets/${name}`, IN_RUN),
    ]);
  },
});

function makeFile(value: Value, scope: Scope): Value {
  if (value.kind === 'scalar' && !isNull(value)) {
    return mapValue(value, [entryAt(value, 'source', partOf(value, textOf(value)))]);
  }
  return value.kind === 'map' ? (file.make(value, scope) ?? value) : value;
}
