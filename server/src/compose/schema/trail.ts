/** Where in a file something is, in words. */
import type { Section } from './shape.ts';

/** Where a walk is. */
export interface Trail {
  /** The service it is in. */
  readonly service: string | undefined;
  /** The section that it is in an entry of; undefined at the top level. */
  readonly section: Section | undefined;
  /** Keys and indexes, from the entry (or the file) on. */
  readonly path: (string | number)[];
}

/** `deploy.resources.limits`, `ports[0].target`; the service itself by its name. */
export function pathText({ service, path }: Trail): string {
  if (path.length === 0) return service === undefined ? 'The file' : `services.${service}`;
  const parts = path.map((part, index) => {
    if (typeof part === 'number') return `[${part}]`;
    return index === 0 ? part : `.${part}`;
  });
  return parts.join('');
}

/** The last part that is a key and no index. */
export function lastKey({ path }: Trail): string | undefined {
  return path.findLast((part): part is string => typeof part === 'string');
}
