/** The types of bulk.mjs, which is plain JavaScript so that it runs before anything is built. */

/**
 * Writes exactly `megabytes` MiB (500 by default) of files into `directory`, the same bytes each
 * time. Throws, before anything is written, on a directory inside the project or a repository.
 */
export declare function writeBulk(
  directory: string,
  options?: { readonly megabytes?: number },
): { readonly files: number; readonly bytes: number };
