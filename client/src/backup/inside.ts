/** Small commands inside a container: which tool is there, and the end of a program that is not wanted any more. */
import { sleep } from '../docker/abort.ts';
import type { Engine, Exec } from '../docker/engine.ts';
import { type EngineFailure, ok, type Result } from '../docker/failure.ts';

export interface Tool {
  readonly name: string;
  readonly version: string;
}

const FIND = `
for tool in "$@"; do
  if command -v "$tool" >/dev/null; then echo "$tool"; exec "$tool" --version; fi
done
exit 127`;

/** TERM first, so that the program can clean up; KILL when it has not ended after five seconds. */
const END = `
kill -TERM "$1" || exit 0
for second in 1 2 3 4 5; do
  kill -0 "$1" 2>/dev/null || exit 0
  sleep 1
done
kill -KILL "$1"`;

const PID_LINE = /^dockwright-pid (\d+)$/m;
const PID_WAIT_MS = 3_000;

/** The first of these programs that the container has; `undefined` when it has none (or no shell to look with). */
export async function findTool(
  engine: Engine,
  container: string,
  tools: readonly string[],
): Promise<Result<Tool | undefined, EngineFailure>> {
  const run = await runToEnd(engine, container, ['sh', '-c', FIND, 'dockwright', ...tools]);
  if (!run.ok) return run;
  const [name, version] = run.value.stdout.trim().split('\n');
  if (run.value.exitCode !== 0 || !name) return ok(undefined);
  return ok({ name, version: version?.trim() ?? '' });
}

/** Ends the program that `exec` runs, by the process id that it wrote first, then drops the connection. Never throws. */
export async function endInside(engine: Engine, container: string, exec: Exec): Promise<void> {
  const never = new AbortController().signal;
  let pid: string | undefined;
  for (let waited = 0; !pid && waited < PID_WAIT_MS; waited += 50) {
    pid = PID_LINE.exec(exec.stderr())?.[1];
    if (!pid) await sleep(50, never);
  }
  if (pid) await runToEnd(engine, container, ['sh', '-c', END, 'dockwright', pid]);
  exec.close();
}

/** The program's own words, without the line that was meant for us. */
export function wordsOf(exec: Exec): string {
  return exec.stderr().replace(PID_LINE, '').trim();
}

async function runToEnd(
  engine: Engine,
  container: string,
  argv: readonly string[],
): Promise<Result<{ stdout: string; exitCode: number }, EngineFailure>> {
  const exec = await engine.exec(container, argv);
  if (!exec.ok) return exec;
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of exec.value.stdout) chunks.push(chunk);
  } catch (error) {
    return { ok: false, error: engine.failureOf(error) };
  }
  const exitCode = await exec.value.exitCode();
  if (!exitCode.ok) return exitCode;
  return ok({ stdout: Buffer.concat(chunks).toString('utf8'), exitCode: exitCode.value });
}
