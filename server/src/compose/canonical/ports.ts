/** Published ports: the short form taken apart, ranges one by one, defaults supplied. */
import type { Place } from '../../core/source.ts';
import { entryAt, mapValue, scalarValue } from '../make.ts';
import type { Entry, Item, MapValue, Scalar, Step, Value } from '../value.ts';
import { isAddress } from './address.ts';
import { integerOf, textOf } from './go-text.ts';
import { byDefault, cutAt, partOf, piecesOf, supplied } from './parts.ts';
import { refuse, type Scope } from './scope.ts';
import { text, whole } from './scalar-shapes.ts';
import { list, listed, record, type Shape, withEntries } from './shape.ts';

const longPort = record({
  name: text,
  mode: text,
  host_ip: text,
  target: whole,
  published: text,
  protocol: text,
  app_protocol: text,
});

const TCP = byDefault('A port is a TCP port where no protocol is given.');
const INGRESS = byDefault('A port is published in mode "ingress" where no mode is given.');

export const ports: Shape = {
  ...list(longPort),
  make: (value, scope) =>
    value.kind === 'seq' ? listed(value.items, value, (item) => portsOf(item, scope)) : value,
};

function portsOf(item: Item, scope: Scope): readonly Item[] {
  const { value } = item;
  if (value.kind === 'map') return [{ ...item, value: long(value, scope) }];
  if (value.kind !== 'scalar' || value.value === null) return [item];
  const read = readPort(value);
  if (typeof read !== 'string')
    return expanded(value, read).map((map) => ({ ...item, value: map }));
  refuse(scope, value, `${read} Expected [HOST:]CONTAINER[/PROTOCOL] here, such as "8080:80".`);
  return value.open.length > 0 ? [{ ...item, value: unknownPort(value) }] : [];
}

function long(map: MapValue, scope: Scope): Value {
  const made = longPort.make(map, scope);
  if (made?.kind !== 'map') return map;
  const missing = defaultsOf(map).filter(({ key }) => !made.get(key));
  return missing.length === 0 ? made : withEntries(made, [...made.entries, ...missing]);
}

const defaultsOf = (place: Place): readonly Entry[] => [
  supplied(place, 'mode', 'ingress', INGRESS),
  supplied(place, 'protocol', 'tcp', TCP),
];

interface Range {
  readonly from: number;
  readonly to: number;
}

interface Port {
  readonly address: Scalar | undefined;
  readonly host: Scalar;
  readonly hosts: Range | undefined;
  readonly container: Scalar;
  /** Undefined where only the environment knows. */
  readonly containers: Range | undefined;
  readonly protocol: Scalar | undefined;
}

/** The pieces of a short form; or what is wrong with it, as a sentence. */
function readPort(scalar: Scalar): Port | string {
  if (typeof scalar.value === 'number' && integerOf(scalar) === undefined)
    return `${textOf(scalar)} is no port.`;
  const [address, host, container, protocol] = piecesOf(scalar, splitPort);
  if (!host || !container) return 'No container port is given.';
  const read = {
    address: addressOf(address),
    host,
    hosts: rangeOf(host.text),
    container,
    containers: rangeOf(container.text),
    protocol: protocol?.text === '' ? undefined : protocol,
  };
  return problemOf(read) ?? read;
}

const RANGE = 'ports are numbers from 0 to 65535.';

function problemOf(port: Port): string | undefined {
  return containerProblem(port) ?? hostProblem(port) ?? around(port);
}

function containerProblem({ container, containers }: Port): string | undefined {
  if (containers ?? container.open.length > 0) return undefined;
  if (container.text === '') return 'No container port is given.';
  return `"${container.text}" is no container port: ${RANGE}`;
}

function hostProblem({ host, hosts, container, containers }: Port): string | undefined {
  if (!hosts)
    return host.text === '' || host.open.length > 0
      ? undefined
      : `"${host.text}" is no host port: ${RANGE}`;
  const many = containers !== undefined && containers.to > containers.from;
  return many && length(hosts) !== length(containers)
    ? `The ranges ${host.text} and ${container.text} are not of the same length.`
    : undefined;
}

function around({ address, protocol }: Port): string | undefined {
  if (address?.open.length === 0 && !isAddress(address.text))
    return `"${address.text}" is no IP address.`;
  if (protocol?.open.length === 0 && !/^(?:tcp|udp|sctp)$/i.test(protocol.text))
    return `"${protocol.text}" is no protocol: there are tcp, udp and sctp.`;
  return undefined;
}

const length = ({ from, to }: Range): number => to - from;

/** Address, host port, container port, protocol; empty where they are not given. */
function splitPort(text: string): readonly string[] {
  const [mapping = '', protocol = ''] = cutAt(text, '/');
  const parts = cutAt(mapping, ':');
  const container = parts.at(-1) ?? '';
  const host = parts.at(-2) ?? '';
  return [parts.slice(0, -2).join(':'), host, container, protocol];
}

function addressOf(address: Scalar | undefined): Scalar | undefined {
  if (!address || (address.text === '' && address.open.length === 0)) return undefined;
  const inner = /^\[(.*)\]$/.exec(address.text)?.[1];
  // Without brackets a colon ends the address, so that an IPv6 address is none.
  if (inner === undefined && address.text.includes(':')) return partOf(address, `${address.text}:`);
  return inner === undefined ? address : partOf(address, inner, address.open, address.template);
}

function rangeOf(text: string): Range | undefined {
  const [from = '', to = from] = text.split('-');
  if (!/^\d{1,9}$/.test(from) || !/^\d{1,9}$/.test(to)) return undefined;
  const range = { from: Number(from), to: Number(to) };
  return range.to <= 65535 && range.from <= range.to ? range : undefined;
}

/** One port for each of a range, in the order in which Compose lists them: that of their digits. */
function expanded(scalar: Scalar, port: Port): readonly MapValue[] {
  const { containers } = port;
  const shared = sharedOf(scalar, port);
  if (!containers)
    return [portAt(scalar, shared, { target: port.container, published: hostOf(port, 0) })];
  const count = length(containers) + 1;
  const order = Array.from({ length: count }, (_, offset) => offset);
  if (count > 1)
    order.sort((a, b) => (String(containers.from + a) < String(containers.from + b) ? -1 : 1));
  return order.map((offset) =>
    portAt(scalar, shared, {
      target: scalarValue(scalar, containers.from + offset, piece(port.container)),
      published: hostOf(port, offset),
    }),
  );
}

const piece = ({ style, inFlow, open, template }: Scalar): Partial<Scalar> => ({
  style,
  inFlow,
  open,
  template,
});

/** The host port for the container port at an offset; the whole range where one container port has many. */
function hostOf({ host, hosts, containers }: Port, offset: number): Scalar | undefined {
  if (!hosts) return host.open.length > 0 ? host : undefined;
  if (containers?.from !== containers?.to)
    return scalarValue(host, String(hosts.from + offset), piece(host));
  const whole = hosts.from === hosts.to ? String(hosts.from) : `${hosts.from}-${hosts.to}`;
  return scalarValue(host, whole, piece(host));
}

/** What all ports of one short form have: mode, address, and protocol, which stand around target and published. */
function sharedOf(scalar: Scalar, { address, protocol }: Port): readonly Entry[] {
  const own: Entry[] = address ? [entryAt(scalar, 'host_ip', address)] : [];
  const [mode, tcp] = defaultsOf(scalar);
  const given = protocol && {
    ...protocol,
    value: protocol.text.toLowerCase(),
    text: protocol.text.toLowerCase(),
  };
  return [
    ...(mode ? [mode] : []),
    ...own,
    ...(given ? [entryAt(scalar, 'protocol', given)] : tcp ? [tcp] : []),
  ];
}

function portAt(
  scalar: Scalar,
  shared: readonly Entry[],
  { target, published }: { readonly target: Scalar; readonly published: Scalar | undefined },
): MapValue {
  const own = [entryAt(scalar, 'target', target)];
  if (published) own.push(entryAt(scalar, 'published', published));
  return mapValue(scalar, [...shared, ...own]);
}

/** A port of which only the environment knows how it is written. */
function unknownPort(scalar: Scalar): MapValue {
  const steps: readonly Step[] = [];
  return mapValue(scalar, [entryAt(scalar, 'target', scalar, steps), ...defaultsOf(scalar)]);
}
