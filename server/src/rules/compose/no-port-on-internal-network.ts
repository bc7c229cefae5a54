import { networksFor } from '../../compose/facts/reach.ts';
import { descend } from '../../compose/model.ts';
import type { Value } from '../../compose/value.ts';
import { defineRule } from '../../core/rule.ts';
import type { ProjectSubject } from '../subject.ts';
import { around } from './network-reach.ts';

export const noPortOnInternalNetwork = defineRule<ProjectSubject, undefined>({
  id: 'compose/no-port-on-internal-network',
  meta: {
    summary: 'Publish ports of services that are on a network with a way out.',
    why: 'The engine publishes nothing for a container that is only on internal networks, and says nothing about it: the port is written here, and nobody reaches it.',
    fix: 'Nothing: whether the port or the wall around the network is meant is not in the file.',
    off: 'Where another network is joined later by `docker network connect`.',
    severity: 'warning',
    preset: 'recommended',
    since: '0.2.0',
    aliases: [],
    examples: [
      'services:\n  db:\n    image: postgres:16.4\n    ports: ["127.0.0.1:5432:5432"]\n    networks: [back]\nnetworks:\n  back:\n    internal: true\n',
    ],
  },

  *check(subject) {
    const { services, project } = subject;
    const internal = new Set(
      [...project.merged.networks].flatMap(([name, { value }]) =>
        isTrue(descend(value, ['internal'])?.value) ? [name] : [],
      ),
    );
    if (internal.size === 0) return;
    for (const service of services) {
      const [port] = service.facts.hostPorts();
      const networks = port && networksFor(service, around(subject));
      if (!networks || networks.length === 0 || !networks.every((name) => internal.has(name)))
        continue;
      yield {
        ...port.place,
        service: service.name,
        data: undefined,
        message: `Service ${service.name} is only on internal networks, and nothing is published there, so nobody reaches port ${port.port}. Put it on another network too, or leave the port out.`,
      };
    }
  },
});

const isTrue = (value: Value | undefined): boolean =>
  value?.kind === 'scalar' && value.value === true;
