/** The short form of a published port, as Compose takes it apart. */
import { isAddress } from '../canonical/address.ts';

const MAX_PORT = 65_535;

/** What keeps Compose from reading `[[ADDRESS:]HOST:]CONTAINER[/PROTOCOL]`; undefined where nothing does. */
export function portProblem(text: string): string | undefined {
  const [ports = '', protocol = ''] = text.split('/');
  const parts = ports.split(':');
  const container = parts.pop() ?? '';
  const host = parts.pop() ?? '';
  const address = parts.join(':');
  return (
    containerProblem(container) ??
    hostProblem(host, container) ??
    addressProblem(address) ??
    protocolProblem(protocol)
  );
}

function containerProblem(text: string): string | undefined {
  if (text === '') return 'the port of the container is missing';
  const range = rangeOf(text);
  if (range === undefined) return `${text} is no port of a container, which is 1 to ${MAX_PORT}`;
  return range[0] === 0 ? 'the port of the container cannot be 0' : undefined;
}

/** A range on the host offers a choice for one port of the container, and pairs up with a range as long as it is. */
function hostProblem(text: string, container: string): string | undefined {
  if (text === '') return undefined;
  const range = rangeOf(text);
  if (range === undefined) {
    return isAddress(text)
      ? `there is no port of the host between ${text} and ${container}`
      : `${text} is no port of the host, which is 0 to ${MAX_PORT}`;
  }
  const inside = rangeOf(container) ?? range;
  const length = ([first, last]: Range): number => last - first;
  const fits = length(inside) === length(range) || length(inside) === 0;
  return fits ? undefined : `the ranges ${text} and ${container} differ in length`;
}

function addressProblem(text: string): string | undefined {
  if (text === '') return undefined;
  const inBrackets = /^\[(.*)\]$/.exec(text)?.[1];
  const bare = inBrackets ?? text;
  if (inBrackets === undefined && bare.includes(':')) {
    return isAddress(bare)
      ? `an IPv6 address needs brackets: [${bare}]`
      : `${text} is no IP address`;
  }
  return isAddress(bare) ? undefined : `${text} is no IP address`;
}

function protocolProblem(text: string): string | undefined {
  return /^(tcp|udp|sctp|)$/i.test(text) ? undefined : `${text} is no protocol: tcp, udp or sctp`;
}

type Range = readonly [first: number, last: number];

function rangeOf(text: string): Range | undefined {
  const [first = '', last = first] = text.split('-');
  if (!/^\d+$/.test(first) || !/^\d+$/.test(last)) return undefined;
  const range = [Number(first), Number(last)] as const;
  return range[0] <= range[1] && range[1] <= MAX_PORT ? range : undefined;
}
