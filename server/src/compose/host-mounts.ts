/** What a service gets to see of the host's files. */
import { posix } from 'node:path';
import type { Place } from '../core/source.ts';
import { type Mount, mountsOf } from './canonical/read.ts';
import { isTrue } from './isolation.ts';
import type { Entry, MapValue } from './value.ts';

/** A folder, file or socket of the host inside a container. */
export interface HostMount {
  /** On the host: absolute, without `..` and a slash at its end. */
  readonly path: string;
  readonly target: string;
  readonly readOnly: boolean;
  /** Of its source, or of the whole short form. */
  readonly place: Place;
  readonly map: MapValue;
}

/** Bind mounts with a source that is known without the environment. */
export function hostMountsOf(canonical: MapValue): readonly HostMount[] {
  return mountsOf(canonical).flatMap((mount) => hostMountOf(mount) ?? []);
}

function hostMountOf({ type, source, target, readOnly, map }: Mount): HostMount | undefined {
  if (type?.value !== 'bind' || source?.value === undefined) return undefined;
  const path = posix.normalize(source.value);
  return {
    path: path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path,
    target: target?.value ?? '',
    readOnly: readOnly?.value === true,
    place: source.place,
    map,
  };
}

/** The socket of an engine inside a container. */
export interface EngineSocket {
  /** As people may say it: its path on the host, or what brings it. */
  readonly title: string;
  readonly place: Place;
}

/** Of Docker, Podman, containerd and CRI-O, rootless or not. */
const SOCKET = /(^|\/)(docker|podman|containerd|crio)\.sock$/;

/** By a mount, or by the key that asks Compose for it: the service's `use_api_socket`. */
export function engineSocketsOf(
  mounts: readonly HostMount[],
  asked: Entry | undefined,
): readonly EngineSocket[] {
  const mounted = mounts
    .filter(({ path }) => SOCKET.test(path))
    .map(({ path, place }) => ({ title: path, place }));
  if (!asked || !isTrue(asked)) return mounted;
  const { source, span } = asked.value;
  return [...mounted, { title: 'the socket of the engine', place: { source, span } }];
}
