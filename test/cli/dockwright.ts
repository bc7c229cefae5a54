/** Runs the real `node dist/cli.js` in real folders; builds it first where the sources are newer. */
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { build } from 'esbuild';
import { onTestFinished } from 'vitest';
import { bundles } from '../../bundles.mjs';

export const CLI = resolve('dist/cli.js');

/** To be awaited in `beforeAll`. Several suites may do so at once: the bundle appears whole, by a rename. */
export async function buildCli(): Promise<void> {
  if (existsSync(CLI) && statSync(CLI).mtimeMs >= newestIn('server/src')) return;
  mkdirSync('dist', { recursive: true });
  const outfile = `dist/cli.${process.pid}.tmp.js`;
  await build({ ...bundles.cli, outfile });
  // The sources are ES modules, the bundle is CommonJS.
  if (!existsSync('dist/package.json'))
    writeFileSync('dist/package.json', '{ "type": "commonjs" }\n');
  renameSync(outfile, CLI);
}

function newestIn(folder: string): number {
  const times = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs);
  return Math.max(...times);
}

export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

interface Surroundings {
  readonly cwd: string;
  readonly stdin?: string | Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
  /** Another user's id, where the tests run as root. */
  readonly uid?: number;
}

/** The environment without what would switch colours on or off. */
export function cleanEnvironment(env: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const { PATH, HOME, NODE_PATH } = process.env;
  return { PATH, HOME, ...(NODE_PATH !== undefined && { NODE_PATH }), ...env };
}

/** Ends after ten seconds at the latest; a command that hangs then has no exit code. */
export function dockwright(
  args: readonly string[],
  { cwd, stdin = '', env = {}, uid }: Surroundings,
): Ran {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...args], {
    cwd,
    input: stdin,
    encoding: 'utf8',
    timeout: 10_000,
    maxBuffer: 64 * 1024 * 1024,
    env: cleanEnvironment(env),
    ...(uid !== undefined && { uid }),
  });
  return { code: status, out: stdout, err: stderr };
}

/** A new folder with these files, gone when the test is over. It holds `.git`, so that nothing above it counts. */
export function project(files: Readonly<Record<string, string | Uint8Array>>): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'dockwright-cli-')));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  mkdirSync(join(root, '.git'));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), content);
  }
  return root;
}

/** One Compose service that lacks just a restart policy (a warning with a safe fix). */
export const COMPOSE = `services:
  web:
    image: nginx:1.22
    healthcheck:
      test: [CMD, nginx, -t]
    logging:
      options: { max-size: 10m, max-file: "3" }
    deploy:
      resources:
        limits: { cpus: "1.0", memory: 512M }
        reservations: { cpus: "0.25", memory: 128M }
`;

/** The same without a fault. */
export const CLEAN = `${COMPOSE}    restart: unless-stopped\n`;

/** It floats: a warning whose fix is unsafe. */
export const FLOATING = CLEAN.replace('nginx:1.22', 'nginx:latest');

/** It lacks reservations only: an info. */
export const WITHOUT_RESERVATIONS = CLEAN.replace(/ +reservations.*\n/, '');

/** It has a password: an error. */
export const WITH_PASSWORD = `${CLEAN}    environment:\n      DB_PASSWORD: hunter2\n`;
