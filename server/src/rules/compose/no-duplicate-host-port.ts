import { type HostPort, overlaps } from '../../compose/facts/ports.ts';
import { defineRule } from '../../core/rule.ts';
import type { ProjectSubject, ServiceSubject } from '../subject.ts';

interface Taken {
  readonly service: ServiceSubject;
  readonly port: HostPort;
}

export const noDuplicateHostPort = defineRule<ProjectSubject, undefined>({
  id: 'compose/no-duplicate-host-port',
  meta: {
    summary: 'Publish each port of the host once.',
    why: 'An address and port of the host can be bound by one container only: the second one fails with “port is already allocated”, and which one is second changes from start to start.',
    fix: 'Nothing: which port is free, and who has to be told of another, is not in the file.',
    off: 'Where two services are never started together and no profiles say so. With profiles that they do not share nothing is reported; nor is a range, of which the engine takes a free port.',
    severity: 'error',
    preset: 'recommended',
    since: '0.2.0',
    aliases: ['dclint:no-duplicate-exported-ports'],
    examples: [
      'services:\n  web:\n    image: nginx:1.27\n    ports:\n      - "8080:80"\n  api:\n    image: shop/api:1.4\n    ports:\n      - "127.0.0.1:8080:3000"\n',
    ],
  },

  *check({ services, index: { sharedPorts: shared } }) {
    if (shared.size === 0) return;
    const taken = new Map<number, Taken[]>();
    for (const service of services) {
      for (const port of service.facts.hostPorts()) {
        if (!shared.has(port.key)) continue;
        const earlier = taken.get(port.key) ?? [];
        taken.set(port.key, earlier);
        const other = earlier.find((one) => clashes(one, { service, port }));
        earlier.push({ service, port });
        if (!other) continue;
        yield {
          ...port.place,
          service: service.name,
          data: undefined,
          message: `${nameOf(port)} of the host is already taken by ${other.service === service ? 'another port of this service' : `service ${other.service.name}`}, so one of them does not start. Publish another port, or at another address.`,
        };
      }
    }
  },
});

function clashes(a: Taken, b: Taken): boolean {
  // The very same thing said twice is one port.
  if (a.service === b.service && a.port.target === b.port.target) return false;
  return overlaps(a.port.address, b.port.address) && runTogether(a.service, b.service);
}

/** Whether some choice of profiles runs both for certain. */
export function runTogether(a: ServiceSubject, b: ServiceSubject): boolean {
  const [first, second] = [a.facts.profiles(), b.facts.profiles()];
  if (first.length === 0 || second.length === 0) return true;
  return first.some((profile) => second.includes(profile));
}

function nameOf({ port, protocol, address }: HostPort): string {
  const at = address === '' ? '' : ` at ${address}`;
  return `Port ${port}${protocol === 'tcp' ? '' : `/${protocol}`}${at}`;
}
