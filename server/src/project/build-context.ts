/** Build contexts: which folder an image is built from, by which Dockerfile, and what keeps files out of it. */
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { parseFile } from '../compose/file.ts';
import { type Build, buildOf, descend } from '../compose/model.ts';
import { withoutEnvironment } from '../core/interpolate.ts';
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

/** The context of a service's build, in a project that lies in `base`; undefined where it is remote, not known without the environment, or not there. */
export function buildContextOf(
  build: Build,
  base: string,
  files: FileFacts,
): BuildContext | undefined {
  if (build.context === undefined) return undefined;
  const directory = resolve(base, build.context);
  if (files.kindOf(directory) !== 'directory') return undefined;
  const path = build.dockerfile === undefined ? undefined : resolve(directory, build.dockerfile);
  const text = path === undefined ? undefined : files.readText(path);
  const dockerfile = text === undefined ? undefined : parseDockerfile(text);
  return {
    directory,
    shown: relative(base, directory).split(sep).join('/') || '.',
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
      if (text !== undefined && builds(text, composePath, path)) return true;
    }
    const parent = dirname(folder);
    if (parent === folder || files.kindOf(join(folder, '.git')) !== undefined) return false;
    folder = parent;
  }
  return false;
}

/** By what is written, defaults of variables filled in: this is asked of files that are not looked at themselves. */
function builds(text: string, composePath: string, dockerfile: string): boolean {
  return parseFile(composePath, text).documents.some((root) => {
    const services = descend(root, ['services'])?.value;
    if (services?.kind !== 'map') return false;
    return services.entries.some(({ value }) => {
      const build = buildOf(descend(value, ['build']));
      const context = withoutEnvironment(build?.context ?? '$X');
      const file = withoutEnvironment(build?.dockerfile ?? '$X');
      if (context === undefined || file === undefined) return false;
      return resolve(dirname(composePath), context, file) === dockerfile;
    });
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
