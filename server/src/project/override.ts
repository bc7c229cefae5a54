/** Which services of a Compose file are pieces that are laid over another file beside it. */
import { basename, dirname, join } from 'node:path';
import { type ComposeFile, parseCompose } from '../compose/model.ts';
import { COMPOSE_NAMES } from './build-context.ts';
import type { FileFacts } from './files.ts';

/**
 * The names of the services that the base file beside this one defines too: what is missing here may well be there, and
 * what is added here would hide it. Empty for a base file itself.
 */
export function overriddenBy(
  file: ComposeFile,
  path: string,
  files: FileFacts,
): ReadonlySet<string> {
  if (COMPOSE_NAMES.includes(basename(path))) return new Set();
  const names = new Set(file.services.map(({ name }) => name));
  const base = COMPOSE_NAMES.map((name) => files.readText(join(dirname(path), name))).find(
    (text) => text !== undefined,
  );
  // An override file without its base is a piece all the same.
  if (base === undefined) return /\.override\.ya?ml$/.test(path) ? names : new Set();
  return new Set(
    parseCompose(base).services.flatMap(({ name }) => (names.has(name) ? [name] : [])),
  );
}
