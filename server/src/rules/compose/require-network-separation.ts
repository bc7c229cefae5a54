import { defineRule } from '../../core/rule.ts';
import type { ProjectSubject, ServiceSubject } from '../subject.ts';

export const requireNetworkSeparation = defineRule<ProjectSubject, undefined>({
  id: 'compose/require-network-separation',
  meta: {
    summary: 'Keep published services and databases on networks apart.',
    why: 'On one network everybody talks to everybody: who breaks into the service that the internet reaches is next to each database, each cache and each admin interface, with nothing in between.',
    fix: 'Nothing: who has to talk to whom is known to you. A network for what is published, and one with `internal: true` for the databases, with the applications on both, is what most stacks need.',
    off: 'In small stacks whose services all need each other, and on machines for development.',
    severity: 'hint',
    preset: 'strict',
    since: '0.2.0',
    aliases: ['owasp:RULE#5', 'kics:ce14a68b-1668-41a0-ab7d-facd9f784742', 'kics:networks_not_set'],
    examples: [
      `services:\n  db:\n    image: postgres:16.4\n  web:\n    image: nginx:1.27.3\n    ports: ["80:80"]\n${['a', 'b', 'c', 'd', 'e'].map((name) => `  ${name}:\n    image: shop/${name}:1.4\n`).join('')}`,
    ],
  },

  *check({ services }) {
    if (services.length < MANY || !isFlat(services)) return;
    const database = services.find(({ role }) => role === 'database');
    const published = services.find(
      (service) => service !== database && service.complete && service.find('ports'),
    );
    if (!database?.complete || !published) return;
    yield {
      span: database.nameSpan,
      source: database.source,
      service: database.name,
      data: undefined,
      message: `All ${services.length} services share one network, so ${published.name}, which is published, is next to the database ${database.name}. Give the database a network that only those share who use it.`,
    };
  },
});

/** With fewer services, a second network mostly has the same members as the first. */
const MANY = 7;

/** Ends at the first service that shows that there is more than one network. */
function isFlat(services: readonly ServiceSubject[]): boolean {
  let common: string | undefined;
  for (const { facts } of services) {
    const [network, another] = facts.place().networks;
    if (network === undefined || another !== undefined) return false;
    if (network !== (common ?? network)) return false;
    common = network;
  }
  return true;
}
