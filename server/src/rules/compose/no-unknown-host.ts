import type { NamedHost } from '../../compose/facts/hosts.ts';
import { isExternal, networksFor } from '../../compose/facts/reach.ts';
import { nearest } from '../../core/nearest.ts';
import { isOpenEnded, isPartOfAnother } from '../../project/beside.ts';
import { defineRule } from '../../core/rule.ts';
import type { ProjectSubject, ServiceSubject } from '../subject.ts';
import { around, firstTime, isOwnName } from './network-reach.ts';

interface Data {
  readonly host: NamedHost;
  readonly service: ServiceSubject;
  readonly near: string;
}

export const noUnknownHost = defineRule<ProjectSubject, Data>({
  id: 'compose/no-unknown-host',
  meta: {
    summary: 'Name hosts by the names that services have.',
    why: 'Services reach one another by their names in the Compose file. A name that is nearly right is not found, and the program fails when it first needs the other one.',
    fix: 'Writes the nearest name of a service.',
    off: 'Where a host outside of the project really is called so. Only names that are nearly those of a service are reported, and none where the service is on a network that is made elsewhere.',
    severity: 'warning',
    preset: 'recommended',
    since: '0.2.0',
    aliases: [],
    examples: [
      'services:\n  web:\n    image: shop/web:1.4\n    environment:\n      DB_HOST: shop-db\n  db:\n    image: postgres:16.4\n',
    ],
  },

  *check(subject) {
    const { index, project, files } = subject;
    if (index.namingStrangers.size === 0 || isOpenEnded(project)) return;
    const near = nearNames(subject);
    const isNew = firstTime();
    for (const service of index.namingStrangers) {
      for (const host of service.facts.hosts()) {
        const found = near(host.host);
        if (found === undefined || found === service.name) continue;
        if (isElsewhere(service, host.host, subject) || !isNew(host.place)) continue;
        if (isPartOfAnother(project, files)) return;
        yield {
          ...host.place,
          service: service.name,
          data: { host, service, near: found },
          message: `${host.variable} names ${host.host}, and no service of the project is called so. Did you mean ${found}?`,
        };
      }
    }
  },

  fix: {
    safety: 'unsafe',
    build: ({ data: { host, service, near } }) =>
      host.exact && host.place.source === service.source
        ? {
            title: `Write ${near}`,
            edits: [{ ...host.place, newText: near }],
          }
        : undefined,
  },
});

/** Names that hosts have outside of the project. */
const NOWHERE = /^(localhost|smtp|mail|mailhost|gateway|host|none|null|true|false|auto|default)$/i;

/** It may be known where the service is, or by what the service says itself. */
function isElsewhere(service: ServiceSubject, host: string, subject: ProjectSubject): boolean {
  const networks = networksFor(service, around(subject));
  if (!networks || networks.length === 0) return true;
  return networks.some((name) => isExternal(name, around(subject))) || isOwnName(host, service);
}

/** Each name costs a look at all services, so only the first few are looked for. */
const MOST = 20;

const SHORTEST = 4;

/** The name of a service that is nearly a given one; each name is looked for once. */
function nearNames({
  index,
  services,
  serviceNamed,
}: ProjectSubject): (host: string) => string | undefined {
  const known = new Map<string, string | undefined>();
  return (host) => {
    if (serviceNamed(host) || index.isOtherName(host) || NOWHERE.test(host)) return undefined;
    if (!known.has(host)) {
      if (known.size >= MOST) return undefined;
      known.set(host, partOf(host, serviceNamed) ?? similar(host, services));
    }
    return known.get(host);
  };
}

/** `shop-db` and `shop_db_1` for `db`: a project's name in front, or the number of a container behind. */
function partOf(host: string, serviceNamed: ProjectSubject['serviceNamed']): string | undefined {
  const bare = host.replace(/[-_]\d+$/, '');
  for (let at = 0; at < bare.length; at++) {
    const isStart = at === 0 ? bare !== host : /[-_]/.test(bare.charAt(at - 1));
    const name = isStart ? serviceNamed(bare.slice(at))?.name : undefined;
    if (name !== undefined) return name;
  }
  return undefined;
}

function similar(host: string, services: readonly ServiceSubject[]): string | undefined {
  if (host.length < SHORTEST) return undefined;
  const candidates = services
    .map(({ name }) => name)
    .filter((name) => Math.abs(name.length - host.length) < 3 && isAlike(name, host));
  return nearest(host, candidates);
}

/** One slip leaves the start or the end as it is. */
const isAlike = (a: string, b: string): boolean =>
  a.startsWith(b.charAt(0)) || a.endsWith(b.charAt(b.length - 1));
