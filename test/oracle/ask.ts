/** Asks `docker compose` and Dockwright what a project comes to. */
import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { isAbsolute, join, relative } from 'node:path';
import type { Project } from './projects.ts';

export type Answer =
  | { readonly kind: 'accepted'; readonly model: unknown }
  | {
      readonly kind: 'refused';
      /** What is said about it, in one line. */
      readonly why: string;
      /** The places that are named, as `file:line` seen from the project; Compose seldom names one. */
      readonly places: readonly string[];
    }
  /** Neither: a crash, a usage error, something that is no JSON. */
  | { readonly kind: 'failed'; readonly why: string };

/** Stands in `expected.json` for the absolute path of the fixture. */
const FOLDER = '${FOLDER}';

const TIMEOUT_MS = 60_000;
const MAX_OUTPUT_BYTES = 256 * 1024 * 1024;

/** The version of `docker compose`, such as `2.26.1`; rejects with what to do where there is none. */
export async function composeVersion(): Promise<string> {
  const { code, out, err } = await run('docker', ['compose', 'version', '--short'], process.cwd());
  if (code !== 0) {
    throw new Error(
      `docker compose did not answer: ${lastLine(err)}\nIt is what we compare with: install Docker and its Compose plugin. No engine needs to run.`,
    );
  }
  return out.trim();
}

/** What Compose makes of it; for what the installed one may not know yet, what the fixture says. */
export async function askCompose(project: Project): Promise<Answer> {
  if (project.newer) return whatIsExpected(project);
  const profiles = project.profiles.flatMap((name) => ['--profile', name]);
  const args = ['compose', ...profiles, 'config', '--format', 'json'];
  const { code, out, err } = await run('docker', args, project.folder, project.environment);
  if (code !== 0) return { kind: 'refused', why: lastLine(err), places: [] };
  return accepted(out);
}

/** Asks Dockwright what it makes of a project. */
export type AskDockwright = (project: Project) => Promise<Answer>;

/** Runs the program, as a person does; `cli` is its bundle. */
export function asProgram(cli: string): AskDockwright {
  return async (project) => {
    const args = [cli, ...modelArguments(project)];
    const ran = await run(process.execPath, args, project.folder, project.environment);
    return dockwrightAnswer(project, ran);
  };
}

export function modelArguments({ profiles }: Project): readonly string[] {
  return ['model', '--format', 'json', ...profiles.flatMap((name) => ['--profile', name])];
}

/** What Dockwright said, by what it printed and ended with. */
export function dockwrightAnswer({ folder }: Project, { code, out, err }: Ran): Answer {
  if (code === 0) return accepted(out);
  const complaints = [...err.matchAll(/^(.+?):(\d+):\d+ error (.+)$/gm)];
  // A wrong option ends with 2 as well, but blames no line.
  if (code !== 2 || complaints.length === 0) {
    return { kind: 'failed', why: `ended with ${code ?? 'no status'}: ${lastLine(err)}` };
  }
  const place = (path = '', line = '') =>
    `${isAbsolute(path) ? relative(folder, path) : path.replace(/^\.\//, '')}:${line}`;
  return {
    kind: 'refused',
    why: complaints[0]?.[0] ?? '',
    places: complaints.map(([, path, line]) => place(path, line)),
  };
}

function whatIsExpected({ folder }: Project): Answer {
  const path = join(folder, 'expected.json');
  if (!existsSync(path)) return { kind: 'refused', why: 'by the specification', places: [] };
  // Written as in JSON, so that a folder with a quote or a backslash in its name stays right.
  const inJson = JSON.stringify(folder).slice(1, -1);
  return accepted(readFileSync(path, 'utf8').replaceAll(FOLDER, () => inJson));
}

function accepted(json: string): Answer {
  try {
    return { kind: 'accepted', model: JSON.parse(json) };
  } catch (error) {
    return { kind: 'failed', why: `printed no JSON: ${(error as Error).message}` };
  }
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}

/** A run that has ended. */
export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

function run(
  program: string,
  args: readonly string[],
  cwd: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<Ran> {
  const options = {
    cwd,
    env: surroundings(environment),
    timeout: TIMEOUT_MS,
    maxBuffer: MAX_OUTPUT_BYTES,
  };
  return new Promise((resolve) => {
    const child = execFile(program, args, options, (error, out, err) => {
      // Where it could not even be started, only the error says why.
      resolve({ code: child.exitCode, out, err: err || (error?.message ?? '') });
    });
    child.stdin?.end();
  });
}

/** PATH and HOME are all that both see of the surroundings, so that a run says the same everywhere. */
export function surroundings(
  environment: Project['environment'],
): Readonly<Record<string, string | undefined>> {
  const { PATH, HOME } = process.env;
  return { PATH, HOME, ...environment };
}
