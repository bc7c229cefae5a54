/** A Compose project as it would run: the files that belong together, and what they make of each service. */
import { basename, dirname, join } from 'node:path';
import { type ProjectChecker, projectChecker } from '../compose/consistency/checker.ts';
import { factsMemo, type FactsMemo } from '../compose/consistency/facts.ts';
import type { CheckedService } from '../compose/consistency/service.ts';
import type { Environment as Effective } from '../compose/effective/environment.ts';
import { resolveMemo, type ResolveMemo } from '../compose/effective/memo.ts';
import type {
  Layer,
  Merged,
  MergedService,
  Missing,
  SectionName,
} from '../compose/effective/merged.ts';
import { resolveCompose } from '../compose/effective/project.ts';
import type { ParsedFile } from '../compose/file.ts';
import { waitedToEnd } from '../compose/model.ts';
import type { Refusal } from '../compose/refusal.ts';
import type { Entry, MapValue } from '../compose/value.ts';
import {
  BASE_NAMES,
  type DiscoveryRequest,
  OVERRIDE_NAMES,
  projectAlone,
  projectOfFile,
  type ProjectFiles,
} from './discover.ts';
import { type Environment, environmentCache, type EnvironmentCache } from './environment.ts';
import type { FileFacts } from './files.ts';
import { environmentOfInclude } from './start.ts';
import { isComplete, saysWhatRuns, serviceNames, writtenName } from './written.ts';

export interface ProjectService {
  readonly name: string;
  /** Where it is declared first, in the project's own files. */
  readonly declared: Entry;
  readonly merged: MapValue;
  readonly resolved: MergedService;
  /** The same object as long as the service is. */
  readonly checked: CheckedService;
  /** Compose would run it as it stands; what is missing here is missing. */
  readonly complete: boolean;
  /** Names of the services whose successful end it waits for. */
  readonly awaits: readonly string[];
  /** It runs only where one of these is switched on; empty for always. */
  readonly profiles: readonly string[];
}

export interface ComposeProject {
  /** The file that is looked at. */
  readonly file: ParsedFile;
  /** All files that were read, by their absolute paths. */
  readonly files: ReadonlyMap<string, ParsedFile>;
  /** Absolute path of the folder that relative paths start from. */
  readonly directory: string;
  readonly found: ProjectFiles;
  readonly merged: Merged;
  readonly services: readonly ProjectService[];
  /** What is switched off by profiles is not judged, as Compose does not: the project is looked at as it would run now. */
  readonly asRun: boolean;
  /** The file is a piece of something that is not here, so what it lacks and refers to may well be there. */
  readonly isPiece: boolean;
}

/** What is kept of a project from one look at it to the next. */
export interface ProjectMemo {
  readonly environments: EnvironmentCache;
  readonly effective: WeakMap<Environment, Effective>;
  /** By the files of the project. */
  readonly resolved: Map<string, ResolveMemo>;
  readonly services: WeakMap<MergedService, ProjectService>;
  readonly facts: FactsMemo;
  /** How services refer to one another, and to the other sections. */
  readonly check: ProjectChecker;
  /** What is refused in one entry of another section, by that entry. */
  readonly entries: Readonly<Record<SectionName, WeakMap<Entry, readonly Refusal[]>>>;
}

export function projectMemo(): ProjectMemo {
  const facts = factsMemo();
  return {
    environments: environmentCache(),
    effective: new WeakMap(),
    resolved: new Map(),
    services: new WeakMap(),
    facts,
    check: projectChecker(facts),
    entries: {
      networks: new WeakMap(),
      volumes: new WeakMap(),
      secrets: new WeakMap(),
      configs: new WeakMap(),
      models: new WeakMap(),
    },
  };
}

export interface ProjectPorts {
  readonly facts: FileFacts;
  readonly parse: (path: string, text: string) => ParsedFile;
  /** The environment of the process; absent where a check must not depend on it. */
  readonly process?: Readonly<Record<string, string | undefined>> | undefined;
}

/** The project that a Compose file belongs to. Services that did not change are the same objects as before. */
export function openProject(
  file: ParsedFile,
  ports: ProjectPorts,
  memo: ProjectMemo,
): ComposeProject {
  const reading = readingOf(file, ports, memo);
  const request = requestOf(reading);
  // What the editor calls a Compose file may have any name.
  const found = /\.ya?ml$/i.test(file.file) ? projectOfFile(file.file, request) : undefined;
  return resolved(reading, found ?? projectAlone(file.file, request));
}

/** One look at a project. */
export interface Reading {
  readonly file: ParsedFile | undefined;
  readonly ports: ProjectPorts;
  readonly memo: ProjectMemo;
  readonly files: Map<string, ParsedFile>;
  readonly load: (path: string) => ParsedFile | undefined;
}

export function readingOf(
  file: ParsedFile | undefined,
  ports: ProjectPorts,
  memo: ProjectMemo,
): Reading {
  const files = new Map<string, ParsedFile>();
  const load = (path: string): ParsedFile | undefined => {
    if (path === file?.file) return file;
    const text = ports.facts.readText(path);
    return text === undefined ? undefined : ports.parse(path, text);
  };
  return { file, ports, memo, files, load };
}

export function requestOf(reading: Reading): DiscoveryRequest {
  const { ports, memo, load } = reading;
  return {
    facts: ports.facts,
    process: ports.process,
    cache: memo.environments,
    writtenName: (path) => writtenName(load(path)),
    isComplete: (path) => !isOverride(path) && isComplete(load(path)) && !isLaidOver(path, reading),
    reaches: (project, path) => resolve(reading, project).files.has(path),
  };
}

/** What the files of a project come to. */
function resolve({ ports, memo, load, files }: Reading, found: ProjectFiles): Merged {
  const { facts, process } = ports;
  const key = found.files.join('\0');
  const remembered = memo.resolved.get(key) ?? resolveMemo();
  memo.resolved.set(key, remembered);
  const layerOf = (path: string): Layer | Missing => {
    const parsed = load(path);
    if (!parsed) return { problem: problemWith(facts.kindOf(path)) };
    files.set(path, parsed);
    return { file: path, documents: parsed.documents };
  };
  const effective = (environment: Environment): Effective => {
    const known = memo.effective.get(environment) ?? {
      find: (name) => variableIn(environment, name, process !== undefined),
      complete: process !== undefined,
    };
    memo.effective.set(environment, known);
    return known;
  };
  const layers = found.files.map(layerOf).filter((layer): layer is Layer => 'file' in layer);
  return resolveCompose(
    {
      layers,
      directory: found.directory,
      environment: effective(found.environment),
      ports: {
        load: layerOf,
        environmentAt: (directory, envFiles) => {
          const base = found.environment;
          const environment = environmentOfInclude(
            base,
            { directory, envFiles },
            { facts, cache: memo.environments },
          );
          const refused = environment.problems.find((problem) => problem.refused);
          return refused ? { problem: refused.message } : effective(environment);
        },
      },
    },
    remembered,
  );
}

/** A value that hangs on what nobody sets is not known either, unless it is known that nobody does. */
function variableIn(
  environment: Environment,
  name: string,
  complete: boolean,
): ReturnType<Effective['find']> {
  const known = environment.lookup(name);
  if (!known || (!complete && known.open.length > 0)) return undefined;
  const { value, from, place } = known;
  return { value, from: from === 'file' ? 'file' : 'process', place };
}

function problemWith(kind: ReturnType<FileFacts['kindOf']>): string {
  if (kind === undefined) return 'is not there';
  return kind === 'directory' ? 'is a folder' : 'cannot be read as text';
}

export function resolved(reading: Reading, found: ProjectFiles): ComposeProject {
  const { file, files, memo } = reading;
  const merged = resolve(reading, found);
  // COMPOSE_FILE may name files that are not there, and none that are.
  const nothing = (): ParsedFile => reading.ports.parse(join(found.directory, BASE_NAMES[0]), '');
  const first = file ?? files.values().next().value ?? nothing();
  return {
    file: first,
    files,
    directory: found.directory,
    found,
    merged,
    services: [...merged.services.values()].map((service) => serviceIn(service, memo)),
    asRun: reading.ports.process !== undefined,
    isPiece: found.reason === 'fragment' && found.files.length === 1,
  };
}

function serviceIn(service: MergedService, { services }: ProjectMemo): ProjectService {
  const known = services.get(service);
  if (known) return known;
  const { name, declared, map } = service;
  const made: ProjectService = {
    name,
    declared,
    merged: map,
    resolved: service,
    checked: { name, map, key: { source: declared.source, span: declared.keySpan } },
    complete: saysWhatRuns(map) && !service.refusals.some(({ rule }) => rule === 'compose/extends'),
    awaits: waitedToEnd(map),
    profiles: profilesOf(map),
  };
  services.set(service, made);
  return made;
}

function profilesOf(map: MapValue): readonly string[] {
  const profiles = map.get('profiles')?.value;
  if (profiles?.kind !== 'seq') return none;
  return profiles.items.flatMap(({ value }) => (value.kind === 'scalar' ? [value.text] : []));
}

const none: readonly string[] = [];

const isOverride = (path: string): boolean =>
  OVERRIDE_NAMES.some((name) => name === basename(path));

/** A file beside a base file that says more of a service of the base is meant to be laid over it. */
function isLaidOver(path: string, { ports: { facts }, load }: Reading): boolean {
  const base = BASE_NAMES.map((name) => join(dirname(path), name)).find(
    (name) => facts.kindOf(name) === 'file',
  );
  if (base === undefined || base === path) return false;
  const names = new Set(serviceNames(load(base)));
  return serviceNames(load(path)).some((name) => names.has(name));
}
