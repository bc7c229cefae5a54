/** What Compose refuses in one entry of the other sections. */
import type { Refusal } from '../refusal.ts';
import type { Section } from '../schema/shape.ts';
import type { Entry, MapValue, Value } from '../value.ts';
import { isKnown, keyPlace, placeOf, scalarAt } from './values.ts';

/** A pure function of the merged entry. */
export function topConsistency(
  section: Exclude<Section, 'services'>,
  entry: Entry,
): readonly Refusal[] {
  const map = entry.value;
  if (map.kind !== 'map') return [];
  return [...twoNames(entry.key, map), ...ownRefusals(section, entry, map)];
}

function ownRefusals(section: string, entry: Entry, map: MapValue): readonly Refusal[] {
  if (section === 'volumes') return externalVolume(entry.key, map);
  if (section === 'secrets') return sourceOf(entry, map, ['file', 'environment']);
  if (section === 'configs') return sourceOf(entry, map, ['file', 'environment', 'content']);
  return [];
}

/** The old form `external: {name: …}` beside `name`. */
function twoNames(key: string, map: MapValue): readonly Refusal[] {
  const inner = scalarAt(map, 'external', 'name');
  const own = scalarAt(map, 'name');
  if (!inner || !own || inner.text === own.text) return [];
  const message = `${key} is named twice, and differently, so Compose refuses the project. Keep name, and say external: true.`;
  return [{ rule: 'compose/external-with-options', message, place: placeOf(inner) }];
}

function externalVolume(name: string, map: MapValue): readonly Refusal[] {
  if (scalarAt(map, 'external')?.value !== true) return [];
  return map.entries
    .filter(({ key }) => key !== 'external' && key !== 'name' && !key.startsWith('x-'))
    .map(({ key }) => ({
      rule: 'compose/external-with-options',
      message: `Volume ${name} is external, so Compose does not make it and cannot give it ${key}. Remove ${key}, or external.`,
      place: keyPlace(map, key),
    }));
}

const EXAMPLES: Readonly<Record<string, string>> = {
  file: 'file: ./secret.txt',
  environment: 'environment: SECRET',
  content: 'content: text',
};

/** Secrets and configs say where they come from, once. */
function sourceOf(entry: Entry, map: MapValue, keys: readonly string[]): readonly Refusal[] {
  const word = keys.includes('content') ? 'Config' : 'Secret';
  const given = keys.filter((key) => map.get(key) !== undefined);
  if (given.length > 1) {
    const message = `${word} ${entry.key} takes its content from ${given.join(' and from ')}, and Compose refuses two. Keep one of them.`;
    return [{ rule: 'compose/secret-source', message, place: keyPlace(map, given[1] ?? '') }];
  }
  if (given.length === 1 ? !isBlank(map, given[0] ?? '') : isElsewhere(map, keys)) return [];
  const choices = keys.map((key) => EXAMPLES[key] ?? key).join(' or ');
  const message = `${word} ${entry.key} does not say where its content comes from. Add ${choices}, or external: true where it exists already.`;
  const place = { source: entry.source, span: entry.keySpan };
  return [{ rule: 'compose/secret-source', message, place }];
}

/** Compose takes an empty name of a variable for none. */
function isBlank(map: MapValue, key: string): boolean {
  return key === 'environment' && scalarAt(map, key)?.text === '';
}

/** A secret that is not external has to have a source, whatever else it says; a config only if it says nothing. */
function isElsewhere(map: MapValue, keys: readonly string[]): boolean {
  const external = map.get('external')?.value;
  if (keys.includes('content')) return external !== undefined || map.get('driver') !== undefined;
  return external !== undefined && !isFalse(external);
}

const isFalse = (value: Value): boolean => isKnown(value) && /^(false|no|off|n)$/i.test(value.text);
