/** The ports of the host that a service takes, in a form in which those of many services are quickly compared. */
import type { Place } from '../../core/source.ts';
import { textOf } from '../model.ts';
import type { MapValue, Scalar, Value } from '../value.ts';

export interface HostPort {
  readonly port: number;
  readonly protocol: string;
  /** The port of the container, as it is written. */
  readonly target: string | undefined;
  /** Protocol and port as one number. */
  readonly key: number;
  /** Without brackets; empty for all addresses of the host. */
  readonly address: string;
  readonly place: Place;
}

const PROTOCOLS: readonly string[] = ['tcp', 'udp', 'sctp'];

const PORTS = 65536;

const none: readonly HostPort[] = [];

/** Of a canonical service: single ports only, for of a range the engine chooses one that is free. */
export function hostPortsOf(service: MapValue): readonly HostPort[] {
  const ports = service.get('ports')?.value;
  if (ports?.kind !== 'seq') return none;
  const mode = service.get('network_mode');
  // Without a network of its own a service publishes nothing.
  if (mode && textOf(mode) !== 'bridge') return none;
  const found: HostPort[] = [];
  for (const { value } of ports.items) {
    const port = value.kind === 'map' ? hostPortOf(value) : undefined;
    if (port) found.push(port);
  }
  return found;
}

/** What only the environment knows is left out. */
function hostPortOf(map: MapValue): HostPort | undefined {
  const published = scalarAt(map, 'published');
  const port = published && numberIn(published);
  const address = scalarAt(map, 'host_ip');
  // In a Swarm each node has its own ports of the mode `host`.
  if (!port || isOpen(address) || textAt(map, 'mode') === 'host') return undefined;
  const protocol = (textAt(map, 'protocol') ?? 'tcp').toLowerCase();
  return {
    port,
    protocol,
    target: textAt(map, 'target'),
    key: keyOf(protocol, port),
    address: withoutBrackets(address?.text),
    place: { source: published.source, span: published.span },
  };
}

const textAt = (map: MapValue, key: string): string | undefined => scalarAt(map, key)?.text;

function keyOf(protocol: string, port: number): number {
  const index = PROTOCOLS.indexOf(protocol);
  return (index < 0 ? PROTOCOLS.length : index) * PORTS + port;
}

function scalarAt(map: MapValue, key: string): Scalar | undefined {
  const value: Value | undefined = map.get(key)?.value;
  return value?.kind === 'scalar' ? value : undefined;
}

const isOpen = (scalar: Scalar | undefined): boolean =>
  scalar !== undefined && scalar.open.length > 0;

function numberIn(scalar: Scalar): number | undefined {
  const port = !isOpen(scalar) && /^\d{1,5}$/.test(scalar.text) ? Number(scalar.text) : 0;
  return port > 0 && port < PORTS ? port : undefined;
}

const withoutBrackets = (address = ''): string => address.replace(/^\[(.*)\]$/, '$1');

/** Whether two containers cannot have the same port at these addresses. */
export function overlaps(a: string, b: string): boolean {
  if (a === b || a === '' || b === '') return true;
  return allOfSameFamily(a, b) || allOfSameFamily(b, a);
}

function allOfSameFamily(all: string, one: string): boolean {
  return one.includes(':') ? all === '::' : all === '0.0.0.0';
}
