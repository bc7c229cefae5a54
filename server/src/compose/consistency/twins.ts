/** Settings that can be written at a service and below `deploy`, and must not differ. */
import { parseSize } from '../canonical/size.ts';
import type { Refusal } from '../refusal.ts';
import type { MapValue, Scalar } from '../value.ts';
import { at, placeOf, scalarAt } from './values.ts';

interface Twin {
  readonly key: string;
  /** Below `deploy`. */
  readonly path: readonly string[];
  readonly read: (scalar: Scalar) => number | undefined;
}

const number = ({ text }: Scalar): number | undefined => {
  const read = Number(text);
  return text === '' || Number.isNaN(read) ? undefined : read;
};

const size = ({ value, text }: Scalar): number | undefined =>
  typeof value === 'number' ? value : parseSize(text);

const twins: readonly Twin[] = [
  { key: 'cpus', path: ['resources', 'limits', 'cpus'], read: number },
  { key: 'mem_limit', path: ['resources', 'limits', 'memory'], read: size },
  { key: 'mem_reservation', path: ['resources', 'reservations', 'memory'], read: size },
  { key: 'pids_limit', path: ['resources', 'limits', 'pids'], read: number },
];

/** Both, and each of them below zero. */
export function* twinRefusals(name: string, map: MapValue): Iterable<Refusal> {
  yield* replicaRefusals(map);
  if (map.get('deploy') === undefined) return;
  for (const twin of twins) {
    const own = scalarAt(map, twin.key);
    const value = own && twin.read(own);
    if (own && value) yield* limitRefusals(name, map, { twin, own, value });
  }
}

interface Written {
  readonly twin: Twin;
  readonly own: Scalar;
  readonly value: number;
}

/** Where the group is there and says nothing, Compose takes that for a zero. */
function* limitRefusals(name: string, map: MapValue, written: Written): Iterable<Refusal> {
  const { twin, own, value } = written;
  const path = ['deploy', ...twin.path];
  const group = at(map, ...path.slice(0, -1));
  if (group?.kind !== 'map') return;
  const other = group.get(twin.path.at(-1) ?? '')?.value;
  if (other === undefined) {
    yield conflict(
      own,
      `${twin.key} is set, and ${path.slice(0, -1).join('.')} of service ${name} does not say the same. Compose refuses that: move ${own.text} to ${path.join('.')}.`,
    );
    return;
  }
  if (other.kind !== 'scalar' || other.open.length > 0) return;
  const twinValue = twin.read(other);
  if (twinValue === undefined || twinValue === value) return;
  yield conflict(
    other,
    `${path.join('.')} says ${other.text}, and ${twin.key} says ${own.text}. Compose refuses two answers: keep one of them.`,
  );
}

function* replicaRefusals(map: MapValue): Iterable<Refusal> {
  const scale = scalarAt(map, 'scale');
  const replicas = scalarAt(map, 'deploy', 'replicas');
  for (const [key, count] of [
    ['scale', scale],
    ['deploy.replicas', replicas],
  ] as const) {
    if (!count || !(Number(count.text) < 0)) continue;
    yield {
      rule: 'compose/negative-scale',
      message: `${key} is ${count.text}, and there cannot be fewer containers than none. Write 0 or more.`,
      place: placeOf(count),
    };
  }
  if (!scale || !replicas || Number(scale.text) === Number(replicas.text)) return;
  yield conflict(
    replicas,
    `deploy.replicas says ${replicas.text}, and scale says ${scale.text}. Compose refuses two answers: keep one of them.`,
  );
}

function conflict(value: Scalar, message: string): Refusal {
  return { rule: 'compose/conflicting-values', message, place: placeOf(value) };
}
