/** Makes one backup: runs the engine's plan inside the container and streams the archive into a file. Constant memory. */
import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { Engine, Exec } from '../docker/engine.ts';
import { fail, ok, type Result } from '../docker/failure.ts';
import type { Container } from '../docker/model.ts';
import type { BackupEngine, BackupPlan } from './engine.ts';
import { type BackupFailure, writeFailure } from './failure.ts';
import { endInside, findTool, type Tool, wordsOf } from './inside.ts';
import { discard, type Manifest, openTarget, publish, type Target, timeStamp } from './target.ts';

export interface BackupRequest {
  readonly engine: Engine;
  readonly backup: BackupEngine;
  readonly container: Container;
  readonly project: string;
  readonly service: string;
  /** The folder of all backups, absolute. */
  readonly root: string;
  readonly now: () => Date;
  /** Bytes in the file so far. */
  readonly onBytes: (bytes: number) => void;
  readonly signal: AbortSignal;
}

export interface Backup {
  readonly path: string;
  readonly manifest: Manifest;
}

type Outcome<T> = Result<T, BackupFailure>;

/** A backup that is whole, or a failure and no file. The program inside is ended in every case. Never throws. */
export async function backUp(request: BackupRequest): Promise<Outcome<Backup>> {
  const { engine, backup, container, root } = request;
  const tool = await prepare(request);
  if (!tool.ok) return tool;
  const startedAt = request.now();
  let target: Target;
  try {
    target = await openTarget(root, [request.project, request.service], {
      stamp: timeStamp(startedAt),
      extension: backup.extension,
    });
  } catch (error) {
    return fail(writeFailure(error, root));
  }
  const plan = backup.planBackup(tool.value.name);
  const exec = await engine.exec(container.id, plan.argv);
  if (!exec.ok) {
    await discard(target);
    return fail({ kind: 'engine', failure: exec.error });
  }
  const saved = await save({ request, plan, tool: tool.value, exec: exec.value, target });
  if (!saved.ok) {
    await discard(target);
    return saved;
  }
  try {
    const manifest = await publish(target, {
      ...describeSource(request, tool.value),
      ...saved.value,
      startedAt: startedAt.toISOString(),
      endedAt: request.now().toISOString(),
    });
    return ok({ path: target.path, manifest });
  } catch (error) {
    await discard(target);
    return fail(writeFailure(error, root));
  }
}

/** What can be known before a byte is written: that the container runs, and which tool it has. */
async function prepare({ engine, backup, container }: BackupRequest): Promise<Outcome<Tool>> {
  const details = await engine.inspect(container.id);
  if (!details.ok) return fail({ kind: 'engine', failure: details.error });
  const { running, paused } = details.value;
  if (!running || paused) {
    const state = paused ? 'paused' : 'not running';
    return fail({ kind: 'notRunning', container: container.name, state });
  }
  const tool = await findTool(engine, container.id, backup.tools);
  if (!tool.ok) return fail({ kind: 'engine', failure: tool.error });
  return tool.value
    ? ok(tool.value)
    : fail({ kind: 'toolMissing', container: container.name, tools: backup.tools });
}

function describeSource(
  { backup, container, project, service }: BackupRequest,
  tool: Tool,
): Pick<Manifest, 'version' | 'engine' | 'project' | 'service' | 'container'> &
  Pick<Manifest, 'image' | 'imageId' | 'tool' | 'toolVersion'> {
  return {
    version: 1,
    engine: backup.id,
    project,
    service,
    container: container.name,
    image: container.image,
    imageId: container.imageId,
    tool: tool.name,
    toolVersion: tool.version,
  };
}

interface Run {
  readonly request: BackupRequest;
  readonly plan: BackupPlan;
  readonly tool: Tool;
  readonly exec: Exec;
  readonly target: Target;
}

type Saved = Pick<Manifest, 'bytes' | 'sha256'>;

async function save(run: Run): Promise<Outcome<Saved>> {
  const { engine, container, signal } = run.request;
  let ending: Promise<void> | undefined;
  const end = (): void => {
    ending ??= endInside(engine, container.id, run.exec);
  };
  signal.addEventListener('abort', end, { once: true });
  if (signal.aborted) end();
  const copied = await copy(run);
  if (!copied.ok && !signal.aborted) end();
  signal.removeEventListener('abort', end);
  await ending;
  if (signal.aborted) return fail({ kind: 'cancelled' });
  return copied.ok ? judge(run, copied.value) : copied;
}

/** All three are needed: the tool's exit code, a stream that came to its end, and the archive's own marks. */
async function judge(
  { exec, plan, tool, request }: Run,
  { proven, ...saved }: Copied,
): Promise<Outcome<Saved>> {
  const exitCode = await exec.exitCode();
  if (!exitCode.ok) return fail({ kind: 'engine', failure: exitCode.error });
  if (exitCode.value !== 0) {
    const words = wordsOf(exec);
    const explanation = request.backup.explain(words);
    return fail({
      kind: 'toolFailed',
      tool: tool.name,
      exitCode: exitCode.value,
      words,
      ...(explanation ? { explanation } : {}),
    });
  }
  return proven(plan) ? ok(saved) : fail({ kind: 'incomplete', tool: tool.name });
}

interface Copied extends Saved {
  readonly proven: (plan: BackupPlan) => boolean;
}

async function copy({ request, plan, exec, target }: Run): Promise<Outcome<Copied>> {
  const ends = endsOf(exec.stdout);
  const hash = createHash('sha256');
  let bytes = 0;
  const measure = async function* (source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of source) {
      hash.update(chunk);
      bytes += chunk.length;
      request.onBytes(bytes);
      yield chunk;
    }
  };
  const file = writer(target.handle);
  try {
    if (plan.pack === 'gzip') await pipeline(ends.read, createGzip(), measure, file);
    else await pipeline(ends.read, measure, file);
  } catch (error) {
    return fail(
      ends.broken
        ? { kind: 'engine', failure: request.engine.failureOf(error) }
        : writeFailure(error, request.root),
    );
  }
  return ok({ bytes, sha256: hash.digest('hex'), proven: ends.proven });
}

/** Writes all of a stream; the handle stays open, because the data has to be brought to the disk afterwards. */
function writer(handle: FileHandle): (source: AsyncIterable<Buffer>) => Promise<void> {
  return async (source) => {
    for await (const chunk of source) {
      let written = 0;
      while (written < chunk.length) {
        written += (await handle.write(chunk, written)).bytesWritten;
      }
    }
  };
}

interface Ends {
  readonly read: () => AsyncGenerator<Buffer>;
  /** Whether the source itself broke, and not what came behind it. */
  broken: boolean;
  readonly proven: (plan: BackupPlan) => boolean;
}

const TAIL = 4096;

/** Passes a stream on, and remembers how it began and ended. */
function endsOf(source: AsyncIterable<Buffer>): Ends {
  let head = Buffer.alloc(0);
  let tail = Buffer.alloc(0);
  const ends: Ends = {
    broken: false,
    async *read() {
      try {
        for await (const chunk of source) {
          if (head.length < 16) head = Buffer.concat([head, chunk.subarray(0, 16)]);
          tail = Buffer.concat([tail, chunk.subarray(-TAIL)]).subarray(-TAIL);
          yield chunk;
        }
      } catch (error) {
        ends.broken = true;
        throw error;
      }
    },
    proven: ({ proof }) =>
      (proof.head?.test(head.toString('latin1')) ?? true) &&
      (proof.tail?.test(tail.toString('latin1')) ?? true),
  };
  return ends;
}
