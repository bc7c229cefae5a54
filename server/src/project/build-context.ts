/** Build contexts: which folder an image is built from, by which Dockerfile, and what keeps files out of it. */
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { parseFile } from '../compose/file.ts';
import { type Build, buildOf, descend } from '../compose/model.ts';
import { withoutEnvironment } from '../core/interpolate.ts';
import { type DockerfileModel, parseDockerfile, type Stage } from '../dockerfile/model.ts';
import { BASE_NAMES } from './discover.ts';
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

/** What a Dockerfile may be built from. */
export interface DockerfileContexts {
  /** Absolute paths of folders: those that Compose files near it name, or else its own. */
  readonly directories: readonly string[];
  /** Its own folder as a context, where no Compose file builds it. */
  readonly own: BuildContext | undefined;
}

export function contextsOfDockerfile(
  path: string,
  dockerfile: DockerfileModel,
  files: FileFacts,
): DockerfileContexts {
  const named = contextsByCompose(path, files);
  if (named.length > 0) return { directories: named, own: undefined };
  const directory = dirname(path);
  const isThere = files.kindOf(directory) === 'directory';
  return {
    directories: [directory],
    own: isThere ? ownContextIn(directory, path, dockerfile, files) : undefined,
  };
}

function ownContextIn(
  directory: string,
  path: string,
  dockerfile: DockerfileModel,
  files: FileFacts,
): BuildContext {
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

/** `<Dockerfile>.dockerignore` goes before `.dockerignore`; undefined where there is neither. */
export function ignoreFileOf(
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

/** How many folders upwards a Compose file is looked for; projects keep their Dockerfiles nearer than that. */
const LEVELS = 4;

function contextsByCompose(path: string, files: FileFacts): readonly string[] {
  let folder = dirname(path);
  for (let level = 0; level < LEVELS; level++) {
    for (const name of BASE_NAMES) {
      const composePath = join(folder, name);
      const text = files.readText(composePath);
      const contexts = text === undefined ? [] : contextsFor(path, composePath, text);
      if (contexts.length > 0) return contexts;
    }
    const parent = dirname(folder);
    if (parent === folder || files.kindOf(join(folder, '.git')) !== undefined) return [];
    folder = parent;
  }
  return [];
}

/** By what is written, defaults of variables filled in: this is asked of files that are not looked at themselves. */
function contextsFor(dockerfile: string, composePath: string, text: string): readonly string[] {
  // Reading the whole of it costs more than all the rest of a Dockerfile's check.
  if (!text.includes('build')) return [];
  const contexts = parseFile(composePath, text).documents.flatMap((root) => {
    const services = descend(root, ['services'])?.value;
    if (services?.kind !== 'map') return [];
    return services.entries.flatMap(({ value }) => {
      const build = buildOf(descend(value, ['build']));
      const context = withoutEnvironment(build?.context ?? '$X');
      const file = withoutEnvironment(build?.dockerfile ?? '$X');
      if (context === undefined || file === undefined) return [];
      const directory = resolve(dirname(composePath), context);
      return resolve(directory, file) === dockerfile ? [directory] : [];
    });
  });
  return [...new Set(contexts)];
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
