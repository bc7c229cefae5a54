/** Reads canonical services as plain objects, for rules that judge them. */
import type { Place } from '../../core/source.ts';
import type { Entry, MapValue, Scalar, Value } from '../value.ts';
import { parseDuration } from './duration.ts';

/** A value that is given. `value` is undefined where only the environment knows it, and then nothing may be concluded. */
export interface Given<T> {
  readonly value: T | undefined;
  readonly place: Place;
  /** Where it comes from: its text, its template, its open variables. */
  readonly scalar: Scalar;
}

export interface Port {
  readonly place: Place;
  readonly map: MapValue;
  /** The port inside of the container. */
  readonly target: Given<number> | undefined;
  /** The port or the range of ports of the host, `8080` or `8000-8010`; undefined where the engine chooses. */
  readonly published: Given<string> | undefined;
  readonly address: Given<string> | undefined;
  readonly protocol: Given<string> | undefined;
  readonly mode: Given<string> | undefined;
}

export interface Mount {
  readonly place: Place;
  readonly map: MapValue;
  readonly type: Given<string> | undefined;
  /** An absolute path for a bind mount, the key of a volume, or undefined for an anonymous volume. */
  readonly source: Given<string> | undefined;
  readonly target: Given<string> | undefined;
  /** Undefined where nobody decided. */
  readonly readOnly: Given<boolean> | undefined;
}

/** A name with a value: a variable, a label, an option. */
export interface Pair {
  readonly place: Place;
  readonly entry: Entry;
  readonly name: string;
  /** Undefined where the name has no value that could be found. */
  readonly value: Given<string> | undefined;
}

export interface Attachment {
  readonly place: Place;
  readonly entry: Entry;
  readonly name: string;
  readonly aliases: readonly Given<string>[];
}

export interface Dependency {
  readonly place: Place;
  readonly entry: Entry;
  readonly name: string;
  readonly condition: Given<string> | undefined;
  readonly required: Given<boolean> | undefined;
  /** Not written below `depends_on`: a link, a shared namespace or `volumes_from` implies it. */
  readonly implied: boolean;
}

/** A secret or a config of a service. */
export interface FileReference {
  readonly place: Place;
  readonly map: MapValue;
  readonly source: Given<string> | undefined;
  readonly target: Given<string> | undefined;
}

export interface EnvFileReference {
  readonly place: Place;
  readonly map: MapValue;
  /** Absolute. */
  readonly path: Given<string> | undefined;
  readonly required: Given<boolean> | undefined;
}

export interface HealthCheck {
  readonly place: Place;
  readonly entry: Entry;
  /** Switched off by `disable: true` or by the test `NONE`. */
  readonly disabled: boolean;
  /** `CMD` or `CMD-SHELL` first; empty where the one of the image counts. */
  readonly test: readonly Given<string>[];
  readonly interval: Given<number> | undefined;
  readonly timeout: Given<number> | undefined;
  readonly startPeriod: Given<number> | undefined;
  readonly startInterval: Given<number> | undefined;
  readonly retries: Given<number> | undefined;
}

export function portsOf(service: MapValue): readonly Port[] {
  return mapsOf(service, 'ports').map((map) => ({
    place: placeOf(map),
    map,
    target: numberAt(map, 'target'),
    published: textAt(map, 'published'),
    address: textAt(map, 'host_ip'),
    protocol: textAt(map, 'protocol'),
    mode: textAt(map, 'mode'),
  }));
}

export function mountsOf(service: MapValue): readonly Mount[] {
  return mapsOf(service, 'volumes').map((map) => ({
    place: placeOf(map),
    map,
    type: textAt(map, 'type'),
    source: textAt(map, 'source'),
    target: textAt(map, 'target'),
    readOnly: flagAt(map, 'read_only'),
  }));
}

/** Variables of the service's own, of its env files, and of the project's environment where only a name is given. */
export const environmentOf = (service: MapValue): readonly Pair[] =>
  pairsOf(service, 'environment');

export const labelsOf = (service: MapValue): readonly Pair[] => pairsOf(service, 'labels');

/** The pairs of any mapping of names to texts. */
function pairsOf(map: MapValue, ...path: readonly string[]): readonly Pair[] {
  return entriesAt(map, path).map((entry) => ({
    place: keyPlace(entry),
    entry,
    name: entry.key,
    value: givenText(entry.value),
  }));
}

export function networksOf(service: MapValue): readonly Attachment[] {
  return entriesAt(service, ['networks']).map((entry) => ({
    place: keyPlace(entry),
    entry,
    name: entry.key,
    aliases: entry.value.kind === 'map' ? textsAt(entry.value, 'aliases') : [],
  }));
}

export function dependenciesOf(service: MapValue): readonly Dependency[] {
  return entriesAt(service, ['depends_on']).map((entry) => ({
    place: keyPlace(entry),
    entry,
    name: entry.key,
    condition: entry.value.kind === 'map' ? textAt(entry.value, 'condition') : undefined,
    required: entry.value.kind === 'map' ? flagAt(entry.value, 'required') : undefined,
    implied: entry.steps[0]?.kind === 'default',
  }));
}

export const secretsOf = (service: MapValue): readonly FileReference[] =>
  filesOf(service, 'secrets');

export const configsOf = (service: MapValue): readonly FileReference[] =>
  filesOf(service, 'configs');

function filesOf(service: MapValue, key: string): readonly FileReference[] {
  return mapsOf(service, key).map((map) => ({
    place: placeOf(map),
    map,
    source: textAt(map, 'source'),
    target: textAt(map, 'target'),
  }));
}

export function envFilesOf(service: MapValue): readonly EnvFileReference[] {
  return mapsOf(service, 'env_file').map((map) => ({
    place: placeOf(map),
    map,
    path: textAt(map, 'path'),
    required: flagAt(map, 'required'),
  }));
}

/** Undefined where the service says nothing about it. */
export function healthCheckOf(service: MapValue): HealthCheck | undefined {
  const entry = service.get('healthcheck');
  if (entry?.value.kind !== 'map') return undefined;
  const map = entry.value;
  const test = textsAt(map, 'test');
  return {
    place: keyPlace(entry),
    entry,
    disabled: flagAt(map, 'disable')?.value === true || test[0]?.value === 'NONE',
    test,
    interval: millisecondsAt(map, 'interval'),
    timeout: millisecondsAt(map, 'timeout'),
    startPeriod: millisecondsAt(map, 'start_period'),
    startInterval: millisecondsAt(map, 'start_interval'),
    retries: numberAt(map, 'retries'),
  };
}

/** The value at a path of nested mappings; undefined where it is not there, null or no scalar. */
export function textAt(map: MapValue, ...path: readonly string[]): Given<string> | undefined {
  return givenText(valueAt(map, path));
}

function numberAt(map: MapValue, ...path: readonly string[]): Given<number> | undefined {
  return given(valueAt(map, path), ({ value }) => (typeof value === 'number' ? value : undefined));
}

export function flagAt(map: MapValue, ...path: readonly string[]): Given<boolean> | undefined {
  return given(valueAt(map, path), ({ value }) => (typeof value === 'boolean' ? value : undefined));
}

/** Bytes. */
export function bytesAt(map: MapValue, ...path: readonly string[]): Given<number> | undefined {
  return given(valueAt(map, path), ({ text }) => (/^-?\d+$/.test(text) ? Number(text) : undefined));
}

function millisecondsAt(map: MapValue, ...path: readonly string[]): Given<number> | undefined {
  return given(valueAt(map, path), ({ text }) => {
    const nanoseconds = parseDuration(text);
    return nanoseconds === undefined ? undefined : nanoseconds / 1e6;
  });
}

/** The texts of a list: the words of a command, the capabilities that are dropped. */
export function textsAt(map: MapValue, ...path: readonly string[]): readonly Given<string>[] {
  const value = valueAt(map, path);
  return value?.kind === 'seq' ? value.items.flatMap((item) => givenText(item.value) ?? []) : [];
}

const givenText = (value: Value | undefined): Given<string> | undefined =>
  given(value, ({ text }) => text);

function given<T>(
  value: Value | undefined,
  read: (scalar: Scalar) => T | undefined,
): Given<T> | undefined {
  if (value?.kind !== 'scalar' || (value.value === null && value.open.length === 0))
    return undefined;
  const known = value.open.length === 0 ? read(value) : undefined;
  return { value: known, place: placeOf(value), scalar: value };
}

function valueAt(map: MapValue, path: readonly string[]): Value | undefined {
  let here: Value | undefined = map;
  for (const key of path) here = here?.kind === 'map' ? here.get(key)?.value : undefined;
  return here;
}

function entriesAt(map: MapValue, path: readonly string[]): readonly Entry[] {
  const value = valueAt(map, path);
  return value?.kind === 'map' ? value.entries : [];
}

function mapsOf(map: MapValue, key: string): readonly MapValue[] {
  const value = map.get(key)?.value;
  if (value?.kind !== 'seq') return [];
  return value.items.flatMap((item) => (item.value.kind === 'map' ? [item.value] : []));
}

const placeOf = ({ source, span }: Place): Place => ({ source, span });

const keyPlace = ({ source, keySpan }: Entry): Place => ({ source, span: keySpan });
