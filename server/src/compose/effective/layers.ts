/** Lays the files of a project, or of an include, over one another. */
import { mapValue } from '../make.ts';
import { gather, type Parts } from './gather.ts';
import type { LayOver } from './include.ts';
import { type Declaration, type EntrySlot, forget, joined, layersMemo } from './memo.ts';
import { mergeEntry, mergeService, merging } from './merge.ts';
import { resetService, withoutResets } from './tags.ts';
import { uniqueEntry, uniqueService } from './unicity.ts';

/** All that the files say, merged. What is wrong with them is noted in the run, or with the service that it is about. */
export const layOver: LayOver = (context, layers) => {
  const { services, sections, keys } = gather(context, layers, layOver);
  const memo = layersMemo(context.run.memo, context.key);
  const entries = (parts: Parts<EntrySlot>, section?: string): ReadonlyMap<string, EntrySlot> => {
    // Each is judged: even what stands in one layer only may hold what has to be taken out.
    for (const [name, slot] of parts.first) if (!parts.all.has(name)) parts.all.set(name, [slot]);
    return wholesOf(parts, (name, slots) =>
      joined(memo.entries, `${section ?? ''}\0${name}`, slots, () => joinEntries(slots, section)),
    );
  };
  forget(memo.services, services.all);
  forget(memo.included, services.first);
  const named = [...Object.values(sections), keys].map(({ first }) => first);
  const live = {
    size: named.reduce((sum, { size }) => sum + size, 0),
    has: (key: string) => named.some((names) => names.has(key.slice(key.indexOf('\0') + 1))),
  };
  forget(memo.entries, live);
  forget(memo.includedEntries, live);
  return {
    services: wholesOf(services, (name, parts) =>
      joined(memo.services, name, parts, () => joinServices(parts)),
    ),
    sections: {
      networks: entries(sections.networks, 'networks'),
      volumes: entries(sections.volumes, 'volumes'),
      secrets: entries(sections.secrets, 'secrets'),
      configs: entries(sections.configs, 'configs'),
      models: entries(sections.models, 'models'),
    },
    keys: entries(keys),
  };
};

function wholesOf<T>(
  { first, all }: Parts<T>,
  join: (name: string, parts: readonly T[]) => T | undefined,
): ReadonlyMap<string, T> {
  for (const [name, parts] of all) {
    const whole = join(name, parts);
    if (whole !== undefined) first.set(name, whole);
  }
  return first;
}

/** The later over the earlier. */
function joinServices(parts: readonly Declaration[]): Declaration | undefined {
  const [first, ...others] = parts;
  return first && others.reduce(laidOver, first);
}

function laidOver(before: Declaration, after: Declaration): Declaration {
  const layers = [...before.layers, ...after.layers];
  const { declared } = before;
  if (!before.declares || !after.declares) {
    return { ...(before.declares ? before : after), declared, layers };
  }
  const merge = merging(after.name);
  const under = after.tagged ? resetService(before.map, after.tagged) : before.map;
  const merged = mergeService(under, after.map, merge);
  return {
    ...after,
    declared,
    map: uniqueService(mapValue(before.map, merged.entries)),
    layers,
    stages: [...before.stages, before.map],
    chain: [...after.chain, ...before.chain],
    refusals: [...before.refusals, ...after.refusals, ...merge.refusals],
    tagged: undefined,
  };
}

function joinEntries(
  slots: readonly EntrySlot[],
  section: string | undefined,
): EntrySlot | undefined {
  const [first, ...others] = slots;
  if (first === undefined) return undefined;
  const value = withoutResets(first.entry.value);
  const start: EntrySlot = { ...first, entry: { ...first.entry, value } };
  const whole = others.reduce((before, after) => {
    const merge = merging(undefined);
    const entry = mergeEntry(before.entry, after.entry, section, merge) ?? before.entry;
    const refusals = [...before.refusals, ...after.refusals, ...merge.refusals];
    return { ...after, entry, refusals };
  }, start);
  return section === undefined ? whole : { ...whole, entry: uniqueEntry(whole.entry, section) };
}
