/** Who reaches a published port, and the edit that leaves it to the host itself. */
import type { Edit } from '../core/edit.ts';
import type { Place } from '../core/source.ts';
import type { Port } from './canonical/read.ts';
import { insertAt, type Styled } from './insert.ts';
import { isOwn } from './model.ts';
import type { MapValue, Scalar } from './value.ts';

/** `address`: one that somebody chose; `unknown`: only the environment knows it. */
export type Reach = 'everybody' | 'host' | 'address' | 'unknown';

export function reachOf({ address }: Port): Reach {
  if (!address) return 'everybody';
  const { value } = address;
  if (value === undefined) return 'unknown';
  const bare = value.replace(/^\[(.*)\]$/, '$1');
  if (bare === '' || bare === '0.0.0.0' || bare === '::') return 'everybody';
  return bare === '::1' || bare.startsWith('127.') ? 'host' : 'address';
}

/** Where a finding about it stands: at its number on the host, or at the whole short form. */
export const placeOf = ({ published, target, place }: Port): Place =>
  (published ?? target)?.place ?? place;

/** The first port of each entry that is written: a range is one decision. */
export function oncePerEntry(ports: readonly Port[]): readonly Port[] {
  return ports.filter(
    ({ place }, index) =>
      ports.findIndex(
        (other) =>
          other.place.source === place.source && other.place.span.start === place.span.start,
      ) === index,
  );
}

/** The edit that binds the port written at `place` to 127.0.0.1; undefined where it is not written in the service itself. */
export function boundToHost(file: Styled, map: MapValue, place: Place): Edit | undefined {
  const entry = map.get('ports');
  if (!entry || !isOwn(entry, map.source) || entry.value.kind !== 'seq') return undefined;
  if (file.shared.has(map) || file.shared.has(entry.value)) return undefined;
  const item = entry.value.items.find(
    ({ own, value }) =>
      own && value.source === place.source && value.span.start === place.span.start,
  );
  if (!item) return undefined;
  if (item.value.kind === 'map') {
    const known = item.value.get('host_ip');
    return known ? undefined : insertAt(file, item.value, [], [['host_ip', '127.0.0.1']]);
  }
  return item.value.kind === 'scalar' ? boundShort(item.value) : undefined;
}

function boundShort(scalar: Scalar): Edit | undefined {
  const { source, span, style, template, text } = scalar;
  if (style === 'block' || style === 'absent') return undefined;
  const start = span.start + (style === 'plain' ? 0 : 1);
  const written = template ?? text;
  const everywhere = /^(0\.0\.0\.0|\[::\]):/.exec(written)?.[1];
  if (everywhere !== undefined)
    return { source, span: { start, end: start + everywhere.length }, newText: '127.0.0.1' };
  // Without a port of the host there is still the place for one.
  const alone = /^\d+(-\d+)?(\/\w+)?$/.test(text);
  return { source, span: { start, end: start }, newText: `127.0.0.1:${alone ? ':' : ''}` };
}
