/** A small project in memory, resolved, and shown as plain data. */
import { resolve } from 'node:path';
import type { Environment } from '../../../../server/src/compose/effective/environment.ts';
import { type ResolveMemo, resolveMemo } from '../../../../server/src/compose/effective/memo.ts';
import type { Layer, Merged, Missing } from '../../../../server/src/compose/effective/merged.ts';
import { resolveCompose } from '../../../../server/src/compose/effective/project.ts';
import { parseFile } from '../../../../server/src/compose/file.ts';
import type { Entry, MapValue, Value } from '../../../../server/src/compose/value.ts';

const DIRECTORY = '/p';

/** Texts by their path below the project's directory. */
export type Files = Readonly<Record<string, string>>;

export interface Options {
  readonly layers?: readonly string[];
  readonly environment?: Environment;
  readonly memo?: ResolveMemo;
  /** The variables of `.env` files, by the directory; and of other files, by their path. */
  readonly environments?: Readonly<Record<string, Environment>>;
  readonly load?: (path: string) => Layer | Missing;
}

/** Variables of the process; nothing else is set anywhere. */
export function variables(values: Readonly<Record<string, string>>, complete = true): Environment {
  return {
    find: (name) =>
      Object.hasOwn(values, name) ? { value: values[name] ?? '', from: 'process' } : undefined,
    complete,
  };
}

const unset = variables({});

/** Reads each file once, as long as the function is kept. */
function loader(files: Files): (path: string) => Layer | Missing {
  const texts = new Map(
    Object.entries(files).map(([name, text]) => [resolve(DIRECTORY, name), text]),
  );
  const read = new Map<string, Layer>();
  return (path) => {
    const text = texts.get(path);
    if (text === undefined) return { problem: 'which is not there' };
    const layer = read.get(path) ?? { file: path, documents: parseFile(path, text).documents };
    read.set(path, layer);
    return layer;
  };
}

/** The project of the files: `compose.yaml`, and the override file where there is one. */
export function resolving(files: Files, options: Options = {}): Merged {
  const { environment = unset, memo = resolveMemo(), load = loader(files) } = options;
  const usual = ['compose.yaml', 'compose.override.yaml'].filter((name) => name in files);
  const layers = (options.layers ?? usual).flatMap((name) => {
    const layer = load(resolve(DIRECTORY, name));
    return 'problem' in layer ? [] : [layer];
  });
  return resolveCompose(
    {
      layers,
      directory: DIRECTORY,
      environment,
      ports: {
        load,
        environmentAt: (directory, envFiles) => {
          const known = options.environments ?? {};
          const found = (envFiles ?? [directory]).map((path) => known[path]);
          if (envFiles && found.includes(undefined)) return { problem: 'a file is not there' };
          return found[0] ?? unset;
        },
      },
    },
    memo,
  );
}

/** What a value says, without where. */
export function plain(value: Value | undefined): unknown {
  if (value === undefined) return undefined;
  if (value.kind === 'scalar') return value.value;
  if (value.kind === 'seq') return value.items.map((item) => plain(item.value));
  return Object.fromEntries(value.entries.map((entry) => [entry.key, plain(entry.value)]));
}

/** All services as plain data. */
export function services({ services: all }: Merged): unknown {
  return Object.fromEntries([...all].map(([name, { map }]) => [name, plain(map)]));
}

/** Entries of a section as plain data. */
export function entries(section: ReadonlyMap<string, Entry>): unknown {
  return Object.fromEntries([...section].map(([name, { value }]) => [name, plain(value)]));
}

/** What is refused, as `rule: the text that is to blame`. */
export function refusals(merged: Merged): readonly string[] {
  return merged.refusals.map(
    ({ rule, place: { source, span } }) => `${rule}: ${source.text.slice(span.start, span.end)}`,
  );
}

/** The mapping of a service. */
export function serviceOf(merged: Merged, name: string): MapValue {
  const service = merged.services.get(name);
  if (!service) throw new Error(`There is no service ${name}.`);
  return service.map;
}

/** The entry at a path below a service. */
export function entryOf(merged: Merged, name: string, ...keys: readonly string[]): Entry {
  let value: Value = serviceOf(merged, name);
  let entry: Entry | undefined;
  for (const key of keys) {
    entry = value.kind === 'map' ? value.get(key) : undefined;
    if (!entry) throw new Error(`There is no ${keys.join('.')}.`);
    value = entry.value;
  }
  if (!entry) throw new Error('A path has a key.');
  return entry;
}
