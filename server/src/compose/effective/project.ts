/** The effective Compose project: many files, each laid over the one before. */
import { interpolate } from '../../core/interpolate.ts';
import type { Refusal } from '../refusal.ts';
import type { Entry, Scalar } from '../value.ts';
import { type Environment, withVariable } from './environment.ts';
import type { Layered } from './include.ts';
import { layOver } from './layers.ts';
import { type EntrySlot, joined, type ResolveMemo } from './memo.ts';
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
  const { layers, directory, ports } = input;
  const run: Run = {
    token: {},
    memo,
    ports,
    directory,
    files: new Set(layers.map(({ file }) => file)),
    unread: [],
    refusals: [],
    open: [],
    circles: new Map(),
    includes: MAX_INCLUDES,
  };
  const name = nameOf(input);
  const context: Context = {
    run,
    key: directory,
    directory,
    environment: environmentOf(input, memo, name),
    included: [],
    extended: new Map(),
  };
  return mergedOf(run, layOver(context, layers), name);
}

/** Compose itself sets COMPOSE_PROJECT_NAME, so files may name it. */
function environmentOf(
  { environment, name }: ResolveInput,
  { environments }: ResolveMemo,
  declared: string | undefined,
): Environment {
  if (name === undefined) return environment;
  const project = name.given ?? declared ?? name.otherwise;
  return joined(environments, 'name', [environment, project], () =>
    withVariable(environment, 'COMPOSE_PROJECT_NAME', project),
  );
}

function nameOf({ layers, environment }: ResolveInput): string | undefined {
  const names = layers
    .flatMap(({ documents }) => documents)
    .map((root) => (root.kind === 'map' ? root.get('name')?.value : undefined))
    .filter((value): value is Scalar => value?.kind === 'scalar' && value.text !== '');
  const last = names.at(-1);
  if (last === undefined) return undefined;
  const filled = interpolate(last.text, (variable) => environment.find(variable)?.value);
  return normalisedName(filled?.text ?? last.text) || undefined;
}

/** A project's name with the characters that Compose takes; empty where none is left. */
function normalisedName(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9_-]/g, '')
    .replace(/^[_-]+/, '');
}

function mergedOf(run: Run, layered: Layered, name: string | undefined): Merged {
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
    name,
    extensions: new Map(others.filter(isExtension)),
    keys: new Map(others.filter((entry) => !isExtension(entry))),
    networks: entriesOf(sections.networks),
    volumes: entriesOf(sections.volumes),
    secrets: entriesOf(sections.secrets),
    configs: entriesOf(sections.configs),
    models: entriesOf(sections.models),
    services,
    files: [...run.files],
    unread: run.unread,
    refusals: [...refusals],
  };
}
