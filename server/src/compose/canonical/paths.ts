/** Relative paths made absolute, as Compose does it: by text alone, no file is looked at. */
import { isAbsolute, join, posix } from 'node:path';
import { scalarValue } from '../make.ts';
import type { Scalar } from '../value.ts';
import { textOf } from './go-text.ts';
import type { Scope } from './scope.ts';

/** The path with its folder; `~` is the home folder. A path that begins with an unknown variable stays as it is. */
export function resolved(scalar: Scalar, scope: Scope): Scalar {
  const text = textOf(scalar);
  if (scalar.open.length > 0 && scalar.template?.startsWith('$') !== false) return scalar;
  const path = absolute(text, scope);
  return path === scalar.value ? scalar : replaced(scalar, path);
}

/** The same place with another value. */
export function replaced(scalar: Scalar, value: string | number | boolean): Scalar {
  const { style, inFlow, template, open, tag, anchor } = scalar;
  return scalarValue(scalar, value, { style, inFlow, template, open, tag, anchor });
}

const WINDOWS = /^(?:[A-Za-z]:[\\/]|\\\\)/;

function absolute(text: string, { context }: Scope): string {
  const path = text.startsWith('~') ? joined(context.home, text.slice(1)) : text;
  if (path.startsWith('/') || WINDOWS.test(path) || isAbsolute(path)) return path;
  return joined(context.directory, path);
}

/** A path without anything to clean up, as nearly all are. */
const PLAIN = /^(?:\.\/)?(?:[^./\\~][^/\\]*)(?:\/[^./\\][^/\\]*)*$/;

function joined(folder: string, path: string): string {
  if (folder.startsWith('/') && !folder.endsWith('/') && PLAIN.test(path))
    return `${folder}/${path.startsWith('./') ? path.slice(2) : path}`;
  const whole = join(folder, path);
  return whole.length > 1 && /[\\/]$/.test(whole) ? whole.slice(0, -1) : whole;
}

/** A path inside a container without `.`, `..`, doubled and trailing slashes. */
export function cleaned(path: string): string {
  if (path === '' || !/\/[./]|\/$|^\./.test(path)) return path;
  const clean = posix.normalize(path);
  return clean.length > 1 && clean.endsWith('/') ? clean.slice(0, -1) : clean;
}

/** A build context that is an address, not a folder: Git, the web, an image, another service. */
export function isRemote(context: string): boolean {
  return /:\/\/|^(?:service:|github\.com\/|git@)/.test(context);
}
