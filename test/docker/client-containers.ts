/** Containers of a test's own on the real engine: made with the docker client, labelled, and taken away at the end. */
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { connect } from '../../client/src/docker/connect.ts';
import type { Engine } from '../../client/src/docker/engine.ts';
import type { Container } from '../../client/src/docker/model.ts';

const run = promisify(execFile);

export async function docker(...args: readonly string[]): Promise<string> {
  const { stdout } = await run('docker', args, { maxBuffer: 64 * 1024 * 1024 });
  return stdout.trim();
}

export interface Playground {
  /** The Compose project that the containers say they belong to. */
  readonly project: string;
  readonly engine: Engine;
  /** `options` stand before the image. Answers the container's id. */
  readonly start: (
    service: string,
    image: string,
    ...more: readonly (readonly string[])[]
  ) => Promise<string>;
  readonly find: (service: string) => Promise<Container>;
  readonly remove: () => Promise<void>;
}

/** A project with a name that nobody else has. */
export async function playground(): Promise<Playground> {
  const project = `dwtest${randomUUID().slice(0, 8)}`;
  const engine = await realEngine();
  const mine = ['--filter', `label=com.docker.compose.project=${project}`];
  return {
    project,
    engine,
    start: async (service, image, options = [], command = []) =>
      docker(
        ...['run', '-d', '--name', `${project}-${service}-1`],
        ...['--label', 'dockwright.test=client'],
        ...['--label', `com.docker.compose.project=${project}`],
        ...['--label', `com.docker.compose.service=${service}`],
        ...options,
        image,
        ...command,
      ),
    find: async (service) => {
      const listed = await engine.list();
      if (!listed.ok) throw new Error(listed.error.kind);
      const found = listed.value.find(({ name }) => name === `${project}-${service}-1`);
      if (!found) throw new Error(`${service} is not there`);
      return found;
    },
    remove: async () => {
      const ids = await docker('ps', '-aq', ...mine);
      if (ids !== '') await docker('rm', '-fv', ...ids.split('\n'));
    },
  };
}

async function realEngine(): Promise<Engine> {
  const engine = await connect('');
  if (!engine.ok) throw new Error(`no engine: ${engine.error.kind}`);
  return engine.value;
}

/** Asks again and again until the answer is true. */
export async function until(
  question: () => boolean | Promise<boolean>,
  limit = 30_000,
): Promise<void> {
  const end = Date.now() + limit;
  while (!(await question())) {
    if (Date.now() > end) throw new Error(`not true within ${limit} ms: ${question.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** As {@link docker}, and `false` instead of an error. */
export async function succeeds(...args: readonly string[]): Promise<boolean> {
  try {
    await docker(...args);
    return true;
  } catch {
    return false;
  }
}
