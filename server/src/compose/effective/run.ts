/** One resolution of a project while it runs: what was read, and what is wrong. */
import type { Place } from '../../core/source.ts';
import type { Refusal } from '../refusal.ts';
import type { Entry, MapValue } from '../value.ts';
import type { Environment } from './environment.ts';
import type { Declaration, FileMemo, ResolveMemo } from './memo.ts';
import type { Layer, Ports, Unread } from './merged.ts';

export interface Run {
  /** Stands for this run where it is remembered what was looked at in it. */
  readonly token: object;
  readonly memo: ResolveMemo;
  readonly ports: Ports;
  /** The project's directory: relative paths of files elsewhere become absolute. */
  readonly directory: string;
  /** Every file that was asked for, with the place that names it first; undefined for the project's own. */
  readonly files: Map<string, Place | undefined>;
  readonly unread: Unread[];
  readonly refusals: Refusal[];
  /** The services that are being extended, the first at the start. */
  readonly open: OpenService[];
  /** Services that extend one another in a circle, as they are written, with the sentence that says so. */
  readonly circles: Map<Entry, string>;
  /** How many files may still be included. */
  includes: number;
}

interface OpenService {
  readonly scope: Scope;
  readonly raw: Entry;
}

/** The services of one file, among which `extends` looks. */
export interface Scope {
  readonly run: Run;
  readonly context: Context;
  readonly file: string;
  /** Relative paths in the file start here. */
  readonly directory: string;
  readonly services: MapValue | undefined;
  /** What included files define. */
  readonly imported: ReadonlyMap<string, Declaration>;
  /** Whether the file is only read because a service in another one extends one of it. */
  readonly extended: boolean;
  readonly memo: FileMemo;
}

/** What all files of a project, or of an include, have in common. */
export interface Context {
  readonly run: Run;
  readonly key: string;
  readonly directory: string;
  readonly environment: Environment;
  /** The files whose includes led here. */
  readonly included: readonly string[];
  /** Files that are extended, each read once. */
  readonly extended: Map<string, Scope>;
}

/** The beginnings of addresses that Compose fetches from elsewhere. */
const REMOTE = /^(https?|git|ssh|oci):\/\/|^git@|^github\.com\//;

/** Whether a path is an address elsewhere. */
export function isRemote(path: string): boolean {
  return REMOTE.test(path);
}

/** Reads a file that is named at a place; the answer is its layer, or what is wrong in words that fit behind its name. */
export function load({ files, ports }: Run, path: string, at: Place): Layer | string {
  if (!files.has(path)) files.set(path, at);
  const layer = ports.load(path);
  return 'problem' in layer ? layer.problem : layer;
}

/** Reports something that has no memory: it is found again in each run. */
export function refuse(run: Run, rule: string, message: string, { source, span }: Place): void {
  run.refusals.push({ rule, message, place: { source, span } });
}
