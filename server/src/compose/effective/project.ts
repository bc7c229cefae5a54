/** The effective Compose project: many files, each laid over the one before. */
import type { Refusal } from '../refusal.ts';
import type { Entry } from '../value.ts';
import type { Layered } from './include.ts';
import { layOver } from './layers.ts';
import type { EntrySlot, ResolveMemo } from './memo.ts';
import type { Merged, ResolveInput } from './merged.ts';
import type { Context, Run } from './run.ts';

/** Far more than any project includes. */
const MAX_INCLUDES = 1000;

/**
 * What Compose would make of the files, before defaults and long forms. Never throws: what Compose refuses is in
 * `refusals`, and everything else is resolved all the same. With the same `memo`, services whose files, variables and
 * ancestors did not change come back as the same objects.
 */
export function resolveCompose(input: ResolveInput, memo: ResolveMemo): Merged {
  const { layers, directory, environment, ports } = input;
  const run: Run = {
    token: {},
    memo,
    ports,
    directory,
    files: new Map(layers.map(({ file }) => [file, undefined])),
    unread: [],
    refusals: [],
    open: [],
    circles: new Map(),
    includes: MAX_INCLUDES,
  };
  const context: Context = {
    run,
    key: directory,
    directory,
    environment,
    included: [],
    extended: new Map(),
  };
  return mergedOf(run, layOver(context, layers));
}

function mergedOf(run: Run, layered: Layered): Merged {
  const { sections, keys, services } = layered;
  const refusals = new Set<Refusal>(run.refusals);
  const entriesOf = (slots: ReadonlyMap<string, EntrySlot>): ReadonlyMap<string, Entry> => {
    const entries = new Map<string, Entry>();
    for (const [key, slot] of slots) {
      for (const refusal of slot.refusals) refusals.add(refusal);
      entries.set(key, slot.entry);
    }
    return entries;
  };
  const isExtension = ([key]: readonly [string, unknown]): boolean => key.startsWith('x-');
  for (const service of services.values()) {
    for (const refusal of service.refusals) refusals.add(refusal);
  }
  const others = [...entriesOf(keys)];
  return {
    extensions: new Map(others.filter(isExtension)),
    keys: new Map(others.filter((entry) => !isExtension(entry))),
    networks: entriesOf(sections.networks),
    volumes: entriesOf(sections.volumes),
    secrets: entriesOf(sections.secrets),
    configs: entriesOf(sections.configs),
    models: entriesOf(sections.models),
    services,
    files: run.files,
    unread: run.unread,
    refusals: [...refusals],
  };
}
