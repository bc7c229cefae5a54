/** Finds the engine and makes a client for it. Reads files; the network is not touched until the client is asked. */
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import process from 'node:process';
import { dockerodeEngine } from './dockerode.ts';
import { findEndpoint, type Surroundings } from './endpoint.ts';
import type { Engine } from './engine.ts';
import { type EngineFailure, fail, ok, type Result } from './failure.ts';
import { exists } from './exists.ts';

/** `setting` is `dockwright.docker.host`; empty means: as the Docker client would choose. */
export async function connect(
  setting: string,
  env: Surroundings['env'] = process.env,
): Promise<Result<Engine, EngineFailure>> {
  const endpoint = await findEndpoint({
    setting,
    env,
    home: homedir(),
    platform: process.platform,
    read: (path) => readFile(path, 'utf8').catch(() => undefined),
    exists,
  });
  if (!endpoint.ok) return endpoint;
  try {
    return ok(dockerodeEngine(endpoint.value, await clientInstalled(env)));
  } catch (error) {
    // The library reads DOCKER_HOST and DOCKER_CERT_PATH even when it is told better, and throws when they are wrong.
    const reason = `${error instanceof Error ? error.message : String(error)}. Correct the variable.`;
    return fail({ kind: 'badHost', where: 'in DOCKER_HOST or DOCKER_CERT_PATH', reason });
  }
}

/** Whether a `docker` program is on the PATH: then a missing socket means "not started". */
async function clientInstalled(env: Surroundings['env']): Promise<boolean> {
  const folders = (env['PATH'] ?? env['Path'] ?? '').split(delimiter).filter((path) => path !== '');
  const found = await Promise.all(
    folders.flatMap((folder) => ['docker', 'docker.exe'].map((name) => exists(join(folder, name)))),
  );
  return found.includes(true);
}
