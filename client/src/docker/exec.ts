/** Runs a program in a container, and gives its output as it comes, with back-pressure. */
import type Docker from 'dockerode';
import type { Exec } from './engine.ts';
import { type EngineFailure, type Result, timeoutError } from './failure.ts';
import { type Frame, frames } from './frames.ts';

export type Stream = NodeJS.ReadableStream & AsyncIterable<Buffer> & { destroy: () => void };

/** Asks the engine, within a limit of milliseconds; what it throws comes back as a failure. */
export type Ask = <T>(
  what: string,
  question: () => Promise<T>,
  limit?: number,
) => Promise<Result<T, EngineFailure>>;

const STDERR_KEPT = 16 * 1024;

/** May throw what the engine throws. */
export async function startExec(
  container: Docker.Container,
  argv: readonly string[],
  ask: Ask,
): Promise<Exec> {
  const exec = await container.exec({ Cmd: [...argv], AttachStdout: true, AttachStderr: true });
  const stream = (await exec.start({ hijack: true, stdin: false })) as unknown as Stream;
  let stderr = Buffer.alloc(0);
  const keep = (data: Buffer): void => {
    stderr = Buffer.concat([stderr, data]).subarray(-STDERR_KEPT);
  };
  return {
    stdout: onlyStdout(frames(stream), keep),
    stderr: () => stderr.toString('utf8'),
    exitCode: () =>
      ask('The program', async () => {
        // The engine may close the stream a moment before it knows the exit code.
        for (let tries = 0; tries < 100; tries += 1) {
          const { ExitCode, Running } = await exec.inspect();
          if (!Running && ExitCode !== null) return ExitCode;
          await new Promise((resolve) => setTimeout(resolve, 100));
        }
        throw timeoutError();
      }),
    close: () => {
      stream.destroy();
    },
  };
}

async function* onlyStdout(
  source: AsyncIterable<Frame>,
  keep: (stderr: Buffer) => void,
): AsyncGenerator<Buffer> {
  for await (const { stream, data } of source) {
    if (stream === 'stdout') yield data;
    else keep(data);
  }
}
