/** What the rules say of each service, kept as long as nothing that they read has changed. */
import type { ParsedFile } from '../compose/file.ts';
import type { Styled } from '../compose/insert.ts';
import type { Value } from '../compose/value.ts';
import type { Settings } from '../config/settings.ts';
import type { ComposeProject, ProjectService } from '../project/compose-project.ts';
import { serviceRules } from '../rules/registry.ts';
import {
  contextsIn,
  serviceSubject,
  type ServiceSubject,
  type Surroundings,
} from '../rules/subject.ts';
import type { Ledger } from './ledger.ts';
import { type Part, partsOf } from './groups.ts';
import { type Crash, rulesUnder, runRules } from './run.ts';

export interface ServiceResult {
  readonly parts: readonly Part[];
  readonly crashes: readonly Crash[];
  readonly subject: ServiceSubject;
  /** What it was made of; any of it another object means that it has to be made again. */
  readonly of: ProjectService;
  readonly oneShot: boolean;
  readonly settings: Settings;
  readonly shared: readonly Value[];
  /** Facts of files were asked for it, so it holds as long as they do. */
  readonly needsFacts: boolean;
}

export interface Known {
  readonly services: Map<string, ServiceResult>;
  readonly ledger: Ledger;
}

const activeRules = rulesUnder(serviceRules);

/** A result for each service; `isFresh` says that facts of files have changed. */
export function serviceResults(
  project: ComposeProject,
  settings: Settings,
  { services: known, ledger }: Known,
  isFresh: boolean,
): readonly ServiceResult[] {
  const { directory, services } = project;
  const oneShots = new Set(services.flatMap(({ awaits }) => awaits));
  const surroundings: Surroundings = {
    project,
    files: ledger.facts,
    settings,
    contextOf: contextsIn(directory, ledger.facts),
  };
  const sharing = sharingIn(project);
  const active = activeRules(settings);
  const results = services.map((of) => {
    const shared = sharing.get(of.declared.source) ?? none;
    const before = known.get(of.name);
    const oneShot = oneShots.has(of.name);
    const isSame =
      before?.of === of &&
      before.oneShot === oneShot &&
      before.settings === settings &&
      !(isFresh && before.needsFacts) &&
      isEqual(before.shared, shared);
    if (isSame) return before;
    const asked = ledger.asked();
    const file = styledOf(project, of, shared);
    const subject = serviceSubject({ ...of, oneShot }, file, surroundings);
    // What nothing else is said of is said of the service, in the source that declares it.
    const about = { source: subject.source, service: of.name };
    const { raised, crashes } = runRules(active, subject, about);
    // Of a context that several services share, the files were asked for the first of them.
    const needsFacts = ledger.asked() > asked || subject.build !== undefined;
    const parts = partsOf(raised);
    const result = { parts, crashes, subject, of, oneShot, settings, shared, needsFacts };
    known.set(of.name, result);
    return result;
  });
  if (known.size > services.length) {
    const names = new Set(services.map(({ name }) => name));
    for (const name of known.keys()) if (!names.has(name)) known.delete(name);
  }
  return results;
}

const none: readonly Value[] = [];

const isEqual = (a: readonly Value[], b: readonly Value[]): boolean =>
  a === b || (a.length === b.length && a.every((value, index) => value === b[index]));

/** The values of each block that something else uses too. */
function sharingIn({ files, services }: ComposeProject): ReadonlyMap<unknown, readonly Value[]> {
  const sharing = new Map<unknown, Value[]>();
  const add = (value: Value): void => {
    const known = sharing.get(value.source);
    if (!known) sharing.set(value.source, [value]);
    else if (!known.includes(value)) known.push(value);
  };
  for (const { shared } of files.values()) shared.forEach(add);
  for (const { resolved } of services) for (const { entry } of resolved.chain) add(entry.value);
  return sharing;
}

const nothingShared: ReadonlySet<Value> = new Set();

function styledOf(
  { files, file }: ComposeProject,
  { declared }: ProjectService,
  shared: readonly Value[],
): Styled {
  const { style }: ParsedFile = files.get(declared.source.file) ?? file;
  return { style, shared: shared.length === 0 ? nothingShared : new Set(shared) };
}
