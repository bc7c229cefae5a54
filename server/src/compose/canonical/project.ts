/** A whole project in its canonical form: which services run, which wait for a profile, and what they share. */
import type { Source } from '../../core/source.ts';
import { mapValue } from '../make.ts';
import type { Refusal } from '../refusal.ts';
import type { Entry, MapValue, Value } from '../value.ts';
import { textOf } from './go-text.ts';
import { type CanonicalContext, MISSING_ENV_FILE } from './scope.ts';
import { canonicalService, type CanonicalService } from './service.ts';
import { canonicalResource, defaultNetwork, type ResourceKind, RESOURCES, usedBy } from './top.ts';

/** The merged model, section by section: an entry for each service and each resource, and what begins with `x-`. */
export type Merged = Readonly<Record<ResourceKind | 'services' | 'extensions', readonly Entry[]>>;

/** The merged model as one mapping, taken apart. */
export function mergedOf(root: MapValue): Merged {
  const entriesOf = (key: string): readonly Entry[] => {
    const value = root.get(key)?.value;
    return value?.kind === 'map' ? value.entries : [];
  };
  return {
    services: entriesOf('services'),
    networks: entriesOf('networks'),
    volumes: entriesOf('volumes'),
    secrets: entriesOf('secrets'),
    configs: entriesOf('configs'),
    models: entriesOf('models'),
    extensions: root.entries.filter(({ key }) => key.startsWith('x-')),
  };
}

export interface Named {
  /** The key of the service or the resource, and where it is written. */
  readonly entry: Entry;
  readonly name: string;
  readonly map: MapValue;
}

export interface Canonical {
  readonly projectName: string;
  /** Services that run, by name, in the order of the file. */
  readonly services: ReadonlyMap<string, Named>;
  /** Services whose profiles are not active. */
  readonly disabled: ReadonlyMap<string, Named>;
  /** All resources of the project, used or not; `default` is among the networks in any case. */
  readonly resources: Readonly<Record<ResourceKind, ReadonlyMap<string, Named>>>;
  /** The keys of the resources that a running service refers to. */
  readonly used: Readonly<Record<ResourceKind, ReadonlySet<string>>>;
  readonly extensions: readonly Entry[];
  readonly refusals: readonly Refusal[];
}

export interface ProjectContext extends CanonicalContext {
  /** Names of the active profiles; `*` stands for all of them. */
  readonly profiles: readonly string[];
}

/** What was made of a merged service before, in a context of its own; undefined where nothing was. */
export type Made = (map: MapValue) => CanonicalService | undefined;

export function canonicalProject(
  merged: Merged,
  context: ProjectContext,
  madeBefore: Made = () => undefined,
): Canonical {
  const refusals: Refusal[] = [];
  const services = new Map<string, Named>();
  const disabled = new Map<string, Named>();
  for (const entry of merged.services) {
    const map = mapOf(entry.value);
    const made = madeBefore(map) ?? canonicalService(map, context);
    const active = isActive(made.map, context.profiles);
    (active ? services : disabled).set(entry.key, { entry, name: entry.key, map: made.map });
    for (const refusal of made.refusals) {
      // Compose reads the env files of those services only that run.
      if (active || refusal.rule !== MISSING_ENV_FILE)
        refusals.push({ ...refusal, service: entry.key });
    }
  }
  const resources = perKind((kind) => {
    const entries = kind === 'networks' ? withDefault(merged) : merged[kind];
    const made = entries.map((entry) => ({ entry, made: canonicalResource(kind, entry, context) }));
    refusals.push(...made.flatMap((one) => one.made.refusals));
    return new Map(made.map((one) => [one.entry.key, namedOf(one.entry, one.made.map)]));
  });
  const used = usedIn(services);
  const { projectName } = context;
  return {
    projectName,
    services,
    disabled,
    resources,
    used,
    extensions: merged.extensions,
    refusals,
  };
}

const namedOf = (entry: Entry, map: MapValue): Named => ({ entry, name: entry.key, map });

const mapOf = (value: Value): MapValue => (value.kind === 'map' ? value : mapValue(value, []));

const perKind = <T>(make: (kind: ResourceKind) => T): Record<ResourceKind, T> =>
  Object.fromEntries(RESOURCES.map((kind) => [kind, make(kind)])) as Record<ResourceKind, T>;

const nowhere: Source = { file: '', text: '' };

function withDefault({ networks, services }: Merged): readonly Entry[] {
  if (networks.some(({ key }) => key === 'default')) return networks;
  const first = (services[0] ?? networks[0])?.value;
  const place = first ?? mapValue({ source: nowhere, span: { start: 0, end: 0 } }, []);
  return [...networks, defaultNetwork(place)];
}

/** A service without profiles always runs. */
function isActive(service: MapValue, active: readonly string[]): boolean {
  const profiles = service.get('profiles')?.value;
  if (profiles?.kind !== 'seq' || profiles.items.length === 0) return true;
  return (
    active.includes('*') ||
    profiles.items.some(({ value }) => value.kind === 'scalar' && active.includes(textOf(value)))
  );
}

function usedIn(services: ReadonlyMap<string, Named>): Canonical['used'] {
  const used = perKind(() => new Set<string>());
  for (const { map } of services.values())
    for (const [kind, name] of usedBy(map)) used[kind].add(name);
  return used;
}
