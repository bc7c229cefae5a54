/** What a rule is given: the model of what it looks at, what the project knows about it, and the settings in force. */
import type { Styled } from '../compose/insert.ts';
import type { ProjectIndex } from '../compose/facts/project-index.ts';
import { type ServiceFacts, serviceFacts } from '../compose/facts/service.ts';
import type { ServiceFacts as References } from '../compose/consistency/facts.ts';
import { type Build, type Service, serviceOf, textOf } from '../compose/model.ts';
import type { Refusal } from '../compose/refusal.ts';
import type { MapValue } from '../compose/value.ts';
import type { Source } from '../core/source.ts';
import type { DotenvFile } from '../dotenv/model.ts';
import { parseDotenv } from '../dotenv/parse.ts';
import { parseRaw } from '../dotenv/raw.ts';
import type { Settings } from '../config/settings.ts';
import {
  type DockerfileModel,
  inheritedBy,
  type Instruction,
  rootImageOf,
  type Stage,
} from '../dockerfile/model.ts';
import { suggestIgnoreFile } from '../dockerignore/suggest.ts';
import {
  type BuildContext,
  buildContextOf,
  contextsOfDockerfile,
  ignoreFileOf,
  titleOf,
} from '../project/build-context.ts';
import { canonicalOf } from '../project/canonical.ts';
import type { ComposeProject, ProjectService } from '../project/compose-project.ts';
import { refusalsOfService } from '../project/refusals.ts';
import { type Scrapes, scrapesOf } from '../project/scrape-targets.ts';
import { type EnvFileUse, useOfEnvFile } from '../project/env-uses.ts';
import { listContext, useOf } from '../project/context-listing.ts';
import { type CopyContext, copyContextOf } from '../project/copy-sources.ts';
import type { FileFacts } from '../project/files.ts';
import { isBackupProgram, roleOf } from '../roles/detect.ts';
import { neverHealthy } from '../roles/image-health.ts';
import { isJob } from '../roles/job.ts';
import type { Limits, Role } from '../roles/role.ts';
import { bytesOf, sizeOf } from '../roles/size.ts';
import { statedMemory } from '../roles/stated-memory.ts';

/** One service, for rules that need to know nothing of the others: what they find is kept as long as it is the same. */
export interface ServiceSubject extends Service {
  readonly role: Role;
  /** Of its role, and not below what it says it will use. */
  readonly limits: Limits;
  /** It is there to copy the data of others to another place. */
  readonly backsUp: boolean;
  /** It is there to end, so nothing has to restart it or ask how it is. */
  readonly job: boolean;
  /** Where it is built from, if it is built here. */
  readonly context: ContextSubject | undefined;
  /** The image that runs, with `?` for what only the environment knows; or the image that the build starts from. */
  readonly program: string | undefined;
  /** In long forms and with Compose's defaults: what `compose/canonical/read.ts` reads. */
  readonly canonical: MapValue;
  /** What rules that compare services ask of each, worked out once. */
  readonly facts: ServiceFacts;
  /** Why it is never healthy, where that is certain. */
  readonly neverHealthy: () => string | undefined;
  /** It is built from a folder without an ignore file. */
  readonly lacksIgnoreFile: boolean;
  /** What a database mounts that may be its data. */
  readonly databaseSources: () => readonly string[];
  /** What a Prometheus is told to scrape, by the configuration that is mounted; undefined for all others. */
  readonly scrapes: Scrapes | undefined;
  /** For what Compose would refuse it. */
  readonly refusals: readonly Refusal[];
  /** How the file is written that declares it. */
  readonly file: Styled;
  /** Absolute path of the folder that its relative paths start from. */
  readonly directory: string;
  readonly files: FileFacts;
  readonly settings: Settings;
}

/** A whole project, for rules that compare services or ask what refers to what. They run at every look. */
export interface ProjectSubject {
  readonly project: ComposeProject;
  /** Also those that are not complete. */
  readonly services: readonly ServiceSubject[];
  readonly serviceNamed: (name: string) => ServiceSubject | undefined;
  /** What the services say together: for rules to see at once that they have nothing to report. */
  readonly index: ProjectIndex<ServiceSubject>;
  /** What a service refers to in other sections and services; kept with it. */
  readonly referencesOf: (service: ServiceSubject) => References;
  /** For what Compose would refuse the whole; worked out when first asked. */
  readonly refusals: () => readonly Refusal[];
  readonly files: FileFacts;
  readonly settings: Settings;
}

/** A file of variables that Compose reads. */
export interface DotenvSubject extends EnvFileUse {
  readonly file: DotenvFile;
  readonly settings: Settings;
}

export interface DockerfileSubject {
  readonly model: DockerfileModel;
  /** The stage that is built, with what it inherits; rules have nothing to say about a file without one. */
  readonly final: FinalStage;
  /** What the image may be called, by where its Dockerfile lies. */
  readonly title: string;
  /** Its build context, where no Compose file builds it. */
  readonly context: ContextSubject | undefined;
  /** Absolute paths of the folders that it may be built from. */
  readonly contexts: readonly string[];
  /** Those of them that are there, with what their ignore files keep out. */
  readonly copyContexts: () => readonly CopyContext[];
  readonly files: FileFacts;
  readonly settings: Settings;
}

interface FinalStage {
  readonly stage: Stage;
  readonly image: string;
  /** Instructions that hold for the image: inherited ones first. */
  readonly instructions: readonly Instruction[];
}

export interface ContextSubject extends BuildContext {
  /** The text of an ignore file for it, from what lies there. */
  readonly suggestIgnoreFile: () => string;
}

/** What all services of a look have in common. */
export interface Surroundings {
  readonly project: ComposeProject;
  readonly files: FileFacts;
  readonly settings: Settings;
  readonly contextOf: (build: Build) => ContextSubject | undefined;
}

const noSources: readonly string[] = [];

export function serviceSubject(
  given: ProjectService & { readonly oneShot: boolean },
  file: Styled,
  { project, files, settings, contextOf }: Surroundings,
): ServiceSubject {
  const { isPiece, directory } = project;
  const service = serviceOf({ ...given, complete: given.complete && !isPiece });
  const canonical = canonicalOf(given, project, files);
  const refusals = refusalsOfService(given, canonical);
  const context = service.build && contextOf(service.build);
  const program = programOf(service, context);
  const role = settings.services.get(service.name) ?? roleOf(service, program);
  const facts = serviceFacts({ merged: service.merged, canonical: canonical.map });
  // One by one: an object that begins with a spread is slow to make, and there are as many as services.
  return {
    name: service.name,
    source: service.source,
    nameSpan: service.nameSpan,
    map: service.map,
    merged: service.merged,
    complete: service.complete,
    find: service.find,
    image: service.image,
    build: service.build,
    environment: service.environment,
    mounts: service.mounts,
    containerPorts: service.containerPorts,
    oneShot: service.oneShot,
    role,
    lacksIgnoreFile: service.complete && context !== undefined && context.ignoreFile === undefined,
    databaseSources: () =>
      role === 'database' ? facts.dataMounts().map(({ source }) => source) : noSources,
    backsUp: role === 'backup' || isBackupProgram(program),
    scrapes: scrapesOf(program, { canonical: canonical.map, mounts: facts.hostMounts, files }),
    limits: limitsFor(service, settings.roles[role]),
    job: isJob(service),
    context,
    program,
    canonical: canonical.map,
    facts,
    neverHealthy: () =>
      neverHealthy(service, { canonical: canonical.map, program, stage: context?.stage }),
    refusals: isPiece
      ? refusals.filter(({ rule }) => rule !== 'compose/no-image-or-build')
      : refusals,
    file,
    directory,
    files,
    settings,
  };
}

function programOf(
  { build, image }: Service,
  context: ContextSubject | undefined,
): string | undefined {
  if (context?.stage) return rootImageOf(context.stage);
  return build ? undefined : image?.shape;
}

/** Services mostly share their context and Dockerfile: each is looked at once. */
export function contextsIn(
  directory: string,
  files: FileFacts,
): (build: Build) => ContextSubject | undefined {
  const known = new Map<string, ContextSubject | undefined>();
  return (build) => {
    const key = JSON.stringify([build.context, build.dockerfile, build.target]);
    if (!known.has(key)) {
      const found = buildContextOf(build, directory, files);
      known.set(key, found && contextSubject(found, files));
    }
    return known.get(key);
  };
}

/** A program needs more than the memory it was told to use for its data. */
const OVERHEAD = 1.5;

/** No limit below what the service says it will use, or below what it reserves: Docker refuses that. */
function limitsFor(service: Service, limits: Limits): Limits {
  const reserved =
    service.find('deploy', 'resources', 'reservations', 'memory') ??
    service.find('mem_reservation');
  const needed = Math.max(statedMemory(service) * OVERHEAD, bytesOf(textOf(reserved) ?? '') ?? 0);
  const megabytes = Math.ceil(needed / 1024 ** 2);
  return needed > (bytesOf(limits.memory) ?? 0)
    ? { ...limits, memory: sizeOf(megabytes * 1024 ** 2) }
    : limits;
}

/** Undefined for a file that no Compose file reads: other programs have other rules. */
export function dotenvSubject(
  source: Source,
  settings: Settings,
  files: FileFacts,
): DotenvSubject | undefined {
  const use = useOfEnvFile(source.file, files);
  // What only the environment knows is no matter here, and required variables are told where they are required.
  const parse = use?.isRaw ? parseRaw : parseDotenv;
  return use && { ...use, file: parse(source, () => undefined), settings };
}

/** Undefined for a file without a stage. */
export function dockerfileSubject(
  model: DockerfileModel,
  path: string,
  settings: Settings,
  files: FileFacts,
): DockerfileSubject | undefined {
  const stage = model.stages.at(-1);
  if (!stage) return undefined;
  const { own, directories } = contextsOfDockerfile(path, model, files);
  return {
    model,
    final: { stage, image: rootImageOf(stage), instructions: inheritedBy(stage) },
    title: titleOf(path),
    context: own && contextSubject(own, files),
    contexts: directories,
    copyContexts: () =>
      directories
        .filter((directory) => files.kindOf(directory) === 'directory')
        .map((directory) => copyContextOf(directory, ignoreFileOf(directory, path, files), files)),
    files,
    settings,
  };
}

function contextSubject(context: BuildContext, files: FileFacts): ContextSubject {
  return {
    ...context,
    suggestIgnoreFile: () =>
      suggestIgnoreFile(
        listContext(context.directory, files),
        useOf(context.dockerfile?.stages ?? []),
      ),
  };
}
