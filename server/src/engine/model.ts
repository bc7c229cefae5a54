/** What Compose would run of a project, or why it would refuse to. */
import { configJson, configYaml } from '../compose/canonical/output.ts';
import { type Canonical, canonicalProject } from '../compose/canonical/project.ts';
import type { MapValue } from '../compose/value.ts';
import type { Place } from '../core/source.ts';
import { canonicalOf, contextFor } from '../project/canonical.ts';
import {
  type ComposeProject,
  type ProjectMemo,
  type ProjectPorts,
  type ProjectService,
  readingOf,
  requestOf,
  resolved,
} from '../project/compose-project.ts';
import { projectOfDirectory, projectOfFile } from '../project/discover.ts';
import { refusalsOfProject, refusalsOfService } from '../project/refusals.ts';
import { type PlaceInFile, placesIn, type Places } from './places.ts';

export interface ModelRequest {
  /** Absolute path of a Compose file, or of a folder from which a project is looked for as Compose does. */
  readonly path: string;
  /** Switched on besides those that COMPOSE_PROFILES names. */
  readonly profiles: readonly string[];
  /** What `~` stands for. */
  readonly home: string;
}

export interface Reason {
  readonly message: string;
  /** Undefined where no file says it. */
  readonly at: PlaceInFile | undefined;
}

export interface Model {
  readonly project: ComposeProject;
  readonly canonical: Canonical;
  /** For what Compose would refuse the project, by file and line; empty where it would run it. */
  readonly refused: readonly Reason[];
  /** Where something stands in its file. */
  readonly placed: Places;
}

/** As `docker compose config` prints it. */
export function printedModel({ canonical }: Model, format: 'yaml' | 'json'): string {
  return format === 'json'
    ? `${JSON.stringify(configJson(canonical), undefined, 2)}\n`
    : configYaml(canonical);
}

/** Undefined where there is no project at the path. */
export function modelOf(
  { path, profiles, home }: ModelRequest,
  ports: ProjectPorts,
  memo: ProjectMemo,
): Model | undefined {
  const reading = readingOf(undefined, ports, memo);
  const request = { ...requestOf(reading), profiles };
  const isFolder = ports.facts.kindOf(path) === 'directory';
  const found = isFolder ? projectOfDirectory(path, request) : projectOfFile(path, request);
  if (!found) return undefined;
  const project = resolved(reading, found);
  const canonical = canonicalIn(project, ports, home);
  const placed = placesIn(project);
  return { project, canonical, refused: refusedIn(project, canonical, memo, placed), placed };
}

function canonicalIn(project: ComposeProject, { facts }: ProjectPorts, home: string): Canonical {
  const { merged, services, found } = project;
  const byMap = new Map<MapValue, ProjectService>(
    services.map((service) => [service.merged, service]),
  );
  const context = { ...contextFor(project, facts, home), profiles: found.profiles };
  return canonicalProject(
    {
      services: services.map(({ declared, merged: value }) => ({ ...declared, value })),
      networks: [...merged.networks.values()],
      volumes: [...merged.volumes.values()],
      secrets: [...merged.secrets.values()],
      configs: [...merged.configs.values()],
      models: [...merged.models.values()],
      extensions: [...merged.extensions.values()],
    },
    context,
    (map) => {
      const service = byMap.get(map);
      return service && canonicalOf(service, project, facts, home);
    },
  );
}

function refusedIn(
  project: ComposeProject,
  canonical: Canonical,
  memo: ProjectMemo,
  placed: Places,
): readonly Reason[] {
  const { files, found, services } = project;
  const broken = [...files.values()].flatMap(({ problems }) => problems);
  const told = (message: string, place: Place | undefined): Reason => ({
    message,
    at: place && placed(place),
  });
  // What follows from a mistake of syntax is no reason of its own.
  if (broken.length > 0) return broken.map((problem) => told(problem.message, problem));
  const refusals = [
    ...services.flatMap((service) =>
      refusalsOfService(
        service,
        { map: service.merged, refusals: [] },
        canonical.services.has(service.name),
      ),
    ),
    ...canonical.refusals,
    ...refusalsOfProject(project, memo),
  ];
  const reasons = [
    // A name that is written is among the refusals.
    ...found.problems.filter(({ kind, refused, place }) => refused && !(kind === 'name' && place)),
    ...found.environment.problems.filter(({ refused }) => refused),
    ...refusals,
  ].map(({ message, place }) => told(message, place));
  const unique = new Map(reasons.map((reason) => [JSON.stringify(reason), reason]));
  return [...unique.values()].sort(inOrder);
}

function inOrder({ at: a }: Reason, { at: b }: Reason): number {
  if (!a || !b) return (a ? 1 : 0) - (b ? 1 : 0);
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.position.line - b.position.line || a.position.character - b.position.character;
}
