/** The live Compose project of the editor suite: brought up, asked, and taken down with everything it made. */
import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';

export interface LiveProject {
  readonly name: string;
  /** Runs a program in a service's container; `input` is its standard input. Answers its standard output. */
  readonly run: (service: string, argv: readonly string[], input?: string) => Promise<string>;
  /** The state that the engine itself reports, such as 'running' or 'exited'. */
  readonly stateOf: (service: string) => Promise<string>;
  /** When the engine last started it: ISO 8601, so that later is greater. */
  readonly startedAt: (service: string) => Promise<string>;
  readonly down: () => Promise<void>;
}

/** Brings the project up under a name of its own, and waits until it is healthy. */
export async function startLive(): Promise<LiveProject> {
  // The runner gives the name, so that it can clean up when it is interrupted.
  const name = process.env['DOCKWRIGHT_LIVE_PROJECT'] ?? `dockwright-live-${process.pid}`;
  const env = { ...process.env, LIVE_PASSWORD: randomBytes(12).toString('hex') };
  const words = ['compose', '--project-name', name, '--file', 'test/vscode/live/compose.yaml'];

  const compose = async (argv: readonly string[], input = ''): Promise<string> => {
    const child = spawn('docker', [...words, ...argv], { env });
    const ended = new Promise<number | null>((done, failed) => {
      child.on('error', failed);
      child.on('close', done);
    });
    child.stdin.end(input);
    const [output, errors, code] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      ended,
    ]);
    if (code === 0) return output;
    throw new Error(`docker compose ${argv.join(' ')} ended with status ${code}:\n${errors}`);
  };
  const down = async (): Promise<void> => {
    await compose(['down', '--volumes', '--timeout', '1']);
  };

  const inspect = async (service: string, field: string): Promise<string> => {
    const format = `--format={{.State.${field}}}`;
    const { stdout } = await promisify(execFile)('docker', [
      'inspect',
      format,
      `${name}-${service}-1`,
    ]);
    return stdout.trim();
  };

  try {
    await compose(['up', '--detach', '--wait', '--pull', 'never']);
  } catch (error) {
    await down();
    throw error;
  }
  return {
    name,
    run: (service, argv, input) => compose(['exec', '-T', service, ...argv], input),
    stateOf: (service) => inspect(service, 'Status'),
    startedAt: (service) => inspect(service, 'StartedAt'),
    down,
  };
}
