/** What one service says about others: read once for each service, however often the project is checked. */
import { isPath, shortMount } from '../effective/short-mount.ts';
import type { MapValue, Scalar } from '../value.ts';
import { at, isKnown, itemsAt, mapAt, type Named, namedBy, namesAt, scalarAt } from './values.ts';

/** A service that another one needs. */
export interface Need extends Named {
  readonly how: 'depends_on' | 'links' | 'volumes_from' | 'shares';
  /** False where the service may be absent because of its profile. */
  readonly required: boolean;
}

/** Something in another section that a service uses. */
export interface Use extends Named {
  readonly section: 'networks' | 'volumes' | 'secrets' | 'configs' | 'models';
  /** It is needed to build the image. */
  readonly building: boolean;
}

export interface ServiceFacts {
  readonly needs: readonly Need[];
  readonly uses: readonly Use[];
  /** Services whose images are contexts for the build of this one. */
  readonly contexts: readonly Named[];
  readonly builds: boolean;
}

/** Facts by the identity of the merged mapping; forgotten with it. */
export interface FactsMemo {
  readonly of: (map: MapValue) => ServiceFacts;
}

/** A memory of facts, to be kept as long as services may come again. */
export function factsMemo(): FactsMemo {
  const known = new WeakMap<MapValue, ServiceFacts>();
  const names = new Map<string, string>();
  return {
    of: (map) => {
      const found = known.get(map) ?? withNames(factsOf(map), names);
      known.set(map, found);
      return found;
    },
  };
}

/** Thousands of services say the same few names; to look those up is far quicker where each is one object. */
function withNames(facts: ServiceFacts, names: Map<string, string>): ServiceFacts {
  const one = <T extends Named>(named: T): T => {
    const name = names.get(named.name) ?? named.name;
    names.set(name, name);
    return { ...named, name };
  };
  const { needs, uses, contexts, builds } = facts;
  return { needs: needs.map(one), uses: uses.map(one), contexts: contexts.map(one), builds };
}

/** A pure function of the merged mapping. */
function factsOf(map: MapValue): ServiceFacts {
  return {
    needs: [...dependencies(map), ...links(map), ...borrowed(map), ...shared(map)],
    uses: [...used(map), ...mounted(map)],
    contexts: contextsOf(map),
    builds: map.get('build') !== undefined,
  };
}

function dependencies(map: MapValue): readonly Need[] {
  return namesAt(map, 'depends_on').map((named) => {
    const required = at(map, 'depends_on', named.name, 'required');
    const optional = required?.kind === 'scalar' && /^(false|no|off|n)$/i.test(required.text);
    return { ...named, how: 'depends_on', required: !optional };
  });
}

/** `SERVICE:ALIAS`; Compose takes a text of more parts for a name. */
function links(map: MapValue): readonly Need[] {
  return itemsAt(map, 'links')
    .filter(isKnown)
    .map((scalar) => {
      const parts = scalar.text.split(':');
      const name = parts.length === 2 ? (parts[0] ?? '') : scalar.text;
      return { ...namedBy(scalar), name, how: 'links', required: true };
    });
}

function borrowed(map: MapValue): readonly Need[] {
  return itemsAt(map, 'volumes_from')
    .filter(isKnown)
    .filter(({ text }) => !text.startsWith('container:'))
    .map((scalar) => {
      const [name = ''] = scalar.text.split(':');
      return { ...namedBy(scalar), name, how: 'volumes_from', required: true };
    });
}

const NAMESPACES = ['network_mode', 'ipc', 'pid', 'uts', 'cgroup'];

function shared(map: MapValue): readonly Need[] {
  return NAMESPACES.flatMap((key) => {
    const named = serviceIn(scalarAt(map, key));
    return named ? [{ ...named, how: 'shares' as const, required: true }] : [];
  });
}

const SERVICE = 'service:';

function serviceIn(scalar: Scalar | undefined): Named | undefined {
  if (scalar?.text.startsWith(SERVICE) !== true) return undefined;
  return { ...namedBy(scalar), name: scalar.text.slice(SERVICE.length) };
}

function used(map: MapValue): readonly Use[] {
  const { networks, models, secrets, configs, build } = {
    networks: namesAt(map, 'networks'),
    models: namesAt(map, 'models'),
    secrets: sourcesAt(map, 'secrets'),
    configs: sourcesAt(map, 'configs'),
    build: sourcesAt(map, 'build', 'secrets'),
  };
  const uses = (
    section: Use['section'],
    names: readonly Named[],
    building = false,
  ): readonly Use[] => names.map((named) => ({ ...named, section, building }));
  return [
    ...uses('networks', networks),
    ...uses('secrets', secrets),
    ...uses('configs', configs),
    ...uses('models', models),
    ...uses('secrets', build, true),
  ];
}

/** Names of secrets or configs; an entry that says none counts as an empty one. */
function sourcesAt(map: MapValue, ...keys: readonly string[]): readonly Named[] {
  return itemsAt(map, ...keys).flatMap((item) => {
    if (item.kind !== 'map') return isKnown(item) ? [namedBy(item)] : [];
    const source = item.get('source')?.value;
    if (source !== undefined) return isKnown(source) ? [namedBy(source)] : [];
    const place = { source: item.source, span: item.span };
    return [{ name: '', text: '', place, rewritable: false }];
  });
}

function mounted(map: MapValue): readonly Use[] {
  return itemsAt(map, 'volumes').flatMap((item) => {
    const named =
      item.kind === 'map' ? longVolume(item) : isKnown(item) ? shortVolume(item) : undefined;
    return named ? [{ ...named, section: 'volumes' as const, building: false }] : [];
  });
}

function longVolume(map: MapValue): Named | undefined {
  const source = scalarAt(map, 'source');
  if (scalarAt(map, 'type')?.text !== 'volume' || !source || source.text === '') return undefined;
  return namedBy(source);
}

function shortVolume(scalar: Scalar): Named | undefined {
  const { source } = shortMount(scalar.text);
  if (source === undefined || source === '' || isPath(source)) return undefined;
  return { ...namedBy(scalar), name: source };
}

function contextsOf(map: MapValue): readonly Named[] {
  const contexts = at(map, 'build', 'additional_contexts');
  const scalars = mapAt(map, 'build', 'additional_contexts')?.entries.map(({ value }) => value);
  const inList = contexts?.kind === 'seq' ? contexts.items.map(({ value }) => value) : [];
  return [
    ...(scalars ?? []).flatMap((value) => (isKnown(value) ? (serviceIn(value) ?? []) : [])),
    ...inList.filter(isKnown).flatMap((scalar) => {
      const name = /^[^=]*=service:(.*)$/.exec(scalar.text)?.[1];
      return name === undefined ? [] : [{ ...namedBy(scalar), name }];
    }),
  ];
}
