/** Where a backup's file is made: under a hidden name first, and under its own only when it is whole. */
import { type FileHandle, mkdir, open, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { exists } from '../docker/exists.ts';

/** Everything that is known about a finished backup. A backup exists if and only if its manifest does. */
export interface Manifest {
  readonly version: 1;
  readonly engine: string;
  readonly project: string;
  readonly service: string;
  readonly container: string;
  readonly image: string;
  readonly imageId: string;
  readonly tool: string;
  readonly toolVersion: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly endedAt: string;
  /** Of the file, as it lies on the disk. */
  readonly bytes: number;
  readonly sha256: string;
  /** The file's name, beside the manifest. */
  readonly file: string;
}

export interface Target {
  readonly path: string;
  readonly partial: string;
  readonly handle: FileHandle;
}

/** Readable and writable by their owner only: a dump holds everything the database knows. */
const PRIVATE_FILE = 0o600;
const PRIVATE_FOLDER = 0o700;

/** A folder's name from a name that others chose: one level, never hidden, never `..`. */
export function slug(name: string): string {
  const plain = name.replace(/[^A-Za-z0-9._-]/g, '_').slice(0, 100);
  return /^[A-Za-z0-9]/.test(plain) ? plain : `_${plain.slice(1)}`;
}

/** `20261123T210434Z`: sorts by time, and no hour comes twice. */
export function timeStamp(time: Date): string {
  return time
    .toISOString()
    .replace(/[-:]/g, '')
    .replace(/\.\d+Z$/, 'Z');
}

/**
 * Makes the folder, keeps it out of Git when it is new, and opens a fresh hidden file in it. A name that is taken, even
 * by a backup that runs at this moment, is never used again. Throws what the file system throws.
 */
export async function openTarget(
  root: string,
  path: readonly [project: string, service: string],
  file: { readonly stamp: string; readonly extension: string },
): Promise<Target> {
  if (await mkdir(root, { recursive: true, mode: PRIVATE_FOLDER })) {
    await writeFile(join(root, '.gitignore'), '# Backups hold data and secrets.\n*\n', {
      flag: 'wx',
    });
  }
  const folder = join(root, ...path.map(slug));
  await mkdir(folder, { recursive: true, mode: PRIVATE_FOLDER });
  for (let count = 1; ; count += 1) {
    const name = `${file.stamp}${count === 1 ? '' : `-${count}`}${file.extension}`;
    const target = await tryName(folder, name);
    if (target) return target;
  }
}

async function tryName(folder: string, name: string): Promise<Target | undefined> {
  const path = join(folder, name);
  const partial = join(folder, `.${name}.partial`);
  if (await exists(path)) return undefined;
  let handle: FileHandle;
  try {
    handle = await open(partial, 'wx', PRIVATE_FILE);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return undefined;
    throw error;
  }
  // The other backup may have been finished between the two looks.
  if (!(await exists(path))) return { path, partial, handle };
  await discard({ path, partial, handle });
  return undefined;
}

/** Brings the data to the disk, gives it its name, and writes the manifest last. Throws what the file system throws. */
export async function publish(
  { path, partial, handle }: Target,
  manifest: Omit<Manifest, 'file'>,
): Promise<Manifest> {
  await handle.sync();
  await handle.close();
  await rename(partial, path);
  const whole = { ...manifest, file: basename(path) };
  const sketch = `${partial}.json`;
  try {
    await writeFile(sketch, `${JSON.stringify(whole, undefined, 2)}\n`, {
      mode: PRIVATE_FILE,
      flag: 'wx',
      flush: true,
    });
    await rename(sketch, manifestPath(path));
  } catch (error) {
    await Promise.all([rm(sketch, { force: true }), rm(path, { force: true })]);
    throw error;
  }
  return whole;
}

function manifestPath(path: string): string {
  return `${path}.json`;
}

/** Leaves nothing behind, not even folders that were made for this and hold nothing else. Never throws. */
export async function discard({ partial, handle }: Target): Promise<void> {
  await handle.close().catch(() => undefined);
  await rm(partial, { force: true }).catch(() => undefined);
  const service = dirname(partial);
  for (const folder of [service, dirname(service)]) await rmdir(folder).catch(() => undefined);
}
