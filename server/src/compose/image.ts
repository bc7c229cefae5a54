/** Image references: registry, path, tag and digest. */

export interface ImageReference {
  /** Registry and path, without tag and digest. */
  readonly repository: string;
  /** The last part of the path: `phpmyadmin`, `prometheus`. */
  readonly name: string;
  readonly tag: string | undefined;
  readonly digest: string | undefined;
}

/** Splits a reference; a colon in front of a slash belongs to the registry's port. */
export function parseImage(reference: string): ImageReference {
  const at = reference.indexOf('@');
  const named = at < 0 ? reference : reference.slice(0, at);
  const slash = named.lastIndexOf('/');
  const colon = named.indexOf(':', slash + 1);
  const repository = colon < 0 ? named : named.slice(0, colon);
  return {
    repository,
    name: repository.slice(repository.lastIndexOf('/') + 1).toLowerCase(),
    tag: colon < 0 ? undefined : named.slice(colon + 1),
    digest: at < 0 ? undefined : reference.slice(at + 1),
  };
}

/** A channel on a base: `stable-alpine3.20` names the version of the base, and none of the program. */
const CHANNEL = /^(latest|stable|mainline|edge|lts|nightly)(-(alpine|slim|debian|ubuntu)[\d.]*)*$/;

/** Whether the same reference may name another image tomorrow: a tag without any digit names no version. */
export function isFloating({ tag, digest }: ImageReference): boolean {
  return digest === undefined && (tag === undefined || !/\d/.test(tag) || CHANNEL.test(tag));
}
