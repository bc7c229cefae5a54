/** The mounts of a service, in their short and long forms. */
import type { Source } from '../core/source.ts';
import type { Entry, MapValue, Scalar, Value } from './value.ts';

export interface Mount {
  readonly type: 'bind' | 'volume' | 'other';
  readonly source: string;
  readonly target: string;
  readonly readOnly: boolean;
  /** Somebody decided: `rw` in the short form, `read_only` in the long one. */
  readonly explicit: boolean;
  readonly written:
    | { readonly form: 'short'; readonly scalar: Scalar; readonly options: boolean }
    | { readonly form: 'long'; readonly map: MapValue };
  /** May be edited where it stands. */
  readonly own: boolean;
}

export function mountsOf(entry: Entry | undefined, source: Source): readonly Mount[] {
  if (entry?.value.kind !== 'seq') return [];
  const own = entry.via === 'own';
  return entry.value.items.flatMap(
    ({ value, own: here }) => mountOf(value, own && here && value.source === source) ?? [],
  );
}

function mountOf(item: Value, own: boolean): Mount | undefined {
  if (item.kind === 'map') return longMount(item, own);
  if (item.kind !== 'scalar') return undefined;
  const [source, target, options] = splitShort(item.text);
  if (source === undefined || target === undefined) return undefined;
  const flags = options?.split(',') ?? [];
  return {
    type: /^([./~]|[A-Za-z]:[\\/])/.test(source) ? 'bind' : 'volume',
    source,
    target,
    readOnly: flags.includes('ro'),
    explicit: flags.includes('ro') || flags.includes('rw'),
    written: { form: 'short', scalar: item, options: options !== undefined },
    own,
  };
}

function longMount(map: MapValue, own: boolean): Mount | undefined {
  const text = (key: string): string | undefined => {
    const value = map.get(key)?.value;
    return value?.kind === 'scalar' && value.value !== null ? value.text : undefined;
  };
  const target = text('target');
  if (target === undefined) return undefined;
  const type = text('type');
  return {
    type: type === 'bind' || type === 'volume' ? type : 'other',
    source: text('source') ?? '',
    target,
    readOnly: text('read_only') === 'true',
    explicit: map.get('read_only') !== undefined,
    written: { form: 'long', map },
    own,
  };
}

/** Splits at colons, but not inside `${…}` and not behind a Windows drive letter. */
function splitShort(text: string): readonly string[] {
  const parts: string[] = [];
  let part = '';
  let depth = 0;
  for (let index = 0; index < text.length; index++) {
    const character = text.charAt(index);
    if (character === '{') depth++;
    if (character === '}') depth--;
    const drive =
      /^[A-Za-z]$/.test(part) && /[\\/]/.test(text.charAt(index + 1)) && parts.length === 0;
    if (character === ':' && depth === 0 && !drive) {
      parts.push(part);
      part = '';
    } else part += character;
  }
  return [...parts, part];
}
