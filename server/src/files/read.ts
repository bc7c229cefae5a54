/** Reads a text file from the disk, and knows every way in which a "text file" can be something else. */
import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { failed, ok, type Result } from '../core/result.ts';

/** Larger files are nothing that a person wrote; reading them would only cost memory. */
const MAX_FILE_BYTES = 20 * 1024 * 1024;

const MAX_FILE_MEGABYTES = MAX_FILE_BYTES / 1024 / 1024;

export type ReadError = { readonly path: string } & (
  | { readonly kind: 'missing' | 'directory' | 'special' | 'permission' | 'loop' }
  | { readonly kind: 'binary' | 'encoding' }
  | { readonly kind: 'too-large'; readonly bytes: number }
  | { readonly kind: 'other'; readonly code: string }
);

/** The text with its byte order mark, if it has one. Never blocks on a pipe or a socket, never throws. */
export function readTextFile(path: string): Result<string, ReadError> {
  let descriptor: number;
  try {
    // Without O_NONBLOCK, opening a named pipe would wait for ever for somebody to write into it.
    descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    return failed(readErrorOf(path, error));
  }
  try {
    const facts = fstatSync(descriptor);
    if (facts.isDirectory()) return failed({ path, kind: 'directory' });
    if (!facts.isFile()) return failed({ path, kind: 'special' });
    if (facts.size > MAX_FILE_BYTES) return failed({ path, kind: 'too-large', bytes: facts.size });
    return decodeText(path, readFileSync(descriptor));
  } catch (error) {
    return failed(readErrorOf(path, error));
  } finally {
    closeSync(descriptor);
  }
}

/** The text that bytes spell in UTF-8, its byte order mark included; `path` is only for the error. */
export function decodeText(path: string, bytes: Uint8Array): Result<string, ReadError> {
  if (bytes.length > MAX_FILE_BYTES) {
    return failed({ path, kind: 'too-large', bytes: bytes.length });
  }
  if (bytes.includes(0)) return failed({ path, kind: 'binary' });
  try {
    return ok(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    return failed({ path, kind: 'encoding' });
  }
}

/** The text as an editor counts its positions: without the byte order mark. */
export function withoutByteOrderMark(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}

/** What the file system's own error means. */
export function readErrorOf(path: string, error: unknown): ReadError {
  const code = codeOf(error);
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return { path, kind: 'missing' };
    case 'EACCES':
    case 'EPERM':
      return { path, kind: 'permission' };
    case 'EISDIR':
      return { path, kind: 'directory' };
    case 'ELOOP':
      return { path, kind: 'loop' };
    case 'ENXIO':
      return { path, kind: 'special' };
    default:
      return { path, kind: 'other', code };
  }
}

/** The code of a Node error, such as `EACCES`; the text of anything else. */
export function codeOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string')
    return error.code;
  return String(error);
}

/** What happened and what to do, without the path, which the caller shows in its own way. */
export function describeReadError(error: ReadError): string {
  switch (error.kind) {
    case 'missing':
      return 'There is no such file or folder. Check the name, and the folder you are in.';
    case 'directory':
      return 'This is a folder, not a file. Docker makes one where a mounted file was missing; remove it, or name a file in it.';
    case 'special':
      return 'This is a pipe, a socket or a device, not a file. To check a stream, use --stdin with --stdin-filename.';
    case 'permission':
      return 'Reading is not permitted. Change its permissions, or run as a user who may read it.';
    case 'loop':
      return 'Its symbolic links lead in a circle. Remove or repair the link.';
    case 'binary':
      return 'This is not text: it has NUL bytes. If it was saved as UTF-16, save it as UTF-8.';
    case 'encoding':
      return 'This is not UTF-8 text. Save it as UTF-8.';
    case 'too-large':
      return `It has ${Math.ceil(error.bytes / 1024 / 1024)} MB; files over ${MAX_FILE_MEGABYTES} MB are not read. Leave it out with \`ignores\`.`;
    case 'other':
      return `It cannot be read (${error.code}).`;
  }
}
