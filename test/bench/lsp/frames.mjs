// The frames of the language server protocol: a header with the length, an empty line, and that much JSON.
import { Buffer } from 'node:buffer';
import { performance } from 'node:perf_hooks';

/** A message as it goes over the wire. */
export function frame(message) {
  const body = Buffer.from(JSON.stringify({ jsonrpc: '2.0', ...message }));
  return Buffer.concat([Buffer.from(`Content-Length: ${body.length}\r\n\r\n`), body]);
}

/**
 * Takes chunks as they come, and calls back with each message and the moment when its last byte was there: before its
 * JSON is parsed, which is the client's work and not the server's.
 */
export function frameReader(onMessage) {
  let chunks = [];
  let size = 0;
  /** Length of the body that is being read; -1 while in a header. */
  let wanted = -1;

  const takeAll = () => {
    const all = chunks.length === 1 ? chunks[0] : Buffer.concat(chunks);
    chunks = [all];
    return all;
  };
  const keep = (rest) => {
    chunks = [rest];
    size = rest.length;
  };
  /** True when there is a header to go on from. */
  const readHeader = () => {
    const all = takeAll();
    const end = all.indexOf('\r\n\r\n');
    if (end < 0) return false;
    wanted = Number(/content-length:\s*(\d+)/i.exec(all.toString('latin1', 0, end))?.[1] ?? 0);
    keep(all.subarray(end + 4));
    return true;
  };
  return (chunk) => {
    const moment = performance.now();
    chunks.push(chunk);
    size += chunk.length;
    while (size > 0) {
      if (wanted < 0 && !readHeader()) return;
      // Large bodies come in many chunks: they are joined once, at the end.
      if (size < wanted) return;
      const all = takeAll();
      const body = all.toString('utf8', 0, wanted);
      keep(all.subarray(wanted));
      wanted = -1;
      onMessage(JSON.parse(body), moment);
    }
  };
}
