/** What one service says that has to be compared with others: worked out once, when first asked, and kept with it. */
import type { Place } from '../../core/source.ts';
import { environmentOf, textsAt } from '../canonical/read.ts';
import {
  type EngineSocket,
  engineSocketsOf,
  type HostMount,
  hostMountsOf,
} from '../host-mounts.ts';
import { textOf } from '../model.ts';
import type { Entry, MapValue, Scalar } from '../value.ts';
import { type DataMount, dataMountsOf, type MountedSource, sourcesOf } from './data-mounts.ts';
import { type HostPort, hostPortsOf } from './ports.ts';
import { type Ignored, ignoredIn } from './ignored.ts';
import { hostsIn, type NamedHost } from './hosts.ts';
import { type OpenVariable, openVariablesIn } from './variables.ts';

export interface ServiceFacts {
  /** It runs only where one of these is switched on; empty for always. */
  readonly profiles: () => readonly string[];
  readonly hostPorts: () => readonly HostPort[];
  readonly dataMounts: () => readonly DataMount[];
  /** Of all its mounts. */
  readonly sources: () => readonly MountedSource[];
  /** Where it is given and known. */
  readonly containerName: () => Scalar | undefined;
  readonly place: () => NetworkPlace;
  readonly hosts: () => readonly NamedHost[];
  /** Conditions of `depends_on` that wait for a health check. */
  readonly healthyWaits: () => readonly HealthyWait[];
  /** What it says and Compose does not act on. */
  readonly ignored: () => readonly Ignored[];
  /** Folders, files and sockets of the host that it gets to see. */
  readonly hostMounts: () => readonly HostMount[];
  /** Sockets of an engine that it gets to see. */
  readonly engineSockets: () => readonly EngineSocket[];
  readonly openVariables: () => readonly OpenVariable[];
  /** The variables that it has when it runs, those of env files included, and where each is set. */
  readonly variableNames: () => ReadonlyMap<string, Place>;
}

/** Where a service stands among networks. */
export interface NetworkPlace {
  /** Keys of the networks that it joins; empty where it has none of its own. */
  readonly networks: readonly string[];
  /** The service whose network it uses. */
  readonly sharedWith: string | undefined;
  /** On the host's network, or on that of a container elsewhere: nobody knows whom it reaches. */
  readonly isUnknown: boolean;
  /** Names other than its own by which others may reach it. */
  readonly otherNames: readonly string[];
}

export interface HealthyWait {
  readonly name: string;
  readonly condition: Scalar;
}

interface Given {
  readonly merged: MapValue;
  /** See `canonical/service.ts`. */
  readonly canonical: MapValue;
}

/** Pure: nothing but the service itself is looked at. */
export function serviceFacts({ merged, canonical }: Given): ServiceFacts {
  const hostMounts = once(() => hostMountsOf(canonical));
  return {
    profiles: once(() => textsIn(merged.get('profiles'))),
    hostPorts: once(() => hostPortsOf(canonical)),
    dataMounts: once(() => dataMountsOf(canonical)),
    sources: once(() => sourcesOf(canonical)),
    containerName: once(() => nameOf(merged.get('container_name'))),
    place: once(() => placeOf(merged, canonical)),
    hosts: once(() => hostsIn(merged.get('environment'))),
    healthyWaits: once(() => healthyWaits(merged.get('depends_on'))),
    ignored: once(() => ignoredIn(merged)),
    hostMounts,
    engineSockets: once(() => engineSocketsOf(hostMounts(), merged.get('use_api_socket'))),
    openVariables: once(() => openVariablesIn(merged.entries)),
    variableNames: once(
      () => new Map(environmentOf(canonical).map(({ name, place }) => [name, place])),
    ),
  };
}

function once<T extends object | undefined>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

const none: readonly string[] = [];

function textsIn(entry: Entry | undefined): readonly string[] {
  if (entry?.value.kind !== 'seq') return none;
  return entry.value.items.flatMap(({ value }) => (value.kind === 'scalar' ? [value.text] : none));
}

function nameOf(entry: Entry | undefined): Scalar | undefined {
  const text = textOf(entry);
  return text !== undefined && text !== '' && entry?.value.kind === 'scalar'
    ? entry.value
    : undefined;
}

const SERVICE = 'service:';

function placeOf(merged: MapValue, canonical: MapValue): NetworkPlace {
  const entry = merged.get('network_mode');
  const mode = textOf(entry);
  const networks = canonical.get('networks')?.value;
  const joined = networks?.kind === 'map' ? networks.entries : [];
  const sharedWith = mode?.startsWith(SERVICE) ? mode.slice(SERVICE.length) : undefined;
  return {
    networks: joined.map(({ key }) => key),
    sharedWith,
    isUnknown: entry !== undefined && sharedWith === undefined && mode !== 'none',
    otherNames: otherNamesIn(merged, joined),
  };
}

function otherNamesIn(merged: MapValue, joined: readonly Entry[]): readonly string[] {
  const names: string[] = [];
  for (const { value } of joined)
    if (value.kind === 'map')
      for (const { value: alias } of textsAt(value, 'aliases'))
        if (alias !== undefined) names.push(alias);
  for (const key of ['container_name', 'hostname']) {
    const name = textOf(merged.get(key));
    if (name !== undefined) names.push(name);
  }
  return names.length === 0 ? none : names;
}

const noWaits: readonly HealthyWait[] = [];

function healthyWaits(entry: Entry | undefined): readonly HealthyWait[] {
  if (entry?.value.kind !== 'map') return noWaits;
  const found: HealthyWait[] = [];
  for (const { key, value } of entry.value.entries) {
    const condition = value.kind === 'map' ? value.get('condition') : undefined;
    if (condition?.value.kind === 'scalar' && textOf(condition) === 'service_healthy')
      found.push({ name: key, condition: condition.value });
  }
  return found.length === 0 ? noWaits : found;
}
