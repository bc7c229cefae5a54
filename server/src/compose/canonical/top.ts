/** Networks, volumes, secrets, configs and models in their canonical form, each with the name that the engine knows. */
import { entryAt, mapValue, scalarValue } from '../make.ts';
import type { Refusal } from '../refusal.ts';
import type { Entry, MapValue, Value } from '../value.ts';
import { embedded } from './deploy.ts';
import { keyedTexts } from './keyed.ts';
import { byDefault, supplied } from './parts.ts';
import { resolved } from './paths.ts';
import type { CanonicalContext, Scope } from './scope.ts';
import { flag, text, texts, whole } from './scalar-shapes.ts';
import { isNull, kept, list, record, type Shape, withEntries, withEntry } from './shape.ts';

/** The top-level keys that hold what services refer to. */
export const RESOURCES = ['networks', 'volumes', 'secrets', 'configs', 'models'] as const;

export type ResourceKind = (typeof RESOURCES)[number];

const ipam = record({
  driver: text,
  config: list(record({ subnet: text, gateway: text, ip_range: text, aux_addresses: keyedTexts })),
});

const file: Shape = {
  ...text,
  make: (value, scope) =>
    value.kind === 'scalar' && value.value !== null ? resolved(value, scope) : value,
};

const content = {
  name: text,
  file,
  environment: text,
  content: text,
  external: flag,
  labels: keyedTexts,
  driver: text,
  driver_opts: keyedTexts,
  template_driver: text,
};

export const resourceShapes: Readonly<Record<ResourceKind, Shape>> = {
  networks: record({
    name: text,
    driver: text,
    driver_opts: keyedTexts,
    ipam: embedded(ipam),
    external: flag,
    internal: flag,
    attachable: flag,
    labels: keyedTexts,
    enable_ipv4: kept(flag),
    enable_ipv6: kept(flag),
  }),
  volumes: record({
    name: text,
    driver: text,
    driver_opts: keyedTexts,
    external: flag,
    labels: keyedTexts,
  }),
  secrets: record({ ...content, content: { ...text, isZero: () => true } }),
  configs: record(content),
  models: record({ name: text, model: text, context_size: whole, runtime_flags: texts }),
};

export interface CanonicalResource {
  readonly map: MapValue;
  readonly refusals: readonly Refusal[];
}

/** Pure, as `canonicalService` is. A resource about which nothing is said may be null. */
export function canonicalResource(
  kind: ResourceKind,
  entry: Entry,
  context: CanonicalContext,
): CanonicalResource {
  const scope: Scope = { context, refusals: [], service: undefined };
  const { value } = entry;
  const written = value.kind === 'map' ? value : mapValue(value, []);
  const made = resourceShapes[kind].make(withExternal(written), scope);
  const map = made?.kind === 'map' ? made : written;
  const placed = kind === 'volumes' ? withDevice(map, scope) : map;
  return {
    map: kind === 'models' ? placed : withName(placed, entry, context),
    refusals: scope.refusals,
  };
}

/** The old form `external: {name: …}` as the new one. */
function withExternal(map: MapValue): MapValue {
  const external = map.get('external');
  if (external?.value.kind !== 'map') return map;
  const inner = external.value.get('name');
  const own = map.get('name');
  const yes = { ...external, value: scalarValue(external.value, true) };
  const marked = withEntry(map, yes);
  return inner && !own ? withEntries(marked, [...marked.entries, inner]) : marked;
}

const isText = (map: MapValue, key: string, text: string): boolean => {
  const value = map.get(key)?.value;
  return value?.kind === 'scalar' && value.text === text;
};

/** A volume of the local driver with `o: bind` is a folder of the host. */
function withDevice(map: MapValue, scope: Scope): MapValue {
  const options = map.get('driver_opts');
  if (options?.value.kind !== 'map' || !isText(map, 'driver', 'local')) return map;
  const device = options.value.get('device');
  if (device?.value.kind !== 'scalar' || !isText(options.value, 'o', 'bind')) return map;
  const path = resolved(device.value, scope);
  if (path === device.value) return map;
  return withEntry(map, {
    ...options,
    value: withEntry(options.value, { ...device, value: path }),
  });
}

const EXTERNAL = byDefault('An external resource is called by its key where no name is given.');
const OWN = byDefault('A resource is called by the project and its key where no name is given.');

function withName(
  map: MapValue,
  { key, source, keySpan }: Entry,
  context: CanonicalContext,
): MapValue {
  const name = map.get('name');
  if (name && !isNull(name.value)) return map;
  const external = map.get('external')?.value;
  const isExternal = external?.kind === 'scalar' && external.value === true;
  const made = isExternal ? key : `${context.projectName}_${key}`;
  const entry = supplied({ source, span: keySpan }, 'name', made, isExternal ? EXTERNAL : OWN);
  return withEntry(map, entry);
}

const IMPLICIT = byDefault('Every project has a network "default" for services that name none.');

/** The network `default` of a project that does not describe it. */
export function defaultNetwork(place: Value): Entry {
  const value = scalarValue(place, null, { style: 'absent' });
  return entryAt(place, 'default', value, IMPLICIT);
}

/** Which resources a canonical service refers to, by kind. */
export function usedBy(service: MapValue): readonly (readonly [ResourceKind, string])[] {
  const build = service.get('build')?.value;
  return [
    ...keysOf(service.get('networks')?.value).map((name) => ['networks', name] as const),
    ...keysOf(service.get('models')?.value).map((name) => ['models', name] as const),
    ...volumesOf(service.get('volumes')?.value).map((name) => ['volumes', name] as const),
    ...sourcesOf(service.get('secrets')?.value).map((name) => ['secrets', name] as const),
    ...sourcesOf(service.get('configs')?.value).map((name) => ['configs', name] as const),
    ...sourcesOf(build?.kind === 'map' ? build.get('secrets')?.value : undefined).map(
      (name) => ['secrets', name] as const,
    ),
  ];
}

const keysOf = (value: Value | undefined): readonly string[] =>
  value?.kind === 'map' ? value.entries.map(({ key }) => key) : [];

const sourcesOf = (value: Value | undefined): readonly string[] =>
  value?.kind === 'seq' ? value.items.flatMap((item) => sourceOf(item.value)) : [];

function volumesOf(value: Value | undefined): readonly string[] {
  if (value?.kind !== 'seq') return [];
  return value.items.flatMap(({ value: mount }) =>
    mount.kind === 'map' && isText(mount, 'type', 'volume') ? sourceOf(mount) : [],
  );
}

function sourceOf(value: Value): readonly string[] {
  const source = value.kind === 'map' ? value.get('source')?.value : undefined;
  return source?.kind === 'scalar' && source.text !== '' ? [source.text] : [];
}
