/** Finds the projects in a folder of stacks, and reads what a fixture says about how it is to be run. */
import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

export interface Project {
  /** Absolute. */
  readonly folder: string;
  /** The folder as seen from where the search began, with `/`; `.` for that folder itself. */
  readonly name: string;
  /** Variables of the process, beside PATH and HOME. */
  readonly environment: Readonly<Record<string, string>>;
  readonly profiles: readonly string[];
  /** Needs a later Compose than the one that is asked; its `expected.json` then answers instead. */
  readonly newer: boolean;
  /** Lines as `file:line`, any of which may be blamed; empty where the fixture names none. */
  readonly blamed: readonly string[];
}

const COMPOSE_NAMES = [
  'compose.yaml',
  'compose.yml',
  'docker-compose.yaml',
  'docker-compose.yml',
] as const;

/** How a fixture is run, where that differs from the rest; it also marks a project that has none of the usual names. */
const MARKER = 'oracle.json';

/** Lines that a person would have to change in a project that Compose refuses. */
const BLAME = 'expected-line';

const SKIPPED = new Set(['node_modules', '.git']);

/**
 * Every folder that holds a Compose file of a default name, sorted. What lies below a project belongs to it (it may be
 * included, or be a build context), unless `nested` asks for it too.
 */
export function findProjects(start: string, nested = false): readonly Project[] {
  // A program sees its working directory without symbolic links, and prints it so.
  const root = realpathSync(start);
  const found: Project[] = [];
  const visit = (folder: string): void => {
    const entries = readdirSync(folder, { withFileTypes: true });
    const isProject = entries.some(({ name }) => name === MARKER || isComposeName(name));
    if (isProject) found.push(readProject(root, folder));
    if (isProject && !nested) return;
    for (const entry of entries) {
      if (entry.isDirectory() && !SKIPPED.has(entry.name)) visit(join(folder, entry.name));
    }
  };
  visit(root);
  return found.sort((a, b) => (a.name < b.name ? -1 : 1));
}

function isComposeName(name: string): boolean {
  return COMPOSE_NAMES.some((usual) => usual === name);
}

function readProject(root: string, folder: string): Project {
  const marker = join(folder, MARKER);
  const said = (existsSync(marker) ? JSON.parse(readFileSync(marker, 'utf8')) : {}) as Partial<
    Pick<Project, 'environment' | 'profiles' | 'newer'>
  >;
  const blame = join(folder, BLAME);
  return {
    folder,
    name: relative(root, folder).split(sep).join('/') || '.',
    environment: said.environment ?? {},
    profiles: said.profiles ?? [],
    newer: said.newer ?? false,
    blamed: existsSync(blame) ? readFileSync(blame, 'utf8').trim().split('\n') : [],
  };
}
