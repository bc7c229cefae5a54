/** What is remembered from one resolution of a project to the next, by the identity of what it was made from. */
import type { Place } from '../../core/source.ts';
import type { Refusal } from '../refusal.ts';
import type { Entry, MapValue } from '../value.ts';
import type { Environment } from './environment.ts';
import type { MergedService } from './merged.ts';

/** One service in one file. */
export interface ServiceSlot {
  readonly raw: Entry;
  readonly environment: Environment;
  readonly own: OwnService;
  /** Undefined where it extends nothing; what may change although the entry does not. */
  readonly parent: Parent | undefined;
  readonly result: Declaration;
  /** The resolution that last looked whether the parent is still the same. */
  checked: object;
}

/** A service as it is written in one file, with variables filled in. */
export interface OwnService {
  readonly raw: Entry;
  readonly map: MapValue;
  /** False where nothing stands behind the name. */
  readonly declares: boolean;
  readonly tagged: boolean;
  readonly reference: Reference | undefined;
  readonly refusals: readonly Refusal[];
}

/** What `extends` names. */
export interface Reference {
  readonly service: string;
  /** As it is written; undefined for the same file. */
  readonly file: string | undefined;
  /** Whether it hangs on a variable that nobody knows here. */
  readonly open: boolean;
  /** Where the service is named. */
  readonly at: Place;
  /** Where the file is named; the same where none is. */
  readonly fileAt: Place;
}

/** What `extends` leads to: a service, or the reason why there is none. */
export interface Parent {
  readonly file: string;
  readonly service: Declaration | undefined;
  readonly problem: Problem | undefined;
  /** Whether nobody but this service says what is wrong with the parent. */
  readonly elsewhere: boolean;
}

/** Why there is no service to extend. */
export interface Problem {
  readonly message: string;
  readonly place: Place;
}

/** A service as one file says it, with what it extends; or as several do, merged. */
export interface Declaration extends MergedService {
  /** False where nothing but a name is written. */
  readonly declares: boolean;
  /** With `!reset` and `!override` still in it, without what it extends; undefined where it has none of them. */
  readonly tagged: MapValue | undefined;
}

/** An entry of a section, or a top-level key, in one file. */
export interface EntrySlot {
  readonly raw: Entry;
  readonly environment: Environment;
  readonly entry: Entry;
  readonly refusals: readonly Refusal[];
}

/** Something that was put together from parts, all of which must be the same for it to be the same. */
interface JoinedSlot<Part, Whole> {
  readonly parts: readonly Part[];
  readonly whole: Whole;
}

/** What is remembered of one file in one role: as a layer, as an included file, as one that is extended. */
export interface FileMemo {
  readonly services: Map<string, ServiceSlot>;
  readonly entries: Map<string, EntrySlot>;
}

/** What is remembered of one project, or one include. */
interface LayersMemo {
  readonly services: Map<string, JoinedSlot<Declaration, Declaration | undefined>>;
  readonly entries: Map<string, JoinedSlot<EntrySlot, EntrySlot | undefined>>;
  readonly includedEntries: Map<string, JoinedSlot<EntrySlot, EntrySlot>>;
  readonly included: Map<string, JoinedSlot<Declaration, Declaration>>;
}

/** Opaque to callers: keep it as long as the project is of interest. */
export interface ResolveMemo {
  readonly files: Map<string, FileMemo>;
  readonly layers: Map<string, LayersMemo>;
  /** Environments that were put together from two. */
  readonly environments: Map<string, JoinedSlot<Environment | string, Environment>>;
  /** Files with several documents, whose services are merged before they are extended. */
  readonly documents: Map<string, JoinedSlot<unknown, MapValue | undefined>>;
}

/** An empty memory for one project. */
export function resolveMemo(): ResolveMemo {
  return { files: new Map(), layers: new Map(), environments: new Map(), documents: new Map() };
}

/** The memory of one file in one role. */
export function fileMemo(memo: ResolveMemo, key: string): FileMemo {
  return remembered(memo.files, key, () => ({ services: new Map(), entries: new Map() }));
}

/** The memory of one project or include. */
export function layersMemo(memo: ResolveMemo, key: string): LayersMemo {
  return remembered(memo.layers, key, () => ({
    services: new Map(),
    entries: new Map(),
    included: new Map(),
    includedEntries: new Map(),
  }));
}

function remembered<T>(map: Map<string, T>, key: string, make: () => T): T {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

/** What was made of these very parts before, or what `join` makes of them now. */
export function joined<Part, Whole>(
  slots: Map<string, JoinedSlot<Part, Whole>>,
  key: string,
  parts: readonly Part[],
  join: () => Whole,
): Whole {
  const slot = slots.get(key);
  if (slot && isSame(slot.parts, parts)) return slot.whole;
  const whole = join();
  slots.set(key, { parts, whole });
  return whole;
}

function isSame(before: readonly unknown[], now: readonly unknown[]): boolean {
  return before.length === now.length && before.every((part, index) => part === now[index]);
}

/** Forgets names that are gone, once they are as many as those that are there. */
export function forget<T>(
  slots: Map<string, T>,
  live: { readonly size: number; readonly has: (name: string) => boolean },
): void {
  if (slots.size <= 2 * live.size + 16) return;
  for (const name of slots.keys()) if (!live.has(name)) slots.delete(name);
}
