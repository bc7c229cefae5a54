/** Where a service may write the data of a database to. */
import { mountsOf } from '../canonical/read.ts';
import type { Place } from '../../core/source.ts';
import type { MapValue } from '../value.ts';

/** A mount at one of the folders in which database servers keep their data. */
export interface DataMount {
  /** The key of a volume, or an absolute path of the host. */
  readonly source: string;
  readonly target: string;
  readonly place: Place;
}

/** By the documentation of the official images; which of them is meant depends on the image. */
export const DATA_FOLDERS = [
  '/data',
  '/data/db',
  '/var/lib/cassandra',
  '/var/lib/influxdb2',
  '/var/lib/mysql',
  '/var/lib/postgresql/data',
] as const;

const FOLDERS: ReadonlySet<string> = new Set(DATA_FOLDERS);

const none: readonly DataMount[] = [];

/** Those that may be written to, with a source that is known. */
export function dataMountsOf(canonical: MapValue): readonly DataMount[] {
  const found = mountsOf(canonical).flatMap(({ source, target, readOnly }) =>
    source?.value !== undefined &&
    target?.value !== undefined &&
    FOLDERS.has(target.value) &&
    readOnly?.value !== true
      ? [{ source: source.value, target: target.value, place: source.place }]
      : none,
  );
  return found.length === 0 ? none : found;
}

/** What a mount brings into a container. */
export interface MountedSource {
  /** The key of a volume, or an absolute path of the host. */
  readonly source: string;
  /** Of the source, or of the whole short form. */
  readonly place: Place;
}

const noSources: readonly MountedSource[] = [];

/** Volumes and folders that it gets to see, those that it may only read included. */
export function sourcesOf(canonical: MapValue): readonly MountedSource[] {
  const found = mountsOf(canonical).flatMap(({ source }) =>
    source?.value === undefined ? noSources : [{ source: source.value, place: source.place }],
  );
  return found.length === 0 ? noSources : found;
}
