/** Walks values along the schema. Nothing is made until something is wrong. */
import type { Place } from '../../core/source.ts';
import type { Refusal } from '../refusal.ts';
import type { Entry, MapValue, Scalar, SeqValue, Value } from '../value.ts';
import { formats } from './formats.ts';
import { isNoText } from './keys.ts';
import {
  differs,
  isWrongKind,
  misses,
  standsTwice,
  unknownKey,
  wrongName,
  wrongText,
} from './messages.ts';
import {
  anything,
  FLAG,
  FRACTION,
  LIST,
  MAP,
  NULL,
  SCALAR,
  type Shape,
  TEXT,
  WHOLE,
} from './shape.ts';
import type { Trail } from './trail.ts';

/** What one walk has found so far, and where it is. */
export interface Walk {
  readonly trail: Trail;
  readonly refusals: Refusal[];
}

/** Judges a value; `key` is where it is named, and to blame for what is missing. */
export function walkValue(walk: Walk, value: Value, shape: Shape, key: Place): void {
  if (value.kind === 'map') {
    if ((shape.kinds & MAP) === 0) refuse(walk, isWrongKind(walk.trail, value, shape, key));
    else walkMap(walk, value, shape, key);
  } else if (value.kind === 'seq') {
    if ((shape.kinds & LIST) === 0) refuse(walk, isWrongKind(walk.trail, value, shape, key));
    else if (shape.items !== undefined) walkList(walk, value, shape, shape.items);
  } else walkScalar(walk, value, shape, key);
}

function refuse({ refusals, trail }: Walk, refusal: Refusal): void {
  refusals.push(trail.service === undefined ? refusal : { ...refusal, service: trail.service });
}

function walkMap(walk: Walk, map: MapValue, shape: Shape, key: Place): void {
  const { path } = walk.trail;
  const before = walk.refusals.length;
  for (const entry of map.entries) {
    const found = shapeOfKey(walk, entry, shape);
    if (found !== undefined) {
      path.push(entry.key);
      walkValue(walk, entry.value, found, placeOfKey(entry));
      path.pop();
    }
  }
  for (const name of shape.required) {
    if (map.get(name) === undefined && !isMeant(walk, before, name)) {
      refuse(walk, misses(walk.trail, [name], key));
    }
  }
  if (shape.oneOf.length > 0) walkChoice(walk, map, shape, key);
}

/** Whether a slip of the pen has already been reported for a key that seems to be missing. */
function isMeant({ refusals }: Walk, from: number, name: string): boolean {
  return refusals.slice(from).some(({ rename }) => rename?.to === name);
}

/** Exactly one of some keys: in the Compose schema, at least one is what people get wrong, and two are allowed nowhere. */
function walkChoice(walk: Walk, map: MapValue, { oneOf }: Shape, key: Place): void {
  const given = oneOf.filter((name) => map.get(name) !== undefined);
  if (given.length === 0) refuse(walk, misses(walk.trail, oneOf, key));
}

/** What a key of a mapping may hold; undefined where the key itself is refused. */
export function shapeOfKey(walk: Walk, entry: Entry, shape: Shape): Shape | undefined {
  const { key } = entry;
  const named = shape.keys.get(key);
  if (named !== undefined) return named;
  if (isNoText(entry)) {
    refuse(walk, wrongName(entry));
    return undefined;
  }
  if (shape.other?.name.test(key)) return shape.other.shape;
  if (!shape.closed || (shape.extensions && key.startsWith('x-'))) return anything;
  refuse(walk, unknownKey(walk.trail, entry, shape));
  return undefined;
}

function walkList(walk: Walk, list: SeqValue, shape: Shape, items: Shape): void {
  const { path } = walk.trail;
  for (const [index, { value }] of list.items.entries()) {
    path.push(index);
    walkValue(walk, value, items, placeOfItem(value));
    path.pop();
  }
  if (shape.unique && list.items.length > 1) walkTwins(walk, list);
}

function walkTwins(walk: Walk, { items }: SeqValue): void {
  const seen = new Set<Scalar['value']>();
  for (const { value } of items) {
    if (value.kind !== 'scalar' || value.open.length > 0) continue;
    if (seen.has(value.value)) refuse(walk, standsTwice(walk.trail, value));
    seen.add(value.value);
  }
}

function walkScalar(walk: Walk, scalar: Scalar, shape: Shape, key: Place): void {
  const kind = kindOf(scalar.value);
  if (scalar.open.length > 0) {
    if ((shape.kinds & SCALAR) === 0) refuse(walk, isWrongKind(walk.trail, scalar, shape, key));
  } else if ((shape.kinds & kind) !== 0) walkText(walk, scalar, shape);
  else if (kind !== TEXT || shape.format === undefined || isUnread(scalar, shape)) {
    refuse(walk, isWrongKind(walk.trail, scalar, shape, key));
  }
}

function isUnread({ text }: Scalar, { format }: Shape): boolean {
  return format !== undefined && formats[format].problem(text) !== undefined;
}

function kindOf(value: Scalar['value']): number {
  if (typeof value === 'string') return TEXT;
  if (typeof value === 'number') return Number.isInteger(value) ? WHOLE : FRACTION;
  return value === null ? NULL : FLAG;
}

/** What is asked of a value of the right kind. */
function walkText(walk: Walk, scalar: Scalar, shape: Shape): void {
  const { value } = scalar;
  if (typeof value === 'number') {
    if (isWrongNumber(value, shape)) refuse(walk, wrongText(walk.trail, scalar, shape));
  } else if (typeof value === 'string') {
    const { values, pattern } = shape;
    if (values?.includes(value) === false) refuse(walk, differs(walk.trail, scalar, values));
    else if (isUnread(scalar, shape) || pattern?.test(value) === false) {
      refuse(walk, wrongText(walk.trail, scalar, shape));
    }
  }
}

function isWrongNumber(value: number, { format, least, most }: Shape): boolean {
  if (value < (least ?? value) || value > (most ?? value)) return true;
  if (format === 'natural') return value < 0;
  return format === 'port' && formats.port.problem(String(value)) !== undefined;
}

/** What is missing in a mapping of a list is missing where that begins. */
function placeOfItem(value: Value): Place {
  const first = value.kind === 'map' ? value.entries[0] : undefined;
  return first === undefined || first.via === 'merge' ? value : placeOfKey(first);
}

export function placeOfKey({ source, keySpan }: Entry): Place {
  return { source, span: keySpan };
}
