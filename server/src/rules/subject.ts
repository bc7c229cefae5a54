/** What a rule is given: the model of its file, what the project knows about it, and the settings in force. */
import type { ComposeFile, Service } from '../compose/model.ts';
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
  titleOf,
  ownContextOf,
} from '../project/build-context.ts';
import { copiedSources, listContext } from '../project/context-listing.ts';
import type { FileFacts } from '../project/files.ts';
import { roleOf } from '../roles/detect.ts';
import type { Limits, Role } from '../roles/role.ts';

export interface ComposeSubject {
  readonly file: ComposeFile;
  /** Services that Compose would run as they stand; pieces for other files are left out. */
  readonly services: readonly ServiceSubject[];
  readonly settings: Settings;
}

export interface ServiceSubject extends Service {
  readonly role: Role;
  readonly limits: Limits;
  /** Where it is built from, if it is built here. */
  readonly context: ContextSubject | undefined;
  /** The image that runs, with `?` for what only the environment knows; or the image that the build starts from. */
  readonly program: string | undefined;
}

export interface DockerfileSubject {
  readonly model: DockerfileModel;
  /** The stage that is built, with what it inherits; rules have nothing to say about a file without one. */
  readonly final: FinalStage;
  /** What the image may be called, by where its Dockerfile lies. */
  readonly title: string;
  /** Its build context, where no Compose file builds it. */
  readonly context: ContextSubject | undefined;
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

export function composeSubject(
  file: ComposeFile,
  path: string,
  settings: Settings,
  files: FileFacts,
): ComposeSubject {
  const services = file.services
    .filter(({ complete }) => complete)
    .map((service): ServiceSubject => {
      const found = service.build && buildContextOf(service.build, path, files);
      const program = found?.stage
        ? rootImageOf(found.stage)
        : service.build
          ? undefined
          : service.image?.shape;
      const role = settings.services.get(service.name) ?? roleOf(service, program);
      return {
        ...service,
        role,
        limits: settings.roles[role],
        context: found && contextSubject(found, files),
        program,
      };
    });
  return { file, services, settings };
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
  const context = ownContextOf(path, model, files);
  return {
    model,
    final: { stage, image: rootImageOf(stage), instructions: inheritedBy(stage) },
    title: titleOf(path),
    context: context && contextSubject(context, files),
    settings,
  };
}

function contextSubject(context: BuildContext, files: FileFacts): ContextSubject {
  return {
    ...context,
    suggestIgnoreFile: () =>
      suggestIgnoreFile(
        listContext(context.directory, files),
        copiedSources(context.dockerfile?.stages ?? []),
      ),
  };
}
