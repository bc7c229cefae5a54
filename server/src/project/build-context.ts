/** Build contexts: which folder an image is built from, by which Dockerfile, and what keeps files out of it. */
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { type Build, type ComposeFile, parseCompose } from '../compose/model.ts';
import { type DockerfileModel, parseDockerfile, type Stage } from '../dockerfile/model.ts';
import type { FileFacts } from './files.ts';

export interface BuildContext {
  /** Absolute path of the folder; it exists. */
  readonly directory: string;
  /** The same for people: relative to the file that is checked, with forward slashes. */
  readonly shown: string;
  /** The Dockerfile, if there is one that could be read. */
  readonly dockerfile: DockerfileModel | undefined;
  /** The stage that is built: the target, or the last one. */
  readonly stage: Stage | undefined;
  /** The ignore file that holds for it: `<Dockerfile>.dockerignore` goes before `.dockerignore`. */
  readonly ignoreFile: string | undefined;
  /** Where the ignore file belongs. */
  readonly ignorePath: string;
}

/** The context of a service's build; undefined where it is remote, not known without the environment, or not there. */
export function buildContextOf(
  build: Build,
  composePath: string,
  files: FileFacts,
): BuildContext | undefined {
  if (build.context === undefined) return undefined;
  const directory = resolve(dirname(composePath), build.context);
  if (files.kindOf(directory) !== 'directory') return undefined;
  const path = build.dockerfile === undefined ? undefined : resolve(directory, build.dockerfile);
  const text = path === undefined ? undefined : files.readText(path);
  const dockerfile = text === undefined ? undefined : parseDockerfile(text);
  return {
    directory,
    shown: relative(dirname(composePath), directory).split(sep).join('/') || '.',
    dockerfile,
    stage: stageOf(dockerfile, build.target),
    ignoreFile: ignoreFileOf(directory, path, files),
    ignorePath: join(directory, '.dockerignore'),
  };
}

/** The context of a Dockerfile that no Compose file builds: its own folder. Undefined where one does. */
export function ownContextOf(
  path: string,
  dockerfile: DockerfileModel,
  files: FileFacts,
): BuildContext | undefined {
  if (isBuiltByCompose(path, files)) return undefined;
  const directory = dirname(path);
  if (files.kindOf(directory) !== 'directory') return undefined;
  return {
    directory,
    shown: '.',
    dockerfile,
    stage: dockerfile.stages.at(-1),
    ignoreFile: ignoreFileOf(directory, path, files),
    ignorePath: join(directory, '.dockerignore'),
  };
}

function stageOf(
  dockerfile: DockerfileModel | undefined,
  target: string | undefined,
): Stage | undefined {
  const named =
    target === undefined
      ? undefined
      : dockerfile?.stages.find(({ name }) => name === target.toLowerCase());
  return named ?? dockerfile?.stages.at(-1);
}

function ignoreFileOf(
  directory: string,
  dockerfile: string | undefined,
  files: FileFacts,
): string | undefined {
  const candidates = [
    ...(dockerfile === undefined ? [] : [`${dockerfile}.dockerignore`]),
    join(directory, '.dockerignore'),
  ];
  return candidates.find((path) => files.kindOf(path) === 'file');
}

export const COMPOSE_NAMES = [
  'compose.yaml',
  'compose.yml',
  'docker-compose.yaml',
  'docker-compose.yml',
];

/** How many folders upwards a Compose file is looked for; projects keep their Dockerfiles nearer than that. */
const LEVELS = 4;

function isBuiltByCompose(path: string, files: FileFacts): boolean {
  let folder = dirname(path);
  for (let level = 0; level < LEVELS; level++) {
    for (const name of COMPOSE_NAMES) {
      const composePath = join(folder, name);
      const text = files.readText(composePath);
      if (text !== undefined && builds(parseCompose(text), composePath, path)) return true;
    }
    const parent = dirname(folder);
    if (parent === folder || files.kindOf(join(folder, '.git')) !== undefined) return false;
    folder = parent;
  }
  return false;
}

function builds({ services }: ComposeFile, composePath: string, dockerfile: string): boolean {
  return services.some(({ build }) => {
    if (build?.context === undefined || build.dockerfile === undefined) return false;
    return resolve(dirname(composePath), build.context, build.dockerfile) === dockerfile;
  });
}

/** Folder names that say where Dockerfiles lie, and nothing about what they build. */
const GENERIC = /^(docker|dockerfiles?|build|images?|\.devcontainer)$/i;

/** What an image may be called by the place of its Dockerfile: `shop/docker/Dockerfile.api` is `shop-api`. */
export function titleOf(path: string): string {
  const folder = dirname(path);
  const project = basename(GENERIC.test(basename(folder)) ? dirname(folder) : folder);
  const part = /^(?:dockerfile|containerfile)\.(.+)$|^(.+)\.(?:dockerfile|containerfile)$/i.exec(
    basename(path),
  );
  return [project, part?.[1] ?? part?.[2] ?? ''].filter((name) => name !== '').join('-');
}
