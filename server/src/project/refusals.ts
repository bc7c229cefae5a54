/** Everything for which Compose would refuse a project, each with the place that is to blame. */
import type { CanonicalService } from '../compose/canonical/service.ts';
import { serviceConsistency } from '../compose/consistency/service.ts';
import { topConsistency } from '../compose/consistency/top.ts';
import { type SectionName, sectionNames } from '../compose/effective/merged.ts';
import type { Refusal } from '../compose/refusal.ts';
import {
  schemaRefusalsOfRoot,
  schemaRefusalsOfService,
  schemaRefusalsOfTop,
} from '../compose/schema/refusals.ts';
import type { Entry } from '../compose/value.ts';
import type { Place } from '../core/source.ts';
import type { ComposeProject, ProjectMemo, ProjectService } from './compose-project.ts';

/**
 * What is wrong with one service alone. A pure function of its arguments, to be kept with them. One that does not run is
 * not judged: Compose looks no further than its schema then.
 */
export function refusalsOfService(
  service: ProjectService,
  canonical: CanonicalService,
  isJudged = true,
): readonly Refusal[] {
  const { name, merged, resolved, checked } = service;
  const consistency = isJudged ? serviceConsistency(checked) : [];
  const found = [
    ...resolved.refusals,
    ...[...resolved.stages, merged].flatMap((map) => schemaRefusalsOfService(map, name)),
    ...consistency.filter(({ rule }) => rule !== NOTHING_TO_RUN || isRead(service)),
    ...canonical.refusals,
  ];
  return onePerPlace(found).map((refusal) => ({ service: name, ...refusal }));
}

const NOTHING_TO_RUN = 'compose/no-image-or-build';

/** What a service runs may stand in a parent that was not found, or below the key whose value is no mapping. */
function isRead({ declared, merged, resolved }: ProjectService): boolean {
  if (declared.value.kind !== 'map' && merged.entries.length === 0) return false;
  return !resolved.refusals.some(({ rule }) => rule === 'compose/extends');
}

/** One reason for each place is enough: what comes later mostly follows from what came first. */
function onePerPlace(refusals: readonly Refusal[]): readonly Refusal[] {
  if (refusals.length < 2) return refusals;
  const seen: Place[] = [];
  return refusals.filter(({ place }) => {
    const isKnown = seen.some(
      ({ source, span }) => source === place.source && span.start === place.span.start,
    );
    seen.push(place);
    return !isKnown;
  });
}

/** What is wrong with the project as a whole: top levels, sections, and how services refer to one another. */
export function refusalsOfProject(project: ComposeProject, memo: ProjectMemo): readonly Refusal[] {
  const { merged, services, files, found } = project;
  const ofServices = new Set(services.flatMap(({ resolved }) => resolved.refusals));
  const refusals: Refusal[] = merged.refusals.filter((refusal) => !ofServices.has(refusal));
  const own = found.files.flatMap((path) => files.get(path)?.documents ?? []);
  own.forEach((root, index) => refusals.push(...schemaRefusalsOfRoot(root, own.slice(0, index))));
  for (const [path, { documents }] of files)
    if (!found.files.includes(path))
      for (const root of documents) refusals.push(...schemaRefusalsOfRoot(root));
  for (const section of sectionNames) {
    for (const entry of merged[section].values())
      refusals.push(...refusalsOfEntry(section, entry, memo));
  }
  return [
    ...refusals,
    ...emptiness(project),
    ...nameRefusals(project),
    ...references(project, memo),
  ];
}

function refusalsOfEntry(
  section: SectionName,
  entry: Entry,
  { entries }: ProjectMemo,
): readonly Refusal[] {
  const known = entries[section].get(entry);
  if (known) return known;
  const found = [...schemaRefusalsOfTop(section, entry), ...topConsistency(section, entry)];
  entries[section].set(entry, found);
  return found;
}

/** One file of several may say nothing. */
function emptiness({ files, found }: ComposeProject): readonly Refusal[] {
  const own = found.files.flatMap((path) => files.get(path) ?? []);
  const source = own[0]?.blocks[0]?.source;
  if (!source || own.some(({ documents }) => documents.length > 0)) return [];
  const message =
    'The file says nothing, so Compose refuses it. Write services: with a service below it.';
  return [{ rule: 'compose/schema', message, place: { source, span: { start: 0, end: 0 } } }];
}

function nameRefusals({ found: { problems } }: ComposeProject): readonly Refusal[] {
  return problems.flatMap(({ kind, message, place }) =>
    kind === 'name' && place ? [{ rule: 'compose/invalid-project-name', message, place }] : [],
  );
}

/** What is not here may be declared where we cannot look, and what a piece refers to in the file that it belongs to. */
function references(project: ComposeProject, { check }: ProjectMemo): readonly Refusal[] {
  const { merged, services, isPiece, asRun } = project;
  if (isPiece || merged.unread.length > 0) return [];
  const hidden = services.filter((service) => isHidden(service, project));
  const judged = asRun ? services.filter((service) => !hidden.includes(service)) : services;
  return check({
    services: judged.map(({ checked }) => checked),
    hidden: new Map(hidden.map(({ name, profiles }) => [name, profiles])),
    networks: namesOf(merged.networks),
    volumes: namesOf(merged.volumes),
    secrets: namesOf(merged.secrets),
    configs: namesOf(merged.configs),
    models: namesOf(merged.models),
  });
}

/** Switched off by its profiles. */
function isHidden({ profiles }: ProjectService, { found }: ComposeProject): boolean {
  const { profiles: active } = found;
  return (
    profiles.length > 0 &&
    !active.includes('*') &&
    !profiles.some((profile) => active.includes(profile))
  );
}

const namesOf = (section: ReadonlyMap<string, unknown>): ReadonlySet<string> =>
  new Set(section.keys());
