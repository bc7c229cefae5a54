import { portsOf } from '../../compose/canonical/read.ts';
import { oncePerEntry, placeOf } from '../../compose/published.ts';
import { defineRule } from '../../core/rule.ts';
import type { Place } from '../../core/source.ts';
import { adminPortOf } from '../../roles/admin-ports.ts';
import { dataPortOf } from '../../roles/data-ports.ts';
import { publishingToHost } from '../fixes.ts';
import type { ServiceSubject } from '../subject.ts';

export const noUnboundPort = defineRule<ServiceSubject, Place>({
  id: 'compose/no-unbound-port',
  meta: {
    summary: 'Say on which address of the host a port is published.',
    why: 'A port without an address is published on all of them, the one that the internet reaches included, and past the rules of most firewalls: Docker writes its own.',
    fix: 'Publishes the port on `127.0.0.1`, so that only the host itself reaches it. Write the address of the network that is meant, if others have to.',
    off: 'Where hosts are there to serve the network: reverse proxies, game servers, mail and name servers publish for everybody. Ports of databases and of admin interfaces have rules of their own.',
    severity: 'hint',
    preset: 'all',
    since: '0.2.0',
    aliases: [
      'kics:451d79dc-0588-476a-ad03-3c7f0320abb3',
      'kics:container_traffic_not_bound_to_host_interface',
      'cis:5.14',
      'dclint:no-unbound-port-interfaces',
    ],
    examples: ['services:\n  app:\n    image: shop/app:1.4\n    ports:\n      - "8080:80"\n'],
  },

  *check(service) {
    const { name, find, canonical, role, program } = service;
    if (!find('ports') || role === 'database' || role === 'cache') return;
    for (const port of oncePerEntry(portsOf(canonical))) {
      if (port.address || hasRuleOfItsOwn(program, port.target?.value)) continue;
      yield {
        ...placeOf(port),
        data: port.place,
        message: `Service ${name} publishes this port on every address of the host. Say on which: 127.0.0.1 for the host alone, 0.0.0.0 where everybody is meant.`,
      };
    }
  },

  fix: publishingToHost({
    title: (name) => `Publish the port of ${name} on 127.0.0.1 only`,
    answer: (name) =>
      `Look who uses the port of ${name} from other machines: they do not reach it any more.`,
  }),
});

const hasRuleOfItsOwn = (program: string | undefined, port: number | undefined): boolean =>
  adminPortOf(program, port) !== undefined || dataPortOf(program, port) !== undefined;
