import { portsOf } from '../../compose/canonical/read.ts';
import { oncePerEntry, placeOf, reachOf } from '../../compose/published.ts';
import { defineRule } from '../../core/rule.ts';
import type { Place } from '../../core/source.ts';
import { dataPortOf } from '../../roles/data-ports.ts';
import { isForDevelopment } from '../../roles/development.ts';
import { publishingToHost } from '../fixes.ts';
import type { ServiceSubject } from '../subject.ts';

export const noPublishedDatabasePort = defineRule<ServiceSubject, Place>({
  id: 'compose/no-published-database-port',
  meta: {
    summary: 'Do not publish databases and caches on every address of the host.',
    why: 'Docker opens the port past most firewalls, and scanners find it within hours. What stands between them and all data is then one password, if there is one. Services of the project need no published port: they use the name of the service.',
    fix: 'Publishes the port on `127.0.0.1`, for programs on the host itself. From other machines it is reached through a tunnel (`ssh -L`) or a VPN.',
    off: 'Where other machines have to reach the database and a firewall in front of the host lets nobody else in. Addresses that somebody chose are not reported; files and profiles for development are in the `strict` preset only.',
    severity: 'warning',
    preset: 'recommended',
    since: '0.2.0',
    aliases: [],
    examples: ['services:\n  db:\n    image: postgres:16.4\n    ports:\n      - "5432:5432"\n'],
  },

  *check(service) {
    const { name, find, canonical, program, settings } = service;
    if (!find('ports') || program === undefined) return;
    for (const port of oncePerEntry(portsOf(canonical))) {
      const title = dataPortOf(program, port.target?.value);
      if (title === undefined || reachOf(port) !== 'everybody') continue;
      const place = placeOf(port);
      if (settings.preset === 'recommended' && isForDevelopment(service, place)) continue;
      yield {
        ...place,
        data: port.place,
        message: `Everybody who reaches the host reaches ${title} in service ${name}. Take the port out, since services of the project reach it by its name, or publish it on 127.0.0.1.`,
      };
    }
  },

  fix: publishingToHost({
    title: (name) => `Publish ${name} on 127.0.0.1 only`,
    answer: (name) =>
      `Look who uses the port of ${name} from other machines: they need a tunnel now.`,
  }),
});
