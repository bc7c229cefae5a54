/** What Compose refuses in one service on its own, beyond its schema. */
import type { Place } from '../../core/source.ts';
import { isAddress } from '../canonical/address.ts';
import { cleaned } from '../canonical/paths.ts';
import { shortMount } from '../effective/short-mount.ts';
import type { Refusal } from '../refusal.ts';
import type { MapValue, Value } from '../value.ts';
import { twinRefusals } from './twins.ts';
import { at, isKnown, itemsAt, keyPlace, mapAt, placeOf, scalarAt } from './values.ts';

/** A service after everything was merged into it. */
export interface CheckedService {
  readonly name: string;
  readonly map: MapValue;
  /** Where its name is written: to blame for what is missing in it. */
  readonly key: Place;
}

/** A pure function of the service: to be kept as long as it stays the same. */
export function serviceConsistency(service: CheckedService): readonly Refusal[] {
  const found = checks.flatMap((check) => [...check(service)]);
  return found.length === 0
    ? none
    : found.map((refusal) => ({ ...refusal, service: service.name }));
}

const none: readonly Refusal[] = [];

type Check = (service: CheckedService) => Iterable<Refusal>;

const checks: readonly Check[] = [
  imageOrBuild,
  buildFile,
  builtPlatform,
  networkMode,
  healthcheckTest,
  ({ name, map }) => twinRefusals(name, map),
  containerName,
  watchTargets,
  mountTargets,
  mountSources,
  hostAddresses,
  deviceRequests,
];

function* imageOrBuild({ name, map, key }: CheckedService): Iterable<Refusal> {
  if (['build', 'provider', 'extends'].some((other) => map.get(other) !== undefined)) return;
  const image = map.get('image');
  if (image !== undefined && (image.value.kind !== 'scalar' || saysImage(image.value))) return;
  yield {
    rule: 'compose/no-image-or-build',
    message: `Service ${name} has no image and no build, so there is nothing to run. Add image, such as image: nginx:1.27, or build: . to make one.`,
    place: image === undefined ? key : placeOf(image.value),
  };
}

const saysImage = (value: Value): boolean =>
  value.kind === 'scalar' && (value.text !== '' || value.open.length > 0);

function* buildFile({ map }: CheckedService): Iterable<Refusal> {
  const inline = scalarAt(map, 'build', 'dockerfile_inline');
  const file = scalarAt(map, 'build', 'dockerfile');
  const build = mapAt(map, 'build');
  if (!build || !inline?.text || !file?.text) return;
  yield {
    rule: 'compose/dockerfile-and-inline',
    message: `build has both dockerfile and dockerfile_inline, and Compose uses one. Remove the other.`,
    place: keyPlace(build, 'dockerfile_inline'),
  };
}

function* builtPlatform({ map }: CheckedService): Iterable<Refusal> {
  const platform = scalarAt(map, 'platform');
  const built = itemsAt(map, 'build', 'platforms');
  if (!platform?.text || built.length === 0 || !built.every(isKnown)) return;
  const names = built.filter(isKnown).map(({ text }) => text);
  if (names.includes(platform.text)) return;
  yield {
    rule: 'compose/platform-not-built',
    message: `The service runs on ${platform.text}, but build.platforms only makes ${names.join(', ')}. Add it there, or run on one of those.`,
    place: placeOf(platform),
  };
}

function* networkMode({ map }: CheckedService): Iterable<Refusal> {
  const mode = scalarAt(map, 'network_mode');
  const networks = at(map, 'networks');
  if (!mode?.text || networks === undefined) return;
  const count = networks.kind === 'map' ? networks.entries.length : itemsAt(map, 'networks').length;
  if (count === 0) return;
  yield {
    rule: 'compose/network-mode-and-networks',
    message: `With network_mode: ${mode.text} the service is in no network of its own, so it cannot join those below networks. Remove one of the two.`,
    place: keyPlace(map, 'network_mode'),
  };
}

const TEST_KINDS = ['CMD', 'CMD-SHELL', 'NONE'];

function* healthcheckTest({ map }: CheckedService): Iterable<Refusal> {
  const test = at(map, 'healthcheck', 'test');
  const first = test?.kind === 'seq' ? test.items[0]?.value : undefined;
  if (!isKnown(first) || TEST_KINDS.includes(first.text)) return;
  const upper = first.text.toUpperCase();
  const meant = TEST_KINDS.includes(upper) ? ` Write ${upper}.` : ' Put CMD in front of it.';
  const to = TEST_KINDS.includes(upper) ? upper : undefined;
  yield {
    rule: 'compose/healthcheck-test',
    message: `A list in healthcheck.test starts with CMD, CMD-SHELL or NONE, so Compose does not know how to run this one.${meant}`,
    place: placeOf(first),
    ...(to !== undefined && first.style === 'plain' && { rename: { place: placeOf(first), to } }),
  };
}

function* containerName({ map }: CheckedService): Iterable<Refusal> {
  const name = scalarAt(map, 'container_name');
  const own = scalarAt(map, 'scale');
  const count = own ?? scalarAt(map, 'deploy', 'replicas');
  if (!name?.text || !count || !(Number(count.text) > 1)) return;
  yield {
    rule: 'compose/container-name-scaled',
    message: `${own ? 'scale' : 'deploy.replicas'} asks for ${count.text} containers, and only one can be called ${name.text}. Remove container_name, or run one.`,
    place: placeOf(name),
  };
}

function* watchTargets({ map }: CheckedService): Iterable<Refusal> {
  for (const watch of itemsAt(map, 'develop', 'watch')) {
    if (watch.kind !== 'map') continue;
    const action = scalarAt(watch, 'action');
    if (!action || ['rebuild', 'restart'].includes(action.text)) continue;
    const target = watch.get('target')?.value;
    if (target?.kind === 'scalar' && (target.text !== '' || target.open.length > 0)) continue;
    yield {
      rule: 'compose/watch-target',
      message: `To ${action.text.replace('+', ' and ')}, Compose has to know where the files go. Add target, such as target: /app.`,
      place: startOf(watch),
    };
  }
}

interface Mounted {
  readonly value: Value;
  readonly target: string;
  readonly inTmpfs: boolean;
}

/** Where a mapping of a list begins. */
function startOf(map: MapValue): Place {
  const [first] = map.entries;
  return first === undefined || first.via === 'merge' ? placeOf(map) : keyPlace(map, first.key);
}

/** Volumes that say the same target are one, the last; those that only mean the same are two. */
function* mountTargets({ map }: CheckedService): Iterable<Refusal> {
  const keys = map.entries.map(({ key }) => key).filter((key) => MOUNTS.has(key));
  const mounts = keys.flatMap((key) => mountsAt(map, key));
  const known = new Map<string, Mounted>();
  for (const mount of mounts) {
    const path = cleaned(mount.target);
    const first = known.get(path);
    known.set(path, mount);
    if (!first || (first.target === mount.target && first.inTmpfs === mount.inTmpfs)) continue;
    yield {
      rule: 'compose/duplicate-mount',
      message: `Something else is mounted at ${path} already. Remove one of the two, or give it another path.`,
      place: placeOf(mount.value),
    };
  }
}

const MOUNTS = new Set(['volumes', 'tmpfs']);

function mountsAt(map: MapValue, key: string): readonly Mounted[] {
  const inTmpfs = key === 'tmpfs';
  return itemsAt(map, key).flatMap((value) => {
    const target = inTmpfs ? tmpfsTarget(value) : volumeTarget(value);
    return target === undefined || target === '' ? [] : [{ value, target, inTmpfs }];
  });
}

function volumeTarget(value: Value): string | undefined {
  if (value.kind === 'map') return scalarAt(value, 'target')?.text;
  return isKnown(value) ? shortMount(value.text).target : undefined;
}

const tmpfsTarget = (value: Value): string | undefined =>
  isKnown(value) ? value.text.split(':')[0] : undefined;

function* mountSources({ map }: CheckedService): Iterable<Refusal> {
  for (const mount of itemsAt(map, 'volumes')) {
    if (mount.kind !== 'map' || scalarAt(mount, 'type')?.text !== 'bind') continue;
    if (mount.get('source') !== undefined) continue;
    yield {
      rule: 'compose/mount-source',
      message: `A mount of type bind needs to know what to mount. Add source, such as source: ./data.`,
      place: keyPlace(mount, 'type'),
    };
  }
}

function* hostAddresses({ map }: CheckedService): Iterable<Refusal> {
  for (const port of itemsAt(map, 'ports')) {
    const address = port.kind === 'map' ? scalarAt(port, 'host_ip') : undefined;
    if (!address || isAddress(address.text)) continue;
    yield {
      rule: 'compose/invalid-host-ip',
      message: `host_ip takes an IP address, such as 127.0.0.1, and no name: ${address.text} is none.`,
      place: placeOf(address),
    };
  }
}

function* deviceRequests({ map }: CheckedService): Iterable<Refusal> {
  const requests = [
    ...itemsAt(map, 'deploy', 'resources', 'reservations', 'devices'),
    ...itemsAt(map, 'gpus'),
  ];
  for (const request of requests) {
    if (request.kind !== 'map' || !request.get('count') || !request.get('device_ids')) continue;
    yield {
      rule: 'compose/device-count-and-ids',
      message: `count asks for any devices, device_ids for certain ones, and Compose takes only one of the two. Remove the other.`,
      place: keyPlace(request, 'count'),
    };
  }
}
