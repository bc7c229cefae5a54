/** Collects what each document of a project, or of an include, says of each name. */
import type { Entry, MapValue, Value } from '../value.ts';
import { declare } from './extends.ts';
import { importsOf, type LayOver, noImports } from './include.ts';
import { type Declaration, type EntrySlot, fileMemo, forget } from './memo.ts';
import { type Layer, type SectionName, sectionNames } from './merged.ts';
import { readEntry } from './own.ts';
import { type Context, refuse, type Scope } from './run.ts';
import { sameValue } from './same.ts';

/** Names with what the layers say of them: most stand in one layer only. */
export interface Parts<T> {
  /** In the order in which the names first appear, with what is said first. */
  readonly first: Map<string, T>;
  /** All that is said, in the order of the layers, of names that stand in several, or that have to be judged. */
  readonly all: Map<string, T[]>;
}

function noParts<T>(): Parts<T> {
  return { first: new Map(), all: new Map() };
}

interface Gathered {
  readonly services: Parts<Declaration>;
  readonly sections: Readonly<Record<SectionName, Parts<EntrySlot>>>;
  /** Top-level keys that are no sections. */
  readonly keys: Parts<EntrySlot>;
}

/** What all documents of all files say, file by file. */
export function gather(context: Context, layers: readonly Layer[], layOver: LayOver): Gathered {
  const gathered: Gathered = {
    services: noParts(),
    sections: {
      networks: noParts(),
      volumes: noParts(),
      secrets: noParts(),
      configs: noParts(),
      models: noParts(),
    },
    keys: noParts(),
  };
  layers.forEach(({ file, documents }, layer) => {
    documents.forEach((root, index) => {
      const key = [context.key, layer, file, index].join('\0');
      if (root.kind === 'map')
        gatherDocument(gathered, scopeOf(context, { file, key, root }), { root, layOver });
    });
  });
  return gathered;
}

interface Root {
  readonly file: string;
  readonly key: string;
  readonly root: MapValue;
}

function scopeOf(context: Context, { file, key, root }: Root): Scope {
  return {
    run: context.run,
    context,
    file,
    directory: context.directory,
    services: mappingOf(root.get('services')),
    imported: noImports.services,
    extended: false,
    memo: fileMemo(context.run.memo, key),
  };
}

/** What is no mapping, the schema refuses. */
function mappingOf(entry: Entry | undefined): MapValue | undefined {
  return entry?.value.kind === 'map' && entry.value.tag !== 'reset' ? entry.value : undefined;
}

interface Reading {
  readonly root: MapValue;
  readonly layOver: LayOver;
}

function gatherDocument(gathered: Gathered, bare: Scope, { root, layOver }: Reading): void {
  const include = root.get('include');
  const imports = include
    ? importsOf(bare, readEntry(include, undefined, bare).entry, layOver)
    : noImports;
  const scope = include ? { ...bare, imported: imports.services } : bare;
  const services: Named<Declaration> = {
    parts: gathered.services,
    imported: imports.services,
    read: (entry) => declare(scope, entry),
    valueOf: ({ map }) => map,
    scope,
  };
  addAll(services, root.get('services'), scope.services);
  for (const section of sectionNames) {
    const entry = root.get(section);
    const named: Named<EntrySlot> = {
      parts: gathered.sections[section],
      imported: imports.sections[section],
      read: (one) => readEntry(one, section, scope),
      valueOf: (slot) => slot.entry.value,
      scope,
    };
    addAll(named, entry, mappingOf(entry));
  }
  addKeys(gathered, scope, root);
  forgetGone(scope, root);
}

/** Names change with every key that is typed in them. */
function forgetGone({ memo, services }: Scope, root: MapValue): void {
  forget(memo.services, {
    size: services?.entries.length ?? 0,
    has: (name) => services?.get(name) !== undefined,
  });
  const maps = sectionNames.map((section) => mappingOf(root.get(section)));
  const count = maps.reduce((sum, map) => sum + (map?.entries.length ?? 0), root.entries.length);
  forget(memo.entries, {
    size: count,
    has: (name) => root.get(name) !== undefined || maps.some((map) => isOf(map, name)),
  });
}

/** Whether a mapping has the name behind the first dot of `section.name`. */
function isOf(map: MapValue | undefined, name: string): boolean {
  return map?.get(name.slice(name.indexOf('.') + 1)) !== undefined;
}

/** One kind of named things: what is known of them so far, and how an entry of this document is read. */
interface Named<T> {
  readonly parts: Parts<T>;
  readonly imported: ReadonlyMap<string, T>;
  readonly read: (entry: Entry) => T;
  readonly valueOf: (part: T) => Value;
  readonly scope: Scope;
}

function addAll<T>(named: Named<T>, entry: Entry | undefined, map: MapValue | undefined): void {
  const { parts, imported, read } = named;
  if (entry?.value.tag !== undefined) clear(parts);
  for (const [name, part] of imported) add(parts, name, part);
  for (const one of map?.entries ?? []) {
    const { tag } = one.value;
    if (tag !== undefined) remove(parts, one.key);
    if (tag !== 'reset') addOwn(named, one, read(one));
  }
}

/** What the file defines itself and includes too must be the same; where it is not, Compose refuses, and the file's own counts here. */
function addOwn<T>({ parts, imported, valueOf, scope }: Named<T>, entry: Entry, part: T): void {
  const known = imported.size === 0 ? undefined : imported.get(entry.key);
  if (known !== undefined && entry.value.tag === undefined) {
    if (sameValue(valueOf(known), valueOf(part))) return;
    const message = `${entry.key} is defined here and, in another way, in a file that is included, and Compose does not merge the two. Rename one of them, or change the included one in an override file.`;
    refuse(scope.run, 'compose/include', message, { source: entry.source, span: entry.keySpan });
  }
  add(parts, entry.key, part);
}

function add<T>({ first, all }: Parts<T>, name: string, part: T): void {
  const known = first.get(name);
  if (known === undefined) first.set(name, part);
  else {
    const parts = all.get(name);
    if (parts) parts.push(part);
    else all.set(name, [known, part]);
  }
}

function remove<T>({ first, all }: Parts<T>, name: string): void {
  first.delete(name);
  all.delete(name);
}

function clear<T>({ first, all }: Parts<T>): void {
  first.clear();
  all.clear();
}

const sections: ReadonlySet<string> = new Set(['services', ...sectionNames]);

function addKeys(gathered: Gathered, scope: Scope, root: MapValue): void {
  for (const entry of root.entries) {
    if (sections.has(entry.key)) continue;
    const { tag } = entry.value;
    if (tag !== undefined) remove(gathered.keys, entry.key);
    if (tag !== 'reset') add(gathered.keys, entry.key, readEntry(entry, undefined, scope));
  }
}
