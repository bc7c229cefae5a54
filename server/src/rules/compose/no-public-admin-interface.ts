import { portsOf } from '../../compose/canonical/read.ts';
import { oncePerEntry, placeOf, reachOf } from '../../compose/published.ts';
import { defineRule } from '../../core/rule.ts';
import type { Place } from '../../core/source.ts';
import { adminPortOf } from '../../roles/admin-ports.ts';
import { publishingToHost } from '../fixes.ts';
import type { ServiceSubject } from '../subject.ts';

export const noPublicAdminInterface = defineRule<ServiceSubject, Place>({
  id: 'compose/no-public-admin-interface',
  meta: {
    summary: 'Do not publish admin interfaces on every address of the host.',
    why: 'An admin interface is what attackers look for first: some ask for no password, and the others are one flaw or one guess away from everything behind them.',
    fix: 'Publishes the port on `127.0.0.1`. From another machine it is reached through a tunnel (`ssh -L`), a VPN, or a reverse proxy that asks who you are.',
    off: 'Where a firewall in front of the host lets nobody else in. Addresses that somebody chose are not reported.',
    severity: 'info',
    preset: 'recommended',
    since: '0.2.0',
    aliases: [],
    examples: ['services:\n  admin:\n    image: phpmyadmin:5.2\n    ports:\n      - "8081:80"\n'],
  },

  *check({ name, find, canonical, program }) {
    if (!find('ports')) return;
    for (const port of oncePerEntry(portsOf(canonical))) {
      const grants = adminPortOf(program, port.target?.value);
      if (grants === undefined || reachOf(port) !== 'everybody') continue;
      yield {
        ...placeOf(port),
        data: port.place,
        message: `Everybody who reaches the host reaches the interface of service ${name}, by which one can ${grants}. Publish it on 127.0.0.1, and use a tunnel or a proxy that asks for a login.`,
      };
    }
  },

  fix: publishingToHost({
    title: (name) => `Publish ${name} on 127.0.0.1 only`,
    answer: (name) =>
      `Reach ${name} from other machines by a tunnel or a proxy that asks for a login.`,
  }),
});
