/** Takes the engine's streams apart: multiplexed frames, JSON lines, time-stamped log lines. Constant memory, with back-pressure. */
import type { ContainerEvent, LogLine } from './engine.ts';

export interface Frame {
  readonly stream: 'stdout' | 'stderr';
  readonly data: Buffer;
}

const HEADER = 8;
/** A character may be cut in two by the packets. */
const STREAMING = { stream: true };

/**
 * Splits a multiplexed stream: 8 bytes of header (stream, three zeros, length), then the data. Data is handed on as it
 * comes, not per frame. Throws when the stream ends inside a frame: what was read is then not the whole.
 */
export async function* frames(source: AsyncIterable<Buffer>): AsyncGenerator<Frame> {
  let header = Buffer.alloc(0);
  let left = 0;
  let stream: Frame['stream'] = 'stdout';
  for await (let chunk of source) {
    while (chunk.length > 0) {
      if (left === 0) {
        const needed = HEADER - header.length;
        header = Buffer.concat([header, chunk.subarray(0, needed)]);
        chunk = chunk.subarray(needed);
        if (header.length < HEADER) break;
        stream = header[0] === 2 ? 'stderr' : 'stdout';
        left = header.readUInt32BE(4);
        header = Buffer.alloc(0);
      } else {
        const data = chunk.subarray(0, left);
        chunk = chunk.subarray(data.length);
        left -= data.length;
        yield { stream, data };
      }
    }
  }
  if (left > 0 || header.length > 0) {
    throw Object.assign(new Error('The stream ended in the middle.'), { code: 'ECONNRESET' });
  }
}

/** Whole lines, without their ends; a last line without an end is given too. */
async function* lines(source: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of source) {
    const parts = (rest + decoder.decode(chunk, STREAMING)).split('\n');
    rest = parts.pop() ?? '';
    yield* parts;
  }
  rest += decoder.decode();
  if (rest !== '') yield rest;
}

/** The event stream; a line that is not an event is passed over. */
export async function* events(source: AsyncIterable<Buffer>): AsyncGenerator<ContainerEvent> {
  for await (const line of lines(source)) {
    const event = toEvent(line);
    if (event) yield event;
  }
}

interface RawEvent {
  readonly Action?: string;
  readonly Actor?: { readonly ID?: string; readonly Attributes?: { readonly name?: string } };
}

function toEvent(line: string): ContainerEvent | undefined {
  const { Action: action, Actor: actor } = parse(line);
  if (!action || !actor?.ID) return undefined;
  return { id: actor.ID, action, name: actor.Attributes?.name ?? '' };
}

function parse(line: string): RawEvent {
  try {
    return (JSON.parse(line) as RawEvent | null) ?? {};
  } catch {
    return {};
  }
}

/** Log lines of a multiplexed stream; each output stream keeps its own unfinished line. */
export async function* logLines(source: AsyncIterable<Frame>): AsyncGenerator<LogLine> {
  const open = { stdout: unfinished(), stderr: unfinished() };
  for await (const { stream, data } of source) {
    for (const text of open[stream].push(data)) yield toLogLine(text, stream);
  }
  for (const stream of ['stdout', 'stderr'] as const) {
    const text = open[stream].end();
    if (text !== '') yield toLogLine(text, stream);
  }
}

/** A terminal's stream has no frames: all of it is standard output. */
export async function* unframed(source: AsyncIterable<Buffer>): AsyncGenerator<Frame> {
  for await (const data of source) yield { stream: 'stdout', data };
}

function unfinished(): { push: (data: Buffer) => string[]; end: () => string } {
  const decoder = new TextDecoder();
  let rest = '';
  return {
    push(data) {
      const parts = (rest + decoder.decode(data, STREAMING)).split('\n');
      rest = parts.pop() ?? '';
      return parts;
    },
    end: () => rest + decoder.decode(),
  };
}

function toLogLine(line: string, stream: LogLine['stream']): LogLine {
  const [, time = '', text = line] = /^(\d{4}-\d\d-\d\dT\S+) ?(.*)$/s.exec(line) ?? [];
  return { time, text: text.replace(/\r$/, ''), stream };
}
