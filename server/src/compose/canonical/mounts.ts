/** Mounts: the short form taken apart, sources resolved, targets cleaned. */
import { entryAt, mapValue, scalarValue } from '../make.ts';
import type { Entry, MapValue, Scalar, Step, Value } from '../value.ts';
import { textOf } from './go-text.ts';
import { keyedTexts } from './keyed.ts';
import { byDefault, depthOf, partOf, piecesOf, supplied } from './parts.ts';
import { cleaned, replaced, resolved } from './paths.ts';
import { refuse, type Scope } from './scope.ts';
import { flag, size, text, whole } from './scalar-shapes.ts';
import { list, record, type Shape, withEntry } from './shape.ts';

const longMount = record({
  type: text,
  source: text,
  target: text,
  read_only: flag,
  consistency: text,
  bind: record({ selinux: text, propagation: text, create_host_path: flag, recursive: text }),
  volume: record({ labels: keyedTexts, nocopy: flag, subpath: text }),
  tmpfs: record({ size, mode: whole }),
  image: record({ subpath: text }),
});

export const mounts: Shape = list({ ...longMount, make });

function make(value: Value, scope: Scope): Value | undefined {
  if (value.kind === 'map') return long(value, scope);
  if (value.kind !== 'scalar' || value.value === null) return value;
  const read = short(value, scope);
  if (typeof read !== 'string') return read;
  refuse(scope, value, `${read} Expected [SOURCE:]TARGET[:OPTIONS] here, such as ./data:/data:ro.`);
  return value.open.length > 0 ? mapValue(value, [entryAt(value, 'target', value)]) : undefined;
}

function long(map: MapValue, scope: Scope): Value {
  const made = longMount.make(map, scope);
  if (made?.kind !== 'map') return map;
  const type = textAt(made, 'type');
  const placed = type?.value === 'bind' ? bound(made, scope) : made;
  const target = textAt(placed, 'target');
  if (!target) return placed;
  const clean = target.text === '' && target.open.length === 0 ? '.' : cleaned(target.text);
  return clean === target.text ? placed : changed(placed, 'target', replaced(target, clean));
}

function bound(map: MapValue, scope: Scope): MapValue {
  const source = textAt(map, 'source');
  if (!source) return map;
  const path = resolved(source, scope);
  return path === source ? map : changed(map, 'source', path);
}

function changed(map: MapValue, key: string, value: Scalar): MapValue {
  const entry = map.get(key);
  return entry ? withEntry(map, { ...entry, value }) : map;
}

function textAt(map: MapValue, key: string): Scalar | undefined {
  const value = map.get(key)?.value;
  return value?.kind === 'scalar' && value.value !== null ? value : undefined;
}

/** The long form; or what is wrong with it, as a sentence. */
function short(scalar: Scalar, scope: Scope): MapValue | string {
  const written = textOf(scalar);
  if (written === '' && scalar.open.length === 0) return 'This mount is empty.';
  // So short a text is taken for a target, whatever it holds.
  if (written.length <= 2 && scalar.open.length === 0) {
    return mapValue(scalar, [
      typed(scalar, 'volume'),
      entryAt(scalar, 'target', partOf(scalar, written)),
    ]);
  }
  const pieces = piecesOf(scalar, split);
  if (pieces.some((piece) => piece.text === '' && piece.open.length === 0))
    return 'A part of this mount is empty.';
  if (pieces.length > 3) return 'This mount has too many colons.';
  const [source, target, options] = pieces.length === 1 ? [undefined, ...pieces] : pieces;
  return target ? mountAt(scalar, { source, target, options }, scope) : 'This mount has no target.';
}

interface Short {
  readonly source: Scalar | undefined;
  readonly target: Scalar;
  readonly options: Scalar | undefined;
}

function mountAt(scalar: Scalar, { source, target, options }: Short, scope: Scope): MapValue {
  const type = typeOf(scalar, source);
  const flags = options ? options.text.split(',') : [];
  const entries: Entry[] = [type];
  const isBind = type.value.kind === 'scalar' && type.value.value === 'bind';
  if (source) entries.push(entryAt(scalar, 'source', isBind ? resolved(source, scope) : source));
  entries.push(entryAt(scalar, 'target', replaced(target, cleaned(target.text))));
  const mode = flags.findLast((flag) => flag === 'ro' || flag === 'rw');
  if (mode && options) entries.push(entryAt(scalar, 'read_only', replaced(options, mode === 'ro')));
  entries.push(isBind ? bindOf(scalar, flags) : volumeOf(scalar, flags));
  return mapValue(scalar, entries);
}

const PATHLIKE = byDefault('A source that begins with a dot, a slash or ~ is a path.');
const NAMELIKE = byDefault('A source that does not look like a path is the name of a volume.');

const typed = (scalar: Scalar, type: 'bind' | 'volume'): Entry =>
  supplied(scalar, 'type', type, type === 'bind' ? PATHLIKE : NAMELIKE);

/** Open where the source begins with a variable that only the environment knows. */
function typeOf(scalar: Scalar, source: Scalar | undefined): Entry {
  if (!source) return typed(scalar, 'volume');
  const entry = typed(scalar, /^(?:[./~]|\\\\|[A-Za-z]:)/.test(source.text) ? 'bind' : 'volume');
  if (source.open.length === 0 || source.template?.startsWith('$') === false) return entry;
  const value = scalarValue(scalar, entry.value.kind === 'scalar' ? entry.value.value : '', {
    open: source.open,
    template: source.template,
  });
  return { ...entry, value };
}

const CREATES: readonly Step[] = byDefault(
  'The short form makes a folder where the source does not exist.',
);

function bindOf(scalar: Scalar, flags: readonly string[]): Entry {
  const propagation = flags.findLast((flag) => /^r?(?:private|shared|slave)$/.test(flag));
  const selinux = flags.findLast((flag) => flag === 'z' || flag === 'Z');
  const entries = [supplied(scalar, 'create_host_path', true, CREATES)];
  if (propagation) entries.push(entryAt(scalar, 'propagation', partOf(scalar, propagation)));
  if (selinux) entries.push(entryAt(scalar, 'selinux', partOf(scalar, selinux)));
  return entryAt(scalar, 'bind', mapValue(scalar, entries));
}

function volumeOf(scalar: Scalar, flags: readonly string[]): Entry {
  const nocopy = flags.includes('nocopy')
    ? [entryAt(scalar, 'nocopy', scalarValue(scalar, true))]
    : [];
  return entryAt(scalar, 'volume', mapValue(scalar, nocopy));
}

/** At colons; not behind a single letter, which is a Windows drive, and not inside of `${…}`. */
function split(text: string): readonly string[] {
  const parts: string[] = [];
  let start = 0;
  const depths = depthOf();
  for (let at = 0; at < text.length; at++) {
    const depth = depths(text, at);
    if (depth > 0 || text.charAt(at) !== ':') continue;
    if (at === start + 1 && /[A-Za-z]/.test(text.charAt(start))) continue;
    parts.push(text.slice(start, at));
    start = at + 1;
  }
  parts.push(text.slice(start));
  return parts;
}
