/** What a Compose project comes to once all its files are laid over one another. */
import type { Place } from '../../core/source.ts';
import type { Refusal } from '../refusal.ts';
import type { Entry, MapValue, Value } from '../value.ts';
import type { Environment } from './environment.ts';

/** A service that another one extends; the nearest first in a chain. */
export interface Ancestor {
  readonly name: string;
  readonly file: string;
  /** The service as it is written there. */
  readonly entry: Entry;
  /** Where it is named. */
  readonly at: Place;
}

export interface MergedService {
  readonly name: string;
  /** Variables filled in, what it extends and all files merged; without `extends`. Empty where it is no mapping. */
  readonly map: MapValue;
  /** As it is first written; with an `include` step where it comes from an included file. */
  readonly declared: Entry;
  /** Each place where it is written, in the order in which they are laid over one another; without what it extends. */
  readonly layers: readonly Entry[];
  readonly chain: readonly Ancestor[];
  /** What it was each time before another layer was laid over it: Compose checks its schema then, too. */
  readonly stages: readonly MapValue[];
  /** What its variables were filled in from; an included file has its own. */
  readonly environment: Environment;
  readonly refusals: readonly Refusal[];
}

/** Top-level sections that hold named things other than services. */
export const sectionNames = ['networks', 'volumes', 'secrets', 'configs', 'models'] as const;

export type SectionName = (typeof sectionNames)[number];

export type Sections = Readonly<Record<SectionName, ReadonlyMap<string, Entry>>>;

/** A file that could not be looked at because it is elsewhere: what it defines is not known. */
export interface Unread {
  readonly address: string;
  readonly place: Place;
}

export interface Merged extends Sections {
  /** In the order in which they first appear. The same object comes back for a service where nothing changed. */
  readonly services: ReadonlyMap<string, MergedService>;
  /** Top-level keys that start with `x-`. */
  readonly extensions: ReadonlyMap<string, Entry>;
  /** All other top-level keys, `name`, `version`, `include` and unknown ones, of the project's own files. */
  readonly keys: ReadonlyMap<string, Entry>;
  /** Every file that was asked for, whether it is there or not, with the place that names it first; the project's own without. */
  readonly files: ReadonlyMap<string, Place | undefined>;
  readonly unread: readonly Unread[];
  /** Each once, those of services in their order last. */
  readonly refusals: readonly Refusal[];
}

/** A file with its documents, each the root of a tree. */
export interface Layer {
  readonly file: string;
  readonly documents: readonly Value[];
}

/** What is wrong with a file that is asked for, in words that fit behind its name. */
export interface Missing {
  readonly problem: string;
}

export interface Ports {
  /** The documents of the file at an absolute path: the same array again while the file does not change. */
  readonly load: (path: string) => Layer | Missing;
  /**
   * What the environment files of an include say: those that are named, or `.env` in the directory where none are named.
   * `parent` is for variables inside them. The same object again while nothing in it changes.
   */
  readonly environmentAt: (
    directory: string,
    files: readonly string[] | undefined,
    parent: Environment,
  ) => Environment | Missing;
}

export interface ResolveInput {
  /** The project's own files, each laid over the one before. */
  readonly layers: readonly Layer[];
  /** The absolute path that relative paths in them are relative to. */
  readonly directory: string;
  readonly environment: Environment;
  readonly ports: Ports;
}
