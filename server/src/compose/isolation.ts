/** What a service gives up of the walls between a container and its host. */
import { scalarsOf } from './lists.ts';
import { type Service, textOf } from './model.ts';
import type { Entry, Scalar } from './value.ts';

/** What can be asked about without knowing the whole service. */
export type Asked = Pick<Service, 'find'>;

/** Set and true; a value that only the environment knows is not. */
export function isTrue(entry: Entry | undefined): boolean {
  return entry?.value.kind === 'scalar' && (entry.value.value === true || textOf(entry) === 'true');
}

/** Nothing is held back from a privileged container, so whatever else it is given adds nothing. */
export const isPrivileged = ({ find }: Asked): boolean => isTrue(find('privileged'));

export interface Capability {
  /** Upper case, without `CAP_`. */
  readonly name: string;
  readonly scalar: Scalar;
}

export function capabilitiesOf(
  { find }: Asked,
  key: 'cap_add' | 'cap_drop',
): readonly Capability[] {
  return scalarsOf(find(key)).map((scalar) => ({
    name: scalar.text.toUpperCase().replace(/^CAP_/, ''),
    scalar,
  }));
}

/** `seccomp:unconfined` and `seccomp=unconfined` are the same. */
export interface SecurityOption {
  readonly name: string;
  readonly value: string;
  readonly scalar: Scalar;
}

export function securityOptionsOf({ find }: Asked): readonly SecurityOption[] {
  return scalarsOf(find('security_opt')).map((scalar) => {
    const at = scalar.text.search(/[:=]/);
    const [name, value] =
      at < 0 ? [scalar.text, ''] : [scalar.text.slice(0, at), scalar.text.slice(at + 1)];
    return { name: name.trim().toLowerCase(), value: value.trim(), scalar };
  });
}

export interface Device {
  /** On the host. */
  readonly source: string;
  /** `r`, `w` and `m`; undefined where all of them hold by default. */
  readonly permissions: string | undefined;
  readonly scalar: Scalar;
}

/** Devices of the host in their short and long forms; CDI names such as `vendor.com/class=name` are none. */
export function devicesOf({ find }: Asked): readonly Device[] {
  const list = find('devices')?.value;
  if (list?.kind !== 'seq') return [];
  return list.items.flatMap(({ value }) => {
    const scalar = value.kind === 'map' ? value.get('source')?.value : value;
    if (scalar?.kind !== 'scalar' || scalar.open.length > 0) return [];
    const [source = '', , permissions] = scalar.text.split(':');
    const long = value.kind === 'map' ? textOf(value.get('permissions')) : permissions;
    return source.startsWith('/') ? [{ source, permissions: long, scalar }] : [];
  });
}

/** File systems of its own, as rclone and mergerfs make them, take a device and a capability that nobody else needs. */
export const hasFuse = (service: Asked): boolean =>
  devicesOf(service).some(({ source }) => source === '/dev/fuse');

/** The value of `pid: host` and its kind, where it names the host. */
export function hostNamespace(
  { find }: Asked,
  key: 'pid' | 'ipc' | 'uts' | 'userns_mode' | 'network_mode' | 'cgroup',
): Scalar | undefined {
  const entry = find(key);
  return entry?.value.kind === 'scalar' && textOf(entry) === 'host' ? entry.value : undefined;
}
