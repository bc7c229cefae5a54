/** `include`: other projects whose services and resources become part of this one. */
import { dirname, relative, resolve } from 'node:path';
import type { Place } from '../../core/source.ts';
import type { Entry, MapValue, Scalar, Value } from '../value.ts';
import { itemsOf } from './convert.ts';
import { type Environment, layered } from './environment.ts';
import { imported as importedService, importedEntry } from './imported.ts';
import { type Declaration, type EntrySlot, joined, layersMemo } from './memo.ts';
import { type Layer, type SectionName, sectionNames } from './merged.ts';
import { type Context, isRemote, load, refuse, type Scope } from './run.ts';
import { sameValue } from './same.ts';

/** What the files of a project, or of an include, come to. */
export interface Layered {
  readonly services: ReadonlyMap<string, Declaration>;
  readonly sections: Readonly<Record<SectionName, ReadonlyMap<string, EntrySlot>>>;
  /** Top-level keys that are no sections: what is included does not pass them on. */
  readonly keys: ReadonlyMap<string, EntrySlot>;
}

export type LayOver = (context: Context, layers: readonly Layer[]) => Layered;

const none: ReadonlyMap<string, never> = new Map<string, never>();

export const noImports: Layered = {
  services: none,
  sections: { networks: none, volumes: none, secrets: none, configs: none, models: none },
  keys: none,
};

/** One item of `include`, with its paths absolute. */
interface Inclusion {
  readonly paths: readonly string[];
  readonly directory: string;
  readonly environmentFiles: readonly string[] | undefined;
  readonly at: Place;
  /** Where the environment files are named; the same where none are. */
  readonly environmentAt: Place;
}

/** All that the items of `include` bring. */
export function importsOf(scope: Scope, include: Entry, layOver: LayOver): Layered {
  const { value } = include;
  // What is no list, the schema refuses.
  if (value.kind !== 'seq') return noImports;
  const all: Gathering = { services: new Map(), sections: emptySections(), keys: none };
  for (const item of value.items) {
    const inclusion = inclusionOf(scope, item.value);
    if (inclusion) addAll(scope, all, { inclusion, layered: included(scope, inclusion, layOver) });
  }
  return all;
}

interface Gathering extends Layered {
  readonly services: Map<string, Declaration>;
  readonly sections: Readonly<Record<SectionName, Map<string, EntrySlot>>>;
}

function emptySections(): Gathering['sections'] {
  return {
    networks: new Map(),
    volumes: new Map(),
    secrets: new Map(),
    configs: new Map(),
    models: new Map(),
  };
}

interface Included {
  readonly inclusion: Inclusion;
  readonly layered: Layered;
}

/** Adds what one item brings; what another item brought already must say the same. */
function addAll({ run }: Scope, all: Gathering, { inclusion, layered }: Included): void {
  const clash = (kind: string, name: string): void => {
    const message = `This includes ${kind} ${name}, which another include defines in another way, and Compose does not choose between them. Rename one of them, or include only one.`;
    refuse(run, 'compose/include', message, inclusion.at);
  };
  for (const [name, declaration] of layered.services) {
    const known = all.services.get(name);
    if (known === undefined) all.services.set(name, declaration);
    else if (!sameValue(known.map, declaration.map)) clash('service', name);
  }
  for (const section of sectionNames) {
    const kind = section.slice(0, -1);
    for (const [name, slot] of layered.sections[section]) {
      const known = all.sections[section].get(name);
      if (known === undefined) all.sections[section].set(name, slot);
      else if (!sameValue(known.entry.value, slot.entry.value)) clash(kind, name);
    }
  }
}

function included(scope: Scope, inclusion: Inclusion, layOver: LayOver): Layered {
  const { run, context } = scope;
  const { paths, directory, at } = inclusion;
  const [main = ''] = paths;
  const led = [...context.included, scope.file];
  if (led.includes(main)) {
    const circle = [...led.slice(led.indexOf(main)), main]
      .map((path) => relative(run.directory, path))
      .join(' → ');
    refuse(
      run,
      'compose/include',
      `Files include one another in a circle (${circle}), so Compose refuses them. Remove one of these includes.`,
      at,
    );
    return noImports;
  }
  if (run.includes-- <= 0) {
    refuse(
      run,
      'compose/include',
      'More files are included than anybody can follow. Include each file once.',
      at,
    );
    return noImports;
  }
  const layers = layersOf(scope, inclusion);
  const key = [context.key, 'include', directory, ...paths].join('\0');
  const environment = environmentOf(scope, inclusion, key);
  if (layers === undefined || environment === undefined) return noImports;
  const inner: Context = { run, key, directory, environment, included: led, extended: new Map() };
  return marked(inner, layOver(inner, layers), at);
}

/** With where it comes from, and with what Compose adds to what is included. */
function marked(context: Context, { services, sections }: Layered, at: Place): Layered {
  const { run, directory, environment } = context;
  const memo = layersMemo(run.memo, context.key);
  const origin = { file: at.source.file, at, directory, environment };
  const entriesOf = (section: SectionName): ReadonlyMap<string, EntrySlot> =>
    mapOf(sections[section], (name, slot) =>
      joined(memo.includedEntries, `${section}\0${name}`, [slot, at.source], () =>
        importedEntry(slot, origin),
      ),
    );
  return {
    services: mapOf(services, (name, declaration) =>
      joined(memo.included, name, [declaration, at.source, environment], () =>
        importedService(declaration, origin),
      ),
    ),
    sections: {
      networks: entriesOf('networks'),
      volumes: entriesOf('volumes'),
      secrets: entriesOf('secrets'),
      configs: entriesOf('configs'),
      models: entriesOf('models'),
    },
    keys: none,
  };
}

function mapOf<T>(
  map: ReadonlyMap<string, T>,
  change: (name: string, value: T) => T,
): ReadonlyMap<string, T> {
  return new Map([...map].map(([name, value]) => [name, change(name, value)]));
}

/** The files of one item; undefined where one is missing, which is said then. */
function layersOf({ run }: Scope, { paths, at }: Inclusion): readonly Layer[] | undefined {
  const layers = paths.map((path) => ({ path, layer: load(run, path, at) }));
  for (const { path, layer } of layers) {
    if (typeof layer !== 'string') continue;
    refuse(
      run,
      'compose/include',
      `This includes ${path}, ${layer}. Correct the path, or remove the include.`,
      at,
    );
  }
  const found = layers.map(({ layer }) => layer).filter((layer) => typeof layer !== 'string');
  return found.length === paths.length ? found : undefined;
}

function environmentOf(
  { run, context }: Scope,
  { directory, environmentFiles, environmentAt }: Inclusion,
  key: string,
): Environment | undefined {
  const outer = context.environment;
  const own = run.ports.environmentAt(directory, environmentFiles, outer);
  if ('problem' in own) {
    const message = `The environment of what is included here cannot be read: ${own.problem}. Correct env_file, or add the file.`;
    refuse(run, 'compose/include', message, environmentAt);
    return undefined;
  }
  return joined(run.memo.environments, key, [outer, own], () => layered(outer, own));
}

function inclusionOf(scope: Scope, value: Value): Inclusion | undefined {
  const map = value.kind === 'map' ? value : undefined;
  const written = value.kind === 'scalar' ? [value] : textsAt(map, 'path');
  const given = textsAt(map, 'project_directory')[0];
  const files = textsAt(map, 'env_file');
  const [first] = written;
  if (first === undefined) {
    const message =
      'This include names no file, so Compose refuses it. Write the path of a Compose file, or path: with it.';
    refuse(scope.run, 'compose/include', message, value);
    return undefined;
  }
  const elsewhere = [...written, given, ...files].find(isElsewhere);
  if (elsewhere) {
    const { text, template, source, span } = elsewhere;
    scope.run.unread.push({ address: template ?? text, place: { source, span } });
    return undefined;
  }
  const paths = written.map(({ text }) => resolve(scope.directory, text));
  return {
    paths,
    directory: given ? resolve(scope.directory, given.text) : dirname(paths[0] ?? ''),
    environmentFiles: files.length === 0 ? undefined : pathsOf(files, scope),
    at: { source: first.source, span: first.span },
    environmentAt: files[0] ?? first,
  };
}

function pathsOf(files: readonly Scalar[], { directory }: Scope): readonly string[] {
  return files
    .filter(({ text }) => text !== '/dev/null')
    .map(({ text }) => resolve(directory, text));
}

/** What is fetched from elsewhere, and what hangs on a variable that nobody knows here. */
function isElsewhere(scalar: Scalar | undefined): boolean {
  return scalar !== undefined && (scalar.open.length > 0 || isRemote(scalar.text));
}

function textsAt(map: MapValue | undefined, key: string): readonly Scalar[] {
  const value = map?.get(key)?.value;
  if (value === undefined) return [];
  return itemsOf(value)
    .map((item) => item.value)
    .filter((one) => one.kind === 'scalar')
    .filter((one) => typeof one.value === 'string' && one.value !== '');
}
