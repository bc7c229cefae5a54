import type { NamedHost } from '../../compose/facts/hosts.ts';
import { missingNetwork } from '../../compose/facts/reach.ts';
import { insertAt } from '../../compose/insert.ts';
import { withItem } from '../../compose/lists.ts';
import type { Edit } from '../../core/edit.ts';
import { defineRule } from '../../core/rule.ts';
import type { ProjectSubject, ServiceSubject } from '../subject.ts';
import { around, firstTime, isOwnName } from './network-reach.ts';

interface Data {
  readonly service: ServiceSubject;
  readonly host: NamedHost;
  /** A network of the other one. */
  readonly network: string;
}

export const noUnreachableHost = defineRule<ProjectSubject, Data>({
  id: 'compose/no-unreachable-host',
  meta: {
    summary: 'Put services that talk to each other on a network that they share.',
    why: 'Names of services are known only on networks that both are on. Anywhere else the name is not found, and the program fails when it first needs the other one.',
    fix: 'Adds a network of the other service to this one. Look whether it is the one meant: networks are walls, and others are behind this one too.',
    off: 'Where the variable is read by somebody else, such as a script on the host. Hosts that come by `extra_hosts` or links are not reported, nor services on the network of the host.',
    severity: 'warning',
    preset: 'recommended',
    since: '0.2.0',
    aliases: [],
    examples: [
      'services:\n  web:\n    image: shop/web:1.4\n    networks: [front]\n    environment:\n      DB_HOST: db\n  db:\n    image: postgres:16.4\n    networks: [back]\nnetworks:\n  front:\n  back:\n',
    ],
  },

  *check(subject) {
    const { index, serviceNamed } = subject;
    const isNew = firstTime();
    for (const service of index.outOfReach) {
      for (const host of service.facts.hosts()) {
        const other = host.host === service.name ? undefined : serviceNamed(host.host);
        const network = other && missingNetwork(service, other, around(subject));
        if (network === undefined || isOwnName(host.host, service)) continue;
        if (isForOthers(host, service, subject) || !isNew(host.place)) continue;
        yield {
          ...host.place,
          service: service.name,
          data: { service, host, network },
          message: `${host.variable} names ${host.host}, but services ${service.name} and ${host.host} share no network, so the name is not found. Put ${service.name} on ${network}.`,
        };
      }
    }
  },

  fix: {
    safety: 'unsafe',
    build: ({ data: { service, host, network } }) => {
      const isHere = service.source.file === host.place.source.file;
      const edit = isHere ? joined(service, network) : undefined;
      return (
        edit && {
          title: `Put ${service.name} on ${network}, where ${host.host} is`,
          edits: [edit],
        }
      );
    },
  },
});

/** What many services share by an anchor is meant for those of them that reach it. */
function isForOthers(
  { host, place: { source, span } }: NamedHost,
  service: ServiceSubject,
  subject: ProjectSubject,
): boolean {
  const target = subject.serviceNamed(host);
  if (source === service.source || !target) return false;
  return subject.services.some(
    (other) =>
      other.facts
        .hosts()
        .some(({ place }) => place.source === source && place.span.start === span.start) &&
      missingNetwork(other, target, around(subject)) === undefined,
  );
}

function joined({ map, file, find, facts }: ServiceSubject, network: string): Edit | undefined {
  if (!map || facts.place().sharedWith !== undefined) return undefined;
  const networks = find('networks')?.value;
  if (!networks) return insertAt(file, map, [], [['networks', `[default, ${network}]`]]);
  return networks.kind === 'map'
    ? insertAt(file, map, ['networks'], [[network, '{}']])
    : withItem(file, map, 'networks', network);
}
