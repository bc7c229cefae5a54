/** The memory that a service says it will use: a limit below that would kill it. */
import type { Service } from '../compose/model.ts';
import type { Value } from '../compose/value.ts';
import { bytesOf } from './size.ts';

/** Heap of a JVM, memory of a cache, and what images for game servers and search engines call it. */
const STATED =
  /(?:-Xmx|--?maxmemory[= ]+|--?cache[-_]size[= ]+|buffer[-_]pool[-_]size[= ]+|(?:^|_)(?:MAX_?)?MEMORY(?:_LIMIT)?=)(\d+(?:\.\d+)?\s?[kmg]i?b?)\b/gi;

/** The largest amount in bytes, in its command, its environment or its shared memory; 0 where none is said. */
export function statedMemory(service: Service): number {
  const command = textsIn(service.find('command')?.value).join(' ');
  const environment = service.environment.map(({ name, text }) => `${name}=${text}`);
  const amounts = [command, ...environment].flatMap(amountsIn);
  const shared = textsIn(service.find('shm_size')?.value).map((size) => bytesOf(size) ?? 0);
  return Math.max(0, ...amounts, ...shared);
}

const none: readonly number[] = [];

function amountsIn(text: string): readonly number[] {
  // Nearly every text has none, and matchAll makes an expression of its own each time.
  if (text.search(STATED) < 0) return none;
  return [...text.matchAll(STATED)].map(([, size]) => bytesOf(size ?? '') ?? 0);
}

function textsIn(value: Value | undefined): readonly string[] {
  if (value?.kind === 'scalar') return [value.text];
  return value?.kind === 'seq' ? value.items.flatMap((item) => textsIn(item.value)) : [];
}
